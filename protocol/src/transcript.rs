//! What was said, line by line, for people: direction, state, meaning, RFC, and never a password.
//! Knows no time (the host adds it) and no language (the page explains each [`Meaning`]).

use alloc::{string::String, vec::Vec};

use crate::{
    codec::line::ReceivedLine,
    command::{CommandName, PASSWORD_MASK, PASSWORD_MASK_WIRE},
    limits,
    state::State,
    types::printable,
};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Direction {
    /// The client.
    ClientToServer,
    /// The server.
    ServerToClient,
}

/// What a line is, in the grammar of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Meaning {
    /// The server's first line, `+OK` (RFC 1939 §4).
    Greeting,
    /// The server's first line, `-ERR`: it does not want to talk.
    GreetingRefused,
    /// The client asks.
    Command(CommandName),
    /// The server's challenge in a SASL exchange (RFC 5034 §4); its text is base64.
    Challenge(CommandName),
    /// The client's response to it, masked: it may hold the password.
    Response(CommandName),
    /// The client breaks a SASL exchange off with `*` (RFC 5034 §4).
    ExchangeCancelled(CommandName),
    /// The server says `+OK`.
    Accepted(CommandName),
    /// The server says `-ERR`.
    Refused(CommandName),
    /// A line of a multi-line response.
    Body(CommandName),
    /// Lines of a message that are not shown.
    BodyFolded {
        /// The command that they answer.
        command: CommandName,
        /// How many lines.
        lines: u64,
    },
    /// The lone dot that ends a multi-line response (RFC 1939 §3).
    BodyEnd(CommandName),
    /// A command line that this implementation does not know: typed by hand, or on the server's side.
    UnknownCommand,
    /// The answer to an unknown command, or a line that nobody asked for.
    Unexpected,
}

/// One line of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Line {
    /// Who says it.
    pub direction: Direction,
    /// The state in which it is said.
    pub state: State,
    /// What it is.
    pub meaning: Meaning,
    /// The text without CRLF, redacted, shortened to [`limits::TRANSCRIPT_LINE_CHARS_MAX`]; empty for folded lines.
    pub text: String,
    /// The line as on the wire, line end and stuffing included: redacted as `text` is, by
    /// [`crate::command::PASSWORD_MASK_WIRE`], and shortened to [`limits::TRANSCRIPT_WIRE_OCTETS_MAX`]; empty for folded
    /// lines.
    pub wire: Vec<u8>,
    /// The octets on the wire, CRLF and stuffing included.
    pub octets: u64,
}

impl Line {
    /// Where the line's grammar is specified.
    #[must_use]
    pub fn rfc(&self) -> &'static str {
        match self.meaning {
            Meaning::Greeting | Meaning::GreetingRefused => "RFC 1939 §4",
            Meaning::Challenge(_) | Meaning::Response(_) | Meaning::ExchangeCancelled(_) => "RFC 5034 §4",
            Meaning::Command(command) | Meaning::Accepted(command) | Meaning::Refused(command) => command.rfc(),
            Meaning::Body(command) => match command {
                CommandName::Capa => "RFC 2449 §5",
                _ => "RFC 1939 §3",
            },
            Meaning::BodyFolded { .. } | Meaning::BodyEnd(_) | Meaning::UnknownCommand | Meaning::Unexpected => {
                "RFC 1939 §3"
            }
        }
    }

    /// A line of the client, with what it is told to show instead of secrets.
    pub(crate) fn sent(state: State, meaning: Meaning, masked: impl Fn(&str) -> String, octets: u64) -> Self {
        let mut wire = masked(PASSWORD_MASK_WIRE).into_bytes();
        wire.extend(b"\r\n");
        wire.truncate(limits::TRANSCRIPT_WIRE_OCTETS_MAX);
        let text = shown(masked(PASSWORD_MASK).as_bytes());
        Self { direction: Direction::ClientToServer, state, meaning, text, wire, octets }
    }

    /// A line that came from the wire.
    pub(crate) fn received(state: State, meaning: Meaning, line: WireLine<'_>) -> Self {
        let WireLine { content, wire, octets } = line;
        let wire = wire.get(..limits::TRANSCRIPT_WIRE_OCTETS_MAX).unwrap_or(wire).to_vec();
        Self { direction: Direction::ServerToClient, state, meaning, text: shown(content), wire, octets }
    }
}

/// A line of the server, as far as it will be shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WireLine<'a> {
    /// Without its line end.
    pub(crate) content: &'a [u8],
    /// With it.
    pub(crate) wire: &'a [u8],
    /// On the wire, shown or not.
    pub(crate) octets: u64,
}

impl<'a> From<&ReceivedLine<'a>> for WireLine<'a> {
    fn from(line: &ReceivedLine<'a>) -> Self {
        Self { content: line.content, wire: line.wire, octets: line.octets as u64 }
    }
}

/// A line without its end as [`Line::text`] shows it.
///
/// Cut before it is made printable: a line of a message can be of any length.
#[must_use]
pub fn shown(content: &[u8]) -> String {
    let shown = content.get(..limits::TRANSCRIPT_LINE_CHARS_MAX).unwrap_or(content);
    let mut text = printable(shown);
    if shown.len() < content.len() {
        text.push('…');
    }
    text
}
