//! What is in certificates, as the TLS module tells it: sections with labels and values. Reads none.

use leptos::prelude::*;

use super::runtime::{use_dispatch, use_language, use_texts, use_views};
use crate::app::{
    Msg,
    terms::{Section, Sections},
    view::CertificatesVm,
};

/// The certificates of the open connection, on request.
#[component]
pub(super) fn Certificates() -> impl IntoView {
    let mailbox = use_views().mailbox;
    let t = use_texts();
    let dispatch = use_dispatch();
    let certificates = Memo::new(move |_| {
        mailbox.with(|mailbox| {
            let hops = mailbox.as_ref().map(|mailbox| &mailbox.hops);
            hops.filter(|hops| hops.secured.is_some()).map(|hops| hops.certificates.clone())
        })
    });
    let is_there = Memo::new(move |_| certificates.with(Option::is_some));
    let is_hidden = Memo::new(move |_| certificates.with(|shown| matches!(shown, Some(CertificatesVm::Hidden))));
    view! {
        <Show when=move || is_there.get()>
            <button
                class="button certificates-button"
                type="button"
                data-testid="certificates-show"
                aria-expanded=move || (!is_hidden.get()).to_string()
                on:click=move |_| dispatch.send(Msg::CertificatesShown(is_hidden.get_untracked()))
            >
                {move || if is_hidden.get() {
                    t().security.certificates_show
                } else {
                    t().security.certificates_hide
                }}
            </button>
            {move || match certificates.get() {
                None | Some(CertificatesVm::Hidden) => ().into_any(),
                Some(CertificatesVm::Asked) => view! {
                    <p role="status">{t().security.certificates_reading}</p>
                }.into_any(),
                Some(CertificatesVm::Missing) => view! {
                    <p role="alert" id="certificates" tabindex="-1">{t().security.certificates_missing}</p>
                }.into_any(),
                Some(CertificatesVm::Read(sections)) => view! {
                    <section
                        id="certificates"
                        data-testid="certificates"
                        tabindex="-1"
                        aria-label=t().security.certificates
                    >
                        <SectionList sections=Signal::derive(move || Some(Sections::clone(&sections))) />
                    </section>
                }.into_any(),
            }}
        </Show>
    }
}

/// Sections in the language of the moment.
#[component]
pub(super) fn SectionList(sections: Signal<Option<Sections>>) -> impl IntoView {
    let language = use_language();
    view! {
        <div class="certificates">
            {move || sections
                .get()
                .map(|sections| language.get().of(&sections).iter().cloned().map(draw).collect_view())}
        </div>
    }
}

/// Fingerprints break between their pairs. Nothing is added that would be copied along.
pub(super) fn breakable(text: &str) -> impl IntoView + use<> {
    text.split_inclusive(':').map(|part| view! { {part.to_owned()}<wbr /> }).collect_view()
}

fn draw(section: Section) -> impl IntoView {
    view! {
        <div class="certificate" data-testid="certificate-section">
            <h3>{section.heading}</h3>
            <dl>
                {section
                    .rows
                    .into_iter()
                    .map(|(label, value)| view! { <div><dt>{label}</dt><dd>{breakable(&value)}</dd></div> })
                    .collect_view()}
            </dl>
        </div>
    }
}
