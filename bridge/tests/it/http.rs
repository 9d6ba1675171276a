//! The HTTP side: who may ask, what every answer carries, and who is not waited for.

use std::time::Duration;

use popglass_bridge::origin::Origin;
use tokio::{io::AsyncReadExt as _, io::AsyncWriteExt as _, net::TcpStream};
use tokio_tungstenite::tungstenite;

use crate::support::{Page, bridge, http, soon, upgrade};

const TARGET: &str = "a.test:995";

#[tokio::test]
async fn only_listed_pages_may_use_the_tunnel() {
    let running = bridge(&[TARGET.to_owned()], |config| {
        config.origins = vec![Origin::parse("https://mail.example.org").unwrap()];
        config.hosts = vec!["bridge.example.org".to_owned()];
    })
    .await;
    let own = running.address.to_string();
    let localhost = format!("localhost:{}", running.address.port());
    let own_origin = format!("http://{own}");
    let rows: &[(&str, Option<&str>, Option<&str>, u16)] = &[
        (&own, Some(&own_origin), Some("popglass.v1"), 101),
        (&localhost, Some(&format!("http://{localhost}")), Some("popglass.v1"), 101),
        (&own, Some("https://mail.example.org"), Some("popglass.v1"), 101),
        ("mail.example.org", Some("https://mail.example.org"), Some("popglass.v1"), 101),
        ("bridge.example.org", Some("https://mail.example.org"), Some("chat, popglass.v1"), 101),
        ("Bridge.Example.org", Some("https://mail.example.org"), Some("popglass.v1"), 101),
        (&own, None, Some("popglass.v1"), 403),
        (&own, Some("null"), Some("popglass.v1"), 403),
        (&own, Some("https://evil.test"), Some("popglass.v1"), 403),
        (&own, Some("https://mail.example.org.evil.test"), Some("popglass.v1"), 403),
        (&own, Some("http://mail.example.org"), Some("popglass.v1"), 403),
        (&own, Some("https://mail.example.org:8443"), Some("popglass.v1"), 403),
        (&own, Some("http://127.0.0.1"), Some("popglass.v1"), 403),
        (&own, Some(&own_origin), None, 400),
        (&own, Some(&own_origin), Some("popglass.v2"), 400),
        (&own, Some(&own_origin), Some("binary"), 400),
        ("evil.test", Some(&own_origin), Some("popglass.v1"), 421),
        ("127.0.0.1", Some(&own_origin), Some("popglass.v1"), 421),
    ];
    for (host, origin, subprotocol, expected) in rows {
        let mut headers = vec![("Host", (*host).to_owned())];
        headers.extend(origin.map(|origin| ("Origin", origin.to_owned())));
        headers.extend(subprotocol.map(|name| ("Sec-WebSocket-Protocol", name.to_owned())));
        let status = match upgrade(running.address, &headers).await {
            Ok(_) => 101,
            Err(tungstenite::Error::Http(response)) => response.status().as_u16(),
            Err(error) => panic!("{host} {origin:?} {subprotocol:?}: {error}"),
        };
        assert_eq!(status, *expected, "{host} {origin:?} {subprotocol:?}");
    }
}

fn request(line: &str, host: &str, more: &str) -> String {
    format!("{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let running = bridge(&[TARGET.to_owned()], |config| {
        config.origins = vec![Origin::parse("https://mail.example.org").unwrap()];
    })
    .await;
    let own = running.address.to_string();
    let port = running.address.port();
    let page_policy = format!(
        "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; \
         style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws://127.0.0.1:{port} \
         ws://localhost:{port} wss://mail.example.org; frame-src 'self'; manifest-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
    );
    let reader_policy = "content-security-policy: default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; \
                         img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'\r\n";
    let rows = [
        ("GET /", "200 OK", own.as_str(), page_policy.as_str(), "DENY"),
        ("HEAD /", "200 OK", &own, &page_policy, "DENY"),
        ("POST /", "405 Method Not Allowed", &own, &page_policy, "DENY"),
        ("GET /nothing", "404 Not Found", &own, &page_policy, "DENY"),
        ("GET //evil.test/%2f..", "404 Not Found", &own, &page_policy, "DENY"),
        ("GET /tunnel", "403 Forbidden", &own, &page_policy, "DENY"),
        ("POST /tunnel", "405 Method Not Allowed", &own, &page_policy, "DENY"),
        ("GET /", "421 Misdirected Request", "evil.test", &page_policy, "DENY"),
    ];
    for (line, status, host, policy, framing) in rows {
        let answer = http(running.address, &request(line, host, "")).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{line}: {answer}");
        for header in [
            policy,
            &format!("x-frame-options: {framing}\r\n"),
            "x-content-type-options: nosniff\r\n",
            "referrer-policy: no-referrer\r\n",
            "cross-origin-opener-policy: same-origin\r\n",
            "cross-origin-resource-policy: same-origin\r\n",
            "cross-origin-embedder-policy: require-corp\r\n",
            "clipboard-write=(self)",
        ] {
            assert!(answer.contains(header), "{line} lacks {header}: {answer}");
        }
    }
    // Whether or not the page was built into this binary, its reader frame has the reader's policy.
    let answer = http(running.address, &request("GET /reader.html", &own, "")).await;
    assert!(answer.contains(reader_policy) && answer.contains("x-frame-options: SAMEORIGIN\r\n"), "{answer}");
}

#[tokio::test]
async fn the_page_is_served_and_is_not_sent_twice() {
    let running = bridge(&[TARGET.to_owned()], |_| {}).await;
    let own = running.address.to_string();
    let answer = http(running.address, &request("GET /", &own, "")).await;
    assert!(answer.contains("content-type: text/html; charset=utf-8\r\n"), "{answer}");
    assert!(answer.contains("cache-control: no-cache\r\n"), "{answer}");
    assert!(answer.contains("<html"), "{answer}");
    let etag = answer.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again = http(running.address, &request("GET /", &own, &format!("If-None-Match: {etag}\r\n"))).await;
    assert!(again.starts_with("HTTP/1.1 304 Not Modified\r\n") && again.ends_with("\r\n\r\n"), "{again}");
    let head = http(running.address, &request("HEAD /", &own, "")).await;
    assert!(head.contains("content-length: ") && head.ends_with("\r\n\r\n"), "{head}");
}

#[tokio::test]
async fn health_is_told_to_anybody() {
    let running = bridge(&[TARGET.to_owned()], |_| {}).await;
    for path in ["/livez", "/readyz"] {
        let answer = http(running.address, &request(&format!("GET {path}"), "10.0.0.1:8110", "")).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn a_header_that_does_not_end_is_not_waited_for() {
    let running =
        bridge(&[TARGET.to_owned()], |config| config.bounds.header_timeout = Duration::from_millis(200)).await;
    for beginning in ["", "GET /", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // The end is what counts; whether it says 408 first is the library's choice.
        soon(stream.read_to_end(&mut answer)).await.unwrap();
    }
    // One request, then silence, is the same.
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let line = format!("GET /livez HTTP/1.1\r\nHost: {}\r\n\r\n", running.address);
    stream.write_all(line.as_bytes()).await.unwrap();
    soon(stream.read_to_end(&mut Vec::new())).await.unwrap();
    // A session is no request: it outlives the deadline.
    let (mut page, _) = Page::connect(running.address).await;
    let waited = tokio::time::timeout(Duration::from_millis(600), page.next_message()).await;
    assert!(waited.is_err(), "{waited:?}");
}

#[tokio::test]
async fn a_header_without_measure_is_refused() {
    let running = bridge(&[TARGET.to_owned()], |_| {}).await;
    let long = format!("X-Long: {}\r\n", "x".repeat(64 * 1024));
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let line = request("GET /", &running.address.to_string(), &long);
    let _ = stream.write_all(line.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = soon(stream.read_to_end(&mut answer)).await;
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
}
