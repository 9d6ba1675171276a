//! Shows view models and passes wishes on. Decides nothing.

mod dom;
mod held;
mod line;
mod log;
mod picture;
mod runtime;
mod tools;

use std::{cell::OnceCell, rc::Rc};

use js_sys::Function;
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::{held::Held, line::TypedLine, log::Log, picture::StatePicture, runtime::Runtime, tools::Tools};
use crate::{
    app::{Msg, terms::SessionEvent},
    i18n::Language,
};

/// The console, running.
pub struct Console(Runtime);

impl Console {
    /// The session says this.
    pub fn hear(&self, event: SessionEvent) {
        self.0.hear(Msg::Heard(event));
    }

    /// It has been put into its place, in this language.
    pub fn show(&self, language: Language) {
        self.0.wish(Msg::LanguageChosen(language));
        self.0.placed();
    }

    /// It is not on the screen any more.
    pub fn close(&self) {
        self.0.wish(Msg::Closed);
    }
}

/// Starts the console, and gives its root, which is in no document yet.
///
/// # Panics
///
/// Never: a page has a document, and what starts is there.
#[must_use]
pub fn mount(language: Language, send: Function) -> (Console, HtmlElement) {
    let root: HtmlElement = document().create_element("section").expect("`section` is a name").unchecked_into();
    root.set_class_name("console");
    let runtime = Rc::new(OnceCell::new());
    let slot = Rc::clone(&runtime);
    mount_to(root.clone(), move || {
        let _ = slot.set(Runtime::start(language, send));
        view! { <Parts /> }
    })
    .forget();
    let runtime = runtime.get().expect("the view was made").clone();
    (Console(runtime), root)
}

#[component]
fn Parts() -> impl IntoView {
    view! {
        <div class="console-parts" data-testid="console">
            <Tools />
            <StatePicture />
            <div class="console-talk">
                <Log />
                <Held />
                <TypedLine />
            </div>
        </div>
    }
}
