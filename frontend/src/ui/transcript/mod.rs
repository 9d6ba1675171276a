//! The conversation between client and server, line by line, as it happens.

mod entry;

use leptos::{html::Div, prelude::*};

use self::entry::EntryRow;
use super::runtime::{say, use_dispatch, use_language, use_texts, use_views};
use crate::app::terms::Item;
use crate::{app::Msg, i18n::Texts};

/// Closer to the end than this counts as being at the end.
const NEAR_END_PIXELS: i32 = 48;

#[component]
pub(super) fn Transcript() -> impl IntoView {
    let views = use_views();
    let t = use_texts();
    let dispatch = use_dispatch();
    let open = Memo::new(move |_| views.shell.with(|shell| shell.transcript_open));
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
                    class="button button-icon transcript-close"
                    type="button"
                    aria-label=say(|t| t.transcript.hide)
                    on:click=dispatch.press(|| Msg::TranscriptToggled)
                >
                    {super::icon::Icon::Close.draw()}
                </button>
            </div>
            <Log />
            <p class="transcript-foot muted">{move || (t().transcript.lines)(count.get())}</p>
            <Announcer />
        </aside>
    }
}

#[component]
fn Log() -> impl IntoView {
    let views = use_views();
    let language = use_language();
    let log = NodeRef::<Div>::new();
    let follows = RwSignal::new(true);
    let entries = move || views.transcript.with(|transcript| transcript.entries.clone());
    let last =
        Memo::new(move |_| views.transcript.with(|transcript| transcript.entries.last().map(|entry| entry.sequence)));
    let to_end = move || {
        if let Some(log) = log.get_untracked() {
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
        if let Some(log) = log.get_untracked() {
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
                    each=entries
                    key=move |entry| (entry.sequence, language.get())
                    children=move |entry| view! { <EntryRow entry /> }
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

/// Says the newest answer aloud, in one short sentence.
#[component]
fn Announcer() -> impl IntoView {
    let views = use_views();
    let t = use_texts();
    let said =
        move || views.transcript.with(|transcript| transcript.announced.as_ref().map(|entry| aloud(&entry.item, t())));
    view! { <p class="visually-hidden" role="status" data-testid="transcript-announcer">{said}</p> }
}

fn aloud(item: &Item, t: &'static Texts) -> String {
    match item {
        Item::Line(line) => format!("{}: {}", t.transcript.server, line.text),
        Item::Deviation(deviation) => (t.transcript.rule)(deviation.rule).to_owned(),
        Item::Note(note) => (t.transcript.note_text)(note).0,
    }
}
