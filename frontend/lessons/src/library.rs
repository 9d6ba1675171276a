//! The lessons that travel with the program, in their order. Knows no simulation.

use std::sync::LazyLock;

use crate::format::{Plan, Texts};

/// A language that every lesson has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

/// A lesson with its texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// From 1 for ours; 0 for a teacher's own.
    pub number: u32,
    /// A word for it.
    pub slug: String,
    /// What it is.
    pub plan: Plan,
    /// Its texts in English.
    pub english: Texts,
    /// Its texts in German.
    pub german: Texts,
}

impl Lesson {
    /// Its texts in this language.
    #[must_use]
    pub fn texts(&self, language: Language) -> &Texts {
        match language {
            Language::English => &self.english,
            Language::German => &self.german,
        }
    }
}

struct Source {
    number: u32,
    slug: &'static str,
    plan: &'static str,
    english: &'static str,
    german: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// All lessons, by number.
#[must_use]
pub fn lessons() -> &'static [Lesson] {
    static LESSONS: LazyLock<Vec<Lesson>> = LazyLock::new(|| SOURCES.iter().map(read).collect());
    &LESSONS
}

/// The lesson with this number.
#[must_use]
pub fn lesson(number: u32) -> Option<&'static Lesson> {
    lessons().iter().find(|lesson| lesson.number == number)
}

fn read(source: &Source) -> Lesson {
    let plan = Plan::parse(source.plan).expect("the build has read it");
    let texts = |text| Texts::parse(text, &plan).expect("the build has read it");
    let (english, german) = (texts(source.english), texts(source.german));
    Lesson { number: source.number, slug: source.slug.to_owned(), plan, english, german }
}
