//! What a session knows of the folder it has selected: which message has which number here, and which flags it was told
//! of. Another session may change the folder meanwhile; numbers change only when the client is told (RFC 3501 §7.4.1).

use imap_types::sequence::{SeqOrUid, Sequence, SequenceSet};

use crate::mailbox::{Flags, Message};

/// The selected folder.
#[derive(Debug)]
pub(super) struct View {
    pub(super) folder: String,
    pub(super) read_only: bool,
    /// UID and flags, in the order of sequence numbers.
    known: Vec<(u32, Flags)>,
}

/// What the client is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// The message with this sequence number is gone, and those behind it move up.
    Expunged(u32),
    /// There are so many messages.
    Exists(u32),
    /// Another session changed the flags of the message with this number.
    Flags(u32, Flags),
}

impl View {
    pub(super) fn new(folder: &str, read_only: bool, messages: &[Message]) -> Self {
        let known = messages.iter().map(|message| (message.uid, message.flags)).collect();
        Self { folder: folder.to_owned(), read_only, known }
    }

    /// How many messages the client knows of.
    pub(super) fn len(&self) -> u32 {
        self.known.len() as u32
    }

    /// Sequence number and UID of the messages that a set names, in order. UIDs that are not there are no fault.
    pub(super) fn named(&self, set: &SequenceSet, by_uid: bool) -> Vec<(u32, u32)> {
        let largest = if by_uid { self.known.last().map_or(0, |(uid, _)| *uid) } else { self.len() };
        let numbered = (1..).zip(self.known.iter().map(|(uid, _)| *uid));
        numbered.filter(|(number, uid)| contains(set, if by_uid { *uid } else { *number }, largest)).collect()
    }

    /// All of them.
    pub(super) fn all(&self) -> Vec<(u32, u32)> {
        (1..).zip(self.known.iter().map(|(uid, _)| *uid)).collect()
    }

    /// The client is told of these flags by other means.
    pub(super) fn told(&mut self, number: u32, flags: Flags) {
        if let Some((_, known)) = (number as usize).checked_sub(1).and_then(|place| self.known.get_mut(place)) {
            *known = flags;
        }
    }

    /// What is to be told, from the first to the last; from here on it counts as told. Without leave for EXPUNGE, what is
    /// gone keeps its number for now.
    pub(super) fn follow(&mut self, now: &[Message], may_expunge: bool) -> Vec<Change> {
        let mut changes = Vec::new();
        let current = |uid: u32| now.binary_search_by_key(&uid, |message| message.uid).ok().and_then(|at| now.get(at));
        if may_expunge {
            // From the end, so that each number is still true when it is told.
            for (number, (uid, _)) in (1..).zip(&self.known).collect::<Vec<_>>().into_iter().rev() {
                if current(*uid).is_none() {
                    changes.push(Change::Expunged(number));
                }
            }
            self.known.retain(|(uid, _)| current(*uid).is_some());
        }
        for (number, (uid, flags)) in (1..).zip(&mut self.known) {
            if let Some(message) = current(*uid).filter(|message| message.flags != *flags) {
                *flags = message.flags;
                changes.push(Change::Flags(number, *flags));
            }
        }
        let last = self.known.last().map_or(0, |(uid, _)| *uid);
        let before = self.known.len();
        self.known.extend(now.iter().filter(|message| message.uid > last).map(|message| (message.uid, message.flags)));
        if self.known.len() > before {
            changes.push(Change::Exists(self.len()));
        }
        changes
    }
}

/// Whether a number is in a set. `*` is the largest in use (RFC 3501 §9, seq-number); a range may be written either way.
pub(super) fn contains(set: &SequenceSet, number: u32, largest: u32) -> bool {
    let value = |end: &SeqOrUid| match end {
        SeqOrUid::Value(value) => value.get(),
        SeqOrUid::Asterisk => largest,
    };
    set.0.as_ref().iter().any(|sequence| match sequence {
        Sequence::Single(single) => value(single) == number,
        Sequence::Range(one, other) => {
            let (one, other) = (value(one), value(other));
            (one.min(other)..=one.max(other)).contains(&number)
        }
    })
}
