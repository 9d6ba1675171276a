//! What can be done with a message.

use leptos::prelude::*;

use crate::{
    app::{
        Msg, Step,
        view::{ReaderStageVm, ReaderVm},
    },
    ui::{
        icon::Icon,
        runtime::{say, use_dispatch, use_texts, use_views},
    },
};

#[component]
pub(super) fn Toolbar() -> impl IntoView {
    let reader = use_views().reader;
    let dispatch = use_dispatch();
    let flag =
        move |of: fn(&ReaderVm) -> bool| Memo::new(move |_| reader.with(|reader| reader.as_ref().is_some_and(of)));
    let has_next = flag(|reader| reader.has_next);
    let has_previous = flag(|reader| reader.has_previous);
    let is_here = flag(|reader| matches!(reader.stage, ReaderStageVm::Shown(_)));
    view! {
        <div class="toolbar">
            <button
                class="button"
                type="button"
                data-testid="reader-back"
                title=say(|t| t.reader.back)
                on:click=dispatch.press(|| Msg::ReaderClosed)
            >
                {Icon::Back.draw()}
                <span>{say(|t| t.reader.back)}</span>
            </button>
            <div class="toolbar-pair">
                <button
                    class="button button-icon"
                    type="button"
                    data-testid="reader-previous"
                    aria-label=say(|t| t.reader.previous)
                    title=say(|t| t.reader.previous)
                    aria-disabled=move || (!has_previous.get()).to_string()
                    on:click=dispatch.press(|| Msg::NeighbourPressed(Step::Previous))
                >
                    {Icon::Newer.draw()}
                </button>
                <button
                    class="button button-icon"
                    type="button"
                    data-testid="reader-next"
                    aria-label=say(|t| t.reader.next)
                    title=say(|t| t.reader.next)
                    aria-disabled=move || (!has_next.get()).to_string()
                    on:click=dispatch.press(|| Msg::NeighbourPressed(Step::Next))
                >
                    {Icon::Older.draw()}
                </button>
            </div>
            <div class="toolbar-end">
                <Show when=move || is_here.get()>
                    <button
                        class="button"
                        type="button"
                        data-testid="save-eml"
                        title=say(|t| t.reader.save)
                        on:click=dispatch.press(|| Msg::SaveMessagePressed)
                    >
                        {Icon::Save.draw()}
                        <span>{say(|t| t.reader.save)}</span>
                    </button>
                </Show>
                <MarkButton />
            </div>
        </div>
    }
}

/// One button that changes its meaning, so that the focus stays on it.
#[component]
fn MarkButton() -> impl IntoView {
    let reader = use_views().reader;
    let t = use_texts();
    let dispatch = use_dispatch();
    let state = Memo::new(move |_| reader.with(|reader| reader.as_ref().map(|reader| (reader.number, reader.marked))));
    let marked = move || state.get().is_some_and(|(_, marked)| marked);
    view! {
        <button
            class="button"
            type="button"
            data-testid=move || if marked() { "reader-undo" } else { "reader-delete" }
            title=move || if marked() { t().reader.undo } else { t().reader.delete }
            on:click=move |_| match state.get_untracked() {
                Some((number, true)) => dispatch.send(Msg::UnmarkPressed(number)),
                Some((number, false)) => dispatch.send(Msg::MarkPressed(number)),
                None => {}
            }
        >
            {move || if marked() { Icon::Undo.draw() } else { Icon::Bin.draw() }}
            <span>{move || if marked() { t().reader.undo } else { t().reader.delete }}</span>
        </button>
    }
}
