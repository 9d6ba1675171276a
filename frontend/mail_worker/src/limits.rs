//! Every maximum of the mail worker, and why it is what it is.

/// Octets of a message that is read. The worker holds it several times over while it decodes, and wasm memory never
/// shrinks.
pub const MESSAGE_OCTETS_MAX: u64 = 64 * 1024 * 1024;

/// Content-Type fields that open another message (message/rfc822, message/global, multipart/digest). Nested messages are
/// taken apart recursively, and the stack of a worker is 1 MiB.
pub const NESTED_MESSAGES_MAX: usize = 256;

/// Content-Type fields with a boundary: each may cost one scan over all that follows.
pub const MULTIPARTS_MAX: usize = 1024;

/// Parts of a message.
pub const PARTS_MAX: usize = 4096;

/// Header fields that are handed out; real messages have some dozens.
pub const HEADER_FIELDS_MAX: usize = 1000;

/// Characters of one header field's value that are handed out.
pub const HEADER_VALUE_CHARS_MAX: usize = 8 * 1024;

/// Characters of a subject or display name.
pub const DISPLAY_CHARS_MAX: usize = 1000;

/// Addresses of one kind that are handed out.
pub const ADDRESSES_MAX: usize = 500;

/// Characters of a file name: with any prefix a browser adds, below the 255 octets of common file systems.
pub const FILE_NAME_CHARS_MAX: usize = 60;

/// Octets of plain text that are shown: a browser lays out 1 MiB at once, not 60.
pub const TEXT_OCTETS_MAX: usize = 1024 * 1024;

/// Paragraphs of plain text that are shown; each becomes an element of the page.
pub const PARAGRAPHS_MAX: usize = 20_000;

/// Characters of a link that is found in plain text.
pub const LINK_CHARS_MAX: usize = 2048;

/// Octets of an HTML part that is sanitised and shown.
pub const HTML_OCTETS_MAX: usize = 8 * 1024 * 1024;

/// Elements of an HTML part that are open at once; browsers stop at 512. Each tag may cost a walk through all of them.
pub const HTML_DEPTH_MAX: usize = 1000;

/// Octets of one image that the HTML shows.
pub const IMAGE_OCTETS_MAX: usize = 5 * 1024 * 1024;

/// Octets of all images that the HTML shows, each counted as often as it is shown.
pub const IMAGES_OCTETS_MAX: usize = 20 * 1024 * 1024;
