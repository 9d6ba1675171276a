//! What a mail client does with POP3: what to ask for and when, what is marked, what was really deleted, the live
//! transcript. Pure: commands and link events in, effects out; the host owns sockets, storage and the clock.
//!
//! ```text
//!   SessionCommand ─▶ ┌─────────┐ ─▶ Effect::Event(SessionEvent)  ─▶ the page
//!        LinkEvent ─▶ │ Session │ ─▶ Effect::Link(LinkOrder)      ─▶ WebSocket, or memory
//!      octets, time ─▶ └─────────┘ ─▶ Effect::Keep(octets)        ─▶ storage
//! ```
//!
//! The contract: after every call that changes it, drain [`Session::poll_effect`] until it has none.

pub mod border;
pub mod command;
mod connection;
pub mod event;
mod host;
mod ledger;
mod listing;
mod marks;
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
