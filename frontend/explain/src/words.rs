//! The words that cross between this module and whoever shows them: plain values that serde can write
//! (`popglass_session::border`). Knows no sentence.

use popglass_protocol::{
    capability::Capabilities,
    codec::capability::add_capability,
    deviation::RuleSet,
    grammar::{Argument, Role},
    state::State,
    types::{MessageNumber, Octets},
};
use serde::{Deserialize, Serialize};

/// A language of the explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The language of a tag such as `de-AT`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "de" => Some(Self::De),
            _ => None,
        }
    }
}

/// A piece of a line, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenText {
    /// Its first octet in the line. The line's own UTF-8: a cut never falls inside a character.
    pub start: usize,
    /// The octet behind its last. The same as `start` where something is missing.
    pub end: usize,
    /// What it is in the grammar.
    pub role: Role,
    /// What it is called, such as “message number”.
    pub name: String,
    /// What it means here, in one sentence or two.
    pub what: String,
    /// Where it is specified, such as `RFC 1939 §5`.
    pub rfc: String,
}

/// How a line travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Way {
    /// Whoever is on the way can read it.
    Clear,
    /// TLS stands.
    Tls,
    /// There is no way: the server is in this page's memory.
    Memory,
}

/// What is known of a session when a line is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// Where the session is; `UserGiven` once USER was accepted.
    pub state: State,
    /// How lines travel.
    pub way: Way,
    /// The lines of the last answer to CAPA (`Capabilities::lines`); nothing if there was none.
    pub capabilities: Option<Vec<String>>,
    /// The greeting bore a stamp, so APOP is there.
    pub stamp: bool,
    /// How many messages the maildrop had at login, marked ones included; nothing if that is not known.
    pub messages: Option<u32>,
    /// Which of them are marked for deletion.
    pub marked: Vec<MessageNumber>,
    /// A SASL exchange is under way: the next line is its response and no command.
    pub exchange: bool,
}

impl Situation {
    /// A session in a state, of which nothing else is known.
    #[must_use]
    pub fn new(state: State, way: Way) -> Self {
        Self { state, way, capabilities: None, stamp: false, messages: None, marked: Vec::new(), exchange: false }
    }

    /// What the server announced; nothing if it was not asked.
    pub(crate) fn announced(&self) -> Option<Capabilities> {
        let mut capabilities = Capabilities::default();
        for line in self.capabilities.as_ref()? {
            add_capability(&mut capabilities, line.as_bytes(), &mut RuleSet::default());
        }
        Some(capabilities)
    }
}

/// Whether a line will be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// There is no line yet.
    Nothing,
    /// A server that keeps to the RFCs says `+OK`.
    Works,
    /// The server decides: it depends on what cannot be known here.
    Depends,
    /// The server will say `-ERR`.
    Refused,
    /// POP3 has no such command; the server will say `-ERR`, unless it has a command of its own.
    Unknown,
    /// Whatever is typed goes as it is: a response in a SASL exchange.
    Response,
}

/// What a line will do, told before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Whether it will be taken.
    pub verdict: Verdict,
    /// What it will do, or why it will be refused and what leads on.
    pub what: String,
    /// How to take it back, where it changes anything.
    pub undo: Option<String>,
    /// What would be given away to whoever listens.
    pub warning: Option<String>,
    /// Where the state changes to if the server says `+OK`; nothing if it stays.
    pub leads_to: Option<State>,
    /// Where it is specified; empty where there is nothing.
    pub rfc: String,
}

/// What a typed line can become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// The whole line from its beginning, without line end; ends in a blank where an argument must follow.
    pub text: String,
    /// What it takes behind that.
    pub takes: Vec<Argument>,
    /// The same as it is written: `n`, or `[n]` where it can be left out.
    pub syntax: String,
    /// What it does, in one sentence.
    pub what: String,
}

/// A message in the server's maildrop, for the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Its number in this session.
    pub number: MessageNumber,
    /// Its size, where it is known.
    pub octets: Option<Octets>,
    /// It is marked for deletion.
    pub marked: bool,
}

/// What the state picture shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFacts {
    /// Tells pictures on one page apart: ASCII letters, digits and hyphens, anything else is left out.
    pub id: String,
    /// Where the session is; nothing if there is no connection.
    pub state: Option<State>,
    /// Who the server is, such as `mail.example`; may be empty.
    pub server: String,
    /// Who logged in, or wants to; may be empty.
    pub user: String,
    /// What is in the maildrop, by number; nothing if it is not known.
    pub maildrop: Option<Vec<Envelope>>,
}

/// A picture, twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// SVG, to be put into a page that has `picture.css`.
    pub svg: String,
    /// All that it shows, in sentences.
    pub text: String,
}

/// A word of mail, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Names it in every language; never changes: `dot-stuffing`.
    pub id: String,
    /// The word.
    pub term: String,
    /// What it means, in one or two sentences.
    pub what: String,
    /// Where it is specified; empty where no RFC does.
    pub rfc: String,
}
