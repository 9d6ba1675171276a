//! The server half of POP3: the same transition table, mirrored, over a [`Maildrop`]. Knows no sockets, no clock, no
//! randomness and no storage: the host brings them.
//!
//! The contract is the client's: after every call that changes it, drain [`Server::poll_output`] until
//! [`Output::Idle`], and only then read on. So the server never holds more than one read, and a slow client slows
//! only itself. A host with a clock tells the time by [`Server::handle_time`], and calls again at
//! [`Server::deadline`] if nothing else happens before.

mod answer;
mod clock;
mod config;
#[cfg_attr(not(feature = "sasl"), path = "no_exchange.rs")]
mod exchange;
pub mod fault;
mod input;
mod login;
mod maildrop;
mod offer;
mod reply;
mod text;

use alloc::{collections::VecDeque, format, string::String, vec::Vec};
use core::mem;

pub use config::Config;
pub use maildrop::{CommitFailure, LoginRefusal, Maildrop};

use crate::{
    codec::request::parse_request,
    command::Command,
    limits,
    reply::ResponseCode,
    secret::Secret,
    server::{
        clock::Clock,
        exchange::Exchanges,
        fault::{FaultScript, Faults, Lies, Misdeed},
        input::Input,
        reply::Item,
        text::{Language, Text},
    },
    state::{State, after_reply, transition},
};

/// What the server wants of its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Write these octets to the connection.
    Transmit(Vec<u8>),
    /// Start TLS on the connection, then call [`Server::handle_tls_ready`].
    UpgradeTls,
    /// Write what is left, then end the connection, and drop the server: with it goes the maildrop's lock.
    Close,
    /// Nothing to do until the host calls again.
    Idle,
}

/// A session's server.
#[derive(Debug)]
pub struct Server<D> {
    maildrop: D,
    config: Config,
    /// Octets that nobody can guess, if the host brought any: nonces and the stamp come from them.
    randomness: Option<Secret<[u8; 32]>>,
    facts: ConnectionFacts,
    faults: Faults,
    clock: Clock,
    state: State,
    greeted: bool,
    user: String,
    exchanges: Exchanges,
    marked: Vec<bool>,
    language: Language,
    /// UTF8 was accepted (RFC 6856 §2).
    utf8: bool,
    input: Input,
    queue: VecDeque<Item>,
    /// A cut is under way: so many octets are still let through.
    octets_left: Option<u64>,
    lies: Lies,
    failed_logins: u32,
    bad_commands: u32,
}

/// What the layers below know of the connection.
#[derive(Debug)]
struct ConnectionFacts {
    tls: Tls,
    /// What TLS exported for channel binding (RFC 9266).
    binding: Option<Secret<[u8; 32]>>,
    /// Who the client is by its certificate or the like, for EXTERNAL.
    external: Option<String>,
}

/// Where TLS is on this connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tls {
    Off,
    Starting,
    On,
}

impl<D: Maildrop> Server<D> {
    /// A server on a fresh connection; its greeting is the first output.
    pub fn new(maildrop: D, config: Config) -> Self {
        Self {
            maildrop,
            config,
            randomness: None,
            facts: ConnectionFacts { tls: Tls::Off, binding: None, external: None },
            faults: Faults::default(),
            clock: Clock::default(),
            state: State::Authorization,
            greeted: false,
            user: String::new(),
            exchanges: Exchanges::default(),
            marked: Vec::new(),
            language: Language::default(),
            utf8: false,
            input: Input::default(),
            queue: VecDeque::new(),
            octets_left: None,
            lies: Lies::default(),
            failed_logins: 0,
            bad_commands: 0,
        }
    }

    /// The connection has TLS already (port 995): STLS is not offered.
    #[must_use]
    pub fn in_tls(mut self) -> Self {
        self.facts.tls = Tls::On;
        self
    }

    /// Random octets of a generator fit for cryptography, new for each session. APOP, CRAM-MD5 and SCRAM need them.
    #[must_use]
    pub fn with_randomness(mut self, octets: [u8; 32]) -> Self {
        self.randomness = Some(Secret::new(octets));
        self
    }

    /// What the server does wrong on purpose.
    #[must_use]
    pub fn with_faults(mut self, script: FaultScript) -> Self {
        self.faults = Faults::new(script);
        self
    }

    /// Where the session is.
    pub fn state(&self) -> State {
        self.state
    }

    /// What is served.
    pub fn maildrop(&self) -> &D {
        &self.maildrop
    }

    /// Octets from the client, cut in any way. More than [`limits::SERVER_INPUT_OCTETS_MAX`] in waiting end the session:
    /// then the host has read on against the contract.
    pub fn handle_input(&mut self, input: &[u8]) {
        if !self.is_over() && self.input.push(input).is_err() {
            self.cut();
        }
    }

    /// TLS stands: the session is as if new, without a second greeting (RFC 2595 §4).
    pub fn handle_tls_ready(&mut self) {
        self.facts.tls = Tls::On;
        self.state = State::Authorization;
    }

    /// What TLS 1.3 exports on this connection by the label `EXPORTER-Channel-Binding` (RFC 9266 §2). From here on the
    /// mechanisms that bind to it are offered.
    pub fn handle_channel_binding(&mut self, exported: [u8; 32]) {
        self.facts.binding = Some(Secret::new(exported));
    }

    /// Who the client is by what lies below, such as its certificate. From here on EXTERNAL is offered.
    pub fn handle_external_identity(&mut self, user: String) {
        self.facts.external = Some(user);
    }

    /// What to do next.
    pub fn poll_output(&mut self) -> Output {
        if !mem::replace(&mut self.greeted, true) {
            self.greet();
        }
        loop {
            while !self.queue.is_empty() {
                if self.clock.waits() {
                    return Output::Idle;
                }
                if let Some(output) = self.take_output() {
                    return output;
                }
            }
            if self.facts.tls == Tls::Starting || !self.take_command() {
                return Output::Idle;
            }
        }
    }

    fn greet(&mut self) {
        let misdeeds = self.faults.at_greeting();
        match told_before(&misdeeds) {
            Some(Misdeed::Refuse { code, text }) => {
                self.say(&format!("-ERR {}", fault::refusal(code.as_ref(), text)));
                self.end();
            }
            Some(_) => self.end(),
            None => {
                let stamp = self.stamp().map(|stamp| format!(" {}", stamp.as_str())).unwrap_or_default();
                self.say(&format!("+OK {}{stamp}", self.config.greeting));
            }
        }
        self.queue = fault::distort(mem::take(&mut self.queue), misdeeds);
    }

    /// The front of the queue, done with as far as one output goes. Nothing if that is no output.
    fn take_output(&mut self) -> Option<Output> {
        match self.queue.pop_front()? {
            Item::Octets(octets) => self.transmit(octets),
            Item::Stream(mut stream) => {
                let chunk = stream.next_chunk(&self.maildrop, &self.marked)?;
                self.queue.push_front(Item::Stream(stream));
                self.transmit(chunk)
            }
            Item::UpgradeTls => Some(Output::UpgradeTls),
            Item::Wait(milliseconds) => {
                self.clock.wait_until = self.clock.now.unwrap_or_default().saturating_add(milliseconds);
                None
            }
            Item::CutAfter(octets) => {
                self.octets_left = Some(octets);
                if octets == 0 {
                    self.cut();
                }
                None
            }
            Item::Close => {
                self.cut();
                self.queue.clear();
                Some(Output::Close)
            }
        }
    }

    fn transmit(&mut self, mut octets: Vec<u8>) -> Option<Output> {
        self.clock.active_at = self.clock.now.unwrap_or_default();
        if let Some(left) = &mut self.octets_left {
            octets.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= octets.len() as u64;
            if *left == 0 {
                self.cut();
            }
        }
        (!octets.is_empty()).then_some(Output::Transmit(octets))
    }

    /// Reads one line and answers it. False if no line is complete.
    fn take_command(&mut self) -> bool {
        if self.is_over() {
            return false;
        }
        let octets_max =
            if self.exchanges.is_under_way() { limits::SASL_LINE_OCTETS_MAX } else { limits::COMMAND_LINE_OCTETS_MAX };
        let Some(line) = self.input.take_line(octets_max) else { return false };
        self.clock.active_at = self.clock.now.unwrap_or_default();
        let misdeeds = match line {
            Ok(line) if self.exchanges.is_under_way() => self.answer_response(&line),
            Ok(line) => self.answer_line(&line),
            Err(_) => {
                self.drop_exchange();
                self.refuse_bad_command(Text::LineTooLong);
                self.faults.at_command(None)
            }
        };
        self.lies = Lies::default();
        self.queue = fault::distort(mem::take(&mut self.queue), misdeeds);
        if self.failed_logins >= limits::FAILED_LOGINS_MAX || self.bad_commands >= limits::BAD_COMMANDS_MAX {
            self.end();
        }
        true
    }

    fn answer_line(&mut self, line: &[u8]) -> Vec<Misdeed> {
        let Ok(command) = parse_request(line) else {
            self.refuse_bad_command(Text::BadCommand);
            return self.faults.at_command(None);
        };
        let name = command.name();
        let misdeeds = self.faults.at_command(Some(name));
        let Some(row) = transition(self.state, name) else {
            self.refuse_bad_command(Text::Misplaced(name.keyword()));
            return misdeeds;
        };
        self.lies = Lies::of(&misdeeds);
        let accepted = match told_before(&misdeeds) {
            Some(Misdeed::Refuse { code, text }) => {
                self.say(&format!("-ERR {}", fault::refusal(code.as_ref(), text)));
                false
            }
            Some(_) => {
                self.cut();
                return Vec::new();
            }
            None => self.answer(&command),
        };
        if self.exchanges.is_under_way() {
            return misdeeds;
        }
        self.state = after_reply(row, accepted);
        if command == Command::Quit {
            self.queue.push_back(Item::Close);
        }
        misdeeds
    }

    fn refuse_bad_command(&mut self, text: Text) {
        self.bad_commands += 1;
        self.refuse(text);
    }

    fn is_over(&self) -> bool {
        matches!(self.state, State::Update | State::Closed)
    }

    /// Ends the session behind what is still to be said.
    fn end(&mut self) {
        if !self.is_over() {
            self.state = State::Closed;
        }
        self.input.clear();
        self.queue.push_back(Item::Close);
    }

    /// Ends the session where it stands.
    fn cut(&mut self) {
        self.queue.clear();
        self.end();
    }

    fn say(&mut self, line: &str) {
        self.queue.push_back(Item::Octets(format!("{line}\r\n").into_bytes()));
    }

    fn accept(&mut self, text: Text) -> bool {
        self.say(&format!("+OK {}", text.in_language(self.language)));
        true
    }

    fn refuse(&mut self, text: Text) -> bool {
        self.say(&format!("-ERR {}", text.in_language(self.language)));
        false
    }

    fn refuse_with(&mut self, code: &ResponseCode, text: Text) -> bool {
        self.say(&format!("-ERR {}", fault::refusal(Some(code), &text.in_language(self.language))));
        false
    }
}

/// The first fault by which a command is not carried out at all.
fn told_before(misdeeds: &[Misdeed]) -> Option<&Misdeed> {
    misdeeds.iter().find(|misdeed| matches!(misdeed, Misdeed::HangUp | Misdeed::Refuse { .. }))
}
