//! What a log of entries needs however its entries look: it draws a few a frame, in passages, and follows its end. The
//! page's transcript and the console's log have it.

use std::sync::Arc;

use leptos::{html::Div, prelude::*};

use crate::app::Logged;

/// A frame draws so many new entries at most: a burst of them must not keep the page from what the user does meanwhile.
const NEW_ENTRIES_PER_FRAME_MAX: usize = 6;

/// Closer to the end than this counts as being at the end.
const NEAR_END_PIXELS: i32 = 48;

/// Entries, oldest first.
type Entries = Vec<Arc<Logged>>;

/// The entries that are drawn: all that are known, as soon as enough frames have passed.
#[derive(Clone, Copy)]
pub struct Drawn(RwSignal<Entries>);

impl Drawn {
    /// Draws what this signal holds from here on.
    #[must_use]
    pub fn of<T: Send + Sync + 'static>(known: RwSignal<T>, entries: fn(&T) -> &Entries) -> Self {
        let drawn = Self(RwSignal::new(Vec::new()));
        let frame_asked = StoredValue::new(false);
        Effect::new(move || {
            known.track();
            drawn.draw_more(known, entries, frame_asked);
        });
        drawn
    }

    fn draw_more<T: Send + Sync + 'static>(
        self,
        known: RwSignal<T>,
        entries: fn(&T) -> &Entries,
        frame_asked: StoredValue<bool>,
    ) {
        // Nothing to draw into, if the list is gone by now.
        if frame_asked.try_get_value() != Some(false) {
            return;
        }
        let newest_drawn = self.0.with_untracked(|drawn| drawn.last().map(|logged| logged.entry.sequence));
        let is_new = |logged: &&Arc<Logged>| newest_drawn.is_none_or(|newest| logged.entry.sequence > newest);
        let later = known.with_untracked(|known| {
            let known = entries(known);
            let new = known.iter().rev().take_while(is_new).count();
            let later = new.saturating_sub(NEW_ENTRIES_PER_FRAME_MAX);
            self.0.set(known[..known.len() - later].to_vec());
            later
        });
        if later > 0 {
            frame_asked.set_value(true);
            request_animation_frame(move || {
                frame_asked.try_set_value(false);
                self.draw_more(known, entries, frame_asked);
            });
        }
    }

    /// The number of the newest entry.
    #[must_use]
    pub fn last(self) -> Memo<Option<u64>> {
        Memo::new(move |_| self.0.with(|drawn| drawn.last().map(|logged| logged.entry.sequence)))
    }

    /// The numbers of the passages. The browser skips whole ones that are out of sight.
    #[must_use]
    pub fn passages(self) -> Memo<Vec<u64>> {
        Memo::new(move |_| {
            let is_one = |left: &Arc<Logged>, right: &Arc<Logged>| left.passage == right.passage;
            self.0.with(|drawn| drawn.chunk_by(is_one).map(|passage| passage[0].passage).collect())
        })
    }

    /// The entries of one passage.
    #[must_use]
    pub fn passage(self, passage: u64) -> Entries {
        self.0.with(|drawn| {
            let first = drawn.partition_point(|logged| logged.passage < passage);
            drawn[first..].iter().take_while(|logged| logged.passage == passage).cloned().collect()
        })
    }
}

/// New lines come into view by themselves, unless the user has scrolled up to read.
#[derive(Clone, Copy)]
pub struct Follow {
    log: NodeRef<Div>,
    follows: RwSignal<bool>,
    seen_top: StoredValue<i32>,
}

impl Follow {
    /// Follows the end of this element.
    #[must_use]
    pub fn new(log: NodeRef<Div>) -> Self {
        Self { log, follows: RwSignal::new(true), seen_top: StoredValue::new(0) }
    }

    /// Whether the end is followed.
    #[must_use]
    pub fn follows(self) -> bool {
        self.follows.get()
    }

    /// Something new is drawn with the next frame.
    pub fn grown(self) {
        if self.follows.get_untracked() {
            request_animation_frame(move || self.to_end());
        }
    }

    /// The user wants to see the newest line.
    pub fn take_up(self) {
        self.follows.set(true);
        self.to_end();
    }

    fn to_end(self) {
        // By the next frame something else may stand in its place.
        if let Some(log) = self.log.try_get_untracked().flatten() {
            log.set_scroll_top(log.scroll_height());
        }
    }

    /// Only a move upwards leaves the end: a burst of lines also grows what lies below, without anybody moving.
    pub fn scrolled(self) {
        let Some(log) = self.log.try_get_untracked().flatten() else { return };
        let top = log.scroll_top();
        let is_near = top + log.client_height() + NEAR_END_PIXELS >= log.scroll_height();
        let stays = is_near || (self.follows.get_untracked() && top >= self.seen_top.get_value());
        self.seen_top.set_value(top);
        if self.follows.get_untracked() != stays {
            self.follows.set(stays);
        }
    }
}
