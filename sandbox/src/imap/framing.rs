//! What came from the client, cut into commands: lines, and the literals that lines announce (RFC 3501 §4.3). Bounded.
//! Knows nothing of what the commands say.

use std::{collections::VecDeque, mem};

use crate::imap::{COMMAND_OCTETS_MAX, INPUT_OCTETS_MAX, LINE_OCTETS_MAX};

/// Octets in waiting.
#[derive(Default)]
pub(super) struct Input {
    octets: VecDeque<u8>,
    /// Up to here there is no line end.
    scanned: usize,
    /// What is complete of the command under way.
    command: Vec<u8>,
    /// Octets of a literal that are still to come.
    literal_left: usize,
    /// The line passed its limit; its rest is still to come.
    skipping: bool,
}

// What waits may be a password.
impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Input({} octets)", self.octets.len() + self.command.len())
    }
}

/// More than [`INPUT_OCTETS_MAX`] would be in waiting.
#[derive(Debug)]
pub(super) struct Overflow;

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A whole command with its CRLF.
    Command(Vec<u8>),
    /// A literal is announced, and the client waits for leave to send it.
    LiteralAnnounced,
    /// The line passed its limit. Nothing of it was kept.
    LineTooLong,
    /// The announced literal would pass the limit; this came before it. Nothing of it was kept. Told whether the client
    /// waits, or sends it all the same.
    LiteralTooLarge { before: Vec<u8>, waits: bool },
}

impl Input {
    pub(super) fn push(&mut self, octets: &[u8]) -> Result<(), Overflow> {
        if self.octets.len() + octets.len() > INPUT_OCTETS_MAX {
            return Err(Overflow);
        }
        self.octets.extend(octets);
        Ok(())
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The next thing; nothing while it is not complete.
    pub(super) fn take(&mut self) -> Option<Found> {
        loop {
            let of_literal = self.literal_left.min(self.octets.len());
            self.command.extend(self.octets.drain(..of_literal));
            self.literal_left -= of_literal;
            if self.literal_left > 0 {
                return None;
            }
            let line = self.take_line()?;
            if mem::take(&mut self.skipping) || line.len() > LINE_OCTETS_MAX {
                self.command.clear();
                return Some(Found::LineTooLong);
            }
            self.command.extend_from_slice(&line);
            let Some((octets, waits)) = announced(&line) else {
                return Some(Found::Command(mem::take(&mut self.command)));
            };
            if octets > COMMAND_OCTETS_MAX.saturating_sub(self.command.len() + LINE_OCTETS_MAX) {
                return Some(Found::LiteralTooLarge { before: mem::take(&mut self.command), waits });
            }
            self.literal_left = octets;
            if waits {
                return Some(Found::LiteralAnnounced);
            }
        }
    }

    /// The next line with its CRLF; the end of a line that passed its limit, if that.
    fn take_line(&mut self) -> Option<Vec<u8>> {
        while let Some(place) = self.octets.range(self.scanned..).position(|octet| *octet == b'\n') {
            let end = self.scanned + place;
            self.scanned = end + 1;
            if end > 0 && self.octets.get(end - 1) == Some(&b'\r') {
                self.scanned = 0;
                return Some(self.octets.drain(..=end).collect());
            }
        }
        self.scanned = self.octets.len();
        if self.scanned > LINE_OCTETS_MAX {
            self.skipping = true;
            // The last octet may be the CR of the line's end.
            self.octets.drain(..self.scanned - 1);
            self.scanned = 1;
        }
        None
    }
}

/// The literal that a line announces at its end: `{12}`, or `{12+}` if it follows unasked (RFC 7888).
fn announced(line: &[u8]) -> Option<(usize, bool)> {
    let line = line.strip_suffix(b"}\r\n")?;
    let begin = line.iter().rposition(|octet| *octet == b'{')?;
    let digits = str::from_utf8(line.get(begin + 1..)?).ok()?;
    let (digits, waits) = digits.strip_suffix('+').map_or((digits, true), |digits| (digits, false));
    let is_number = !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit());
    // A number too large for us is too large a literal.
    is_number.then(|| (digits.parse().unwrap_or(usize::MAX), waits))
}

#[cfg(test)]
mod tests {
    use super::{Found, Input, LINE_OCTETS_MAX};

    fn check(octets: &[u8], expected: &[Found]) {
        for cut in [1, 2, 3, 7, octets.len()] {
            let (mut input, mut found) = (Input::default(), Vec::new());
            for read in octets.chunks(cut) {
                input.push(read).expect("it is little");
                found.extend(std::iter::from_fn(|| input.take()));
            }
            assert_eq!(found, expected, "{cut}");
        }
    }

    fn command(text: &str) -> Found {
        Found::Command(text.as_bytes().to_vec())
    }

    #[test]
    fn commands_end_with_the_line_that_announces_no_literal() {
        check(b"a NOOP\r\nb LOGOUT\r\n", &[command("a NOOP\r\n"), command("b LOGOUT\r\n")]);
        check(
            b"a LOGIN {3}\r\na\r\n {0}\r\n\r\n",
            &[Found::LiteralAnnounced, Found::LiteralAnnounced, command("a LOGIN {3}\r\na\r\n {0}\r\n\r\n")],
        );
        check(b"a LOGIN {2+}\r\nab x\r\n", &[command("a LOGIN {2+}\r\nab x\r\n")]);
        check(b"a b\nc\r\n{}\r\n", &[command("a b\nc\r\n"), command("{}\r\n")]);
        let large = |waits| Found::LiteralTooLarge {
            before: if waits { b"a {99999}\r\n".to_vec() } else { b"a {99999999999999999999+}\r\n".to_vec() },
            waits,
        };
        check(b"a {99999}\r\nNOOP\r\n", &[large(true), command("NOOP\r\n")]);
        check(b"a {99999999999999999999+}\r\n", &[large(false)]);
        let long = [&b"x".repeat(LINE_OCTETS_MAX)[..], b"\r\na NOOP\r\n"].concat();
        check(&long, &[Found::LineTooLong, command("a NOOP\r\n")]);
    }
}
