//! Real POP3 servers of five makers: two hundred messages by every way in that they offer, octet by octet as they were
//! delivered, by Python's poplib and by our client for the command line; then some of them deleted by both, and the
//! server's own store asked what is left.

mod ours;
mod rows;

use popglass_tests::{
    dovecot, mails,
    poplib::{self, Security, Session},
    servers::{Maker, PASSWORD, RunningServer, USER},
    wait,
};
use rows::{COMMANDS, NOT_TRIED, ROWS, Row};

/// Every row of one server, one after the other in the same maildrop: first all that reads, then what deletes.
async fn check(maker: Maker) {
    let mut delivered = mails::raw(&mails::maildrop());
    let server = RunningServer::start(maker, &delivered).await;
    for row in ROWS.iter().filter(|row| row.maker == maker) {
        let witnessed = witness(&server, row, &delivered);
        ours::check_reading(&server, row, &witnessed);
    }
    assert_eq!(server.messages_left(), delivered, "reading deletes nothing");
    for row in ROWS.iter().filter(|row| row.maker == maker) {
        // One in the middle and the last.
        let numbers = [delivered.len() / 2, delivered.len()];
        poplib::run(&Session { delete: &numbers, ..session(&server, row.security) });
        remove(&server, &mut delivered, numbers).await;
        // The first and one in the middle.
        let numbers = [1, delivered.len() / 2];
        ours::delete(&server, row, numbers);
        remove(&server, &mut delivered, numbers).await;
    }
    ours::check_wrong_passwords(&server, ROWS.iter().rfind(|row| row.maker == maker).expect("every maker has a row"));
}

/// What poplib sees: each way to log in, and the messages as they were delivered.
fn witness(server: &RunningServer, row: &Row, delivered: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut messages = Vec::new();
    for (place, &mechanism) in row.mechanisms.iter().enumerate() {
        let way = format!("{:?} by {:?} and {mechanism}", row.maker, row.security);
        // One way of logging in is enough to see that the messages come as they are.
        let seen = poplib::run(&Session { mechanism, fetch: place == 0, ..session(server, row.security) });
        assert_eq!(seen.count, delivered.len(), "{way}");
        check_announced(&way, row, mechanism, &seen.mechanisms());
        if place == 0 {
            assert_same(&way, &seen.messages, server, delivered);
            messages = seen.messages;
        }
    }
    messages
}

/// Waits until two messages are gone from the server's store, and no others.
async fn remove(server: &RunningServer, delivered: &mut Vec<Vec<u8>>, numbers: [usize; 2]) {
    for number in numbers.into_iter().rev() {
        delivered.remove(number - 1);
    }
    // Cyrus answers QUIT first and unlinks then.
    let gone = wait::until(wait::PATIENCE, async || (server.messages_left() == *delivered).then_some(())).await;
    assert!(gone.is_some(), "{:?}: {} messages are left, or others", server.maker, server.messages_left().len());
}

fn session(server: &RunningServer, security: Security) -> Session<'_> {
    Session {
        server: server.address(security),
        security,
        mechanism: "USER",
        user: USER,
        password: PASSWORD,
        token: dovecot::TOKEN,
        certificates: &server.certificates,
        fetch: false,
        delete: &[],
    }
}

fn assert_same(way: &str, fetched: &[Vec<u8>], server: &RunningServer, delivered: &[Vec<u8>]) {
    assert_eq!(fetched.len(), delivered.len(), "{way}");
    for (place, (fetched, delivered)) in fetched.iter().zip(delivered).enumerate() {
        assert!(server.as_delivered(fetched) == *delivered, "{way}: message {place} differs");
    }
}

/// What is tried must be announced, and what is announced must be tried: else there would be a hole in the table.
fn check_announced(way: &str, row: &Row, mechanism: &str, announced: &[&str]) {
    assert!(COMMANDS.contains(&mechanism) || announced.contains(&mechanism), "{way}: {announced:?}");
    let hole = announced.iter().find(|name| !row.mechanisms.contains(name) && !NOT_TRIED.contains(name));
    assert_eq!(hole, None, "{way}: {announced:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn dovecot_serves_and_deletes() {
    check(Maker::Dovecot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn courier_serves_and_deletes() {
    check(Maker::Courier).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cyrus_serves_and_deletes() {
    check(Maker::Cyrus).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mailutils_serves_and_deletes() {
    check(Maker::Mailutils).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn popa3d_serves_and_deletes() {
    check(Maker::Popa3d).await;
}
