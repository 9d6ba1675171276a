//! What the page knows and decides, without a browser: facts and wishes in ([`Msg`]), orders ([`Effect`]) and view
//! models out. Knows no DOM, no worker, no clock, and never holds the octets of a message.

mod bridges;
mod effect;
mod file_name;
mod form;
mod hops;
mod kept;
mod keys;
mod mail_queue;
mod mailbox;
mod model;
mod msg;
mod reader;
mod remembered;
pub mod terms;
mod toast;
mod transcript;
mod transfer;
mod trust;
mod update;
pub mod view;

pub use bridges::{BridgeFault, BridgesConfig, complete_bridge};
pub use effect::{Effect, FocusTarget, PayloadId};
pub use form::{Choice, SECURITIES, SecretKind, Theme, WISHES, security_word};
pub use hops::{HopPicture, Protection};
pub use keys::Key;
pub use model::{Ended, Model, RouteTaken, Start};
pub use msg::{Msg, Step};
pub use reader::{SOURCE_OCTETS_MAX, SourceOnly, Tab};
pub use remembered::Remembered;
pub use toast::{TOAST_MS, ToastNews};
pub use transcript::{Logged, Transcript};
pub use transfer::TRANSFER_QUIET_MS;
pub use trust::{
    AUTHORITY_TEXT_OCTETS_MAX, TRUST_ENTRIES_MAX, TRUST_OCTETS_MAX, TRUST_SERVERS_MAX, TrustEntry, TrustError,
    TrustKept, fingerprint,
};
pub use update::{SANDBOX_PASSWORD, SANDBOX_USER, update};
