//! Replies as values: what the server's lines meant. Knows no octets on the wire; `codec` reads them.

use alloc::{string::String, vec::Vec};

pub use crate::capability::Capabilities;
use crate::{
    command::CommandName,
    sasl::{ChallengeFault, MechanismName},
    types::{LanguageTag, MessageNumber, Octets, UniqueId},
};

/// The server's answer to one command, complete. `-ERR` is an answer like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// To CAPA.
    Capabilities(Capabilities),
    /// To USER: a name was noted. Says nothing about whether such a user exists (RFC 1939 §7).
    UserAccepted,
    /// To PASS, APOP or AUTH: the maildrop is open and locked.
    LoggedIn,
    /// To AUTH: the client broke the exchange off, for this reason, and the server took note of it.
    LoginAborted(ChallengeFault),
    /// To AUTH without argument.
    Mechanisms(Vec<MechanismName>),
    /// To UTF8: names, passwords and messages may hold UTF-8 from here on.
    Utf8Spoken,
    /// To LANG without argument.
    Languages(Vec<Language>),
    /// To LANG with argument: the server's texts are in this language from here on.
    LanguageSpoken {
        /// The tag that the server names, which may be more exact than what was asked for.
        tag: Option<LanguageTag>,
    },
    /// To STLS: TLS negotiation comes next.
    TlsNext,
    /// To STAT.
    Stat {
        /// Messages in the maildrop.
        count: u64,
        /// Their octets together.
        octets: Octets,
    },
    /// To LIST, with or without argument.
    List(Vec<Listed>),
    /// To UIDL, with or without argument.
    Uidl(Vec<Identified>),
    /// To TOP or RETR: the message's last octet was handed out in a chunk before.
    MessageEnd {
        /// Which message.
        number: MessageNumber,
        /// Octets handed out, after unstuffing.
        octets: Octets,
    },
    /// To DELE: marked, not yet deleted.
    Marked(MessageNumber),
    /// To RSET: no message is marked any more.
    MarksTakenBack,
    /// To NOOP.
    StillThere,
    /// To QUIT: in TRANSACTION, everything marked is deleted.
    Goodbye,
    /// `-ERR`.
    Refused(Refusal),
    /// To a typed line that is no command, or resembles one and was refused, or accepted without telling what was done
    /// ([`crate::client::Client::send_line`]).
    ToUnknown {
        /// `+OK`, strange as it is: nobody knows what that means, unless the line resembles a command.
        accepted: bool,
        /// The server's text, made printable.
        text: String,
    },
}

/// One message in LIST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its number in this session.
    pub number: MessageNumber,
    /// Its size as the server says.
    pub octets: Octets,
}

/// One message in UIDL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// Its number in this session.
    pub number: MessageNumber,
    /// Its unique-id; two identical messages may share one (RFC 1939 §7).
    pub unique_id: UniqueId,
}

/// One language in LANG (RFC 6856 §3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its tag.
    pub tag: LanguageTag,
    /// Its name in itself, where the server gives one.
    pub name: String,
}

/// `-ERR`: why not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Refusal {
    /// The command that was refused.
    pub command: CommandName,
    /// The response code, if the server announced RESP-CODES and sent one (RFC 2449 §8).
    pub code: Option<ResponseCode>,
    /// The server's text, made printable.
    pub text: String,
}

/// A response code (RFC 2449 §8, IANA): a tree of levels. Unknown deeper levels are ignored, as RFC 2449 demands, so
/// `[SYS/TEMP/DISK]` is `SYS/TEMP`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ResponseCode {
    /// `IN-USE`: another session holds the maildrop's lock (RFC 2449 §8.1.2).
    InUse,
    /// `LOGIN-DELAY`: logins come too often (RFC 2449 §8.1.1).
    LoginDelay,
    /// `AUTH`: the credentials are at fault (RFC 3206 §5).
    Auth,
    /// `SYS/…`: the server is at fault (RFC 3206 §4).
    System(SystemFault),
    /// `UTF8`: the maildrop or its messages need UTF-8, which this client did not ask for (RFC 6856 §5).
    Utf8,
    /// One that is not registered.
    Other(String),
}

/// The second level of `SYS` (RFC 3206 §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SystemFault {
    /// `TEMP`: it may pass.
    Temporary,
    /// `PERM`: it will not pass by itself.
    Permanent,
    /// No second level, or one that is not registered.
    Unspecified,
}
