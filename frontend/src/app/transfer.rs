//! The transfer that is running, and whether it lasts long enough to be shown.

use popglass_protocol::types::MessageNumber;
use popglass_session::event::Progress;

/// A transfer that is over sooner is not shown: a bar that only flickers tells nothing.
pub const TRANSFER_QUIET_MS: u32 = 500;

/// The transfer that is running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transfer {
    /// Tells it from earlier ones.
    pub(super) id: u32,
    /// The message that is fetched; nothing for a page of headers.
    pub(super) message: Option<MessageNumber>,
    /// How far it is.
    pub(super) progress: Progress,
    /// It has lasted for [`TRANSFER_QUIET_MS`].
    pub(super) lasts: bool,
    /// The user wants it to stop.
    pub(super) cancelled: bool,
}
