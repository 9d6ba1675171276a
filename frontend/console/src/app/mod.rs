//! What the console knows and decides, without a browser: facts and wishes in ([`Msg`]), orders ([`Effect`]) and view
//! models out. Knows no DOM and no clock.

mod effect;
mod facts;
mod line;
mod model;
mod msg;
pub mod terms;
mod update;
pub mod view;

pub use effect::{Effect, FocusTarget};
pub use line::HISTORY_LINES_MAX;
pub use model::{Explained, Model, News, PACES, Sides};
pub use msg::{Export, Msg, Step};
pub use update::update;
