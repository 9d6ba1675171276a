//! Whether the ways lead where they should, and the moves of a way.

use leptos::prelude::*;

use super::{build_part, part::button};
use crate::{
    app::{
        BuildMsg, Msg,
        view::{StepVm, WayFaultVm, WaysKind, WaysVm},
    },
    i18n::Texts,
    ui::{
        icon::Icon,
        rich,
        runtime::{Dispatch, say, use_dispatch, use_texts},
    },
};

/// The region is always there, so that screen readers notice what appears in it. While a change is being looked at, it says
/// what was true before: so it speaks only where something has changed.
#[component]
pub(super) fn WaysSaid() -> impl IntoView {
    let dispatch = use_dispatch();
    let ways = build_part(|build| build.ways.clone());
    let is_open = Memo::new(move |_| ways.with(|ways| ways.as_ref().is_some_and(|ways| ways.is_open)));
    let said = Memo::new(move |_| ways.get().map(|ways| WaysVm { is_open: false, ..ways }));
    let offers = Memo::new(move |_| ways.with(|ways| ways.as_ref().is_some_and(|ways| ways.offers_recording)));
    let address = build_part(|build| build.try_address.clone());
    let kind = move || said.with(|said| said.as_ref().map_or("none", |said| kind_name(said.kind)));
    view! {
        <div class="build-ways" data-testid="ways" data-kind=kind data-open=move || is_open.get().to_string()>
            <div role="status">{move || said.get().map(|said| told(said, dispatch))}</div>
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

fn told(said: WaysVm, dispatch: Dispatch) -> impl IntoView {
    let (class, icon) = match said.kind {
        WaysKind::Lead => ("build-ready", Some(Icon::Done)),
        WaysKind::Astray => ("build-missing", Some(Icon::Warning)),
        WaysKind::Open | WaysKind::NoSolution | WaysKind::Cut => ("muted", None),
    };
    let row = move |fault: WayFaultVm| {
        let spot = fault.spot;
        view! {
            <li>
                <button
                    class="build-lack"
                    type="button"
                    data-testid="way-fault"
                    on:click=move |_| dispatch.send(Msg::Build(BuildMsg::Wanted(spot.clone())))
                >
                    {rich::words(&fault.words)}
                </button>
            </li>
        }
    };
    let faults = said.faults;
    view! {
        <p class=class>{icon.map(|icon| icon.draw())} <span>{said.text}</span></p>
        {(!faults.is_empty()).then(|| view! { <ul class="build-lacks">{faults.into_iter().map(row).collect_view()}</ul> })}
    }
}

/// The moves of a way, each with a button that takes it away.
#[component]
pub(super) fn Steps(steps: Memo<Vec<StepVm>>) -> impl IntoView {
    let t = use_texts();
    move || {
        let steps = steps.get();
        (!steps.is_empty()).then(|| {
            let heading = (t().build.ways.steps)(steps.len());
            view! {
                <div class="build-steps">
                    <p class="muted">{heading}</p>
                    <ol>{steps.into_iter().map(|step| row(step, t())).collect_view()}</ol>
                </div>
            }
        })
    }
}

fn row(step: StepVm, t: &'static Texts) -> impl IntoView {
    view! {
        <li class:build-astray=step.is_astray data-testid="step">
            <span>
                {step.is_astray.then(|| view! { {Icon::Warning.draw()} <span class="visually-hidden">{t.build.ways.stops_here}" "</span> })}
                {rich::words(&step.words)}
            </span>
            {button(step.remove, true)}
        </li>
    }
}
