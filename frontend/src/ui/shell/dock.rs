//! What lies over the lower edge: the transfer that lasts, with its cancel button, and short news.

use leptos::prelude::*;

use crate::{
    app::{Msg, ToastNews, terms::Progress, view::TransferVm},
    ui::{
        button::button,
        icon::Icon,
        mailbox::PendingBar,
        runtime::{use_dispatch, use_texts, use_views},
    },
};

#[component]
pub(super) fn Dock() -> impl IntoView {
    let dock = use_views().dock;
    let has_transfer = Memo::new(move |_| dock.with(|dock| dock.transfer.is_some()));
    view! {
        <div class="dock">
            <Show when=move || has_transfer.get()>
                <Transfer />
            </Show>
            <Toast />
            <PendingBar />
        </div>
    }
}

#[component]
fn Transfer() -> impl IntoView {
    let dock = use_views().dock;
    let t = use_texts();
    let dispatch = use_dispatch();
    let transfer = Memo::new(move |_| dock.with(|dock| dock.transfer.clone()));
    let part = move || transfer.get().and_then(|transfer| part(&transfer));
    let text = move || transfer.get().map(|transfer| (t().shell.progress)(&transfer.progress));
    let cancelled = move || transfer.get().is_some_and(|transfer| transfer.cancelled);
    view! {
        <div class="dock-card dock-transfer">
            <p class="dock-text" id="progress-text" data-testid="progress-text">{text}</p>
            // Without a value the bar only shows that something is going on.
            <progress
                data-testid="progress"
                aria-labelledby="progress-text" max="1000"
                prop:value=part
                value=part
            >
            </progress>
            <button
                class="button"
                type="button"
                data-testid="cancel-button"
                aria-disabled=move || cancelled().to_string()
                on:click=dispatch.press(|| Msg::TransferCancelled)
            >
                {move || if cancelled() { t().shell.cancelling } else { t().shell.cancel }}
            </button>
        </div>
    }
}

/// How much of a transfer is there, from 0 to 1,000. Whole numbers: to write others takes 5 KB of code.
fn part(transfer: &TransferVm) -> Option<u32> {
    let (done, total) = match transfer.progress {
        Progress::Headers { done, total } => (done as u64, total as u64),
        Progress::Message { octets, octets_expected, .. } => (octets, octets_expected),
        Progress::Stopping => return None,
    };
    let part = done.min(total).saturating_mul(1_000).checked_div(total)?;
    // 64 bits would reach the browser as a BigInt, which the bar does not take.
    u32::try_from(part).ok()
}

/// The region is always there, so that screen readers notice what appears in it.
#[component]
fn Toast() -> impl IntoView {
    let dock = use_views().dock;
    let t = use_texts();
    let dispatch = use_dispatch();
    let news = Memo::new(move |_| dock.with(|dock| dock.toast.clone()));
    view! {
        <div role="status" data-testid="toast" class="dock-status">
            {move || news.get().map(|news| view! {
                <div class="dock-card dock-toast">
                    <p class="dock-text">{(t().shell.toast)(&news)}</p>
                    {matches!(news, ToastNews::Marked(_)).then(|| button("button", "toast-undo", |t| t.shell.undo, || Msg::ToastUndoPressed))}
                    <button
                        class="button button-icon"
                        type="button"
                        aria-label=t().shell.dismiss
                        on:click=dispatch.press(|| Msg::ToastDismissed)
                    >
                        {Icon::Close.draw()}
                    </button>
                </div>
            })}
        </div>
    }
}
