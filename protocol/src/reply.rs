//! Replies as values: what the server's lines meant. Knows no octets on the wire; `codec` reads them.

use alloc::{string::String, vec::Vec};

use crate::{
    command::CommandName,
    types::{MessageNumber, Octets, UniqueId},
};

/// The server's answer to one command, complete. `-ERR` is an answer like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// To CAPA.
    Capabilities(Capabilities),
    /// To USER: a name was noted. Says nothing about whether such a user exists (RFC 1939 §7).
    UserAccepted,
    /// To PASS: the maildrop is open and locked.
    LoggedIn,
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

/// A response code (RFC 2449 §8, RFC 3206 §4). Deeper levels are ignored, as RFC 2449 demands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ResponseCode {
    /// Another session holds the maildrop's lock.
    InUse,
    /// Logins come too often.
    LoginDelay,
    /// The credentials are at fault.
    Auth,
    /// A fault of the server's that may pass.
    SystemTemporary,
    /// A fault of the server's that will not pass by itself.
    SystemPermanent,
    /// One that is not known here.
    Other(String),
}

/// What the server announced in CAPA (RFC 2449 §6). Unknown ones are kept as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// TOP is there.
    pub top: bool,
    /// USER and PASS are there.
    pub user: bool,
    /// UIDL is there.
    pub uidl: bool,
    /// Commands may be sent before earlier ones are answered.
    pub pipelining: bool,
    /// `[…]` behind a status indicator is a response code.
    pub response_codes: bool,
    /// STLS is there.
    pub stls: bool,
    /// Every line, in order, made printable.
    pub lines: Vec<String>,
}
