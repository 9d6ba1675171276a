//! What the classroom knows and decides, without a browser: wishes in ([`Msg`]), orders ([`Effect`]) and view models out.
//! Knows no DOM, no storage, no clock, and no chance but a number that it is given.

mod address;
mod build;
mod effect;
mod groups;
mod model;
mod msg;
mod play;
mod progress;
mod rich;
mod settings;
mod tools;
mod transcript;
mod update;
pub mod view;

pub use address::{Address, AddressFault, Place, SEED_MAX, Sheet, hash_of};
pub use build::{
    AREA_OCTETS_MAX, Act, Beginning, BuildMsg, CHECK_SEEDS, CHECK_WAIT_MS, DeviceField, EventField, FaultField, Field,
    GoalField, GoalKind, GoalOf, LINE_OCTETS_MAX, Lack, MessageField, Node, Notice, ON, Part, Preset, QuestionField,
    QuestionKind, Recording, Refusal, Row, ServerField, Spot, TerminalField, UNDO_MAX, UserField, Way, Words,
};
pub use effect::{Effect, FocusTarget};
pub use groups::Group;
pub use model::{Model, Start};
pub use msg::{Msg, Step};
pub use popglass_frontend::app::Theme;
pub use popglass_lessons::{
    format::{AttackerSetup, Certificate, Door, Flaw, Goal, Leave, Move, Named, Pane, Security, What},
    lessons,
    scenario::{Draft, LINK_OCTETS_MAX, SCENARIO_OCTETS_MAX, ScenarioFlaw},
};
pub use progress::{PROGRESS_OCTETS_MAX, Progress, ProgressFault};
pub use rich::{Paragraph, Piece, paragraphs};
pub use settings::Settings;
pub use tools::{Form, Side, Tool, Tools};
pub use update::update;
