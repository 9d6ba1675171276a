//! The rules that implementations get wrong, each with its RFC and section, from the client's side of the wire. What a
//! whole session shows better stands in `transcripts/`.

use popglass_protocol::{
    client::{Client, Error, Event, Limit, Misbehaviour, Output},
    command::{Command, CommandName},
    limits,
    reply::{Refusal, Reply, ResponseCode, SystemFault},
    state::{ReplyShape, State, TRANSITIONS, transition},
    types::{MessageNumber, Password, UserName},
};

/// A client in TRANSACTION on a server that announced these capabilities.
fn logged_in(capabilities: &str) -> Client {
    let mut client = Client::new();
    client.send(Command::Capa);
    client.send(Command::User(UserName::parse("ada").expect("a name")));
    client.send(Command::Pass(Password::parse("pw").expect("a password")));
    let capabilities = format!("+OK\r\n{capabilities}.\r\n");
    for read in ["+OK\r\n", &capabilities, "+OK\r\n", "+OK\r\n"] {
        replies(&mut client, read.as_bytes()).expect("the server behaves");
    }
    assert_eq!(client.state(), State::Transaction);
    client
}

/// What comes of octets: the replies, or the error.
fn replies(client: &mut Client, octets: &[u8]) -> Result<Vec<Reply>, Error> {
    client.handle_input(octets);
    let mut replies = Vec::new();
    loop {
        match client.poll_output()? {
            Output::Event(Event::Reply { reply, .. }) => replies.push(reply),
            Output::Idle => return Ok(replies),
            Output::Event(_) | Output::Transmit(_) | Output::UpgradeTls => {}
        }
    }
}

/// The outcome of one command on a fresh session.
fn check(command: Command, server_says: &str) -> Result<Vec<Reply>, Error> {
    let mut client = logged_in("RESP-CODES\r\n");
    client.send(command);
    replies(&mut client, b"")?;
    replies(&mut client, server_says.as_bytes())
}

fn number(number: u32) -> MessageNumber {
    MessageNumber::new(number).expect("tests count from 1")
}

#[test]
fn rule_1_rfc2449_section4_line_limits_hold_for_status_lines_but_not_for_messages() {
    let text = "x".repeat(limits::STATUS_LINE_OCTETS_MAX - "+OK \r\n".len());
    assert!(check(Command::Noop, &format!("+OK {text}\r\n")).is_ok());
    let beyond = check(Command::Noop, &format!("+OK {text}x\r\n"));
    assert_eq!(beyond, Err(Error::LimitExceeded(Limit::StatusLine)));
    let line = "y".repeat(1_000_000);
    let long_line = check(Command::Retr(number(1)), &format!("+OK\r\n{line}\r\n.\r\n"));
    assert_eq!(long_line, Ok(vec![Reply::MessageEnd { number: number(1), octets: 1_000_002 }]));
}

#[test]
fn rule_2_rfc1939_section3_indicators_are_upper_case_and_text_is_optional() {
    for (line, accepted) in [("+OK\r\n", true), ("+OK \r\n", true), ("+OK\t\r\n", true), ("\n+OK x\r\n", true)] {
        assert_eq!(check(Command::Noop, line) == Ok(vec![Reply::StillThere]), accepted, "{line:?}");
    }
    let lower_case = check(Command::Noop, "+ok\r\n");
    let misbehaviour = Misbehaviour::NoStatusIndicator { line: "+ok".into() };
    assert_eq!(lower_case, Err(Error::PeerMisbehaved(misbehaviour)));
}

#[test]
fn rule_3_rfc1939_section7_pass_takes_the_rest_of_the_line() {
    let password = Password::parse("  p  w ").expect("blanks are part of it");
    assert_eq!(Command::Pass(password).to_line(), b"PASS   p  w \r\n");
}

#[test]
fn rule_4_rfc2449_section8_response_codes_count_only_where_announced() {
    let refusal = |code, text: &str| Reply::Refused(Refusal { command: CommandName::Noop, code, text: text.into() });
    let announced = check(Command::Noop, "-ERR [SYS/TEMP/X] later\r\n");
    assert_eq!(announced, Ok(vec![refusal(Some(ResponseCode::System(SystemFault::Temporary)), "later")]));
    let mut client = logged_in("");
    client.send(Command::Noop);
    replies(&mut client, b"").expect("NOOP goes out");
    let not_announced = replies(&mut client, b"-ERR [SYS/TEMP] later\r\n");
    assert_eq!(not_announced, Ok(vec![refusal(None, "[SYS/TEMP] later")]));
}

#[test]
fn rules_5_and_6_rfc1939_section3_the_last_line_end_belongs_to_the_message_and_empty_responses_are_legal() {
    for (wire, octets) in [("a\r\n.\r\n", 3), (".\r\n", 0), ("..\r\n.\r\n", 3), (".x\r\n.\r\n", 4)] {
        let reply = check(Command::Retr(number(1)), &format!("+OK\r\n{wire}"));
        assert_eq!(reply, Ok(vec![Reply::MessageEnd { number: number(1), octets }]), "{wire:?}");
    }
    assert_eq!(check(Command::List(None), "+OK\r\n.\r\n"), Ok(vec![Reply::List(vec![])]));
    assert_eq!(check(Command::Uidl(None), "+OK\r\n.\r\n"), Ok(vec![Reply::Uidl(vec![])]));
}

#[test]
fn rule_7_rfc1939_section5_a_refusal_is_one_line_and_so_is_a_listing_of_one() {
    for command in [Command::List(None), Command::Uidl(None), Command::Retr(number(1)), Command::Capa] {
        let reply = check(command, "-ERR no\r\n");
        assert!(matches!(reply.as_deref(), Ok([Reply::Refused(_)])), "{reply:?}");
    }
    assert!(matches!(check(Command::List(Some(number(2))), "+OK 2 9\r\n").as_deref(), Ok([Reply::List(_)])));
    for row in TRANSITIONS {
        let with_argument = matches!(row.command, CommandName::ListOne | CommandName::UidlOne | CommandName::LangOne);
        let multi_line = !with_argument
            && row.command != CommandName::Auth
            && ["AUTH", "CAPA", "LANG", "LIST", "UIDL", "TOP", "RETR"].contains(&row.command.keyword());
        let shape_is = matches!(row.reply, ReplyShape::Listing | ReplyShape::Message);
        assert_eq!(shape_is, multi_line, "{row:?}");
    }
}

#[test]
fn rule_8_rfc1939_section5_numbers_may_have_gaps_and_no_upper_bound_but_no_zero() {
    let reply = check(Command::List(None), "+OK\r\n2 9\r\n4294967295 99999999999\r\n.\r\n");
    assert!(matches!(reply.as_deref(), Ok([Reply::List(listed)]) if listed.len() == 2), "{reply:?}");
    let zero = check(Command::List(None), "+OK\r\n0 9\r\n.\r\n");
    assert_eq!(zero, Err(Error::PeerMisbehaved(Misbehaviour::BadReply(CommandName::List))));
}

#[test]
fn rule_8_listings_are_bounded_in_entries_and_in_octets() {
    let exceeded = |line: &str, most: u64| {
        let mut client = logged_in("");
        client.send(Command::List(None));
        replies(&mut client, b"").expect("LIST goes out");
        replies(&mut client, b"+OK\r\n").expect("the listing begins");
        for _ in 0..most {
            replies(&mut client, line.as_bytes()).expect("as many are taken");
        }
        replies(&mut client, line.as_bytes()).err()
    };
    let limit = Some(Error::LimitExceeded(Limit::ListingEntries));
    assert_eq!(exceeded("1 5\r\n", limits::LISTING_ENTRIES_MAX as u64), limit);
    let line = format!("1 5{}\r\n", " ".repeat(limits::LISTING_LINE_OCTETS_MAX - "1 5\r\n".len()));
    assert_eq!(exceeded(&line, limits::LISTING_OCTETS_MAX / line.len() as u64), limit);
}

#[test]
fn rule_9_rfc1939_section7_unique_ids_of_the_field_are_kept_and_may_repeat() {
    let long = "u".repeat(300);
    let reply = check(Command::Uidl(None), &format!("+OK\r\n1  {long}\r\n2 same\r\n3 same\r\n4 \r\n.\r\n"));
    let Ok([Reply::Uidl(identified)]) = reply.as_deref() else { panic!("{reply:?}") };
    let ids: Vec<_> = identified.iter().map(|one| (one.number.as_u32(), one.unique_id.as_str())).collect();
    assert_eq!(ids, [(1, long.as_str()), (2, "same"), (3, "same")]);
}

#[test]
fn rule_10_rfc1939_section11_sizes_are_advisory() {
    let reply = check(Command::Stat, "+OK 20437 -1\r\n");
    assert_eq!(reply, Ok(vec![Reply::Stat { count: 20437, octets: 0 }]));
    let longer = check(Command::Retr(number(1)), "+OK 1 octets\r\nlonger than that\r\n.\r\n");
    assert_eq!(longer, Ok(vec![Reply::MessageEnd { number: number(1), octets: 18 }]));
}

#[test]
fn rule_11_rfc1939_section7_top_is_a_message_like_any() {
    let reply = check(Command::Top { number: number(1), lines: 0 }, "+OK\r\na: b\r\n\r\n.\r\n");
    assert_eq!(reply, Ok(vec![Reply::MessageEnd { number: number(1), octets: 8 }]));
}

#[test]
fn rule_12_rfc1939_section6_quit_commits_in_transaction_only_and_may_fail() {
    assert_eq!(transition(State::Authorization, CommandName::Quit).map(|row| row.on_ok), Some(State::Closed));
    assert_eq!(transition(State::Transaction, CommandName::Quit).map(|row| row.on_ok), Some(State::Update));
    let reply = check(Command::Quit, "-ERR some messages not removed\r\n");
    assert!(matches!(reply.as_deref(), Ok([Reply::Refused(_)])), "{reply:?}");
}

#[test]
fn rule_13_rfc1939_section5_rset_changes_no_state() {
    assert_eq!(transition(State::Transaction, CommandName::Rset).map(|row| row.on_ok), Some(State::Transaction));
    assert_eq!(check(Command::Rset, "+OK\r\n"), Ok(vec![Reply::MarksTakenBack]));
}

#[test]
fn rule_16_rfc2595_section4_stls_belongs_to_authorization_and_forgets_what_was_said_in_the_clear() {
    for state in State::ALL {
        assert_eq!(transition(state, CommandName::Stls).is_some(), state == State::Authorization);
    }
    for (behind, error) in [
        ("", None),
        ("+OK x\r\n", Some(Misbehaviour::PlaintextAfterStls)),
        (" ", Some(Misbehaviour::PlaintextAfterStls)),
    ] {
        let mut client = Client::new();
        client.send(Command::Capa);
        client.send(Command::Stls);
        client.send(Command::User(UserName::parse("ada").expect("a name")));
        replies(&mut client, b"+OK\r\n").expect("the server behaves");
        replies(&mut client, b"+OK\r\nPIPELINING\r\n.\r\n").expect("the server behaves");
        let outcome = replies(&mut client, format!("+OK\r\n{behind}").as_bytes());
        assert_eq!(outcome.err(), error.map(Error::PeerMisbehaved), "{behind:?}");
        assert!(!client.capabilities().pipelining);
    }
}

#[test]
fn every_state_and_command_pair_is_in_the_table_or_refused_alike_by_both_halves() {
    for state in State::ALL {
        for command in CommandName::ALL {
            let rows = TRANSITIONS.iter().filter(|row| row.from == state && row.command == command).count();
            assert_eq!(rows, usize::from(transition(state, command).is_some()), "{state:?} {command:?}");
        }
    }
    for over in [State::Greeting, State::Update, State::Closed] {
        assert!(CommandName::ALL.into_iter().all(|command| transition(over, command).is_none()));
    }
}
