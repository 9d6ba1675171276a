//! The browser's own services, one function each. None of them needs a secure origin.

use js_sys::{Array, Math, Uint8Array};
use popglass_frontend::i18n::Language;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Blob, BlobPropertyBag, Document, Event, HtmlAnchorElement, HtmlDocument, HtmlElement, HtmlInputElement,
    HtmlTextAreaElement, Url, Window,
};

use super::storage;
use crate::app::{FocusTarget, Start};

/// The file field on the list of lessons.
pub(super) const PROGRESS_FILE_ID: &str = "progress-file";

/// The file field for scenarios, on the list of lessons and in the builder.
pub(super) const SCENARIO_FILE_ID: &str = "scenario-file";

/// The field that shows a scenario's link.
const LINK_ID: &str = "scenario-link";

pub(super) fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

fn document() -> Document {
    window().document().expect("a window shows a document")
}

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

pub(super) fn save(name: &str, text: &str) {
    save_octets(name, "text/plain;charset=utf-8", text.as_bytes());
}

pub(super) fn save_octets(name: &str, kind: &str, octets: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(octets));
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(anchor) = document().create_element("a").map(JsCast::unchecked_into::<HtmlAnchorElement>) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    // The browser needs the URL until it has begun; a minute is more than enough.
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
}

/// Whether the browser let it be copied. The clipboard proper is there in secure origins alone, and a classroom may be
/// served over plain http: so it is done as it was before there was one, by a selection.
pub(super) fn copy(text: &str) -> bool {
    let document = document();
    let before = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let field = document.create_element("textarea").ok().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
    let (Some(field), Some(body)) = (field, document.body()) else { return false };
    field.set_value(text);
    field.set_class_name("visually-hidden");
    if body.append_child(&field).is_err() {
        return false;
    }
    field.select();
    let copied = copy_selected();
    field.remove();
    if let Some(before) = before {
        let _ = before.focus();
    }
    copied
}

/// The file that was chosen; its field is emptied, so that the same file can be chosen again.
pub(super) fn take_file(id: &str) -> Option<Blob> {
    let field = document().get_element_by_id(id)?.dyn_into::<HtmlInputElement>().ok()?;
    let file = field.files().and_then(|files| files.item(0));
    field.set_value("");
    file.map(Blob::from)
}

/// The beginning of a file, read as UTF-8.
pub(super) async fn beginning_of(blob: &Blob, octets_max: u64) -> Option<String> {
    let beginning = blob.slice_with_f64_and_f64(0.0, octets_max as f64).ok()?;
    wasm_bindgen_futures::JsFuture::from(beginning.text()).await.ok()?.as_string()
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
    let field = document().get_element_by_id(LINK_ID).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return false };
    let _ = field.focus();
    field.select();
    copy_selected()
}

fn copy_selected() -> bool {
    document().dyn_into::<HtmlDocument>().is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
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

/// Focuses after the screen was drawn: the first frame draws it, the second finds it.
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
    leptos::prelude::request_animation_frame(move || {
        leptos::prelude::request_animation_frame(move || {
            let element = document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
            if let Some(element) = element {
                let _ = element.focus();
            }
        });
    });
}
