//! Whether the ways lead where they should, and the moves of a way.

use leptos::prelude::*;

use super::{build_part, part::button};
use crate::{
    app::{
        BuildMsg, Msg, Spot,
        view::{StepVm, WayFaultVm, WaysKind, WaysVm},
    },
    ui::{
        icon::Icon,
        rich,
        runtime::{say, use_dispatch, use_texts},
    },
};

/// The region is always there, so that screen readers notice what appears in it. While a change is being looked at, it says
/// what was true before: so it speaks only where something has changed.
#[component]
pub(super) fn WaysSaid() -> impl IntoView {
    let ways = build_part(|build| build.ways.clone());
    let is_open = Memo::new(move |_| ways.with(|ways| ways.as_ref().is_some_and(|ways| ways.is_open)));
    let said = Memo::new(move |_| ways.get().map(|ways| WaysVm { is_open: false, ..ways }));
    let offers = Memo::new(move |_| ways.with(|ways| ways.as_ref().is_some_and(|ways| ways.offers_recording)));
    let address = build_part(|build| build.try_address.clone());
    let words = Memo::new(move |_| {
        let known = said.get().filter(|said| said.kind != WaysKind::Open);
        known.map(|said| (said.kind, said.text))
    });
    let is_unknown = move || said.with(|said| said.as_ref().is_some_and(|said| said.kind == WaysKind::Open));
    let faults =
        Memo::new(move |_| said.with(|said| said.as_ref().map(|said| said.faults.clone()).unwrap_or_default()));
    let has_faults = move || faults.with(|faults| !faults.is_empty());
    let spots = move || faults.get().into_iter().map(|fault| fault.spot).collect::<Vec<_>>();
    let kind = move || said.with(|said| said.as_ref().map_or("none", |said| kind_name(said.kind)));
    view! {
        <div class="build-ways" data-testid="ways" data-kind=kind data-open=move || is_open.get().to_string()>
            // That something is being found out is no news: only what comes of it is spoken.
            {move || is_unknown().then(|| view! { <p class="muted">{say(|t| t.build.ways.open)}</p> })}
            <div role="status">{move || words.get().map(|(kind, text)| told(kind, text))}</div>
            <Show when=move || has_faults()>
                <ul class="build-lacks">
                    <For
                        each=spots
                        key=Clone::clone
                        children=move |spot| view! { <Fault spot faults /> }
                    />
                </ul>
            </Show>
            <Show when=move || offers.get()>
                <a class="button build-small" href=move || address.get() data-testid="record-one">
                    {say(|t| t.build.ways.record_one)}
                </a>
            </Show>
        </div>
    }
}

fn kind_name(kind: WaysKind) -> &'static str {
    match kind {
        WaysKind::Open => "open",
        WaysKind::Lead => "lead",
        WaysKind::NoSolution => "no-solution",
        WaysKind::Astray => "astray",
        WaysKind::Cut => "cut",
    }
}

fn told(kind: WaysKind, text: String) -> impl IntoView {
    let (class, icon) = match kind {
        WaysKind::Lead => ("build-ready", Some(Icon::Done)),
        WaysKind::Astray => ("build-missing", Some(Icon::Warning)),
        WaysKind::Open | WaysKind::NoSolution | WaysKind::Cut => ("muted", None),
    };
    view! { <p class=class>{icon.map(|icon| icon.draw())} <span>{text}</span></p> }
}

/// What is wrong with a way. The button stays the same while its words change, so that it keeps the focus.
#[component]
fn Fault(spot: Spot, faults: Memo<Vec<WayFaultVm>>) -> impl IntoView {
    let dispatch = use_dispatch();
    let known = spot.clone();
    let words = Memo::new(move |_| {
        let words =
            |faults: &Vec<WayFaultVm>| faults.iter().find(|fault| fault.spot == known).map(|it| it.words.clone());
        faults.with(words).unwrap_or_default()
    });
    view! {
        <li>
            <button
                class="build-lack"
                type="button"
                data-testid="way-fault"
                on:click=move |_| dispatch.send(Msg::Build(BuildMsg::Wanted(spot.clone())))
            >
                {move || rich::words(&words.get())}
            </button>
        </li>
    }
}

/// The moves of a way, each with a button that takes it away. A move is drawn anew only where it is another one: what is found
/// out meanwhile leaves the buttons, and the focus, where they are.
#[component]
pub(super) fn Steps(steps: Memo<Vec<StepVm>>) -> impl IntoView {
    let t = use_texts();
    let count = Memo::new(move |_| steps.with(Vec::len));
    let has_steps = move || count.get() > 0;
    let rows = move || {
        let plain = steps.get().into_iter().map(|step| StepVm { is_astray: false, ..step });
        plain.enumerate().collect::<Vec<_>>()
    };
    view! {
        <Show when=has_steps>
            <div class="build-steps">
                <p class="muted">{move || (t().build.ways.steps)(count.get())}</p>
                <ol>
                    <For
                        each=rows
                        key=|(place, step)| (*place, format!("{step:?}"))
                        children=move |(place, step)| view! { <Row place step steps /> }
                    />
                </ol>
            </div>
        </Show>
    }
}

#[component]
fn Row(place: usize, step: StepVm, steps: Memo<Vec<StepVm>>) -> impl IntoView {
    let is_astray = Memo::new(move |_| steps.with(|steps| steps.get(place).is_some_and(|step| step.is_astray)));
    view! {
        <li class:build-astray=move || is_astray.get() data-testid="step">
            <span>
                {move || is_astray.get().then(|| view! {
                    {Icon::Warning.draw()} <span class="visually-hidden">{say(|t| t.build.ways.stops_here)}" "</span>
                })}
                {rich::words(&step.words)}
            </span>
            {button(step.remove, true)}
        </li>
    }
}
