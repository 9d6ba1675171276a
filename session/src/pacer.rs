//! Holds lines back between link and connection, so that a learner sees one after the other: what the client says before
//! it is sent, what the server says before it is taken in, in the order in which it came. Knows no POP3 but its lines.

use std::{collections::VecDeque, fmt};

use popglass_protocol::{
    codec::scan::find_line_feed,
    transcript::{Direction, Line, shown},
};

use crate::{Millis, command::Pace, event::HeldLine, host::LinkEvent, limits};

/// What waits, and how it passes.
#[derive(Debug, Default)]
pub(crate) struct Pacer {
    pace: Pace,
    queue: VecDeque<Held>,
    /// Whole lines in the queue.
    lines: usize,
    /// The server's octets in the queue and in `begun`.
    octets: usize,
    /// What has come of a line of the server whose end has not.
    begun: Vec<u8>,
    /// Lines of the client whose octets are about to come.
    announced: VecDeque<Line>,
    /// The rest of a long response passes.
    body_passes: bool,
    /// When the next line passes in slow motion.
    due: Option<Millis>,
    told: Option<HeldLine>,
}

/// What waits. May hold a password, so it says nothing of itself.
enum Held {
    /// A line of the client, for the transcript and for the wire.
    Sent(Line, Vec<u8>),
    /// Lines of the server, and how many octets of them have passed.
    Received(Vec<u8>, usize),
    /// What happened to the link after all that.
    Link(LinkEvent),
}

/// What passes now. May hold a password, so it says nothing of itself.
pub(crate) enum Passing {
    /// A line of the client.
    Sent(Line, Vec<u8>),
    /// A line of the server, or a piece of one.
    Received(Vec<u8>),
    /// What happened to the link.
    Link(LinkEvent),
}

/// The link brought more than it was granted.
#[derive(Debug)]
pub(crate) struct TooMuch;

impl fmt::Debug for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Sent(..) => "Sent",
            Self::Received(..) => "Received",
            Self::Link(_) => "Link",
        })
    }
}

impl Pacer {
    pub(crate) fn set_pace(&mut self, pace: Pace, now: Millis) {
        self.pace = pace;
        self.due = None;
        self.arm(now);
    }

    /// Nothing is held, and nothing will be.
    pub(crate) fn is_open(&self) -> bool {
        self.pace == Pace::Play && self.queue.is_empty() && self.begun.is_empty()
    }

    /// Something waits for the user, or for its time.
    pub(crate) fn is_holding(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Something of the server's has come and was not taken in.
    pub(crate) fn holds_received(&self) -> bool {
        self.octets > 0
    }

    /// When the next line passes by itself.
    pub(crate) fn due(&self) -> Option<Millis> {
        self.due
    }

    /// A line of the client that the next octets of [`Self::hold_sent`] hold.
    pub(crate) fn announce(&mut self, line: Line) {
        self.announced.push_back(line);
    }

    /// Whole lines of the client, announced before.
    pub(crate) fn hold_sent(&mut self, octets: &[u8]) {
        for wire in octets.split_inclusive(|octet| *octet == b'\n') {
            if let Some(line) = self.announced.pop_front() {
                self.queue.push_back(Held::Sent(line, wire.to_vec()));
                self.lines += 1;
            }
        }
    }

    /// Octets of the server.
    pub(crate) fn hold_received(&mut self, octets: &[u8]) -> Result<(), TooMuch> {
        self.octets += octets.len();
        if self.octets > limits::HELD_OCTETS_MAX {
            return Err(TooMuch);
        }
        self.begun.extend_from_slice(octets);
        let ended = self.begun.iter().rposition(|octet| *octet == b'\n').map_or(0, |place| place + 1);
        let is_long = self.begun.len() - ended > limits::HELD_LINE_OCTETS_MAX;
        let rest = self.begun.split_off(if is_long { self.begun.len() } else { ended });
        self.push_received(rest);
        Ok(())
    }

    /// The link has come to an end; what came of a last line is all there will be.
    pub(crate) fn hold_link(&mut self, event: LinkEvent) {
        self.push_received(Vec::new());
        self.queue.push_back(Held::Link(event));
    }

    /// What has begun is to wait in the queue, but for the rest.
    fn push_received(&mut self, rest: Vec<u8>) {
        let octets = std::mem::replace(&mut self.begun, rest);
        if !octets.is_empty() {
            self.lines += octets.split_inclusive(|octet| *octet == b'\n').count();
            self.queue.push_back(Held::Received(octets, 0));
        }
    }

    /// The user, or the time, lets one line pass: `folds` if the transcript shows nothing of it, so that all that it shows
    /// nothing of passes with it.
    pub(crate) fn step(&mut self, folds: bool) -> Option<Passing> {
        let next = self.queue.front()?;
        self.body_passes = folds && matches!(next, Held::Received(..));
        self.take()
    }

    /// What passes without being asked. In the end, what has begun of a line.
    pub(crate) fn take_passing(&mut self, folds: bool) -> Option<Passing> {
        self.body_passes &= folds;
        match self.queue.front() {
            _ if self.pace == Pace::Play => self.take().or_else(|| self.take_begun()),
            Some(Held::Link(_)) => self.take(),
            Some(Held::Received(..)) if self.body_passes => self.take(),
            Some(Held::Sent(..) | Held::Received(..)) | None => None,
        }
    }

    /// All of the server's that is held, past what is held of the client's.
    pub(crate) fn take_received(&mut self) -> Vec<u8> {
        let mut octets = Vec::new();
        for held in std::mem::take(&mut self.queue) {
            match held {
                Held::Received(held, passed) => octets.extend(held.get(passed..).unwrap_or_default()),
                held => self.queue.push_back(held),
            }
        }
        self.lines = self.queue.iter().filter(|held| matches!(held, Held::Sent(..))).count();
        octets.append(&mut self.begun);
        self.octets = 0;
        octets
    }

    fn take(&mut self) -> Option<Passing> {
        self.due = None;
        match self.queue.pop_front()? {
            Held::Sent(line, octets) => {
                self.lines -= 1;
                Some(Passing::Sent(line, octets))
            }
            Held::Received(octets, passed) => {
                let line = first_line(octets.get(passed..).unwrap_or_default()).to_vec();
                let passed = passed + line.len();
                if passed < octets.len() {
                    self.queue.push_front(Held::Received(octets, passed));
                }
                self.lines -= 1;
                self.octets -= line.len();
                Some(Passing::Received(line))
            }
            Held::Link(event) => Some(Passing::Link(event)),
        }
    }

    fn take_begun(&mut self) -> Option<Passing> {
        self.octets -= self.begun.len();
        let begun = std::mem::take(&mut self.begun);
        (!begun.is_empty()).then_some(Passing::Received(begun))
    }

    /// In slow motion the first that waits passes after its time.
    pub(crate) fn arm(&mut self, now: Millis) {
        if self.pace == Pace::Slow && self.is_holding() {
            self.due.get_or_insert(now.saturating_add(limits::SLOW_LINE_MS));
        } else {
            self.due = None;
        }
    }

    /// The line that is held, if it is not the one that was told last.
    pub(crate) fn news(&mut self, folds: bool) -> Option<Option<HeldLine>> {
        let (direction, text, rest_of_body) = match self.queue.front() {
            Some(Held::Sent(line, _)) => (Direction::ClientToServer, line.text.clone(), false),
            Some(Held::Received(octets, passed)) => {
                let line = first_line(octets.get(*passed..).unwrap_or_default());
                let line = line.strip_suffix(b"\n").unwrap_or(line);
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                (Direction::ServerToClient, shown(line), folds)
            }
            Some(Held::Link(_)) | None => return self.told.take().map(|_| None),
        };
        let held = HeldLine { direction, text, rest_of_body, waiting: self.lines - 1 };
        (self.told.as_ref() != Some(&held)).then(|| {
            self.told = Some(held.clone());
            Some(held)
        })
    }

    /// The connection is gone, and what was held with it; the pace stays. True if a held line was told.
    pub(crate) fn clear(&mut self) -> bool {
        let pacer = std::mem::take(self);
        self.pace = pacer.pace;
        pacer.told.is_some()
    }
}

/// The first line of what is held, its end included.
fn first_line(octets: &[u8]) -> &[u8] {
    let end = find_line_feed(octets).map_or(octets.len(), |end| end + 1);
    octets.get(..end).unwrap_or(octets)
}
