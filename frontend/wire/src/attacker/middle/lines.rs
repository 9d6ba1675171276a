//! Cuts one direction into lines, as long as it is POP3 in the clear. Knows no commands.

/// A longer line is passed on in pieces, as if each were one. RFC 2449 §4 allows 255 octets for commands, 512 for replies.
const LINE_OCTETS_MAX: usize = 1024;

/// What a TLS record of the handshake begins with (RFC 8446 §5.1), and no line of POP3.
const HANDSHAKE: u8 = 22;

/// One direction.
#[derive(Default)]
pub(super) struct Lines {
    line: Vec<u8>,
    /// TLS has begun: there are no lines any more.
    pub(super) is_tls: bool,
}

impl Lines {
    /// Takes octets; gives whole lines, and whatever comes once TLS has begun as it comes.
    pub(super) fn handle(&mut self, octets: &[u8], mut take: impl FnMut(&[u8])) {
        for (index, octet) in octets.iter().enumerate() {
            self.is_tls |= self.line.is_empty() && *octet == HANDSHAKE;
            if self.is_tls {
                take(&octets[index..]);
                return;
            }
            self.line.push(*octet);
            if *octet == b'\n' || self.line.len() >= LINE_OCTETS_MAX {
                take(&self.line);
                self.line.clear();
            }
        }
    }

    /// The beginning of a line that has no end yet.
    pub(super) fn take_rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.line)
    }
}

/// The line says this and nothing else; capitals and small letters are the same (RFC 1939 §3).
pub(super) fn says(line: &[u8], word: &str) -> bool {
    line.trim_ascii_end().eq_ignore_ascii_case(word.as_bytes())
}
