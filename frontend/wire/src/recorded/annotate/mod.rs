//! Cuts records of TLS 1.3 into the parts that the RFC names, octet by octet. What it does not know, or what breaks the
//! rules, is a part as well ([`Part::Unknown`]), so that nothing is left out and nothing counted twice. Knows no key and
//! no words of any language.

mod certificate;
mod extensions;
mod handshake;
mod part;

use std::ops::Range;

pub use part::{Part, Who};
use popglass_protocol::transcript::Direction;

use crate::octets::Octets;

/// Of any AEAD of TLS 1.3 that is in use (RFC 8446 §B.4).
const TAG_OCTETS: usize = 16;

/// Some octets, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Which octets.
    pub range: Range<usize>,
    /// What they are.
    pub part: Part,
}

/// A record as it is on the wire.
#[must_use]
pub fn of_wire(direction: Direction, record: &[u8]) -> Vec<Span> {
    let mut cutter = Cutter::new(record);
    // What breaks off is cut as far as it goes.
    let _ = wire(&mut cutter, direction);
    cutter.finish()
}

/// What a record was deciphered to: its content, and its true type as the last octet.
#[must_use]
pub fn of_inner(direction: Direction, inner: &[u8]) -> Vec<Span> {
    let Some((kind, content)) = inner.split_last() else { return Vec::new() };
    let mut cutter = Cutter::new(content);
    let _ = body(&mut cutter, direction, *kind);
    let mut spans = cutter.finish();
    spans.push(Span { range: content.len()..inner.len(), part: Part::InnerType(*kind) });
    spans
}

fn wire(cutter: &mut Cutter<'_>, direction: Direction) -> Option<()> {
    let kind = cutter.octet(Part::RecordType)?;
    cutter.take(2, Part::RecordVersion)?;
    cutter.number(2, |_| Part::RecordLength)?;
    if kind != part::APPLICATION_DATA {
        return body(cutter, direction, kind);
    }
    let ciphertext = cutter.left().checked_sub(TAG_OCTETS)?;
    cutter.take(ciphertext, Part::Ciphertext)?;
    cutter.take(TAG_OCTETS, Part::Tag)?;
    Some(())
}

fn body(cutter: &mut Cutter<'_>, direction: Direction, kind: u8) -> Option<()> {
    match kind {
        part::CHANGE_CIPHER_SPEC => cutter.take(1, Part::ChangeCipherSpec).map(|_| ()),
        part::ALERT => {
            cutter.octet(Part::AlertLevel)?;
            cutter.octet(Part::AlertDescription).map(|_| ())
        }
        part::HANDSHAKE => {
            while cutter.left() > 0 {
                handshake::message(cutter, direction)?;
            }
            Some(())
        }
        part::APPLICATION_DATA => {
            while cutter.left() > 0 {
                let rest = cutter.octets.rest();
                let line = rest.iter().position(|octet| *octet == b'\n').map_or(rest.len(), |last| last + 1);
                cutter.take(line, Part::Pop3(Who::of(direction)))?;
            }
            Some(())
        }
        _ => None,
    }
}

/// Cuts from front to back, so that no two parts overlap.
struct Cutter<'a> {
    octets: Octets<'a>,
    spans: Vec<Span>,
}

impl<'a> Cutter<'a> {
    fn new(octets: &'a [u8]) -> Self {
        Self { octets: Octets::new(octets), spans: Vec::new() }
    }

    fn at(&self) -> usize {
        self.octets.at()
    }

    fn left(&self) -> usize {
        self.octets.rest().len()
    }

    /// So many octets are this; nothing is cut if there are fewer. No octets are no part.
    fn take(&mut self, count: usize, part: Part) -> Option<&'a [u8]> {
        let at = self.at();
        let taken = self.octets.take(count)?;
        if count > 0 {
            self.spans.push(Span { range: at..at + count, part });
        }
        Some(taken)
    }

    fn number(&mut self, octets: usize, part: impl FnOnce(usize) -> Part) -> Option<usize> {
        let mut ahead = self.octets;
        let number = ahead.number(octets)?;
        self.take(octets, part(number))?;
        Some(number)
    }

    fn octet(&mut self, part: impl FnOnce(u8) -> Part) -> Option<u8> {
        let octet = *self.octets.rest().first()?;
        self.take(1, part(octet))?;
        Some(octet)
    }

    fn number_16(&mut self, part: impl FnOnce(u16) -> Part) -> Option<u16> {
        let number = self.octets.clone().number_16()?;
        self.take(2, part(number))?;
        Some(number)
    }

    /// A length, then as much as it says, which is one part.
    fn opaque(&mut self, length_octets: usize, length: Part, part: Part) -> Option<&'a [u8]> {
        let count = self.number(length_octets, |_| length)?;
        self.take(count, part)
    }

    /// A length, then parts of which each is cut by `cut`, until that length is used up.
    fn list(&mut self, length_octets: usize, length: Part, mut cut: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let count = self.number(length_octets, |_| length)?;
        let end = self.at() + count;
        while self.at() < end {
            cut(self)?;
        }
        Some(())
    }

    /// What is left is unknown.
    fn finish(mut self) -> Vec<Span> {
        self.take(self.left(), Part::Unknown);
        self.spans
    }
}
