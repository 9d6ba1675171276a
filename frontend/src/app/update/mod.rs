//! One message in, orders out: the only place where the model changes. Facts and wishes are sorted by what they
//! touch; each sort has a file of its own.

mod connect;
mod mail;
mod mailbox;
mod reader;
mod session;
mod trust;

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
    match msg {
        Msg::SessionSaid(event, payload) => session::said(model, event, payload, &mut effects),
        Msg::SessionWorkerDied => session::worker_died(model, &mut effects),
        Msg::MailSaid(response, payload) => mail::said(model, response, payload, &mut effects),
        Msg::MailWorkerDied { had_started } => mail::worker_died(model, had_started, &mut effects),
        Msg::SourceRead { payload, text } => reader::source_read(model, payload, &text),
        Msg::TransferLasts(id) => session::transfer_lasts(model, id),
        Msg::ToastExpired(id) => model.toast = model.toast.take().filter(|toast| toast.id != id),

        Msg::LanguageChosen(language) => choose_language(model, language, &mut effects),
        Msg::ThemeChosen(theme) => choose_theme(model, theme, &mut effects),
        Msg::ShortcutsSwitched(on) => {
            model.remembered.shortcuts_off = !on;
            remember(model, &mut effects);
        }
        Msg::TranscriptToggled => model.transcript_open = !model.transcript_open,
        Msg::HelpShown(shown) => model.help_open = shown,
        Msg::KeyPressed(key) => press(model, key, &mut effects),
        Msg::ReloadPressed => effects.push(Effect::ReloadPage),

        Msg::SandboxPressed => connect::sandbox(model, &mut effects),
        Msg::BridgeRetryPressed => connect::ask_bridge(model, &mut effects),
        Msg::BridgeChosen(url) => connect::choose_bridge(model, url, &mut effects),
        Msg::BridgeEntered(text) => connect::enter_bridge(model, &text, &mut effects),
        Msg::HostChosen(host) => connect::choose_host(model, host, &mut effects),
        Msg::PortChosen(port) => connect::choose_port(model, port, &mut effects),
        Msg::SecurityChosen(tls) => connect::choose_security(model, tls, &mut effects),
        Msg::WishChosen(wish) => connect::choose_wish(model, wish, &mut effects),
        Msg::AuthorityTextGiven(text) => trust::read_authorities(model, text, &mut effects),
        Msg::AuthorityFileChosen => trust::read_file(&mut effects),
        Msg::TrustRemovePressed(entry) => trust::remove(model, &entry, &mut effects),
        Msg::PinAsked(asked) => trust::ask_for_pin(model, asked, &mut effects),
        Msg::PinConfirmed => trust::confirm_pin(model, &mut effects),
        Msg::CertificatesShown(shown) => trust::show_certificates(model, shown, &mut effects),
        Msg::DemoLoginPressed => connect::fill_demo_login(model, &mut effects),
        Msg::ConnectPressed { user, password } => connect::connect(model, user, password, &mut effects),
        Msg::ConnectingCancelled | Msg::DisconnectPressed => connect::disconnect(model, &mut effects),
        Msg::ReconnectPressed => connect::reconnect(model, &mut effects),
        Msg::NewSessionPressed => connect::new_session(model, &mut effects),

        Msg::PageTurned(step) => mailbox::turn_page(model, step, &mut effects),
        Msg::HeadersWanted => mailbox::fetch_headers(model, &mut effects),
        Msg::SelectionMoved(step) => mailbox::move_selection(model, step, &mut effects),
        Msg::RowSelected(number) => mailbox::select(model, number),
        Msg::OpenPressed(number) => reader::open(model, number, &mut effects),
        Msg::MarkPressed(number) => mailbox::mark(model, number, &mut effects),
        Msg::UnmarkPressed(number) => mailbox::unmark(model, &[number], &mut effects),
        Msg::UndoAllPressed => mailbox::unmark_all(model, &mut effects),
        Msg::RemainingMarkPressed => mailbox::mark_remaining(model, &mut effects),
        Msg::ReconciledDismissed => mailbox::dismiss_reconciled(model, &mut effects),
        Msg::FinishPressed => mailbox::finish(model, &mut effects),
        Msg::TransferCancelled => session::cancel_transfer(model, &mut effects),
        Msg::ToastUndoPressed => undo_toast(model, &mut effects),
        Msg::ToastDismissed => model.toast = None,

        Msg::ReaderClosed => reader::close(model, &mut effects),
        Msg::TabChosen(tab) => reader::choose_tab(model, tab, &mut effects),
        Msg::TabMoved(step) => reader::move_tab(model, step, &mut effects),
        Msg::NeighbourPressed(step) => reader::open_neighbour(model, step, &mut effects),
        Msg::RetrieveAgainPressed => reader::retrieve_again(model, &mut effects),
        Msg::AttachmentPressed(index) => reader::save_attachment(model, index, &mut effects),
        Msg::SaveMessagePressed => reader::save_message(model, &mut effects),
    }
    effects
}

fn remember(model: &Model, effects: &mut Vec<Effect>) {
    effects.push(Effect::Remember(model.remembered.clone()));
}

fn choose_language(model: &mut Model, language: Language, effects: &mut Vec<Effect>) {
    model.language = language;
    model.remembered.language = Some(language);
    remember(model, effects);
}

fn choose_theme(model: &mut Model, theme: Theme, effects: &mut Vec<Effect>) {
    model.remembered.theme = theme;
    remember(model, effects);
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
        Key::Transcript => model.transcript_open = !model.transcript_open,
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
