//! The page without any server: it comes from a plain file server, and everything works in the page's own memory.

use popglass_tests::{
    browser::Options,
    page::{Page, part, with},
    screens::{Row, row},
    site::Site,
};

/// The 5 MB sample is the only one that takes a while.
const LARGE_OCTETS: u64 = 4_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn everything_works_without_a_network() {
    let site = Site::start().await;
    let page = Page::open(&site.url(), Options::default()).await;
    page.enter_sandbox().await;
    // There is no bridge here, and the page may have found that out; the browser says so in its own words.
    page.browser.complaints().await;

    let rows = page.rows().await;
    assert!(rows.len() >= 15, "{rows:#?}");
    for row in &rows {
        opens(&page, row).await;
    }
    let (first, second) = (rows[0].number, rows[1].number);
    page.mark(first).await;
    page.mark(second).await;
    page.unmark(first).await;
    let ended = page.finish().await;
    assert!(ended.deletion.contains(&format!("deleted 1 message (number {second})")), "{ended:?}");

    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
    let log = page.browser.finish().await;
    assert_eq!(log.elsewhere(&site.authority), Vec::<&str>::new());
    // The page may ask once whether there is a bridge; the practice mailbox itself opens nothing.
    assert!(log.web_sockets().len() <= 1, "{:?}", log.web_sockets());
}

/// Opens one sample, looks at it in every way there is, and goes back.
async fn opens(page: &Page, row: &Row) {
    page.read(row.number).await;
    let tabs = page
        .must("the ways to look at it", async || {
            let tabs = page.each("[data-testid='reader'] [role='tab']", "return element.dataset.testid").await;
            (!tabs.is_empty()).then_some(tabs)
        })
        .await;
    for tab in tabs.iter().filter_map(|tab| tab.as_str()) {
        page.tab(tab).await;
    }
    assert!(!page.is_shown(&part("reader-error")).await, "{row:?}");
    page.tab("tab-source").await;
    page.text_where(&part("reader-source"), |text| text.contains(':')).await;
    page.back().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_transfer_shows_progress_and_can_be_stopped() {
    let site = Site::start().await;
    let page = Page::open(&site.url(), Options::default()).await;
    page.enter_sandbox().await;
    let large = large_message(&page).await;
    page.click(&format!("{} {}", row(large), part("row-subject"))).await;
    let progress = page.text_where(&part("progress-text"), |text| text.contains("MB")).await;
    assert!(progress.chars().any(|character| character.is_ascii_digit()), "{progress}");
    page.browser.screenshot("progress").await;
    page.click(&part("cancel-button")).await;
    page.gone(&part("progress")).await;
    // The session is still there: another message can be read.
    if page.is_shown(&part("reader")).await {
        page.back().await;
    }
    let other = page.rows().await.into_iter().find(|row| row.number != large).expect("there are more");
    opens(&page, &other).await;
    page.shown(&with("app", "data-phase", "mailbox")).await;
    page.finish().await;
}

/// The number of the large sample, by its shown size.
async fn large_message(page: &Page) -> u64 {
    let sizes = page
        .each(
            &part("row"),
            "return [Number(element.dataset.number),
        element.querySelector(`[data-testid='row-size']`).innerText];",
        )
        .await;
    let large = sizes.iter().find(|entry| {
        let text = entry[1].as_str().unwrap_or_default();
        text.contains("MB")
            && text.split([' ', '\u{a0}']).next().and_then(|number| number.parse::<f64>().ok()) >= Some(4.0)
    });
    large.and_then(|entry| entry[0].as_u64()).unwrap_or_else(|| panic!("none has {LARGE_OCTETS} octets: {sizes:?}"))
}
