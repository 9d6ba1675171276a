//! Words beside a terminal: what the typed line will do, what else could be typed, what the pieces of a line are, and where
//! the session stands, drawn. The words come from `popglass_explain`; this puts a terminal's facts into its terms.

use popglass_explain::{
    completions, explain_line, forecast, state_picture, wants_secret,
    words::{Envelope, Language as ExplainLanguage, PictureFacts, Situation, Verdict, Way},
};
use popglass_lessons::{Classroom, TerminalLine, TerminalView, format::Door};
use popglass_protocol::{state::State, types::MessageNumber};

use crate::{
    app::{model::Model, play::Play},
    i18n::Language,
};

/// Completions that are offered at once: as many as a learner looks through.
const COMPLETIONS_MAX: usize = 14;

/// A line that could be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionVm {
    /// The whole of it.
    pub text: String,
    /// What it does.
    pub what: String,
}

/// What a typed line will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastVm {
    /// It will be refused, as far as can be told.
    pub is_refused: bool,
    /// What it will do, or why it will be refused.
    pub what: String,
    /// How it is taken back.
    pub undo: Option<String>,
    /// What would be given away.
    pub warning: Option<String>,
    /// Where that is specified.
    pub rfc: String,
}

/// Words beside an input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuideVm {
    /// What is typed is a secret.
    pub is_secret: bool,
    /// What the line will do; nothing where nothing is typed.
    pub forecast: Option<ForecastVm>,
    /// What could be typed.
    pub completions: Vec<CompletionVm>,
}

/// Where a session stands, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureVm {
    /// The drawing.
    pub svg: String,
    /// All that it shows, in sentences.
    pub text: String,
}

/// A piece of a line, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenVm {
    /// What stands there.
    pub text: String,
    /// What it is called.
    pub name: String,
    /// What it means.
    pub what: String,
    /// Where that is specified.
    pub rfc: String,
}

pub(in crate::app) fn language_of(language: Language) -> ExplainLanguage {
    match language {
        Language::En => ExplainLanguage::En,
        Language::De => ExplainLanguage::De,
    }
}

fn situation(terminal: &TerminalView<'_>, is_protected: bool) -> Situation {
    let way = if is_protected { Way::Tls } else { Way::Clear };
    let mut situation = Situation::new(terminal.state, way);
    let lines = terminal.capabilities.map(|known| known.lines.clone());
    situation.capabilities = lines.filter(|lines: &Vec<String>| !lines.is_empty());
    if matches!(terminal.state, State::Transaction) {
        situation.messages = u32::try_from(terminal.message_count).ok();
    }
    situation.exchange = terminal.exchanging;
    situation.marked = terminal.marked.map(|marked| marked.iter().copied().collect()).unwrap_or_default();
    situation
}

fn speaks_pop3(door: Door) -> bool {
    matches!(door, Door::Pop3 | Door::Pop3s)
}

pub(super) fn guide(language: Language, terminal: &TerminalView<'_>, is_protected: bool, typed: &str) -> GuideVm {
    if !terminal.door.is_some_and(speaks_pop3) {
        return GuideVm { is_secret: terminal.hides(typed), ..GuideVm::default() };
    }
    let situation = situation(terminal, is_protected);
    let language = language_of(language);
    let told = forecast(language, &situation, typed.as_bytes());
    let is_secret = wants_secret(&situation, typed);
    // What is made of a secret would show it.
    let offered = if is_secret { Vec::new() } else { completions(language, &situation, typed) };
    let offered = offered.into_iter().take(COMPLETIONS_MAX);
    GuideVm {
        is_secret,
        forecast: (told.verdict != Verdict::Nothing && !told.what.is_empty()).then_some(ForecastVm {
            is_refused: matches!(told.verdict, Verdict::Refused | Verdict::Unknown),
            what: told.what,
            undo: told.undo,
            warning: told.warning,
            rfc: told.rfc,
        }),
        completions: offered.map(|one| CompletionVm { text: one.text, what: one.what }).collect(),
    }
}

pub(super) fn picture(language: Language, classroom: &Classroom, terminal: &TerminalView<'_>) -> PictureVm {
    let user = classroom.facts().iter().rev().find(|fact| fact.by == terminal.name && !fact.user.is_empty());
    let user = user.filter(|_| terminal.door.is_some()).map(|fact| fact.user.clone()).unwrap_or_default();
    let is_marked = |number: &MessageNumber| terminal.marked.is_some_and(|marked| marked.contains(number));
    let numbers = (1..=u32::try_from(terminal.message_count).unwrap_or(u32::MAX)).filter_map(MessageNumber::new);
    let maildrop = (terminal.state == State::Transaction)
        .then(|| numbers.map(|number| Envelope { number, octets: None, marked: is_marked(&number) }).collect());
    let facts = PictureFacts {
        id: format!("state-{}", terminal.name),
        state: terminal.door.filter(|door| speaks_pop3(*door)).map(|_| terminal.state),
        server: terminal.server.to_owned(),
        user,
        maildrop,
    };
    let picture = state_picture(language_of(language), &facts);
    PictureVm { svg: picture.svg, text: picture.text }
}

/// The pieces of a line of a terminal, in words; none for what is not POP3.
#[must_use]
pub fn tokens(model: &Model, terminal: &str, place: usize) -> Vec<TokenVm> {
    let of_line = |play: &Play| {
        let view = play.classroom.terminal(terminal)?;
        let TerminalLine::Pop3(line) = &view.lines.get(place)?.line else { return None };
        let tokens = explain_line(language_of(model.language), line).into_iter();
        let piece = |from: usize, to: usize| line.text.get(from..to).unwrap_or_default().to_owned();
        let tokens = tokens.map(|token| TokenVm {
            text: piece(token.start, token.end),
            name: token.name,
            what: token.what,
            rfc: token.rfc,
        });
        Some(tokens.collect())
    };
    model.play.as_ref().and_then(of_line).unwrap_or_default()
}
