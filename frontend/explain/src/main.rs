//! The borders to JavaScript: what the mail client will import as `explain.js`; no page ships it yet. All thinking is in [`popglass_explain`].
//!
//! A panic is a trap here, since nothing unwinds: the page hears an exception, and goes on without explanations. On any
//! other target than wasm there is nothing to do.

#[cfg(target_arch = "wasm32")]
mod exports;

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}
