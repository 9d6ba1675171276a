//! TLS that ends in the page: rustls as a machine without I/O, the certificates it shows, the authorities a user adds,
//! and what is told of all that in both languages. A module of its own, since nobody should carry it who does not need
//! it, and since a trap in it costs one session and not the page.
//! Knows no POP3, no socket and no browser; `main.rs` holds the borders to JavaScript.

pub mod authorities;
pub mod certificates;
pub mod engine;
mod texts;

use std::sync::Arc;

use rustls::time_provider::TimeProvider;

/// Tells what time it is, by which certificates are judged.
pub type Clock = Arc<dyn TimeProvider>;

/// Both languages, each with its texts.
fn in_both<T>(say: impl Fn(&texts::Texts) -> T) -> popglass_session::security::Bilingual<T> {
    popglass_session::security::Bilingual { en: say(&texts::en::TEXTS), de: say(&texts::de::TEXTS) }
}
