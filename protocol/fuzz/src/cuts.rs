//! Cuts octets into reads, always alike for the same input: a crash must come again. Knows nothing of what it cuts.

/// A source of numbers that only need to differ (xorshift, 64 bits), seeded by the input itself.
#[derive(Debug)]
pub(crate) struct Cuts(u64);

impl Cuts {
    /// FNV-1a of the input: any change of the input moves the cuts.
    pub(crate) fn of(input: &[u8]) -> Self {
        let hash = input
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, octet| (hash ^ u64::from(*octet)).wrapping_mul(0x0100_0000_01b3));
        Self(hash | 1)
    }

    /// From 0 to below `end`; 0 if there is no other.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0).checked_rem(end).unwrap_or(0)
    }

    /// Pieces of 1 to 16 octets now and then, else what is left.
    pub(crate) fn pieces<'a>(&mut self, mut octets: &'a [u8]) -> Vec<&'a [u8]> {
        let mut pieces = Vec::new();
        while !octets.is_empty() {
            let longest = if self.below(8) == 0 { octets.len() } else { octets.len().min(16) };
            let (piece, rest) = octets.split_at(1 + self.below(longest));
            pieces.push(piece);
            octets = rest;
        }
        pieces
    }
}
