//! The sandbox's worker: our own POP3 server over the sample maildrop, in this worker's memory. No network. A worker of
//! its own, so that nobody who came for real mail carries the sample messages and the server. Knows no client but the
//! octets that it sends. On any other target than wasm there is no worker, and nothing to do.

#[cfg(target_arch = "wasm32")]
mod serve;

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    serve::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
