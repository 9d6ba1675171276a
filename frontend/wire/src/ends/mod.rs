//! The two ends of a connection: octets of the wire in and out, plaintext in and out. Each begins in the clear or with
//! TLS at once. They know no wire, and the attacker has a pair of his own.

mod client;
mod server;

use std::{sync::Arc, time::Duration};

pub(crate) use client::ClientEnd;
pub(crate) use server::ServerEnd;

use popglass_tls::Clock;
use rustls::time_provider::TimeProvider;
use rustls_pki_types::UnixTime;

/// What waits at an end until somebody takes it. Beyond, the end hangs up; the sandbox's largest message has 5 MB.
pub(crate) const WAITING_OCTETS_MAX: usize = 16 * 1024 * 1024;

/// Octets that an end takes from the wire at once. TLS holds no more than a record beyond that.
const PIECE_OCTETS_MAX: usize = 16 * 1024;

/// A clock that stands.
#[derive(Debug)]
struct StandingClock {
    now_ms: u64,
}

impl TimeProvider for StandingClock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_millis(self.now_ms)))
    }
}

/// A clock that shows this, in milliseconds since 1970.
pub(crate) fn clock(now_ms: u64) -> Clock {
    Arc::new(StandingClock { now_ms })
}
