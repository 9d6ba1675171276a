//! Multi-line responses for the transcript: the first lines as they came, stuffing and all; the rest counted. A
//! message of 5 MB is 66,000 lines. Knows nothing of what they mean.

use alloc::vec::Vec;
use core::mem;

use crate::{
    codec::scan::find_line_feed,
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
    lines_shown: u64,
    octets_shown: u64,
    octets: u64,
}

impl Recorder {
    /// Takes octets of a message off the wire; hands out the lines that are complete and shown.
    pub(super) fn take(&mut self, state: State, command: CommandName, mut wire: &[u8]) -> Vec<Line> {
        self.octets += wire.len() as u64;
        let mut shown = Vec::new();
        while self.lines_shown < limits::TRANSCRIPT_BODY_LINES_MAX && !wire.is_empty() {
            let end = find_line_feed(wire);
            let (piece, rest) = wire.split_at(end.map_or(wire.len(), |end| end + 1));
            wire = rest;
            self.begun_octets += piece.len() as u64;
            let room = (limits::TRANSCRIPT_LINE_CHARS_MAX + 2).saturating_sub(self.begun.len());
            self.begun.extend_from_slice(piece.get(..room).unwrap_or(piece));
            if end.is_some() {
                let content = mem::take(&mut self.begun);
                let octets = mem::take(&mut self.begun_octets);
                let content = content.strip_suffix(b"\n").unwrap_or(&content);
                let content = content.strip_suffix(b"\r").unwrap_or(content);
                if content != b"." {
                    shown.push(self.show(state, command, content, octets));
                }
            }
        }
        shown
    }

    /// Takes a whole line of a listing.
    pub(super) fn take_line(
        &mut self,
        state: State,
        command: CommandName,
        content: &[u8],
        octets: u64,
    ) -> Option<Line> {
        self.octets += octets;
        let shown = self.lines_shown < limits::TRANSCRIPT_BODY_LINES_MAX;
        shown.then(|| self.show(state, command, content, octets))
    }

    /// Octets on the wire that no line shows.
    pub(super) fn add_octets(&mut self, octets: u64) {
        self.octets += octets;
    }

    fn show(&mut self, state: State, command: CommandName, content: &[u8], octets: u64) -> Line {
        self.lines_shown += 1;
        self.octets_shown += octets;
        Line::received(Direction::ServerToClient, state, Meaning::Body(command), content, octets)
    }

    /// The response is complete, with so many lines of content: what was folded, and the terminator, whose octets are
    /// among those taken.
    pub(super) fn finish(self, state: State, command: CommandName, lines: u64, terminator_octets: u64) -> Vec<Line> {
        let direction = Direction::ServerToClient;
        let folded = lines.saturating_sub(self.lines_shown);
        let mut shown = Vec::new();
        if folded > 0 {
            let meaning = Meaning::BodyFolded { command, lines: folded };
            let octets = self.octets.saturating_sub(self.octets_shown + terminator_octets);
            shown.push(Line::received(direction, state, meaning, b"", octets));
        }
        shown.push(Line::received(direction, state, Meaning::BodyEnd(command), b".", terminator_octets));
        shown
    }
}
