//! Lines as typed: right and wrong ones, in any state; what is sent, what is made of the answers, and what nobody sees.

use popglass_protocol::{
    client::{Config, Event, LineFault, Pipelining},
    command::{Command, PASSWORD_MASK},
    deviation::Rule,
    limits,
    state::State,
    transcript::{Direction, Meaning},
};

use crate::{Session, retr};

impl Session {
    fn type_line(&mut self, line: &str) {
        self.client.send_line(line).unwrap();
        self.drain();
    }

    /// The client's lines in the transcript.
    fn shown(&self) -> Vec<String> {
        let line = |event: &Event| match event {
            Event::Line(line) if line.direction == Direction::ClientToServer => Some(line.text.clone()),
            _ => None,
        };
        self.events.iter().filter_map(line).collect()
    }

    fn last_reply(&self) -> String {
        self.replies().last().map_or_else(|| "none".into(), |reply| format!("{reply:?}"))
    }
}

fn in_transaction() -> Session {
    Session::logged_in(Config::default(), "")
}

fn in_authorization() -> Session {
    Session::greeted(Config::default())
}

/// Type, hear, and see: the reply's beginning, and the state.
fn check(mut session: Session, line: &str, answer: &str, reply: &str, state: State) {
    session.type_line(line);
    assert_eq!(session.lines(), [line], "as typed");
    session.hear(answer);
    assert_eq!(session.error, None, "{line:?}");
    let last = session.last_reply();
    assert!(last.starts_with(reply), "{line:?}: {last}");
    assert_eq!(session.client.state(), state, "{line:?}");
    assert_eq!(session.client.in_flight(), 0, "{line:?}");
    // Still in step.
    session.type_line("CAPA");
    session.hear("+OK\r\nUSER\r\n.\r\n");
    assert!(session.last_reply().starts_with("Capabilities"), "{line:?}");
}

#[test]
fn a_command_in_its_place_is_followed_as_that_command_however_it_is_spelled() {
    for (line, answer, reply) in [
        ("STAT", "+OK 2 300\r\n", "Stat { count: 2, octets: 300 }"),
        ("stat ", "+OK 2 300\r\n", "Stat"),
        ("list", "+OK\r\n1 120\r\n2 180\r\n.\r\n", "List([Listed { number: MessageNumber(1)"),
        ("LIST 2", "+OK 2 180\r\n", "List([Listed { number: MessageNumber(2)"),
        ("uidl 1", "+OK 1 abc\r\n", "Uidl"),
        ("Retr 1", "+OK\r\nA: b\r\n\r\n..c\r\n.\r\n", "MessageEnd { number: MessageNumber(1), octets: 12 }"),
        ("TOP 1 0", "+OK\r\nA: b\r\n\r\n.\r\n", "MessageEnd"),
        ("DELE 2", "+OK\r\n", "Marked(MessageNumber(2))"),
        ("dele 9", "-ERR no such message\r\n", "Refused(Refusal { command: Dele"),
        ("RSET", "+OK\r\n", "MarksTakenBack"),
        ("noop", "+OK\r\n", "StillThere"),
    ] {
        check(in_transaction(), line, answer, reply, State::Transaction);
    }
    check(in_authorization(), "user ada", "+OK\r\n", "UserAccepted", State::UserGiven);
    check(in_authorization(), "AUTH", "+OK\r\nPLAIN\r\n.\r\n", "Mechanisms", State::Authorization);
}

#[test]
fn a_command_out_of_its_place_is_answered_by_one_line_as_a_rule_and_by_its_own_shape_if_not() {
    use State::{Authorization, Transaction};
    for (line, answer, reply, state) in [
        ("RETR 1", "-ERR log in first\r\n", "Refused", Authorization),
        ("RETR 1", "+OK\r\n+OK within\r\n-ERR\r\n.\r\n", "MessageEnd", Authorization),
        ("LIST", "+OK\r\n1 2\r\n.\r\n", "List", Authorization),
        ("STAT", "+OK 0 0\r\n", "Stat", Authorization),
        ("DELE 1", "+OK\r\n", "Marked", Authorization),
        ("NOOP", "+OK\r\n", "StillThere", Authorization),
        ("PASS pw", "-ERR USER first\r\n", "Refused", Authorization),
        // Logged in is logged in.
        ("PASS pw", "+OK\r\n", "LoggedIn", Transaction),
    ] {
        check(in_authorization(), line, answer, reply, state);
    }
    for (line, answer, reply) in [
        ("USER ada", "-ERR\r\n", "Refused"),
        ("USER ada", "+OK\r\n", "UserAccepted"),
        ("PASS pw", "-ERR\r\n", "Refused"),
        ("PASS pw", "+OK\r\n", "LoggedIn"),
        ("AUTH PLAIN", "-ERR\r\n", "Refused"),
        ("STLS", "-ERR\r\n", "Refused"),
        ("UTF8", "-ERR\r\n", "Refused"),
        ("APOP ada c4c9334bac560ecc979e58001b3e22fb", "-ERR\r\n", "Refused"),
    ] {
        check(in_transaction(), line, answer, reply, Transaction);
    }
    // Between USER and PASS a server may take another way to log in.
    for (line, answer, state) in [
        ("APOP ada c4c9334bac560ecc979e58001b3e22fb", "+OK\r\n", Transaction),
        ("AUTH PLAIN AGFkYQBwdw==", "+OK\r\n", Transaction),
        ("AUTH PLAIN AGFkYQBwdw==", "-ERR\r\n", State::UserGiven),
        ("STAT", "-ERR\r\n", State::UserGiven),
        ("USER bob", "-ERR\r\n", Authorization),
        ("PASS pw", "-ERR\r\n", Authorization),
    ] {
        let mut session = in_authorization();
        session.type_line("USER ada");
        session.hear("+OK\r\n");
        session.lines();
        check(session, line, answer, "", state);
    }
}

#[test]
fn what_is_no_command_is_answered_by_one_line() {
    for line in ["", " ", "HELO there", "RETR", "RETR one", "RETR 0", " STAT", "STAT 1", "TOP 1", "+OK", ".", "Grüße"]
    {
        check(
            in_transaction(),
            line,
            "-ERR what?\r\n",
            "ToUnknown { accepted: false, text: \"what?\" }",
            State::Transaction,
        );
        check(in_authorization(), line, "-ERR what?\r\n", "ToUnknown", State::Authorization);
    }
    for line in ["", " ", "HELO there", "+OK", ".", "Grüße"] {
        check(in_transaction(), line, "+OK\r\n", "ToUnknown { accepted: true", State::Transaction);
    }
    let mut session = in_transaction();
    session.type_line("XYZ");
    session.hear("-ERR no\r\n");
    let meanings: Vec<_> = session
        .events
        .iter()
        .filter_map(|event| if let Event::Line(line) = event { Some((line.meaning, line.rfc())) } else { None })
        .collect();
    assert_eq!(meanings, [(Meaning::UnknownCommand, "RFC 1939 §3"), (Meaning::Unexpected, "RFC 1939 §3")]);
}

#[test]
fn what_resembles_a_command_is_that_command_if_the_server_accepts_it() {
    use State::{Authorization, Transaction, UserGiven};
    let mail = "+OK\r\n+OK within\r\n-ERR\r\n.\r\n";
    for (line, answer, reply) in [
        ("RSET 1", "+OK\r\n", "MarksTakenBack"),
        ("NOOP x", "+OK\r\n", "StillThere"),
        ("DELE  1", "+OK\r\n", "Marked(MessageNumber(1))"),
        ("DELE\t01", "+OK\r\n", "Marked(MessageNumber(1))"),
        ("DELE 1 x", "+OK\r\n", "Marked(MessageNumber(1))"),
        ("DELE 1x", "+OK marked\r\n", "ToUnknown { accepted: true, text: \"marked\" }"),
        ("RETR  1", mail, "MessageEnd { number: MessageNumber(1)"),
        ("RETR", mail, "ToUnknown { accepted: true"),
        ("TOP 1", mail, "MessageEnd { number: MessageNumber(1)"),
        (" LIST", "+OK\r\n1 2\r\n.\r\n", "List"),
        ("CAPA x", "+OK\r\nTOP\r\n.\r\n", "Capabilities"),
        ("STAT 1", "+OK 2 300\r\n", "Stat { count: 2"),
        ("STAT 1", "+OK why not\r\n", "ToUnknown { accepted: true"),
        // One line or many: what follows tells.
        ("LIST  1", "+OK 1 120\r\n", "ToUnknown { accepted: true"),
        ("LIST x", "+OK 2 300\r\n1 120\r\n2 180\r\n.\r\n", "ToUnknown { accepted: true"),
        ("LIST x", "+OK\r\n.\r\n", "ToUnknown { accepted: true"),
        ("UIDL 0", "+OK\r\n1 +OK\r\n.\r\n", "ToUnknown { accepted: true"),
        ("LANG e n", "+OK\r\nen English\r\n.\r\n", "LanguageSpoken"),
        // Another session may not begin by accident.
        (" USER ada", "+OK\r\n", "UserAccepted"),
        ("PASSWORD x", "+OK\r\n", "LoggedIn"),
        ("QUIT 1", "-ERR QUIT takes nothing\r\n", "ToUnknown { accepted: false"),
    ] {
        check(in_transaction(), line, answer, reply, Transaction);
    }
    for (line, answer, reply, state) in [
        (" USER ada", "+OK\r\n", "UserAccepted", UserGiven),
        (" USER ada", "-ERR\r\n", "ToUnknown", Authorization),
        (" PASS pw", "+OK\r\n", "LoggedIn", Transaction),
        ("PASSWORD pw", "+OK\r\n", "LoggedIn", Transaction),
        ("AUTH PLAIN x y", "+OK\r\n", "LoggedIn", Transaction),
        ("AUTH PLAIN x y", "-ERR\r\n", "ToUnknown", Authorization),
        ("UTF8 USER", "+OK\r\n", "Utf8Spoken", Authorization),
        ("DELE  1", "-ERR\r\n", "ToUnknown", Authorization),
    ] {
        check(in_authorization(), line, answer, reply, state);
    }
    let mut session = in_transaction();
    session.type_line("QUIT 1");
    session.hear("+OK\r\n");
    assert_eq!((session.last_reply(), session.client.state()), ("Goodbye".into(), State::Update));
}

#[test]
fn an_exchange_that_a_lax_server_begins_is_conducted_by_hand() {
    for line in ["AUTH  PLAIN", "AUTH\tPLAIN", "AUTHENTICATE PLAIN"] {
        let mut session = in_authorization();
        session.type_line(line);
        session.type_line("AGFkYQBwdw==");
        assert_eq!(session.lines(), [line]);
        session.hear("+ \r\n");
        assert_eq!(session.lines(), ["AGFkYQBwdw=="]);
        session.hear("+OK\r\n");
        assert_eq!(session.client.state(), State::Transaction, "{line}");
        assert_eq!(session.shown().last().unwrap(), PASSWORD_MASK);
        // Nobody is logged in before having said anything.
        let mut session = in_authorization();
        session.type_line(line);
        session.hear("+OK\r\n");
        assert!(session.client.awaits_response(), "{line}");
    }
}

#[test]
fn stls_in_whatever_spelling_keeps_its_barrier() {
    for line in ["STLS x", " STLS", "stls\tnow", "STLSX"] {
        let mut session = in_authorization();
        session.type_line(line);
        session.type_line("USER ada");
        session.hear("+OK begin\r\n");
        assert_eq!(session.lines(), [line], "nothing follows in the clear");
        assert_eq!(session.error, None, "{line:?}");
        session.hear("+OK injected\r\n");
        assert!(session.error.is_some(), "{line:?}");
        let mut session = in_authorization();
        session.type_line(line);
        session.hear("+OK begin\r\n+");
        assert!(session.error.is_some(), "{line:?}");
    }
}

#[test]
fn a_listing_that_nobody_knew_would_come_is_in_the_transcript_and_bounded() {
    let mut session = in_transaction();
    session.type_line("UIDL  x");
    session.hear("+OK\r\n");
    session.type_line("NOOP");
    assert_eq!(session.lines(), ["UIDL  x", "NOOP"], "the status line was the answer, for all one knows");
    session.hear("1 a\r\n2 b\r\n.\r\n+OK\r\n");
    assert_eq!(session.last_reply(), "StillThere");
    let body = |event: &Event| matches!(event, Event::Line(line) if matches!(line.meaning, Meaning::Body(_)));
    assert_eq!(session.events.iter().filter(|event| body(event)).count(), 2);
    session.type_line("LIST x");
    session.hear(format!("+OK\r\n{}", "1 2\r\n".repeat(30)));
    assert!(session.client.folds());
    session.hear("-ERR mixed up\r\n");
    assert!(session.error.is_some_and(|error| error.is_desynchronisation()));
    let mut session = in_transaction();
    session.type_line("LIST x");
    session.hear("+OK\r\n");
    let octets = limits::LISTING_OCTETS_MAX + 400;
    session.hear(format!("{}\r\n", "1".repeat(98)).repeat(usize::try_from(octets / 100).unwrap()));
    assert!(session.error.is_some());
}

#[test]
fn a_line_that_is_no_command_here_goes_alone_also_where_others_do_not() {
    let config = Config { pipelining: Pipelining::Always, ..Config::default() };
    for odd in ["what?", "USER ada", "DELE  1"] {
        let mut session = Session::logged_in(config, "");
        session.client.send(retr(1));
        session.type_line("STAT");
        assert_eq!(session.lines(), ["RETR 1", "STAT"], "what has its place is sent ahead");
        session.type_line(odd);
        session.type_line("NOOP");
        assert_eq!(session.lines(), [""; 0]);
        session.hear("-ERR\r\n+OK 0 0\r\n");
        assert_eq!(session.lines(), [odd]);
        session.hear("-ERR\r\n");
        assert_eq!(session.lines(), ["NOOP"]);
    }
    for decides in ["PASS pw", "QUIT", "STLS", "AUTH PLAIN"] {
        let mut session = Session::greeted(config);
        session.type_line("USER ada");
        session.hear("+OK\r\n");
        session.lines();
        session.type_line(decides);
        session.type_line("NOOP");
        assert_eq!(session.lines(), [decides], "nothing follows before the answer");
    }
}

#[test]
fn lines_wait_for_the_greeting_and_come_back_if_there_is_no_session() {
    for greeting in ["-ERR busy\r\n", "HTTP/1.1 400\r\n"] {
        let mut session = in_authorization();
        session.client = popglass_protocol::client::Client::new();
        session.type_line("USER ada");
        session.client.send(Command::Capa);
        session.type_line("PASS secret");
        assert_eq!(session.lines(), [""; 0]);
        session.hear(greeting);
        let unsent = session.client.take_unsent_lines();
        let unsent: Vec<_> = unsent.iter().map(|line| line.expose().as_str()).collect();
        assert_eq!(unsent, ["USER ada", "PASS secret"], "{greeting}");
        assert_eq!(session.client.send_line("CAPA"), Err(LineFault::Closed));
    }
    let mut session = in_transaction();
    for line in ["QUIT", "STAT", "DELE 1"] {
        session.type_line(line);
    }
    session.hear("+OK\r\n");
    session.close();
    assert_eq!(session.lines(), ["QUIT"]);
    assert_eq!(session.client.take_unsent_lines().len(), 2);
    assert_eq!(session.client.take_unsent_lines().len(), 0);
}

#[test]
fn what_is_no_line_is_refused_before_an_octet_is_sent() {
    let longest = "x".repeat(limits::COMMAND_LINE_OCTETS_MAX - 2);
    let mut session = in_transaction();
    let too_long = LineFault::TooLong { octets: 256, octets_max: limits::COMMAND_LINE_OCTETS_MAX };
    for (line, expected) in [
        (format!("{longest}x"), too_long),
        ("STAT\r\nDELE 1".into(), LineFault::ControlCharacter),
        ("STAT\n".into(), LineFault::ControlCharacter),
        ("STAT\r".into(), LineFault::ControlCharacter),
        ("ST\0AT".into(), LineFault::ControlCharacter),
    ] {
        assert_eq!(session.client.send_line(&line), Err(expected), "RFC 2449 §4, RFC 1939 §3");
        session.drain();
        assert_eq!(session.lines(), [""; 0]);
    }
    session.type_line(&longest);
    assert_eq!(session.lines(), [longest]);
    for _ in 0..limits::TYPED_LINES_MAX {
        session.type_line("NOOP");
    }
    assert_eq!(session.client.send_line("NOOP"), Err(LineFault::TooMany));
}

#[test]
fn an_exchange_is_conducted_by_hand_line_for_line() {
    let mut session = in_authorization();
    session.type_line("auth login");
    assert!(!session.client.awaits_response());
    session.hear("+ VXNlcm5hbWU6\r\n");
    assert!(session.client.awaits_response());
    assert_eq!(session.client.wait(), None, "it is the user's turn");
    session.type_line("YWRh");
    assert!(session.client.wait().is_some());
    session.hear("+ UGFzc3dvcmQ6\r\n");
    // Not base64, and longer than a command line: it is the user's.
    let long = "!".repeat(300);
    session.type_line(&long);
    session.hear("-ERR no\r\n");
    assert_eq!(session.lines(), ["auth login", "YWRh", &long]);
    assert_eq!(session.shown(), ["auth login", PASSWORD_MASK, PASSWORD_MASK]);
    assert!(session.last_reply().starts_with("Refused"));
    assert_eq!(session.client.send_line(&long).map_err(|_| ()), Err(()), "as a command it is too long");

    session.type_line("AUTH PLAIN");
    session.hear("+ \r\n");
    session.type_line("AGFkYQBwdw==");
    session.hear("+OK in\r\n");
    assert_eq!(session.last_reply(), "LoggedIn");
    assert_eq!(session.client.state(), State::Transaction);
}

#[test]
fn an_exchange_by_hand_can_be_broken_off_and_answered_ahead() {
    let mut session = in_authorization();
    session.type_line("AUTH PLAIN");
    session.hear("+\r\n");
    session.type_line("*");
    session.hear("-ERR broken off\r\n");
    assert_eq!(session.lines(), ["AUTH PLAIN", "*"]);
    assert_eq!(session.shown(), ["AUTH PLAIN", "*"]);

    // Typed before the challenge has come: it is the response all the same.
    session.type_line("AUTH PLAIN");
    session.type_line("AGFkYQBwdw==");
    session.type_line("STAT");
    assert_eq!(session.lines(), ["AUTH PLAIN"]);
    session.hear("+ \r\n");
    assert_eq!(session.lines(), ["AGFkYQBwdw=="]);
    session.hear("+OK\r\n");
    assert_eq!(session.lines(), ["STAT"]);
    session.hear("+OK 0 0\r\n");
    assert_eq!(session.shown(), ["AUTH PLAIN", "*", "AUTH PLAIN", PASSWORD_MASK, "STAT"]);
}

#[test]
fn a_response_that_comes_too_late_is_a_line_like_any_other_and_still_masked() {
    let mut session = in_authorization();
    session.type_line("AUTH GSSAPI");
    session.type_line("AGFkYQBwdw==");
    session.hear("-ERR not here\r\n");
    assert_eq!(session.lines(), ["AUTH GSSAPI", "AGFkYQBwdw=="]);
    session.hear("-ERR what?\r\n");
    assert_eq!(session.shown(), ["AUTH GSSAPI", PASSWORD_MASK]);
    assert!(session.last_reply().starts_with("ToUnknown"));
}

#[test]
fn nobody_is_logged_in_by_hand_before_having_said_anything() {
    let mut session = in_authorization();
    session.type_line("AUTH PLAIN");
    session.hear("+OK go on\r\n");
    assert!(session.client.awaits_response());
    assert_eq!(session.deviations()[0].rule, Rule::ContinuationAsOk);
    session.type_line("AGFkYQBwdw==");
    session.hear("+OK\r\n");
    assert_eq!(session.client.state(), State::Transaction);
    assert_eq!(session.error, None);
}

#[test]
fn no_password_is_in_the_transcript_its_octets_or_what_the_client_says_of_itself() {
    let mut session = in_authorization();
    for line in
        ["PASS hunter2", "USER ada", "pass hunter2", "USER ada", "hunter2", "HUNTER hunter2", "AUTH PLAIN hunter2"]
    {
        session.type_line(line);
        assert!(!format!("{:?}", session.client).contains("unter2"), "{line}");
        let answer = if line.starts_with("USER") { "+OK\r\n" } else { "-ERR\r\n" };
        session.hear(answer);
    }
    session.type_line("PASS hunter2");
    session.type_line("PASS hunter2");
    session.type_line("hunter2 waits");
    assert!(!format!("{:?}", session.client).contains("unter2"));
    assert_eq!(session.lines().iter().filter(|line| line.contains("hunter2")).count(), 6);
    for event in &session.events {
        assert!(!format!("{event:?}").contains("unter2"), "{event:?}");
        if let Event::Line(line) = event {
            assert!(!line.wire.windows(6).any(|octets| octets == b"unter2"));
        }
    }
}

#[test]
fn each_line_of_the_transcript_has_its_octets() {
    let mut session = in_transaction();
    session.type_line("uidl 1");
    session.hear("+OK 1 a\n");
    session.type_line("RETR 1");
    session.hear(format!("+OK\r\n..\r\n{}\r\nx\n.\r\n", "y".repeat(600)));
    session.type_line("PASS hunter2");
    let wire =
        |event: &Event| if let Event::Line(line) = event { Some(line.wire.escape_ascii().to_string()) } else { None };
    let wires: Vec<_> = session.events.iter().filter_map(wire).collect();
    let long = "y".repeat(limits::TRANSCRIPT_WIRE_OCTETS_MAX);
    assert_eq!(
        wires,
        [
            "uidl 1\\r\\n",
            "+OK 1 a\\n",
            "RETR 1\\r\\n",
            "+OK\\r\\n",
            "..\\r\\n",
            &long,
            "x\\n",
            ".\\r\\n",
            "PASS ********\\r\\n"
        ]
    );
}

#[test]
fn a_body_folds_once_the_transcript_has_enough_of_it() {
    let mut session = in_transaction();
    for line in ["LIST", "RETR 1"] {
        session.type_line(line);
        session.hear("+OK\r\n");
        for number in 1..=30 {
            assert_eq!(session.client.folds(), number > limits::TRANSCRIPT_BODY_LINES_MAX, "{line} {number}");
            session.hear(format!("{number} 1\r\n"));
        }
        session.hear(".\r\n");
        assert!(!session.client.folds());
    }
}
