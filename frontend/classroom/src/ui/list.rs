//! The list of lessons, with progress, cards and the file that takes progress along.

use leptos::prelude::*;

use super::{
    build::bad_line,
    icon::Icon,
    rich,
    runtime::{say, use_dispatch, use_texts, use_views},
};
use crate::app::{
    Group, Msg, ScenarioFlaw,
    view::{CardVm, LessonRow, Loaded},
};

#[component]
pub(super) fn ListScreen() -> impl IntoView {
    let list = use_views().list;
    let t = use_texts();
    let groups = Memo::new(move |_| list.with(|list| list.groups.clone()));
    let counts = Memo::new(move |_| list.with(|list| (list.done, list.all)));
    let said = move || {
        let (done, all) = counts.get();
        (t().list.progress)(done, all)
    };
    view! {
        <div class="class-column" data-testid="lessons">
            <div class="class-head">
                <h1 id="screen-heading" tabindex="-1">{say(|t| t.list.heading)}</h1>
                <p class="lead">{say(|t| t.list.lead)}</p>
                <p class="list-progress">
                    <progress
                        max=move || counts.get().1.to_string()
                        value=move || counts.get().0.to_string()
                        aria-labelledby="list-progress-text"
                    ></progress>
                    <span id="list-progress-text" data-testid="progress">{said}</span>
                </p>
            </div>
            {move || groups.get().into_iter().map(|(group, rows)| lessons(group, rows, t())).collect_view()}
            <Cards />
            <Scenario />
            <Keeping />
        </div>
    }
}

fn lessons(group: Group, rows: Vec<LessonRow>, t: &'static crate::i18n::Texts) -> impl IntoView {
    let (heading, lead) = (t.list.group)(group);
    let id = format!("group-{group:?}");
    let labelled = id.clone();
    view! {
        <section aria-labelledby=labelled class="list-group">
            <div class="list-group-head">
                <h2 id=id>{heading}</h2>
                <p class="muted">{lead}</p>
            </div>
            <ul class="list-lessons">
                {rows.into_iter().map(|row| lesson(row, t)).collect_view()}
            </ul>
        </section>
    }
}

fn lesson(row: LessonRow, t: &'static crate::i18n::Texts) -> impl IntoView {
    let action = if row.is_begun { t.list.go_on } else { t.list.begin };
    let done = row.is_done.then(|| {
        view! {
            <span class="list-done" data-testid="done">{Icon::Done.draw()}<span>{t.list.done}</span></span>
        }
    });
    view! {
        <li class="list-lesson" class:list-lesson-done=row.is_done data-testid="lesson-row" data-number=row.number>
            <span class="list-number" aria-hidden="true">{row.number}</span>
            <div class="list-words">
                <h3>
                    <a href=row.address.clone()>
                        <span class="visually-hidden">{(t.list.number)(row.number)} ": "</span>
                        {row.title.clone()}
                    </a>
                </h3>
                <p>{rich::words(&row.goal)}</p>
                <p class="list-facts muted">
                    <span>{(t.list.minutes)(row.minutes)}</span>
                    {done}
                    {row.is_begun.then_some(view! { <span>{action}</span> })}
                </p>
            </div>
        </li>
    }
}

#[component]
fn Cards() -> impl IntoView {
    let list = use_views().list;
    let t = use_texts();
    let cards = Memo::new(move |_| list.with(|list| list.cards.clone()));
    view! {
        <section aria-labelledby="cards-heading" class="list-group">
            <div class="list-group-head">
                <h2 id="cards-heading">{say(|t| t.list.cards)}</h2>
                <p class="muted">
                    {move || if cards.with(Vec::is_empty) { t().list.cards_none } else { t().list.cards_lead }}
                </p>
            </div>
            <dl class="cards">{move || cards.get().into_iter().map(card).collect_view()}</dl>
        </section>
    }
}

fn card(card: CardVm) -> impl IntoView {
    view! {
        <div class="card list-card" data-testid="card">
            <dt>{card.number} " · " {card.title}</dt>
            <dd>{rich::text(&card.text)}</dd>
        </div>
    }
}

/// Whoever got a file from a teacher plays it from here.
#[component]
fn Scenario() -> impl IntoView {
    let list = use_views().list;
    let t = use_texts();
    let dispatch = use_dispatch();
    let flaw = Memo::new(move |_| list.with(|list| list.scenario_flaw.clone()));
    let said = move || {
        flaw.get().map(|flaw| {
            let bad = match &flaw {
                ScenarioFlaw::Unreadable(bad) => Some((bad.shown.clone(), bad.said.clone())),
                _ => None,
            };
            let (line, detail) = bad.unzip();
            view! {
                <div class="notice notice-error" data-testid="scenario-flaw">
                    <div class="trouble">
                        <p>{(t().build.flaw)(&flaw)}</p>
                        {bad_line(line.filter(|line| !line.trim().is_empty()), detail)}
                    </div>
                </div>
            }
        })
    };
    view! {
        <section aria-labelledby="scenario-heading" class="list-group">
            <div class="list-group-head">
                <h2 id="scenario-heading">{say(|t| t.build.list_heading)}</h2>
                <p class="muted">{say(|t| t.build.list_lead)}</p>
            </div>
            <div class="list-keep">
                <label class="button list-file">
                    {say(|t| t.build.list_load)}
                    <input
                        class="visually-hidden"
                        id="scenario-file"
                        data-testid="load-scenario"
                        type="file"
                        accept=".txt,.toml,text/plain"
                        on:change=move |_| dispatch.send(Msg::ScenarioFileChosen)
                    />
                </label>
            </div>
            <div role="alert">{said}</div>
        </section>
    }
}

#[component]
fn Keeping() -> impl IntoView {
    let list = use_views().list;
    let t = use_texts();
    let dispatch = use_dispatch();
    let loaded = Memo::new(move |_| list.with(|list| list.loaded));
    let said = move || {
        loaded.get().map(|loaded| match loaded {
            Loaded::Taken(count) => (t().list.loaded)(count),
            Loaded::Refused(fault) => (t().list.not_loaded)(fault),
        })
    };
    view! {
        <section aria-labelledby="keep-heading" class="list-group">
            <div class="list-group-head">
                <h2 id="keep-heading">{say(|t| t.list.keep)}</h2>
                <p class="muted">{say(|t| t.list.keep_lead)}</p>
            </div>
            <div class="list-keep">
                <button
                    class="button"
                    type="button"
                    data-testid="save-progress"
                    on:click=dispatch.press(|| Msg::ProgressSavePressed)
                >
                    {say(|t| t.list.save)}
                </button>
                <label class="button list-file">
                    {say(|t| t.list.load)}
                    <input
                        class="visually-hidden"
                        id="progress-file"
                        data-testid="load-progress"
                        type="file"
                        accept=".txt,text/plain"
                        on:change=move |_| dispatch.send(Msg::ProgressFileChosen)
                    />
                </label>
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid="score-switch"
                        prop:checked=move || list.with(|list| list.shows_score)
                        on:change=move |event| dispatch.send(Msg::ScoreSwitched(event_target_checked(&event)))
                    />
                    <span>{say(|t| t.list.score)}</span>
                </label>
            </div>
            <p role="status" data-testid="loaded">{said}</p>
        </section>
    }
}
