//! Another shell around the app: sends messages, collects orders, looks at view models. No browser anywhere.

use popglass_console::app::{
    Effect, Model, Msg, update,
    view::{LineVm, view_line, view_log},
};
use popglass_frontend::i18n::Language;
use popglass_protocol::{
    secret::Secret,
    state::State,
    transcript::{Direction, Line, Meaning},
    types::MessageNumber,
};
use popglass_session::{
    command::SessionCommand,
    event::{Entry, Item, Note, Phase, SessionEvent},
};

pub(crate) fn secret(line: &str) -> Secret<String> {
    Secret::new(line.into())
}

pub(crate) fn number(number: u32) -> MessageNumber {
    MessageNumber::new(number).expect("messages are numbered from 1")
}

/// A console without a browser.
pub(crate) struct Shell {
    pub(crate) model: Model,
    pub(crate) effects: Vec<Effect>,
}

impl Shell {
    /// A console that has heard nothing yet.
    pub(crate) fn new() -> Self {
        Self { model: Model::new(Language::En), effects: Vec::new() }
    }

    /// A session by hand in the sandbox, whose server has greeted.
    pub(crate) fn by_hand() -> Self {
        let mut shell = Self::new();
        shell.says(Item::Note(Note::SandboxOpened));
        shell.hear(SessionEvent::State(State::Greeting));
        shell.line(Meaning::Greeting, "+OK ready <1.2@x>");
        shell.hear(SessionEvent::State(State::Authorization)).hear(SessionEvent::Phase(Phase::ByHand));
        shell
    }

    /// The same, logged in.
    pub(crate) fn in_transaction() -> Self {
        let mut shell = Self::by_hand();
        shell.hear(SessionEvent::State(State::Transaction));
        shell
    }

    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        self.effects.extend(update(&mut self.model, msg));
        self
    }

    pub(crate) fn hear(&mut self, event: SessionEvent) -> &mut Self {
        self.send(Msg::Heard(event))
    }

    pub(crate) fn says(&mut self, item: Item) -> &mut Self {
        let sequence = view_log(&self.model).len() as u64 + 1;
        self.hear(SessionEvent::Transcript(Entry { sequence, at_ms: 0, item }))
    }

    pub(crate) fn line(&mut self, meaning: Meaning, text: &str) -> &mut Self {
        let direction = match meaning {
            Meaning::Command(_) | Meaning::UnknownCommand | Meaning::Response(_) => Direction::ClientToServer,
            _ => Direction::ServerToClient,
        };
        let wire = format!("{text}\r\n").into_bytes();
        let octets = wire.len() as u64;
        self.says(Item::Line(Line { direction, state: State::Transaction, meaning, text: text.into(), wire, octets }))
    }

    pub(crate) fn types(&mut self, line: &str) -> &mut Self {
        self.send(Msg::LineTyped(secret(line)))
    }

    pub(crate) fn sends(&mut self, line: &str) -> &mut Self {
        self.types(line).send(Msg::LineSent)
    }

    pub(crate) fn vm(&self) -> LineVm {
        view_line(&self.model)
    }

    /// What went to the session since the last look.
    pub(crate) fn commands(&mut self) -> Vec<SessionCommand> {
        std::mem::take(&mut self.effects)
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Session(command) => Some(command),
                _ => None,
            })
            .collect()
    }

    /// What was put into the field since the last look.
    pub(crate) fn filled(&mut self) -> Vec<String> {
        std::mem::take(&mut self.effects)
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::FillLine(line) => Some(line.expose().clone()),
                _ => None,
            })
            .collect()
    }
}
