//! One connection to a server, from the greeting to the end: what is asked, in which order, and what the answers mean
//! for the user. Knows no link and no page; it leaves [`Outcome`]s for the session.

mod answers;
mod by_hand;
mod deletion;
mod fetch;
mod login;

use std::collections::{BTreeMap, BTreeSet};

use popglass_protocol::{
    client::{Client, CommandId, Error, Event, Limit, Misbehaviour, Output},
    command::{Command, CommandName},
    deviation::Deviation,
    login::driver::Login,
    reply::{Identified, Listed, Refusal},
    sasl::{ChallengeFault, Nonce},
    state::State,
    transcript::{Direction, Line, Meaning},
    types::MessageNumber,
};

use crate::{
    Millis,
    account::Account,
    command::SessionCommand,
    connection::by_hand::{Hand, Typed},
    event::{EndReason, Ending, Phase, SessionEvent},
    host::{Effect, LinkOrder, Payload},
    ledger::Deletions,
    limits,
    listing::Listing,
    marks::{Change, Marked, Marks},
    transfer::Transfers,
};

/// What the session is to do, in order.
#[derive(Debug)]
pub(crate) enum Outcome {
    Line(Line),
    Deviation(Deviation),
    Effect(Effect),
}

/// Why a command was sent: what its answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// What the server can do after the login, which may differ from what it could before.
    CapabilitiesAgain,
    Totals,
    Listing,
    UniqueIds,
    Header(MessageNumber),
    Message(MessageNumber),
    /// Where it was typed the transcript alone shows what was refused.
    Marks {
        change: Change,
        by: By,
    },
    /// What is not marked: the rest is.
    Unmarked,
    KeepAlive,
    Finish,
    /// None of the session's: the user typed it.
    Typed(Typed),
}

/// Who asks for a change of the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// Or the session itself.
    Button,
    /// A typed command.
    Line,
    /// A typed line that may be none to the server: it only resembles one (RFC 1939 §3), or may go out as a response.
    UnsureLine,
}

/// A connection that stands.
#[derive(Debug)]
pub(crate) struct Connection {
    client: Client,
    /// Until it is over; sends its commands itself.
    login: Option<Login>,
    purposes: BTreeMap<CommandId, Purpose>,
    listed: Vec<Listed>,
    unique_ids: Vec<Identified>,
    /// Once the maildrop is open.
    listing: Option<Listing>,
    headers_asked: BTreeSet<MessageNumber>,
    header: Vec<u8>,
    transfers: Transfers,
    next_message: Option<MessageNumber>,
    /// As the server has confirmed them. Answers come in the order of the questions, so this is what the server had marked
    /// when it gave the last one.
    marks: Marks,
    /// What is to be marked again if the server marks it, since a button takes it back and did not mean to.
    again: Marks,
    /// The DELEs that were refused since nothing was under way the last time; no more than were sent.
    refused_marks: Vec<Marked>,
    deletions: Deletions,
    /// What an earlier session left marked goes on being marked, without a question.
    marks_again: bool,
    /// Of an earlier session, and the user has not said yet what becomes of them.
    offered: Vec<MessageNumber>,
    quit_sent: bool,
    /// What only sessions with typed lines have.
    hand: Hand,
    /// As told to the page.
    state_told: Option<State>,
    /// The server said `+OK` to STLS, and TLS does not stand yet.
    securing: bool,
    last_heard: Millis,
    last_spoken: Millis,
    outcomes: Vec<Outcome>,
    ending: Option<Ending>,
}

impl Connection {
    /// On a connection that stands. `deletions` is what the ledger knows of the account; with `marks_again` what was
    /// marked and not deleted is marked again without a question.
    pub(crate) fn new(
        account: &Account,
        nonce: Nonce,
        exporter: Option<[u8; 32]>,
        deletions: Deletions,
        now: Millis,
    ) -> Self {
        Self {
            client: Client::new(),
            login: login::plan(account, nonce, exporter).map(Login::new),
            purposes: BTreeMap::new(),
            listed: Vec::new(),
            unique_ids: Vec::new(),
            listing: None,
            headers_asked: BTreeSet::new(),
            header: Vec::new(),
            transfers: Transfers::default(),
            next_message: None,
            marks: Marks::default(),
            again: Marks::default(),
            refused_marks: Vec::new(),
            deletions,
            marks_again: account.marks_again,
            offered: Vec::new(),
            quit_sent: false,
            hand: Hand::new(account),
            state_told: None,
            securing: false,
            last_heard: now,
            last_spoken: now,
            outcomes: Vec::new(),
            ending: None,
        }
    }

    pub(crate) fn handle_command(&mut self, command: SessionCommand, now: Millis) {
        let quits_by_hand = self.is_by_hand() && command == SessionCommand::Finish;
        if !(self.is_open() || quits_by_hand)
            || self.purposes.values().any(|purpose| matches!(purpose, Purpose::Finish | Purpose::Typed(Typed::Quit)))
        {
            // Before the maildrop is open, and once QUIT is on its way, there is nothing to ask for.
            return;
        }
        match command {
            SessionCommand::ShowPage { page } => self.ask_for_headers(page),
            SessionCommand::Retrieve { number } => self.ask_for_message(number, now),
            SessionCommand::Cancel => self.cancel(now),
            SessionCommand::Mark { numbers } => {
                let numbers = self.known(&numbers);
                self.mark(&numbers);
                self.tell_unchanged();
            }
            SessionCommand::Unmark { numbers } => self.unmark(&numbers),
            SessionCommand::MarkRemaining => {
                let offered = std::mem::take(&mut self.offered);
                self.mark(&offered);
            }
            SessionCommand::ForgetRemaining => self.forget_offered(),
            SessionCommand::Finish => {
                self.withdraw_transfers();
                self.tell(SessionEvent::Phase(Phase::Finishing));
                self.send(Command::Quit, Purpose::Finish);
            }
            SessionCommand::LearnBridge { .. }
            | SessionCommand::Connect { .. }
            | SessionCommand::ConnectByHand { .. }
            | SessionCommand::SendLine { .. }
            | SessionCommand::OpenMaildrop
            | SessionCommand::Pace(_)
            | SessionCommand::NextLine
            | SessionCommand::TrustCertificate { .. }
            | SessionCommand::ReadCertificates { .. }
            | SessionCommand::ReadAuthorities { .. }
            | SessionCommand::Reconnect
            | SessionCommand::Disconnect => {}
        }
    }

    pub(crate) fn handle_octets(&mut self, octets: &[u8], now: Millis) {
        self.last_heard = now;
        self.client.handle_input(octets);
    }

    /// The server hung up.
    pub(crate) fn handle_close(&mut self) {
        self.client.handle_close();
    }

    pub(crate) fn handle_time(&mut self, now: Millis) {
        let Some(deadline) = self.deadline() else { return };
        if now < deadline {
            return;
        }
        if self.securing || self.client.wait().is_some() {
            self.end(EndReason::TimedOut);
        } else {
            self.send(Command::Noop, Purpose::KeepAlive);
        }
    }

    pub(crate) fn deadline(&self) -> Option<Millis> {
        if self.securing {
            return Some(self.last_heard.saturating_add(limits::CONNECT_MS_MAX));
        }
        if let Some(wait) = self.client.wait() {
            return Some(self.last_heard.max(self.last_spoken).saturating_add(wait.silence_ms_max));
        }
        // Nothing is asked for in the middle of what the user does, nor by a session that asks for nothing.
        let keeps_alive = !self.marks.is_empty() && self.client.in_flight() == 0 && !self.is_by_hand();
        keeps_alive.then(|| self.last_spoken.saturating_add(limits::KEEP_ALIVE_MS))
    }

    /// The maildrop is open.
    pub(crate) fn is_open(&self) -> bool {
        self.listing.is_some()
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
                Ok(Output::UpgradeTls) if self.hand.can_start_tls => {
                    self.hand.can_start_tls = false;
                    self.securing = true;
                    self.tell(SessionEvent::Phase(Phase::Securing));
                    self.effect(Effect::Link(LinkOrder::StartTls));
                }
                Ok(Output::UpgradeTls) => self.end(EndReason::TlsOutOfPlace),
                Ok(Output::Idle) => break,
                Err(error) => self.end(fault(&error)),
            }
            self.tell_state();
        }
        self.tell_state();
        if let Some(progress) = self.transfers.progress(now) {
            self.tell(SessionEvent::Progress(progress));
        }
        (std::mem::take(&mut self.outcomes), self.ending.take())
    }

    fn handle_event(&mut self, event: Event, now: Millis) {
        let outcome = self.login.as_mut().and_then(|login| login.handle_event(&mut self.client, &event));
        match event {
            Event::Line(line) => {
                if is_login(line.meaning) && self.login.is_some() {
                    self.tell(SessionEvent::Phase(Phase::LoggingIn));
                }
                self.outcomes.push(Outcome::Line(line));
            }
            Event::GreetingRefused { text } => self.end(EndReason::GreetingRefused { text }),
            Event::Chunk { id, octets, octets_total, .. } => self.handle_chunk(id, octets, octets_total),
            Event::Reply { id, reply } => {
                self.settle_quit_refused();
                if let Some(purpose) = self.purposes.remove(&id) {
                    self.handle_reply(purpose, reply, now);
                }
            }
            Event::NotSent { id, .. } => {
                self.purposes.remove(&id);
            }
            Event::Deviation(deviation) => self.outcomes.push(Outcome::Deviation(deviation)),
            Event::Dropped { id } => {
                if let Some(purpose) = self.purposes.remove(&id) {
                    self.handle_dropped(purpose, now);
                }
            }
            // The transcript shows what nobody asked for; what follows is the end of the connection. The login follows
            // the greeting, and its authenticator answers the challenges.
            Event::Greeting { .. } => {
                if self.is_by_hand() {
                    self.tell(SessionEvent::Phase(Phase::ByHand));
                }
            }
            Event::Typed { id, said } => self.handle_typed(id, said),
            Event::Unsolicited { .. } | Event::Challenge { .. } => {}
        }
        if let Some(outcome) = outcome {
            self.login = None;
            self.login_over(outcome);
        }
        if let Some(progress) = self.transfers.progress(now) {
            self.tell(SessionEvent::Progress(progress));
        }
    }

    /// A line goes into the transcript; one of the client's is about to leave, and what that means is written before.
    pub(crate) fn handle_passed(&mut self, line: &Line, now: Millis) {
        if line.direction == Direction::ClientToServer {
            self.last_spoken = now;
            if line.meaning == Meaning::Command(CommandName::Quit) || self.is_lax_quit(line.meaning) {
                self.quit_sent = true;
                // What waits behind it is not sent: a mark among it stays a wish.
                self.record();
            }
        }
    }

    /// The server is there, whether or not its words are taken in yet.
    pub(crate) fn handle_sign_of_life(&mut self, now: Millis) {
        self.last_heard = now;
    }

    /// The server said `+OK` to STLS, and TLS does not stand yet.
    pub(crate) fn is_securing(&self) -> bool {
        self.securing
    }

    /// The transcript shows nothing of the lines that come now.
    pub(crate) fn folds(&self) -> bool {
        self.client.folds()
    }

    fn tell_state(&mut self) {
        let state = self.client.state();
        if self.state_told.replace(state) != Some(state) {
            self.tell(SessionEvent::State(state));
        }
    }

    /// The state as the page knows it.
    pub(crate) fn state_told(&self) -> Option<State> {
        self.state_told
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

fn is_login(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Command(CommandName::User | CommandName::Apop | CommandName::Auth))
}

fn fault(error: &Error) -> EndReason {
    let detail = error.to_string();
    match error {
        Error::PeerMisbehaved(Misbehaviour::NotProven) => EndReason::LoginAborted(ChallengeFault::ServerNotProven),
        // The message was larger than LIST said, so there was more to read and drop than it is worth.
        Error::LimitExceeded(Limit::Drain) => EndReason::Cancelled,
        Error::PeerMisbehaved(_) => EndReason::PeerMisbehaved { detail },
        Error::LimitExceeded(_) => EndReason::LimitExceeded { detail },
    }
}
