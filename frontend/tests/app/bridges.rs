//! Bridges in another place than the page: which one is asked, what people may type, and what the picture says about it.

use popglass_frontend::{
    app::{
        BridgeFault, BridgesConfig, Effect, FocusTarget, HopPicture, Msg, Protection, Remembered, Start,
        view::{BridgeVm, view_connect},
    },
    i18n::Language,
};
use popglass_protocol::tunnel::{Hello, TlsEnds};
use popglass_session::{
    command::SessionCommand,
    event::{BridgeState, Deletion, EndReason, Ending, SessionEvent},
};

use crate::shell::{Shell, hello, target};

const A: &str = "wss://a.example/tunnel";
const B: &str = "wss://b.example/tunnel";
const MINE: &str = "wss://mine.example/tunnel";

fn site(urls: &[&str], any: bool, bridge: Option<&str>) -> Start {
    Start {
        bridges: BridgesConfig { urls: urls.iter().map(|url| (*url).to_owned()).collect(), any },
        page_origin: "https://page.example".into(),
        page_secure: true,
        remembered: Remembered { bridge: bridge.map(str::to_owned), ..Remembered::default() },
        ..Start::default()
    }
}

fn asked(bridge: Option<&str>) -> SessionCommand {
    SessionCommand::LearnBridge { bridge: bridge.map(str::to_owned) }
}

#[test]
fn the_bridge_that_is_asked_follows_the_site_and_the_user() {
    for (urls, any, kept, expected) in [
        // A page that comes out of a bridge talks to that one, whatever was kept.
        (&[][..], false, Some(MINE), Some(asked(None))),
        (&[A, B], false, None, Some(asked(Some(A)))),
        (&[A, B], false, Some(B), Some(asked(Some(B)))),
        (&[A, B], false, Some(MINE), Some(asked(Some(A)))),
        (&[A, B], true, Some(MINE), Some(asked(Some(MINE)))),
        (&["https://a.example"], false, None, Some(asked(Some(A)))),
        (&["ws://a.example/tunnel", B], false, None, Some(asked(Some(B)))),
        (&[], true, Some(MINE), Some(asked(Some(MINE)))),
        // What was kept is not taken on faith.
        (&[], true, Some("ws://mine.example/tunnel"), None),
        (&[], true, Some("javascript:alert(1)"), None),
        (&[], true, None, None),
    ] {
        let mut shell = Shell::starting(site(urls, any, kept));
        let named = expected.is_some();
        assert_eq!(shell.commands(), Vec::from_iter(expected), "{urls:?} {any} {kept:?}");
        let vm = view_connect(&shell.model);
        assert_eq!(vm.bridge == BridgeVm::Unnamed, !named);
        assert_eq!(vm.bridges.is_some(), any || !urls.is_empty());
    }
}

#[test]
fn another_bridge_is_asked_and_remembered() {
    let mut shell = Shell::starting(site(&[A, B], true, None));
    for (msg, url) in [
        (Msg::BridgeChosen(B.into()), B),
        (Msg::BridgeEntered(" https://mine.example/ ".into()), MINE),
        (Msg::BridgeChosen(A.into()), A),
    ] {
        shell.effects.clear();
        shell.send(msg);
        assert_eq!(shell.remembered().and_then(|kept| kept.bridge).as_deref(), Some(url));
        let vm = view_connect(&shell.model);
        assert_eq!(vm.bridge, BridgeVm::Asking);
        let bridges = vm.bridges.expect("the site leaves the choice");
        assert_eq!(bridges.chosen.as_deref(), Some(url));
        assert!(bridges.urls.iter().any(|offered| offered == url), "what is chosen can be seen: {bridges:?}");
        assert_eq!(shell.commands(), [asked(Some(url))]);
    }
    shell.hear(SessionEvent::Bridge(BridgeState::Unreachable)).effects.clear();
    shell.send(Msg::BridgeRetryPressed);
    assert_eq!(shell.commands(), [asked(Some(A))]);
}

#[test]
fn what_is_no_bridge_is_said_and_asks_nobody() {
    for (text, fault) in [
        ("", BridgeFault::Empty),
        ("a b", BridgeFault::Malformed),
        ("ftp://mine.example", BridgeFault::Scheme),
        ("ws://mine.example", BridgeFault::Unencrypted),
    ] {
        let mut shell = Shell::starting(site(&[A], true, None));
        shell.effects.clear();
        shell.send(Msg::BridgeEntered(text.into()));
        assert_eq!(shell.effects, [Effect::Focus(FocusTarget::BridgeField)]);
        let fault_said = |shell: &Shell| view_connect(&shell.model).bridges.and_then(|bridges| bridges.fault);
        assert_eq!(fault_said(&shell), Some(fault), "{text}");
        shell.send(Msg::BridgeEntered("mine.example".into()));
        assert_eq!(fault_said(&shell), None);
    }
}

#[test]
fn a_bridge_elsewhere_may_not_want_this_page() {
    let elsewhere = || Shell::starting(site(&[A], false, None));
    let here = || Shell::starting(site(&["wss://page.example/tunnel"], false, None));
    let own = || Shell::starting(site(&[], false, None));
    let ended =
        || SessionEvent::Ended(Ending { reason: EndReason::BridgeUnreachable, deletion: Deletion::NothingMarked });
    for (mut shell, expected) in [(elsewhere(), true), (here(), false), (own(), false)] {
        let said = |shell: &Shell| view_connect(&shell.model).page_refused_perhaps;
        assert_eq!(said(&shell), None, "nobody knows yet");
        shell.hear(SessionEvent::Bridge(BridgeState::Unreachable));
        assert_eq!(said(&shell).as_deref(), expected.then_some("https://page.example"));
        shell.hear(SessionEvent::Bridge(BridgeState::Known(hello())));
        assert_eq!(said(&shell), None);
        shell.send(Msg::SandboxPressed).hear(ended());
        assert_eq!(said(&shell).is_some(), expected, "and a login may find it so, too");
    }
}

#[test]
fn another_bridge_puts_away_what_went_wrong_with_the_last() {
    let mut shell = Shell::starting(site(&[A, B], false, None));
    shell
        .send(Msg::SandboxPressed)
        .hear(SessionEvent::Ended(Ending { reason: EndReason::BridgeUnreachable, deletion: Deletion::NothingMarked }));
    assert!(view_connect(&shell.model).trouble.is_some());
    shell.send(Msg::BridgeChosen(B.into()));
    assert_eq!(view_connect(&shell.model).trouble, None);
}

#[test]
fn the_picture_says_what_is_encrypted_who_reads_and_whom_one_trusts_with_the_page() {
    use Protection::{Encrypted, Local, Open};
    use TlsEnds::{Bridge, Nowhere, Page, PageStls};
    let picture = |first, second, reads, apart, page_secure| HopPicture {
        first,
        second,
        bridge_reads: reads,
        apart,
        page_secure,
    };
    let secure = |bridges: &[&str]| site(bridges, false, None);
    let plain = |bridges: &[&str]| Start {
        page_origin: "http://page.example".into(),
        page_secure: false,
        ..site(bridges, false, None)
    };
    for (tls, start, expected) in [
        (Page, secure(&[]), picture(Encrypted, Encrypted, false, false, true)),
        (PageStls, secure(&[]), picture(Encrypted, Encrypted, false, false, true)),
        (Bridge, secure(&[]), picture(Encrypted, Encrypted, true, false, true)),
        (Nowhere, secure(&[]), picture(Encrypted, Open, true, false, true)),
        // TLS of the page's own protects the first hop as well, but not the page on its way here.
        (Page, plain(&[]), picture(Encrypted, Encrypted, false, false, false)),
        (PageStls, plain(&[]), picture(Encrypted, Encrypted, false, false, false)),
        (Bridge, plain(&[]), picture(Open, Encrypted, true, false, false)),
        (Nowhere, plain(&[]), picture(Open, Open, true, false, false)),
        (Page, secure(&[A]), picture(Encrypted, Encrypted, false, true, true)),
        (PageStls, secure(&[A]), picture(Encrypted, Encrypted, false, true, true)),
        (Bridge, secure(&[A]), picture(Encrypted, Encrypted, true, true, true)),
        (Nowhere, secure(&[A]), picture(Encrypted, Open, true, true, true)),
        (Page, plain(&[A]), picture(Encrypted, Encrypted, false, true, false)),
        (PageStls, plain(&[A]), picture(Encrypted, Encrypted, false, true, false)),
        (Bridge, plain(&[A]), picture(Encrypted, Encrypted, true, true, false)),
        (Bridge, plain(&["ws://a.example"]), picture(Open, Encrypted, true, true, false)),
        (Nowhere, plain(&["ws://page.example"]), picture(Open, Open, true, false, false)),
        (Bridge, secure(&["ws://127.0.0.1:8995"]), picture(Local, Encrypted, true, true, true)),
    ] {
        let told = format!("{tls:?} {start:?}");
        let mut shell = Shell::starting(start);
        let targets = vec![target("a", 1, &[tls])];
        shell.hear(SessionEvent::Bridge(BridgeState::Known(Hello { targets, ..hello() })));
        let BridgeVm::Offers(offer) = view_connect(&shell.model).bridge else { panic!("{told}: there is an offer") };
        assert_eq!(offer.picture, expected, "{told}");
        assert_eq!(offer.picture.is_open(), expected.first == Open || expected.second == Open);
        for language in Language::ALL {
            assert!(!(language.texts().security.operators)(offer.picture).is_empty());
        }
    }
}
