//! Every way in which TLS is refused: which fault it is, whether a pin can help, and what is told.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::{Bilingual, TlsEvent, TlsFault, TlsOrder, TlsRefusal, Trust, Vouched};
use popglass_tls::engine::{Configurations, Engine};
use rcgen::{ExtendedKeyUsagePurpose, IsCa, KeyPair, date_time_ymd};

use crate::{
    weak,
    world::{
        Authority, BOTH, Client, Identity, Kind, NAME, NOW, Server, clock, meet, server_config, server_params, standing,
    },
};

/// A server that is refused, in both versions.
fn refused(public: &Authority, identity: &Identity, trust: &Trust, server_name: &str) -> TlsRefusal {
    let mut last = None;
    for version in BOTH {
        let mut configurations = Configurations::with_public(clock(NOW), public.roots());
        let mut client = Client::open_for(server_name, &mut configurations, trust);
        let mut server = Server::new(&server_config(identity, &[version]));
        client.engine.send(b"PASS secret\r\n");
        client.talk(&mut server);
        assert_eq!(client.events.len(), 1, "a failure and nothing else");
        assert!(server.received.is_empty(), "nothing is said to a server that is refused");
        // The server hears why, by an alert.
        assert!(server.connection.process_new_packets().is_err());
        client.end();
        assert_eq!(client.events.len(), 1);
        last = Some(client.refusal().clone());
    }
    last.unwrap()
}

/// What a refusal must have, whatever it is.
fn check_told(refusal: &TlsRefusal) {
    let Bilingual { en, de } = &refusal.told;
    for told in [en, de] {
        assert!(told.what.ends_with('.') && told.advice.ends_with('.'), "{told:?}");
        assert!(!told.advice.contains('—'), "an unknown date: {told:?}");
    }
    assert_ne!(en.what, de.what);
    assert_ne!(en.advice, de.advice);
    assert_eq!(refusal.certificates.en.len(), refusal.certificates.de.len());
}

#[test]
fn every_bad_certificate_is_told_for_what_it_is() {
    let public = Authority::named("Known", Kind::P256);
    let namesake = Authority::named("Known", Kind::P256);
    let stranger = Authority::new(Kind::P256);
    let between = stranger.intermediate(Kind::P256);
    let good = server_params(NAME);
    let years = |from, to| {
        let mut params = server_params(NAME);
        (params.not_before, params.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(to, 1, 1));
        params
    };
    let mut for_clients = server_params(NAME);
    for_clients.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let mut self_made_authority = server_params(NAME);
    self_made_authority.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);

    let check = |identity: Identity, fault, pinnable: bool| {
        let refusal = refused(&public, &identity, &Trust::default(), NAME);
        assert_eq!(refusal.fault, fault);
        assert_eq!(refusal.pin, pinnable.then(|| identity.pin()), "{fault:?}");
        assert!(!refusal.certificates.en.is_empty(), "what was refused is shown");
        check_told(&refusal);
        // What the user has seen and accepted stands, where that can be justified, and nowhere else.
        let trust = Trust { pins: vec![identity.pin()], ..Trust::default() };
        let mut configurations = Configurations::with_public(clock(NOW), public.roots());
        let (client, _) = meet(&mut configurations, &trust, &server_config(&identity, &BOTH));
        match client.events.first() {
            Some(TlsEvent::Ready { secured, .. }) => assert!(pinnable && secured.vouched == Vouched::Pin, "{fault:?}"),
            _ => assert!(!pinnable && client.refusal().fault == fault, "{fault:?}"),
        }
    };
    check(public.issue(&years(2024, 2025), Kind::P256), TlsFault::Expired, true);
    check(public.issue(&years(2028, 2029), Kind::P256), TlsFault::NotYetValid, true);
    check(public.issue(&server_params("other.example.org"), Kind::P256), TlsFault::WrongName, true);
    check(between.issue(&good, Kind::P256).with(&[&between]), TlsFault::UnknownIssuer, true);
    check(between.issue(&good, Kind::P256).with(&[&between, &stranger]), TlsFault::UnknownIssuer, true);
    check(public.intermediate(Kind::P256).issue(&good, Kind::P256), TlsFault::MissingIntermediate, true);
    check(namesake.issue(&good, Kind::P256), TlsFault::MissingIntermediate, true);
    check(namesake.issue(&good, Kind::P256).with(&[&namesake]), TlsFault::UnknownIssuer, true);
    check(Identity::self_signed(&good), TlsFault::SelfSigned, true);
    check(Identity::self_signed(&self_made_authority), TlsFault::SelfSigned, true);
    check(Identity::self_signed(&years(2024, 2025)), TlsFault::Expired, true);
    check(public.issue(&for_clients, Kind::P256), TlsFault::BadCertificate, false);
    check(public.issue(&self_made_authority, Kind::P256), TlsFault::BadCertificate, false);
}

#[test]
fn weak_certificates_are_refused_and_no_pin_helps() {
    let public = Authority::new(Kind::P256);
    for (identity, trust) in weak::identities() {
        for trust in [trust.clone(), Trust { pins: vec![identity.pin()], ..trust }] {
            let refusal = refused(&public, &identity, &trust, NAME);
            assert_eq!((refusal.fault, refusal.pin.as_deref()), (TlsFault::Weak, None));
            check_told(&refusal);
        }
    }
}

#[test]
fn where_an_own_authority_is_known_its_judgement_is_told() {
    let public = Authority::new(Kind::P256);
    let own = Authority::new(Kind::P256);
    let other = own.issue(&server_params("other.example.org"), Kind::P256);
    assert_eq!(refused(&public, &other, &own.trust(), NAME).fault, TlsFault::WrongName);
    assert_eq!(refused(&public, &other, &Trust::default(), NAME).fault, TlsFault::MissingIntermediate);
}

#[test]
fn a_pin_is_for_one_certificate_and_the_server_must_hold_its_key() {
    let public = Authority::new(Kind::P256);
    let accepted = Identity::self_signed(&server_params(NAME));
    let other = Identity::self_signed(&server_params(NAME));
    let trust = Trust { pins: vec![accepted.pin()], ..Trust::default() };
    assert_eq!(refused(&public, &other, &trust, NAME).fault, TlsFault::SelfSigned);
    // Somebody shows the accepted certificate, and has not its key.
    let impostor = Identity::new(vec![accepted.certificate().clone()], &KeyPair::generate().unwrap());
    let refusal = refused(&public, &impostor, &trust, NAME);
    assert_eq!((refusal.fault, refusal.pin), (TlsFault::BadCertificate, None));
    // The same behind an authority's back.
    let real = public.issue(&server_params(NAME), Kind::P256);
    let impostor = Identity::new(vec![real.certificate().clone()], &KeyPair::generate().unwrap());
    assert_eq!(refused(&public, &impostor, &Trust::default(), NAME).fault, TlsFault::BadCertificate);
}

#[test]
fn the_details_are_in_the_words() {
    let public = Authority::new(Kind::P256);
    let mut expired = server_params(NAME);
    expired.not_after = date_time_ymd(2026, 3, 1);
    let mut early = server_params(NAME);
    early.not_before = date_time_ymd(2027, 10, 1);
    let mut hostile = server_params("a.example.org");
    hostile.subject_alt_names.push(rcgen::SanType::DnsName("b.example.org".try_into().unwrap()));
    let check = |params, en: &[&str], de: &[&str]| {
        let refusal = refused(&public, &public.issue(&params, Kind::P256), &Trust::default(), NAME);
        for (told, words) in [(&refusal.told.en, en), (&refusal.told.de, de)] {
            let told = format!("{} {}", told.what, told.advice);
            for word in words {
                assert!(told.contains(word), "no {word} in: {told}");
            }
        }
    };
    let clock = ("15 January 2027, 08:00 UTC", "15. Januar 2027, 08:00 UTC");
    check(expired, &["1 March 2026", clock.0], &["1. März 2026", clock.1]);
    check(early, &["1 October 2027", clock.0], &["1. Oktober 2027", clock.1]);
    check(hostile, &[NAME, "a.example.org, b.example.org"], &[NAME, "a.example.org, b.example.org"]);
}

#[test]
fn what_is_no_sound_tls_is_told_for_what_it_is() {
    let check = |octets: &[u8], fault| {
        for piece in [1, octets.len().max(1)] {
            let mut client = Client::open(
                &mut Configurations::with_public(clock(NOW), rustls::RootCertStore::empty()),
                &Trust::default(),
            );
            octets.chunks(piece).for_each(|piece| client.feed(piece));
            client.end();
            assert_eq!(client.events.len(), 1);
            let refusal = client.refusal();
            assert_eq!((refusal.fault, refusal.pin.as_deref()), (fault, None), "{octets:?}");
            assert!(refusal.certificates.en.is_empty());
            check_told(refusal);
        }
    };
    check(b"+OK Dovecot ready.\r\n", TlsFault::NotTls);
    check(b"-ERR\r\n", TlsFault::NotTls);
    check(b"* OK IMAP4rev1\r\n", TlsFault::NotTls);
    check(b"220 smtp\r\n", TlsFault::NotTls);
    check(b"HTTP/1.1 400 Bad Request\r\n\r\n", TlsFault::NotTls);
    check(b"+", TlsFault::NotTls);
    check(b"", TlsFault::CutInHandshake);
    check(&[22], TlsFault::CutInHandshake);
    // Alerts of servers that have nothing in common with us: protocol_version, handshake_failure, insufficient_security.
    check(&[21, 3, 1, 0, 2, 2, 70], TlsFault::TooOld);
    check(&[21, 3, 3, 0, 2, 2, 40], TlsFault::TooOld);
    check(&[21, 3, 0, 0, 2, 2, 71], TlsFault::TooOld);
    // internal_error, unrecognized_name.
    check(&[21, 3, 3, 0, 2, 2, 80], TlsFault::Alert);
    check(&[21, 3, 3, 0, 2, 2, 112], TlsFault::Alert);
    // A goodbye before anything was said.
    check(&[21, 3, 3, 0, 2, 1, 0], TlsFault::CutInHandshake);
    // A ServerHello of TLS 1.0, with a suite of its time.
    let mut hello = vec![22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1];
    hello.extend([7; 32]);
    hello.extend([0, 0, 0x2f, 0]);
    check(&hello, TlsFault::TooOld);
    // A record that announces more than there may be; one that holds no handshake.
    check(&[22, 3, 3, 0xff, 0xff, 0, 0], TlsFault::Corrupted);
    check(&[22, 3, 3, 0, 4, 99, 0, 0, 0], TlsFault::Corrupted);
}

#[test]
fn trust_that_cannot_be_used_is_refused_before_a_word_is_said() {
    let check = |trust: Trust| {
        let mut client = Client::open(&mut Configurations::new(clock(NOW)), &trust);
        assert_eq!(client.refusal().fault, TlsFault::BadTrust);
        check_told(client.refusal());
        client.feed(b"whatever");
        client.end();
        assert!(client.engine.take_ciphertext().is_empty());
        assert_eq!(client.events.len(), 1);
    };
    check(Trust { authorities: vec!["no base64!".into()], ..Trust::default() });
    check(Trust { authorities: vec![BASE64.encode("no certificate")], ..Trust::default() });
    check(Trust { demo: Some(BASE64.encode("no certificate")), ..Trust::default() });
    for pin in ["", "00", "zz", &"+1".repeat(32), &"é".repeat(32)] {
        check(Trust { pins: vec![pin.into()], ..Trust::default() });
    }
}

#[test]
fn what_cannot_be_a_name_is_no_name_of_any_certificate() {
    for name in ["", "mail example", "a..b", "-"] {
        let client = Client::open_for(name, &mut Configurations::new(clock(NOW)), &Trust::default());
        assert_eq!((client.refusal().fault, client.refusal().pin.as_deref()), (TlsFault::WrongName, None), "{name:?}");
        check_told(client.refusal());
    }
}

#[test]
fn an_alert_in_the_middle_is_told_with_its_number() {
    for version in BOTH {
        let (mut client, mut server) = standing(version);
        server.send(b"+OK 5 octets\r\n");
        client.talk(&mut server);
        // The server cannot decipher this, and says so: bad_record_mac.
        server.feed(&[
            23, 3, 3, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0,
        ]);
        client.feed(&server.take());
        assert_eq!(client.refusal().fault, TlsFault::Alert);
        assert!(client.refusal().told.en.what.contains("20"), "{:?}", client.refusal().told);
        assert_eq!(client.plaintext, b"+OK 5 octets\r\n");
        check_told(client.refusal());
    }
}

#[test]
fn after_stls_other_words_are_found_where_tls_is_missing() {
    let order = |ends| TlsOrder { server_name: NAME.into(), ends, trust: Trust::default() };
    let advice = |ends| {
        let mut engine = Engine::open(&order(ends), &mut Configurations::new(clock(NOW)));
        engine.feed(b"-ERR no\r\n");
        match engine.poll_event() {
            Some(TlsEvent::Failed(refusal)) => refusal.told,
            other => panic!("no failure: {other:?}"),
        }
    };
    let (at_once, after_stls) = (advice(TlsEnds::Page), advice(TlsEnds::PageStls));
    assert_ne!(at_once.en.advice, after_stls.en.advice);
    assert_ne!(at_once.de.advice, after_stls.de.advice);
}
