//! A session against a maildrop of rows, over a line that can be cut behind any octet: no browser, no clock, and none of
//! our own server, so that unique-ids can be repeated, missing and given anew.

use std::collections::VecDeque;

use popglass_protocol::{login::Wish, sasl::Nonce, secret::Secret, types::MessageNumber};
use popglass_session::{
    Effect, Ledger, LinkEvent, LinkOrder, Session,
    command::{Route, SessionCommand},
    event::{Ending, Reconciled, SessionEvent},
    security::Trust,
};

/// A message: its unique-id, if it has one, and its size.
pub(crate) type Row = (Option<&'static str>, u64);

/// A server's maildrop, and how the server treats it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postbox {
    pub(crate) rows: Vec<Row>,
    /// Answers UIDL.
    pub(crate) uidl: bool,
    pub(crate) pipelining: bool,
    /// Deletes only the first of the marked messages, and says so: `-ERR` to QUIT.
    pub(crate) half_hearted: bool,
    /// Says `+OK` to QUIT, and deletes nothing.
    pub(crate) forgetful: bool,
    pub(crate) marked: Vec<usize>,
    pub(crate) line: Vec<u8>,
}

impl Postbox {
    pub(crate) fn new(rows: &[Row]) -> Self {
        Self { rows: rows.to_vec(), uidl: true, pipelining: true, ..Self::default() }
    }

    /// One octet of the client; what the server says to it.
    fn take(&mut self, octet: u8) -> String {
        self.line.push(octet);
        if octet != b'\n' {
            return String::new();
        }
        let line = String::from_utf8(std::mem::take(&mut self.line)).expect("commands are ASCII");
        self.answer(line.trim_end())
    }

    fn answer(&mut self, line: &str) -> String {
        let (word, argument) = line.split_once(' ').unwrap_or((line, ""));
        let index = argument.parse::<usize>().map_or(0, |number| number - 1);
        match word {
            "CAPA" => {
                let pipelining = if self.pipelining { "PIPELINING\r\n" } else { "" };
                format!("+OK\r\nUSER\r\nTOP\r\n{pipelining}.\r\n")
            }
            "STAT" => {
                format!("+OK {} {}\r\n", self.rows.len(), self.rows.iter().map(|(_, octets)| octets).sum::<u64>())
            }
            "LIST" => self.listing(|(_, octets)| Some(octets.to_string())),
            "UIDL" if self.uidl => self.listing(|(unique_id, _)| unique_id.map(str::to_owned)),
            "UIDL" => "-ERR no such command\r\n".into(),
            "TOP" => "+OK\r\nSubject: x\r\n\r\n.\r\n".into(),
            "RETR" => format!("+OK\r\n{}", "x\r\n".repeat(1_000_000)),
            "DELE" if self.marked.contains(&index) => "-ERR marked already\r\n".into(),
            "DELE" => {
                self.marked.push(index);
                "+OK\r\n".into()
            }
            "RSET" => {
                self.marked.clear();
                "+OK\r\n".into()
            }
            "QUIT" => self.update(),
            _ => "+OK\r\n".into(),
        }
    }

    fn listing(&self, column: impl Fn(&Row) -> Option<String>) -> String {
        let rows = self.rows.iter().zip(1..);
        let lines: String = rows.filter_map(|(row, number)| Some(format!("{number} {}\r\n", column(row)?))).collect();
        format!("+OK\r\n{lines}.\r\n")
    }

    fn update(&mut self) -> String {
        let doomed: Vec<_> = std::mem::take(&mut self.marked);
        let doomed = match (self.forgetful, self.half_hearted) {
            (true, _) => &[][..],
            (false, true) => doomed.get(..1).unwrap_or_default(),
            (false, false) => &doomed,
        };
        let mut index = 0;
        self.rows.retain(|_| {
            index += 1;
            !doomed.contains(&(index - 1))
        });
        if self.half_hearted { "-ERR some messages not deleted\r\n".into() } else { "+OK\r\n".into() }
    }
}

/// A user, a session, and a line to a postbox.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) postbox: Postbox,
    pub(crate) events: Vec<SessionEvent>,
    /// Octets that the line still carries, either way; then it is cut.
    pub(crate) octets_left: Option<usize>,
    connected: bool,
    coming: VecDeque<u8>,
    /// Octets that still come before the server falls silent.
    held_back: Option<usize>,
    pub(crate) now: u64,
}

impl Desk {
    pub(crate) fn new(postbox: Postbox) -> Self {
        Self::with_session(postbox, Session::new())
    }

    fn with_session(postbox: Postbox, session: Session) -> Self {
        let (events, coming) = (Vec::new(), VecDeque::new());
        Self { session, postbox, events, octets_left: None, connected: false, coming, held_back: None, now: 1_000 }
    }

    /// The page is loaded anew, and a store kept the ledger.
    pub(crate) fn reloaded(&self) -> Self {
        let json = serde_json::to_string(&self.session.ledger()).expect("a ledger is plain data");
        let ledger: Ledger = serde_json::from_str(&json).expect("what was written can be read");
        assert_eq!(ledger, self.session.ledger());
        Self::with_session(Postbox { marked: Vec::new(), ..self.postbox.clone() }, Session::with_ledger(ledger))
    }

    pub(crate) fn connect(&mut self) {
        self.connect_as("ada");
    }

    pub(crate) fn connect_as(&mut self, user: &str) {
        self.events.clear();
        self.held_back = None;
        self.command(SessionCommand::Connect {
            route: Route::Sandbox,
            wish: Wish::Automatic,
            user: user.into(),
            password: Secret::new("secret".into()),
            trust: Trust::default(),
        });
    }

    pub(crate) fn reconnect(&mut self) {
        self.events.clear();
        self.held_back = None;
        self.command(SessionCommand::Reconnect);
    }

    pub(crate) fn mark(&mut self, numbers: &[u32]) {
        self.command(SessionCommand::Mark { numbers: self::numbers(numbers) });
    }

    pub(crate) fn command(&mut self, command: SessionCommand) {
        self.session.handle_command(command, self.now);
        self.run();
    }

    /// The server says so much more, and then nothing for a while.
    pub(crate) fn hold_back_after(&mut self, octets: usize) {
        self.held_back = Some(octets);
    }

    pub(crate) fn lose(&mut self) {
        self.connected = false;
        self.coming.clear();
        self.postbox.marked.clear();
        self.postbox.line.clear();
        self.session.handle_link(LinkEvent::Lost, self.now);
        self.run();
    }

    /// The session stands, and its maildrop is open.
    pub(crate) fn is_open(&self) -> bool {
        self.connected && self.events.iter().any(|event| matches!(event, SessionEvent::Mailbox(_)))
    }

    pub(crate) fn ending(&self) -> Option<&Ending> {
        self.events.iter().rev().find_map(|event| match event {
            SessionEvent::Ended(ending) => Some(ending),
            _ => None,
        })
    }

    /// What the login found of earlier deletions.
    pub(crate) fn reconciled(&self) -> Reconciled {
        let told = self.events.iter().find_map(|event| match event {
            SessionEvent::Reconciled(reconciled) => Some(reconciled.clone()),
            _ => None,
        });
        told.unwrap_or_default()
    }

    pub(crate) fn marks(&self) -> Vec<MessageNumber> {
        let marks = self.events.iter().rev().find_map(|event| match event {
            SessionEvent::Marks(numbers) => Some(numbers.clone()),
            _ => None,
        });
        marks.unwrap_or_default()
    }

    pub(crate) fn unique_ids(&self) -> Vec<&'static str> {
        self.postbox.rows.iter().filter_map(|(unique_id, _)| *unique_id).collect()
    }

    fn run(&mut self) {
        loop {
            while let Some(effect) = self.session.poll_effect() {
                self.carry_out(effect);
            }
            if self.coming.is_empty() || self.held_back == Some(0) {
                return;
            }
            self.deliver();
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Event(event, _) => self.events.push(event),
            Effect::Link(LinkOrder::Open { .. }) => {
                self.connected = true;
                self.session.handle_link(LinkEvent::Opened { secured: None, exporter: None, nonce: nonce() }, self.now);
                self.coming.extend(b"+OK\r\n");
            }
            Effect::Link(LinkOrder::Send(octets)) => {
                for octet in octets {
                    if !self.carries() {
                        return;
                    }
                    let answer = self.postbox.take(octet);
                    self.coming.extend(answer.into_bytes());
                }
            }
            Effect::Link(LinkOrder::Close) => {
                self.connected = false;
                self.coming.clear();
                self.postbox.marked.clear();
            }
            Effect::Link(LinkOrder::Learn { .. } | LinkOrder::StartTls)
            | Effect::Keep(_)
            | Effect::DropKept
            | Effect::Grant(_)
            | Effect::Read(_) => {}
        }
    }

    /// As much as the line carries, in reads of a usual size.
    fn deliver(&mut self) {
        let bounds = [self.octets_left, self.held_back].into_iter().flatten();
        let count = bounds.fold(self.coming.len().min(READ_OCTETS), usize::min);
        let octets: Vec<_> = self.coming.drain(..count).collect();
        self.octets_left = self.octets_left.map(|left| left - count);
        self.held_back = self.held_back.map(|left| left - count);
        self.session.handle_octets(&octets, self.now);
        if self.octets_left == Some(0) {
            self.octets_left = None;
            self.lose();
        }
    }

    /// Whether one more octet gets to the server.
    fn carries(&mut self) -> bool {
        match &mut self.octets_left {
            Some(0) => {
                self.octets_left = None;
                self.lose();
            }
            Some(left) => *left -= 1,
            None => {}
        }
        self.connected
    }
}

const READ_OCTETS: usize = 16 * 1024;

/// No test needs a new one each time.
fn nonce() -> Nonce {
    Nonce::from_octets([7; 18])
}

pub(crate) fn numbers(plain: &[u32]) -> Vec<MessageNumber> {
    plain.iter().filter_map(|number| MessageNumber::new(*number)).collect()
}
