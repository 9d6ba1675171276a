//! Whatever octets come, in whatever reads: nothing panics, memory stays bounded, and the answer does not depend on
//! the reads.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use popglass_protocol::{
    client::{Client, Event, Output},
    codec::multiline::{Stuffer, Unstuffer},
    command::Command,
    limits,
    secret::Secret,
    server::{self, CommitFailure, Config, LoginRefusal, Maildrop, Server},
    types::{CredentialError, MessageNumber, Password, UniqueId, UserName},
};
use proptest::{collection::vec, prelude::*};

/// What a client makes of octets that answer commands it has in flight, all sent before the first octet comes: what is
/// sent in between reads would depend on them.
fn outputs(reads: &[&[u8]]) -> Vec<String> {
    let mut client = Client::new();
    let mut seen = Vec::new();
    for command in
        [Command::Capa, Command::User(UserName::parse("ada").unwrap()), Command::Pass(Password::parse("pw").unwrap())]
    {
        client.send(command);
    }
    for read in ["+OK\r\n", "+OK\r\nPIPELINING\r\n.\r\n", "+OK\r\n+OK\r\n"] {
        client.handle_input(read.as_bytes());
        drain(&mut client, &mut Vec::new(), &mut Vec::new());
    }
    let number = MessageNumber::new(1).unwrap();
    for command in [
        Command::List(None),
        Command::Uidl(None),
        Command::Top { number, lines: 0 },
        Command::Stat,
        Command::Retr(number),
        Command::Capa,
        Command::Retr(number),
        Command::Quit,
    ] {
        client.send(command);
    }
    let mut body = Vec::new();
    drain(&mut client, &mut seen, &mut body);
    assert_eq!(client.in_flight(), 8);
    for read in reads {
        client.handle_input(read);
        drain(&mut client, &mut seen, &mut body);
    }
    seen.push(format!("{body:?}"));
    seen
}

fn drain(client: &mut Client, seen: &mut Vec<String>, body: &mut Vec<u8>) {
    loop {
        match client.poll_output() {
            Ok(Output::Idle) => break,
            Ok(Output::UpgradeTls) => client.handle_tls_ready(),
            Ok(Output::Transmit(_)) => {}
            Ok(Output::Event(Event::Chunk { octets, .. })) => {
                assert!(octets.len() <= limits::CHUNK_OCTETS_MAX + 2);
                body.extend(octets);
            }
            Ok(Output::Event(event)) => seen.push(format!("{event:?}")),
            Err(error) => {
                let text = error.to_string();
                if seen.last() != Some(&text) {
                    seen.push(text);
                }
                break;
            }
        }
    }
}

/// Lines that look like POP3 now and then.
fn server_octets() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"+OK\r\n".to_vec()),
        Just(b"+OK 1 2\r\n".to_vec()),
        Just(b"-ERR no\r\n".to_vec()),
        Just(b".\r\n".to_vec()),
        Just(b"..\r\n".to_vec()),
        Just(b"1 120\r\n".to_vec()),
        Just(b"PIPELINING\r\n".to_vec()),
        Just(b"\n".to_vec()),
        Just(b".\n".to_vec()),
        Just(b".\r".to_vec()),
        vec(any::<u8>(), 0..12),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_client_makes_the_same_of_any_octets_in_any_reads(octets in server_octets(), cut in 1_usize..17) {
        let whole = outputs(&[&octets]);
        let reads: Vec<&[u8]> = octets.chunks(cut).collect();
        prop_assert_eq!(outputs(&reads), whole);
    }

    #[test]
    fn what_is_stuffed_comes_out_unstuffed(lines in vec("[.\\ra-z]{0,6}", 0..20), cut in 1_usize..9) {
        let content: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        let (mut wire, mut stuffer) = (Vec::new(), Stuffer::default());
        for piece in content.as_bytes().chunks(cut) {
            stuffer.encode(piece, &mut wire);
        }
        stuffer.finish(&mut wire);
        let (mut out, mut unstuffer, mut ended) = (Vec::new(), Unstuffer::default(), false);
        for mut piece in wire.chunks(cut) {
            prop_assert!(!ended, "nothing follows the terminator");
            ended = unstuffer.decode(&mut piece, &mut out, usize::MAX);
        }
        prop_assert!(ended);
        prop_assert_eq!(out, content.into_bytes());
    }

    #[test]
    fn a_server_answers_any_octets_without_a_panic_and_any_reads_alike(
        octets in vec(prop_oneof![
            Just(b"USER ada\r\n".to_vec()), Just(b"PASS pw\r\n".to_vec()), Just(b"STLS\r\n".to_vec()),
            Just(b"RETR 1\r\n".to_vec()), Just(b"DELE 1\r\n".to_vec()), Just(b"QUIT\r\n".to_vec()),
            Just(vec![b'x'; 300]), vec(any::<u8>(), 0..12),
        ], 0..30),
        cut in 1_usize..17,
    ) {
        let octets = octets.concat();
        let whole = served(&[&octets]);
        prop_assert!(whole.starts_with(b"+OK"));
        let reads: Vec<&[u8]> = octets.chunks(cut).collect();
        // Behind STLS the octets of the same read are dropped, those of the next are TLS: there the reads matter.
        if !octets.windows(4).any(|word| word.eq_ignore_ascii_case(b"STLS")) {
            prop_assert_eq!(served(&reads), whole);
        }
    }
}

#[derive(Debug)]
struct OneMessage;

impl Maildrop for OneMessage {
    fn password_of(&self, user: &str) -> Option<Secret<String>> {
        (user == "ada").then(|| Secret::new("pw".into()))
    }
    fn open_as(&mut self, _: &str, _: Option<u64>) -> Result<(), LoginRefusal> {
        Ok(())
    }
    fn message_count(&self) -> usize {
        1
    }
    fn octets(&self, _: MessageNumber) -> u64 {
        8
    }
    fn unique_id(&self, _: MessageNumber) -> UniqueId {
        UniqueId::parse(b"id").unwrap()
    }
    fn message(&self, _: MessageNumber) -> &[u8] {
        b"a: b\r\n\r\n"
    }
    fn commit(&mut self, _: &[MessageNumber]) -> Result<(), CommitFailure> {
        Ok(())
    }
}

fn served(reads: &[&[u8]]) -> Vec<u8> {
    let mut server = Server::new(OneMessage, Config { stls: true, ..Config::default() });
    let mut said = Vec::new();
    for read in [&b""[..]].iter().chain(reads) {
        server.handle_input(read);
        loop {
            match server.poll_output() {
                server::Output::Transmit(octets) => said.extend(octets),
                server::Output::UpgradeTls => server.handle_tls_ready(),
                server::Output::Close => {}
                server::Output::Idle => break,
            }
        }
    }
    said
}

#[test]
fn credentials_that_would_break_out_of_their_line_are_refused_before_anything_is_sent() {
    for (text, expected) in [
        ("ada", None),
        ("two  blanks ", None),
        ("", Some(CredentialError::Empty)),
        ("ada\r\nDELE 1", Some(CredentialError::ControlCharacter)),
        ("ada\n", Some(CredentialError::ControlCharacter)),
        ("a\rb", Some(CredentialError::ControlCharacter)),
        ("a\0b", Some(CredentialError::ControlCharacter)),
    ] {
        assert_eq!(UserName::parse(text).err(), expected, "{text:?}");
        assert_eq!(Password::parse(text).err(), expected, "{text:?}");
    }
    let longest = "x".repeat(limits::CREDENTIAL_OCTETS_MAX);
    let line = Command::User(UserName::parse(&longest).unwrap()).to_line();
    assert_eq!(line.len(), limits::COMMAND_LINE_OCTETS_MAX, "RFC 2449 §4");
    assert_eq!(UserName::parse(&format!("{longest}x")), Err(CredentialError::TooLong));
}
