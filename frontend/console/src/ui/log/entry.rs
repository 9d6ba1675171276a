//! One entry. A line can be asked about, and be shown as octets; everything else is as in the page's own list.

use std::sync::Arc;

use leptos::prelude::*;
use popglass_explain::hex_dump;
use popglass_frontend::{
    i18n::Texts,
    io::format_clock,
    ui::transcript::entry::{deviation_row, note_row, state_name},
};

use crate::{
    app::terms::{Direction, Item, Line, Logged, Meaning},
    ui::runtime::use_language,
};

#[component]
pub(super) fn EntryRow(logged: Arc<Logged>, hex: bool) -> impl IntoView {
    let entry = &logged.entry;
    // The list makes new rows when the language changes.
    let t = use_language().get_untracked().texts();
    let time = format_clock(entry.at_ms);
    match &entry.item {
        Item::Line(line) => line_row(line, entry.sequence, hex, time, t).into_any(),
        Item::Deviation(deviation) => deviation_row(deviation, time, t).into_any(),
        Item::Note(note) => note_row(note, time, t).into_any(),
    }
}

fn line_row(line: &Line, sequence: u64, hex: bool, time: String, t: &'static Texts) -> impl IntoView + use<> {
    let (direction, letter, who) = match line.direction {
        Direction::ClientToServer => ("client", "C", t.transcript.client),
        Direction::ServerToClient => ("server", "S", t.transcript.server),
    };
    let is_folded = matches!(line.meaning, Meaning::BodyFolded { .. });
    let text = match line.meaning {
        Meaning::BodyFolded { lines, .. } => (t.transcript.folded)(lines),
        _ if hex => hex_dump(&line.wire),
        _ => line.text.clone(),
    };
    let explanation = (t.transcript.explain)(line.meaning).into_owned();
    // A run of body lines shows what they have in common once; the others say it when pointed at.
    let hint = explanation.clone();
    let is_body = is_folded || matches!(line.meaning, Meaning::Body(_));
    let asks = !is_folded && !text.is_empty();
    view! {
        <div
            class="entry"
            class:entry-body=is_body
            class:entry-hex=hex
            title=is_body.then_some(hint)
            data-testid="entry"
            data-direction=direction
            data-state=state_name(line.state)
            data-sequence=sequence.to_string()
        >
            <span
                class="entry-who"
                title=who
            ><span aria-hidden="true">{letter}</span><span class="visually-hidden">{who}</span></span>
            <p
                class="entry-text mono"
                data-testid="entry-text"
                role=asks.then_some("button")
                tabindex=asks.then_some("-1")
                aria-expanded=asks.then_some("false")
            >
                {text}
            </p>
            <p class="entry-explanation" data-testid="entry-explanation">{explanation}</p>
            <p class="entry-meta">
                <time data-testid="entry-time">{time}</time>
                <span data-testid="entry-state">{line.state.rfc_name()}</span>
                <span data-testid="entry-rfc">{line.rfc()}</span>
            </p>
        </div>
    }
}
