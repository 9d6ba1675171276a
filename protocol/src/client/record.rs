//! Multi-line responses for the transcript: the first lines as they came, stuffing and all; the rest counted. A
//! message of 5 MB is 66,000 lines. Knows nothing of what they mean.

use alloc::vec::Vec;
use core::mem;

use crate::{
    codec::{line::ReceivedLine, scan::find_line_feed},
    command::CommandName,
    limits,
    state::State,
    transcript::{Line, Meaning, WireLine},
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
        while !self.folds() && !wire.is_empty() {
            let end = find_line_feed(wire);
            let (piece, rest) = wire.split_at(end.map_or(wire.len(), |end| end + 1));
            wire = rest;
            self.begun_octets += piece.len() as u64;
            let room = limits::TRANSCRIPT_WIRE_OCTETS_MAX.saturating_sub(self.begun.len());
            self.begun.extend_from_slice(piece.get(..room).unwrap_or(piece));
            if end.is_some() {
                let octets = mem::take(&mut self.begun_octets);
                let wire = mem::take(&mut self.begun);
                let content = wire.strip_suffix(b"\n").unwrap_or(&wire);
                let content = content.strip_suffix(b"\r").unwrap_or(content);
                if content != b"." {
                    shown.push(self.show(state, command, WireLine { content, wire: &wire, octets }));
                }
            }
        }
        shown
    }

    /// Takes a whole line of a listing.
    pub(super) fn take_line(&mut self, state: State, command: CommandName, line: &ReceivedLine<'_>) -> Option<Line> {
        self.octets += line.octets as u64;
        (!self.folds()).then(|| self.show(state, command, line.into()))
    }

    /// Lines that come now are counted, not shown.
    pub(super) fn folds(&self) -> bool {
        self.lines_shown >= limits::TRANSCRIPT_BODY_LINES_MAX
    }

    /// Octets on the wire that no line shows.
    pub(super) fn add_octets(&mut self, octets: u64) {
        self.octets += octets;
    }

    fn show(&mut self, state: State, command: CommandName, line: WireLine<'_>) -> Line {
        self.lines_shown += 1;
        self.octets_shown += line.octets;
        Line::received(state, Meaning::Body(command), line)
    }

    /// The response is complete, with so many lines of content: what was folded, and the terminator, whose octets are
    /// among those taken.
    pub(super) fn finish(self, state: State, command: CommandName, lines: u64, terminator: &[u8]) -> Vec<Line> {
        let terminator = WireLine { content: b".", wire: terminator, octets: terminator.len() as u64 };
        let folded = lines.saturating_sub(self.lines_shown);
        let mut shown = Vec::new();
        if folded > 0 {
            let meaning = Meaning::BodyFolded { command, lines: folded };
            let octets = self.octets.saturating_sub(self.octets_shown + terminator.octets);
            shown.push(Line::received(state, meaning, WireLine { content: b"", wire: b"", octets }));
        }
        shown.push(Line::received(state, Meaning::BodyEnd(command), terminator));
        shown
    }
}
