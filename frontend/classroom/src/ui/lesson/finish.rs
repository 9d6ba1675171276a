//! What is said to a finished lesson, and where it goes on.

use leptos::prelude::*;

use super::part;
use crate::{
    app::{Msg, Place, Recording, hash_of, view::FinishedVm},
    i18n::{Language, texts},
    ui::{
        icon::Icon,
        rich,
        runtime::{use_dispatch, use_language},
    },
};

#[component]
pub(super) fn Finished() -> impl IntoView {
    let language = use_language();
    let finished = part(|lesson| lesson.finished.clone());
    move || finished.get().map(|finished| panel(&finished, language.get()))
}

/// Whoever builds the lesson can make this way its solution.
fn record() -> impl IntoView {
    let t = texts(use_language().get_untracked());
    let dispatch = use_dispatch();
    view! {
        <button
            class="button button-main"
            type="button"
            data-testid="record"
            title=t.build.record_lead
            on:click=dispatch.press(|| Msg::WayKept(Recording::Solution))
        >
            {t.build.record}
        </button>
    }
}

fn panel(finished: &FinishedVm, language: Language) -> impl IntoView + use<> {
    let t = texts(language);
    let next = finished.next.clone().map(|(number, title, address)| {
        view! {
            <a class="button button-main" href=address data-testid="next">{(t.lesson.next)(number, &title)}</a>
        }
    });
    view! {
        <section class="finished" aria-labelledby="praise" data-testid="finished">
            <h2 id="praise" tabindex="-1">{Icon::Done.draw()} {t.lesson.praise}</h2>
            {finished.was_shown.then(|| view! { <p><strong>{t.lesson.was_shown}</strong></p> })}
            {rich::text(&finished.praise)}
            <div class="finished-card">
                <h3>{t.lesson.card}</h3>
                {rich::text(&finished.card)}
            </div>
            <p class="lesson-tools">
                {next}
                {finished.can_record.then(record)}
                <a class="button" href=hash_of(Place::List, language) data-testid="to-all">{t.lesson.to_list}</a>
            </p>
        </section>
    }
}
