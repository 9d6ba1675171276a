//! Commands taken back: withdrawn, drained within a budget, or too much to drain; and the session goes on. And what is
//! complete when a connection ends.

use popglass_protocol::{
    client::{Cancellation, CommandId, Config, Error, Event, Limit, Pipelining, Window},
    command::Command,
    limits,
    reply::Reply,
    state::State,
};

use crate::{Session, number, retr};

/// RETR 1 to 3, of 100 octets each as far as anybody knows; so many of them in flight.
fn fetching(commands_max: usize) -> (Session, Vec<CommandId>) {
    let window = Window { commands_max, ..Window::default() };
    let config = Config { window, pipelining: Pipelining::Always, ..Config::default() };
    let mut session = Session::logged_in(config, "");
    let ids = (1..=3).map(|place| session.client.send_expecting(retr(place), 100)).collect();
    session.drain();
    assert_eq!(session.client.in_flight(), commands_max.min(3));
    session.events.clear();
    (session, ids)
}

fn message(octets: usize) -> String {
    format!("+OK\r\n{}\r\n.\r\n", "y".repeat(octets - 2))
}

/// The session is what it was before: it answers.
fn check_usable(session: &mut Session) {
    assert_eq!((session.error.clone(), session.client.in_flight()), (None, 0));
    session.say(Command::Noop);
    session.hear("+OK\r\n");
    assert_eq!(session.replies().last(), Some(&Reply::StillThere));
    assert_eq!(session.client.state(), State::Transaction);
}

#[test]
fn what_is_not_sent_is_withdrawn() {
    let (mut session, ids) = fetching(1);
    assert_eq!(session.client.cancel(|id| id != ids[0], 0), Cancellation::Withdrawn);
    session.hear(message(100));
    assert_eq!(session.replies(), [Reply::MessageEnd { number: number(1), octets: 100 }]);
    check_usable(&mut session);
    assert_eq!(session.lines(), ["RETR 1", "NOOP"]);
}

#[test]
fn what_is_in_flight_is_read_and_dropped_within_the_budget() {
    let (mut session, ids) = fetching(2);
    session.hear("+OK\r\n0123456789");
    session.events.clear();
    // 90 of the first are still to come, 100 of the second; the third was never sent.
    assert_eq!(session.client.cancel(|_| true, 200), Cancellation::Draining { octets: 190 });
    session.hear(format!("{}\r\n.\r\n{}", "y".repeat(88), message(100)));
    let told = |id| session.events.contains(&Event::Dropped { id });
    assert_eq!(ids.iter().map(|id| told(*id)).collect::<Vec<_>>(), [true, true, false]);
    assert!(session.replies().is_empty());
    assert!(!session.events.iter().any(|event| matches!(event, Event::Chunk { .. })));
    check_usable(&mut session);
}

#[test]
fn only_what_was_chosen_is_dropped() {
    let (mut session, ids) = fetching(3);
    assert_eq!(session.client.cancel(|id| id == ids[1], 100), Cancellation::Draining { octets: 100 });
    session.hear(message(100).repeat(3));
    let ends = [1, 3].map(|place| Reply::MessageEnd { number: number(place), octets: 100 });
    assert_eq!(session.replies(), ends);
    check_usable(&mut session);
}

#[test]
fn a_refusal_of_what_was_cancelled_drops_it_as_well() {
    let (mut session, ids) = fetching(1);
    assert_eq!(session.client.cancel(|id| id == ids[0], 100), Cancellation::Draining { octets: 100 });
    session.hear("-ERR gone\r\n");
    assert!(session.events.contains(&Event::Dropped { id: ids[0] }));
}

#[test]
fn what_is_too_much_is_left_as_it_is() {
    let (mut session, _) = fetching(3);
    assert_eq!(session.client.cancel(|_| true, 299), Cancellation::TooMuch { octets: 300 });
    session.hear(message(100).repeat(3));
    assert_eq!(session.replies().len(), 3);
    check_usable(&mut session);
}

#[test]
fn sizes_that_nobody_knows_are_guessed() {
    let mut session = Session::logged_in(Config::default(), "");
    session.say(Command::Top { number: number(1), lines: 0 });
    let octets = limits::REPLY_OCTETS_GUESS;
    assert_eq!(session.client.cancel(|_| true, octets - 1), Cancellation::TooMuch { octets });
    assert_eq!(session.client.cancel(|_| true, octets), Cancellation::Draining { octets });
}

#[test]
fn a_server_that_lied_about_the_size_holds_nobody_up() {
    for (sent, error) in [(150, None), (151, Some(Error::LimitExceeded(Limit::Drain)))] {
        let (mut session, _) = fetching(1);
        assert_eq!(session.client.cancel(|_| true, 150), Cancellation::Draining { octets: 100 });
        session.hear(message(sent));
        assert_eq!(session.error, error, "{sent}");
    }
}

#[test]
fn other_commands_in_flight_cannot_be_taken_back() {
    let mut session = Session::logged_in(Config::default(), "");
    session.say(Command::List(None));
    assert_eq!(session.client.cancel(|_| true, 0), Cancellation::Withdrawn);
    session.hear("+OK\r\n1 5\r\n.\r\n");
    assert_eq!(session.replies().len(), 1);
}

#[test]
fn a_cut_connection_ends_a_reply_only_where_nothing_but_the_last_line_end_can_be_missing() {
    let (list, retr) = (|| Command::List(None), || retr(1));
    for (command, octets, says, complete) in [
        (retr(), Some(3), "+OK\r\na\r\n.", true),
        (retr(), Some(3), "+OK\r\na\r\n.\r", true),
        (retr(), None, "+OK\r\na\r\n.\r", true),
        // A lone dot may be the first of two: only the size tells.
        (retr(), None, "+OK\r\na\r\n.", false),
        (retr(), Some(10), "+OK\r\na\r\n.", false),
        (retr(), Some(3), "+OK\r\na\r\n", false),
        (retr(), Some(3), "+OK\r\na\r", false),
        (retr(), Some(0), "+OK\r\n", false),
        (retr(), Some(0), "+OK\r", false),
        (list(), None, "+OK\r\n1 5\r\n.", true),
        (list(), None, "+OK\r\n1 5\r\n.\r", true),
        (list(), None, "+OK\r\n1 5\r\n", false),
        (list(), None, "+OK\r\n1 5", false),
        (Command::Noop, None, "+OK", false),
    ] {
        let mut session = Session::logged_in(Config::default(), "");
        match octets {
            Some(octets) => session.client.send_expecting(command, octets),
            None => session.client.send(command),
        };
        session.drain();
        session.hear(says);
        session.close();
        assert_eq!(session.replies().len(), usize::from(complete), "{says:?} {octets:?}");
        assert_eq!((session.error, session.client.state()), (None, State::Closed));
    }
}
