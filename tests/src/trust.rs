//! What a user does about trust: whom the page trusts, a certificate that it refused, and the view of certificates. Knows
//! the parts' names and no texts.

use crate::page::{Page, part, with};

/// Somebody or something that the page trusts for a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trusted {
    /// `authority`, `pin` or `demo`.
    pub kind: String,
    /// As shown.
    pub text: String,
}

impl Page {
    /// Opens the part of the form that is about trust.
    pub async fn open_trust(&self) {
        self.shown(&part("trust-details")).await;
        if !self.is_shown(&part("trust-authority-text")).await {
            self.click(&format!("{} > summary", part("trust-details"))).await;
            self.shown(&part("trust-authority-text")).await;
        }
    }

    /// Pastes an authority's certificate and waits until it is listed.
    pub async fn trust_authority(&self, pem: &str) {
        let before = self.trusted().await.len();
        self.paste_authority(pem).await;
        self.must("another authority to be listed", async || (self.trusted().await.len() > before).then_some(())).await;
    }

    /// Pastes a text where authorities are added, and presses the button; does not wait for what comes of it.
    pub async fn paste_authority(&self, text: &str) {
        self.open_trust().await;
        self.fill(&part("trust-authority-text"), text).await;
        self.click(&part("trust-authority-add")).await;
    }

    /// Whom the page trusts for the chosen server, with the part about trust open.
    pub async fn trusted(&self) -> Vec<Trusted> {
        self.open_trust().await;
        let script = "return [element.dataset.kind, element.innerText]";
        let entries = self.each(&part("trust-entry"), script).await;
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().trim().to_owned();
        entries.iter().map(|entry| Trusted { kind: text(&entry[0]), text: text(&entry[1]) }).collect()
    }

    /// Takes trust away from the first of this kind.
    pub async fn distrust(&self, kind: &str) {
        self.open_trust().await;
        let before = self.trusted().await.len();
        self.click(&format!("{} {}", with("trust-entry", "data-kind", kind), part("trust-remove"))).await;
        self.must("it to be gone", async || (self.trusted().await.len() < before).then_some(())).await;
    }

    /// Why the last login came to nothing, as the form says.
    pub async fn refusal(&self) -> String {
        self.text_where(&part("connect-error"), |text| !text.is_empty()).await
    }

    /// What the server showed when it was refused, all of it.
    pub async fn refused_certificates(&self) -> String {
        self.shown(&part("refusal-certificates")).await;
        if self.sections(&part("refusal-certificates")).await.is_empty() {
            self.click(&format!("{} summary", part("refusal-certificates"))).await;
        }
        self.must("the certificates", async || {
            let sections = self.sections(&part("refusal-certificates")).await;
            (!sections.is_empty()).then(|| sections.join("\n\n"))
        })
        .await
    }

    /// Trusts the very certificate that was refused, having said so twice.
    pub async fn pin(&self) {
        self.click(&part("pin-button")).await;
        self.click(&part("pin-confirm")).await;
    }

    /// Opens the view of certificates of the session that is open, and gives its sections as shown.
    pub async fn certificates(&self) -> Vec<String> {
        if !self.is_shown(&part("certificates-show")).await {
            self.click(".hops summary").await;
        }
        self.click(&part("certificates-show")).await;
        self.shown(&part("certificates")).await;
        self.must("a section", async || {
            let sections = self.sections(&part("certificates")).await;
            (!sections.is_empty()).then_some(sections)
        })
        .await
    }

    /// Closes the view of certificates, and what it lies in.
    pub async fn close_certificates(&self) {
        self.click(&part("certificates-show")).await;
        self.gone(&part("certificates")).await;
        self.click(".hops summary").await;
        self.gone(&part("certificates-show")).await;
    }

    /// The sections shown within a part.
    async fn sections(&self, within: &str) -> Vec<String> {
        let css = format!("{within} {}", part("certificate-section"));
        let script = "return element.checkVisibility() ? element.innerText : ''";
        let sections = self.each(&css, script).await;
        let shown = sections.iter().filter_map(|section| section.as_str()).filter(|section| !section.is_empty());
        shown.map(str::to_owned).collect()
    }

    /// Who can read what on the way, by the picture in the form: each bridge's `data-reads`.
    pub async fn bridge_reads(&self) -> Option<bool> {
        self.attribute(&part("hop-bridge"), "data-reads").await.map(|reads| reads == "true")
    }
}

/// Hexadecimal digits as they compare: upper-case, with whatever stands between them left out.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_uppercase()).collect()
}
