//! What the address says behind `#`: the list, the page for teachers, a lesson with its seed, a sheet to print. Read and
//! written here; whatever somebody typed there comes out as a place or as a fault that can be told. Knows no browser.

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    lesson,
    scenario::{LINK_OCTETS_MAX, ScenarioFlaw},
};

/// The largest seed: four digits, so that it can be written on a blackboard.
pub const SEED_MAX: u32 = 9_999;

/// No address that we write is as long; what is longer is not looked at.
const ADDRESS_OCTETS_MAX: usize = LINK_OCTETS_MAX + 400;

/// A sheet to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Story, tasks and questions, with lines to write on.
    Worksheet,
    /// The same lesson with its solution and the right answers.
    Solution,
}

impl Sheet {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Worksheet, Self::Solution];

    /// Its name in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Worksheet => "worksheet",
            Self::Solution => "solution",
        }
    }
}

/// A place in the classroom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The list of lessons.
    List,
    /// The page for teachers.
    Teach,
    /// The scenario builder.
    Build,
    /// What is being built, to try it out.
    Try,
    /// A teacher's scenario.
    Scenario {
        /// The scenario itself, as a word; nothing for one that was loaded from a file and is too large for an address.
        word: Option<String>,
        /// What its draws come from; nothing if the address leaves it open.
        seed: Option<u32>,
    },
    /// A lesson.
    Lesson {
        /// Its number.
        number: u32,
        /// What its draws come from; nothing if the address leaves it open.
        seed: Option<u32>,
        /// To print instead of to play.
        sheet: Option<Sheet>,
    },
}

/// What an address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Where to, or why not.
    pub place: Result<Place, AddressFault>,
    /// In which language, if it says.
    pub language: Option<Language>,
}

/// Why an address leads nowhere; what was written stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFault {
    /// There is no lesson with this number.
    NoSuchLesson(String),
    /// The seed is no number from 1 to [`SEED_MAX`].
    BadSeed(String),
    /// There is no such sheet.
    NoSuchSheet(String),
    /// The scenario in the address is none.
    BadScenario(ScenarioFlaw),
    /// The scenario came from a file, which has to be loaded again.
    NoScenario,
    /// Neither a lesson nor a page.
    NotUnderstood,
}

impl Address {
    /// Reads what stands in the address from `#` on.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let text = hash.strip_prefix('#').unwrap_or(hash);
        if text.len() > ADDRESS_OCTETS_MAX {
            return Self { place: Err(AddressFault::NotUnderstood), language: None };
        }
        let value = |key: &str| {
            text.split('&')
                .find_map(|part| part.split_once('=').filter(|(name, _)| *name == key).map(|(_, value)| value))
        };
        let place = match (text.split('&').next(), value("lesson"), value("scenario")) {
            (_, Some(number), _) => lesson_place(number, value("seed"), value("sheet")),
            (_, None, Some(word)) => scenario_place(Some(word), value("seed")),
            (Some("scenario"), None, None) => scenario_place(None, value("seed")),
            (Some("learn"), None, None) => Ok(Place::List),
            (Some("teach"), None, None) => Ok(Place::Teach),
            (Some("build"), None, None) => Ok(Place::Build),
            (Some("try"), None, None) => Ok(Place::Try),
            (_, None, None) => Err(AddressFault::NotUnderstood),
        };
        Self { place, language: value("lang").and_then(Language::from_tag) }
    }
}

fn lesson_place(number: &str, seed: Option<&str>, sheet: Option<&str>) -> Result<Place, AddressFault> {
    let known = number.parse().ok().filter(|number| lesson(*number).is_some());
    let number = known.ok_or_else(|| AddressFault::NoSuchLesson(number.to_owned()))?;
    let seed = read_seed(seed)?;
    let sheet = sheet
        .map(|name| {
            let sheet = Sheet::ALL.into_iter().find(|sheet| sheet.as_str() == name);
            sheet.ok_or_else(|| AddressFault::NoSuchSheet(name.to_owned()))
        })
        .transpose()?;
    Ok(Place::Lesson { number, seed, sheet })
}

fn scenario_place(word: Option<&str>, seed: Option<&str>) -> Result<Place, AddressFault> {
    Ok(Place::Scenario { word: word.map(str::to_owned), seed: read_seed(seed)? })
}

fn read_seed(seed: Option<&str>) -> Result<Option<u32>, AddressFault> {
    let Some(text) = seed else { return Ok(None) };
    let seed = text.parse().ok().filter(|seed| (1..=SEED_MAX).contains(seed));
    seed.ok_or_else(|| AddressFault::BadSeed(text.to_owned())).map(Some)
}

/// Writes an address, `#` included.
#[must_use]
pub fn hash_of(place: Place, language: Language) -> String {
    let language = language.tag();
    match place {
        Place::List => format!("#learn&lang={language}"),
        Place::Teach => format!("#teach&lang={language}"),
        Place::Build => format!("#build&lang={language}"),
        Place::Try => format!("#try&lang={language}"),
        Place::Scenario { word, seed } => {
            let word = word.map(|word| format!("={word}")).unwrap_or_default();
            let seed = seed.map(|seed| format!("&seed={seed}")).unwrap_or_default();
            format!("#scenario{word}{seed}&lang={language}")
        }
        Place::Lesson { number, seed, sheet } => {
            let seed = seed.map(|seed| format!("&seed={seed}")).unwrap_or_default();
            let sheet = sheet.map(|sheet| format!("&sheet={}", sheet.as_str())).unwrap_or_default();
            format!("#lesson={number}{seed}{sheet}&lang={language}")
        }
    }
}
