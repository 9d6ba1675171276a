//! The frame around every screen: a bar with ways to go, language and colours, and the chosen screen.

use leptos::prelude::*;

use super::{
    build::BuildScreen,
    icon::Icon,
    lesson::LessonScreen,
    list::ListScreen,
    runtime::{say, use_dispatch, use_language, use_texts, use_views},
    sheet::SheetScreen,
    teach::TeachScreen,
};
use crate::{
    app::{Msg, Place, Theme, hash_of, view::ScreenVm},
    i18n::Language,
};

/// The whole classroom.
#[component]
pub(super) fn Shell() -> impl IntoView {
    let shell = use_views().shell;
    let screen = Memo::new(move |_| shell.with(|shell| shell.screen));
    dress_document();
    view! {
        <div
            class="class"
            data-testid="classroom"
            data-screen=move || screen.get().as_str()
            class:class-large=move || shell.with(|shell| shell.is_large)
        >
            <SkipLink />
            <Header />
            <main class="class-main">
                {move || match screen.get() {
                    ScreenVm::List => view! { <ListScreen /> }.into_any(),
                    ScreenVm::Teach => view! { <TeachScreen /> }.into_any(),
                    ScreenVm::Lesson(..) => view! { <LessonScreen /> }.into_any(),
                    ScreenVm::Build => view! { <BuildScreen /> }.into_any(),
                    ScreenVm::Sheet => view! { <SheetScreen /> }.into_any(),
                    ScreenVm::Lost => view! { <Lost /> }.into_any(),
                }}
            </main>
        </div>
    }
}

/// A link to the heading would change the address, which names the lesson: so a button it is.
#[component]
fn SkipLink() -> impl IntoView {
    let to_heading = move |_| {
        use wasm_bindgen::JsCast;
        let heading = document().get_element_by_id("screen-heading");
        if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = heading.focus();
        }
    };
    view! { <button class="shell-skip class-skip" type="button" on:click=to_heading>{say(|t| t.shell.skip_to_content)}</button> }
}

#[component]
fn Header() -> impl IntoView {
    let language = use_language();
    let screen = use_views().shell;
    let current = move |name: &'static str| screen.with(|shell| (shell.screen.as_str() == name).then_some("page"));
    view! {
        <header class="header class-header">
            <p class="header-name">{Icon::Logo.draw()}<span>"Popglass"</span></p>
            <nav class="class-nav" aria-label=say(|t| t.shell.places)>
                <a
                    href=move || hash_of(Place::List, language.get())
                    data-testid="to-list"
                    aria-current=move || current("list")
                >
                    {say(|t| t.shell.lessons)}
                </a>
                <a
                    href=move || hash_of(Place::Teach, language.get())
                    data-testid="to-teach"
                    aria-current=move || current("teach")
                >
                    {say(|t| t.shell.teachers)}
                </a>
                <a
                    href=move || hash_of(Place::Build, language.get())
                    data-testid="to-build"
                    aria-current=move || current("build")
                >
                    {say(|t| t.build.link_to_builder)}
                </a>
                // The mail client is the same page without a lesson in its address; boot.js sees to the rest.
                <a href="#" data-testid="to-mail">{say(|t| t.shell.mail)}</a>
            </nav>
            <div class="header-tools">
                <LargeSwitch />
                <LanguageSelect />
                <ThemeSelect />
            </div>
        </header>
    }
}

#[component]
fn LargeSwitch() -> impl IntoView {
    let shell = use_views().shell;
    let dispatch = use_dispatch();
    let large = Memo::new(move |_| shell.with(|shell| shell.is_large));
    view! {
        <button
            class="button button-quiet class-large-switch"
            type="button"
            data-testid="large-switch"
            aria-pressed=move || large.get().to_string()
            title=say(|t| t.shell.large)
            on:click=move |_| dispatch.send(Msg::LargeSwitched(!large.get_untracked()))
        >
            <span aria-hidden="true">"A"<b>"A"</b></span>
            <span class="visually-hidden">{say(|t| t.shell.large)}</span>
        </button>
    }
}

#[component]
fn LanguageSelect() -> impl IntoView {
    let language = use_language();
    let dispatch = use_dispatch();
    view! {
        <label class="header-select">
            <span class="visually-hidden">{say(|t| t.shell.language)}</span>
            <select
                data-testid="language-select"
                prop:value=move || language.get().tag()
                on:change=move |event| {
                    if let Some(language) = Language::from_tag(&event_target_value(&event)) {
                        dispatch.send(Msg::LanguageChosen(language));
                    }
                }
            >
                {Language::ALL
                    .map(|one| view! {
                        <option value=one.tag() lang=one.tag() prop:selected=move || language.get() == one>
                            {one.name()}
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

#[component]
fn Lost() -> impl IntoView {
    let shell = use_views().shell;
    let t = use_texts();
    let language = use_language();
    let fault = move || shell.with(|shell| shell.lost.as_ref().map(|fault| (t().shell.lost)(fault)));
    view! {
        <section class="class-column">
            <h1 id="screen-heading" tabindex="-1">{say(|t| t.shell.lost_heading)}</h1>
            <p class="lead" data-testid="lost">{fault}</p>
            <p><a class="button button-main" href=move || hash_of(Place::List, language.get())>{say(|t| t.shell.lost_way)}</a></p>
        </section>
    }
}

/// Title, language and colours belong to the document, outside of what is mounted.
fn dress_document() {
    let shell = use_views().shell;
    let t = use_texts();
    Effect::new(move || {
        let shell = shell.get();
        let place = match (&shell.title, shell.screen) {
            (Some(title), _) => title.clone(),
            (None, ScreenVm::Teach) => t().teach.heading.to_owned(),
            (None, ScreenVm::Build) => t().build.heading.to_owned(),
            (None, ScreenVm::Lost) => t().shell.lost_heading.to_owned(),
            (None, _) => t().list.heading.to_owned(),
        };
        document().set_title(&format!("{place} – Popglass"));
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", shell.language.tag());
            let _ = root.set_attribute("data-theme", shell.theme.as_str());
            let _ = root.set_attribute("data-size", if shell.is_large { "large" } else { "usual" });
        }
    });
}
