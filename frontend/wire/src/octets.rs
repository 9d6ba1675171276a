//! Reads numbers and pieces out of octets, one after the other, and never further than they reach. Knows no protocol.

/// A place in octets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Octets<'a> {
    rest: &'a [u8],
    /// How many were read before it, from wherever the reader counts.
    at: usize,
}

impl<'a> Octets<'a> {
    pub(crate) fn new(octets: &'a [u8]) -> Self {
        Self { rest: octets, at: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next so many; nothing is read if there are fewer.
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        (self.rest, self.at) = (rest, self.at + count);
        Some(taken)
    }

    /// A number of so many octets, the highest first (RFC 8446 §3.3).
    pub(crate) fn number(&mut self, octets: usize) -> Option<usize> {
        debug_assert!(octets <= 4, "no length of TLS is longer");
        Some(self.take(octets)?.iter().fold(0, |number, octet| number << 8 | usize::from(*octet)))
    }

    /// A number of two octets.
    pub(crate) fn number_16(&mut self) -> Option<u16> {
        self.number(2).and_then(|number| u16::try_from(number).ok())
    }

    /// The next so many, to be read for themselves; places are still counted from the same beginning.
    pub(crate) fn within(&mut self, count: usize) -> Option<Self> {
        let at = self.at;
        self.take(count).map(|rest| Self { rest, at })
    }

    /// A length of so many octets, and as much as it says.
    pub(crate) fn vector(&mut self, length_octets: usize) -> Option<Self> {
        let mut ahead = *self;
        let count = ahead.number(length_octets)?;
        let within = ahead.within(count)?;
        *self = ahead;
        Some(within)
    }
}
