//! The page as a test sees it: parts by their `data-testid`, waits with a deadline, and a picture when one is missed.
//! Knows no screens.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use thirtyfour::{Key, TypingData, WebElement, prelude::*};

use crate::{
    browser::{Browser, Options},
    wait::{PATIENCE, until},
};

/// Popglass's page in a browser.
#[derive(Debug)]
pub struct Page {
    /// The browser that shows it.
    pub browser: Browser,
}

impl Page {
    /// Starts a browser and opens the page; it is ready when its session worker is.
    pub async fn open(address: &str, options: Options) -> Self {
        let browser = Browser::start(options).await;
        browser.open(address).await;
        let page = Self { browser };
        page.ready().await;
        page
    }

    /// Waits for the page to be ready, after it was opened or loaded again.
    pub async fn ready(&self) {
        self.shown(&with("app", "data-ready", "true")).await;
    }

    /// Loads the page again.
    ///
    /// # Panics
    /// If it does not load.
    pub async fn reload(&self) {
        self.browser.driver.refresh().await.expect("the page loads again");
        self.ready().await;
    }

    /// The part, once it is shown.
    pub async fn shown(&self, css: &str) -> WebElement {
        self.must(&format!("{css} to be shown"), async || {
            let element = self.browser.driver.find(By::Css(css)).await.ok()?;
            element.is_displayed().await.ok()?.then_some(element)
        })
        .await
    }

    /// Whether the part is shown now.
    pub async fn is_shown(&self, css: &str) -> bool {
        match self.browser.driver.find(By::Css(css)).await {
            Ok(element) => element.is_displayed().await.unwrap_or(false),
            Err(_) => false,
        }
    }

    /// Waits until the part is not shown.
    pub async fn gone(&self, css: &str) {
        self.must(&format!("{css} to be gone"), async || (!self.is_shown(css).await).then_some(())).await;
    }

    /// Clicks the part, once it is there and nothing lies above it.
    pub async fn click(&self, css: &str) {
        self.must(&format!("a click on {css}"), async || {
            let element = self.browser.driver.find(By::Css(css)).await.ok()?;
            if !(element.is_displayed().await.ok()? && element.is_enabled().await.ok()?) {
                return None;
            }
            element.click().await.ok()
        })
        .await;
    }

    /// The part's text as shown.
    pub async fn text(&self, css: &str) -> String {
        self.must(&format!("the text of {css}"), async || {
            self.browser.driver.find(By::Css(css)).await.ok()?.text().await.ok()
        })
        .await
    }

    /// Waits for the part's text to satisfy `accept`, and gives it.
    pub async fn text_where(&self, css: &str, accept: impl Fn(&str) -> bool) -> String {
        self.must(&format!("another text in {css}"), async || {
            let text = self.browser.driver.find(By::Css(css)).await.ok()?.text().await.ok()?;
            accept(&text).then_some(text)
        })
        .await
    }

    /// An attribute of the part.
    pub async fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.shown(css).await.attr(name.to_owned()).await.ok().flatten()
    }

    /// Replaces what stands in an input.
    ///
    /// # Panics
    /// If it cannot be typed into.
    pub async fn fill(&self, css: &str, text: &str) {
        let input = self.shown(css).await;
        input.clear().await.unwrap_or_else(|error| panic!("{css} cannot be cleared: {error}"));
        input.send_keys(text).await.unwrap_or_else(|error| panic!("{css} cannot be typed into: {error}"));
    }

    /// What stands in an input or is chosen in a select.
    pub async fn value(&self, css: &str) -> String {
        self.shown(css).await.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Chooses an option of a select by its value.
    ///
    /// # Panics
    /// If there is no such option.
    pub async fn choose(&self, css: &str, value: &str) {
        let select = self.shown(css).await;
        let option = select.find(By::Css(format!("option[value='{value}']"))).await;
        let option = option.unwrap_or_else(|error| panic!("{css} has no option {value}: {error}"));
        option.click().await.unwrap_or_else(|error| panic!("{value} cannot be chosen in {css}: {error}"));
    }

    /// Presses keys, for whatever has the focus.
    ///
    /// # Panics
    /// If the browser refuses.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let action = self.browser.driver.action_chain().send_keys(keys.into());
        action.perform().await.expect("the browser takes keys");
    }

    /// Presses Tab until the part has the focus.
    ///
    /// # Panics
    /// If it never gets it.
    pub async fn tab_to(&self, css: &str) {
        self.shown(css).await;
        for _ in 0..TABS_MAX {
            if self.has_focus(css).await {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab never comes to {css}; {}", self.evidence().await);
    }

    /// Whether the focus is on the part or within it.
    pub async fn has_focus(&self, css: &str) -> bool {
        let script = "return document.activeElement !== null && document.activeElement.matches(arguments[0])";
        self.browser.run(script, vec![css.into()]).await == true
    }

    /// Whether the page is wider than the window: a user would have to scroll sideways.
    pub async fn overflows(&self) -> bool {
        let script = "return document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth";
        self.browser.run(script, Vec::new()).await == true
    }

    /// Everything that has this attribute, by a script: one question for many rows.
    pub async fn each(&self, css: &str, script_of_element: &str) -> Vec<Value> {
        let script = format!(
            "return Array.from(document.querySelectorAll(arguments[0]), (element) => {{ {script_of_element} }})"
        );
        match self.browser.run(&script, vec![css.into()]).await {
            Value::Array(values) => values,
            other => panic!("an array was expected, not {other}"),
        }
    }

    /// Waits for what must come true; if it does not, leaves a picture and says what the page shows.
    ///
    /// # Panics
    /// If it does not come true in [`PATIENCE`].
    pub async fn must<T>(&self, what: &str, probe: impl AsyncFnMut() -> Option<T>) -> T {
        match until(PATIENCE, probe).await {
            Some(value) => value,
            None => panic!("waited {} s for {what}; {}", PATIENCE.as_secs(), self.evidence().await),
        }
    }

    /// A picture of the page, its text and its console: what a failing test has to say.
    pub async fn evidence(&self) -> String {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let picture = self.browser.screenshot(&format!("failed-{}-{number}", std::process::id())).await;
        let text = self.browser.run("return document.body.innerText", Vec::new()).await;
        let complaints = self.browser.complaints().await;
        format!("picture: {}\nconsole: {complaints:#?}\npage: {}", picture.display(), text.as_str().unwrap_or(""))
    }
}

/// As many as a screen with fifty rows may need.
const TABS_MAX: usize = 400;

/// The selector of a part.
#[must_use]
pub fn part(testid: &str) -> String {
    format!("[data-testid='{testid}']")
}

/// The selector of a part in a certain state.
#[must_use]
pub fn with(testid: &str, attribute: &str, value: &str) -> String {
    format!("[data-testid='{testid}'][{attribute}='{value}']")
}
