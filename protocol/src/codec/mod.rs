//! Octets to lines and back: framing, dot-stuffing, and the grammar of single lines. Knows no session: which line is
//! expected when is the business of `client` and `server`.

pub mod capability;
pub mod line;
pub mod listing;
pub mod multiline;
pub mod request;
pub mod scan;
pub mod status;
