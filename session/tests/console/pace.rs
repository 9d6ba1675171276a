//! Step mode and slow motion: what passes when, in which order, and how much is held meanwhile.

use popglass_protocol::{limits::TRANSCRIPT_BODY_LINES_MAX, state::State, transcript::Direction, tunnel::TlsEnds};
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, World};
use popglass_session::{
    LinkEvent, LinkOrder,
    command::{Pace, Route, SessionCommand},
    event::{Deletion, EndReason, Phase, SessionEvent},
    limits,
};
use proptest::prelude::*;

use crate::{Desk, numbers, side, to_server};

/// Steps on until nothing is held; each line that passed.
fn step_through(desk: &mut Desk) -> Vec<String> {
    let mut passed = Vec::new();
    while let Some(held) = desk.held() {
        passed.push(format!("{}: {}", side(held.direction), held.text));
        desk.next();
        assert!(passed.len() < 100_000, "it comes to an end");
    }
    passed
}

#[test]
fn each_line_waits_before_it_is_sent_and_before_it_is_taken_in() {
    let mut desk = Desk::new();
    desk.pace(Pace::Step);
    desk.connect_by_hand(Route::Sandbox);
    let check = |desk: &Desk, held: Option<(Direction, &str)>, shown: usize, wire: &str, state: State| {
        let line = desk.held().map(|held| (held.direction, held.text));
        assert_eq!(line.as_ref().map(|(direction, text)| (*direction, text.as_str())), held);
        assert_eq!((desk.transcript().len(), &*desk.wire, desk.state()), (shown, wire, state));
    };
    use Direction::{ClientToServer as C, ServerToClient as S};
    check(&desk, Some((S, "+OK Popglass")), 0, "", State::Greeting);
    desk.next();
    check(&desk, None, 1, "", State::Authorization);
    desk.type_line("USER ada");
    check(&desk, Some((C, "USER ada")), 1, "", State::Authorization);
    desk.next();
    check(&desk, Some((S, "+OK now the password")), 2, "USER ada\r\n", State::Authorization);
    desk.next();
    check(&desk, None, 3, "USER ada\r\n", State::UserGiven);
    desk.type_line(&format!("PASS {DEMO_PASSWORD}"));
    check(&desk, Some((C, "PASS ••••••••")), 3, "USER ada\r\n", State::UserGiven);
    desk.next();
    desk.next();
    assert_eq!(desk.state(), State::Transaction);
    desk.next();
    assert_eq!(desk.transcript().len(), 5, "there is nothing to let pass");
}

#[test]
fn the_same_is_said_step_by_step_as_at_once() {
    let journey = |pace: Pace| {
        let mut desk = Desk::with_world(World::demo_large(60));
        desk.pace(pace);
        desk.connect();
        let mut passed = step_through(&mut desk);
        for command in [
            SessionCommand::Retrieve { number: numbers(&[3])[0] },
            SessionCommand::Mark { numbers: numbers(&[1, 2]) },
            SessionCommand::Unmark { numbers: numbers(&[2]) },
            SessionCommand::Finish,
        ] {
            desk.command(command);
            passed.extend(step_through(&mut desk));
        }
        assert_eq!(desk.ending().deletion, Deletion::Deleted { numbers: numbers(&[1]) });
        (desk.transcript(), desk.messages.clone(), desk.wire.clone(), passed)
    };
    let (at_once, stepped) = (journey(Pace::Play), journey(Pace::Step));
    // Commands that go out together are shown together at once, and in step mode where they pass.
    for side in ["C", "S"] {
        let of = |lines: &[String]| lines.iter().filter(|line| line.starts_with(side)).cloned().collect::<Vec<_>>();
        assert_eq!(of(&at_once.0), of(&stepped.0));
    }
    assert_eq!(at_once.1, stepped.1);
    assert_eq!(at_once.2, stepped.2);
    assert_eq!(at_once.3, [""; 0]);
    assert!(stepped.3.len() > 120 && !stepped.3.join("\n").contains(DEMO_PASSWORD));
}

#[test]
fn nobody_is_late_while_a_line_is_held() {
    let mut desk = Desk::by_hand();
    desk.pace(Pace::Step);
    desk.type_line("NOOP");
    desk.wait(24 * 3_600_000);
    assert_eq!(desk.wire, "", "not even a keep-alive");
    desk.server = None;
    desk.next();
    assert_eq!(desk.wire, "NOOP\r\n");
    // From here on the server is waited for.
    desk.wait(popglass_protocol::limits::REPLY_MS_MAX - 1);
    assert!(!desk.has_ended());
    desk.hear(b"+OK\r\n");
    desk.wait(24 * 3_600_000);
    assert!(!desk.has_ended());
    desk.next();
    desk.type_line("NOOP");
    desk.next();
    desk.hear(b"+O");
    desk.wait(popglass_protocol::limits::REPLY_MS_MAX - 1);
    assert!(!desk.has_ended(), "half a line is a sign of life");
    desk.wait(2);
    assert_eq!(desk.ending().reason, EndReason::TimedOut);
}

#[test]
fn in_slow_motion_one_line_passes_each_interval() {
    let mut desk = Desk::new();
    desk.pace(Pace::Slow);
    desk.connect_by_hand(Route::Sandbox);
    desk.type_line("CAPA");
    let mut shown = 0;
    while desk.held().is_some() {
        assert_eq!(desk.transcript().len(), shown);
        desk.wait(limits::SLOW_LINE_MS - 1);
        assert_eq!(desk.transcript().len(), shown);
        desk.wait(1);
        shown += 1;
        assert_eq!(desk.transcript().len(), shown);
    }
    assert!(shown > 8);
    // The user can be quicker, and the time begins anew.
    desk.type_lines(&["STAT"]);
    desk.wait(limits::SLOW_LINE_MS / 2);
    desk.next();
    assert_eq!(desk.transcript().len(), shown + 1);
    desk.wait(limits::SLOW_LINE_MS - 1);
    assert_eq!(desk.transcript().len(), shown + 1);
    desk.wait(1);
    assert_eq!(desk.transcript().len(), shown + 2);
    assert_eq!(desk.session.deadline(), None);
}

#[test]
fn what_is_held_goes_on_at_once_when_the_user_says_play() {
    for pace in [Pace::Step, Pace::Slow] {
        let mut desk = Desk::new();
        desk.pace(pace);
        desk.connect();
        assert_eq!(desk.transcript().len(), 0);
        desk.pace(Pace::Play);
        assert_eq!(desk.mailbox_count(), Desk::logged_in().mailbox_count());
        assert_eq!(desk.held(), None);
        assert_eq!(desk.untaken, 0, "all was granted anew");
    }
}

#[test]
fn the_rest_of_a_long_body_is_one_step_and_what_is_held_stays_bounded() {
    for (pace, limit) in [(Pace::Step, 40), (Pace::Slow, 40)] {
        let mut desk = Desk::logged_in_by_hand();
        desk.pace(pace);
        let octets = desk.world.messages_of(DEMO_USER).iter().map(|message| message.len()).collect::<Vec<_>>();
        let place = (0..octets.len()).max_by_key(|place| octets[*place]).unwrap();
        assert!(octets[place] > 4_000_000);
        desk.type_line(&format!("RETR {}", place + 1));
        let (mut steps, mut rests) = (0, 0);
        while let Some(held) = desk.held() {
            rests += usize::from(held.rest_of_body);
            assert_eq!(held.rest_of_body, steps == 2 + TRANSCRIPT_BODY_LINES_MAX, "step {steps}");
            assert!(desk.untaken <= super::CREDIT_OCTETS);
            if pace == Pace::Step {
                desk.next()
            } else {
                desk.wait(limits::SLOW_LINE_MS)
            }
            steps += 1;
            assert!(steps < limit);
        }
        assert_eq!((steps, rests), (3 + TRANSCRIPT_BODY_LINES_MAX, 1));
        assert_eq!(desk.transcript().last().unwrap(), "S: .");
        assert_eq!(desk.untaken, 0);
        desk.type_line("NOOP");
        assert!(desk.held().is_some(), "what follows is held again");
    }
}

#[test]
fn a_line_without_an_end_does_not_stop_everything() {
    let world = World::demo();
    world.add_user("bob", "builder", [format!("a: b\r\n\r\n{}\r\n", "x".repeat(1_000_000)).into_bytes()]);
    let mut desk = Desk::with_world(world);
    desk.connect_by_hand(Route::Sandbox);
    desk.type_lines(&["USER bob", "PASS builder"]);
    desk.pace(Pace::Step);
    desk.type_line("RETR 1");
    step_through(&mut desk);
    assert_eq!(desk.transcript().last().unwrap(), "S: .");
    assert_eq!((desk.state(), desk.untaken), (State::Transaction, 0));
}

#[test]
fn a_link_that_brings_more_than_it_was_granted_is_cut() {
    let mut desk = Desk::new();
    desk.pace(Pace::Step);
    desk.connect_by_hand(to_server(TlsEnds::Nowhere));
    let read = [b'x', b'\r', b'\n'].repeat(100_000);
    for _ in 0..limits::HELD_OCTETS_MAX / read.len() {
        desk.hear(&read);
        assert!(!desk.has_ended());
    }
    desk.hear(&read);
    assert!(matches!(desk.ending().reason, EndReason::LimitExceeded { .. }));
    assert_eq!(desk.held(), None);
}

#[test]
fn the_end_of_the_link_waits_behind_what_it_brought() {
    let end_of = |ends: fn(&mut Desk)| {
        let mut desk = Desk::logged_in_by_hand();
        desk.type_line("DELE 1");
        desk.server = None;
        desk.pace(Pace::Step);
        desk.type_line("QUIT");
        desk.next();
        desk.hear(b"+OK bye\r\n");
        ends(&mut desk);
        assert!(!desk.has_ended());
        desk.next();
        desk.ending()
    };
    for ends in [|desk: &mut Desk| desk.link(LinkEvent::Closed), |desk: &mut Desk| desk.link(LinkEvent::Lost)] {
        let ending = end_of(ends);
        assert_eq!(ending.reason, EndReason::Finished);
        assert_eq!(ending.deletion, Deletion::Deleted { numbers: numbers(&[1]) });
    }
    // A last line without an end is all there will be.
    let mut desk = Desk::by_hand();
    desk.server = None;
    desk.pace(Pace::Step);
    desk.hear(b"-ERR half a li");
    desk.link(LinkEvent::Closed);
    assert_eq!(desk.held().unwrap().text, "-ERR half a li");
    desk.next();
    assert_eq!(desk.ending().reason, EndReason::ServerClosed);
}

#[test]
fn a_quit_that_is_held_has_deleted_nothing() {
    let mut desk = Desk::logged_in();
    desk.command(SessionCommand::Mark { numbers: numbers(&[1]) });
    desk.pace(Pace::Step);
    desk.type_line("QUIT");
    assert_eq!(desk.held().unwrap().text, "QUIT");
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[1]) });
    assert_eq!(desk.held(), None);
    assert!(desk.last(|event| matches!(event, SessionEvent::Ended(_)).then_some(())).is_some());
    assert!(!desk.wire.contains("QUIT"));
}

#[test]
fn what_is_said_in_the_clear_behind_stls_is_not_taken_for_tls_in_any_pace() {
    for pace in [Pace::Play, Pace::Step] {
        for behind in ["+OK injected\r\n", "half"] {
            let mut desk = Desk::new();
            desk.connect_by_hand(to_server(TlsEnds::PageStls));
            desk.hear(b"+OK\r\n");
            desk.pace(pace);
            desk.type_line("STLS");
            desk.next();
            desk.hear(format!("+OK begin\r\n{behind}").as_bytes());
            desk.next();
            assert!(matches!(desk.ending().reason, EndReason::PeerMisbehaved { .. }), "{pace:?} {behind:?}");
        }
        // Nor what comes while TLS is being agreed on.
        let mut desk = Desk::new();
        desk.connect_by_hand(to_server(TlsEnds::PageStls));
        desk.hear(b"+OK\r\n");
        desk.pace(pace);
        desk.type_line("STLS");
        desk.next();
        desk.hear(b"+OK begin\r\n");
        desk.next();
        assert_eq!(desk.orders, [LinkOrder::StartTls]);
        assert_eq!(desk.phases().last(), Some(&Phase::Securing));
        desk.hear(b"+");
        assert!(matches!(desk.ending().reason, EndReason::PeerMisbehaved { .. }), "{pace:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_the_reads_and_the_pace_the_same_is_said(
        read_octets_max in 1_usize..2_000,
        paces in proptest::collection::vec(0..4_u8, 0..60),
    ) {
        let lines = ["USER ada", "PASS lovelace", "LIST", "TOP 1 5", "what?", "DELE 2", "RSET", "", "UIDL 3", "QUIT"];
        let mut alone = Desk::by_hand();
        alone.type_lines(&lines);
        let mut desk = Desk::new();
        desk.read_octets_max = read_octets_max;
        desk.connect_by_hand(Route::Sandbox);
        let mut paces = paces.into_iter();
        for line in lines {
            desk.type_line(line);
            match paces.next() {
                Some(0) => desk.pace(Pace::Play),
                Some(1) => desk.pace(Pace::Slow),
                Some(2) => desk.pace(Pace::Step),
                Some(_) => desk.next(),
                None => desk.wait(5 * limits::SLOW_LINE_MS),
            }
        }
        step_through(&mut desk);
        prop_assert_eq!(&desk.wire, &alone.wire);
        prop_assert_eq!(desk.transcript(), alone.transcript());
        prop_assert_eq!(desk.states(), alone.states());
        prop_assert_eq!(desk.ending(), alone.ending());
        prop_assert_eq!(desk.held(), None);
    }
}
