//! Command lines, cut into keyword and arguments just as `codec::request` reads them; also such as it refuses, and then
//! with what is wrong. Knows nothing of states.

use alloc::vec::Vec;
use core::str;

use super::{Argument, Cut, Fault, Role, Token};
use crate::{
    command::{CommandName, PASSWORD_MASK, PASSWORD_MASK_WIRE},
    sasl::{MechanismName, SaslText},
    types::{ApopDigest, CredentialError, LanguageTag, MessageNumber, Password, UserName, parse_decimal},
};

pub(super) fn tokens(line: &[u8]) -> Vec<Token> {
    let mut cut = Cut::new(line);
    let end = cut.rest().iter().position(|&octet| octet == b' ').unwrap_or(cut.rest().len());
    let (keyword, rest) = cut.rest().split_at(end);
    if keyword.is_empty() {
        cut.miss(Argument::Keyword);
    }
    let known = CommandName::ALL.into_iter().find(|name| keyword.eq_ignore_ascii_case(name.keyword().as_bytes()));
    let Some(known) = known else {
        cut.take(keyword.len(), Role::UnknownKeyword);
        cut.take(rest.len() - rest.trim_ascii_start().len(), Role::Space);
        cut.take_rest(Role::Unread);
        return cut.finish();
    };
    let alone = rest.trim_ascii().is_empty();
    cut.take(keyword.len(), Role::Keyword(known.with_argument(!alone)));
    match known {
        CommandName::User => credential(&mut cut, Argument::UserName),
        CommandName::Pass => credential(&mut cut, Argument::Password),
        _ => {
            let (arguments, needed) = takes(known);
            separate(&mut cut, arguments, needed);
        }
    }
    cut.finish()
}

/// What a command takes, in order, and how many of it must be there.
pub(super) fn takes(name: CommandName) -> (&'static [Argument], usize) {
    match name {
        CommandName::User => (&[Argument::UserName], 1),
        CommandName::Pass => (&[Argument::Password], 1),
        CommandName::Apop => (&[Argument::UserName, Argument::Digest], 2),
        CommandName::Auth | CommandName::AuthList => (&[Argument::Mechanism, Argument::InitialResponse], 0),
        CommandName::Top => (&[Argument::MessageNumber, Argument::LineCount], 2),
        CommandName::Retr | CommandName::Dele => (&[Argument::MessageNumber], 1),
        CommandName::List | CommandName::ListOne | CommandName::Uidl | CommandName::UidlOne => {
            (&[Argument::MessageNumber], 0)
        }
        CommandName::Lang | CommandName::LangOne => (&[Argument::LanguageTag], 0),
        CommandName::Capa
        | CommandName::Stls
        | CommandName::Utf8
        | CommandName::Stat
        | CommandName::Rset
        | CommandName::Noop
        | CommandName::Quit => (&[], 0),
    }
}

/// USER and PASS take the rest of the line, blanks included (RFC 1939 §7).
fn credential(cut: &mut Cut<'_>, argument: Argument) {
    cut.take(1, Role::Space);
    if cut.rest().is_empty() {
        cut.miss(argument);
    } else {
        cut.take_rest(judge(argument, cut.rest()));
    }
}

/// Arguments behind one blank each (RFC 1939 §3).
fn separate(cut: &mut Cut<'_>, arguments: &[Argument], needed: usize) {
    let mut left = cut.rest().trim_ascii_end().len();
    for (place, &argument) in arguments.iter().enumerate() {
        if left == 0 {
            if place < needed {
                cut.take_rest(Role::Space);
                cut.miss(argument);
            }
            break;
        }
        let before = cut.at;
        cut.take(1, Role::Space);
        let blanks = cut.rest().iter().take_while(|&&octet| octet == b' ').count();
        cut.take(blanks, Role::Wrong(argument, Fault::Blanks));
        let word = cut.rest().get(..left - (cut.at - before)).unwrap_or_default();
        // What is secret is secret to its end.
        let end = if argument.is_secret() { None } else { word.iter().position(|&octet| octet == b' ') };
        let word = word.get(..end.unwrap_or(word.len())).unwrap_or_default();
        cut.take(word.len(), judge(argument, word));
        left -= cut.at - before;
    }
    if left > 0 {
        let blanks = cut.rest().len() - cut.rest().trim_ascii_start().len();
        cut.take(blanks, Role::Space);
        cut.take(left - blanks, Role::Extra);
    }
    cut.take_rest(Role::Space);
}

fn judge(argument: Argument, word: &[u8]) -> Role {
    // As a transcript shows it.
    let is_mask = [PASSWORD_MASK, PASSWORD_MASK_WIRE].iter().any(|mask| mask.as_bytes() == word);
    if argument.is_secret() && is_mask {
        return Role::Argument(argument);
    }
    let text = str::from_utf8(word);
    let malformed = Err(Fault::Malformed);
    let judged = match argument {
        Argument::Keyword => malformed,
        Argument::UserName => text.map_or(malformed, |text| UserName::parse(text).map(drop).map_err(fault)),
        Argument::Password => text.map_or(malformed, |text| Password::parse(text).map(drop).map_err(fault)),
        Argument::Digest => text.ok().and_then(ApopDigest::parse).map(drop).ok_or(Fault::Malformed),
        Argument::Mechanism => MechanismName::parse(word).map(drop).ok_or(Fault::Malformed),
        Argument::InitialResponse if word == b"=" => Ok(()),
        Argument::InitialResponse => text.ok().and_then(SaslText::parse).map(drop).ok_or(Fault::Malformed),
        Argument::MessageNumber => MessageNumber::parse(word).map(drop).ok_or(bad_number(word)),
        Argument::LineCount => parse_decimal(word).map(drop).ok_or(bad_number(word)),
        Argument::LanguageTag => LanguageTag::parse(word).map(drop).ok_or(Fault::Malformed),
    };
    match judged {
        Ok(()) => Role::Argument(argument),
        Err(fault) => Role::Wrong(argument, fault),
    }
}

fn fault(error: CredentialError) -> Fault {
    match error {
        CredentialError::Empty => Fault::Malformed,
        CredentialError::ControlCharacter => Fault::ControlCharacter,
        CredentialError::TooLong => Fault::TooLong,
    }
}

fn bad_number(word: &[u8]) -> Fault {
    if parse_decimal(word) == Some(0) {
        Fault::Zero
    } else if !word.is_empty() && word.iter().all(u8::is_ascii_digit) {
        Fault::TooLarge
    } else {
        Fault::Malformed
    }
}
