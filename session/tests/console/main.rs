//! Lines typed by hand, and lines held back: a session, a server of our own in memory, and a link that brings no more
//! than it was granted. No browser, no clock.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod by_hand;
mod interleavings;
mod lax;
mod marks;
mod pace;
mod wishes;

use std::collections::BTreeSet;

use popglass_protocol::{
    codec::request::{parse_request, resembling},
    command::Command,
    login::Wish,
    sasl::{Mechanism, Nonce},
    secret::Secret,
    server::{Config, Output, Server},
    state::State,
    transcript::Direction,
    tunnel::{Address, TlsEnds},
    types::MessageNumber,
};
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, SandboxMaildrop, World};
use popglass_session::{
    Effect, LinkEvent, LinkOrder, Session,
    command::{Pace, Route, SessionCommand},
    event::{Ending, HeldLine, Item, LineFault, Phase, SessionEvent},
    security::Trust,
};

/// What the link may bring before it is granted more: as the sandbox has it.
const CREDIT_OCTETS: usize = 64 * 1024;

/// A user at a console.
struct Desk {
    session: Session,
    world: World,
    server: Option<Server<SandboxMaildrop>>,
    /// What the server takes a line for.
    reads: Box<dyn FnMut(&str) -> String>,
    /// What the server has marked, by its own answers; and what it marked by a number that nobody else can read.
    marked: BTreeSet<u32>,
    marked_unread: BTreeSet<u32>,
    /// The server announces PIPELINING.
    pipelines: bool,
    /// What the server says waits until it is brought.
    is_held_up: bool,
    events: Vec<SessionEvent>,
    /// Everything that was sent, on this connection.
    wire: String,
    /// What the server said and the link has not brought yet; whether it hangs up then.
    coming: Vec<u8>,
    closing: bool,
    /// Brought, and not granted anew.
    untaken: usize,
    /// The largest read.
    read_octets_max: usize,
    kept: usize,
    messages: Vec<usize>,
    orders: Vec<LinkOrder>,
    now: u64,
}

impl Desk {
    fn new() -> Self {
        Self::with_world(World::demo())
    }

    fn with_world(world: World) -> Self {
        Self {
            session: Session::new(),
            world,
            server: None,
            reads: Box::new(str::to_owned),
            marked: BTreeSet::new(),
            marked_unread: BTreeSet::new(),
            pipelines: true,
            is_held_up: false,
            events: Vec::new(),
            wire: String::new(),
            coming: Vec::new(),
            closing: false,
            untaken: 0,
            read_octets_max: usize::MAX,
            kept: 0,
            messages: Vec::new(),
            orders: Vec::new(),
            now: 1_000,
        }
    }

    /// By hand, and greeted.
    fn by_hand() -> Self {
        let mut desk = Self::new();
        desk.connect_by_hand(Route::Sandbox);
        desk
    }

    /// By hand, in TRANSACTION.
    fn logged_in_by_hand() -> Self {
        let mut desk = Self::by_hand();
        desk.type_lines(&[&format!("USER {DEMO_USER}"), &format!("PASS {DEMO_PASSWORD}")]);
        assert_eq!(desk.state(), State::Transaction);
        desk
    }

    /// With name and password in the form, and the maildrop open.
    fn logged_in() -> Self {
        let mut desk = Self::new();
        desk.connect();
        desk
    }

    fn connect(&mut self) {
        self.command(SessionCommand::Connect {
            route: Route::Sandbox,
            wish: Wish::Automatic,
            user: DEMO_USER.into(),
            password: Secret::new(DEMO_PASSWORD.into()),
            trust: Trust::default(),
        });
    }

    fn connect_by_hand(&mut self, route: Route) {
        self.command(SessionCommand::ConnectByHand { route, trust: Trust::default() });
    }

    fn type_line(&mut self, line: &str) {
        self.command(SessionCommand::SendLine { line: Secret::new(line.into()) });
    }

    fn type_lines(&mut self, lines: &[&str]) {
        lines.iter().for_each(|line| self.type_line(line));
    }

    fn pace(&mut self, pace: Pace) {
        self.command(SessionCommand::Pace(pace));
    }

    fn next(&mut self) {
        self.command(SessionCommand::NextLine);
    }

    fn command(&mut self, command: SessionCommand) {
        self.session.handle_command(command, self.now);
        self.run();
    }

    fn link(&mut self, event: LinkEvent) {
        self.session.handle_link(event, self.now);
        self.run();
    }

    /// The line to the server breaks.
    fn lose(&mut self) {
        (self.server, self.untaken) = (None, 0);
        self.coming.clear();
        self.link(LinkEvent::Lost);
    }

    /// Octets as if from the server, in one read.
    fn hear(&mut self, octets: &[u8]) {
        self.untaken += octets.len();
        self.session.handle_octets(octets, self.now);
        self.run();
    }

    /// Time passes; the session is called when it wants to be, as a host does.
    fn wait(&mut self, milliseconds: u64) {
        let end = self.now + milliseconds;
        let mut calls = 0;
        while let Some(deadline) = self.session.deadline().filter(|deadline| *deadline <= end) {
            self.now = self.now.max(deadline);
            self.session.handle_time(self.now);
            self.run();
            calls += 1;
            assert!(calls < 10_000, "the host does nothing but call");
        }
        self.now = end;
    }

    fn run(&mut self) {
        loop {
            while let Some(effect) = self.session.poll_effect() {
                self.carry_out(effect);
            }
            if !self.deliver() {
                return;
            }
        }
    }

    /// So much of what waits is heard, or the end of it. False if there was nothing.
    fn bring(&mut self, octets_max: usize) -> bool {
        let room = CREDIT_OCTETS.saturating_sub(self.untaken).min(octets_max);
        let octets: Vec<u8> = self.coming.drain(..room.min(self.coming.len())).collect();
        let ends = self.coming.is_empty() && octets.is_empty() && std::mem::take(&mut self.closing);
        if ends {
            self.link(LinkEvent::Closed);
        } else if !octets.is_empty() {
            self.hear(&octets);
        }
        ends || !octets.is_empty()
    }

    /// As much as was granted.
    fn deliver(&mut self) -> bool {
        if self.is_held_up {
            return false;
        }
        let room = CREDIT_OCTETS.saturating_sub(self.untaken).min(self.read_octets_max);
        let count = room.min(self.coming.len());
        if count > 0 {
            let octets: Vec<u8> = self.coming.drain(..count).collect();
            self.untaken += count;
            self.session.handle_octets(&octets, self.now);
        } else if self.coming.is_empty() && std::mem::take(&mut self.closing) {
            self.session.handle_link(LinkEvent::Closed, self.now);
        } else {
            return false;
        }
        true
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Event(event, _) => {
                if matches!(event, SessionEvent::Retrieved { .. }) {
                    self.messages.push(std::mem::take(&mut self.kept));
                }
                self.events.push(event);
            }
            Effect::Link(LinkOrder::Open { route, .. }) => {
                self.wire.clear();
                self.coming.clear();
                (self.closing, self.untaken) = (false, 0);
                (self.marked, self.marked_unread) = Default::default();
                if route == Route::Sandbox {
                    let config =
                        Config { mechanisms: vec![Mechanism::Plain], capa: self.pipelines, ..Config::default() };
                    self.server = Some(Server::new(self.world.session(), config));
                }
                let nonce = Nonce::from_octets([7; 18]);
                self.session.handle_link(LinkEvent::Opened { secured: None, exporter: None, nonce }, self.now);
                self.serve(&[]);
            }
            Effect::Link(LinkOrder::Send(octets)) => {
                self.wire.push_str(str::from_utf8(&octets).unwrap());
                self.serve(&octets);
            }
            Effect::Link(LinkOrder::Close) => {
                self.server = None;
                self.coming.clear();
                (self.closing, self.untaken) = (false, 0);
            }
            Effect::Link(order) => self.orders.push(order),
            Effect::Grant(octets) => {
                let octets = usize::try_from(octets).unwrap();
                assert!(octets > 0 && (octets <= self.untaken || self.server.is_none()), "granted what never came");
                self.untaken = self.untaken.saturating_sub(octets);
            }
            Effect::Keep(octets) => self.kept += octets.len(),
            Effect::DropKept => self.kept = 0,
            Effect::Read(_) => {}
        }
    }

    fn serve(&mut self, octets: &[u8]) {
        let Some(server) = &mut self.server else { return };
        self.coming.extend(poll(server, &mut self.closing));
        for line in str::from_utf8(octets).unwrap().split_inclusive("\r\n") {
            let line = line.trim_end_matches("\r\n");
            let read = (self.reads)(line);
            server.handle_input(format!("{read}\r\n").as_bytes());
            let answer = poll(server, &mut self.closing);
            match parse_request(read.as_bytes()).ok().filter(|_| answer.starts_with(b"+OK")) {
                Some(Command::Dele(number)) => {
                    self.marked.insert(number.as_u32());
                    if parse_request(line.as_bytes()).is_err() && resembling(line.as_bytes()).unwrap().1.is_none() {
                        self.marked_unread.insert(number.as_u32());
                    }
                }
                Some(Command::Rset) => (self.marked, self.marked_unread) = Default::default(),
                _ => {}
            }
            self.coming.extend(answer);
        }
    }

    /// The last of what some events tell.
    fn last<T>(&self, of: impl Fn(&SessionEvent) -> Option<T>) -> Option<T> {
        self.events.iter().rev().find_map(of)
    }

    fn all<T>(&self, of: impl Fn(&SessionEvent) -> Option<T>) -> Vec<T> {
        self.events.iter().filter_map(of).collect()
    }

    fn state(&self) -> State {
        self.last(|event| if let SessionEvent::State(state) = event { Some(*state) } else { None }).unwrap()
    }

    fn states(&self) -> Vec<State> {
        self.all(|event| if let SessionEvent::State(state) = event { Some(*state) } else { None })
    }

    fn phases(&self) -> Vec<Phase> {
        self.all(|event| if let SessionEvent::Phase(phase) = event { Some(*phase) } else { None })
    }

    fn held(&self) -> Option<HeldLine> {
        self.last(|event| if let SessionEvent::Held(held) = event { Some(held.clone()) } else { None }).flatten()
    }

    /// `C: …` and `S: …`, as the transcript has them.
    fn transcript(&self) -> Vec<String> {
        let line = |event: &SessionEvent| match event {
            SessionEvent::Transcript(entry) => match &entry.item {
                Item::Line(line) => Some(format!("{}: {}", side(line.direction), line.text)),
                _ => None,
            },
            _ => None,
        };
        self.all(line)
    }

    fn marks(&self) -> Vec<u32> {
        let marks =
            |event: &SessionEvent| if let SessionEvent::Marks(marks) = event { Some(marks.clone()) } else { None };
        self.last(marks).unwrap_or_default().into_iter().map(MessageNumber::as_u32).collect()
    }

    fn mailbox_count(&self) -> Option<usize> {
        self.last(|event| if let SessionEvent::Mailbox(entries) = event { Some(entries.len()) } else { None })
    }

    fn ending(&self) -> Ending {
        self.last(|event| if let SessionEvent::Ended(ending) = event { Some(ending.clone()) } else { None }).unwrap()
    }

    fn has_ended(&self) -> bool {
        self.last(|event| matches!(event, SessionEvent::Ended(_)).then_some(())).is_some()
    }

    fn not_sent(&self) -> Vec<(String, LineFault)> {
        self.all(|event| match event {
            SessionEvent::LineNotSent { line, fault } => Some((line.expose().clone(), *fault)),
            _ => None,
        })
    }
}

fn poll(server: &mut Server<SandboxMaildrop>, closing: &mut bool) -> Vec<u8> {
    let mut said = Vec::new();
    loop {
        match server.poll_output() {
            Output::Transmit(piece) => said.extend(piece),
            Output::Close => *closing = true,
            Output::UpgradeTls => {}
            Output::Idle => return said,
        }
    }
}

fn side(direction: Direction) -> char {
    match direction {
        Direction::ClientToServer => 'C',
        Direction::ServerToClient => 'S',
    }
}

fn to_server(tls: TlsEnds) -> Route {
    Route::Bridge { target: Address { host: "pop.example".into(), port: 110 }, tls }
}

fn numbers(plain: &[u32]) -> Vec<MessageNumber> {
    plain.iter().map(|number| MessageNumber::new(*number).unwrap()).collect()
}
