//! TLS in the page against Courier: by STLS and at once, read and emptied as the user says, and Courier's own store agrees.

use std::fs;

use popglass_tests::{
    bridge::{self, Bridge},
    browser::Options,
    chains::fingerprint_of,
    mails,
    page::{Page, part},
    poplib::Security,
    servers::{Maker, PASSWORD, RunningServer, USER},
    trust::digits,
};

#[tokio::test(flavor = "multi_thread")]
async fn courier_is_read_and_emptied_with_tls_in_the_page() {
    let mails = mails::maildrop()[..5].to_vec();
    let mut left = mails::raw(&mails);
    let server = RunningServer::start(Maker::Courier, &left).await;
    for (security, word) in [(Security::Stls, "stls"), (Security::Tls, "page")] {
        let bridge = Bridge::start(bridge::Options {
            targets: &[format!("localhost:{},{word},private", server.address(security).port())],
            ..bridge::Options::default()
        })
        .await;
        let page = Page::open(&bridge.url(), Options::default()).await;
        page.trust_authority(&fs::read_to_string(&server.certificates.authority).expect("we wrote it")).await;
        page.log_in(USER, PASSWORD).await;
        page.mailbox().await;
        let sections = page.certificates().await.join("\n");
        let fingerprint = fingerprint_of(&server.certificates.server);
        assert!(digits(&sections).contains(&fingerprint), "{security:?}: {sections}");
        page.close_certificates().await;
        page.read(1).await;
        page.text_where(&part("reader-text"), |text| text.contains(&mails[0].sentence)).await;
        page.back().await;
        page.mark(2).await;
        page.finish().await;
        left.remove(1);
        page.must("Courier to delete", async || (server.messages_left() == left).then_some(())).await;
        assert_eq!(page.browser.complaints().await, Vec::<String>::new(), "{security:?}");
    }
}
