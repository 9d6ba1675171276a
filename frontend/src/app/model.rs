//! All that the page knows between two messages. Changed by `update` alone, shown through `view` alone.

use popglass_protocol::{
    login::Method,
    tunnel::{Address, Hello, TlsEnds},
};
use popglass_session::{
    event::{Deletion, EndReason, Phase},
    security::Secured,
};

use super::{
    effect::Effect,
    form::{Remembered, choose},
    mail_queue::MailQueue,
    mailbox::Mailbox,
    toast::{TOAST_MS, Toast, ToastNews},
    transcript::Transcript,
    transfer::Transfer,
};
use crate::{app::Msg, i18n::Language};

/// What the shell knows before anything has happened.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// What this browser kept from the last visit.
    pub remembered: Remembered,
    /// The language the browser prefers.
    pub browser_language: Language,
    /// The window is wide enough for the transcript beside the mailbox.
    pub wide: bool,
    /// The page came over TLS, or from this very computer: nobody reads along between page and bridge.
    pub page_secure: bool,
    /// The build this page came from, to compare with the session worker's.
    pub build: String,
}

/// The model.
#[derive(Debug)]
pub struct Model {
    pub(super) remembered: Remembered,
    pub(super) language: Language,
    pub(super) build: String,
    pub(super) page_secure: bool,
    pub(super) worker: Worker,
    pub(super) bridge: Bridge,
    pub(super) route: RouteTaken,
    pub(super) screen: Screen,
    pub(super) transcript: Transcript,
    pub(super) transcript_open: bool,
    pub(super) help_open: bool,
    pub(super) transfer: Option<Transfer>,
    pub(super) toast: Option<Toast>,
    pub(super) mail: MailQueue,
    last_id: u32,
}

/// The session worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worker {
    /// Not heard of yet.
    Starting,
    /// It runs.
    Ready,
    /// It runs, but comes from another build than the page.
    Outdated,
}

/// What is known of the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bridge {
    /// Asked.
    Asking,
    /// It said Hello.
    Known(Hello),
    /// Nobody answers.
    Unreachable,
}

/// The way the present session goes, or the last one went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteTaken {
    /// The mail world in the page.
    Sandbox,
    /// Through the bridge.
    Bridge {
        /// The server.
        target: Address,
        /// Where TLS ends.
        tls: TlsEnds,
    },
}

/// Which screen is shown, and what belongs to it alone.
#[derive(Debug)]
pub(super) enum Screen {
    /// The form, and what went wrong with the last try.
    Connect {
        /// Why there is no session.
        trouble: Option<EndReason>,
    },
    /// On the way to the mailbox.
    Connecting {
        /// How far.
        phase: Phase,
        /// What the bridge negotiated, as soon as it is known.
        secured: Option<Secured>,
        /// How the server came to know the user, as soon as it does.
        method: Option<Method>,
    },
    /// The maildrop is open.
    Mailbox(Box<Mailbox>),
    /// The session is over.
    Ended(Ended),
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// As the session says.
    Session {
        /// Why.
        reason: EndReason,
        /// What became of the marks.
        deletion: Deletion,
        /// How many messages the maildrop held.
        messages: usize,
    },
    /// The worker died, and nobody can tell more than this.
    Crashed {
        /// QUIT may have been sent: only the next login can tell what was deleted.
        quit_sent: bool,
        /// It never came up at all.
        at_start: bool,
    },
}

impl Model {
    /// The page as it is before anything has happened.
    #[must_use]
    pub fn new(start: Start) -> Self {
        Self {
            language: start.remembered.language.unwrap_or(start.browser_language),
            remembered: start.remembered,
            build: start.build,
            page_secure: start.page_secure,
            worker: Worker::Starting,
            bridge: Bridge::Asking,
            route: RouteTaken::Sandbox,
            screen: Screen::Connect { trouble: None },
            transcript: Transcript::default(),
            transcript_open: start.wide,
            help_open: false,
            transfer: None,
            toast: None,
            mail: MailQueue::default(),
            last_id: 0,
        }
    }

    /// A number that was not given out before.
    pub(super) fn next_id(&mut self) -> u32 {
        self.last_id = self.last_id.wrapping_add(1);
        self.last_id
    }

    pub(super) fn mailbox(&self) -> Option<&Mailbox> {
        match &self.screen {
            Screen::Mailbox(mailbox) => Some(mailbox),
            Screen::Connect { .. } | Screen::Connecting { .. } | Screen::Ended(_) => None,
        }
    }

    pub(super) fn mailbox_mut(&mut self) -> Option<&mut Mailbox> {
        match &mut self.screen {
            Screen::Mailbox(mailbox) => Some(mailbox),
            Screen::Connect { .. } | Screen::Connecting { .. } | Screen::Ended(_) => None,
        }
    }

    pub(super) fn choice(&self) -> Option<super::Choice> {
        match &self.bridge {
            Bridge::Known(hello) => choose(hello, &self.remembered),
            Bridge::Asking | Bridge::Unreachable => None,
        }
    }

    pub(super) fn show_toast(&mut self, news: ToastNews, effects: &mut Vec<Effect>) {
        let id = self.next_id();
        self.toast = Some(Toast { id, news });
        effects.push(Effect::After(TOAST_MS, Box::new(Msg::ToastExpired(id))));
    }
}
