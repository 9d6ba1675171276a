//! The messages that were fetched in this session: opened again, they are not fetched again. Keeps names of octets, not
//! octets, and at most so many.

use std::collections::VecDeque;

use popglass_protocol::types::{MessageNumber, Octets};

use super::effect::PayloadId;

/// Beyond this the oldest ones go. The browser may keep a Blob on disk, but not without end.
const OCTETS_MAX: Octets = 256 * 1024 * 1024;

/// A message that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeptMessage {
    pub(super) number: MessageNumber,
    pub(super) payload: PayloadId,
    pub(super) octets: Octets,
}

/// Oldest first.
#[derive(Debug, Default)]
pub(super) struct Kept(VecDeque<KeptMessage>);

impl Kept {
    pub(super) fn of(&self, number: MessageNumber) -> Option<KeptMessage> {
        self.0.iter().copied().find(|kept| kept.number == number)
    }

    /// Keeps a message; hands out what has to go for it. What is `shown` stays.
    pub(super) fn keep(&mut self, message: KeptMessage, shown: Option<MessageNumber>) -> Vec<PayloadId> {
        let mut gone: Vec<_> = self.take(|kept| kept.number == message.number);
        self.0.push_back(message);
        while self.octets() > OCTETS_MAX {
            let oldest = self.0.iter().position(|kept| kept.number != message.number && Some(kept.number) != shown);
            let Some(oldest) = oldest.and_then(|place| self.0.remove(place)) else { break };
            gone.push(oldest.payload);
        }
        gone
    }

    /// Everything, at the end of the session.
    pub(super) fn take_all(&mut self) -> Vec<PayloadId> {
        self.take(|_| true)
    }

    fn take(&mut self, chosen: impl Fn(&KeptMessage) -> bool) -> Vec<PayloadId> {
        let (taken, left) = self.0.drain(..).partition(|kept| chosen(kept));
        self.0 = left;
        let taken: VecDeque<KeptMessage> = taken;
        taken.into_iter().map(|kept| kept.payload).collect()
    }

    fn octets(&self) -> Octets {
        self.0.iter().map(|kept| kept.octets).sum()
    }
}

#[cfg(test)]
mod tests {
    use popglass_protocol::types::MessageNumber;

    use super::{Kept, KeptMessage, OCTETS_MAX, PayloadId};

    fn message(number: u32, octets: u64) -> KeptMessage {
        let number = MessageNumber::new(number).expect("tests count from 1");
        KeptMessage { number, payload: PayloadId(number.as_u32()), octets }
    }

    #[test]
    fn the_oldest_go_for_a_new_one_but_not_the_one_that_is_shown() {
        let mut kept = Kept::default();
        let third = OCTETS_MAX / 3;
        let shown = Some(message(1, 0).number);
        for (number, octets, gone) in [(1, third, vec![]), (2, third, vec![]), (3, third, vec![]), (4, third, vec![2])]
        {
            let gone: Vec<_> = gone.into_iter().map(PayloadId).collect();
            assert_eq!(kept.keep(message(number, octets), shown), gone, "{number}");
        }
        assert_eq!(kept.keep(message(5, 2 * OCTETS_MAX), shown), [PayloadId(3), PayloadId(4)]);
        assert!(kept.of(message(5, 0).number).is_some(), "the newest is kept, however large");
        assert_eq!(kept.take_all(), [PayloadId(1), PayloadId(5)]);
    }

    #[test]
    fn a_message_that_came_again_replaces_itself() {
        let mut kept = Kept::default();
        kept.keep(message(1, 10), None);
        let again = KeptMessage { payload: PayloadId(9), ..message(1, 10) };
        assert_eq!(kept.keep(again, None), [PayloadId(1)]);
        assert_eq!(kept.of(again.number), Some(again));
    }
}
