//! The transcript as far as the page keeps it: a ring of entries, and what of it is worth saying aloud.

use std::{collections::VecDeque, sync::Arc};

use popglass_protocol::{command::CommandName, transcript::Meaning};
use popglass_session::event::{Entry, Item, TRANSCRIPT_ENTRIES_MAX};

/// A passage is long enough with so many entries, and ends before the next one that is not within a body.
const PASSAGE_ENTRIES_MIN: usize = 16;

/// An entry, and the passage it belongs to. Passages mean nothing: a browser that skips what is out of sight skips by
/// passages, since it is slower to ask of each entry whether it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Logged {
    /// The sequence number of the passage's first entry.
    pub passage: u64,
    /// The entry.
    pub entry: Entry,
}

/// The transcript: its newest [`TRANSCRIPT_ENTRIES_MAX`] entries.
#[derive(Debug, Default)]
pub struct Transcript {
    entries: VecDeque<Arc<Logged>>,
    newest_passage: u64,
    newest_passage_entries: usize,
    announced: Option<Arc<Logged>>,
}

impl Transcript {
    /// One more entry.
    pub fn push(&mut self, entry: Entry) {
        if self.entries.len() == TRANSCRIPT_ENTRIES_MAX {
            self.entries.pop_front();
        }
        if self.newest_passage_entries >= PASSAGE_ENTRIES_MIN && !is_within_body(&entry) || self.entries.is_empty() {
            self.newest_passage = entry.sequence;
            self.newest_passage_entries = 0;
        }
        self.newest_passage_entries += 1;
        let logged = Arc::new(Logged { passage: self.newest_passage, entry });
        if is_worth_saying(&logged.entry) {
            self.announced = Some(Arc::clone(&logged));
        }
        self.entries.push_back(logged);
    }

    /// All that are kept, oldest first.
    #[must_use]
    pub fn entries(&self) -> Vec<Arc<Logged>> {
        self.entries.iter().cloned().collect()
    }

    /// The newest entry that a screen reader should say.
    pub(super) fn announced(&self) -> Option<Arc<Logged>> {
        self.announced.clone()
    }
}

fn is_within_body(entry: &Entry) -> bool {
    match &entry.item {
        Item::Line(line) => {
            matches!(line.meaning, Meaning::Body(_) | Meaning::BodyFolded { .. } | Meaning::BodyEnd(_))
        }
        Item::Deviation(_) | Item::Note(_) => false,
    }
}

/// Answers and events, but neither the lines of bodies nor the fifty TOP of a page: nobody can listen to those.
fn is_worth_saying(entry: &Entry) -> bool {
    match &entry.item {
        Item::Note(_) => true,
        // It would be said instead of the answer that it is about.
        Item::Deviation(_) => false,
        Item::Line(line) => match line.meaning {
            Meaning::Greeting | Meaning::GreetingRefused | Meaning::Unexpected => true,
            Meaning::Accepted(command) => command != CommandName::Top,
            Meaning::Refused(_) => true,
            Meaning::Command(_)
            | Meaning::Challenge(_)
            | Meaning::Response(_)
            | Meaning::ExchangeCancelled(_)
            | Meaning::Body(_)
            | Meaning::BodyFolded { .. }
            | Meaning::BodyEnd(_)
            | Meaning::UnknownCommand => false,
        },
    }
}
