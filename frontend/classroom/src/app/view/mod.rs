//! What the screens show: values that can be compared, so that only what changed is drawn. Lessons' texts are in the
//! language of the moment here, with the seed's values; the words around them are the shell's.

mod build;
mod drawn;
mod guide;
mod handshake;
mod lesson;
mod lines;
mod panes;
mod post;
mod reading;
mod sheet;
pub(super) mod told;
mod ways;
mod wire;

use popglass_frontend::{app::Theme, i18n::Language};
use popglass_lessons::{
    Lesson,
    format::{Plan, Texts},
    lessons,
    scenario::ScenarioFlaw,
};

pub use self::{
    build::{
        ActVm, BuildVm, FieldKind, FieldVm, LackVm, NoticeVm, PartVm, StepVm, WayFaultVm, WaysKind, WaysVm, view_build,
    },
    drawn::{Drawn, Link, LinkKind, Mark, Stop},
    guide::{CompletionVm, ForecastVm, GuideVm, PictureVm, TokenVm, tokens},
    handshake::{OctetsVm, RecordVm, view_handshake},
    lesson::{AnswerKind, FinishedVm, LessonVm, OptionVm, QuestionVm, ShownVm, TaskVm, view_lesson},
    lines::{LineKind, LineVm},
    panes::{DeviceVm, HeldVm, MaildropVm, MessageVm, PanesVm, RelayVm, TerminalVm, TimeVm, view_panes},
    reading::ReadingVm,
    sheet::{SheetQuestionVm, SheetVm, view_sheet},
    ways::{view_recorded_way, view_three_ways},
    wire::WireVm,
};
pub(super) use self::{guide::language_of, lines::copied};
use super::{
    address::{AddressFault, Place, hash_of},
    groups::Group,
    model::{Model, Screen},
    play::{Origin, Play},
    rich::{Paragraph, paragraphs},
};
pub use super::{model::Loaded, play::Said};

/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenVm {
    /// The list of lessons.
    List,
    /// The page for teachers.
    Teach,
    /// A lesson: which opening of one it is, and how often it began.
    Lesson(u32, u32),
    /// The scenario builder.
    Build,
    /// A sheet to print.
    Sheet,
    /// The address leads nowhere.
    Lost,
}

impl ScreenVm {
    /// Its name in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Teach => "teach",
            Self::Lesson(..) => "lesson",
            Self::Build => "build",
            Self::Sheet => "sheet",
            Self::Lost => "lost",
        }
    }
}

/// The frame around every screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ShellVm {
    /// Which screen.
    pub screen: ScreenVm,
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// Large type.
    pub is_large: bool,
    /// The lesson's title, where a lesson is shown.
    pub title: Option<String>,
    /// Why the address leads nowhere.
    pub lost: Option<AddressFault>,
}

/// A lesson on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonRow {
    /// Its number.
    pub number: u32,
    /// What it is called.
    pub title: String,
    /// What the learner will be able to do.
    pub goal: Paragraph,
    /// How long it takes.
    pub minutes: u32,
    /// It is done.
    pub is_done: bool,
    /// It was begun, and is as it was left.
    pub is_begun: bool,
    /// Its address.
    pub address: String,
}

/// A card of a finished lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardVm {
    /// The lesson's number.
    pub number: u32,
    /// The lesson's title.
    pub title: String,
    /// What to remember.
    pub text: Vec<Paragraph>,
}

/// The list of lessons.
#[derive(Debug, Clone, PartialEq)]
pub struct ListVm {
    /// The lessons by group; groups without any are left out.
    pub groups: Vec<(Group, Vec<LessonRow>)>,
    /// How many are done.
    pub done: usize,
    /// How many there are.
    pub all: usize,
    /// The cards of those that are done.
    pub cards: Vec<CardVm>,
    /// What came of loading a file.
    pub loaded: Option<Loaded>,
    /// Why a file with a scenario was not taken.
    pub scenario_flaw: Option<ScenarioFlaw>,
    /// Moves are counted.
    pub shows_score: bool,
}

/// The frame.
#[must_use]
pub fn view_shell(model: &Model) -> ShellVm {
    let screen = match (&model.screen, &model.play) {
        (Screen::List, _) => ScreenVm::List,
        (Screen::Teach, _) => ScreenVm::Teach,
        (Screen::Lesson, Some(play)) => ScreenVm::Lesson(play.opening, play.times),
        (Screen::Build, _) => ScreenVm::Build,
        (Screen::Sheet { .. }, _) => ScreenVm::Sheet,
        (Screen::Lost(_) | Screen::Lesson, _) => ScreenVm::Lost,
    };
    let lesson = match (&model.screen, &model.play) {
        (Screen::Lesson, Some(play)) => Some(&*play.lesson),
        (Screen::Sheet { number, .. }, _) => popglass_lessons::lesson(*number),
        _ => None,
    };
    ShellVm {
        screen,
        language: model.language,
        theme: model.settings.theme,
        is_large: model.settings.is_large,
        title: lesson.map(|lesson| texts_of(lesson, model.language).title.clone()),
        lost: match &model.screen {
            Screen::Lost(fault) => Some(fault.clone()),
            _ => None,
        },
    }
}

/// The list of lessons.
#[must_use]
pub fn view_list(model: &Model) -> ListVm {
    let in_group = |group| lessons().iter().filter(move |lesson| Group::of(lesson.number) == group);
    let groups = Group::ALL.map(|group| (group, in_group(group).map(|lesson| row(model, lesson)).collect::<Vec<_>>()));
    let done = lessons().iter().filter(|lesson| model.progress.is_done(lesson.number));
    ListVm {
        groups: groups.into_iter().filter(|(_, rows)| !rows.is_empty()).collect(),
        done: model.progress.count(),
        all: lessons().len(),
        cards: done.map(|lesson| card(model, lesson)).collect(),
        loaded: model.loaded,
        scenario_flaw: model.scenario_flaw.clone(),
        shows_score: model.settings.shows_score,
    }
}

fn row(model: &Model, lesson: &Lesson) -> LessonRow {
    let texts = texts_of(lesson, model.language);
    let number = lesson.number;
    LessonRow {
        number,
        title: texts.title.clone(),
        goal: paragraphs(&texts.goal).into_iter().next().unwrap_or_default(),
        minutes: lesson.plan.minutes,
        is_done: model.progress.is_done(number),
        is_begun: model.play.as_ref().is_some_and(|play| {
            play.origin == Origin::Ours && play.lesson.number == number && !play.classroom.moves().is_empty()
        }),
        address: hash_of(Place::Lesson { number, seed: None, sheet: None }, model.language),
    }
}

fn card(model: &Model, lesson: &Lesson) -> CardVm {
    let texts = texts_of(lesson, model.language);
    CardVm { number: lesson.number, title: texts.title.clone(), text: paragraphs(&texts.card) }
}

/// A lesson's texts in a language.
pub(super) fn texts_of(lesson: &Lesson, language: Language) -> &Texts {
    match language {
        Language::En => &lesson.english,
        Language::De => &lesson.german,
    }
}

/// Which tasks of a lesson are met, in their order.
fn lesson_tasks_met(play: &Play) -> Vec<bool> {
    play.classroom.tasks().iter().map(|task| task.met).collect()
}

/// The subject of a message of a plan, by the plan's name for it.
fn subject_in(plan: &Plan, id: &str) -> String {
    let message = plan.messages().find(|message| message.id == id);
    let fields = message.map(|message| reading::letter(message.text.as_bytes()).0).unwrap_or_default();
    let subject = fields.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("subject"));
    subject.map(|(_, value)| value).filter(|value| !value.is_empty()).unwrap_or_else(|| id.to_owned())
}
