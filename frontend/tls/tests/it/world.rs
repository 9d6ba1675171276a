//! What the tests play with: authorities, servers, a clock that stands still, and the way between client and server.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::{Secured, TlsEvent, TlsOrder, TlsRefusal, Trust};
use popglass_tls::{
    Clock,
    engine::{Configurations, Engine},
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::{
    RootCertStore, ServerConfig, ServerConnection, SupportedProtocolVersion,
    crypto::{CryptoProvider, ring},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
    time_provider::TimeProvider,
    version::{TLS12, TLS13},
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, UnixTime, pem::PemObject};

pub(crate) const NAME: &str = "mail.example.org";

/// 15 January 2027, 08:00:00 UTC.
pub(crate) const NOW: u64 = 1_800_000_000;

pub(crate) const BOTH: [&SupportedProtocolVersion; 2] = [&TLS13, &TLS12];

const RSA_2048: &str = include_str!("../fixtures/rsa-2048-key.pem");
const RSA_4096: &str = include_str!("../fixtures/rsa-4096-key.pem");

#[derive(Debug)]
struct StandingClock(u64);

impl TimeProvider for StandingClock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.0)))
    }
}

/// A clock that shows this, in seconds since 1970.
pub(crate) fn clock(seconds: u64) -> Clock {
    Arc::new(StandingClock(seconds))
}

/// A kind of key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    P256,
    P384,
    Rsa2048,
    Rsa4096,
}

impl Kind {
    pub(crate) fn key(self) -> KeyPair {
        match self {
            Self::P256 => KeyPair::generate().unwrap(),
            Self::P384 => KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap(),
            Self::Rsa2048 => KeyPair::from_pem(RSA_2048).unwrap(),
            Self::Rsa4096 => KeyPair::from_pem(RSA_4096).unwrap(),
        }
    }
}

/// Vouches for servers, or for other authorities.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_after = date_time_ymd(2030, 1, 1);
    params
}

/// What a server's certificate says unless a test wants it otherwise.
pub(crate) fn server_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2028, 1, 1);
    params
}

impl Authority {
    pub(crate) fn new(kind: Kind) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        Self::named(&format!("Test authority {}", COUNT.fetch_add(1, Ordering::Relaxed)), kind)
    }

    pub(crate) fn named(name: &str, kind: Kind) -> Self {
        Self(CertifiedIssuer::self_signed(authority_params(name), kind.key()).unwrap())
    }

    /// One that this one vouches for.
    pub(crate) fn intermediate(&self, kind: Kind) -> Self {
        Self(CertifiedIssuer::signed_by(authority_params("Test intermediate"), kind.key(), &self.0).unwrap())
    }

    pub(crate) fn certificate(&self) -> CertificateDer<'static> {
        self.0.der().clone()
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    pub(crate) fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate()).unwrap();
        roots
    }

    /// A server with a certificate of this authority.
    pub(crate) fn issue(&self, params: &CertificateParams, kind: Kind) -> Identity {
        let key = kind.key();
        let certificate = params.signed_by(&key, &self.0).unwrap().der().clone();
        Identity::new(vec![certificate], &key)
    }

    /// Trust in this authority, added by the user.
    pub(crate) fn trust(&self) -> Trust {
        Trust { authorities: vec![BASE64.encode(self.certificate())], ..Trust::default() }
    }
}

/// What a server shows, and proves itself by.
#[derive(Clone, Debug)]
pub(crate) struct Identity(Arc<CertifiedKey>);

impl Identity {
    pub(crate) fn new(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> Self {
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        Self(Arc::new(CertifiedKey::new(chain, ring::sign::any_supported_type(&key).unwrap())))
    }

    pub(crate) fn self_signed(params: &CertificateParams) -> Self {
        let key = Kind::P256.key();
        Self::new(vec![params.self_signed(&key).unwrap().der().clone()], &key)
    }

    /// Shows more certificates than its own.
    pub(crate) fn with(&self, more: &[&Authority]) -> Self {
        let chain = self.0.cert.iter().cloned().chain(more.iter().map(|authority| authority.certificate()));
        Self(Arc::new(CertifiedKey::new(chain.collect(), Arc::clone(&self.0.key))))
    }

    pub(crate) fn certificate(&self) -> &CertificateDer<'static> {
        &self.0.cert[0]
    }

    pub(crate) fn pin(&self) -> String {
        hexadecimal(ring_digest(self.certificate()).as_ref())
    }
}

impl ResolvesServerCert for Identity {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

fn ring_digest(octets: &[u8]) -> ::ring::digest::Digest {
    ::ring::digest::digest(&::ring::digest::SHA256, octets)
}

pub(crate) fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

pub(crate) fn fixture(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

pub(crate) fn server_config(identity: &Identity, versions: &[&'static SupportedProtocolVersion]) -> Arc<ServerConfig> {
    server_config_with(ring::default_provider(), identity, versions)
}

pub(crate) fn server_config_with(
    provider: CryptoProvider,
    identity: &Identity,
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ServerConfig> {
    let builder = ServerConfig::builder_with_provider(Arc::new(provider)).with_protocol_versions(versions).unwrap();
    Arc::new(builder.with_no_client_auth().with_cert_resolver(Arc::new(identity.clone())))
}

/// The server's end.
pub(crate) struct Server {
    pub(crate) connection: ServerConnection,
    pub(crate) received: Vec<u8>,
    pub(crate) goodbye: bool,
}

impl Server {
    pub(crate) fn new(config: &Arc<ServerConfig>) -> Self {
        let connection = ServerConnection::new(Arc::clone(config)).unwrap();
        Self { connection, received: Vec::new(), goodbye: false }
    }

    pub(crate) fn feed(&mut self, mut octets: &[u8]) {
        use std::io::Read as _;
        while !octets.is_empty() && self.connection.read_tls(&mut octets).is_ok_and(|count| count > 0) {
            // What is wrong it says by its alert.
            let Ok(state) = self.connection.process_new_packets() else { return };
            self.goodbye |= state.peer_has_closed();
            let _ = self.connection.reader().read_to_end(&mut self.received);
        }
    }

    pub(crate) fn send(&mut self, octets: &[u8]) {
        use std::io::Write as _;
        self.connection.set_buffer_limit(None);
        self.connection.writer().write_all(octets).unwrap();
    }

    pub(crate) fn take(&mut self) -> Vec<u8> {
        let mut octets = Vec::new();
        while self.connection.wants_write() {
            self.connection.write_tls(&mut octets).unwrap();
        }
        octets
    }
}

/// The engine, and what it said.
pub(crate) struct Client {
    pub(crate) engine: Engine,
    pub(crate) events: Vec<TlsEvent>,
    pub(crate) plaintext: Vec<u8>,
}

impl Client {
    pub(crate) fn open(configurations: &mut Configurations, trust: &Trust) -> Self {
        Self::open_for(NAME, configurations, trust)
    }

    pub(crate) fn open_for(server_name: &str, configurations: &mut Configurations, trust: &Trust) -> Self {
        let order = TlsOrder { server_name: server_name.into(), ends: TlsEnds::Page, trust: trust.clone() };
        let mut client =
            Self { engine: Engine::open(&order, configurations), events: Vec::new(), plaintext: Vec::new() };
        client.drain();
        client
    }

    pub(crate) fn feed(&mut self, octets: &[u8]) {
        self.engine.feed(octets);
        self.drain();
    }

    pub(crate) fn end(&mut self) {
        self.engine.end();
        self.drain();
    }

    /// As the session worker does it.
    fn drain(&mut self) {
        self.events.extend(std::iter::from_fn(|| self.engine.poll_event()));
        self.plaintext.extend(self.engine.take_plaintext());
        self.events.extend(std::iter::from_fn(|| self.engine.poll_event()));
    }

    /// Carries octets both ways, in pieces of this size, until there are none.
    pub(crate) fn talk_in(&mut self, server: &mut Server, piece_octets: usize) {
        loop {
            let up = self.engine.take_ciphertext();
            for piece in up.chunks(piece_octets) {
                server.feed(piece);
            }
            let down = server.take();
            for piece in down.chunks(piece_octets) {
                self.feed(piece);
            }
            if up.is_empty() && down.is_empty() {
                return;
            }
        }
    }

    pub(crate) fn talk(&mut self, server: &mut Server) {
        self.talk_in(server, usize::MAX);
    }

    pub(crate) fn secured(&self) -> &Secured {
        match self.events.first() {
            Some(TlsEvent::Ready { secured, .. }) => secured,
            other => panic!("TLS does not stand: {other:?}"),
        }
    }

    pub(crate) fn exporter(&self) -> Option<[u8; 32]> {
        match self.events.first() {
            Some(TlsEvent::Ready { exporter, .. }) => *exporter,
            other => panic!("TLS does not stand: {other:?}"),
        }
    }

    /// How it failed; that must be the last event.
    pub(crate) fn refusal(&self) -> &TlsRefusal {
        match self.events.last() {
            Some(TlsEvent::Failed(refusal)) => refusal,
            other => panic!("no failure: {other:?}"),
        }
    }
}

/// Both ends, after the handshake and whatever followed by itself.
pub(crate) fn meet(configurations: &mut Configurations, trust: &Trust, config: &Arc<ServerConfig>) -> (Client, Server) {
    let mut client = Client::open(configurations, trust);
    let mut server = Server::new(config);
    client.talk(&mut server);
    (client, server)
}

/// An authority whom everybody trusts, a server of it, and both ends with TLS between them.
pub(crate) fn standing(version: &'static SupportedProtocolVersion) -> (Client, Server) {
    let authority = Authority::new(Kind::P256);
    let identity = authority.issue(&server_params(NAME), Kind::P256);
    let mut configurations = Configurations::with_public(clock(NOW), authority.roots());
    let (client, server) = meet(&mut configurations, &Trust::default(), &server_config(&identity, &[version]));
    client.secured();
    (client, server)
}
