//! Dot-stuffing both ways, streaming: a multi-line response ends with a line that holds a lone dot, and a line of
//! content that begins with a dot gets one more in front (RFC 1939 §3). Knows nothing of what the lines say.

use alloc::vec::Vec;

use crate::{
    codec::scan::measure_plain,
    deviation::{Rule, RuleSet},
};

/// What follows the last octet of a message, and of every multi-line response.
pub const TERMINATOR: &[u8] = b".\r\n";

/// Takes the stuffing out of a message as it streams in. Its state survives any cut between reads.
#[derive(Debug, Clone, Default)]
pub struct Unstuffer {
    place: Place,
    /// The last octet of the content so far.
    last: u8,
    lines: u64,
    octets: u64,
    faults: RuleSet,
    terminator: &'static [u8],
}

/// Where in a line the next octet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// The first line of content counts as a line start: `+OK` CRLF `.` CRLF is an empty response.
    #[default]
    LineStart,
    /// A dot came first: terminator, stuffing, or a dot that the server failed to stuff.
    Dot,
    /// A dot and a CR came: terminator if LF follows.
    DotCr,
    InLine,
}

impl Unstuffer {
    /// Lines of content that were complete so far.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Octets of content so far.
    #[must_use]
    pub fn octets(&self) -> u64 {
        self.octets
    }

    /// The line that ended the response, as it came; empty before.
    #[must_use]
    pub fn terminator(&self) -> &'static [u8] {
        self.terminator
    }

    /// The rules that were broken so far.
    #[must_use]
    pub fn faults(&self) -> RuleSet {
        self.faults
    }

    /// The connection ended. True if all that is missing is the line end of the terminator: then the content is
    /// complete. A lone dot could as well be the first of a doubled one, with more to come; only the octets that the
    /// content should have, where they are known, can tell.
    pub fn finish_cut(&mut self, octets_expected: Option<u64>) -> bool {
        let (complete, terminator): (_, &'static [u8]) = match self.place {
            Place::Dot => (octets_expected == Some(self.octets), b"."),
            Place::DotCr => (true, b".\r"),
            Place::LineStart | Place::InLine => (false, b""),
        };
        if complete {
            self.faults.insert(Rule::TerminatorCut);
            self.terminator = terminator;
        }
        complete
    }

    /// Moves content from the front of `input` to the end of `out`, at most `out_octets_max` a call, give or take two.
    /// True once the terminator was read; what follows it stays in `input`.
    ///
    /// The CRLF in front of the terminator belongs to the content. A line such as `.x`, which RFC 1939 does not
    /// allow, keeps its dot: dropping it would lose data that a server failed to stuff, and a server that stuffs
    /// never sends it. A terminator with a bare LF ends the response, too.
    pub fn decode(&mut self, input: &mut &[u8], out: &mut Vec<u8>, out_octets_max: usize) -> bool {
        let out_start = out.len();
        let mut ended = false;
        while let Some((&octet, rest)) = input.split_first() {
            let room = out_octets_max.saturating_sub(out.len() - out_start);
            if room == 0 {
                break;
            }
            match (self.place, octet) {
                (Place::LineStart, b'.') => {
                    self.place = Place::Dot;
                    *input = rest;
                }
                (Place::Dot, b'\r') => {
                    self.place = Place::DotCr;
                    *input = rest;
                }
                (Place::Dot | Place::DotCr, b'\n') => {
                    if self.place == Place::Dot {
                        self.faults.insert(Rule::BareLineFeed);
                    }
                    self.terminator = if self.place == Place::Dot { b".\n" } else { TERMINATOR };
                    self.place = Place::LineStart;
                    *input = rest;
                    ended = true;
                    break;
                }
                (Place::Dot, b'.') => self.copy(input, out, room),
                (Place::Dot | Place::DotCr, _) => {
                    self.faults.insert(Rule::DotNotStuffed);
                    let kept: &[u8] = if self.place == Place::Dot { b"." } else { b".\r" };
                    out.extend_from_slice(kept);
                    self.last = if self.place == Place::Dot { b'.' } else { b'\r' };
                    self.copy(input, out, room);
                }
                (Place::LineStart | Place::InLine, _) => self.copy(input, out, room),
            }
        }
        self.octets += (out.len() - out_start) as u64;
        ended
    }

    /// Copies up to the next line that begins with a dot, or all there is room for.
    fn copy(&mut self, input: &mut &[u8], out: &mut Vec<u8>, room: usize) {
        let within = input.get(..room).unwrap_or(input);
        let plain = measure_plain(within, self.last);
        let (taken, rest) = input.split_at(plain.octets);
        out.extend_from_slice(taken);
        *input = rest;
        self.lines += plain.line_feeds;
        if plain.bare_line_feeds > 0 {
            self.faults.insert(Rule::BareLineFeed);
        }
        self.last = taken.last().copied().unwrap_or(self.last);
        self.place = if self.last == b'\n' { Place::LineStart } else { Place::InLine };
    }
}

/// Puts the stuffing into a message as it streams out.
#[derive(Debug, Clone)]
pub struct Stuffer {
    line_start: bool,
    after_cr: bool,
}

impl Default for Stuffer {
    fn default() -> Self {
        Self { line_start: true, after_cr: false }
    }
}

impl Stuffer {
    /// Appends `content` to `out`, with a dot more at each line that begins with one.
    pub fn encode(&mut self, content: &[u8], out: &mut Vec<u8>) {
        for line in content.split_inclusive(|&octet| octet == b'\n') {
            if self.line_start && line.first() == Some(&b'.') {
                out.push(b'.');
            }
            out.extend_from_slice(line);
            self.line_start = line.last() == Some(&b'\n');
            self.after_cr = line.last() == Some(&b'\r');
        }
    }

    /// Ends the response; a message that does not end with a line end gets one, since the terminator must stand
    /// alone on its line.
    pub fn finish(self, out: &mut Vec<u8>) {
        if !self.line_start {
            out.extend_from_slice(if self.after_cr { b"\n" } else { b"\r\n" });
        }
        out.extend_from_slice(TERMINATOR);
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{Stuffer, Unstuffer};

    /// Every cut into two, and one octet a time: the content and the rest must not depend on the reads.
    fn check(wire: &str, expected: Option<&str>, rest: &str) {
        let wire = wire.as_bytes();
        let cuts = (0..=wire.len()).map(|cut| Vec::from([&wire[..cut], &wire[cut..]]));
        for reads in cuts.chain([wire.chunks(1).collect()]) {
            let mut unstuffer = Unstuffer::default();
            let (mut out, mut left, mut ended) = (Vec::new(), Vec::new(), false);
            for mut read in reads {
                if !ended {
                    ended = unstuffer.decode(&mut read, &mut out, usize::MAX);
                }
                left.extend_from_slice(read);
            }
            assert_eq!(ended.then_some(out.as_slice()), expected.map(str::as_bytes), "{wire:?}");
            assert_eq!(unstuffer.octets(), out.len() as u64);
            if expected.is_some() {
                assert_eq!(left, rest.as_bytes());
            }
        }
    }

    #[test]
    fn rfc1939_section3_stuffing_is_taken_out_and_the_terminator_is_found() {
        check("a\r\nb\r\n.\r\n", Some("a\r\nb\r\n"), "");
        check(".\r\n", Some(""), "");
        check("..\r\n.\r\n", Some(".\r\n"), "");
        check("...x\r\n.\r\n+OK\r\n", Some("..x\r\n"), "+OK\r\n");
        check("a.\r\n.\r\n", Some("a.\r\n"), "");
        check("a\r\n.\n+OK", Some("a\r\n"), "+OK");
        check("a\n.\r\n", Some("a\n"), "");
        check("a\r\n", None, "");
        check("a\r\n.\r", None, "");
    }

    #[test]
    fn a_dot_that_the_server_failed_to_stuff_is_kept() {
        check(".x\r\n.\r\n", Some(".x\r\n"), "");
        check(".\rx\r\n.\r\n", Some(".\rx\r\n"), "");
        check(".\r\r\n.\r\n", Some(".\r\r\n"), "");
    }

    #[test]
    fn output_is_bounded_and_goes_on_where_it_stopped() {
        let long = [b'y'; 1500];
        let wire: Vec<u8> = b"x\r\n".iter().chain(&long).copied().cycle().take(3006).chain(*b"\r\n.\r\n").collect();
        let (mut input, mut unstuffer, mut total, mut calls) = (wire.as_slice(), Unstuffer::default(), 0, 0);
        loop {
            let mut out = Vec::new();
            let ended = unstuffer.decode(&mut input, &mut out, 100);
            assert!(out.len() <= 102);
            (total, calls) = (total + out.len(), calls + 1);
            if ended {
                break;
            }
        }
        assert_eq!((total, unstuffer.lines()), (3008, 3));
        assert!(calls > 20);
    }

    #[test]
    fn stuffing_ends_every_message_with_a_line_end_and_a_lone_dot() {
        for (content, expected) in [
            ("a\r\n", "a\r\n.\r\n"),
            ("", ".\r\n"),
            ("a", "a\r\n.\r\n"),
            ("a\r", "a\r\n.\r\n"),
            (".\r\n..\r\n", "..\r\n...\r\n.\r\n"),
        ] {
            let mut out = Vec::new();
            let mut stuffer = Stuffer::default();
            for octet in content.as_bytes().chunks(1) {
                stuffer.encode(octet, &mut out);
            }
            stuffer.finish(&mut out);
            assert_eq!(out, expected.as_bytes());
        }
    }
}
