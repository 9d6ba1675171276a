//! A whole set for a journey: Dovecot with a maildrop, a proxy that can break the line, the bridge, the page.

use std::time::Duration;

use crate::{
    bridge::{self, Bridge},
    browser,
    chaos::Chaos,
    dovecot::Dovecot,
    mails::{self, Mail},
    page::Page,
};

/// The user of every journey.
pub const USER: &str = "alex";

/// A password that cannot occur anywhere by chance.
pub const PASSWORD: &str = "canary-7391 öffne dich";

/// Everything between a user and a Maildir.
#[derive(Debug)]
pub struct Stage {
    /// The page, in a browser.
    pub page: Page,
    /// The bridge, which reaches Dovecot over TLS.
    pub bridge: Bridge,
    /// The line between bridge and Dovecot.
    pub line: Chaos,
    /// The mail server.
    pub dovecot: Dovecot,
    /// The messages as they were put into the Maildir.
    pub raw: Vec<Vec<u8>>,
}

impl Stage {
    /// Sets it up with these messages.
    pub async fn set(mails: &[Mail], options: browser::Options) -> Self {
        let raw = mails::raw(mails);
        let dovecot = Dovecot::start(USER, PASSWORD, &raw).await;
        let line = Chaos::start(Duration::ZERO).await;
        line.forward_to(dovecot.pop3s);
        let bridge = Bridge::start(bridge::Options {
            targets: &[format!("localhost:{},tls,private", line.address.port())],
            authority: Some(&dovecot.authority()),
            ..bridge::Options::default()
        })
        .await;
        let page = Page::open(&bridge.url(), options).await;
        Self { page, bridge, line, dovecot, raw }
    }

    /// Logs in and waits for the mailbox.
    pub async fn log_in(&self) {
        self.page.log_in(USER, PASSWORD).await;
        self.page.mailbox().await;
    }

    /// The places of the messages that lie in the Maildir now.
    #[must_use]
    pub fn on_disk(&self) -> Vec<usize> {
        self.dovecot.messages_on_disk(USER, &self.raw)
    }

    /// The places of all messages but these.
    #[must_use]
    pub fn all_but(&self, gone: &[usize]) -> Vec<usize> {
        (0..self.raw.len()).filter(|place| !gone.contains(place)).collect()
    }
}
