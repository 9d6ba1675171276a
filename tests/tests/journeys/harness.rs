//! The harness sees what it is there to see: each detector is shown what it must detect.

use popglass_tests::{
    accessibility,
    browser::{Browser, Colours, Options},
    canary::Canary,
    site, wait,
};
use serde_json::Value;

/// A page that does what a good page does not. `CANARY` is replaced by an address.
const BAD_PAGE: &str = "<!doctype html><html lang=en><title>bad</title>
<p id=language></p><img src='http://CANARY/image'><button></button>
<iframe sandbox srcdoc='<p id=inside>inside the frame</p>'></iframe>
<a id=file download='file.bin'>file</a>
<script>
  document.getElementById('language').textContent = navigator.language;
  document.getElementById('file').href = URL.createObjectURL(new Blob([new Uint8Array([0, 255, 13, 10])]));
  const code = `fetch('http://CANARY/from-worker', { mode: 'no-cors' }); console.error('worker complains')`;
  new Worker(URL.createObjectURL(new Blob([code])));
  console.error('page complains');
  window.__popglass_pwned = 1;
</script>";

#[tokio::test(flavor = "multi_thread")]
async fn every_detector_detects() {
    let canary = Canary::start().await;
    let page = BAD_PAGE.replace("CANARY", &canary.address.to_string());
    let authority = site::one_page(page, "").await;
    let browser = Browser::start(Options { languages: "de-DE,de", size: (320, 640), host: None }).await;
    browser.open(&format!("http://{authority}/")).await;
    wait::must("two visits", async || {
        let visits = canary.visits().join(" ");
        (visits.contains("/image") && visits.contains("/from-worker")).then_some(())
    })
    .await;
    assert_eq!(browser.run("return window.__popglass_pwned", Vec::new()).await, 1);
    assert_eq!(browser.run("return document.getElementById('language').textContent", Vec::new()).await, "de-DE");
    assert_eq!(browser.run("return innerWidth", Vec::new()).await, 320);
    for colours in Colours::ALL {
        browser.prefer(colours).await;
        let script = "return matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches";
        assert_eq!(browser.run(script, vec![colours.name().into()]).await, true);
    }
    let complaints = browser.complaints().await.join("\n");
    assert!(complaints.contains("page complains") && complaints.contains("worker complains"), "{complaints}");
    browser.run("document.getElementById('file').click()", Vec::new()).await;
    assert_eq!(browser.downloaded("file.bin").await, [0, 255, 13, 10]);
    assert!(accessibility::violations(&browser).await.iter().any(|line| line.starts_with("button-name")));
    assert!(browser.screenshot("harness").await.exists());
    browser.driver.enter_frame(0).await.expect("the frame can be entered");
    assert_eq!(browser.run("return document.body.innerText", Vec::new()).await, "inside the frame");
    let log = browser.finish().await;
    let elsewhere = log.elsewhere(&authority);
    for path in ["/image", "/from-worker"] {
        let wanted = format!("http://{}{path}", canary.address);
        assert!(elsewhere.contains(&wanted.as_str()), "{wanted} is not among {elsewhere:?}");
    }
    assert_eq!(elsewhere.len(), 2, "only what the page asks for counts: {elsewhere:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_no_hindrance_to_axe_and_its_violation_is_seen() {
    let policy = "content-security-policy: default-src 'none'\r\n";
    let authority =
        site::one_page("<!doctype html><html lang=en><title>x</title><img src=/a><p>x</p>".into(), policy).await;
    let browser = Browser::start(Options::default()).await;
    browser.open(&format!("http://{authority}/")).await;
    assert!(accessibility::violations(&browser).await.iter().any(|line| line.starts_with("image-alt")));
    let complaints = browser.complaints().await.join("\n");
    assert!(complaints.contains("Content Security Policy"), "{complaints}");
    assert_eq!(browser.run("return document.title", Vec::<Value>::new()).await, "x");
}
