//! The scenario builder: tools, what is lacking, what was said, and the form below.

mod field;
mod part;
mod ways;

use leptos::prelude::*;

use self::{part::PartView, ways::WaysSaid};
use super::{
    icon::Icon,
    runtime::{say, use_dispatch, use_texts, use_views},
};
use crate::app::{
    BuildMsg, Msg, Part,
    view::{BuildVm, LackVm, NoticeVm},
};

/// A part of the builder that is shown, drawn anew only when that changes.
pub(super) fn build_part<T: PartialEq + Clone + Default + Send + Sync + 'static>(
    of: impl Fn(&BuildVm) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let build = use_views().build;
    Memo::new(move |_| build.with(|build| build.as_ref().map(&of).unwrap_or_default()))
}

#[component]
pub(super) fn BuildScreen() -> impl IntoView {
    view! {
        <div class="class-column build" data-testid="build">
            <div class="class-head">
                <h1 id="screen-heading" tabindex="-1">{say(|t| t.build.heading)}</h1>
                <p class="lead">{say(|t| t.build.lead)}</p>
            </div>
            <Begin />
            <section class="card build-bar" aria-label=say(|t| t.build.tools)>
                <Tools />
                <Said />
                <Link />
                <Lacking />
                <WaysSaid />
            </section>
            <div class="build-form">
                {Part::TOP.into_iter().map(|part| view! { <PartView part level=2 /> }).collect_view()}
            </div>
        </div>
    }
}

#[component]
fn Begin() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let chosen = RwSignal::new(String::new());
    let examples = build_part(|build| build.examples.clone());
    let lessons = build_part(|build| build.lessons.clone());
    let options = |rows: Vec<(String, String)>| {
        rows.into_iter().map(|(word, name)| view! { <option value=word>{name}</option> }).collect_view()
    };
    let begin = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let word = chosen.get_untracked();
        let first = || examples.with_untracked(|rows| rows.first().map(|(word, _)| word.clone()).unwrap_or_default());
        dispatch.send(Msg::Build(BuildMsg::Began(if word.is_empty() { first() } else { word })));
    };
    view! {
        <form class="build-begin" on:submit=begin>
            <div class="build-field">
                <label for="build-beginning">{say(|t| t.build.begin_with)}</label>
                <select
                    id="build-beginning"
                    data-testid="beginning"
                    aria-describedby="build-beginning-hint"
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    <optgroup label=move || t().build.examples>{move || options(examples.get())}</optgroup>
                    <optgroup label=move || t().build.lessons>{move || options(lessons.get())}</optgroup>
                </select>
            </div>
            <button class="button" type="submit" data-testid="begin">{say(|t| t.build.begin_button)}</button>
            <p class="muted" id="build-beginning-hint">{say(|t| t.build.begin_lead)}</p>
        </form>
    }
}

#[component]
fn Tools() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let is_saved = build_part(|build| build.is_saved);
    let can_undo = build_part(|build| build.can_undo);
    let try_address = build_part(|build| build.try_address.clone());
    let press = move |msg: fn() -> BuildMsg| move |_: web_sys::MouseEvent| dispatch.send(Msg::Build(msg()));
    view! {
        <div class="build-tools">
            <a class="button button-main" href=try_address data-testid="try">{say(|t| t.build.try_out)}</a>
            <button class="button" type="button" data-testid="save-scenario" on:click=press(|| BuildMsg::SavePressed)>
                {say(|t| t.build.save)}
            </button>
            <label class="button list-file">
                {say(|t| t.build.load)}
                <input
                    class="visually-hidden"
                    id="scenario-file"
                    data-testid="load-scenario"
                    type="file"
                    accept=".txt,.toml,text/plain"
                    on:change=move |_| dispatch.send(Msg::ScenarioFileChosen)
                />
            </label>
            <button class="button" type="button" data-testid="make-link" on:click=press(|| BuildMsg::LinkPressed)>
                {say(|t| t.build.make_link)}
            </button>
            <button
                class="button"
                type="button"
                data-testid="build-undo"
                aria-disabled=move || (!can_undo.get()).to_string()
                on:click=press(|| BuildMsg::UndoPressed)
            >
                {say(|t| t.build.undo)}
            </button>
            <span class="muted" data-testid="saved">
                {move || if is_saved.get() { "" } else { t().build.is_changed }}
            </span>
        </div>
    }
}

/// The region is always there, so that screen readers notice what appears in it.
#[component]
fn Said() -> impl IntoView {
    let notice = build_part(|build| build.notice.clone());
    let show = |notice: NoticeVm| {
        let class = if notice.is_error { "notice notice-error" } else { "notice" };
        view! {
            <div class=class data-testid="build-notice" data-error=notice.is_error.to_string()>
                {notice.is_error.then(|| Icon::Warning.draw())}
                <div class="trouble">
                    <p>{notice.text}</p>
                    {bad_line(notice.line, notice.detail)}
                </div>
            </div>
        }
    };
    view! { <div id="build-notice" class="build-said" role="status" tabindex="-1">{move || notice.get().map(show)}</div> }
}

/// A line that cannot be read, and what the reader says of it, in English.
pub(super) fn bad_line(line: Option<String>, detail: Option<String>) -> impl IntoView {
    view! {
        {line.map(|line| view! { <p class="build-bad-line"><code data-testid="bad-line">{line}</code></p> })}
        {detail.map(|detail| view! { <p class="muted" lang="en" data-testid="bad-detail">"TOML: " {detail}</p> })}
    }
}

#[component]
fn Link() -> impl IntoView {
    let dispatch = use_dispatch();
    let link = build_part(|build| build.link.clone());
    let show = move |link: String| {
        view! {
            <div class="build-link">
                <div class="build-field">
                    <label for="scenario-link">{say(|t| t.build.link)}</label>
                    <input
                        id="scenario-link"
                        class="mono"
                        data-testid="scenario-link"
                        readonly
                        aria-describedby="scenario-link-hint"
                        prop:value=link
                    />
                </div>
                <button
                    class="button"
                    type="button"
                    data-testid="copy-link"
                    on:click=move |_| dispatch.send(Msg::Build(BuildMsg::CopyPressed))
                >
                    {say(|t| t.build.copy)}
                </button>
                <p class="muted" id="scenario-link-hint">{say(|t| t.build.link_lead)}</p>
            </div>
        }
    };
    move || link.get().map(show)
}

#[component]
fn Lacking() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let lacks = build_part(|build| build.lacks.clone());
    let row = move |lack: LackVm| {
        let spot = lack.spot;
        view! {
            <li>
                <button
                    class="build-lack"
                    type="button"
                    on:click=move |_| dispatch.send(Msg::Build(BuildMsg::Wanted(spot.clone())))
                >
                    {lack.text}
                </button>
            </li>
        }
    };
    view! {
        <div class="build-lacking" data-testid="lacking" data-count=move || lacks.with(Vec::len).to_string()>
            {move || {
                let rows = lacks.get();
                if rows.is_empty() {
                    view! { <p class="build-ready">{Icon::Done.draw()} {t().build.ready}</p> }.into_any()
                } else {
                    let heading = (t().build.lacking)(rows.len());
                    view! {
                        <p class="build-missing">{Icon::Warning.draw()} {heading}</p>
                        <ul class="build-lacks">{rows.into_iter().map(row).collect_view()}</ul>
                    }
                    .into_any()
                }
            }}
        </div>
    }
}
