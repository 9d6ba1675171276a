//! Whole sessions made up by chance, logins by SASL among them: whatever the reads, the same comes of them.

use popglass_protocol::{
    client::{Config, Event, Pipelining},
    codec::multiline::Stuffer,
    command::Command,
    limits,
    sasl::{
        ChannelBinding, Credentials, Mechanism, Nonce, SaslText,
        client::authenticator,
        server::{ServerFacts, Step, server_exchange},
    },
    secret::Secret,
    types::{Password, UserName},
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{Session, number, retr};

/// One command of the session, and how the server answers it.
#[derive(Debug, Clone)]
struct Turn {
    command: Command,
    octets_expected: Option<u64>,
    says: Vec<u8>,
}

/// How the client logs in.
#[derive(Debug, Clone, Copy)]
enum Entrance {
    Password,
    /// The server's challenges, in whatever spelling.
    Sasl(Mechanism, &'static str),
}

fn message() -> impl Strategy<Value = Vec<u8>> {
    let line = select(vec!["", ".", "..", ".x", "+OK x", "-ERR", "a: b", "text\rwith CR", "\u{e4}\u{0}"]);
    vec((line, select(vec!["\r\n", "\r\n", "\r\n", "\n"])), 0..30)
        .prop_map(|lines| lines.iter().flat_map(|(line, end)| [*line, *end]).collect::<String>().into_bytes())
}

fn listing(lines: &[&str]) -> Vec<u8> {
    format!("+OK\r\n{}.\r\n", lines.iter().map(|line| format!("{line}\r\n")).collect::<String>()).into_bytes()
}

fn turn() -> impl Strategy<Value = Turn> {
    let turn = |command, says: Vec<u8>| Turn { command, octets_expected: None, says };
    let fetch = (message(), any::<bool>(), 0_u64..40).prop_map(|(content, stuffed, octets)| {
        let mut says = b"+OK\r\n".to_vec();
        if stuffed {
            let mut stuffer = Stuffer::default();
            stuffer.encode(&content, &mut says);
            stuffer.finish(&mut says);
        } else {
            says.extend_from_slice(&content);
            says.extend_from_slice(b".\r\n");
        }
        // Now and then the right size, or the one that a status line in front would explain.
        let octets_expected = Some(if octets < 20 { (content.len() as u64).saturating_sub(octets) } else { octets });
        Turn { command: retr(1), octets_expected, says }
    });
    let lines = vec(select(vec!["1 5", "2 7", "3  9", "4 -1", "7 x", "1 same", " 2 same", "5", "+OK", ".."]), 0..6);
    prop_oneof![
        4 => fetch,
        1 => lines.clone().prop_map(move |lines| turn(Command::List(None), listing(&lines))),
        1 => lines.prop_map(move |lines| turn(Command::Uidl(None), listing(&lines))),
        1 => select(vec!["+OK 3 99\r\n", "+OK\r\n", "-ERR\r\n", "+OK 2 -5\r\n"])
            .prop_map(move |says| turn(Command::Stat, says.into())),
        1 => select(vec!["+OK\r\n", "\r\n+OK\n", "-ERR [SYS/TEMP] no\r\n", "+OK\r\n+OK\r\n", "what\r\n"])
            .prop_map(move |says| turn(Command::Dele(number(2)), says.into())),
        1 => Just(turn(Command::Capa, listing(&["PIPELINING", "RESP-CODES", "EXPIRE soon"]))),
    ]
}

fn entrance() -> impl Strategy<Value = Entrance> {
    let mechanisms = Mechanism::ALL.into_iter().filter(|mechanism| !mechanism.binds_channel()).collect::<Vec<_>>();
    prop_oneof![
        Just(Entrance::Password),
        (select(mechanisms), select(vec!["+ ", "+OK ", "+"]))
            .prop_map(|(mechanism, mark)| Entrance::Sasl(mechanism, mark)),
    ]
}

/// Hears the octets in pieces, with a pause for the client after each.
fn hear(session: &mut Session, octets: &[u8], piece: usize) {
    octets.chunks(piece).for_each(|read| session.hear(read));
}

fn play(entrance: Entrance, turns: &[Turn], piece: usize) -> Session {
    let config = Config { pipelining: Pipelining::Always, ..Config::default() };
    let mut session = Session::greeted(config);
    match entrance {
        Entrance::Password => {
            session.say(Command::User(UserName::parse("ada").unwrap()));
            session.say(Command::Pass(Password::parse("pw").unwrap()));
            hear(&mut session, b"+OK\r\n+OK\r\n", piece);
        }
        Entrance::Sasl(mechanism, mark) => log_in(&mut session, mechanism, mark, piece),
    }
    // All are sent before the first is answered: what is sent in between would depend on the reads.
    for turn in turns {
        match turn.octets_expected {
            Some(octets) => session.client.send_expecting(turn.command.clone(), octets),
            None => session.client.send(turn.command.clone()),
        };
    }
    session.drain();
    let says: Vec<u8> = turns.iter().flat_map(|turn| turn.says.clone()).collect();
    hear(&mut session, &says, piece);
    session.close();
    session
}

/// Against the server's end of the same mechanism.
fn log_in(session: &mut Session, mechanism: Mechanism, mark: &str, piece: usize) {
    let credentials =
        Credentials { identity: "ada".into(), secret: Secret::new("pw".into()), ..Credentials::default() };
    let nonce = Nonce::from_octets([7; limits::SCRAM_NONCE_OCTETS]);
    let channel = ChannelBinding::Unsupported;
    session.client.authenticate(authenticator(mechanism, &credentials, &nonce, &channel).unwrap());
    let facts = ServerFacts {
        host: "mail.example".into(),
        salt: b"salt".to_vec(),
        iterations: limits::SCRAM_ITERATIONS_MIN.try_into().unwrap(),
        channel,
        external: Some("ada".into()),
    };
    let mut server = server_exchange(mechanism, &facts, &Nonce::from_octets([9; limits::SCRAM_NONCE_OCTETS]));
    let secrets = |user: &str| (user == "ada").then(|| Secret::new("pw".into()));
    session.drain();
    for _ in 0..limits::SASL_ROUNDS_MAX {
        let Some(line) = session.transmitted.split(|octet| *octet == b'\n').rev().nth(1) else { return };
        let line = str::from_utf8(line).unwrap().trim_end().to_owned();
        let step = match line.strip_prefix("AUTH ") {
            Some(words) => match words.split_once(' ') {
                Some((_, "=")) => server.handle_response(&SaslText::default(), &secrets),
                Some((_, response)) => server.handle_response(&SaslText::parse(response).unwrap(), &secrets),
                None => Step::Challenge(server.challenge()),
            },
            None => match SaslText::parse(&line) {
                Some(response) => server.handle_response(&response, &secrets),
                None => Step::Rejected,
            },
        };
        let before = session.transmitted.len();
        match step {
            Step::Challenge(challenge) => hear(session, format!("{mark}{challenge}\r\n").as_bytes(), piece),
            Step::Accepted { .. } => return hear(session, b"+OK\r\n", piece),
            Step::Rejected => return hear(session, b"-ERR\r\n", piece),
        }
        if session.transmitted.len() == before {
            return;
        }
    }
}

/// Chunks joined; the transcript's lines apart, since reads decide where among a message's chunks they stand.
fn account(session: Session) -> (Vec<String>, Vec<String>) {
    let (mut told, mut lines, mut content) = (Vec::new(), Vec::new(), Vec::new());
    for event in session.events {
        match event {
            Event::Chunk { octets, .. } => content.extend(octets),
            Event::Line(line) => lines.push(format!("{line:?}")),
            other => {
                told.push(format!("{other:?} {}", std::mem::take(&mut content).escape_ascii()));
            }
        }
    }
    told.push(format!("{:?} {} {}", session.error, content.escape_ascii(), session.transmitted.escape_ascii()));
    (told, lines)
}

proptest! {
    #[test]
    fn any_reads_of_a_session_give_the_same_events(
        entrance in entrance(),
        turns in vec(turn(), 0..8),
        piece in 1_usize..20,
    ) {
        let whole = account(play(entrance, &turns, usize::MAX));
        prop_assert_eq!(account(play(entrance, &turns, piece)), whole);
    }
}
