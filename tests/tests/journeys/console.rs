//! POP3 typed by hand, in the practice mailbox and against Dovecot, and beside the buttons of the mailbox: what is told
//! before a line is sent, what the transcript makes of it, what is saved of it, and lines that go step by step.

use std::{fs, process::Command};

use popglass_session::{
    border,
    command::{Pace, SessionCommand},
};
use popglass_tests::{
    browser::Options,
    mails,
    page::{Page, part, with},
    screens::marked,
    site::Site,
    stage::{PASSWORD, Setting, Stage, USER, Way},
};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::Key;

/// The console's lines, in the order of the screen.
async fn lines(page: &Page) -> Vec<String> {
    let script = "const text = element.querySelector(`[data-testid='entry-text']`)?.textContent ?? '';
        return `${element.dataset.direction}: ${text.trim()}`;";
    let lines = page.each(&part("entry"), script).await;
    lines.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
}

/// The client's lines.
async fn commands(page: &Page) -> Vec<String> {
    lines(page).await.iter().filter_map(|line| line.strip_prefix("client: ").map(str::to_owned)).collect()
}

async fn has(page: &Page, line: &str) {
    page.must(&format!("{line:?} in the transcript"), async || {
        lines(page).await.iter().any(|said| said.contains(line)).then_some(())
    })
    .await;
}

/// A line typed with the keyboard, and sent; waits for its answer.
async fn say(page: &Page, line: &str) {
    let before = lines(page).await.len();
    page.press(line).await;
    page.press(Key::Enter).await;
    page.must(&format!("an answer to {line}"), async || {
        lines(page).await.iter().skip(before).any(|said| said.starts_with("server: ")).then_some(())
    })
    .await;
}

/// What the forecast says once it speaks of what was typed.
async fn forecast(page: &Page, verdict: &str) -> String {
    page.shown(&with("forecast", "data-verdict", verdict)).await;
    page.text(&part("forecast")).await
}

/// The focus comes to where one types by itself, and a session takes what is typed.
async fn can_type(page: &Page) {
    let field = format!("{}:not([readonly])", part("console-line"));
    page.must("the focus to be where one types", async || page.has_focus(&field).await.then_some(())).await;
}

async fn in_field(page: &Page, line: &str) {
    page.must(&format!("{line:?} in the field"), async || {
        (page.value(&part("console-line")).await == line).then_some(())
    })
    .await;
}

async fn types_a_whole_session(page: &Page, user: &str, password: &str) {
    page.shown(&with("app", "data-phase", "by-hand")).await;
    can_type(page).await;
    page.press("STAT").await;
    let refused = forecast(page, "refused").await;
    assert!(refused.contains("refuse"), "{refused}");
    page.press(Key::Enter).await;
    has(page, "server: -ERR").await;
    say(page, &format!("USER {user}")).await;
    page.press("PASS ").await;
    page.press(password).await;
    page.shown("input[type='password']#console-line").await;
    page.browser.screenshot("console-masked").await;
    page.press(Key::Enter).await;
    has(page, "client: PASS ••••").await;
    page.shown(&with("show-mailbox", "aria-disabled", "false")).await;
    page.shown("input[type='text']#console-line").await;
    let everything = page.browser.run("return document.querySelector('#console-host').outerHTML", Vec::new()).await;
    assert!(!everything.as_str().unwrap_or_default().contains(password), "the password is somewhere in the console");

    // What can be said, and Tab that completes it; then the history.
    page.press("ST").await;
    page.text_where(&part("completions"), |text| text.contains("STAT")).await;
    page.press(Key::Tab).await;
    in_field(page, "STAT").await;
    page.press(Key::Enter).await;
    has(page, "client: STAT").await;
    page.text_where(&part("transcript-announcer"), |text| text.contains("+OK")).await;
    say(page, "LIST").await;
    page.press(Key::Up).await;
    page.press(Key::Up).await;
    in_field(page, "STAT").await;
    page.press(Key::Down).await;
    page.press(Key::Down).await;
    in_field(page, "").await;
    say(page, "RETR 1").await;
    say(page, "what is this?").await;
    page.press("DELE 2").await;
    let works = forecast(page, "works").await;
    assert!(works.contains("RSET"), "how it is undone: {works}");
    page.press(Key::Enter).await;
    has(page, "client: DELE 2").await;
}

/// The history never brings a password back.
async fn history_knows_no(page: &Page, password: &str) {
    for _ in 0..20 {
        page.press(Key::Up).await;
        assert!(!page.value(&part("console-line")).await.contains(password));
    }
    for _ in 0..20 {
        page.press(Key::Down).await;
    }
}

/// What is saved for Wireshark holds the very commands of the transcript.
async fn saves_packets(page: &Page) {
    page.click(&part("export-pcapng")).await;
    let packets = page.browser.downloaded("popglass-transcript.pcapng").await;
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("saved.pcapng");
    fs::write(&file, packets).expect("it can be written");
    let fields = ["-e", "pop.request.command", "-e", "pop.request.parameter", "-Y", "pop.request"];
    let mut tshark = Command::new("tshark");
    let told = tshark.args(["-2", "-T", "fields"]).args(fields).arg("-r").arg(&file).output().expect("tshark is there");
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let read: Vec<String> = told.lines().map(words).collect();
    let said: Vec<String> = commands(page).await.iter().map(|line| words(line)).collect();
    // Secrets are masked in another way on the wire than on the screen.
    let bare = |line: &String| line.split(' ').next().unwrap_or_default().to_owned();
    assert_eq!(read.iter().map(bare).collect::<Vec<_>>(), said.iter().map(bare).collect::<Vec<_>>());
    let open = |lines: &[String]| lines.iter().filter(|line| !line.starts_with("PASS")).cloned().collect::<Vec<_>>();
    assert_eq!(open(&read), open(&said));
}

/// Octets, one side alone, the clipboard, and files.
async fn looks_and_saves(page: &Page, secret: &str) {
    page.click(&format!("{} summary", part("tools"))).await;
    page.choose(&part("view-select"), "1").await;
    page.text_where(&format!("{} {}", with("entry", "data-direction", "client"), part("entry-text")), |text| {
        text.contains("0d 0a")
    })
    .await;
    page.browser.screenshot("console-hex").await;
    page.choose(&part("view-select"), "0").await;
    page.choose(&part("sides-select"), "1").await;
    page.gone(&with("entry", "data-direction", "server")).await;
    page.choose(&part("sides-select"), "0").await;
    page.click(&part("export-copy")).await;
    page.text_where(&part("console-news"), |text| text.contains("clipboard")).await;
    page.click(&part("export-text")).await;
    let text = String::from_utf8(page.browser.downloaded("popglass-transcript.txt").await).expect("it is text");
    for command in commands(page).await {
        assert!(text.contains(&command), "{command} is missing: {text}");
    }
    // A text field has no line ends but LF.
    assert_eq!(pasted(page).await, text.replace("\r\n", "\n"), "what is copied is what is saved");
    assert!(!text.contains(secret), "{text}");
    saves_packets(page).await;
}

/// What is on the clipboard, line by line: pasted, as a user would.
async fn pasted(page: &Page) -> String {
    let place = "const field = document.createElement('textarea'); document.body.append(field); field.focus();";
    page.browser.run(place, Vec::new()).await;
    let keys = page.browser.driver.action_chain().key_down(Key::Control).send_keys("v").key_up(Key::Control);
    keys.perform().await.expect("the browser takes keys");
    let value = "const field = document.activeElement; field.remove(); return field.value;";
    page.browser.run(value, Vec::new()).await.as_str().unwrap_or_default().to_owned()
}

/// To the log and up its lines; each is explained when it is reached.
async fn explains_with_the_keyboard(page: &Page) {
    page.browser.run("document.querySelector(arguments[0]).focus()", vec![part("transcript-log").into()]).await;
    page.press(Key::Up).await;
    page.must("a line to have the focus", async || page.has_focus(&part("entry-text")).await.then_some(())).await;
    page.press(Key::Up).await;
    let said = page.text_where(&part("explanation"), |text| text.contains("DELE")).await;
    assert!(said.contains("RFC 1939"), "{said}");
    page.browser.screenshot("console-explained").await;
    page.press(Key::Home).await;
    for _ in 0..3 {
        page.press(Key::Down).await;
    }
    // The answer to STAT before the login: what it means, and what leads on.
    page.text_where(&part("explanation"), |text| text.contains("USER")).await;
    page.press(Key::Escape).await;
    page.gone(&part("explanation")).await;
    assert!(page.has_focus(&part("entry-text")).await, "the focus is where it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_mailbox_can_be_spoken_to_with_the_keyboard_alone() {
    let site = Site::start().await;
    let page = Page::open(&site.url(), Options::default()).await;
    // There is no bridge here, and the page may have found that out; the browser says so in its own words.
    page.tab_to(&part("by-hand-sandbox")).await;
    page.browser.complaints().await;
    page.press(Key::Enter).await;
    page.text_where(&part("by-hand-login"), |text| text.contains("lovelace")).await;
    page.browser.screenshot("console-begins").await;
    types_a_whole_session(&page, "ada", "lovelace").await;
    history_knows_no(&page, "lovelace").await;
    page.click(".console-state-words summary").await;
    page.text_where(&part("state-text"), |text| text.contains("TRANSACTION")).await;
    page.browser.screenshot("console-session").await;
    explains_with_the_keyboard(&page).await;
    looks_and_saves(&page, "lovelace").await;
    page.click(&part("console-line")).await;
    say(&page, "TOP 1 0").await;
    page.text_where(&part("console-news"), |text| text.contains("+OK")).await;
    page.press("QUIT").await;
    page.press(Key::Enter).await;
    let ended = page.ended().await;
    assert!(ended.deletion.contains("deleted 1 message (number 2)"), "{ended:?}");
    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_server_is_spoken_to_by_hand_and_marks_made_by_hand_show_in_the_mailbox() {
    for way in [Way::Page, Way::Bridge] {
        let mails = &mails::maildrop()[..4];
        let stage = Stage::set_as(Setting { way, ..Setting::default() }, mails, Options::default()).await;
        let page = &stage.page;
        page.tab_to(&part("by-hand-server")).await;
        page.press(Key::Enter).await;
        types_a_whole_session(page, USER, PASSWORD).await;
        page.click(&format!("{} summary", part("tools"))).await;
        saves_packets(page).await;
        page.click(&part("show-mailbox")).await;
        page.mailbox().await;
        // The server does not list what is marked; that something is, is said all the same.
        page.shown(&part("pending-bar")).await;
        page.mark(3).await;
        page.click(&part("console-line")).await;
        say(page, "RSET").await;
        page.shown(&marked(3, false)).await;
        page.gone(&part("pending-undo-all")).await;
        say(page, "DELE 1").await;
        page.shown(&marked(1, true)).await;
        page.browser.screenshot("console-beside-mailbox").await;
        page.press("QUIT").await;
        page.press(Key::Enter).await;
        let ended = page.ended().await;
        assert!(ended.deletion.contains("deleted 1 message (number 1)"), "{ended:?}");
        assert_eq!(stage.on_disk().len(), 3, "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_console_that_is_opened_late_knows_everything_and_types_beside_the_buttons() {
    let site = Site::start().await;
    let page = Page::open(&site.url(), Options::default()).await;
    page.enter_sandbox().await;
    let known = page.transcript().await;
    page.click(&part("console-toggle")).await;
    page.shown(&part("console")).await;
    page.must("the same lines", async || (lines(&page).await == known).then_some(())).await;
    page.click(&part("picture-toggle")).await;
    page.click(".console-state-words summary").await;
    page.text_where(&part("state-text"), |text| text.contains("TRANSACTION")).await;
    page.click(&part("picture-toggle")).await;
    page.click(&part("console-line")).await;
    say(&page, "DELE 2").await;
    page.shown(&marked(2, true)).await;
    say(&page, "RSET").await;
    page.shown(&marked(2, false)).await;
    // It goes away and comes back as it was, and holds nothing meanwhile.
    page.choose(&part("pace-select"), "2").await;
    page.click(&part("console-toggle")).await;
    page.gone(&part("console")).await;
    assert!(page.has_focus(&part("console-toggle")).await, "the focus is where it was");
    page.mark(1).await;
    page.click(&part("console-toggle")).await;
    has(&page, "client: DELE 1").await;
    assert_eq!(page.value(&part("pace-select")).await, "0");
    page.choose(&part("language-select"), "de").await;
    page.text_where("label[for='console-line']", |text| text.contains("Zeile")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_go_step_by_step_and_nobody_thinks_that_the_page_hangs() {
    let site = Site::start().await;
    let page = Page::open(&site.url(), Options::default()).await;
    page.click(&part("console-toggle")).await;
    page.choose(&part("pace-select"), "2").await;
    page.click(&part("by-hand-sandbox")).await;
    page.text_where(&part("held-line"), |text| text.contains("+OK")).await;
    assert!(!lines(&page).await.iter().any(|line| line.starts_with("server: ")), "it has not passed");
    page.click(&part("next-line")).await;
    page.click(&format!("{}:not([readonly])", part("console-line"))).await;
    page.press("CAPA").await;
    page.press(Key::Enter).await;
    page.text_where(&part("held-line"), |text| text.contains("CAPA")).await;
    page.browser.screenshot("console-held").await;
    assert!(!commands(&page).await.contains(&"CAPA".to_owned()), "it has not been sent");
    page.click(&part("next-line")).await;
    page.text_where(&part("held-line"), |text| text.contains("+OK")).await;
    assert!(commands(&page).await.contains(&"CAPA".to_owned()));
    page.click(&part("full-speed")).await;
    page.gone(&part("held")).await;
    assert!(page.has_focus(&part("console-line")).await, "the button is gone, the focus is not");
    has(&page, "server: .").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_console_that_cannot_be_loaded_says_so_and_mail_works_without_it() {
    let site = Site::start().await;
    let page = Page::open(&site.url(), Options::default()).await;
    let block = |urls: &[&str]| json!({ "urls": urls });
    page.browser.devtools("Network.enable", json!({})).await;
    page.browser.devtools("Network.setBlockedURLs", block(&["*console_bg.wasm*"])).await;
    page.enter_sandbox().await;
    page.click(&part("console-toggle")).await;
    page.shown(&part("console-failed")).await;
    page.browser.screenshot("console-failed").await;
    page.mark(1).await;
    page.browser.devtools("Network.setBlockedURLs", block(&[])).await;
    page.click(&part("console-retry")).await;
    page.gone(&part("console-failed")).await;
    can_type(&page).await;
    has(&page, "client: DELE 1").await;
    page.click(&part("console-toggle")).await;
    page.transcript().await;
}

/// What is served in the console's place: it starts, holds lines back, and breaks down when its button is pressed.
const BREAKS: &str = "
    export default async () => {};
    export const start = (build, language, send) => {
      const button = document.createElement('button');
      button.dataset.testid = 'break';
      button.textContent = 'break';
      button.onclick = () => { send(new Uint8Array(HOLDS)); send(); };
      return button;
    };
    export const hear = () => {};
    export const show = () => {};
    export const close = () => {};
";
/// One of another build.
const OTHER_BUILD: &str =
    "export default async () => {}; export const start = () => { throw new Error('another build'); };";

#[tokio::test(flavor = "multi_thread")]
async fn a_console_that_breaks_down_or_is_of_another_build_leaves_the_page_working() {
    let holds = format!("{:?}", border::encode(&SessionCommand::Pace(Pace::Step)));
    for (served, breaks) in [(BREAKS.replace("HOLDS", &holds), true), (OTHER_BUILD.to_owned(), false)] {
        let site = Site::start().await;
        site.replace("console.js", "-0", &served);
        let page = Page::open(&site.url(), Options::default()).await;
        page.enter_sandbox().await;
        page.click(&part("console-toggle")).await;
        if breaks {
            page.click(&part("break")).await;
        }
        page.shown(&part("console-failed")).await;
        page.gone(&part("break")).await;
        // What was held was let go.
        page.mark(1).await;
        page.shown(&marked(1, true)).await;
        page.click(&part("console-retry")).await;
        can_type(&page).await;
        say(&page, "RSET").await;
        page.shown(&marked(1, false)).await;
    }
}
