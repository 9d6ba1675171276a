//! What the classroom knows and decides, without a browser: wishes in ([`Msg`]), orders ([`Effect`]) and view models out.
//! Knows no DOM, no storage, no clock, and no chance but a number that it is given.

mod address;
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
pub use effect::{Effect, FocusTarget};
pub use groups::Group;
pub use model::{Model, Start};
pub use msg::{Msg, Step};
pub use popglass_frontend::app::Theme;
pub use popglass_lessons::{
    format::{Door, Goal, Leave, Move, Pane, Security, What},
    lessons,
};
pub use progress::{PROGRESS_OCTETS_MAX, Progress, ProgressFault};
pub use rich::{Paragraph, Piece, paragraphs};
pub use settings::Settings;
pub use tools::{Form, Side, Tool, Tools};
pub use update::update;
