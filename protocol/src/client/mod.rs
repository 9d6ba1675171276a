//! The client half of POP3: commands and octets in, octets and events out. Knows no sockets, no time, no user.
//!
//! ```text
//!   send(Command) ──▶ queue ──▶ in flight ──▶ Output::Transmit ──▶ the wire
//!                                   │
//!   handle_input(octets) ──▶ codec ─┴──▶ Output::Event(Greeting | Reply | Chunk | Line …) ──▶ the host
//! ```
//!
//! A server that breaks rules is tolerated as far as that loses nothing, and each fault is told as an
//! [`Event::Deviation`]; with [`Config::strict`] it ends the session instead, but for
//! [`crate::deviation::Rule::MalformedAccepted`]: who types a wrong line wants to see what comes of it.
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

mod body;
mod cancel;
mod event;
mod exchange;
mod receive;
mod record;
mod typed;
mod wait;
mod window;

use alloc::{boxed::Box, collections::VecDeque, string::String};

pub use cancel::Cancellation;
pub use event::{Error, Event, Limit, Misbehaviour, Output};
pub use typed::{LineFault, Said, command_meant};
pub use wait::{Wait, WaitReason};
pub use window::{Config, Pipelining, Window};

use crate::{
    client::{
        body::Receiving,
        exchange::Exchange,
        record::Recorder,
        window::{Queued, Words},
    },
    codec::{line::LineBuffer, status::Understanding},
    command::{Command, CommandName},
    deviation::{Deviation, Rule, RuleSet},
    limits,
    reply::{Capabilities, Reply},
    sasl::{Authenticator, SaslText},
    state::{ReplyShape, State, after_reply, out_of_place, transition},
    transcript::{Line, Meaning},
    types::{MessageNumber, Octets, Stamp},
};

/// Names a command from `send` to its reply. Counts up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(u64);

/// A command that was sent and is not answered yet.
#[derive(Debug, Clone, Copy)]
struct InFlight {
    id: CommandId,
    name: CommandName,
    number: Option<MessageNumber>,
    octets: usize,
    reply_octets: Option<Octets>,
    shape: ReplyShape,
    /// Where `+OK` would lead.
    state_after: State,
    /// Its message is not wanted any more.
    dropped: bool,
    origin: Origin,
    /// An AUTH that was typed without initial response: nobody can be logged in before the user has said who it is.
    must_speak: bool,
}

/// Whose line a command in flight is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The host's: it has its place in the table.
    Sent,
    /// Typed, and it has its place in the table.
    Typed,
    /// Typed, a command in the wrong state: nothing follows before its answer.
    OutOfPlace,
    /// Typed, and no command, but like one: nothing follows before its answer, and only `+OK` makes it that command.
    Resembling,
    /// Typed, and no command: nothing follows before its answer, and its name says nothing.
    Unknown,
}

/// The client. See the module's documentation for its contract.
#[derive(Debug)]
pub struct Client {
    config: Config,
    state: State,
    /// Known from the last CAPA; forgotten at STLS.
    capabilities: Capabilities,
    stamp: Option<Stamp>,
    /// UTF8 was accepted.
    utf8: bool,
    /// A language was chosen: status texts may hold UTF-8.
    language: bool,
    /// DELE was accepted: numbers may be missing from listings, and STAT counts less.
    marked: bool,
    /// What STAT counted last, while nothing was marked since.
    count: Option<u64>,
    next_id: u64,
    queue: VecDeque<Queued>,
    in_flight: VecDeque<InFlight>,
    in_flight_octets: usize,
    in_flight_reply_octets: Octets,
    /// Replies and commands went out of step once: from then on nothing is sent ahead.
    one_at_a_time: bool,
    /// Octets of cancelled messages that may still be read and dropped.
    drain_octets_left: Octets,
    line: LineBuffer,
    receiving: Receiving,
    exchange: Option<Exchange>,
    /// The server's challenge was handed to the host, and waits for a response.
    challenge_open: bool,
    recorder: Recorder,
    /// Rules that were reported for the reply that is coming in.
    reported: RuleSet,
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
        Self::with_config(Config::default())
    }

    /// The same, told how to behave where there is a choice.
    #[must_use]
    pub fn with_config(config: Config) -> Self {
        Self {
            config,
            state: State::Greeting,
            capabilities: Capabilities::default(),
            stamp: None,
            utf8: false,
            language: false,
            marked: false,
            count: None,
            next_id: 1,
            queue: VecDeque::new(),
            in_flight: VecDeque::new(),
            in_flight_octets: 0,
            in_flight_reply_octets: 0,
            one_at_a_time: false,
            drain_octets_left: 0,
            line: LineBuffer::default(),
            receiving: Receiving::Status,
            exchange: None,
            challenge_open: false,
            recorder: Recorder::default(),
            reported: RuleSet::default(),
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

    /// The greeting's stamp for APOP (RFC 1939 §7), if it has one that is safe to digest. There is no second greeting
    /// after STLS: the stamp of the first stays.
    #[must_use]
    pub fn stamp(&self) -> Option<&Stamp> {
        self.stamp.as_ref()
    }

    /// Commands that are sent and not answered.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Queues a command. It is sent as soon as the state and the server's PIPELINING allow. A command that cannot be
    /// given in the state the session comes to, or whose line is too long, is dropped with [`Event::NotSent`].
    pub fn send(&mut self, command: Command) -> CommandId {
        self.enqueue(Words::Command(command), None)
    }

    /// The same for RETR and TOP with the octets that LIST promises, which bound how much is asked for ahead
    /// ([`Window::reply_octets_max`]). Sizes are advisory: a message of another size is no more than a deviation.
    pub fn send_expecting(&mut self, command: Command, octets: Octets) -> CommandId {
        self.enqueue(Words::Command(command), Some(octets))
    }

    /// Queues AUTH, and has the exchange conducted: `Reply::LoggedIn` comes only after the server has proven what the
    /// mechanism lets it prove. One login at a time.
    ///
    /// The initial response goes onto the command's line if that keeps to 255 octets (RFC 5034 §4); else it waits for
    /// the server's first challenge.
    pub fn authenticate(&mut self, mut authenticator: Box<dyn Authenticator>) -> CommandId {
        let mechanism = authenticator.mechanism();
        let initial = authenticator.initial_response();
        let in_one = Command::Auth { mechanism: mechanism.name(), initial_response: initial.clone() };
        let (command, held) = if mechanism.fits_command_line() && in_one.fits_line() {
            (in_one, None)
        } else {
            (Command::Auth { mechanism: mechanism.name(), initial_response: None }, initial)
        };
        self.exchange = Some(Exchange::new(CommandId(self.next_id), authenticator, held, &command));
        self.enqueue(Words::Command(command), None)
    }

    /// Answers an [`Event::Challenge`] by hand. Without an AUTH in flight nothing is sent: it would be a command.
    pub fn respond(&mut self, response: &SaslText) {
        if self.exchanging() {
            self.send_response(response);
        }
    }

    /// Breaks an exchange off with `*`; the server answers `-ERR` (RFC 5034 §4).
    pub fn cancel_exchange(&mut self) {
        if self.exchanging() {
            self.send_exchange_cancelled();
        }
    }

    fn enqueue(&mut self, words: Words, reply_octets: Option<Octets>) -> CommandId {
        let id = CommandId(self.next_id);
        self.next_id += 1;
        if self.queue.len() >= limits::COMMAND_QUEUE_MAX {
            self.fail(Error::LimitExceeded(Limit::CommandQueue));
        } else {
            self.queue.push_back(Queued { id, words, reply_octets });
        }
        id
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

    /// The connection has ended, and every octet of it was handed over. A message whose terminator lacks nothing but
    /// its line end is complete; what else is open will never be answered.
    pub fn handle_close(&mut self) {
        if self.failure.is_none()
            && let Err(error) = self.receive_close()
        {
            self.fail(error);
        }
        self.drop_commands();
        self.state = State::Closed;
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

    /// There will be no session to send them in. What was typed stays, until the host takes it.
    fn drop_commands(&mut self) {
        self.queue.retain(Queued::is_typed);
    }

    fn fail(&mut self, error: Error) {
        self.drop_commands();
        self.state = State::Closed;
        self.failure.get_or_insert(error);
    }

    fn event(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }

    /// A line of the client's, with what it is told to show instead of secrets; on the wire it has so many octets.
    fn record_sent(&mut self, meaning: Meaning, masked: impl Fn(&str) -> String, octets: usize) {
        self.event(Event::Line(Line::sent(self.state, meaning, masked, octets as u64)));
    }

    /// Tells a fault that is tolerated, once a reply.
    fn deviate(&mut self, rule: Rule, octets: &[u8]) -> Result<(), Error> {
        if self.config.strict && rule != Rule::MalformedAccepted {
            return Err(Error::PeerMisbehaved(Misbehaviour::Strict(Deviation::new(rule, octets))));
        }
        if self.reported.insert(rule) {
            self.event(Event::Deviation(Deviation::new(rule, octets)));
        }
        Ok(())
    }

    fn deviate_all(&mut self, faults: RuleSet, octets: &[u8]) -> Result<(), Error> {
        if faults.is_empty() {
            return Ok(());
        }
        faults.iter().try_for_each(|rule| self.deviate(rule, octets))
    }

    fn understanding(&self) -> Understanding {
        Understanding { response_codes: self.capabilities.response_codes, utf8: self.utf8 || self.language }
    }

    /// A command is answered; `reply` says how.
    fn complete(&mut self, accepted: bool, reply: Reply) {
        let Some(sent) = self.in_flight.pop_front() else { return };
        self.reported = RuleSet::default();
        self.in_flight_octets -= sent.octets;
        self.in_flight_reply_octets -= sent.reply_octets.unwrap_or(limits::REPLY_OCTETS_GUESS);
        self.challenge_open = false;
        match transition(self.state, sent.name) {
            _ if sent.origin == Origin::Unknown || (sent.origin == Origin::Resembling && !accepted) => {}
            Some(row) => self.state = after_reply(row, accepted),
            None if accepted && sent.origin != Origin::Sent => self.state = out_of_place(self.state, sent.name).on_ok,
            None => {}
        }
        match &reply {
            Reply::Capabilities(capabilities) => self.capabilities = capabilities.clone(),
            Reply::Stat { count, .. } => self.count = Some(*count).filter(|_| !self.marked),
            Reply::Marked(_) => self.marked = true,
            Reply::ToUnknown { accepted: true, .. } if sent.name == CommandName::Dele => self.marked = true,
            Reply::MarksTakenBack => self.marked = false,
            Reply::Utf8Spoken => self.utf8 = true,
            Reply::LanguageSpoken { .. } => self.language = true,
            _ => {}
        }
        let tls_next = reply == Reply::TlsNext;
        self.event(if sent.dropped { Event::Dropped { id: sent.id } } else { Event::Reply { id: sent.id, reply } });
        if tls_next {
            // Whatever was said in the clear could have been said by anybody.
            self.capabilities = Capabilities::default();
            self.tls_pending = true;
            self.outputs.push_back(Output::UpgradeTls);
        }
    }
}
