//! The README's picture: the practice mailbox with the conversation beside it, as anybody sees it who tries it.
//! `target/screenshots/readme.png` is copied to `docs/screenshot.png` by whoever wants a new one.

use popglass_tests::{
    browser::{Colours, Options},
    page::{Page, part},
    site::Site,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_readme_shows_what_anybody_sees() {
    let site = Site::start().await;
    let page = Page::open(&site.url(), Options { languages: "en-GB,en", size: (1280, 800), host: None }).await;
    page.browser.prefer(Colours::Light).await;
    page.enter_sandbox().await;
    let rows = page.rows().await;
    page.mark(rows[1].number).await;
    // Some entries a frame: the last may come after the mark.
    page.must("DELE in the transcript", async || {
        page.transcript().await.iter().any(|line| line.starts_with("client: DELE")).then_some(())
    })
    .await;
    page.shown(&part("pending-bar")).await;
    // The picture must not catch a movement half-way.
    page.must("stillness", async || {
        let moving = page.browser.run("return document.getAnimations().length", Vec::new()).await;
        (moving == 0).then_some(())
    })
    .await;
    let picture = page.browser.screenshot("readme").await;
    assert!(picture.metadata().expect("it was written").len() > 10_000);
}
