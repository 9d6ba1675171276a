//! The harness's TLS servers are as good and as bad as they are ordered to be: a client that is known to be good meets
//! each of them before a page does.

use std::{io::ErrorKind, net::SocketAddr, process::Command};

use popglass_tests::{
    chains::{Chain, Flaw, Intermediate, Keys, Order},
    dovecot::{Dovecot, Receptionist, Setup, Versions},
    mails,
    rude_tls::{BROKEN_AFTER_OCTETS, Behaviour, Ending, RudeTls},
    tls_client::TlsClient,
};

const USER: &str = "alex";
const PASSWORD: &str = "canary-4410 sesame";

async fn rude(behaviour: Behaviour) -> (RudeTls, TlsClient) {
    let chain = Order::default().make();
    (RudeTls::start(behaviour, &chain).await, TlsClient::trusting(&chain.authority))
}

/// The end of a try to fetch the large message, by both ports.
async fn ends_of_fetching(behaviour: Behaviour) -> Vec<(usize, ErrorKind, String)> {
    let (server, client) = rude(behaviour).await;
    let (_, by_stls) = client.connect_by_stls(server.pop3).await.expect("TLS stands");
    let mut at_once = client.connect(server.pop3s).await.expect("TLS stands");
    assert_eq!(at_once.hear().await.expect("a greeting"), "+OK rude\r\n");
    let mut ends = Vec::new();
    for mut speaker in [by_stls, at_once] {
        assert_eq!(speaker.ask(&format!("PASS {PASSWORD}")).await.expect("an answer"), "+OK\r\n");
        let first = speaker.ask("RETR 2").await.expect("the beginning");
        let (rest, error) = speaker.hear_all().await;
        ends.push((first.len() + rest.len(), error.kind(), error.to_string()));
    }
    assert!(server.seen().holds(PASSWORD), "what was sent is noted");
    assert!(!String::from_utf8_lossy(&server.seen().wire).contains(PASSWORD), "TLS hides it on the wire");
    ends
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_breaks_off_as_ordered() {
    for (behaviour, expected, words) in [
        (Behaviour::CutInMessage, ErrorKind::UnexpectedEof, "close_notify"),
        (Behaviour::AlertInMessage, ErrorKind::InvalidData, "fatal alert"),
        (Behaviour::GarbageInMessage, ErrorKind::InvalidData, "decrypt"),
    ] {
        for (octets, kind, said) in ends_of_fetching(behaviour).await {
            // Where rustls fails, it may keep what came in the last records.
            let most = BROKEN_AFTER_OCTETS / 2..=BROKEN_AFTER_OCTETS;
            assert!(kind == expected && most.contains(&octets), "{behaviour:?}: {octets} octets, {kind}: {said}");
            assert!(said.contains(words), "{behaviour:?}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_with_a_goodbye_or_without() {
    for (ending, expected) in [(Ending::Polite, ErrorKind::NotConnected), (Ending::Abrupt, ErrorKind::UnexpectedEof)] {
        let (server, client) = rude(Behaviour::Good).await;
        let mut speaker = client.connect(server.pop3s).await.expect("TLS stands");
        speaker.hear().await.expect("a greeting");
        assert_eq!(speaker.ask("DELE 1").await.expect("an answer"), "+OK\r\n");
        server.end(ending);
        assert_eq!(speaker.hear().await.expect_err("it ended").kind(), expected, "{ending:?}");
        server.mend();
        client.connect(server.pop3s).await.expect("TLS stands again");
        assert_eq!(server.seen().commands(), ["DELE 1"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_fails_as_ordered() {
    for (behaviour, words) in [
        (Behaviour::Plain, "InvalidContentType"),
        (Behaviour::CutAfterHello, "eof"),
        (Behaviour::CutInHandshake, "eof"),
        (Behaviour::AlertHandshake, "HandshakeFailure"),
        (Behaviour::AlertVersion, "ProtocolVersion"),
    ] {
        let (server, client) = rude(behaviour).await;
        let said = client.connect(server.pop3s).await.err().map(|error| format!("{error} {error:?}"));
        assert!(said.as_ref().is_some_and(|said| said.contains(words)), "{behaviour:?}: {said:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn octets_are_injected_behind_stls_at_once_or_later() {
    // A client that drops what came too early would go on: so it must not.
    let (server, client) = rude(Behaviour::InjectAtOnce).await;
    let (answer, mut speaker) = client.connect_by_stls(server.pop3).await.expect("the client looks away");
    assert!(answer.ends_with("+OK injected\r\n.\r\n"), "{answer:?}");
    assert!(speaker.ask("CAPA").await.expect("an answer").starts_with("+OK"));
    let (server, client) = rude(Behaviour::InjectLater).await;
    let said = client.connect_by_stls(server.pop3).await.err().map(|error| format!("{error:?}"));
    assert!(said.as_ref().is_some_and(|said| said.contains("InvalidContentType")), "{said:?}");
}

async fn dovecot(setup: Setup<'_>) -> Dovecot {
    Dovecot::start_as(setup, USER, PASSWORD, &mails::raw(&mails::maildrop()[..2])).await
}

/// Version, suite, and whether it was resumed.
async fn negotiated(client: &TlsClient, server: SocketAddr) -> (String, String, bool) {
    let mut speaker = client.connect(server).await.expect("TLS stands");
    assert!(speaker.hear().await.expect("a greeting").starts_with("+OK"));
    let connection = speaker.0.get_ref().1;
    let version = connection.protocol_version().and_then(|version| version.as_str()).unwrap_or_default();
    let suite = connection.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str()).unwrap_or_default();
    let resumed = connection.handshake_kind() == Some(tokio_rustls::rustls::HandshakeKind::Resumed);
    let found = (version.to_owned(), suite.to_owned(), resumed);
    assert!(speaker.ask("QUIT").await.expect("an answer").starts_with("+OK"));
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn dovecot_speaks_the_versions_and_suites_that_were_ordered() {
    for (versions, suites, expected) in [
        (Versions::Usual, None, "TLSv1_3"),
        (Versions::Only13, Some("TLS_CHACHA20_POLY1305_SHA256"), "TLSv1_3 TLS13_CHACHA20_POLY1305_SHA256"),
        (Versions::Only13, Some("TLS_AES_128_GCM_SHA256"), "TLSv1_3 TLS13_AES_128_GCM_SHA256"),
        (Versions::Only12, None, "TLSv1_2"),
        (Versions::Only12, Some("ECDHE-ECDSA-AES128-GCM-SHA256"), "TLSv1_2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
    ] {
        let server = dovecot(Setup { versions, suites, ..Setup::default() }).await;
        let client = TlsClient::trusting(&std::fs::read_to_string(server.authority()).expect("we wrote it"));
        let (version, suite, _) = negotiated(&client, server.pop3s).await;
        assert!(format!("{version} {suite}").starts_with(expected), "{versions:?}: {version} {suite}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_dovecot_is_old_and_nothing_else() {
    let server = dovecot(Setup { versions: Versions::Old, ..Setup::default() }).await;
    let client = TlsClient::trusting(&std::fs::read_to_string(server.authority()).expect("we wrote it"));
    assert!(client.connect(server.pop3s).await.is_err(), "rustls has no TLS 1.1");
    let old = |cipher: &str| {
        let mut openssl = Command::new("openssl");
        openssl.args(["s_client", "-connect", &server.pop3s.to_string(), "-tls1_1", "-cipher", cipher, "-brief"]);
        let output = openssl.stdin(std::process::Stdio::null()).output().expect("openssl is installed");
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    };
    let said = old("ALL:@SECLEVEL=0");
    assert!(said.contains("TLSv1.1"), "{said}\n{}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn dovecot_shows_the_chain_that_was_ordered() {
    for keys in [Keys::Ecdsa, Keys::Rsa] {
        for (intermediate, flaw, good) in [
            (Intermediate::None, None, true),
            (Intermediate::Sent, None, true),
            (Intermediate::LeftOut, None, false),
            (Intermediate::None, Some(Flaw::Expired), false),
        ] {
            let chain: Chain = Order { keys, intermediate, flaw }.make();
            let server = dovecot(Setup { chain: Some(&chain), ..Setup::default() }).await;
            let outcome = TlsClient::trusting(&chain.authority).connect(server.pop3s).await.map(|_| ());
            assert_eq!(outcome.is_ok(), good, "{keys:?} {intermediate:?} {flaw:?}: {outcome:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dovecot_resumes_where_it_is_asked_to() {
    for (receptionist, expected) in
        [(Receptionist::Fresh, false), (Receptionist::Same, true), (Receptionist::SameWithoutTickets, false)]
    {
        let server = dovecot(Setup { receptionist, ..Setup::default() }).await;
        let client = TlsClient::trusting(&std::fs::read_to_string(server.authority()).expect("we wrote it"));
        let mut resumed = Vec::new();
        for _ in 0..3 {
            resumed.push(negotiated(&client, server.pop3s).await.2);
        }
        assert_eq!(resumed, [false, expected, expected], "{receptionist:?}");
    }
}
