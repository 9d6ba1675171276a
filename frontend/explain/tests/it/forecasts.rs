//! Forecasts: what was foretold is what the server does, and what is said is what was meant.

use popglass_explain::{
    forecast,
    words::{Language, Situation, Verdict, Way},
};
use popglass_protocol::{
    command::CommandName,
    state::{State, transition},
};
use proptest::prelude::*;

use crate::school::{LANGUAGES, Session, number};

/// Where commands can be given.
const STATES: [State; 3] = [State::Authorization, State::UserGiven, State::Transaction];

/// Every command, right and wrong; the second message is marked, and there are three.
const LINES: &[&str] = &[
    "CAPA",
    "USER ada",
    "PASS lovelace",
    "PASS wrong",
    "AUTH",
    "AUTH PLAIN",
    "AUTH XYZ",
    "AUTH PLAIN AGFkYQBsb3ZlbGFjZQ==",
    "APOP ada c4c9334bac560ecc979e58001b3e22fb",
    "STLS",
    "UTF8",
    "LANG",
    "LANG de",
    "LANG xx",
    "STAT",
    "LIST",
    "LIST 1",
    "LIST 2",
    "LIST 4",
    "UIDL",
    "UIDL 1",
    "UIDL 2",
    "UIDL 9",
    "TOP 1 0",
    "TOP 2 0",
    "TOP 4 1",
    "RETR 1",
    "RETR 2",
    "RETR 4",
    "DELE 1",
    "DELE 2",
    "DELE 4",
    "RSET",
    "NOOP",
    "QUIT",
    "",
    "stat",
    "STAT 1",
    "LIST 0",
    "LIST x",
    "UIDL 1 2",
    "TOP 1",
    "TOP",
    "TOP 1 x",
    "RETR",
    "RETR  1",
    "DELE 1 2",
    "RSET now",
    "USER",
    "PASS",
    "APOP ada",
    "APOP ada x",
    "AUTH ?",
    "LANG !",
    "FOO",
    "HELO me",
    "FETCH 1 FULL",
    "RTER 1",
    " STAT",
    "XTND",
];

#[test]
fn the_server_does_what_was_foretold() {
    let long = format!("USER {}", "x".repeat(300));
    let mut tried = 0;
    for state in STATES {
        for line in LINES.iter().copied().chain([long.as_str()]) {
            let foretold = forecast(Language::En, &Session::situation(state), line.as_bytes());
            let answer = Session::in_state(state).say(line.as_bytes());
            match foretold.verdict {
                Verdict::Works => assert!(answer.starts_with("+OK"), "{state:?} {line:?}: {foretold:?}, {answer:?}"),
                Verdict::Refused | Verdict::Unknown => {
                    assert!(answer.starts_with("-ERR"), "{state:?} {line:?}: {foretold:?}, {answer:?}");
                }
                Verdict::Depends | Verdict::Nothing => {}
                Verdict::Response => panic!("{line:?}: no exchange is under way"),
            }
            tried += 1;
        }
    }
    assert_eq!(tried, STATES.len() * (LINES.len() + 1));
}

#[test]
fn what_does_not_belong_to_a_state_is_refused_just_as_the_table_says() {
    for state in STATES {
        for line in LINES {
            let Ok(command) = popglass_protocol::codec::request::parse_request(line.as_bytes()) else { continue };
            let verdict = forecast(Language::En, &Session::situation(state), line.as_bytes()).verdict;
            if transition(state, command.name()).is_none() {
                assert_eq!(verdict, Verdict::Refused, "{state:?} {line}");
            }
        }
    }
}

#[test]
fn forecasts_say_what_happens_how_to_undo_it_and_where_it_leads() {
    let transaction = Session::situation(State::Transaction);
    let authorization = Session::situation(State::Authorization);
    let check = |situation: &Situation, line: &str, what: &str, undo: &str| {
        let foretold = forecast(Language::En, situation, line.as_bytes());
        assert_eq!((foretold.what.as_str(), foretold.undo.as_deref().unwrap_or("")), (what, undo), "{line}");
    };
    check(
        &transaction,
        "DELE 3",
        "Marks message 3 for deletion. It goes when QUIT is answered, not before.",
        "RSET, but it takes back all marks: that of 2 too.",
    );
    check(&transaction, "RSET", "Takes back all marks: 2 will stay.", "Mark them again with DELE: 2.");
    check(
        &transaction,
        "QUIT",
        "Ends the session and deletes what is marked, for good: 2. 2 stay.",
        "Nothing brings them back afterwards. Send RSET first if you want to keep them.",
    );
    check(
        &transaction,
        "RETR 2",
        "The server will refuse it: message 2 is marked for deletion and counts as gone. RSET brings it back.",
        "",
    );
    check(&transaction, "DELE 9", "The server will refuse it: there is no message 9. The numbers go from 1 to 3.", "");
    check(
        &transaction,
        "STLS",
        "The server will refuse it: STLS belongs before the login. End this session with QUIT and open a new one.",
        "",
    );
    check(
        &authorization,
        "RETR 1",
        "The server will refuse it: RETR does not belong to this state. USER then PASS, APOP or AUTH leads there.",
        "",
    );
    check(
        &authorization,
        "PASS x",
        "The server will refuse it: PASS does not belong to this state. USER leads there.",
        "",
    );
    check(
        &authorization,
        "RTER 1",
        "The server will most likely refuse it: POP3 has no command RTER. Did you mean RETR?",
        "",
    );
    check(
        &authorization,
        "TOP 1",
        "The server will refuse it: TOP needs a number of lines, 0 for the header alone.",
        "",
    );
    let leads_to = |situation: &Situation, line: &str| forecast(Language::De, situation, line.as_bytes()).leads_to;
    assert_eq!(leads_to(&transaction, "QUIT"), Some(State::Update));
    assert_eq!(leads_to(&authorization, "USER ada"), Some(State::UserGiven));
    assert_eq!(leads_to(&authorization, "QUIT"), Some(State::Closed));
    assert_eq!(leads_to(&transaction, "NOOP"), None);
}

#[test]
fn who_would_give_a_password_away_is_warned_in_the_clear_alone() {
    let check = |state, line: &str, warned: bool| {
        for way in [Way::Clear, Way::Tls, Way::Memory] {
            let situation = Situation { way, ..Session::situation(state) };
            let warning = forecast(Language::En, &situation, line.as_bytes()).warning;
            assert_eq!(warning.is_some(), warned && way == Way::Clear, "{line} {way:?}: {warning:?}");
        }
    };
    check(State::UserGiven, "PASS lovelace", true);
    check(State::Authorization, "pass lovelace", true);
    check(State::Authorization, "USER ada", true);
    check(State::Authorization, "AUTH PLAIN", true);
    check(State::Authorization, "AUTH PLAIN AGFkYQBsb3ZlbGFjZQ==", true);
    check(State::Authorization, "AUTH CRAM-MD5", true);
    check(State::Authorization, "AUTH SCRAM-SHA-256", false);
    check(State::Authorization, "CAPA", false);
    check(State::Authorization, "PASS", false);
    let running = Situation { exchange: true, ..Session::situation(State::Authorization) };
    let foretold = |line: &[u8]| forecast(Language::En, &running, line);
    assert_eq!(foretold(b"AGFkYQBsb3ZlbGFjZQ==").verdict, Verdict::Response);
    assert!(foretold(b"AGFkYQBsb3ZlbGFjZQ==").warning.is_some_and(|warning| warning.ends_with("with STLS.")));
    assert_eq!(foretold(b"*").warning, None);
}

#[test]
fn what_a_server_did_not_announce_is_doubted() {
    let bare =
        Situation { capabilities: Some(Vec::new()), messages: Some(3), ..Situation::new(State::Transaction, Way::Tls) };
    for line in ["TOP 1 0", "UIDL", "UIDL 1", "LANG"] {
        assert_eq!(forecast(Language::En, &bare, line.as_bytes()).verdict, Verdict::Depends, "{line}");
    }
    let bare = Situation { state: State::Authorization, ..bare };
    for (line, verdict) in [
        ("STLS", Verdict::Refused),
        ("APOP ada c4c9334bac560ecc979e58001b3e22fb", Verdict::Refused),
        ("AUTH PLAIN", Verdict::Depends),
        ("USER ada", Verdict::Depends),
        ("UTF8", Verdict::Depends),
    ] {
        assert_eq!(forecast(Language::En, &bare, line.as_bytes()).verdict, verdict, "{line}");
    }
}

#[test]
fn before_the_greeting_and_after_the_end_nobody_listens() {
    for (state, verdict) in
        [(State::Greeting, Verdict::Depends), (State::Update, Verdict::Refused), (State::Closed, Verdict::Refused)]
    {
        for name in CommandName::ALL {
            let foretold = forecast(Language::De, &Situation::new(state, Way::Clear), name.keyword().as_bytes());
            assert_eq!(foretold.verdict, verdict, "{state:?} {name:?}");
        }
    }
}

#[test]
fn nothing_that_is_masked_is_told() {
    for line in ["PASS hunter2", "PASS\thunter2", "PASShunter2", "PASS:hunter2", "\x0bPASS hunter2", "psas hunter2"] {
        for state in STATES {
            for language in LANGUAGES {
                let situation = Situation::new(state, Way::Clear);
                let told = format!("{:?}", forecast(language, &situation, line.as_bytes())).to_lowercase();
                assert!(!told.contains("hunter2"), "{line:?} in {state:?}: {told}");
            }
        }
    }
    let due = Situation::new(State::UserGiven, Way::Clear);
    assert!(!forecast(Language::En, &due, b"hunter2").what.to_lowercase().contains("hunter2"));
}

proptest! {
    #[test]
    fn anything_typed_has_a_forecast_that_repeats_no_password(
        typed in proptest::collection::vec(any::<u8>(), 0..300),
        state in 0..State::ALL.len(),
        messages in proptest::option::of(0_u32..5),
        exchange: bool,
    ) {
        let situation = Situation { messages, exchange, marked: vec![number(1)], ..Situation::new(State::ALL[state], Way::Clear) };
        for language in LANGUAGES {
            let foretold = forecast(language, &situation, &typed);
            prop_assert!(!foretold.what.is_empty());
        }
        let line = [b"PASS 7secret7", &typed[..]].concat();
        let foretold = format!("{:?}", forecast(Language::En, &situation, &line));
        prop_assert!(!foretold.contains("7secret7"));
    }
}
