//! Looks for line ends eight octets at a time, in plain integers: the same speed on every target, without `unsafe` and
//! without a dependency. Knows nothing of lines beyond their ends.

/// Octets of a machine word.
const WORD_OCTETS: usize = 8;

const LINE_FEEDS: u64 = repeat(b'\n');
const LOW_BITS: u64 = repeat(0x7f);
const HIGH_BITS: u64 = repeat(0x80);

const fn repeat(octet: u8) -> u64 {
    u64::from_le_bytes([octet; WORD_OCTETS])
}

/// The high bit of each octet of `word` that is LF; exact, unlike the shorter trick that a borrow can fool.
const fn line_feed_bits(word: u64) -> u64 {
    let differing = word ^ LINE_FEEDS;
    !(((differing & LOW_BITS) + LOW_BITS) | differing) & HIGH_BITS
}

/// Where the first LF is.
#[must_use]
pub fn find_line_feed(octets: &[u8]) -> Option<usize> {
    let (words, rest) = octets.as_chunks::<WORD_OCTETS>();
    for (index, word) in words.iter().enumerate() {
        let bits = line_feed_bits(u64::from_le_bytes(*word));
        if bits != 0 {
            return Some(index * WORD_OCTETS + bits.trailing_zeros() as usize / 8);
        }
    }
    let place = rest.iter().position(|&octet| octet == b'\n')?;
    Some(words.len() * WORD_OCTETS + place)
}

/// Lines up to the first that begins with a dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Plain {
    /// Octets up to there, or all.
    pub octets: usize,
    /// LFs among them.
    pub line_feeds: u64,
    /// LFs among them without a CR in front.
    pub bare_line_feeds: u64,
}

/// Measures the octets in front of the first LF that a dot follows, that LF included: all that can be copied as it is.
/// `before` is the octet in front of the first.
#[must_use]
pub fn measure_plain(octets: &[u8], before: u8) -> Plain {
    let mut plain = Plain { octets: octets.len(), ..Plain::default() };
    // Takes the LF at a place; true if a dot follows it.
    let take = |plain: &mut Plain, place: usize| {
        plain.line_feeds += 1;
        let previous = place.checked_sub(1).and_then(|place| octets.get(place)).copied().unwrap_or(before);
        plain.bare_line_feeds += u64::from(previous != b'\r');
        octets.get(place + 1) == Some(&b'.')
    };
    let (words, rest) = octets.as_chunks::<WORD_OCTETS>();
    for (index, word) in words.iter().enumerate() {
        let mut bits = line_feed_bits(u64::from_le_bytes(*word));
        while bits != 0 {
            let place = index * WORD_OCTETS + bits.trailing_zeros() as usize / 8;
            if take(&mut plain, place) {
                plain.octets = place + 1;
                return plain;
            }
            bits &= bits - 1;
        }
    }
    let start = words.len() * WORD_OCTETS;
    for (index, _) in rest.iter().enumerate().filter(|(_, octet)| **octet == b'\n') {
        if take(&mut plain, start + index) {
            plain.octets = start + index + 1;
            return plain;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{Plain, find_line_feed, measure_plain};

    /// The same, one octet at a time.
    fn slowly(octets: &[u8], mut before: u8) -> Plain {
        let mut plain = Plain::default();
        for (place, &octet) in octets.iter().enumerate() {
            plain.octets = place + 1;
            if octet == b'\n' {
                plain.line_feeds += 1;
                plain.bare_line_feeds += u64::from(before != b'\r');
                if octets.get(place + 1) == Some(&b'.') {
                    break;
                }
            }
            before = octet;
        }
        plain
    }

    #[test]
    fn words_and_single_octets_find_the_same() {
        // Every string of six from an alphabet that holds what matters, and what differs from LF by one bit, at every
        // place within a word.
        let alphabet = [b'\n', b'\r', b'.', b'x', 0x0b, 0x8a];
        for pick in 0..6_usize.pow(6) {
            let middle: Vec<u8> = (0..6).map(|place| alphabet[pick / 6_usize.pow(place) % 6]).collect();
            let lead = pick % 9;
            let octets = [&b"yyyyyyyyy"[..lead], &middle, &b"zzzzz"[..pick % 5]].concat();
            assert_eq!(measure_plain(&octets, b'\r'), slowly(&octets, b'\r'), "{octets:?}");
            assert_eq!(find_line_feed(&octets), octets.iter().position(|&octet| octet == b'\n'), "{octets:?}");
        }
    }

    #[test]
    fn the_octet_before_the_first_counts() {
        assert_eq!(measure_plain(b"\nx", b'\r').bare_line_feeds, 0);
        assert_eq!(measure_plain(b"\nx", b'x').bare_line_feeds, 1);
        assert_eq!(measure_plain(b"", b'x'), Plain::default());
    }
}
