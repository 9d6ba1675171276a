//! POP3 itself, sans-I/O: values, codecs, one transition table, a client and a server over it, a redacting
//! transcript, and the words of the tunnel. No I/O, no clock, no randomness, no logging.
#![no_std]

extern crate alloc;

pub mod client;
pub mod codec;
pub mod command;
pub mod limits;
pub mod reply;
pub mod secret;
pub mod server;
pub mod state;
pub mod transcript;
#[cfg(feature = "serde")]
pub mod tunnel;
pub mod types;
