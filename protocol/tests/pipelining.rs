//! RFC 2449 §6.6: many commands in flight where the server announces PIPELINING, one at a time where it does not, and
//! nothing behind a command whose answer changes what may be said.

use popglass_protocol::{
    client::{Client, Event, Output},
    command::Command,
    limits,
    reply::Reply,
    state::State,
    types::{MessageNumber, Password, UserName},
};

/// Feeds what the server says and hands out what the client transmits for it, line by line.
fn exchange(client: &mut Client, server_says: &str) -> Vec<String> {
    client.handle_input(server_says.as_bytes());
    let mut wire = Vec::new();
    loop {
        match client.poll_output().expect("the server behaves") {
            Output::Transmit(octets) => wire.extend(octets),
            Output::Event(_) => {}
            Output::UpgradeTls => panic!("nobody asked for TLS"),
            Output::Idle => break,
        }
    }
    String::from_utf8(wire).expect("commands are text").lines().map(String::from).collect()
}

fn logged_in(capabilities: &str) -> Client {
    let mut client = Client::new();
    client.send(Command::Capa);
    client.send(Command::User(UserName::parse("ada").expect("a name")));
    client.send(Command::Pass(Password::parse("pw").expect("a password")));
    exchange(&mut client, "+OK\r\n");
    exchange(&mut client, &format!("+OK\r\n{capabilities}.\r\n"));
    exchange(&mut client, "+OK\r\n");
    if client.state() == State::UserGiven {
        exchange(&mut client, "+OK\r\n");
    }
    assert_eq!(client.state(), State::Transaction);
    client
}

fn top(number: usize) -> Command {
    Command::Top { number: MessageNumber::from_index(number).expect("it fits"), lines: 0 }
}

#[test]
fn fifty_commands_and_more_go_out_in_one_write_where_pipelining_is_announced() {
    let mut client = logged_in("PIPELINING\r\n");
    (1000..2000).for_each(|number| {
        client.send(top(number));
    });
    let sent = exchange(&mut client, "");
    assert!((50..=limits::PIPELINE_COMMANDS_MAX).contains(&sent.len()), "{}", sent.len());
    assert!(sent.iter().map(|line| line.len() + 2).sum::<usize>() <= limits::PIPELINE_COMMAND_OCTETS_MAX);
    // The window slides: each answer lets one more out.
    assert_eq!(exchange(&mut client, "-ERR gone\r\n").len(), 1);
    assert_eq!(exchange(&mut client, &"-ERR gone\r\n".repeat(3)).len(), 3);
}

#[test]
fn commands_go_out_one_at_a_time_where_pipelining_is_not_announced() {
    let mut client = logged_in("TOP\r\n");
    (0..3).for_each(|number| {
        client.send(top(number));
    });
    assert_eq!(exchange(&mut client, ""), ["TOP 1 0"]);
    assert_eq!(exchange(&mut client, "+OK\r\na: b\r\n\r\n"), [""; 0]);
    assert_eq!(exchange(&mut client, ".\r\n"), ["TOP 2 0"]);
}

#[test]
fn nothing_follows_pass_stls_or_quit_before_the_answer() {
    let mut client = Client::new();
    let commands = [
        Command::Capa,
        Command::Stls,
        Command::Capa,
        Command::User(UserName::parse("ada").expect("a name")),
        Command::Pass(Password::parse("pw").expect("a password")),
        Command::Stat,
        Command::List(None),
        Command::Quit,
        Command::Noop,
    ];
    for command in commands {
        client.send(command);
    }
    assert_eq!(exchange(&mut client, "+OK\r\n"), ["CAPA"]);
    assert_eq!(exchange(&mut client, "+OK\r\nPIPELINING\r\nSTLS\r\n.\r\n"), ["STLS"]);
    client.handle_input(b"+OK\r\n");
    while client.poll_output().expect("the server behaves") != Output::UpgradeTls {}
    client.handle_tls_ready();
    // What was announced in the clear is forgotten: one at a time again, until CAPA is heard anew (RFC 2595 §4).
    assert!(!client.capabilities().pipelining);
    assert_eq!(exchange(&mut client, ""), ["CAPA"]);
    assert_eq!(exchange(&mut client, "+OK\r\nPIPELINING\r\n.\r\n"), ["USER ada", "PASS pw"]);
    assert_eq!(exchange(&mut client, "+OK\r\n"), [""; 0]);
    assert_eq!(exchange(&mut client, "+OK\r\n"), ["STAT", "LIST", "QUIT"]);
    assert_eq!(exchange(&mut client, "+OK 0 0\r\n+OK\r\n.\r\n+OK bye\r\n"), [""; 0]);
    assert_eq!(client.state(), State::Update);
}

#[test]
fn a_command_that_does_not_fit_the_state_is_dropped_and_said_so() {
    let mut client = Client::new();
    client.send(Command::Stat);
    client.handle_input(b"+OK\r\n");
    let mut not_sent = false;
    loop {
        match client.poll_output().expect("the server behaves") {
            Output::Event(Event::NotSent { .. }) => not_sent = true,
            Output::Transmit(octets) => panic!("{}", octets.escape_ascii()),
            Output::Event(_) | Output::UpgradeTls => {}
            Output::Idle => break,
        }
    }
    assert!(not_sent);
}

#[test]
fn one_refusal_fails_one_command() {
    let mut client = logged_in("PIPELINING\r\n");
    (0..3).for_each(|number| {
        client.send(top(number));
    });
    exchange(&mut client, "");
    client.handle_input(b"+OK\r\n.\r\n-ERR no\r\n+OK\r\n.\r\n");
    let mut replies = Vec::new();
    loop {
        match client.poll_output().expect("the server behaves") {
            Output::Event(Event::Reply { reply, .. }) => replies.push(matches!(reply, Reply::MessageEnd { .. })),
            Output::Idle => break,
            Output::Event(_) | Output::Transmit(_) | Output::UpgradeTls => {}
        }
    }
    assert_eq!(replies, [true, false, true]);
}
