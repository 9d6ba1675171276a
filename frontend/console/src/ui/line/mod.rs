//! The line to the server: what it will do, what it can become, and the field.

mod told;

use leptos::{html::Input, prelude::*};
use web_sys::{KeyboardEvent, SubmitEvent};

use self::told::Told;
use super::runtime::{say, use_dispatch, use_texts, use_views};
use crate::{
    app::{Msg, Step, terms::Secret},
    io::LINE,
};

#[component]
pub(super) fn TypedLine() -> impl IntoView {
    let line = use_views().line;
    let t = use_texts();
    let dispatch = use_dispatch();
    let field = NodeRef::<Input>::new();
    let can_type = Memo::new(move |_| line.with(|line| line.can_type));
    let is_secret = Memo::new(move |_| line.with(|line| line.is_secret));
    let not_sent = Memo::new(move |_| line.with(|line| line.not_sent));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        dispatch.send(Msg::LineSent);
    };
    let typed = move |_| {
        if let Some(field) = field.get_untracked() {
            dispatch.send(Msg::LineTyped(Secret::new(field.value())));
        }
    };
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let wish = match event.key().as_str() {
            "ArrowUp" => Msg::LineRecalled(Step::Older),
            "ArrowDown" => Msg::LineRecalled(Step::Newer),
            // Only as long as there is something to complete, so that it keeps nobody here.
            "Tab" if line.with_untracked(|line| line.takes_tab) => Msg::CompletionTaken,
            _ => return,
        };
        event.prevent_default();
        dispatch.send(wish);
    };
    view! {
        <form class="console-form" data-testid="console-form" autocomplete="off" on:submit=submit>
            <Told />
            <p class="console-not-sent" role="alert" data-testid="console-not-sent">
                {move || not_sent.get().map(|fault| (t().not_sent)(fault))}
            </p>
            <label class="console-label" for=LINE>{say(|t| t.line)}</label>
            <div class="console-row">
                <input
                    id=LINE
                    class="mono"
                    type=move || if is_secret.get() { "password" } else { "text" }
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="console-told"
                    data-testid="console-line"
                    readonly=move || !can_type.get()
                    node_ref=field
                    on:input=typed
                    on:keydown=press
                />
                <button
                    class="button button-main"
                    type="submit"
                    data-testid="console-send"
                    aria-disabled=move || (!can_type.get()).to_string()
                >
                    {say(|t| t.send)}
                </button>
            </div>
        </form>
    }
}
