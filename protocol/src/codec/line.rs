//! Cuts a stream of octets into lines of bounded length. Knows nothing of what stands in them.

use alloc::vec::Vec;

use crate::codec::scan::find_line_feed;

/// Gathers one line across any number of reads. A line that lies whole in one read is handed out without a copy.
#[derive(Debug, Clone, Default)]
pub struct LineBuffer {
    octets: Vec<u8>,
    complete: bool,
}

/// One line as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceivedLine<'a> {
    /// Without its line end.
    pub content: &'a [u8],
    /// With it, as it came.
    pub wire: &'a [u8],
    /// On the wire, line end included.
    pub octets: usize,
    /// It ended in LF without CR.
    pub bare_line_feed: bool,
}

/// The line passes the limit. What was gathered of it is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTooLong;

impl LineBuffer {
    /// Takes octets from the front of `input` up to the next LF. Nothing while the line is not complete.
    ///
    /// CRLF ends a line (RFC 1939 §3); a bare LF is tolerated, since servers in the field send it.
    ///
    /// # Errors
    /// [`LineTooLong`] as soon as more than `octets_max` have come without an end.
    pub fn take_line<'a, 'i: 'a>(
        &'a mut self,
        input: &mut &'i [u8],
        octets_max: usize,
    ) -> Result<Option<ReceivedLine<'a>>, LineTooLong> {
        if self.complete {
            self.octets.clear();
            self.complete = false;
        }
        let end = find_line_feed(input);
        let (taken, rest) = input.split_at(end.map_or(input.len(), |end| end + 1));
        if self.octets.len() + taken.len() > octets_max {
            self.octets = Vec::new();
            return Err(LineTooLong);
        }
        *input = rest;
        if end.is_some() && self.octets.is_empty() {
            return Ok(Some(ReceivedLine::of(taken)));
        }
        self.complete = end.is_some();
        self.octets.extend_from_slice(taken);
        Ok(self.complete.then(|| ReceivedLine::of(&self.octets)))
    }

    /// What has come of a line that is not complete.
    #[must_use]
    pub fn begun(&self) -> &[u8] {
        if self.complete { &[] } else { &self.octets }
    }
}

impl<'a> ReceivedLine<'a> {
    fn of(line: &'a [u8]) -> Self {
        let without = line.strip_suffix(b"\n").unwrap_or(line);
        let (content, bare_line_feed) = match without.strip_suffix(b"\r") {
            Some(content) => (content, false),
            None => (without, true),
        };
        Self { content, wire: line, octets: line.len(), bare_line_feed }
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec::Vec};

    use super::LineBuffer;

    fn check(chunks: &[&str], octets_max: usize, expected: &[&str]) {
        let mut buffer = LineBuffer::default();
        let mut lines: Vec<String> = Vec::new();
        for chunk in chunks {
            let mut input = chunk.as_bytes();
            loop {
                match buffer.take_line(&mut input, octets_max) {
                    Ok(Some(line)) => lines.push(String::from_utf8_lossy(line.content).into_owned()),
                    Ok(None) => break,
                    Err(_) => {
                        lines.push("too long".into());
                        break;
                    }
                }
            }
        }
        assert_eq!(lines, expected, "{chunks:?}");
    }

    #[test]
    fn lines_are_cut_at_crlf_and_at_bare_lf_whatever_the_reads() {
        check(&["+OK\r\n"], 10, &["+OK"]);
        check(&["+O", "K\r", "\n-E", "RR\r\n"], 10, &["+OK", "-ERR"]);
        check(&["a\nb\r\n"], 10, &["a", "b"]);
        check(&["\r\n\r\n"], 10, &["", ""]);
        check(&["a\rb\r\n"], 10, &["a\rb"]);
        check(&["no end"], 10, &[]);
    }

    #[test]
    fn a_line_at_the_limit_passes_and_one_beyond_does_not() {
        check(&["12345678\r\n"], 10, &["12345678"]);
        check(&["123456789\r\n"], 10, &["too long"]);
        check(&["1234567", "8901"], 10, &["too long"]);
    }
}
