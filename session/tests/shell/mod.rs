//! Another shell around the session: no browser, no clock; a server of our own in memory, whose octets can be held
//! back, cut and counted.

use popglass_protocol::{
    login::Wish,
    sasl::Nonce,
    secret::Secret,
    server::{Config, Output, Server},
    types::MessageNumber,
};
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, SandboxMaildrop, World};
use popglass_session::{
    Effect, LinkEvent, LinkOrder, Millis, Payload, Session,
    command::{Route, SessionCommand},
    event::{Ending, SessionEvent},
    security::Trust,
};

/// The host of a session under test.
pub(crate) struct Shell {
    pub(crate) session: Session,
    pub(crate) world: World,
    server: Option<Server<SandboxMaildrop>>,
    /// Every event, in order, but for the transcript.
    pub(crate) events: Vec<SessionEvent>,
    /// Every write to the server, each with all its command lines.
    pub(crate) writes: Vec<String>,
    /// What was stored of the message under way.
    pub(crate) kept: Vec<u8>,
    /// Whole messages that were handed over.
    pub(crate) messages: Vec<Vec<u8>>,
    pub(crate) now: Millis,
    /// The server's octets wait here while this is some.
    pub(crate) held: Option<Vec<u8>>,
    /// Everything that went out, but for octets to the server.
    pub(crate) said: String,
}

impl Shell {
    pub(crate) fn new(world: World) -> Self {
        Self {
            session: Session::new(),
            world,
            server: None,
            events: Vec::new(),
            writes: Vec::new(),
            kept: Vec::new(),
            messages: Vec::new(),
            now: 1_000,
            held: None,
            said: String::new(),
        }
    }

    /// A shell whose session is logged in.
    pub(crate) fn logged_in(world: World) -> Self {
        let mut shell = Self::new(world);
        shell.connect(DEMO_PASSWORD);
        shell
    }

    pub(crate) fn connect(&mut self, password: &str) {
        self.command(SessionCommand::Connect {
            route: Route::Sandbox,
            wish: Wish::Automatic,
            user: DEMO_USER.into(),
            password: Secret::new(password.into()),
            trust: Trust::default(),
        });
    }

    pub(crate) fn command(&mut self, command: SessionCommand) {
        self.session.handle_command(command, self.now);
        self.run();
    }

    pub(crate) fn time(&mut self, milliseconds: Millis) {
        self.now += milliseconds;
        self.session.handle_time(self.now);
        self.run();
    }

    pub(crate) fn link(&mut self, event: LinkEvent) {
        self.server = None;
        self.session.handle_link(event, self.now);
        self.run();
    }

    /// Octets as if from the server.
    pub(crate) fn octets(&mut self, octets: &[u8]) {
        self.session.handle_octets(octets, self.now);
        self.run();
    }

    /// Lets go of what was held back.
    pub(crate) fn release(&mut self) {
        let octets = self.held.take().unwrap_or_default();
        self.octets(&octets);
    }

    fn run(&mut self) {
        while let Some(effect) = self.session.poll_effect() {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Event(event, payload) => {
                self.said.push_str(&format!("{event:?}\n"));
                match payload {
                    Payload::Kept => self.messages.push(std::mem::take(&mut self.kept)),
                    Payload::None | Payload::Octets(_) => {}
                }
                if !matches!(event, SessionEvent::Transcript(_)) {
                    self.events.push(event);
                }
            }
            Effect::Link(LinkOrder::Learn { .. } | LinkOrder::StartTls) | Effect::Grant(_) | Effect::Read(_) => {}
            Effect::Link(LinkOrder::Open { .. }) => {
                let config = Config { greeting: "test".into(), ..Config::default() };
                self.server = Some(Server::new(self.world.session(), config));
                self.session.handle_link(LinkEvent::Opened { secured: None, exporter: None, nonce: nonce() }, self.now);
                self.run();
                self.serve(&[]);
            }
            Effect::Link(LinkOrder::Send(octets)) => {
                self.writes.push(String::from_utf8(octets.clone()).expect("commands are text"));
                self.serve(&octets);
            }
            Effect::Link(LinkOrder::Close) => self.server = None,
            Effect::Keep(octets) => self.kept.extend(octets),
            Effect::DropKept => self.kept.clear(),
        }
    }

    fn serve(&mut self, octets: &[u8]) {
        let Some(server) = &mut self.server else { return };
        server.handle_input(octets);
        let mut answer = Vec::new();
        loop {
            match server.poll_output() {
                Output::Transmit(piece) => answer.extend(piece),
                Output::Close | Output::UpgradeTls => {}
                Output::Idle => break,
            }
        }
        match &mut self.held {
            Some(held) => held.extend(answer),
            None => {
                self.session.handle_octets(&answer, self.now);
                self.run();
            }
        }
    }

    pub(crate) fn ending(&self) -> &Ending {
        let ending = self.events.iter().rev().find_map(|event| match event {
            SessionEvent::Ended(ending) => Some(ending),
            _ => None,
        });
        ending.expect("the session has ended")
    }

    pub(crate) fn marks(&self) -> Vec<u32> {
        let marks = self.events.iter().rev().find_map(|event| match event {
            SessionEvent::Marks(numbers) => Some(plain(numbers)),
            _ => None,
        });
        marks.unwrap_or_default()
    }

    pub(crate) fn mailbox_count(&self) -> usize {
        let count = self.events.iter().rev().find_map(|event| match event {
            SessionEvent::Mailbox(entries) => Some(entries.len()),
            _ => None,
        });
        count.expect("the maildrop is open")
    }

    pub(crate) fn headers(&self) -> Vec<u32> {
        self.events
            .iter()
            .filter_map(|event| match event {
                SessionEvent::Header { number } => Some(number.as_u32()),
                _ => None,
            })
            .collect()
    }
}

/// No test needs a new one each time.
fn nonce() -> Nonce {
    Nonce::from_octets([7; 18])
}

pub(crate) fn number(number: u32) -> MessageNumber {
    MessageNumber::new(number).expect("tests count from 1")
}

pub(crate) fn numbers(plain: &[u32]) -> Vec<MessageNumber> {
    plain.iter().copied().map(number).collect()
}

pub(crate) fn plain(numbers: &[MessageNumber]) -> Vec<u32> {
    numbers.iter().map(|number| number.as_u32()).collect()
}
