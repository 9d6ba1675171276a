//! What the client says to its host: what to do, what happened, and why a session cannot go on. Knows no way there.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::{
    client::{CommandId, Said},
    command::CommandName,
    deviation::Deviation,
    reply::Reply,
    transcript::Line,
    types::{MessageNumber, Octets},
};

/// What the client wants of its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Write these octets to the connection.
    Transmit(Vec<u8>),
    /// Something happened.
    Event(Event),
    /// Start TLS on the connection, then call [`super::Client::handle_tls_ready`] (RFC 2595 §4).
    UpgradeTls,
    /// Nothing to do until the host calls again.
    Idle,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The server's first line, `+OK`.
    Greeting {
        /// Its text.
        text: String,
    },
    /// The server's first line, `-ERR`: there will be no session.
    GreetingRefused {
        /// Its text.
        text: String,
    },
    /// A command is answered, completely.
    Reply {
        /// Which command.
        id: CommandId,
        /// The answer.
        reply: Reply,
    },
    /// Octets of a message, unstuffed, in order.
    Chunk {
        /// The RETR or TOP.
        id: CommandId,
        /// Which message.
        number: MessageNumber,
        /// At most [`crate::limits::CHUNK_OCTETS_MAX`].
        octets: Vec<u8>,
        /// Octets of this message so far, these included.
        octets_total: Octets,
    },
    /// A queued command cannot be given in the state the session came to, and was dropped unsent.
    NotSent {
        /// Which command.
        id: CommandId,
        /// Its name.
        command: CommandName,
    },
    /// A line of [`super::Client::send_line`] is about to go out. One that goes out as a response in an exchange is not
    /// told.
    Typed {
        /// The line.
        id: CommandId,
        /// What it says, and is followed as.
        said: Said,
    },
    /// The server said `-ERR` without being asked, as some do before they hang up.
    Unsolicited {
        /// Its text.
        text: String,
    },
    /// The reply to a cancelled command has been read and dropped.
    Dropped {
        /// Which command.
        id: CommandId,
    },
    /// A line for the transcript, redacted.
    Line(Line),
    /// The server broke a rule, in the line before or in the reply that just ended, and was tolerated.
    Deviation(Deviation),
    /// The server's challenge in an exchange that no [`crate::sasl::Authenticator`] conducts; answer with [`super::Client::respond`] or
    /// [`super::Client::cancel_exchange`] (RFC 5034 §4).
    Challenge {
        /// The AUTH.
        id: CommandId,
        /// The challenge as it came: base64.
        text: String,
    },
}

/// The session cannot go on. Sorted by blame; a server's `-ERR` is no error but an [`Event`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The server broke the rules.
    PeerMisbehaved(Misbehaviour),
    /// The server sent more than a limit allows.
    LimitExceeded(Limit),
}

/// How the server broke the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misbehaviour {
    /// A status line began neither with `+OK` nor with `-ERR` (RFC 1939 §3).
    NoStatusIndicator {
        /// The line, made printable and shortened.
        line: String,
    },
    /// `+OK` came before the login although nothing was asked: somebody may have injected it.
    UnsolicitedReply,
    /// Replies and commands no longer match: a status line stands in the middle of this command's reply, or the reply
    /// belongs to another command.
    Desynchronised(CommandName),
    /// The reply to this command could not be read.
    BadReply(CommandName),
    /// More octets followed `+OK` to STLS before TLS began: somebody may have injected them (RFC 2595 §4).
    PlaintextAfterStls,
    /// `+OK` to AUTH came before the server proved that it knows the password, or after the client broke off
    /// (RFC 5802 §5).
    NotProven,
    /// In strict mode: a rule was broken that is tolerated otherwise.
    Strict(Deviation),
}

/// Which limit was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`crate::limits::STATUS_LINE_OCTETS_MAX`]
    StatusLine,
    /// [`crate::limits::LISTING_LINE_OCTETS_MAX`]
    ListingLine,
    /// [`crate::limits::LISTING_ENTRIES_MAX`], [`crate::limits::CAPABILITIES_MAX`] or
    /// [`crate::limits::LISTING_OCTETS_MAX`]
    ListingEntries,
    /// [`crate::limits::MESSAGE_OCTETS_MAX`]
    Message,
    /// [`crate::limits::COMMAND_QUEUE_MAX`]
    CommandQueue,
    /// [`crate::limits::SASL_LINE_OCTETS_MAX`] or [`crate::limits::SASL_ROUNDS_MAX`]
    Exchange,
    /// What [`super::Client::cancel`] allowed to be read and dropped.
    Drain,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PeerMisbehaved(Misbehaviour::NoStatusIndicator { line }) => {
                write!(f, "a line begins neither with +OK nor with -ERR: {line}")
            }
            Self::PeerMisbehaved(Misbehaviour::UnsolicitedReply) => f.write_str("a reply came that nobody asked for"),
            Self::PeerMisbehaved(Misbehaviour::Desynchronised(command)) => {
                write!(f, "the reply to {} is mixed up with another command's", command.keyword())
            }
            Self::PeerMisbehaved(Misbehaviour::NotProven) => {
                f.write_str("the server says that the login succeeded, but did not prove that it knows the password")
            }
            // Not which one: who asks for strictness has the deviation, and can print it.
            Self::PeerMisbehaved(Misbehaviour::Strict(_)) => f.write_str("strict mode: a rule was broken"),
            Self::PeerMisbehaved(Misbehaviour::BadReply(command)) => {
                write!(f, "the reply to {} cannot be read", command.keyword())
            }
            Self::PeerMisbehaved(Misbehaviour::PlaintextAfterStls) => {
                f.write_str("octets in the clear followed the reply to STLS")
            }
            Self::LimitExceeded(limit) => f.write_str(match limit {
                Limit::StatusLine => "a status line is too long",
                Limit::ListingLine => "a line of a listing is too long",
                Limit::ListingEntries => "a listing has too many entries, or too many octets",
                Limit::Message => "a message is too large",
                Limit::CommandQueue => "too many commands wait to be sent",
                Limit::Exchange => "the challenges of the login are too long or too many",
                Limit::Drain => "the rest of a cancelled message is too long to be read",
            }),
        }
    }
}

impl core::error::Error for Error {}

impl Error {
    /// Replies and commands no longer match, which a new connection that sends one command at a time can mend.
    #[must_use]
    pub fn is_desynchronisation(&self) -> bool {
        matches!(self, Self::PeerMisbehaved(Misbehaviour::Desynchronised(_)))
    }
}
