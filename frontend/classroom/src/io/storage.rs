//! What this browser keeps between visits. A browser may forbid it; then the classroom forgets.

use crate::app::Settings;

/// The mail client's own key: language and colours are shared with it.
const SETTINGS_KEY: &str = "popglass";
const PROGRESS_KEY: &str = "popglass-lessons";
const DRAFT_KEY: &str = "popglass-scenario";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn kept(key: &str) -> String {
    storage().and_then(|storage| storage.get_item(key).ok()?).unwrap_or_default()
}

/// Whether it is kept now: a full or forbidden storage costs comfort only.
fn keep(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

pub(super) fn kept_settings() -> String {
    kept(SETTINGS_KEY)
}

pub(super) fn keep_settings(settings: Settings) {
    keep(SETTINGS_KEY, &settings.written_into(&kept(SETTINGS_KEY)));
}

pub(super) fn kept_progress() -> String {
    kept(PROGRESS_KEY)
}

pub(super) fn keep_progress(text: &str) {
    keep(PROGRESS_KEY, text);
}

pub(super) fn kept_draft() -> String {
    kept(DRAFT_KEY)
}

pub(super) fn keep_draft(text: &str) -> bool {
    keep(DRAFT_KEY, text)
}
