//! The session as the page sees it: one connection at a time, the account it belongs to, and the transcript. What is
//! said on the connection is `connection`'s business.

mod pacing;

use std::collections::VecDeque;

use popglass_protocol::{sasl::Nonce, secret::Secret, state::State};

use crate::{
    Millis,
    account::{Account, Credentials},
    command::{Route, SessionCommand},
    connection::{Connection, Outcome},
    event::{BridgeState, Deletion, EndReason, Ending, Entry, Item, LineFault, Note, Phase, SessionEvent},
    host::{Effect, LinkEvent, LinkOrder, Payload, Read, Reading},
    ledger::{Holder, Ledger},
    limits,
    pacer::Pacer,
    security::Secured,
};

/// The session. See the crate's documentation for its contract.
#[derive(Debug, Default)]
pub struct Session {
    account: Option<Account>,
    /// But for what the connection that stands knows.
    ledger: Ledger,
    stage: Stage,
    pacer: Pacer,
    /// Octets of the server that were taken in and not granted anew yet.
    taken: u64,
    effects: VecDeque<Effect>,
    entries: u64,
    now: Millis,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Idle,
    Dialling {
        since: Millis,
    },
    Connected {
        /// Nothing as long as nobody knows who logged in by hand.
        holder: Option<Holder>,
        connection: Box<Connection>,
    },
}

impl Session {
    /// A session that has done nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A session that remembers what earlier ones left open.
    #[must_use]
    pub fn with_ledger(ledger: Ledger) -> Self {
        Self { ledger, ..Self::default() }
    }

    /// What would have to be known if everything ended at this moment.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let mut ledger = self.ledger.clone();
        if let Stage::Connected { holder: Some(holder), connection } = &self.stage {
            ledger.put(holder.clone(), connection.deletions().clone());
        }
        ledger
    }

    /// The next thing to do; nothing until the host calls again.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// When [`Self::handle_time`] wants to be called.
    #[must_use]
    pub fn deadline(&self) -> Option<Millis> {
        match &self.stage {
            Stage::Idle => None,
            Stage::Dialling { since } => Some(since.saturating_add(limits::CONNECT_MS_MAX)),
            // Nobody is late while the user thinks.
            Stage::Connected { .. } if self.pacer.is_holding() => self.pacer.due(),
            Stage::Connected { connection, .. } => connection.deadline(),
        }
    }

    /// The page asks.
    pub fn handle_command(&mut self, command: SessionCommand, now: Millis) {
        self.now = now;
        self.carry_out(command);
        self.proceed();
    }

    fn carry_out(&mut self, command: SessionCommand) {
        match command {
            SessionCommand::LearnBridge { bridge } => self.order(LinkOrder::Learn { bridge }),
            SessionCommand::ReadCertificates { secured } => {
                self.effects.push_back(Effect::Read(Reading::Certificates(secured)));
            }
            SessionCommand::ReadAuthorities { text } => {
                self.effects.push_back(Effect::Read(Reading::Authorities(text)));
            }
            SessionCommand::Connect { route, wish, user, password, trust } => {
                self.disconnect();
                let credentials = Credentials { wish, user, secret: password };
                match credentials.check() {
                    Ok(()) => {
                        let credentials = Some(credentials);
                        self.account = Some(Account { route, trust, credentials, marks_again: false });
                        self.dial();
                    }
                    Err(reason) => self.end(reason, Deletion::NothingMarked),
                }
            }
            SessionCommand::ConnectByHand { route, trust } => {
                self.disconnect();
                self.account = Some(Account { route, trust, credentials: None, marks_again: false });
                self.dial();
            }
            SessionCommand::Reconnect => self.reconnect(),
            SessionCommand::TrustCertificate { trust } => {
                if let Some(account) = self.account.as_mut() {
                    account.trust = trust;
                }
                self.reconnect();
            }
            SessionCommand::Disconnect => {
                self.disconnect();
                self.account = None;
            }
            SessionCommand::SendLine { line } => self.send_line(line),
            SessionCommand::OpenMaildrop => self.open_maildrop(),
            SessionCommand::Pace(pace) => self.set_pace(pace),
            SessionCommand::NextLine => self.pass_next(),
            command => self.with_connection(|connection, now| connection.handle_command(command, now)),
        }
    }

    /// Something happened to the link.
    pub fn handle_link(&mut self, event: LinkEvent, now: Millis) {
        self.now = now;
        match event {
            LinkEvent::Learned(hello) => {
                let state = hello.map_or(BridgeState::Unreachable, BridgeState::Known);
                self.tell(SessionEvent::Bridge(state));
            }
            LinkEvent::Opened { secured, exporter, nonce } => self.opened(secured, exporter, nonce),
            LinkEvent::Secured { secured, exporter } => self.secured(secured, exporter),
            end if self.hold_end(&end) => {}
            end => self.end_of_link(end),
        }
        self.proceed();
    }

    /// There will be nothing more from the link.
    fn end_of_link(&mut self, event: LinkEvent) {
        match event {
            LinkEvent::Learned(_) | LinkEvent::Opened { .. } | LinkEvent::Secured { .. } => {}
            LinkEvent::TlsFailed(refusal) => {
                self.note(Note::TlsFailed(refusal.fault));
                self.hang_up(EndReason::TlsRefused(Box::new(refusal)));
            }
            LinkEvent::NoTlsModule => self.hang_up(EndReason::TlsMissing),
            LinkEvent::Unreachable => self.cut(EndReason::BridgeUnreachable),
            LinkEvent::NoSandbox => self.cut(EndReason::SandboxMissing),
            LinkEvent::Failed(reason) => {
                self.note(Note::BridgeFailed(reason));
                self.cut(EndReason::BridgeFailed(reason));
            }
            LinkEvent::Closed => {
                if !matches!(self.stage, Stage::Idle) {
                    self.note(Note::ClosedByServer);
                }
                self.with_connection(|connection, _| connection.handle_close());
                self.cut(EndReason::ServerClosed);
            }
            LinkEvent::Lost => self.cut(EndReason::BridgeLost),
        }
    }

    /// What was read comes back.
    pub fn handle_reading(&mut self, read: Read) {
        self.tell(match read {
            Read::Certificates(sections) => SessionEvent::Certificates(sections),
            Read::Authorities(authorities) => SessionEvent::AuthoritiesRead(authorities),
        });
    }

    /// Octets from the server.
    pub fn handle_octets(&mut self, octets: &[u8], now: Millis) {
        self.now = now;
        self.receive(octets);
        self.proceed();
    }

    /// The deadline has come, or anything before it.
    pub fn handle_time(&mut self, now: Millis) {
        self.now = now;
        match &self.stage {
            Stage::Dialling { since } if now >= since.saturating_add(limits::CONNECT_MS_MAX) => {
                self.hang_up(EndReason::TimedOut);
            }
            Stage::Idle | Stage::Dialling { .. } => {}
            Stage::Connected { .. } if self.pacer.is_holding() => self.pass_if_due(now),
            Stage::Connected { .. } => self.with_connection(Connection::handle_time),
        }
        self.proceed();
    }

    fn reconnect(&mut self) {
        if matches!(self.stage, Stage::Idle) {
            self.dial();
        }
    }

    fn dial(&mut self) {
        let Some(account) = &self.account else { return };
        let (route, trust) = (account.route.clone(), account.trust.clone());
        self.stage = Stage::Dialling { since: self.now };
        self.tell(SessionEvent::Phase(Phase::Connecting));
        self.note(match route.clone() {
            Route::Sandbox => Note::SandboxOpened,
            Route::Bridge { target, tls } => Note::Dialling { target, tls },
        });
        self.order(LinkOrder::Open { route, trust });
    }

    fn opened(&mut self, secured: Option<Secured>, exporter: Option<[u8; 32]>, nonce: Nonce) {
        let (Stage::Dialling { .. }, Some(account)) = (&self.stage, &self.account) else { return };
        let ends = match &account.route {
            Route::Sandbox => None,
            Route::Bridge { tls, .. } => Some(*tls),
        };
        let holder = account.holder();
        let deletions = holder.as_ref().map(|holder| self.ledger.take(holder)).unwrap_or_default();
        let connection = Box::new(Connection::new(account, nonce, exporter, deletions, self.now));
        self.stage = Stage::Connected { holder, connection };
        self.note(Note::Connected { tls: ends });
        if let Some(secured) = secured {
            self.tell_secured(secured);
        }
        self.tell(SessionEvent::Phase(Phase::Greeting));
        self.with_connection(|_, _| {});
    }

    /// TLS stands after STLS.
    fn secured(&mut self, secured: Secured, exporter: Option<[u8; 32]>) {
        if matches!(self.stage, Stage::Connected { .. }) {
            self.tell_secured(secured);
            self.with_connection(|connection, now| connection.handle_secured(exporter, now));
        }
    }

    fn tell_secured(&mut self, secured: Secured) {
        if secured.ends.in_page() {
            let (version, suite) = (secured.summary.version.clone(), secured.summary.suite.clone());
            self.note(Note::TlsStands { version, suite });
        }
        self.tell(SessionEvent::Secured(secured));
    }

    /// A line as typed; what cannot be sent goes back.
    fn send_line(&mut self, line: Secret<String>) {
        let fault = match &mut self.stage {
            Stage::Idle | Stage::Dialling { .. } => Some(LineFault::NoConnection),
            Stage::Connected { connection, .. } => connection.send_line(&line).err(),
        };
        match fault {
            Some(fault) => self.tell(SessionEvent::LineNotSent { line, fault }),
            None => self.with_connection(|_, _| {}),
        }
    }

    /// From here on the session is one like any other, also in what it remembers, if it knows whose maildrop it is.
    fn open_maildrop(&mut self) {
        let (Stage::Connected { holder, connection }, Some(account)) = (&mut self.stage, &self.account) else { return };
        if !connection.can_open_maildrop() {
            return;
        }
        if let Some(holder) = holder.take() {
            // It was refused once.
            self.ledger.put(holder, connection.deletions().clone());
        }
        let user = connection.user_typed().map(str::to_owned);
        *holder = user.map(|user| Holder { route: account.route.clone(), user });
        let deletions = holder.as_ref().map(|holder| self.ledger.take(holder)).unwrap_or_default();
        self.with_connection(|connection, _| connection.open_maildrop(deletions));
    }

    /// Hangs up at the user's wish.
    fn disconnect(&mut self) {
        if matches!(self.stage, Stage::Idle) {
            return;
        }
        self.order(LinkOrder::Close);
        self.note(Note::ClosedByClient);
        let deletion = match &mut self.stage {
            Stage::Connected { connection, .. } => {
                let deletion = connection.deletion_if_cut();
                connection.give_up_marks();
                deletion
            }
            Stage::Idle | Stage::Dialling { .. } => Deletion::NothingMarked,
        };
        self.leave(EndReason::Disconnected, deletion);
    }

    /// The connection below still stands, and is of no use any more.
    fn hang_up(&mut self, reason: EndReason) {
        self.order(LinkOrder::Close);
        self.cut(reason);
    }

    /// The link is gone, for this reason unless the connection knows better.
    fn cut(&mut self, reason: EndReason) {
        match &self.stage {
            Stage::Idle => {}
            Stage::Dialling { .. } => self.leave(reason, Deletion::NothingMarked),
            Stage::Connected { connection, .. } => {
                let deletion = connection.deletion_if_cut();
                self.leave(reason, deletion);
            }
        }
    }

    /// There is no connection any more; the ledger keeps what it left open.
    fn leave(&mut self, reason: EndReason, deletion: Deletion) {
        if let Stage::Connected { holder, mut connection } = std::mem::take(&mut self.stage) {
            if let Some(account) = self.account.as_mut().filter(|_| connection.is_open()) {
                account.marks_again = reason == EndReason::Cancelled;
            }
            self.drop_held();
            for line in connection.take_unsent_lines() {
                self.tell(SessionEvent::LineNotSent { line, fault: LineFault::NoConnection });
            }
            if connection.state_told() != Some(State::Closed) {
                self.tell(SessionEvent::State(State::Closed));
            }
            if let Some(holder) = holder {
                self.ledger.put(holder, connection.into_deletions());
            }
            self.effects.push_back(Effect::DropKept);
        }
        self.end(reason, deletion);
    }

    fn end(&mut self, reason: EndReason, deletion: Deletion) {
        self.tell(SessionEvent::Ended(Ending { reason, deletion }));
    }

    /// Lets the connection act, and carries out what it wants.
    fn with_connection(&mut self, act: impl FnOnce(&mut Connection, Millis)) {
        let Stage::Connected { connection, .. } = &mut self.stage else { return };
        act(connection, self.now);
        let (outcomes, ending) = connection.take_outcomes(self.now);
        for outcome in outcomes {
            match outcome {
                Outcome::Line(line) => self.say(line),
                Outcome::Deviation(deviation) => self.record(Item::Deviation(deviation)),
                Outcome::Effect(Effect::Link(LinkOrder::Send(octets))) => self.send(octets),
                Outcome::Effect(effect) => self.effects.push_back(effect),
            }
        }
        if let Some(Ending { reason, deletion }) = ending {
            if reason == EndReason::Finished {
                self.account = None;
            }
            self.order(LinkOrder::Close);
            self.note(Note::ClosedByClient);
            self.leave(reason, deletion);
        }
    }

    fn order(&mut self, order: LinkOrder) {
        self.effects.push_back(Effect::Link(order));
    }

    fn tell(&mut self, event: SessionEvent) {
        self.effects.push_back(Effect::Event(event, Payload::None));
    }

    fn note(&mut self, note: Note) {
        self.record(Item::Note(note));
    }

    fn record(&mut self, item: Item) {
        self.entries += 1;
        let entry = Entry { sequence: self.entries, at_ms: self.now, item };
        self.tell(SessionEvent::Transcript(entry));
    }
}
