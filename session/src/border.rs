//! How commands and events are written where they cross the border between page and session worker: postcard, which
//! names no field and so needs neither a reader of text nor names to look up on either side. Both sides come from the
//! same build (the page compares), so what is written need not be understood by another version.
//!
//! Knows no browser: the octets travel as a `Uint8Array`.

use serde::{Serialize, de::DeserializeOwned};

/// [`crate::event::SessionEvent::Ended`] with nobody left to say more: the link is lost, and what was deleted is unknown. As
/// [`encode`] writes it, for a page whose session worker died, since a page carries no writer of events.
pub const LOST: [u8; 4] = [20, 16, 5, 0];

/// What came is not what was awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// Writes a command or an event.
#[must_use]
pub fn encode<T: Serialize>(words: &T) -> Vec<u8> {
    postcard::to_allocvec(words).unwrap_or_else(|_| unreachable!("every list in the words knows its length"))
}

/// Reads what [`encode`] wrote.
///
/// # Errors
///
/// [`Malformed`] if the octets are not one whole `T`.
pub fn decode<T: DeserializeOwned>(octets: &[u8]) -> Result<T, Malformed> {
    match postcard::take_from_bytes(octets) {
        Ok((words, [])) => Ok(words),
        Ok((_, [_, ..])) | Err(_) => Err(Malformed),
    }
}
