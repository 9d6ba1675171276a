//! The message that is open: from the request to the last tab. Its octets stay with the shell.

use std::sync::Arc;

use popglass_mail_worker::wire::Message;
use popglass_protocol::{
    reply::Refusal,
    types::{MessageNumber, Octets},
};

use super::effect::PayloadId;

/// So much of a message's source is shown; a message of 5 MB as one text would stop the page.
pub const SOURCE_OCTETS_MAX: u64 = 256 * 1024;

/// A way to look at a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The plain text.
    Text,
    /// The HTML part, in its frame.
    Html,
    /// All header fields, decoded.
    Header,
    /// The octets as the server sent them.
    Source,
}

/// Why only the source can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceOnly {
    /// It cannot be read as a message.
    Unreadable,
    /// The worker died on it.
    WorkerDied,
    /// It passes this many octets.
    TooLarge {
        /// The limit.
        octets_max: u64,
    },
}

/// The reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reader {
    pub(super) number: MessageNumber,
    pub(super) stage: Stage,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stage {
    /// RETR is on its way.
    Retrieving,
    /// The user stopped it.
    Cancelled,
    /// The server refused.
    Refused(Refusal),
    /// It is here.
    Here(Here),
}

/// A message that is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Here {
    pub(super) payload: PayloadId,
    pub(super) octets: Octets,
    pub(super) content: Content,
    pub(super) tab: Tab,
    pub(super) source: Option<Arc<str>>,
}

/// What is known of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// The mail worker reads it.
    Reading,
    /// Read.
    Read(Arc<Message>),
    /// It cannot be read, but shown raw.
    SourceOnly(SourceOnly),
}

impl Reader {
    pub(super) fn here(&self) -> Option<&Here> {
        match &self.stage {
            Stage::Here(here) => Some(here),
            Stage::Retrieving | Stage::Cancelled | Stage::Refused(_) => None,
        }
    }

    pub(super) fn here_mut(&mut self) -> Option<&mut Here> {
        match &mut self.stage {
            Stage::Here(here) => Some(here),
            Stage::Retrieving | Stage::Cancelled | Stage::Refused(_) => None,
        }
    }
}

impl Here {
    /// The tabs that have something to show, in the order of the tab list.
    pub(super) fn tabs(&self) -> Vec<Tab> {
        match &self.content {
            Content::Reading => Vec::new(),
            Content::SourceOnly(_) => vec![Tab::Source],
            Content::Read(message) => {
                let mut tabs = Vec::with_capacity(4);
                if !message.text.is_empty() || message.html.is_none() {
                    tabs.push(Tab::Text);
                }
                if message.html.is_some() {
                    tabs.push(Tab::Html);
                }
                tabs.extend([Tab::Header, Tab::Source]);
                tabs
            }
        }
    }
}
