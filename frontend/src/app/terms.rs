//! The words of POP3 and of the session that view models are made of, for the ui: it shows them as they are and knows
//! neither crate.

pub use popglass_protocol::{
    deviation::Deviation,
    login::Wish,
    reply::Refusal,
    secret::Secret,
    state::State,
    transcript::{Direction, Line, Meaning},
    tunnel::TlsEnds,
    types::{MessageNumber, Octets},
};
pub use popglass_session::{
    event::{EndReason, Entry, Item, Note, Phase, Progress},
    security::{Section, Sections},
};
