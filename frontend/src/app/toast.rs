//! Short news that goes away by itself. Nothing can be done in a toast that cannot be done elsewhere too.

use popglass_protocol::{reply::Refusal, types::MessageNumber};

/// How long a toast stays: long enough to read it and to reach its button.
pub const TOAST_MS: u32 = 10_000;

/// What a toast says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToastNews {
    /// The server has marked these messages; nothing is deleted yet.
    Marked(Vec<MessageNumber>),
    /// The server has taken these marks back.
    Unmarked(Vec<MessageNumber>),
    /// The server refused.
    Refused(Refusal),
    /// The mail worker could not hand out an attachment.
    AttachmentFailed,
    /// There is no room to remember that a certificate is trusted.
    TrustNotKept,
}

/// A toast on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Toast {
    /// Tells it from earlier ones.
    pub(super) id: u32,
    /// What it says.
    pub(super) news: ToastNews,
}
