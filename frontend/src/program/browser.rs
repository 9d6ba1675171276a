//! The browser's services that more than one program asks for, one function each. None of them needs a secure origin.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Document, HtmlAnchorElement, HtmlDocument, HtmlElement, HtmlInputElement,
    HtmlTextAreaElement, Url, Window,
};

/// The type of a file that no browser opens by itself.
pub const ANY_OCTETS: &str = "application/octet-stream";

/// The browser needs a file's URL until it has begun to save it; a minute is more than enough.
const URL_KEPT_MS: u32 = 60_000;

/// The window of the program.
///
/// # Panics
///
/// In a worker, which has none; programs run on the main thread.
#[must_use]
pub fn window() -> Window {
    web_sys::window().expect("a program runs in a window")
}

/// The document that the window shows.
///
/// # Panics
///
/// As [`window`].
#[must_use]
pub fn document() -> Document {
    window().document().expect("a window shows a document")
}

/// The element with this id, if it is there and of this kind.
#[must_use]
pub fn element<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Lets the browser save a file: `content` is what a Blob takes for a part, a Blob or an array of octets.
pub fn save(name: &str, kind: &str, content: &JsValue) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_blob_sequence_and_options(&Array::of1(content), &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(anchor) = document().create_element("a").map(JsCast::unchecked_into::<HtmlAnchorElement>) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    gloo_timers::callback::Timeout::new(URL_KEPT_MS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
}

/// Puts text on the clipboard; true if the browser did. The clipboard proper is there in secure origins alone, and a
/// page may be served over plain http: so it is done as it was before there was one, by a selection.
#[must_use]
pub fn copy(text: &str) -> bool {
    let document = document();
    let before = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let field = document.create_element("textarea").map(JsCast::unchecked_into::<HtmlTextAreaElement>);
    let (Ok(field), Some(body)) = (field, document.body()) else { return false };
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

/// Puts what is selected on the clipboard; true if the browser did.
#[must_use]
pub fn copy_selected() -> bool {
    document().dyn_into::<HtmlDocument>().is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
}

/// The file that was chosen in the field with this id; it is emptied, so that the same file can be chosen again.
#[must_use]
pub fn take_file(id: &str) -> Option<Blob> {
    let field = element::<HtmlInputElement>(id)?;
    let file = field.files().and_then(|files| files.item(0));
    field.set_value("");
    file.map(Blob::from)
}

/// The beginning of a Blob, read as UTF-8.
pub async fn beginning_of(blob: &Blob, octets_max: u64) -> Option<String> {
    let beginning = blob.slice_with_f64_and_f64(0.0, octets_max as f64).ok()?;
    wasm_bindgen_futures::JsFuture::from(beginning.text()).await.ok()?.as_string()
}

/// Moves the focus there, if there is such an element.
pub fn focus(id: &str) {
    if let Some(element) = element::<HtmlElement>(id) {
        let _ = element.focus();
    }
}

/// Focuses after the screen was drawn: the first frame draws it, the second finds it.
pub fn focus_when_drawn(id: String) {
    leptos::prelude::request_animation_frame(move || {
        leptos::prelude::request_animation_frame(move || focus(&id));
    });
}
