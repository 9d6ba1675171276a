//! The server half where transcripts do not reach: against the transition table, in every exchange of AUTH, by the clock,
//! with any script of faults, and within its bounds.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use popglass_protocol::{
    capability::{Capabilities, REGISTRY, Where},
    codec::{capability::add_capability, multiline::Unstuffer, request::parse_request},
    command::{Command, CommandName},
    deviation::RuleSet,
    limits,
    sasl::{ChannelBinding, Credentials, Mechanism, Nonce, SaslText, apop_digest, client::authenticator},
    secret::Secret,
    server::{
        CommitFailure, Config, LoginRefusal, Maildrop, Output, Server,
        fault::{Fault, FaultScript, Lie, Misdeed, When},
    },
    state::{ReplyShape, State, after_reply, transition},
    types::{MessageNumber, Stamp, UniqueId},
};
use proptest::{collection::vec, prelude::*};

const PASSWORD: &str = "tanstaaf";

/// A maildrop with these messages, for ada and for guests.
#[derive(Debug, Default)]
struct Drop(Vec<Vec<u8>>);

impl Maildrop for Drop {
    fn password_of(&self, user: &str) -> Option<Secret<String>> {
        (user == "ada").then(|| Secret::new(PASSWORD.into()))
    }
    fn token_of(&self, user: &str) -> Option<Secret<String>> {
        self.password_of(user)
    }
    fn open_as(&mut self, user: &str, _: Option<u64>) -> Result<(), LoginRefusal> {
        ["ada", "anonymous"].contains(&user).then_some(()).ok_or(LoginRefusal::Credentials)
    }
    fn message_count(&self) -> usize {
        self.0.len()
    }
    fn octets(&self, number: MessageNumber) -> u64 {
        self.message(number).len() as u64
    }
    fn unique_id(&self, number: MessageNumber) -> UniqueId {
        UniqueId::parse(format!("id-{number}").as_bytes()).unwrap()
    }
    fn message(&self, number: MessageNumber) -> &[u8] {
        &self.0[number.index()]
    }
    fn commit(&mut self, _: &[MessageNumber]) -> Result<(), CommitFailure> {
        Ok(())
    }
}

fn complete() -> Server<Drop> {
    let server = Server::new(Drop(vec![b"a: b\r\n\r\n.c\r\n".to_vec()]), Config::complete());
    let mut server = server.with_randomness([1; 32]);
    server.handle_channel_binding([2; 32]);
    server.handle_external_identity("ada".into());
    server
}

/// What it says until it waits; whether it ends.
fn drain(server: &mut Server<Drop>) -> (Vec<u8>, bool) {
    let (mut said, mut ended) = (Vec::new(), false);
    loop {
        match server.poll_output() {
            Output::Transmit(octets) => {
                assert!(octets.len() <= 2 * limits::CHUNK_OCTETS_MAX + 1024, "chunks are bounded");
                said.extend(octets);
            }
            Output::UpgradeTls => server.handle_tls_ready(),
            Output::Close => ended = true,
            Output::Idle => return (said, ended),
        }
    }
}

fn say(server: &mut Server<Drop>, line: &str) -> String {
    server.handle_input(line.as_bytes());
    server.handle_input(b"\r\n");
    String::from_utf8(drain(server).0).unwrap()
}

fn server_in(state: State) -> Server<Drop> {
    let mut server = complete();
    drain(&mut server);
    let lines: &[&str] = match state {
        State::Greeting | State::Authorization => &[],
        State::UserGiven => &["USER ada"],
        State::Transaction => &["USER ada", "PASS tanstaaf"],
        State::Update => &["USER ada", "PASS tanstaaf", "QUIT"],
        State::Closed => &["QUIT"],
    };
    for line in lines {
        say(&mut server, line);
    }
    server
}

fn line_of(name: CommandName) -> String {
    let argument = match name {
        CommandName::User => " ada",
        CommandName::Pass => " tanstaaf",
        CommandName::Apop => {
            let greeting = String::from_utf8(drain(&mut complete()).0).unwrap();
            let stamp = Stamp::find(&greeting).unwrap();
            return format!("APOP ada {}", apop_digest(stamp.as_str(), PASSWORD));
        }
        CommandName::Auth => " PLAIN AGFkYQB0YW5zdGFhZg==",
        CommandName::LangOne => " de",
        CommandName::Top => " 1 0",
        CommandName::ListOne | CommandName::UidlOne | CommandName::Retr | CommandName::Dele => " 1",
        _ => "",
    };
    format!("{}{argument}", name.keyword())
}

#[test]
fn the_server_goes_where_the_table_goes_and_nowhere_else() {
    for state in State::ALL {
        for name in CommandName::ALL {
            let mut server = server_in(state);
            let line = line_of(name);
            assert_eq!(parse_request(line.as_bytes()).unwrap().name(), name, "{line}");
            let before = server.state();
            let said = say(&mut server, &line);
            match transition(before, name) {
                Some(row) => {
                    assert!(said.starts_with("+OK"), "{state:?} {line}: {said}");
                    assert_eq!(server.state(), after_reply(row, true), "{state:?} {line}");
                    let many_lines = matches!(row.reply, ReplyShape::Listing | ReplyShape::Message);
                    assert_eq!(said.ends_with("\r\n.\r\n"), many_lines, "{state:?} {line}: {said}");
                }
                None if matches!(before, State::Update | State::Closed) => assert_eq!(said, ""),
                None => {
                    let expected = format!("-ERR {} does not belong to this state\r\n", name.keyword());
                    assert_eq!((said, server.state()), (expected, before), "{line}");
                }
            }
        }
    }
}

#[test]
fn rfc2449_section5_what_is_announced_is_there_and_what_is_not_announced_is_not() {
    let quiet = || Server::new(Drop::default(), Config { user_pass: false, ..Config::default() });
    for (mut server, complete) in [(complete(), true), (quiet(), false)] {
        drain(&mut server);
        let lines = say(&mut server, "CAPA");
        let (mut read, mut faults) = (Capabilities::default(), RuleSet::default());
        lines
            .lines()
            .skip(1)
            .take_while(|line| *line != ".")
            .for_each(|line| add_capability(&mut read, line.as_bytes(), &mut faults));
        assert_eq!(read, server.capabilities(), "the typed answer is the one on the wire");
        assert!(faults.is_empty(), "our own client finds nothing wrong with it");
        for row in REGISTRY {
            let announced = read.lines.iter().any(|line| line.split(' ').next() == Some(row.tag));
            let line = match row.tag {
                "USER" => line_of(CommandName::User),
                "SASL" => "AUTH PLAIN =".into(),
                "STLS" | "UTF8" | "LANG" => row.tag.to_owned(),
                _ => continue,
            };
            assert_eq!(announced, complete, "{}", row.tag);
            assert_eq!(say(&mut server, &line).starts_with("-ERR not"), !complete && row.tag != "STLS", "{line}");
            server.handle_tls_ready();
        }
    }
    let after_login = server_in(State::Transaction).capabilities().lines;
    for row in REGISTRY.iter().filter(|row| row.valid_in == Where::Authorization) {
        assert!(!after_login.iter().any(|line| line.split(' ').next() == Some(row.tag)), "{}", row.tag);
    }
}

/// The client's own end of the exchange, over the wire.
fn authenticate(mechanism: Mechanism, secret: &str, identity: &str) -> (String, bool) {
    let mut server = complete();
    drain(&mut server);
    let credentials =
        Credentials { identity: identity.into(), secret: Secret::new(secret.into()), ..Credentials::default() };
    let binding = ChannelBinding::TlsExporter(Secret::new([2; 32]));
    let mut client = authenticator(mechanism, &credentials, &Nonce::from_octets([3; 18]), &binding).unwrap();
    let initial_response = client.initial_response();
    let command = Command::Auth { mechanism: mechanism.name(), initial_response };
    let mut said = say(&mut server, String::from_utf8(command.to_line()).unwrap().trim_end());
    while let Some(challenge) = said.strip_prefix("+ ") {
        said = match client.respond(challenge.trim_end().as_bytes()) {
            Ok(response) => say(&mut server, response.expose()),
            Err(_) => say(&mut server, "*"),
        };
    }
    (said, client.server_proven())
}

#[test]
fn every_mechanism_lets_the_right_secret_in_and_no_other() {
    for mechanism in Mechanism::ALL {
        let (said, proven) = authenticate(mechanism, PASSWORD, "ada");
        assert!(said.starts_with("+OK") && proven, "{mechanism}: {said}");
        if mechanism.takes_password() || mechanism.takes_token() {
            for (secret, identity) in [("wrong", "ada"), (PASSWORD, "nobody")] {
                let (said, _) = authenticate(mechanism, secret, identity);
                assert!(said.starts_with("-ERR [AUTH]"), "{mechanism} {identity}: {said}");
            }
        }
    }
}

#[test]
fn a_nonce_comes_once_and_a_stamp_belongs_to_one_session() {
    let challenges = |seed: u8| {
        let mut server = Server::new(Drop::default(), Config::complete()).with_randomness([seed; 32]);
        let greeting = String::from_utf8(drain(&mut server).0).unwrap();
        let first = say(&mut server, "AUTH CRAM-MD5");
        say(&mut server, "*");
        [greeting, first, say(&mut server, "AUTH CRAM-MD5")]
    };
    let mut all = [challenges(1), challenges(2)].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 6);
}

#[test]
fn rfc5034_section4_a_response_may_be_long_and_is_bounded() {
    for (octets, expected) in
        [(4000, "-ERR [AUTH]"), (limits::SASL_LINE_OCTETS_MAX + 4, "-ERR the command line is too")]
    {
        let mut server = complete();
        drain(&mut server);
        assert_eq!(say(&mut server, "AUTH OAUTHBEARER"), "+ \r\n");
        let mut said = say(&mut server, &"A".repeat(octets));
        if said.starts_with("+ ") {
            // RFC 7628 §3.2.3: the refusal comes as a challenge first.
            said = say(&mut server, "AQ==");
        }
        assert!(said.starts_with(expected), "{said}");
        assert!(say(&mut server, "NOOP").starts_with("-ERR NOOP"), "the exchange is over");
    }
}

#[test]
fn time_is_told_by_the_host_and_a_deadline_tells_when_to_come_back() {
    let script: FaultScript = "NOOP: delay 5000".parse().unwrap();
    let mut server = Server::new(Drop::default(), Config { autologout_ms: 60_000, ..Config::default() });
    assert_eq!(server.deadline(), None, "without a clock nothing happens by itself");
    server = server.with_faults(script);
    server.handle_time(1_000_000);
    drain(&mut server);
    assert_eq!(server.deadline(), Some(1_060_000));
    say(&mut server, "USER ada");
    say(&mut server, "PASS tanstaaf");
    assert_eq!(say(&mut server, "NOOP"), "");
    assert_eq!(server.deadline(), Some(1_005_000), "the delay comes first");
    server.handle_time(1_005_000);
    assert_eq!(drain(&mut server).0, b"+OK still here\r\n");
    assert_eq!(server.deadline(), Some(1_065_000), "what the server says counts, too");
    server.handle_time(1_064_999);
    assert_eq!(drain(&mut server), (Vec::new(), false));
    server.handle_time(1_065_000);
    assert_eq!(drain(&mut server), (Vec::new(), true));
    assert_eq!((server.state(), server.deadline()), (State::Closed, None));
}

#[test]
fn a_reply_can_be_cut_at_every_octet() {
    let whole = |script: &str| {
        let script: FaultScript = script.parse().unwrap();
        let mut server = Server::new(Drop(vec![b"a: b\r\n\r\n.c\r\n".to_vec()]), Config::default()).with_faults(script);
        server.handle_input(b"USER ada\r\nPASS tanstaaf\r\nCAPA\r\nLIST\r\nRETR 1\r\nQUIT\r\n");
        drain(&mut server)
    };
    let (uncut, _) = whole("");
    let uncut = String::from_utf8(uncut).unwrap();
    for (keyword, begin, end) in [
        ("CAPA", "+OK capabilities", "+OK 1 messages"),
        ("LIST", "+OK 1 messages", "+OK 12 octets"),
        ("RETR", "+OK 12 octets", "+OK goodbye"),
    ] {
        let (begin, end) = (uncut.find(begin).unwrap(), uncut.find(end).unwrap());
        for cut in 0..=end - begin {
            let (said, ended) = whole(&format!("{keyword}: cut {cut}"));
            assert_eq!(
                (String::from_utf8(said).unwrap().as_str(), ended),
                (&uncut[..begin + cut], true),
                "{keyword} {cut}"
            );
        }
    }
}

#[test]
fn input_beyond_its_limit_ends_the_session_and_below_it_is_all_answered() {
    let commands = limits::SERVER_INPUT_OCTETS_MAX / "NOOP\r\n".len();
    let mut server = server_in(State::Transaction);
    server.handle_input(&b"NOOP\r\n".repeat(commands));
    assert_eq!(drain(&mut server).0, b"+OK still here\r\n".repeat(commands));
    server.handle_input(&b"NOOP\r\n".repeat(commands + 1));
    assert_eq!(drain(&mut server), (Vec::new(), true));
}

#[test]
fn a_large_listing_and_a_large_message_go_out_in_chunks() {
    let mut server = Server::new(Drop(vec![b"a: b\r\n".to_vec(); 50_000]), Config::default());
    server.handle_input(b"USER ada\r\nPASS tanstaaf\r\nUIDL\r\n");
    let said = String::from_utf8(drain(&mut server).0).unwrap();
    assert!(said.ends_with("\r\n50000 id-50000\r\n.\r\n"));
    assert_eq!(said.lines().count(), 3 + 1 + 50_000 + 1);
    let message = b".\r\nx.\r\n".repeat(200_000);
    let mut server = Server::new(Drop(vec![message.clone()]), Config::default());
    server.handle_input(b"USER ada\r\nPASS tanstaaf\r\nRETR 1\r\n");
    let said = drain(&mut server).0;
    let begin = said.windows(10).position(|octets| octets == b" octets\r\n.").unwrap() + 9;
    let mut content = Vec::new();
    assert!(Unstuffer::default().decode(&mut &said[begin..], &mut content, usize::MAX));
    assert!(content == message);
}

#[cfg(feature = "serde")]
#[test]
fn a_script_of_faults_is_data() {
    let script: FaultScript = "RETR 2: cut 100\nPASS: refuse [AUTH] no\n".parse().unwrap();
    let text = serde_json::to_string(&script).unwrap();
    assert_eq!(serde_json::from_str::<FaultScript>(&text).unwrap(), script);
}

fn any_fault() -> impl Strategy<Value = Fault> {
    let name = (0..CommandName::ALL.len()).prop_map(|place| CommandName::ALL[place]);
    let time = proptest::option::of(1_u32..4);
    let when = prop_oneof![
        Just(When::Greeting),
        (name, time.clone()).prop_map(|(name, time)| When::Command { name, time }),
        time.prop_map(|time| When::Any { time }),
    ];
    let octets = || vec(any::<u8>(), 0..20);
    let what = prop_oneof![
        (0_u64..2000).prop_map(Misdeed::Delay),
        (0_u64..100).prop_map(Misdeed::Cut),
        Just(Misdeed::HangUp),
        any::<i64>().prop_map(|octets| Misdeed::Lie(Lie::Sizes(octets))),
        any::<i64>().prop_map(|count| Misdeed::Lie(Lie::Count(count))),
        Just(Misdeed::Lie(Lie::UniqueIdRepeated)),
        Just(Misdeed::Lie(Lie::UniqueIdMissing)),
        Just(Misdeed::Lie(Lie::NotStuffed)),
        Just(Misdeed::Lie(Lie::BareLineFeeds)),
        Just(Misdeed::Swallow),
        Just(Misdeed::AnswerTwice),
        octets().prop_map(Misdeed::Before),
        octets().prop_map(Misdeed::After),
        octets().prop_map(Misdeed::Replace),
        // What begins with a bracket is a response code (RFC 2449 §8), and would come back as one.
        "([ -Z^-~][ -~]{0,19})?"
            .prop_map(|text| text.trim().to_owned())
            .prop_filter("a code", |text| !text.starts_with('['))
            .prop_map(|text| Misdeed::Refuse { code: None, text }),
    ];
    (when, what).prop_map(|(when, what)| Fault { when, what })
}

fn any_input() -> impl Strategy<Value = Vec<u8>> {
    let lines = CommandName::ALL.map(|name| format!("{}\r\n", line_of(name)).into_bytes());
    let piece = prop_oneof![
        6 => (0..lines.len()).prop_map(move |place| lines[place].clone()),
        3 => Just(b"USER ada\r\nPASS tanstaaf\r\n".to_vec()),
        1 => Just(b"AUTH SCRAM-SHA-256\r\n".to_vec()),
        1 => Just(b"AGFkYQB0YW5zdGFhZg==\r\n".to_vec()),
        1 => Just(b"*\r\n".to_vec()),
        1 => Just(vec![b'x'; 300]),
        2 => vec(any::<u8>(), 0..12),
    ];
    vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Every reply has the shape that it should have, and nothing stands between them.
fn assert_well_formed(mut said: &[u8]) {
    while !said.is_empty() {
        let end = said.windows(2).position(|octets| octets == b"\r\n").expect("a line ends") + 2;
        let (line, rest) = said.split_at(end);
        let text = std::str::from_utf8(line).expect("status lines are text");
        assert!(["+OK ", "-ERR ", "+ "].iter().any(|indicator| text.starts_with(indicator)), "{text}");
        assert!(line.len() <= limits::STATUS_LINE_OCTETS, "{text}");
        said = rest;
        if text.starts_with("+OK")
            && (text.contains("follow")
                || text.contains("folg")
                || text.contains("ctets\r")
                || text.contains("ktette\r"))
        {
            let mut content = Vec::new();
            assert!(Unstuffer::default().decode(&mut said, &mut content, usize::MAX), "the response ends: {text}");
        }
    }
}

proptest! {
    #[test]
    fn any_input_gets_replies_that_are_well_formed(input in any_input(), cut in 1_usize..40) {
        let mut server = complete();
        let (mut said, _) = drain(&mut server);
        for read in input.chunks(cut) {
            server.handle_input(read);
            said.extend(drain(&mut server).0);
        }
        assert_well_formed(&said);
    }

    #[test]
    fn any_script_of_faults_does_no_more_than_it_says(
        input in any_input(),
        faults in vec(any_fault(), 0..8),
        cut in 1_usize..40,
    ) {
        let script = FaultScript::new(faults).unwrap();
        let mut server = complete().with_faults(script.clone());
        let mut now = 0;
        server.handle_time(now);
        let mut over = drain(&mut server).1;
        for read in input.chunks(cut) {
            server.handle_input(read);
            // Delays add up, each below two seconds: all are over in a time that is bounded.
            for _ in 0..400 {
                let (said, ended) = drain(&mut server);
                prop_assert!(!over || said.is_empty(), "nothing is said behind the end");
                over |= ended;
                match server.deadline() {
                    Some(deadline) if deadline > now && deadline - now < 2000 => {
                        now = deadline;
                        server.handle_time(now);
                    }
                    Some(_) | None => break,
                }
            }
        }
        // Octets in the text form may be any; texts of refusals are kept as they are read.
        prop_assert_eq!(script.to_string().parse::<FaultScript>().unwrap().to_string(), script.to_string());
    }
}

#[test]
fn credentials_behind_base64_cannot_hold_what_a_line_could_not() {
    // "\0ada\0tanstaaf\r\nDELE 1", and the same with LF and NUL alone.
    for response in ["AGFkYQB0YW5zdGFhZg0KREVMRSAx", "AGFkYQB0YW5zdGFhZgo=", "AGFkYQB0YW5zdGFhZgA="] {
        assert!(SaslText::parse(response).is_some());
        let mut server = complete();
        drain(&mut server);
        assert!(say(&mut server, &format!("AUTH PLAIN {response}")).starts_with("-ERR [AUTH]"), "{response}");
    }
}
