//! TLS in the page against servers and lines that behave badly: a handshake that is cut, octets that somebody puts in
//! between, an end without a goodbye. Each is told in plain words, no credential goes to anybody, and nothing is deleted.

use popglass_tests::{
    bridge::{self, Bridge},
    browser::Options,
    chains::Order,
    page::{Page, part},
    rude_tls::{Behaviour, Ending, MESSAGES, RudeTls, subject},
    screens::{Ended, marked, row},
    stage::{PASSWORD, USER, Way},
};

struct Scene {
    server: RudeTls,
    page: Page,
    bridge: Bridge,
}

impl Scene {
    async fn set(behaviour: Behaviour, way: Way, options: Options) -> Self {
        let chain = Order::default().make();
        let server = RudeTls::start(behaviour, &chain).await;
        let port = if way == Way::PageStls { server.pop3.port() } else { server.pop3s.port() };
        let bridge = Bridge::start(bridge::Options {
            targets: &[format!("localhost:{port},{},private", if way == Way::PageStls { "stls" } else { "page" })],
            ..bridge::Options::default()
        })
        .await;
        let page = Page::open(&bridge.url(), options).await;
        page.trust_authority(&chain.authority).await;
        Self { server, page, bridge }
    }

    /// Logs in and marks a message.
    async fn log_in_and_mark(&self) {
        self.page.log_in(USER, PASSWORD).await;
        self.page.mailbox().await;
        let subjects: Vec<_> = self.page.rows().await.into_iter().map(|row| row.subject).collect();
        assert_eq!(subjects, (1..=MESSAGES).rev().map(subject).collect::<Vec<_>>());
        self.page.mark(1).await;
        self.page.shown(&marked(1, true)).await;
    }

    /// What was marked was not deleted, and the password stayed within TLS.
    fn nothing_was_deleted(&self, ended: &Ended, what: &str) {
        assert!(ended.deletion.contains("Nothing was deleted"), "{what}: {ended:?}");
        let seen = self.server.seen();
        let commands = seen.commands();
        assert!(commands.iter().any(|command| command == "DELE 1"), "{what}: {commands:?}");
        assert!(!commands.iter().any(|command| command == "QUIT"), "{what}: {commands:?}");
        assert!(!String::from_utf8_lossy(&seen.wire).contains(PASSWORD), "{what}: the password went in the clear");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_that_fails_is_told_and_no_credential_is_sent() {
    let check = async |behaviour, way, options: Options, words: &str| {
        let scene = Scene::set(behaviour, way, options).await;
        scene.page.log_in(USER, PASSWORD).await;
        let told = scene.page.refusal().await;
        assert!(told.contains(words), "{behaviour:?} {way:?}: {told}");
        let seen = scene.server.seen();
        assert!(seen.connections > 0 && !seen.holds(PASSWORD), "{behaviour:?} {way:?}");
        assert_eq!(seen.commands(), Vec::<String>::new(), "{behaviour:?} {way:?}: nothing was said inside TLS");
        assert!(!String::from_utf8_lossy(&seen.wire).contains(USER), "{behaviour:?} {way:?}: nor of the user outside");
        assert!(!scene.page.is_shown(&part("pin-button")).await, "{behaviour:?}: trust is not what is missing");
    };
    let english = Options::default();
    let german = Options { languages: "de-DE,de", ..english };
    check(Behaviour::Plain, Way::Page, english, "does not speak TLS").await;
    check(Behaviour::Plain, Way::Page, german, "kein TLS").await;
    for way in [Way::Page, Way::PageStls] {
        check(Behaviour::CutAfterHello, way, english, "ended before it was encrypted").await;
        check(Behaviour::CutInHandshake, way, english, "ended before it was encrypted").await;
        check(Behaviour::AlertVersion, way, english, "too old").await;
    }
    check(Behaviour::AlertHandshake, Way::Page, english, "too old").await;
    check(Behaviour::InjectAtOnce, Way::PageStls, english, "did not keep to the rules of POP3").await;
    check(Behaviour::InjectLater, Way::PageStls, english, "does not speak TLS here").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_breaks_off_is_never_taken_for_whole() {
    let check = async |behaviour, way, options: Options, words: &str, deletion: &str| {
        let scene = Scene::set(behaviour, way, options).await;
        scene.log_in_and_mark().await;
        scene.page.click(&format!("{} {}", row(2), part("row-subject"))).await;
        let ended = scene.page.ended().await;
        assert!(ended.reason.contains(words), "{behaviour:?} {way:?}: {ended:?}");
        assert!(!scene.page.is_shown(&part("reader-text")).await, "{behaviour:?}: half a message is shown");
        if deletion.is_empty() {
            scene.nothing_was_deleted(&ended, &format!("{behaviour:?} {way:?}"));
        } else {
            assert!(ended.deletion.contains(deletion), "{ended:?}");
        }
    };
    let english = Options::default();
    let german = Options { languages: "de-DE,de", ..english };
    for way in [Way::Page, Way::PageStls] {
        check(Behaviour::CutInMessage, way, english, "cut off", "").await;
        check(Behaviour::AlertInMessage, way, english, "broke off TLS", "").await;
    }
    check(Behaviour::GarbageInMessage, Way::Page, english, "Something on the way changed", "").await;
    check(Behaviour::CutInMessage, Way::Page, german, "abgeschnitten", "Nichts wurde gelöscht").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_without_a_goodbye_is_told_apart_from_one_with() {
    let mut reasons = Vec::new();
    for ending in [Ending::Abrupt, Ending::Polite] {
        let scene = Scene::set(Behaviour::Good, Way::Page, Options::default()).await;
        scene.log_in_and_mark().await;
        scene.server.end(ending);
        let ended = scene.page.ended().await;
        scene.nothing_was_deleted(&ended, &format!("{ending:?}"));
        reasons.push(ended.reason);

        // Back again, in the same way and with what was marked on offer.
        scene.server.mend();
        scene.page.click(&part("reconnect-button")).await;
        scene.page.mailbox().await;
        scene.page.shown(&part("reconciled-mark")).await;
    }
    assert!(reasons[0].contains("cut off") && reasons[1].contains("ended the connection"), "{reasons:?}");
}

/// The bridge is on the way, too: it can cut the line at any place, and can do no more.
#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_that_goes_away_is_no_end_of_the_servers() {
    let mut scene = Scene::set(Behaviour::Good, Way::Page, Options::default()).await;
    scene.log_in_and_mark().await;
    scene.bridge.kill();
    let ended = scene.page.ended().await;
    assert!(ended.reason.contains("bridge"), "{ended:?}");
    scene.nothing_was_deleted(&ended, "bridge");
}
