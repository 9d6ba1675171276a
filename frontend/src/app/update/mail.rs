//! What the mail worker tells, and what its death costs.

use std::sync::Arc;

use popglass_mail_worker::wire::{Outcome, Response};

use crate::app::{
    effect::{Effect, PayloadId},
    mail_queue::{Job, Purpose},
    mailbox::Header,
    model::Model,
    reader::{Content, SOURCE_OCTETS_MAX, SourceOnly, Tab},
    toast::ToastNews,
};

pub(super) fn said(model: &mut Model, response: Response, payload: Option<PayloadId>, effects: &mut Vec<Effect>) {
    let Some(job) = model.mail.finish(response.id, effects) else {
        effects.extend(payload.map(Effect::Forget));
        return;
    };
    effects.extend(job.spare_payload().map(Effect::Forget));
    match (response.outcome, payload) {
        (Outcome::Summary(summary), _) => fill_row(model, &job, Header::Known(Arc::new(summary))),
        (Outcome::Message(message), _) => {
            show(model, &job, Content::Read(Arc::new(*message)), effects);
        }
        (Outcome::Attachment(attachment), Some(payload)) => {
            effects.push(Effect::Download { payload, name: attachment.name });
            effects.push(Effect::Forget(payload));
        }
        (Outcome::Attachment(_), None) => fail(model, &job, SourceOnly::Unreadable, effects),
        (Outcome::Unreadable, _) => fail(model, &job, SourceOnly::Unreadable, effects),
        (Outcome::TooLarge { octets_max }, _) => fail(model, &job, SourceOnly::TooLarge { octets_max }, effects),
    }
}

pub(super) fn worker_died(model: &mut Model, had_started: bool, effects: &mut Vec<Effect>) {
    for job in model.mail.fail(had_started, effects) {
        effects.extend(job.spare_payload().map(Effect::Forget));
        fail(model, &job, SourceOnly::WorkerDied, effects);
    }
}

fn fail(model: &mut Model, job: &Job, why: SourceOnly, effects: &mut Vec<Effect>) {
    match job.purpose {
        Purpose::Row(_) => fill_row(model, job, Header::Unreadable),
        Purpose::Reader(_) => show(model, job, Content::SourceOnly(why), effects),
        Purpose::Attachment => model.show_toast(ToastNews::AttachmentFailed, effects),
    }
}

fn fill_row(model: &mut Model, job: &Job, header: Header) {
    if let Purpose::Row(number) = job.purpose
        && let Some(row) = model.mailbox_mut().and_then(|mailbox| mailbox.row_mut(number))
    {
        row.header = header;
    }
}

fn show(model: &mut Model, job: &Job, content: Content, effects: &mut Vec<Effect>) {
    let reader = model.mailbox_mut().and_then(|mailbox| mailbox.reader.as_mut());
    let Some(here) = reader.and_then(|reader| reader.here_mut()).filter(|here| here.payload == job.payload) else {
        return;
    };
    here.content = content;
    // The safest view first: text, then HTML, then the source.
    here.tab = here.tabs().first().copied().unwrap_or(Tab::Source);
    if here.tab == Tab::Source {
        effects.push(Effect::ReadSource { payload: here.payload, octets_max: SOURCE_OCTETS_MAX });
    }
}
