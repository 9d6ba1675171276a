//! What was said, line by line, as it happens. All lines together are one stop of Tab: the arrows go from line to line.

mod entry;
mod explaining;
mod tokens;

use std::sync::Arc;

use leptos::{html::Div, prelude::*};

use self::{
    entry::EntryRow,
    explaining::{Explaining, explaining},
};
use super::runtime::{say, use_language, use_page_texts, use_views};
use crate::app::terms::Logged;

/// A frame draws so many new entries at most: a burst of them must not keep the page from what the user does meanwhile.
const NEW_ENTRIES_PER_FRAME_MAX: usize = 6;

/// Closer to the end than this counts as being at the end.
const NEAR_END_PIXELS: i32 = 48;

#[component]
pub(super) fn Log() -> impl IntoView {
    let views = use_views();
    let language = use_language();
    let page = use_page_texts();
    let log = NodeRef::<Div>::new();
    let follows = RwSignal::new(true);
    let drawn = drawn_entries();
    let last = Memo::new(move |_| drawn.with(|drawn| drawn.last().map(|logged| logged.entry.sequence)));
    let passages = Memo::new(move |_| {
        drawn.with(|drawn| drawn.chunk_by(is_one_passage).map(|passage| passage[0].passage).collect::<Vec<_>>())
    });
    let to_end = move || {
        if let Some(log) = log.get_untracked() {
            log.set_scroll_top(log.scroll_height());
        }
    };
    // New lines come into view by themselves, unless the user has scrolled up to read; and where the console is put into
    // another place, it begins with what is newest.
    Effect::new(move || {
        views.placed.track();
        if last.get().is_some() && follows.get_untracked() {
            request_animation_frame(to_end);
        }
    });
    let sides = Memo::new(move |_| views.console.with(|console| console.sides));
    let hex = Memo::new(move |_| views.console.with(|console| console.hex));
    let Explaining { clicked, pressed, pointed_at } = explaining(log);
    // The button goes away; the focus must not.
    let to_newest = move |_| {
        log.get_untracked().into_iter().for_each(|log| drop(log.focus()));
        follows.set(true);
        to_end();
    };
    view! {
        <div class="transcript-frame">
            // The page says the newest answer aloud: nobody can listen to a whole header.
            <div
                class="transcript-log"
                role="log"
                aria-live="off"
                aria-label=say(|t| t.log)
                aria-description=say(|t| t.log_hint)
                tabindex="0"
                data-testid="transcript-log"
                data-sides=move || sides.get().as_str()
                node_ref=log
                on:scroll=scrolled(log, follows)
                on:click=clicked
                on:keydown=pressed
                on:mouseover=pointed_at
            >
                <Show when=move || last.get().is_none()>
                    <p class="transcript-empty muted">{move || page().transcript.empty}</p>
                </Show>
                <For
                    each=move || passages.get()
                    key=move |passage| (*passage, language.get(), hex.get())
                    children=move |passage| view! { <Passage passage drawn hex=hex.get_untracked() /> }
                />
            </div>
            <Show when=move || !follows.get()>
                <button class="button transcript-newest" type="button" on:click=to_newest>
                    {move || page().transcript.to_newest}
                </button>
            </Show>
        </div>
    }
}

/// Only a move upwards leaves the end: a burst of lines also grows what lies below, without anybody moving.
fn scrolled(log: NodeRef<Div>, follows: RwSignal<bool>) -> impl Fn(web_sys::Event) + 'static {
    let seen_top = StoredValue::new(0);
    move |_| {
        if let Some(log) = log.get_untracked() {
            let top = log.scroll_top();
            let is_near = top + log.client_height() + NEAR_END_PIXELS >= log.scroll_height();
            let stays = is_near || (follows.get_untracked() && top >= seen_top.get_value());
            seen_top.set_value(top);
            if follows.get_untracked() != stays {
                follows.set(stays);
            }
        }
    }
}

fn is_one_passage(left: &Arc<Logged>, right: &Arc<Logged>) -> bool {
    left.passage == right.passage
}

#[component]
fn Passage(passage: u64, drawn: RwSignal<Vec<Arc<Logged>>>, hex: bool) -> impl IntoView {
    let entries = move || {
        drawn.with(|drawn| {
            let first = drawn.partition_point(|logged| logged.passage < passage);
            drawn[first..].iter().take_while(|logged| logged.passage == passage).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <div class="passage">
            <For each=entries key=|logged| logged.entry.sequence children=move |logged| view! { <EntryRow logged hex /> } />
        </div>
    }
}

/// The entries that are drawn: all of them, as soon as enough frames have passed.
fn drawn_entries() -> RwSignal<Vec<Arc<Logged>>> {
    let known = use_views().log;
    let drawn = RwSignal::new(Vec::new());
    let frame_asked = StoredValue::new(false);
    Effect::new(move || {
        known.track();
        draw_more(known, drawn, frame_asked);
    });
    drawn
}

fn draw_more(known: RwSignal<Vec<Arc<Logged>>>, drawn: RwSignal<Vec<Arc<Logged>>>, frame_asked: StoredValue<bool>) {
    if frame_asked.get_value() {
        return;
    }
    let newest_drawn =
        drawn.with_untracked(|drawn: &Vec<Arc<Logged>>| drawn.last().map(|logged| logged.entry.sequence));
    let is_new = |logged: &&Arc<Logged>| newest_drawn.is_none_or(|newest| logged.entry.sequence > newest);
    let later = known.with_untracked(|known| {
        let new = known.iter().rev().take_while(is_new).count();
        let later = new.saturating_sub(NEW_ENTRIES_PER_FRAME_MAX);
        drawn.set(known[..known.len() - later].to_vec());
        later
    });
    if later > 0 {
        frame_asked.set_value(true);
        request_animation_frame(move || {
            frame_asked.set_value(false);
            draw_more(known, drawn, frame_asked);
        });
    }
}
