//! The bridge of Popglass: serves the page, and carries its octets to POP3 servers that the operator listed.
//! Knows no POP3; the page speaks it. `main.rs` is the program, this library is all of it but signals and logging.

pub mod address;
pub mod assets;
pub mod config;
#[cfg(feature = "demo")]
pub mod demo;
pub mod dial;
pub mod flags;
mod gate;
mod headers;
pub mod origin;
pub mod policy;
mod relay;
pub mod server;
mod target;
mod tunnel;
