//! Reads messages off the main thread: MIME, charsets, plain text, sanitised HTML.
//! Knows nothing of POP3, of the page, or of where a message came from.
//!
//! Without the feature `parse` this is only [`wire`], the words that page and worker exchange, and [`border`], how they
//! are written.

pub mod border;
pub mod wire;

#[cfg(feature = "parse")]
mod answer;
#[cfg(feature = "parse")]
mod envelope;
#[cfg(feature = "parse")]
mod html;
#[cfg(feature = "parse")]
pub mod limits;
#[cfg(feature = "parse")]
mod links;
#[cfg(feature = "parse")]
mod message;
#[cfg(feature = "parse")]
mod names;
#[cfg(feature = "parse")]
mod parts;
#[cfg(feature = "parse")]
mod structure;
#[cfg(feature = "parse")]
mod summary;
#[cfg(feature = "parse")]
mod text;

#[cfg(feature = "parse")]
pub use answer::answer;
