//! The conversation between client and server, line by line, as it happens.

mod console_host;
pub mod drawn;
pub mod entry;

use leptos::{html::Div, prelude::*};

pub(super) use self::console_host::ConsoleHost;
use self::{
    drawn::{Drawn, Follow},
    entry::EntryRow,
};
use super::runtime::{say, use_dispatch, use_language, use_texts, use_views};
use crate::{
    app::{Msg, terms::Item},
    i18n::Texts,
};

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
    let follow = Follow::new(log);
    let drawn = Drawn::of(views.transcript, |transcript| &transcript.entries);
    let last = drawn.last();
    let passages = drawn.passages();
    Effect::new(move || {
        let opened = views.shell.with(|shell| shell.transcript_open);
        if last.get().is_some() && opened {
            follow.grown();
        }
    });
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
                on:scroll=move |_| follow.scrolled()
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
            <Show when=move || !follow.follows()>
                <button
                    class="button transcript-newest"
                    type="button"
                    on:click=move |_| follow.take_up()
                >
                    {say(|t| t.transcript.to_newest)}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Passage(passage: u64, drawn: Drawn) -> impl IntoView {
    let entries = move || drawn.passage(passage);
    view! {
        <div class="passage">
            <For each=entries key=|logged| logged.entry.sequence children=|logged| view! { <EntryRow logged /> } />
        </div>
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
