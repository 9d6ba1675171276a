//! The classroom's entry: starts the shell around the app. On the host there is nothing to start.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    popglass_classroom::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
