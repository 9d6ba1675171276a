//! The form, the way to the mailbox, and the way out without deleting.

use popglass_protocol::{
    login::Wish,
    secret::Secret,
    tunnel::{Address, TlsEnds},
};
use popglass_session::{
    command::{Route, SessionCommand},
    event::Phase,
    security::Trust,
};

use super::remember;
use crate::app::{
    bridges::{BridgeChosen, complete_bridge},
    effect::{Effect, FocusTarget},
    form::wish_for,
    model::{Bridge, ByHand, Model, RouteTaken, Screen},
};

/// The sandbox has one mailbox, and its login is no secret; the transcript may as well show a real one. Written here and
/// not taken from the sandbox, which would bring all its messages into the page.
pub const SANDBOX_USER: &str = "ada";
/// The sandbox's password.
pub const SANDBOX_PASSWORD: &str = "lovelace";

pub(super) fn sandbox(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some((route, trust)) = way(model, true) else { return };
    let user = SANDBOX_USER.to_owned();
    let password = Secret::new(SANDBOX_PASSWORD.to_owned());
    start(model, SessionCommand::Connect { route, wish: Wish::Automatic, user, password, trust }, effects);
}

/// The sandbox, or the chosen way, and whom to trust there; nothing if nothing is on offer.
pub(super) fn way(model: &mut Model, in_sandbox: bool) -> Option<(Route, Trust)> {
    if in_sandbox {
        model.route = RouteTaken::Sandbox;
        return Some((Route::Sandbox, Trust::default()));
    }
    let choice = model.choice()?;
    let trust = if choice.tls.in_page() { trust_of(model, &choice.target) } else { Trust::default() };
    model.route = RouteTaken::Bridge { target: choice.target.clone(), tls: choice.tls };
    Some((Route::Bridge { target: choice.target, tls: choice.tls }, trust))
}

pub(super) fn connect(model: &mut Model, user: String, password: Secret<String>, effects: &mut Vec<Effect>) {
    let Some(choice) = model.choice() else { return };
    model.remembered.host = Some(choice.target.host);
    model.remembered.user.clone_from(&user);
    remember(model, effects);
    let wish = wish_for(model.remembered.wish, choice.tls);
    let Some((route, trust)) = way(model, false) else { return };
    start(model, SessionCommand::Connect { route, wish, user, password, trust }, effects);
}

/// Whom the user trusts for this server now.
pub(super) fn trust_of(model: &Model, server: &Address) -> Trust {
    match &model.bridge {
        Bridge::Known(hello) => model.remembered.trust.trust(server, hello),
        Bridge::Unnamed | Bridge::Asking | Bridge::Unreachable => Trust::default(),
    }
}

pub(super) fn reconnect(model: &mut Model, effects: &mut Vec<Effect>) {
    start(model, SessionCommand::Reconnect, effects);
}

/// Two sessions at once would lock each other out of the maildrop, so nothing starts beside a running one.
pub(super) fn start(model: &mut Model, command: SessionCommand, effects: &mut Vec<Effect>) {
    if matches!(model.screen, Screen::Connecting { .. } | Screen::Mailbox(_)) {
        return;
    }
    match command {
        SessionCommand::ConnectByHand { .. } => model.by_hand = true,
        SessionCommand::Connect { .. } => model.by_hand = false,
        // The same way as the last time.
        _ => {}
    }
    let by_hand = model.by_hand.then(ByHand::default);
    model.screen = Screen::Connecting { phase: Phase::Connecting, secured: None, method: None, by_hand };
    effects.push(Effect::Session(command));
    effects.push(Effect::Focus(FocusTarget::Heading));
}

pub(super) fn disconnect(model: &mut Model, effects: &mut Vec<Effect>) {
    if matches!(model.screen, Screen::Connecting { .. } | Screen::Mailbox(_)) {
        effects.push(Effect::Session(SessionCommand::Disconnect));
    }
}

pub(super) fn new_session(model: &mut Model, effects: &mut Vec<Effect>) {
    if matches!(model.screen, Screen::Ended(_)) {
        model.screen = Screen::connect(None);
        effects.push(Effect::Focus(FocusTarget::Heading));
        if model.bridge == Bridge::Unreachable {
            ask_bridge(model, effects);
        }
    }
}

pub(super) fn ask_bridge(model: &mut Model, effects: &mut Vec<Effect>) {
    let bridge = match model.bridge_chosen() {
        BridgeChosen::Own => None,
        BridgeChosen::Tunnel(url) => Some(url),
        BridgeChosen::Unnamed => {
            model.bridge = Bridge::Unnamed;
            return;
        }
    };
    model.bridge = Bridge::Asking;
    effects.push(Effect::Session(SessionCommand::LearnBridge { bridge }));
}

pub(super) fn choose_bridge(model: &mut Model, url: String, effects: &mut Vec<Effect>) {
    model.bridge_fault = None;
    if let Screen::Connect { trouble, .. } = &mut model.screen {
        // It was about another way.
        *trouble = None;
    }
    model.remembered.bridge = Some(url);
    remember(model, effects);
    ask_bridge(model, effects);
}

pub(super) fn enter_bridge(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    match complete_bridge(text, &model.page_origin) {
        Ok(url) => choose_bridge(model, url, effects),
        Err(fault) => {
            model.bridge_fault = Some(fault);
            effects.push(Effect::Focus(FocusTarget::BridgeField));
        }
    }
}

pub(super) fn choose_host(model: &mut Model, host: String, effects: &mut Vec<Effect>) {
    // Another server has other ports: what was chosen for the old one says nothing.
    model.remembered.port = None;
    model.remembered.security = None;
    model.remembered.host = Some(host);
    remember(model, effects);
}

pub(super) fn choose_port(model: &mut Model, port: u16, effects: &mut Vec<Effect>) {
    model.remembered.host = model.choice().map(|choice| choice.target.host);
    model.remembered.port = Some(port);
    model.remembered.security = None;
    remember(model, effects);
}

pub(super) fn choose_security(model: &mut Model, tls: TlsEnds, effects: &mut Vec<Effect>) {
    if let Some(choice) = model.choice() {
        model.remembered.host = Some(choice.target.host);
        model.remembered.port = Some(choice.target.port);
        model.remembered.security = Some(tls);
        remember(model, effects);
    }
}

pub(super) fn choose_wish(model: &mut Model, wish: Wish, effects: &mut Vec<Effect>) {
    model.remembered.wish = wish;
    remember(model, effects);
}

pub(super) fn fill_demo_login(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Bridge::Known(hello) = &model.bridge {
        effects.extend(hello.demo.clone().map(Effect::FillLogin));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_login_is_the_sandboxs_own() {
        use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER};
        assert_eq!((super::SANDBOX_USER, super::SANDBOX_PASSWORD), (DEMO_USER, DEMO_PASSWORD));
    }
}
