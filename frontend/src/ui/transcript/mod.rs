//! The conversation between client and server, line by line, as it happens.

mod console_host;
pub mod entry;

use std::sync::Arc;

use leptos::{html::Div, prelude::*};

pub(super) use self::console_host::ConsoleHost;
use self::entry::EntryRow;
use super::runtime::{say, use_dispatch, use_language, use_texts, use_views};
use crate::{
    app::{Logged, Msg, terms::Item, view::TranscriptVm},
    i18n::Texts,
};

/// A frame draws so many new entries at most: a burst of them must not keep the page from what the user does meanwhile.
const NEW_ENTRIES_PER_FRAME_MAX: usize = 6;

/// Closer to the end than this counts as being at the end.
const NEAR_END_PIXELS: i32 = 48;

#[component]
pub(super) fn Transcript() -> impl IntoView {
    let views = use_views();
    let t = use_texts();
    let dispatch = use_dispatch();
    let open = Memo::new(move |_| views.shell.with(|shell| shell.transcript_open));
    let console_open = Memo::new(move |_| views.shell.with(|shell| shell.console_open));
    let count = Memo::new(move |_| views.transcript.with(|transcript| transcript.entries.len()));
    view! {
        <aside
            class="transcript"
            id="transcript"
            data-testid="transcript"
            aria-labelledby="transcript-heading"
            hidden=move || !open.get()
        >
            <div class="transcript-head">
                <div>
                    <h2 id="transcript-heading">{say(|t| t.transcript.heading)}</h2>
                    <p class="muted">{say(|t| t.transcript.lead)}</p>
                </div>
                <button
                    class="button transcript-console"
                    type="button"
                    data-testid="console-toggle"
                    aria-expanded=move || console_open.get().to_string()
                    on:click=dispatch.press(|| Msg::ConsoleToggled)
                >
                    {say(|t| t.transcript.console)}
                </button>
                <button
                    class="button button-icon transcript-close"
                    type="button"
                    aria-label=say(|t| t.transcript.hide)
                    on:click=dispatch.press(|| Msg::TranscriptToggled)
                >
                    {super::icon::Icon::Close.draw()}
                </button>
            </div>
            <Show when=move || open.get() && console_open.get() fallback=Log>
                <ConsoleHost />
            </Show>
            <p class="transcript-foot muted">{move || (t().transcript.lines)(count.get())}</p>
        </aside>
    }
}

#[component]
fn Log() -> impl IntoView {
    let views = use_views();
    let language = use_language();
    let log = NodeRef::<Div>::new();
    let follows = RwSignal::new(true);
    let drawn = drawn_entries();
    let last = Memo::new(move |_| drawn.with(|drawn| drawn.last().map(|logged| logged.entry.sequence)));
    let passages = Memo::new(move |_| {
        drawn.with(|drawn| drawn.chunk_by(is_one_passage).map(|passage| passage[0].passage).collect::<Vec<_>>())
    });
    let to_end = move || {
        // By the next frame the console may stand in its place.
        if let Some(log) = log.try_get_untracked().flatten() {
            log.set_scroll_top(log.scroll_height());
        }
    };
    // New lines come into view by themselves, unless the user has scrolled up to read.
    Effect::new(move || {
        let opened = views.shell.with(|shell| shell.transcript_open);
        if last.get().is_some() && opened && follows.get_untracked() {
            request_animation_frame(to_end);
        }
    });
    // Only a move upwards leaves the end: a burst of lines also grows what lies below, without anybody moving.
    let seen_top = StoredValue::new(0);
    let scrolled = move |_| {
        if let Some(log) = log.try_get_untracked().flatten() {
            let top = log.scroll_top();
            let is_near = top + log.client_height() + NEAR_END_PIXELS >= log.scroll_height();
            let stays = is_near || (follows.get_untracked() && top >= seen_top.get_value());
            seen_top.set_value(top);
            if follows.get_untracked() != stays {
                follows.set(stays);
            }
        }
    };
    view! {
        <div class="transcript-frame">
            // Announced by the line below, not line by line: nobody can listen to a whole header.
            <div
                class="transcript-log"
                role="log"
                aria-live="off"
                aria-labelledby="transcript-heading"
                tabindex="0"
                data-testid="transcript-log"
                node_ref=log
                on:scroll=scrolled
            >
                <Show when=move || last.get().is_none()>
                    <p class="transcript-empty muted">{say(|t| t.transcript.empty)}</p>
                </Show>
                <For
                    each=move || passages.get()
                    key=move |passage| (*passage, language.get())
                    children=move |passage| view! { <Passage passage drawn /> }
                />
            </div>
            <Show when=move || !follows.get()>
                <button
                    class="button transcript-newest"
                    type="button"
                    on:click=move |_| { follows.set(true); to_end(); }
                >
                    {say(|t| t.transcript.to_newest)}
                </button>
            </Show>
        </div>
    }
}

fn is_one_passage(left: &Arc<Logged>, right: &Arc<Logged>) -> bool {
    left.passage == right.passage
}

#[component]
fn Passage(passage: u64, drawn: RwSignal<Vec<Arc<Logged>>>) -> impl IntoView {
    let entries = move || {
        drawn.with(|drawn| {
            let first = drawn.partition_point(|logged| logged.passage < passage);
            drawn[first..].iter().take_while(|logged| logged.passage == passage).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <div class="passage">
            <For each=entries key=|logged| logged.entry.sequence children=|logged| view! { <EntryRow logged /> } />
        </div>
    }
}

/// The entries that are drawn: all of them, as soon as enough frames have passed.
fn drawn_entries() -> RwSignal<Vec<Arc<Logged>>> {
    let known = use_views().transcript;
    let drawn = RwSignal::new(Vec::new());
    let frame_asked = StoredValue::new(false);
    Effect::new(move || {
        known.track();
        draw_more(known, drawn, frame_asked);
    });
    drawn
}

fn draw_more(known: RwSignal<TranscriptVm>, drawn: RwSignal<Vec<Arc<Logged>>>, frame_asked: StoredValue<bool>) {
    // Nothing to draw into, if the list is gone by now.
    if frame_asked.try_get_value() != Some(false) {
        return;
    }
    let newest_drawn = drawn.with_untracked(|drawn| drawn.last().map(|logged| logged.entry.sequence));
    let is_new = |logged: &&Arc<Logged>| newest_drawn.is_none_or(|newest| logged.entry.sequence > newest);
    let later = known.with_untracked(|known| {
        let new = known.entries.iter().rev().take_while(is_new).count();
        let later = new.saturating_sub(NEW_ENTRIES_PER_FRAME_MAX);
        drawn.set(known.entries[..known.entries.len() - later].to_vec());
        later
    });
    if later > 0 {
        frame_asked.set_value(true);
        request_animation_frame(move || {
            frame_asked.try_set_value(false);
            draw_more(known, drawn, frame_asked);
        });
    }
}

/// Says the newest answer aloud, in one short sentence.
#[component]
pub(super) fn Announcer() -> impl IntoView {
    let views = use_views();
    let t = use_texts();
    let said = move || {
        views.transcript.with(|transcript| transcript.announced.as_ref().map(|logged| aloud(&logged.entry.item, t())))
    };
    view! { <p class="visually-hidden" role="status" data-testid="transcript-announcer">{said}</p> }
}

fn aloud(item: &Item, t: &'static Texts) -> String {
    match item {
        Item::Line(line) => format!("{}: {}", t.transcript.server, line.text),
        Item::Deviation(deviation) => (t.transcript.rule)(deviation.rule).to_owned(),
        Item::Note(note) => (t.transcript.note_text)(note).0,
    }
}
