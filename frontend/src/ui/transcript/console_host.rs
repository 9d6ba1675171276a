//! A place for the console, and what is said where it cannot be had. There is one such place at a time.

use leptos::prelude::*;

use crate::{
    app::Msg,
    ui::{
        button::button,
        runtime::{say, use_dispatch, use_views},
    },
};

#[component]
pub(in crate::ui) fn ConsoleHost() -> impl IntoView {
    let shell = use_views().shell;
    let dispatch = use_dispatch();
    let failed = Memo::new(move |_| shell.with(|shell| shell.console_failed));
    // By the next frame the place is in the document.
    request_animation_frame(move || dispatch.send(Msg::ConsoleWanted));
    view! {
        <div class="console-failed" role="alert">
            <div class="notice notice-warning" data-testid="console-failed" hidden=move || !failed.get()>
                <p>{say(|t| t.transcript.console_failed)}</p>
                {button("button", "console-retry", |t| t.connect.retry, || Msg::ConsoleWanted)}
            </div>
        </div>
        <div class="console-host" id="console-host"></div>
    }
}
