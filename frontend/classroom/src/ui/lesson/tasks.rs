//! The tasks as a list that ticks itself.

use leptos::prelude::*;

use super::part;
use crate::{
    app::view::TaskVm,
    i18n::Texts,
    ui::{
        icon::Icon,
        rich,
        runtime::{say, use_texts},
    },
};

#[component]
pub(super) fn Tasks() -> impl IntoView {
    let t = use_texts();
    let tasks = part(|lesson| lesson.tasks.clone());
    let count = move || {
        tasks.with(|tasks| (t().lesson.tasks_met)(tasks.iter().filter(|task| task.is_met).count(), tasks.len()))
    };
    view! {
        <section aria-labelledby="tasks-heading" class="lesson-part">
            <div class="lesson-part-head">
                <h2 id="tasks-heading">{say(|t| t.lesson.tasks)}</h2>
                <span class="muted" data-testid="tasks-met">{count}</span>
            </div>
            <ul class="tasks">{move || tasks.get().into_iter().map(|task| row(task, t())).collect_view()}</ul>
        </section>
    }
}

fn row(task: TaskVm, t: &'static Texts) -> impl IntoView {
    let (icon, state) = if task.is_met { (Icon::Done, t.lesson.met) } else { (Icon::Open, t.lesson.open) };
    let difference = task.difference.map(|(expected, seen)| {
        view! {
            <dl class="task-difference">
                <div><dt>{t.lesson.expected}</dt><dd>{expected}</dd></div>
                <div><dt>{t.lesson.seen}</dt><dd>{seen}</dd></div>
            </dl>
        }
    });
    view! {
        <li class="task" data-testid="task" data-id=task.id data-met=task.is_met.to_string()>
            {icon.draw()}
            <div>
                <p>{rich::line(&task.text)} " " <span class="task-state">{state}</span></p>
                {difference}
            </div>
        </li>
    }
}
