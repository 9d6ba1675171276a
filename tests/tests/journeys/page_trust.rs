//! Whom the page trusts: servers that it refuses, in words, with nothing secret sent; an authority of one's own; one
//! certificate that was seen and accepted, and no other.

use std::fs;

use popglass_tests::{
    bridge::{self, Bridge},
    browser::Options,
    chains::{Flaw, Intermediate, Keys, Order},
    dovecot::{Setup, Versions},
    mails,
    page::{Page, part},
    rude_tls::{Behaviour, RudeTls},
    stage::{PASSWORD, Setting, Stage, USER, Way},
    trust::digits,
};

const GERMAN: Options = Options { languages: "de-DE,de", size: (1280, 900), host: None };
const ENGLISH: Options = Options { languages: "en-GB,en", size: (1280, 900), host: None };

/// A page whose user trusts the chain's authority, before a server with this chain that notes all it gets.
struct Refusing {
    server: RudeTls,
    page: Page,
    _bridge: Bridge,
}

impl Refusing {
    async fn set(order: Order, way: Way, options: Options) -> (Self, String) {
        let chain = order.make();
        let server = RudeTls::start(Behaviour::Good, &chain).await;
        let port = if way == Way::PageStls { server.pop3.port() } else { server.pop3s.port() };
        let bridge = Bridge::start(bridge::Options {
            targets: &[format!("localhost:{port},{},private", if way == Way::PageStls { "stls" } else { "page" })],
            ..bridge::Options::default()
        })
        .await;
        let page = Page::open(&bridge.url(), options).await;
        page.trust_authority(&chain.authority).await;
        (Self { server, page, _bridge: bridge }, chain.fingerprint())
    }

    fn nothing_secret_was_sent(&self, what: &str) {
        let seen = self.server.seen();
        assert!(seen.connections > 0, "{what}: nobody came");
        assert!(!seen.holds(PASSWORD), "{what}: the password was sent");
        assert_eq!(seen.commands(), Vec::<String>::new(), "{what}: something was said inside TLS");
        assert!(!String::from_utf8_lossy(&seen.wire).contains(USER), "{what}: the user's name was sent in the clear");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_certificate_is_refused_in_plain_words_and_nothing_secret_is_sent() {
    let check = async |way, intermediate, flaw, options: Options, words: &str| {
        let order = Order { keys: Keys::Ecdsa, intermediate, flaw };
        let (refusing, fingerprint) = Refusing::set(order, way, options).await;
        let page = &refusing.page;
        page.log_in(USER, PASSWORD).await;
        let told = page.refusal().await;
        assert!(told.contains(words), "{order:?}: {told}");
        let shown = page.refused_certificates().await;
        assert!(digits(&shown).contains(&fingerprint), "{order:?}: {shown}");
        assert!(page.is_shown(&part("pin-button")).await, "{order:?}: the user may know better");
        refusing.nothing_secret_was_sent(&format!("{order:?}"));
    };
    let (page, stls, alone) = (Way::Page, Way::PageStls, Intermediate::None);
    check(page, alone, Some(Flaw::Expired), ENGLISH, "has expired").await;
    check(page, alone, Some(Flaw::Expired), GERMAN, "ist abgelaufen").await;
    check(page, alone, Some(Flaw::NotYetValid), ENGLISH, "is not valid yet").await;
    check(page, alone, Some(Flaw::WrongName), ENGLISH, "is not for localhost").await;
    check(page, alone, Some(Flaw::SelfSigned), ENGLISH, "vouches for itself").await;
    check(page, alone, Some(Flaw::SelfSignedAuthority), ENGLISH, "vouches for itself").await;
    check(page, alone, Some(Flaw::UnknownAuthority), ENGLISH, "Nobody you trust vouches").await;
    // Calling oneself like an authority is of no use.
    check(page, alone, Some(Flaw::Impostor), ENGLISH, "does not lead to anybody you trust").await;
    check(page, Intermediate::LeftOut, None, ENGLISH, "does not lead to anybody you trust").await;
    check(stls, alone, Some(Flaw::UnknownAuthority), ENGLISH, "Nobody you trust vouches").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dovecot_without_its_intermediate_is_refused_and_with_it_is_not() {
    for keys in [Keys::Ecdsa, Keys::Rsa] {
        let chain = Order { keys, intermediate: Intermediate::LeftOut, flaw: None }.make();
        let dovecot = Setup { chain: Some(&chain), ..Setup::default() };
        let stage =
            Stage::set_as(Setting { dovecot, ..Setting::default() }, &mails::maildrop()[..2], Options::default()).await;
        stage.page.log_in(USER, PASSWORD).await;
        let told = stage.page.refusal().await;
        assert!(told.contains("does not lead to anybody you trust"), "{keys:?}: {told}");
        assert!(!stage.dovecot.log().contains("Login"), "{keys:?}: {}", stage.dovecot.log());
        assert_eq!(stage.on_disk(), [0, 1]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_too_old_is_told_so() {
    let dovecot = Setup { versions: Versions::Old, ..Setup::default() };
    for way in [Way::Page, Way::PageStls] {
        let setting = Setting { way, dovecot, ..Setting::default() };
        let stage = Stage::set_as(setting, &mails::maildrop()[..2], Options::default()).await;
        stage.page.log_in(USER, PASSWORD).await;
        let told = stage.page.refusal().await;
        assert!(told.contains("too old"), "{way:?}: {told}");
        assert!(!stage.dovecot.log().contains("Login"), "{way:?}: {}", stage.dovecot.log());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_certificate_can_be_accepted_and_no_other_with_it() {
    let order = Order { flaw: Some(Flaw::SelfSignedAuthority), ..Order::default() };
    let chain = order.make();
    let dovecot = Setup { chain: Some(&chain), ..Setup::default() };
    let setting = Setting { dovecot, untrusted: true, ..Setting::default() };
    let stage = Stage::set_as(setting, &mails::maildrop()[..2], Options::default()).await;
    let page = &stage.page;
    page.log_in(USER, PASSWORD).await;
    assert!(page.refusal().await.contains("vouches for itself"));
    assert!(digits(&page.refused_certificates().await).contains(&chain.fingerprint()));
    page.pin().await;
    page.mailbox().await;
    let sections = page.certificates().await.join("\n");
    assert!(sections.contains("this very certificate"), "{sections}");
    page.close_certificates().await;
    page.finish().await;
    page.click(&part("new-session-button")).await;

    // It is listed as what it is, also after the page was loaded again.
    page.reload().await;
    let trusted = page.trusted().await;
    assert_eq!(trusted.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["pin"], "{trusted:?}");
    assert!(digits(&trusted[0].text).contains(&chain.fingerprint()[..16]), "{trusted:?}");
    stage.log_in().await;
    page.finish().await;
    page.click(&part("new-session-button")).await;

    // Another that looks the same, at the same place.
    let other = order.make();
    let impostor = RudeTls::start(Behaviour::Good, &other).await;
    stage.line.forward_to(impostor.pop3s);
    page.log_in(USER, PASSWORD).await;
    assert!(page.refusal().await.contains("vouches for itself"));
    assert!(digits(&page.refused_certificates().await).contains(&other.fingerprint()));
    assert!(!impostor.seen().holds(PASSWORD) && impostor.seen().commands().is_empty());

    // Trust that was taken back is gone.
    stage.line.forward_to(stage.dovecot.pop3s);
    page.distrust("pin").await;
    page.log_in(USER, PASSWORD).await;
    assert!(page.refusal().await.contains("vouches for itself"));
    assert_eq!(stage.on_disk(), [0, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_is_added_by_its_text_or_its_file_and_nothing_else_is() {
    let setting = Setting { untrusted: true, ..Setting::default() };
    let stage = Stage::set_as(setting, &mails::maildrop()[..2], Options::default()).await;
    let page = &stage.page;
    let read = |path| fs::read_to_string(path).expect("we wrote it");
    let certificates = &stage.dovecot.certificates;
    for (text, words) in [
        ("This is no certificate.".to_owned(), "no certificate in this text"),
        (read(&certificates.server), "is a server’s certificate"),
        (read(&certificates.server_key), "private key"),
    ] {
        page.paste_authority(&text).await;
        page.text_where(&part("trust-error"), |told| told.contains(words)).await;
        assert!(page.trusted().await.is_empty(), "{words}");
    }
    let kept = page.browser.run("return JSON.stringify({ ...localStorage, ...sessionStorage })", Vec::new()).await;
    assert!(!kept.as_str().unwrap_or_default().contains("PRIVATE"), "{kept}");
    page.trust_authority(&read(&certificates.authority)).await;
    let trusted = page.trusted().await;
    assert_eq!(trusted.len(), 1, "{trusted:?}");
    assert!(trusted[0].kind == "authority" && trusted[0].text.contains("Popglass test authority"), "{trusted:?}");

    // The same from a file.
    page.distrust("authority").await;
    let file = page.shown(&part("trust-authority-file")).await;
    file.send_keys(certificates.authority.to_str().expect("our paths are ASCII")).await.expect("a file can be chosen");
    page.must("it to be listed again", async || (page.trusted().await == trusted).then_some(())).await;
    stage.log_in().await;
    page.finish().await;
}
