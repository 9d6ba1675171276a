//! Pretends to be the server, with a certificate of his own: TLS ends with him, and begins with him anew. Knows no POP3: he
//! waits until a ClientHello passes.

use popglass_protocol::{transcript::Direction, tunnel::TlsEnds};
use popglass_session::security::Trust;

use super::{Act, Desk, lines::Lines};
use crate::{
    ends::{ClientEnd, ServerEnd},
    identity::Identity,
    link::{ClientTls, ServerTls},
};

pub(super) struct Terminator {
    server: Identity,
    now_ms: u64,
    from_client: Lines,
    /// To the client he is the server, and to the server the client.
    as_server: ServerEnd,
    as_client: ClientEnd,
}

impl Terminator {
    pub(super) fn new(shown: Identity, server: Identity, now_ms: u64) -> Self {
        Self {
            server,
            now_ms,
            from_client: Lines::default(),
            as_server: ServerEnd::new(shown),
            as_client: ClientEnd::new(),
        }
    }

    pub(super) fn set_now_ms(&mut self, now_ms: u64) {
        self.now_ms = now_ms;
    }

    pub(super) fn is_over(&self) -> bool {
        self.as_client.is_over && self.as_server.is_over
    }

    pub(super) fn handle(&mut self, from: Direction, octets: &[u8], desk: &mut Desk<'_>) {
        match from {
            Direction::ClientToServer => {
                let Self { from_client, as_server, as_client, server, now_ms, .. } = self;
                from_client.handle(octets, |_| {});
                if from_client.is_tls && as_server.tls == ServerTls::Off {
                    desk.act(Act::ShowedCertificate);
                    as_server.start_tls(*now_ms);
                    as_client.start_tls(&indifferent(*server), TlsEnds::Page, *now_ms);
                }
                match as_server.tls {
                    ServerTls::Off => desk.pass(from, octets),
                    _ => as_server.handle_input(octets),
                }
            }
            Direction::ServerToClient => match self.as_client.tls {
                ClientTls::Off => desk.pass(from, octets),
                _ => self.as_client.handle_input(octets),
            },
        }
        self.carry(desk);
    }

    pub(super) fn handle_end(&mut self, of: Direction, desk: &mut Desk<'_>) {
        match of {
            Direction::ClientToServer => {
                self.as_server.handle_end();
                self.as_client.close();
            }
            Direction::ServerToClient => {
                self.as_client.handle_end();
                self.as_server.close();
            }
        }
        self.carry(desk);
    }

    /// What one end received the other sends; when one hangs up, so does the other.
    fn carry(&mut self, desk: &mut Desk<'_>) {
        let said = self.as_server.take_received();
        if !said.is_empty() {
            desk.read.record(Direction::ClientToServer, self.now_ms, &said);
            self.as_client.send(&said);
        }
        let answered = self.as_client.take_received();
        if !answered.is_empty() {
            desk.read.record(Direction::ServerToClient, self.now_ms, &answered);
            self.as_server.send(&answered);
        }
        match self.as_server.tls {
            ServerTls::Off | ServerTls::Shaking => {}
            ServerTls::Standing | ServerTls::Ended => desk.act(Act::WasBelieved),
            // Whoever believed him and ends without a goodbye has believed him all the same.
            ServerTls::Failed if desk.acts.contains(&Act::WasBelieved) => {}
            ServerTls::Failed => desk.act(Act::WasRefused),
        }
        if self.as_server.is_over {
            self.as_client.close();
        }
        if self.as_client.is_over {
            self.as_server.close();
        }
        desk.pass(Direction::ServerToClient, &self.as_server.take_to_wire());
        desk.pass(Direction::ClientToServer, &self.as_client.take_to_wire());
    }
}

/// He takes whatever the server shows: he wants to read, not to be sure.
fn indifferent(server: Identity) -> Trust {
    Trust { pins: vec![server.fingerprint()], ..Trust::default() }
}
