//! Dovecot's messages, octet by octet: as they lie in the Maildir, as Python's poplib sees them, as our client sees
//! them over TCP, and through the bridge over TLS; and what our client makes of its answers to lines typed by hand.

use std::collections::BTreeSet;

use popglass_protocol::{
    client::{Client, Event, Output},
    reply::Reply,
    state::State,
    tunnel::Address,
};
use popglass_tests::{
    bridge::{self, Bridge},
    dovecot::Dovecot,
    mails,
    native::{self, Link as _, Tunnel},
    poplib,
};
use tokio::net::TcpStream;

const USER: &str = "alex";
const PASSWORD: &str = "open sesame";

fn assert_same(fetched: &[Vec<u8>], written: &[Vec<u8>]) {
    assert_eq!(fetched.len(), written.len());
    for (place, (fetched, written)) in fetched.iter().zip(written).enumerate() {
        assert!(fetched == written, "message {place} differs");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn poplib_sees_what_lies_in_the_maildir() {
    let raw = mails::raw(&mails::maildrop());
    let dovecot = Dovecot::start(USER, PASSWORD, &raw).await;
    assert_same(&poplib::fetch_all(dovecot.pop3s, &dovecot.authority(), USER, PASSWORD), &raw);
    let everything: Vec<usize> = (0..raw.len()).collect();
    assert_eq!(dovecot.messages_on_disk(USER, &raw), everything, "reading deletes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn our_client_sees_the_same_over_tcp() {
    let raw = mails::raw(&mails::maildrop());
    let dovecot = Dovecot::start(USER, PASSWORD, &raw).await;
    let mut stream = TcpStream::connect(dovecot.pop3).await.expect("Dovecot listens");
    assert_same(&native::fetch_all(&mut stream, USER, PASSWORD).await, &raw);
}

#[tokio::test(flavor = "multi_thread")]
async fn our_client_sees_the_same_through_the_bridge() {
    let mut raw = mails::raw(&mails::maildrop());
    // Larger than what the bridge may send without new credit.
    raw.push(mails::large(4_000_000).raw);
    let dovecot = Dovecot::start(USER, PASSWORD, &raw).await;
    let port = dovecot.pop3s.port();
    let bridge = Bridge::start(bridge::Options {
        targets: &[format!("localhost:{port},tls,private")],
        authority: Some(&dovecot.authority()),
        ..bridge::Options::default()
    })
    .await;
    let mut tunnel = Tunnel::open(bridge.address, Address { host: "localhost".to_owned(), port }).await;
    assert_same(&native::fetch_all(&mut tunnel, USER, PASSWORD).await, &raw);
    drop(tunnel);
    bridge.finish().await;
}

/// Until the server has answered, or asks back.
async fn answer_to(line: &str, client: &mut Client, stream: &mut TcpStream) -> String {
    client.send_line(line).expect("the line can be sent");
    loop {
        match client.poll_output().expect("the client is in step") {
            Output::Transmit(octets) => stream.send(octets).await,
            Output::Event(Event::Reply { reply: Reply::ToUnknown { .. }, .. }) => return "ToUnknown".to_owned(),
            Output::Event(Event::Reply { reply, .. }) => return format!("{reply:?}"),
            Output::Event(Event::Challenge { .. }) => return "Challenge".to_owned(),
            Output::Event(_) => {}
            Output::UpgradeTls => panic!("TLS was refused by everybody so far"),
            Output::Idle => client.handle_input(&stream.receive().await.expect("Dovecot goes on")),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_client_keeps_step_whatever_is_typed() {
    let raw = mails::raw(&mails::maildrop());
    let dovecot = Dovecot::start(USER, PASSWORD, &raw).await;
    let mut stream = TcpStream::connect(dovecot.pop3).await.expect("Dovecot listens");
    let mut client = Client::new();
    let (name, password) = (format!("user {USER}"), format!("Pass {PASSWORD}"));
    use State::{Authorization, Transaction, Update, UserGiven};
    let refused = "Refused(Refusal { command: ";
    // After the third wrong line Dovecot hangs up, before the login.
    for (line, reply, state) in [
        ("retr 1", refused, Authorization),
        ("what?", "ToUnknown", Authorization),
        ("AUTH PLAIN", "Challenge", Authorization),
        ("*", "Refused(Refusal { command: Auth", Authorization),
        (name.as_str(), "UserAccepted", UserGiven),
        ("PASS wrong", "Refused(Refusal { command: Pass", Authorization),
        (name.as_str(), "UserAccepted", UserGiven),
        (password.as_str(), "LoggedIn", Transaction),
        ("stat", "Stat", Transaction),
        ("List", "List([", Transaction),
        ("LIST 1", "List([Listed { number: MessageNumber(1)", Transaction),
        // Dovecot passes over blanks, and over arguments where none belong.
        ("LIST  1", "ToUnknown", Transaction),
        ("LIST x", "ToUnknown", Transaction),
        ("UIDL  1", "ToUnknown", Transaction),
        ("CAPA x", "Capabilities", Transaction),
        ("STAT 1", "Stat", Transaction),
        ("NOOP x", "StillThere", Transaction),
        ("RETR  1", "MessageEnd { number: MessageNumber(1)", Transaction),
        ("TOP  1 0", "MessageEnd { number: MessageNumber(1)", Transaction),
        ("TOP 1", "ToUnknown", Transaction),
        ("DELE 1 x", "ToUnknown", Transaction),
        ("DELE\t1", "ToUnknown", Transaction),
        ("DELE  1", "Marked(MessageNumber(1))", Transaction),
        ("DELE 2x", "ToUnknown", Transaction),
        ("RSET 1", "MarksTakenBack", Transaction),
        ("uidl 1", "Uidl([", Transaction),
        ("", "ToUnknown", Transaction),
        (" STAT", "ToUnknown", Transaction),
        ("RETR x", "ToUnknown", Transaction),
        ("RETR 9999", "Refused(Refusal { command: Retr", Transaction),
        ("TOP 1 0", "MessageEnd { number: MessageNumber(1)", Transaction),
        ("retr 1", "MessageEnd { number: MessageNumber(1)", Transaction),
        ("USER ada", "Refused(Refusal { command: User", Transaction),
        ("AUTH PLAIN", "Refused(Refusal { command: Auth", Transaction),
        ("STLS", "Refused(Refusal { command: Stls", Transaction),
        ("DELE 1", "Marked(MessageNumber(1))", Transaction),
        ("DELE 1", "Refused(Refusal { command: Dele", Transaction),
        ("rset", "MarksTakenBack", Transaction),
        ("CAPA", "Capabilities", Transaction),
        ("quit", "Goodbye", Update),
    ] {
        let answer = answer_to(line, &mut client, &mut stream).await;
        assert!(answer.starts_with(reply), "{line:?}: {answer}");
        assert_eq!(client.state(), state, "{line:?}");
    }
    let everything: Vec<usize> = (0..raw.len()).collect();
    assert_eq!(dovecot.messages_on_disk(USER, &raw), everything, "nothing was marked in the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_dovecot_deletes_is_what_our_client_says() {
    let raw = mails::raw(&mails::maildrop());
    let dovecot = Dovecot::start(USER, PASSWORD, &raw).await;
    let mut stream = TcpStream::connect(dovecot.pop3).await.expect("Dovecot listens");
    let mut client = Client::new();
    let (name, password) = (format!("USER {USER}"), format!("PASS {PASSWORD}"));
    let mut marks = BTreeSet::new();
    // Lines that are no commands, and of which Dovecot carries some out.
    for line in [
        name.as_str(),
        &password,
        "DELE  1",
        "RSET now",
        "DELE 02",
        "DELE  03",
        "DELE\t1",
        "DELE 1 2",
        "DELE 1x",
        "DELETE 1",
        " DELE 1",
        "LIST  1",
        "QUIT 1",
    ] {
        let answer = answer_to(line, &mut client, &mut stream).await;
        match answer.strip_prefix("Marked(MessageNumber(").and_then(|rest| rest.split_once(')')) {
            Some((number, _)) => drop(marks.insert(number.parse::<usize>().expect("it is a number") - 1)),
            None if answer == "MarksTakenBack" => marks.clear(),
            None => {}
        }
    }
    assert_eq!(client.state(), State::Update, "Dovecot takes QUIT 1 for QUIT");
    assert_eq!(marks, BTreeSet::from([1, 2]));
    while stream.receive().await.is_some() {}
    let left: Vec<usize> = (0..raw.len()).filter(|place| !marks.contains(place)).collect();
    assert_eq!(dovecot.messages_on_disk(USER, &raw), left);
}
