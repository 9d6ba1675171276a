//! Which bridge, on a site that leaves the choice: out of its list, or any other one.

use leptos::{html::Input, prelude::*};

use crate::{
    app::{Msg, view::BridgesVm},
    ui::runtime::{say, use_dispatch, use_texts, use_views},
};

#[component]
pub(super) fn Bridges() -> impl IntoView {
    let connect = use_views().connect;
    let bridges = Memo::new(move |_| connect.with(|connect| connect.bridges.clone()));
    let has_list = Memo::new(move |_| bridges.with(|vm| vm.as_ref().is_some_and(|vm| !vm.urls.is_empty())));
    let takes_any = Memo::new(move |_| bridges.with(|vm| vm.as_ref().is_some_and(|vm| vm.any)));
    view! {
        <Show when=move || has_list.get()>
            <List bridges />
        </Show>
        <Show when=move || takes_any.get()>
            <Other bridges />
        </Show>
    }
}

#[component]
fn List(bridges: Memo<Option<BridgesVm>>) -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <div class="field">
            <label for="bridge">{say(|t| t.connect.bridge)}</label>
            <select
                id="bridge"
                data-testid="bridge-select"
                on:change=move |event| dispatch.send(Msg::BridgeChosen(event_target_value(&event)))
            >
                {move || bridges.get().map(|vm| {
                    vm.urls.into_iter().map(|url| view! {
                        <option value=url.clone() prop:selected=vm.chosen.as_ref() == Some(&url)>{url.clone()}</option>
                    }).collect_view()
                })}
            </select>
        </div>
    }
}

#[component]
fn Other(bridges: Memo<Option<BridgesVm>>) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let input = NodeRef::<Input>::new();
    let fault = Memo::new(move |_| bridges.with(|vm| vm.as_ref().and_then(|vm| vm.fault)));
    let enter = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(input) = input.get() {
            dispatch.send(Msg::BridgeEntered(input.value()));
        }
    };
    view! {
        <form class="field" on:submit=enter>
            <label for="bridge-input">
                {move || if bridges.with(|vm| vm.as_ref().is_some_and(|vm| !vm.urls.is_empty())) {
                    t().connect.bridge_other
                } else {
                    t().connect.bridge
                }}
            </label>
            <div class="bridge-other">
                <input
                    id="bridge-input"
                    data-testid="bridge-input"
                    type="text"
                    inputmode="url"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="bridge-hint bridge-error"
                    aria-invalid=move || fault.get().is_some().to_string()
                    node_ref=input
                />
                <button class="button" type="submit" data-testid="bridge-use">{say(|t| t.connect.bridge_use)}</button>
            </div>
            <p class="muted" id="bridge-hint">{say(|t| t.connect.bridge_hint)}</p>
            <p class="bridge-error" id="bridge-error" data-testid="bridge-error" role="alert">
                {move || fault.get().map(|fault| (t().connect.bridge_fault)(fault))}
            </p>
        </form>
    }
}
