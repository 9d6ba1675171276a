//! The console, as far as the page knows of it: when it is on the screen, and the session in which the user types. What the
//! console shows and does is its own (`frontend/console`).

use popglass_protocol::types::MessageNumber;
use popglass_session::{command::SessionCommand, event::Phase};

use super::connect;
use crate::app::{
    effect::{Effect, FocusTarget},
    model::{Model, Screen},
};

/// A session in which the user types: in the sandbox, or the chosen way.
pub(super) fn start_by_hand(model: &mut Model, in_sandbox: bool, effects: &mut Vec<Effect>) {
    if let Some((route, trust)) = connect::way(model, in_sandbox) {
        // Whoever began by typing may go on so beside the mailbox.
        model.console.open = true;
        connect::start(model, SessionCommand::ConnectByHand { route, trust }, effects);
    }
}

pub(super) fn show(model: &mut Model, effects: &mut Vec<Effect>) {
    effects.push(Effect::ShowConsole(model.language));
    if model.is_typing() {
        effects.push(Effect::Focus(FocusTarget::ConsoleLine));
    }
}

/// The focus may be nowhere: what was pressed to come here is gone.
pub(super) fn loaded(model: &mut Model, loaded: bool, effects: &mut Vec<Effect>) {
    let had_failed = std::mem::replace(&mut model.console.failed, !loaded);
    if loaded && (had_failed || model.is_typing()) {
        effects.push(Effect::Focus(FocusTarget::ConsoleLine));
    }
}

/// How far the session is, on its way to the mailbox or by hand.
pub(super) fn phase(model: &mut Model, now: Phase) {
    match &mut model.screen {
        Screen::Connecting { phase, by_hand, .. } => {
            *phase = now;
            if let Some(by_hand) = by_hand.as_mut().filter(|_| now == Phase::ByHand) {
                by_hand.begun = true;
            }
        }
        // QUIT may have been typed, and refused: a server may refuse a line such as `QUIT 1` and go on.
        Screen::Mailbox(mailbox) if matches!(now, Phase::Finishing | Phase::Open) => {
            mailbox.finishing = now == Phase::Finishing;
        }
        Screen::Mailbox(_) => {}
        Screen::Connect { .. } | Screen::Ended(_) => {}
    }
}

/// Marks of a session that has no mailbox yet.
pub(super) fn marks(model: &mut Model, numbers: &[MessageNumber]) {
    if let Some(by_hand) = model.typing() {
        by_hand.marked = numbers.to_vec();
    }
}
