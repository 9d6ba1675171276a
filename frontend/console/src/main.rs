//! The borders to JavaScript: what the page imports as `console.js` when somebody first opens the console.
//!
//! A panic is a trap here, since nothing unwinds: the page is told, and goes on without the console. On any other target
//! than wasm there is nothing to do.

#[cfg(target_arch = "wasm32")]
mod exports;

fn main() {}
