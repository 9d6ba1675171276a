//! What the screens show: values that can be compared, so that only what changed is drawn. No text of any language
//! and no formatted date here; those are the shell's, by the language of the moment.

mod connect;
mod mailbox;
mod reader;

use std::sync::Arc;

use popglass_session::event::{EndReason, Phase, Progress};

pub use self::{
    connect::{BridgeVm, BridgesVm, ConnectVm, OfferVm, RefusalVm, TrustVm, view_connect},
    mailbox::{CertificatesVm, HeaderVm, HopsVm, MailboxVm, RowVm, view_mailbox},
    reader::{ReaderStageVm, ReaderVm, ShownVm, view_reader},
};
use super::{
    form::Theme,
    model::{Ended, Model, RouteTaken, Screen, Worker},
    toast::ToastNews,
    transcript::Logged,
};
use crate::i18n::Language;

/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenVm {
    /// The form.
    Connect,
    /// On the way.
    Connecting,
    /// The user types.
    ByHand,
    /// The mailbox, reader included.
    Mailbox,
    /// The session is over.
    Ended,
}

impl ScreenVm {
    /// Its name in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Connecting => "connecting",
            Self::ByHand => "by-hand",
            Self::Mailbox => "mailbox",
            Self::Ended => "ended",
        }
    }
}

/// The frame around every screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ShellVm {
    /// Which screen.
    pub screen: ScreenVm,
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// The session worker runs.
    pub ready: bool,
    /// The session worker comes from another build: the page should be loaded anew.
    pub outdated: bool,
    /// The transcript is open, beside the screen.
    pub transcript_open: bool,
    /// The console stands in the list's place in it.
    pub console_open: bool,
    /// The console could not be loaded, or broke down.
    pub console_failed: bool,
    /// The sheet of shortcuts is open.
    pub help_open: bool,
    /// Single-letter shortcuts work.
    pub shortcuts_on: bool,
    /// What the title says besides the name.
    pub title: TitleVm,
}

/// What the document's title says besides the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TitleVm {
    /// Just the screen.
    Screen,
    /// The mailbox holds so many messages.
    Mailbox(usize),
    /// A message is open.
    Message(Option<String>),
}

/// On the way to the mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectingVm {
    /// How far.
    pub phase: Phase,
    /// Where to.
    pub route: RouteTaken,
    /// The user types.
    pub by_hand: bool,
}

/// The session is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedVm {
    /// How.
    pub ended: Ended,
    /// Where it went.
    pub route: RouteTaken,
    /// The same login makes sense once more.
    pub can_reconnect: bool,
}

/// The transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct TranscriptVm {
    /// All that is kept, oldest first.
    pub entries: Vec<Arc<Logged>>,
    /// What a screen reader should say.
    pub announced: Option<Arc<Logged>>,
}

/// What lies over the lower edge: a transfer that lasts, news that goes away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DockVm {
    /// The transfer.
    pub transfer: Option<TransferVm>,
    /// The news.
    pub toast: Option<ToastNews>,
}

/// A transfer that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferVm {
    /// How far.
    pub progress: Progress,
    /// The user wants it to stop.
    pub cancelled: bool,
}

/// The frame.
#[must_use]
pub fn view_shell(model: &Model) -> ShellVm {
    ShellVm {
        screen: match &model.screen {
            Screen::Connect { .. } => ScreenVm::Connect,
            Screen::Connecting { by_hand: None, .. } => ScreenVm::Connecting,
            Screen::Connecting { by_hand: Some(_), .. } => ScreenVm::ByHand,
            Screen::Mailbox(_) => ScreenVm::Mailbox,
            Screen::Ended(_) => ScreenVm::Ended,
        },
        language: model.language,
        theme: model.remembered.theme,
        ready: model.worker != Worker::Starting,
        outdated: model.worker == Worker::Outdated,
        transcript_open: model.transcript_open && !model.is_typing(),
        console_open: model.console.open,
        console_failed: model.console.failed,
        help_open: model.help_open,
        shortcuts_on: !model.remembered.shortcuts_off,
        title: match (model.mailbox(), view_reader(model)) {
            (Some(_), Some(reader)) => TitleVm::Message(reader.subject),
            (Some(mailbox), None) => TitleVm::Mailbox(mailbox.rows.len()),
            (None, _) => TitleVm::Screen,
        },
    }
}

/// The way to the mailbox; nothing on other screens.
#[must_use]
pub fn view_connecting(model: &Model) -> Option<ConnectingVm> {
    match &model.screen {
        Screen::Connecting { phase, by_hand, .. } => {
            Some(ConnectingVm { phase: *phase, route: model.route.clone(), by_hand: by_hand.is_some() })
        }
        Screen::Connect { .. } | Screen::Mailbox(_) | Screen::Ended(_) => None,
    }
}

/// The end; nothing on other screens.
#[must_use]
pub fn view_ended(model: &Model) -> Option<EndedVm> {
    match &model.screen {
        Screen::Ended(ended) => {
            Some(EndedVm { ended: ended.clone(), route: model.route.clone(), can_reconnect: keeps_login(ended) })
        }
        Screen::Connect { .. } | Screen::Connecting { .. } | Screen::Mailbox(_) => None,
    }
}

/// A session that ended as the user wished forgets the login; one that broke off keeps it for another try.
fn keeps_login(ended: &Ended) -> bool {
    match ended {
        Ended::Session { reason, .. } => !matches!(reason, EndReason::Finished | EndReason::Disconnected),
        Ended::Crashed { .. } => false,
    }
}

/// The transcript.
#[must_use]
pub fn view_transcript(model: &Model) -> TranscriptVm {
    TranscriptVm { entries: model.transcript.entries(), announced: model.transcript.announced() }
}

/// The dock.
#[must_use]
pub fn view_dock(model: &Model) -> DockVm {
    DockVm {
        transfer: model
            .transfer
            .as_ref()
            .filter(|transfer| transfer.lasts)
            .map(|transfer| TransferVm { progress: transfer.progress, cancelled: transfer.cancelled }),
        toast: model.toast.as_ref().map(|toast| toast.news.clone()),
    }
}
