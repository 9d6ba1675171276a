//! The frame around every screen: header, the chosen screen, the transcript beside it, the dock over the lower edge.

mod dock;
mod header;
mod help;

use leptos::prelude::*;

use self::{dock::Dock, header::Header, help::Help};
use super::{
    connect::{Connect, Connecting},
    ended::EndedScreen,
    icon::Icon,
    mailbox::MailboxScreen,
    reader::ReaderScreen,
    runtime::{say, use_dispatch, use_texts, use_views},
    transcript::{Announcer, ConsoleHost, Transcript},
};
use crate::{
    app::{
        Msg,
        view::{ScreenVm, ShellVm, TitleVm},
    },
    io::key_of,
};

/// The whole page.
#[component]
pub(super) fn Shell() -> impl IntoView {
    let views = use_views();
    let shell = views.shell;
    let screen = Memo::new(move |_| shell.with(|shell| shell.screen));
    let reading =
        Memo::new(move |_| views.mailbox.with(|mailbox| mailbox.as_ref().is_some_and(|mailbox| mailbox.reader_open)));
    dress_document();
    listen_to_keys();
    view! {
        <div
            class="shell"
            data-testid="app"
            data-phase=move || screen.get().as_str()
            data-ready=move || shell.with(|shell| shell.ready).to_string()
            data-transcript=move || if shell.with(|shell| shell.transcript_open) { "open" } else { "closed" }
        >
            <a class="shell-skip" href="#screen-heading">{say(|t| t.shell.skip_to_content)}</a>
            <Header />
            <div class="shell-body">
                <main class="shell-main">
                    <div class="shell-screen">
                    <Show when=move || shell.with(|shell| shell.outdated)>
                        <Outdated />
                    </Show>
                    {move || match (screen.get(), reading.get()) {
                        (ScreenVm::Connect, _) => view! { <Connect /> }.into_any(),
                        (ScreenVm::Connecting, _) => view! { <Connecting /> }.into_any(),
                        (ScreenVm::ByHand, _) => view! { <Connecting /> <ConsoleHost /> }.into_any(),
                        (ScreenVm::Mailbox, false) => view! { <MailboxScreen /> }.into_any(),
                        (ScreenVm::Mailbox, true) => view! { <ReaderScreen /> }.into_any(),
                        (ScreenVm::Ended, _) => view! { <EndedScreen /> }.into_any(),
                    }}
                    </div>
                    <Dock />
                </main>
                <Show when=move || screen.get() != ScreenVm::ByHand>
                    <Transcript />
                </Show>
            </div>
            <Help />
            <Announcer />
        </div>
    }
}

#[component]
fn Outdated() -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <div class="notice notice-warning" role="alert">
            {Icon::Warning.draw()}
            <p>{say(|t| t.shell.outdated)}</p>
            <button class="button" type="button" on:click=dispatch.press(|| Msg::ReloadPressed)>
                {say(|t| t.shell.reload)}
            </button>
        </div>
    }
}

/// Title, language and colours belong to the document, outside of what is mounted.
fn dress_document() {
    let shell = use_views().shell;
    let t = use_texts();
    Effect::new(move || {
        let shell = shell.get();
        document().set_title(&title(&shell, t()));
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", shell.language.tag());
            let _ = root.set_attribute("data-theme", shell.theme.as_str());
        }
    });
}

fn title(shell: &ShellVm, t: &'static crate::i18n::Texts) -> String {
    match &shell.title {
        TitleVm::Screen => "Popglass".to_owned(),
        TitleVm::Mailbox(count) => format!("{} ({count}) – Popglass", t.mailbox.heading),
        TitleVm::Message(subject) => {
            format!("{} – Popglass", subject.as_deref().unwrap_or(t.mailbox.no_subject))
        }
    }
}

/// Shortcuts work wherever the focus is, but for fields and sheets.
fn listen_to_keys() {
    let shell = use_views().shell;
    let dispatch = use_dispatch();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let letters = shell.with_untracked(|shell| shell.shortcuts_on && !shell.help_open);
        if let Some(key) = key_of(&event, letters) {
            event.prevent_default();
            dispatch.send(Msg::KeyPressed(key));
        }
    });
    on_cleanup(move || handle.remove());
}
