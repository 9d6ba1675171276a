//! The server's end: in the clear, or rustls's server half, which shows one of the lessons' certificates. TLS 1.3 alone.

use std::{
    io::{Read as _, Write as _},
    mem,
    sync::Arc,
};

use popglass_tls::engine::provider;
use rustls::{ServerConfig, ServerConnection, server::NoServerSessionStorage, version::TLS13};

use super::{PIECE_OCTETS_MAX, WAITING_OCTETS_MAX, clock};
use crate::{
    identity::{Identity, Shown},
    link::ServerTls,
};

pub(crate) struct ServerEnd {
    identity: Identity,
    stage: Stage,
    pub(crate) tls: ServerTls,
    received: Vec<u8>,
    to_wire: Vec<u8>,
    /// It hangs up; what waits is still sent.
    pub(crate) is_over: bool,
}

enum Stage {
    Clear,
    Tls(Box<ServerConnection>),
}

impl ServerEnd {
    pub(crate) fn new(identity: Identity) -> Self {
        Self {
            identity,
            stage: Stage::Clear,
            tls: ServerTls::Off,
            received: Vec::new(),
            to_wire: Vec::new(),
            is_over: false,
        }
    }

    pub(crate) fn identity(&self) -> Identity {
        self.identity
    }

    /// Begins TLS; a second time changes nothing.
    pub(crate) fn start_tls(&mut self, now_ms: u64) {
        if self.is_over || !matches!(self.stage, Stage::Clear) {
            return;
        }
        // It fails without randomness alone; the browser always has some.
        match ServerConnection::new(config(self.identity, now_ms)) {
            Ok(mut connection) => {
                connection.set_buffer_limit(None);
                self.tls = ServerTls::Shaking;
                self.stage = Stage::Tls(Box::new(connection));
            }
            Err(_) => {
                self.tls = ServerTls::Failed;
                self.is_over = true;
            }
        }
    }

    pub(crate) fn send(&mut self, plaintext: &[u8]) {
        if self.is_over {
            return;
        }
        match &mut self.stage {
            Stage::Clear => self.to_wire.extend(plaintext),
            Stage::Tls(connection) => connection.writer().write_all(plaintext).expect("memory takes everything"),
        }
        self.flush();
    }

    pub(crate) fn handle_input(&mut self, octets: &[u8]) {
        for piece in octets.chunks(PIECE_OCTETS_MAX) {
            if self.is_over {
                return;
            }
            match &mut self.stage {
                Stage::Clear => self.received.extend(piece),
                Stage::Tls(_) => self.decipher(piece),
            }
            self.flush();
        }
    }

    /// The other end has hung up.
    pub(crate) fn handle_end(&mut self) {
        if self.is_over {
            return;
        }
        match self.tls {
            ServerTls::Shaking | ServerTls::Standing => self.tls = ServerTls::Failed,
            ServerTls::Off | ServerTls::Failed | ServerTls::Ended => {}
        }
        self.is_over = true;
    }

    /// Says TLS's goodbye, if there is TLS, and hangs up.
    pub(crate) fn close(&mut self) {
        if self.is_over {
            return;
        }
        if let Stage::Tls(connection) = &mut self.stage {
            connection.send_close_notify();
        }
        self.flush();
        self.is_over = true;
    }

    pub(crate) fn take_received(&mut self) -> Vec<u8> {
        mem::take(&mut self.received)
    }

    pub(crate) fn take_to_wire(&mut self) -> Vec<u8> {
        mem::take(&mut self.to_wire)
    }

    fn decipher(&mut self, mut ciphertext: &[u8]) {
        let Stage::Tls(connection) = &mut self.stage else { return };
        while !ciphertext.is_empty() {
            // Nothing is read behind the client's goodbye (RFC 8446 §6.1).
            if !connection.read_tls(&mut ciphertext).is_ok_and(|count| count > 0) {
                return;
            }
            let processed = connection.process_new_packets();
            // The reader's own error says only that there is nothing more.
            let _ = connection.reader().read_to_end(&mut self.received);
            match processed {
                Ok(state) if state.peer_has_closed() => {
                    connection.send_close_notify();
                    self.tls = ServerTls::Ended;
                    self.is_over = true;
                    return;
                }
                Ok(_) if !connection.is_handshaking() => self.tls = ServerTls::Standing,
                Ok(_) => {}
                // What is wrong it says by an alert, and the client's reason is the client's to tell.
                Err(_) => {
                    self.tls = ServerTls::Failed;
                    self.is_over = true;
                    return;
                }
            }
        }
    }

    fn flush(&mut self) {
        if let Stage::Tls(connection) = &mut self.stage {
            while connection.wants_write() {
                connection.write_tls(&mut self.to_wire).expect("memory takes everything");
            }
        }
        self.is_over |= self.received.len().max(self.to_wire.len()) > WAITING_OCTETS_MAX;
    }
}

fn config(identity: Identity, now_ms: u64) -> Arc<ServerConfig> {
    let builder = ServerConfig::builder_with_details(Arc::new(provider()), clock(now_ms));
    let mut config = builder
        .with_protocol_versions(&[&TLS13])
        .expect("the provider has suites for TLS 1.3")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Shown::new(identity)));
    // Nobody comes back to a connection of a lesson.
    config.send_tls13_tickets = 0;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    Arc::new(config)
}
