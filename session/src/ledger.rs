//! The deletion ledger: what was marked, how far its deletion came, and what the next login finds of it. Without it a
//! client whose QUIT was lost could only guess. Knows no connection; it compares what was known with what UIDL says.
//!
//! ```text
//!            DELE            QUIT sent              +OK
//!   (wish) ───────▶ Marked ────────────▶ QuitSent ──────▶ Committed ─┐
//!                     │                     │  └────────▶ Refused ───┤ next login: UIDL
//!                     └─ connection lost ───┴─ connection lost ──────┴────────────────▶ gone, or offered again
//! ```
//!
//! Each step is written before the octets that cause it leave, so a cut at any point leaves the truth behind.

use std::collections::{BTreeMap, BTreeSet};

use popglass_protocol::types::{MessageNumber, Octets};
use serde::{Deserialize, Serialize};

use crate::{
    command::Route,
    event::{Doubt, Doubtful, Reconciled},
    limits,
    listing::{Listing, MessageKey, Named},
    marks::Marked,
};

/// Every account's deletions that are not settled. A store may keep it as JSON; it holds unique-ids, sizes, server and
/// user names, and no password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// The one used last stands last.
    accounts: Vec<(Holder, Deletions)>,
}

/// Whose maildrop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holder {
    pub(crate) route: Route,
    pub(crate) user: String,
}

impl Ledger {
    /// Hands out what is known of an account; [`Self::put`] takes it back when its connection is over.
    pub(crate) fn take(&mut self, holder: &Holder) -> Deletions {
        let place = self.accounts.iter().position(|(other, _)| other == holder);
        place.map(|place| self.accounts.remove(place).1).unwrap_or_default()
    }

    pub(crate) fn put(&mut self, holder: Holder, deletions: Deletions) {
        if deletions.is_empty() {
            return;
        }
        if self.accounts.len() == limits::LEDGER_ACCOUNTS_MAX {
            self.accounts.remove(0);
        }
        self.accounts.push((holder, deletions));
    }
}

/// One account's deletions that are not settled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deletions {
    #[serde(with = "pairs")]
    entries: BTreeMap<MessageKey, Entry>,
    /// Marked messages that cannot be told again: they have no unique-id, or too many are marked.
    nameless: BTreeSet<MessageNumber>,
    /// One of which nobody knows the number is among them.
    unread: bool,
}

/// What is known of one marked message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    octets: Octets,
    /// Messages that had the same unique-id, this one included.
    alike: usize,
    fate: Fate,
}

/// How far a deletion came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fate {
    /// DELE was sent or was to be, and no QUIT behind it: the message is there, and the wish stands. Also where DELE waited
    /// behind a QUIT, and so was never sent.
    Marked,
    /// QUIT was sent: until its answer comes nobody knows.
    QuitSent,
    /// `-ERR` to QUIT: some or none were deleted (RFC 1939 §6).
    Refused,
    /// `+OK` to QUIT. Looked at once more at the next login: not every server keeps its word.
    Committed,
}

impl Deletions {
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.nameless.is_empty() && !self.unread
    }

    /// DELE or QUIT is about to be sent, or QUIT was answered.
    pub(crate) fn mark(&mut self, number: Marked, listing: &Listing, fate: Fate) {
        let Some(number) = number else {
            self.unread = true;
            return;
        };
        match listing.name(number) {
            Some(Named { key, alike, octets })
                if self.entries.len() < limits::LEDGER_ENTRIES_MAX || self.entries.contains_key(&key) =>
            {
                self.entries.insert(key, Entry { octets, alike, fate });
                self.nameless.remove(&number);
            }
            Some(_) | None => {
                self.nameless.insert(number);
            }
        }
    }

    /// The wish is taken back, or the server refused it.
    pub(crate) fn forget(&mut self, number: Marked, listing: &Listing) {
        let Some(number) = number else {
            self.unread = false;
            return;
        };
        self.nameless.remove(&number);
        if let Some(Named { key, .. }) = listing.name(number) {
            self.entries.remove(&key);
        }
    }

    /// `+OK` to QUIT: what cannot be told again is told. All of it is this session's: what an earlier one left was told when
    /// this one began.
    pub(crate) fn settle_nameless(&mut self) {
        self.nameless.clear();
        self.unread = false;
    }

    /// Compares what is known with what a new session finds, in which every number is a new one. What stays in the
    /// ledger is what is offered; the rest is settled, or told as doubtful and given up.
    pub(crate) fn reconcile(&mut self, listing: &Listing) -> Found {
        let mut found = Found::default();
        let unread = usize::from(std::mem::take(&mut self.unread));
        found.told.unrecognised = std::mem::take(&mut self.nameless).len() + unread;
        if listing.is_nameless() && !listing.entries().is_empty() {
            // UIDL is gone: another login may have it again.
            found.told.unrecognised += self.entries.len();
            return found;
        }
        let wholly_named = listing.is_wholly_named();
        let before = std::mem::take(&mut self.entries).into_iter().collect::<Vec<_>>();
        for alike in before.chunk_by(|(one, _), (other, _)| one.unique_id == other.unique_id) {
            let Some((key, _)) = alike.first() else { continue };
            let numbers = &*listing.with_unique_id(&key.unique_id);
            if numbers.is_empty() && wholly_named {
                found.told.deleted += alike.iter().filter(|(_, entry)| entry.fate != Fate::Committed).count();
                continue;
            }
            match doubt(alike, numbers, listing) {
                Some(why) => {
                    found.told.doubtful.push(Doubtful { numbers: numbers.to_vec(), why });
                    if why == Doubt::ListingIncomplete {
                        self.entries.extend(alike.iter().cloned());
                    }
                }
                None => {
                    found
                        .still_there
                        .extend(numbers.iter().zip(alike).map(|(number, (_, entry))| (*number, entry.fate)));
                    self.entries.extend(alike.iter().cloned());
                }
            }
        }
        found
    }
}

/// Why a unique-id does not name with certainty what was marked; nothing if it does.
fn doubt(marked: &[(MessageKey, Entry)], now: &[MessageNumber], listing: &Listing) -> Option<Doubt> {
    if now.is_empty() {
        return Some(Doubt::ListingIncomplete);
    }
    if marked.iter().any(|(_, entry)| entry.alike != now.len()) {
        return Some(Doubt::CountChanged);
    }
    if marked.len() != now.len() {
        return Some(Doubt::SharedWithUnmarked);
    }
    let same_size = marked.iter().zip(now).all(|((_, entry), number)| listing.octets(*number) == Some(entry.octets));
    (!same_size).then_some(Doubt::SizeChanged)
}

/// What a new session finds of earlier deletions.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What there is to tell, but for the messages that are still there.
    pub(crate) told: Reconciled,
    /// By their new numbers, and how far their deletion came.
    pub(crate) still_there: Vec<(MessageNumber, Fate)>,
}

/// JSON knows only text as keys of a map: a list of pairs instead.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Entry, MessageKey};

    pub(super) fn serialize<S: Serializer>(
        map: &BTreeMap<MessageKey, Entry>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<MessageKey, Entry>, D::Error> {
        Vec::deserialize(deserializer).map(|pairs: Vec<_>| pairs.into_iter().collect())
    }
}
