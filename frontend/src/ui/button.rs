//! A button with a text, which always means the same. A function, and its view without its type: whatever is written into
//! a `view!` is compiled there anew, and the page has many buttons.

use leptos::prelude::*;

use super::runtime::{say, use_dispatch};
use crate::{app::Msg, i18n::Texts};

/// A button of these classes.
pub(super) fn button(
    classes: &'static str,
    testid: &'static str,
    text: fn(&'static Texts) -> &'static str,
    msg: fn() -> Msg,
) -> AnyView {
    view! {
        <button class=classes type="button" data-testid=testid on:click=use_dispatch().press(msg)>{say(text)}</button>
    }
    .into_any()
}
