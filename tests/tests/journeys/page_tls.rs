//! TLS in the page against good servers: Dovecot with both versions of TLS, both kinds of keys, with an authority in
//! between, by STLS; what the page says of certificates is what `openssl` says; and SCRAM bound to its TLS connection.

use std::fs;

use popglass_protocol::server::{Config, fault::FaultScript};
use popglass_sandbox::World;
use popglass_tests::{
    bridge::{self, Bridge},
    browser::Options,
    chains::{BETWEEN, Intermediate, Keys, Order, ROOT, fingerprint},
    dovecot::{Receptionist, Setup, Versions},
    mails::{self, Mail},
    page::{Page, part},
    pop3_server::Pop3Server,
    stage::{PASSWORD, Setting, Stage, USER, Way},
    trust::digits,
};

fn few() -> Vec<Mail> {
    mails::maildrop()[..3].to_vec()
}

/// Lists and reads over this way, and gives the sections of the certificate view.
async fn reads_mail(setting: Setting<'_>) -> Vec<String> {
    let mails = few();
    let stage = Stage::set_as(setting, &mails, Options::default()).await;
    let page = &stage.page;
    stage.log_in().await;
    let sections = page.certificates().await;
    page.close_certificates().await;
    page.read(1).await;
    page.text_where(&part("reader-text"), |text| text.contains(&mails[0].sentence)).await;
    page.back().await;
    let ended = page.finish().await;
    assert!(ended.deletion.contains("nothing was deleted"), "{setting:?}: {ended:?}");
    assert_eq!(page.browser.complaints().await, Vec::<String>::new(), "{setting:?}");
    assert_eq!(stage.on_disk(), [0, 1, 2]);
    sections
}

#[tokio::test(flavor = "multi_thread")]
async fn dovecot_is_reached_by_each_version_and_each_kind_of_key() {
    let check = async |way, versions, keys, intermediate, version: &str| {
        let chain = Order { keys, intermediate, flaw: None }.make();
        let dovecot = Setup { versions, chain: Some(&chain), ..Setup::default() };
        let sections = reads_mail(Setting { way, dovecot, ..Setting::default() }).await;
        let text = sections.join("\n");
        assert!(text.contains(version), "{versions:?}: {text}");
        // One for the connection, one for each certificate.
        assert_eq!(sections.len(), 1 + chain.sent.len(), "{text}");
        assert!(digits(&text).contains(&chain.fingerprint()), "{keys:?}: {text}");
    };
    check(Way::Page, Versions::Only13, Keys::Ecdsa, Intermediate::Sent, "TLSv1.3").await;
    check(Way::Page, Versions::Only12, Keys::Ecdsa, Intermediate::None, "TLSv1.2").await;
    check(Way::Page, Versions::Only13, Keys::Rsa, Intermediate::None, "TLSv1.3").await;
    check(Way::Page, Versions::Only12, Keys::Rsa, Intermediate::Sent, "TLSv1.2").await;
    check(Way::PageStls, Versions::Only13, Keys::Rsa, Intermediate::Sent, "TLSv1.3").await;
    check(Way::PageStls, Versions::Only12, Keys::Ecdsa, Intermediate::Sent, "TLSv1.2").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_shown_as_openssl_sees_them_whoever_ends_tls() {
    let chain = Order { intermediate: Intermediate::Sent, ..Order::default() }.make();
    let dovecot = Setup { chain: Some(&chain), ..Setup::default() };
    for (way, vouched) in [(Way::Page, "authority that you added"), (Way::Bridge, "The bridge says")] {
        let sections = reads_mail(Setting { way, dovecot, ..Setting::default() }).await;
        let [connection, server, between] = sections.as_slice() else { panic!("{way:?}: {sections:#?}") };
        assert!(connection.contains("localhost") && connection.contains(vouched), "{way:?}: {connection}");
        // Nobody may take silence for a check.
        assert!(connection.contains("Revocation") && connection.contains("Not checked"), "{way:?}: {connection}");
        assert!(server.contains("localhost") && server.contains(BETWEEN), "{way:?}: {server}");
        assert!(digits(server).contains(&chain.fingerprint()), "{way:?}: {server}");
        assert!(between.contains(BETWEEN) && between.contains(ROOT), "{way:?}: {between}");
        let (_, second) = chain.sent_pem.split_at(chain.sent_pem.rfind("-----BEGIN").expect("there are two"));
        assert!(digits(between).contains(&fingerprint(second)), "{way:?}: {between}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_bound_to_the_tls_of_the_page() {
    let password = "open sesame";
    let world = World::default();
    world.add_user(USER, password, vec![b"Subject: bound\r\n\r\nHello.\r\n".to_vec()]);
    let server = Pop3Server::start(world, Config::complete(), FaultScript::default()).await;
    for (way, port) in [(Way::Page, server.pop3s.port()), (Way::PageStls, server.pop3.port())] {
        let bridge = Bridge::start(bridge::Options {
            targets: &[format!("localhost:{port},{},private", way.words())],
            authority: Some(&server.authority()),
            ..bridge::Options::default()
        })
        .await;
        let page = Page::open(&bridge.url(), Options::default()).await;
        page.trust_authority(&fs::read_to_string(server.authority()).expect("we wrote it")).await;
        page.log_in(USER, password).await;
        page.mailbox().await;
        let said = page.transcript().await;
        assert!(said.iter().any(|line| line.starts_with("client: AUTH SCRAM-SHA-256-PLUS")), "{way:?}: {said:#?}");
        page.finish().await;
    }
    // Whoever ends TLS in between has another connection: there is nothing to bind to, so it is not offered.
    let bridge = Bridge::start(bridge::Options {
        targets: &[format!("localhost:{},tls,private", server.pop3s.port())],
        authority: Some(&server.authority()),
        ..bridge::Options::default()
    })
    .await;
    let page = Page::open(&bridge.url(), Options::default()).await;
    page.log_in(USER, password).await;
    page.mailbox().await;
    let said = page.transcript().await;
    assert!(said.iter().any(|line| line.starts_with("client: AUTH SCRAM-SHA-256")), "{said:#?}");
    assert!(!said.iter().any(|line| line.starts_with("client: AUTH") && line.contains("PLUS")), "{said:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_trusted_for_what_it_is() {
    let bridge = Bridge::start(bridge::Options { demo: true, ..bridge::Options::default() }).await;
    let page = Page::open(&bridge.url(), Options::default()).await;
    page.shown(&part("security-select")).await;
    assert_eq!(page.value(&part("security-select")).await, Way::Page.value());
    let trusted = page.trusted().await;
    let kinds: Vec<_> = trusted.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["demo"], "{trusted:?}");
    page.click(&part("demo-login")).await;
    page.click(&part("connect-button")).await;
    page.mailbox().await;
    let sections = page.certificates().await.join("\n");
    assert!(sections.contains("demo’s own authority"), "{sections}");
    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
}

/// Certificates are checked once and for the page's life: a second session resumes the first one's TLS.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_session_resumes_tls_and_says_so() {
    let dovecot = Setup { receptionist: Receptionist::Same, ..Setup::default() };
    let stage = Stage::set_as(Setting { dovecot, ..Setting::default() }, &few(), Options::default()).await;
    let page = &stage.page;
    let mut resumed = Vec::new();
    for _ in 0..2 {
        page.log_in(USER, PASSWORD).await;
        page.mailbox().await;
        resumed.push(page.certificates().await.join("\n").contains("Resumed"));
        page.close_certificates().await;
        page.finish().await;
        page.click(&part("new-session-button")).await;
    }
    assert_eq!(resumed, [false, true]);
}

/// What the module exports, but for a trap in place of the first octets that come.
const BREAKS_DOWN: &str = "
import init, { Tls as Real } from './tls.js?whole';
export * from './tls.js?whole';
export default init;
export class Tls {
  static open(order) {
    const real = Real.open(order);
    real.feed = () => { throw new WebAssembly.RuntimeError('unreachable'); };
    return real;
  }
}
";

#[tokio::test(flavor = "multi_thread")]
async fn a_tls_module_that_breaks_down_costs_one_session_and_not_the_page() {
    let setting = Setting { elsewhere: true, untrusted: true, ..Setting::default() };
    let stage = Stage::set_as(setting, &few(), Options::default()).await;
    let page = &stage.page;
    // The first module that the page loads; the next one has another query.
    stage.site.as_ref().expect("the page is from elsewhere").replace("tls.js", "-0", BREAKS_DOWN);
    stage.trust_authority().await;
    page.log_in(USER, PASSWORD).await;
    let trouble = page.text_where(&part("connect-error"), |text| !text.is_empty()).await;
    assert!(trouble.contains("broke down"), "{trouble}");
    stage.log_in().await;
    assert_eq!(page.rows().await.len(), few().len());
}
