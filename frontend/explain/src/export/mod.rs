//! A transcript as a file: text for people, packets for Wireshark. Secrets are masked in the transcript already, and stay
//! so.

mod blocks;
mod connection;
pub(crate) mod pcapng;
pub(crate) mod text;
