//! What went wrong, what to do, and what the other side said about it.

use leptos::prelude::*;

use crate::{i18n::Trouble, ui::runtime::say};

#[component]
pub(crate) fn TroubleText(trouble: Trouble) -> impl IntoView {
    view! {
        <div class="trouble">
            <p class="trouble-what">{trouble.what}</p>
            <p>{trouble.advice}</p>
            {trouble.quote.map(|quote| view! {
                <p class="trouble-quote">{say(|t| t.connect.server_said)}" "<q class="mono">{quote}</q></p>
            })}
        </div>
    }
}
