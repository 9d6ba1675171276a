//! The server half of POP3: the same transition table, mirrored, over a [`Maildrop`]. Knows no sockets, no time, and
//! no storage.
//!
//! The contract is the client's: after every call that changes it, drain [`Server::poll_output`] until
//! [`Output::Idle`], and only then read on. So the server never holds more than one read, and a slow client slows
//! only itself.

mod answer;
mod body;

use alloc::{collections::VecDeque, format, string::String, vec::Vec};
use core::mem;

use crate::{
    codec::{line::LineBuffer, request::parse_request},
    command::Command,
    limits,
    server::body::Body,
    state::{State, after_reply, transition},
    types::{MessageNumber, Octets, UniqueId},
};

/// What a server serves: a user's messages, as they were when the session began.
///
/// Dropping a maildrop that was opened and not committed gives the lock back and removes nothing (RFC 1939 §6).
pub trait Maildrop {
    /// Checks the login, and takes the exclusive lock (RFC 1939 §4).
    ///
    /// # Errors
    /// Why the maildrop stays closed.
    fn open(&mut self, user: &str, password: &str) -> Result<(), LoginRefusal>;

    /// Messages when the session began; those marked since are counted, too.
    fn message_count(&self) -> usize;

    /// Octets of a message with CRLF line ends, before stuffing (RFC 1939 §11).
    fn octets(&self, number: MessageNumber) -> Octets;

    /// What names the message in every session (RFC 1939 §7).
    fn unique_id(&self, number: MessageNumber) -> UniqueId;

    /// The whole message with CRLF line ends, not stuffed.
    fn message(&self, number: MessageNumber) -> &[u8];

    /// UPDATE: removes what is marked and gives the lock back. Called once, at QUIT in TRANSACTION.
    ///
    /// # Errors
    /// Some or all messages could not be removed.
    fn commit(&mut self, marked: &[MessageNumber]) -> Result<(), CommitFailure>;
}

/// Why a maildrop stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginRefusal {
    /// User and password do not go together; which of them is wrong is nobody's business.
    Credentials,
    /// Another session holds the lock (RFC 2449 §8.1.1).
    InUse,
}

/// UPDATE could not remove everything (RFC 1939 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitFailure {
    /// How many messages are gone.
    pub removed: usize,
}

/// What a server offers besides the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The text of the greeting.
    pub greeting: String,
    /// STLS is possible; the host can start TLS when asked.
    pub stls: bool,
}

/// What the server wants of its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Write these octets to the connection.
    Transmit(Vec<u8>),
    /// Start TLS on the connection, then call [`Server::handle_tls_ready`].
    UpgradeTls,
    /// Write what is left, then end the connection.
    Close,
    /// Nothing to do until the host calls again.
    Idle,
}

/// A session's server.
#[derive(Debug)]
pub struct Server<D> {
    maildrop: D,
    config: Config,
    state: State,
    user: String,
    marked: Vec<bool>,
    line: LineBuffer,
    skipping_long_line: bool,
    pending: Vec<u8>,
    tls: Tls,
    body: Option<Body>,
    outputs: VecDeque<Output>,
    failed_logins: u32,
    bad_commands: u32,
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
        let greeting = format!("+OK {}\r\n", config.greeting);
        Self {
            maildrop,
            config,
            state: State::Authorization,
            user: String::new(),
            marked: Vec::new(),
            line: LineBuffer::default(),
            skipping_long_line: false,
            pending: Vec::new(),
            tls: Tls::Off,
            body: None,
            outputs: VecDeque::from([Output::Transmit(greeting.into_bytes())]),
            failed_logins: 0,
            bad_commands: 0,
        }
    }

    /// A server on a connection that has TLS already (port 995): STLS is not offered.
    pub fn new_in_tls(maildrop: D, config: Config) -> Self {
        Self { tls: Tls::On, ..Self::new(maildrop, config) }
    }

    /// Where the session is.
    pub fn state(&self) -> State {
        self.state
    }

    /// Octets from the client, cut in any way.
    pub fn handle_input(&mut self, input: &[u8]) {
        if self.state != State::Closed && self.state != State::Update {
            self.pending.extend_from_slice(input);
        }
    }

    /// TLS stands: the session is as if new, without a second greeting (RFC 2595 §4).
    pub fn handle_tls_ready(&mut self) {
        self.tls = Tls::On;
        self.state = State::Authorization;
    }

    /// What to do next.
    pub fn poll_output(&mut self) -> Output {
        loop {
            if let Some(output) = self.outputs.pop_front() {
                return output;
            }
            if let Some(chunk) = self.next_body_chunk() {
                return Output::Transmit(chunk);
            }
            if self.tls == Tls::Starting || !self.take_command() {
                return Output::Idle;
            }
        }
    }

    fn next_body_chunk(&mut self) -> Option<Vec<u8>> {
        let mut body = self.body.take()?;
        let chunk = body.next_chunk(&self.maildrop);
        self.body = chunk.as_ref().and(Some(body));
        chunk
    }

    /// Reads one line and answers it. False if no line is complete.
    fn take_command(&mut self) -> bool {
        if matches!(self.state, State::Update | State::Closed) {
            return false;
        }
        let pending = mem::take(&mut self.pending);
        let mut input = pending.as_slice();
        let mut buffer = mem::take(&mut self.line);
        let taken = match buffer.take_line(&mut input, limits::COMMAND_LINE_OCTETS_MAX) {
            Ok(Some(line)) => {
                if mem::take(&mut self.skipping_long_line) {
                    self.refuse_bad_command("the command line is too long");
                } else {
                    self.answer_line(line.content);
                }
                true
            }
            Ok(None) => false,
            Err(_) => {
                // Counted and skipped, never buffered; the answer comes at its end.
                self.skipping_long_line = true;
                skip_line(&mut input);
                true
            }
        };
        self.line = buffer;
        if self.tls == Tls::Starting {
            // What came in the clear behind STLS must not be taken for what comes in TLS (RFC 2595 §4).
            input = &[];
        }
        self.pending.extend_from_slice(input);
        taken
    }

    fn answer_line(&mut self, line: &[u8]) {
        let Ok(command) = parse_request(line) else {
            self.refuse_bad_command("that is no command with arguments that I know");
            return;
        };
        let name = command.name();
        let Some(row) = transition(self.state, name) else {
            self.refuse_bad_command(&format!("{} does not belong to this state", name.keyword()));
            return;
        };
        let accepted = self.answer(&command);
        self.state = after_reply(row, accepted);
        if command == Command::Quit {
            self.outputs.push_back(Output::Close);
        }
        if self.failed_logins >= limits::FAILED_LOGINS_MAX {
            self.close();
        }
    }

    fn refuse_bad_command(&mut self, text: &str) {
        self.bad_commands += 1;
        self.refuse(text);
        if self.bad_commands >= limits::BAD_COMMANDS_MAX {
            self.close();
        }
    }

    fn close(&mut self) {
        self.state = State::Closed;
        self.pending.clear();
        self.outputs.push_back(Output::Close);
    }

    fn say(&mut self, line: &str) {
        self.outputs.push_back(Output::Transmit(format!("{line}\r\n").into_bytes()));
    }

    fn accept(&mut self, text: &str) -> bool {
        self.say(&format!("+OK {text}"));
        true
    }

    fn refuse(&mut self, text: &str) -> bool {
        self.say(&format!("-ERR {text}"));
        false
    }
}

/// Drops everything up to the end of a line that was too long. Its end may be in a later read: then the rest is
/// gathered as a line of its own, and refused with it.
fn skip_line(input: &mut &[u8]) {
    let end = input.iter().position(|&octet| octet == b'\n').unwrap_or(input.len());
    *input = input.get(end..).unwrap_or_default();
}
