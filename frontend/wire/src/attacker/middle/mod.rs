//! The middle of a link at work: hears both sides, and says what goes on to each. It knows which attack it is, and nothing of
//! how it is done.

mod false_certificate;
mod inject;
mod lines;
mod strip;

use std::mem;

use false_certificate::Terminator;
use inject::Injector;
use popglass_protocol::transcript::Direction;
use strip::Stripper;

use super::{Act, Attacker, INJECTED_OCTETS_MAX};
use crate::{identity::Identity, tap::Tap};

/// In the middle of a [`crate::link::Link`].
pub(crate) struct Middle {
    role: Role,
    acts: Vec<Act>,
    read: Tap,
    for_server: Vec<u8>,
    for_client: Vec<u8>,
}

enum Role {
    Passing,
    Stripping(Stripper),
    Injecting(Injector),
    Terminating(Box<Terminator>),
}

/// Where a role puts what comes of what it heard.
struct Desk<'a> {
    acts: &'a mut Vec<Act>,
    /// What he could read because TLS ended with him.
    read: &'a mut Tap,
    for_server: &'a mut Vec<u8>,
    for_client: &'a mut Vec<u8>,
}

impl Desk<'_> {
    /// Once only: what he does again and again is one act.
    fn act(&mut self, act: Act) {
        if !self.acts.contains(&act) {
            self.acts.push(act);
        }
    }

    fn pass(&mut self, direction: Direction, octets: &[u8]) {
        match direction {
            Direction::ClientToServer => self.for_server.extend(octets),
            Direction::ServerToClient => self.for_client.extend(octets),
        }
    }
}

impl Middle {
    pub(crate) fn new(attacker: &Attacker, server: Identity, now_ms: u64) -> Self {
        let role = match attacker {
            Attacker::None | Attacker::Listen => Role::Passing,
            Attacker::StripStls => Role::Stripping(Stripper::default()),
            Attacker::InjectAfterStls(octets) => {
                Role::Injecting(Injector::new(&octets[..octets.len().min(INJECTED_OCTETS_MAX)]))
            }
            Attacker::FalseCertificate(shown) => Role::Terminating(Box::new(Terminator::new(*shown, server, now_ms))),
        };
        Self { role, acts: Vec::new(), read: Tap::default(), for_server: Vec::new(), for_client: Vec::new() }
    }

    pub(crate) fn handle_client(&mut self, octets: &[u8]) {
        self.handle(Direction::ClientToServer, octets);
    }

    pub(crate) fn handle_server(&mut self, octets: &[u8]) {
        self.handle(Direction::ServerToClient, octets);
    }

    pub(crate) fn handle_client_end(&mut self) {
        self.handle_end(Direction::ClientToServer);
    }

    pub(crate) fn handle_server_end(&mut self) {
        self.handle_end(Direction::ServerToClient);
    }

    pub(crate) fn take_for_server(&mut self) -> Vec<u8> {
        mem::take(&mut self.for_server)
    }

    pub(crate) fn take_for_client(&mut self) -> Vec<u8> {
        mem::take(&mut self.for_client)
    }

    /// He has hung up on both sides.
    pub(crate) fn is_over(&self) -> bool {
        match &self.role {
            Role::Passing | Role::Stripping(_) | Role::Injecting(_) => false,
            Role::Terminating(terminator) => terminator.is_over(),
        }
    }

    pub(crate) fn set_now_ms(&mut self, now_ms: u64) {
        if let Role::Terminating(terminator) = &mut self.role {
            terminator.set_now_ms(now_ms);
        }
    }

    pub(crate) fn acts(&self) -> &[Act] {
        &self.acts
    }

    pub(crate) fn read(&self) -> &Tap {
        &self.read
    }

    fn handle(&mut self, from: Direction, octets: &[u8]) {
        let (role, mut desk) = self.at_work();
        match role {
            Role::Passing => desk.pass(from, octets),
            Role::Stripping(stripper) => stripper.handle(from, octets, &mut desk),
            Role::Injecting(injector) => injector.handle(from, octets, &mut desk),
            Role::Terminating(terminator) => terminator.handle(from, octets, &mut desk),
        }
    }

    fn handle_end(&mut self, of: Direction) {
        let (role, mut desk) = self.at_work();
        match role {
            Role::Passing | Role::Injecting(_) => {}
            Role::Stripping(stripper) => stripper.handle_end(of, &mut desk),
            Role::Terminating(terminator) => terminator.handle_end(of, &mut desk),
        }
    }

    fn at_work(&mut self) -> (&mut Role, Desk<'_>) {
        let Self { role, acts, read, for_server, for_client } = self;
        (role, Desk { acts, read, for_server, for_client })
    }
}
