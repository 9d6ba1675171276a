//! What the server showed when TLS was refused, and the way to trust that very certificate all the same: behind a question,
//! where it can be justified.

use leptos::prelude::*;

use crate::{
    app::{Msg, fingerprint, view::RefusalVm},
    ui::{
        button::button,
        certificates::{SectionList, breakable},
        runtime::{say, use_views},
    },
};

#[component]
pub(super) fn Refusal() -> impl IntoView {
    let connect = use_views().connect;
    let refusal = Memo::new(move |_| connect.with(|connect| connect.refusal.clone()));
    let sections =
        Memo::new(move |_| refusal.with(|refusal| refusal.as_ref().map(|refusal| refusal.certificates.clone())));
    let is_shown = Memo::new(move |_| sections.with(|shown| shown.as_ref().is_some_and(|shown| !shown.en.is_empty())));
    view! {
        <Show when=move || is_shown.get()>
            <details class="disclosure" data-testid="refusal-certificates">
                <summary>{say(|t| t.security.refused_certificates)}</summary>
                <SectionList sections=sections.into() />
            </details>
        </Show>
        <Pin refusal />
    }
}

/// One press asks, the second trusts.
#[component]
fn Pin(refusal: Memo<Option<RefusalVm>>) -> impl IntoView {
    let pin = Memo::new(move |_| refusal.with(|refusal| refusal.as_ref().and_then(|refusal| refusal.pin.clone())));
    let is_asked =
        Memo::new(move |_| refusal.with(|refusal| refusal.as_ref().is_some_and(|refusal| refusal.pin_asked)));
    let ask = move || button("button pin-button", "pin-button", |t| t.security.pin_button, || Msg::PinAsked(true));
    view! {
        <Show when=move || pin.with(Option::is_some)>
            <Show when=move || is_asked.get() fallback=ask>
                <div class="pin-question" id="pin-question" role="group" aria-labelledby="pin-heading" tabindex="-1">
                    <p class="trouble-what" id="pin-heading">{say(|t| t.security.pin_question)}</p>
                    <p>{say(|t| t.security.pin_explanation)}</p>
                    <p>"SHA-256: "<span class="mono">{move || pin.get().map(|pin| breakable(&fingerprint(&pin)))}</span></p>
                    <div class="pin-buttons">
                        {button("button button-danger", "pin-confirm", |t| t.security.pin_confirm, || Msg::PinConfirmed)}
                        {button("button", "pin-cancel", |t| t.shell.cancel, || Msg::PinAsked(false))}
                    </div>
                </div>
            </Show>
        </Show>
    }
}
