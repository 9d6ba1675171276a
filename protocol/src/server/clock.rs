//! Time as the host tells it: autologout, and the delays of faults. Knows no clock of its own.

use crate::server::{Maildrop, Server};

/// The host's time, in milliseconds from any start.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// Nothing while the host has told none.
    pub(super) now: Option<u64>,
    /// When the client said something, or was told something, for the last time.
    pub(super) active_at: u64,
    /// Until then nothing is said: a fault delays it.
    pub(super) wait_until: u64,
}

impl Clock {
    pub(super) fn waits(&self) -> bool {
        self.now.unwrap_or_default() < self.wait_until
    }
}

impl<D: Maildrop> Server<D> {
    /// The host's time, in milliseconds from any start that stays the same, and never backwards. Without a command for
    /// [`Config::autologout_ms`](crate::server::Config::autologout_ms) the session ends, without a word and without UPDATE (RFC 1939 §3).
    pub fn handle_time(&mut self, now_ms: u64) {
        let first = self.clock.now.is_none();
        self.clock.now = Some(now_ms);
        if first {
            self.clock.active_at = now_ms;
        }
        if self.autologout_at().is_some_and(|deadline| now_ms >= deadline) {
            self.cut();
        }
    }

    /// When to call [`Server::handle_time`] at the latest, if nothing else happens before.
    pub fn deadline(&self) -> Option<u64> {
        let delay = (!self.queue.is_empty() && self.clock.waits()).then_some(self.clock.wait_until);
        delay.or_else(|| self.autologout_at())
    }

    /// Not while the server itself makes the client wait.
    fn autologout_at(&self) -> Option<u64> {
        (self.clock.now.is_some() && !self.is_over() && !self.clock.waits())
            .then(|| self.clock.active_at.saturating_add(self.config.autologout_ms))
    }
}
