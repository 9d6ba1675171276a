//! What every piece of a line is: cuts a command or a reply into tokens, each with its role in the grammar of POP3. For
//! people who look at a line; the machines read lines by `codec`, and what is called wrong here is what `codec` refuses.
//! Takes any octets. Knows no language: the page puts the roles into words. Hides nothing: [`Role::is_secret`] says what
//! is to be hidden.
//!
//! ```
//! use popglass_protocol::{command::CommandName, grammar::{self, Argument, Role}};
//! let roles: Vec<Role> = grammar::command_tokens(b"DELE 2").into_iter().map(|token| token.role).collect();
//! assert_eq!(roles, [Role::Keyword(CommandName::Dele), Role::Space, Role::Argument(Argument::MessageNumber)]);
//! ```

mod asked;
mod said;

use alloc::vec::Vec;
use core::ops::Range;

use crate::{
    command::CommandName,
    transcript::{Direction, Line, Meaning},
};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Token {
    /// Its octets in the line. Empty for [`Role::Missing`] alone, and then where it should stand.
    pub range: Range<usize>,
    /// What it is.
    pub role: Role,
}

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Role {
    /// A command's keyword; its case does not matter (RFC 1939 §3).
    Keyword(CommandName),
    /// A word in the place of the keyword that POP3 does not have.
    UnknownKeyword,
    /// What stands behind a word that is no keyword: nobody can say what it is.
    Unread,
    /// An argument as it should be.
    Argument(Argument),
    /// An argument that no server can take.
    Wrong(Argument, Fault),
    /// An argument that the command needs stands nowhere. The token is empty.
    Missing(Argument),
    /// More arguments than the command takes.
    Extra,
    /// The client's line in a SASL exchange (RFC 5034 §4).
    Response,
    /// `*`: the client breaks a SASL exchange off (RFC 5034 §4).
    Cancel,
    /// `+OK` (RFC 1939 §3).
    Accepted,
    /// `-ERR` (RFC 1939 §3).
    Refused,
    /// `+` before a challenge (RFC 5034 §4).
    Continuation,
    /// What a SASL exchange asks, in base64 (RFC 5034 §4).
    Challenge,
    /// `[…]` behind a status indicator, for programs (RFC 2449 §8).
    ResponseCode(Code),
    /// Words for people; a program must not depend on them (RFC 2449 §8).
    Text,
    /// The greeting's stamp, from which APOP makes a digest (RFC 1939 §7).
    Stamp,
    /// How many messages (RFC 1939 §5, drop listing).
    Count,
    /// A size in octets (RFC 1939 §11).
    Octets,
    /// A message's number in a listing.
    MessageNumber,
    /// A message's unique-id (RFC 1939 §7).
    UniqueId,
    /// The name of a capability (RFC 2449 §5).
    Capability,
    /// What a capability says more exactly.
    CapabilityArgument,
    /// A mechanism that the server offers.
    Mechanism,
    /// A language that the server offers, by its tag (RFC 6856 §3.2).
    LanguageTag,
    /// That language's name in itself.
    LanguageName,
    /// The dot that is put before a line of a message that begins with one (RFC 1939 §3).
    StuffedDot,
    /// The dot that ends a multi-line response (RFC 1939 §3).
    LoneDot,
    /// Part of a message.
    MessageText,
    /// Blanks that separate.
    Space,
    /// CRLF, or a bare LF.
    LineEnd,
}

/// What a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Argument {
    /// A keyword: it can only be missing.
    Keyword,
    /// The name of a mailbox (RFC 1939 §7).
    UserName,
    /// The password; the rest of the line, blanks included (RFC 1939 §7).
    Password,
    /// APOP's digest (RFC 1939 §7).
    Digest,
    /// A SASL mechanism (RFC 5034 §4).
    Mechanism,
    /// What the client says at once in a SASL exchange, in base64; `=` is the empty response (RFC 5034 §4).
    InitialResponse,
    /// Which message.
    MessageNumber,
    /// How many lines of a message's body (RFC 1939 §7, TOP).
    LineCount,
    /// A language, or `*` (RFC 6856 §3).
    LanguageTag,
}

impl Argument {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 9] = [
        Self::Keyword,
        Self::UserName,
        Self::Password,
        Self::Digest,
        Self::Mechanism,
        Self::InitialResponse,
        Self::MessageNumber,
        Self::LineCount,
        Self::LanguageTag,
    ];

    /// Whoever reads it has the password, or can guess at it.
    #[must_use]
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::Digest | Self::InitialResponse)
    }
}

/// Why no server can take an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Fault {
    /// It is not written as such an argument is.
    Malformed,
    /// Messages are numbered from 1.
    Zero,
    /// A number beyond all limits.
    TooLarge,
    /// The line would pass 255 octets (RFC 2449 §4).
    TooLong,
    /// It holds CR, LF or NUL.
    ControlCharacter,
    /// Exactly one blank separates (RFC 1939 §3); these are too many.
    Blanks,
}

impl Fault {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 6] =
        [Self::Malformed, Self::Zero, Self::TooLarge, Self::TooLong, Self::ControlCharacter, Self::Blanks];
}

/// A response code, by what is registered (IANA, POP3 Response Codes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Code {
    /// `[IN-USE]` (RFC 2449 §8.1.2).
    InUse,
    /// `[LOGIN-DELAY]` (RFC 2449 §8.1.1).
    LoginDelay,
    /// `[AUTH]` (RFC 3206 §5).
    Auth,
    /// `[SYS/TEMP]` (RFC 3206 §4).
    SystemTemporary,
    /// `[SYS/PERM]` (RFC 3206 §4).
    SystemPermanent,
    /// `[SYS]` with another second level, or with none.
    System,
    /// `[UTF8]` (RFC 6856 §5).
    Utf8,
    /// One that is not registered.
    Unregistered,
}

impl Code {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 8] = [
        Self::InUse,
        Self::LoginDelay,
        Self::Auth,
        Self::SystemTemporary,
        Self::SystemPermanent,
        Self::System,
        Self::Utf8,
        Self::Unregistered,
    ];
}

impl Role {
    /// It shall not be shown: whoever reads it has the password, or can guess at it.
    #[must_use]
    pub fn is_secret(self) -> bool {
        match self {
            Self::Response => true,
            Self::Argument(argument) | Self::Wrong(argument, _) => argument.is_secret(),
            _ => false,
        }
    }

    /// It is why a server cannot take the line.
    #[must_use]
    pub fn is_wrong(self) -> bool {
        matches!(self, Self::UnknownKeyword | Self::Unread | Self::Wrong(..) | Self::Missing(_) | Self::Extra)
    }

    /// Where it is specified.
    #[must_use]
    pub fn rfc(self) -> &'static str {
        match self {
            Self::Keyword(command) => command.rfc(),
            Self::Argument(argument) | Self::Wrong(argument, _) | Self::Missing(argument) => match argument {
                Argument::Keyword => "RFC 1939 §3",
                Argument::UserName | Argument::Password | Argument::Digest | Argument::LineCount => "RFC 1939 §7",
                Argument::Mechanism | Argument::InitialResponse => "RFC 5034 §4",
                Argument::MessageNumber => "RFC 1939 §5",
                Argument::LanguageTag => "RFC 6856 §3",
            },
            Self::UnknownKeyword
            | Self::Unread
            | Self::Extra
            | Self::Accepted
            | Self::Refused
            | Self::StuffedDot
            | Self::LoneDot
            | Self::MessageText
            | Self::Space
            | Self::LineEnd => "RFC 1939 §3",
            Self::Response | Self::Cancel | Self::Continuation | Self::Challenge => "RFC 5034 §4",
            Self::ResponseCode(code) => match code {
                Code::InUse => "RFC 2449 §8.1.2",
                Code::LoginDelay => "RFC 2449 §8.1.1",
                Code::Auth => "RFC 3206 §5",
                Code::SystemTemporary | Code::SystemPermanent | Code::System => "RFC 3206 §4",
                Code::Utf8 => "RFC 6856 §5",
                Code::Unregistered => "RFC 2449 §8",
            },
            Self::Text => "RFC 2449 §8",
            Self::Stamp | Self::UniqueId => "RFC 1939 §7",
            Self::Count | Self::MessageNumber => "RFC 1939 §5",
            Self::Octets => "RFC 1939 §11",
            Self::Capability | Self::CapabilityArgument => "RFC 2449 §5",
            Self::Mechanism => "RFC 5034 §3",
            Self::LanguageTag | Self::LanguageName => "RFC 6856 §3.2",
        }
    }
}

/// Cuts a line, with or without its line end, that somebody said and that means this. Every octet belongs to exactly one
/// token; a cut never falls inside a character of UTF-8.
#[must_use]
pub fn tokens(direction: Direction, meaning: Meaning, line: &[u8]) -> Vec<Token> {
    match direction {
        Direction::ClientToServer => match meaning {
            Meaning::Response(_) => Cut::whole(line, Role::Response),
            Meaning::ExchangeCancelled(_) => Cut::whole(line, Role::Cancel),
            _ => command_tokens(line),
        },
        Direction::ServerToClient => said::tokens(meaning, line),
    }
}

/// Cuts a line of a transcript.
#[must_use]
pub fn line_tokens(line: &Line) -> Vec<Token> {
    tokens(line.direction, line.meaning, line.text.as_bytes())
}

/// Cuts a line that may have been typed and not sent, as a command.
#[must_use]
pub fn command_tokens(line: &[u8]) -> Vec<Token> {
    asked::tokens(line)
}

/// What a command takes, in order, and how many of them must be there.
///
/// ```
/// use popglass_protocol::{command::CommandName, grammar::{Argument, takes}};
/// assert_eq!(takes(CommandName::ListOne), (&[Argument::MessageNumber][..], 0));
/// ```
#[must_use]
pub fn takes(command: CommandName) -> (&'static [Argument], usize) {
    asked::takes(command)
}

/// A line that is being cut, from its front.
struct Cut<'a> {
    /// Without its line end.
    content: &'a [u8],
    line_octets: usize,
    at: usize,
    tokens: Vec<Token>,
}

impl<'a> Cut<'a> {
    fn new(line: &'a [u8]) -> Self {
        let content = line.strip_suffix(b"\n").map_or(line, |cut| cut.strip_suffix(b"\r").unwrap_or(cut));
        Self { content, line_octets: line.len(), at: 0, tokens: Vec::new() }
    }

    fn whole(line: &'a [u8], role: Role) -> Vec<Token> {
        let mut cut = Self::new(line);
        cut.take_rest(role);
        cut.finish()
    }

    fn rest(&self) -> &'a [u8] {
        self.content.get(self.at..).unwrap_or_default()
    }

    /// Takes so many octets; nothing where none are asked for, or left.
    fn take(&mut self, octets: usize, role: Role) {
        let end = (self.at + octets).min(self.content.len());
        if end > self.at {
            self.tokens.push(Token { range: self.at..end, role });
            self.at = end;
        }
    }

    fn take_rest(&mut self, role: Role) {
        self.take(self.rest().len(), role);
    }

    /// Takes all blanks, tabs among them.
    fn take_blanks(&mut self) {
        let rest = self.rest();
        self.take(rest.len() - rest.trim_ascii_start().len(), Role::Space);
    }

    /// What stands in front of the next blank or tab.
    fn word(&self) -> &'a [u8] {
        let rest = self.rest();
        rest.get(..rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len())).unwrap_or_default()
    }

    /// Says that something should stand here.
    fn miss(&mut self, argument: Argument) {
        self.tokens.push(Token { range: self.at..self.at, role: Role::Missing(argument) });
    }

    fn finish(mut self) -> Vec<Token> {
        debug_assert_eq!(self.at, self.content.len(), "every octet was taken");
        if self.at < self.line_octets {
            self.tokens.push(Token { range: self.at..self.line_octets, role: Role::LineEnd });
        }
        self.tokens
    }
}
