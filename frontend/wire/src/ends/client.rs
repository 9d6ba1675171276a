//! The client's end: in the clear, or the very engine that does TLS in the page.

use std::mem;

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::{TlsEvent, TlsOrder, Trust};
use popglass_tls::engine::{Configurations, Engine};
use rustls::RootCertStore;

use super::{PIECE_OCTETS_MAX, WAITING_OCTETS_MAX, clock};
use crate::{identity::SERVER_NAME, link::ClientTls};

pub(crate) struct ClientEnd {
    stage: Stage,
    pub(crate) tls: ClientTls,
    received: Vec<u8>,
    to_wire: Vec<u8>,
    /// It hangs up; what waits is still sent.
    pub(crate) is_over: bool,
}

enum Stage {
    Clear,
    Tls(Box<Engine>),
}

impl ClientEnd {
    pub(crate) fn new() -> Self {
        Self { stage: Stage::Clear, tls: ClientTls::Off, received: Vec::new(), to_wire: Vec::new(), is_over: false }
    }

    /// Begins TLS; a second time changes nothing.
    pub(crate) fn start_tls(&mut self, trust: &Trust, ends: TlsEnds, now_ms: u64) {
        if self.is_over || !matches!(self.stage, Stage::Clear) {
            return;
        }
        // Nobody's public authorities: nothing of the lessons reaches the world, and nothing of the world the lessons.
        let mut configurations = Configurations::with_public(clock(now_ms), RootCertStore::empty());
        let order = TlsOrder { server_name: SERVER_NAME.into(), ends, trust: trust.clone() };
        self.tls = ClientTls::Shaking;
        self.stage = Stage::Tls(Box::new(Engine::open(&order, &mut configurations)));
        self.drain();
    }

    pub(crate) fn send(&mut self, plaintext: &[u8]) {
        if self.is_over {
            return;
        }
        match &mut self.stage {
            Stage::Clear => self.to_wire.extend(plaintext),
            Stage::Tls(engine) => {
                for piece in plaintext.chunks(PIECE_OCTETS_MAX) {
                    engine.send(piece);
                    self.to_wire.extend(engine.take_ciphertext());
                }
            }
        }
        self.check_waiting();
    }

    pub(crate) fn handle_input(&mut self, octets: &[u8]) {
        if self.is_over {
            return;
        }
        for piece in octets.chunks(PIECE_OCTETS_MAX) {
            match &mut self.stage {
                Stage::Clear => self.received.extend(piece),
                Stage::Tls(engine) => engine.feed(piece),
            }
            self.drain();
        }
        self.check_waiting();
    }

    /// The other end has hung up.
    pub(crate) fn handle_end(&mut self) {
        if self.is_over {
            return;
        }
        if let Stage::Tls(engine) = &mut self.stage {
            engine.end();
        }
        self.drain();
        self.is_over = true;
    }

    /// Says TLS's goodbye, if there is TLS, and hangs up.
    pub(crate) fn close(&mut self) {
        if self.is_over {
            return;
        }
        if let Stage::Tls(engine) = &mut self.stage {
            engine.close();
        }
        self.drain();
        self.is_over = true;
    }

    pub(crate) fn take_received(&mut self) -> Vec<u8> {
        mem::take(&mut self.received)
    }

    pub(crate) fn take_to_wire(&mut self) -> Vec<u8> {
        mem::take(&mut self.to_wire)
    }

    /// Takes everything from the engine, in the order that it asks for.
    fn drain(&mut self) {
        let Stage::Tls(engine) = &mut self.stage else { return };
        self.to_wire.extend(engine.take_ciphertext());
        let mut events: Vec<_> = std::iter::from_fn(|| engine.poll_event()).collect();
        self.received.extend(engine.take_plaintext());
        events.extend(std::iter::from_fn(|| engine.poll_event()));
        for event in events {
            match event {
                TlsEvent::Ready { secured, .. } => self.tls = ClientTls::Standing(Box::new(secured)),
                TlsEvent::Ended => {
                    self.tls = ClientTls::Ended;
                    self.is_over = true;
                }
                TlsEvent::Failed(refusal) => {
                    self.tls = ClientTls::Refused(Box::new(refusal));
                    self.is_over = true;
                }
            }
        }
    }

    fn check_waiting(&mut self) {
        self.is_over |= self.received.len().max(self.to_wire.len()) > WAITING_OCTETS_MAX;
    }
}
