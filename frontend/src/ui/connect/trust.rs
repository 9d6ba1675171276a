//! Whom the user trusts for the chosen server besides the public authorities: a list to add to and to take from. There is
//! no way here to accept just anything.

use leptos::{html::Textarea, prelude::*};

use crate::{
    app::{
        Msg, TrustEntry, fingerprint,
        view::{OfferVm, TrustVm},
    },
    io::format_date,
    ui::{
        connect::TroubleText,
        runtime::{say, use_dispatch, use_language, use_texts},
    },
};

#[component]
pub(super) fn OwnTrust(offer: Memo<Option<OfferVm>>) -> impl IntoView {
    let trust = Memo::new(move |_| offer.with(|offer| offer.as_ref().and_then(|offer| offer.trust.clone())));
    let is_there = Memo::new(move |_| trust.with(Option::is_some));
    let count = Memo::new(move |_| trust.with(|trust| trust.as_ref().map_or(0, |trust| trust.entries.len())));
    view! {
        <Show when=move || is_there.get()>
            <details class="disclosure" data-testid="trust-details">
                <summary id="trust-summary">
                    {say(|t| t.security.trust)}
                    {move || Some(count.get()).filter(|count| *count > 0).map(|count| format!(" ({count})"))}
                </summary>
                <div class="trust">
                    <p class="muted">{say(|t| t.security.trust_lead)}</p>
                    <ul class="trust-list" aria-live="polite">
                        {move || trust
                            .get()
                            .map(|trust| trust.entries.into_iter().map(|entry| view! { <Entry entry /> }).collect_view())}
                    </ul>
                    <Add trust />
                </div>
            </details>
        </Show>
    }
}

#[component]
fn Entry(entry: TrustEntry) -> impl IntoView {
    let t = use_texts();
    let language = use_language();
    let dispatch = use_dispatch();
    let kind = match &entry {
        TrustEntry::Authority(_) => "authority",
        TrustEntry::Pin(_) => "pin",
        TrustEntry::Demo => "demo",
    };
    let removable = (entry != TrustEntry::Demo).then(|| entry.clone());
    let named = entry.clone();
    let name = move || match &named {
        TrustEntry::Authority(authority) => authority.name.clone(),
        TrustEntry::Pin(_) => t().security.pin.to_owned(),
        TrustEntry::Demo => t().security.demo.to_owned(),
    };
    let about = move || match &entry {
        TrustEntry::Authority(authority) => {
            (t().security.authority_until)(&format_date(authority.not_after_ms, language.get(), false))
        }
        TrustEntry::Pin(pin) => {
            // Both ends of it tell two apart; the whole of it was compared when it was accepted.
            let ends = [pin.get(..16), pin.get(48..)].map(Option::unwrap_or_default).map(fingerprint);
            format!("SHA-256 {}", ends.join(" … "))
        }
        TrustEntry::Demo => t().security.demo_explanation.to_owned(),
    };
    let label = name.clone();
    view! {
        <li class="trust-entry" data-testid="trust-entry" data-kind=kind>
            <span class="trust-name">
                <strong>{name}</strong>
                <span class="muted">{about}</span>
            </span>
            {removable.map(|entry| view! {
                <button
                    class="button"
                    type="button"
                    data-testid="trust-remove"
                    aria-label=move || format!("{}: {}", t().security.remove, label())
                    on:click=move |_| dispatch.send(Msg::TrustRemovePressed(entry.clone()))
                >
                    {say(|t| t.security.remove)}
                </button>
            })}
        </li>
    }
}

#[component]
fn Add(trust: Memo<Option<TrustVm>>) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let text = NodeRef::<Textarea>::new();
    let reading = Memo::new(move |_| trust.with(|trust| trust.as_ref().is_some_and(|trust| trust.reading)));
    let error = Memo::new(move |_| trust.with(|trust| trust.as_ref().and_then(|trust| trust.error.clone())));
    let add = move |_| {
        if let Some(text) = text.get() {
            dispatch.send(Msg::AuthorityTextGiven(text.value()));
        }
    };
    view! {
        <div class="field">
            <label for="authority-file">{say(|t| t.security.add_file)}</label>
            <input
                id="authority-file"
                type="file"
                accept=".pem,.crt,.cer,application/x-x509-ca-cert,application/x-pem-file"
                data-testid="trust-authority-file"
                aria-describedby="trust-error"
                on:change=move |_| dispatch.send(Msg::AuthorityFileChosen)
            />
        </div>
        <div class="field">
            <label for="authority-text">{say(|t| t.security.add_text)}</label>
            <textarea
                id="authority-text"
                class="mono"
                rows="3"
                autocomplete="off"
                spellcheck="false"
                placeholder="-----BEGIN CERTIFICATE-----"
                data-testid="trust-authority-text"
                aria-describedby="trust-error"
                node_ref=text
            ></textarea>
        </div>
        <button class="button trust-add" type="button" data-testid="trust-authority-add" on:click=add>
            {move || if reading.get() { t().security.adding } else { t().security.add }}
        </button>
        <div class="trust-error" id="trust-error" data-testid="trust-error" role="alert">
            {move || error.get().map(|error| view! { <TroubleText trouble=(t().security.trust_error)(&error) /> })}
        </div>
    }
}
