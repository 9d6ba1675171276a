//! What the tunnel allows and what it answers to everything else.

use std::time::Duration;

use popglass_protocol::tunnel::{
    BridgeMessage, CREDIT_OCTETS_FIRST, CREDIT_OCTETS_MAX, FailReason, PAGE_MESSAGE_OCTETS_MAX, Target, TlsEnds,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{
    Ended, Page, address, bridge, closed_port, echo, open_message, plain_bridge, soon, standard_headers, upgrade,
    upstream,
};

fn failed(reason: FailReason, code: u16) -> Ended {
    Ended { octets: Vec::new(), reason: Some(reason), code }
}

#[tokio::test]
async fn the_hello_says_what_may_be_had() {
    let targets = ["a.test:995,tls,page".to_owned(), "[::1]:110,plain".to_owned()];
    let running = bridge(&targets, |config| config.bounds.idle_timeout = Duration::from_secs(77)).await;
    let (_page, hello) = Page::connect(running.address).await;
    assert_eq!(hello.version, 1);
    assert_eq!(
        hello.targets,
        [
            Target { address: address("a.test:995"), modes: vec![TlsEnds::Bridge, TlsEnds::Page] },
            Target { address: address("::1:110"), modes: vec![TlsEnds::Nowhere] },
        ]
    );
    let limits = hello.limits;
    assert_eq!(limits.credit_octets_first, CREDIT_OCTETS_FIRST);
    assert_eq!(limits.credit_octets_max, CREDIT_OCTETS_MAX);
    assert_eq!(limits.idle_seconds, 77);
    assert_eq!(hello.demo, None);
}

#[tokio::test]
async fn what_is_no_open_is_a_bad_message() {
    let server = upstream(echo).await;
    let running = plain_bridge(server).await;
    let long = format!("{{\"type\":\"open\"{}}}", " ".repeat(PAGE_MESSAGE_OCTETS_MAX));
    let extra = format!(
        "{{\"type\":\"open\",\"target\":{{\"host\":\"{}\",\"port\":{}}},\"tls\":\"nowhere\",\"verify\":false}}",
        server.ip(),
        server.port()
    );
    let rows = [
        "",
        "open",
        "{}",
        "[]",
        "{\"type\":\"close\"}",
        "{\"type\":\"credit\",\"octets\":1}",
        "{\"type\":\"open\",\"target\":{\"host\":\"a.test\",\"port\":995}}",
        "{\"type\":\"open\",\"target\":{\"host\":\"a.test\",\"port\":995},\"tls\":\"somewhere\"}",
        "{\"type\":\"open\",\"target\":{\"host\":\"a.test\",\"port\":70000},\"tls\":\"page\"}",
        &extra,
        &long,
    ];
    for text in rows {
        let (mut page, _) = Page::connect(running.address).await;
        page.send_text(text).await;
        assert_eq!(page.read_to_end(false).await, failed(FailReason::BadMessage, 4400), "{text}");
    }
    let (mut page, _) = Page::connect(running.address).await;
    page.send_octets(b"USER x\r\n").await;
    assert_eq!(page.read_to_end(false).await, failed(FailReason::BadMessage, 4400), "octets before Open");
}

#[tokio::test]
async fn what_breaks_the_rules_of_an_open_tunnel_is_a_bad_message() {
    let server = upstream(echo).await;
    let running = plain_bridge(server).await;
    let open = serde_json::to_string(&open_message(&server.to_string(), TlsEnds::Nowhere)).unwrap();
    let credit = |octets: u64| format!("{{\"type\":\"credit\",\"octets\":{octets}}}");
    let rows = [
        (vec![open], true),
        (vec![credit(CREDIT_OCTETS_MAX)], true),
        (vec![credit(u64::MAX)], true),
        (vec!["{\"type\":\"credit\",\"octets\":-1}".to_owned()], true),
        (vec!["x".repeat(PAGE_MESSAGE_OCTETS_MAX + 1)], true),
        // Exactly as much as there may be: five octets of the greeting have been sent.
        (vec![credit(CREDIT_OCTETS_MAX - CREDIT_OCTETS_FIRST), credit(5), credit(0)], false),
        (vec![credit(CREDIT_OCTETS_MAX - CREDIT_OCTETS_FIRST), credit(6)], true),
    ];
    for (texts, is_bad) in rows {
        let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
        page.read_octets(5).await;
        for text in &texts {
            page.send_text(text).await;
        }
        if is_bad {
            assert_eq!(page.read_to_end(false).await, failed(FailReason::BadMessage, 4400), "{texts:?}");
        } else {
            page.send_octets(b"NOOP\r\n").await;
            assert_eq!(page.read_octets(6).await, b"NOOP\r\n", "{texts:?}");
        }
    }
}

#[tokio::test]
async fn only_what_is_listed_is_dialled() {
    let server = upstream(echo).await;
    let other = upstream(|_| async { panic!("it was dialled") }).await;
    let closed = closed_port().await;
    let targets = [
        format!("{server},plain"),
        format!("{closed},plain"),
        // A name that stands for loopback, without the operator's word for it.
        format!("localhost:{},plain", other.port()),
        "nowhere.invalid:995".to_owned(),
    ];
    let running = bridge(&targets, |config| config.bounds.dial_timeout = Duration::from_secs(28)).await;
    let rows = [
        (server.to_string(), TlsEnds::Bridge, FailReason::NotAllowed, 4403),
        (server.to_string(), TlsEnds::Page, FailReason::NotAllowed, 4403),
        (other.to_string(), TlsEnds::Nowhere, FailReason::NotAllowed, 4403),
        (format!("localhost:{}", other.port()), TlsEnds::Nowhere, FailReason::NotAllowed, 4403),
        (format!("localhost:{}", server.port()), TlsEnds::Nowhere, FailReason::NotAllowed, 4403),
        ("169.254.169.254:80".to_owned(), TlsEnds::Nowhere, FailReason::NotAllowed, 4403),
        (closed.to_string(), TlsEnds::Nowhere, FailReason::Unreachable, 4502),
        ("nowhere.invalid:995".to_owned(), TlsEnds::Bridge, FailReason::UnknownHost, 4404),
    ];
    for (target, tls, reason, code) in rows {
        let (mut page, _) = Page::connect(running.address).await;
        page.send(&open_message(&target, tls)).await;
        assert_eq!(page.read_to_end(false).await, failed(reason, code), "{target} {tls:?}");
    }
}

#[tokio::test]
async fn a_name_for_loopback_is_dialled_where_the_operator_allows_it() {
    let server = upstream(echo).await;
    let target = format!("localhost:{}", server.port());
    let running = bridge(&[format!("{target},plain,private")], |_| {}).await;
    let (mut page, _) = Page::open(running.address, &target, TlsEnds::Nowhere).await;
    assert_eq!(page.read_octets(5).await, b"+OK\r\n");
}

#[tokio::test]
async fn what_is_no_mail_server_is_not_relayed() {
    let ssh = || {
        upstream(|mut stream| async move {
            stream.write_all(b"SSH-2.0-OpenSSH\r\n").await.unwrap();
            let _ = stream.read(&mut [0; 16]).await;
        })
    };
    // Waits for the client, as HTTP does, and must never hear from it.
    let http = || {
        upstream(|mut stream| async move {
            let mut heard = Vec::new();
            let _ = stream.read_to_end(&mut heard).await;
            assert!(heard.is_empty(), "a request went through");
        })
    };
    let (ssh, http, ssh_in_tls, http_in_tls) = (ssh().await, http().await, ssh().await, http().await);
    let targets = [(ssh, "stls,plain"), (http, "stls,plain"), (ssh_in_tls, "page"), (http_in_tls, "page")];
    let running = bridge(&targets.map(|(server, words)| format!("{server},{words}")), |_| {}).await;
    let rows = [
        (ssh, TlsEnds::Nowhere, None, FailReason::NotMail, 4403),
        (ssh, TlsEnds::PageStls, None, FailReason::NotMail, 4403),
        (http, TlsEnds::Nowhere, Some(&b"GET / HTTP/1.1\r\n\r\n"[..]), FailReason::BadMessage, 4400),
        (http, TlsEnds::PageStls, Some(b"GET / HTTP/1.1\r\n\r\n"), FailReason::BadMessage, 4400),
        (http, TlsEnds::PageStls, Some(b"\x16\x03\x01"), FailReason::BadMessage, 4400),
        (ssh_in_tls, TlsEnds::Page, None, FailReason::TlsNotSpoken, 4495),
        (http_in_tls, TlsEnds::Page, Some(b"GET / HTTP/1.1\r\n\r\n"), FailReason::BadMessage, 4400),
    ];
    for (server, tls, request, reason, code) in rows {
        let (mut page, _) = Page::open(running.address, &server.to_string(), tls).await;
        if let Some(request) = request {
            page.send_octets(request).await;
        }
        assert_eq!(page.read_to_end(false).await, failed(reason, code), "{server} {tls:?}");
    }
}

#[tokio::test]
async fn ciphertext_of_the_page_is_relayed() {
    let server = upstream(|mut stream| async move {
        let mut hello = [0; 4];
        stream.read_exact(&mut hello).await.unwrap();
        assert_eq!(hello, *b"\x16\x03\x01x");
        stream.write_all(b"\x16\x03\x03y").await.unwrap();
    })
    .await;
    let running = bridge(&[format!("{server},page")], |_| {}).await;
    let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Page).await;
    page.send_octets(b"\x16\x03\x01x").await;
    let ended = page.read_to_end(false).await;
    assert_eq!(ended, Ended { octets: b"\x16\x03\x03y".to_vec(), reason: None, code: 1000 });
}

#[tokio::test]
async fn an_open_that_does_not_come_is_not_waited_for() {
    let running =
        bridge(&["a.test:995".to_owned()], |config| config.bounds.open_timeout = Duration::from_millis(100)).await;
    let (mut page, _) = Page::connect(running.address).await;
    assert_eq!(page.read_to_end(false).await, failed(FailReason::OpenTimeout, 4408));
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_not_waited_for() {
    // Takes the connection, and says nothing to the handshake.
    let silent = upstream(|mut stream| async move { drop(stream.read_to_end(&mut Vec::new()).await) }).await;
    let running = bridge(&[silent.to_string()], |config| config.bounds.dial_timeout = Duration::from_millis(300)).await;
    let (mut page, _) = Page::connect(running.address).await;
    page.send(&open_message(&silent.to_string(), TlsEnds::Bridge)).await;
    assert_eq!(page.read_to_end(false).await, failed(FailReason::DialTimeout, 4408));
}

#[tokio::test]
async fn beyond_the_last_place_there_is_a_refusal_until_one_is_free() {
    let server = upstream(echo).await;
    let running = bridge(&[format!("{server},plain")], |config| config.bounds.sessions_max = 2).await;
    let (first, _) = Page::connect(running.address).await;
    let (_second, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    let mut third = Page { socket: upgrade(running.address, &standard_headers(running.address)).await.unwrap() };
    assert_eq!(third.read_to_end(false).await, failed(FailReason::Full, 4503));
    drop(first);
    let freed = async {
        loop {
            let mut page = Page { socket: upgrade(running.address, &standard_headers(running.address)).await.unwrap() };
            if let Some(BridgeMessage::Hello(_)) = page.next_message().await {
                return;
            }
        }
    };
    soon(freed).await;
}
