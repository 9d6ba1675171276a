//! Python's poplib as a witness: a POP3 client that nobody here has written.

use std::{
    io::Write as _,
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::certificates::Certificates;

/// What protects the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Nothing.
    Plain,
    /// TLS after STLS (RFC 2595).
    Stls,
    /// TLS from the start (RFC 8314).
    Tls,
}

/// One session: log in, fetch everything or nothing, delete, QUIT.
#[derive(Debug, Clone, Copy)]
pub struct Session<'a> {
    /// Where the server listens for this kind of connection.
    pub server: SocketAddr,
    /// What protects the connection.
    pub security: Security,
    /// `USER`, `APOP`, or a SASL mechanism.
    pub mechanism: &'a str,
    /// The user's name.
    pub user: &'a str,
    /// The password.
    pub password: &'a str,
    /// The token of XOAUTH2 and OAUTHBEARER.
    pub token: &'a str,
    /// Whom to trust, and what to show for EXTERNAL.
    pub certificates: &'a Certificates,
    /// Whether to fetch all messages.
    pub fetch: bool,
    /// The numbers of the messages to delete.
    pub delete: &'a [usize],
}

/// What was seen in a session.
#[derive(Debug)]
pub struct Seen {
    /// The first line.
    pub greeting: String,
    /// The lines of CAPA before the login, TLS in place; nothing if the server refused it.
    pub capabilities_before: Option<Vec<String>>,
    /// The lines of CAPA after the login.
    pub capabilities_after: Option<Vec<String>>,
    /// How many messages STAT tells.
    pub count: usize,
    /// The messages, if they were to be fetched, in the order of the server, with CRLF line ends.
    pub messages: Vec<Vec<u8>>,
}

impl Seen {
    /// The mechanisms that the server announces before the login.
    #[must_use]
    pub fn mechanisms(&self) -> Vec<&str> {
        let lines = self.capabilities_before.iter().flatten();
        lines.filter_map(|line| line.strip_prefix("SASL ")).flat_map(str::split_whitespace).collect()
    }
}

/// Runs a session.
///
/// # Panics
/// If Python is not there, or if the server refuses anything.
pub fn run(session: &Session<'_>) -> Seen {
    let certificates = session.certificates;
    let plan = json!({
        "host": session.server.ip().to_string(),
        "port": session.server.port(),
        "security": format!("{:?}", session.security),
        "mechanism": session.mechanism,
        "user": session.user,
        "password": session.password,
        "token": session.token,
        "authority": certificates.authority,
        "certificate": certificates.client,
        "key": certificates.client_key,
        "fetch": session.fetch,
        "delete": session.delete,
    });
    let seen = python(&plan);
    let lines = |name: &str| {
        let lines = seen[name].as_array()?.iter();
        Some(lines.map(|line| line.as_str().expect("a line is text").to_owned()).collect())
    };
    Seen {
        greeting: seen["greeting"].as_str().expect("a greeting is text").to_owned(),
        capabilities_before: lines("before"),
        capabilities_after: lines("after"),
        count: serde_json::from_value(seen["count"].clone()).expect("a count is a number"),
        messages: messages(&seen),
    }
}

/// Every message of a maildrop, fetched over POP3S, in the order of the server.
///
/// # Panics
/// If Python is not there, or it cannot fetch them.
#[must_use]
pub fn fetch_all(server: SocketAddr, authority: &Path, user: &str, password: &str) -> Vec<Vec<u8>> {
    messages(&python(&json!({
        "host": server.ip().to_string(),
        "port": server.port(),
        "security": "Tls",
        "mechanism": "USER",
        "user": user,
        "password": password,
        "authority": authority,
        "fetch": true,
        "delete": [],
    })))
}

fn messages(seen: &Value) -> Vec<Vec<u8>> {
    let messages = seen["messages"].as_array().expect("the script gives a list").iter();
    messages.map(|text| BASE64_STANDARD.decode(text.as_str().unwrap_or_default()).expect("base64")).collect()
}

fn python(plan: &Value) -> Value {
    let mut child = Command::new("python3")
        .args(["-c", include_str!("poplib.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 can be started");
    child.stdin.take().expect("it was asked for").write_all(plan.to_string().as_bytes()).expect("it reads its input");
    let output = child.wait_with_output().expect("it was started");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "poplib failed ({} by {}): {complaint}",
        plan["mechanism"].as_str().unwrap_or_default(),
        plan["security"].as_str().unwrap_or_default()
    );
    serde_json::from_slice(&output.stdout).expect("the script writes JSON")
}
