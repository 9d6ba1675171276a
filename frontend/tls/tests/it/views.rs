//! The certificate view, and the authorities that a user adds.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::tunnel::{TlsEnds, TlsSummary};
use popglass_session::security::{Section, Secured, Vouched};
use popglass_tls::{
    authorities::{AUTHORITIES_MAX, TEXT_OCTETS_MAX, read_authorities},
    certificates::read_certificates,
};
use rcgen::{DnType, SanType, date_time_ymd};

use crate::{
    hostile::view,
    world::{Authority, Kind, NAME, NOW, clock, fixture, hexadecimal, server_params},
};

fn row<'a>(section: &'a Section, label: &str) -> &'a str {
    let row = section.rows.iter().find(|(name, _)| name == label);
    row.map_or_else(|| panic!("no {label} in {section:?}"), |(_, value)| value)
}

#[test]
fn a_chain_is_shown_with_all_that_people_look_for() {
    let authority = Authority::named("Test authority", Kind::Rsa4096);
    let mut params = server_params(NAME);
    params.subject_alt_names.push(SanType::IpAddress([192, 0, 2, 1].into()));
    params.serial_number = Some(vec![1, 0xab, 3].into());
    let certificate = authority.issue(&params, Kind::P384).certificate().clone();
    let sections = view(&[&certificate, &authority.certificate()]);
    let [connection, server, root] = &sections.en[..] else { panic!("{sections:?}") };

    assert_eq!(row(connection, "Revocation").split(':').next(), Some("Not checked"));
    assert_eq!(row(connection, "Checked name"), NAME);
    assert_eq!(row(connection, "Encrypted between").split('.').next(), Some("the bridge and the mail server"));

    assert_eq!(server.heading, "The server’s certificate");
    assert_eq!(row(server, "Issued to"), format!("CN={NAME}"));
    assert_eq!(row(server, "Valid for"), format!("{NAME}\n192.0.2.1"));
    assert_eq!(row(server, "Issued by"), "CN=Test authority");
    assert_eq!(row(server, "Valid from"), "1 January 2026, 00:00 UTC");
    assert_eq!(row(server, "Valid until"), "1 January 2028, 00:00 UTC\n350 days left.");
    assert_eq!(row(server, "Key"), "Elliptic curve, P-384");
    assert_eq!(row(server, "Signature"), "RSA, SHA-256");
    assert_eq!(row(server, "May vouch for others"), "No");
    assert_eq!(row(server, "Serial number"), "01:AB:03");
    let digest = ring::digest::digest(&ring::digest::SHA256, &certificate);
    let fingerprint = row(server, "Fingerprint (SHA-256)");
    assert_eq!(fingerprint.replace(':', "").to_lowercase(), hexadecimal(digest.as_ref()));
    assert_eq!(fingerprint.len(), 32 * 3 - 1);

    assert_eq!(root.heading, "Certificate 2: an authority’s");
    assert_eq!((row(root, "Issued by"), row(root, "Key")), ("Itself", "RSA, 4096 bits"));
    assert_eq!(row(root, "May vouch for others"), "Yes");

    let [_, server, _] = &sections.de[..] else { panic!("{sections:?}") };
    assert_eq!(row(server, "Gültig bis"), "1. Januar 2028, 00:00 UTC\nNoch 350 Tage.");
}

#[test]
fn how_long_a_certificate_is_valid_is_told_in_days() {
    let authority = Authority::new(Kind::P256);
    let check = |from: (i32, u8, u8), to: (i32, u8, u8), en: &str, de: &str| {
        let mut params = server_params(NAME);
        params.not_before = date_time_ymd(from.0, from.1, from.2);
        params.not_after = date_time_ymd(to.0, to.1, to.2);
        let sections = view(&[authority.issue(&params, Kind::P256).certificate()]);
        assert_eq!(row(&sections.en[1], "Valid until").lines().nth(1), Some(en));
        assert_eq!(row(&sections.de[1], "Gültig bis").lines().nth(1), Some(de));
    };
    // The clock stands at 8 o'clock on 15 January 2027.
    let early = (2020, 1, 1);
    check(early, (2027, 1, 16), "Ends within a day.", "Endet in weniger als einem Tag.");
    check(early, (2027, 1, 17), "1 day left.", "Noch 1 Tag.");
    check(early, (2027, 1, 18), "2 days left.", "Noch 2 Tage.");
    check(early, (2027, 1, 15), "Has expired, less than a day ago.", "Abgelaufen, vor weniger als einem Tag.");
    check(early, (2027, 1, 14), "Has expired, 1 day ago.", "Abgelaufen, seit 1 Tag.");
    check(early, (2026, 1, 15), "Has expired, 365 days ago.", "Abgelaufen, seit 365 Tagen.");
    check((2027, 1, 16), (2028, 1, 1), "Is not valid yet.", "Gilt noch nicht.");
}

#[test]
fn hostile_names_stay_in_their_line() {
    let authority = Authority::new(Kind::P256);
    let mut params = server_params(NAME);
    params.distinguished_name.push(DnType::CommonName, "good\nValid for: bank.example\u{202E}moc");
    params.distinguished_name.push(DnType::OrganizationName, "x".repeat(5_000));
    params.subject_alt_names =
        (0..200).map(|number| SanType::DnsName(format!("{number}.example.org").try_into().unwrap())).collect();
    let sections = view(&[authority.issue(&params, Kind::P256).certificate()]);
    let subject = row(&sections.en[1], "Issued to");
    assert!(subject.contains("CN=good\u{FFFD}Valid for: bank.example\u{FFFD}moc"), "{subject}");
    assert!(subject.chars().count() < 500);
    let names: Vec<_> = row(&sections.en[1], "Valid for").lines().collect();
    assert_eq!((names.len(), names.last()), (41, Some(&"… and 160 more")));
    // However many certificates are sent, only so many are shown.
    let one: &[u8] = &authority.certificate();
    assert_eq!(view(&[one; 50]).en.len(), 1 + 8);
}

#[test]
fn keys_and_signatures_of_every_kind_have_a_name() {
    let check = |pem: &str, key: &str, signature: &str| {
        let sections = view(&[&fixture(pem)]);
        assert_eq!((row(&sections.en[1], "Key"), row(&sections.en[1], "Signature")), (key, signature));
    };
    check(include_str!("../fixtures/weak-rsa-1024.pem"), "RSA, 1024 bits", "RSA, SHA-256");
    check(include_str!("../fixtures/weak-p-521.pem"), "Elliptic curve, P-521", "RSA, SHA-256");
    check(include_str!("../fixtures/weak-sha1.pem"), "Elliptic curve, P-256", "RSA, SHA-1");
}

#[test]
fn the_connection_says_where_tls_ends_and_who_vouched() {
    let summary = TlsSummary {
        version: "TLSv1.2".into(),
        suite: "SUITE".into(),
        server_name: NAME.into(),
        chain: vec!["no base64!".into()],
    };
    let all = [Vouched::Bridge, Vouched::PublicAuthority, Vouched::OwnAuthority, Vouched::Demo, Vouched::Pin];
    let mut seen = std::collections::HashSet::new();
    for vouched in all {
        for ends in [TlsEnds::Page, TlsEnds::PageStls, TlsEnds::Bridge] {
            for resumed in [false, true] {
                let secured = Secured { ends, summary: summary.clone(), vouched, resumed };
                let sections = read_certificates(&secured, &clock(NOW));
                assert_eq!(sections.en.len(), 2, "what cannot be read is there all the same");
                for sections in [&sections.en, &sections.de] {
                    assert_eq!(sections[0].rows.len(), if resumed { 7 } else { 6 });
                    assert!(seen.insert(sections[0].rows.clone()), "two say the same: {:?}", sections[0]);
                }
            }
        }
    }
}

#[test]
fn authorities_are_read_out_of_the_text_around_them() {
    let (one, two) = (Authority::named("Test authority", Kind::P256), Authority::new(Kind::Rsa2048));
    let text = format!("Subject: mine\n{}\nand\r\n{}{}", one.pem(), two.pem().replace('\n', "\r\n"), one.pem());
    let read = read_authorities(&text).unwrap();
    assert_eq!(read.len(), 2, "the same is taken once");
    assert_eq!(read[0].name, "Test authority");
    assert_eq!(read[0].der, BASE64.encode(one.certificate()));
    assert_eq!(read[1].der, BASE64.encode(two.certificate()));
    // 1 January 2030.
    assert_eq!(read[0].not_after_ms, 1_893_456_000_000);
}

#[test]
fn what_cannot_vouch_for_servers_is_refused_in_words() {
    let authority = Authority::new(Kind::P256);
    let server = authority.issue(&server_params(NAME), Kind::P256);
    let pem = |der: &[u8]| format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64.encode(der));
    let many: String = (0..=AUTHORITIES_MAX).map(|_| Authority::new(Kind::P256).pem()).collect();
    let key = Kind::P256.key().serialize_pem();
    let check = |text: &str, en: &str, de: &str| {
        let told = read_authorities(text).unwrap_err();
        assert!(told.en.what.contains(en), "{told:?}");
        assert!(told.de.what.contains(de), "{told:?}");
        assert!(!told.en.advice.is_empty() && !told.de.advice.is_empty());
    };
    check("", "no certificate", "kein Zertifikat");
    check("hello", "no certificate", "kein Zertifikat");
    check(&key, "private key", "privater Schlüssel");
    check(&format!("{}{key}", authority.pem()), "private key", "privater Schlüssel");
    check("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n", "private key", "privater Schlüssel");
    check(&pem(server.certificate()), NAME, NAME);
    check(&format!("{}{}", authority.pem(), pem(server.certificate())), "not an authority’s", "nicht das einer");
    check(include_str!("../fixtures/weak-version-1.pem"), "not an authority’s", "nicht das einer");
    check(&pem(b"no certificate"), "damaged", "beschädigt");
    check("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n", "damaged", "beschädigt");
    check("-----BEGIN CERTIFICATE-----\nAA==\n", "damaged", "beschädigt");
    check(&many, "too many", "zu viele");
    check(&" ".repeat(TEXT_OCTETS_MAX + 1), "too large", "zu groß");
}
