//! The border to the page: `postMessage`, `ArrayBuffer`, `Blob`. Knows nothing of mail.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use popglass_mail_worker::border;
use popglass_mail_worker::limits::MESSAGE_OCTETS_MAX;
use popglass_mail_worker::wire::{Outcome, READY, Request, Response};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};

/// Takes requests from now on, and says so.
pub(crate) fn listen() {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let port = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| handle(&port, &event));
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    scope.post_message(&JsValue::from_str(READY)).expect_throw("a string can be posted");
}

/// A request that is none is thrown, not answered: it has no id, and only a page of another build can send it. The page
/// hears of it as an `error` event.
fn handle(scope: &DedicatedWorkerGlobalScope, event: &MessageEvent) {
    let message: Array = event.data().dyn_into().expect_throw("a request is an array");
    let words: Uint8Array = message.get(0).dyn_into().expect_throw("a request begins with its words");
    let request: Request = border::decode(&words.to_vec()).expect_throw("a request is of the page's own build");
    let (response, octets) = match octets_of(&message.get(1)) {
        Some(octets) => popglass_mail_worker::answer(&request, &octets),
        None => {
            let outcome = Outcome::TooLarge { octets_max: MESSAGE_OCTETS_MAX };
            (Response { id: request.id, outcome }, None)
        }
    };
    let message = Array::of1(&Uint8Array::from(border::encode(&response).as_slice()));
    let transferred = Array::new();
    if let Some(octets) = octets {
        let octets = Uint8Array::from(octets.as_slice());
        transferred.push(&octets.buffer());
        message.push(&octets);
    }
    scope.post_message_with_transfer(&message, &transferred).expect_throw("octets can be posted");
}

/// The octets of a request; nothing if they are more than may be read. Asks for the size before it copies.
fn octets_of(value: &JsValue) -> Option<Vec<u8>> {
    let buffer: ArrayBuffer = match value.dyn_ref::<Blob>() {
        Some(blob) if blob.size() > MESSAGE_OCTETS_MAX as f64 => return None,
        Some(blob) => {
            let reader = FileReaderSync::new().expect_throw("a worker has FileReaderSync");
            reader.read_as_array_buffer(blob).expect_throw("the blob can be read")
        }
        None => value.clone().dyn_into().expect_throw("a request brings an ArrayBuffer or a Blob"),
    };
    let is_within = u64::from(buffer.byte_length()) <= MESSAGE_OCTETS_MAX;
    is_within.then(|| Uint8Array::new(&buffer).to_vec())
}
