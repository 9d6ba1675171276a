//! A connection in memory: a client's end, a server's end, and between them two stretches of wire with somebody in the
//! middle, who lets everything through unless he is told otherwise ([`Attacker`]). Nothing waits and nothing runs by
//! itself: what was sent moves when [`Link::step`] or [`Link::pump`] is called.
//!
//! ```text
//!   client ── tap() ── attacker ── tap_behind() ── server
//! ```

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::{transcript::Direction, tunnel::TlsEnds};
use popglass_session::security::{Secured, TlsRefusal, Trust};

use crate::{
    attacker::{Act, Attacker, Middle},
    ends::{ClientEnd, ServerEnd},
    identity::{AUTHORITY, Identity},
    tap::Tap,
};

/// Whom the client trusts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientTrust(Trust);

impl ClientTrust {
    /// The school's authority, which issued [`Identity::Good`].
    #[must_use]
    pub fn school() -> Self {
        Self(Trust { demo: Some(BASE64.encode(AUTHORITY)), ..Trust::default() })
    }

    /// Nobody: every certificate is refused.
    #[must_use]
    pub fn nobody() -> Self {
        Self::default()
    }

    /// This very certificate as well, whatever is wrong with it: what a careless person accepts who was shown a
    /// refusal. As [`TlsRefusal::pin`] gives it.
    #[must_use]
    pub fn and_pin(mut self, pin: &str) -> Self {
        self.0.pins.push(pin.into());
        self
    }
}

/// TLS as the client sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientTls {
    /// Everything is in the clear.
    Off,
    /// The handshake is under way.
    Shaking,
    /// It stands, and the certificate is good.
    Standing(Box<Secured>),
    /// There is no TLS, or no longer, and why. The client has hung up.
    Refused(Box<TlsRefusal>),
    /// The server said TLS's goodbye.
    Ended,
}

/// TLS as the server sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerTls {
    /// Everything is in the clear.
    Off,
    /// The handshake is under way, or has not begun.
    Shaking,
    /// It stands.
    Standing,
    /// The client refused, or what came was no TLS, or it ended without goodbye.
    Failed,
    /// The client said TLS's goodbye.
    Ended,
}

/// A connection.
pub struct Link {
    client: ClientEnd,
    server: ServerEnd,
    middle: Middle,
    tap: Tap,
    tap_behind: Tap,
    trust: Trust,
    now_ms: u64,
    told: Told,
}

/// Who is in the middle was told that this end has hung up.
#[derive(Default)]
struct Told {
    of_client: bool,
    of_server: bool,
}

impl Link {
    /// In the clear, as on port 110. TLS can be started on both ends (STLS, RFC 2595 §4).
    #[must_use]
    pub fn starting_plain(server: Identity, trust: &ClientTrust, now_ms: u64) -> Self {
        Self {
            client: ClientEnd::new(),
            server: ServerEnd::new(server),
            middle: Middle::new(&Attacker::None, server, now_ms),
            tap: Tap::default(),
            tap_behind: Tap::default(),
            trust: trust.0.clone(),
            now_ms,
            told: Told::default(),
        }
    }

    /// In the clear, and to stay so: the server has no certificate that anybody trusts.
    #[must_use]
    pub fn plain(now_ms: u64) -> Self {
        Self::starting_plain(Identity::SelfSigned, &ClientTrust::nobody(), now_ms)
    }

    /// With TLS from the first octet, as on port 995 (RFC 8314 §3.3). The time is in milliseconds since 1970, and what
    /// certificates are judged by.
    #[must_use]
    pub fn tls(server: Identity, trust: &ClientTrust, now_ms: u64) -> Self {
        let mut link = Self::starting_plain(server, trust, now_ms);
        link.client.start_tls(&link.trust, TlsEnds::Page, now_ms);
        link.server.start_tls(now_ms);
        link
    }

    /// Puts somebody on the wire, before anything moves on it.
    #[must_use]
    pub fn with_attacker(mut self, attacker: &Attacker) -> Self {
        self.middle = Middle::new(attacker, self.server_identity(), self.now_ms);
        self
    }

    /// What the server shows when it is asked for TLS.
    #[must_use]
    pub fn server_identity(&self) -> Identity {
        self.server.identity()
    }

    /// Moves the clock, for the times on the tap. Certificates are judged by the time at which TLS is started.
    pub fn set_now_ms(&mut self, now_ms: u64) {
        self.now_ms = now_ms;
        self.middle.set_now_ms(now_ms);
    }

    /// The client begins TLS, having read `+OK` to STLS. What it had received in the clear is still to be taken: a
    /// careful client takes it first, and ends the session if anything follows that `+OK` (RFC 2595 §4).
    pub fn client_start_tls(&mut self) {
        self.client.start_tls(&self.trust, TlsEnds::PageStls, self.now_ms);
    }

    /// The server awaits TLS, having written `+OK` to STLS.
    pub fn server_start_tls(&mut self) {
        self.server.start_tls(self.now_ms);
    }

    /// The client says this; nothing if it has hung up. During the handshake it waits inside the client.
    pub fn client_send(&mut self, plaintext: &[u8]) {
        self.client.send(plaintext);
    }

    /// The server says this; nothing if it has hung up. During the handshake it waits inside the server.
    pub fn server_send(&mut self, plaintext: &[u8]) {
        self.server.send(plaintext);
    }

    /// Takes what the client received and could read.
    #[must_use]
    pub fn client_received(&mut self) -> Vec<u8> {
        self.client.take_received()
    }

    /// Takes what the server received and could read.
    #[must_use]
    pub fn server_received(&mut self) -> Vec<u8> {
        self.server.take_received()
    }

    /// The client hangs up, with TLS's goodbye if there is TLS.
    pub fn client_close(&mut self) {
        self.client.close();
    }

    /// The server hangs up, with TLS's goodbye if there is TLS.
    pub fn server_close(&mut self) {
        self.server.close();
    }

    /// TLS as the client sees it.
    #[must_use]
    pub fn client_tls(&self) -> &ClientTls {
        &self.client.tls
    }

    /// TLS as the server sees it.
    #[must_use]
    pub fn server_tls(&self) -> ServerTls {
        self.server.tls
    }

    /// The client has hung up, or was told that the other side has.
    #[must_use]
    pub fn client_is_over(&self) -> bool {
        self.client.is_over
    }

    /// The server has hung up, or was told that the other side has.
    #[must_use]
    pub fn server_is_over(&self) -> bool {
        self.server.is_over
    }

    /// What passed between client and attacker, or whoever is in the middle.
    #[must_use]
    pub fn tap(&self) -> &Tap {
        &self.tap
    }

    /// What passed between attacker and server. It differs from [`Link::tap`] if he changed anything.
    #[must_use]
    pub fn tap_behind(&self) -> &Tap {
        &self.tap_behind
    }

    /// What the attacker could read because TLS ended with him; empty but for [`Attacker::FalseCertificate`].
    #[must_use]
    pub fn attacker_read(&self) -> &Tap {
        self.middle.read()
    }

    /// What the attacker did, in order. Listening is no act: the taps show what was heard.
    #[must_use]
    pub fn acts(&self) -> &[Act] {
        self.middle.acts()
    }

    /// Moves everything until nothing moves.
    pub fn pump(&mut self) {
        while self.step() {}
    }

    /// Moves what waits by one stretch, the client's words first: to the attacker and on to the other end. Says whether
    /// anything moved.
    pub fn step(&mut self) -> bool {
        let octets = self.client.take_to_wire();
        if !octets.is_empty() {
            self.tap.record(Direction::ClientToServer, self.now_ms, &octets);
            self.middle.handle_client(&octets);
            return true;
        }
        let octets = self.middle.take_for_server();
        if !octets.is_empty() {
            self.tap_behind.record(Direction::ClientToServer, self.now_ms, &octets);
            self.server.handle_input(&octets);
            return true;
        }
        let octets = self.server.take_to_wire();
        if !octets.is_empty() {
            self.tap_behind.record(Direction::ServerToClient, self.now_ms, &octets);
            self.middle.handle_server(&octets);
            return true;
        }
        let octets = self.middle.take_for_client();
        if !octets.is_empty() {
            self.tap.record(Direction::ServerToClient, self.now_ms, &octets);
            self.client.handle_input(&octets);
            return true;
        }
        self.pass_on_ends()
    }

    /// Where nothing waits any more, the others hear that somebody has hung up: first who is in the middle, who may still
    /// say goodbye, then the other end.
    fn pass_on_ends(&mut self) -> bool {
        if self.client.is_over && !self.told.of_client {
            self.told.of_client = true;
            self.middle.handle_client_end();
        } else if self.server.is_over && !self.told.of_server {
            self.told.of_server = true;
            self.middle.handle_server_end();
        } else if (self.client.is_over || self.middle.is_over()) && !self.server.is_over {
            self.server.handle_end();
        } else if (self.server.is_over || self.middle.is_over()) && !self.client.is_over {
            self.client.handle_end();
        } else {
            return false;
        }
        true
    }
}
