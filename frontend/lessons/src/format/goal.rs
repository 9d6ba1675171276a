//! Goals: conditions over what has happened in a lesson, as data. Knows no facts; `crate::goal` looks at them.

use serde::{Deserialize, Serialize};

/// A condition over what has happened. True once it has been true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Goal {
    /// This has happened.
    Happened(Event),
    /// These have happened, in this order, whatever happened between.
    InOrder(Vec<Event>),
    /// The same, within one session of one terminal or device.
    InOneSession(Vec<Event>),
    /// The first has happened (or all of them, in order), and before that the second never did.
    Without {
        /// What is to happen.
        happened: Vec<Event>,
        /// What is not to happen before.
        never: Vec<Event>,
    },
    /// This question was answered rightly.
    Answered(String),
    /// So many of these questions were answered rightly.
    AnsweredAtLeast {
        /// How many.
        count: usize,
        /// Which.
        questions: Vec<String>,
    },
    /// At the end of some move, exactly these messages lay in the user's maildrop.
    MaildropIs {
        /// The user.
        user: String,
        /// By id; the order does not matter.
        messages: Vec<String>,
    },
    /// At the end of some move, one of these messages was missing in the user's maildrop.
    MaildropLacks {
        /// The user.
        user: String,
        /// By id.
        messages: Vec<String>,
    },
    /// At the end of some move, the device held exactly these, each once.
    DeviceHolds {
        /// The device.
        device: String,
        /// By id; the order does not matter.
        messages: Vec<String>,
    },
    /// All of these hold at the end of the same move.
    AtOnce(Vec<Self>),
    /// All of these have been true.
    All(Vec<Self>),
    /// One of these has been true.
    Any(Vec<Self>),
}

/// What may happen; a part that is not given may be anything.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Event {
    /// What kind of thing.
    pub what: What,
    /// On which terminal or device.
    pub by: Option<String>,
    /// The command's keyword, in capitals, for [`What::Command`].
    pub command: Option<String>,
    /// What stands behind the keyword.
    pub argument: Option<String>,
    /// Whether the server accepted it.
    pub accepted: Option<bool>,
    /// Whether TLS protected it.
    pub tls: Option<bool>,
    /// In which state it was said, or which state was reached: `AUTHORIZATION`, `TRANSACTION`, `UPDATE`.
    pub state: Option<String>,
    /// Which message it is about.
    pub message: Option<String>,
    /// Which user it is about.
    pub user: Option<String>,
    /// How many of what it is about at least: marked messages that a break left unmarked, messages that were fetched.
    pub at_least: Option<usize>,
    /// How many at most.
    pub at_most: Option<usize>,
    /// Text that must be in it: of the reply, or of a delivered message.
    pub containing: Option<String>,
}

/// A kind of thing that happens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A connection stands, and the server has greeted.
    Connected,
    /// A connection was refused by the client: no trust, no TLS.
    ConnectionRefused,
    /// A command was answered.
    #[default]
    Command,
    /// A session came to a state.
    State,
    /// A whole message came.
    Retrieved,
    /// A message's header came by TOP, or the header and some lines.
    Previewed,
    /// The session ended with QUIT; the count is of messages deleted.
    Quit,
    /// The connection ended without QUIT; the count is of marks lost.
    Broken,
    /// A device fetched; the count is of new messages.
    Fetched,
    /// A device could not fetch.
    FetchFailed,
    /// A message was delivered by SMTP.
    Delivered,
    /// A name with a password, or a proof of one, crossed the wire.
    Credentials,
    /// A setting of a device was changed.
    Configured,
    /// A message was read on a device.
    Read,
    /// Days went by; the count is of days since the beginning.
    Days,
}
