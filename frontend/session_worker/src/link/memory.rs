//! The link to the sandbox: our own POP3 server over the sample maildrop, in this worker's memory. No network. It hands
//! over at most one piece a turn of the event loop, so that a cancel can come between two.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use popglass_protocol::{
    limits,
    server::{Config, Output, Server},
};
use popglass_sandbox::{SandboxMaildrop, World};
use popglass_session::LinkEvent;

use crate::host::{HostHandle, Input};

/// An open link; dropped, it ends the server's session without QUIT.
pub(crate) struct Memory {
    server: Rc<RefCell<Server<SandboxMaildrop>>>,
    host: HostHandle,
    turn: RefCell<Option<Timeout>>,
}

impl Memory {
    pub(crate) fn open(world: &World, host: &HostHandle) -> Self {
        let config = Config { greeting: "Popglass sandbox, all in your own browser".into(), stls: false };
        let server = Rc::new(RefCell::new(Server::new(world.session(), config)));
        let memory = Self { server, host: host.clone(), turn: RefCell::new(None) };
        memory.take_turn(Some(Input::Link(LinkEvent::Opened(None))), 0);
        memory
    }

    pub(crate) fn send(&self, octets: &[u8]) {
        self.server.borrow_mut().handle_input(octets);
        self.take_turn(None, 0);
    }

    /// The host has taken so many octets.
    pub(crate) fn go_on(&self, octets: u64) {
        self.take_turn(None, if octets < READ_OCTETS_MAX as u64 { 0 } else { READ_PAUSE_MS });
    }

    /// Soon, and not at once: the host is busy with what made it call.
    fn take_turn(&self, first: Option<Input>, pause: u32) {
        let (server, host) = (Rc::clone(&self.server), self.host.clone());
        let turn = Timeout::new(pause, move || {
            if let Some(first) = first {
                host.handle(first);
            }
            let next = next_input(&mut server.borrow_mut());
            if let Some(next) = next {
                host.handle(next);
            }
        });
        *self.turn.borrow_mut() = Some(turn);
    }
}

/// What the server has to say until it waits, as one read; bounded by some chunks of a message.
fn next_input(server: &mut Server<SandboxMaildrop>) -> Option<Input> {
    let mut octets = Vec::new();
    while octets.len() < READ_OCTETS_MAX {
        match server.poll_output() {
            Output::Transmit(piece) => octets.extend(piece),
            Output::Close if octets.is_empty() => return Some(Input::Link(LinkEvent::Closed)),
            // TLS is not offered here; and a Close behind octets answers QUIT, after which nobody listens.
            Output::Close | Output::UpgradeTls => {}
            Output::Idle => break,
        }
    }
    (!octets.is_empty()).then_some(Input::Octets(octets))
}

/// One read of a long answer.
const READ_OCTETS_MAX: usize = limits::CHUNK_OCTETS_MAX;

/// Between two full reads: some 20 Mbit/s, a line as people have it, so that progress and cancelling can be seen.
const READ_PAUSE_MS: u32 = 25;
