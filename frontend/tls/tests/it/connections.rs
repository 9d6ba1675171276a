//! Connections that stand: versions, chains, who vouched, resumption, and octets both ways.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::sasl::ChannelBinding;
use popglass_session::security::{TlsEvent, TlsFault, Trust, Vouched};
use popglass_tls::engine::Configurations;
use proptest::prelude::*;
use rustls::{
    RootCertStore, SupportedProtocolVersion,
    crypto::ring,
    version::{TLS12, TLS13},
};

use crate::world::{
    Authority, BOTH, Client, Identity, Kind, NAME, NOW, Server, clock, meet, server_config, server_config_with,
    server_params, standing,
};

/// Nobody is a public authority.
fn nobody() -> Configurations {
    Configurations::with_public(clock(NOW), RootCertStore::empty())
}

#[test]
fn every_sound_chain_stands_in_both_versions() {
    let check = |root: Kind, between: Option<Kind>, end_entity: Kind| {
        let authority = Authority::new(root);
        let identity = match between {
            Some(kind) => {
                let intermediate = authority.intermediate(kind);
                intermediate.issue(&server_params(NAME), end_entity).with(&[&intermediate])
            }
            None => authority.issue(&server_params(NAME), end_entity),
        };
        for version in BOTH {
            let mut configurations = Configurations::with_public(clock(NOW), authority.roots());
            let (mut client, mut server) =
                meet(&mut configurations, &Trust::default(), &server_config(&identity, &[version]));
            let secured = client.secured().clone();
            let label = if version.version == TLS13.version { "TLSv1.3" } else { "TLSv1.2" };
            assert_eq!(secured.summary.version, label);
            assert_eq!((secured.vouched, secured.resumed), (Vouched::PublicAuthority, false));
            assert_eq!(secured.summary.server_name, NAME);
            assert_eq!(secured.summary.chain.len(), 1 + usize::from(between.is_some()));
            assert_eq!(secured.summary.chain[0], BASE64.encode(identity.certificate()));
            server.send(b"+OK ready\r\n");
            client.engine.send(b"QUIT\r\n");
            client.talk(&mut server);
            assert_eq!(
                (client.plaintext.as_slice(), server.received.as_slice()),
                (&b"+OK ready\r\n"[..], &b"QUIT\r\n"[..])
            );
        }
    };
    check(Kind::P256, None, Kind::P256);
    check(Kind::P384, Some(Kind::P256), Kind::P256);
    check(Kind::P256, Some(Kind::P384), Kind::P384);
    check(Kind::Rsa2048, None, Kind::Rsa2048);
    check(Kind::Rsa4096, Some(Kind::Rsa2048), Kind::Rsa2048);
    check(Kind::Rsa4096, Some(Kind::P384), Kind::P256);
}

#[test]
fn chacha20_is_taken_where_the_server_leaves_the_choice() {
    for version in BOTH {
        let (client, _) = standing(version);
        let suite = &client.secured().summary.suite;
        assert!(suite.ends_with("CHACHA20_POLY1305_SHA256"), "{suite}");
    }
}

#[test]
fn every_group_of_key_exchange_is_spoken() {
    let authority = Authority::new(Kind::P256);
    let identity = authority.issue(&server_params(NAME), Kind::P256);
    for group in ring::ALL_KX_GROUPS {
        for version in BOTH {
            let mut provider = ring::default_provider();
            provider.kx_groups = vec![*group];
            let mut configurations = Configurations::with_public(clock(NOW), authority.roots());
            let config = server_config_with(provider, &identity, &[version]);
            meet(&mut configurations, &Trust::default(), &config).0.secured();
        }
    }
}

#[test]
fn it_is_told_who_vouched() {
    let public = Authority::new(Kind::P256);
    let own = Authority::new(Kind::P256);
    let of_public = public.issue(&server_params(NAME), Kind::P256);
    let of_own = own.issue(&server_params(NAME), Kind::P256);
    let by_itself = Identity::self_signed(&server_params(NAME));
    let demo = Trust { demo: Some(BASE64.encode(own.certificate())), ..Trust::default() };
    let pins = |identity: &Identity| Trust { pins: vec![identity.pin()], ..own.trust() };
    let check = |identity: &Identity, trust: &Trust, vouched| {
        let mut configurations = Configurations::with_public(clock(NOW), public.roots());
        let (client, _) = meet(&mut configurations, trust, &server_config(identity, &BOTH));
        assert_eq!(client.secured().vouched, vouched);
    };
    check(&of_public, &Trust::default(), Vouched::PublicAuthority);
    check(&of_own, &own.trust(), Vouched::OwnAuthority);
    check(&of_own, &demo, Vouched::Demo);
    check(&by_itself, &pins(&by_itself), Vouched::Pin);
    // A pin is asked last: it says less than an authority.
    check(&of_own, &pins(&of_own), Vouched::OwnAuthority);
    check(&of_public, &pins(&of_public), Vouched::PublicAuthority);
}

#[test]
fn the_demo_counts_in_place_of_the_public_authorities_and_not_of_the_users_own_word() {
    let public = Authority::new(Kind::P256);
    let own = Authority::new(Kind::P256);
    let demo = Authority::new(Kind::P256);
    let check = |identity: &Identity, pins: Vec<String>| {
        let trust = Trust { demo: Some(BASE64.encode(demo.certificate())), pins, ..own.trust() };
        let mut configurations = Configurations::with_public(clock(NOW), public.roots());
        let (client, _) = meet(&mut configurations, &trust, &server_config(identity, &BOTH));
        match client.events.first() {
            Some(TlsEvent::Ready { secured, .. }) => Ok(secured.vouched),
            _ => Err(client.refusal().fault),
        }
    };
    let of_itself = Identity::self_signed(&server_params(NAME));
    for (identity, pins, expected) in [
        (&demo.issue(&server_params(NAME), Kind::P256), Vec::new(), Ok(Vouched::Demo)),
        (&public.issue(&server_params(NAME), Kind::P256), Vec::new(), Err(TlsFault::MissingIntermediate)),
        (&own.issue(&server_params(NAME), Kind::P256), Vec::new(), Ok(Vouched::OwnAuthority)),
        (&of_itself, Vec::new(), Err(TlsFault::SelfSigned)),
        (&of_itself, vec![of_itself.pin()], Ok(Vouched::Pin)),
    ] {
        assert_eq!(check(identity, pins), expected);
    }
}

#[test]
fn a_server_may_be_named_by_its_address() {
    for name in ["192.0.2.7", "2001:db8::7"] {
        let authority = Authority::new(Kind::P256);
        let identity = authority.issue(&server_params(name), Kind::P256);
        let mut client = Client::open_for(name, &mut nobody(), &authority.trust());
        client.talk(&mut Server::new(&server_config(&identity, &BOTH)));
        assert_eq!(client.secured().summary.server_name, name);
    }
}

#[test]
fn the_exporter_is_the_same_at_both_ends_and_of_tls_1_3_alone() {
    let (client, server) = standing(&TLS13);
    let expected = server.connection.export_keying_material([0; 32], ChannelBinding::EXPORTER_LABEL, None).unwrap();
    assert_eq!(client.exporter(), Some(expected));
    assert_eq!(standing(&TLS12).0.exporter(), None);
}

#[test]
fn a_later_connection_is_resumed_and_still_tells_who_vouched() {
    let own = Authority::new(Kind::P256);
    let by_itself = Identity::self_signed(&server_params(NAME));
    let pinned = Trust { pins: vec![by_itself.pin()], ..Trust::default() };
    let check = |identity: &Identity, trust: &Trust, version: &'static SupportedProtocolVersion, vouched| {
        let config = server_config(identity, &[version]);
        let mut configurations = nobody();
        for resumed in [false, true, true, true, true, true] {
            let (client, _) = meet(&mut configurations, trust, &config);
            let secured = client.secured();
            assert_eq!((secured.resumed, secured.vouched), (resumed, vouched));
            assert_eq!(secured.summary.chain, [BASE64.encode(identity.certificate())]);
            assert_eq!(client.exporter().is_some(), version.version == TLS13.version);
        }
        // Other trust is another matter: nothing of the old is taken over.
        let more = Trust { pins: vec!["00".repeat(32), identity.pin()], ..trust.clone() };
        let (client, _) = meet(&mut configurations, &more, &config);
        assert!(!client.secured().resumed);
        let (client, _) = meet(&mut configurations, &Trust::default(), &config);
        client.refusal();
    };
    for version in BOTH {
        check(&own.issue(&server_params(NAME), Kind::P256), &own.trust(), version, Vouched::OwnAuthority);
        check(&by_itself, &pinned, version, Vouched::Pin);
    }
}

#[test]
fn many_servers_do_not_make_the_memory_grow() {
    let own = Authority::new(Kind::P256);
    let mut configurations = nobody();
    let config = server_config(&own.issue(&server_params(NAME), Kind::P256), &BOTH);
    meet(&mut configurations, &own.trust(), &config).0.secured();
    for number in 0..8 {
        let _ = Client::open_for(&format!("{number}.example.org"), &mut configurations, &own.trust());
    }
    // The oldest was forgotten with its tickets.
    assert!(!meet(&mut configurations, &own.trust(), &config).0.secured().resumed);
    assert!(meet(&mut configurations, &own.trust(), &config).0.secured().resumed);
}

#[test]
fn the_end_is_told_behind_the_last_octet_and_answered() {
    for version in BOTH {
        let (mut client, mut server) = standing(version);
        server.send(b"+OK bye\r\n");
        server.connection.send_close_notify();
        let octets = server.take();
        client.engine.feed(&octets);
        assert_eq!(client.engine.poll_event(), None, "plaintext waits");
        assert_eq!(client.engine.take_plaintext(), b"+OK bye\r\n");
        assert_eq!(client.engine.poll_event(), Some(TlsEvent::Ended));
        server.feed(&client.engine.take_ciphertext());
        assert!(server.goodbye);
        // Whatever comes later is nothing to anybody.
        client.feed(b"more");
        client.engine.send(b"more");
        client.end();
        assert_eq!(client.events.len(), 1);
        assert!(client.engine.take_ciphertext().is_empty());
    }
}

#[test]
fn the_client_can_say_goodbye() {
    let (mut client, mut server) = standing(&TLS13);
    client.engine.send(b"QUIT\r\n");
    client.engine.close();
    client.talk(&mut server);
    assert!(server.goodbye);
    assert_eq!(server.received, b"QUIT\r\n");
}

#[test]
fn the_greeting_may_come_with_the_last_octets_of_the_handshake() {
    let authority = Authority::new(Kind::P256);
    let identity = authority.issue(&server_params(NAME), Kind::P256);
    let mut configurations = Configurations::with_public(clock(NOW), authority.roots());
    let mut config = server_config(&identity, &[&TLS13]);
    Arc::get_mut(&mut config).unwrap().send_half_rtt_data = true;
    let mut client = Client::open(&mut configurations, &Trust::default());
    let mut server = Server::new(&config);
    server.feed(&client.engine.take_ciphertext());
    server.send(b"+OK ready\r\n");
    client.feed(&server.take());
    client.secured();
    assert_eq!(client.plaintext, b"+OK ready\r\n");
}

#[test]
fn a_large_message_goes_through_in_both_directions() {
    let message: Vec<u8> = (0..3_000_000_u32).map(|index| index.to_le_bytes()[1]).collect();
    for version in BOTH {
        let (mut client, mut server) = standing(version);
        server.send(&message);
        client.engine.send(&message[..1_000_000]);
        client.talk_in(&mut server, 65_536);
        assert!(client.plaintext == message && server.received == message[..1_000_000]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_chunking_gives_the_same_plaintext(
        piece in 1_usize..700,
        message in proptest::collection::vec(any::<u8>(), 0..40_000),
        tls13 in any::<bool>(),
    ) {
        let authority = Authority::new(Kind::P256);
        let identity = authority.issue(&server_params(NAME), Kind::P256);
        let mut configurations = Configurations::with_public(clock(NOW), authority.roots());
        let mut client = Client::open(&mut configurations, &Trust::default());
        let mut server = Server::new(&server_config(&identity, &[if tls13 { &TLS13 } else { &TLS12 }]));
        client.talk_in(&mut server, piece);
        client.secured();
        server.send(&message);
        client.engine.send(&message);
        client.talk_in(&mut server, piece);
        prop_assert_eq!(&client.plaintext, &message);
        prop_assert_eq!(&server.received, &message);
    }
}
