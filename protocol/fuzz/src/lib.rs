//! Fuzz targets for the protocol crate: strangers' octets in, properties that must hold out. Each module has a `run` that
//! panics if one does not; the programs in `fuzz_targets/` hand it to libFuzzer. Knows no engine, no files, no clock.
//!
//! Inputs of the session targets are scripts in the words of `protocol/tests/transcripts`, and more (see [`script`]): so
//! the transcripts are seeds as they lie there, and a crash can be read.

pub mod capa;
pub mod client;
pub mod client_against_server;
mod cuts;
mod maildrop;
pub mod sasl;
pub mod script;
pub mod server;
pub mod unstuffing;
pub mod url;
