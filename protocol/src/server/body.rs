//! A message on its way out, chunk by chunk: cut for TOP, stuffed, and ended. Knows nothing of the session.

use alloc::vec::Vec;

use crate::{codec::multiline::Stuffer, limits, server::Maildrop, types::MessageNumber};

/// What is left to send of one message.
#[derive(Debug)]
pub(super) struct Body {
    number: MessageNumber,
    offset: usize,
    end: usize,
    stuffer: Option<Stuffer>,
}

impl Body {
    /// The whole message, or for TOP its header, the blank line, and so many lines of the body (RFC 1939 §7).
    pub(super) fn new(message: &[u8], number: MessageNumber, body_lines: Option<u32>) -> Self {
        let end = body_lines.map_or(message.len(), |lines| top_octets(message, lines));
        Self { number, offset: 0, end, stuffer: Some(Stuffer::default()) }
    }

    /// Nothing once all is sent.
    pub(super) fn next_chunk<D: Maildrop>(&mut self, maildrop: &D) -> Option<Vec<u8>> {
        let stuffer = self.stuffer.as_mut()?;
        let end = self.end.min(self.offset.saturating_add(limits::CHUNK_OCTETS_MAX));
        let content = maildrop.message(self.number).get(self.offset..end).unwrap_or_default();
        let mut chunk = Vec::with_capacity(content.len() + 64);
        stuffer.encode(content, &mut chunk);
        self.offset = end;
        if self.offset >= self.end {
            self.stuffer.take()?.finish(&mut chunk);
        }
        Some(chunk)
    }
}

/// Where TOP ends: behind the blank line and `body_lines` more lines.
fn top_octets(message: &[u8], body_lines: u32) -> usize {
    let mut lines_left = None;
    let mut octets = 0;
    for line in message.split_inclusive(|&octet| octet == b'\n') {
        match &mut lines_left {
            Some(0) => break,
            Some(left) => *left -= 1,
            None if line == b"\r\n" || line == b"\n" => lines_left = Some(body_lines),
            None => {}
        }
        octets += line.len();
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::top_octets;

    #[test]
    fn rfc1939_section7_top_sends_the_header_the_blank_line_and_so_many_lines() {
        for (message, lines, expected) in [
            ("A: b\r\n\r\n1\r\n2\r\n3\r\n", 0, "A: b\r\n\r\n"),
            ("A: b\r\n\r\n1\r\n2\r\n3\r\n", 2, "A: b\r\n\r\n1\r\n2\r\n"),
            ("A: b\r\n\r\n1\r\n2\r\n3\r\n", 9, "A: b\r\n\r\n1\r\n2\r\n3\r\n"),
            ("A: b\r\n\r\n\r\n\r\n", 1, "A: b\r\n\r\n\r\n"),
            ("A: b\r\n", 5, "A: b\r\n"),
            ("", 0, ""),
        ] {
            assert_eq!(&message[..top_octets(message.as_bytes(), lines)], expected);
        }
    }
}
