//! Faults as data: what a server does wrong on purpose, and at which command. For lessons and for tests; without a
//! script a server does nothing wrong. Knows no clock: a delay is a deadline that the host waits for.

mod apply;
mod text;

use alloc::{string::String, vec::Vec};

pub(super) use apply::{Faults, Lies, distort};
pub use text::ScriptError;
pub(super) use text::refusal;

use crate::{command::CommandName, limits, reply::ResponseCode};

/// Faults, in order. Those that fit the same reply all apply, one after the other.
///
/// ```
/// use popglass_protocol::server::fault::FaultScript;
/// let text = "RETR 2: cut 100\nSTAT: lie count +1\n";
/// let script: FaultScript = text.parse().unwrap();
/// assert_eq!(script.to_string(), text);
/// assert_eq!("RETR: explode".parse::<FaultScript>().unwrap_err().line, 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FaultScript(Vec<Fault>);

impl FaultScript {
    /// Takes up to [`limits::FAULTS_MAX`] faults; nothing for more.
    #[must_use]
    pub fn new(faults: Vec<Fault>) -> Option<Self> {
        (faults.len() <= limits::FAULTS_MAX).then_some(Self(faults))
    }

    /// The faults.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }
}

/// One thing done wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fault {
    /// At which reply.
    pub when: When,
    /// What.
    pub what: Misdeed,
}

/// A place in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum When {
    /// The greeting.
    Greeting,
    /// The answer to a command with this keyword, with or without argument. In a SASL exchange each response of the
    /// client counts as one more AUTH.
    Command {
        /// Any name with the keyword that is meant.
        name: CommandName,
        /// The how manieth time, from 1; nothing for each time.
        time: Option<u32>,
    },
    /// The answer to anything, unknown commands too.
    Any {
        /// The how manieth answer, from 1; nothing for each.
        time: Option<u32>,
    },
}

/// What is done wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Misdeed {
    /// The reply comes so many milliseconds late.
    Delay(u64),
    /// The connection ends after so many octets of the reply, or behind it if it is shorter. The command is carried
    /// out: a QUIT that is cut has deleted.
    Cut(u64),
    /// The connection ends before the command is carried out.
    HangUp,
    /// Something in the reply is not true, or not well-formed.
    Lie(Lie),
    /// The command is carried out, and not answered.
    Swallow,
    /// The answer comes twice.
    AnswerTwice,
    /// These octets come before the reply.
    Before(Vec<u8>),
    /// These octets come behind the reply.
    After(Vec<u8>),
    /// The command is carried out, and these octets come instead of the reply.
    Replace(Vec<u8>),
    /// The command is not carried out, and refused.
    Refuse {
        /// The response code.
        code: Option<ResponseCode>,
        /// What is said.
        text: String,
    },
}

/// What is not true about a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Lie {
    /// Sizes in STAT, LIST and RETR are off by so many octets, and never below zero.
    Sizes(i64),
    /// Counts in STAT and in the status lines of LIST and UIDL are off by so many messages.
    Count(i64),
    /// All messages have the first one's unique-id.
    UniqueIdRepeated,
    /// UIDL leaves the first message out.
    UniqueIdMissing,
    /// Lines that begin with a dot get no second one (RFC 1939 §3).
    NotStuffed,
    /// Lines end in a bare LF.
    BareLineFeeds,
}
