//! The transcript that is saved as packets, read by tshark, which nobody here has written: it sees the commands and the
//! answers that the transcript has, in connections without a fault.

use std::{fs, process::Command as Program};

use popglass_explain::{as_pcapng, words::Language};
use popglass_protocol::{
    client::{Client, Event, Output},
    command::Command,
    sasl::{Mechanism, SaslText},
    server::{self, Config, Server},
    transcript::{Direction, Meaning},
    types::{LanguageTag, MessageNumber, Password, UserName},
};
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, World};
use popglass_session::event::{Entry, Item, Note};
use tempfile::TempDir;

/// 23 November 2026; a line a millisecond.
const BEGIN_MS: u64 = 1_795_426_262_000;

fn number(number: u32) -> MessageNumber {
    MessageNumber::new(number).expect("it is not zero")
}

fn password(text: &str) -> Command {
    Command::Pass(Password::parse(text).expect("it fits a line"))
}

fn user() -> Command {
    Command::User(UserName::parse(DEMO_USER).expect("it fits a line"))
}

/// Everything that a session can say, in sessions that end in each way.
fn sessions() -> Vec<Vec<Command>> {
    let plain =
        Command::Auth { mechanism: Mechanism::Plain.name(), initial_response: SaslText::parse("AGFkYQBsb3ZlbGFjZQ==") };
    let retrieve = (1..=World::demo().messages_of(DEMO_USER).len() as u32).map(|place| Command::Retr(number(place)));
    let mut whole = vec![Command::Capa, user(), password("wrong"), user(), password(DEMO_PASSWORD), Command::Stat];
    whole.extend([Command::List(None), Command::List(Some(number(2))), Command::List(Some(number(9999)))]);
    whole.extend([Command::Uidl(None), Command::Uidl(Some(number(1))), Command::Noop]);
    whole.extend([Command::Top { number: number(1), lines: 0 }, Command::Top { number: number(2), lines: 5 }]);
    whole.extend(retrieve);
    whole.extend([Command::Dele(number(2)), Command::Retr(number(2)), Command::Rset, Command::Dele(number(1))]);
    whole.push(Command::Quit);
    let tls = vec![Command::Capa, Command::Stls, Command::Capa, Command::Utf8, plain, Command::Stat, Command::Quit];
    let german = LanguageTag::parse(b"de").expect("it is a tag");
    let languages = vec![Command::AuthList, Command::Lang(None), Command::Lang(Some(german)), Command::Quit];
    vec![whole, tls, languages]
}

/// A session between our two halves, in memory; what was said.
fn converse(world: &World, commands: &[Command]) -> Vec<Item> {
    let mut client = Client::new();
    let mut server = Server::new(world.session(), Config::complete()).with_randomness([9; 32]);
    let mut items = vec![Item::Note(Note::SandboxOpened), Item::Note(Note::Connected { tls: None })];
    let mut commands = commands.iter();
    loop {
        let moved = deliver(&mut client, &mut server, &mut items);
        // One at a time: the refusal of one must not take the next with it.
        match commands.next() {
            Some(command) => {
                client.send(command.clone());
            }
            None if !moved => {
                items.push(Item::Note(Note::ClosedByServer));
                return items;
            }
            None => {}
        }
    }
}

/// Carries what either side has to say, until neither has; whether there was anything.
fn deliver(client: &mut Client, server: &mut Server<popglass_sandbox::SandboxMaildrop>, items: &mut Vec<Item>) -> bool {
    let mut moved = false;
    loop {
        let before = moved;
        moved = false;
        loop {
            match server.poll_output() {
                server::Output::Transmit(octets) => client.handle_input(&octets),
                server::Output::UpgradeTls => server.handle_tls_ready(),
                // Told when the client has taken in what came before it.
                server::Output::Close => {}
                server::Output::Idle => break,
            }
            moved = true;
        }
        loop {
            match client.poll_output().expect("the server keeps to the rules") {
                Output::Transmit(octets) => server.handle_input(&octets),
                Output::Event(Event::Line(line)) => items.push(Item::Line(line)),
                Output::Event(Event::Deviation(deviation)) => panic!("the server keeps to the rules: {deviation}"),
                Output::Event(_) => {}
                Output::UpgradeTls => client.handle_tls_ready(),
                Output::Idle => break,
            }
            moved = true;
        }
        if !moved {
            return before;
        }
    }
}

fn transcript() -> Vec<Entry> {
    let world = World::demo();
    let items = sessions().into_iter().flat_map(|commands| converse(&world, &commands));
    let entry = |(place, item)| Entry { sequence: place as u64 + 1, at_ms: BEGIN_MS + place as u64, item };
    items.enumerate().map(entry).collect()
}

/// What tshark says of a file: of the packets that pass a filter, these fields, tabs between them.
fn tshark(file: &std::path::Path, filter: &str, fields: &[&str]) -> Vec<String> {
    let mut tshark = Program::new("tshark");
    tshark.args(["-n", "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-Y", filter, "-T", "fields"]);
    tshark.args(fields.iter().flat_map(|field| ["-e", field])).arg("-r").arg(file);
    let run = tshark.output().expect("tshark is here: `cargo xtask test --only interop` sets it up");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("tshark writes UTF-8").lines().map(str::to_owned).collect()
}

#[test]
fn tshark_sees_the_commands_and_the_answers_of_the_transcript() {
    let entries = transcript();
    let folder = TempDir::new().expect("a folder for the file");
    for language in Language::ALL {
        let file = folder.path().join(format!("{language:?}.pcapng"));
        fs::write(&file, as_pcapng(language, &entries)).expect("the file is written");
        let lines = || {
            entries.iter().filter_map(|entry| match &entry.item {
                Item::Line(line) => Some(line),
                _ => None,
            })
        };
        let first_word = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
        let commands: Vec<String> = lines()
            .filter(|line| line.direction == Direction::ClientToServer)
            .map(|line| first_word(&line.text))
            .collect();
        assert_eq!(tshark(&file, "pop.request", &["pop.request.command"]), commands);
        assert_eq!(commands.len(), sessions().iter().map(Vec::len).sum::<usize>());
        let answers: Vec<String> = lines()
            .filter(|line| matches!(line.meaning, Meaning::Greeting | Meaning::Accepted(_) | Meaning::Refused(_)))
            .map(|line| first_word(&line.text))
            .collect();
        let seen = tshark(&file, "pop.response.indicator", &["pop.response.indicator"]);
        let seen: Vec<String> = seen.into_iter().filter(|word| word.starts_with(['+', '-'])).collect();
        assert_eq!(seen, answers);
        // One connection a session, and one more where TLS begins.
        let connections = tshark(&file, "tcp.flags.syn == 1 && tcp.flags.ack == 0", &["tcp.stream"]);
        assert_eq!(connections.len(), sessions().len() + 1);
        // That a status line to TOP has no size, Wireshark calls malformed; RFC 1939 §7 asks for none.
        let faults = "(_ws.malformed && !pop.response.indicator) || tcp.analysis.flags || ip.checksum.status == 0 || \
                      tcp.checksum.status == 0";
        assert_eq!(tshark(&file, faults, &["frame.number"]), Vec::<String>::new());
        let octets = String::from_utf8_lossy(&fs::read(&file).expect("the file is there")).into_owned();
        assert!(!octets.contains(DEMO_PASSWORD) && !octets.contains("AGFkYQBsb3ZlbGFjZQ"), "secrets are masked");
        let comments = tshark(&file, "frame.comment", &["frame.comment"]);
        let folded = lines().filter(|line| matches!(line.meaning, Meaning::BodyFolded { .. })).count();
        assert!(folded > 0 && comments.len() > folded, "{} comments", comments.len());
    }
}
