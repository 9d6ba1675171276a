//! From `open` to the first rows of two hundred messages, with 50 ms each way between page and bridge: how often does
//! the page wait for the other side?

use std::{
    fs,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use popglass_tests::{
    bridge::{self, Bridge},
    browser::Options,
    chaos::{Chaos, Way},
    dovecot::Dovecot,
    flights, folders, mails,
    page::{Page, part},
    stage::{PASSWORD, USER},
};
use serde_json::json;

const DELAY: Duration = Duration::from_millis(50);
const ROUND_TRIPS_MAX: u32 = 6;

/// Notes in the page when the first row with a subject was drawn: after the frame in which it came.
const WATCH: &str = "
window.firstRowAt = null;
new MutationObserver((_, observer) => {
  const subject = document.querySelector(`[data-testid='row'] [data-testid='row-subject']`);
  if (subject && subject.textContent.includes(arguments[0])) {
    observer.disconnect();
    window.firstRowAt = Date.now();
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true });";

#[tokio::test(flavor = "multi_thread")]
async fn the_first_rows_cost_at_most_six_round_trips() {
    let mails = mails::maildrop();
    let dovecot = Dovecot::start(USER, PASSWORD, &mails::raw(&mails)).await;
    let line = Chaos::start(DELAY).await;
    let origin = format!("http://{}", line.address);
    let bridge = Bridge::start(bridge::Options {
        targets: &[format!("localhost:{},tls,private", dovecot.pop3s.port())],
        authority: Some(&dovecot.authority()),
        origin: Some(&origin),
        ..bridge::Options::default()
    })
    .await;
    line.forward_to(bridge.address);
    let page = Page::open(&format!("{origin}/"), Options::default()).await;
    page.browser.run(WATCH, vec!["(200)".into()]).await;
    page.log_in(USER, PASSWORD).await;
    page.mailbox().await;
    let shown_at = page
        .must("the time of the first row", async || {
            page.browser.run("return window.firstRowAt", Vec::new()).await.as_u64()
        })
        .await;
    let shown_at = UNIX_EPOCH + Duration::from_millis(shown_at);

    let frames = flights::session(&line.pieces()).expect("the page asked the bridge to dial");
    let round_trips = flights::round_trips(&frames, DELAY, shown_at);
    let opened_at = frames.first().map_or(SystemTime::UNIX_EPOCH, |frame| frame.at);
    let taken = shown_at.duration_since(opened_at).expect("the rows come after the request");
    let report = json!({
        "messages": mails.len(),
        "delay_each_way_ms": DELAY.as_millis(),
        "round_trips": round_trips,
        "open_to_first_rows_ms": taken.as_millis(),
        "frames_up": frames.iter().filter(|frame| frame.way == Way::Up && frame.at < shown_at).count(),
    });
    println!("{report:#}");
    fs::write(folders::target("bench").join("roundtrips.json"), format!("{report:#}\n"))
        .expect("the report is written");
    assert!(page.text(&part("mailbox-count")).await.contains("200"));
    assert!(round_trips <= ROUND_TRIPS_MAX, "{report:#}");
}
