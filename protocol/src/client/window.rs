//! When a command may go out: pipelining within bounds (RFC 2449 §6.6). Knows no replies.
//!
//! A server may stop reading while it writes. Whatever the client has sent ahead then lies in the connection's buffers,
//! so the octets of commands in flight are bounded below what those hold, and a write never waits for a read.

use alloc::vec::Vec;

use crate::{
    client::{Client, Event, InFlight, Output},
    command::{Command, CommandName},
    limits,
    state::{State, transition},
    transcript::{Direction, Meaning},
    types::Octets,
};

/// How a client behaves, where there is a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Config {
    /// Every [`crate::deviation::Deviation`] ends the session.
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

/// A command that waits to be sent.
#[derive(Debug)]
pub(super) struct Queued {
    pub(super) id: super::CommandId,
    pub(super) command: Command,
    /// Octets that its reply is expected to have.
    pub(super) reply_octets: Option<Octets>,
}

impl Client {
    /// Moves commands from the queue to the wire: all that fit the window, in one write.
    pub(super) fn transmit(&mut self) {
        let mut wire = Vec::new();
        while let Some(next) = self.queue.front() {
            let (id, name) = (next.id, next.command.name());
            let line = next.command.to_line();
            let reply_octets = next.reply_octets;
            if self.state == State::Greeting
                || self.tls_pending
                || !self.window_takes(name, line.len(), reply_octets.unwrap_or(limits::REPLY_OCTETS_GUESS))
            {
                break;
            }
            let expected_state = self.in_flight.back().map_or(self.state, |last| last.state_after);
            // After UTF8 there is no way back into TLS (RFC 6856 §2).
            let legal = !(name == CommandName::Stls && self.utf8) && next.command.fits_line();
            let Some(row) = transition(expected_state, name).filter(|_| legal) else {
                if self.in_flight.is_empty() {
                    self.queue.pop_front();
                    self.exchange.take_if(|exchange| exchange.id == id);
                    self.event(Event::NotSent { id, command: name });
                    continue;
                }
                // What is in flight may yet lead to a state in which it fits.
                break;
            };
            let (number, redacted) = (next.command.number(), next.command.redacted());
            self.queue.pop_front();
            self.record(Direction::ClientToServer, Meaning::Command(name), &redacted, line.len());
            self.in_flight_octets += line.len();
            self.in_flight_reply_octets += reply_octets.unwrap_or(limits::REPLY_OCTETS_GUESS);
            self.in_flight.push_back(InFlight {
                id,
                name,
                number,
                octets: line.len(),
                reply_octets,
                shape: row.reply,
                state_after: row.on_ok,
                dropped: false,
            });
            wire.extend(line);
        }
        if !wire.is_empty() {
            self.outputs.push_back(Output::Transmit(wire));
        }
    }

    /// One command at a time, unless the server announced PIPELINING or the user knows better; and nothing behind a
    /// command whose answer changes what may be said.
    fn window_takes(&self, next: CommandName, octets: usize, reply_octets: Octets) -> bool {
        let Some(last) = self.in_flight.back() else { return true };
        let window = self.config.window;
        let pipelining = match self.config.pipelining {
            Pipelining::Announced => self.capabilities.pipelining,
            Pipelining::Always => true,
            Pipelining::Never => false,
        };
        let last_decides = matches!(
            last.name,
            CommandName::Stls | CommandName::Pass | CommandName::Apop | CommandName::Auth | CommandName::Quit
        );
        pipelining
            && !self.one_at_a_time
            && !last_decides
            && !matches!(next, CommandName::Stls | CommandName::Auth)
            && self.in_flight.len() < window.commands_max
            && self.in_flight_octets + octets <= window.command_octets_max
            && self
                .in_flight_reply_octets
                .checked_add(reply_octets)
                .is_some_and(|octets| octets <= window.reply_octets_max)
    }
}
