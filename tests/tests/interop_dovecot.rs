//! Dovecot's messages, octet by octet: as they lie in the Maildir, as Python's poplib sees them, as our client sees
//! them over TCP, and through the bridge over TLS.

use popglass_protocol::tunnel::Address;
use popglass_tests::{
    bridge::{self, Bridge},
    dovecot::Dovecot,
    mails,
    native::{self, Tunnel},
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
