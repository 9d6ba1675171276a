//! What the session worker tells.

use popglass_mail_worker::wire::Task;
use popglass_protocol::{
    command::CommandName,
    reply::Refusal,
    types::{MessageNumber, Octets},
};
use popglass_session::{
    command::SessionCommand,
    event::{BridgeState, EndReason, Ending, Progress, SessionEvent},
};

use super::{connect, console, reader, show_end, trust};
use crate::app::{
    Msg,
    effect::{Effect, FocusTarget, PayloadId},
    kept::KeptMessage,
    mail_queue::Purpose,
    mailbox::{Header, Mailbox},
    model::{Bridge, ByHand, Ended, Model, Screen, Worker},
    reader::Stage,
    toast::ToastNews,
    transfer::{TRANSFER_QUIET_MS, Transfer},
};

pub(super) fn said(model: &mut Model, event: SessionEvent, payload: Option<PayloadId>, effects: &mut Vec<Effect>) {
    match event {
        SessionEvent::Ready { build } => {
            model.worker = if build == model.build { Worker::Ready } else { Worker::Outdated };
            connect::ask_bridge(model, effects);
        }
        SessionEvent::Bridge(BridgeState::Known(hello)) => model.bridge = Bridge::Known(hello),
        SessionEvent::Bridge(BridgeState::Unreachable) => model.bridge = Bridge::Unreachable,
        SessionEvent::Phase(now) => console::phase(model, now),
        SessionEvent::Transcript(entry) => model.transcript.push(entry),
        SessionEvent::Secured(now) => match &mut model.screen {
            Screen::Connecting { secured, .. } => *secured = Some(now),
            Screen::Mailbox(mailbox) => mailbox.secured = Some(now),
            Screen::Connect { .. } | Screen::Ended(_) => {}
        },
        SessionEvent::Certificates(read) => trust::certificates_read(model, read, effects),
        SessionEvent::AuthoritiesRead(read) => trust::authorities_read(model, read, effects),
        SessionEvent::LoggedIn(by) => {
            if let Screen::Connecting { method, .. } = &mut model.screen {
                *method = Some(by);
            }
        }
        SessionEvent::Reconciled(told) => {
            if let Some(mailbox) = model.mailbox_mut() {
                mailbox.reconciled = Some(told);
            }
        }
        SessionEvent::Mailbox(entries) => {
            let (secured, method, by_hand) = match &mut model.screen {
                Screen::Connecting { secured, method, by_hand, .. } => (secured.take(), *method, by_hand.take()),
                Screen::Connect { .. } | Screen::Mailbox(_) | Screen::Ended(_) => (None, None, None),
            };
            let mut mailbox = Mailbox::new(entries, secured, method);
            mailbox.marked.extend(by_hand.into_iter().flat_map(|by_hand| by_hand.marked));
            model.screen = Screen::Mailbox(Box::new(mailbox));
            effects.push(Effect::Focus(FocusTarget::Heading));
        }
        SessionEvent::Header { number } => header(model, number, payload, effects),
        SessionEvent::HeaderRefused { number } => {
            if let Some(row) = model.mailbox_mut().and_then(|mailbox| mailbox.row_mut(number)) {
                row.header = Header::Refused;
            }
        }
        SessionEvent::Progress(progress) => proceed(model, progress, effects),
        SessionEvent::TransferOver => transfer_over(model),
        SessionEvent::Retrieved { number, octets } => retrieved(model, number, octets, payload, effects),
        SessionEvent::Refused { number, refusal } => refused(model, number, refusal, effects),
        SessionEvent::Marks(numbers) => marks(model, numbers, effects),
        SessionEvent::Ended(ending) => end(model, ending, effects),
        // The console shows them.
        SessionEvent::State(_) | SessionEvent::Held(_) | SessionEvent::LineNotSent { .. } => {}
    }
}

fn header(model: &mut Model, number: MessageNumber, payload: Option<PayloadId>, effects: &mut Vec<Effect>) {
    let Some(payload) = payload else { return };
    if model.mailbox().and_then(|mailbox| mailbox.row(number)).is_some() {
        model.mail.push(Purpose::Row(number), payload, Task::Summarise, effects);
    } else {
        effects.push(Effect::Forget(payload));
    }
}

fn proceed(model: &mut Model, progress: Progress, effects: &mut Vec<Effect>) {
    match &mut model.transfer {
        Some(transfer) => transfer.progress = progress,
        None => {
            let id = model.next_id();
            let message = match progress {
                Progress::Message { number, .. } => Some(number),
                Progress::Headers { .. } | Progress::Stopping => None,
            };
            model.transfer = Some(Transfer { id, message, progress, lasts: false, cancelled: false });
            effects.push(Effect::After(TRANSFER_QUIET_MS, Box::new(Msg::TransferLasts(id))));
        }
    }
}

pub(super) fn transfer_lasts(model: &mut Model, id: u32) {
    if let Some(transfer) = model.transfer.as_mut().filter(|transfer| transfer.id == id) {
        transfer.lasts = true;
    }
}

pub(super) fn cancel_transfer(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(transfer) = model.transfer.as_mut().filter(|transfer| !transfer.cancelled) {
        transfer.cancelled = true;
        effects.push(Effect::Session(SessionCommand::Cancel));
    }
}

/// A cancel takes back whatever was not sent yet, too: headers, and a message that waited for its turn.
fn transfer_over(model: &mut Model) {
    let cancelled = model.transfer.take().is_some_and(|transfer| transfer.cancelled);
    let Some(mailbox) = model.mailbox_mut().filter(|_| cancelled) else { return };
    mailbox.stop_headers();
    if let Some(reader) = mailbox.reader.as_mut().filter(|reader| reader.stage == Stage::Retrieving) {
        reader.stage = Stage::Cancelled;
    }
}

fn retrieved(
    model: &mut Model,
    number: MessageNumber,
    octets: Octets,
    payload: Option<PayloadId>,
    effects: &mut Vec<Effect>,
) {
    let Some(payload) = payload else { return };
    let Some(mailbox) = model.mailbox_mut() else {
        effects.push(Effect::Forget(payload));
        return;
    };
    // The user may have gone on to another message meanwhile; it is kept for when it is opened again.
    let message = KeptMessage { number, payload, octets };
    let shown = mailbox.reader.as_ref().map(|reader| reader.number);
    let gone = mailbox.kept.keep(message, shown);
    for payload in gone {
        model.mail.withdraw(payload);
        effects.push(Effect::Forget(payload));
    }
    reader::show(model, message, effects);
}

fn refused(model: &mut Model, number: Option<MessageNumber>, refusal: Refusal, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    match number {
        Some(number) => {
            mailbox.asked.remove(&number);
        }
        None => mailbox.asked.clear(),
    }
    let waiting = mailbox.reader.as_mut().filter(|reader| Some(reader.number) == number);
    match waiting {
        Some(reader) if refusal.command == CommandName::Retr => reader.stage = Stage::Refused(refusal),
        _ => model.show_toast(ToastNews::Refused(refusal), effects),
    }
}

fn marks(model: &mut Model, numbers: Vec<MessageNumber>, effects: &mut Vec<Effect>) {
    console::marks(model, &numbers);
    let Some(mailbox) = model.mailbox_mut() else { return };
    let before = std::mem::take(&mut mailbox.marked);
    // Not `collect`, which sorts first: they are sorted, and the page needs no sorting anywhere else.
    mailbox.marked.extend(numbers);
    mailbox.asked.clear();
    let marked: Vec<_> = mailbox.marked.iter().copied().filter(|number| !before.contains(number)).collect();
    let unmarked: Vec<_> = before.into_iter().filter(|number| !mailbox.marked.contains(number)).collect();
    if !marked.is_empty() {
        model.show_toast(ToastNews::Marked(marked), effects);
    } else if !unmarked.is_empty() {
        model.show_toast(ToastNews::Unmarked(unmarked), effects);
    }
}

fn end(model: &mut Model, ending: Ending, effects: &mut Vec<Effect>) {
    match &model.screen {
        Screen::Connecting { by_hand: Some(ByHand { begun: true, .. }), .. } => {
            show_end(
                model,
                Ended::Session { reason: ending.reason, deletion: ending.deletion, messages: None },
                effects,
            );
        }
        Screen::Connecting { .. } => {
            // Nothing was open yet, so the form is the place to go on from.
            let trouble = Some(ending.reason).filter(|reason| *reason != EndReason::Disconnected);
            let target = if trouble.is_some() { FocusTarget::ConnectError } else { FocusTarget::Heading };
            model.screen = Screen::connect(trouble);
            model.transfer = None;
            effects.push(Effect::Focus(target));
        }
        Screen::Mailbox(mailbox) => {
            // What was marked before the mailbox was listed has no row.
            let unlisted = mailbox.marked.iter().filter(|number| mailbox.row(**number).is_none()).count();
            let messages = Some(mailbox.rows.len() + unlisted);
            show_end(model, Ended::Session { reason: ending.reason, deletion: ending.deletion, messages }, effects);
        }
        Screen::Connect { .. } | Screen::Ended(_) => {}
    }
}

pub(super) fn worker_died(model: &mut Model, effects: &mut Vec<Effect>) {
    let quit_sent = model.mailbox().is_some_and(|mailbox| mailbox.finishing);
    let at_start = model.worker == Worker::Starting;
    show_end(model, Ended::Crashed { quit_sent, at_start }, effects);
    effects.push(Effect::EndConsole);
}
