//! A terminal's POP3 session: lines go in as typed, what was said comes out as lines and facts. Knows the maildrop's
//! messages by the lesson's names for them, as they lay there when the session opened it.

use std::collections::BTreeSet;

use popglass_protocol::{
    client::{Event, LineFault},
    command::CommandName,
    state::{State, after_reply, transition},
    transcript::{Line, Meaning},
    types::MessageNumber,
};
use popglass_wire::link::ClientTls;

use super::{
    Millis,
    conversation::{Conversation, Standing},
};
use crate::{fact::Fact, format::What};

/// What was retrieved is shown up to so many octets; the rest is counted.
pub const READER_OCTETS_MAX: usize = 256 * 1024;

/// A session.
pub(crate) struct Pop3 {
    pub(crate) conversation: Conversation,
    session: u32,
    by: String,
    state: State,
    user: String,
    /// The messages by number, by the lesson's names, since TRANSACTION.
    snapshot: Vec<String>,
    pub(crate) marked: BTreeSet<MessageNumber>,
    /// The command that awaits its status line.
    asked: Option<(CommandName, String, State)>,
    /// The line that is no command, and awaits its answer.
    unknown: Option<(String, String)>,
    arriving: Option<Arriving>,
    pub(crate) reading: Option<Reading>,
    pub(crate) over: bool,
    refused: bool,
    protected: bool,
}

/// A message that comes.
struct Arriving {
    number: MessageNumber,
    command: CommandName,
    octets: Vec<u8>,
    total: u64,
}

/// The message that was retrieved last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// By the lesson's name for it.
    pub message: String,
    /// At most [`READER_OCTETS_MAX`] of it.
    pub octets: Vec<u8>,
    /// All of it.
    pub octets_total: u64,
}

/// What the room knows that a session needs.
pub(crate) struct Surroundings<'a> {
    pub(crate) now_ms: Millis,
    /// A user's maildrop as it lies there now, by the lesson's names.
    pub(crate) maildrop: &'a dyn Fn(&str) -> Vec<String>,
}

/// What came of a move.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) lines: Vec<Line>,
    pub(crate) facts: Vec<Fact>,
    /// TLS stands, and did not before.
    pub(crate) protected: bool,
}

impl Pop3 {
    pub(crate) fn new(by: &str, session: u32, conversation: Conversation) -> Self {
        Self {
            conversation,
            session,
            by: by.to_owned(),
            state: State::Greeting,
            user: String::new(),
            snapshot: Vec::new(),
            marked: BTreeSet::new(),
            asked: None,
            unknown: None,
            arriving: None,
            reading: None,
            over: false,
            refused: false,
            protected: false,
        }
    }

    pub(crate) fn state(&self) -> State {
        if self.over { State::Closed } else { self.state }
    }

    pub(crate) fn send_line(&mut self, line: &str) -> Result<(), LineFault> {
        self.conversation.client.send_line(line).map(|_| ())
    }

    pub(crate) fn session(&self) -> u32 {
        self.session
    }

    /// AUTH was said, and is not answered: what is typed next is a response.
    pub(crate) fn exchanging(&self) -> bool {
        matches!(self.asked, Some((CommandName::Auth, ..)))
    }

    /// Whose maildrop is open, or whose name was given.
    pub(crate) fn user(&self) -> &str {
        &self.user
    }

    pub(crate) fn message_count(&self) -> usize {
        self.snapshot.len()
    }

    pub(crate) fn marked_names(&self) -> impl Iterator<Item = String> {
        self.marked.iter().map(|number| self.name(*number))
    }

    /// The client has ended it.
    pub(crate) fn was_refused(&self) -> bool {
        self.refused
    }

    /// Lets everything be said, and tells it.
    pub(crate) fn run(&mut self, around: &Surroundings<'_>) -> Told {
        let mut events = Vec::new();
        let standing = self.conversation.run(around.now_ms, &mut events);
        let mut told = Told::default();
        for event in events {
            self.follow(event, around, &mut told);
        }
        if !self.over && standing != Standing::Open {
            self.end(standing, &mut told);
        }
        told.protected = !self.protected && self.conversation.is_protected();
        self.protected |= told.protected;
        told
    }

    /// Breaks the connection.
    pub(crate) fn hang_up(&mut self) -> Told {
        let mut told = Told::default();
        self.conversation.hang_up();
        if !self.over {
            self.end(Standing::ServerClosed, &mut told);
        }
        told
    }

    fn end(&mut self, standing: Standing, told: &mut Told) {
        self.over = true;
        let never_stood = self.state == State::Greeting;
        let refused = matches!(self.conversation.client_tls(), ClientTls::Refused(_)) || standing == Standing::Refused;
        self.refused = refused;
        if refused {
            let text = match self.conversation.client_tls() {
                ClientTls::Refused(refusal) => format!("{:?}", refusal.fault),
                _ => String::new(),
            };
            told.facts.push(Fact { text, ..self.fact(What::ConnectionRefused) });
        }
        // A goodbye in UPDATE is no break.
        if !never_stood && !matches!(self.state, State::Update | State::Closed) {
            told.facts.push(Fact { count: self.marked.len(), ..self.fact(What::Broken) });
        }
    }

    fn fact(&self, what: What) -> Fact {
        Fact {
            what,
            by: self.by.clone(),
            session: self.session,
            // Behind its goodbye TLS is over, but what was said was protected.
            tls: self.protected || self.conversation.is_protected(),
            user: self.user.clone(),
            state: self.state.rfc_name().to_owned(),
            ..Fact::default()
        }
    }

    fn follow(&mut self, event: Event, around: &Surroundings<'_>, told: &mut Told) {
        match event {
            Event::Line(line) => self.follow_line(line, around, told),
            Event::Chunk { number, octets, octets_total, .. } => self.gather(number, &octets, octets_total),
            _ => {}
        }
    }

    fn follow_line(&mut self, line: Line, around: &Surroundings<'_>, told: &mut Told) {
        match line.meaning {
            Meaning::Greeting => {
                told.facts.push(Fact { accepted: true, text: line.text.clone(), ..self.fact(What::Connected) });
                self.come_to(State::Authorization, told);
            }
            Meaning::Command(command) => {
                self.asked = Some((command, argument(&line.text), line.state));
                self.note_credentials(command, &line.text, told);
            }
            Meaning::Response(_) => told.facts.push(self.fact(What::Credentials)),
            Meaning::UnknownCommand => {
                self.unknown = Some(split(&line.text));
            }
            Meaning::Unexpected => {
                if let Some((command, argument)) = self.unknown.take() {
                    let (accepted, text) = (line.text.starts_with("+OK"), line.text.clone());
                    told.facts.push(Fact { command, argument, accepted, text, ..self.fact(What::Command) });
                }
            }
            Meaning::Accepted(command) => self.answered(command, true, &line, around, told),
            Meaning::Refused(command) => self.answered(command, false, &line, around, told),
            Meaning::BodyEnd(_) => self.arrived(told),
            _ => {}
        }
        told.lines.push(line);
    }

    /// Names and passwords cross the wire with these; the argument of APOP is a proof.
    fn note_credentials(&mut self, command: CommandName, text: &str, told: &mut Told) {
        match command {
            CommandName::User => self.user = argument(text),
            CommandName::Apop => {
                self.user = argument(text).split(' ').next().unwrap_or_default().to_owned();
                told.facts.push(self.fact(What::Credentials));
            }
            CommandName::Pass => told.facts.push(self.fact(What::Credentials)),
            _ => {}
        }
    }

    fn answered(
        &mut self,
        command: CommandName,
        accepted: bool,
        line: &Line,
        around: &Surroundings<'_>,
        told: &mut Told,
    ) {
        let (_, argument, state) = self.asked.take().unwrap_or((command, String::new(), line.state));
        let number = MessageNumber::parse(argument.split(' ').next().unwrap_or_default().as_bytes());
        told.facts.push(Fact {
            command: command.keyword().to_owned(),
            accepted,
            state: state.rfc_name().to_owned(),
            message: number.map(|number| self.name(number)).unwrap_or_default(),
            text: line.text.clone(),
            argument,
            ..self.fact(What::Command)
        });
        if let Some(row) = transition(state, command) {
            self.come_to(after_reply(row, accepted), told);
        }
        if !accepted {
            return;
        }
        match (command, number) {
            (CommandName::Pass | CommandName::Apop | CommandName::Auth, _) => {
                self.snapshot = (around.maildrop)(&self.user);
            }
            (CommandName::Retr | CommandName::Top, Some(number)) => {
                self.arriving = Some(Arriving { number, command, octets: Vec::new(), total: 0 });
            }
            (CommandName::Dele, Some(number)) => {
                self.marked.insert(number);
            }
            (CommandName::Rset, _) => self.marked.clear(),
            (CommandName::Quit, _) => told.facts.push(Fact { count: self.marked.len(), ..self.fact(What::Quit) }),
            _ => {}
        }
    }

    fn gather(&mut self, number: MessageNumber, octets: &[u8], total: u64) {
        if let Some(arriving) = self.arriving.as_mut().filter(|arriving| arriving.number == number) {
            let room = READER_OCTETS_MAX.saturating_sub(arriving.octets.len());
            arriving.octets.extend(&octets[..octets.len().min(room)]);
            arriving.total = total;
        }
    }

    fn arrived(&mut self, told: &mut Told) {
        let Some(arriving) = self.arriving.take() else { return };
        let message = self.name(arriving.number);
        let what = if arriving.command == CommandName::Retr { What::Retrieved } else { What::Previewed };
        told.facts.push(Fact { message: message.clone(), count: arriving.total as usize, ..self.fact(what) });
        self.reading = Some(Reading { message, octets: arriving.octets, octets_total: arriving.total });
    }

    fn come_to(&mut self, state: State, told: &mut Told) {
        if state != self.state {
            let was = std::mem::replace(&mut self.state, state);
            // USER leads to no other state by the RFC's name.
            if state.rfc_name() != was.rfc_name() || was == State::Greeting {
                told.facts.push(self.fact(What::State));
            }
        }
    }

    fn name(&self, number: MessageNumber) -> String {
        self.snapshot.get(number.index()).cloned().unwrap_or_default()
    }
}

/// The keyword in capitals, and what stands behind it.
pub(crate) fn split(line: &str) -> (String, String) {
    let (keyword, argument) = line.split_once(' ').unwrap_or((line, ""));
    (keyword.to_ascii_uppercase(), argument.trim().to_owned())
}

fn argument(line: &str) -> String {
    split(line).1
}
