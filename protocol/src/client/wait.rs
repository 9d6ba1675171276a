//! How long to wait for the server, as values: the host owns the clock. Knows no time that has passed.

use crate::{client::Client, command::CommandName, limits, state::State};

/// What is waited for, and how long at most without a single octet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// What for.
    pub reason: WaitReason,
    /// Milliseconds since the last octet, either way.
    pub silence_ms_max: u64,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The server's first line.
    Greeting,
    /// The host's TLS handshake.
    Tls,
    /// The rest of the reply to this command.
    Reply(CommandName),
}

impl Client {
    /// What the client waits for; nothing if it is the host's turn. A host that waits longer in vain closes the
    /// connection: nothing is deleted by that (RFC 1939 §6), unless QUIT is on its way.
    #[must_use]
    pub fn wait(&self) -> Option<Wait> {
        if self.failure.is_some() || matches!(self.state, State::Closed | State::Update) {
            return None;
        }
        if self.tls_pending {
            return Some(Wait { reason: WaitReason::Tls, silence_ms_max: limits::TLS_MS_MAX });
        }
        if self.state == State::Greeting {
            return Some(Wait { reason: WaitReason::Greeting, silence_ms_max: limits::GREETING_MS_MAX });
        }
        // A challenge is open: it is the user's turn.
        let sent = self.in_flight.front().filter(|_| !self.challenge_open)?;
        let silence_ms_max = match sent.name {
            // UPDATE may have to remove a hundred thousand files first.
            CommandName::Quit => limits::QUIT_MS_MAX,
            _ => limits::REPLY_MS_MAX,
        };
        Some(Wait { reason: WaitReason::Reply(sent.name), silence_ms_max })
    }
}
