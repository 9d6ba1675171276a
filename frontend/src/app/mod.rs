//! What the page knows and decides, without a browser: facts and wishes in ([`Msg`]), orders ([`Effect`]) and view
//! models out. Knows no DOM, no worker, no clock, and never holds the octets of a message.

mod effect;
mod file_name;
mod form;
mod kept;
mod keys;
mod mail_queue;
mod mailbox;
mod model;
mod msg;
mod reader;
pub mod terms;
mod toast;
mod transcript;
mod transfer;
mod update;
pub mod view;

pub use effect::{Effect, FocusTarget, PayloadId};
pub use form::{Choice, Remembered, SecretKind, Theme, WISHES};
pub use keys::Key;
pub use model::{Ended, Model, RouteTaken, Start};
pub use msg::{Msg, Step};
pub use reader::{SOURCE_OCTETS_MAX, SourceOnly, Tab};
pub use toast::{TOAST_MS, ToastNews};
pub use transfer::TRANSFER_QUIET_MS;
pub use update::update;
