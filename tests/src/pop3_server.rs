//! The protocol crate's server half on real sockets, over a sandbox world: POP3 with STLS, and POP3 inside TLS, on
//! loopback. Brings what the server half leaves to its host: certificate, randomness, clock, channel binding.

use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use popglass_protocol::{
    sasl::ChannelBinding,
    server::{Config, Output, Server, fault::FaultScript},
};
use popglass_sandbox::{SandboxMaildrop, World};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

/// A running server; it ends when this is dropped.
#[derive(Debug)]
pub struct Pop3Server {
    folder: TempDir,
    _listeners: JoinSet<()>,
    /// Its certificate and key, for a test that puts another in its place.
    pub tls: Arc<ServerConfig>,
    /// POP3, with STLS.
    pub pop3: SocketAddr,
    /// POP3S.
    pub pop3s: SocketAddr,
}

/// What every connection shares.
#[derive(Clone)]
struct Host {
    world: World,
    config: Config,
    faults: FaultScript,
    acceptor: TlsAcceptor,
    started: Instant,
}

impl Pop3Server {
    /// Serves a world. STLS is offered where TLS is not on.
    ///
    /// # Panics
    /// If the system gives no port on loopback.
    pub async fn start(world: World, config: Config, faults: FaultScript) -> Self {
        let folder = tempfile::Builder::new().prefix("popglass-server").tempdir().expect("a folder for the server");
        let (tls, authority) = certificate();
        fs::write(folder.path().join("authority.pem"), authority).expect("the folder is ours");
        let acceptor = TlsAcceptor::from(Arc::clone(&tls));
        let host = Host { world, config, faults, acceptor, started: Instant::now() };
        let mut listeners = JoinSet::new();
        let mut addresses = Vec::new();
        for tls in [false, true] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
            addresses.push(listener.local_addr().expect("a bound socket has an address"));
            listeners.spawn(accept(listener, host.clone(), tls));
        }
        Self { folder, _listeners: listeners, tls, pop3: addresses[0], pop3s: addresses[1] }
    }

    /// The certificate authority that signed the server's certificate, as a PEM file.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }
}

async fn accept(listener: TcpListener, host: Host, tls: bool) {
    let mut sessions = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let host = host.clone();
        // A session that breaks is its client's business; the test sees it there.
        sessions.spawn(async move { drop(serve(stream, &host, tls).await) });
    }
}

async fn serve(mut stream: TcpStream, host: &Host, tls: bool) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut randomness = [0; 32];
    ring::default_provider().secure_random.fill(&mut randomness).expect("the system gives random octets");
    let config = Config { stls: !tls, ..host.config.clone() };
    let server = Server::new(host.world.session(), config).with_faults(host.faults.clone());
    let mut server = server.with_randomness(randomness);
    if !tls {
        match converse(&mut stream, &mut server, host).await? {
            Pause::Ended => return Ok(()),
            Pause::UpgradeTls => {}
        }
    }
    let mut stream = host.acceptor.accept(stream).await?;
    let exported = stream.get_ref().1.export_keying_material(
        [0; ChannelBinding::EXPORTER_OCTETS],
        ChannelBinding::EXPORTER_LABEL,
        None,
    );
    if tls {
        server = server.in_tls();
    } else {
        server.handle_tls_ready();
    }
    server.handle_channel_binding(exported.expect("the handshake is over"));
    converse(&mut stream, &mut server, host).await.map(|_| ())
}

/// Why a conversation pauses.
enum Pause {
    Ended,
    UpgradeTls,
}

/// For the client to read the last reply and to close.
const LINGER: Duration = Duration::from_secs(5);

async fn converse<S>(stream: &mut S, server: &mut Server<SandboxMaildrop>, host: &Host) -> io::Result<Pause>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut octets = vec![0; 16 * 1024];
    loop {
        let now = u64::try_from(host.started.elapsed().as_millis()).expect("a test is short");
        server.handle_time(now);
        match server.poll_output() {
            Output::Transmit(reply) => stream.write_all(&reply).await?,
            Output::UpgradeTls => {
                stream.flush().await?;
                return Ok(Pause::UpgradeTls);
            }
            Output::Close => {
                stream.shutdown().await?;
                // What the client still sent, unread, would turn the end into a reset.
                drop(timeout(LINGER, tokio::io::copy(stream, &mut tokio::io::sink())).await);
                return Ok(Pause::Ended);
            }
            Output::Idle => {
                stream.flush().await?;
                let pause = Duration::from_millis(server.deadline().expect("it was told the time").saturating_sub(now));
                tokio::select! {
                    count = stream.read(&mut octets) => match count? {
                        0 => return Ok(Pause::Ended),
                        count => server.handle_input(&octets[..count]),
                    },
                    () = sleep(pause) => {}
                }
            }
        }
    }
}

/// A certificate for loopback, and the authority that signed it, as PEM.
fn certificate() -> (Arc<ServerConfig>, String) {
    let parameters = |name: &str, names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut parameters = CertificateParams::new(names).expect("valid names");
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters
    };
    let mut authority = parameters("Popglass test authority", &[]);
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key")).expect("our own");
    let key = KeyPair::generate().expect("a key");
    let server = parameters("localhost", &["localhost", "127.0.0.1"]);
    let chain = vec![server.signed_by(&key, &authority).expect("signed by our own").der().clone()];
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring knows them")
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .expect("key and certificate go together");
    (Arc::new(config), authority.pem())
}
