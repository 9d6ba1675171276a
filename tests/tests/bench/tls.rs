//! TLS in the page beside TLS in the bridge, in Chromium and in one run: how long until the first command, a message of
//! 10 MB over a slow line, octets a second by cipher suite, and whether the page's main thread stays free.
//!
//! All times are the user's: from a press in the page until the transcript shows the line that ends the wait. So they hold
//! what both ways have in common, too: the tunnel, the dialling, Dovecot, the worker, the drawing.

use std::{fs, time::Duration};

use popglass_bench::Figures;
use popglass_tests::{
    bridge::{self, Bridge},
    browser::Options,
    chaos::{Chaos, Quality},
    dovecot::{Dovecot, Receptionist, Setup, Versions},
    folders, mails,
    page::{Page, part},
    screens::row,
    stage::{USER, Way},
};

/// SCRAM, where a server has it, takes ASCII only; and every login takes the same path.
const PASSWORD: &str = "canary-1180 bench";
const WAYS: [Way; 2] = [Way::Page, Way::Bridge];

/// A browser each.
const COLD_RUNS: usize = 3;
const HANDSHAKE_RUNS: usize = 9;
const TRANSFER_RUNS: usize = 7;
const SUITE_RUNS: usize = 5;

/// In base64 a third more: 10 MB on the wire.
const ATTACHMENT_OCTETS: usize = 7_300_000;
/// 100 Mbit/s, and 40 ms there and back.
const SLOW: Quality = Quality { delay: Duration::from_millis(20), octets_per_second: Some(12_500_000), noted: false };

const SUITES: [(&str, &str); 3] = [
    ("chacha20", "TLS_CHACHA20_POLY1305_SHA256"),
    ("aes128", "TLS_AES_128_GCM_SHA256"),
    ("aes256", "TLS_AES_256_GCM_SHA384"),
];

/// Presses, and notes when the transcript shows a new line that begins so, and behind it one that is just so; and what kept
/// the main thread for more than 50 ms meanwhile (the browser reports nothing shorter).
const PRESS: &str = "
const [button, beginning, last] = arguments;
const entries = () => [...document.querySelectorAll(`[data-testid='entry']`)];
const known = new Set(entries());
const text = (entry) => entry.querySelector(`[data-testid='entry-text']`).textContent.trim();
window.bench = { milliseconds: null, longest: 0 };
const tasks = [];
const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
watch.observe({ type: 'longtask' });
const begun = performance.now();
const observer = new MutationObserver(() => {
  const lines = entries().filter((entry) => !known.has(entry)).map(text);
  const at = lines.findIndex((line) => line.startsWith(beginning));
  if (at < 0 || (last !== '' && !lines.slice(at).includes(last))) return;
  observer.disconnect();
  const ended = performance.now();
  // A task is reported behind its end; what began after the wait is not part of it.
  setTimeout(() => {
    tasks.push(...watch.takeRecords());
    watch.disconnect();
    const within = tasks.filter((task) => task.startTime < ended).map((task) => task.duration);
    window.bench = { milliseconds: ended - begun, longest: Math.max(0, ...within) };
  }, 100);
});
observer.observe(document.body, { subtree: true, childList: true, characterData: true });
document.querySelector(button).click();";

/// A browser before a bridge that leaves the choice of the way to the page.
struct Range {
    page: Page,
    bridge: Bridge,
    line: Option<Chaos>,
    dovecot: Dovecot,
    message_octets: usize,
}

/// What a wait was like.
#[derive(Clone, Copy)]
struct Wait {
    milliseconds: f64,
    longest_task_milliseconds: f64,
}

impl Range {
    async fn set(setup: Setup<'_>, quality: Option<Quality>) -> Self {
        let mail = mails::with_attachment(ATTACHMENT_OCTETS);
        let message_octets = mail.raw.len();
        let dovecot = Dovecot::start_as(setup, USER, PASSWORD, &[mail.raw]).await;
        let line = match quality {
            Some(quality) => Some(Chaos::start_as(quality).await),
            None => None,
        };
        let origin = line.as_ref().map(|line| format!("http://{}", line.address));
        let bridge = Bridge::start(bridge::Options {
            targets: &[format!("localhost:{},{},private", dovecot.pop3s.port(), Way::Page.words())],
            authority: Some(&dovecot.authority()),
            origin: origin.as_deref(),
            ..bridge::Options::default()
        })
        .await;
        if let Some(line) = &line {
            line.forward_to(bridge.address);
        }
        let page = Self::open(origin.map_or_else(|| bridge.url(), |origin| format!("{origin}/")), &dovecot).await;
        Self { page, bridge, line, dovecot, message_octets }
    }

    async fn open(address: String, dovecot: &Dovecot) -> Page {
        let page = Page::open(&address, Options::default()).await;
        page.trust_authority(&fs::read_to_string(dovecot.authority()).expect("we wrote it")).await;
        page.transcript().await;
        page
    }

    /// The page is loaded again: what was compiled and what was remembered of TLS is gone with it, and trust is not.
    async fn reload(&self) {
        self.page.reload().await;
        self.page.transcript().await;
    }

    async fn press(&self, button: &str, beginning: &str, last: &str) -> Wait {
        self.page.browser.run(PRESS, vec![button.into(), beginning.into(), last.into()]).await;
        let found = self
            .page
            .must(&format!("{beginning} and {last} in the transcript"), async || {
                let found = self.page.browser.run("return window.bench", Vec::new()).await;
                found["milliseconds"].is_number().then_some(found)
            })
            .await;
        let number = |name: &str| found[name].as_f64().expect("a number");
        Wait { milliseconds: number("milliseconds"), longest_task_milliseconds: number("longest") }
    }

    /// From the press on the button until the first command has gone: dialling, TLS, and the server's greeting.
    async fn log_in(&self, way: Way) -> Wait {
        let page = &self.page;
        page.shown(&part("security-select")).await;
        page.choose(&part("security-select"), way.value()).await;
        page.fill(&part("user-input"), USER).await;
        page.fill(&part("password-input"), PASSWORD).await;
        let wait = self.press(&part("connect-button"), "CAPA", "").await;
        page.mailbox().await;
        wait
    }

    /// From the press on the message until its last line has come.
    async fn fetch(&self) -> Wait {
        let wait = self.press(&format!("{} {}", row(1), part("row-subject")), "RETR 1", ".").await;
        self.page.shown(&part("attachment")).await;
        self.page.back().await;
        wait
    }

    async fn leave(&self) {
        self.page.finish().await;
        self.page.click(&part("new-session-button")).await;
    }
}

fn name(way: Way) -> &'static str {
    if way == Way::Bridge { "bridge" } else { "page" }
}

/// The first session of a page, which also loads what speaks TLS.
async fn cold_handshakes(figures: &mut Figures) {
    let range = Range::set(Setup { receptionist: Receptionist::Same, ..Setup::default() }, None).await;
    let mut found = WAYS.map(|_| Vec::new());
    for _ in 0..COLD_RUNS {
        for (way, found) in WAYS.iter().zip(&mut found) {
            range.reload().await;
            found.push(range.log_in(*way).await.milliseconds);
            range.leave().await;
        }
    }
    for (way, found) in WAYS.iter().zip(found) {
        figures.add(format!("tls_handshake_cold_{}_milliseconds", name(*way)), found);
    }
}

/// Further sessions of a page, in turns, with a server that lets them resume TLS or does not.
async fn warm_handshakes(figures: &mut Figures) {
    for (title, receptionist) in [("warm", Receptionist::SameWithoutTickets), ("resumed", Receptionist::Same)] {
        let range = Range::set(Setup { receptionist, versions: Versions::Only13, ..Setup::default() }, None).await;
        let mut found = WAYS.map(|_| Vec::new());
        // The first two of each way warm it up.
        for run in 0..HANDSHAKE_RUNS + 2 {
            for (way, found) in WAYS.iter().zip(&mut found) {
                let wait = range.log_in(*way).await;
                range.leave().await;
                if run >= 2 {
                    found.push(wait.milliseconds);
                }
            }
        }
        for (way, found) in WAYS.iter().zip(found) {
            figures.add(format!("tls_handshake_{title}_{}_milliseconds", name(*way)), found);
        }
    }
}

/// Fetches the message so many times each way, in turns, one session each.
async fn fetches(range: &Range, runs: usize) -> [Vec<Wait>; 2] {
    let mut found = WAYS.map(|_| Vec::new());
    for run in 0..=runs {
        for (way, found) in WAYS.iter().zip(&mut found) {
            range.log_in(*way).await;
            let wait = range.fetch().await;
            range.leave().await;
            // The first of each way warms it up.
            if run > 0 {
                found.push(wait);
            }
        }
    }
    found
}

async fn slow_line(figures: &mut Figures) {
    let range = Range::set(Setup::default(), Some(SLOW)).await;
    assert!(range.line.is_some(), "the line is slow");
    for (way, waits) in WAYS.iter().zip(fetches(&range, TRANSFER_RUNS).await) {
        let seconds = waits.iter().map(|wait| wait.milliseconds / 1000.0).collect();
        figures.add(format!("tls_10mb_slow_line_{}_seconds", name(*way)), seconds);
        let tasks = waits.iter().map(|wait| wait.longest_task_milliseconds).collect();
        figures.add(format!("tls_10mb_slow_line_{}_longest_task_milliseconds", name(*way)), tasks);
    }
}

async fn suites(figures: &mut Figures) {
    for (title, suite) in SUITES {
        let setup = Setup { versions: Versions::Only13, suites: Some(suite), ..Setup::default() };
        let range = Range::set(setup, None).await;
        for (way, waits) in WAYS.iter().zip(fetches(&range, SUITE_RUNS).await) {
            #[expect(clippy::cast_precision_loss, reason = "a message is far below 2^52 octets")]
            let rate = |wait: &Wait| range.message_octets as f64 * 1000.0 / wait.milliseconds;
            figures.add(format!("tls_{title}_{}_octets_per_second", name(*way)), waits.iter().map(rate).collect());
            let tasks = waits.iter().map(|wait| wait.longest_task_milliseconds).collect();
            figures.add(format!("tls_{title}_{}_longest_task_milliseconds", name(*way)), tasks);
        }
        let log = range.dovecot.log();
        assert!(!log.contains("no shared cipher"), "{suite}: {log}");
        drop(range.bridge);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_in_the_page_beside_tls_in_the_bridge() {
    let mut figures = Figures::default();
    cold_handshakes(&mut figures).await;
    warm_handshakes(&mut figures).await;
    slow_line(&mut figures).await;
    suites(&mut figures).await;
    println!("{figures}");
    fs::write(folders::target("bench").join("tls.json"), format!("{figures}\n")).expect("the report is written");
}
