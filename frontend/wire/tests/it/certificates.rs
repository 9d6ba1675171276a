//! Servers with good and bad certificates: who is refused, for what, and that nothing was said to them.

use popglass_session::security::{TlsFault, Vouched};
use popglass_wire::{
    attacker::Attacker,
    identity::{Identity, SERVER_NAME},
    link::{ClientTls, ClientTrust, Link, ServerTls},
};

use crate::scene::{Ended, Kind, NOW_MS, Scene};

#[test]
fn each_bad_certificate_is_refused_for_its_fault_and_no_password_is_sent() {
    for identity in Identity::ALL {
        for kind in [Kind::Stls, Kind::Tls] {
            let mut scene = Scene::new(kind, identity, &ClientTrust::school(), &Attacker::None);
            let ended = scene.log_in_carefully(kind).err();
            assert_eq!(ended, identity.fault().map(Ended::Refused), "{identity:?}");
            assert!(!scene.is_leaked());
            scene.pump();
            match ended {
                None => assert!(scene.is_logged_in()),
                Some(_) => {
                    assert!(!scene.is_logged_in());
                    assert_eq!(scene.link.server_tls(), ServerTls::Failed);
                    assert!(scene.link.server_is_over() && scene.link.client_is_over());
                    assert!(!scene.link.tap().records().any(|(_, record)| record.octets > 2_000));
                }
            }
        }
    }
}

#[test]
fn whoever_accepts_a_bad_certificate_has_a_connection() {
    for identity in Identity::ALL {
        let trust = ClientTrust::nobody().and_pin(&identity.fingerprint());
        let mut link = Link::tls(identity, &trust, NOW_MS);
        link.pump();
        let ClientTls::Standing(secured) = link.client_tls() else { panic!("{identity:?}: {:?}", link.client_tls()) };
        assert_eq!((secured.vouched, secured.resumed), (Vouched::Pin, false));
        assert_eq!(secured.summary.server_name, SERVER_NAME);
        assert_eq!(secured.summary.version, "TLSv1.3");
    }
}

#[test]
fn a_refusal_has_words_and_a_fingerprint_to_accept() {
    for identity in Identity::ALL.into_iter().filter(|identity| identity.fault().is_some()) {
        let mut link = Link::tls(identity, &ClientTrust::school(), NOW_MS);
        link.pump();
        let ClientTls::Refused(refusal) = link.client_tls() else { panic!("{identity:?}") };
        assert_eq!(refusal.pin, Some(identity.fingerprint()));
        for told in [&refusal.told.en, &refusal.told.de] {
            assert!(!told.what.is_empty() && !told.advice.is_empty());
        }
        assert_eq!(refusal.certificates.en.len(), identity.chain().len());
    }
}

#[test]
fn the_clock_decides_what_is_valid() {
    let check = |identity, now_ms, fault| {
        let mut link = Link::tls(identity, &ClientTrust::school(), now_ms);
        link.pump();
        let refused = match link.client_tls() {
            ClientTls::Refused(refusal) => Some(refusal.fault),
            _ => None,
        };
        assert_eq!(refused, fault, "{identity:?} {now_ms}");
    };
    // 1980, 2010, 2095, 2110.
    check(Identity::Good, 315_532_800_000, Some(TlsFault::NotYetValid));
    check(Identity::Expired, 1_262_304_000_000, None);
    check(Identity::NotYetValid, 3_944_678_400_000, None);
    check(Identity::Good, 4_417_977_600_000, Some(TlsFault::Expired));
    check(Identity::Good, 0, Some(TlsFault::NotYetValid));
    check(Identity::Good, u64::MAX, Some(TlsFault::Expired));
}

#[test]
fn nobody_is_trusted_who_was_not_named() {
    for identity in Identity::ALL {
        let mut link = Link::tls(identity, &ClientTrust::nobody(), NOW_MS);
        link.pump();
        assert!(matches!(link.client_tls(), ClientTls::Refused(_)), "{identity:?}");
    }
}
