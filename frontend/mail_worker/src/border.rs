//! How requests and responses are written where they cross the border between page and mail worker: postcard, which names
//! no field and so needs neither a reader of text nor names to look up on either side. Knows no browser: the octets travel
//! as a `Uint8Array`.

use serde::{Serialize, de::DeserializeOwned};

/// What came is not what was awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// Writes a request or a response.
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
