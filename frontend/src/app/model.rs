//! All that the page knows between two messages. Changed by `update` alone, shown through `view` alone.

use popglass_protocol::{
    login::Method,
    tunnel::{Address, Hello, TlsEnds},
    types::MessageNumber,
};
use popglass_session::{
    event::{Deletion, EndReason, Phase},
    security::Secured,
};

use super::{
    bridges::{BridgeChosen, BridgeFault, BridgesConfig},
    effect::Effect,
    form::choose,
    hops::PageOrigin,
    mail_queue::MailQueue,
    mailbox::Mailbox,
    remembered::Remembered,
    toast::{TOAST_MS, Toast, ToastNews},
    transcript::Transcript,
    transfer::Transfer,
    trust::{TrustError, is_pin},
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
    /// The page came over TLS, or from this very computer: nobody could read or change it on its way.
    pub page_secure: bool,
    /// Where the page came from, as the browser writes origins.
    pub page_origin: String,
    /// What the site says about bridges.
    pub bridges: BridgesConfig,
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
    pub(super) page_origin: String,
    pub(super) bridges: BridgesConfig,
    /// Why what was typed is no bridge.
    pub(super) bridge_fault: Option<BridgeFault>,
    pub(super) adding_trust: AddingTrust,
    pub(super) worker: Worker,
    pub(super) bridge: Bridge,
    pub(super) route: RouteTaken,
    pub(super) screen: Screen,
    pub(super) transcript: Transcript,
    pub(super) transcript_open: bool,
    pub(super) console: Console,
    /// The last session was one in which the user types.
    pub(super) by_hand: bool,
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
    /// The user has to name one first.
    Unnamed,
}

/// What becomes of an authority that the user wants to add.
#[derive(Debug, Clone, Default)]
pub(super) struct AddingTrust {
    /// It is being read, and is for this server: another may be chosen meanwhile.
    pub(super) asked_for: Option<Address>,
    /// Why the last one was not added, and for which server it was.
    pub(super) error: Option<(Address, TrustError)>,
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
        /// The user is being asked whether the refused certificate is the right one.
        pin_asked: bool,
    },
    /// On the way to the mailbox.
    Connecting {
        /// How far.
        phase: Phase,
        /// What the bridge negotiated, as soon as it is known.
        secured: Option<Secured>,
        /// How the server came to know the user, as soon as it does.
        method: Option<Method>,
        /// The user types, and the mailbox comes when they ask for it.
        by_hand: Option<ByHand>,
    },
    /// The maildrop is open.
    Mailbox(Box<Mailbox>),
    /// The session is over.
    Ended(Ended),
}

/// The console: a module of its own, which shows itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Console {
    /// It stands in the list's place, where the transcript is shown.
    pub(super) open: bool,
    /// It could not be loaded, or broke down.
    pub(super) failed: bool,
}

/// A session in which the user types.
#[derive(Debug, Default)]
pub(super) struct ByHand {
    /// The greeting has come.
    pub(super) begun: bool,
    /// What was marked before there is a mailbox to show it in.
    pub(super) marked: Vec<MessageNumber>,
}

impl Screen {
    pub(super) fn connect(trouble: Option<EndReason>) -> Self {
        Self::Connect { trouble, pin_asked: false }
    }
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
        /// How many messages the maildrop held; nothing if it was never listed.
        messages: Option<usize>,
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
            bridges: start.bridges.usable(&start.page_origin),
            page_origin: start.page_origin,
            bridge_fault: None,
            adding_trust: AddingTrust::default(),
            worker: Worker::Starting,
            bridge: Bridge::Asking,
            route: RouteTaken::Sandbox,
            screen: Screen::connect(None),
            transcript: Transcript::default(),
            transcript_open: start.wide,
            console: Console::default(),
            by_hand: false,
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

    /// The session in which the user types, before there is a mailbox.
    pub(super) fn typing(&mut self) -> Option<&mut ByHand> {
        match &mut self.screen {
            Screen::Connecting { by_hand, .. } => by_hand.as_mut(),
            Screen::Connect { .. } | Screen::Mailbox(_) | Screen::Ended(_) => None,
        }
    }

    pub(super) fn is_typing(&self) -> bool {
        matches!(self.screen, Screen::Connecting { by_hand: Some(_), .. })
    }

    /// Whether the console is on the screen, or would be if it could be had.
    pub(super) fn shows_console(&self) -> bool {
        self.is_typing() || self.transcript_open && self.console.open
    }

    pub(super) fn choice(&self) -> Option<super::Choice> {
        match &self.bridge {
            Bridge::Known(hello) => choose(hello, &self.remembered),
            Bridge::Asking | Bridge::Unreachable | Bridge::Unnamed => None,
        }
    }

    pub(super) fn bridge_chosen(&self) -> BridgeChosen {
        self.bridges.chosen(&self.remembered, &self.page_origin)
    }

    pub(super) fn page(&self) -> PageOrigin<'_> {
        PageOrigin { origin: &self.page_origin, secure: self.page_secure }
    }

    /// The certificate that TLS was refused for and that the user may trust all the same: whose it is, and its SHA-256.
    pub(super) fn refused_pin(&self) -> Option<(&Address, &str)> {
        match (&self.screen, &self.route) {
            (
                Screen::Connect { trouble: Some(EndReason::TlsRefused(refusal)), .. },
                RouteTaken::Bridge { target, tls },
            ) if tls.in_page() => refusal.pin.as_deref().filter(|pin| is_pin(pin)).map(|pin| (target, pin)),
            (
                Screen::Connect { .. } | Screen::Connecting { .. } | Screen::Mailbox(_) | Screen::Ended(_),
                RouteTaken::Bridge { .. } | RouteTaken::Sandbox,
            ) => None,
        }
    }

    pub(super) fn show_toast(&mut self, news: ToastNews, effects: &mut Vec<Effect>) {
        let id = self.next_id();
        self.toast = Some(Toast { id, news });
        effects.push(Effect::After(TOAST_MS, Box::new(Msg::ToastExpired(id))));
    }
}
