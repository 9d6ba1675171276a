//! How far the client sends ahead (RFC 2449 §6.6): the window's three bounds, when it closes, what shows that replies and
//! commands are out of step, and that nobody ever waits for each other.

use std::collections::VecDeque;

use popglass_protocol::{
    client::{Config, Error, Misbehaviour, Output, Pipelining, Window},
    command::{Command, CommandName},
    limits,
    sasl::MechanismName,
    types::{Password, UserName},
};
use proptest::{collection::vec, prelude::*};

use crate::{Session, number, retr};

fn config(window: Window) -> Config {
    Config { window, pipelining: Pipelining::Always, ..Config::default() }
}

/// Sends the messages' RETRs, answers them one by one, and looks at the window after each step.
fn check_window(window: Window, sizes: &[u64]) {
    let mut session = Session::logged_in(config(window), "");
    for (place, octets) in (1..).zip(sizes) {
        session.client.send_expecting(retr(place), *octets);
    }
    session.drain();
    let (mut sent, mut answered) = (session.lines(), 0);
    while answered < sizes.len() {
        let in_flight = &sent[answered..];
        assert_eq!(session.client.in_flight(), in_flight.len());
        assert!(!in_flight.is_empty(), "something waits, so something is in flight");
        let octets: usize = in_flight.iter().map(|line| line.len() + 2).sum();
        let replies: u64 = sizes[answered..sent.len()].iter().fold(0, |sum, octets| sum.saturating_add(*octets));
        let within = in_flight.len() <= window.commands_max
            && octets <= window.command_octets_max
            && replies <= window.reply_octets_max;
        assert!(within || in_flight.len() == 1, "{window:?}: {in_flight:?}");
        session.hear(["-ERR gone\r\n", "+OK\r\n.\r\n"][answered % 2]);
        answered += 1;
        sent.extend(session.lines());
    }
    assert_eq!((sent.len(), session.error), (sizes.len(), None));
}

proptest! {
    #[test]
    fn the_window_holds_and_never_stands_still(
        commands_max in 0_usize..20,
        command_octets_max in 0_usize..200,
        reply_octets_max in 0_u64..1000,
        sizes in vec(0_u64..400, 1..60),
    ) {
        check_window(Window { commands_max, command_octets_max, reply_octets_max }, &sizes);
    }
}

#[test]
fn sizes_that_a_server_makes_up_are_only_large() {
    let boundless = Window { commands_max: usize::MAX, command_octets_max: usize::MAX, reply_octets_max: u64::MAX };
    for window in [Window::default(), boundless] {
        check_window(window, &[u64::MAX, u64::MAX, 5, u64::MAX, 0]);
    }
}

#[test]
fn nothing_follows_a_command_that_decides_what_comes_next() {
    let auth = Command::Auth { mechanism: MechanismName::parse(b"LOGIN").unwrap(), initial_response: None };
    for (command, line) in [(Command::Stls, "STLS"), (auth, "AUTH LOGIN"), (Command::Quit, "QUIT")] {
        let mut session = Session::greeted(config(Window::default()));
        // Behind others only QUIT goes out ahead of their answers.
        session.client.send(Command::Capa);
        session.client.send(command.clone());
        session.client.send(Command::Capa);
        session.drain();
        let ahead = if command == Command::Quit { vec!["CAPA", line] } else { vec!["CAPA"] };
        assert_eq!(session.lines(), ahead);
        session.hear("+OK\r\n.\r\n");
        assert_eq!(session.lines(), if command == Command::Quit { vec![] } else { vec![line] });
    }
    let mut session = Session::logged_in(config(Window::default()), "");
    session.client.send(Command::Quit);
    session.client.send(Command::Noop);
    session.drain();
    assert_eq!(session.lines(), ["QUIT"]);
}

#[test]
fn a_password_does_not_follow_a_name_that_was_refused() {
    let mut session = Session::greeted(Config::default());
    session.client.send(Command::User(UserName::parse("ada").unwrap()));
    session.client.send(Command::Pass(Password::parse("pw").unwrap()));
    session.drain();
    session.hear("-ERR who?\r\n");
    assert_eq!(session.lines(), ["USER ada"]);
}

#[test]
fn a_server_that_answers_twice_gets_one_command_at_a_time() {
    let mut session = Session::logged_in(config(Window::default()), "");
    session.say(Command::Rset);
    session.hear("+OK\r\n+OK again\r\n");
    session.lines();
    for place in 1..=3 {
        session.client.send(retr(place));
    }
    session.drain();
    assert_eq!(session.lines(), ["RETR 1"]);
    session.hear("+OK\r\n.\r\n");
    assert_eq!(session.lines(), ["RETR 2"]);
    session.hear("-ERR\r\n");
    assert_eq!(session.lines(), ["RETR 3"]);
}

#[test]
fn replies_out_of_step_are_found_out() {
    let status = "+OK 3 octets\r\n";
    let long = format!("+OK {}\r\n", "x".repeat(limits::STATUS_LINE_OCTETS));
    let (list, uidl) = (|| Command::List(None), || Command::Uidl(None));
    for (command, expected, says, found) in [
        // The second answer to the command before, then the answer to this one.
        (list(), None, "+OK\r\n+OK\r\n", true),
        (list(), None, "+OK\r\n1 5\r\n-ERR no\r\n", true),
        (uidl(), None, "+OK\r\n1 a\r\n+OK 2 messages\r\n", true),
        (Command::Capa, None, "+OK\r\n-ERR unknown command\r\n", true),
        (Command::AuthList, None, "+OK\r\n+OK\r\n", true),
        (Command::List(Some(number(2))), None, "+OK 1 5\r\n", true),
        (Command::Uidl(Some(number(2))), None, "+OK 1 a\r\n", true),
        (Command::List(Some(number(2))), None, "+OK 2 5\r\n", false),
        // The message is right without the status line in front of it.
        (retr(1), Some(3), &*format!("+OK\r\n{status}a\r\n.\r\n"), true),
        (retr(1), Some(3), "+OK\r\n-ERR\r\na\r\n.\r\n", true),
        // It is right with it, or in no way.
        (retr(1), Some(17), &*format!("+OK\r\n{status}a\r\n.\r\n"), false),
        (retr(1), Some(4), &*format!("+OK\r\n{status}a\r\n.\r\n"), false),
        (retr(1), None, &*format!("+OK\r\n{status}a\r\n.\r\n"), false),
        (retr(1), Some(3), "+OK\r\n+ OK\r\na\r\n.\r\n", false),
        (retr(1), Some(3), "+OK\r\na\r\n.\r\n", false),
        // No status line is that long.
        (retr(1), Some(3), &*format!("+OK\r\n{long}a\r\n.\r\n"), false),
    ] {
        let name = command.name();
        // Whole and one octet at a time: what is found does not depend on the reads.
        for piece in [says.len(), 1] {
            let mut session = match name {
                CommandName::AuthList => Session::greeted(Config::default()),
                _ => Session::logged_in(Config::default(), ""),
            };
            match expected {
                Some(octets) => session.client.send_expecting(command.clone(), octets),
                None => session.client.send(command.clone()),
            };
            session.drain();
            says.as_bytes().chunks(piece).for_each(|read| session.hear(read));
            let error = found.then_some(Error::PeerMisbehaved(Misbehaviour::Desynchronised(name)));
            assert!(error.as_ref().is_none_or(Error::is_desynchronisation));
            assert_eq!(session.error, error, "{says:?}");
        }
    }
}

/// What lies in one direction of a connection at most, before whoever writes has to wait.
const BUFFER_OCTETS: usize = 4096;
const MESSAGE_OCTETS: usize = 10_000;

/// A host that does not read while it writes, and a server that does not read while it writes. True if all messages
/// came; false if both wait for each other.
fn all_arrive(window: Window, messages: usize) -> bool {
    let mut session = Session::logged_in(config(window), "");
    for place in (0..messages).map(|place| u32::try_from(place).unwrap() + 1) {
        session.client.send(retr(place));
    }
    let (mut to_server, mut to_client) = (VecDeque::new(), VecDeque::new());
    let (mut client_writes, mut server_writes): (VecDeque<u8>, VecDeque<u8>) = Default::default();
    let reply = [b"+OK\r\n".as_slice(), &vec![b'y'; MESSAGE_OCTETS], b"\r\n.\r\n"].concat();
    let mut answered = 0;
    loop {
        let mut moved = 0;
        while let Ok(Output::Transmit(octets)) = session.client.poll_output() {
            client_writes.extend(octets);
        }
        session.drain();
        client_writes.extend(std::mem::take(&mut session.transmitted));
        moved += pour(&mut client_writes, &mut to_server);
        if client_writes.is_empty() {
            let read: Vec<u8> = to_client.drain(..).collect();
            moved += read.len();
            session.client.handle_input(&read);
            session.drain();
        }
        moved += pour(&mut server_writes, &mut to_client);
        if server_writes.is_empty()
            && let Some(end) = to_server.iter().position(|octet| *octet == b'\n')
        {
            moved += to_server.drain(..=end).count();
            server_writes.extend(&reply);
            answered += 1;
        }
        if moved == 0 && session.transmitted.is_empty() {
            return answered == messages && session.replies().len() == messages;
        }
    }
}

fn pour(from: &mut VecDeque<u8>, into: &mut VecDeque<u8>) -> usize {
    let octets = from.len().min(BUFFER_OCTETS - into.len());
    into.extend(from.drain(..octets));
    octets
}

#[test]
fn a_server_that_stops_reading_while_it_writes_never_stops_the_client() {
    let boundless = u64::MAX;
    assert!(all_arrive(Window::default(), 1000));
    assert!(all_arrive(Window { commands_max: usize::MAX, reply_octets_max: boundless, ..Window::default() }, 1500));
    // Without a bound for the commands' octets they do wait for each other: this test can tell.
    let careless = Window { commands_max: usize::MAX, command_octets_max: usize::MAX, reply_octets_max: boundless };
    assert!(!all_arrive(careless, 1500));
}
