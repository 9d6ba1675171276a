//! The message between DATA and the dot: unstuffed (RFC 5321 §4.5.2), bounded, and what is wrong with it. Knows no
//! headers.

use crate::smtp::{ReplyMeaning, TEXT_LINE_OCTETS_MAX};

/// A message under way.
#[derive(Debug, Default)]
pub(super) struct Content {
    octets: Vec<u8>,
    /// Why it will be refused at its end: until then everything is the message's (RFC 5321 §4.1.1.4).
    fault: Option<(ReplyMeaning, &'static str)>,
}

impl Content {
    /// One line as it came, without CRLF; not the last one, which is a dot alone.
    pub(super) fn push(&mut self, line: &[u8], octets_max: u64) {
        let line = line.strip_prefix(b".").unwrap_or(line);
        if line.len() + 2 > TEXT_LINE_OCTETS_MAX {
            return self.line_too_long();
        }
        if line.iter().any(|octet| matches!(octet, b'\r' | b'\n')) {
            return self.fail(ReplyMeaning::Failed, "a CR or LF stands alone in the message");
        }
        if self.octets.len() as u64 + line.len() as u64 + 2 > octets_max {
            return self.fail(ReplyMeaning::TooLarge, "the message is too large");
        }
        if self.fault.is_none() {
            self.octets.extend_from_slice(line);
            self.octets.extend_from_slice(b"\r\n");
        }
    }

    pub(super) fn line_too_long(&mut self) {
        self.fail(ReplyMeaning::LineTooLong, "a line of the message is too long");
    }

    /// The message, or why it is none.
    pub(super) fn finish(self) -> Result<Vec<u8>, (ReplyMeaning, &'static str)> {
        self.fault.map_or(Ok(self.octets), Err)
    }

    fn fail(&mut self, meaning: ReplyMeaning, text: &'static str) {
        self.fault.get_or_insert((meaning, text));
        self.octets = Vec::new();
    }
}
