//! One message: who, what, when, and the ways to look at it.

mod attachments;
mod frame;
mod panel;
mod toolbar;

use std::sync::Arc;

use leptos::prelude::*;
use popglass_mail_worker::wire::{Address, Message};

use self::{attachments::Attachments, panel::Views as MessageViews, toolbar::Toolbar};
use super::{
    button::button,
    connect::TroubleText,
    icon::Icon,
    runtime::{say, use_language, use_texts, use_views},
};
use crate::{
    app::{
        Msg, SourceOnly,
        terms::{Octets, Refusal},
        view::{ReaderStageVm, ReaderVm},
    },
    i18n::Language,
    io::format_date,
};

/// The part of the view model that rarely changes: a tab or a mark does not redraw the message.
#[derive(Debug, Clone, PartialEq)]
enum Body {
    Nothing,
    Loading(Octets),
    Cancelled,
    Refused(Refusal),
    Read(Arc<Message>, Octets),
    SourceOnly(SourceOnly, Octets),
}

fn body(reader: &ReaderVm) -> Body {
    match &reader.stage {
        ReaderStageVm::Loading => Body::Loading(reader.octets_expected),
        ReaderStageVm::Cancelled => Body::Cancelled,
        ReaderStageVm::Refused(refusal) => Body::Refused(refusal.clone()),
        ReaderStageVm::Shown(shown) => match &shown.content {
            Ok(message) => Body::Read(Arc::clone(message), shown.octets),
            Err(why) => Body::SourceOnly(*why, shown.octets),
        },
    }
}

#[component]
pub(super) fn ReaderScreen() -> impl IntoView {
    let reader = use_views().reader;
    let language = use_language();
    let t = use_texts();
    let body = Memo::new(move |_| reader.with(|reader| reader.as_ref().map_or(Body::Nothing, body)));
    let subject =
        Memo::new(move |_| reader.with(|reader| reader.as_ref().map(|reader| (reader.number, reader.subject.clone()))));
    let marked = Memo::new(move |_| reader.with(|reader| reader.as_ref().is_some_and(|reader| reader.marked)));
    let heading = move || match (subject.get(), body.get()) {
        (Some((_, Some(subject))), _) => subject,
        (Some((number, None)), Body::Loading(_) | Body::SourceOnly(..)) => (t().mailbox.message_number)(number),
        _ => t().mailbox.no_subject.to_owned(),
    };
    view! {
        <article class="reader" data-testid="reader" data-marked=move || marked.get().to_string()>
            <Toolbar />
            <div class="reader-head">
                <h1 id="screen-heading" tabindex="-1" data-testid="reader-subject">{heading}</h1>
                <Show when=move || marked.get()>
                    <p class="reader-marked">{say(|t| t.mailbox.marked)}</p>
                </Show>
            </div>
            {move || content(body.get(), language.get())}
        </article>
    }
}

fn content(body: Body, language: Language) -> AnyView {
    let t = language.texts();
    match body {
        Body::Nothing => ().into_any(),
        Body::Loading(octets) => view! {
            <div class="reader-loading" role="status">
                <p class="muted">{(t.reader.loading)(octets)}</p>
                <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>
            </div>
        }
        .into_any(),
        Body::Cancelled => view! {
            <div class="notice" data-testid="reader-error">
                <p>{t.reader.cancelled}</p>
                <FetchAgain />
            </div>
        }
        .into_any(),
        Body::Refused(refusal) => view! {
            <div class="notice notice-error" data-testid="reader-error" role="alert">
                {Icon::Warning.draw()}
                <div>
                    <p class="trouble-what">{t.reader.refused}</p>
                    <TroubleText trouble=(t.transcript.refusal)(&refusal) />
                </div>
                <FetchAgain />
            </div>
        }
        .into_any(),
        Body::Read(message, octets) => view! {
            <Summary message=Arc::clone(&message) octets language />
            {message.malformed.then(|| view! {
                <p class="notice" data-testid="reader-malformed">{t.reader.malformed}</p>
            })}
            <Attachments message=Arc::clone(&message) />
            <MessageViews message=Some(message) />
        }
        .into_any(),
        Body::SourceOnly(why, _) => view! {
            <div class="notice notice-error" data-testid="reader-error" role="alert">
                {Icon::Warning.draw()}
                <p>{(t.reader.source_only)(why)}</p>
            </div>
            <MessageViews message=None />
        }
        .into_any(),
    }
}

#[component]
fn FetchAgain() -> impl IntoView {
    button("button", "reader-retry", |t| t.reader.retrieve_again, || Msg::RetrieveAgainPressed)
}

#[component]
fn Summary(message: Arc<Message>, octets: Octets, language: Language) -> impl IntoView {
    let t = language.texts();
    let line = |label: &'static str, addresses: &[Address], testid: &'static str| {
        (!addresses.is_empty()).then(|| {
            let addresses = addresses.iter().map(address).collect_view();
            view! { <div><dt>{label}</dt><dd data-testid=testid>{addresses}</dd></div> }
        })
    };
    let date = match message.date_ms {
        Some(date_ms) => format_date(date_ms, language, true),
        None => t.reader.no_date.to_owned(),
    };
    let from = if message.from.is_empty() {
        view! { <div><dt>{t.reader.from}</dt><dd data-testid="reader-from">{t.mailbox.no_sender}</dd></div> }.into_any()
    } else {
        line(t.reader.from, &message.from, "reader-from").into_any()
    };
    view! {
        <dl class="reader-summary">
            {from}
            {line(t.reader.reply_to, &message.reply_to, "reader-reply-to")}
            {line(t.reader.to, &message.to, "reader-to")}
            {line(t.reader.cc, &message.cc, "reader-cc")}
            <div><dt>{t.reader.date}</dt><dd data-testid="reader-date">{date}</dd></div>
            <div><dt>{t.reader.size}</dt><dd data-testid="reader-size">{language.octets(octets)}</dd></div>
        </dl>
    }
}

/// Name and address, never the name alone.
fn address(address: &Address) -> impl IntoView + use<> {
    let name = address.name.clone().map(|name| view! { <bdi class="address-name">{name}</bdi>" " });
    view! { <span class="address">{name}<bdi class="address-itself">{address.address.clone()}</bdi></span> }
}
