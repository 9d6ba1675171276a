//! What there is when a lesson begins: servers, mail, terminals, devices, and who sits on the wire. Knows no simulation.

use serde::{Deserialize, Serialize};

/// A simulated server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServerSetup {
    /// Its host name, such as `mail.example`; mail addresses end in it, too.
    pub name: String,
    /// What it offers and what it does wrong.
    #[serde(default)]
    pub profile: Profile,
    /// Who has a mailbox there.
    pub users: Vec<UserSetup>,
}

/// What a server offers and does wrong. All that is not named is as the sandbox has it: USER, PASS, TOP, UIDL, CAPA.
///
/// The sandbox has profiles of its own, by offer; lessons need few, and the build reads this file without the sandbox.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Profile {
    /// An old server: no CAPA, TOP, UIDL.
    pub minimal: bool,
    /// STLS on the plain port.
    pub stls: bool,
    /// APOP, with a stamp in the greeting.
    pub apop: bool,
    /// Whether secrets are refused without TLS.
    pub secrets_need_tls: bool,
    /// Faults, in the words of `popglass_protocol::server::fault`, one a line.
    pub faults: String,
    /// Whose certificate it shows.
    pub certificate: Certificate,
    /// The seed deals the certificates of all servers with this mark among them.
    pub dealt: bool,
}

/// A server's certificate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certificate {
    /// In order.
    #[default]
    Good,
    /// Its time is over.
    Expired,
    /// For another host.
    WrongName,
    /// Vouched for by nobody.
    SelfSigned,
    /// Vouched for by an authority that nobody trusts.
    UnknownAuthority,
}

impl Certificate {
    /// Its name in a lesson's files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Expired => "expired",
            Self::WrongName => "wrong-name",
            Self::SelfSigned => "self-signed",
            Self::UnknownAuthority => "unknown-authority",
        }
    }
}

/// Who has a mailbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UserSetup {
    /// The name to log in with.
    pub name: String,
    /// The password.
    pub password: String,
    /// What lies there when the lesson begins, oldest first.
    #[serde(default)]
    pub messages: Vec<MessageSetup>,
    /// The seed decides the order of the messages.
    #[serde(default)]
    pub shuffled: bool,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MessageSetup {
    /// What the lesson calls it.
    pub id: String,
    /// Header, empty line, body, with LF line ends.
    pub text: String,
    /// So many octets of filler lines follow, for large messages.
    #[serde(default)]
    pub filler_octets: u32,
    /// It comes after the lesson has begun, with [`super::Move::Arrive`].
    #[serde(default)]
    pub later: bool,
}

/// Where lines are typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TerminalSetup {
    /// What the lesson calls it: `a`.
    pub name: String,
    /// The server's name.
    pub server: String,
    /// The doors that can be chosen; the first is chosen already.
    pub doors: Vec<Door>,
}

/// A port of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// POP3 on 110: in the clear, STLS where the server has it.
    Pop3,
    /// POP3 on 995: TLS at once.
    Pop3s,
    /// SMTP on 25.
    Smtp,
    /// IMAP on 143.
    Imap,
}

/// A device that fetches mail by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DeviceSetup {
    /// What the lesson calls it: `phone`.
    pub name: String,
    /// The server's name.
    pub server: String,
    /// The user's name.
    pub user: String,
    /// Its settings when the lesson begins.
    #[serde(default)]
    pub settings: DeviceSettings,
    /// The learner may change the settings.
    #[serde(default)]
    pub configurable: bool,
}

/// A device's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct DeviceSettings {
    /// What becomes of messages on the server.
    pub leave: Leave,
    /// How the connection is protected.
    pub security: Security,
}

/// What a device does with messages that it has fetched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leave {
    /// They stay on the server.
    #[default]
    Always,
    /// They are deleted as soon as they are fetched.
    Never,
    /// They are deleted so many days after they were fetched.
    Days(u32),
}

/// How a device protects its connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// Not at all: 110.
    #[default]
    Clear,
    /// STLS if the server offers it, else in the clear.
    StlsIfOffered,
    /// STLS, or no session.
    Stls,
    /// TLS at once: 995.
    Tls,
}

/// Who sits on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttackerSetup {
    /// Somebody who listens, as always may be.
    #[default]
    Listens,
    /// Somebody who takes STLS out of what the server offers.
    StripsStls,
    /// Somebody who puts a line of their own behind the answer to STLS.
    InjectsAfterStls,
    /// Somebody who shows a certificate of their own.
    FalseCertificate,
}
