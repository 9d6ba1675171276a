//! A wrong password: a clear word, a form that keeps all but the password, and a second try that works.

use popglass_tests::{
    browser::Options,
    mails,
    page::part,
    stage::{Stage, USER},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_costs_nothing_but_the_password() {
    let stage = Stage::set(&mails::maildrop()[..3], Options::default()).await;
    let page = &stage.page;
    page.log_in(USER, "not the password").await;
    let trouble = page.text_where(&part("connect-error"), |text| !text.is_empty()).await;
    assert!(trouble.contains("refused the login"), "{trouble}");
    assert_eq!(page.value(&part("user-input")).await, USER);
    assert_eq!(page.value(&part("password-input")).await, "");
    page.browser.screenshot("wrong-password").await;
    assert!(page.transcript().await.iter().any(|line| line.starts_with("server: -ERR")));
    stage.log_in().await;
    let ended = page.finish().await;
    assert!(ended.deletion.contains("nothing was deleted"), "{ended:?}");
    assert_eq!(stage.on_disk(), [0, 1, 2]);
    assert_eq!(page.browser.complaints().await, Vec::<String>::new());
}
