//! The browser's own services, one function each.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{
    Blob, BlobPropertyBag, Document, HtmlAnchorElement, HtmlDocument, HtmlElement, HtmlInputElement,
    HtmlTextAreaElement, Url,
};

/// The browser needs a file's URL until it has begun to save it; a minute is more than enough.
const URL_KEPT_MS: u32 = 60_000;

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("the console runs in a page")
}

pub(super) fn fill(id: &str, line: &str) {
    let field = document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        field.set_value(line);
    }
}

pub(super) fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Lets the browser save octets under this name. The type is the one that no browser opens by itself.
pub(super) fn save(name: &str, octets: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type("application/octet-stream");
    let parts = Array::of1(&Uint8Array::from(octets));
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
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

/// Puts text on the clipboard; true if the browser did. Not by its newer way, which pages without HTTPS do not have.
pub(super) fn copy(text: &str) -> bool {
    let Ok(field) = document().create_element("textarea").map(JsCast::unchecked_into::<HtmlTextAreaElement>) else {
        return false;
    };
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    field.set_value(text);
    if document().body().is_none_or(|body| body.append_child(&field).is_err()) {
        return false;
    }
    field.select();
    let document: HtmlDocument = document().unchecked_into();
    let done = document.exec_command("copy").unwrap_or(false);
    field.remove();
    if let Some(focused) = focused {
        let _ = focused.focus();
    }
    done
}
