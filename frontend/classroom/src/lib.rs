//! The classroom: lessons, played in memory on the main thread. `app` decides what is seen and is pure; `i18n` holds every
//! text around the lessons; `io` talks to the browser; `ui` shows. Needs no worker, no storage and no secure origin.

pub mod app;
pub mod i18n;

#[cfg(target_arch = "wasm32")]
pub mod io;
#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "Leptos makes the parts of a component public, however private it is")]
pub mod ui;
