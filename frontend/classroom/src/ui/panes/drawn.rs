//! Ways, drawn as lists: who reads what on them, and where a letter is.

use leptos::prelude::*;

use super::pane_part;
use crate::{
    app::view::{Drawn, Link, LinkKind, Mark, Stop, view_recorded_way, view_three_ways},
    ui::{
        icon::Icon,
        runtime::{say, use_language},
    },
};

/// Who reads what, of the newest connections; the mail client's three ways below, when they are wanted.
#[component]
pub(super) fn Ways() -> impl IntoView {
    let ways = pane_part(|panes| panes.ways.clone());
    view! {
        {move || {
            let ways = ways.get();
            (!ways.is_empty()).then(|| view! {
                <div class="ways" data-testid="ways">
                    <h3>{say(|t| t.bench.ways.heading)}</h3>
                    {ways.into_iter().map(draw).collect_view()}
                </div>
            })
        }}
        <ThreeWays />
    }
}

/// The recorded session's way.
#[component]
pub(super) fn RecordedWay() -> impl IntoView {
    let language = use_language();
    view! { <div class="ways" data-testid="recorded-way">{move || draw(view_recorded_way(language.get()))}</div> }
}

#[component]
fn ThreeWays() -> impl IntoView {
    let language = use_language();
    view! {
        <details class="three-ways" data-testid="three-ways">
            <summary>{say(|t| t.bench.ways.three)}</summary>
            <p class="muted">{say(|t| t.bench.ways.three_lead)}</p>
            <div class="ways ways-beside">
                {move || view_three_ways(language.get()).into_iter().map(draw).collect_view()}
            </div>
        </details>
    }
}

/// Stops that fit beside each other.
const STOPS_BESIDE_MAX: usize = 3;

/// Where the letters are, in a lesson that sends any.
#[component]
pub(super) fn Routes() -> impl IntoView {
    let routes = pane_part(|panes| panes.routes.clone());
    move || {
        let routes = routes.get();
        (!routes.is_empty()).then(|| {
            view! {
                <section class="pane" aria-labelledby="routes-heading" data-testid="pane-routes">
                    <h2 id="routes-heading">{say(|t| t.bench.post.heading)}</h2>
                    <div class="ways">{routes.into_iter().map(draw).collect_view()}</div>
                </section>
            }
        })
    }
}

fn draw(drawn: Drawn) -> impl IntoView {
    let is_short = drawn.stops.len() <= STOPS_BESIDE_MAX;
    let links = drawn.links.into_iter().map(Some).chain([None]);
    let stops = drawn.stops.into_iter().zip(links);
    let parts = stops.map(|(one, next)| view! { {stop(one)} {next.map(link)} });
    view! {
        <figure class="way">
            <figcaption>{drawn.title}</figcaption>
            <ol class="way-stops" role="list" data-short=is_short.to_string()>{parts.collect_view()}</ol>
        </figure>
    }
}

fn stop(stop: Stop) -> impl IntoView {
    let icon = match stop.mark {
        Mark::End | Mark::Ahead | Mark::Passed => None,
        Mark::Reads => Some(Icon::Eye),
        Mark::Sealed => Some(Icon::Lock),
        Mark::Here => Some(Icon::Letter),
        Mark::Failed => Some(Icon::Warning),
    };
    view! {
        <li class="way-stop" data-mark=stop.mark.as_str() data-testid="stop">
            <strong>{icon.map(Icon::draw)} {stop.name}</strong>
            <span>{stop.says}</span>
        </li>
    }
}

/// The arrow is for the eyes; the words say what the line is.
fn link(link: Link) -> impl IntoView {
    let kind = match link.kind {
        LinkKind::Open => "open",
        LinkKind::Sealed => "sealed",
        LinkKind::Step => "step",
    };
    view! {
        <li class="way-link" data-kind=kind>
            <span>{link.text}</span>
            <span class="way-arrow" aria-hidden="true"></span>
        </li>
    }
}
