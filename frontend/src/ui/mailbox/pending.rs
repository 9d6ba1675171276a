//! What is marked, and that nothing is deleted before QUIT: over the lower edge, in the list and in the reader alike.

use leptos::prelude::*;

use super::project;
use crate::{
    app::Msg,
    ui::{
        button::button,
        runtime::{say, use_dispatch, use_texts},
    },
};

#[component]
pub(crate) fn PendingBar() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let marked = project(|mailbox| mailbox.marked);
    let finishing = project(|mailbox| mailbox.finishing);
    view! {
        <Show when=move || { marked.get() > 0 }>
            <section class="dock-card pending" data-testid="pending-bar" aria-label=say(|t| t.mailbox.marked)>
                <p class="dock-text">
                    <strong>{move || (t().mailbox.pending)(marked.get())}</strong>
                    " "
                    {say(|t| t.mailbox.pending_explanation)}
                </p>
                <div class="pending-buttons">
                    {button("button", "pending-undo-all", |t| t.mailbox.undo_all, || Msg::UndoAllPressed)}
                    <button
                        class="button button-danger"
                        type="button"
                        data-testid="pending-finish"
                        aria-disabled=move || finishing.get().to_string()
                        on:click=dispatch.press(|| Msg::FinishPressed)
                    >
                        {move || if finishing.get() { t().mailbox.finishing } else { t().mailbox.finish_and_delete }}
                    </button>
                </div>
            </section>
        </Show>
    }
}
