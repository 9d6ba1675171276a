//! A reply on its way out: octets, listings and messages, chunk by chunk, so that none is ever held whole. Knows nothing
//! of the session.

use alloc::{format, string::String, vec::Vec};

use crate::{
    codec::multiline::{Stuffer, TERMINATOR},
    limits,
    server::{Maildrop, fault::Lies},
    types::MessageNumber,
};

/// A piece of what is to be said and done, in order.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// Say this.
    Octets(Vec<u8>),
    /// Say this, which is read from the maildrop as it goes out.
    Stream(Stream),
    /// Have TLS started.
    UpgradeTls,
    /// Go on only after so many milliseconds.
    Wait(u64),
    /// End the connection after so many more octets.
    CutAfter(u64),
    /// End the connection.
    Close,
}

/// What is left to send of a listing or a message.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    source: Option<Source>,
    lies: Lies,
}

#[derive(Debug, Clone)]
enum Source {
    Listing { kind: Listing, next: usize },
    Message { number: MessageNumber, offset: usize, end: usize, stuffer: Stuffer },
}

/// Which listing (RFC 1939 §5, §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listing {
    Sizes,
    UniqueIds,
}

impl Listing {
    /// The line about one message, without its line end; nothing if a lie leaves it out.
    pub(super) fn line<D: Maildrop>(self, maildrop: &D, number: MessageNumber, lies: &Lies) -> Option<String> {
        match self {
            Self::Sizes => Some(format!("{number} {}", lies.size(maildrop.octets(number)))),
            Self::UniqueIds => {
                let named = lies.named(number)?;
                Some(format!("{number} {}", maildrop.unique_id(named).as_str()))
            }
        }
    }
}

impl Stream {
    pub(super) fn listing(kind: Listing, lies: Lies) -> Self {
        Self { source: Some(Source::Listing { kind, next: 0 }), lies }
    }

    /// The whole message, or for TOP its header, the blank line, and so many lines of the body (RFC 1939 §7).
    pub(super) fn message(message: &[u8], number: MessageNumber, body_lines: Option<u32>, lies: Lies) -> Self {
        let end = body_lines.map_or(message.len(), |lines| top_octets(message, lines));
        Self { source: Some(Source::Message { number, offset: 0, end, stuffer: Stuffer::default() }), lies }
    }

    /// The next piece; nothing once all is sent. Messages that are marked are left out of listings.
    pub(super) fn next_chunk<D: Maildrop>(&mut self, maildrop: &D, marked: &[bool]) -> Option<Vec<u8>> {
        let mut chunk = Vec::new();
        self.source = match self.source.take()? {
            Source::Listing { kind, mut next } => {
                while next < marked.len() && chunk.len() < limits::CHUNK_OCTETS_MAX {
                    let number = MessageNumber::from_index(next).filter(|_| marked.get(next) == Some(&false));
                    if let Some(line) = number.and_then(|number| kind.line(maildrop, number, &self.lies)) {
                        chunk.extend_from_slice(line.as_bytes());
                        chunk.extend_from_slice(b"\r\n");
                    }
                    next += 1;
                }
                if next < marked.len() {
                    Some(Source::Listing { kind, next })
                } else {
                    chunk.extend_from_slice(TERMINATOR);
                    None
                }
            }
            Source::Message { number, offset, end, mut stuffer } => {
                let upto = end.min(offset.saturating_add(limits::CHUNK_OCTETS_MAX));
                let content = maildrop.message(number).get(offset..upto).unwrap_or_default();
                chunk.reserve(content.len() + 64);
                // The stuffer sees all the same what it may not stuff: it knows whether the last line has an end.
                let mut stuffed = Vec::new();
                stuffer.encode(content, if self.lies.not_stuffed { &mut stuffed } else { &mut chunk });
                if self.lies.not_stuffed {
                    chunk.extend_from_slice(content);
                }
                if upto < end {
                    Some(Source::Message { number, offset: upto, end, stuffer })
                } else {
                    stuffer.finish(&mut chunk);
                    None
                }
            }
        };
        self.lies.spoil_line_ends(&mut chunk);
        Some(chunk)
    }
}

/// Where TOP ends: behind the blank line and `body_lines` more lines.
fn top_octets(message: &[u8], body_lines: u32) -> usize {
    let mut lines_left = None;
    let mut octets = 0;
    for line in message.split_inclusive(|&octet| octet == b'\n') {
        match &mut lines_left {
            Some(0) => break,
            Some(left) => *left -= 1,
            None if line == b"\r\n" || line == b"\n" => lines_left = Some(body_lines),
            None => {}
        }
        octets += line.len();
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::top_octets;

    #[test]
    fn rfc1939_section7_top_sends_the_header_the_blank_line_and_so_many_lines() {
        for (message, lines, expected) in [
            ("A: b\r\n\r\n1\r\n2\r\n3\r\n", 0, "A: b\r\n\r\n"),
            ("A: b\r\n\r\n1\r\n2\r\n3\r\n", 2, "A: b\r\n\r\n1\r\n2\r\n"),
            ("A: b\r\n\r\n1\r\n2\r\n3\r\n", 9, "A: b\r\n\r\n1\r\n2\r\n3\r\n"),
            ("A: b\r\n\r\n\r\n\r\n", 1, "A: b\r\n\r\n\r\n"),
            ("A: b\r\n", 5, "A: b\r\n"),
            ("", 0, ""),
        ] {
            assert_eq!(&message[..top_octets(message.as_bytes(), lines)], expected);
        }
    }
}
