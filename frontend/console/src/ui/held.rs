//! What is held back, and the way on: where lines do not pass by themselves, nobody shall think that nothing works.

use leptos::prelude::*;

use super::runtime::{say, use_dispatch, use_texts, use_views};
use crate::{
    app::{
        Msg, PACES,
        terms::{Direction, HeldLine, Pace},
    },
    i18n::Texts,
};

#[component]
pub(super) fn Held() -> impl IntoView {
    let console = use_views().console;
    let t = use_texts();
    let dispatch = use_dispatch();
    let pace = Memo::new(move |_| console.with(|console| console.pace));
    let held = Memo::new(move |_| console.with(|console| console.held.clone()));
    let nothing_held = Memo::new(move |_| held.with(Option::is_none));
    let name =
        move || PACES.iter().position(|known| *known == pace.get()).and_then(|place| t().paces.get(place).copied());
    view! {
        <Show when=move || pace.get() != Pace::Play>
            <div class="held" data-testid="held">
                <p><strong>{name}</strong></p>
                <div class="held-what" id="held-what" role="status">
                    {move || match held.get() {
                        Some(held) => line(&held, t()).into_any(),
                        None => view! { <p>{t().held_none}</p> }.into_any(),
                    }}
                </div>
                <div class="held-buttons">
                    <Show when=move || pace.get() == Pace::Step>
                        <button
                            class="button button-main"
                            type="button"
                            data-testid="next-line"
                            aria-describedby="held-what"
                            aria-disabled=move || nothing_held.get().to_string()
                            on:click=dispatch.press(|| Msg::NextLinePressed)
                        >
                            {say(|t| t.next_line)}
                        </button>
                    </Show>
                    <button
                        class="button"
                        type="button"
                        data-testid="full-speed"
                        on:click=dispatch.press(|| Msg::FullSpeedPressed)
                    >
                        {say(|t| t.full_speed)}
                    </button>
                </div>
            </div>
        </Show>
    }
}

fn line(held: &HeldLine, t: &'static Texts) -> impl IntoView + use<> {
    let (side, who) = match held.direction {
        Direction::ClientToServer => ("client", t.held_from_client),
        Direction::ServerToClient => ("server", t.held_from_server),
    };
    view! {
        <p>{who}</p>
        <p class="held-line mono" data-direction=side data-testid="held-line">{held.text.clone()}</p>
        <p>{(t.held_more)(held)}</p>
    }
}
