//! The sandbox's mail server on real sockets, for trying out: POP3 with STLS, and POP3 inside TLS, on loopback alone.
//! The certificate and its CA are made at start, and the CA is trusted for these two targets and nothing else.
//! Knows no POP3 either: the protocol's server half does, and asks for what is done here.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::{Duration, SystemTime},
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::{
    server::{Config, Output, Server},
    tunnel::{self, Address, TlsEnds},
};
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, SandboxMaildrop, World};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use rustls_pki_types::PrivateKeyDer;
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ClientConfig, Error as TlsError, RootCertStore, ServerConfig, crypto::ring},
};

use crate::{
    dial::{TrustError, client_config},
    policy::{Rule, Trust},
};

/// Why there is no demo.
#[derive(Debug, Error)]
pub enum DemoError {
    /// No port on loopback.
    #[error("demo mail server: {0}")]
    Listen(#[from] io::Error),
    /// No certificate.
    #[error("demo certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A certificate that the TLS library refuses.
    #[error("demo certificate: {0}")]
    Tls(#[from] TlsError),
    /// The same, on the bridge's side.
    #[error("demo certificate: {0}")]
    Trust(#[from] TrustError),
}

/// The demo, running.
pub(crate) struct Demo {
    /// Where it may be reached, best first.
    pub(crate) rules: Vec<Rule>,
    /// Trusts the demo's CA and no other.
    pub(crate) client_config: Arc<ClientConfig>,
    /// What the page may fill in.
    pub(crate) login: tunnel::Demo,
    /// It runs as long as this lives.
    pub(crate) tasks: JoinSet<()>,
}

impl Demo {
    /// Starts it on two ports of the system's choice. For a blind bridge it can be reached by TLS in the page alone.
    pub(crate) async fn start(blind: bool) -> Result<Self, DemoError> {
        let (acceptor, client_config, authority) = throw_away_certificate()?;
        let world = World::demo();
        let mut tasks = JoinSet::new();
        let mut rules = Vec::new();
        for (tls, modes) in [(true, POP3S_MODES), (false, POP3_MODES)] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let modes = modes.into_iter().filter(|mode| !blind || mode.in_page()).collect();
            rules.push(rule(listener.local_addr()?, modes));
            tasks.spawn(accept(listener, world.clone(), acceptor.clone(), tls));
        }
        let login = tunnel::Demo { user: DEMO_USER.to_owned(), password: DEMO_PASSWORD.to_owned(), authority };
        Ok(Self { rules, client_config, login, tasks })
    }
}

/// How its two ports may be reached, best first.
const POP3S_MODES: [TlsEnds; 2] = [TlsEnds::Page, TlsEnds::Bridge];
const POP3_MODES: [TlsEnds; 2] = [TlsEnds::PageStls, TlsEnds::Nowhere];

fn rule(listen: SocketAddr, modes: Vec<TlsEnds>) -> Rule {
    let address = Address { host: listen.ip().to_string(), port: listen.port() };
    Rule { address, modes, allow_private: true, trust: Trust::Demo }
}

/// For a server that is started anew long before.
const VALIDITY: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// Clocks differ, and a clock may be set while the bridge runs.
const VALID_BEFORE: Duration = Duration::from_secs(24 * 60 * 60);

/// A CA, and a certificate of it for loopback. The CA's key is gone when this returns.
fn throw_away_certificate() -> Result<(TlsAcceptor, Arc<ClientConfig>, String), DemoError> {
    let parameters = |name: &str, names: &[&str]| -> Result<CertificateParams, rcgen::Error> {
        let mut parameters = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())?;
        parameters.distinguished_name.push(DnType::CommonName, name);
        let now = SystemTime::now();
        parameters.not_before = (now - VALID_BEFORE).into();
        parameters.not_after = (now + VALIDITY).into();
        Ok(parameters)
    };
    let mut authority = parameters("Popglass demo CA", &[])?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
    let mut server = parameters("Popglass demo mail server", &["localhost", "127.0.0.1", "::1"])?;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let chain = vec![server.signed_by(&key, &authority)?.der().clone(), authority.der().clone()];

    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone())?;
    let server_config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::Pkcs8(key.serialize_der().into()))?;
    let authority = BASE64.encode(authority.der());
    Ok((TlsAcceptor::from(Arc::new(server_config)), client_config(roots)?, authority))
}

/// Connections at the same time; a page needs one.
const CONNECTIONS_MAX: usize = 64;

async fn accept(listener: TcpListener, world: World, acceptor: TlsAcceptor, tls: bool) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, or the peer was faster: what helps is to wait, and to go on.
            sleep(Duration::from_millis(100)).await;
            continue;
        };
        let (world, acceptor) = (world.clone(), acceptor.clone());
        tokio::spawn(async move {
            // An error here is the connection's end, whoever caused it.
            let _ = serve(stream, &world, &acceptor, tls).await;
            drop(place);
        });
    }
}

async fn serve(mut stream: TcpStream, world: &World, acceptor: &TlsAcceptor, tls: bool) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let greeting = "Popglass demo mail server".to_owned();
    let server = Server::new(world.session(), Config { greeting, stls: !tls, ..Config::default() });
    let mut server = if tls {
        server.in_tls()
    } else {
        let mut server = server;
        match converse(&mut stream, &mut server).await? {
            Pause::Ended => return Ok(()),
            Pause::UpgradeTls => server.handle_tls_ready(),
        }
        server
    };
    let mut stream = timeout(TLS_TIMEOUT, acceptor.accept(stream)).await??;
    // STLS is not offered twice, so this comes back only at the end.
    converse(&mut stream, &mut server).await.map(|_| ())
}

/// Why a conversation pauses.
enum Pause {
    Ended,
    UpgradeTls,
}

const TLS_TIMEOUT: Duration = Duration::from_secs(10);
/// RFC 1939 §3: at least ten minutes.
const AUTOLOGOUT: Duration = Duration::from_secs(600);
/// For the client to read the last reply and to close.
const LINGER: Duration = Duration::from_secs(5);

async fn converse<S>(stream: &mut S, server: &mut Server<SandboxMaildrop>) -> io::Result<Pause>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut octets = vec![0; 4 * 1024];
    loop {
        match server.poll_output() {
            Output::Transmit(reply) => stream.write_all(&reply).await?,
            Output::UpgradeTls => {
                stream.flush().await?;
                return Ok(Pause::UpgradeTls);
            }
            Output::Close => {
                stream.shutdown().await?;
                // What the client still sent, unread, would turn the end into a reset.
                let _ = timeout(LINGER, tokio::io::copy(stream, &mut tokio::io::sink())).await;
                return Ok(Pause::Ended);
            }
            Output::Idle => {
                stream.flush().await?;
                match timeout(AUTOLOGOUT, stream.read(&mut octets)).await?? {
                    0 => return Ok(Pause::Ended),
                    length => server.handle_input(&octets[..length]),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rustls_pki_types::ServerName;
    use tokio::io::{AsyncBufReadExt as _, BufReader};
    use tokio_rustls::TlsConnector;

    use super::*;

    async fn say<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>, command: &str) -> String {
        stream.write_all(command.as_bytes()).await.unwrap();
        let mut reply = String::new();
        timeout(Duration::from_secs(30), stream.read_line(&mut reply)).await.unwrap().unwrap();
        reply
    }

    async fn check_session<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>) {
        for (command, expected) in [
            (format!("USER {DEMO_USER}\r\n"), "+OK"),
            (format!("PASS {DEMO_PASSWORD}\r\n"), "+OK"),
            ("NOOP\r\n".to_owned(), "+OK"),
            ("STLS\r\n".to_owned(), "-ERR"),
            ("QUIT\r\n".to_owned(), "+OK"),
            (String::new(), ""),
        ] {
            let reply = say(stream, &command).await;
            assert!(reply.starts_with(expected), "{command}{reply}");
            assert!(!expected.is_empty() || reply.is_empty(), "the connection ends after QUIT: {reply}");
        }
    }

    #[tokio::test]
    async fn each_port_is_what_it_says() {
        let demo = Demo::start(false).await.unwrap();
        let connector = TlsConnector::from(Arc::clone(&demo.client_config));
        for rule in &demo.rules {
            let stream = TcpStream::connect((rule.address.host.as_str(), rule.address.port)).await.unwrap();
            match rule.modes.as_slice() {
                [TlsEnds::Page, TlsEnds::Bridge] => {
                    let name = ServerName::try_from(rule.address.host.clone()).unwrap();
                    let mut stream = BufReader::new(connector.connect(name, stream).await.unwrap());
                    assert!(say(&mut stream, "").await.starts_with("+OK"));
                    check_session(&mut stream).await;
                }
                [TlsEnds::PageStls, TlsEnds::Nowhere] => {
                    let mut stream = BufReader::new(stream);
                    assert!(say(&mut stream, "").await.starts_with("+OK"));
                    assert!(say(&mut stream, "STLS\r\n").await.starts_with("+OK"));
                    let name = ServerName::try_from("localhost").unwrap();
                    let stream = connector.connect(name, stream.into_inner()).await.unwrap();
                    check_session(&mut BufReader::new(stream)).await;
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[tokio::test]
    async fn for_a_blind_bridge_tls_ends_in_the_page_alone() {
        let modes: Vec<_> = Demo::start(true).await.unwrap().rules.into_iter().map(|rule| rule.modes).collect();
        assert_eq!(modes, [[TlsEnds::Page], [TlsEnds::PageStls]]);
    }
}
