//! The ways to look at a message: text, HTML in its frame, header fields, source.

use std::sync::Arc;

use leptos::prelude::*;
use popglass_mail_worker::wire::{Message, Paragraph, Span};

use super::frame::Frame;
use crate::{
    app::{
        Msg, Step, Tab,
        view::{ReaderStageVm, ShownVm},
    },
    ui::runtime::{say, use_dispatch, use_texts, use_views},
};

fn project<T>(of: fn(&ShownVm) -> T) -> Memo<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
{
    let reader = use_views().reader;
    Memo::new(move |_| {
        reader.with(|reader| match &reader.as_ref()?.stage {
            ReaderStageVm::Shown(shown) => Some(of(shown)),
            ReaderStageVm::Loading | ReaderStageVm::Cancelled | ReaderStageVm::Refused(_) => None,
        })
    })
}

fn name_in_markup(tab: Tab) -> &'static str {
    match tab {
        Tab::Text => "tab-text",
        Tab::Html => "tab-html",
        Tab::Header => "tab-header",
        Tab::Source => "tab-source",
    }
}

#[component]
pub(super) fn Views(message: Option<Arc<Message>>) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let tabs = project(|shown| shown.tabs.clone());
    let chosen = project(|shown| shown.tab);
    let button = move |tab: Tab| {
        let is_chosen = Memo::new(move |_| chosen.get() == Some(tab));
        view! {
            <button
                class="tab"
                type="button"
                role="tab"
                id=move || is_chosen.get().then_some("reader-tab-chosen")
                data-testid=name_in_markup(tab)
                aria-selected=move || is_chosen.get().to_string()
                aria-controls="reader-panel"
                tabindex=move || if is_chosen.get() { "0" } else { "-1" }
                on:click=move |_| dispatch.send(Msg::TabChosen(tab))
            >
                {move || (t().reader.tab)(tab)}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=say(|t| t.reader.views) on:keydown=move |event| {
            if let Some(step) = step_of(&event.key()) {
                event.prevent_default();
                dispatch.send(Msg::TabMoved(step));
            }
        }>
            {move || tabs.get().unwrap_or_default().into_iter().map(button).collect_view()}
        </div>
        <div class="panel" role="tabpanel" id="reader-panel" aria-labelledby="reader-tab-chosen" tabindex="0">
            {move || match (chosen.get(), &message) {
                (Some(Tab::Text), Some(message)) => text(message, t().reader.no_text),
                (Some(Tab::Html), Some(message)) => view! { <Frame message=Arc::clone(message) /> }.into_any(),
                (Some(Tab::Header), Some(message)) => {
                    header(message, t().reader.header_name, t().reader.header_value).into_any()
                }
                (Some(Tab::Source), _) => view! { <Source /> }.into_any(),
                (Some(_) | None, _) => ().into_any(),
            }}
        </div>
    }
}

fn step_of(key: &str) -> Option<Step> {
    Some(match key {
        "ArrowRight" => Step::Next,
        "ArrowLeft" => Step::Previous,
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return None,
    })
}

/// Depths beyond this look alike: every one costs width.
const QUOTE_DEPTH_SHOWN_MAX: usize = 5;

fn text(message: &Message, nothing: &'static str) -> AnyView {
    if message.text.is_empty() {
        return view! { <p class="muted" data-testid="reader-text">{nothing}</p> }.into_any();
    }
    let paragraph = |paragraph: &Paragraph| {
        let spans = paragraph.spans.iter().map(span).collect_view();
        view! { <p class="para" data-quote=paragraph.quote_depth.min(QUOTE_DEPTH_SHOWN_MAX).to_string()>{spans}</p> }
    };
    let paragraphs = message.text.iter().map(paragraph).collect_view();
    view! { <div class="reader-text" data-testid="reader-text" dir="auto">{paragraphs}</div> }.into_any()
}

fn span(span: &Span) -> AnyView {
    match span {
        Span::Text(text) => text.clone().into_any(),
        Span::Link(address) => view! {
            <a href=address.clone() target="_blank" rel="noopener noreferrer nofollow">{address.clone()}</a>
        }
        .into_any(),
    }
}

fn header(message: &Message, name: &'static str, value: &'static str) -> impl IntoView + use<> {
    let rows = message
        .header
        .iter()
        .map(|(name, value)| view! { <tr><th scope="row">{name.clone()}</th><td><bdi>{value.clone()}</bdi></td></tr> })
        .collect_view();
    view! {
        <table class="fields" data-testid="reader-header">
            <thead><tr><th scope="col">{name}</th><th scope="col">{value}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Source() -> impl IntoView {
    let t = use_texts();
    let source = project(|shown| shown.source.clone());
    let is_cut = project(|shown| shown.source_cut);
    view! {
        {move || (is_cut.get() == Some(true)).then(|| view! { <p class="muted">{t().reader.source_cut}</p> })}
        {move || match source.get().flatten() {
            Some(source) => view! {
                <pre
                    class="source mono"
                    data-testid="reader-source"
                    tabindex="0"
                    aria-label=(t().reader.tab)(Tab::Source)
                >
                    {source.to_string()}
                </pre>
            }.into_any(),
            None => view! { <p class="muted" role="status">{t().reader.source_loading}</p> }.into_any(),
        }}
    }
}
