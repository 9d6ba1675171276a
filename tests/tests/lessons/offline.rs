//! Lessons without a network: after one visit the classroom is there although nobody serves it any more.

use popglass_tests::{
    bridge::{self, Bridge},
    browser::{Browser, Options},
    page::{Page, part, with},
};

/// Without these there is no lesson.
const NEEDED: [&str; 4] = ["/", "/boot.js", "/classroom.js", "/classroom_bg.wasm"];

#[tokio::test(flavor = "multi_thread")]
async fn after_one_visit_lessons_run_without_a_network() {
    let bridge = Bridge::start(bridge::Options { demo: true, ..bridge::Options::default() }).await;
    let address = bridge.url();
    let page = Page { browser: Browser::start(Options::default()).await };
    page.browser.open(&format!("{address}#learn")).await;
    page.shown(&part("lessons")).await;
    page.must("the classroom in the browser's cache", async || {
        let script = "return caches.open(`popglass ${location.origin}/`).then((cache) => cache.keys())
            .then((kept) => kept.map(({ url }) => new URL(url).pathname))";
        let kept = page.browser.run(script, Vec::new()).await;
        let kept: Vec<&str> = kept.as_array()?.iter().filter_map(|path| path.as_str()).collect();
        NEEDED.iter().all(|needed| kept.contains(needed)).then_some(())
    })
    .await;

    drop(bridge);
    page.browser.open("about:blank").await;
    page.browser.open(&format!("{address}#lesson=6&seed=7&lang=de")).await;
    page.shown(&part("lesson")).await;
    page.click(&part("connect")).await;
    page.text_where(&part("transcript"), |text| text.contains("+OK")).await;
    page.fill(&part("input"), "CAPA").await;
    page.click(&part("send")).await;
    page.text_where(&part("transcript"), |text| text.contains("UIDL")).await;
    // The styles are there, too: the state picture has its colours.
    let styled = page.browser.run("return document.styleSheets.length", Vec::new()).await;
    assert!(styled.as_u64().is_some_and(|count| count > 5), "{styled}");
    assert!(page.is_shown(&with("classroom", "data-screen", "lesson")).await);

    // And a teacher without a network builds a scenario.
    page.browser.open("about:blank").await;
    page.browser.open(&format!("{address}#build&lang=de")).await;
    page.shown(&part("build")).await;
}
