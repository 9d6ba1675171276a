//! The transcript as far as the page keeps it: a ring of entries, and what of it is worth saying aloud.

use std::{collections::VecDeque, sync::Arc};

use popglass_protocol::{command::CommandName, transcript::Meaning};
use popglass_session::event::{Entry, Item, TRANSCRIPT_ENTRIES_MAX};

/// The transcript.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    entries: VecDeque<Arc<Entry>>,
    announced: Option<Arc<Entry>>,
}

impl Transcript {
    pub(super) fn push(&mut self, entry: Entry) {
        if self.entries.len() == TRANSCRIPT_ENTRIES_MAX {
            self.entries.pop_front();
        }
        let entry = Arc::new(entry);
        if is_worth_saying(&entry) {
            self.announced = Some(Arc::clone(&entry));
        }
        self.entries.push_back(entry);
    }

    pub(super) fn entries(&self) -> Vec<Arc<Entry>> {
        self.entries.iter().cloned().collect()
    }

    /// The newest entry that a screen reader should say.
    pub(super) fn announced(&self) -> Option<Arc<Entry>> {
        self.announced.clone()
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
