//! Replays `transcripts/*/*`: what the SMTP and IMAP servers say to a script, cut at every octet.
//!
//! A script is lines of `S:` (the server says), `C:` (the client says), `P:` (the client says this, `\n` for LF, without CRLF), `#`
//! (why), and at the top `U: user password` with `M: unique-id` and `| ` lines of that message, and for SMTP `O:` its
//! configuration as JSON. `X:` is where the server ends the connection. `D: reverse-path recipients` with `| ` lines is
//! what SMTP has delivered; `W: user subject` is a message that arrives while IMAP looks on.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::{fs, path::Path};

use popglass_protocol::types::UniqueId;
use popglass_sandbox::{World, imap, smtp};

#[derive(Debug, Default)]
struct Script {
    users: Vec<User>,
    config: smtp::Config,
    turns: Vec<Turn>,
}

/// Name, password, and messages with their unique-ids.
type User = (String, String, Vec<(String, String)>);

#[derive(Debug)]
enum Turn {
    Client(String),
    Server(String),
    Delivery(String),
    Arrival { user: String, subject: String },
}

const CLOSE: &str = "[the connection ends]";

fn read_script(path: &Path) -> Script {
    let mut script = Script::default();
    for line in fs::read_to_string(path).expect("the script can be read").lines() {
        let (mark, text) = line.split_at(line.len().min(2));
        let text = if mark == "| " { text } else { text.strip_prefix(' ').unwrap_or(text) };
        match mark {
            "U:" => {
                let (user, password) = text.split_once(' ').expect("user and password");
                script.users.push((user.into(), password.into(), Vec::new()));
            }
            "M:" => script.users.last_mut().expect("U: comes first").2.push((text.into(), String::new())),
            "| " | "|" => {
                let message = match script.turns.last_mut() {
                    Some(Turn::Delivery(delivery)) => delivery,
                    _ => &mut script.users.last_mut().and_then(|user| user.2.last_mut()).expect("M: comes first").1,
                };
                message.push_str(&format!("{text}\r\n"));
            }
            "O:" => script.config = serde_json::from_str(text).expect("a configuration"),
            "C:" => script.turns.push(Turn::Client(format!("{text}\r\n"))),
            "P:" => script.turns.push(Turn::Client(text.replace("\\n", "\n"))),
            "D:" => script.turns.push(Turn::Delivery(format!("{text}\r\n"))),
            "W:" => {
                let (user, subject) = text.split_once(' ').expect("user and subject");
                script.turns.push(Turn::Arrival { user: user.into(), subject: subject.into() });
            }
            "S:" | "X:" => {
                let said = if mark == "S:" { format!("{text}\r\n") } else { CLOSE.to_owned() };
                match script.turns.last_mut() {
                    Some(Turn::Server(before)) => before.push_str(&said),
                    _ => script.turns.push(Turn::Server(said)),
                }
            }
            _ => assert!(line.is_empty() || line.starts_with('#'), "{}: {line}", path.display()),
        }
    }
    script
}

/// Either server, as a script sees it.
trait Spoken {
    fn hear(&mut self, octets: &[u8]);
    fn say(&mut self) -> String;
    fn world_changed(&mut self) {}
    fn delivery(&mut self) -> Option<smtp::Delivery> {
        None
    }
}

impl Spoken for smtp::Server {
    fn hear(&mut self, octets: &[u8]) {
        self.handle_input(octets);
    }
    fn say(&mut self) -> String {
        match self.poll_output() {
            smtp::Output::Transmit(octets) => octets.iter().copied().map(char::from).collect(),
            smtp::Output::Close => CLOSE.to_owned(),
            smtp::Output::Idle => String::new(),
        }
    }
    fn delivery(&mut self) -> Option<smtp::Delivery> {
        self.poll_delivery()
    }
}

impl Spoken for imap::Server {
    fn hear(&mut self, octets: &[u8]) {
        self.handle_input(octets);
    }
    fn say(&mut self) -> String {
        match self.poll_output() {
            imap::Output::Transmit(octets) => octets.iter().copied().map(char::from).collect(),
            imap::Output::Close => CLOSE.to_owned(),
            imap::Output::Idle => String::new(),
        }
    }
    fn world_changed(&mut self) {
        self.handle_world_changed();
    }
}

/// The client's octets are cut into pieces of so many.
fn replay(name: &str, script: &Script, cut: usize, begin: impl Fn(&Script, World) -> Box<dyn Spoken>) {
    let world = World::empty();
    for (user, password, messages) in &script.users {
        let id = |id: &String| UniqueId::parse(id.as_bytes()).expect("a unique-id");
        world.add_user_with(user, password, messages.iter().map(|(name, text)| (id(name), text.clone().into_bytes())));
    }
    let mut server = begin(script, world.clone());
    let mut said = String::new();
    let drain = |server: &mut Box<dyn Spoken>, said: &mut String| {
        loop {
            let piece = server.say();
            if piece.is_empty() {
                break;
            }
            said.push_str(&piece);
        }
    };
    drain(&mut server, &mut said);
    for turn in &script.turns {
        match turn {
            Turn::Client(line) => {
                assert_eq!(said, "", "{name}, cut {cut}: not in the script, before {line:?}");
                let octets: Vec<u8> = line.chars().map(|letter| u8::try_from(letter).expect("Latin-1")).collect();
                for piece in octets.chunks(cut) {
                    server.hear(piece);
                    drain(&mut server, &mut said);
                }
            }
            Turn::Server(expected) => {
                assert_eq!(said, *expected, "{name}, cut {cut}");
                said.clear();
            }
            Turn::Arrival { user, subject } => {
                world.deliver(user, format!("Subject: {subject}\r\n\r\nhello\r\n").into_bytes()).unwrap();
                server.world_changed();
                drain(&mut server, &mut said);
            }
            Turn::Delivery(expected) => {
                let delivery = server.delivery().expect("something was delivered");
                let message = String::from_utf8(delivery.message).unwrap();
                let envelope = format!("<{}> {}", delivery.reverse_path, delivery.recipients.join(","));
                assert_eq!(format!("{envelope}\r\n{message}"), *expected, "{name}, cut {cut}");
            }
        }
    }
    assert_eq!(said, "", "{name}, cut {cut}: not in the script, at its end");
    assert!(server.delivery().is_none(), "{name}: a delivery is not in the script");
}

fn replay_all(folder: &str, begin: impl Fn(&Script, World) -> Box<dyn Spoken>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts").join(folder);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{}", folder.display());
    for path in paths {
        let script = read_script(&path);
        for cut in [usize::MAX, 1, 2, 3, 5, 8, 13, 64] {
            replay(&path.display().to_string(), &script, cut, &begin);
        }
    }
}

#[test]
fn the_smtp_server_says_what_the_script_says_whatever_the_reads() {
    replay_all("smtp", |script, world| {
        let mut server = smtp::Server::new(script.config.clone(), world);
        server.handle_time(1_795_425_000);
        Box::new(server)
    });
}

#[test]
fn the_imap_server_says_what_the_script_says_whatever_the_reads() {
    replay_all("imap", |_, world| Box::new(imap::Server::new(world)));
}
