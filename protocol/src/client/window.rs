//! When a command may go out: pipelining within bounds (RFC 2449 §6.6). Knows no replies.
//!
//! A server may stop reading while it writes. Whatever the client has sent ahead then lies in the connection's buffers,
//! so the octets of commands in flight are bounded below what those hold, and a write never waits for a read.

use alloc::{boxed::Box, string::String, vec::Vec};

use crate::{
    client::{Client, Event, InFlight, Origin, Output, Said, typed::Typed},
    command::{Command, CommandName},
    limits,
    state::{State, Transition, transition},
    transcript::{Line, Meaning},
    types::Octets,
};

/// How a client behaves, where there is a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Config {
    /// Every [`crate::deviation::Deviation`] ends the session, but for [`crate::deviation::Rule::MalformedAccepted`].
    pub strict: bool,
    /// When commands may be sent before earlier ones are answered.
    pub pipelining: Pipelining,
    /// How far ahead.
    pub window: Window,
}

/// When commands may be sent before earlier ones are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pipelining {
    /// Where the server announces PIPELINING (RFC 2449 §6.6).
    #[default]
    Announced,
    /// Everywhere: the user knows the server.
    Always,
    /// Nowhere.
    Never,
}

/// How much may be unanswered at a time. Whatever the bounds, one command always may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Commands.
    pub commands_max: usize,
    /// Octets of commands: a server that writes its answer may stop reading, and what it has not read must fit into
    /// the connection's buffers, or both sides would wait for each other.
    pub command_octets_max: usize,
    /// Octets of replies, as far as they can be expected: what must be read before a transfer can be cancelled.
    pub reply_octets_max: u64,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            commands_max: limits::PIPELINE_COMMANDS_MAX,
            command_octets_max: limits::PIPELINE_COMMAND_OCTETS_MAX,
            reply_octets_max: limits::PIPELINE_REPLY_OCTETS_MAX,
        }
    }
}

/// What waits to be sent.
#[derive(Debug)]
pub(super) struct Queued {
    pub(super) id: super::CommandId,
    pub(super) words: Words,
    /// Octets that its reply is expected to have.
    pub(super) reply_octets: Option<Octets>,
}

/// A line of the client's.
#[derive(Debug)]
pub(super) enum Words {
    Command(Command),
    Typed(Box<Typed>),
}

impl Queued {
    pub(super) fn is_typed(&self) -> bool {
        matches!(self.words, Words::Typed(_))
    }

    fn name(&self) -> CommandName {
        match &self.words {
            Words::Command(command) => command.name(),
            Words::Typed(typed) => typed.name(),
        }
    }

    fn to_line(&self) -> Vec<u8> {
        match &self.words {
            Words::Command(command) => command.to_line(),
            Words::Typed(typed) => typed.to_line(),
        }
    }

    fn masked(&self, mask: &str, pass_due: bool) -> String {
        match &self.words {
            Words::Command(command) => command.masked(mask),
            Words::Typed(typed) => typed.masked(mask, pass_due),
        }
    }
}

impl Client {
    /// Moves lines from the queue to the wire: all that fit the window, in one write.
    pub(super) fn transmit(&mut self) {
        if self.respond_as_typed() {
            return;
        }
        let mut wire = Vec::new();
        while let Some(next) = self.queue.front() {
            let line = next.to_line();
            if self.state == State::Greeting || self.tls_pending || !self.window_takes(next, line.len()) {
                break;
            }
            let state = self.in_flight.back().map_or(self.state, |last| last.state_after);
            let Some(row) = self.row(next, state) else {
                if self.in_flight.is_empty() && !next.is_typed() {
                    self.drop_unsent();
                    continue;
                }
                // What is in flight may yet lead to a state in which it fits; or the session is over.
                break;
            };
            let Some(next) = self.queue.pop_front() else { break };
            self.put_in_flight(next, row, state, line.len());
            wire.extend(line);
        }
        if !wire.is_empty() {
            self.outputs.push_back(Output::Transmit(wire));
        }
    }

    /// What the line goes by in the state that what is in flight leads to.
    fn row(&self, next: &Queued, state: State) -> Option<Transition> {
        match &next.words {
            Words::Command(command) => {
                let name = command.name();
                // After UTF8 there is no way back into TLS (RFC 6856 §2).
                let legal = !(name == CommandName::Stls && self.utf8) && command.fits_line();
                transition(state, name).copied().filter(|_| legal)
            }
            Words::Typed(typed) => typed.row(state, self.in_flight.is_empty()),
        }
    }

    /// The front of the queue cannot be given in the state the session has come to.
    fn drop_unsent(&mut self) {
        let Some(next) = self.queue.pop_front() else { return };
        self.exchange.take_if(|exchange| exchange.id == next.id);
        self.event(Event::NotSent { id: next.id, command: next.name() });
    }

    fn put_in_flight(&mut self, next: Queued, row: Transition, state: State, octets: usize) {
        let name = next.name();
        let is_in_place = transition(state, name).is_some();
        let (origin, number, must_speak) = match &next.words {
            Words::Command(command) => (Origin::Sent, command.number(), false),
            Words::Typed(typed) => {
                let origin = match &typed.said {
                    Said::Resembling { .. } => Origin::Resembling,
                    Said::Unknown => Origin::Unknown,
                    Said::Command(_) if is_in_place => Origin::Typed,
                    Said::Command(_) => Origin::OutOfPlace,
                };
                (origin, typed.said.number(), typed.must_speak())
            }
        };
        let meaning = match origin {
            Origin::Resembling | Origin::Unknown => Meaning::UnknownCommand,
            Origin::Sent | Origin::Typed | Origin::OutOfPlace => Meaning::Command(name),
        };
        let pass_due = state == State::UserGiven;
        let line = Line::sent(self.state, meaning, |mask| next.masked(mask, pass_due), octets as u64);
        if let Words::Typed(typed) = next.words {
            self.event(Event::Typed { id: next.id, said: typed.said });
        }
        self.event(Event::Line(line));
        self.in_flight_octets += octets;
        self.in_flight_reply_octets += next.reply_octets.unwrap_or(limits::REPLY_OCTETS_GUESS);
        self.in_flight.push_back(InFlight {
            id: next.id,
            name,
            number,
            octets,
            reply_octets: next.reply_octets,
            shape: row.reply,
            state_after: row.on_ok,
            dropped: false,
            origin,
            must_speak,
        });
    }

    /// One command at a time, unless the server announced PIPELINING or the user knows better; and nothing behind a
    /// line whose answer changes what may be said, or that is no command here.
    fn window_takes(&self, next: &Queued, octets: usize) -> bool {
        let Some(last) = self.in_flight.back() else { return true };
        let window = self.config.window;
        let pipelining = match self.config.pipelining {
            Pipelining::Announced => self.capabilities.pipelining,
            Pipelining::Always => true,
            Pipelining::Never => false,
        };
        let last_decides = matches!(last.origin, Origin::OutOfPlace | Origin::Resembling | Origin::Unknown)
            || matches!(
                last.name,
                CommandName::Stls | CommandName::Pass | CommandName::Apop | CommandName::Auth | CommandName::Quit
            );
        pipelining
            && !self.one_at_a_time
            && !last_decides
            && !matches!(next.name(), CommandName::Stls | CommandName::Auth)
            && self.in_flight.len() < window.commands_max
            && self.in_flight_octets + octets <= window.command_octets_max
            && self
                .in_flight_reply_octets
                .checked_add(next.reply_octets.unwrap_or(limits::REPLY_OCTETS_GUESS))
                .is_some_and(|octets| octets <= window.reply_octets_max)
    }
}
