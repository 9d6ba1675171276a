//! The state picture, and the same in words. Where there is room it is always there (`console.css`); else it unfolds.

use leptos::prelude::*;

use super::runtime::{say, use_dispatch, use_views};
use crate::app::Msg;

#[component]
pub(super) fn StatePicture() -> impl IntoView {
    let views = use_views();
    let dispatch = use_dispatch();
    let open = Memo::new(move |_| views.console.with(|console| console.picture_open));
    view! {
        <div class="console-state" data-testid="state-picture">
            <button
                class="console-state-toggle"
                type="button"
                data-testid="picture-toggle"
                aria-expanded=move || open.get().to_string()
                on:click=dispatch.press(|| Msg::PictureToggled)
            >
                {say(|t| t.picture)}
            </button>
            <div class="console-state-body" data-open=move || open.get().to_string()>
                // Its markup is the explanations' own.
                <div class="console-state-drawn" inner_html=move || views.picture.with(|picture| picture.svg.clone())></div>
                <details class="console-state-words">
                    <summary>{say(|t| t.picture_words)}</summary>
                    <p data-testid="state-text">{move || views.picture.with(|picture| picture.text.clone())}</p>
                </details>
            </div>
        </div>
    }
}
