//! The commands of POP3 as values. Knows their words and arguments, not when they may be sent (`state`), nor how a
//! line is cut out of a stream (`codec`).

use alloc::{format, string::String, vec::Vec};

use crate::{
    sasl::{MechanismName, SaslText},
    types::{ApopDigest, LanguageTag, MessageNumber, Password, UserName},
};

/// A command with its arguments: what exists can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Which extensions does the server offer? (RFC 2449 §5)
    Capa,
    /// Names the user (RFC 1939 §7).
    User(UserName),
    /// Gives the password (RFC 1939 §7).
    Pass(Password),
    /// Logs in by a digest of the greeting's stamp and the password (RFC 1939 §7).
    Apop {
        /// Who.
        user: UserName,
        /// MD5 of stamp and password.
        digest: ApopDigest,
    },
    /// Logs in by a SASL mechanism (RFC 5034 §4).
    Auth {
        /// Which.
        mechanism: MechanismName,
        /// What the client says at once, where the line has room for it; the empty text is written `=`.
        initial_response: Option<SaslText>,
    },
    /// Which mechanisms are there? The form without argument, from before CAPA.
    AuthList,
    /// Starts TLS (RFC 2595 §4).
    Stls,
    /// Names, passwords and messages may hold UTF-8 from here on (RFC 6856 §2).
    Utf8,
    /// Which languages are there (without argument), or: speak this one (RFC 6856 §3).
    Lang(Option<LanguageTag>),
    /// How many messages and octets? (RFC 1939 §5)
    Stat,
    /// Sizes of all messages or of one (RFC 1939 §5).
    List(Option<MessageNumber>),
    /// Unique-ids of all messages or of one (RFC 1939 §7).
    Uidl(Option<MessageNumber>),
    /// The header and the first lines of the body (RFC 1939 §7).
    Top {
        /// Which message.
        number: MessageNumber,
        /// How many lines of its body.
        lines: u32,
    },
    /// The whole message (RFC 1939 §5).
    Retr(MessageNumber),
    /// Marks a message for deletion at QUIT (RFC 1939 §5).
    Dele(MessageNumber),
    /// Takes all marks back (RFC 1939 §5).
    Rset,
    /// Does nothing but keep the session alive (RFC 1939 §5).
    Noop,
    /// Ends the session; in TRANSACTION it deletes what is marked (RFC 1939 §6).
    Quit,
}

/// A command's keyword, and where the grammar depends on it, whether it has an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum CommandName {
    /// `CAPA`
    Capa,
    /// `USER`
    User,
    /// `PASS`
    Pass,
    /// `APOP`
    Apop,
    /// `AUTH` with a mechanism: challenges and responses follow.
    Auth,
    /// `AUTH` without argument: multi-line.
    AuthList,
    /// `STLS`
    Stls,
    /// `UTF8`
    Utf8,
    /// `LANG` without argument: multi-line.
    Lang,
    /// `LANG tag`: one line.
    LangOne,
    /// `STAT`
    Stat,
    /// `LIST` without argument: multi-line.
    List,
    /// `LIST n`: one line.
    ListOne,
    /// `UIDL` without argument: multi-line.
    Uidl,
    /// `UIDL n`: one line.
    UidlOne,
    /// `TOP`
    Top,
    /// `RETR`
    Retr,
    /// `DELE`
    Dele,
    /// `RSET`
    Rset,
    /// `NOOP`
    Noop,
    /// `QUIT`
    Quit,
}

impl CommandName {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 21] = [
        Self::Capa,
        Self::User,
        Self::Pass,
        Self::Apop,
        Self::Auth,
        Self::AuthList,
        Self::Stls,
        Self::Utf8,
        Self::Lang,
        Self::LangOne,
        Self::Stat,
        Self::List,
        Self::ListOne,
        Self::Uidl,
        Self::UidlOne,
        Self::Top,
        Self::Retr,
        Self::Dele,
        Self::Rset,
        Self::Noop,
        Self::Quit,
    ];

    /// The keyword on the wire.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Capa => "CAPA",
            Self::User => "USER",
            Self::Pass => "PASS",
            Self::Apop => "APOP",
            Self::Auth | Self::AuthList => "AUTH",
            Self::Stls => "STLS",
            Self::Utf8 => "UTF8",
            Self::Lang | Self::LangOne => "LANG",
            Self::Stat => "STAT",
            Self::List | Self::ListOne => "LIST",
            Self::Uidl | Self::UidlOne => "UIDL",
            Self::Top => "TOP",
            Self::Retr => "RETR",
            Self::Dele => "DELE",
            Self::Rset => "RSET",
            Self::Noop => "NOOP",
            Self::Quit => "QUIT",
        }
    }

    /// Of a keyword that has two forms, the one with an argument or without.
    pub(crate) fn with_argument(self, argument: bool) -> Self {
        match (self, argument) {
            (Self::List | Self::ListOne, false) => Self::List,
            (Self::List | Self::ListOne, true) => Self::ListOne,
            (Self::Uidl | Self::UidlOne, false) => Self::Uidl,
            (Self::Uidl | Self::UidlOne, true) => Self::UidlOne,
            (Self::Auth | Self::AuthList, false) => Self::AuthList,
            (Self::Auth | Self::AuthList, true) => Self::Auth,
            (Self::Lang | Self::LangOne, false) => Self::Lang,
            (Self::Lang | Self::LangOne, true) => Self::LangOne,
            _ => self,
        }
    }

    /// Where it is specified.
    #[must_use]
    pub fn rfc(self) -> &'static str {
        match self {
            Self::Capa => "RFC 2449 §5",
            Self::Stls => "RFC 2595 §4",
            Self::Auth => "RFC 5034 §4",
            Self::AuthList => "RFC 1734 §2",
            Self::Utf8 => "RFC 6856 §2",
            Self::Lang | Self::LangOne => "RFC 6856 §3",
            Self::User | Self::Pass | Self::Apop | Self::Uidl | Self::UidlOne | Self::Top => "RFC 1939 §7",
            Self::Quit => "RFC 1939 §6",
            Self::Stat | Self::List | Self::ListOne | Self::Retr | Self::Dele | Self::Rset | Self::Noop => {
                "RFC 1939 §5"
            }
        }
    }
}

impl Command {
    /// Its name, for the transition table.
    #[must_use]
    pub fn name(&self) -> CommandName {
        match self {
            Self::Capa => CommandName::Capa,
            Self::User(_) => CommandName::User,
            Self::Pass(_) => CommandName::Pass,
            Self::Apop { .. } => CommandName::Apop,
            Self::Auth { .. } => CommandName::Auth,
            Self::AuthList => CommandName::AuthList,
            Self::Stls => CommandName::Stls,
            Self::Utf8 => CommandName::Utf8,
            Self::Lang(None) => CommandName::Lang,
            Self::Lang(Some(_)) => CommandName::LangOne,
            Self::Stat => CommandName::Stat,
            Self::List(None) => CommandName::List,
            Self::List(Some(_)) => CommandName::ListOne,
            Self::Uidl(None) => CommandName::Uidl,
            Self::Uidl(Some(_)) => CommandName::UidlOne,
            Self::Top { .. } => CommandName::Top,
            Self::Retr(_) => CommandName::Retr,
            Self::Dele(_) => CommandName::Dele,
            Self::Rset => CommandName::Rset,
            Self::Noop => CommandName::Noop,
            Self::Quit => CommandName::Quit,
        }
    }

    /// The message it is about, if it is about one.
    #[must_use]
    pub fn number(&self) -> Option<MessageNumber> {
        match self {
            Self::List(number) | Self::Uidl(number) => *number,
            Self::Top { number, .. } | Self::Retr(number) | Self::Dele(number) => Some(*number),
            Self::Capa
            | Self::User(_)
            | Self::Pass(_)
            | Self::Apop { .. }
            | Self::Auth { .. }
            | Self::AuthList
            | Self::Stls
            | Self::Utf8
            | Self::Lang(_)
            | Self::Stat
            | Self::Rset
            | Self::Noop
            | Self::Quit => None,
        }
    }

    /// The line as it goes onto the wire, CRLF included. Not longer than
    /// [`crate::limits::COMMAND_LINE_OCTETS_MAX`], since names and passwords are checked when they are made; but for an
    /// initial response, which [`Command::fits_line`] tells.
    #[must_use]
    pub fn to_line(&self) -> Vec<u8> {
        let mut line = match self {
            Self::Pass(password) => format!("PASS {}", password.expose()),
            Self::Apop { user, digest } => format!("APOP {} {}", user.as_str(), digest.expose()),
            Self::Auth { mechanism, initial_response: Some(response) } => match response.expose() {
                // RFC 5034 §4: a single equals sign is the empty response; nothing at all would be none.
                "" => format!("AUTH {} =", mechanism.as_str()),
                text => format!("AUTH {} {text}", mechanism.as_str()),
            },
            _ => self.redacted(),
        };
        line.push_str("\r\n");
        line.into_bytes()
    }

    /// Whether the line keeps to 255 octets (RFC 2449 §4, RFC 5034 §4). The client sends no other; a long initial
    /// response waits for the server's first challenge.
    #[must_use]
    pub fn fits_line(&self) -> bool {
        self.to_line().len() <= crate::limits::COMMAND_LINE_OCTETS_MAX
    }

    /// The line as people may see it: without CRLF, and without the password.
    #[must_use]
    pub fn redacted(&self) -> String {
        self.masked(PASSWORD_MASK)
    }

    /// The line without CRLF, with this instead of the password.
    pub(crate) fn masked(&self, mask: &str) -> String {
        let keyword = self.name().keyword();
        match self {
            Self::User(user) => format!("{keyword} {}", user.as_str()),
            Self::Pass(_) => format!("{keyword} {mask}"),
            Self::Apop { user, .. } => format!("{keyword} {} {mask}", user.as_str()),
            Self::Auth { mechanism, initial_response: None } => format!("{keyword} {}", mechanism.as_str()),
            Self::Auth { mechanism, initial_response: Some(_) } => {
                format!("{keyword} {} {mask}", mechanism.as_str())
            }
            Self::Lang(Some(tag)) => format!("{keyword} {}", tag.as_str()),
            Self::Top { number, lines } => format!("{keyword} {number} {lines}"),
            _ => match self.number() {
                Some(number) => format!("{keyword} {number}"),
                None => keyword.into(),
            },
        }
    }
}

/// What stands in a transcript instead of a password; its length says nothing about the password's.
pub const PASSWORD_MASK: &str = "••••••••";

/// The same where octets are shown, or saved for other programs: ASCII, as command lines are.
pub const PASSWORD_MASK_WIRE: &str = "********";
