//! Each attacker against each kind of connection and each kind of client: what he did, and whether he has the password.

use popglass_protocol::client::Misbehaviour;
use popglass_session::security::TlsFault;
use popglass_wire::{
    attacker::{Act, Attacker},
    identity::Identity,
    link::{ClientTrust, ServerTls},
};

use crate::scene::{Care, Ended, Kind, Scene};

/// What the attacker puts behind `+OK`: an answer to a question that comes later.
const INJECTED: &[u8] = b"+OK said the attacker\r\n";

/// What comes of it.
#[derive(Debug, PartialEq)]
struct Outcome {
    ended: Option<Ended>,
    is_logged_in: bool,
    is_leaked: bool,
    acts: Vec<Act>,
    /// The client took the attacker's words for the server's.
    is_fooled: bool,
}

/// The careless client accepts a certificate that was refused, and comes again.
fn outcome(attacker: &Attacker, kind: Kind, care: Care) -> Outcome {
    let mut scene = Scene::new(kind, Identity::Good, &ClientTrust::school(), attacker);
    let mut is_fooled = false;
    let ended = match care {
        Care::Careful => scene.log_in_carefully(kind).err(),
        Care::Careless => {
            let read = scene.log_in_carelessly(kind).unwrap_or_else(|pin| {
                scene = Scene::new(kind, Identity::Good, &ClientTrust::school().and_pin(&pin), attacker);
                scene.log_in_carelessly(kind).unwrap()
            });
            is_fooled = read.contains("attacker");
            None
        }
    };
    scene.pump();
    Outcome {
        ended,
        is_logged_in: scene.is_logged_in(),
        is_leaked: scene.is_leaked(),
        acts: scene.link.acts().to_vec(),
        is_fooled,
    }
}

#[test]
fn what_an_attack_reaches_hangs_on_the_connection_and_on_the_client() {
    use Care::{Careful, Careless};
    use Kind::{Plain, Stls, Tls};
    let safe = || Outcome { ended: None, is_logged_in: true, is_leaked: false, acts: Vec::new(), is_fooled: false };
    let leaked = || Outcome { is_leaked: true, ..safe() };
    let ended = |ended| Outcome { ended: Some(ended), is_logged_in: false, ..safe() };
    let with = |outcome, acts: &[Act]| Outcome { acts: acts.to_vec(), ..outcome };
    let inject = &Attacker::InjectAfterStls(INJECTED.to_vec());
    let pretend = &Attacker::FalseCertificate(Identity::UnknownAuthority);
    for (attacker, kind, care, expected) in [
        (&Attacker::None, Plain, Careful, ended(Ended::NoTls)),
        (&Attacker::None, Plain, Careless, leaked()),
        (&Attacker::None, Stls, Careful, safe()),
        (&Attacker::None, Stls, Careless, safe()),
        (&Attacker::None, Tls, Careful, safe()),
        (&Attacker::None, Tls, Careless, safe()),
        (&Attacker::Listen, Plain, Careful, ended(Ended::NoTls)),
        (&Attacker::Listen, Plain, Careless, leaked()),
        (&Attacker::Listen, Stls, Careful, safe()),
        (&Attacker::Listen, Stls, Careless, safe()),
        (&Attacker::Listen, Tls, Careful, safe()),
        (&Attacker::Listen, Tls, Careless, safe()),
        (&Attacker::StripStls, Plain, Careful, ended(Ended::NoTls)),
        (&Attacker::StripStls, Plain, Careless, leaked()),
        (&Attacker::StripStls, Stls, Careful, with(ended(Ended::NoTls), &[Act::HidStls])),
        (&Attacker::StripStls, Stls, Careless, with(leaked(), &[Act::RefusedStls])),
        (&Attacker::StripStls, Tls, Careful, safe()),
        (&Attacker::StripStls, Tls, Careless, safe()),
        (inject, Plain, Careful, ended(Ended::NoTls)),
        (inject, Plain, Careless, leaked()),
        (inject, Stls, Careful, with(ended(Ended::Misbehaved(Misbehaviour::PlaintextAfterStls)), &[Act::Injected])),
        (inject, Stls, Careless, Outcome { is_fooled: true, ..with(safe(), &[Act::Injected]) }),
        (inject, Tls, Careful, safe()),
        (inject, Tls, Careless, safe()),
        (pretend, Plain, Careful, ended(Ended::NoTls)),
        (pretend, Plain, Careless, leaked()),
        (
            pretend,
            Stls,
            Careful,
            with(ended(Ended::Refused(TlsFault::UnknownIssuer)), &[Act::ShowedCertificate, Act::WasRefused]),
        ),
        (pretend, Stls, Careless, with(leaked(), &[Act::ShowedCertificate, Act::WasBelieved])),
        (
            pretend,
            Tls,
            Careful,
            with(ended(Ended::Refused(TlsFault::UnknownIssuer)), &[Act::ShowedCertificate, Act::WasRefused]),
        ),
        (pretend, Tls, Careless, with(leaked(), &[Act::ShowedCertificate, Act::WasBelieved])),
    ] {
        assert_eq!(outcome(attacker, kind, care), expected, "{attacker:?} {kind:?} {care:?}");
    }
}

#[test]
fn whoever_is_believed_reads_along_and_the_wire_shows_nothing_of_it() {
    let attacker = Attacker::FalseCertificate(Identity::SelfSigned);
    let trust = ClientTrust::school().and_pin(&Identity::SelfSigned.fingerprint());
    let mut scene = Scene::new(Kind::Tls, Identity::Good, &trust, &attacker);
    scene.log_in_carelessly(Kind::Tls).unwrap();
    assert!(scene.is_logged_in());
    assert!(!scene.link.tap().contains(b"lovelace") && !scene.link.tap_behind().contains(b"lovelace"));
    let heard: Vec<_> = scene.link.attacker_read().readable().map(|(_, line)| line.to_owned()).collect();
    assert_eq!(heard[1..4], ["USER ada", "+OK now the password", "PASS lovelace"], "{heard:?}");
    scene.link.client_close();
    scene.link.pump();
    assert!(scene.link.server_is_over());
    assert_eq!(scene.link.server_tls(), ServerTls::Ended, "the goodbye is passed on");
}

#[test]
fn a_false_certificate_is_refused_for_what_is_wrong_with_it() {
    for shown in Identity::ALL {
        for kind in [Kind::Stls, Kind::Tls] {
            let attacker = Attacker::FalseCertificate(shown);
            let mut scene = Scene::new(kind, Identity::Good, &ClientTrust::school(), &attacker);
            let ended = scene.log_in_carefully(kind).err();
            // Who has the good one, and its key, is the server.
            assert_eq!(ended, shown.fault().map(Ended::Refused), "{shown:?}");
            assert_eq!(scene.is_leaked(), shown.fault().is_none());
        }
    }
}

#[test]
fn the_stripper_changes_nothing_but_stls() {
    let check = |server_says: &[&[u8]], client_hears: &[u8]| {
        let mut link = popglass_wire::link::Link::plain(crate::scene::NOW_MS).with_attacker(&Attacker::StripStls);
        link.client_send(b"CAPA\r\n");
        link.pump();
        let mut heard = Vec::new();
        for piece in server_says {
            link.server_send(piece);
            link.pump();
            heard.extend(link.client_received());
        }
        link.server_close();
        link.pump();
        heard.extend(link.client_received());
        assert_eq!(String::from_utf8_lossy(&heard), String::from_utf8_lossy(client_hears));
        assert_eq!(link.server_received(), b"CAPA\r\n");
    };
    check(&[b"+OK\r\nTOP\r\nSTLS\r\nUIDL\r\n.\r\n"], b"+OK\r\nTOP\r\nUIDL\r\n.\r\n");
    check(&[b"+OK\r\nTO", b"P\r\nST", b"LS\r\n.\r\n"], b"+OK\r\nTOP\r\n.\r\n");
    check(&[b"+OK\r\nstls\r\nSTLSX\r\n.\r\nSTLS\r\n"], b"+OK\r\nSTLSX\r\n.\r\nSTLS\r\n");
    check(&[b"-ERR no\r\nSTLS\r\n"], b"-ERR no\r\nSTLS\r\n");
    check(&[b"+OK\r\nSTL"], b"+OK\r\nSTL");
}

#[test]
fn the_injector_waits_for_the_answer_to_stls() {
    let check = |client_says: &[u8], server_says: &[&[u8]], client_hears: &[u8]| {
        let mut link = popglass_wire::link::Link::plain(crate::scene::NOW_MS)
            .with_attacker(&Attacker::InjectAfterStls(b"X\r\n".to_vec()));
        link.client_send(client_says);
        link.pump();
        for piece in server_says {
            link.server_send(piece);
            link.pump();
        }
        assert_eq!(link.client_received(), client_hears);
        assert_eq!(link.server_received(), client_says);
    };
    check(b"STLS\r\n", &[b"+OK go\r\n"], b"+OK go\r\nX\r\n");
    check(b"stls\r\n", &[b"+", b"OK g", b"o\r\nmore"], b"+OK go\r\nX\r\nmore");
    check(b"STLS\r\n", &[b"-ERR no\r\n", b"+OK\r\n"], b"-ERR no\r\n+OK\r\n");
    check(b"CAPA\r\n", &[b"+OK\r\n.\r\n"], b"+OK\r\n.\r\n");
}
