//! What a mail client does with POP3: what to ask for and when, what is marked, what was really deleted, the live
//! transcript. Pure: commands and link events in, effects out; the host owns sockets, storage and the clock.
//!
//! ```text
//!   SessionCommand ─▶ ┌─────────┐ ─▶ Effect::Event(SessionEvent)  ─▶ the page
//!        LinkEvent ─▶ │ Session │ ─▶ Effect::Link(LinkOrder)      ─▶ WebSocket, or memory
//!      octets, time ─▶ └─────────┘ ─▶ Effect::Keep(octets)        ─▶ storage
//!                                  ─▶ Effect::Grant(octets)       ─▶ the link may bring as many more
//! ```
//!
//! The contract: after every call that changes it, drain [`Session::poll_effect`] until it has none.

mod account;
pub mod border;
pub mod command;
mod connection;
pub mod event;
mod host;
mod ledger;
mod listing;
mod marks;
mod pacer;
pub mod refusal;
pub mod security;
mod session;
mod transfer;

pub use host::{Effect, LinkEvent, LinkOrder, Payload, Read, Reading};
pub use ledger::Ledger;
pub use session::Session;

/// Milliseconds on the host's clock. Only differences and the transcript's times are made of it.
pub type Millis = u64;

/// What waits for how long, and how much of what: named, so that nobody waits for ever.
pub mod limits {
    use super::Millis;

    /// From the first dial to the connection that stands. The bridge gives up on a server after 10 s.
    pub const CONNECT_MS_MAX: Millis = 30_000;

    /// A NOOP goes out after so long a silence while marks are pending: Courier and others log out after 60 s to
    /// 300 s, although RFC 1939 §3 grants ten minutes.
    pub const KEEP_ALIVE_MS: Millis = 45_000;

    /// From one line to the next in slow motion ([`crate::command::Pace::Slow`]): time to read it, and see what it does.
    pub const SLOW_LINE_MS: Millis = 1_000;

    /// Octets of the server that are held line by line. A link sends no more than it was granted, and what is held is not
    /// granted anew: one that passes this has broken its word, and the session ends.
    pub const HELD_OCTETS_MAX: usize = 4 * 1024 * 1024;

    /// Octets of a line that are held until its end has come; then they pass without it, since a line of a message has no
    /// limit (RFC 2449 §4), and the link's credit has. Well below what any link grants at first (the sandbox: 64 KiB), or
    /// both would wait for each other.
    pub const HELD_LINE_OCTETS_MAX: usize = 32 * 1024;

    /// Two reports of progress are at least so far apart.
    pub const PROGRESS_MS_MIN: Millis = 100;

    /// The rest of a cancelled message is read and dropped if that takes no longer, at the speed so far; else the
    /// connection is closed instead.
    pub const CANCEL_DRAIN_MS_MAX: Millis = 10_000;

    /// So little is always read, since closing costs more.
    pub const CANCEL_DRAIN_OCTETS_ALWAYS: u64 = 1024 * 1024;

    /// Marks of one account that the ledger remembers: as many as can be marked again, each with its header asked for
    /// first, without filling the protocol's queue of commands.
    pub const LEDGER_ENTRIES_MAX: usize = 4_000;

    /// Accounts that the ledger remembers; the one that was used least recently goes.
    pub const LEDGER_ACCOUNTS_MAX: usize = 16;
}
