//! What a user does on each screen of the page, in a user's words. Knows the parts' names and no texts.

use serde_json::Value;
use thirtyfour::prelude::*;

use crate::page::{Page, part, with};

/// A row of the mailbox as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The message's number in this session.
    pub number: u64,
    /// The subject as shown.
    pub subject: String,
    /// The author as shown.
    pub author: String,
    /// The row says that the message is marked.
    pub marked: bool,
}

/// What the last screen says.
#[derive(Debug, Clone)]
pub struct Ended {
    /// Why the session is over.
    pub reason: String,
    /// What was deleted.
    pub deletion: String,
}

impl Page {
    /// Fills the form in and presses the button; does not wait for what comes of it.
    pub async fn log_in(&self, user: &str, password: &str) {
        self.shown(&part("server-select")).await;
        self.fill(&part("user-input"), user).await;
        self.fill(&part("password-input"), password).await;
        self.click(&part("connect-button")).await;
    }

    /// Chooses a way to sign in by the name in the form.
    ///
    /// # Panics
    /// If it is not there.
    pub async fn choose_method(&self, name: &str) {
        self.shown(&part("sign-in-options")).await;
        if !self.is_shown(&part("method-select")).await {
            self.click(&format!("{} summary", part("sign-in-options"))).await;
        }
        let select = self.shown(&part("method-select")).await;
        let script = "const option = [...arguments[0].options].find((option) => option.text === arguments[1]);
            return option.value";
        let value = self.browser.run(script, vec![select.to_json().expect("an element"), name.into()]).await;
        self.choose(&part("method-select"), value.as_str().expect("the method is on offer")).await;
    }

    /// Enters the practice mailbox.
    pub async fn enter_sandbox(&self) {
        self.click(&part("sandbox-button")).await;
        self.mailbox().await;
    }

    /// Waits for the mailbox with its first rows, subjects included.
    pub async fn mailbox(&self) {
        self.shown(&part("mailbox")).await;
        self.must("the headers of the first page", async || {
            let awaited = self.each(".row-awaited", "return 0").await;
            (awaited.is_empty() && !self.rows().await.is_empty()).then_some(())
        })
        .await;
    }

    /// The rows of this page of the mailbox.
    pub async fn rows(&self) -> Vec<Row> {
        let script = "const text = (id) => (element.querySelector(`[data-testid='${id}']`)?.innerText ?? '').trim();
            return { number: Number(element.dataset.number), marked: element.dataset.marked === 'true',
                     subject: text('row-subject'), author: text('row-from') };";
        let rows = self.each(&part("row"), script).await;
        rows.iter()
            .map(|row| Row {
                number: row["number"].as_u64().unwrap_or(0),
                subject: words(&row["subject"]),
                author: words(&row["author"]),
                marked: row["marked"] == true,
            })
            .collect()
    }

    /// Opens a message of this page of the mailbox; it is open when its subject is shown.
    pub async fn read(&self, number: u64) {
        self.click(&format!("{} {}", row(number), part("row-subject"))).await;
        self.shown(&part("reader-subject")).await;
    }

    /// Goes back from the reader to the list.
    pub async fn back(&self) {
        self.click(&part("reader-back")).await;
        self.gone(&part("reader")).await;
    }

    /// Marks a message of this page, and waits for the server's word.
    pub async fn mark(&self, number: u64) {
        self.click(&format!("{} {}", row(number), part("row-delete"))).await;
        self.shown(&marked(number, true)).await;
    }

    /// Takes a mark back, and waits for the server's word.
    pub async fn unmark(&self, number: u64) {
        self.click(&format!("{} {}", row(number), part("row-undo"))).await;
        self.shown(&marked(number, false)).await;
    }

    /// Chooses a way to look at the open message.
    pub async fn tab(&self, name: &str) {
        self.click(&part(name)).await;
        self.shown(&with(name, "aria-selected", "true")).await;
    }

    /// The text that the open message's HTML shows, once it holds these words.
    pub async fn framed_text(&self, words: &str) -> String {
        self.shown(&part("reader-frame")).await;
        self.must(&format!("{words:?} in the message's frame"), async || {
            let text = self.innermost_text().await;
            self.browser.driver.enter_default_frame().await.ok()?;
            text.filter(|text| text.contains(words))
        })
        .await
    }

    /// Enters the innermost frame of the open message: from then on the driver looks there, until
    /// `enter_default_frame` leads out again.
    pub async fn enter_message(&self) {
        self.must("the message's frame", async || self.innermost().await).await;
    }

    async fn innermost(&self) -> Option<()> {
        let driver = &self.browser.driver;
        driver.enter_default_frame().await.ok()?;
        driver.find(By::Css(part("reader-frame"))).await.ok()?.enter_frame().await.ok()?;
        while let Ok(inner) = driver.find(By::Css("iframe")).await {
            inner.enter_frame().await.ok()?;
        }
        Some(())
    }

    async fn innermost_text(&self) -> Option<String> {
        self.innermost().await?;
        self.browser.driver.find(By::Css("body")).await.ok()?.text().await.ok()
    }

    /// Sends QUIT by the button, and waits for the last screen.
    pub async fn finish(&self) -> Ended {
        self.click(&part("finish-button")).await;
        self.ended().await
    }

    /// Waits for the last screen.
    pub async fn ended(&self) -> Ended {
        self.shown(&part("ended")).await;
        Ended { reason: self.text(&part("ended-reason")).await, deletion: self.text(&part("ended-deletion")).await }
    }

    /// Every line of the transcript, direction first, as soon as all that are counted are drawn.
    pub async fn transcript(&self) -> Vec<String> {
        if !self.is_shown(&part("transcript-log")).await {
            self.click(&part("transcript-toggle")).await;
            self.shown(&part("transcript-log")).await;
        }
        let script = "const text = element.querySelector(`[data-testid='entry-text']`)?.textContent ?? '';
            return `${element.dataset.direction}: ${text.trim()}`;";
        let lines = self
            .must("all lines of the transcript", async || {
                let counted = self.text(".transcript-foot").await;
                let counted: String = counted.chars().filter(char::is_ascii_digit).collect();
                let lines = self.each(&part("entry"), script).await;
                (counted.parse() == Ok(lines.len())).then_some(lines)
            })
            .await;
        lines.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
    }
}

/// The selector of a row.
#[must_use]
pub fn row(number: u64) -> String {
    with("row", "data-number", &number.to_string())
}

/// The selector of a row that is marked or is not.
#[must_use]
pub fn marked(number: u64, marked: bool) -> String {
    format!("{}[data-marked='{marked}']", row(number))
}

/// Shown text with its blanks evened out.
fn words(text: &Value) -> String {
    text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
