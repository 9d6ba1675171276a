//! Octets of the message that is under way, kept outside wasm memory: pieces are gathered to Blobs of 1 MiB, which the
//! browser may move to disk. Knows nothing of what they mean.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::Blob;

/// One record of a stored message.
const RECORD_OCTETS_MAX: usize = 1024 * 1024;

/// One message at a time: the session fetches no two at once.
#[derive(Default)]
pub(crate) struct MessageStore {
    records: Array,
    gathered: Vec<u8>,
}

impl MessageStore {
    /// Appends octets.
    pub(crate) fn keep(&mut self, octets: &[u8]) {
        self.gathered.extend_from_slice(octets);
        if self.gathered.len() >= RECORD_OCTETS_MAX {
            self.close_record();
        }
    }

    /// Everything kept so far, as one Blob; the store is empty again.
    pub(crate) fn take_message(&mut self) -> JsValue {
        self.close_record();
        let records = std::mem::take(&mut self.records);
        Blob::new_with_blob_sequence(&records).map_or(JsValue::NULL, JsValue::from)
    }

    /// Forgets everything kept so far.
    pub(crate) fn drop_kept(&mut self) {
        *self = Self::default();
    }

    fn close_record(&mut self) {
        let record = Array::of1(&Uint8Array::from(self.gathered.as_slice()));
        self.gathered.clear();
        if let Ok(blob) = Blob::new_with_u8_array_sequence(&record) {
            self.records.push(&blob);
        }
    }
}
