//! Sessions by hand, and lines typed beside the buttons.

use popglass_protocol::{
    login::Method,
    sasl::Mechanism,
    state::State,
    tunnel::{TlsEnds, TlsSummary},
};
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, World};
use popglass_session::{
    LinkEvent, LinkOrder,
    command::{Route, SessionCommand},
    event::{Deletion, EndReason, LineFault, Phase, SessionEvent},
    limits,
    security::{Secured, Vouched},
};

use crate::{Desk, numbers, to_server};

#[test]
fn a_session_by_hand_says_what_is_typed_and_nothing_else() {
    let mut desk = Desk::by_hand();
    assert_eq!(desk.phases(), [Phase::Connecting, Phase::Greeting, Phase::ByHand]);
    desk.wait(10 * 60_000);
    assert_eq!(desk.wire, "");
    let lines = ["what?", "list", "USER ada", "PASS wronger", "USER ada", "PASS lovelace", "stat", "RETR 9999", "Quit"];
    desk.type_lines(&lines);
    assert_eq!(desk.wire, lines.map(|line| format!("{line}\r\n")).concat());
    use State::{Authorization, Closed, Greeting, Transaction, Update, UserGiven};
    assert_eq!(
        desk.states(),
        [Greeting, Authorization, UserGiven, Authorization, UserGiven, Transaction, Update, Closed]
    );
    let ending = desk.ending();
    assert_eq!((ending.reason, ending.deletion), (EndReason::Finished, Deletion::NothingMarked));
    let said = format!("{:?}", desk.events);
    assert!(!said.contains("lovelace") && !said.contains("wronger"), "{said}");
}

#[test]
fn who_logs_in_by_hand_is_told_by_which_method() {
    for (lines, method) in [
        (&["USER ada", "PASS lovelace"][..], Some(Method::UserPass)),
        (&["AUTH PLAIN", "AGFkYQBsb3ZlbGFjZQ=="], Some(Method::Sasl(Mechanism::Plain))),
        (&["auth plain AGFkYQBsb3ZlbGFjZQ=="], Some(Method::Sasl(Mechanism::Plain))),
        (&["AUTH PLAIN", "*", "PASS lovelace"], None),
    ] {
        let mut desk = Desk::by_hand();
        desk.type_lines(lines);
        let told = desk.last(|event| if let SessionEvent::LoggedIn(method) = event { Some(*method) } else { None });
        assert_eq!(told, method, "{lines:?}");
        assert_eq!(desk.state() == State::Transaction, method.is_some(), "{lines:?}");
        assert!(!format!("{:?}", desk.events).contains("AGFk"), "{lines:?}");
    }
}

#[test]
fn a_login_by_hand_is_not_told_as_proven() {
    let mut desk = Desk::new();
    desk.connect_by_hand(to_server(TlsEnds::Bridge));
    desk.hear(b"+OK\r\n");
    desk.type_line("AUTH SCRAM-SHA-256");
    desk.hear(b"+ \r\n");
    desk.type_line("biwsbj0=");
    desk.hear(b"+OK trust me\r\n");
    assert_eq!(desk.state(), State::Transaction);
    assert_eq!(desk.all(|event| matches!(event, SessionEvent::LoggedIn(_)).then_some(())).len(), 0);
}

#[test]
fn the_mailbox_opens_at_the_users_word_and_the_session_is_one_like_any_other() {
    let mut desk = Desk::by_hand();
    desk.command(SessionCommand::OpenMaildrop);
    assert_eq!(desk.wire, "", "nobody is logged in");
    desk.type_lines(&["USER ada", "PASS lovelace"]);
    assert_eq!(desk.mailbox_count(), None);
    desk.command(SessionCommand::Retrieve { number: numbers(&[1])[0] });
    assert!(desk.wire.ends_with("PASS lovelace\r\n"), "there is nothing to ask for");
    desk.command(SessionCommand::OpenMaildrop);
    let opened = desk.wire.clone();
    desk.command(SessionCommand::OpenMaildrop);
    assert_eq!(desk.wire, opened, "once is enough");
    let count = desk.mailbox_count().unwrap();
    assert_eq!(count, Desk::logged_in().mailbox_count().unwrap());
    assert_eq!(desk.phases().last(), Some(&Phase::Open));
    let headers = desk.all(|event| matches!(event, SessionEvent::Header { .. }).then_some(()));
    assert_eq!(headers.len(), count);
    desk.command(SessionCommand::Retrieve { number: numbers(&[1])[0] });
    assert_eq!(desk.messages.len(), 1);
    desk.command(SessionCommand::Mark { numbers: numbers(&[2]) });
    desk.command(SessionCommand::Finish);
    assert_eq!(desk.ending().deletion, Deletion::Deleted { numbers: numbers(&[2]) });
}

#[test]
fn a_mailbox_that_is_refused_leaves_the_user_where_they_were() {
    for refused in ["STAT", "LIST"] {
        let mut desk = Desk::new();
        desk.connect_by_hand(to_server(TlsEnds::Nowhere));
        desk.hear(b"+OK\r\n");
        desk.type_line("USER ada");
        desk.hear(b"+OK\r\n");
        desk.type_line("PASS lovelace");
        desk.hear(b"+OK\r\n");
        for _ in 0..2 {
            desk.command(SessionCommand::OpenMaildrop);
            for (asked, answer) in [("STAT", "+OK 1 2\r\n"), ("LIST", "+OK\r\n1 2\r\n.\r\n"), ("UIDL", "-ERR\r\n")] {
                assert!(desk.wire.ends_with(&format!("{asked}\r\n")), "{}", desk.wire);
                desk.hear(if asked == refused { b"-ERR no\r\n" } else { answer.as_bytes() });
            }
            assert_eq!(desk.phases().last(), Some(&Phase::ByHand), "{refused}");
        }
        assert_eq!(desk.mailbox_count(), None);
        desk.type_line("NOOP");
        desk.hear(b"+OK\r\n");
        assert!(!desk.has_ended());
    }
}

#[test]
fn typed_lines_do_not_upset_what_the_session_does_itself() {
    let mut desk = Desk::logged_in();
    let octets = desk.world.messages_of(DEMO_USER).iter().map(|message| message.len()).collect::<Vec<_>>();
    let typed =
        ["RETR 2", "STAT", "LIST", "UIDL", "LIST 1", "TOP 2 1", "CAPA", "retr", "what?", "", "NOOP", "USER ada"];
    for (place, line) in typed.iter().enumerate() {
        desk.session.handle_command(SessionCommand::Retrieve { number: numbers(&[1])[0] }, desk.now);
        desk.type_line(line);
        assert_eq!(desk.messages.len(), place + 1, "{line}");
    }
    assert!(desk.messages.iter().all(|message| *message == octets[0]), "{:?}", desk.messages);
    assert_eq!(desk.kept, 0);
    assert_eq!(desk.all(|event| matches!(event, SessionEvent::Refused { .. }).then_some(())).len(), 0);
    assert!(!desk.has_ended());
    assert_eq!(desk.mailbox_count(), Some(octets.len()));
}

#[test]
fn a_line_that_cannot_be_sent_comes_back_whole() {
    let long = "x".repeat(300);
    let too_long = LineFault::TooLong { octets: 302, octets_max: 255 };
    let mut desk = Desk::new();
    desk.type_line("PASS secret");
    assert_eq!(desk.not_sent(), [("PASS secret".to_owned(), LineFault::NoConnection)]);
    assert!(!format!("{:?}", desk.events).contains("secret"));
    let mut desk = Desk::by_hand();
    for (line, fault) in
        [(&*long, too_long), ("A\r\nB", LineFault::ControlCharacter), ("\0", LineFault::ControlCharacter)]
    {
        desk.type_line(line);
        assert_eq!(desk.not_sent().pop(), Some((line.to_owned(), fault)));
    }
    assert_eq!(desk.wire, "");
}

#[test]
fn what_is_typed_behind_quit_or_before_an_end_comes_back() {
    let mut desk = Desk::new();
    desk.connect_by_hand(to_server(TlsEnds::Nowhere));
    desk.type_lines(&["USER ada", "PASS secret"]);
    assert_eq!(desk.wire, "", "the server has not greeted");
    desk.link(LinkEvent::Lost);
    let back = |line: &str| (line.to_owned(), LineFault::NoConnection);
    assert_eq!(desk.not_sent(), [back("USER ada"), back("PASS secret")]);
    assert!(matches!(desk.events.last(), Some(SessionEvent::Ended(_))), "nothing follows the end");

    desk.connect_by_hand(to_server(TlsEnds::Nowhere));
    desk.hear(b"+OK\r\n");
    desk.type_lines(&["QUIT", "STAT"]);
    desk.hear(b"+OK\r\n");
    assert_eq!(desk.wire, "QUIT\r\n");
    assert_eq!(desk.not_sent().pop(), Some(back("STAT")));
    assert_eq!(desk.ending().reason, EndReason::Finished);
}

fn secured() -> Secured {
    let summary = TlsSummary {
        version: "TLSv1.3".into(),
        suite: "S".into(),
        server_name: "pop.example".into(),
        chain: Vec::new(),
    };
    Secured { ends: TlsEnds::PageStls, summary, vouched: Vouched::PublicAuthority, resumed: false }
}

#[test]
fn tls_begins_where_stls_was_typed() {
    let mut desk = Desk::new();
    desk.connect_by_hand(to_server(TlsEnds::PageStls));
    desk.hear(b"+OK\r\n");
    desk.type_lines(&["STLS", "USER ada"]);
    desk.hear(b"+OK begin\r\n");
    assert_eq!(desk.orders, [LinkOrder::StartTls]);
    assert_eq!(desk.wire, "STLS\r\n", "what was typed waits for TLS");
    desk.link(LinkEvent::Secured { secured: secured(), exporter: None });
    assert_eq!(desk.wire, "STLS\r\nUSER ada\r\n");
    let phases = desk.phases();
    assert_eq!(phases[phases.len() - 2..], [Phase::Securing, Phase::ByHand]);
    desk.hear(b"+OK\r\n");
    assert_eq!(desk.state(), State::UserGiven);
    // A second time the server refuses, as it should; one that does not ends the session.
    desk.type_line("STLS");
    desk.hear(b"-ERR TLS stands\r\n");
    assert!(!desk.has_ended());
    desk.type_line("STLS");
    desk.hear(b"+OK why not\r\n");
    assert_eq!(desk.ending().reason, EndReason::TlsOutOfPlace);
}

#[test]
fn stls_is_not_sent_where_nobody_could_go_on() {
    let mut desk = Desk::new();
    desk.connect_by_hand(to_server(TlsEnds::Nowhere));
    desk.hear(b"+OK\r\n");
    desk.type_lines(&["stls", "STLS "]);
    let back = |line: &str| (line.to_owned(), LineFault::NoTls);
    assert_eq!(desk.not_sent(), [back("stls"), back("STLS ")]);
    assert_eq!(desk.wire, "");
    // In an exchange it is a response like any other.
    desk.type_line("AUTH PLAIN");
    desk.hear(b"+ \r\n");
    desk.type_line("STLS");
    assert_eq!(desk.wire, "AUTH PLAIN\r\nSTLS\r\n");
    for tls in [TlsEnds::Page, TlsEnds::Bridge] {
        let mut desk = Desk::new();
        desk.connect_by_hand(to_server(tls));
        desk.hear(b"+OK\r\n");
        desk.type_line("STLS");
        desk.hear(b"-ERR TLS stands\r\n");
        assert!(!desk.has_ended(), "{tls:?}");
        desk.type_line("STLS");
        desk.hear(b"+OK why not\r\n");
        assert_eq!(desk.ending().reason, EndReason::TlsOutOfPlace, "{tls:?}");
    }
}

#[test]
fn a_user_who_thinks_is_not_late_and_nothing_is_said_for_them() {
    let mut desk = Desk::logged_in_by_hand();
    desk.type_line("DELE 1");
    assert_eq!(desk.marks(), [1]);
    let wire = desk.wire.clone();
    desk.wait(30 * 60_000);
    assert_eq!(desk.wire, wire);
    assert_eq!(desk.session.deadline(), None);
    // In an exchange, too, and in a session that keeps itself alive otherwise.
    for mut desk in [Desk::by_hand(), Desk::logged_in()] {
        desk.type_line("DELE 1");
        desk.server = None;
        desk.type_line("AUTH PLAIN");
        desk.hear(b"+ \r\n");
        let wire = desk.wire.clone();
        desk.wait(30 * 60_000);
        assert_eq!(desk.wire, wire);
        assert!(!desk.has_ended());
    }
}

#[test]
fn a_session_with_buttons_keeps_itself_alive_also_for_marks_that_were_typed() {
    let mut desk = Desk::logged_in();
    desk.type_line("DELE 1");
    desk.wait(limits::KEEP_ALIVE_MS + 1);
    assert!(desk.wire.ends_with("DELE 1\r\nNOOP\r\n"));
    desk.type_line("RSET");
    desk.wait(10 * limits::KEEP_ALIVE_MS);
    assert!(desk.wire.ends_with("NOOP\r\nRSET\r\n"));
}

#[test]
fn a_server_that_never_answers_a_typed_line_ends_the_session() {
    let mut desk = Desk::by_hand();
    desk.server = None;
    desk.type_line("");
    desk.wait(10 * 60_000);
    assert_eq!(desk.ending().reason, EndReason::TimedOut);
}

#[test]
fn a_session_by_hand_is_made_anew_by_hand() {
    let mut desk = Desk::logged_in_by_hand();
    desk.lose();
    assert_eq!(desk.ending().reason, EndReason::BridgeLost);
    desk.command(SessionCommand::Reconnect);
    assert_eq!(desk.phases().last(), Some(&Phase::ByHand));
    assert_eq!(desk.wire, "", "no password was kept");
    desk.type_line("QUIT");
    desk.events.clear();
    desk.command(SessionCommand::Reconnect);
    assert_eq!(desk.events, [], "who has finished starts anew");
}

#[test]
fn too_many_wrong_lines_end_the_session_as_the_server_says() {
    let mut desk = Desk::with_world(World::demo());
    desk.connect_by_hand(Route::Sandbox);
    for _ in 0..popglass_protocol::limits::BAD_COMMANDS_MAX {
        desk.type_line("what?");
    }
    assert_eq!(desk.ending().reason, EndReason::ServerClosed);
}

#[test]
fn who_is_quicker_than_the_form_is_logged_in() {
    let mut desk = Desk::new();
    desk.session.handle_command(
        SessionCommand::Connect {
            route: to_server(TlsEnds::Bridge),
            wish: popglass_protocol::login::Wish::Automatic,
            user: DEMO_USER.into(),
            password: popglass_protocol::secret::Secret::new(DEMO_PASSWORD.into()),
            trust: popglass_session::security::Trust::default(),
        },
        desk.now,
    );
    desk.run();
    desk.type_lines(&["USER bob", "PASS builder"]);
    desk.hear(b"+OK\r\n");
    assert_eq!(desk.wire, "USER bob\r\n");
    for answer in ["+OK\r\n", "+OK in\r\n", "-ERR no CAPA\r\n", "+OK 0 0\r\n", "+OK\r\n.\r\n", "+OK\r\n.\r\n"] {
        desk.hear(answer.as_bytes());
    }
    assert_eq!(desk.wire, "USER bob\r\nPASS builder\r\nCAPA\r\nSTAT\r\nLIST\r\nUIDL\r\n");
    assert_eq!(desk.mailbox_count(), Some(0));
}
