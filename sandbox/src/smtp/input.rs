//! What came from the client, cut into lines. A line ends in CRLF and in nothing else (RFC 5321 §2.3.8): who takes a bare
//! LF for an end lets messages be smuggled. Knows nothing of what the lines say.

use std::mem;

use crate::smtp::INPUT_OCTETS_MAX;

/// Octets in waiting.
#[derive(Debug, Default)]
pub(super) struct Input {
    octets: Vec<u8>,
    /// Where the next line begins.
    start: usize,
    /// Up to here there is no CRLF.
    scanned: usize,
    /// The line passed its limit; its rest is still to come.
    skipping: bool,
}

/// More than [`INPUT_OCTETS_MAX`] would be in waiting.
#[derive(Debug)]
pub(super) struct Overflow;

/// The line passed its limit. Nothing of it was kept.
#[derive(Debug)]
pub(super) struct LineTooLong;

impl Input {
    pub(super) fn push(&mut self, octets: &[u8]) -> Result<(), Overflow> {
        // Moved only when the half is used up: so each octet is moved once on average, however small the reads are.
        if self.start > self.octets.len() / 2 {
            self.octets.drain(..self.start);
            self.scanned -= self.start;
            self.start = 0;
        }
        if self.octets.len() - self.start + octets.len() > INPUT_OCTETS_MAX {
            return Err(Overflow);
        }
        self.octets.extend_from_slice(octets);
        Ok(())
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The next line without its CRLF; nothing while it is not complete. `octets_max` counts CRLF.
    pub(super) fn take_line(&mut self, octets_max: usize) -> Option<Result<Vec<u8>, LineTooLong>> {
        // One octet back: CR may have been the last of the read before.
        let from = self.scanned.saturating_sub(1).max(self.start);
        let place = self.octets.get(from..)?.windows(2).position(|pair| pair == b"\r\n");
        let Some(place) = place else {
            self.scanned = self.octets.len();
            if self.scanned - self.start > octets_max {
                let cr = self.octets.last() == Some(&b'\r');
                *self = Self { skipping: true, octets: if cr { vec![b'\r'] } else { Vec::new() }, ..Self::default() };
            }
            return None;
        };
        let (start, end) = (self.start, from + place);
        let too_long = mem::take(&mut self.skipping) || end + 2 - start > octets_max;
        let line = self.octets.get(start..end).unwrap_or_default().to_vec();
        (self.start, self.scanned) = (end + 2, end + 2);
        Some(if too_long { Err(LineTooLong) } else { Ok(line) })
    }
}

#[cfg(test)]
mod tests {
    use super::Input;

    #[test]
    fn lines_end_in_crlf_alone_and_are_the_same_whatever_the_reads() {
        let check = |octets: &str, expected: &[&str]| {
            for cut in 1..=octets.len() {
                let (mut input, mut lines) = (Input::default(), Vec::new());
                for read in octets.as_bytes().chunks(cut) {
                    input.push(read).expect("it is little");
                    while let Some(line) = input.take_line(10) {
                        lines.push(line.map_or("too long".into(), |line| String::from_utf8(line).expect("text")));
                    }
                }
                assert_eq!(lines, expected, "{octets:?} {cut}");
            }
        };
        check("NOOP\r\nQUIT\r\n", &["NOOP", "QUIT"]);
        check("a\nb\r\nc\rd\r\n\r\n", &["a\nb", "c\rd", ""]);
        check("12345678\r\n123456789\r\nNOOP\r\n", &["12345678", "too long", "NOOP"]);
        check("1234567890123456789\r0\n12345\r\n\r\nno end", &["too long", ""]);
    }
}
