//! The keyboard: which key means what. Knows nothing of fields; the shell leaves out keys that are typed into one.

/// A key with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The next row, or in the reader the next message.
    Next,
    /// The previous row, or in the reader the previous message.
    Previous,
    /// Read the chosen message.
    Open,
    /// Mark the chosen message for deletion.
    Mark,
    /// Take its mark back.
    Unmark,
    /// Back to the list.
    Back,
    /// Show the sheet of shortcuts.
    Help,
    /// Open or close the transcript.
    Transcript,
}

impl Key {
    /// The meaning of a key, by the browser's name for it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "j" => Self::Next,
            "k" => Self::Previous,
            "o" => Self::Open,
            "#" | "Delete" => Self::Mark,
            "u" => Self::Unmark,
            "Escape" => Self::Back,
            "?" => Self::Help,
            "t" => Self::Transcript,
            _ => return None,
        })
    }

    /// Works also with single-letter shortcuts switched off, since nobody types it by speaking.
    #[must_use]
    pub fn is_letterless(name: &str) -> bool {
        matches!(name, "Delete" | "Escape")
    }
}
