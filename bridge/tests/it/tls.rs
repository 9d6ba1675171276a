//! TLS that ends in the bridge: what it accepts, what it refuses and why, and its end.

use std::{fs, net::SocketAddr, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use futures_util::SinkExt as _;
use popglass_protocol::tunnel::{FailReason, TlsEnds};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::NamedTempFile;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring},
    server::TlsStream,
};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Ended, Page, Running, bridge, echo, open_message, soon, upstream};

struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap() }
    }

    fn pem_file(&self) -> NamedTempFile {
        let file = NamedTempFile::new().unwrap();
        fs::write(file.path(), self.issuer.pem()).unwrap();
        file
    }

    /// A server for this name in these years, and its certificate.
    fn acceptor(&self, name: &str, years: [i32; 2]) -> (TlsAcceptor, CertificateDer<'static>) {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(years[0], 1, 1);
        params.not_after = date_time_ymd(years[1], 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        (TlsAcceptor::from(Arc::new(config)), certificate)
    }
}

/// A server that talks TLS, and then so.
async fn secure<F, Served>(acceptor: TlsAcceptor, serve: F) -> SocketAddr
where
    F: Fn(TlsStream<TcpStream>) -> Served + Clone + Send + Sync + 'static,
    Served: Future<Output = ()> + Send + 'static,
{
    upstream(move |stream| {
        let (acceptor, serve) = (acceptor.clone(), serve.clone());
        async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream).await;
            }
        }
    })
    .await
}

async fn greet(mut stream: TlsStream<TcpStream>) {
    stream.write_all(b"+OK\r\n").await.unwrap();
    stream.shutdown().await.unwrap();
}

fn localhost(server: SocketAddr) -> String {
    format!("localhost:{}", server.port())
}

async fn bridge_to(servers: &[SocketAddr], authority: &Authority) -> Running {
    let file = authority.pem_file();
    let targets: Vec<String> = servers.iter().map(|server| format!("{},private", localhost(*server))).collect();
    let running = bridge(&targets, |config| config.ca_file = Some(file.path().to_owned())).await;
    // The file is read before the first page is answered.
    Page::connect(running.address).await;
    running
}

#[tokio::test]
async fn the_certificate_is_shown_to_the_page() {
    let authority = Authority::new("one");
    let (acceptor, certificate) = authority.acceptor("localhost", [2020, 2090]);
    let server = secure(acceptor, greet).await;
    let running = bridge_to(&[server], &authority).await;
    let (mut page, opened) = Page::open(running.address, &localhost(server), TlsEnds::Bridge).await;
    let tls = opened.tls.unwrap();
    assert_eq!(
        (tls.version.as_str(), tls.server_name.as_str(), tls.chain),
        ("TLSv1.3", "localhost", vec![BASE64.encode(&certificate)])
    );
    assert!(tls.suite.starts_with("TLS13_"), "{}", tls.suite);
    let ended = page.read_to_end(true).await;
    assert_eq!(ended, Ended { octets: b"+OK\r\n".to_vec(), reason: None, code: 1000 });
}

#[tokio::test]
async fn a_certificate_that_is_not_right_is_refused_with_its_reason() {
    let (authority, stranger) = (Authority::new("one"), Authority::new("other"));
    let plain = upstream(echo).await;
    let rude = upstream(|stream| async move { drop(stream) }).await;
    let rows = [
        (secure(authority.acceptor("localhost", [2001, 2002]).0, greet).await, FailReason::CertificateExpired),
        (secure(authority.acceptor("localhost", [2080, 2090]).0, greet).await, FailReason::CertificateNotYetValid),
        (secure(authority.acceptor("other.test", [2020, 2090]).0, greet).await, FailReason::CertificateWrongName),
        (secure(stranger.acceptor("localhost", [2020, 2090]).0, greet).await, FailReason::CertificateUnknownIssuer),
        (plain, FailReason::TlsNotSpoken),
        (rude, FailReason::TlsFailed),
    ];
    let servers: Vec<SocketAddr> = rows.iter().map(|(server, _)| *server).collect();
    let running = bridge_to(&servers, &authority).await;
    for (server, reason) in rows {
        let (mut page, _) = Page::connect(running.address).await;
        page.send(&open_message(&localhost(server), TlsEnds::Bridge)).await;
        let ended = page.read_to_end(false).await;
        assert_eq!(ended, Ended { octets: Vec::new(), reason: Some(reason), code: 4495 }, "{reason:?}");
    }
}

#[tokio::test]
async fn a_connection_cut_inside_tls_is_no_clean_end() {
    let authority = Authority::new("one");
    let server = secure(authority.acceptor("localhost", [2020, 2090]).0, |mut stream| async move {
        stream.write_all(b"+OK\r\n").await.unwrap();
        stream.flush().await.unwrap();
        // FIN without TLS's own closing word, as an attacker on the way can send it.
        stream.into_inner().0.shutdown().await.unwrap();
    })
    .await;
    let running = bridge_to(&[server], &authority).await;
    let (mut page, _) = Page::open(running.address, &localhost(server), TlsEnds::Bridge).await;
    let ended = page.read_to_end(true).await;
    assert_eq!(ended, Ended { octets: b"+OK\r\n".to_vec(), reason: Some(FailReason::UpstreamReset), code: 4499 });
}

#[tokio::test(flavor = "multi_thread")]
async fn no_octet_is_lost_at_the_end_of_tls_either() {
    const MESSAGE_OCTETS: usize = 1024 * 1024;
    let authority = Authority::new("one");
    let (record, mut recorded) = mpsc::unbounded_channel();
    let message = || (0..MESSAGE_OCTETS).map(|position| ((position * 31) >> 5) as u8);
    let server = secure(authority.acceptor("localhost", [2020, 2090]).0, move |mut stream| {
        let record = record.clone();
        async move {
            stream.write_all(b"+OK\r\n").await.unwrap();
            let mut command = [0; 6];
            stream.read_exact(&mut command).await.unwrap();
            if command == *b"RETR\r\n" {
                stream.write_all(&message().collect::<Vec<u8>>()).await.unwrap();
                stream.shutdown().await.unwrap();
            } else {
                // An end without TLS's closing word would be an error here.
                let mut rest = Vec::new();
                let clean = stream.read_to_end(&mut rest).await.is_ok();
                record.send((command, rest, clean)).unwrap();
            }
        }
    })
    .await;
    let running = bridge_to(&[server], &authority).await;
    let expected: Vec<u8> = message().collect();
    for round in 0..20 {
        let (mut page, _) = Page::open(running.address, &localhost(server), TlsEnds::Bridge).await;
        page.read_octets(5).await;
        page.send_octets(b"RETR\r\n").await;
        let ended = page.read_to_end(true).await;
        assert_eq!((ended.code, ended.reason), (1000, None), "round {round}");
        assert!(ended.octets == expected, "round {round}: {} octets", ended.octets.len());

        let (mut page, _) = Page::open(running.address, &localhost(server), TlsEnds::Bridge).await;
        page.read_octets(5).await;
        page.send_octets(b"DELE 1\r\nQUIT\r\n").await;
        page.socket.send(Message::Close(None)).await.unwrap();
        drop(page);
        let (command, rest, clean) = soon(recorded.recv()).await.unwrap();
        assert_eq!((&command, rest.as_slice(), clean), (b"DELE 1", &b"\r\nQUIT\r\n"[..], true), "round {round}");
    }
}
