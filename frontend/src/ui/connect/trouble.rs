//! What went wrong, what to do, and what the other side said about it.

use leptos::prelude::*;

use crate::{i18n::Trouble, ui::runtime::use_texts};

#[component]
pub(crate) fn TroubleText(trouble: Trouble) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="trouble">
            <p class="trouble-what">{trouble.what}</p>
            <p>{trouble.advice}</p>
            {trouble.quote.map(|quote| view! {
                <p class="trouble-quote">{move || t().connect.server_said}" "<q class="mono">{quote}</q></p>
            })}
        </div>
    }
}
