//! What became of messages that an earlier session had marked, and what is to become of those that are still there.

use leptos::prelude::*;

use super::project;
use crate::{
    app::Msg,
    ui::{
        button::button,
        icon::Icon,
        runtime::{use_dispatch, use_texts},
    },
};

/// The region is always there, so that screen readers notice what appears in it.
#[component]
pub(super) fn Reconciled() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let reconciled = project(|mailbox| mailbox.reconciled.clone());
    let offers = move || reconciled.with(|told| told.as_ref().is_some_and(|told| !told.remaining.is_empty()));
    view! {
        <div class="reconciled-region" role="status" data-testid="reconciled">
            {move || reconciled.get().map(|told| view! {
                <div class="notice reconciled">
                    {Icon::Bin.draw()}
                    <div class="reconciled-text">
                        <p class="trouble-what">{t().mailbox.reconciled_heading}</p>
                        {(t().mailbox.reconciled)(&told).into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
                    </div>
                    <div class="reconciled-buttons">
                        {offers().then(|| button("button", "reconciled-mark", |t| t.mailbox.mark_again, || Msg::RemainingMarkPressed))}
                        <button
                            class="button"
                            type="button"
                            data-testid="reconciled-leave"
                            on:click=dispatch.press(|| Msg::ReconciledDismissed)
                        >
                            {if offers() { t().mailbox.leave_them } else { t().shell.dismiss }}
                        </button>
                    </div>
                </div>
            })}
        </div>
    }
}
