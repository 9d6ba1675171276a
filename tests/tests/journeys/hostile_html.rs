//! A message that tries everything: no request leaves, no script runs. The same message without protection does both,
//! so the detectors are known to work.

use std::collections::BTreeSet;

use popglass_tests::{
    browser::{Browser, Options},
    canary::Canary,
    hostile::{FLAG, SENTENCE, WAYS, html},
    mails,
    page::part,
    site,
    stage::Stage,
    wait,
};
use thirtyfour::prelude::*;

/// Which ways came through, by the paths of the visits.
fn ways(canary: &Canary) -> BTreeSet<String> {
    let visits = canary.visits();
    visits.iter().filter_map(|line| line.split(' ').nth(1)).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn unprotected_the_message_calls_home_and_runs_scripts() {
    assert!(WAYS.len() >= 25);
    let canary = Canary::start().await;
    let authority = site::one_page(html(canary.address), "").await;
    let browser = Browser::start(Options::default()).await;
    browser.open(&format!("http://{authority}/")).await;
    let came = wait::until(wait::PATIENCE, async || {
        let ways = ways(&canary);
        (ways.len() >= 10 && ways.iter().any(|path| path.ends_with("-script"))).then_some(())
    })
    .await;
    assert!(came.is_some(), "too few came: {:?}", canary.visits());
    assert!(!browser.finish().await.elsewhere(&authority).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_reader_nothing_leaves_and_nothing_runs() {
    let canary = Canary::start().await;
    let mail = mails::html("Perfectly harmless", &html(canary.address));
    let stage = Stage::set(&[mail], Options::default()).await;
    let page = &stage.page;
    stage.log_in().await;
    page.read(1).await;
    page.tab("tab-html").await;
    page.framed_text(SENTENCE).await;
    page.browser.screenshot("hostile-html").await;
    let blocked = page.text(&part("remote-blocked")).await;
    assert!(blocked.chars().any(|character| character.is_ascii_digit()), "{blocked}");
    let pressed = press_everything(&stage).await;
    for tab in ["tab-text", "tab-source", "tab-html"] {
        if page.is_shown(&part(tab)).await {
            page.tab(tab).await;
        }
    }
    page.framed_text(SENTENCE).await;

    assert_eq!(flags(&stage).await, 0, "a script ran");
    assert_eq!(page.browser.driver.windows().await.expect("the windows can be listed").len(), 1);
    assert!(page.is_shown(&part("reader")).await, "the page was led away; pressed: {pressed:?}");
    page.back().await;
    page.finish().await;
    assert_eq!(canary.visits(), Vec::<String>::new());
    let Stage { page, bridge, dovecot: _dovecot, line: _line, .. } = stage;
    let elsewhere = page.browser.finish().await;
    assert_eq!(elsewhere.elsewhere(&bridge.address.to_string()), Vec::<&str>::new());
}

/// Presses whatever in the message looks as if it could be pressed.
async fn press_everything(stage: &Stage) -> Vec<String> {
    let driver = &stage.page.browser.driver;
    stage.page.enter_message().await;
    let mut pressed = Vec::new();
    for element in driver.find_all(By::Css("a, button, input, summary, [tabindex]")).await.unwrap_or_default() {
        let tag = element.outer_html().await.unwrap_or_default();
        // What is hidden or covered cannot be pressed by a user either.
        if element.click().await.is_ok() {
            pressed.push(tag);
        }
    }
    driver.enter_default_frame().await.expect("the page is still there");
    pressed
}

/// In how many of the page's windows and frames the flag is up.
async fn flags(stage: &Stage) -> usize {
    let driver = &stage.page.browser.driver;
    let script = format!("return typeof window.{FLAG} === 'undefined' ? 0 : 1");
    let raised = async || stage.page.browser.run(&script, Vec::new()).await == 1;
    let mut count = usize::from(raised().await);
    stage.page.enter_message().await;
    count += usize::from(raised().await);
    driver.enter_parent_frame().await.expect("the message lies in a frame");
    count += usize::from(raised().await);
    driver.enter_default_frame().await.expect("the page is still there");
    count
}
