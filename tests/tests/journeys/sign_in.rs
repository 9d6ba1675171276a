//! The sign-in options: a method that the user chose, one that the server does not offer, and one that needs no password.
//! And what a server does against the rules on the way stands in the transcript.

use popglass_tests::{
    accessibility,
    bridge::{self, Bridge},
    browser::{Colours, Options},
    dovecot::{Dovecot, Mechanisms},
    mails,
    page::{Page, part, with},
    rude::Rude,
};

const USER: &str = "alex";
/// The page has no SASLprep, so SCRAM takes ASCII only.
const PASSWORD: &str = "canary-5127 open sesame";

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_method_is_used_or_refused_and_never_replaced() {
    let raw = mails::raw(&mails::maildrop()[..3]);
    let dovecot = Dovecot::start_offering(Mechanisms::Passwords, USER, PASSWORD, &raw).await;
    let bridge = Bridge::start(bridge::Options {
        targets: &[format!("localhost:{},tls,private", dovecot.pop3s.port())],
        authority: Some(&dovecot.authority()),
        ..bridge::Options::default()
    })
    .await;
    let page = Page::open(&bridge.url(), Options::default()).await;

    for method in ["SCRAM-SHA-256", "CRAM-MD5", "LOGIN", "USER/PASS"] {
        page.choose_method(method).await;
        page.log_in(USER, PASSWORD).await;
        page.mailbox().await;
        let said = page.transcript().await;
        let expected = if method == "USER/PASS" { "client: USER".to_owned() } else { format!("client: AUTH {method}") };
        assert!(said.iter().any(|line| line.starts_with(&expected)), "{method}: {said:#?}");
        assert!(!said.iter().any(|line| line.contains("sesame")), "{method}: the password is in the transcript");
        page.click(".hops summary").await;
        page.text_where(".hops", |text| text.contains(&format!("Signed in by {method}"))).await;
        page.browser.screenshot(&format!("sign-in-{}", method.to_lowercase().replace('/', "-"))).await;
        page.finish().await;
        page.click(&part("new-session-button")).await;
    }

    page.choose_method("XOAUTH2").await;
    page.log_in(USER, "a-token").await;
    let trouble = page.text_where(&part("connect-error"), |text| !text.is_empty()).await;
    assert!(trouble.contains("does not offer to sign in by XOAUTH2"), "{trouble}");
    page.choose_method("ANONYMOUS").await;
    page.gone(&part("password-input")).await;
    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rude_server_is_served_and_its_faults_are_shown() {
    let rude = Rude::start().await;
    let bridge = Bridge::start(bridge::Options {
        targets: &[format!("127.0.0.1:{},plain,private", rude.address.port())],
        ..bridge::Options::default()
    })
    .await;
    let page = Page::open(&bridge.url(), Options::default()).await;
    page.log_in(USER, PASSWORD).await;
    page.mailbox().await;
    page.transcript().await;
    let deviation = with("entry", "data-direction", "deviation");
    let rules = page.each(&deviation, "return element.innerText").await;
    let rules: Vec<_> = rules.iter().filter_map(|rule| rule.as_str()).collect();
    for (fault, rfc) in
        [("only the LF", "RFC 1939 §3"), ("same unique-id", "RFC 1939 §7"), ("one space", "RFC 1939 §5")]
    {
        assert!(rules.iter().any(|rule| rule.contains(fault) && rule.contains(rfc)), "{fault}: {rules:#?}");
    }
    page.each(&deviation, "element.scrollIntoView({ block: 'center' })").await;
    for colours in Colours::ALL {
        page.browser.prefer(colours).await;
        page.browser.screenshot(&format!("transcript-deviations-{}", colours.name())).await;
        assert_eq!(accessibility::violations(&page.browser).await, Vec::<String>::new(), "{colours:?}");
    }
}
