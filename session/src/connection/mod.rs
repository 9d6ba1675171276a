//! One connection to a server, from the greeting to the end: what is asked, in which order, and what the answers mean
//! for the user. Knows no link and no page; it leaves [`Outcome`]s for the session.

mod answers;
mod fetch;

use std::collections::{BTreeMap, BTreeSet};

use popglass_protocol::{
    client::{Client, CommandId, Error, Event, Output},
    command::{Command, CommandName},
    reply::{Identified, Listed, Refusal},
    transcript::{Line, Meaning},
    types::{MessageNumber, Password, UserName},
};

use crate::{
    Millis,
    command::SessionCommand,
    event::{Deletion, EndReason, Ending, MailboxEntry, Phase, SessionEvent},
    limits,
    marks::Marks,
    session::{Effect, LinkOrder, Payload},
    transfer::Transfers,
};

/// What the session is to do, in order.
#[derive(Debug)]
pub(crate) enum Outcome {
    Line(Line),
    Effect(Effect),
}

/// Why a command was sent: what its answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// What the server can do before the login.
    Capabilities,
    Login,
    /// What it can do after, which may differ.
    CapabilitiesAgain,
    Totals,
    Listing,
    UniqueIds,
    Header(MessageNumber),
    Message(MessageNumber),
    Mark(MessageNumber),
    TakeMarksBack,
    KeepAlive,
    Finish,
}

/// A connection that stands.
#[derive(Debug)]
pub(crate) struct Connection {
    client: Client,
    credentials: Option<(UserName, Password)>,
    purposes: BTreeMap<CommandId, Purpose>,
    listed: Vec<Listed>,
    unique_ids: Vec<Identified>,
    /// By number, once the maildrop is open.
    entries: Option<Vec<MailboxEntry>>,
    headers_asked: BTreeSet<MessageNumber>,
    header: Vec<u8>,
    transfers: Transfers,
    next_message: Option<MessageNumber>,
    marks: Marks,
    quit_sent: bool,
    last_heard: Millis,
    last_spoken: Millis,
    outcomes: Vec<Outcome>,
    ending: Option<Ending>,
}

impl Connection {
    pub(crate) fn new(user: UserName, password: Password, now: Millis) -> Self {
        Self {
            client: Client::new(),
            credentials: Some((user, password)),
            purposes: BTreeMap::new(),
            listed: Vec::new(),
            unique_ids: Vec::new(),
            entries: None,
            headers_asked: BTreeSet::new(),
            header: Vec::new(),
            transfers: Transfers::default(),
            next_message: None,
            marks: Marks::default(),
            quit_sent: false,
            last_heard: now,
            last_spoken: now,
            outcomes: Vec::new(),
            ending: None,
        }
    }

    pub(crate) fn handle_command(&mut self, command: SessionCommand, now: Millis) {
        if self.entries.is_none() || self.purposes.values().any(|purpose| *purpose == Purpose::Finish) {
            // Before the maildrop is open, and once QUIT is on its way, there is nothing to ask for.
            return;
        }
        match command {
            SessionCommand::ShowPage { page } => self.ask_for_headers(page),
            SessionCommand::Retrieve { number } => self.ask_for_message(number, now),
            SessionCommand::Cancel => self.cancel(now),
            SessionCommand::Mark { numbers } => {
                let numbers = self.known(&numbers);
                for number in self.marks.want(&numbers) {
                    self.send(Command::Dele(number), Purpose::Mark(number));
                }
            }
            SessionCommand::Unmark { numbers } => {
                if let Some(staying) = self.marks.unwant(&numbers) {
                    self.send(Command::Rset, Purpose::TakeMarksBack);
                    for number in staying {
                        self.send(Command::Dele(number), Purpose::Mark(number));
                    }
                }
            }
            SessionCommand::Finish => {
                self.withdraw_transfers();
                self.tell(SessionEvent::Phase(Phase::Finishing));
                self.send(Command::Quit, Purpose::Finish);
            }
            SessionCommand::LearnBridge
            | SessionCommand::Connect { .. }
            | SessionCommand::Reconnect
            | SessionCommand::Disconnect => {}
        }
    }

    pub(crate) fn handle_octets(&mut self, octets: &[u8], now: Millis) {
        self.last_heard = now;
        self.client.handle_input(octets);
    }

    pub(crate) fn handle_time(&mut self, now: Millis) {
        let Some(deadline) = self.deadline() else { return };
        if now < deadline {
            return;
        }
        if self.waits_for_server() {
            self.end(EndReason::TimedOut);
        } else {
            self.send(Command::Noop, Purpose::KeepAlive);
        }
    }

    pub(crate) fn deadline(&self) -> Option<Millis> {
        if self.waits_for_server() {
            return Some(self.last_heard.max(self.last_spoken).saturating_add(limits::REPLY_MS_MAX));
        }
        self.marks.pending().then(|| self.last_spoken.saturating_add(limits::KEEP_ALIVE_MS))
    }

    /// For an answer, or for the greeting.
    fn waits_for_server(&self) -> bool {
        self.client.in_flight() > 0 || self.credentials.is_some()
    }

    /// Everything that has come of the calls before.
    pub(crate) fn take_outcomes(&mut self, now: Millis) -> (Vec<Outcome>, Option<Ending>) {
        while self.ending.is_none() {
            match self.client.poll_output() {
                Ok(Output::Transmit(octets)) => {
                    self.last_spoken = now;
                    self.effect(Effect::Link(LinkOrder::Send(octets)));
                }
                Ok(Output::Event(event)) => self.handle_event(event, now),
                // STLS is never asked for while TLS ends in the bridge or nowhere.
                Ok(Output::UpgradeTls | Output::Idle) => break,
                Err(error) => self.end(fault(&error)),
            }
        }
        if let Some(progress) = self.transfers.progress(now) {
            self.tell(SessionEvent::Progress(progress));
        }
        (std::mem::take(&mut self.outcomes), self.ending.take())
    }

    /// What a cut means for the marks: without QUIT nothing is deleted (RFC 1939 §6); with QUIT under way, who knows.
    pub(crate) fn deletion_if_cut(&self) -> Deletion {
        let numbers = self.marks.possible();
        match (numbers.is_empty(), self.quit_sent) {
            (true, _) => Deletion::NothingMarked,
            (false, true) => Deletion::Unknown { numbers },
            (false, false) => Deletion::NothingDeleted { numbers },
        }
    }

    fn handle_event(&mut self, event: Event, now: Millis) {
        match event {
            Event::Line(line) => {
                self.quit_sent |= line.meaning == Meaning::Command(CommandName::Quit);
                self.outcomes.push(Outcome::Line(line));
            }
            Event::Greeting { .. } => self.send(Command::Capa, Purpose::Capabilities),
            Event::GreetingRefused { text } => self.end(EndReason::GreetingRefused { text }),
            Event::Chunk { id, octets, octets_total, .. } => self.handle_chunk(id, octets, octets_total),
            Event::Reply { id, reply } => {
                if let Some(purpose) = self.purposes.remove(&id) {
                    self.handle_reply(purpose, reply, now);
                }
            }
            Event::NotSent { id, .. } => {
                self.purposes.remove(&id);
            }
            // The transcript shows it; what follows is the end of the connection.
            Event::Unsolicited { .. } => {}
        }
        if let Some(progress) = self.transfers.progress(now) {
            self.tell(SessionEvent::Progress(progress));
        }
    }

    fn known(&self, numbers: &[MessageNumber]) -> Vec<MessageNumber> {
        numbers.iter().copied().filter(|number| self.octets(*number).is_some()).collect()
    }

    fn send(&mut self, command: Command, purpose: Purpose) {
        let id = self.client.send(command);
        self.purposes.insert(id, purpose);
    }

    fn end(&mut self, reason: EndReason) {
        let deletion = self.deletion_if_cut();
        self.ending.get_or_insert(Ending { reason, deletion });
    }

    fn effect(&mut self, effect: Effect) {
        self.outcomes.push(Outcome::Effect(effect));
    }

    fn tell(&mut self, event: SessionEvent) {
        self.effect(Effect::Event(event, Payload::None));
    }

    fn refused(&mut self, number: Option<MessageNumber>, refusal: Refusal) {
        self.tell(SessionEvent::Refused { number, refusal });
    }
}

fn fault(error: &Error) -> EndReason {
    let detail = error.to_string();
    match error {
        Error::PeerMisbehaved(_) => EndReason::PeerMisbehaved { detail },
        Error::LimitExceeded(_) => EndReason::LimitExceeded { detail },
    }
}
