//! Shows view models and passes wishes on. One folder a screen part, its style sheet beside it. Decides nothing.

mod build;
mod icon;
mod lesson;
mod list;
mod panes;
mod rich;
mod runtime;
mod sheet;
mod shell;
mod teach;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use self::shell::Shell;

/// Puts the classroom in the place of the static shell that index.html came with.
pub fn mount() {
    let Some(root) = document().get_element_by_id("app").and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return;
    };
    root.set_inner_html("");
    mount_to(root, || {
        runtime::start();
        view! { <Shell /> }
    })
    .forget();
}
