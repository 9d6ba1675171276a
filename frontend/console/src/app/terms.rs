//! The words of POP3, of the session and of the explanations that view models are made of, for the ui: it shows them as
//! they are and knows none of the three crates.

pub use popglass_explain::words::{Completion, Forecast, Picture, TokenText, Verdict};
pub use popglass_frontend::app::Logged;
pub use popglass_protocol::{
    secret::Secret,
    transcript::{Direction, Line, Meaning},
};
pub use popglass_session::{
    command::Pace,
    event::{HeldLine, Item, LineFault, SessionEvent},
};
