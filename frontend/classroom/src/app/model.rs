//! What the classroom knows now. Changed by [`super::update`] alone.

use popglass_frontend::i18n::Language;
use popglass_lessons::{Lesson, scenario::ScenarioFlaw};

use super::{
    address::{AddressFault, SEED_MAX, Sheet},
    build::Build,
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
    /// What was being built when the page was left, as text.
    pub draft: String,
    /// The page's own address, without `#` and what stands behind it.
    pub page: String,
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
    Build,
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
    /// A teacher's scenario that was loaded from a file.
    pub(super) scenario: Option<Lesson>,
    /// Why a file with a scenario was not taken.
    pub(super) scenario_flaw: Option<ScenarioFlaw>,
    /// What is being built, since somebody has opened the builder.
    pub(super) build: Option<Build>,
    /// What was being built when the page was left.
    kept_draft: String,
    pub(super) page: String,
    openings: u32,
    changes: u32,
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
            scenario: None,
            scenario_flaw: None,
            build: None,
            kept_draft: start.draft.clone(),
            page: start.page.clone(),
            openings: 0,
            changes: 0,
            chance: start.chance,
        }
    }

    /// Changes as soon as there may be something else to show. Most of the work behind the screen shows nothing.
    #[must_use]
    pub fn changes(&self) -> u32 {
        self.changes
    }

    pub(super) fn count_change(&mut self) {
        self.changes = self.changes.wrapping_add(1);
    }

    /// The builder, as it was left.
    pub(super) fn builder(&mut self) -> &mut Build {
        self.build.get_or_insert_with(|| Build::new(&self.kept_draft))
    }

    /// Counts how often a lesson was opened.
    pub(super) fn next_opening(&mut self) -> u32 {
        self.openings = self.openings.wrapping_add(1);
        self.openings
    }

    /// A seed that was not there before.
    pub(super) fn draw_seed(&mut self) -> u32 {
        // A full cycle through all numbers below 2³²; the upper bits are the ones that look random.
        self.chance = self.chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.chance >> 8) % SEED_MAX + 1
    }
}
