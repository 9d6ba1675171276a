//! The state picture: where a session is, what may follow, and the maildrop; as SVG and, with all that it shows, as text.
//! Every arrow comes from `protocol`'s transition table, but for the two that no command makes. Colours are the style
//! sheet's (`picture.css`); knows no browser.

mod diagram;
mod maildrop;
mod svg;

use popglass_protocol::{
    command::CommandName,
    state::{State, TRANSITIONS, Transition, transition},
    types::MessageNumber,
};

use crate::{
    route,
    texts::{self, PictureTexts},
    words::{Envelope, Language, Picture, PictureFacts},
};

/// Characters of a name that the picture shows.
const NAME_CHARS_MAX: usize = 30;

/// The width of every picture in its own units, which are pixels where it is shown at this width.
const WIDTH: u32 = 320;

/// Draws where a session is, from `protocol`'s transition table, with the maildrop beneath.
#[must_use]
pub fn state_picture(language: Language, facts: &PictureFacts) -> Picture {
    draw(language, facts, TRANSITIONS)
}

fn draw(language: Language, facts: &PictureFacts, rows: &[Transition]) -> Picture {
    let texts = &texts::of(language).picture;
    let text = describe(language, facts);
    let diagram = diagram::draw(texts, facts.state, rows);
    let heading = heading(texts, facts);
    let quit = facts.maildrop.as_deref().and_then(|envelopes| quit(texts, facts.state, envelopes));
    let maildrop = maildrop::draw(texts, &heading, facts.maildrop.as_deref(), quit.as_deref(), diagram.height);
    let id: String = facts.id.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let height = maildrop.height;
    let svg = format!(
        "<svg class=\"picture\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" aria-labelledby=\"{id}-title {id}-text\" \
         xmlns=\"http://www.w3.org/2000/svg\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-text\">{}</desc>{}{}</svg>",
        svg::escaped(texts.title),
        svg::escaped(&text),
        diagram.svg,
        maildrop.svg,
    );
    Picture { svg, text }
}

/// A piece of the picture, and where it ends.
struct Drawn {
    svg: String,
    height: u32,
}

fn heading(texts: &PictureTexts, facts: &PictureFacts) -> String {
    (texts.maildrop)(&svg::cut(&facts.user, NAME_CHARS_MAX), &svg::cut(&facts.server, NAME_CHARS_MAX))
}

/// All that the picture shows, in sentences.
fn describe(language: Language, facts: &PictureFacts) -> String {
    let texts = &texts::of(language).picture;
    let mut said = Vec::new();
    match facts.state {
        None => said.push(texts.no_connection.to_owned()),
        Some(state) => {
            said.push((texts.state_is)((texts.state)(state)));
            let allowed = route::keywords(&route::allowed(state));
            said.push(match allowed.is_empty() {
                true => texts.nothing_allowed.to_owned(),
                false => (texts.allowed)(&allowed.join(", ")),
            });
            for arrow in diagram::arrows(TRANSITIONS).iter().filter(|arrow| arrow.from == state && arrow.to != state) {
                let commands = route::keywords(&arrow.commands).join(", ");
                said.push((texts.leads)(&commands, (texts.state)(state), (texts.state)(arrow.to)));
            }
        }
    }
    said.push(format!("{}.", heading(texts, facts)));
    match &facts.maildrop {
        None => said.push(texts.maildrop_unknown.to_owned()),
        Some(envelopes) => said.extend(contents(language, facts.state, envelopes)),
    }
    said.join(" ")
}

fn contents(language: Language, state: Option<State>, envelopes: &[Envelope]) -> Vec<String> {
    let texts = &texts::of(language).picture;
    let mut said = vec![(texts.messages)(envelopes.len())];
    if state == Some(State::Transaction) {
        said.push(texts.locked.to_owned());
    }
    let marked: Vec<MessageNumber> =
        envelopes.iter().filter(|envelope| envelope.marked).map(|envelope| envelope.number).collect();
    said.push(match marked.is_empty() {
        true => texts.nothing_marked.to_owned(),
        false => (texts.marked)(&marked),
    });
    said.extend(quit(texts, state, envelopes));
    said
}

/// What QUIT would do, where it may be given. Only where it leads to UPDATE does it delete anything.
fn quit(texts: &PictureTexts, state: Option<State>, envelopes: &[Envelope]) -> Option<String> {
    let row = transition(state?, CommandName::Quit)?;
    let marked = envelopes.iter().filter(|envelope| envelope.marked).count();
    let gone = if row.on_ok == State::Update { marked } else { 0 };
    Some((texts.quit)(gone, envelopes.len() - gone))
}

#[cfg(test)]
mod tests;
