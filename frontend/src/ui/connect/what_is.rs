//! "What is POP3?", for newcomers.

use leptos::prelude::*;

use crate::ui::runtime::{say, use_texts};

#[component]
pub(super) fn WhatIs() -> impl IntoView {
    let t = use_texts();
    view! {
        <details class="what-is card" data-testid="what-is">
            <summary><h2>{say(|t| t.what_is.heading)}</h2></summary>
            <dl>
                {move || t()
                    .what_is
                    .facts
                    .iter()
                    .map(|(question, answer)| view! {
                        <div>
                            <dt>{*question}</dt>
                            <dd>{*answer}</dd>
                        </div>
                    })
                    .collect_view()}
            </dl>
        </details>
    }
}
