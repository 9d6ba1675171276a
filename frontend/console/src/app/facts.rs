//! What is known of the session for whoever types: read off the transcript and the session's events, so that it holds for
//! what buttons do and for what is typed alike. Knows no answer of the server's that the transcript does not show.

use popglass_explain::words::Envelope;
use popglass_protocol::{
    command::CommandName,
    state::State,
    transcript::{Direction, Line, Meaning},
    tunnel::TlsEnds,
    types::{MessageNumber, Octets},
};
use popglass_session::event::{Item, MailboxEntry, Note};

/// So many messages of a maildrop are known one by one: more than any picture shows.
const MESSAGES_MAX: usize = 1_000;

/// So many lines of an answer to CAPA are kept.
const CAPABILITIES_MAX: usize = 100;

/// The way that the connection goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// The server; empty in the sandbox.
    pub(super) host: String,
    /// Where TLS ends; nothing in the sandbox.
    pub(super) tls: Option<TlsEnds>,
}

/// The facts.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Where POP3 is; nothing if there is no connection.
    pub(super) state: Option<State>,
    /// Which way the connection goes, or the last one went.
    pub(super) route: Option<Route>,
    /// TLS stands.
    pub(super) secured: bool,
    /// The greeting bore a stamp.
    pub(super) stamp: bool,
    /// The answer to CAPA.
    pub(super) capabilities: Option<Vec<String>>,
    /// Who logged in, or wants to.
    pub(super) user: String,
    /// Messages at login, marked ones included.
    pub(super) messages: Option<u32>,
    /// As the server confirmed them.
    pub(super) marked: Vec<MessageNumber>,
    /// What is typed next is, or may be, a response: AUTH was sent, and no answer has ended it.
    pub(super) exchange: bool,
    /// Sizes by number, as far as they were told: message 1 comes first.
    sizes: Vec<Option<Octets>>,
    /// Messages that the listing under way has listed.
    listed: u64,
}

impl Facts {
    /// The maildrop is open: nothing about it is unknown any more, but for what was marked by hand before.
    pub(super) fn open(&mut self, entries: &[MailboxEntry]) {
        self.count(entries.len() as u64);
        entries.iter().for_each(|entry| self.size(entry.number, entry.octets));
    }

    /// One more entry of the transcript.
    pub(super) fn follow(&mut self, item: &Item) {
        match item {
            Item::Note(Note::SandboxOpened) => self.begin(Route { host: String::new(), tls: None }),
            Item::Note(Note::Dialling { target, tls }) => {
                self.begin(Route { host: target.host.clone(), tls: Some(*tls) });
            }
            Item::Line(line) => self.follow_line(line),
            Item::Note(_) | Item::Deviation(_) => {}
        }
    }

    fn begin(&mut self, route: Route) {
        *self = Self { route: Some(route), ..Self::default() };
    }

    /// The session is over: what was told of it does not hold any more.
    pub(super) fn end(&mut self) {
        *self = Self { route: self.route.take(), ..Self::default() };
    }

    /// The maildrop as far as it is known; nothing if its size is not.
    pub(super) fn maildrop(&self) -> Option<Vec<Envelope>> {
        let numbers = (1..=self.messages?).filter_map(MessageNumber::new).take(MESSAGES_MAX);
        let octets = |number| self.place(number).and_then(|place| *self.sizes.get(place)?);
        let marked = |number| self.marked.contains(&number);
        Some(numbers.map(|number| Envelope { number, octets: octets(number), marked: marked(number) }).collect())
    }

    fn follow_line(&mut self, line: &Line) {
        match (line.direction, line.meaning) {
            (_, Meaning::Challenge(_) | Meaning::Command(CommandName::Auth)) => self.exchange = true,
            (Direction::ServerToClient, _) => self.exchange = false,
            (Direction::ClientToServer, _) => {}
        }
        let mut words = line.text.split_whitespace().skip(1);
        match line.meaning {
            Meaning::Greeting => self.stamp = line.text.contains('<') && line.text.contains('>'),
            Meaning::Command(CommandName::User | CommandName::Apop) => {
                words.next().unwrap_or_default().clone_into(&mut self.user);
            }
            // What was said in the clear is forgotten (RFC 2595 §4).
            Meaning::Accepted(CommandName::Stls) => self.capabilities = None,
            Meaning::Accepted(CommandName::Capa) => self.capabilities = Some(Vec::new()),
            Meaning::Body(CommandName::Capa) => {
                let capabilities = self.capabilities.as_mut().filter(|known| known.len() < CAPABILITIES_MAX);
                capabilities.into_iter().for_each(|capabilities| capabilities.push(line.text.clone()));
            }
            Meaning::Accepted(CommandName::Stat) => {
                if let Some(count) = words.next().and_then(|count| count.parse().ok()) {
                    self.count(count);
                }
            }
            Meaning::Accepted(CommandName::ListOne) => self.listing(words.next(), words.next()),
            Meaning::Accepted(CommandName::List) => self.listed = 0,
            Meaning::Body(CommandName::List) => {
                self.listed += 1;
                let mut words = line.text.split_whitespace();
                self.listing(words.next(), words.next());
            }
            Meaning::BodyFolded { command: CommandName::List, lines } => self.listed += lines,
            Meaning::BodyEnd(CommandName::List) => self.count(self.listed),
            _ => {}
        }
    }

    /// Listings leave out what is marked (RFC 1939 §5).
    fn count(&mut self, unmarked: u64) {
        let all = unmarked.saturating_add(self.marked.len() as u64);
        self.messages = self.messages.or(u32::try_from(all).ok());
    }

    fn listing(&mut self, number: Option<&str>, octets: Option<&str>) {
        let number = number.and_then(|number| MessageNumber::new(number.parse().ok()?));
        if let (Some(number), Some(octets)) = (number, octets.and_then(|octets| octets.parse().ok())) {
            self.size(number, octets);
        }
    }

    fn size(&mut self, number: MessageNumber, octets: Octets) {
        let Some(place) = self.place(number) else { return };
        if self.sizes.len() <= place {
            self.sizes.resize(place + 1, None);
        }
        self.sizes[place] = Some(octets);
    }

    fn place(&self, number: MessageNumber) -> Option<usize> {
        usize::try_from(number.as_u32()).ok()?.checked_sub(1).filter(|place| *place < MESSAGES_MAX)
    }
}
