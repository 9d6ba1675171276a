//! What a server says, cut into pieces: status lines, listings, lines of messages, challenges. What is not as it should
//! be is text. Knows nothing of what was announced, so a registered response code counts as one everywhere.

use alloc::vec::Vec;
use core::str;

use super::{Code, Cut, Role, Token};
use crate::{
    codec::status::{Understanding, parse_status},
    command::CommandName,
    reply::{ResponseCode, SystemFault},
    transcript::Meaning,
    types::{LanguageTag, MessageNumber, Stamp, parse_decimal},
};

pub(super) fn tokens(meaning: Meaning, line: &[u8]) -> Vec<Token> {
    let mut cut = Cut::new(line);
    match meaning {
        Meaning::Greeting | Meaning::GreetingRefused => {
            status(&mut cut, false);
            greeting(&mut cut);
        }
        Meaning::Accepted(command) => {
            status(&mut cut, true);
            accepted(&mut cut, command);
        }
        Meaning::Body(command) => body(&mut cut, command),
        Meaning::BodyEnd(_) if cut.rest() == b"." => cut.take(1, Role::LoneDot),
        Meaning::Challenge(_) => {
            if cut.rest().starts_with(b"+") {
                cut.take(1, Role::Continuation);
                cut.take_blanks();
            }
            cut.take_rest(Role::Challenge);
        }
        _ => status(&mut cut, true),
    }
    cut.take_rest(Role::Text);
    cut.finish()
}

/// The indicator, the blank behind it, and a response code.
fn status(cut: &mut Cut<'_>, takes_unregistered: bool) {
    let understanding = Understanding { response_codes: true, utf8: true };
    let Some(status) = parse_status(cut.rest(), understanding) else { return };
    let (octets, role) = if status.accepted { (3, Role::Accepted) } else { (4, Role::Refused) };
    cut.take(octets, role);
    cut.take_blanks();
    let code = match status.code {
        None => return,
        Some(ResponseCode::InUse) => Code::InUse,
        Some(ResponseCode::LoginDelay) => Code::LoginDelay,
        Some(ResponseCode::Auth) => Code::Auth,
        Some(ResponseCode::System(SystemFault::Temporary)) => Code::SystemTemporary,
        Some(ResponseCode::System(SystemFault::Permanent)) => Code::SystemPermanent,
        Some(ResponseCode::System(SystemFault::Unspecified)) => Code::System,
        Some(ResponseCode::Utf8) => Code::Utf8,
        // Some servers greet with `[…]` that means nothing.
        Some(ResponseCode::Other(_)) if !takes_unregistered => return,
        Some(ResponseCode::Other(_)) => Code::Unregistered,
    };
    let octets = cut.rest().iter().position(|&octet| octet == b']').map_or(0, |end| end + 1);
    cut.take(octets, Role::ResponseCode(code));
    cut.take_blanks();
}

/// Text, in which APOP's stamp may stand (RFC 1939 §7).
fn greeting(cut: &mut Cut<'_>) {
    let Ok(text) = str::from_utf8(cut.rest()) else { return };
    let Some(stamp) = Stamp::find(text) else { return };
    let before = text.find('<').unwrap_or_default();
    cut.take(before, Role::Text);
    cut.take(stamp.as_str().len(), Role::Stamp);
}

/// What `+OK` says to a command whose answer has a form of its own.
fn accepted(cut: &mut Cut<'_>, command: CommandName) {
    match command {
        CommandName::Stat => {
            let _is_listing = number(cut, Role::Count) && number(cut, Role::Octets);
        }
        CommandName::ListOne => {
            let _is_listing = message_number(cut) && number(cut, Role::Octets);
        }
        CommandName::UidlOne => unique_id(cut),
        CommandName::LangOne if LanguageTag::parse(cut.word()).is_some() => {
            cut.take(cut.word().len(), Role::LanguageTag);
            cut.take_blanks();
        }
        _ => {}
    }
}

/// A line of a multi-line response.
fn body(cut: &mut Cut<'_>, command: CommandName) {
    match command {
        CommandName::Retr | CommandName::Top => {
            // A lone dot before anything else comes from a server that does not stuff: it belongs to the message.
            if cut.rest().starts_with(b"..") {
                cut.take(1, Role::StuffedDot);
            }
            cut.take_rest(Role::MessageText);
        }
        CommandName::List | CommandName::ListOne => {
            cut.take_blanks();
            let _is_listing = message_number(cut) && number(cut, Role::Octets);
        }
        CommandName::Uidl | CommandName::UidlOne => {
            cut.take_blanks();
            unique_id(cut);
        }
        CommandName::Capa => capability(cut),
        CommandName::AuthList => {
            cut.take(cut.word().len(), Role::Mechanism);
            cut.take_blanks();
        }
        CommandName::Lang | CommandName::LangOne => {
            cut.take(cut.word().len(), Role::LanguageTag);
            cut.take_blanks();
            cut.take_rest(Role::LanguageName);
        }
        _ => {}
    }
}

fn capability(cut: &mut Cut<'_>) {
    let tag = cut.word();
    cut.take(tag.len(), Role::Capability);
    cut.take_blanks();
    if tag.eq_ignore_ascii_case(b"IMPLEMENTATION") {
        return;
    }
    let role = if tag.eq_ignore_ascii_case(b"SASL") { Role::Mechanism } else { Role::CapabilityArgument };
    while !cut.rest().is_empty() {
        cut.take(cut.word().len(), role);
        cut.take_blanks();
    }
}

fn message_number(cut: &mut Cut<'_>) -> bool {
    MessageNumber::parse(cut.word()).is_some() && number(cut, Role::MessageNumber)
}

/// A number and the blanks behind it; nothing if it is none.
fn number(cut: &mut Cut<'_>, role: Role) -> bool {
    let word = cut.word();
    let is_number = parse_decimal(word).is_some();
    if is_number {
        cut.take(word.len(), role);
        cut.take_blanks();
    }
    is_number
}

fn unique_id(cut: &mut Cut<'_>) {
    if message_number(cut) {
        // Blanks inside, which RFC 1939 §7 forbids, are kept with it, as `codec` does.
        cut.take(cut.rest().trim_ascii_end().len(), Role::UniqueId);
        cut.take_blanks();
    }
}
