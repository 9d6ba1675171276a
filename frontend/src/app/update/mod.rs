//! One message in, orders out: the only place where the model changes. Facts and wishes are sorted by what they
//! touch; each sort has a file of its own.

mod connect;
mod console;
mod mail;
mod mailbox;
mod reader;
mod session;
mod trust;

pub use self::connect::{SANDBOX_PASSWORD, SANDBOX_USER};
use super::{
    effect::{Effect, FocusTarget},
    form::Theme,
    keys::Key,
    model::{Ended, Model, Screen},
    msg::{Msg, Step},
    toast::ToastNews,
};
use crate::i18n::Language;

/// Applies one message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    let console_was_shown = model.shows_console();
    apply(model, msg, &mut effects);
    if console_was_shown && !model.shows_console() {
        effects.push(Effect::CloseConsole);
    }
    effects
}

fn apply(model: &mut Model, msg: Msg, effects: &mut Vec<Effect>) {
    match msg {
        Msg::SessionSaid(event, payload) => session::said(model, event, payload, effects),
        Msg::SessionWorkerDied => session::worker_died(model, effects),
        Msg::MailSaid(response, payload) => mail::said(model, response, payload, effects),
        Msg::MailWorkerDied { had_started } => mail::worker_died(model, had_started, effects),
        Msg::SourceRead { payload, text } => reader::source_read(model, payload, &text),
        Msg::TransferLasts(id) => session::transfer_lasts(model, id),
        Msg::ToastExpired(id) => model.toast = model.toast.take().filter(|toast| toast.id != id),

        Msg::LanguageChosen(language) => choose_language(model, language, effects),
        Msg::ThemeChosen(theme) => choose_theme(model, theme, effects),
        Msg::ShortcutsSwitched(on) => {
            model.remembered.shortcuts_off = !on;
            remember(model, effects);
        }
        Msg::TranscriptToggled => toggle_transcript(model),
        Msg::ConsoleToggled => model.console.open = !model.console.open,
        Msg::ConsoleWanted => console::show(model, effects),
        Msg::ConsoleLoaded(loaded) => console::loaded(model, loaded, effects),
        Msg::HelpShown(shown) => model.help_open = shown,
        Msg::KeyPressed(key) => press(model, key, effects),
        Msg::ReloadPressed => effects.push(Effect::ReloadPage),

        Msg::SandboxPressed => connect::sandbox(model, effects),
        Msg::BridgeRetryPressed => connect::ask_bridge(model, effects),
        Msg::BridgeChosen(url) => connect::choose_bridge(model, url, effects),
        Msg::BridgeEntered(text) => connect::enter_bridge(model, &text, effects),
        Msg::HostChosen(host) => connect::choose_host(model, host, effects),
        Msg::PortChosen(port) => connect::choose_port(model, port, effects),
        Msg::SecurityChosen(tls) => connect::choose_security(model, tls, effects),
        Msg::WishChosen(wish) => connect::choose_wish(model, wish, effects),
        Msg::AuthorityTextGiven(text) => trust::read_authorities(model, text, effects),
        Msg::AuthorityFileChosen => trust::read_file(effects),
        Msg::TrustRemovePressed(entry) => trust::remove(model, &entry, effects),
        Msg::PinAsked(asked) => trust::ask_for_pin(model, asked, effects),
        Msg::PinConfirmed => trust::confirm_pin(model, effects),
        Msg::CertificatesShown(shown) => trust::show_certificates(model, shown, effects),
        Msg::DemoLoginPressed => connect::fill_demo_login(model, effects),
        Msg::ByHandPressed { in_sandbox } => console::start_by_hand(model, in_sandbox, effects),
        Msg::ConnectPressed { user, password } => connect::connect(model, user, password, effects),
        Msg::ConnectingCancelled | Msg::DisconnectPressed => connect::disconnect(model, effects),
        Msg::ReconnectPressed => connect::reconnect(model, effects),
        Msg::NewSessionPressed => connect::new_session(model, effects),

        Msg::PageTurned(step) => mailbox::turn_page(model, step, effects),
        Msg::HeadersWanted => mailbox::fetch_headers(model, effects),
        Msg::SelectionMoved(step) => mailbox::move_selection(model, step, effects),
        Msg::RowSelected(number) => mailbox::select(model, number),
        Msg::OpenPressed(number) => reader::open(model, number, effects),
        Msg::MarkPressed(number) => mailbox::mark(model, number, effects),
        Msg::UnmarkPressed(number) => mailbox::unmark(model, &[number], effects),
        Msg::UndoAllPressed => mailbox::unmark_all(model, effects),
        Msg::RemainingMarkPressed => mailbox::mark_remaining(model, effects),
        Msg::ReconciledDismissed => mailbox::dismiss_reconciled(model, effects),
        Msg::FinishPressed => mailbox::finish(model, effects),
        Msg::TransferCancelled => session::cancel_transfer(model, effects),
        Msg::ToastUndoPressed => undo_toast(model, effects),
        Msg::ToastDismissed => model.toast = None,

        Msg::ReaderClosed => reader::close(model, effects),
        Msg::TabChosen(tab) => reader::choose_tab(model, tab, effects),
        Msg::TabMoved(step) => reader::move_tab(model, step, effects),
        Msg::NeighbourPressed(step) => reader::open_neighbour(model, step, effects),
        Msg::RetrieveAgainPressed => reader::retrieve_again(model, effects),
        Msg::AttachmentPressed(index) => reader::save_attachment(model, index, effects),
        Msg::SaveMessagePressed => reader::save_message(model, effects),
    }
}

fn remember(model: &Model, effects: &mut Vec<Effect>) {
    effects.push(Effect::Remember(model.remembered.clone()));
}

fn choose_language(model: &mut Model, language: Language, effects: &mut Vec<Effect>) {
    model.language = language;
    model.remembered.language = Some(language);
    remember(model, effects);
    if model.shows_console() && !model.console.failed {
        effects.push(Effect::ShowConsole(language));
    }
}

fn choose_theme(model: &mut Model, theme: Theme, effects: &mut Vec<Effect>) {
    model.remembered.theme = theme;
    remember(model, effects);
}

/// Where the user types, the conversation is on the screen itself.
fn toggle_transcript(model: &mut Model) {
    if !model.is_typing() {
        model.transcript_open = !model.transcript_open;
    }
}

/// The toast speaks of marks: its undo takes back exactly those.
fn undo_toast(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(toast) = model.toast.take() else { return };
    match toast.news {
        ToastNews::Marked(numbers) => mailbox::unmark(model, &numbers, effects),
        ToastNews::Unmarked(_) | ToastNews::Refused(_) | ToastNews::AttachmentFailed | ToastNews::TrustNotKept => {}
    }
}

fn press(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    match key {
        Key::Help => model.help_open = true,
        Key::Transcript => toggle_transcript(model),
        Key::Back => {
            if model.toast.take().is_none() {
                reader::close(model, effects);
            }
        }
        Key::Next | Key::Previous => {
            let step = if key == Key::Next { Step::Next } else { Step::Previous };
            let Some(mailbox) = model.mailbox() else { return };
            if mailbox.reader.is_some() {
                reader::open_neighbour(model, step, effects);
            } else {
                mailbox::move_selection(model, step, effects);
            }
        }
        Key::Open | Key::Mark | Key::Unmark => {
            let Some(number) = model.mailbox().and_then(|mailbox| mailbox.at_hand()) else { return };
            match key {
                Key::Open => reader::open(model, number, effects),
                Key::Mark => mailbox::mark(model, number, effects),
                _ => mailbox::unmark(model, &[number], effects),
            }
        }
    }
}

/// Leaves whatever is on the screen for the end of the session, or for a crash.
fn show_end(model: &mut Model, ended: Ended, effects: &mut Vec<Effect>) {
    drop_mailbox(model, effects);
    model.screen = Screen::Ended(ended);
    effects.push(Effect::Focus(FocusTarget::Heading));
}

/// Everything that belongs to the session alone goes, octets included.
fn drop_mailbox(model: &mut Model, effects: &mut Vec<Effect>) {
    model.transfer = None;
    model.toast = None;
    model.mail.clear(effects);
    let kept = model.mailbox_mut().map(|mailbox| mailbox.kept.take_all()).unwrap_or_default();
    effects.extend(kept.into_iter().map(Effect::Forget));
}
