//! What this browser keeps between visits. A browser may forbid it; then the page forgets.

use crate::app::Remembered;

const KEY: &str = "popglass";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

pub(super) fn keep(remembered: &Remembered) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs comfort only.
        let _ = storage.set_item(KEY, &remembered.to_text());
    }
}

/// What was kept, as far as this version understands it.
pub(super) fn kept() -> Remembered {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok()?);
    Remembered::from_text(&text.unwrap_or_default())
}
