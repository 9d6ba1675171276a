//! A teacher's own lesson as one file: plan and texts together, in TOML, and the same as a word that fits behind `#` in
//! an address. Whatever comes from outside is bounded and checked, and refused with the place where it is wrong.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    Lesson,
    format::{Plan, Texts},
};

/// A file, in octets.
pub const SCENARIO_OCTETS_MAX: usize = 256 * 1024;
/// An address is no place for more: browsers take longer ones, programs that send links do not.
pub const LINK_OCTETS_MAX: usize = 16 * 1024;
/// Messages of all users together.
pub const MESSAGES_MAX: usize = 200;
/// Filler of all messages together.
pub const FILLER_OCTETS_MAX: u64 = 4 * 1024 * 1024;
/// Servers, users, terminals, devices, tasks, questions: of each so many.
pub const THINGS_MAX: usize = 40;

/// The version of the file's form.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    popglass_scenario: u32,
    lesson: Plan,
    texts: BTreeMap<String, Texts>,
}

/// Why a file is no lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScenarioFlaw {
    /// It is larger than this many octets.
    TooLarge(usize),
    /// It is no text.
    NoText,
    /// The link is broken: letters are missing or were changed.
    BrokenLink,
    /// It is of another version than this one knows.
    Version(u32),
    /// It has too much of this.
    TooMany(&'static str, usize),
    /// It has texts neither in English nor in German.
    NoLanguage,
    /// It cannot be read, or does not fit together: what is wrong, and where.
    Unreadable(String),
}

/// Reads a teacher's file. Where a language is missing, the other stands in for it.
///
/// # Errors
/// What is wrong, and where.
///
/// ```
/// use popglass_lessons::{lesson, scenario};
/// let file = scenario::write(lesson(6).unwrap());
/// assert_eq!(scenario::read(file.as_bytes()).unwrap().plan, lesson(6).unwrap().plan);
/// assert!(scenario::read(b"nonsense").is_err());
/// ```
pub fn read(octets: &[u8]) -> Result<Lesson, ScenarioFlaw> {
    if octets.len() > SCENARIO_OCTETS_MAX {
        return Err(ScenarioFlaw::TooLarge(SCENARIO_OCTETS_MAX));
    }
    let text = std::str::from_utf8(octets).map_err(|_| ScenarioFlaw::NoText)?;
    let unreadable = |flaw: String| ScenarioFlaw::Unreadable(flaw);
    let File { popglass_scenario, lesson: plan, mut texts } =
        toml::from_str(text).map_err(|error| unreadable(error.to_string()))?;
    if popglass_scenario != VERSION {
        return Err(ScenarioFlaw::Version(popglass_scenario));
    }
    measure(&plan)?;
    plan.check().map_err(unreadable)?;
    for (language, texts) in &texts {
        texts.check(&plan).map_err(|flaw| unreadable(format!("texts.{language}: {flaw}")))?;
    }
    let (english, german) = (texts.remove("en"), texts.remove("de"));
    let english_or_german = english.as_ref().or(german.as_ref()).cloned().ok_or(ScenarioFlaw::NoLanguage)?;
    Ok(Lesson {
        number: 0,
        slug: "scenario".into(),
        plan,
        german: german.unwrap_or_else(|| english_or_german.clone()),
        english: english.unwrap_or(english_or_german),
    })
}

/// Writes a lesson as a teacher's file.
///
/// # Panics
/// Never: what was read can be written.
#[must_use]
pub fn write(lesson: &Lesson) -> String {
    let texts = [("en", &lesson.english), ("de", &lesson.german)];
    let texts = texts.map(|(language, texts)| (language.to_owned(), texts.clone()));
    let file = File { popglass_scenario: VERSION, lesson: lesson.plan.clone(), texts: texts.into() };
    toml::to_string_pretty(&file).expect("what was read can be written")
}

/// The lesson as a word for an address. Nothing if it is too large for one.
#[must_use]
pub fn to_link(lesson: &Lesson) -> Option<String> {
    let packed = miniz_oxide::deflate::compress_to_vec(write(lesson).as_bytes(), 9);
    let word = URL_SAFE_NO_PAD.encode(packed);
    (word.len() <= LINK_OCTETS_MAX).then_some(word)
}

/// Reads a lesson from the word of an address.
///
/// # Errors
/// What is wrong with it.
pub fn from_link(word: &str) -> Result<Lesson, ScenarioFlaw> {
    if word.len() > LINK_OCTETS_MAX {
        return Err(ScenarioFlaw::TooLarge(LINK_OCTETS_MAX));
    }
    let packed = URL_SAFE_NO_PAD.decode(word).map_err(|_| ScenarioFlaw::BrokenLink)?;
    let octets = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, SCENARIO_OCTETS_MAX)
        .map_err(|_| ScenarioFlaw::BrokenLink)?;
    read(&octets)
}

/// A classroom has room for so much, and no more.
fn measure(plan: &Plan) -> Result<(), ScenarioFlaw> {
    let users = plan.servers.iter().map(|server| server.users.len()).sum();
    let counts = [
        ("servers", plan.servers.len()),
        ("users", users),
        ("terminals", plan.terminals.len()),
        ("devices", plan.devices.len()),
        ("tasks", plan.tasks.len()),
        ("questions", plan.questions.len()),
        ("dead-ends", plan.dead_ends.len()),
        ("draws", plan.draws.len()),
    ];
    if let Some((what, _)) = counts.into_iter().find(|(_, count)| *count > THINGS_MAX) {
        return Err(ScenarioFlaw::TooMany(what, THINGS_MAX));
    }
    if plan.messages().count() > MESSAGES_MAX {
        return Err(ScenarioFlaw::TooMany("messages", MESSAGES_MAX));
    }
    let filler: u64 = plan.messages().map(|message| u64::from(message.filler_octets)).sum();
    if filler > FILLER_OCTETS_MAX {
        return Err(ScenarioFlaw::TooMany("filler-octets", FILLER_OCTETS_MAX as usize));
    }
    Ok(())
}
