//! Replays `transcripts/*/*.pop3`: as a client against the script, as a server against the script, and client against
//! server; each cut at every octet. What the client makes of it stands beside each script in `NAME.events`;
//! `POPGLASS_BLESS=1` writes those anew.
//!
//! A script is lines of `S:` (the server says), `C:` (the client says), `K:` (a user types it), `T:` (TLS starts here), `#` (why), and at the
//! top, for our server: `U: user password`, `M: unique-id` and `| ` lines of that message, `O:` options of its
//! configuration, `F:` faults. For our server alone there are also `L:` (it says this with a bare LF), `P:` (it says
//! this without a line end), `W:` (so many milliseconds pass), and `X:` (it ends the connection).

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::{env, fmt::Write as _, fs, path::Path};

use popglass_protocol::{
    capability::{Expire, Kept, LoginDelay, Utf8},
    client::{self, Client, Event},
    codec::request::parse_request,
    reply::{Reply, SystemFault},
    sasl::Mechanism,
    secret::Secret,
    server::{CommitFailure, Config, LoginRefusal, Maildrop, Output, Server, fault::FaultScript},
    types::{MessageNumber, UniqueId},
};

#[derive(Debug, Clone, Default)]
struct Script {
    user: String,
    password: String,
    messages: Vec<(String, Vec<u8>)>,
    options: Vec<String>,
    faults: String,
    turns: Vec<Turn>,
}

#[derive(Debug, Clone)]
enum Turn {
    Client(String),
    Typed(String),
    Server(Vec<u8>),
    Tls,
    Wait(u64),
}

fn read_script(path: &Path) -> Script {
    let mut script = Script::default();
    for line in fs::read_to_string(path).expect("the script can be read").lines() {
        let (mark, text) = line.split_at(line.len().min(2));
        let text = text.strip_prefix(' ').unwrap_or(text);
        match mark {
            "U:" => {
                let (user, password) = text.split_once(' ').expect("user and password");
                (script.user, script.password) = (user.into(), password.into());
            }
            "M:" => script.messages.push((text.into(), Vec::new())),
            "| " | "|" => {
                let (_, message) = script.messages.last_mut().expect("M: comes first");
                message.extend_from_slice(text.as_bytes());
                message.extend_from_slice(b"\r\n");
            }
            "C:" => script.turns.push(Turn::Client(text.into())),
            "K:" => script.turns.push(Turn::Typed(text.into())),
            "O:" => script.options.extend(text.split(' ').map(String::from)),
            "F:" => script.faults += &format!("{text}\n"),
            "W:" => script.turns.push(Turn::Wait(text.parse().expect("milliseconds"))),
            "S:" | "L:" | "P:" | "X:" => {
                let end = match mark {
                    "S:" => "\r\n",
                    "L:" => "\n",
                    "P:" => "",
                    _ => CLOSE,
                };
                let octets = format!("{text}{end}").into_bytes();
                match script.turns.last_mut() {
                    Some(Turn::Server(said)) => said.extend(octets),
                    _ => script.turns.push(Turn::Server(octets)),
                }
            }
            "T:" => script.turns.push(Turn::Tls),
            _ => assert!(line.is_empty() || line.starts_with('#'), "{}: {line}", path.display()),
        }
    }
    script
}

/// What stands in the account of a server where it ends the connection.
const CLOSE: &str = "[the connection ends]";

/// Our server, as the script wants it.
fn server_for(script: &Script) -> Server<ScriptedMaildrop> {
    let stls = script.turns.iter().any(|turn| matches!(turn, Turn::Tls));
    let mut config = Config { stls, host: "popglass.example".into(), ..Config::default() };
    let mut random = false;
    for option in &script.options {
        match option.as_str() {
            "random" => random = true,
            "no-secrets-in-clear" => config.secrets_in_clear = false,
            "apop" => config.apop = true,
            "lang" => config.lang = true,
            "no-capa" => config.capa = false,
            "no-top" => config.top = false,
            "no-uidl" => config.uidl = false,
            "tells-who-exists" => config.tells_who_exists = true,
            "utf8" => config.utf8 = Some(Utf8 { user: false }),
            "utf8-user" => config.utf8 = Some(Utf8 { user: true }),
            name => config.mechanisms.push(Mechanism::of_name(name).expect("an option")),
        }
    }
    let faults: FaultScript = script.faults.parse().expect("a script of faults");
    let mut server = Server::new(ScriptedMaildrop(script.clone()), config).with_faults(faults);
    if random {
        server = server.with_randomness([7; 32]);
    }
    if script.turns.iter().any(|turn| matches!(turn, Turn::Wait(_))) {
        server.handle_time(0);
    }
    server
}

/// The script's maildrop, served by our server.
#[derive(Debug)]
struct ScriptedMaildrop(Script);

impl Maildrop for ScriptedMaildrop {
    fn password_of(&self, user: &str) -> Option<Secret<String>> {
        let is_known = user == self.0.user || ["busy", "soon", "broken"].contains(&user);
        is_known.then(|| Secret::new(self.0.password.clone()))
    }
    fn token_of(&self, user: &str) -> Option<Secret<String>> {
        self.password_of(user)
    }
    fn open_as(&mut self, user: &str, _: Option<u64>) -> Result<(), LoginRefusal> {
        match user {
            "busy" => Err(LoginRefusal::InUse),
            "soon" => Err(LoginRefusal::TooSoon),
            "broken" => Err(LoginRefusal::System(SystemFault::Permanent)),
            _ => Ok(()),
        }
    }
    fn login_delay(&self) -> Option<LoginDelay> {
        (self.0.user == "delayed").then_some(LoginDelay { seconds: 10, per_user: true })
    }
    fn expire(&self) -> Option<Expire> {
        (self.0.user == "delayed").then_some(Expire { kept: Kept::Days(30), per_user: false })
    }
    fn message_count(&self) -> usize {
        self.0.messages.len()
    }
    fn octets(&self, number: MessageNumber) -> u64 {
        self.message(number).len() as u64
    }
    fn unique_id(&self, number: MessageNumber) -> UniqueId {
        UniqueId::parse(self.0.messages[number.index()].0.as_bytes()).unwrap()
    }
    fn message(&self, number: MessageNumber) -> &[u8] {
        &self.0.messages[number.index()].1
    }
    fn commit(&mut self, marked: &[MessageNumber]) -> Result<(), CommitFailure> {
        // A message that calls itself stuck cannot be removed.
        let stuck = marked.iter().filter(|number| self.unique_id(**number).as_str() == "stuck").count();
        if stuck == 0 { Ok(()) } else { Err(CommitFailure { removed: marked.len() - stuck }) }
    }
}

/// What a client made of a session, one event a line; chunks of one message joined, since reads cut them.
#[derive(Debug, Default)]
struct Account {
    text: String,
    message: Vec<u8>,
    transmitted: Vec<u8>,
    over: bool,
}

impl Account {
    fn drain(&mut self, client: &mut Client) -> bool {
        loop {
            match client.poll_output() {
                Ok(client::Output::Idle) => return false,
                Ok(client::Output::UpgradeTls) => return true,
                Ok(client::Output::Transmit(octets)) => self.transmitted.extend(octets),
                Ok(client::Output::Event(event)) => self.note(&event),
                Err(error) => {
                    if !self.over {
                        writeln!(self.text, "error: {error}").unwrap();
                    }
                    self.over = true;
                    return false;
                }
            }
        }
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Chunk { octets, .. } => self.message.extend(octets),
            Event::Line(line) => {
                let direction = format!("{:?}", line.direction);
                let (direction, text) = (&direction[..1], &line.text);
                writeln!(self.text, "    {direction} {:?} {:?} {}: {text}", line.state, line.meaning, line.octets)
                    .unwrap();
            }
            Event::Reply { reply: Reply::MessageEnd { number, octets }, .. } => {
                let text = std::mem::take(&mut self.message).escape_ascii().to_string();
                writeln!(self.text, "message {number}, {octets} octets: {text}").unwrap();
            }
            Event::Reply { reply, .. } => writeln!(self.text, "{reply:?}").unwrap(),
            other => writeln!(self.text, "{other:?}").unwrap(),
        }
    }
}

/// Cuts octets at a place, counted over the whole session, or into single octets.
#[derive(Debug, Clone, Copy)]
enum Cut {
    Nowhere,
    At(usize),
    Everywhere,
}

impl Cut {
    fn pieces(self, octets: &[u8], before: usize) -> Vec<&[u8]> {
        match self {
            Self::At(place) if place > before && place < before + octets.len() => {
                let (first, second) = octets.split_at(place - before);
                vec![first, second]
            }
            Self::Nowhere | Self::At(_) => vec![octets],
            Self::Everywhere => octets.chunks(1).collect(),
        }
    }
}

/// The client's turn.
fn say(client: &mut Client, turn: &Turn) {
    match turn {
        Turn::Client(line) => {
            client.send(parse_request(line.as_bytes()).expect("a client script holds commands"));
        }
        Turn::Typed(line) => {
            client.send_line(line).expect("a line can be typed");
        }
        Turn::Server(_) | Turn::Tls | Turn::Wait(_) => {}
    }
}

fn replay_as_client(script: &Script, cut: Cut) -> String {
    let (mut client, mut account, mut received) = (Client::new(), Account::default(), 0);
    let mut expected = Vec::new();
    for turn in &script.turns {
        match turn {
            Turn::Client(line) | Turn::Typed(line) => {
                say(&mut client, turn);
                expected.extend_from_slice(line.as_bytes());
                expected.extend_from_slice(b"\r\n");
            }
            Turn::Server(octets) => {
                account.drain(&mut client);
                assert_eq!(account.transmitted.escape_ascii().to_string(), expected.escape_ascii().to_string());
                for piece in cut.pieces(octets, received) {
                    client.handle_input(piece);
                    account.drain(&mut client);
                }
                received += octets.len();
            }
            Turn::Tls => client.handle_tls_ready(),
            Turn::Wait(_) => panic!("a client's script knows no time"),
        }
    }
    account.drain(&mut client);
    assert!(
        !format!("{client:?}{}", account.text).contains(&format!("{} ", script.password)) || script.password.is_empty()
    );
    account.text
}

/// What it said, and what it should have.
fn replay_as_server(script: &Script, cut: Cut) -> (String, String) {
    let mut server = server_for(script);
    let (mut said, mut expected, mut received, mut now) = (Vec::new(), Vec::new(), 0, 0);
    let drain = |server: &mut Server<ScriptedMaildrop>, said: &mut Vec<u8>| {
        loop {
            match server.poll_output() {
                Output::Transmit(octets) => said.extend(octets),
                Output::Close => said.extend(CLOSE.as_bytes()),
                Output::UpgradeTls => {}
                Output::Idle => break,
            }
        }
    };
    drain(&mut server, &mut said);
    for turn in &script.turns {
        match turn {
            Turn::Client(line) | Turn::Typed(line) => {
                let line = [line.as_bytes(), b"\r\n"].concat();
                for piece in cut.pieces(&line, received) {
                    server.handle_input(piece);
                    drain(&mut server, &mut said);
                }
                received += line.len();
            }
            Turn::Server(octets) => expected.extend_from_slice(octets),
            Turn::Tls => server.handle_tls_ready(),
            Turn::Wait(milliseconds) => {
                // Nothing is said before its time.
                assert_eq!(readable(&said), readable(&expected));
                now += milliseconds;
                server.handle_time(now);
                drain(&mut server, &mut said);
            }
        }
    }
    // Scripts need not tell that QUIT ends the connection.
    let told = String::from_utf8_lossy(&expected).contains(CLOSE);
    let said = readable(&said);
    let said = if told { said } else { said.replace(CLOSE, "") };
    (said, readable(&expected))
}

fn readable(octets: &[u8]) -> String {
    octets.escape_ascii().to_string().replace("\\r\\n", "\n").replace("\\n", "\\n\n")
}

/// Our client talks to our server; the octets never touch the script's.
fn replay_against_each_other(script: &Script, cut: Cut) -> String {
    let mut server = server_for(script);
    let (mut client, mut account) = (Client::new(), Account::default());
    let (mut to_client, mut to_server) = (0, 0);
    let mut said = script.turns.iter().filter(|turn| matches!(turn, Turn::Client(_) | Turn::Typed(_)));
    loop {
        let mut moved = false;
        let mut upgrade = account.drain(&mut client);
        let wire = std::mem::take(&mut account.transmitted);
        for piece in cut.pieces(&wire, to_server) {
            server.handle_input(piece);
        }
        to_server += wire.len();
        loop {
            match server.poll_output() {
                Output::Transmit(octets) => {
                    moved = true;
                    for piece in cut.pieces(&octets, to_client) {
                        client.handle_input(piece);
                        upgrade |= account.drain(&mut client);
                    }
                    to_client += octets.len();
                }
                Output::UpgradeTls => server.handle_tls_ready(),
                Output::Close => {}
                Output::Idle => break,
            }
        }
        if upgrade {
            client.handle_tls_ready();
        }
        if !moved && wire.is_empty() {
            let Some(turn) = said.next() else { break };
            say(&mut client, turn);
        }
    }
    account.text
}

fn scripts(folder: &str) -> Vec<(String, Script)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts").join(folder);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("the folder is there").map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pop3"));
    paths.sort();
    assert!(!paths.is_empty(), "{}", folder.display());
    paths.into_iter().map(|path| (path.display().to_string(), read_script(&path))).collect()
}

fn server_octets(script: &Script) -> usize {
    script.turns.iter().map(|turn| if let Turn::Server(octets) = turn { octets.len() } else { 0 }).sum()
}

fn client_octets(script: &Script) -> usize {
    script
        .turns
        .iter()
        .map(|turn| if let Turn::Client(line) | Turn::Typed(line) = turn { line.len() + 2 } else { 0 })
        .sum()
}

fn cuts(octets: usize) -> impl Iterator<Item = Cut> {
    (0..octets).map(Cut::At).chain([Cut::Everywhere])
}

#[test]
fn a_client_makes_the_same_of_a_script_whatever_the_reads() {
    for folder in ["both", "client"] {
        for (name, script) in scripts(folder) {
            let events = replay_as_client(&script, Cut::Nowhere);
            let beside = name.replace(".pop3", ".events");
            if env::var_os("POPGLASS_BLESS").is_some() {
                fs::write(&beside, &events).unwrap();
            }
            let expected = fs::read_to_string(&beside).unwrap_or_default();
            assert_eq!(events, expected, "{beside}");
            for cut in cuts(server_octets(&script)) {
                assert_eq!(replay_as_client(&script, cut), events, "{name} {cut:?}");
            }
        }
    }
}

#[test]
fn a_server_says_what_the_script_says_whatever_the_reads() {
    for folder in ["both", "server"] {
        for (name, script) in scripts(folder) {
            for cut in [Cut::Nowhere].into_iter().chain(cuts(client_octets(&script))) {
                let (said, expected) = replay_as_server(&script, cut);
                assert_eq!(said, expected, "{name} {cut:?}");
            }
        }
    }
}

#[test]
fn client_and_server_agree_with_each_other_as_they_do_with_the_script() {
    for (name, script) in scripts("both") {
        // Where the script pipelines, the order of lines in the transcript differs, but not what came of them.
        let without_lines = |text: String| -> Vec<String> {
            text.lines().filter(|line| !line.starts_with("    ")).map(String::from).collect()
        };
        let alone = without_lines(replay_as_client(&script, Cut::Nowhere));
        for cut in [Cut::Nowhere].into_iter().chain(cuts(server_octets(&script))) {
            assert_eq!(without_lines(replay_against_each_other(&script, cut)), alone, "{name} {cut:?}");
        }
    }
}
