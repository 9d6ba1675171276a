//! The session as the page sees it: one connection at a time, the account it belongs to, and the transcript. What is
//! said on the connection is `connection`'s business.

use std::collections::VecDeque;

use popglass_protocol::{
    login::{Method, Wish},
    sasl::{Mechanism, Nonce},
    secret::Secret,
    types::{CredentialError, Password, UserName},
};

use crate::{
    Millis,
    command::{Route, SessionCommand},
    connection::{Connection, Outcome},
    event::{BridgeState, Deletion, EndReason, Ending, Entry, Item, Note, Phase, SessionEvent},
    host::{Effect, LinkEvent, LinkOrder, Payload, Read, Reading},
    ledger::{Holder, Ledger},
    limits,
    security::{Secured, Trust},
};

/// Who logs in, and how; kept so that a lost connection can be made anew.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) route: Route,
    pub(crate) wish: Wish,
    pub(crate) user: String,
    pub(crate) secret: Secret<String>,
    pub(crate) trust: Trust,
    /// The last connection ended only because a transfer was too long to be cancelled: what was marked is marked again.
    pub(crate) marks_again: bool,
}

impl Account {
    fn holder(&self) -> Holder {
        Holder { route: self.route.clone(), user: self.user.clone() }
    }
}

/// The session. See the crate's documentation for its contract.
#[derive(Debug, Default)]
pub struct Session {
    account: Option<Account>,
    /// But for what the connection that stands knows.
    ledger: Ledger,
    stage: Stage,
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
        holder: Holder,
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
        if let Stage::Connected { holder, connection } = &self.stage {
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
            Stage::Connected { connection, .. } => connection.deadline(),
        }
    }

    /// The page asks.
    pub fn handle_command(&mut self, command: SessionCommand, now: Millis) {
        self.now = now;
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
                match check_credentials(wish, &user, &password) {
                    Ok(()) => {
                        self.account = Some(Account { route, wish, user, secret: password, trust, marks_again: false });
                        self.dial();
                    }
                    Err(reason) => self.end(reason, Deletion::NothingMarked),
                }
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
        self.with_connection(|connection, now| connection.handle_octets(octets, now));
    }

    /// The deadline has come, or anything before it.
    pub fn handle_time(&mut self, now: Millis) {
        self.now = now;
        match &self.stage {
            Stage::Dialling { since } if now >= since.saturating_add(limits::CONNECT_MS_MAX) => {
                self.hang_up(EndReason::TimedOut);
            }
            Stage::Idle | Stage::Dialling { .. } => {}
            Stage::Connected { .. } => self.with_connection(Connection::handle_time),
        }
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
        let connection = Box::new(Connection::new(account, nonce, exporter, self.ledger.take(&holder), self.now));
        self.stage = Stage::Connected { holder, connection };
        self.note(Note::Connected { tls: ends });
        if let Some(secured) = secured {
            self.tell_secured(secured);
        }
        self.tell(SessionEvent::Phase(Phase::Greeting));
    }

    /// TLS stands after STLS.
    fn secured(&mut self, secured: Secured, exporter: Option<[u8; 32]>) {
        if matches!(self.stage, Stage::Connected { .. }) {
            self.tell_secured(secured);
            self.tell(SessionEvent::Phase(Phase::Greeting));
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
        if let Stage::Connected { holder, connection } = std::mem::take(&mut self.stage) {
            if let Some(account) = self.account.as_mut().filter(|_| connection.is_open()) {
                account.marks_again = reason == EndReason::Cancelled;
            }
            self.ledger.put(holder, connection.into_deletions());
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
                Outcome::Line(line) => self.record(Item::Line(line)),
                Outcome::Deviation(deviation) => self.record(Item::Deviation(deviation)),
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

/// What cannot be sent by any method is refused before anything is dialled. The rest depends on what the server offers.
fn check_credentials(wish: Wish, user: &str, secret: &Secret<String>) -> Result<(), EndReason> {
    let (needs_user, needs_secret) = match wish {
        Wish::Exactly(Method::Sasl(Mechanism::External)) => (false, false),
        Wish::Exactly(Method::Sasl(Mechanism::Anonymous)) => (false, false),
        _ => (true, true),
    };
    // A SASL response may be longer than a command line (RFC 5034 §4).
    let is_sasl = matches!(wish, Wish::Exactly(Method::Sasl(_)));
    let check = |needed: bool, password: bool, parsed: Option<CredentialError>| match parsed {
        Some(CredentialError::Empty) if !needed => Ok(()),
        Some(CredentialError::TooLong) if is_sasl => Ok(()),
        Some(error) => Err(EndReason::Credentials { password, error }),
        None => Ok(()),
    };
    check(needs_user, false, UserName::parse(user).err())?;
    check(needs_secret, true, Password::parse(secret.expose()).err())
}
