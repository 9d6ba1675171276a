//! The borders to JavaScript: what the session worker imports as `tls.js`. All thinking is in [`popglass_tls`].
//!
//! A panic is a trap here, since nothing unwinds: the worker hears an exception, and the session is over. On any other
//! target than wasm there is nothing to do.

#[cfg(target_arch = "wasm32")]
mod exports;

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}
