//! Multi-line responses for the transcript: the first lines as they came, stuffing and all; the rest counted. A
//! message of 5 MB is 66,000 lines. Knows nothing of what they mean.

use alloc::vec::Vec;
use core::mem;

use crate::{
    command::CommandName,
    limits,
    state::State,
    transcript::{Direction, Line, Meaning},
};

/// Records one multi-line response.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    /// The beginning of the line that is not complete, as far as it will be shown.
    begun: Vec<u8>,
    /// Its octets on the wire so far.
    begun_octets: u64,
    lines: u64,
    folded_octets: u64,
    terminator_octets: u64,
}

impl Recorder {
    /// Takes octets off the wire; hands out the lines that are complete and shown. `octets` differs from the length
    /// only where the caller dropped a line end.
    pub(super) fn take(&mut self, state: State, command: CommandName, wire: &[u8], octets: usize) -> Vec<Line> {
        let mut shown = Vec::new();
        let missing = octets.saturating_sub(wire.len()) as u64;
        for piece in wire.split_inclusive(|&octet| octet == b'\n') {
            self.begun_octets += piece.len() as u64;
            let room = (limits::TRANSCRIPT_LINE_CHARS_MAX + 2).saturating_sub(self.begun.len());
            self.begun.extend_from_slice(piece.get(..room).unwrap_or(piece));
            if piece.last() == Some(&b'\n') {
                shown.extend(self.end_line(state, command, missing));
            }
        }
        shown
    }

    fn end_line(&mut self, state: State, command: CommandName, missing: u64) -> Option<Line> {
        let content = mem::take(&mut self.begun);
        let octets = mem::take(&mut self.begun_octets) + missing;
        let content = content.strip_suffix(b"\n").unwrap_or(&content);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        if content == b"." {
            self.terminator_octets = octets;
            return None;
        }
        self.lines += 1;
        if self.lines > limits::TRANSCRIPT_BODY_LINES_MAX {
            self.folded_octets += octets;
            return None;
        }
        Some(Line::received(Direction::ServerToClient, state, Meaning::Body(command), content, octets))
    }

    /// The response is complete: what was folded, and the terminator.
    pub(super) fn finish(self, state: State, command: CommandName) -> Vec<Line> {
        let direction = Direction::ServerToClient;
        let folded = self.lines.saturating_sub(limits::TRANSCRIPT_BODY_LINES_MAX);
        let mut lines = Vec::new();
        if folded > 0 {
            let meaning = Meaning::BodyFolded { command, lines: folded };
            lines.push(Line::received(direction, state, meaning, b"", self.folded_octets));
        }
        lines.push(Line::received(direction, state, Meaning::BodyEnd(command), b".", self.terminator_octets));
        lines
    }
}
