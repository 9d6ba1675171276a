//! axe-core's verdict on what the page shows now. Knows which rules hold: WCAG 2.2, A and AA, `target-size` included.

use serde_json::Value;

use crate::{browser::Browser, folders};

/// What axe finds wrong, one line each: rule, place and why.
///
/// # Panics
/// If axe is not there or does not run.
pub async fn violations(browser: &Browser) -> Vec<String> {
    let loaded = browser.run("return typeof axe", Vec::new()).await;
    if loaded != "object" {
        // A script of the driver's is not bound by the page's policy; `axe` hangs itself on the window.
        browser.run(&folders::axe_source(), Vec::new()).await;
    }
    let result = browser.driver.execute_async(SCRIPT, Vec::new()).await;
    let result = result.unwrap_or_else(|error| panic!("axe did not run: {error}")).json().clone();
    let Some(violations) = result["violations"].as_array() else { panic!("axe failed: {result}") };
    assert!(result["passes"].as_u64() > Some(0), "axe found nothing to look at: {result}");
    violations.iter().flat_map(describe).collect()
}

/// Frames are left out: mail is not ours to judge, and axe would need a script in a frame that takes none.
const SCRIPT: &str = "
const done = arguments[arguments.length - 1];
axe.run(document, {
  iframes: false,
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
}).then(
  (results) => done({
    passes: results.passes.length,
    violations: results.violations.map(({ id, help, nodes }) => ({
      id, help, nodes: nodes.map(({ target, html, failureSummary }) => ({ target: target.join(' '), html, failureSummary })),
    })),
  }),
  (error) => done(String(error)),
);";

fn describe(violation: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('\n', " ");
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    nodes
        .map(|node| {
            format!(
                "{}: {} at {}: {} ({})",
                text(&violation["id"]),
                text(&violation["help"]),
                text(&node["target"]),
                text(&node["html"]).chars().take(200).collect::<String>(),
                text(&node["failureSummary"]),
            )
        })
        .collect()
}
