//! What a listener makes of what passes.

use popglass_protocol::transcript::Direction::{self, ClientToServer, ServerToClient};
use popglass_wire::{
    attacker::Attacker,
    identity::{Identity, SERVER_NAME},
    link::{ClientTrust, Link, ServerTls},
    tap::{RecordContent, RecordKind, TAP_OCTETS_MAX, Tap},
};

use crate::scene::{Kind, NOW_MS, Scene};

fn logged_in(kind: Kind) -> Scene {
    let mut scene = Scene::new(kind, Identity::Good, &ClientTrust::school(), &Attacker::Listen);
    scene.log_in_carelessly(kind).unwrap();
    assert!(scene.is_logged_in());
    scene
}

fn lines(tap: &Tap) -> Vec<(Direction, String)> {
    tap.readable().map(|(direction, line)| (direction, line.to_owned())).collect()
}

#[test]
fn in_the_clear_everything_is_read() {
    let scene = logged_in(Kind::Plain);
    let lines = lines(scene.link.tap());
    assert_eq!(lines[3], (ClientToServer, "PASS lovelace".to_owned()), "{lines:?}");
    assert_eq!(scene.link.tap().hidden_octets(), 0);
    assert_eq!(scene.link.tap().server_name(), None);
}

#[test]
fn of_tls_nothing_is_read_but_names_and_lengths() {
    let scene = logged_in(Kind::Tls);
    let tap = scene.link.tap();
    assert_eq!(lines(tap), []);
    assert_eq!(tap.server_name(), Some(SERVER_NAME));
    assert!(tap.contains(SERVER_NAME.as_bytes()), "the ClientHello says it in the clear");
    for hidden in ["lovelace", "ada", "PASS", "+OK", "School"] {
        assert!(!tap.contains(hidden.as_bytes()), "{hidden}");
    }
    // How long the password is can still be counted: "PASS " and the line's end are seven octets.
    let lengths = tap.records().filter_map(|(direction, record)| match record.content {
        RecordContent::Hidden { plaintext_octets_max } if direction == ClientToServer => Some(plaintext_octets_max),
        _ => None,
    });
    assert_eq!(lengths.last(), Some("lovelace".len() + 7));
}

#[test]
fn with_stls_the_beginning_is_read_and_nothing_later() {
    let scene = logged_in(Kind::Stls);
    let tap = scene.link.tap();
    let said: Vec<_> = lines(tap);
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(said[1], (ClientToServer, "STLS".to_owned()));
    assert_eq!(tap.records().next().map(|(_, record)| record.kind), Some(RecordKind::Handshake));
    assert!(!tap.contains(b"lovelace"));
    assert!(tap.hidden_octets() > 0);
}

#[test]
fn without_an_attacker_both_stretches_are_the_same() {
    for kind in [Kind::Plain, Kind::Stls, Kind::Tls] {
        let scene = logged_in(kind);
        for direction in [ClientToServer, ServerToClient] {
            assert_eq!(scene.link.tap().heard(direction), scene.link.tap_behind().heard(direction));
        }
        assert!(scene.link.acts().is_empty());
    }
}

#[test]
fn a_step_moves_one_thing_by_one_stretch() {
    let mut link = Link::plain(NOW_MS);
    link.client_send(b"NOOP\r\n");
    link.server_send(b"+OK\r\n");
    link.set_now_ms(NOW_MS + 5);
    let counts = |link: &Link| [link.tap().chunks().len(), link.tap_behind().chunks().len()];
    let mut seen = vec![counts(&link)];
    while link.step() {
        seen.push(counts(&link));
    }
    assert_eq!(seen, [[0, 0], [1, 0], [1, 1], [1, 2], [2, 2]]);
    assert_eq!(link.tap().chunks()[1].at_ms, NOW_MS + 5);
    assert_eq!((link.client_received(), link.server_received()), (b"+OK\r\n".to_vec(), b"NOOP\r\n".to_vec()));
}

#[test]
fn whoever_hangs_up_is_heard_after_his_last_word() {
    let check = |mut link: Link, tls: ServerTls| {
        link.pump();
        link.client_send(b"QUIT\r\n");
        link.client_close();
        link.pump();
        assert_eq!(link.server_received(), b"QUIT\r\n");
        assert!(link.server_is_over() && link.client_is_over());
        assert_eq!(link.server_tls(), tls);
        link.server_send(b"more");
        assert!(!link.step(), "nothing is said to nobody");
    };
    check(Link::plain(NOW_MS), ServerTls::Off);
    check(Link::tls(Identity::Good, &ClientTrust::school(), NOW_MS), ServerTls::Ended);
}

#[test]
fn the_tap_does_not_grow_without_end() {
    let mut link = Link::plain(NOW_MS);
    let message = vec![b'x'; 700_000];
    for _ in 0..3 {
        link.server_send(&message);
        link.pump();
    }
    assert_eq!(link.client_received().len(), 2_100_000);
    assert_eq!(link.tap().heard(ServerToClient).len(), TAP_OCTETS_MAX);
    assert_eq!(link.tap().missed_octets(), 2_100_000 - TAP_OCTETS_MAX);
}

#[test]
fn a_large_mail_goes_through_tls() {
    let mut link = Link::tls(Identity::Good, &ClientTrust::school(), NOW_MS);
    link.pump();
    let message: Vec<u8> = (0..3_000_000_u32).map(|index| index.to_le_bytes()[1]).collect();
    link.server_send(&message);
    link.client_send(&message);
    link.pump();
    assert!(link.client_received() == message && link.server_received() == message);
}
