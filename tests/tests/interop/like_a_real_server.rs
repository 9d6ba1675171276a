//! The sandbox's POP3 server beside Dovecot: the same lines to both over the same messages, and answers that agree in
//! status, shape and octets. Texts behind `+OK` and `-ERR` are free (RFC 1939 §3). What differs is listed here and in
//! docs/teaching.md, and nothing else may.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, ErrorKind, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use popglass_protocol::server::{Config, Output, Server};
use popglass_sandbox::{SandboxMaildrop, World};
use popglass_tests::dovecot::Dovecot;

const USER: &str = "alex";
const PASSWORD: &str = "open-sesame";

/// Sessions, one after the other: what the client says in each. `LOGIN` stands for USER and PASS with the right words;
/// without QUIT at its end a session breaks off.
const SESSIONS: &[(&str, &[&str])] = &[
    ("wrong password", &["USER alex", "PASS wrong", "USER alex", "PASS open-sesame", "QUIT"]),
    ("nobody of that name", &["USER nobody", "PASS open-sesame", "QUIT"]),
    ("before the login", &["STAT", "RETR 1", "PASS open-sesame", "QUIT"]),
    ("unknown commands before the login", &["XYZZY", "", "CAPA", "QUIT"]),
    ("unknown commands without end", &["XYZZY", "XYZZY", "XYZZY", "XYZZY", "NOOP"]),
    ("USER twice", &["USER nobody", "USER alex", "PASS open-sesame", "QUIT"]),
    ("no argument", &["USER", "USER alex", "PASS", "QUIT"]),
    ("looking", &["LOGIN", "STAT", "LIST", "LIST 1", "LIST 4", "UIDL", "UIDL 2", "NOOP", "CAPA", "QUIT"]),
    ("reading", &["LOGIN", "RETR 1", "RETR 2", "RETR 3", "RETR 4", "RETR 5", "QUIT"]),
    ("the top", &["LOGIN", "TOP 1 0", "TOP 2 0", "TOP 2 1", "TOP 2 3", "TOP 2 999999", "TOP 4 1", "QUIT"]),
    ("lower case", &["user alex", "pass open-sesame", "stat", "list 1", "Uidl 1", "rEtR 1", "noop", "quit"]),
    (
        "no such message",
        &[
            "LOGIN", "LIST 0", "LIST 6", "RETR 0", "RETR 6", "DELE 0", "DELE 6", "UIDL 0", "UIDL 6", "TOP 0 0",
            "TOP 6 0", "QUIT",
        ],
    ),
    ("arguments missing", &["LOGIN", "RETR", "DELE", "TOP", "TOP 1", "QUIT"]),
    (
        "arguments that are none",
        &["LOGIN", "RETR one", "RETR -1", "RETR 99999999999", "LIST one", "TOP 1 -1", "TOP 1 x", "QUIT"],
    ),
    (
        "arguments too many",
        &["LOGIN", "STAT 1", "NOOP 1", "LIST 1 2", "UIDL 1 2", "RETR 1 2", "RSET 1", "TOP 2 1 1", "QUIT"],
    ),
    ("spaces", &["LOGIN", "STAT ", "LIST ", "LIST  1", "RETR 01", " STAT", "QUIT"]),
    ("unknown commands", &["LOGIN", "XYZZY", "", "USER alex", "PASS open-sesame", "HELO", "STATUS", "QUIT"]),
    (
        "marking and taking back",
        &[
            "LOGIN", "DELE 2", "STAT", "LIST", "UIDL", "LIST 2", "UIDL 2", "RETR 2", "TOP 2 0", "DELE 2", "LIST 3",
            "RSET", "STAT", "LIST", "RETR 2", "DELE 3", "RSET", "QUIT",
        ],
    ),
    ("nothing was deleted", &["LOGIN", "STAT", "UIDL", "QUIT"]),
    ("breaking off", &["LOGIN", "DELE 1", "DELE 2", "STAT"]),
    ("nothing was deleted again", &["LOGIN", "STAT", "UIDL", "QUIT"]),
    ("deleting", &["LOGIN", "DELE 1", "DELE 3", "STAT", "QUIT"]),
    (
        "what is left",
        &["LOGIN", "STAT", "LIST", "UIDL", "RETR 1", "RETR 4", "DELE 1", "DELE 2", "DELE 3", "STAT", "LIST", "QUIT"],
    ),
    ("an empty maildrop", &["LOGIN", "STAT", "LIST", "UIDL", "LIST 1", "RETR 1", "QUIT"]),
];

/// What is not the same: session, line, how the sandbox answers, how Dovecot does. docs/teaching.md says what the RFCs
/// say to each.
const DIFFERENCES: &[(&str, &str, &str, &str)] = &[
    ("unknown commands without end", "NOOP", "-ERR", ""),
    ("no argument", "USER", "-ERR", "+OK"),
    ("arguments too many", "STAT 1", "-ERR", "+OK 5 19955"),
    ("arguments too many", "NOOP 1", "-ERR", "+OK"),
    ("arguments too many", "RSET 1", "-ERR", "+OK"),
    ("spaces", "LIST  1", "-ERR", "+OK 1 42"),
    ("while another session is open", "PASS open-sesame", "-ERR", "+OK"),
];

fn messages() -> Vec<Vec<u8>> {
    vec![
        b"Subject: one\r\nFrom: a@b.example\r\n\r\nHello\r\n".to_vec(),
        b"Subject: dots\r\n\r\n.\r\n..\r\n.dot\r\n\r\nlast\r\n".to_vec(),
        b"Subject: nothing below\r\n\r\n".to_vec(),
        [b"Subject: long\r\n\r\n".to_vec(), b". a line that begins with a dot\r\n".repeat(600)].concat(),
        [b"Subject: eight bits\r\n\r\n".as_slice(), &[0x80, 0xFF, b'\t', 0xE4], b"\r\n \r\n"].concat(),
    ]
}

/// A client's end.
trait Line {
    fn send(&mut self, octets: &[u8]);
    /// A line with its end; empty at the end of the connection.
    fn line(&mut self) -> Vec<u8>;
}

struct Tcp(BufReader<TcpStream>);

impl Tcp {
    fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("Dovecot listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time is set");
        Self(BufReader::new(stream))
    }
}

impl Line for Tcp {
    fn send(&mut self, octets: &[u8]) {
        // Who has closed the connection says so by its end, which is an answer, too.
        drop(self.0.get_mut().write_all(octets));
    }
    fn line(&mut self) -> Vec<u8> {
        let mut line = Vec::new();
        match self.0.read_until(b'\n', &mut line) {
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Vec::new(),
            read => {
                read.expect("Dovecot answers in time");
                line
            }
        }
    }
}

struct InMemory {
    server: Server<SandboxMaildrop>,
    said: Vec<u8>,
}

impl InMemory {
    fn connect(world: &World) -> Self {
        Self { server: Server::new(world.session(), Config::default()), said: Vec::new() }
    }
}

impl Line for InMemory {
    fn send(&mut self, octets: &[u8]) {
        self.server.handle_input(octets);
    }
    fn line(&mut self) -> Vec<u8> {
        while let Output::Transmit(octets) = self.server.poll_output() {
            self.said.extend(octets);
        }
        let end = self.said.iter().position(|octet| *octet == b'\n').map_or(self.said.len(), |place| place + 1);
        self.said.drain(..end).collect()
    }
}

/// The places of messages by their unique-ids, so that ids of two servers can be compared: as the first UIDL lists them.
#[derive(Default)]
struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// `2 uid` as `2 message 2`.
    fn named(&mut self, entry: &str) -> String {
        let Some((number, id)) = entry.split_once(' ') else { return entry.to_owned() };
        let next = self.0.len() + 1;
        let place = *self.0.entry(id.to_owned()).or_insert(next);
        format!("{number} message {place}")
    }
}

/// What a session's lines are answered with, as far as the texts are not free.
fn converse(line: &mut dyn Line, said: &[&str], ids: &mut Ids) -> Vec<(String, String)> {
    let login = [format!("USER {USER}"), format!("PASS {PASSWORD}")];
    let commands = said.iter().flat_map(|said| match *said {
        "LOGIN" => login.to_vec(),
        said => vec![said.to_owned()],
    });
    let mut answers = vec![("the greeting".to_owned(), answer(line, "", ids))];
    for command in commands {
        line.send(format!("{command}\r\n").as_bytes());
        let answer = answer(line, &command, ids);
        answers.push((command, answer));
    }
    if said.last().is_some_and(|said| said.eq_ignore_ascii_case("QUIT")) {
        answers.push(("behind QUIT".to_owned(), line.line().escape_ascii().to_string()));
    }
    answers
}

fn answer(line: &mut dyn Line, command: &str, ids: &mut Ids) -> String {
    let status = String::from_utf8(line.line()).expect("a status line is text");
    let mut words = command.split_whitespace();
    let (keyword, argument) = (words.next().unwrap_or_default().to_ascii_uppercase(), words.next());
    if let Some(rest) = status.strip_prefix("+OK") {
        let rest = rest.trim();
        return match (keyword.as_str(), argument) {
            ("STAT", _) | ("LIST", Some(_)) => format!("+OK {rest}"),
            ("UIDL", Some(_)) => format!("+OK {}", ids.named(rest)),
            ("LIST" | "RETR" | "TOP", _) => format!("+OK {}", body(line).escape_ascii()),
            ("UIDL", None) => {
                let listing = String::from_utf8(body(line)).expect("a listing is text");
                format!("+OK {}", listing.lines().map(|entry| ids.named(entry)).collect::<Vec<_>>().join(", "))
            }
            ("CAPA", _) => {
                body(line);
                "+OK and capabilities".to_owned()
            }
            _ => "+OK".to_owned(),
        };
    }
    if status.starts_with("-ERR") { "-ERR".to_owned() } else { status.escape_default().to_string() }
}

/// A multi-line response as it is on the wire, stuffed, the last dot with it.
fn body(line: &mut dyn Line) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let next = line.line();
        body.extend_from_slice(&next);
        if next == b".\r\n" || next.is_empty() {
            return body;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_answers_like_a_real_server_but_for_what_is_listed() {
    let messages = messages();
    let dovecot = Dovecot::start(USER, PASSWORD, &messages).await;
    let world = World::empty();
    world.add_user(USER, PASSWORD, messages);
    let (mut ids_here, mut ids_there) = (Ids::default(), Ids::default());
    let (mut differences, mut compared) = (Vec::new(), 0);
    let mut compare = |name: &'static str, said: &[&str]| {
        let here = converse(&mut InMemory::connect(&world), said, &mut ids_here);
        let there = converse(&mut Tcp::connect(dovecot.pop3), said, &mut ids_there);
        assert_eq!(here.len(), there.len());
        for ((command, here), (_, there)) in here.into_iter().zip(there) {
            compared += 1;
            if here != there {
                differences.push((name, command, here, there));
            }
        }
    };
    for (name, said) in SESSIONS {
        compare(name, said);
    }
    let (mut here, mut there) = (InMemory::connect(&world), Tcp::connect(dovecot.pop3));
    let mut ids = Ids::default();
    assert_eq!(converse(&mut here, &["LOGIN"], &mut ids), converse(&mut there, &["LOGIN"], &mut ids));
    compare("while another session is open", &["LOGIN", "QUIT"]);
    let found: Vec<_> =
        differences.iter().map(|(name, command, here, there)| (*name, &command[..], &here[..], &there[..])).collect();
    assert_eq!(found, DIFFERENCES, "of {compared} answers");
    assert_eq!(
        dovecot.stored(USER),
        world.messages_of(USER).iter().map(|message| message.to_vec()).collect::<Vec<_>>()
    );
}
