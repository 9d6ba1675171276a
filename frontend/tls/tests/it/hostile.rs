//! Strangers' octets: in the connection, in certificates, in texts. Nothing may panic, which in the browser is a trap.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::tunnel::{TlsEnds, TlsSummary};
use popglass_session::security::{Sections, Secured, Trust, Vouched};
use popglass_tls::{authorities::read_authorities, certificates::read_certificates, engine::Configurations};
use proptest::prelude::*;
use rustls::{RootCertStore, version::TLS13};

use crate::world::{
    Authority, BOTH, Client, Kind, NAME, NOW, Server, clock, fixture, server_config, server_params, standing,
};

pub(crate) fn view(chain: &[&[u8]]) -> Sections {
    let summary = TlsSummary {
        version: "TLSv1.3".into(),
        suite: "TLS13_AES_256_GCM_SHA384".into(),
        server_name: NAME.into(),
        chain: chain.iter().map(|certificate| BASE64.encode(certificate)).collect(),
    };
    let secured = Secured { ends: TlsEnds::Bridge, summary, vouched: Vouched::Bridge, resumed: false };
    read_certificates(&secured, &clock(NOW))
}

/// Shown as it is, it stays on its line and turns nothing around.
fn is_harmless(sections: &Sections) -> bool {
    let texts = [&sections.en, &sections.de].into_iter().flatten().flat_map(|section| {
        section.rows.iter().flat_map(|(label, value)| value.lines().chain([label.as_str()])).collect::<Vec<_>>()
    });
    texts.into_iter().all(|line| {
        line.chars().count() < 300
            && !line.chars().any(|character| {
                character.is_control()
                    || ('\u{202A}'..='\u{202E}').contains(&character)
                    || ('\u{2066}'..='\u{2069}').contains(&character)
            })
    })
}

/// Certificates to be damaged.
fn samples() -> Vec<Vec<u8>> {
    let authority = Authority::new(Kind::P256);
    let mut params = server_params(NAME);
    params.subject_alt_names.push(rcgen::SanType::IpAddress([192, 0, 2, 1].into()));
    vec![
        authority.certificate().to_vec(),
        authority.issue(&params, Kind::P384).certificate().to_vec(),
        fixture(include_str!("../fixtures/weak-rsa-1024.pem")).to_vec(),
        fixture(include_str!("../fixtures/weak-version-1.pem")).to_vec(),
    ]
}

#[test]
fn certificates_cut_anywhere_are_shown_as_unreadable() {
    for sample in samples() {
        for octets in 0..sample.len() {
            let sections = view(&[&sample[..octets]]);
            assert_eq!(sections.en.len(), 2);
            assert_eq!(sections.en[1].rows.len(), 2, "cut at {octets}");
        }
    }
}

#[test]
fn certificates_with_any_one_octet_changed_do_no_harm() {
    for sample in samples() {
        for position in 0..sample.len() {
            for mask in [0x01, 0x20, 0x80, 0xff] {
                let mut damaged = sample.clone();
                damaged[position] ^= mask;
                assert!(is_harmless(&view(&[&damaged])), "{position} {mask}");
            }
        }
    }
}

/// Where each record's second octet of a version lies.
fn version_places(flight: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = 0;
    while let Some(header) = flight.get(start..start + 5) {
        places.push(start + 2);
        start += 5 + usize::from(u16::from_be_bytes([header[3], header[4]]));
    }
    places
}

proptest! {
    #[test]
    fn octets_that_are_no_certificate_do_no_harm(chain in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 0..12)) {
        let chain: Vec<_> = chain.iter().map(Vec::as_slice).collect();
        prop_assert!(is_harmless(&view(&chain)));
    }

    #[test]
    fn damaged_certificates_do_no_harm(
        which in 0_usize..4,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut damaged = samples().swap_remove(which);
        for (index, octet) in changes {
            let position = index.index(damaged.len());
            damaged[position] = octet;
        }
        if let Some(cut) = cut {
            let position = cut.index(damaged.len());
            let insert = damaged[..position].to_vec();
            damaged.splice(position..position, insert);
        }
        prop_assert!(is_harmless(&view(&[&damaged])));
        // A server that shows it is refused, and nothing else happens.
        let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64.encode(&damaged));
        let _ = read_authorities(&pem);
    }

    #[test]
    fn any_text_for_an_authority_is_answered(text in "(-----BEGIN (CERTIFICATE|X)-----\n?|-----END CERTIFICATE-----\n|[A-Za-z0-9+/=]{0,40}\n|.{0,20}){0,12}") {
        let _ = read_authorities(&text);
    }

    #[test]
    fn octets_that_nobody_expects_end_in_a_failure_or_in_waiting(octets in proptest::collection::vec(any::<u8>(), 0..600), as_record in any::<bool>()) {
        let mut client = Client::open(&mut Configurations::with_public(clock(NOW), RootCertStore::empty()), &Trust::default());
        if as_record {
            let length = u16::try_from(octets.len()).unwrap().to_be_bytes();
            client.feed(&[22, 3, 3, length[0], length[1]]);
        }
        client.feed(&octets);
        client.end();
        prop_assert_eq!(client.events.len(), 1);
        client.refusal();
        prop_assert!(client.plaintext.is_empty());
    }

    #[test]
    fn a_damaged_handshake_never_stands(index in any::<prop::sample::Index>(), mask in 1_u8.., tls13 in any::<bool>()) {
        let authority = Authority::new(Kind::P256);
        let identity = authority.issue(&server_params(NAME), Kind::P256);
        let mut client = Client::open(&mut Configurations::with_public(clock(NOW), authority.roots()), &Trust::default());
        let mut server = Server::new(&server_config(&identity, &[BOTH[usize::from(!tls13)]]));
        server.feed(&client.engine.take_ciphertext());
        let mut flight = server.take();
        let position = index.index(flight.len());
        // The version of a record means nothing (RFC 8446 §5.1).
        prop_assume!(!version_places(&flight).contains(&position));
        flight[position] ^= mask;
        client.feed(&flight);
        client.talk(&mut server);
        client.end();
        prop_assert!(!matches!(client.events.first(), Some(popglass_session::security::TlsEvent::Ready { .. })), "{}", position);
        client.refusal();
    }

    #[test]
    fn octets_that_nobody_expects_in_the_middle_end_the_connection(octets in proptest::collection::vec(any::<u8>(), 40..300)) {
        let (mut client, _) = standing(&TLS13);
        client.feed(&octets);
        client.end();
        prop_assert_eq!(client.events.len(), 2);
        client.refusal();
        prop_assert!(client.plaintext.is_empty());
    }
}
