//! How far the transfers are: a page of headers, and a message. Knows no octets of them, only counts.

use popglass_protocol::types::{MessageNumber, Octets};

use crate::{Millis, event::Progress, limits};

/// The transfers of one connection.
#[derive(Debug, Default)]
pub(crate) struct Transfers {
    headers_done: usize,
    headers_total: usize,
    message: Option<Message>,
    reported_at: Option<Millis>,
}

#[derive(Debug, Clone, Copy)]
struct Message {
    number: MessageNumber,
    octets: Octets,
    octets_expected: Octets,
    begun_at: Millis,
    stopping: bool,
}

impl Transfers {
    pub(crate) fn begin_headers(&mut self, count: usize) {
        self.headers_total += count;
        self.reported_at = None;
    }

    /// One header came, or was refused.
    pub(crate) fn header_done(&mut self) {
        self.headers_done += 1;
        if self.headers_done >= self.headers_total {
            (self.headers_done, self.headers_total) = (0, 0);
        }
    }

    /// Headers that were taken back before they were asked for.
    pub(crate) fn headers_withdrawn(&mut self, count: usize) {
        self.headers_total -= count.min(self.headers_total);
        if self.headers_done >= self.headers_total {
            (self.headers_done, self.headers_total) = (0, 0);
        }
    }

    pub(crate) fn begin_message(&mut self, number: MessageNumber, octets_expected: Octets, now: Millis) {
        self.message = Some(Message { number, octets: 0, octets_expected, begun_at: now, stopping: false });
        self.reported_at = None;
    }

    pub(crate) fn message_octets(&mut self, octets: Octets) {
        if let Some(message) = &mut self.message {
            message.octets = octets;
        }
    }

    pub(crate) fn message_done(&mut self) {
        self.message = None;
    }

    /// The message that is under way, if one is.
    pub(crate) fn message_number(&self) -> Option<MessageNumber> {
        self.message.map(|message| message.number)
    }

    /// Octets worth reading and dropping: what comes, at the speed so far, sooner than a connection is made anew.
    pub(crate) fn drain_octets_max(&self, now: Millis) -> Octets {
        let soon = self.message.map_or(0, |message| {
            let elapsed = now.saturating_sub(message.begun_at).max(1);
            message.octets.saturating_mul(limits::CANCEL_DRAIN_MS_MAX) / elapsed
        });
        soon.max(limits::CANCEL_DRAIN_OCTETS_ALWAYS)
    }

    /// The rest of the message is read and dropped.
    pub(crate) fn stop_message(&mut self) {
        if let Some(message) = &mut self.message {
            message.stopping = true;
            self.reported_at = None;
        }
    }

    pub(crate) fn idle(&self) -> bool {
        self.message.is_none() && self.headers_total == 0
    }

    /// A report, if one is due: the message goes before the headers, since somebody waits for it.
    pub(crate) fn progress(&mut self, now: Millis) -> Option<Progress> {
        let progress = match self.message {
            Some(message) if message.stopping => Progress::Stopping,
            Some(Message { number, octets, octets_expected, .. }) => {
                Progress::Message { number, octets, octets_expected }
            }
            None if self.headers_total > 0 => Progress::Headers { done: self.headers_done, total: self.headers_total },
            None => return None,
        };
        if self.reported_at.is_some_and(|at| now < at.saturating_add(limits::PROGRESS_MS_MIN)) {
            return None;
        }
        self.reported_at = Some(now);
        Some(progress)
    }
}
