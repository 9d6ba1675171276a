//! One entry: who, when, in which state, the line itself, and what it means.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::{
        Logged,
        terms::{Deviation, Direction, Item, Line, Meaning, Note, State},
    },
    i18n::Texts,
    io::format_clock,
    ui::{icon::Icon, runtime::use_language},
};

#[component]
pub(super) fn EntryRow(logged: Arc<Logged>) -> impl IntoView {
    let entry = &logged.entry;
    // The list makes new rows when the language changes.
    let t = use_language().get_untracked().texts();
    let time = format_clock(entry.at_ms);
    match &entry.item {
        Item::Line(line) => line_row(line, time, t).into_any(),
        Item::Deviation(deviation) => deviation_row(deviation, time, t).into_any(),
        Item::Note(note) => note_row(note, time, t).into_any(),
    }
}

fn line_row(line: &Line, time: String, t: &'static Texts) -> impl IntoView + use<> {
    let (direction, letter, who) = match line.direction {
        Direction::ClientToServer => ("client", "C", t.transcript.client),
        Direction::ServerToClient => ("server", "S", t.transcript.server),
    };
    let text = match line.meaning {
        Meaning::BodyFolded { lines, .. } => (t.transcript.folded)(lines),
        _ => line.text.clone(),
    };
    let explanation = (t.transcript.explain)(line.meaning).into_owned();
    // A run of body lines shows what they have in common once; the others say it when pointed at.
    let hint = explanation.clone();
    let is_body = matches!(line.meaning, Meaning::Body(_) | Meaning::BodyFolded { .. });
    view! {
        <div
            class="entry"
            class:entry-body=is_body
            title=is_body.then_some(hint)
            data-testid="entry"
            data-direction=direction
            data-state=state_name(line.state)
        >
            <span
                class="entry-who"
                title=who
            ><span aria-hidden="true">{letter}</span><span class="visually-hidden">{who}</span></span>
            <p class="entry-text mono" data-testid="entry-text">{text}</p>
            <p class="entry-explanation" data-testid="entry-explanation">{explanation}</p>
            <p class="entry-meta">
                <time data-testid="entry-time">{time}</time>
                <span data-testid="entry-state">{line.state.rfc_name()}</span>
                <span data-testid="entry-rfc">{line.rfc()}</span>
            </p>
        </div>
    }
}

/// What the server did against the rules, right behind the line that did it.
pub fn deviation_row(deviation: &Deviation, time: String, t: &'static Texts) -> impl IntoView + use<> {
    let octets = (!deviation.octets.is_empty()).then(|| deviation.octets.clone());
    view! {
        <div class="entry entry-deviation" data-testid="entry" data-direction="deviation" data-state="none">
            <span class="entry-who">{Icon::Warning.draw()}</span>
            <p class="entry-text" data-testid="entry-text">{t.transcript.deviation}</p>
            <p class="entry-explanation" data-testid="entry-explanation">{(t.transcript.rule)(deviation.rule)}</p>
            {octets.map(|octets| view! { <p class="entry-octets mono">{octets}</p> })}
            <p class="entry-meta">
                <time data-testid="entry-time">{time}</time>
                <span data-testid="entry-rfc">{deviation.rfc()}</span>
            </p>
        </div>
    }
}

/// What happened beside the lines.
pub fn note_row(note: &Note, time: String, t: &'static Texts) -> impl IntoView + use<> {
    let (text, explanation) = (t.transcript.note_text)(note);
    view! {
        <div class="entry entry-note" data-testid="entry" data-direction="note" data-state="none">
            <span
                class="entry-who"
                title=t.transcript.note
            ><span aria-hidden="true">"·"</span><span class="visually-hidden">{t.transcript.note}</span></span>
            <p class="entry-text" data-testid="entry-text">{text}</p>
            <p class="entry-explanation" data-testid="entry-explanation">{explanation}</p>
            <p class="entry-meta"><time data-testid="entry-time">{time}</time></p>
        </div>
    }
}

/// A state's name in markup.
#[must_use]
pub fn state_name(state: State) -> &'static str {
    match state {
        State::Greeting => "greeting",
        State::Authorization => "authorization",
        State::UserGiven => "user-given",
        State::Transaction => "transaction",
        State::Update => "update",
        State::Closed => "closed",
    }
}
