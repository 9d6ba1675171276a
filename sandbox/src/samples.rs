//! The sample messages, and what each is a sample of. Knows no mailbox and no MIME: the tests do.
//!
//! They lie in `messages/` with LF line ends and are given CRLF here, octet by octet, since not all are UTF-8.

use std::sync::{Arc, LazyLock};

use crate::photo;

/// One sample message.
#[derive(Debug)]
pub struct Sample {
    name: &'static str,
    octets: Arc<Vec<u8>>,
}

impl Sample {
    /// Its file's name without the ending, such as `24-welcome`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The message as RETR sends it, unstuffed: CRLF line ends.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    pub(crate) fn shared(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.octets)
    }
}

/// All sample messages, oldest first. Made once: the photo takes its time.
#[must_use]
pub fn all() -> &'static [Sample] {
    static ALL: LazyLock<Vec<Sample>> = LazyLock::new(|| {
        let shipped = SHIPPED.iter().map(|&(name, octets)| (name, with_crlf(octets)));
        let mut all: Vec<_> = shipped.chain([("12-photo", photo::message())]).collect();
        all.sort_by_key(|&(name, _)| name);
        all.into_iter().map(|(name, octets)| Sample { name, octets: Arc::new(octets) }).collect()
    });
    &ALL
}

/// Turns LF line ends into CRLF; those that are CRLF stay.
pub(crate) fn with_crlf(octets: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(octets.len() + octets.len() / 32);
    for line in octets.split_inclusive(|&octet| octet == b'\n') {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        message.extend_from_slice(content.strip_suffix(b"\r").unwrap_or(content));
        message.extend_from_slice(b"\r\n");
    }
    message
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../messages/", $name, ".eml")).as_slice())),*]
    };
}

/// The messages that travel with the program.
static SHIPPED: [(&str, &[u8]); 23] = shipped![
    "01-newsletter",
    "02-receipt",
    "03-lighthouse",
    "04-lighthouse-re",
    "05-lighthouse-re-re",
    "06-luebeck",
    "07-flowed",
    "08-autumn-letter",
    "09-inline-picture",
    "10-dots",
    "11-birdhouse",
    "13-greetings",
    "14-timetable",
    "15-library",
    "16-malformed",
    "17-phishing",
    "18-forwarded",
    "19-no-subject",
    "20-invitation",
    "21-what-is-pop",
    "22-was-ist-pop",
    "23-willkommen",
    "24-welcome",
];

#[cfg(test)]
mod tests;
