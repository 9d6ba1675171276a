//! What the app orders the shell to do. Orders only: whatever comes of them arrives as a [`super::Msg`].

use super::settings::Settings;

/// An order to the shell.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Put this behind `#` in the address, without going anywhere.
    WriteAddress(String),
    /// Keep this for the next visit, in this browser only.
    KeepSettings(Settings),
    /// The same for what was learned.
    KeepProgress(String),
    /// Let the browser save this text under this name.
    Save {
        /// The file's name.
        name: String,
        /// What is in it.
        text: String,
    },
    /// Let the browser save these octets under this name.
    SaveOctets {
        /// The file's name.
        name: String,
        /// What kind of file it is, as MIME says it.
        kind: &'static str,
        /// What is in it.
        octets: Vec<u8>,
    },
    /// Put this where it can be pasted from; answered by [`super::Msg::Copied`].
    Copy(String),
    /// Read the file that was chosen, and empty its field; answered by [`super::Msg::ProgressRead`].
    ReadProgressFile {
        /// How much of it at most.
        octets_max: u64,
    },
    /// Read the scenario that was chosen, and empty its field; answered by [`super::Msg::ScenarioRead`].
    ReadScenarioFile {
        /// How much of it at most, and one octet more, so that a longer one is known for that.
        octets_max: u64,
    },
    /// Keep what is being built, in this browser only; answered by [`super::BuildMsg::DraftKept`].
    KeepDraft(String),
    /// Come back after this time; answered by [`super::BuildMsg::CheckDue`].
    CheckLater {
        /// What to come back with.
        ticket: u32,
        /// In milliseconds.
        wait_ms: u32,
    },
    /// Ask before the page is left, or no longer: what is being built is kept nowhere.
    GuardLeaving(bool),
    /// Go to this address, `#` included.
    Go(String),
    /// Copy what stands in the field with the link; answered by [`super::BuildMsg::Copied`].
    CopyLink,
    /// Move the keyboard focus, once the screen shows the target.
    Focus(FocusTarget),
    /// Let the browser print the page.
    Print,
}

/// Where the keyboard focus goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FocusTarget {
    /// The heading of the screen that is shown now.
    Heading,
    /// The input of a terminal.
    Input(String),
    /// The newest hint.
    Hint,
    /// What is asked before the solution is shown.
    ShowQuestion,
    /// What was shown last.
    Shown,
    /// What is said to the finished lesson.
    Praise,
    /// A field or a part of the builder, by its name in the markup.
    Field(String),
    /// What the builder says of the last wish.
    Notice,
    /// The field with the link.
    Link,
}
