//! The line breaks: in the middle of a message, and between QUIT and its answer. The page says what that means for the
//! marks, and the Maildir agrees.

use popglass_tests::{
    browser::Options,
    chaos::Way,
    mails::{self, Mail},
    page::part,
    screens::marked,
    stage::Stage,
    wait,
};

/// Five small messages, and a large one as the third.
fn maildrop() -> Vec<Mail> {
    let mut mails = mails::maildrop()[..5].to_vec();
    mails.insert(2, mails::large(3_000_000));
    mails
}

#[tokio::test(flavor = "multi_thread")]
async fn a_break_in_mid_message_deletes_nothing() {
    let stage = Stage::set(&maildrop(), Options::default()).await;
    let page = &stage.page;
    stage.log_in().await;
    page.mark(1).await;
    page.mark(5).await;
    stage.line.cut_after(400_000);
    page.click(&format!("{} {}", popglass_tests::screens::row(3), part("row-subject"))).await;
    let ended = page.ended().await;
    assert!(ended.deletion.contains("Nothing was deleted"), "{ended:?}");
    page.browser.screenshot("connection-lost").await;
    assert_eq!(stage.on_disk(), stage.all_but(&[]));

    // Back again: the marks are gone but offered, and the message can be read to its end.
    stage.line.mend();
    page.click(&part("reconnect-button")).await;
    page.mailbox().await;
    assert!(page.rows().await.iter().all(|row| !row.marked));
    assert!(!page.is_shown(&part("pending-bar")).await);
    let offer = page.text_where(&part("reconciled"), |text| !text.is_empty()).await;
    assert!(offer.contains("2 messages that you had marked are still on the server (numbers 1, 5)"), "{offer}");
    page.browser.screenshot("reconciled-offer").await;
    page.click(&part("reconciled-mark")).await;
    page.shown(&marked(5, true)).await;
    page.shown(&part("pending-bar")).await;
    page.click(&part("pending-undo-all")).await;
    page.gone(&part("pending-bar")).await;
    page.read(3).await;
    page.text_where(&part("reader-text"), |text| text.contains("The meeting began at nine.")).await;
    page.back().await;
    let ended = page.finish().await;
    assert!(ended.deletion.contains("nothing was deleted"), "{ended:?}");
    assert_eq!(stage.on_disk(), stage.all_but(&[]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_break_after_quit_leaves_an_open_question() {
    let stage = Stage::set(&maildrop(), Options::default()).await;
    let page = &stage.page;
    stage.log_in().await;
    page.mark(4).await;
    page.shown(&marked(4, true)).await;
    let asked_before = stage.line.octets(Way::Up);
    stage.line.hold();
    page.click(&part("finish-button")).await;
    wait::must("Dovecot to take QUIT", async || {
        (stage.line.octets(Way::Up) > asked_before && stage.on_disk() == stage.all_but(&[3])).then_some(())
    })
    .await;
    stage.line.cut();
    let ended = page.ended().await;
    assert!(ended.deletion.contains("Nobody can tell"), "{ended:?}");
    page.browser.screenshot("connection-lost-after-quit").await;

    // The next login answers it, once.
    stage.line.mend();
    page.click(&part("reconnect-button")).await;
    page.mailbox().await;
    let told = page.text_where(&part("reconciled"), |text| !text.is_empty()).await;
    assert!(told.contains("1 message that you had marked is deleted"), "{told}");
    assert!(!page.is_shown(&part("reconciled-mark")).await, "there is nothing left to mark");
    page.browser.screenshot("reconciled-deleted").await;
    page.click(&part("reconciled-leave")).await;
    page.gone(".reconciled").await;
    assert_eq!(stage.on_disk(), stage.all_but(&[3]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_is_told_apart_from_a_bridge_that_dies() {
    let mut stage = Stage::set(&maildrop(), Options::default()).await;
    stage.log_in().await;
    stage.page.mark(2).await;
    stage.dovecot.kill();
    let by_server = stage.page.ended().await;
    assert!(by_server.deletion.contains("Nothing was deleted"), "{by_server:?}");
    assert_eq!(stage.on_disk(), stage.all_but(&[]));

    let mut stage = Stage::set(&maildrop(), Options::default()).await;
    stage.log_in().await;
    stage.page.mark(2).await;
    stage.bridge.kill();
    let by_bridge = stage.page.ended().await;
    assert!(by_bridge.deletion.contains("Nothing was deleted"), "{by_bridge:?}");
    assert_eq!(stage.on_disk(), stage.all_but(&[]));
    assert_ne!(by_server.reason, by_bridge.reason);
    assert!(by_bridge.reason.contains("bridge"), "{by_bridge:?}");
}
