//! Every text the user reads, in every language: one struct, one constant a language, so that a missing text does not
//! compile. Knows no DOM; dates are left to the browser.

mod de;
mod en;
mod format;

/// The list of all texts.
#[expect(missing_docs, reason = "a text is named after where it stands, and its words are its description")]
mod texts;

pub use format::{NO_BREAK_SPACE, list_of_numbers};
use popglass_session::security::Bilingual;
pub use texts::{
    ConnectTexts, EndedTexts, HelpTexts, MailboxTexts, ReaderTexts, SecurityTexts, ShellTexts, SignInTexts, Texts,
    TranscriptTexts, Trouble, WhatIsTexts,
};

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The language's tag (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// The language of a tag such as `de-AT`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next()?;
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// The first of the browser's languages that is here, or English.
    pub fn preferred<'tag>(tags: impl IntoIterator<Item = &'tag str>) -> Self {
        tags.into_iter().find_map(Self::from_tag).unwrap_or_default()
    }

    /// What was said in this language.
    #[must_use]
    pub fn of<T>(self, said: &Bilingual<T>) -> &T {
        match self {
            Self::En => &said.en,
            Self::De => &said.de,
        }
    }

    /// Its texts.
    #[must_use]
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::En => &en::TEXTS,
            Self::De => &de::TEXTS,
        }
    }
}
