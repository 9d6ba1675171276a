//! SCRAM bound to its TLS connection (RFC 5802 §6, RFC 9266): our client for the command line over TLS 1.3 against our
//! server half, both with what rustls exports. No server in Debian knows `tls-exporter`. In between stands nobody, or
//! somebody whose certificate the client trusts: then there are two connections, and two of what they export.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
};

use popglass_protocol::server::{Config, fault::FaultScript};
use popglass_sandbox::World;
use popglass_tests::{
    pop3_program::{Call, Run},
    pop3_server::Pop3Server,
    poplib::Security,
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::{
    TlsAcceptor, TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject as _},
    },
};

const USER: &str = "alex";
const PASSWORD: &str = "open sesame";
const BOUND: [&str; 2] = ["SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"];

/// `--help` tells what they mean.
const DONE: Option<i32> = Some(0);
const LOGIN_REFUSED: Option<i32> = Some(4);

async fn start() -> Pop3Server {
    let world = World::default();
    world.add_user(USER, PASSWORD, vec![b"Subject: one\r\n\r\n".to_vec()]);
    Pop3Server::start(world, Config::complete(), FaultScript::default()).await
}

async fn list(server: &Pop3Server, address: SocketAddr, security: Security, auth: &'static str) -> Run {
    let authority = server.authority();
    let list = move || {
        Call { server: address, security, auth, user: USER, secret: PASSWORD, authority: &authority }.run(&["list"])
    };
    // The server runs here, too.
    tokio::task::spawn_blocking(list).await.expect("the run ends")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bound_login_succeeds_where_one_tls_connection_joins_both_ends() {
    let server = start().await;
    for (security, address) in [(Security::Stls, server.pop3), (Security::Tls, server.pop3s)] {
        for auth in BOUND {
            let run = list(&server, address, security, auth).await;
            assert_eq!((run.code, run.logins()), (DONE, vec![auth]), "{security:?}: {}", run.errors);
        }
        // It is the strongest there is.
        let run = list(&server, address, security, "*").await;
        assert_eq!((run.code, run.logins()), (DONE, vec!["SCRAM-SHA-256-PLUS"]), "{security:?}: {}", run.errors);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bound_login_is_refused_where_somebody_stands_in_between() {
    let server = start().await;
    let (address, _in_between) = stand_in_between(&server).await;
    for auth in BOUND {
        let run = list(&server, address, Security::Tls, auth).await;
        assert_eq!((run.code, run.logins()), (LOGIN_REFUSED, vec![auth]), "{}", run.errors);
    }
    // Who leaves the choice to the client is told by the transcript that the bound login failed.
    let run = list(&server, address, Security::Tls, "*").await;
    assert_eq!((run.code, run.logins()), (DONE, vec!["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"]), "{}", run.errors);
    // The one in between passes on what an unbound login needs: binding is what makes the difference above.
    let run = list(&server, address, Security::Tls, "SCRAM-SHA-256").await;
    assert_eq!(run.code, DONE, "{}", run.errors);
}

/// Ends the client's TLS with the server's own certificate, as who has stolen its key, and begins another to the server.
async fn stand_in_between(server: &Pop3Server) -> (SocketAddr, JoinSet<()>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let (acceptor, connector) = (TlsAcceptor::from(Arc::clone(&server.tls)), connector(&server.authority()));
    let onward = server.pop3s;
    let mut listening = JoinSet::new();
    listening.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut client = acceptor.accept(stream).await.expect("the client trusts it");
            let stream = TcpStream::connect(onward).await.expect("the server listens");
            let name = ServerName::try_from("localhost").expect("a host name");
            let mut server = connector.connect(name, stream).await.expect("it is the server");
            // Ends when either end hangs up, one way or another.
            drop(copy_bidirectional(&mut client, &mut server).await);
        }
    });
    (address, listening)
}

fn connector(authority: &Path) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).expect("a certificate")).expect("an authority's");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring knows them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}
