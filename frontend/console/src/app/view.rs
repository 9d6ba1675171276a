//! What the console shows: values that can be compared, so that only what changed is drawn.

use std::sync::Arc;

use popglass_explain::{
    completions, forecast, state_picture,
    words::{self, Completion, Forecast, Picture, PictureFacts},
};
use popglass_frontend::{
    app::{Logged, SANDBOX_PASSWORD, SANDBOX_USER},
    i18n::Language,
};
use popglass_protocol::state::State;
use popglass_session::{
    command::Pace,
    event::{HeldLine, LineFault},
};

use super::model::{Explained, Model, News, Sides};

/// The tools, and how the transcript is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsoleVm {
    /// The language.
    pub language: Language,
    /// How fast lines pass.
    pub pace: Pace,
    /// The line that is held.
    pub held: Option<HeldLine>,
    /// Lines are shown as octets.
    pub hex: bool,
    /// Whose lines are shown.
    pub sides: Sides,
    /// The picture is shown where there is not room for it always.
    pub picture_open: bool,
    /// The line of the transcript that is explained.
    pub explained: Option<Arc<Explained>>,
    /// Short news.
    pub news: Option<News>,
    /// The session is by hand.
    pub by_hand: Option<ByHandVm>,
}

/// A session in which the user types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHandVm {
    /// User and password, where they are no secret and still to be given.
    pub login: Option<(String, String)>,
    /// The mailbox can be shown.
    pub can_open: bool,
}

/// The line that is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct LineVm {
    /// There is a session that lines can be typed into.
    pub can_type: bool,
    /// Nothing stands in the field.
    pub is_empty: bool,
    /// It is, or holds, what nobody should see.
    pub is_secret: bool,
    /// Why the last line came back.
    pub not_sent: Option<LineFault>,
    /// What it will do.
    pub forecast: Forecast,
    /// What it can become.
    pub completions: Vec<Completion>,
    /// Tab completes it.
    pub takes_tab: bool,
}

/// The tools, and how the transcript is looked at.
#[must_use]
pub fn view_console(model: &Model) -> ConsoleVm {
    ConsoleVm {
        language: model.language,
        pace: model.pace,
        held: model.held.clone(),
        hex: model.hex,
        sides: model.sides,
        picture_open: model.picture_open,
        explained: model.explained.clone(),
        news: model.news.clone(),
        by_hand: model.by_hand.then(|| ByHandVm { login: open_login(model), can_open: model.can_open() }),
    }
}

/// A login that is no secret, as long as it is to be given: the sandbox's own, or the demo server's.
fn open_login(model: &Model) -> Option<(String, String)> {
    let login = match &model.facts.route.as_ref()?.tls {
        None => Some((SANDBOX_USER.to_owned(), SANDBOX_PASSWORD.to_owned())),
        Some(_) => model.demo.as_ref().map(|demo| (demo.user.clone(), demo.password.clone())),
    };
    login.filter(|_| matches!(model.facts.state, Some(State::Authorization | State::UserGiven)))
}

/// The line.
#[must_use]
pub fn view_line(model: &Model) -> LineVm {
    let (language, situation, text) = (speak(model.language), model.situation(), model.line.text.expose());
    let is_secret = model.is_secret();
    // What came back and is hidden is not to be read from what is told of it.
    let told = if model.line.is_hidden { &[][..] } else { text.as_bytes() };
    let can_type = model.can_type();
    LineVm {
        can_type,
        is_empty: text.is_empty(),
        is_secret,
        not_sent: model.line.not_sent,
        forecast: forecast(language, &situation, told),
        completions: if is_secret || !can_type { Vec::new() } else { completions(language, &situation, text) },
        takes_tab: completion_of(model).is_some(),
    }
}

/// The transcript, oldest first.
#[must_use]
pub fn view_log(model: &Model) -> Vec<Arc<Logged>> {
    model.transcript.entries()
}

/// What the picture shows.
#[must_use]
pub fn view_picture(model: &Model) -> PictureFacts {
    model.picture_facts()
}

/// The picture.
#[must_use]
pub fn picture(language: Language, facts: &PictureFacts) -> Picture {
    state_picture(speak(language), facts)
}

/// The place of what Tab makes of the line: the first completion that begins with it. Nothing for an empty line, a secret,
/// and one that Tab has completed already, so that Tab leads on from there.
pub(super) fn completion_of(model: &Model) -> Option<usize> {
    let (situation, typed) = (model.situation(), model.line.text.expose().as_str());
    if typed.is_empty() || model.line.completed || !model.can_type() || model.is_secret() {
        return None;
    }
    let goes_on = |text: &str| {
        text.len() > typed.len() && text.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
    };
    completions(speak(model.language), &situation, typed).iter().position(|completion| goes_on(&completion.text))
}

/// The language, as the explanations name it.
pub(super) fn speak(language: Language) -> words::Language {
    match language {
        Language::En => words::Language::En,
        Language::De => words::Language::De,
    }
}
