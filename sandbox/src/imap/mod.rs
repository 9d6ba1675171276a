//! A window on the same mailboxes by IMAP (RFC 3501), to show what POP3 has not: folders, flags, and being told. No
//! sockets, no clock, no randomness; commands are read and responses written by `imap-codec`.
//!
//! [`Server`] is one session's server, driven as the POP3 server is: [`Server::handle_input`], then
//! [`Server::poll_output`] until [`Output::Idle`]; and [`Server::handle_world_changed`] whenever something else may have
//! changed the world, so that IDLE can push it (RFC 2177).
//!
//! Spoken are LOGIN, CAPABILITY, NOOP, LIST, CREATE, SELECT, EXAMINE, STATUS, FETCH, STORE, SEARCH, COPY, MOVE
//! (RFC 6851), EXPUNGE, IDLE, CHECK, CLOSE, LOGOUT, and UID before what takes it. Everything else is answered NO. It knows
//! no parts of MIME, no keywords, and no `\Recent`, which RFC 9051 gave up. A message came when its `Date:` says, since
//! there is no clock. NUL, which no literal can hold (RFC 3501 §4.3), is handed out as the octet 0x80.

mod answer;
mod change;
mod fetch;
mod framing;
mod header;
mod search;
mod server;
mod view;

pub use server::Server;

/// Octets of a command line with its CRLF: RFC 2683 §3.2.1.5 advises servers to take 8,000.
pub const LINE_OCTETS_MAX: usize = 8192;

/// Octets of a whole command, its literals among them.
pub const COMMAND_OCTETS_MAX: usize = 64 * 1024;

/// Octets of input in waiting. A host that reads on without draining has its session ended.
pub const INPUT_OCTETS_MAX: usize = 256 * 1024;

/// Commands that are none, after which the server ends the session.
pub const BAD_COMMANDS_MAX: u32 = 20;

/// Failed logins after which the server ends the session.
pub const FAILED_LOGINS_MAX: u32 = 3;

/// What the server wants of its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Write these octets to the connection.
    Transmit(Vec<u8>),
    /// Write what is left, then end the connection.
    Close,
    /// Nothing to do until the host calls again.
    Idle,
}
