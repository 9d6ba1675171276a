//! What the page can call. Words cross as [`popglass_session::border`] writes them.
#![expect(unreachable_pub, reason = "wasm-bindgen takes public functions alone, and who calls them is no crate")]

use std::cell::OnceCell;

use js_sys::Function;
use popglass_console::ui::{Console, mount};
use popglass_frontend::i18n::Language;
use popglass_session::border;
use wasm_bindgen::{
    JsValue,
    prelude::{JsError, wasm_bindgen},
};
use web_sys::HtmlElement;

/// Which build this module comes from.
const BUILD: &str = match option_env!("POPGLASS_BUILD_ID") {
    Some(build) => build,
    None => "dev",
};

thread_local! {
    static CONSOLE: OnceCell<Console> = const { OnceCell::new() };
}

/// Starts the console of a page of this build, and gives its root, which is in no document yet. `send` is called with the
/// octets of a `SessionCommand`, or with nothing, once, if the console broke down.
///
/// # Errors
///
/// If the page comes from another build, or the console runs already.
#[wasm_bindgen]
pub fn start(build: &str, language: &str, send: Function) -> Result<HtmlElement, JsError> {
    if build != BUILD {
        return Err(JsError::new("page and console come from different builds"));
    }
    let dying = send.clone();
    std::panic::set_hook(Box::new(move |panic| {
        console_error_panic_hook::hook(panic);
        let _ = dying.call0(&JsValue::UNDEFINED);
    }));
    let (console, root) = mount(speak(language), send);
    CONSOLE.with(|slot| slot.set(console)).map_err(|_second| JsError::new("the console runs already"))?;
    Ok(root)
}

/// Takes a `SessionEvent` in, as the session worker said it.
///
/// # Errors
///
/// If it is none.
#[wasm_bindgen]
pub fn hear(event: &[u8]) -> Result<(), JsError> {
    let event = border::decode(event).map_err(|_malformed| JsError::new("this is no event of the same build"))?;
    tell(|console| console.hear(event));
    Ok(())
}

/// It is on the screen, in this language.
#[wasm_bindgen]
pub fn show(language: &str) {
    tell(|console| console.show(speak(language)));
}

/// It is not on the screen any more: nothing is held back unseen.
#[wasm_bindgen]
pub fn close() {
    tell(Console::close);
}

fn tell(what: impl FnOnce(&Console)) {
    CONSOLE.with(|slot| slot.get().map(what));
}

fn speak(tag: &str) -> Language {
    Language::from_tag(tag).unwrap_or_default()
}
