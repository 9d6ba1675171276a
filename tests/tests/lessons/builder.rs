//! The scenario builder in a real browser: a scenario built, saved, loaded, made a link and solved with the keyboard
//! alone, over plain http from a machine that is not this one; a bad file that says where; and its screens as axe sees them.

use std::fs;

use popglass_tests::{
    accessibility,
    browser::{Browser, Colours, Options},
    page::{Page, part, with},
    site::Site,
};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{By, Key};

/// What a classroom may lack: storage that is forbidden, and workers.
const POOR_BROWSER: &str = "
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
    delete window.Worker;";

/// The widths that are looked at.
const WIDTHS: [u32; 2] = [320, 1280];

/// Opens the builder.
async fn open(browser: Browser, address: &str) -> Page {
    browser.open(address).await;
    let page = Page { browser };
    page.shown(&part("build")).await;
    page
}

/// Goes to another address of the classroom.
async fn go(page: &Page, hash: &str, screen: &str) {
    page.browser.run("location.hash = arguments[0]", vec![hash.into()]).await;
    page.shown(&with("classroom", "data-screen", screen)).await;
}

/// The selector of a field's control, by the end of its name.
fn field(name: &str) -> String {
    format!("#{name}")
}

/// Presses a button that Tab leads to.
async fn press_on(page: &Page, css: &str) {
    page.tab_to(css).await;
    page.press(Key::Enter).await;
}

/// Types into what has the focus, in the place of what stood there.
async fn retype(page: &Page, css: &str, text: &str) {
    page.tab_to(css).await;
    let all = page.browser.driver.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control);
    all.perform().await.expect("the browser takes keys");
    page.press(text.to_owned()).await;
    page.press(Key::Tab).await;
}

/// Lets a file field take this file, as a user does in the dialogue that only the browser knows. The browser reads it when
/// it is asked to, so the folder has to stay.
async fn choose_file(page: &Page, name: &str, octets: &[u8]) -> TempDir {
    let folder = TempDir::new().expect("a folder for a file");
    let path = folder.path().join(name);
    fs::write(&path, octets).expect("a file can be written");
    let input = page.browser.driver.find(By::Css(part("load-scenario"))).await.expect("there is a field for files");
    input.send_keys(path.to_str().expect("our paths are ASCII")).await.expect("a file can be chosen");
    folder
}

async fn lacking(page: &Page, count: &str) {
    page.shown(&with("lacking", "data-count", count)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scenario_is_built_saved_loaded_and_solved_with_the_keyboard_alone() {
    let site = Site::start().await;
    let (_, port) = site.authority.rsplit_once(':').expect("a port");
    let browser = Browser::start(Options { host: Some("school.example"), ..Options::default() }).await;
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": POOR_BROWSER })).await;
    let address = format!("http://school.example:{port}/#teach&lang=en");
    browser.open(&address).await;
    let page = Page { browser };
    press_on(&page, &part("teach-build")).await;
    page.shown(&part("build")).await;

    build_from_nothing(&page).await;

    // Saved, and loaded again by another page that has never seen it.
    press_on(&page, &part("save-scenario")).await;
    let file = page.browser.downloaded("popglass-my-first-scenario.txt").await;
    let text = String::from_utf8(file.clone()).expect("a scenario is text");
    assert!(text.contains("The treasure") && text.contains("grace") && !text.contains("[texts.de]"), "{text}");
    press_on(&page, &part("begin")).await;
    page.must("another beginning", async || page.value(&field("fieldUser-0-0-Name")).await.eq("ada").then_some(()))
        .await;
    let _file = choose_file(&page, "scenario.toml", &file).await;
    page.must("what was saved", async || page.value(&field("fieldUser-0-0-Name")).await.eq("grace").then_some(()))
        .await;

    // Tried out, and back with nothing lost.
    press_on(&page, &part("try")).await;
    page.shown(&part("tried")).await;
    press_on(&page, &part("back-to-build")).await;
    page.shown(&part("build")).await;
    assert_eq!(page.value(&field("fieldWords-En-Title")).await, "My first scenario");

    // The link opens it for a learner, who solves it.
    press_on(&page, &part("make-link")).await;
    page.must("the focus on the link", async || page.has_focus(&part("scenario-link")).await.then_some(())).await;
    let link = page.value(&part("scenario-link")).await;
    press_on(&page, &part("copy-link")).await;
    page.text_where(&part("build-notice"), |text| text.contains("copied")).await;
    page.browser.open("about:blank").await;
    page.browser.open(&link).await;
    solve(&page).await;
    // Its way is no lesson's.
    press_on(&page, &part("to-all")).await;
    page.text_where(&part("progress"), |text| text.starts_with("0 of")).await;
    // Some learners get the file.
    let _file = choose_file(&page, "scenario.toml", &file).await;
    page.shown(&part("lesson")).await;
    // Over plain http the browser says that the file came so, and saves it all the same.
    let complaints = page.browser.complaints().await;
    let others: Vec<_> = complaints.iter().filter(|it| !it.contains("loaded over an insecure connection")).collect();
    assert_eq!(others, Vec::<&String>::new());
}

/// A message, two tasks and a title.
async fn build_from_nothing(page: &Page) {
    page.tab_to(&part("beginning")).await;
    for _ in 0..3 {
        page.press(Key::Down).await;
    }
    press_on(page, &part("begin")).await;
    page.must("a scenario that lacks something", async || {
        (page.attribute(&part("lacking"), "data-count").await.as_deref() != Some("0")).then_some(())
    })
    .await;
    retype(page, &field("fieldWords-En-Title"), "My first scenario").await;
    press_on(page, &part("actAddMessage00")).await;
    let subject = field("fieldMessage-0-0-0-Subject");
    page.must("the focus on the new message", async || page.has_focus(&subject).await.then_some(())).await;
    retype(page, &subject, "The treasure").await;
    press_on(page, &part("actAddTaskLogIn")).await;
    retype(page, &field("fieldWords-En-Task-0"), "Log in").await;
    press_on(page, &part("actAddTaskFetch")).await;
    retype(page, &field("fieldWords-En-Task-1"), "Fetch the treasure").await;
    // German is taken away again, since this class reads English.
    page.tab_to(&field("fieldHasLanguage-De")).await;
    page.press(" ").await;
    lacking(page, "0").await;

    // A name that does not fit stays beside its field.
    retype(page, &field("fieldUser-0-0-Name"), "two words").await;
    lacking(page, "1").await;
    let name = page.shown(&field("fieldUser-0-0-Name")).await;
    assert_eq!(name.attr("aria-invalid").await.ok().flatten().as_deref(), Some("true"));
    let described = name.attr("aria-describedby").await.ok().flatten().unwrap_or_default();
    assert!(described.contains("fieldUser-0-0-Name-problem"), "{described}");
    retype(page, &field("fieldUser-0-0-Name"), "grace").await;
    lacking(page, "0").await;
}

/// Solves the scenario as a learner, key by key.
async fn solve(page: &Page) {
    page.shown(&part("lesson")).await;
    assert_eq!(page.text(&part("lesson-title")).await, "My first scenario");
    assert!(!page.is_shown(&part("tried")).await && !page.is_shown(&part("show-button")).await);
    press_on(page, &part("connect")).await;
    page.must("the focus in the input", async || page.has_focus(&part("input")).await.then_some(())).await;
    for line in ["USER grace", "PASS lovelace", "RETR 1"] {
        page.press(line).await;
        page.press(Key::Enter).await;
        page.must("an empty input", async || page.value(&part("input")).await.is_empty().then_some(())).await;
    }
    page.shown(&part("finished")).await;
    page.must("the focus on the praise", async || page.has_focus("#praise").await.then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_file_or_link_says_where_it_is_wrong_and_nothing_is_lost() {
    let site = Site::start().await;
    let page = open(Browser::start(Options::default()).await, &format!("{}#build&lang=en", site.url())).await;
    let title = field("fieldWords-En-Title");
    page.fill(&title, "Mine").await;
    page.press(Key::Tab).await;
    for (octets, expected) in [
        (
            b"popglass-scenario = 1\n[lesson]\nminutes = \"six\"\n".as_slice(),
            "Line 3 cannot be read, from column 11 on",
        ),
        (b"\xFF\xD8\xFF\xE0 a picture".as_slice(), "no text"),
        (&vec![b'#'; 300 * 1024], "larger than a scenario"),
    ] {
        let _file = choose_file(&page, "bad.toml", octets).await;
        page.text_where(&part("build-notice"), |text| text.contains(expected) && text.contains("unchanged")).await;
        assert_eq!(page.value(&title).await, "Mine");
    }
    // The draft is kept: the page that is loaded again goes on with it.
    page.browser.driver.refresh().await.expect("the page loads again");
    page.shown(&part("build")).await;
    assert_eq!(page.value(&title).await, "Mine");
    go(&page, "#learn&lang=en", "list").await;
    let _file = choose_file(&page, "bad.toml", b"nonsense").await;
    page.text_where(&part("scenario-flaw"), |text| text.contains("Line 1")).await;
    go(&page, "#scenario=nonsense&lang=en", "lost").await;
    page.text_where(&part("lost"), |text| text.contains("letters are missing")).await;
}

/// What axe finds and what runs out of the window, on one screen in both colours and all widths.
async fn look(page: &Page, name: &str, found: &mut Vec<String>) {
    for colours in Colours::ALL {
        page.browser.prefer(colours).await;
        for width in WIDTHS {
            page.browser.resize((width, 900)).await;
            let name = format!("builder-{name}-{}-{width}", colours.name());
            page.browser.screenshot(&name).await;
            // Buttons take a moment to change their colours.
            page.must("all colours to have changed", async || {
                let moving = page.browser.run("return document.getAnimations().length", Vec::new()).await;
                (moving == 0).then_some(())
            })
            .await;
            let violations = accessibility::violations(&page.browser).await;
            found.extend(violations.into_iter().map(|violation| format!("{name}: {violation}")));
            if page.overflows().await {
                found.push(format!("{name}: wider than the window"));
            }
        }
    }
}

/// Unfolds everything.
async fn unfold(page: &Page) {
    let folded = with("fold", "aria-expanded", "false");
    page.must("everything to be unfolded", async || {
        let script = "document.querySelectorAll(arguments[0]).forEach((button) => button.click())";
        page.browser.run(script, vec![folded.clone().into()]).await;
        page.each(&folded, "return 0").await.is_empty().then_some(())
    })
    .await;
}

/// How things stand with the solution, once it was walked.
async fn ways(page: &Page, kind: &str) -> String {
    page.shown(&format!("{}[data-open='false']", with("ways", "data-kind", kind))).await;
    page.text(&part("ways")).await
}

/// Types lines into the terminal that has the focus.
async fn type_lines(page: &Page, lines: &[&str]) {
    press_on(page, &part("connect")).await;
    page.must("the focus in the input", async || page.has_focus(&part("input")).await.then_some(())).await;
    for line in lines {
        page.press(*line).await;
        page.press(Key::Enter).await;
        page.must("an empty input", async || page.value(&part("input")).await.is_empty().then_some(())).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_solution_is_recorded_broken_and_mended_with_the_keyboard_alone() {
    let site = Site::start().await;
    let page = open(Browser::start(Options::default()).await, &format!("{}#build&lang=en", site.url())).await;
    assert!(ways(&page, "lead").await.contains("still completes the scenario"));
    // Without a solution the page says what is missing, and leads to where one is recorded.
    press_on(&page, "#partWays-title button").await;
    press_on(&page, &part("actRemoveWaySolution")).await;
    assert!(ways(&page, "no-solution").await.contains("learners will not find “Show me”"));
    press_on(&page, &part("record-one")).await;
    page.shown(&part("tried")).await;
    type_lines(&page, &["USER ada", "PASS lovelace", "DELE 1"]).await;
    // Whatever is played can be kept: what loses the goal as a dead end.
    page.press("QUIT").await;
    page.press(Key::Enter).await;
    press_on(&page, &part("keep-dead-end")).await;
    page.shown(&part("build")).await;
    page.text_where(&part("build-notice"), |text| text.contains("is a dead end now")).await;
    assert!(ways(&page, "no-solution").await.contains("no solution"));
    press_on(&page, &part("record-one")).await;
    page.shown(&part("tried")).await;
    type_lines(&page, &["USER ada", "PASS lovelace", "RETR 1", "DELE 3", "QUIT"]).await;
    page.must("the focus on the praise", async || page.has_focus("#praise").await.then_some(())).await;
    press_on(&page, &part("record")).await;
    page.text_where(&part("build-notice"), |text| text.contains("6 steps is the solution now")).await;
    assert!(ways(&page, "lead").await.contains("every wrong way and dead end is still one"));
    // Another password: the solution is told to stop, where, and why, in both languages.
    retype(&page, &field("fieldUser-0-0-Password"), "changed").await;
    let said = ways(&page, "astray").await;
    assert!(
        said.contains("The solution stops at step 3 (PASS lovelace): expected: the state TRANSACTION; seen: PASS"),
        "{said}"
    );
    go(&page, "#build&lang=de", "build").await;
    let said = ways(&page, "astray").await;
    assert!(said.contains("Die Lösung bleibt bei Schritt 3 (PASS lovelace) hängen. Erwartet:"), "{said}");
    // From there to the step, and back to what it was.
    press_on(&page, &part("way-fault")).await;
    page.must("the focus on the solution", async || page.has_focus("#partWay-Solution").await.then_some(())).await;
    assert!(page.text("#partWay-Solution .build-astray").await.contains("PASS lovelace"));
    press_on(&page, &part("build-undo")).await;
    assert!(ways(&page, "lead").await.contains("führt noch zum Ziel"));
    // It stays in the file that this browser keeps, and in the link.
    page.browser.driver.refresh().await.expect("the page loads again");
    page.shown(&part("build")).await;
    ways(&page, "lead").await;
    press_on(&page, &part("make-link")).await;
    let link = page.value(&part("scenario-link")).await;
    page.browser.open("about:blank").await;
    page.browser.open(&link).await;
    page.shown(&part("show-button")).await;
    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_of_the_builder_is_accessible_in_both_languages() {
    let site = Site::start().await;
    let page = open(Browser::start(Options::default()).await, &format!("{}#build", site.url())).await;
    let mut found = Vec::new();
    for language in ["en", "de"] {
        go(&page, &format!("#build&lang={language}"), "build").await;
        page.choose(&part("beginning"), "three").await;
        page.click(&part("begin")).await;
        look(&page, &format!("start-{language}"), &mut found).await;
        // All that there can be, with something wrong in it, and a link.
        page.choose(&part("beginning"), "14").await;
        page.click(&part("begin")).await;
        page.click(&part("make-link")).await;
        page.shown(&part("scenario-link")).await;
        unfold(&page).await;
        page.click(&part("actAddFault0")).await;
        page.fill(&field("fieldUser-0-0-Name"), "a b").await;
        page.press(Key::Tab).await;
        page.click(&part("actRemoveMessage000")).await;
        unfold(&page).await;
        page.browser.run("scrollTo(0, 0)", Vec::new()).await;
        look(&page, &format!("all-{language}"), &mut found).await;
        // A solution that leads nowhere any more, a wrong way, a dead end; and a line of a file that cannot be read.
        page.choose(&part("beginning"), "9").await;
        page.click(&part("begin")).await;
        page.fill(&field("fieldUser-0-0-Password"), "changed").await;
        page.press(Key::Tab).await;
        ways(&page, "astray").await;
        page.click(&part("way-fault")).await;
        let _file = choose_file(&page, "bad.toml", b"popglass-scenario = 1\n[lesson]\nminutes = \"six\"\n").await;
        page.shown(&part("bad-line")).await;
        unfold(&page).await;
        page.browser.run("scrollTo(0, 0)", Vec::new()).await;
        look(&page, &format!("ways-{language}"), &mut found).await;
        page.choose(&part("beginning"), "empty").await;
        page.click(&part("begin")).await;
        page.click(&part("make-link")).await;
        page.shown(&with("build-notice", "data-error", "true")).await;
        look(&page, &format!("empty-{language}"), &mut found).await;
        page.choose(&part("beginning"), "devices").await;
        page.click(&part("begin")).await;
        page.click(&part("try")).await;
        page.shown(&part("tried")).await;
        page.click(&part("fetch")).await;
        page.shown(&part("keep-wrong")).await;
        look(&page, &format!("try-{language}"), &mut found).await;
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}
