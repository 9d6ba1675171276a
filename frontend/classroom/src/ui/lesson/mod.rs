//! A lesson: story and tasks beside the workbench, and below them whatever helps on.

mod finish;
mod help;
mod questions;
mod tasks;

use leptos::prelude::*;

use self::{finish::Finished, help::Help, questions::Questions, tasks::Tasks};
use super::{
    panes::Workbench,
    rich,
    runtime::{say, use_dispatch, use_language, use_texts, use_views},
};
use crate::app::{Msg, Place, Recording, hash_of, view::LessonVm};

#[component]
pub(super) fn LessonScreen() -> impl IntoView {
    view! {
        <div class="lesson" data-testid="lesson">
            <div class="lesson-words">
                <Tried />
                <Head />
                <DeadEnd />
                <Finished />
                <Story />
                <Tasks />
                <Questions />
                <Help />
            </div>
            <Workbench />
            <Announcer />
        </div>
    }
}

/// A part of the lesson that is shown, drawn anew only when that part changes.
pub(super) fn part<T: PartialEq + Clone + Default + Send + Sync + 'static>(of: fn(&LessonVm) -> T) -> Memo<T> {
    let lesson = use_views().lesson;
    Memo::new(move |_| lesson.with(|lesson| lesson.as_ref().map(of).unwrap_or_default()))
}

#[component]
fn Head() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let title = part(|lesson| lesson.title.clone());
    let goal = part(|lesson| lesson.goal.clone());
    let facts = part(|lesson| (lesson.number, lesson.minutes, lesson.seed));
    let address = part(|lesson| lesson.address.clone());
    let score = part(|lesson| lesson.score);
    let can_undo = part(|lesson| lesson.can_undo);
    view! {
        <header class="lesson-head">
            <p class="muted">
                {move || { let (number, minutes, _) = facts.get(); format!("{} · {}", number.map_or_else(|| t().build.scenario.to_owned(), t().list.number), (t().list.minutes)(minutes)) }}
                " · "
                <a href=address title=say(|t| t.lesson.permalink) data-testid="permalink">
                    {move || (t().lesson.seed)(facts.get().2)}
                </a>
            </p>
            <h1 id="screen-heading" tabindex="-1" data-testid="lesson-title">{title}</h1>
            <div class="lead">{move || rich::text(&goal.get())}</div>
            <div class="lesson-tools">
                <button
                    class="button"
                    type="button"
                    data-testid="undo"
                    aria-disabled=move || (!can_undo.get()).to_string()
                    on:click=dispatch.press(|| Msg::UndoPressed)
                >
                    {say(|t| t.lesson.undo)}
                </button>
                <button class="button" type="button" data-testid="reset" on:click=dispatch.press(|| Msg::ResetPressed)>
                    {say(|t| t.lesson.reset)}
                </button>
                <button
                    class="button"
                    type="button"
                    data-testid="new-numbers"
                    on:click=dispatch.press(|| Msg::NewNumbersPressed)
                >
                    {say(|t| t.lesson.new_numbers)}
                </button>
            </div>
            {move || score.get().map(|(moves, solution)| view! {
                <p class="muted" data-testid="score">{(t().lesson.score)(moves, solution)}</p>
            })}
        </header>
    }
}

/// Whoever builds the lesson finds the way back.
#[component]
fn Tried() -> impl IntoView {
    let language = use_language();
    let dispatch = use_dispatch();
    let is_tried = part(|lesson| lesson.is_tried);
    let can_keep = part(|lesson| lesson.can_keep);
    view! {
        <Show when=move || is_tried.get()>
            <section class="build-tried" aria-label=say(|t| t.build.try_out) data-testid="tried">
                <p>{say(|t| t.build.tried)}</p>
                <a class="button" href=move || hash_of(Place::Build, language.get()) data-testid="back-to-build">
                    {say(|t| t.build.back)}
                </a>
                <Show when=move || can_keep.get()>
                    <p>{say(|t| t.build.ways.keep_lead)}</p>
                    <button
                        class="button"
                        type="button"
                        data-testid="keep-wrong"
                        on:click=dispatch.press(|| Msg::WayKept(Recording::Wrong))
                    >
                        {say(|t| t.build.ways.keep_wrong)}
                    </button>
                    <button
                        class="button"
                        type="button"
                        data-testid="keep-dead-end"
                        on:click=dispatch.press(|| Msg::WayKept(Recording::DeadEnd))
                    >
                        {say(|t| t.build.ways.keep_dead_end)}
                    </button>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Story() -> impl IntoView {
    let story = part(|lesson| lesson.story.clone());
    view! {
        <section aria-labelledby="story-heading" class="lesson-part lesson-story">
            <h2 id="story-heading">{say(|t| t.lesson.story)}</h2>
            {move || rich::text(&story.get())}
        </section>
    }
}

/// The region is always there, so that screen readers notice what appears in it.
#[component]
fn DeadEnd() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let dead_end = part(|lesson| lesson.dead_end.clone());
    view! {
        <div role="alert" class="lesson-alert">
            {move || dead_end.get().map(|text| view! {
                <div class="notice notice-warning" data-testid="dead-end">
                    {super::icon::Icon::Warning.draw()}
                    <div class="trouble">
                        <p class="trouble-what">{t().lesson.dead_end}</p>
                        {rich::text(&text)}
                    </div>
                    <button
                        class="button"
                        type="button"
                        data-testid="dead-end-reset"
                        on:click=dispatch.press(|| Msg::ResetPressed)
                    >
                        {t().lesson.reset}
                    </button>
                    <button class="button" type="button" on:click=dispatch.press(|| Msg::UndoPressed)>
                        {t().lesson.undo}
                    </button>
                </div>
            })}
        </div>
    }
}

/// Says once what came of a move; the transcript itself stays silent.
#[component]
fn Announcer() -> impl IntoView {
    let said = part(|lesson| lesson.said.clone());
    view! {
        <div class="visually-hidden" role="log" aria-live="polite" data-testid="announcer">
            <For each=move || said.get() key=|said| said.number children=|said| view! { <p>{said.text}</p> } />
        </div>
    }
}
