//! What the client waits for, and how long, in each of its states.

use popglass_protocol::{
    client::{Client, Config, WaitReason},
    command::{Command, CommandName},
    limits,
};

use crate::{Session, retr};

fn check(session: &Session, expected: Option<(WaitReason, u64)>) {
    let wait = session.client.wait().map(|wait| (wait.reason, wait.silence_ms_max));
    assert_eq!(wait, expected);
}

#[test]
fn the_client_says_what_it_waits_for_and_nothing_when_it_is_the_hosts_turn() {
    let wait = Client::new().wait().unwrap();
    assert_eq!((wait.reason, wait.silence_ms_max), (WaitReason::Greeting, limits::GREETING_MS_MAX));
    let reply = |name| Some((WaitReason::Reply(name), limits::REPLY_MS_MAX));

    let mut session = Session::greeted(Config::default());
    check(&session, None);
    session.say(Command::Stls);
    check(&session, reply(CommandName::Stls));
    session.hear("+OK\r\n");
    check(&session, Some((WaitReason::Tls, limits::TLS_MS_MAX)));
    session.client.handle_tls_ready();
    check(&session, None);

    let mut session = Session::logged_in(Config::default(), "PIPELINING\r\n");
    session.say(retr(1));
    session.say(Command::Quit);
    check(&session, reply(CommandName::Retr));
    session.hear("+OK\r\nhalf a mess");
    check(&session, reply(CommandName::Retr));
    session.hear("age\r\n.\r\n");
    check(&session, Some((WaitReason::Reply(CommandName::Quit), limits::QUIT_MS_MAX)));
    session.hear("+OK\r\n");
    check(&session, None);
    session.close();
    check(&session, None);

    let mut session = Session::logged_in(Config::default(), "");
    session.say(Command::Noop);
    session.hear("what?\r\n");
    assert!(session.error.is_some());
    check(&session, None);
}
