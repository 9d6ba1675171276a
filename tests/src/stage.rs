//! A whole set for a journey: Dovecot with a maildrop, a proxy that can break the line, the bridge, the page, and who can
//! read what on the way between them.

use std::{fs, time::Duration};

use crate::{
    bridge::{self, Bridge},
    browser,
    chaos::Chaos,
    dovecot::{Dovecot, Setup},
    mails::{self, Mail},
    page::{Page, part},
    site::Site,
};

/// The user of every journey.
pub const USER: &str = "alex";

/// A password that cannot occur anywhere by chance.
pub const PASSWORD: &str = "canary-7391 öffne dich";

/// Where TLS ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way {
    /// In the page, at once: what the page chooses by itself.
    #[default]
    Page,
    /// In the page, by STLS.
    PageStls,
    /// In the bridge.
    Bridge,
}

/// How a stage is set up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// Where TLS ends.
    pub way: Way,
    /// The page comes from a file server of its own, not from the bridge.
    pub elsewhere: bool,
    /// How Dovecot is set up.
    pub dovecot: Setup<'a>,
    /// The user does not yet trust the authority behind Dovecot's certificate.
    pub untrusted: bool,
}

/// Everything between a user and a Maildir.
#[derive(Debug)]
pub struct Stage {
    /// The page, in a browser.
    pub page: Page,
    /// The file server that the page came from, if it is not the bridge.
    pub site: Option<Site>,
    /// The bridge, which reaches Dovecot over TLS.
    pub bridge: Bridge,
    /// The line between bridge and Dovecot.
    pub line: Chaos,
    /// The mail server.
    pub dovecot: Dovecot,
    /// The messages as they were put into the Maildir.
    pub raw: Vec<Vec<u8>>,
}

impl Way {
    /// As the form calls it.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::PageStls => "page_stls",
            Self::Bridge => "bridge",
        }
    }

    /// What the bridge allows: the other way too, where the port has it, so that a choice is made.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Page | Self::Bridge => "page,tls",
            Self::PageStls => "stls",
        }
    }
}

impl Stage {
    /// Sets it up with these messages, in the way that the page chooses by itself.
    pub async fn set(mails: &[Mail], options: browser::Options) -> Self {
        Self::set_as(Setting::default(), mails, options).await
    }

    /// Sets it up like this. Where TLS ends in the page, the user first says whom to trust.
    pub async fn set_as(setting: Setting<'_>, mails: &[Mail], options: browser::Options) -> Self {
        let Setting { way, elsewhere, dovecot, untrusted } = setting;
        let raw = mails::raw(mails);
        let dovecot = Dovecot::start_as(dovecot, USER, PASSWORD, &raw).await;
        let line = Chaos::start(Duration::ZERO).await;
        line.forward_to(if way == Way::PageStls { dovecot.pop3 } else { dovecot.pop3s });
        let site = if elsewhere { Some(Site::start().await) } else { None };
        let origin = site.as_ref().map(Site::origin);
        let bridge = Bridge::start(bridge::Options {
            targets: &[format!("localhost:{},{},private", line.address.port(), way.words())],
            authority: Some(&dovecot.authority()),
            origin: origin.as_deref(),
            ..bridge::Options::default()
        })
        .await;
        if let Some(site) = &site {
            site.name_bridge(&bridge.tunnel());
        }
        let address = site.as_ref().map_or_else(|| bridge.url(), Site::url);
        let page = Page::open(&address, options).await;
        let stage = Self { page, site, bridge, line, dovecot, raw };
        stage.choose(way).await;
        if way != Way::Bridge && !untrusted {
            stage.trust_authority().await;
        }
        stage
    }

    /// Chooses this way in the form, and sees that [`Way::Page`] is chosen already.
    async fn choose(&self, way: Way) {
        let select = part("security-select");
        self.page.shown(&select).await;
        if way == Way::Bridge {
            self.page.choose(&select, way.value()).await;
        }
        self.page
            .must("the way to be chosen", async || (self.page.value(&select).await == way.value()).then_some(()))
            .await;
    }

    /// Puts the authority behind Dovecot's certificate into the form.
    ///
    /// # Panics
    /// If it cannot be read.
    pub async fn trust_authority(&self) {
        let authority = fs::read_to_string(self.dovecot.authority()).expect("we wrote it");
        self.page.trust_authority(&authority).await;
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
