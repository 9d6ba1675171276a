//! Every screen, light and dark, in both languages, wide and at 320 pixels: axe finds nothing, and nobody has to scroll
//! sideways. And the keyboard alone is enough. Leaves a picture of everything.

use popglass_tests::{
    accessibility,
    browser::{Colours, Options},
    mails,
    page::{Page, part, with},
    screens::row,
    site::Site,
    stage::{PASSWORD, Stage, USER},
};
use thirtyfour::Key;

const SIZES: [(u32, u32); 2] = [(1280, 900), (320, 640)];

/// What axe and the ruler found, all of it: one run tells everything.
#[derive(Debug, Default)]
struct Findings(Vec<String>);

impl Findings {
    /// Looks at the screen in both colours and both sizes: at two of the four pictures in one language and at the other two
    /// in the other, and at all of them in long trials. Colours and sizes do not depend on the language.
    async fn look(&mut self, page: &Page, language: &str, screen: &str) {
        let all = std::env::var_os("POPGLASS_TEST_LONG").is_some();
        for colours in Colours::ALL {
            page.browser.prefer(colours).await;
            for size in SIZES {
                let light_and_wide_or_neither = (colours == Colours::Light) == (size == SIZES[0]);
                if !all && light_and_wide_or_neither != (language == "en") {
                    continue;
                }
                page.browser.resize(size).await;
                let name = format!("{screen}-{language}-{}-{}", colours.name(), size.0);
                page.browser.screenshot(&name).await;
                let violations = accessibility::violations(&page.browser).await;
                self.0.extend(violations.into_iter().map(|violation| format!("{name}: {violation}")));
                if page.overflows().await {
                    self.0.push(format!("{name}: wider than the window"));
                }
            }
        }
        page.browser.resize(SIZES[0]).await;
        page.browser.prefer(Colours::Light).await;
    }
}

async fn looks_at_every_screen(language: &'static str) {
    let mut mails = mails::maildrop()[..60].to_vec();
    mails.push(mails::html("A letter in HTML", "<h1>Hello</h1><p>A letter.</p><img src='https://example.org/x.png'>"));
    let stage = Stage::set(&mails, Options { languages: language, ..Options::default() }).await;
    let page = &stage.page;
    let mut found = Findings::default();
    page.click(&format!("{} summary", part("sign-in-options"))).await;
    page.shown(&part("method-select")).await;
    // With the sign-in options and the part about trust open: they are what may go wrong there.
    page.open_trust().await;
    found.look(page, language, "connect").await;

    page.log_in(USER, "wrong").await;
    page.text_where(&part("connect-error"), |text| !text.is_empty()).await;
    found.look(page, language, "refused").await;

    stage.line.hold();
    page.log_in(USER, "wrong").await;
    page.shown(&part("connecting-status")).await;
    found.look(page, language, "connecting").await;
    page.click(&part("connecting-cancel")).await;
    stage.line.mend();
    page.must("the form", async || page.is_shown(&part("connect-form")).await.then_some(())).await;

    looks_at_certificates(&stage, &mut found, language).await;
    found.look(page, language, "mailbox").await;
    page.read(61).await;
    page.tab("tab-html").await;
    page.framed_text("A letter.").await;
    found.look(page, language, "reader-html").await;
    page.tab("tab-source").await;
    found.look(page, language, "reader-source").await;
    page.tab("tab-header").await;
    found.look(page, language, "reader-header").await;
    page.back().await;
    page.read(58).await;
    page.shown(&part("attachment")).await;
    found.look(page, language, "reader-attachment").await;
    page.back().await;

    page.mark(61).await;
    page.mark(59).await;
    found.look(page, language, "pending").await;
    page.transcript().await;
    found.look(page, language, "transcript").await;
    page.click(&part("transcript-toggle")).await;
    page.press("?").await;
    page.shown("dialog[open], [role='dialog']").await;
    found.look(page, language, "help").await;
    page.press(Key::Escape).await;
    page.finish().await;
    found.look(page, language, "ended").await;
    assert!(found.0.is_empty(), "{} findings:\n{}", found.0.len(), found.0.join("\n"));
}

/// A certificate that is refused, seen and accepted; leads into the mailbox.
async fn looks_at_certificates(stage: &Stage, found: &mut Findings, language: &str) {
    let page = &stage.page;
    page.distrust("authority").await;
    page.paste_authority("This is no certificate.").await;
    page.text_where(&part("trust-error"), |text| !text.is_empty()).await;
    found.look(page, language, "trust-error").await;
    page.log_in(USER, PASSWORD).await;
    page.refusal().await;
    page.refused_certificates().await;
    found.look(page, language, "refused-certificates").await;
    page.click(&part("pin-button")).await;
    page.shown(&part("pin-confirm")).await;
    found.look(page, language, "pin").await;
    page.click(&part("pin-confirm")).await;
    page.mailbox().await;
    page.certificates().await;
    found.look(page, language, "certificates").await;
    page.close_certificates().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_accessible_in_english() {
    looks_at_every_screen("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_accessible_in_german() {
    looks_at_every_screen("de").await;
}

/// With few messages, since axe looks at every line of the transcript.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_session_left_open_is_accessible() {
    for language in ["en", "de"] {
        let stage = Stage::set(&mails::maildrop()[..3], Options { languages: language, ..Options::default() }).await;
        let (page, mut found) = (&stage.page, Findings::default());
        stage.log_in().await;
        page.mark(2).await;
        stage.line.cut();
        page.ended().await;
        page.click(&part("reconnect-button")).await;
        page.mailbox().await;
        page.shown(&part("reconciled-mark")).await;
        page.click(&part("transcript-toggle")).await;
        found.look(page, language, "reconciled").await;
        assert!(found.0.is_empty(), "{} findings:\n{}", found.0.len(), found.0.join("\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_is_enough() {
    let stage = Stage::set(&mails::maildrop()[..3], Options::default()).await;
    let page = &stage.page;
    page.tab_to(&part("sandbox-button")).await;
    page.press(Key::Enter).await;
    page.mailbox().await;
    let rows = page.rows().await;
    let (first, second) = (rows[0].number, rows[1].number);

    // To the list, one row down, open it, back.
    page.tab_to(&format!("{r}, {r} *", r = row(first))).await;
    page.press(Key::Down).await;
    page.press(Key::Enter).await;
    let subject = page.text_where(&part("reader-subject"), |text| !text.is_empty()).await;
    assert_eq!(subject.split_whitespace().collect::<Vec<_>>().join(" "), rows[1].subject);
    page.tab_to(&part("reader-back")).await;
    page.press(Key::Enter).await;
    page.gone(&part("reader")).await;
    // The focus is where it was, so nobody has to find the place again.
    assert!(page.has_focus(&format!("{r}, {r} *", r = row(second))).await, "the focus is lost after reading");

    // Mark it, take it back, mark it again, finish.
    let (delete, undo) =
        (format!("{} {}", row(second), part("row-delete")), format!("{} {}", row(second), part("row-undo")));
    page.tab_to(&delete).await;
    page.press(Key::Enter).await;
    page.shown(&with("row", "data-marked", "true")).await;
    page.tab_to(&undo).await;
    page.press(Key::Enter).await;
    page.gone(&with("row", "data-marked", "true")).await;
    page.tab_to(&delete).await;
    page.press(Key::Enter).await;
    page.shown(&with("row", "data-marked", "true")).await;
    page.tab_to(&part("finish-button")).await;
    page.press(Key::Enter).await;
    let ended = page.ended().await;
    assert!(ended.deletion.contains(&format!("deleted 1 message (number {second})")), "{ended:?}");
}

/// The console with a forecast, a line taken apart, octets, and what is held; by hand, and beside the mailbox.
#[tokio::test(flavor = "multi_thread")]
async fn typing_by_hand_is_accessible() {
    for language in ["en", "de"] {
        let site = Site::start().await;
        let page = Page::open(&site.url(), Options { languages: language, ..Options::default() }).await;
        let mut found = Findings::default();
        page.click(&part("by-hand-sandbox")).await;
        let field = format!("{}:not([readonly])", part("console-line"));
        page.must("the console", async || page.has_focus(&field).await.then_some(())).await;
        found.look(&page, language, "console-empty").await;
        page.press("PASS").await;
        page.shown(&with("forecast", "data-verdict", "refused")).await;
        page.click(&format!("{} {}", with("entry", "data-direction", "server"), part("entry-text"))).await;
        page.shown(&part("explanation")).await;
        page.click(&format!("{} summary", part("tools"))).await;
        found.look(&page, language, "console").await;
        page.choose(&part("view-select"), "1").await;
        page.choose(&part("pace-select"), "2").await;
        page.click(&part("console-send")).await;
        page.shown(&part("held-line")).await;
        found.look(&page, language, "console-held").await;
        page.choose(&part("view-select"), "0").await;
        page.click(&part("full-speed")).await;
        for line in ["USER ada", "PASS lovelace"] {
            page.fill(&part("console-line"), line).await;
            page.press(Key::Enter).await;
        }
        page.click(&format!("{}[aria-disabled='false']", part("show-mailbox"))).await;
        page.mailbox().await;
        page.fill(&part("console-line"), "LIST").await;
        page.shown(&with("forecast", "data-verdict", "works")).await;
        found.look(&page, language, "console-mailbox").await;
        assert!(found.0.is_empty(), "{} findings:\n{}", found.0.len(), found.0.join("\n"));
    }
}
