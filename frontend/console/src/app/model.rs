//! All that the console knows between two messages. Changed by `update` alone, shown through `view` alone.

use std::sync::Arc;

use popglass_explain::{
    wants_secret,
    words::{PictureFacts, Situation, TokenText, Way},
};
use popglass_frontend::{
    app::{Logged, Transcript},
    i18n::Language,
};
use popglass_protocol::{
    state::State,
    tunnel::{Demo, TlsEnds},
};
use popglass_session::{
    command::Pace,
    event::{HeldLine, Phase},
    security::Told,
};

use super::{
    facts::{Facts, Route},
    line::TypedLine,
};

/// Whose lines of the transcript are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sides {
    /// Everybody's.
    #[default]
    Both,
    /// The client's.
    Client,
    /// The server's.
    Server,
}

impl Sides {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Both, Self::Client, Self::Server];

    /// Its name in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Client => "client",
            Self::Server => "server",
        }
    }
}

/// The paces, in the order of the menu.
pub const PACES: [Pace; 3] = [Pace::Play, Pace::Slow, Pace::Step];

/// A line of the transcript that is explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Which entry.
    pub sequence: u64,
    /// Its tokens are listed below it; else they are only marked in it.
    pub open: bool,
    /// Its text, to be cut.
    pub text: String,
    /// Its tokens: together they are the whole line.
    pub tokens: Vec<TokenText>,
    /// Of an `-ERR`: what it means, and what to do.
    pub refusal: Option<Told>,
}

/// Short news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The text is on the clipboard, or the browser did not let it there.
    Copied(bool),
    /// The server's answer to a typed line that the page does not say.
    Answer(String),
}

/// The model.
#[derive(Debug, Default)]
pub struct Model {
    pub(super) language: Language,
    pub(super) transcript: Transcript,
    pub(super) facts: Facts,
    /// Where the session is; nothing if there is none.
    pub(super) phase: Option<Phase>,
    /// The user types, and has not asked for the mailbox yet.
    pub(super) by_hand: bool,
    /// The mailbox is on its way.
    pub(super) opening: bool,
    /// The login of the bridge's own demo server, which is no secret.
    pub(super) demo: Option<Demo>,
    pub(super) line: TypedLine,
    /// This line was sent, and is not in the transcript yet; no secret.
    pub(super) typed: Option<String>,
    /// The line that was typed is in the transcript, and its answer is not.
    pub(super) answer_awaited: bool,
    pub(super) pace: Pace,
    pub(super) held: Option<HeldLine>,
    pub(super) hex: bool,
    pub(super) sides: Sides,
    pub(super) picture_open: bool,
    pub(super) explained: Option<Arc<Explained>>,
    pub(super) news: Option<News>,
}

impl Model {
    /// A console that has heard nothing yet.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, ..Self::default() }
    }

    /// There is a session that lines can be typed into.
    pub(super) fn can_type(&self) -> bool {
        matches!(self.phase, Some(Phase::ByHand | Phase::Listing | Phase::Open))
    }

    /// The session is by hand, and logged in: the mailbox can be asked for.
    pub(super) fn can_open(&self) -> bool {
        self.by_hand
            && !self.opening
            && self.phase == Some(Phase::ByHand)
            && self.facts.state == Some(State::Transaction)
    }

    pub(super) fn entry(&self, sequence: u64) -> Option<Arc<Logged>> {
        self.transcript.entries().into_iter().find(|logged| logged.entry.sequence == sequence)
    }

    /// The line in the field is, or holds, what nobody should see.
    pub(super) fn is_secret(&self) -> bool {
        self.line.is_hidden || wants_secret(&self.situation(), self.line.text.expose())
    }

    /// What is known when a line is typed.
    pub(super) fn situation(&self) -> Situation {
        let facts = &self.facts;
        let way = match &facts.route {
            Some(Route { tls: None, .. }) => Way::Memory,
            Some(Route { tls: Some(TlsEnds::Page | TlsEnds::Bridge), .. }) => Way::Tls,
            Some(Route { tls: Some(TlsEnds::PageStls), .. }) if facts.secured => Way::Tls,
            // Rather one warning too many.
            Some(Route { tls: Some(TlsEnds::PageStls | TlsEnds::Nowhere), .. }) | None => Way::Clear,
        };
        Situation {
            capabilities: facts.capabilities.clone(),
            stamp: facts.stamp,
            messages: facts.messages,
            marked: facts.marked.clone(),
            exchange: facts.exchange,
            ..Situation::new(facts.state.unwrap_or(State::Closed), way)
        }
    }

    /// What the state picture shows.
    pub(super) fn picture_facts(&self) -> PictureFacts {
        let facts = &self.facts;
        PictureFacts {
            id: "session".into(),
            state: facts.state,
            server: facts.route.as_ref().map(|route| route.host.clone()).unwrap_or_default(),
            user: facts.user.clone(),
            maildrop: facts.maildrop(),
        }
    }
}
