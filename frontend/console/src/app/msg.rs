//! Everything that can happen to the console: facts from the session, wishes of the user.

use popglass_frontend::i18n::Language;
use popglass_protocol::secret::Secret;
use popglass_session::{command::Pace, event::SessionEvent};

use super::model::Sides;

/// A step through the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the line before.
    Older,
    /// Towards the newest, and out of the history behind it.
    Newer,
}

/// What a transcript becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Text on the clipboard.
    Copy,
    /// A file of text.
    Text,
    /// A file for Wireshark.
    Pcapng,
}

/// A fact or a wish.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The session says this.
    Heard(SessionEvent),
    /// The text is on the clipboard, or the browser did not let it there.
    Copied(bool),

    /// Show everything in this language.
    LanguageChosen(Language),
    /// The console is not on the screen any more.
    Closed,
    /// Show the mailbox of a session by hand.
    MaildropPressed,
    /// This stands in the field now.
    LineTyped(Secret<String>),
    /// Send what stands in the field.
    LineSent,
    /// Another line of the history.
    LineRecalled(Step),
    /// What the line can become, by its place.
    CompletionPressed(usize),
    /// Tab was pressed in the field, and there is something that it completes.
    CompletionTaken,
    /// Lines pass as fast as this.
    PaceChosen(Pace),
    /// Hold nothing back any more.
    FullSpeedPressed,
    /// Let the line pass that is held.
    NextLinePressed,
    /// Explain this line of the transcript, or no longer.
    EntryPressed(u64),
    /// The arrow keys came to this line of the transcript.
    EntryReached(u64),
    /// Somebody points at this line of the transcript.
    EntryPointedAt(u64),
    /// Put the explanation of a line away.
    ExplanationClosed,
    /// Show lines as octets.
    HexChosen(bool),
    /// Show the lines of these.
    SidesChosen(Sides),
    /// Make this of the transcript.
    ExportPressed(Export),
    /// Open or close the picture, where there is not room for it always.
    PictureToggled,
}
