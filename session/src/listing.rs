//! What LIST and UIDL told, once, before any DELE: by number, and by (unique-id, occurrence). Knows no marks.

use popglass_protocol::{
    reply::{Identified, Listed},
    types::{MessageNumber, Octets, UniqueId},
};
use serde::{Deserialize, Serialize};

use crate::event::MailboxEntry;

/// Names a message across sessions, as far as that is possible: two identical messages may share a unique-id
/// (RFC 1939 §7), so the how-manieth of them belongs to the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct MessageKey {
    pub(crate) unique_id: UniqueId,
    /// From zero, among the messages of the same unique-id, in the order of their numbers.
    pub(crate) occurrence: usize,
}

/// A message as it can be told again in another session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) key: MessageKey,
    /// Messages with this unique-id, this one included.
    pub(crate) alike: usize,
    pub(crate) octets: Octets,
}

/// The maildrop, as it was when the session began; the lock keeps it so (RFC 1939 §4). Both orders are looked up by
/// halving: they take less memory, and less code in the page, than maps of a million messages.
#[derive(Debug)]
pub(crate) struct Listing {
    /// By number, each once.
    entries: Vec<MailboxEntry>,
    /// The places in `entries` of what has a unique-id: by unique-id, then by number.
    by_unique_id: Vec<usize>,
}

impl Listing {
    pub(crate) fn new(listed: Vec<Listed>, unique_ids: Vec<Identified>) -> Self {
        // Servers have been seen to list out of order, and twice. Number and place are sorted as one integer, as the
        // protocol crate sorts its hashes: a sort for a type of its own would be 0.9 KB more of the session worker.
        let places = listed.iter().zip(0_u64..).map(|(listed, place)| u64::from(listed.number.as_u32()) << 32 | place);
        let mut places: Vec<u64> = places.collect();
        places.sort_unstable();
        let in_order = places.into_iter().filter_map(|place| listed.get(place as u32 as usize));
        let mut entries: Vec<_> = in_order
            .map(|Listed { number, octets }| MailboxEntry { number: *number, octets: *octets, unique_id: None })
            .collect();
        entries.dedup_by_key(|entry| entry.number);
        for Identified { number, unique_id } in unique_ids {
            let place = entries.binary_search_by_key(&number, |entry| entry.number).ok();
            if let Some(entry) = place.and_then(|place| entries.get_mut(place)) {
                entry.unique_id = Some(unique_id);
            }
        }
        let unique_id = |place: usize| entries.get(place).and_then(|entry| entry.unique_id.as_ref());
        let mut by_unique_id: Vec<_> = (0..entries.len()).filter(|place| unique_id(*place).is_some()).collect();
        by_unique_id.sort_unstable_by(|one, other| (unique_id(*one), one).cmp(&(unique_id(*other), other)));
        Self { entries, by_unique_id }
    }

    /// By number.
    pub(crate) fn entries(&self) -> &[MailboxEntry] {
        &self.entries
    }

    pub(crate) fn octets(&self, number: MessageNumber) -> Option<Octets> {
        self.entries.get(self.place(number)?).map(|entry| entry.octets)
    }

    /// The messages with this unique-id, by number.
    pub(crate) fn with_unique_id(&self, unique_id: &UniqueId) -> Vec<MessageNumber> {
        let places = self.places_of(unique_id).iter();
        places.filter_map(|place| self.entries.get(*place)).map(|entry| entry.number).collect()
    }

    /// Nothing for a message without a unique-id.
    pub(crate) fn name(&self, number: MessageNumber) -> Option<Named> {
        let place = self.place(number)?;
        let MailboxEntry { octets, unique_id, .. } = self.entries.get(place)?;
        let unique_id = unique_id.clone()?;
        let alike = self.places_of(&unique_id);
        let occurrence = alike.binary_search(&place).ok()?;
        Some(Named { key: MessageKey { unique_id, occurrence }, alike: alike.len(), octets: *octets })
    }

    /// No message has a unique-id: the server has no UIDL, or there is no message.
    pub(crate) fn is_nameless(&self) -> bool {
        self.by_unique_id.is_empty()
    }

    /// Every message has a unique-id, so that one that is not there is gone.
    pub(crate) fn is_wholly_named(&self) -> bool {
        self.by_unique_id.len() == self.entries.len()
    }

    fn places_of(&self, unique_id: &UniqueId) -> &[usize] {
        let key = |place: &usize| self.entries.get(*place).and_then(|entry| entry.unique_id.as_ref());
        let from = self.by_unique_id.partition_point(|place| key(place) < Some(unique_id));
        let to = self.by_unique_id.partition_point(|place| key(place) <= Some(unique_id));
        self.by_unique_id.get(from..to).unwrap_or_default()
    }

    fn place(&self, number: MessageNumber) -> Option<usize> {
        self.entries.binary_search_by_key(&number, |entry| entry.number).ok()
    }
}
