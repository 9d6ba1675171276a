//! The client half of POP3: commands and octets in, octets and events out. Knows no sockets, no time, no user.
//!
//! ```text
//!   send(Command) ──▶ queue ──▶ in flight ──▶ Output::Transmit ──▶ the wire
//!                                   │
//!   handle_input(octets) ──▶ codec ─┴──▶ Output::Event(Greeting | Reply | Chunk | Line …) ──▶ the host
//! ```
//!
//! The contract: after every call that changes it (`send`, `handle_input`, `handle_tls_ready`), drain
//! [`Client::poll_output`] until [`Output::Idle`].
//!
//! ```
//! use popglass_protocol::{client::{Client, Event, Output}, command::Command, reply::Reply};
//!
//! let mut client = Client::new();
//! client.handle_input(b"+OK ready\r\n");
//! client.send(Command::Quit);
//! let mut wire = Vec::new();
//! loop {
//!     match client.poll_output().expect("the server behaves") {
//!         Output::Transmit(octets) => wire.extend(octets),
//!         Output::Event(Event::Reply { reply: Reply::Goodbye, .. }) => break,
//!         Output::Event(_) => {}
//!         Output::UpgradeTls => unreachable!("nobody asked for it"),
//!         // Here the host would wait for the server.
//!         Output::Idle => client.handle_input(b"+OK bye\r\n"),
//!     }
//! }
//! assert_eq!(wire, b"QUIT\r\n");
//! ```

mod receive;
mod record;

use alloc::{
    collections::VecDeque,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use crate::{
    client::{receive::Receiving, record::Recorder},
    codec::line::LineBuffer,
    command::{Command, CommandName},
    limits,
    reply::{Capabilities, Reply},
    state::{ReplyShape, State, after_reply, transition},
    transcript::{Direction, Line, Meaning},
    types::{MessageNumber, Octets},
};

/// Names a command from `send` to its reply. Counts up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(u64);

/// What the client wants of its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Write these octets to the connection.
    Transmit(Vec<u8>),
    /// Something happened.
    Event(Event),
    /// Start TLS on the connection, then call [`Client::handle_tls_ready`] (RFC 2595 §4).
    UpgradeTls,
    /// Nothing to do until the host calls again.
    Idle,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The server's first line, `+OK`.
    Greeting {
        /// Its text.
        text: String,
    },
    /// The server's first line, `-ERR`: there will be no session.
    GreetingRefused {
        /// Its text.
        text: String,
    },
    /// A command is answered, completely.
    Reply {
        /// Which command.
        id: CommandId,
        /// The answer.
        reply: Reply,
    },
    /// Octets of a message, unstuffed, in order.
    Chunk {
        /// The RETR or TOP.
        id: CommandId,
        /// Which message.
        number: MessageNumber,
        /// At most [`limits::CHUNK_OCTETS_MAX`].
        octets: Vec<u8>,
        /// Octets of this message so far, these included.
        octets_total: Octets,
    },
    /// A queued command cannot be given in the state the session came to, and was dropped unsent.
    NotSent {
        /// Which command.
        id: CommandId,
        /// Its name.
        command: CommandName,
    },
    /// The server said `-ERR` without being asked, as some do before they hang up.
    Unsolicited {
        /// Its text.
        text: String,
    },
    /// A line for the transcript, redacted.
    Line(Line),
}

/// The session cannot go on. Sorted by blame; a server's `-ERR` is no error but an [`Event`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The server broke the rules.
    PeerMisbehaved(Misbehaviour),
    /// The server sent more than a limit allows.
    LimitExceeded(Limit),
}

/// How the server broke the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misbehaviour {
    /// A status line began neither with `+OK` nor with `-ERR` (RFC 1939 §3).
    NoStatusIndicator {
        /// The line, made printable and shortened.
        line: String,
    },
    /// `+OK` came although nothing was asked: replies and commands no longer match.
    UnsolicitedReply,
    /// The reply to this command could not be read.
    BadReply(CommandName),
    /// More octets followed `+OK` to STLS before TLS began: somebody may have injected them (RFC 2595 §4).
    PlaintextAfterStls,
}

/// Which limit was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`limits::STATUS_LINE_OCTETS_MAX`]
    StatusLine,
    /// [`limits::LISTING_LINE_OCTETS_MAX`]
    ListingLine,
    /// [`limits::LISTING_ENTRIES_MAX`] or [`limits::CAPABILITIES_MAX`]
    ListingEntries,
    /// [`limits::MESSAGE_OCTETS_MAX`]
    Message,
    /// [`limits::COMMAND_QUEUE_MAX`]
    CommandQueue,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PeerMisbehaved(Misbehaviour::NoStatusIndicator { line }) => {
                write!(f, "a line begins neither with +OK nor with -ERR: {line}")
            }
            Self::PeerMisbehaved(Misbehaviour::UnsolicitedReply) => f.write_str("a reply came that nobody asked for"),
            Self::PeerMisbehaved(Misbehaviour::BadReply(command)) => {
                write!(f, "the reply to {} cannot be read", command.keyword())
            }
            Self::PeerMisbehaved(Misbehaviour::PlaintextAfterStls) => {
                f.write_str("octets in the clear followed the reply to STLS")
            }
            Self::LimitExceeded(limit) => f.write_str(match limit {
                Limit::StatusLine => "a status line is too long",
                Limit::ListingLine => "a line of a listing is too long",
                Limit::ListingEntries => "a listing has too many entries",
                Limit::Message => "a message is too large",
                Limit::CommandQueue => "too many commands wait to be sent",
            }),
        }
    }
}

impl core::error::Error for Error {}

/// A command that was sent and is not answered yet.
#[derive(Debug, Clone)]
struct InFlight {
    id: CommandId,
    name: CommandName,
    number: Option<MessageNumber>,
    octets: usize,
    shape: ReplyShape,
}

/// The client. See the module's documentation for its contract.
#[derive(Debug)]
pub struct Client {
    state: State,
    /// Known from the last CAPA; forgotten at STLS.
    capabilities: Capabilities,
    next_id: u64,
    queue: VecDeque<(CommandId, Command)>,
    in_flight: VecDeque<InFlight>,
    in_flight_octets: usize,
    line: LineBuffer,
    receiving: Receiving,
    recorder: Recorder,
    tls_pending: bool,
    outputs: VecDeque<Output>,
    failure: Option<Error>,
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// A client on a fresh connection, waiting for the greeting.
    #[must_use]
    pub fn new() -> Self {
        Self {
            state: State::Greeting,
            capabilities: Capabilities::default(),
            next_id: 1,
            queue: VecDeque::new(),
            in_flight: VecDeque::new(),
            in_flight_octets: 0,
            line: LineBuffer::default(),
            receiving: Receiving::Status,
            recorder: Recorder::default(),
            tls_pending: false,
            outputs: VecDeque::new(),
            failure: None,
        }
    }

    /// Where the session is, by the replies that have come.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// What the last CAPA told; empty before it, and again after STLS (RFC 2595 §4).
    #[must_use]
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Commands that are sent and not answered.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Queues a command. It is sent as soon as the state and the server's PIPELINING allow.
    pub fn send(&mut self, command: Command) -> CommandId {
        let id = CommandId(self.next_id);
        self.next_id += 1;
        if self.queue.len() >= limits::COMMAND_QUEUE_MAX {
            self.fail(Error::LimitExceeded(Limit::CommandQueue));
        } else {
            self.queue.push_back((id, command));
        }
        id
    }

    /// Takes back commands that are queued and not sent, those that `chosen` names. What is in flight cannot be taken
    /// back: POP3 has no way to interrupt a reply, it must be read.
    pub fn withdraw_queued(&mut self, mut chosen: impl FnMut(CommandId) -> bool) {
        self.queue.retain(|(id, _)| !chosen(*id));
    }

    /// Octets from the server, cut in any way.
    pub fn handle_input(&mut self, mut input: &[u8]) {
        while !input.is_empty() && self.failure.is_none() {
            if self.tls_pending {
                self.fail(Error::PeerMisbehaved(Misbehaviour::PlaintextAfterStls));
            } else if let Err(error) = self.receive(&mut input) {
                self.fail(error);
            }
        }
    }

    /// TLS stands after [`Output::UpgradeTls`]: the session is as if new, without a second greeting.
    pub fn handle_tls_ready(&mut self) {
        self.tls_pending = false;
    }

    /// What to do next.
    ///
    /// # Errors
    /// The session cannot go on; every further call says the same.
    pub fn poll_output(&mut self) -> Result<Output, Error> {
        if let Some(output) = self.outputs.pop_front() {
            return Ok(output);
        }
        if let Some(error) = &self.failure {
            return Err(error.clone());
        }
        self.transmit();
        Ok(self.outputs.pop_front().unwrap_or(Output::Idle))
    }

    fn fail(&mut self, error: Error) {
        self.queue.clear();
        self.state = State::Closed;
        self.failure.get_or_insert(error);
    }

    fn event(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }

    fn record(&mut self, direction: Direction, meaning: Meaning, text: &str, octets: usize) {
        let line = Line { direction, state: self.state, meaning, text: text.to_string(), octets: octets as u64 };
        self.event(Event::Line(line));
    }

    /// The state in which the next command would be read, if all that is in flight is accepted.
    fn expected_state(&self) -> State {
        self.in_flight
            .iter()
            .fold(self.state, |state, sent| transition(state, sent.name).map_or(state, |row| row.on_ok))
    }

    /// Moves commands from the queue to the wire: all that fit the window, in one write.
    fn transmit(&mut self) {
        let mut wire = Vec::new();
        while let Some((id, command)) = self.queue.front() {
            let (id, name) = (*id, command.name());
            let line = command.to_line();
            if self.state == State::Greeting || self.tls_pending || !self.window_takes(name, line.len()) {
                break;
            }
            let Some(row) = transition(self.expected_state(), name) else {
                if self.in_flight.is_empty() {
                    self.queue.pop_front();
                    self.event(Event::NotSent { id, command: name });
                    continue;
                }
                // What is in flight may yet lead to a state in which it fits.
                break;
            };
            let (shape, number, redacted) = (row.reply, command.number(), command.redacted());
            self.queue.pop_front();
            self.record(Direction::ClientToServer, Meaning::Command(name), &redacted, line.len());
            self.in_flight.push_back(InFlight { id, name, number, octets: line.len(), shape });
            self.in_flight_octets += line.len();
            wire.extend(line);
        }
        if !wire.is_empty() {
            self.outputs.push_back(Output::Transmit(wire));
        }
    }

    /// One command at a time, unless the server announced PIPELINING (RFC 2449 §6.6); and nothing behind a command
    /// whose answer changes what may be said.
    fn window_takes(&self, next: CommandName, octets: usize) -> bool {
        let Some(last) = self.in_flight.back() else { return true };
        self.capabilities.pipelining
            && !matches!(last.name, CommandName::Stls | CommandName::Pass | CommandName::Quit)
            && next != CommandName::Stls
            && self.in_flight.len() < limits::PIPELINE_COMMANDS_MAX
            && self.in_flight_octets + octets <= limits::PIPELINE_COMMAND_OCTETS_MAX
    }

    /// A command is answered; `reply` says how.
    fn complete(&mut self, accepted: bool, reply: Reply) {
        let Some(sent) = self.in_flight.pop_front() else { return };
        self.in_flight_octets -= sent.octets;
        if let Some(row) = transition(self.state, sent.name) {
            self.state = after_reply(row, accepted);
        }
        if let Reply::Capabilities(capabilities) = &reply {
            self.capabilities = capabilities.clone();
        }
        let tls_next = reply == Reply::TlsNext;
        self.event(Event::Reply { id: sent.id, reply });
        if tls_next {
            // Whatever was said in the clear could have been said by anybody.
            self.capabilities = Capabilities::default();
            self.tls_pending = true;
            self.outputs.push_back(Output::UpgradeTls);
        }
    }
}
