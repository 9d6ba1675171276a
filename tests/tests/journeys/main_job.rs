//! The main job: log in over TLS, list two hundred messages, read some, delete one for good, and the Maildir agrees; in
//! every way that TLS can go, and with the page from elsewhere.

use popglass_tests::{
    browser::Options,
    mails::{self, Kind, Mail},
    page::part,
    stage::{PASSWORD, Setting, Stage, USER, Way},
};

/// The message of the first page (the newest fifty) that holds the wanted kind, with its number.
fn newest(mails: &[Mail], wanted: impl Fn(&Kind) -> bool) -> (u64, &Mail) {
    let place = mails.iter().rposition(|mail| wanted(&mail.kind)).expect("every kind is there");
    assert!(place + 50 > mails.len(), "the first page shows it");
    (place as u64 + 1, &mails[place])
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_is_listed_read_and_deleted_with_tls_in_the_page() {
    does_the_main_job(Setting { way: Way::Page, ..Setting::default() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_is_listed_read_and_deleted_with_tls_in_the_page_by_stls() {
    does_the_main_job(Setting { way: Way::PageStls, ..Setting::default() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_is_listed_read_and_deleted_with_tls_in_the_bridge() {
    does_the_main_job(Setting { way: Way::Bridge, ..Setting::default() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_is_listed_read_and_deleted_by_a_page_from_elsewhere() {
    does_the_main_job(Setting { way: Way::Page, elsewhere: true, ..Setting::default() }).await;
}

async fn does_the_main_job(setting: Setting<'_>) {
    let mails = mails::maildrop();
    let stage = Stage::set_as(setting, &mails, Options::default()).await;
    assert_eq!(stage.page.bridge_reads().await, Some(setting.way == Way::Bridge), "the picture tells who reads");
    let page = &stage.page;
    stage.log_in().await;

    let count = page.text(&part("mailbox-count")).await;
    assert!(count.contains("200"), "{count}");
    lists_the_newest_fifty(&stage, &mails).await;
    reads_each_kind(&stage, &mails).await;

    // Two marked, one mark taken back.
    page.mark(200).await;
    page.mark(198).await;
    page.shown(&part("pending-bar")).await;
    page.unmark(200).await;
    let marked: Vec<u64> = page.rows().await.iter().filter(|row| row.marked).map(|row| row.number).collect();
    assert_eq!(marked, [198]);
    assert_eq!(stage.on_disk(), stage.all_but(&[]), "a mark deletes nothing");
    transcript_tells_the_truth(&stage).await;

    let ended = page.finish().await;
    assert!(ended.deletion.contains("deleted 1 message (number 198)"), "{ended:?}");
    assert!(ended.deletion.contains("199"), "{ended:?}");
    assert_eq!(stage.on_disk(), stage.all_but(&[197]));
    page.browser.screenshot("main-job-ended").await;

    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
    let Stage { page, bridge, site, dovecot: _dovecot, line: _line, .. } = stage;
    let log = page.browser.finish().await;
    match site {
        None => assert_eq!(log.elsewhere(&bridge.address.to_string()), Vec::<&str>::new()),
        // The files come from there, and everything else is the one bridge's tunnel.
        Some(site) => {
            let elsewhere = log.elsewhere(&site.authority);
            let tunnels = elsewhere.iter().filter(|address| **address == bridge.tunnel()).count();
            assert!(tunnels > 0 && tunnels == elsewhere.len(), "{elsewhere:?}");
        }
    }
    logs_are_clean(&bridge.finish().await, &mails);
}

async fn lists_the_newest_fifty(stage: &Stage, mails: &[Mail]) {
    let page = &stage.page;
    let expected: Vec<(u64, String)> =
        (150..200).rev().map(|place| (place as u64 + 1, words(&mails[place].subject))).collect();
    page.must("fifty subjects", async || {
        let rows = page.rows().await.into_iter().map(|row| (row.number, row.subject)).collect::<Vec<_>>();
        (rows == expected).then_some(())
    })
    .await;
    assert!(page.rows().await[0].author.contains(&mails[199].author));
    page.browser.screenshot("main-job-mailbox").await;
    page.click(&part("page-next")).await;
    page.must("message 150 on the second page", async || {
        page.rows()
            .await
            .first()
            .filter(|row| row.number == 150 && row.subject == words(&mails[149].subject))
            .map(|_| ())
    })
    .await;
    page.click(&part("page-previous")).await;
    page.must("the first page again", async || page.rows().await.first().filter(|row| row.number == 200).map(|_| ()))
        .await;
}

async fn reads_each_kind(stage: &Stage, mails: &[Mail]) {
    let page = &stage.page;

    let (number, mail) = newest(mails, |kind| *kind == Kind::Text);
    page.read(number).await;
    assert_eq!(words(&page.text(&part("reader-subject")).await), words(&mail.subject));
    page.text_where(&part("reader-text"), |text| text.contains(&mail.sentence)).await;
    page.tab("tab-source").await;
    page.text_where(&part("reader-source"), |text| text.contains("Message-ID: <message-")).await;
    page.back().await;

    for wanted in [Kind::Html, Kind::InlinePicture] {
        let (number, mail) = newest(mails, |kind| *kind == wanted);
        page.read(number).await;
        page.tab("tab-html").await;
        page.framed_text(&mail.sentence).await;
        page.browser.screenshot(&format!("main-job-{wanted:?}")).await;
        page.back().await;
    }

    let (number, mail) = newest(mails, |kind| matches!(kind, Kind::Attachment { .. }));
    let Kind::Attachment { name, octets } = &mail.kind else { unreachable!("it was asked for") };
    page.read(number).await;
    let attachment = format!("{}[data-name='{name}']", part("attachment"));
    page.click(&format!("{attachment} {}", part("attachment-download"))).await;
    assert!(page.browser.downloaded(name).await == *octets, "the attachment is what was sent");
    page.click(&part("save-eml")).await;
    let saved = page
        .must("a saved message", async || page.browser.download_names().into_iter().find(|name| name.ends_with(".eml")))
        .await;
    assert!(page.browser.downloaded(&saved).await == mail.raw, "the saved message is what the server sent");
    page.back().await;
}

async fn transcript_tells_the_truth(stage: &Stage) {
    let lines = stage.page.transcript().await;
    let asked = |command: &str| lines.iter().any(|line| *line == format!("client: {command}"));
    for command in ["DELE 200", "DELE 198", "RSET"] {
        assert!(asked(command), "{command} is not in {lines:#?}");
    }
    assert!(!lines.iter().any(|line| line.contains(PASSWORD)), "the password stands in the transcript");
    let text = stage.page.browser.run("return document.documentElement.outerHTML", Vec::new()).await;
    assert!(!text.as_str().unwrap_or_default().contains(PASSWORD), "the password stands in the page");
    stage.page.browser.screenshot("main-job-transcript").await;
    stage.page.click(&part("transcript-toggle")).await;
}

fn logs_are_clean(log: &str, mails: &[Mail]) {
    assert!(!log.is_empty());
    let secrets = [PASSWORD, "canary-7391", &format!("USER {USER}"), "DELE"];
    let subjects = mails.iter().map(|mail| mail.subject.as_str());
    for secret in secrets.into_iter().chain(subjects) {
        assert!(!log.contains(secret), "{secret:?} is in the bridge's log:\n{log}");
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
