//! A teacher's own lesson as one file: plan and texts together, in TOML, and the same as a word that fits behind `#` in
//! an address. Whatever comes from outside is bounded and checked, and refused with the place where it is wrong.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use popglass_protocol::server::fault::FaultScript;
use serde::{Deserialize, Serialize};

use crate::{
    Lesson,
    format::{BadLine, Flaw, Goal, Plan, Texts},
};

/// A file, in octets.
pub const SCENARIO_OCTETS_MAX: usize = 256 * 1024;
/// An address is no place for more: browsers take longer ones, programs that send links do not.
pub const LINK_OCTETS_MAX: usize = 16 * 1024;
/// Messages of all users together.
pub const MESSAGES_MAX: usize = 200;
/// Filler of all messages together.
pub const FILLER_OCTETS_MAX: u64 = 4 * 1024 * 1024;
/// Servers, users, terminals, devices, tasks, questions, wrong ways, dead ends: of each so many.
pub const THINGS_MAX: usize = 40;

/// The version of the file's form.
const VERSION: u32 = 1;

/// Goals within goals: as deep as anybody can follow.
pub const GOAL_DEPTH_MAX: usize = 6;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    popglass_scenario: u32,
    lesson: Plan,
    texts: BTreeMap<String, Texts>,
}

/// A teacher's file as it is being made: it may still lack what a lesson needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it is.
    pub plan: Plan,
    /// Its texts in English, if it has any.
    pub english: Option<Texts>,
    /// Its texts in German, if it has any.
    pub german: Option<Texts>,
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
    /// A line cannot be read.
    Unreadable(BadLine),
    /// It can be read, and does not fit together.
    Unfit(Flaw),
    /// The faults of this server are not understood, from this line of them on, from 1.
    Faults(String, usize),
}

/// Reads a teacher's file that can be played. Where a language is missing, the other stands in for it.
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
    Draft::read(octets)?.lesson()
}

/// Writes a lesson as a teacher's file.
#[must_use]
pub fn write(lesson: &Lesson) -> String {
    Draft::of(lesson).write()
}

/// The lesson as a word for an address. Nothing if it is too large for one.
#[must_use]
pub fn to_link(lesson: &Lesson) -> Option<String> {
    Draft::of(lesson).to_link().ok()
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

impl Draft {
    /// A lesson, to go on from.
    #[must_use]
    pub fn of(lesson: &Lesson) -> Self {
        Self { plan: lesson.plan.clone(), english: Some(lesson.english.clone()), german: Some(lesson.german.clone()) }
    }

    /// Reads a teacher's file, finished or not.
    ///
    /// # Errors
    /// It is too large, or has not the form of a scenario: what is wrong, and where.
    pub fn read(octets: &[u8]) -> Result<Self, ScenarioFlaw> {
        if octets.len() > SCENARIO_OCTETS_MAX {
            return Err(ScenarioFlaw::TooLarge(SCENARIO_OCTETS_MAX));
        }
        let text = std::str::from_utf8(octets).map_err(|_| ScenarioFlaw::NoText)?;
        let text = text.trim_start_matches('\u{feff}');
        let File { popglass_scenario, lesson: plan, mut texts } =
            toml::from_str(text).map_err(|error| ScenarioFlaw::Unreadable(BadLine::of_toml(text, &error)))?;
        if popglass_scenario != VERSION {
            return Err(ScenarioFlaw::Version(popglass_scenario));
        }
        let draft = Self { plan, english: texts.remove("en"), german: texts.remove("de") };
        if draft.english.is_none() && draft.german.is_none() {
            return Err(ScenarioFlaw::NoLanguage);
        }
        measure(&draft.plan)?;
        Ok(draft)
    }

    /// Writes it as a teacher's file: [`Self::read`] reads the same again, unless it is larger than
    /// [`SCENARIO_OCTETS_MAX`] or has more of something than a classroom has room for.
    ///
    /// # Panics
    /// Never: its numbers are small and its names are text.
    #[must_use]
    pub fn write(&self) -> String {
        let texts = [("en", &self.english), ("de", &self.german)];
        let texts = texts.into_iter().filter_map(|(language, texts)| Some((language.to_owned(), texts.clone()?)));
        let file = File { popglass_scenario: VERSION, lesson: self.plan.clone(), texts: texts.collect() };
        toml::to_string_pretty(&file).expect("numbers are small and names are text")
    }

    /// The lesson, if it can be played. Where a language is missing, the other stands in for it.
    ///
    /// # Errors
    /// What is missing, or does not fit together.
    pub fn lesson(&self) -> Result<Lesson, ScenarioFlaw> {
        measure(&self.plan)?;
        self.plan.check().map_err(ScenarioFlaw::Unfit)?;
        for server in &self.plan.servers {
            let faults = server.profile.faults.parse::<FaultScript>();
            faults.map_err(|error| ScenarioFlaw::Faults(server.name.clone(), error.line))?;
        }
        for texts in [&self.english, &self.german].into_iter().flatten() {
            texts.check(&self.plan).map_err(ScenarioFlaw::Unfit)?;
        }
        let either = self.english.as_ref().or(self.german.as_ref()).ok_or(ScenarioFlaw::NoLanguage)?;
        Ok(Lesson {
            number: 0,
            slug: "scenario".into(),
            plan: self.plan.clone(),
            german: self.german.as_ref().unwrap_or(either).clone(),
            english: self.english.as_ref().unwrap_or(either).clone(),
        })
    }

    /// The scenario as a word for an address.
    ///
    /// # Errors
    /// It is too large for one: so many octets instead of [`LINK_OCTETS_MAX`].
    pub fn to_link(&self) -> Result<String, usize> {
        let packed = miniz_oxide::deflate::compress_to_vec(self.write().as_bytes(), 9);
        let word = URL_SAFE_NO_PAD.encode(packed);
        if word.len() <= LINK_OCTETS_MAX { Ok(word) } else { Err(word.len()) }
    }
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
        ("wrong-ways", plan.wrong.len()),
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
    let goals = plan.tasks.iter().map(|task| &task.goal).chain(plan.dead_ends.iter().map(|dead_end| &dead_end.when));
    if goals.map(depth).any(|depth| depth > GOAL_DEPTH_MAX) {
        return Err(ScenarioFlaw::TooMany("goal-depth", GOAL_DEPTH_MAX));
    }
    Ok(())
}

/// How deep goals lie within a goal: 1 for one that holds none.
fn depth(goal: &Goal) -> usize {
    match goal {
        Goal::All(parts) | Goal::Any(parts) | Goal::AtOnce(parts) => 1 + parts.iter().map(depth).max().unwrap_or(0),
        _ => 1,
    }
}
