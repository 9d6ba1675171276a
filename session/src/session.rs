//! The session as the page sees it: one connection at a time, the account it belongs to, and the transcript. What is
//! said on the connection is `connection`'s business.

use std::collections::VecDeque;

use popglass_protocol::{
    tunnel::{FailReason, Hello, TlsSummary},
    types::{Password, UserName},
};

use crate::{
    Millis,
    command::{Route, SessionCommand},
    connection::{Connection, Outcome},
    event::{BridgeState, Deletion, EndReason, Ending, Entry, Item, Note, Phase, SessionEvent},
    limits,
};

/// What the session wants of its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Tell the page.
    Event(SessionEvent, Payload),
    /// Do something with the link.
    Link(LinkOrder),
    /// Append these octets of the message that is under way to storage.
    Keep(Vec<u8>),
    /// Drop what was kept of it: the transfer was cut or cancelled.
    DropKept,
}

/// The octets that travel beside an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// None.
    None,
    /// These.
    Octets(Vec<u8>),
    /// All that was kept since the last time, as one message.
    Kept,
}

/// What to do with the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkOrder {
    /// Ask the bridge for its Hello, and hang up.
    Learn,
    /// Reach the server; answered by [`LinkEvent::Opened`], or by how it failed.
    Open(Route),
    /// Write these octets.
    Send(Vec<u8>),
    /// Write what is left, then end the connection. Nothing is answered.
    Close,
}

/// What happened to the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkEvent {
    /// The answer to [`LinkOrder::Learn`]; nothing if there is no bridge.
    Learned(Option<Hello>),
    /// The connection to the server stands.
    Opened(Option<TlsSummary>),
    /// The bridge could not be reached.
    Unreachable,
    /// The bridge said why it refuses or ends the session.
    Failed(FailReason),
    /// The server ended the connection; every octet of it was handed over before.
    Closed,
    /// The way to the bridge broke.
    Lost,
}

/// Who logs in, and how; kept so that a lost connection can be made anew.
#[derive(Debug, Clone)]
struct Account {
    route: Route,
    user: UserName,
    password: Password,
}

/// The session. See the crate's documentation for its contract.
#[derive(Debug, Default)]
pub struct Session {
    account: Option<Account>,
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
    Connected(Box<Connection>),
}

impl Session {
    /// A session that has done nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
            Stage::Connected(connection) => connection.deadline(),
        }
    }

    /// The page asks.
    pub fn handle_command(&mut self, command: SessionCommand, now: Millis) {
        self.now = now;
        match command {
            SessionCommand::LearnBridge => self.order(LinkOrder::Learn),
            SessionCommand::Connect { route, user, password } => {
                self.disconnect();
                match (UserName::parse(&user), Password::parse(password.expose())) {
                    (Ok(user), Ok(password)) => {
                        self.account = Some(Account { route, user, password });
                        self.dial();
                    }
                    (Err(error), _) => {
                        self.end(EndReason::Credentials { password: false, error }, Deletion::NothingMarked);
                    }
                    (_, Err(error)) => {
                        self.end(EndReason::Credentials { password: true, error }, Deletion::NothingMarked);
                    }
                }
            }
            SessionCommand::Reconnect => {
                if matches!(self.stage, Stage::Idle) {
                    self.dial();
                }
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
            LinkEvent::Opened(tls) => self.opened(tls),
            LinkEvent::Unreachable => self.cut(EndReason::BridgeUnreachable),
            LinkEvent::Failed(reason) => {
                self.note(Note::BridgeFailed(reason));
                self.cut(EndReason::BridgeFailed(reason));
            }
            LinkEvent::Closed => {
                if !matches!(self.stage, Stage::Idle) {
                    self.note(Note::ClosedByServer);
                }
                self.cut(EndReason::ServerClosed);
            }
            LinkEvent::Lost => self.cut(EndReason::BridgeLost),
        }
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
                self.order(LinkOrder::Close);
                self.cut(EndReason::TimedOut);
            }
            Stage::Idle | Stage::Dialling { .. } => {}
            Stage::Connected(_) => self.with_connection(Connection::handle_time),
        }
    }

    fn dial(&mut self) {
        let Some(account) = &self.account else { return };
        let route = account.route.clone();
        self.stage = Stage::Dialling { since: self.now };
        self.tell(SessionEvent::Phase(Phase::Connecting));
        self.note(match route.clone() {
            Route::Sandbox => Note::SandboxOpened,
            Route::Bridge { target, tls } => Note::Dialling { target, tls },
        });
        self.order(LinkOrder::Open(route));
    }

    fn opened(&mut self, tls: Option<TlsSummary>) {
        let (Stage::Dialling { .. }, Some(account)) = (&self.stage, &self.account) else { return };
        let ends = match &account.route {
            Route::Sandbox => None,
            Route::Bridge { tls, .. } => Some(*tls),
        };
        let connection = Connection::new(account.user.clone(), account.password.clone(), self.now);
        self.stage = Stage::Connected(Box::new(connection));
        self.note(Note::Connected { tls: ends });
        if let Some(tls) = tls {
            self.tell(SessionEvent::Secured(tls));
        }
        self.tell(SessionEvent::Phase(Phase::Greeting));
    }

    /// Hangs up at the user's wish.
    fn disconnect(&mut self) {
        if matches!(self.stage, Stage::Idle) {
            return;
        }
        self.order(LinkOrder::Close);
        self.note(Note::ClosedByClient);
        self.cut(EndReason::Disconnected);
    }

    /// The link is gone, for this reason unless the connection knows better.
    fn cut(&mut self, reason: EndReason) {
        match std::mem::take(&mut self.stage) {
            Stage::Idle => {}
            Stage::Dialling { .. } => self.end(reason, Deletion::NothingMarked),
            Stage::Connected(connection) => {
                let deletion = connection.deletion_if_cut();
                self.effects.push_back(Effect::DropKept);
                self.end(reason, deletion);
            }
        }
    }

    fn end(&mut self, reason: EndReason, deletion: Deletion) {
        self.tell(SessionEvent::Ended(Ending { reason, deletion }));
    }

    /// Lets the connection act, and carries out what it wants.
    fn with_connection(&mut self, act: impl FnOnce(&mut Connection, Millis)) {
        let Stage::Connected(connection) = &mut self.stage else { return };
        act(connection, self.now);
        let (outcomes, ending) = connection.take_outcomes(self.now);
        for outcome in outcomes {
            match outcome {
                Outcome::Line(line) => self.record(Item::Line(line)),
                Outcome::Effect(effect) => self.effects.push_back(effect),
            }
        }
        if let Some(Ending { reason, deletion }) = ending {
            self.stage = Stage::Idle;
            if reason == EndReason::Finished {
                self.account = None;
            }
            self.order(LinkOrder::Close);
            self.note(Note::ClosedByClient);
            self.effects.push_back(Effect::DropKept);
            self.end(reason, deletion);
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
