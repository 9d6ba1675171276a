//! The browser's own services that only the classroom asks for, one function each. None of them needs a secure origin.

use js_sys::{Math, Uint8Array};
use popglass_frontend::{
    i18n::Language,
    program::browser::{copy_selected, element, focus_when_drawn, window},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, Event, HtmlInputElement};

use super::storage;
use crate::app::{FocusTarget, Start};

/// The file field on the list of lessons.
pub(super) const PROGRESS_FILE_ID: &str = "progress-file";

/// The file field for scenarios, on the list of lessons and in the builder.
pub(super) const SCENARIO_FILE_ID: &str = "scenario-file";

/// The field that shows a scenario's link.
const LINK_ID: &str = "scenario-link";

/// The address from `#` on.
pub(super) fn address() -> String {
    window().location().hash().unwrap_or_default()
}

/// What is known before anything has happened.
#[must_use]
pub fn browser_start() -> Start {
    let languages: Vec<String> = window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect();
    Start {
        address: address(),
        settings: storage::kept_settings(),
        progress: storage::kept_progress(),
        draft: storage::kept_draft(),
        page: window().location().href().unwrap_or_default().split('#').next().unwrap_or_default().to_owned(),
        browser_language: Language::preferred(languages.iter().map(String::as_str)),
        // Nothing secret hangs on it: it only keeps neighbours in a classroom from having the same numbers.
        chance: (Math::random() * f64::from(u32::MAX)) as u32,
    }
}

/// The address stays the same place in the history: it is only written out.
pub(super) fn write_address(hash: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(hash));
    }
}

pub(super) fn print() {
    let _ = window().print();
}

/// The beginning of a file, whatever is in it.
pub(super) async fn octets_of(blob: &Blob, octets_max: u64) -> Option<Vec<u8>> {
    let beginning = blob.slice_with_f64_and_f64(0.0, octets_max as f64).ok()?;
    let buffer = wasm_bindgen_futures::JsFuture::from(beginning.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// A new place in the history.
pub(super) fn go(hash: &str) {
    let _ = window().location().set_hash(hash);
}

/// Copies the link in the way that needs no secure origin; it stays selected for whoever has to do it by hand.
pub(super) fn copy_link() -> bool {
    let Some(field) = element::<HtmlInputElement>(LINK_ID) else { return false };
    let _ = field.focus();
    field.select();
    copy_selected()
}

/// Has the browser ask before the page is left, or no longer.
pub(super) fn guard_leaving(on: bool) {
    let guard = Closure::<dyn FnMut(Event)>::new(|event: Event| event.prevent_default());
    let handler = on.then(|| guard.as_ref().unchecked_ref());
    window().set_onbeforeunload(handler);
    if on {
        // It is heard until it is replaced, and that is rare.
        guard.forget();
    }
}

/// Focuses after the screen was drawn.
pub(super) fn focus(target: &FocusTarget) {
    let id = match target {
        FocusTarget::Heading => "screen-heading".to_owned(),
        FocusTarget::Input(terminal) => format!("input-{terminal}"),
        FocusTarget::Hint => "newest-hint".to_owned(),
        FocusTarget::ShowQuestion => "show-question".to_owned(),
        FocusTarget::Shown => "shown".to_owned(),
        FocusTarget::Praise => "praise".to_owned(),
        FocusTarget::Field(id) => id.clone(),
        FocusTarget::Notice => "build-notice".to_owned(),
        FocusTarget::Link => LINK_ID.to_owned(),
    };
    focus_when_drawn(id);
}
