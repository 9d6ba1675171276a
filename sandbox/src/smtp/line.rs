//! Lines of an SMTP session with what they mean, for whoever shows them. Knows no texts: those are the interface's.

use std::collections::VecDeque;

use popglass_protocol::types::printable;

use crate::smtp::LINES_MAX;

/// Who says a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Direction {
    /// The client, to the server.
    Client,
    /// The server, to the client.
    Server,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Line {
    /// Who says it.
    pub direction: Direction,
    /// As it is on the wire, without CRLF; what cannot be printed is escaped.
    pub text: String,
    /// The octets themselves, CRLF and stuffing included; of a line that passed its limit nothing was kept.
    pub wire: Vec<u8>,
    /// What it is.
    pub meaning: Meaning,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Meaning {
    /// HELO: who I am (RFC 5321 §4.1.1.1).
    Helo,
    /// EHLO: who I am, and tell me what you can do (§4.1.1.1).
    Ehlo,
    /// MAIL FROM: a message begins; failures go there (§4.1.1.2).
    Mail,
    /// RCPT TO: one recipient (§4.1.1.3).
    Rcpt,
    /// DATA: now the message (§4.1.1.4).
    Data,
    /// A line of the message.
    Content,
    /// The dot alone on a line that ends the message (§4.1.1.4).
    EndOfContent,
    /// RSET: forget the message that was begun (§4.1.1.5).
    Rset,
    /// NOOP (§4.1.1.9).
    Noop,
    /// QUIT (§4.1.1.10).
    Quit,
    /// HELP (§4.1.1.8).
    Help,
    /// VRFY: is there such a user? (§4.1.1.6)
    Vrfy,
    /// Anything else.
    OtherCommand,
    /// A line of the server's.
    Reply(ReplyMeaning),
}

/// What a reply says. Several may share a code; see [`ReplyMeaning::code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ReplyMeaning {
    /// 214: what HELP says.
    HelpText,
    /// 220: the greeting.
    Ready,
    /// 221: goodbye.
    Closing,
    /// 250: done.
    Done,
    /// 250: a line of EHLO's answer that names an extension.
    Extension,
    /// 250: responsibility for the message is taken (RFC 5321 §4.2.5).
    Accepted,
    /// 252: whether there is such a user is not told (§3.5.3, §7.3).
    WillNotTell,
    /// 354: go on with the message.
    SendContent,
    /// 421: the server ends the session.
    GivesUp,
    /// 452: too many recipients, or no room for now (§4.5.3.1.10).
    NoRoomNow,
    /// 500: no command that is known.
    Unknown,
    /// 500: a line passes its limit (§4.5.3.1.9).
    LineTooLong,
    /// 501: the arguments are wrong.
    BadArguments,
    /// 502: a command that is known and not here.
    NotHere,
    /// 503: not in this order.
    OutOfOrder,
    /// 504: a parameter's value is not here.
    ParameterNotHere,
    /// 550: there is no such mailbox.
    NoSuchMailbox,
    /// 550: mail is not sent on there, or not for you (§7.9).
    NoRelay,
    /// 552: the message is too large (RFC 1870 §6.1).
    TooLarge,
    /// 554: the message is not taken.
    Failed,
    /// 555: a parameter is not known (RFC 5321 §4.1.1.11).
    UnknownParameter,
}

impl ReplyMeaning {
    /// The reply code (RFC 5321 §4.2.3). Its first digit says how it went: 2 done, 3 go on, 4 not now, 5 no.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::HelpText => 214,
            Self::Ready => 220,
            Self::Closing => 221,
            Self::Done | Self::Extension | Self::Accepted => 250,
            Self::WillNotTell => 252,
            Self::SendContent => 354,
            Self::GivesUp => 421,
            Self::NoRoomNow => 452,
            Self::Unknown | Self::LineTooLong => 500,
            Self::BadArguments => 501,
            Self::NotHere => 502,
            Self::OutOfOrder => 503,
            Self::ParameterNotHere => 504,
            Self::NoSuchMailbox | Self::NoRelay => 550,
            Self::TooLarge => 552,
            Self::Failed => 554,
            Self::UnknownParameter => 555,
        }
    }
}

/// Lines in waiting, bounded.
#[derive(Debug, Default)]
pub(super) struct Lines(VecDeque<Line>);

impl Lines {
    /// Notes a line that came or went without its CRLF.
    pub(super) fn note(&mut self, direction: Direction, octets: &[u8], meaning: Meaning) {
        self.push(Line { direction, text: printable(octets), wire: [octets, b"\r\n"].concat(), meaning });
    }

    /// Notes a line of the client's that passed its limit.
    pub(super) fn note_too_long(&mut self, meaning: Meaning) {
        self.push(Line { direction: Direction::Client, text: "[...]".into(), wire: Vec::new(), meaning });
    }

    fn push(&mut self, line: Line) {
        if self.0.len() == LINES_MAX {
            self.0.pop_front();
        }
        self.0.push_back(line);
    }

    pub(super) fn take(&mut self) -> Option<Line> {
        self.0.pop_front()
    }
}
