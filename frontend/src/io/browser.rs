//! The browser's own services that only the page asks for, one function each.

use js_sys::{Array, Date, Intl, Object, Reflect, Uint8Array};
use popglass_protocol::tunnel::Demo;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement, Url, Worker, WorkerOptions, WorkerType};

use super::storage;
use crate::{
    app::{BridgesConfig, FocusTarget, Key, Start},
    i18n::Language,
    program::browser::{document, element, focus_when_drawn, window},
};

/// Says on the console what nobody should ever read.
pub(super) fn complain(what: &str) {
    let console = Reflect::get(&js_sys::global(), &"console".into()).unwrap_or_default();
    if let Ok(error) = Reflect::get(&console, &"error".into()).and_then(|error| error.dyn_into::<js_sys::Function>()) {
        let _ = error.call1(&console, &what.into());
    }
}

/// What the page knows before anything has happened.
#[must_use]
pub fn browser_start() -> Start {
    let location = window().location();
    let scheme = location.protocol().unwrap_or_default();
    let host = location.hostname().unwrap_or_default();
    let languages: Vec<String> = window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect();
    Start {
        remembered: storage::kept(),
        browser_language: Language::preferred(languages.iter().map(String::as_str)),
        wide: media_is("(min-width: 64rem)"),
        page_secure: scheme == "https:" || matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]"),
        page_origin: location.origin().unwrap_or_default(),
        bridges: BridgesConfig {
            urls: said_in_head("popglass-bridges").split_whitespace().map(str::to_owned).collect(),
            any: said_in_head("popglass-any-bridge") == "yes",
        },
        build: option_env!("POPGLASS_BUILD_ID").unwrap_or("dev").to_owned(),
    }
}

/// What the site says about the page, in a `meta` of this name; nothing if it says nothing.
fn said_in_head(name: &str) -> String {
    let meta = document().query_selector(&format!("meta[name='{name}']")).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// Whether this media query holds now.
#[must_use]
pub fn media_is(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// A worker of this page, if the browser lets it have one.
pub(super) fn worker(loader: &str) -> Option<Worker> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    // Beside the page, wherever that was put.
    let base = document().base_uri().ok().flatten()?;
    let url = Url::new_with_base(loader, &base).ok()?;
    Worker::new_with_options(&url.href(), &options).ok()
}

pub(super) fn post(worker: &Worker, message: &JsValue) {
    if worker.post_message(message).is_err() {
        complain("a message to a worker could not be copied");
    }
}

/// Octets as the browser's own object.
pub(super) fn octets_of(octets: &[u8]) -> JsValue {
    Uint8Array::from(octets).into()
}

/// The octets of such an object, if it is one.
pub(super) fn octets_in(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

pub(super) fn reload() {
    let _ = window().location().reload();
}

/// The fields are the browser's own, for its password manager's sake; the app only names what goes in.
pub(super) fn fill_login(login: &Demo) {
    for (id, value) in [("user", &login.user), ("password", &login.password)] {
        if let Some(input) = element::<HtmlInputElement>(id) {
            input.set_value(value);
        }
    }
}

pub(super) fn clear_authority_text() {
    if let Some(field) = element::<HtmlTextAreaElement>("authority-text") {
        field.set_value("");
    }
}

/// Puts an element into the one with this id, if that is there.
pub(super) fn put_into(id: &str, element: &HtmlElement) {
    if let Some(place) = document().get_element_by_id(id) {
        let _ = place.append_child(element);
    }
}

/// Focuses after the screen was drawn.
pub(super) fn focus(target: FocusTarget) {
    let id = match target {
        FocusTarget::Heading | FocusTarget::Reader => "screen-heading".to_owned(),
        FocusTarget::ConnectError => "connect-error".to_owned(),
        FocusTarget::PinQuestion => "pin-question".to_owned(),
        FocusTarget::Trust => "trust-summary".to_owned(),
        FocusTarget::BridgeField => "bridge-input".to_owned(),
        FocusTarget::Certificates => "certificates".to_owned(),
        FocusTarget::Row(number) => format!("row-{number}"),
        FocusTarget::Tab => "reader-tab-chosen".to_owned(),
        FocusTarget::ConsoleLine => "console-line".to_owned(),
    };
    focus_when_drawn(id);
}

/// The meaning of a key press, unless it belongs to a field, to the browser or to an assistive tool.
#[must_use]
pub fn key_of(event: &web_sys::KeyboardEvent, letters: bool) -> Option<Key> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
        return None;
    }
    let in_field =
        event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).is_some_and(|element| {
            element.closest("input, select, textarea, dialog, [contenteditable]").ok().flatten().is_some()
        });
    let name = event.key();
    (!in_field && (letters || Key::is_letterless(&name))).then(|| Key::parse(&name)).flatten()
}

/// A date as the language writes it; with the time of day where there is room.
#[must_use]
pub fn format_date(date_ms: i64, language: Language, with_time: bool) -> String {
    let options = Object::new();
    let styles: &[(&str, &str)] =
        if with_time { &[("dateStyle", "full"), ("timeStyle", "short")] } else { &[("dateStyle", "medium")] };
    for (name, value) in styles {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    let date = Date::new(&JsValue::from_f64(date_ms as f64));
    if date.get_time().is_nan() {
        return String::new();
    }
    let format = Intl::DateTimeFormat::new(&Array::of1(&language.tag().into()), &options);
    format.format().call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The time of day, to the millisecond, by this computer's clock.
#[must_use]
pub fn format_clock(at_ms: u64) -> String {
    let date = Date::new(&JsValue::from_f64(at_ms as f64));
    format!(
        "{:02}:{:02}:{:02}.{:03}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds(),
        date.get_milliseconds()
    )
}
