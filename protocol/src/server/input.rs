//! What came from the client and is not answered yet: bounded, and cut into lines without moving what lies behind.
//! Knows nothing of what the lines say.

use alloc::vec::Vec;
use core::mem;

use crate::limits;

/// Octets in waiting.
#[derive(Default)]
pub(super) struct Input {
    octets: Vec<u8>,
    /// Where the next line begins.
    start: usize,
    /// Up to here there is no line end behind `start`.
    scanned: usize,
    /// What lies before `start` belongs to a line that passed its limit; its rest is still to come.
    skipping: bool,
}

// What waits may be a password.
impl core::fmt::Debug for Input {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Input({} octets)", self.octets.len() - self.start)
    }
}

/// More than [`limits::SERVER_INPUT_OCTETS_MAX`] would be in waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overflow;

/// The line passed its limit. Nothing of it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineTooLong;

impl Input {
    pub(super) fn push(&mut self, octets: &[u8]) -> Result<(), Overflow> {
        // Moved only when the half is used up: so each octet is moved once on average, however small the reads are.
        if self.start > self.octets.len() / 2 {
            self.octets.drain(..self.start);
            self.scanned -= self.start;
            self.start = 0;
        }
        if self.octets.len() - self.start + octets.len() > limits::SERVER_INPUT_OCTETS_MAX {
            return Err(Overflow);
        }
        self.octets.extend_from_slice(octets);
        Ok(())
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The next line without its end, CRLF or a bare LF; nothing while it is not complete. A line longer than
    /// `octets_max` is dropped as it comes, and told at its end.
    pub(super) fn take_line(&mut self, octets_max: usize) -> Option<Result<Vec<u8>, LineTooLong>> {
        let unseen = self.octets.get(self.scanned..).unwrap_or_default();
        let Some(place) = unseen.iter().position(|&octet| octet == b'\n') else {
            self.scanned = self.octets.len();
            if self.scanned - self.start > octets_max {
                self.clear();
                self.skipping = true;
            }
            return None;
        };
        let end = self.scanned + place + 1;
        let line = self.octets.get(self.start..end).unwrap_or_default();
        let too_long = mem::take(&mut self.skipping) || line.len() > octets_max;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let outcome = if too_long { Err(LineTooLong) } else { Ok(line.to_vec()) };
        self.start = end;
        self.scanned = end;
        if self.start == self.octets.len() {
            self.clear();
        }
        Some(outcome)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec::Vec};

    use super::{Input, Overflow};
    use crate::limits;

    fn check(octets: &str, expected: &[&str]) {
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
    }

    #[test]
    fn lines_are_the_same_whatever_the_reads() {
        check("NOOP\r\nQUIT\n", &["NOOP", "QUIT"]);
        check("12345678\r\n", &["12345678"]);
        check("123456789\r\nNOOP\r\n", &["too long", "NOOP"]);
        check("1234567890123456789012345\r\n\r\nno end", &["too long", ""]);
    }

    #[test]
    fn what_waits_is_bounded_and_makes_room_line_by_line() {
        let mut input = Input::default();
        let lines = b"NOOP\r\n".repeat(limits::SERVER_INPUT_OCTETS_MAX / 6);
        input.push(&lines).expect("it fits");
        assert_eq!(input.push(b"NOOP\r\n"), Err(Overflow));
        assert_eq!(input.take_line(10), Some(Ok(b"NOOP".to_vec())));
        input.push(b"NOOP\r\n").expect("one is taken");
        assert_eq!(core::iter::from_fn(|| input.take_line(10)).count(), limits::SERVER_INPUT_OCTETS_MAX / 6);
    }
}
