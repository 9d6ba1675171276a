//! The program itself: exit codes, signals, and what it writes.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    process::{Child, Command, Output, Stdio},
    thread,
};

use popglass_protocol::tunnel::TlsEnds;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{Page, echo, open_message, upstream};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_popglass-bridge"))
}

fn output(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// A bridge as a process of its own, which logs in JSON.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
    log: Option<thread::JoinHandle<String>>,
}

impl Process {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = program()
            .args(["--listen", "127.0.0.1:0", "--log-format", "json", "--log-level", "debug"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut log = String::new();
        let address = loop {
            let begin = log.len();
            assert_ne!(lines.read_line(&mut log).unwrap(), 0, "it ended: {log}");
            if let Some((_, rest)) = log[begin..].split_once("listening on http://") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
        };
        let log = thread::spawn(move || {
            lines.read_to_string(&mut log).unwrap();
            log
        });
        Self { child, address, log: Some(log) }
    }

    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// The exit code and the whole log, once it has ended.
    pub(crate) fn wait(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap();
        (status.code(), self.log.take().unwrap().join().unwrap())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A trial that fails leaves no process behind; one that has ended is not hit.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_is_unclear_is_said_and_ends_with_two() {
    let rows: &[(&[&str], &str)] = &[
        (&[], "there is no mail server to connect to"),
        (&["--target", "a.test:110,stls,tls"], "a port begins with TLS, or without"),
        (&["--blind", "--target", "a.test:995,tls"], "is to be blind"),
        (&["--listen", "0.0.0.0:0", "--target", "a.test:995"], "needs the page's origin"),
        (&["--config", "/nonexistent.toml"], "settings file /nonexistent.toml"),
        (&["--check", "--ca-file", "/nonexistent.pem", "--target", "a.test:995"], "CA file /nonexistent.pem"),
        (&["--targets", "a.test:995"], "--target"),
    ];
    for (arguments, expected) in rows {
        let output = output(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn a_port_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = output(&["--listen", &address, "--target", "a.test:995"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}

#[test]
fn the_policy_can_be_looked_at_before_it_is_used() {
    let output = output(&["--check", "--target", "pop.example.org:995", "--target", "10.0.0.1:110,plain"]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("target    pop.example.org:995: TLS ends in the page, or TLS ends in the bridge\n"),
        "{said}"
    );
    assert!(said.contains("target    10.0.0.1:110: NO TLS"), "{said}");
}

#[test]
fn help_names_every_setting_with_examples() {
    let said = String::from_utf8(output(&["--help"]).stdout).unwrap();
    for word in [
        "--config",
        "--listen",
        "--target",
        "--origin",
        "--host",
        "--ca-file",
        "--blind",
        "--demo",
        "--sessions-max",
        "--dial-timeout-seconds",
        "--idle-seconds",
        "--grace-seconds",
        "--log-format",
        "--log-level",
        "--check",
        "Examples:",
        "SIGTERM",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

const CANARY: &str = "canary-Xq7-password";

#[tokio::test(flavor = "multi_thread")]
async fn no_log_holds_what_was_said() {
    let server = upstream(echo).await;
    let cut = upstream(|mut stream| async move {
        stream.write_all(b"+OK\r\n").await.unwrap();
        let _ = stream.read(&mut [0; 8]).await;
        stream.set_zero_linger().unwrap();
    })
    .await;
    let process = Process::start(&["--target", &format!("{server},plain"), "--target", &format!("{cut},plain")]);
    let secret = format!("PASS {CANARY}\r\n");

    let (mut page, _) = Page::open(process.address, &server.to_string(), TlsEnds::Nowhere).await;
    page.read_octets(5).await;
    page.send_octets(secret.as_bytes()).await;
    page.read_octets(secret.len()).await;
    page.socket.close(None).await.unwrap();
    // Every way to fail with the secret at hand.
    let (mut page, _) = Page::open(process.address, &cut.to_string(), TlsEnds::Nowhere).await;
    page.read_octets(5).await;
    page.send_octets(secret.as_bytes()).await;
    page.read_to_end(false).await;
    let (mut page, _) = Page::connect(process.address).await;
    page.send_text(&secret).await;
    page.read_to_end(false).await;
    let (mut page, _) = Page::connect(process.address).await;
    page.send_octets(secret.as_bytes()).await;
    page.read_to_end(false).await;
    let (mut page, _) = Page::connect(process.address).await;
    page.send(&open_message(&format!("{CANARY}:995"), TlsEnds::Bridge)).await;
    page.read_to_end(false).await;
    for line in [format!("GET /{CANARY} HTTP/1.1\r\nHost: x"), format!("GET / HTTP/1.1\r\nHost: {CANARY}"), secret] {
        let mut stream = TcpStream::connect(process.address).await.unwrap();
        stream.write_all(format!("{line}\r\nConnection: close\r\n\r\n").as_bytes()).await.unwrap();
        stream.read_to_end(&mut Vec::new()).await.unwrap();
    }

    process.signal("TERM");
    let (code, log) = tokio::task::spawn_blocking(|| process.wait()).await.unwrap();
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains(CANARY), "{log}");
    let ended = log.lines().find(|line| line.contains("\"ended\"")).unwrap_or_else(|| panic!("{log}"));
    let up = format!("\"up\":{}", "PASS \r\n".len() + CANARY.len());
    for part in [&up, &format!("\"target\":\"{server}\""), "\"end\":\"PageLeft\"", "\"number\":1", "\"ms\":"] {
        assert!(ended.contains(part), "{part}: {ended}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_ends_sessions_in_good_order_and_a_second_one_at_once() {
    let server = upstream(echo).await;
    let target = format!("{server},plain");

    let process = Process::start(&["--target", &target, "--grace-seconds", "0"]);
    let (mut page, _) = Page::open(process.address, &server.to_string(), TlsEnds::Nowhere).await;
    page.read_octets(5).await;
    process.signal("INT");
    assert_eq!(page.read_to_end(false).await.code, 1001);
    let (code, log) = tokio::task::spawn_blocking(|| process.wait()).await.unwrap();
    assert_eq!(code, Some(0), "{log}");

    let process = Process::start(&["--target", &target, "--grace-seconds", "3600"]);
    let (_page, _) = Page::open(process.address, &server.to_string(), TlsEnds::Nowhere).await;
    // One that waits for its Open is ended with the first signal, so that the second is surely the second.
    let (mut waiting, _) = Page::connect(process.address).await;
    process.signal("TERM");
    assert_eq!(waiting.read_to_end(false).await.code, 1001);
    process.signal("TERM");
    let (code, log) = tokio::task::spawn_blocking(|| process.wait()).await.unwrap();
    assert_eq!(code, Some(1), "{log}");
}
