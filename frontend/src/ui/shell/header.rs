//! The bar on top: name, transcript, shortcuts, language, colours.

use leptos::prelude::*;

use crate::{
    app::{Msg, Theme, view::ScreenVm},
    i18n::Language,
    ui::{
        icon::Icon,
        runtime::{say, use_dispatch, use_texts, use_views},
    },
};

#[component]
pub(super) fn Header() -> impl IntoView {
    let shell = use_views().shell;
    let t = use_texts();
    let dispatch = use_dispatch();
    let open = Memo::new(move |_| shell.with(|shell| shell.transcript_open));
    view! {
        <header class="header">
            <p class="header-name">{Icon::Logo.draw()}<span>"Popglass"</span></p>
            // Beside a session it opens in a window of its own: nobody loses a mailbox by wanting to learn.
            <a
                class="header-learn"
                href="#learn"
                data-testid="learn-link"
                target=move || shell.with(|shell| (shell.screen != ScreenVm::Connect).then_some("_blank"))
            >
                {say(|t| t.shell.learn)}
            </a>
            <div class="header-tools">
                <button
                    class="button button-quiet"
                    type="button"
                    data-testid="transcript-toggle"
                    aria-expanded=move || open.get().to_string()
                    aria-controls="transcript"
                    on:click=dispatch.press(|| Msg::TranscriptToggled)
                >
                    {Icon::Speech.draw()}
                    <span class="header-word">
                        {move || if open.get() { t().transcript.hide } else { t().transcript.show }}
                    </span>
                </button>
                <button
                    class="button button-quiet header-keys"
                    type="button"
                    data-testid="help-button"
                    on:click=dispatch.press(|| Msg::HelpShown(true))
                >
                    {Icon::Keyboard.draw()}
                    <span class="visually-hidden">{say(|t| t.shell.show_shortcuts)}</span>
                </button>
                <LanguageSelect />
                <ThemeSelect />
            </div>
        </header>
    }
}

#[component]
fn LanguageSelect() -> impl IntoView {
    let shell = use_views().shell;
    let dispatch = use_dispatch();
    view! {
        <label class="header-select">
            <span class="visually-hidden">{say(|t| t.shell.language)}</span>
            <select
                data-testid="language-select"
                prop:value=move || shell.with(|shell| shell.language.tag())
                on:change=move |event| {
                    if let Some(language) = Language::from_tag(&event_target_value(&event)) {
                        dispatch.send(Msg::LanguageChosen(language));
                    }
                }
            >
                {Language::ALL
                    .map(|language| view! {
                        <option
                            value=language.tag()
                            lang=language.tag()
                            prop:selected=move || shell.with(|shell| shell.language == language)
                        >
                            {language.name()}
                        </option>
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

#[component]
fn ThemeSelect() -> impl IntoView {
    let shell = use_views().shell;
    let t = use_texts();
    let dispatch = use_dispatch();
    view! {
        <label class="header-select">
            <span class="visually-hidden">{say(|t| t.shell.theme)}</span>
            <select
                data-testid="theme-select"
                prop:value=move || shell.with(|shell| shell.theme.as_str())
                on:change=move |event| {
                    if let Some(theme) = Theme::from_name(&event_target_value(&event)) {
                        dispatch.send(Msg::ThemeChosen(theme));
                    }
                }
            >
                {Theme::ALL
                    .into_iter()
                    .enumerate()
                    .map(|(index, theme)| view! {
                        <option value=theme.as_str() prop:selected=move || shell.with(|shell| shell.theme == theme)>
                            {move || t().shell.themes.get(index).copied().unwrap_or_default()}
                        </option>
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
