//! The reader as values.

use std::sync::Arc;

use popglass_mail_worker::wire::Message;
use popglass_protocol::{
    reply::Refusal,
    types::{MessageNumber, Octets},
};

use crate::app::{
    mailbox::Header,
    model::Model,
    msg::Step,
    reader::{Content, Here, SOURCE_OCTETS_MAX, SourceOnly, Stage, Tab},
};

/// The reader.
#[derive(Debug, Clone, PartialEq)]
pub struct ReaderVm {
    /// The message.
    pub number: MessageNumber,
    /// Its subject, as far as it is known.
    pub subject: Option<String>,
    /// The size LIST promised.
    pub octets_expected: Octets,
    /// There is an older message.
    pub has_next: bool,
    /// There is a newer message.
    pub has_previous: bool,
    /// Marked for deletion.
    pub marked: bool,
    /// A mark was asked for, or its undoing.
    pub asked: bool,
    /// How far it is.
    pub stage: ReaderStageVm,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub enum ReaderStageVm {
    /// On its way, or being read.
    Loading,
    /// The user stopped it.
    Cancelled,
    /// The server refused.
    Refused(Refusal),
    /// It is here.
    Shown(ShownVm),
}

/// A message that is here.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownVm {
    /// Its content, or why there is only its source.
    pub content: Result<Arc<Message>, SourceOnly>,
    /// Its size as received.
    pub octets: Octets,
    /// The ways to look at it.
    pub tabs: Vec<Tab>,
    /// The chosen one.
    pub tab: Tab,
    /// The source, as soon as it was read.
    pub source: Option<Arc<str>>,
    /// Only the beginning of the source is shown.
    pub source_cut: bool,
}

/// The reader; nothing when no message is open.
#[must_use]
pub fn view_reader(model: &Model) -> Option<ReaderVm> {
    let mailbox = model.mailbox()?;
    let reader = mailbox.reader.as_ref()?;
    let row = mailbox.row(reader.number)?;
    let read = reader.here().and_then(|here| match &here.content {
        Content::Read(message) => Some(message),
        Content::Reading | Content::SourceOnly(_) => None,
    });
    let subject = match (read, &row.header) {
        (Some(message), _) => message.subject.clone(),
        (None, Header::Known(summary)) => summary.subject.clone(),
        (None, Header::Awaited | Header::Refused | Header::Unreadable | Header::Stopped) => None,
    };
    Some(ReaderVm {
        number: reader.number,
        subject,
        octets_expected: row.entry.octets,
        has_next: mailbox.neighbour(reader.number, Step::Next).is_some(),
        has_previous: mailbox.neighbour(reader.number, Step::Previous).is_some(),
        marked: mailbox.marked.contains(&reader.number),
        asked: mailbox.asked.contains(&reader.number),
        stage: match &reader.stage {
            Stage::Retrieving => ReaderStageVm::Loading,
            Stage::Cancelled => ReaderStageVm::Cancelled,
            Stage::Refused(refusal) => ReaderStageVm::Refused(refusal.clone()),
            Stage::Here(here) => shown(here),
        },
    })
}

fn shown(here: &Here) -> ReaderStageVm {
    let content = match &here.content {
        Content::Reading => return ReaderStageVm::Loading,
        Content::Read(message) => Ok(Arc::clone(message)),
        Content::SourceOnly(why) => Err(*why),
    };
    ReaderStageVm::Shown(ShownVm {
        content,
        octets: here.octets,
        tabs: here.tabs(),
        tab: here.tab,
        source: here.source.clone(),
        source_cut: here.octets > SOURCE_OCTETS_MAX,
    })
}
