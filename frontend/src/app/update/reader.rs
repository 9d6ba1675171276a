//! One message: fetch it, show it, save it, go to the next.

use std::sync::Arc;

use popglass_mail_worker::wire::Task;
use popglass_protocol::types::MessageNumber;
use popglass_session::command::SessionCommand;

use crate::app::{
    effect::{Effect, FocusTarget, PayloadId},
    file_name::message_file_name,
    kept::KeptMessage,
    mail_queue::Purpose,
    mailbox::Header,
    model::Model,
    msg::Step,
    reader::{Content, Here, Reader, SOURCE_OCTETS_MAX, Stage, Tab},
};

pub(super) fn open(model: &mut Model, number: MessageNumber, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    if mailbox.finishing || mailbox.row(number).is_none() {
        return;
    }
    if mailbox.show(number) {
        effects.push(Effect::Session(SessionCommand::ShowPage { page: mailbox.page }));
    }
    mailbox.reader = Some(Reader { number, stage: Stage::Retrieving });
    match mailbox.kept.of(number) {
        Some(message) => show(model, message, effects),
        None => effects.push(Effect::Session(SessionCommand::Retrieve { number })),
    }
    effects.push(Effect::Focus(FocusTarget::Reader));
}

/// The message is here: into the reader with it.
pub(super) fn show(model: &mut Model, message: KeptMessage, effects: &mut Vec<Effect>) {
    let KeptMessage { number, payload, octets } = message;
    let Some(mailbox) = model.mailbox_mut() else { return };
    let Some(reader) = mailbox.reader.as_mut().filter(|reader| reader.number == number) else { return };
    reader.stage = Stage::Here(Here { payload, octets, content: Content::Reading, tab: Tab::Text, source: None });
    mailbox.seen.insert(number);
    model.mail.push(Purpose::Reader(number), payload, Task::Read, effects);
}

pub(super) fn open_neighbour(model: &mut Model, step: Step, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox() else { return };
    let Some(reader) = &mailbox.reader else { return };
    if let Some(number) = mailbox.neighbour(reader.number, step) {
        open(model, number, effects);
    }
}

/// What is on its way goes on, and is kept when it comes: a transfer is stopped by its own button alone, since that may
/// cost the session.
pub(super) fn close(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    if let Some(reader) = mailbox.reader.take() {
        effects.push(Effect::Focus(FocusTarget::Row(reader.number)));
    }
}

pub(super) fn retrieve_again(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(reader) = model.mailbox_mut().and_then(|mailbox| mailbox.reader.as_mut()) else { return };
    if matches!(reader.stage, Stage::Cancelled | Stage::Refused(_)) {
        reader.stage = Stage::Retrieving;
        effects.push(Effect::Session(SessionCommand::Retrieve { number: reader.number }));
        effects.push(Effect::Focus(FocusTarget::Reader));
    }
}

fn here(model: &mut Model) -> Option<(MessageNumber, &mut Here)> {
    let reader = model.mailbox_mut()?.reader.as_mut()?;
    let number = reader.number;
    reader.here_mut().map(|here| (number, here))
}

pub(super) fn choose_tab(model: &mut Model, tab: Tab, effects: &mut Vec<Effect>) {
    let Some((_, here)) = here(model) else { return };
    if !here.tabs().contains(&tab) {
        return;
    }
    here.tab = tab;
    if tab == Tab::Source && here.source.is_none() {
        effects.push(Effect::ReadSource { payload: here.payload, octets_max: SOURCE_OCTETS_MAX });
    }
}

/// The arrow keys of a tab list choose and focus at once, and go round.
pub(super) fn move_tab(model: &mut Model, step: Step, effects: &mut Vec<Effect>) {
    let Some((_, here)) = here(model) else { return };
    let tabs = here.tabs();
    let Some(position) = tabs.iter().position(|tab| *tab == here.tab) else { return };
    let beside = match step {
        Step::Next => (position + 1) % tabs.len(),
        Step::Previous => (position + tabs.len() - 1) % tabs.len(),
        Step::First => 0,
        Step::Last => tabs.len() - 1,
    };
    if let Some(tab) = tabs.get(beside) {
        choose_tab(model, *tab, effects);
        effects.push(Effect::Focus(FocusTarget::Tab));
    }
}

pub(super) fn source_read(model: &mut Model, payload: PayloadId, text: &str) {
    if let Some((_, here)) = here(model).filter(|(_, here)| here.payload == payload) {
        here.source = Some(Arc::from(text));
    }
}

pub(super) fn save_attachment(model: &mut Model, index: usize, effects: &mut Vec<Effect>) {
    let Some((_, here)) = here(model) else { return };
    let payload = here.payload;
    model.mail.push(Purpose::Attachment, payload, Task::Attachment { index }, effects);
}

pub(super) fn save_message(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some((number, here)) = here(model) else { return };
    let payload = here.payload;
    let subject = match &here.content {
        Content::Read(message) => message.subject.clone(),
        Content::Reading | Content::SourceOnly(_) => None,
    };
    let name = message_file_name(subject.or_else(|| known_subject(model, number)).as_deref(), number.as_u32());
    effects.push(Effect::Download { payload, name });
}

fn known_subject(model: &Model, number: MessageNumber) -> Option<String> {
    match &model.mailbox()?.row(number)?.header {
        Header::Known(summary) => summary.subject.clone(),
        Header::Awaited | Header::Refused | Header::Unreadable | Header::Stopped => None,
    }
}
