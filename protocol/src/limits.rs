//! Every maximum of the protocol machine, with the RFC it comes from, or why it is what it is.

/// A command line with its CRLF (RFC 2449 §4). popa3d still enforces RFC 1939's 40 octets an argument.
pub const COMMAND_LINE_OCTETS_MAX: usize = 255;

/// What fits behind `USER ` or `PASS ` and before CRLF.
pub const CREDENTIAL_OCTETS_MAX: usize = COMMAND_LINE_OCTETS_MAX - "USER ".len() - "\r\n".len();

/// A status line or a line of CAPA with its CRLF, by RFC 2449 §4. Servers in the field send longer ones.
pub const STATUS_LINE_OCTETS: usize = 512;

/// A status line that is still read; a longer one ends the session.
pub const STATUS_LINE_OCTETS_MAX: usize = 8 * 1024;

/// A line of CAPA, LIST or UIDL that is still read. Lines of a message have no limit (RFC 2449 §4 exempts them).
pub const LISTING_LINE_OCTETS_MAX: usize = 8 * 1024;

/// A unique-id that is kept. RFC 1939 §7 allows 70; longer ones exist.
pub const UNIQUE_ID_OCTETS_MAX: usize = 1024;

/// Lines of one CAPA reply. Thirteen capabilities are registered; the longest list seen in the field has 20.
pub const CAPABILITIES_MAX: usize = 128;

/// Entries of one LIST or UIDL reply. RFC 1939 names no limit; this bounds memory at some 100 MB.
pub const LISTING_ENTRIES_MAX: usize = 1_000_000;

/// Octets of one message. RFC 1939 names no limit; this stops a server that never ends a reply.
pub const MESSAGE_OCTETS_MAX: u64 = 4 * 1024 * 1024 * 1024;

/// Commands that may be queued but not yet sent.
pub const COMMAND_QUEUE_MAX: usize = 10_000;

/// Commands in flight where the server announces PIPELINING (RFC 2449 §6.6).
pub const PIPELINE_COMMANDS_MAX: usize = 64;

/// Octets of commands in flight: below the 2 KiB that Dovecot buffers of unread input.
pub const PIPELINE_COMMAND_OCTETS_MAX: usize = 1024;

/// Octets handed out in one chunk of a message.
pub const CHUNK_OCTETS_MAX: usize = 64 * 1024;

/// Lines of a message that the transcript shows before it folds the rest into one entry.
pub const TRANSCRIPT_BODY_LINES_MAX: u64 = 20;

/// Characters of one transcript line; the rest is counted.
pub const TRANSCRIPT_LINE_CHARS_MAX: usize = 512;

/// Commands a server takes that it does not know, before it ends the session.
pub const BAD_COMMANDS_MAX: u32 = 20;

/// Failed logins a server takes before it ends the session.
pub const FAILED_LOGINS_MAX: u32 = 3;
