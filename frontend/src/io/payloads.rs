//! Octets as the browser's own objects, under names that the app can hold. A message stays a Blob: it never enters this
//! module's memory.

use std::collections::HashMap;

use wasm_bindgen::JsValue;

use crate::app::PayloadId;

/// What is kept.
#[derive(Debug, Default)]
pub(super) struct Payloads {
    kept: HashMap<PayloadId, JsValue>,
    last: u32,
}

impl Payloads {
    /// Keeps the octets that came along with a message; nothing, if nothing came.
    pub(super) fn keep(&mut self, octets: JsValue) -> Option<PayloadId> {
        if octets.is_null() || octets.is_undefined() {
            return None;
        }
        self.last = self.last.wrapping_add(1);
        let id = PayloadId(self.last);
        self.kept.insert(id, octets);
        Some(id)
    }

    pub(super) fn of(&self, id: PayloadId) -> Option<JsValue> {
        self.kept.get(&id).cloned()
    }

    pub(super) fn forget(&mut self, id: PayloadId) {
        self.kept.remove(&id);
    }
}
