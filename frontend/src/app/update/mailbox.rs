//! Pages, the chosen row, marks, and the end that deletes.

use popglass_protocol::types::MessageNumber;
use popglass_session::command::SessionCommand;

use crate::app::{
    effect::{Effect, FocusTarget},
    model::Model,
    msg::Step,
};

pub(super) fn turn_page(model: &mut Model, step: Step, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    let last = mailbox.pages() - 1;
    let page = match step {
        Step::Next => last.min(mailbox.page + 1),
        Step::Previous => mailbox.page.saturating_sub(1),
        Step::First => 0,
        Step::Last => last,
    };
    if page != mailbox.page {
        mailbox.page = page;
        mailbox.selected = mailbox.page_rows().first().map(|row| row.entry.number);
        fetch_headers(model, effects);
    }
}

pub(super) fn fetch_headers(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    mailbox.await_headers();
    effects.push(Effect::Session(SessionCommand::ShowPage { page: mailbox.page }));
}

pub(super) fn move_selection(model: &mut Model, step: Step, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    if let Some(number) = mailbox.row_beside(step) {
        mailbox.selected = Some(number);
        effects.push(Effect::Focus(FocusTarget::Row(number)));
    }
}

pub(super) fn select(model: &mut Model, number: MessageNumber) {
    if let Some(mailbox) = model.mailbox_mut() {
        mailbox.selected = Some(number);
    }
}

pub(super) fn mark(model: &mut Model, number: MessageNumber, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    // A second DELE of the same message would be refused (RFC 1939 §5).
    if !mailbox.finishing && !mailbox.marked.contains(&number) && mailbox.asked.insert(number) {
        effects.push(Effect::Session(SessionCommand::Mark { numbers: vec![number] }));
    }
}

pub(super) fn unmark(model: &mut Model, numbers: &[MessageNumber], effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    let numbers: Vec<_> = numbers
        .iter()
        .copied()
        .filter(|number| mailbox.marked.contains(number) && !mailbox.asked.contains(number))
        .collect();
    if !mailbox.finishing && !numbers.is_empty() {
        mailbox.asked.extend(&numbers);
        effects.push(Effect::Session(SessionCommand::Unmark { numbers }));
    }
}

pub(super) fn unmark_all(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox() else { return };
    let marked: Vec<_> = mailbox.marked.iter().copied().collect();
    unmark(model, &marked, effects);
    // The button goes away with the marks; the focus must not.
    effects.push(Effect::Focus(FocusTarget::Heading));
}

pub(super) fn mark_remaining(model: &mut Model, effects: &mut Vec<Effect>) {
    see_to_reconciled(model, SessionCommand::MarkRemaining, effects);
}

pub(super) fn dismiss_reconciled(model: &mut Model, effects: &mut Vec<Effect>) {
    see_to_reconciled(model, SessionCommand::ForgetRemaining, effects);
}

fn see_to_reconciled(model: &mut Model, command: SessionCommand, effects: &mut Vec<Effect>) {
    let Some(told) = model.mailbox_mut().and_then(|mailbox| mailbox.reconciled.take()) else { return };
    if !told.remaining.is_empty() {
        effects.push(Effect::Session(command));
    }
    // The buttons go away; the focus must not.
    effects.push(Effect::Focus(FocusTarget::Heading));
}

pub(super) fn finish(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    if !mailbox.finishing {
        mailbox.finishing = true;
        effects.push(Effect::Session(SessionCommand::Finish));
    }
}
