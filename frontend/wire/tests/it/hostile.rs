//! Any octets at any place: nothing panics, and nothing is made up.

use popglass_protocol::transcript::Direction;
use popglass_wire::{
    attacker::Attacker,
    identity::Identity,
    link::{ClientTrust, Link},
    recorded::{self, Span, annotate},
    texts,
};
use proptest::{collection::vec, prelude::*};

use crate::scene::NOW_MS;

fn attackers() -> impl Strategy<Value = Attacker> {
    prop_oneof![
        Just(Attacker::None),
        Just(Attacker::StripStls),
        vec(any::<u8>(), 0..100).prop_map(Attacker::InjectAfterStls),
        prop::sample::select(Identity::ALL.to_vec()).prop_map(Attacker::FalseCertificate),
    ]
}

/// Octets that look like what is expected, now and then.
fn said() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..200),
        Just(b"STLS\r\n".to_vec()),
        Just(b"CAPA\r\n".to_vec()),
        Just(b"+OK\r\nSTLS\r\n.\r\n".to_vec()),
        Just(b"\x16\x03\x01".to_vec()),
        Just(recorded::session()[0].wire.to_vec()),
        Just(recorded::session()[1].wire.to_vec()),
    ]
}

/// Every octet is in exactly one span, and each has words.
fn check_spans(octets: &[u8], spans: &[Span]) {
    let mut at = 0;
    for span in spans {
        assert_eq!(span.range.start, at);
        assert!(span.range.end > at);
        at = span.range.end;
        let explained = texts::explain(span.part);
        assert!(!explained.en.text.is_empty() && !explained.de.text.is_empty());
    }
    assert_eq!(at, octets.len());
}

proptest! {
    #[test]
    fn whatever_is_said_on_whatever_wire_nothing_panics(
        attacker in attackers(),
        begins_with_tls in any::<bool>(),
        words in vec((0..6_u8, said()), 1..12),
    ) {
        let trust = ClientTrust::school();
        let link = if begins_with_tls {
            Link::tls(Identity::Good, &trust, NOW_MS)
        } else {
            Link::starting_plain(Identity::Good, &trust, NOW_MS)
        };
        let mut link = link.with_attacker(&attacker);
        for (who, octets) in words {
            match who {
                0 | 1 => link.client_send(&octets),
                2 | 3 => link.server_send(&octets),
                4 => link.client_start_tls(),
                _ => link.server_start_tls(),
            }
            link.pump();
        }
        link.client_close();
        link.pump();
        prop_assert!(link.server_is_over());
        let kept: usize = link.tap().chunks().iter().map(|chunk| chunk.octets.len()).sum();
        prop_assert!(link.tap().hidden_octets() <= kept);
    }

    #[test]
    fn any_octets_are_cut_without_gap_or_overlap(octets in vec(any::<u8>(), 0..300), is_client in any::<bool>()) {
        let direction = if is_client { Direction::ClientToServer } else { Direction::ServerToClient };
        check_spans(&octets, &annotate::of_wire(direction, &octets));
        check_spans(&octets, &annotate::of_inner(direction, &octets));
    }

    #[test]
    fn damaged_records_are_cut_without_gap_or_overlap(
        index in 0..recorded::session().len(),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let record = &recorded::session()[index];
        for (octets, is_inner) in [(record.wire, false), (record.inner.unwrap_or_default(), true)] {
            if octets.is_empty() {
                continue;
            }
            let mut octets = octets.to_vec();
            for (place, octet) in &damage {
                *place.get_mut(&mut octets) = *octet;
            }
            octets.truncate(cut.index(octets.len()) + 1);
            let cut = if is_inner { annotate::of_inner } else { annotate::of_wire };
            check_spans(&octets, &cut(record.direction, &octets));
        }
    }

    #[test]
    fn a_tap_reads_the_same_however_it_is_cut(words in vec(said(), 1..6), piece_octets in 1..40_usize) {
        let hear = |pieces: Vec<&[u8]>| {
            let mut link = Link::plain(NOW_MS);
            for piece in pieces {
                link.client_send(piece);
                link.pump();
            }
            link.tap().sights().iter().map(|sight| sight.seen.clone()).collect::<Vec<_>>()
        };
        let octets = words.concat();
        prop_assert_eq!(hear(vec![&octets]), hear(octets.chunks(piece_octets).collect()));
    }
}
