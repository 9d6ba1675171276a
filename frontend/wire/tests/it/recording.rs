//! The recording is what it says: its keys open it, its parts are all of it, and its capture holds the same octets.

use popglass_protocol::transcript::Direction::{ClientToServer, ServerToClient};
use popglass_wire::{
    identity::{Identity, SERVER_NAME},
    link::Link,
    recorded::{self, CAPTURE, KEY_LOG, Part, Record, annotate::Who},
    tap::{RecordContent, Tap},
    texts,
};

/// What each side says inside, and how many octets the handshake has.
fn said(who: Who) -> Vec<String> {
    let lines = |record: &Record| {
        let inner = record.inner.unwrap_or_default();
        let spans = record.inner_spans().into_iter().filter(|span| span.part == Part::Pop3(who));
        spans.map(|span| String::from_utf8(inner[span.range].to_vec()).unwrap()).collect::<Vec<_>>()
    };
    recorded::session().iter().flat_map(lines).collect()
}

#[test]
fn the_keys_open_every_record_to_the_plaintext_that_is_checked_in() {
    let records: Vec<_> = recorded::session().iter().map(|record| (record.direction, record.wire)).collect();
    let opened = recorded::open_all(&records, KEY_LOG).expect("the keys fit");
    assert_eq!(opened.len(), recorded::session().len());
    for (record, opened) in recorded::session().iter().zip(&opened) {
        assert_eq!(record.inner, opened.as_deref());
        assert_eq!(record.inner.is_some(), record.wire[0] == 23, "what is encrypted says that it is application data");
    }
}

#[test]
fn a_changed_octet_is_noticed() {
    for index in [0, 5, 20, 30] {
        let mut records: Vec<_> = recorded::session().iter().map(|record| (record.direction, record.wire)).collect();
        let place = recorded::session().iter().position(|record| record.inner.is_some()).unwrap();
        let mut changed = records[place].1.to_vec();
        changed[index] ^= 1;
        // A changed type is no encrypted record any more, and then nothing that follows fits.
        records[place].1 = &changed;
        assert_eq!(recorded::open_all(&records, KEY_LOG), None, "octet {index}");
    }
    assert_eq!(recorded::open_all(&[], ""), None, "there are no keys");
}

#[test]
fn every_octet_is_in_one_part_and_every_part_is_known() {
    for (index, record) in recorded::session().iter().enumerate() {
        let both = [(record.wire, record.wire_spans()), (record.inner.unwrap_or_default(), record.inner_spans())];
        for (octets, spans) in both {
            let mut at = 0;
            for span in spans {
                assert_eq!(span.range.start, at, "record {index}");
                assert!(span.range.end > at, "record {index}");
                assert_ne!(span.part, Part::Unknown, "record {index} at {at}");
                assert!(!span.part.section().is_empty());
                at = span.range.end;
            }
            assert_eq!(at, octets.len(), "record {index}");
        }
        // Octet by octet, the plaintext lies under the ciphertext.
        if let Some(inner) = record.inner {
            let ciphertext = record.wire_spans().into_iter().find(|span| span.part == Part::Ciphertext).unwrap();
            assert_eq!(ciphertext.range, 5..5 + inner.len());
        }
    }
}

#[test]
fn every_part_is_explained_in_two_languages() {
    for record in recorded::session() {
        for span in record.wire_spans().into_iter().chain(record.inner_spans()) {
            let explained = texts::explain(span.part);
            for explanation in [&explained.en, &explained.de] {
                assert!(!explanation.title.is_empty() && !explanation.title.contains(['{', '}']));
                assert!(explanation.text.ends_with('.'), "{}", explanation.text);
                assert!(!explanation.title.contains("0x"), "no name for {:?}", span.part);
            }
            assert_ne!(explained.en.text, explained.de.text);
        }
    }
}

#[test]
fn the_session_is_the_whole_story() {
    let has = |part: Part| {
        let spans = recorded::session().iter().flat_map(|record| [record.wire_spans(), record.inner_spans()].concat());
        spans.into_iter().filter(|span| span.part == part).count()
    };
    for message in [1, 2, 4, 8, 11, 15] {
        assert_eq!(has(Part::MessageType(message)), 1, "message {message}");
    }
    assert_eq!(has(Part::MessageType(20)), 2);
    assert_eq!(has(Part::VersionChosen(0x0304)), 1);
    assert_eq!(has(Part::AlertDescription(0)), 2, "both say goodbye");
    assert_eq!(said(Who::Client), ["CAPA\r\n", "USER ada\r\n", "PASS lovelace\r\n", "STAT\r\n", "QUIT\r\n"]);
    let answers = said(Who::Server);
    assert_eq!(answers.first().map(String::as_str), Some("+OK POP3 ready\r\n"));
    assert!(answers.last().unwrap().starts_with("+OK"));
    assert!(answers.iter().all(|line| !line.starts_with("-ERR")));
}

#[test]
fn the_server_shows_the_good_certificate() {
    let certificate = Identity::Good.chain()[0];
    let inner = recorded::session().iter().filter_map(|record| record.inner);
    assert_eq!(inner.filter(|inner| inner.windows(certificate.len()).any(|window| window == certificate)).count(), 1);
}

#[test]
fn a_listener_sees_of_it_what_the_tap_sees_of_any_session() {
    let mut link = Link::plain(0);
    for record in recorded::session() {
        match record.direction {
            ClientToServer => link.client_send(record.wire),
            ServerToClient => link.server_send(record.wire),
        }
        link.pump();
    }
    let tap: &Tap = link.tap();
    assert_eq!(tap.records().count(), recorded::session().len());
    assert_eq!(tap.server_name(), Some(SERVER_NAME));
    assert!(!tap.contains(b"lovelace"));
    for ((_, seen), record) in tap.records().zip(recorded::session()) {
        assert_eq!(matches!(seen.content, RecordContent::Hidden { .. }), record.inner.is_some());
        assert_ne!(seen.content, RecordContent::Unreadable);
    }
}

#[test]
fn the_capture_holds_the_same_records_and_the_same_keys() {
    let holds = |octets: &[u8]| CAPTURE.windows(octets.len()).any(|window| window == octets);
    assert!(recorded::session().iter().all(|record| holds(record.wire)));
    assert!(holds(KEY_LOG.as_bytes()));
    // Section header, little endian; every block says its length twice.
    assert_eq!(CAPTURE[..12], [0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a]);
    let mut rest = CAPTURE;
    while let [_, _, _, _, a, b, c, d, ..] = rest {
        let octets = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
        assert_eq!(rest[octets - 4..octets], rest[4..8]);
        rest = &rest[octets..];
    }
    assert_eq!(rest, []);
}
