//! Everything that can happen to the classroom: wishes of the learner, and what the browser tells.

use popglass_frontend::{app::Theme, i18n::Language};
use popglass_lessons::format::Move;

use super::build::{BuildMsg, Recording};
use super::tools::Tool;

/// A step through what was typed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To what was typed before that.
    Older,
    /// To what was typed after that.
    Newer,
}

/// A fact or a wish.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The address says this from `#` on.
    AddressChanged(String),
    /// Show everything in this language.
    LanguageChosen(Language),
    /// Show everything in these colours.
    ThemeChosen(Theme),
    /// Large type, or no longer.
    LargeSwitched(bool),
    /// Count moves, or no longer.
    ScoreSwitched(bool),
    /// Save the progress as a file.
    ProgressSavePressed,
    /// A file with progress was chosen.
    ProgressFileChosen,
    /// What is in that file.
    ProgressRead(String),
    /// A file with a scenario was chosen.
    ScenarioFileChosen,
    /// What is in that file.
    ScenarioRead(Vec<u8>),
    /// A wish of somebody who builds a scenario.
    Build(BuildMsg),
    /// What was played just now becomes this of the scenario that is tried out.
    WayKept(Recording),
    /// Print what is on the screen.
    PrintPressed,

    /// Do this in the lesson.
    Moved(Move),
    /// This is what stands in the input of a terminal now.
    Typed {
        /// Which terminal.
        terminal: String,
        /// All of it.
        text: String,
    },
    /// Bring back what was typed in a terminal before.
    HistoryMoved {
        /// Which terminal.
        terminal: String,
        /// Which way.
        step: Step,
    },
    /// Do this with what a terminal shows.
    Used {
        /// Which terminal.
        terminal: String,
        /// What.
        tool: Tool,
    },
    /// Whether the browser let it be copied.
    Copied(bool),
    /// The learner wants to type in this terminal.
    InputWanted(String),
    /// Take the last move back.
    UndoPressed,
    /// From the beginning, with the same seed.
    ResetPressed,
    /// From the beginning, with another seed.
    NewNumbersPressed,
    /// One more hint.
    HintPressed,
    /// Ask whether the solution shall be shown.
    ShowPressed,
    /// Rather not.
    ShowDeclined,
    /// From the beginning, and step by step.
    ShowConfirmed,
    /// The next step of the solution.
    ShowNextPressed,
}
