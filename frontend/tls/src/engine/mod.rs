//! One TLS connection without I/O: ciphertext in and out, plaintext in and out, and events. Whoever drives it takes all
//! there is after every call: the ciphertext, the events, the plaintext, and the events once more, since the end is told
//! only when no plaintext waits.
//! Knows no socket, and no user but by the trust in its order.

mod configuration;
mod fault;
mod provider;
mod refusal;
mod verifier;

use std::{
    collections::VecDeque,
    io::{Read, Write},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
pub use configuration::Configurations;
use configuration::{BadTrust, Configuration};
use fault::Beginning;
use popglass_protocol::{
    sasl::ChannelBinding,
    tunnel::{CREDIT_OCTETS_MAX, TlsEnds, TlsSummary},
};
use popglass_session::security::{Secured, TlsEvent, TlsFault, TlsOrder, Vouched};
pub use provider::provider;
use refusal::Circumstances;
use rustls::{AlertDescription, ClientConnection, Error, HandshakeKind, ProtocolVersion};
use rustls_pki_types::{CertificateDer, ServerName};

use crate::Clock;

/// Plaintext that may wait to be taken: more than one grant of credit cannot come.
const PLAINTEXT_WAITING_OCTETS_MAX: usize = CREDIT_OCTETS_MAX as usize;

/// Ciphertext that may wait to be taken. Commands are small, and pipelines are bounded.
const CIPHERTEXT_WAITING_OCTETS_MAX: usize = 4 * 1024 * 1024;

/// What is sent before TLS stands waits inside; nobody should send anything then, so it is little.
const EARLY_OCTETS_MAX: usize = 64 * 1024;

/// One connection.
pub struct Engine {
    server_name: String,
    ends: TlsEnds,
    clock: Clock,
    stage: Stage,
    beginning: Beginning,
    /// The server's chain, once it was seen: good or not.
    chain: Vec<CertificateDer<'static>>,
    ciphertext: Vec<u8>,
    plaintext: Vec<u8>,
    events: VecDeque<TlsEvent>,
}

enum Stage {
    Shaking(Box<Session>),
    Standing(Box<Session>),
    /// It ended, or failed, or never began.
    Over,
}

struct Session {
    connection: ClientConnection,
    configuration: Arc<Configuration>,
    name: ServerName<'static>,
}

impl Engine {
    /// Begins: the first ciphertext can be taken at once. What stands in its way comes as an event.
    #[must_use]
    pub fn open(order: &TlsOrder, configurations: &mut Configurations) -> Self {
        let mut engine = Self {
            server_name: order.server_name.clone(),
            ends: order.ends,
            clock: Arc::clone(configurations.clock()),
            stage: Stage::Over,
            beginning: Beginning::default(),
            chain: Vec::new(),
            ciphertext: Vec::new(),
            plaintext: Vec::new(),
            events: VecDeque::new(),
        };
        match Session::new(order, configurations) {
            Ok(mut session) => {
                session.flush(&mut engine.ciphertext);
                engine.stage = Stage::Shaking(Box::new(session));
            }
            Err(fault) => engine.fail(fault, None),
        }
        engine
    }

    /// Takes what came from the server, all of it.
    pub fn feed(&mut self, ciphertext: &[u8]) {
        self.beginning.feed(ciphertext);
        let mut rest = ciphertext;
        while !rest.is_empty() {
            let (Stage::Shaking(session) | Stage::Standing(session)) = &mut self.stage else { return };
            // Nothing is read behind the server's goodbye (RFC 8446 §6.1); no octet taken is the sign of it.
            match session.connection.read_tls(&mut rest) {
                Ok(0) => return,
                Ok(_) => self.process(),
                Err(_) => self.fail(TlsFault::Corrupted, None),
            }
        }
    }

    /// Hears that the connection has ended.
    pub fn end(&mut self) {
        match self.stage {
            Stage::Shaking(_) if self.beginning.is_foreign() => self.fail(TlsFault::NotTls, None),
            Stage::Shaking(_) => self.fail(TlsFault::CutInHandshake, None),
            Stage::Standing(_) => self.fail(TlsFault::Truncated, None),
            Stage::Over => {}
        }
    }

    /// Encrypts what is for the server; nothing if there is no TLS any more.
    ///
    /// # Panics
    ///
    /// If the ciphertext is not taken, and megabytes of it wait.
    pub fn send(&mut self, plaintext: &[u8]) {
        let (Stage::Shaking(session) | Stage::Standing(session)) = &mut self.stage else { return };
        let mut rest = plaintext;
        while !rest.is_empty() {
            // Nothing is written where TLS does not stand yet and too much waits: it would be too early anyhow.
            let Ok(count @ 1..) = session.connection.writer().write(rest) else { break };
            rest = &rest[count..];
            session.flush(&mut self.ciphertext);
        }
        self.check_waiting();
    }

    /// Says goodbye, so that the server knows that nothing is missing.
    pub fn close(&mut self) {
        if let Stage::Shaking(session) | Stage::Standing(session) = &mut self.stage {
            session.connection.send_close_notify();
            session.flush(&mut self.ciphertext);
        }
    }

    /// What is for the server; perhaps nothing. Also after a failure: then it is the alert.
    #[must_use]
    pub fn take_ciphertext(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.ciphertext)
    }

    /// What the server said; perhaps nothing.
    #[must_use]
    pub fn take_plaintext(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.plaintext)
    }

    /// What happened, one after the other. An end waits until the plaintext before it is taken.
    #[must_use]
    pub fn poll_event(&mut self) -> Option<TlsEvent> {
        match self.events.front()? {
            TlsEvent::Ended | TlsEvent::Failed(_) if !self.plaintext.is_empty() => None,
            TlsEvent::Ready { .. } | TlsEvent::Ended | TlsEvent::Failed(_) => self.events.pop_front(),
        }
    }

    fn process(&mut self) {
        let (Stage::Shaking(session) | Stage::Standing(session)) = &mut self.stage else { return };
        let processed = session.connection.process_new_packets();
        if let Some(seen) = session.configuration.verifier.take_seen() {
            self.chain = seen;
        }
        // What was deciphered before an error is the server's word all the same. The reader's own error says only
        // that there is nothing more.
        let _ = session.connection.reader().read_to_end(&mut self.plaintext);
        session.flush(&mut self.ciphertext);
        self.check_waiting();
        match processed {
            Ok(state) => {
                self.stand();
                if state.peer_has_closed() {
                    self.peer_closed();
                }
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Tells once that the handshake is over.
    fn stand(&mut self) {
        let Stage::Shaking(session) = &self.stage else { return };
        if session.connection.is_handshaking() {
            return;
        }
        if let Some(chain) = session.connection.peer_certificates() {
            self.chain = chain.to_vec();
        }
        match session.ready(self.ends, &self.server_name, &self.chain, &self.clock) {
            Ok(event) => {
                self.events.push_back(event);
                let Stage::Shaking(session) = std::mem::replace(&mut self.stage, Stage::Over) else { return };
                self.stage = Stage::Standing(session);
            }
            Err(error) => self.refuse(&error),
        }
    }

    fn peer_closed(&mut self) {
        self.close();
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Standing(_) => self.events.push_back(TlsEvent::Ended),
            Stage::Shaking(_) => self.fail(TlsFault::CutInHandshake, None),
            Stage::Over => {}
        }
    }

    fn refuse(&mut self, error: &Error) {
        let handshaking = matches!(self.stage, Stage::Shaking(_));
        let fault = fault::of_connection(error, handshaking, &self.beginning, &self.chain);
        let alert = match error {
            Error::AlertReceived(alert) => Some(*alert),
            _ => None,
        };
        self.fail(fault, alert);
    }

    fn fail(&mut self, fault: TlsFault, alert: Option<AlertDescription>) {
        let stood = matches!(self.stage, Stage::Standing(_));
        self.stage = Stage::Over;
        let circumstances = Circumstances {
            fault,
            stood,
            alert,
            server_name: &self.server_name,
            ends: self.ends,
            chain: &self.chain,
            now: self.clock.current_time(),
        };
        self.events.push_back(TlsEvent::Failed(refusal::tell(&circumstances)));
    }

    fn check_waiting(&self) {
        assert!(self.plaintext.len() <= PLAINTEXT_WAITING_OCTETS_MAX, "the link takes the plaintext after every feed");
        assert!(
            self.ciphertext.len() <= CIPHERTEXT_WAITING_OCTETS_MAX,
            "the link takes the ciphertext after every call"
        );
    }
}

impl Session {
    fn new(order: &TlsOrder, configurations: &mut Configurations) -> Result<Self, TlsFault> {
        let configuration =
            configurations.choose(&order.server_name, &order.trust).map_err(|BadTrust| TlsFault::BadTrust)?;
        // What cannot be a name can be in no certificate.
        let name = ServerName::try_from(order.server_name.clone()).map_err(|_| TlsFault::WrongName)?;
        let connection = ClientConnection::new(Arc::clone(&configuration.tls), name.clone());
        // It fails without randomness alone; the browser always has some.
        let mut connection = connection.map_err(|_| TlsFault::Corrupted)?;
        connection.set_buffer_limit(Some(EARLY_OCTETS_MAX));
        Ok(Self { connection, configuration, name })
    }

    /// Moves what rustls wants to send.
    fn flush(&mut self, ciphertext: &mut Vec<u8>) {
        while self.connection.wants_write() {
            self.connection.write_tls(ciphertext).expect("memory takes everything");
        }
    }

    /// What stands, and who vouches for it.
    fn ready(
        &self,
        ends: TlsEnds,
        server_name: &str,
        chain: &[CertificateDer<'static>],
        clock: &Clock,
    ) -> Result<TlsEvent, Error> {
        let version = self.connection.protocol_version().unwrap_or(ProtocolVersion::TLSv1_2);
        let suite = self.connection.negotiated_cipher_suite().ok_or(Error::HandshakeNotComplete)?;
        let summary = TlsSummary {
            // The library writes TLSv1_3; everybody else writes a dot.
            version: version.as_str().unwrap_or("unknown").replace('_', "."),
            suite: suite.suite().as_str().unwrap_or("unknown").into(),
            server_name: server_name.into(),
            chain: chain.iter().map(|certificate| BASE64.encode(certificate)).collect(),
        };
        let exporter = match version {
            ProtocolVersion::TLSv1_3 => {
                let label = ChannelBinding::EXPORTER_LABEL;
                Some(self.connection.export_keying_material([0; 32], label, None)?)
            }
            _ => None,
        };
        let secured = Secured {
            ends,
            summary,
            vouched: self.vouched(chain, clock)?,
            resumed: self.connection.handshake_kind() == Some(HandshakeKind::Resumed),
        };
        Ok(TlsEvent::Ready { secured, exporter })
    }

    /// A resumed connection shows no certificate: then it is who vouched when it was shown.
    fn vouched(&self, chain: &[CertificateDer<'static>], clock: &Clock) -> Result<Vouched, Error> {
        let (end_entity, intermediates) = chain.split_first().ok_or(Error::NoCertificatesPresented)?;
        let verifier = &self.configuration.verifier;
        match verifier.remembered(end_entity) {
            Some(vouched) => Ok(vouched),
            None => {
                let now = clock.current_time().ok_or(Error::FailedToGetCurrentTime)?;
                verifier.judge(end_entity, intermediates, &self.name, now)
            }
        }
    }
}
