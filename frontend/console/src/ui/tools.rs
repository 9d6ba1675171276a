//! How fast lines pass, how the transcript is looked at, and how it is saved.

use leptos::prelude::*;

use super::runtime::{say, use_dispatch, use_texts, use_views};
use crate::{
    app::{Export, Msg, News, PACES, Sides},
    i18n::Texts,
};

#[component]
pub(super) fn Tools() -> impl IntoView {
    let console = use_views().console;
    let t = use_texts();
    let place = |places: usize, is: &dyn Fn(usize) -> bool| (0..places).find(|place| is(*place)).unwrap_or(0);
    let pace = Memo::new(move |_| console.with(|console| place(3, &|place| PACES[place] == console.pace)));
    let sides = Memo::new(move |_| console.with(|console| place(3, &|place| Sides::ALL[place] == console.sides)));
    let hex = Memo::new(move |_| console.with(|console| usize::from(console.hex)));
    let news = Memo::new(move |_| console.with(|console| console.news.clone()));
    view! {
        <div class="console-tools">
            {choice("pace-select", |t| t.pace, |t| &t.paces, pace, |place| Msg::PaceChosen(PACES[place]))}
            <details class="console-more" data-testid="tools">
                <summary>{say(|t| t.tools)}</summary>
                <div class="console-more-body">
                    {choice("view-select", |t| t.view, |t| &t.views, hex, |place| Msg::HexChosen(place == 1))}
                    {choice("sides-select", |t| t.sides, |t| &t.side_names, sides, |place| {
                        Msg::SidesChosen(Sides::ALL[place])
                    })}
                    {button("export-copy", |t| t.copy, || Msg::ExportPressed(Export::Copy))}
                    {button("export-text", |t| t.save_text, || Msg::ExportPressed(Export::Text))}
                    {button("export-pcapng", |t| t.save_pcapng, || Msg::ExportPressed(Export::Pcapng))}
                </div>
            </details>
            <ByHand />
            <p class="console-news" role="status" data-testid="console-news">
                {move || news.get().map(|news| match news {
                    News::Copied(true) => view! { <span>{t().copied}</span> }.into_any(),
                    News::Copied(false) => view! { <span>{t().not_copied}</span> }.into_any(),
                    News::Answer(text) => view! { <span class="visually-hidden">{text}</span> }.into_any(),
                })}
            </p>
        </div>
    }
}

/// What a session by hand begins with, and the way on to the mailbox.
#[component]
fn ByHand() -> impl IntoView {
    let console = use_views().console;
    let t = use_texts();
    let dispatch = use_dispatch();
    let by_hand = Memo::new(move |_| console.with(|console| console.by_hand.clone()));
    let is_by_hand = Memo::new(move |_| by_hand.with(Option::is_some));
    let can_open = Memo::new(move |_| by_hand.with(|vm| vm.as_ref().is_some_and(|vm| vm.can_open)));
    let login = move || by_hand.with(|vm| vm.as_ref().and_then(|vm| vm.login.clone()));
    view! {
        <Show when=move || is_by_hand.get()>
            <p class="console-login" data-testid="by-hand-login">
                {move || login().map(|(user, password)| (t().login)(&user, &password))}
            </p>
            <button
                class="button"
                class:button-main=move || can_open.get()
                type="button"
                data-testid="show-mailbox"
                aria-disabled=move || (!can_open.get()).to_string()
                on:click=dispatch.press(|| Msg::MaildropPressed)
            >
                {say(|t| t.show_mailbox)}
            </button>
        </Show>
    }
}

fn button(testid: &'static str, text: fn(&'static Texts) -> &'static str, msg: fn() -> Msg) -> AnyView {
    let dispatch = use_dispatch();
    view! {
        <button class="button" type="button" data-testid=testid on:click=dispatch.press(msg)>{say(text)}</button>
    }
    .into_any()
}

/// A label and a menu whose options go by their places.
fn choice(
    testid: &'static str,
    label: fn(&'static Texts) -> &'static str,
    names: fn(&'static Texts) -> &'static [&'static str],
    chosen: Memo<usize>,
    msg: fn(usize) -> Msg,
) -> AnyView {
    let dispatch = use_dispatch();
    let t = use_texts();
    let places = names(t()).len();
    let choose = move |event| {
        if let Some(place) = event_target_value(&event).parse().ok().filter(|place| *place < places) {
            dispatch.send(msg(place));
        }
    };
    view! {
        <label class="console-choice">
            <span>{say(label)}</span>
            <select data-testid=testid on:change=choose>
                {(0..places)
                    .map(|place| view! {
                        <option value=place.to_string() prop:selected=move || chosen.get() == place>
                            {move || names(t())[place]}
                        </option>
                    })
                    .collect_view()}
            </select>
        </label>
    }
    .into_any()
}
