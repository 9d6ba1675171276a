//! What the classroom knows now. Changed by [`super::update`] alone.

use popglass_frontend::i18n::Language;

use super::{
    address::{AddressFault, SEED_MAX, Sheet},
    play::Play,
    progress::{Progress, ProgressFault},
    settings::Settings,
};

/// What is known before anything has happened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Start {
    /// The address from `#` on.
    pub address: String,
    /// What was kept, as text.
    pub settings: String,
    /// The progress that was kept, as text.
    pub progress: String,
    /// The language that the browser prefers.
    pub browser_language: Language,
    /// Any number: lessons whose address has no seed draw theirs from it.
    pub chance: u32,
}

/// A screen.
#[derive(Debug)]
pub(super) enum Screen {
    List,
    Teach,
    Lesson,
    Sheet { number: u32, seed: u32, sheet: Sheet },
    Lost(AddressFault),
}

/// What came of loading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// It was taken; so many lessons are done now.
    Taken(usize),
    /// It was not.
    Refused(ProgressFault),
}

/// All that the classroom knows.
#[derive(Debug)]
pub struct Model {
    pub(super) language: Language,
    pub(super) settings: Settings,
    pub(super) progress: Progress,
    pub(super) screen: Screen,
    /// The lesson that is played, or was played last: who comes back finds it as it was.
    pub(super) play: Option<Play>,
    pub(super) loaded: Option<Loaded>,
    chance: u32,
}

impl Model {
    /// The classroom before its address was read: [`super::update`] it with [`super::Msg::AddressChanged`] next.
    #[must_use]
    pub fn new(start: &Start) -> Self {
        let settings = Settings::kept(&start.settings);
        Self {
            language: settings.language.unwrap_or(start.browser_language),
            settings,
            progress: Progress::kept(&start.progress),
            screen: Screen::List,
            play: None,
            loaded: None,
            chance: start.chance,
        }
    }

    /// A seed that was not there before.
    pub(super) fn draw_seed(&mut self) -> u32 {
        // A full cycle through all numbers below 2³²; the upper bits are the ones that look random.
        self.chance = self.chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.chance >> 8) % SEED_MAX + 1
    }
}
