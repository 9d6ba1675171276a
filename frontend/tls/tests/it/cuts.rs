//! Connections that end or change where they should not: at every octet of the handshake, and in the middle of a message.

use popglass_session::security::{TlsEvent, TlsFault, Trust};
use popglass_tls::engine::Configurations;
use rustls::version::{TLS12, TLS13};

use crate::world::{Authority, BOTH, Client, Kind, NAME, NOW, Server, clock, server_config, server_params, standing};

#[test]
fn cut_at_any_octet_of_the_handshake_it_never_stands() {
    let authority = Authority::new(Kind::P256);
    let identity = authority.issue(&server_params(NAME), Kind::P256);
    for version in BOTH {
        let config = server_config(&identity, &[version]);
        let mut configurations = Configurations::with_public(clock(NOW), authority.roots());
        for octets in 0.. {
            let mut client = Client::open(&mut configurations, &Trust::default());
            let mut server = Server::new(&config);
            // No resumption: nothing comes back of what an earlier turn has learnt.
            let mut left = octets;
            loop {
                server.feed(&client.engine.take_ciphertext());
                let mut down = server.take();
                let whole = down.len() <= left;
                down.truncate(left);
                left -= down.len();
                client.feed(&down);
                if !whole || down.is_empty() || !client.events.is_empty() {
                    break;
                }
            }
            if matches!(client.events.first(), Some(TlsEvent::Ready { .. })) {
                assert!(octets > 500, "it stood after {octets} octets");
                break;
            }
            client.end();
            assert_eq!((client.events.len(), client.refusal().fault), (1, TlsFault::CutInHandshake), "{octets}");
            assert!(client.plaintext.is_empty());
        }
    }
}

#[test]
fn cut_without_a_goodbye_it_is_never_taken_for_the_end() {
    for version in BOTH {
        for octets in [0, 1, 5, 20, 100] {
            let (mut client, mut server) = standing(version);
            server.send(b"+OK message follows\r\n");
            client.talk(&mut server);
            server.send(&[b'x'; 200]);
            client.feed(&server.take()[..octets]);
            client.end();
            client.end();
            assert_eq!(client.events.len(), 2);
            let refusal = client.refusal();
            assert_eq!((refusal.fault, refusal.pin.as_deref()), (TlsFault::Truncated, None));
            assert!(!refusal.certificates.en.is_empty());
            assert_eq!(client.plaintext, b"+OK message follows\r\n");
        }
    }
}

#[test]
fn what_was_changed_on_its_way_is_never_plaintext() {
    let first = b"+OK 20000 octets\r\n";
    let message = vec![b'm'; 20_000];
    for version in [&TLS13, &TLS12] {
        // The third octet means nothing (RFC 8446 §5.1).
        for position in [0, 1, 3, 4, 5, 6, 21, 200, 15_000, 16_500, 18_000] {
            let (mut client, mut server) = standing(version);
            server.send(first);
            client.talk(&mut server);
            server.send(&message);
            let mut octets = server.take();
            octets[position] ^= 0x40;
            client.feed(&octets);
            client.end();
            let fault = client.refusal().fault;
            // A length that was changed may wait for octets that never come; everything else is found at once.
            let expected = [TlsFault::Corrupted, TlsFault::Truncated];
            assert!(expected.contains(&fault) && (fault == TlsFault::Corrupted || (3..5).contains(&position)));
            let rest = client.plaintext.strip_prefix(first).unwrap();
            assert!(message.starts_with(rest) && rest.len() < message.len(), "{position}");
            if fault == TlsFault::Corrupted {
                assert!(!client.engine.take_ciphertext().is_empty(), "the server hears of it by an alert");
            }
        }
    }
}
