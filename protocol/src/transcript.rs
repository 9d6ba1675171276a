//! What was said, line by line, for people: direction, state, meaning, RFC, and never a password.
//! Knows no time (the host adds it) and no language (the page explains each [`Meaning`]).

use alloc::string::String;

use crate::{command::CommandName, limits, state::State, types::printable};

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
    /// A command line that this implementation does not know (server side only).
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

    /// A line that came from the wire.
    pub(crate) fn received(direction: Direction, state: State, meaning: Meaning, content: &[u8], octets: u64) -> Self {
        Self { direction, state, meaning, text: shorten(content), octets }
    }
}

/// Cut before it is made printable: a line of a message can be of any length.
fn shorten(content: &[u8]) -> String {
    let shown = content.get(..limits::TRANSCRIPT_LINE_CHARS_MAX).unwrap_or(content);
    let mut text = printable(shown);
    if shown.len() < content.len() {
        text.push('…');
    }
    text
}
