//! Shows view models and passes wishes on. One folder a screen part, its style sheet beside it. Decides nothing.

mod button;
mod certificates;
mod connect;
mod ended;
mod hops;
mod icon;
mod mailbox;
mod reader;
mod runtime;
mod shell;
pub mod transcript;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use self::shell::Shell;

/// Puts the page in the place of the static shell that index.html came with.
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
