//! Cuts a stream of octets into lines of bounded length. Knows nothing of what stands in them.

use alloc::vec::Vec;

/// Gathers one line across any number of reads.
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
    /// On the wire, line end included.
    pub octets: usize,
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
    pub fn take_line(&mut self, input: &mut &[u8], octets_max: usize) -> Result<Option<ReceivedLine<'_>>, LineTooLong> {
        if self.complete {
            self.octets.clear();
            self.complete = false;
        }
        let (taken, rest) = match input.iter().position(|&octet| octet == b'\n') {
            Some(end) => {
                self.complete = true;
                input.split_at(end + 1)
            }
            None => input.split_at(input.len()),
        };
        if self.octets.len() + taken.len() > octets_max {
            self.octets = Vec::new();
            return Err(LineTooLong);
        }
        self.octets.extend_from_slice(taken);
        *input = rest;
        Ok(self.complete.then(|| ReceivedLine { content: without_line_end(&self.octets), octets: self.octets.len() }))
    }
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
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
