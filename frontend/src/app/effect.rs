//! What the app orders the shell to do. Orders only: whatever comes of them arrives as a [`Msg`].

use popglass_mail_worker::wire::Request;
use popglass_protocol::{tunnel::Demo, types::MessageNumber};
use popglass_session::command::SessionCommand;

use super::{msg::Msg, remembered::Remembered};
use crate::i18n::Language;

/// Octets that the shell keeps for the app: a header, a message, an attachment. The app only knows their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PayloadId(pub u32);

/// An order to the shell.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// To the session worker.
    Session(SessionCommand),
    /// To the mail worker, with a copy of these octets.
    Mail(Request, PayloadId),
    /// These octets are not needed any more.
    Forget(PayloadId),
    /// Hand out the beginning of these octets as text; answered by [`Msg::SourceRead`].
    ReadSource {
        /// Which octets.
        payload: PayloadId,
        /// How many of them at most.
        octets_max: u64,
    },
    /// Keep this for the next visit, in this browser only.
    Remember(Remembered),
    /// Let the browser save these octets as a file.
    Download {
        /// Which octets.
        payload: PayloadId,
        /// The file's name, safe already.
        name: String,
    },
    /// Read the file that was chosen in the form, and empty its field; answered by [`Msg::AuthorityTextGiven`].
    ReadAuthorityFile {
        /// How much of it at most.
        octets_max: u64,
    },
    /// Empty the field for the text of an authority: it was understood.
    ClearAuthorityText,
    /// Put this login into the form, as if typed.
    FillLogin(Demo),
    /// Move the keyboard focus, once the screen shows the target.
    Focus(FocusTarget),
    /// Say this after so many milliseconds.
    After(u32, Box<Msg>),
    /// Put the console where there is a place for it, in this language; loads it first if need be, and answers by
    /// [`Msg::ConsoleLoaded`] then.
    ShowConsole(Language),
    /// The console is not shown any more: nothing shall be held unseen.
    CloseConsole,
    /// The session worker died: the console, shown or not, shall take no more lines and hold none.
    EndConsole,
    /// Load the page anew.
    ReloadPage,
}

/// Where the keyboard focus goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusTarget {
    /// The heading of the screen that is shown now.
    Heading,
    /// What went wrong with the last login.
    ConnectError,
    /// What is asked before a certificate is trusted.
    PinQuestion,
    /// What is trusted besides the public authorities.
    Trust,
    /// The field for a bridge.
    BridgeField,
    /// What is in the certificates.
    Certificates,
    /// The row of a message.
    Row(MessageNumber),
    /// The subject of the message in the reader.
    Reader,
    /// The tab that is chosen in the reader.
    Tab,
    /// The console's line.
    ConsoleLine,
}
