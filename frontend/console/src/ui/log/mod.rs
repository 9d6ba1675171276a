//! What was said, line by line, as it happens. All lines together are one stop of Tab: the arrows go from line to line.

mod entry;
mod explaining;
mod tokens;

use leptos::{html::Div, prelude::*};
use popglass_frontend::ui::transcript::drawn::{Drawn, Follow};

use self::{
    entry::EntryRow,
    explaining::{Explaining, explaining},
};
use super::runtime::{say, use_language, use_page_texts, use_views};

#[component]
pub(super) fn Log() -> impl IntoView {
    let views = use_views();
    let language = use_language();
    let page = use_page_texts();
    let log = NodeRef::<Div>::new();
    let follow = Follow::new(log);
    let drawn = Drawn::of(views.log, |log| log);
    let last = drawn.last();
    let passages = drawn.passages();
    // Where the console is put into another place, it begins with what is newest.
    Effect::new(move || {
        views.placed.track();
        if last.get().is_some() {
            follow.grown();
        }
    });
    let sides = Memo::new(move |_| views.console.with(|console| console.sides));
    let hex = Memo::new(move |_| views.console.with(|console| console.hex));
    let Explaining { clicked, pressed, pointed_at } = explaining(log);
    // The button goes away; the focus must not.
    let to_newest = move |_| {
        log.get_untracked().into_iter().for_each(|log| drop(log.focus()));
        follow.take_up();
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
                on:scroll=move |_| follow.scrolled()
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
            <Show when=move || !follow.follows()>
                <button class="button transcript-newest" type="button" on:click=to_newest>
                    {move || page().transcript.to_newest}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Passage(passage: u64, drawn: Drawn, hex: bool) -> impl IntoView {
    let entries = move || drawn.passage(passage);
    view! {
        <div class="passage">
            <For each=entries key=|logged| logged.entry.sequence children=move |logged| view! { <EntryRow logged hex /> } />
        </div>
    }
}
