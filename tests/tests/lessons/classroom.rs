//! The classroom in a real browser: a lesson from the list to its praise with the keyboard alone, over plain http from a
//! machine that is not this one, without storage and without workers; and every screen of it as axe sees it.

use popglass_tests::{
    accessibility,
    browser::{Browser, Colours, Options},
    page::{Page, part, with},
    site::Site,
};
use serde_json::json;
use thirtyfour::Key;

/// What a classroom may lack: storage that is forbidden, and workers.
const POOR_BROWSER: &str = "
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
    delete window.Worker;";

/// No word that the lesson draws.
const WRONG_WORD: &str = "nothing";

/// The widths that are looked at.
const WIDTHS: [u32; 2] = [320, 1280];

/// Opens an address of the classroom and waits for it.
async fn open(browser: Browser, address: &str) -> Page {
    browser.open(address).await;
    let page = Page { browser };
    page.shown(&part("classroom")).await;
    page
}

/// Goes to another address of the classroom.
async fn go(page: &Page, hash: &str, screen: &str) {
    page.browser.run("location.hash = arguments[0]", vec![hash.into()]).await;
    page.shown(&with("classroom", "data-screen", screen)).await;
}

/// Types a line into the terminal that has the focus, and waits for the announcement of what came of it: exactly one.
async fn say(page: &Page, line: &str) {
    let before = announced(page).await.len();
    page.press(line.to_owned()).await;
    page.press(Key::Enter).await;
    page.must(&format!("one announcement after {line}"), async || (announced(page).await.len() > before).then_some(()))
        .await;
    let after = announced(page).await;
    assert_eq!(after.len(), before + 1, "{line}: {after:?}");
}

async fn announced(page: &Page) -> Vec<String> {
    let said = page.each(&format!("{} p", part("announcer")), "return element.textContent").await;
    said.iter().map(|said| said.as_str().unwrap_or_default().to_owned()).collect()
}

/// The word that Grace has sent, as the transcript shows it.
async fn word(page: &Page) -> Option<String> {
    let lines = page.each(".terminal-log .line-text", "return element.textContent").await;
    let said = lines.iter().filter_map(|line| line.as_str()).find_map(|line| line.split_once("The word is: "));
    said.map(|(_, word)| word.trim().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lesson_is_learned_with_the_keyboard_alone_on_a_poor_browser() {
    let site = Site::start().await;
    let (_, port) = site.authority.rsplit_once(':').expect("a port");
    for (languages, done) in [("en-GB,en", "Done!"), ("de-DE,de", "Geschafft!")] {
        let browser = Browser::start(Options { languages, host: Some("school.example"), ..Options::default() }).await;
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": POOR_BROWSER })).await;
        let page = open(browser, &format!("http://school.example:{port}/#learn")).await;
        let secure = page.browser.run("return [isSecureContext, typeof crypto.subtle]", Vec::new()).await;
        assert_eq!(secure, json!([false, "undefined"]));

        page.tab_to(&format!("{} a", with("lesson-row", "data-number", "6"))).await;
        page.press(Key::Enter).await;
        page.shown(&part("lesson")).await;
        page.tab_to(&part("connect")).await;
        page.press(Key::Enter).await;
        // Who connects wants to type: the focus is there already.
        page.must("the focus in the input", async || page.has_focus(&part("input")).await.then_some(())).await;
        say(&page, "USER ada").await;
        say(&page, "PASS lovelace").await;
        for line in ["RETR 1", "RETR 2", "RETR 3"] {
            if word(&page).await.is_none() {
                say(&page, line).await;
            }
        }
        let word = word(&page).await.expect("one of three messages has the word");
        assert!(!page.text(&part("transcript")).await.contains("lovelace"));
        page.tab_to(&part("answer")).await;
        page.press(WRONG_WORD).await;
        page.press(Key::Enter).await;
        page.shown(".question-wrong").await;
        for _ in WRONG_WORD.chars() {
            page.press(Key::Backspace).await;
        }
        page.press(word).await;
        page.press(Key::Enter).await;
        page.shown(".question-right").await;
        // The last of three options.
        page.tab_to("input[value='here']").await;
        page.press(Key::Down).await;
        page.press(Key::Down).await;
        page.press(Key::Enter).await;
        page.text_where("#praise", |text| text.contains(done)).await;
        page.must("the focus on the praise", async || page.has_focus("#praise").await.then_some(())).await;
        page.tab_to(&part("to-all")).await;
        page.press(Key::Enter).await;
        page.shown(&format!("{} {}", with("lesson-row", "data-number", "6"), part("done"))).await;
        assert_eq!(page.each(&part("card"), "return 0").await.len(), 1);
    }
}

/// What axe finds and what runs out of the window, on one screen in both colours and all widths.
async fn look(page: &Page, name: &str, found: &mut Vec<String>) {
    for colours in Colours::ALL {
        page.browser.prefer(colours).await;
        for width in WIDTHS {
            page.browser.resize((width, 900)).await;
            let name = format!("classroom-{name}-{}-{width}", colours.name());
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

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_accessible_in_both_languages() {
    let site = Site::start().await;
    let browser = Browser::start(Options::default()).await;
    let page = open(browser, &format!("{}#learn", site.url())).await;
    let mut found = Vec::new();
    for language in ["en", "de"] {
        for (hash, screen, name) in [
            ("#learn", "list", "list"),
            ("#teach", "teach", "teach"),
            ("#lesson=6&seed=7&sheet=worksheet", "sheet", "worksheet"),
            ("#lesson=6&seed=7&sheet=solution", "sheet", "solution"),
            ("#lesson=99", "lost", "lost"),
            ("#lesson=14&seed=7", "lesson", "devices"),
        ] {
            go(&page, &format!("{hash}&lang={language}"), screen).await;
            look(&page, &format!("{name}-{language}"), &mut found).await;
        }
        go(&page, &format!("#lesson=6&seed=7&lang={language}"), "lesson").await;
        page.click(&part("reset")).await;
        page.click(&part("connect")).await;
        for line in ["USER ada", "PASS lovelace", "LIST", "RETR 1", "NONSENSE"] {
            page.fill(&part("input"), line).await;
            page.click(&part("send")).await;
            page.must("an empty input", async || page.value(&part("input")).await.is_empty().then_some(())).await;
        }
        page.fill(&part("input"), "DELE 1").await;
        page.click(&part("hint-button")).await;
        page.click(&part("show-button")).await;
        look(&page, &format!("lesson-{language}"), &mut found).await;
        page.click(&part("show-no")).await;
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

/// Every lesson as it begins and once it is solved, on the narrowest window, in both colours.
async fn look_at_every_lesson(language: &str) {
    let site = Site::start().await;
    let browser = Browser::start(Options::default()).await;
    let page = open(browser, &format!("{}#learn", site.url())).await;
    page.browser.resize((320, 900)).await;
    let mut found = Vec::new();
    for colours in Colours::ALL {
        page.browser.prefer(colours).await;
        for lesson in popglass_lessons::lessons() {
            go(&page, &format!("#lesson={}&seed=7&lang={language}", lesson.number), "lesson").await;
            let title = if language == "de" { &lesson.german.title } else { &lesson.english.title };
            page.text_where(&part("lesson-title"), |text| text.contains(title.as_str())).await;
            let name = format!("lesson-{}-{language}-{}", lesson.number, colours.name());
            look_once(&page, &format!("{name}-begun"), &mut found).await;
            show_the_solution(&page).await;
            look_once(&page, &format!("{name}-solved"), &mut found).await;
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

async fn look_once(page: &Page, name: &str, found: &mut Vec<String>) {
    // What is drawn for a picture has its colours.
    page.browser.screenshot(name).await;
    let violations = accessibility::violations(&page.browser).await;
    found.extend(violations.into_iter().map(|violation| format!("{name}: {violation}")));
    if page.overflows().await {
        found.push(format!("{name}: wider than the window"));
    }
}

/// Has the lesson shown, step by step, until it is solved.
async fn show_the_solution(page: &Page) {
    // A lesson that was shown in other colours is still as it was left.
    page.click(&part("reset")).await;
    page.click(&part("show-button")).await;
    page.click(&part("show-yes")).await;
    page.must("the lesson to be solved", async || {
        let over = page.browser.run(NEXT_STEP, Vec::new()).await;
        over.as_bool().filter(|over| *over).map(|_| ())
    })
    .await;
    page.shown(&part("finished")).await;
    let unanswered = page.browser.run(UNANSWERED, Vec::new()).await;
    assert_eq!(unanswered, serde_json::json!([]), "questions whose right answer is not to be seen");
}

/// Questions with nothing in their fields.
const UNANSWERED: &str = "
const answered = (field) => (field.type === 'text' ? field.value !== '' : field.checked);
return [...document.querySelectorAll(\"[data-testid='question']\")]
  .filter((form) => ![...form.querySelectorAll('input')].some(answered))
  .map((form) => form.dataset.id);";

/// Presses the button for the next step, where there is one; says whether the last one was shown.
const NEXT_STEP: &str = "
const [next, over] = ['show-next', 'show-reset'].map((part) => document.querySelector(`[data-testid='${part}']`));
next?.click();
return over !== null;";

#[tokio::test(flavor = "multi_thread")]
async fn every_lesson_is_accessible_on_a_narrow_window_in_english() {
    look_at_every_lesson("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_lesson_is_accessible_on_a_narrow_window_in_german() {
    look_at_every_lesson("de").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_client_leads_to_the_lessons_and_back() {
    let site = Site::start().await;
    let page = Page::open(&site.url(), Options::default()).await;
    page.click(&part("learn-link")).await;
    page.shown(&part("classroom")).await;
    page.choose(&part("language-select"), "de").await;
    page.click(&part("to-mail")).await;
    page.ready().await;
    // The choice holds on both sides.
    assert_eq!(page.value(&part("language-select")).await, "de");
    assert_eq!(page.browser.run("return location.hash", Vec::new()).await, "");
}
