//! Whom the user trusts: what is added and taken back, what is sent for which server, what a bridge's demo is worth, and
//! the one certificate that may be trusted after a refusal.

use popglass_frontend::app::{
    AUTHORITY_TEXT_OCTETS_MAX, Effect, FocusTarget, Msg, Remembered, TRUST_ENTRIES_MAX, ToastNews, TrustEntry,
    TrustError,
    view::{BridgeVm, CertificatesVm, ConnectVm, TrustVm, view_connect, view_dock, view_mailbox},
};
use popglass_protocol::{
    secret::Secret,
    tunnel::{Hello, TlsEnds, TlsSummary},
};
use popglass_session::{
    command::{Route, SessionCommand},
    event::{BridgeState, Deletion, EndReason, Ending, SessionEvent},
    security::{Authority, Bilingual, Section, Secured, TlsFault, TlsRefusal, Told, Trust, Vouched},
};

use crate::shell::{Shell, hello, target};

const PIN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// A page whose bridge offers these servers, each at once by TLS in the page.
fn offering(hosts: &[&str]) -> Shell {
    let mut shell = Shell::new();
    shell.hear(SessionEvent::Bridge(BridgeState::Known(hello_of(hosts, TlsEnds::Page))));
    shell.effects.clear();
    shell
}

fn hello_of(hosts: &[&str], tls: TlsEnds) -> Hello {
    Hello { targets: hosts.iter().map(|host| target(host, 995, &[tls])).collect(), ..hello() }
}

fn authority(name: &str) -> Authority {
    Authority { name: name.into(), der: format!("der-of-{name}"), not_after_ms: 2_000_000_000_000 }
}

fn told() -> Bilingual<Told> {
    let told = |what: &str| Told { what: what.into(), advice: String::new() };
    Bilingual { en: told("no"), de: told("nein") }
}

fn trust(shell: &Shell) -> Option<TrustVm> {
    match view_connect(&shell.model).bridge {
        BridgeVm::Offers(offer) => offer.trust,
        other => panic!("the bridge offers servers, not {other:?}"),
    }
}

fn entries(shell: &Shell) -> Vec<TrustEntry> {
    trust(shell).expect("TLS ends in the page").entries
}

fn add(shell: &mut Shell, name: &str) {
    shell.send(Msg::AuthorityTextGiven("PEM".into()));
    shell.hear(SessionEvent::AuthoritiesRead(Some(Ok(vec![authority(name)]))));
}

/// What a press on the connect button would send along.
fn sent(shell: &mut Shell) -> Trust {
    shell.effects.clear();
    shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
    match shell.commands().as_slice() {
        [SessionCommand::Connect { trust, .. }] => trust.clone(),
        other => panic!("one connection, not {other:?}"),
    }
}

#[test]
fn an_authority_counts_for_the_server_it_was_added_for_until_it_is_removed() {
    let mut shell = offering(&["a.example", "b.example"]);
    shell.send(Msg::AuthorityTextGiven("PEM".into()));
    assert_eq!(shell.commands(), [SessionCommand::ReadAuthorities { text: "PEM".into() }]);
    assert!(trust(&shell).is_some_and(|trust| trust.reading));
    // Another server is chosen before the answer comes.
    shell.send(Msg::HostChosen("b.example".into()));
    shell.hear(SessionEvent::AuthoritiesRead(Some(Ok(vec![authority("Own"), authority("Own")]))));
    assert!(shell.effects.contains(&Effect::ClearAuthorityText));
    assert_eq!(entries(&shell), []);
    shell.send(Msg::HostChosen("a.example".into()));
    let entry = TrustEntry::Authority(authority("Own"));
    assert_eq!(entries(&shell), std::slice::from_ref(&entry), "once");

    // A later visit.
    let kept = shell.remembered().expect("it is kept");
    let kept = Remembered::from_text(&kept.to_text());
    let mut later = Shell::remembering(kept);
    later.hear(SessionEvent::Bridge(BridgeState::Known(hello_of(&["a.example", "b.example"], TlsEnds::Page))));
    assert_eq!(entries(&later), std::slice::from_ref(&entry));
    assert_eq!(sent(&mut later), Trust { authorities: vec![authority("Own").der], ..Trust::default() });

    shell.effects.clear();
    shell.send(Msg::TrustRemovePressed(entry));
    assert_eq!(entries(&shell), []);
    assert!(shell.effects.contains(&Effect::Focus(FocusTarget::Trust)), "the button with the focus is gone");
    assert!(shell.remembered().is_some());
    assert_eq!(sent(&mut shell), Trust::default());
}

#[test]
fn what_is_no_authority_is_said_and_changes_nothing() {
    let asks_nobody = |text: String, error| {
        let mut shell = offering(&["a.example"]);
        shell.send(Msg::AuthorityTextGiven(text));
        assert_eq!(shell.effects, []);
        assert_eq!(trust(&shell).and_then(|trust| trust.error), Some(error));
    };
    asks_nobody(" \n".into(), TrustError::Empty);
    asks_nobody("x".repeat(AUTHORITY_TEXT_OCTETS_MAX + 1), TrustError::TooLong);

    let too_many = (0..=TRUST_ENTRIES_MAX).map(|name| authority(&name.to_string())).collect();
    for (answer, error) in [
        (None, TrustError::TlsMissing),
        (Some(Err(told())), TrustError::Told(told())),
        (Some(Ok(too_many)), TrustError::Full),
    ] {
        let mut shell = offering(&["a.example", "b.example"]);
        shell.send(Msg::AuthorityTextGiven("PEM".into())).effects.clear();
        shell.hear(SessionEvent::AuthoritiesRead(answer));
        assert_eq!(shell.effects, []);
        let trust = trust(&shell).expect("TLS ends in the page");
        assert_eq!((trust.entries, trust.reading, trust.error), (vec![], false, Some(error)));
        // It is about this server, and about this try.
        shell.send(Msg::HostChosen("b.example".into()));
        assert_eq!(self::trust(&shell).and_then(|trust| trust.error), None);
        shell.send(Msg::HostChosen("a.example".into()));
        add(&mut shell, "Own");
        assert_eq!(self::trust(&shell).and_then(|trust| trust.error), None);
    }
}

#[test]
fn a_file_is_read_by_the_shell_up_to_a_limit() {
    let mut shell = offering(&["a.example"]);
    shell.send(Msg::AuthorityFileChosen);
    let octets_max = AUTHORITY_TEXT_OCTETS_MAX as u64 + 1;
    assert_eq!(shell.effects, [Effect::ReadAuthorityFile { octets_max }]);
}

#[test]
fn an_answer_that_nobody_asked_for_adds_nothing() {
    let mut shell = offering(&["a.example"]);
    shell.hear(SessionEvent::AuthoritiesRead(Some(Ok(vec![authority("Own")]))));
    assert_eq!((entries(&shell), shell.effects.len()), (vec![], 0));
}

#[test]
fn whom_a_page_trusts_is_asked_only_where_the_page_checks() {
    for (tls, asked) in
        [(TlsEnds::Page, true), (TlsEnds::PageStls, true), (TlsEnds::Bridge, false), (TlsEnds::Nowhere, false)]
    {
        let mut shell = offering(&["127.0.0.1"]);
        add(&mut shell, "Own");
        shell.hear(SessionEvent::Bridge(BridgeState::Known(hello_of(&["127.0.0.1"], tls))));
        assert_eq!(trust(&shell).is_some(), asked, "{tls:?}");
        let sent = sent(&mut shell);
        assert_eq!((sent.authorities.len(), sent.demo.is_some()), (usize::from(asked), asked), "{tls:?}");
    }
}

/// A bridge could name any authority, and with it pose as any server.
#[test]
fn a_bridges_demo_is_trusted_for_the_computer_itself_and_for_nobody_else() {
    for (host, trusted) in [
        ("127.0.0.1", true),
        ("127.8.8.8", true),
        ("::1", true),
        ("localhost", true),
        ("mail.example", false),
        ("localhost.mail.example", false),
        ("127.0.0.1.mail.example", false),
        ("localhost.", false),
        ("0.0.0.0", false),
        ("10.0.0.1", false),
        ("192.168.0.1", false),
        ("::ffff:127.0.0.1", false),
        ("127.1", false),
    ] {
        let mut shell = offering(&[host]);
        let shown = entries(&shell).contains(&TrustEntry::Demo);
        assert_eq!((shown, sent(&mut shell).demo), (trusted, trusted.then(|| "MIIB".to_owned())), "{host}");
        let mut shell = offering(&[host]);
        let no_demo = Hello { demo: None, ..hello_of(&[host], TlsEnds::Page) };
        shell.hear(SessionEvent::Bridge(BridgeState::Known(no_demo)));
        assert_eq!((entries(&shell), sent(&mut shell).demo), (vec![], None), "{host} without a demo");
    }
    // It is nowhere kept: another bridge has to bring its own.
    let mut shell = offering(&["127.0.0.1"]);
    sent(&mut shell);
    let mut shell = offering(&["127.0.0.1"]);
    shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
    let text = shell.remembered().expect("the user name is kept").to_text();
    assert!(!text.contains("MIIB"), "{text}");
}

#[test]
fn the_sandbox_is_sent_no_trust() {
    let mut shell = offering(&["127.0.0.1"]);
    add(&mut shell, "Own");
    shell.effects.clear();
    shell.send(Msg::SandboxPressed);
    let commands = shell.commands();
    let expected = Trust::default();
    assert!(
        matches!(commands.as_slice(), [SessionCommand::Connect { route: Route::Sandbox, trust, .. }] if *trust == expected)
    );
}

/// A page whose connection to `a.example` was refused, for a certificate that may be trusted or not.
fn refused(remembered: Remembered, tls: TlsEnds, pin: Option<&str>) -> Shell {
    let mut shell = Shell::remembering(remembered);
    shell.hear(SessionEvent::Bridge(BridgeState::Known(hello_of(&["a.example"], tls))));
    shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
    let section = Section { heading: "Certificate".into(), rows: Vec::new() };
    let refusal = TlsRefusal {
        fault: TlsFault::SelfSigned,
        told: told(),
        certificates: Bilingual { en: vec![section.clone()], de: vec![section] },
        pin: pin.map(str::to_owned),
    };
    shell.hear(SessionEvent::Ended(Ending {
        reason: EndReason::TlsRefused(Box::new(refusal)),
        deletion: Deletion::NothingMarked,
    }));
    shell.effects.clear();
    shell
}

#[test]
fn a_refused_certificate_is_trusted_after_a_question_and_for_that_server_only() {
    let mut shell = refused(Remembered::default(), TlsEnds::Page, Some(PIN));
    let shown = |shell: &Shell| {
        let ConnectVm { refusal, .. } = view_connect(&shell.model);
        refusal.map(|refusal| (refusal.certificates.en.len(), refusal.pin, refusal.pin_asked))
    };
    assert_eq!(shown(&shell), Some((1, Some(PIN.to_owned()), false)));
    shell.send(Msg::PinConfirmed);
    assert_eq!(shell.effects, [], "one press trusts nobody");
    shell.send(Msg::PinAsked(true));
    assert_eq!(shown(&shell), Some((1, Some(PIN.to_owned()), true)));
    assert_eq!(shell.effects, [Effect::Focus(FocusTarget::PinQuestion)]);
    shell.send(Msg::PinAsked(false)).send(Msg::PinConfirmed);
    assert_eq!(shell.remembered(), None, "the user thought better of it");
    shell.send(Msg::PinAsked(true)).send(Msg::PinConfirmed);
    let kept = shell.remembered().expect("it is kept");
    let trust = Trust { pins: vec![PIN.into()], ..Trust::default() };
    assert_eq!(shell.commands(), [SessionCommand::TrustCertificate { trust }]);
    shell.send(Msg::PinConfirmed);
    assert_eq!(shell.commands(), [], "the next try is on its way");

    let mut later = Shell::remembering(kept);
    later.hear(SessionEvent::Bridge(BridgeState::Known(hello_of(&["a.example", "b.example"], TlsEnds::Page))));
    assert_eq!(entries(&later), [TrustEntry::Pin(PIN.into())]);
    later.send(Msg::HostChosen("b.example".into()));
    assert_eq!(entries(&later), []);
    later.send(Msg::HostChosen("a.example".into()));
    assert_eq!(sent(&mut later), Trust { pins: vec![PIN.into()], ..Trust::default() });
}

#[test]
fn a_certificate_that_may_not_be_trusted_is_not_offered() {
    for (tls, pin) in [
        (TlsEnds::Page, None),
        (TlsEnds::Page, Some("")),
        (TlsEnds::Page, Some("00AA")),
        // The bridge's word is no reason to trust anything in the page.
        (TlsEnds::Bridge, Some(PIN)),
        (TlsEnds::Nowhere, Some(PIN)),
    ] {
        let mut shell = refused(Remembered::default(), tls, pin);
        assert_eq!(view_connect(&shell.model).refusal.and_then(|refusal| refusal.pin), None, "{tls:?} {pin:?}");
        shell.send(Msg::PinAsked(true)).send(Msg::PinConfirmed);
        assert_eq!((shell.remembered(), shell.commands()), (None, vec![]), "{tls:?} {pin:?}");
    }
}

#[test]
fn a_full_memory_keeps_nobody_from_connecting() {
    let mut shell = offering(&["a.example"]);
    for name in 0..TRUST_ENTRIES_MAX {
        add(&mut shell, &name.to_string());
    }
    let full = shell.remembered().expect("there was room for these");
    let mut shell = refused(full, TlsEnds::Page, Some(PIN));
    shell.send(Msg::PinAsked(true)).send(Msg::PinConfirmed);
    assert_eq!(shell.remembered(), None);
    assert_eq!(view_dock(&shell.model).toast, Some(ToastNews::TrustNotKept));
    let commands = shell.commands();
    let [SessionCommand::TrustCertificate { trust }] = commands.as_slice() else { panic!("{commands:?}") };
    assert_eq!((trust.authorities.len(), trust.pins.as_slice()), (TRUST_ENTRIES_MAX, [PIN.to_owned()].as_slice()));
}

fn secured(ends: TlsEnds) -> Secured {
    let summary = TlsSummary {
        version: "TLSv1.3".into(),
        suite: "TLS13_CHACHA20_POLY1305_SHA256".into(),
        server_name: "a.example".into(),
        chain: vec!["AA".into()],
    };
    Secured { ends, summary, vouched: Vouched::PublicAuthority, resumed: false }
}

#[test]
fn what_is_in_the_certificates_is_read_on_request_for_both_ways() {
    let sections = Bilingual { en: vec![Section { heading: "Connection".into(), rows: Vec::new() }], de: Vec::new() };
    for tls in [TlsEnds::Page, TlsEnds::Bridge] {
        for (answer, hidden) in [(Some(sections.clone()), false), (None, false), (Some(sections.clone()), true)] {
            let mut shell = offering(&["a.example"]);
            shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
            shell.hear(SessionEvent::Secured(secured(tls))).hear(SessionEvent::Mailbox(Vec::new())).effects.clear();
            let shown = |shell: &Shell| view_mailbox(&shell.model).expect("the mailbox is open").hops.certificates;
            shell.send(Msg::CertificatesShown(true)).send(Msg::CertificatesShown(true));
            assert_eq!(shell.commands(), [SessionCommand::ReadCertificates { secured: secured(tls) }], "asked once");
            assert_eq!(shown(&shell), CertificatesVm::Asked);
            if hidden {
                shell.send(Msg::CertificatesShown(false));
            }
            shell.hear(SessionEvent::Certificates(answer.clone()));
            let expected = match answer {
                _ if hidden => CertificatesVm::Hidden,
                Some(sections) => CertificatesVm::Read(sections.into()),
                None => CertificatesVm::Missing,
            };
            assert_eq!(shown(&shell), expected);
            assert_eq!(shell.effects.contains(&Effect::Focus(FocusTarget::Certificates)), !hidden);
        }
    }
}

#[test]
fn without_tls_there_are_no_certificates_to_ask_for() {
    let mut shell = Shell::with_mailbox(1);
    shell.send(Msg::CertificatesShown(true));
    assert_eq!(shell.commands(), []);
}
