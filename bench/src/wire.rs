//! Replies as a server sends them. Knows nothing of who reads them.

use std::fmt::Write as _;

/// A line of base64 as mail programs write it: 76 characters (RFC 2045 §6.8) and CRLF.
pub const LINE_OCTETS: usize = 78;

const LINE: &[u8; LINE_OCTETS] = b"VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZy4gVGhlIHF1aWNrIGJy\r\n";

/// The reply to RETR, with a message of lines of 76 characters; whole lines, at least `octets` together.
#[must_use]
pub fn message(octets: usize) -> Vec<u8> {
    let lines = octets.div_ceil(LINE_OCTETS);
    let mut wire = Vec::with_capacity(lines * LINE_OCTETS + 16);
    wire.extend_from_slice(b"+OK\r\n");
    for _ in 0..lines {
        wire.extend_from_slice(LINE);
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

/// The reply to LIST for a maildrop of so many messages.
#[must_use]
pub fn scan_listing(entries: usize) -> Vec<u8> {
    listing(entries, |text, number| writeln!(text, "{number} {}\r", 1000 + number * 7919 % 100_000))
}

/// The reply to UIDL, with unique-ids like Dovecot's: 16 hexadecimal digits.
#[must_use]
pub fn unique_id_listing(entries: usize) -> Vec<u8> {
    listing(entries, |text, number| writeln!(text, "{number} {number:08x}65f3a1b2\r"))
}

fn listing(entries: usize, mut line: impl FnMut(&mut String, usize) -> std::fmt::Result) -> Vec<u8> {
    let mut text = String::from("+OK\r\n");
    for number in 1..=entries {
        line(&mut text, number).expect("a string takes any text");
    }
    text.push_str(".\r\n");
    text.into_bytes()
}
