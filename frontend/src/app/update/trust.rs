//! Whom the user trusts, and what the certificates say.

use std::sync::Arc;

use popglass_session::{
    command::SessionCommand,
    security::{AuthoritiesRead, Sections},
};

use super::{connect, remember};
use crate::app::{
    effect::{Effect, FocusTarget},
    mailbox::Certificates,
    model::{Model, Screen},
    toast::ToastNews,
    trust::{AUTHORITY_TEXT_OCTETS_MAX, TrustEntry, TrustError},
};

pub(super) fn read_file(effects: &mut Vec<Effect>) {
    // One octet more than is taken, so that what is too long is not taken for whole.
    effects.push(Effect::ReadAuthorityFile { octets_max: AUTHORITY_TEXT_OCTETS_MAX as u64 + 1 });
}

/// One text at a time: the answer names no server.
pub(super) fn read_authorities(model: &mut Model, text: String, effects: &mut Vec<Effect>) {
    let Some(choice) = model.choice().filter(|choice| choice.tls.in_page()) else { return };
    if model.adding_trust.asked_for.is_some() {
        return;
    }
    let error = match text.len() {
        _ if text.trim().is_empty() => Some(TrustError::Empty),
        length if length > AUTHORITY_TEXT_OCTETS_MAX => Some(TrustError::TooLong),
        _ => None,
    };
    match error {
        Some(error) => model.adding_trust.error = Some((choice.target, error)),
        None => {
            model.adding_trust.error = None;
            model.adding_trust.asked_for = Some(choice.target);
            effects.push(Effect::Session(SessionCommand::ReadAuthorities { text }));
        }
    }
}

pub(super) fn authorities_read(model: &mut Model, read: Option<AuthoritiesRead>, effects: &mut Vec<Effect>) {
    let Some(server) = model.adding_trust.asked_for.take() else { return };
    let error = match read {
        None => Some(TrustError::TlsMissing),
        Some(Err(told)) => Some(TrustError::Told(told)),
        Some(Ok(authorities)) => match model.remembered.trust.add_authorities(&server, authorities) {
            Ok(()) => None,
            Err(_) => Some(TrustError::Full),
        },
    };
    if error.is_none() {
        remember(model, effects);
        effects.push(Effect::ClearAuthorityText);
    }
    model.adding_trust.error = error.map(|error| (server, error));
}

pub(super) fn remove(model: &mut Model, entry: &TrustEntry, effects: &mut Vec<Effect>) {
    let Some(choice) = model.choice() else { return };
    model.remembered.trust.remove(&choice.target, entry);
    model.adding_trust.error = None;
    remember(model, effects);
    // The button goes away; the focus must not.
    effects.push(Effect::Focus(FocusTarget::Trust));
}

pub(super) fn ask_for_pin(model: &mut Model, asked: bool, effects: &mut Vec<Effect>) {
    let can_be = model.refused_pin().is_some();
    if let Screen::Connect { pin_asked, .. } = &mut model.screen {
        *pin_asked = asked && can_be;
        let target = if *pin_asked { FocusTarget::PinQuestion } else { FocusTarget::ConnectError };
        effects.push(Effect::Focus(target));
    }
}

/// Only after the question: one press alone trusts nobody.
pub(super) fn confirm_pin(model: &mut Model, effects: &mut Vec<Effect>) {
    if !matches!(model.screen, Screen::Connect { pin_asked: true, .. }) {
        return;
    }
    let Some((server, pin)) = model.refused_pin().map(|(server, pin)| (server.clone(), pin.to_owned())) else { return };
    match model.remembered.trust.add_pin(&server, pin.clone()) {
        Ok(()) => remember(model, effects),
        // The session knows it all the same, until this page is closed.
        Err(_) => model.show_toast(ToastNews::TrustNotKept, effects),
    }
    // What the user has removed since the last try counts no more.
    let mut trust = connect::trust_of(model, &server);
    if !trust.pins.contains(&pin) {
        trust.pins.push(pin);
    }
    connect::start(model, SessionCommand::TrustCertificate { trust }, effects);
}

pub(super) fn show_certificates(model: &mut Model, shown: bool, effects: &mut Vec<Effect>) {
    let Some(mailbox) = model.mailbox_mut() else { return };
    let Some(secured) = mailbox.secured.clone().filter(|_| shown) else {
        mailbox.certificates = Certificates::Hidden;
        return;
    };
    if mailbox.certificates != Certificates::Asked {
        mailbox.certificates = Certificates::Asked;
        effects.push(Effect::Session(SessionCommand::ReadCertificates { secured }));
    }
}

pub(super) fn certificates_read(model: &mut Model, read: Option<Sections>, effects: &mut Vec<Effect>) {
    let asked = model.mailbox_mut().filter(|mailbox| mailbox.certificates == Certificates::Asked);
    if let Some(mailbox) = asked {
        mailbox.certificates = read.map_or(Certificates::Missing, |sections| Certificates::Read(Arc::new(sections)));
        effects.push(Effect::Focus(FocusTarget::Certificates));
    }
}
