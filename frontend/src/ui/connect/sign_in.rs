//! The way to log in: out of sight for those who need not choose, with one sentence about the one that is chosen.

use leptos::prelude::*;

use crate::{
    app::{Msg, terms::Wish},
    ui::runtime::{say, use_dispatch, use_texts, use_views},
};

#[component]
pub(super) fn SignInOptions() -> impl IntoView {
    let connect = use_views().connect;
    let t = use_texts();
    let dispatch = use_dispatch();
    let wish = Memo::new(move |_| connect.with(|connect| connect.wish));
    let wishes = Memo::new(move |_| connect.with(|connect| connect.wishes.clone()));
    let dropped = Memo::new(move |_| connect.with(|connect| connect.wish_dropped));
    let choose = move |event| {
        let place = event_target_value(&event).parse().ok();
        if let Some(wish) = wishes.with(|wishes| place.and_then(|place: usize| wishes.get(place).copied())) {
            dispatch.send(Msg::WishChosen(wish));
        }
    };
    view! {
        <details class="sign-in" data-testid="sign-in-options" open=wish.get_untracked() != Wish::Automatic>
            <summary>{say(|t| t.sign_in.options)}</summary>
            <div class="sign-in-choice">
                <div class="field">
                    <label for="method">{say(|t| t.sign_in.method)}</label>
                    <select
                        id="method"
                        data-testid="method-select"
                        aria-describedby="method-explanation"
                        on:change=choose
                    >
                        {move || wishes
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(place, offered)| view! {
                                <option value=place.to_string() prop:selected=move || wish.get() == offered>
                                    {move || (t().sign_in.method_name)(offered)}
                                </option>
                            })
                            .collect_view()}
                    </select>
                </div>
                <p class="muted" id="method-explanation" data-testid="method-explanation">
                    {move || (t().sign_in.explanation)(wish.get())}
                </p>
            </div>
        </details>
        <p class="sign-in-dropped" role="status">
            {move || dropped.get().map(|wish| (t().sign_in.dropped)(wish))}
        </p>
    }
}
