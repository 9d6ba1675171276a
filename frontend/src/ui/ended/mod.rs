//! The end of a session: why, and what was really deleted.

use leptos::prelude::*;

use super::{
    button::button,
    connect::TroubleText,
    icon::Icon,
    runtime::{use_dispatch, use_texts, use_views},
};
use crate::app::{Ended, Msg};

#[component]
pub(super) fn EndedScreen() -> impl IntoView {
    let ended = use_views().ended;
    let t = use_texts();
    let dispatch = use_dispatch();
    view! {
        <div class="ended" data-testid="ended">
            {move || ended.get().map(|vm| {
                let t = t();
                let trouble = match &vm.ended {
                    Ended::Session { reason, .. } => (t.connect.trouble)(reason),
                    Ended::Crashed { quit_sent, at_start } => (t.ended.crashed)(*quit_sent, *at_start),
                };
                let deletion = match &vm.ended {
                    Ended::Session { deletion, messages, .. } => Some((t.ended.deletion)(deletion, *messages)),
                    Ended::Crashed { .. } => None,
                };
                view! {
                    <h1 id="screen-heading" tabindex="-1">{(t.ended.heading)(&vm.ended)}</h1>
                    <div class="ended-reason" data-testid="ended-reason"><TroubleText trouble /></div>
                    {deletion.map(|deletion| view! {
                        <section class="card ended-deletion" aria-labelledby="deletion-heading">
                            {Icon::Bin.draw()}
                            <div>
                                <h2 id="deletion-heading">{t.ended.deletion_heading}</h2>
                                <p data-testid="ended-deletion">{deletion}</p>
                            </div>
                        </section>
                    })}
                    <div class="ended-buttons">
                        {vm.can_reconnect.then(|| button("button button-main", "reconnect-button", |t| t.ended.reconnect, || Msg::ReconnectPressed))}
                        {if matches!(vm.ended, Ended::Crashed { .. }) {
                            button("button button-main", "reload-button", |t| t.shell.reload, || Msg::ReloadPressed)
                        } else {
                            view! {
                                <button
                                    class="button"
                                    class:button-main=!vm.can_reconnect
                                    type="button"
                                    data-testid="new-session-button"
                                    on:click=dispatch.press(|| Msg::NewSessionPressed)
                                >
                                    {t.ended.new_session}
                                </button>
                            }.into_any()
                        }}
                    </div>
                }
            })}
        </div>
    }
}
