//! What the app orders the shell to do.

use popglass_protocol::secret::Secret;
use popglass_session::command::SessionCommand;

/// An order to the shell.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// To the session worker, by way of the page.
    Session(SessionCommand),
    /// Put this line into the field, as if typed.
    FillLine(Secret<String>),
    /// Move the keyboard focus.
    Focus(FocusTarget),
    /// Put this text on the clipboard; answered by [`super::Msg::Copied`].
    Copy(String),
    /// Let the browser save these octets as a file.
    Save {
        /// The file's name.
        name: &'static str,
        /// What is in it.
        octets: Vec<u8>,
    },
}

/// Where the keyboard focus goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusTarget {
    /// The line.
    Line,
}
