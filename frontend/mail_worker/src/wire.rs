//! What crosses the border between page and mail worker. The octets of a message travel beside these messages, as an
//! `ArrayBuffer` or `Blob`; here are only the words.
//!
//! The worker posts the string [`READY`] once, when it listens: what is posted to it before is lost. From then on the page
//! posts `[request, octets]` and hears `[response]`, for an attachment `[response, octets]`; [`crate::border`] writes them.

use serde::{Deserialize, Serialize};

/// The first message of the worker.
pub const READY: &str = "ready";

/// From the page. Every request carries octets and gets exactly one [`Response`] with the same id,
/// unless the worker dies on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Chosen by the page.
    pub id: u32,
    /// What to do with the octets.
    pub task: Task,
}

/// What to do with the octets that come along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// The octets are a header (reply to TOP n 0): what a mailbox row needs.
    Summarise,
    /// The octets are a whole message: what the reader needs.
    Read,
    /// The octets are a whole message: hand out the decoded attachment with this index.
    Attachment {
        /// [`Attachment::index`] from the [`Message`] read before.
        index: usize,
    },
}

/// To the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The request's id.
    pub id: u32,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// For [`Task::Summarise`].
    Summary(Summary),
    /// For [`Task::Read`].
    Message(Box<Message>),
    /// For [`Task::Attachment`]; the decoded octets come along.
    Attachment(Attachment),
    /// The octets cannot be read as a message, hold no such attachment, or hold more parts than anyone would send; the
    /// raw source still can be shown.
    Unreadable,
    /// The message passes a limit of the worker.
    TooLarge {
        /// The limit, in octets.
        octets_max: u64,
    },
}

/// What a mailbox row shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The first author, if there is one.
    pub from: Option<Address>,
    /// The subject, decoded, without control or bidirectional-override characters.
    pub subject: Option<String>,
    /// The Date field, in milliseconds since 1970, UTC.
    pub date_ms: Option<i64>,
    /// The header says multipart/mixed or a type that is not text: attachments are likely (a header cannot prove it).
    pub attachments_likely: bool,
}

/// A mailbox of RFC 5322 §3.4: name and address, cleaned of control and bidirectional-override characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The display name, decoded.
    pub name: Option<String>,
    /// The address: always shown, since a name can say anything. Empty if the field holds none.
    pub address: String,
}

/// What the reader shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Authors; more than one is unusual and shown.
    pub from: Vec<Address>,
    /// Reply-To, if it differs from the authors.
    pub reply_to: Vec<Address>,
    /// To.
    pub to: Vec<Address>,
    /// Cc.
    pub cc: Vec<Address>,
    /// Decoded subject.
    pub subject: Option<String>,
    /// The Date field, in milliseconds since 1970, UTC.
    pub date_ms: Option<i64>,
    /// The plain text as paragraphs with quote depth; empty if the message has no text part.
    pub text: Vec<Paragraph>,
    /// The sanitised HTML body, a whole document with its own Content-Security-Policy, for a script-less sandboxed
    /// frame; `cid:` images are inlined as `data:`. Nothing if the message has no HTML part.
    pub html: Option<String>,
    /// How many references to remote content were removed from the HTML.
    pub remote_blocked: usize,
    /// Every attachment, inline images that the HTML shows included and marked.
    pub attachments: Vec<Attachment>,
    /// All header fields in order, decoded.
    pub header: Vec<(String, String)>,
    /// The message is malformed in a way the reader should hear of: a broken encoding, a missing end, an author field
    /// that stands twice.
    pub malformed: bool,
    /// A part of it passes a limit and is not shown whole; the raw source holds everything.
    pub truncated: bool,
}

/// A paragraph of plain text: format=flowed (RFC 3676) already joined where it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// How many `>` stand before it.
    pub quote_depth: usize,
    /// Its text, links found.
    pub spans: Vec<Span>,
}

/// A run of plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// Just text; may hold line breaks.
    Text(String),
    /// An http, https or mailto address that stood in the text; shown as it stood.
    Link(String),
}

/// A part to download.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its place, for [`Task::Attachment`].
    pub index: usize,
    /// A safe file name: no path, no control or bidirectional-override characters, never empty.
    pub name: String,
    /// The declared media type, lower case, such as `application/pdf`.
    pub media_type: String,
    /// Decoded size.
    pub octets: u64,
    /// The HTML body shows it already. Only a [`Message`] knows; the answer to [`Task::Attachment`] says no.
    pub inline: bool,
}
