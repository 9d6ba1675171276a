//! The module that speaks TLS (`frontend/tls`), imported when it is first needed: what it exports, and how it is had. A
//! module that broke down is imported anew, under another name, since the browser keeps what it has. Knows no TLS.

use std::{cell::Cell, rc::Rc};

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};

use crate::host::BUILD;

#[wasm_bindgen]
extern "C" {
    /// Imports a module with WebAssembly behind it and starts it, once for each query; then calls one of the two. The
    /// worker's loader has it: `import()` is a word of the language, which WebAssembly cannot call.
    #[wasm_bindgen(js_name = popglassImport)]
    fn import(name: &str, query: &str, on_loaded: &JsValue, on_failed: &JsValue);

    /// The module, started.
    pub(crate) type TlsModule;

    #[wasm_bindgen(method, getter, js_name = Tls)]
    fn tls(this: &TlsModule) -> TlsClass;

    /// Which build it comes from: its file has no hash in its name.
    #[wasm_bindgen(method, catch)]
    fn build(this: &TlsModule) -> Result<String, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn read_certificates(this: &TlsModule, secured: &[u8]) -> Result<Vec<u8>, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn read_authorities(this: &TlsModule, text: &str) -> Result<Vec<u8>, JsValue>;

    type TlsClass;

    #[wasm_bindgen(method, catch)]
    fn open(this: &TlsClass, order: &[u8]) -> Result<Pipe, JsValue>;

    /// One TLS connection: octets in, octets out. Every call fails if the module broke down.
    pub(crate) type Pipe;

    /// Takes what came from the server.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn feed(this: &Pipe, ciphertext: &Uint8Array) -> Result<(), JsValue>;

    /// The server ended the connection below.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn end(this: &Pipe) -> Result<(), JsValue>;

    /// Takes what goes to the server.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn send(this: &Pipe, plaintext: &[u8]) -> Result<(), JsValue>;

    /// Says TLS's goodbye.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn close(this: &Pipe) -> Result<(), JsValue>;

    /// What is to be sent; may be empty.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn take_ciphertext(this: &Pipe) -> Result<Uint8Array, JsValue>;

    /// What the server said; may be empty.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn take_plaintext(this: &Pipe) -> Result<Vec<u8>, JsValue>;

    /// What happened, if anything did.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn poll_event(this: &Pipe) -> Result<Option<Vec<u8>>, JsValue>;
}

impl TlsModule {
    /// Begins a TLS connection.
    pub(crate) fn connect(&self, order: &[u8]) -> Result<Pipe, JsValue> {
        self.tls().open(order)
    }
}

/// Trunk names the module after its binary.
const NAME: &str = "tls";

/// Where the module comes from: one for all connections, so that a later one resumes what an earlier one agreed on.
#[derive(Clone, Default)]
pub(crate) struct TlsLoader {
    /// How often it broke down.
    generation: Rc<Cell<u32>>,
}

impl TlsLoader {
    /// Hands the module over as soon as it is there, or nothing if it cannot be had; always in a turn of its own.
    pub(crate) fn load(&self, then: impl FnOnce(Option<TlsModule>) + 'static) {
        let (then, generation) = (Rc::new(Cell::new(Some(then))), self.generation.get());
        let on_failed = {
            let (then, loader) = (Rc::clone(&then), self.clone());
            Closure::once_into_js(move |_error: JsValue| {
                // Browsers may remember that it failed under this name.
                loader.give_up_on(generation);
                if let Some(then) = then.take() {
                    then(None);
                }
            })
        };
        let on_loaded = Closure::once_into_js(move |module: JsValue| {
            let module: TlsModule = module.unchecked_into();
            // The words at its border are understood within one build alone.
            let same_build = module.build().is_ok_and(|build| build == BUILD);
            if let Some(then) = then.take() {
                then(same_build.then_some(module));
            }
        });
        // In another build's cache it would be another name.
        import(NAME, &format!("{BUILD}-{generation}"), &on_loaded, &on_failed);
    }

    /// It broke down in the middle of a call: nothing of it can be used any more.
    pub(crate) fn give_up(&self) {
        self.give_up_on(self.generation.get());
    }

    /// The next one has another name; once for each name.
    fn give_up_on(&self, generation: u32) {
        if self.generation.get() == generation {
            self.generation.set(generation.wrapping_add(1));
        }
    }
}
