//! The session worker: io around the pure `session`, in a web worker of its own. `host` owns the session and carries
//! out its effects; `link` reaches a server; `random` draws what must not be guessed; `store` keeps octets out of wasm
//! memory, which never shrinks.
//! Decides nothing about mail. On any other target than wasm there is no worker, and nothing to do.

#[cfg(target_arch = "wasm32")]
mod host;
#[cfg(target_arch = "wasm32")]
mod link;
#[cfg(target_arch = "wasm32")]
mod random;
#[cfg(target_arch = "wasm32")]
mod store;

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    host::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
