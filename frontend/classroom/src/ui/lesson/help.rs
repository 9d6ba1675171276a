//! Hints one after the other, and the solution after a confirmation.

use leptos::prelude::*;

use super::part;
use crate::{
    app::Msg,
    ui::{
        rich,
        runtime::{say, use_dispatch, use_texts},
    },
};

#[component]
pub(super) fn Help() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let hints = part(|lesson| lesson.hints.clone());
    let all = part(|lesson| lesson.hints_max);
    let asked = part(|lesson| lesson.is_show_asked);
    let shown = part(|lesson| lesson.shown.clone());
    let can_show = part(|lesson| lesson.can_show);
    let has_more = Memo::new(move |_| hints.with(Vec::len) < all.get());
    let is_shown = Memo::new(move |_| shown.with(Option::is_some));
    let show_hints = move || {
        let hints = hints.get();
        let count = hints.len();
        let row = |(index, hint): (usize, Vec<crate::app::Paragraph>)| {
            let id = if index + 1 == count { "newest-hint" } else { "" };
            view! {
                <li class="hint" id=id tabindex="-1" data-testid="hint">
                    <p class="hint-number">{(t().lesson.hint)(index + 1, all.get())}</p>
                    {rich::text(&hint)}
                </li>
            }
        };
        hints.into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <section aria-labelledby="help-heading" class="lesson-part">
            <h2 id="help-heading">{say(|t| t.lesson.stuck)}</h2>
            <ol class="hints">{show_hints}</ol>
            <div class="lesson-tools">
                <Show when=move || has_more.get()>
                    <button class="button" type="button" data-testid="hint-button" on:click=dispatch.press(|| Msg::HintPressed)>
                        {move || (t().lesson.next_hint)(hints.with(Vec::len) + 1, all.get())}
                    </button>
                </Show>
                <Show when=move || can_show.get() && !asked.get() && !is_shown.get()>
                    <button class="button" type="button" data-testid="show-button" on:click=dispatch.press(|| Msg::ShowPressed)>
                        {say(|t| t.lesson.show)}
                    </button>
                </Show>
            </div>
            <Show when=move || asked.get()>
                <ShowQuestion />
            </Show>
            <Show when=move || is_shown.get()>
                <Solution />
            </Show>
        </section>
    }
}

#[component]
fn ShowQuestion() -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <div class="notice" role="group" aria-labelledby="show-question">
            <p id="show-question" tabindex="-1">{say(|t| t.lesson.show_question)}</p>
            <button class="button button-main" type="button" data-testid="show-yes" on:click=dispatch.press(|| Msg::ShowConfirmed)>
                {say(|t| t.lesson.show_yes)}
            </button>
            <button class="button" type="button" data-testid="show-no" on:click=dispatch.press(|| Msg::ShowDeclined)>
                {say(|t| t.lesson.show_no)}
            </button>
        </div>
    }
}

#[component]
fn Solution() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let shown = part(|lesson| lesson.shown.clone());
    let steps = move || {
        let steps = shown.with(|shown| shown.as_ref().map(|shown| shown.steps.clone()).unwrap_or_default());
        steps.iter().map(|step| view! { <li>{rich::words(step)}</li> }).collect_view()
    };
    let next = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().filter(|it| it.steps.len() < it.all).map(|it| (it.steps.len() + 1, it.all)))
    });
    view! {
        <div class="notice solution" data-testid="solution">
            <div class="trouble">
                <p class="trouble-what" id="shown" tabindex="-1">{say(|t| t.lesson.showing)}</p>
                <ol class="solution-steps">{steps}</ol>
                {move || next.with(Option::is_none).then(|| view! { <p>{t().lesson.show_over}</p> })}
            </div>
            // The button stays the same from step to step, and so keeps the focus.
            <Show when=move || next.with(Option::is_some)>
                <button
                    class="button button-main"
                    type="button"
                    data-testid="show-next"
                    on:click=dispatch.press(|| Msg::ShowNextPressed)
                >
                    {move || next.get().map(|(step, all)| (t().lesson.show_next)(step, all))}
                </button>
            </Show>
            <Show when=move || next.with(Option::is_none)>
                <button
                    class="button button-main"
                    type="button"
                    data-testid="show-reset"
                    on:click=dispatch.press(|| Msg::ResetPressed)
                >
                    {say(|t| t.lesson.reset)}
                </button>
            </Show>
        </div>
    }
}
