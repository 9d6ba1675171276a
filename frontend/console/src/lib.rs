//! The console: what goes over the wire of the mail client's session, piece by piece, and a line to type into it. `app`
//! decides what is seen and is pure; `i18n` holds every text; `io` talks to the browser; `ui` shows. Knows the session by
//! its words alone: the page passes them on, both ways, as they are.

pub mod app;
pub mod i18n;

#[cfg(target_arch = "wasm32")]
pub mod io;
#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "Leptos makes the parts of a component public, however private it is")]
pub mod ui;
