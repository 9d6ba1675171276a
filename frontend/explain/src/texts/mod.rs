//! Every text of this module, in every language: one struct, one constant a language, so that a missing text does not
//! compile. What a text says is found in each language's own folder.

mod de;
mod en;

use popglass_protocol::{
    command::CommandName,
    deviation::Deviation,
    grammar::{Argument, Role},
    state::State,
    types::MessageNumber,
};
use popglass_session::{event::Note, security::Told};

use crate::{
    forecast::{Deed, Exposure, Prospect},
    glossary::COUNT,
    refusal::Refused,
    words::Language,
};

/// Message numbers that a sentence lists.
const NUMBERS_LISTED_MAX: usize = 12;

/// All texts of one language.
pub(crate) struct Texts {
    pub(crate) tokens: TokenTexts,
    pub(crate) forecast: ForecastTexts,
    pub(crate) picture: PictureTexts,
    pub(crate) export: ExportTexts,
    /// What a command does, in one sentence.
    pub(crate) command: fn(CommandName) -> &'static str,
    /// What a command does with this value of its argument.
    pub(crate) value: fn(CommandName, Argument, &str) -> String,
    /// An argument as it stands in a syntax: `n`.
    pub(crate) argument_short: fn(Argument) -> &'static str,
    /// What a refusal means, and what to do.
    pub(crate) refusal: fn(&Refused) -> Told,
    /// Words and what they mean, in the order of [`crate::glossary`].
    pub(crate) glossary: &'static [(&'static str, &'static str); COUNT],
}

/// The pieces of lines.
pub(crate) struct TokenTexts {
    pub(crate) name: fn(Role) -> &'static str,
    /// Of a piece that reads so; empty if it is secret.
    pub(crate) what: fn(Role, &str) -> String,
}

/// What a line will do.
pub(crate) struct ForecastTexts {
    pub(crate) what: fn(&Prospect) -> String,
    pub(crate) undo: fn(&Deed) -> Option<String>,
    pub(crate) warning: fn(Exposure) -> String,
}

/// The state picture.
pub(crate) struct PictureTexts {
    pub(crate) title: &'static str,
    /// Of a state, as it stands in its box.
    pub(crate) state: fn(State) -> &'static str,
    pub(crate) here: &'static str,
    pub(crate) greeting: &'static str,
    pub(crate) deletes: &'static str,
    pub(crate) no_connection: &'static str,
    pub(crate) state_is: fn(&str) -> String,
    pub(crate) allowed: fn(&str) -> String,
    pub(crate) nothing_allowed: &'static str,
    /// The maildrop of somebody, on a server; either may be empty.
    pub(crate) maildrop: fn(&str, &str) -> String,
    pub(crate) maildrop_unknown: &'static str,
    pub(crate) messages: fn(usize) -> String,
    pub(crate) marked: fn(&[MessageNumber]) -> String,
    pub(crate) nothing_marked: &'static str,
    /// What QUIT would do: so many go, so many stay.
    pub(crate) quit: fn(usize, usize) -> String,
    pub(crate) more: fn(usize) -> String,
    /// A command leads from one state to another.
    pub(crate) leads: fn(&str, &str, &str) -> String,
    pub(crate) locked: &'static str,
}

/// Transcripts as files.
pub(crate) struct ExportTexts {
    pub(crate) title: &'static str,
    pub(crate) legend: &'static [&'static str],
    pub(crate) client: &'static str,
    pub(crate) server: &'static str,
    pub(crate) note: fn(&Note) -> String,
    pub(crate) deviation: fn(&Deviation) -> String,
    /// So many lines of so many octets are left out.
    pub(crate) folded: fn(u64, u64) -> String,
    pub(crate) made_up: &'static str,
    pub(crate) after_tls: &'static str,
    pub(crate) masked: &'static str,
    pub(crate) shortened: fn(u64) -> String,
}

/// The texts of a language.
pub(crate) fn of(language: Language) -> &'static Texts {
    match language {
        Language::En => &en::TEXTS,
        Language::De => &de::TEXTS,
    }
}

/// `2`, `2 and 5`, `2, 5 and 7`: words, the last joined by another word than the others.
fn joined<T: AsRef<str>>(words: &[T], and: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [front @ .., last] => {
            let front: Vec<&str> = front.iter().map(AsRef::as_ref).collect();
            format!("{} {and} {}", front.join(", "), last.as_ref())
        }
    }
}

/// The same of numbers; of many only the first.
fn numbers(numbers: &[MessageNumber], and: &str) -> String {
    let mut words: Vec<String> = numbers.iter().take(NUMBERS_LISTED_MAX).map(ToString::to_string).collect();
    if numbers.len() > NUMBERS_LISTED_MAX {
        words.push("…".into());
        return words.join(", ");
    }
    joined(&words, and)
}

fn told(what: impl Into<String>, advice: impl Into<String>) -> Told {
    Told { what: what.into(), advice: advice.into() }
}
