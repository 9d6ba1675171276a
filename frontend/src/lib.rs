//! The page. `app` decides what is seen and is pure; `i18n` holds every text; `io` talks to workers and browser;
//! `ui` shows; `program` is how a program runs, which classroom and console share. The last three exist for wasm only, so a
//! file of `app` that reached for the browser would not compile.

pub mod app;
pub mod i18n;

#[cfg(target_arch = "wasm32")]
pub mod io;
#[cfg(target_arch = "wasm32")]
pub mod program;
#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "Leptos makes the parts of a component public, however private it is")]
pub mod ui;
