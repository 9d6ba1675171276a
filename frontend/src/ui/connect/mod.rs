//! The connect screen, and the way from it to the mailbox.

mod bridges;
mod form;
mod refusal;
mod sign_in;
mod trouble;
mod trust;
mod what_is;

use leptos::prelude::*;

pub(super) use self::trouble::TroubleText;
use self::{bridges::Bridges, form::MailboxForm, refusal::Refusal, what_is::WhatIs};
use super::{
    button::button,
    icon::Icon,
    runtime::{say, use_dispatch, use_texts, use_views},
};
use crate::{
    app::{Msg, RouteTaken, terms::Phase, view::ConnectingVm},
    i18n::Texts,
};

#[component]
pub(super) fn Connect() -> impl IntoView {
    let connect = use_views().connect;
    let t = use_texts();
    let trouble = Memo::new(move |_| connect.with(|connect| connect.trouble.clone()));
    let is_trouble = Memo::new(move |_| trouble.with(Option::is_some));
    view! {
        <div class="connect">
            <div class="connect-head">
                <h1 id="screen-heading" tabindex="-1">{say(|t| t.connect.heading)}</h1>
                <p class="lead">{say(|t| t.connect.lead)}</p>
            </div>
            <Show when=move || is_trouble.get()>
                <div
                    class="notice notice-error connect-error"
                    id="connect-error"
                    data-testid="connect-error"
                    role="group"
                    aria-labelledby="connect-trouble"
                    tabindex="-1"
                >
                    {Icon::Warning.draw()}
                    <div class="connect-trouble">
                        // Only what went wrong is announced: not every certificate that is unfolded below it.
                        <div id="connect-trouble" role="alert">
                            {move || trouble.get().map(|reason| view! {
                                <TroubleText trouble=(t().connect.trouble)(&reason) />
                            })}
                            <PageRefused />
                        </div>
                        <Refusal />
                    </div>
                </div>
            </Show>
            <div class="connect-ways">
                <div class="connect-column">
                    <section class="card connect-sandbox" aria-labelledby="sandbox-heading">
                        <h2 id="sandbox-heading">{say(|t| t.connect.sandbox_heading)}</h2>
                        <p>{say(|t| t.connect.sandbox_text)}</p>
                        {button("button button-main", "sandbox-button", |t| t.connect.sandbox_button, || Msg::SandboxPressed)}
                        {button("button button-quiet", "by-hand-sandbox", |t| t.connect.by_hand, || Msg::ByHandPressed { in_sandbox: true })}
                        <p><a href="#learn" data-testid="learn-way">{say(|t| t.shell.learn)}</a></p>
                    </section>
                    <WhatIs />
                </div>
                <section class="card" aria-labelledby="form-heading">
                    <h2 id="form-heading">{say(|t| t.connect.form_heading)}</h2>
                    <Bridges />
                    <MailboxForm />
                </section>
            </div>
        </div>
    }
}

/// A bridge elsewhere that does not answer may be there, and not want this page: browsers do not tell the two apart.
#[component]
fn PageRefused() -> impl IntoView {
    let connect = use_views().connect;
    let t = use_texts();
    let origin = Memo::new(move |_| connect.with(|connect| connect.page_refused_perhaps.clone()));
    move || origin.get().map(|origin| view! { <p>{(t().connect.page_refused_perhaps)(&origin)}</p> })
}

/// Where a session goes, in words.
pub(super) fn route_name(route: &RouteTaken, t: &'static Texts) -> String {
    match route {
        RouteTaken::Sandbox => t.connect.sandbox_name.to_owned(),
        RouteTaken::Bridge { target, .. } => target.to_string(),
    }
}

#[component]
pub(super) fn Connecting() -> impl IntoView {
    let connecting = use_views().connecting;
    let t = use_texts();
    let dispatch = use_dispatch();
    let by_hand = Memo::new(move |_| connecting.with(|vm| vm.as_ref().is_some_and(|vm| vm.by_hand)));
    let heading = move || {
        let route = connecting.with(|vm| vm.as_ref().map(|vm| route_name(&vm.route, t())));
        let say = if by_hand.get() { t().connect.by_hand_heading } else { t().connect.connecting_to };
        say(&route.unwrap_or_default())
    };
    let phase = move || connecting.with(|vm| vm.as_ref().map_or(Phase::Connecting, |vm: &ConnectingVm| vm.phase));
    view! {
        <div class="connecting">
            <h1 id="screen-heading" tabindex="-1">{heading}</h1>
            <div class="connecting-bar" aria-hidden="true"></div>
            <p role="status" data-testid="connecting-status">{move || (t().connect.phase)(phase())}</p>
            <button
                class="button"
                type="button"
                data-testid="connecting-cancel"
                on:click=dispatch.press(|| Msg::ConnectingCancelled)
            >
                {move || if by_hand.get() { t().mailbox.disconnect } else { t().shell.cancel }}
            </button>
        </div>
    }
}
