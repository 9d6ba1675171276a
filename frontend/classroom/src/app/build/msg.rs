//! What somebody who builds a scenario can wish for, and what is said to it. Knows no texts.

use popglass_lessons::{WayOf, scenario::ScenarioFlaw};

use super::{
    acts::Act,
    lacks::Spot,
    place::{Field, Part},
    slot::Refusal,
};

/// A wish of somebody who builds.
#[derive(Debug, Clone, PartialEq)]
pub enum BuildMsg {
    /// Begin with what this word stands for.
    Began(String),
    /// A field says this now.
    Set(Field, String),
    /// A button was pressed.
    Pressed(Act),
    /// A part was folded, or unfolded.
    Folded(Part, bool),
    /// Go where something is lacking.
    Wanted(Spot),
    /// Take the last change back.
    UndoPressed,
    /// Save as a file.
    SavePressed,
    /// What is in it.
    FileRead(Vec<u8>),
    /// Make a link.
    LinkPressed,
    /// Copy the link.
    CopyPressed,
    /// Whether the browser has copied it.
    Copied(bool),
    /// Whether the browser has kept the draft.
    DraftKept(bool),
    /// It is time to walk on; the ticket of the order.
    CheckDue(u32),
}

/// What is said of the last wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It begins as something else; the last scenario can be had back.
    Began,
    /// A file was loaded.
    Loaded,
    /// A file was not; nothing has changed.
    NotLoaded(ScenarioFlaw),
    /// It was saved.
    Saved,
    /// It is too large for a file, with so many octets.
    TooLarge(usize),
    /// There is a link.
    Linked,
    /// It is too large for a link, with so many octets.
    LinkTooLong(usize),
    /// It cannot be played yet.
    NotReady,
    /// The link was copied.
    Copied,
    /// It was not.
    NotCopied,
    /// Something is gone, and can be had back.
    Removed,
    /// The last change is taken back.
    Undone,
    /// It cannot be done.
    Refused(Refusal),
    /// What was played, so many moves, is this way now.
    Recorded(WayOf, usize),
}

impl Notice {
    /// Something did not work.
    #[must_use]
    pub fn is_error(&self) -> bool {
        matches!(
            self,
            Self::NotLoaded(_)
                | Self::TooLarge(_)
                | Self::LinkTooLong(_)
                | Self::NotReady
                | Self::NotCopied
                | Self::Refused(_)
        )
    }
}
