//! English and German: chosen by the browser, switched by the user, remembered with the rest of the form, the password
//! excepted.

use popglass_tests::{
    browser::Options,
    mails,
    page::{Page, part},
    stage::{PASSWORD, Stage, USER},
};

/// The button that leads into the practice mailbox says it in the page's language.
async fn check_language(page: &Page, language: &str) {
    let button = match language {
        "de" => "Ohne Server ausprobieren",
        _ => "Try it without a server",
    };
    page.text_where(&part("sandbox-button"), |text| text.trim() == button).await;
    assert_eq!(page.browser.run("return document.documentElement.lang", Vec::new()).await, language);
    assert_eq!(page.value(&part("language-select")).await, language);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_chooses_the_user_overrules_and_the_page_remembers() {
    let mails = &mails::maildrop()[..2];
    let german = Options { languages: "de-AT,de,en", ..Options::default() };
    let stage = Stage::set(mails, german).await;
    let page = &stage.page;
    check_language(page, "de").await;
    page.choose(&part("language-select"), "en").await;
    check_language(page, "en").await;
    page.reload().await;
    check_language(page, "en").await;
    page.choose(&part("language-select"), "de").await;
    check_language(page, "de").await;

    stage.log_in().await;
    let count = page.text(&part("mailbox-count")).await;
    assert!(count.contains("2 Nachrichten"), "{count}");
    let ended = page.finish().await;
    assert!(ended.deletion.contains("gelöscht"), "{ended:?}");

    page.reload().await;
    check_language(page, "de").await;
    assert_eq!(page.value(&part("user-input")).await, USER);
    assert_eq!(page.value(&part("password-input")).await, "");
    let kept = page.browser.run("return JSON.stringify({ ...localStorage, ...sessionStorage })", Vec::new()).await;
    let kept = kept.as_str().unwrap_or_default();
    assert!(kept.contains(USER) && !kept.contains(PASSWORD), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_nobody_has_translated_becomes_english() {
    let site = popglass_tests::site::Site::start().await;
    for (languages, expected) in [("en-GB,en", "en"), ("fr-FR,fr", "en"), ("fr-FR,de-CH,en", "de")] {
        let page = Page::open(&site.url(), Options { languages, ..Options::default() }).await;
        check_language(&page, expected).await;
    }
}
