//! Taking commands back. What is in flight cannot be taken back: POP3 has no way to interrupt a reply, so it is read
//! and dropped, if that is little enough, or the connection must be closed.

use crate::{
    client::{Client, CommandId, body::Receiving},
    limits,
    state::ReplyShape,
    types::Octets,
};

/// What became of a wish to cancel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    /// Nothing of it was in flight: it is gone.
    Withdrawn,
    /// The rest is read and dropped; each command in flight ends with [`crate::client::Event::Dropped`].
    Draining {
        /// Octets that are expected to come.
        octets: Octets,
    },
    /// The rest is more than allowed. Nothing was changed but the queue: close the connection, or let it come.
    TooMuch {
        /// Octets that are expected to come.
        octets: Octets,
    },
}

impl Client {
    /// Takes back commands that are queued and not sent, those that `chosen` names.
    pub fn withdraw_queued(&mut self, mut chosen: impl FnMut(CommandId) -> bool) {
        self.queue.retain(|queued| !chosen(queued.id));
    }

    /// Takes back the RETR and TOP that `chosen` names: those that are queued at once; those in flight by reading their
    /// replies and dropping them, if that is no more than `drain_octets_max`. A server that then sends more than that
    /// ends the session with [`crate::client::Limit::Drain`], so a wrong size cannot hold anybody up.
    pub fn cancel(&mut self, mut chosen: impl FnMut(CommandId) -> bool, drain_octets_max: Octets) -> Cancellation {
        self.withdraw_queued(&mut chosen);
        let received = match &self.receiving {
            Receiving::Message(message) => message.octets(),
            Receiving::Status | Receiving::Listing(_) | Receiving::Rest(_) => 0,
        };
        let (mut octets, mut found) = (0_u64, false);
        for (place, sent) in self.in_flight.iter().enumerate() {
            if sent.shape == ReplyShape::Message && chosen(sent.id) {
                let expected = sent.reply_octets.unwrap_or(limits::REPLY_OCTETS_GUESS);
                let already = if place == 0 { received } else { 0 };
                octets = octets.saturating_add(expected.saturating_sub(already));
                found = true;
            }
        }
        if !found {
            return Cancellation::Withdrawn;
        }
        if octets > drain_octets_max {
            return Cancellation::TooMuch { octets };
        }
        for sent in self.in_flight.iter_mut().filter(|sent| sent.shape == ReplyShape::Message) {
            sent.dropped |= chosen(sent.id);
        }
        self.drain_octets_left = drain_octets_max;
        Cancellation::Draining { octets }
    }
}
