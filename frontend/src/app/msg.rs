//! Everything that can happen to the page: facts from the workers and the clock, wishes of the user.

use popglass_mail_worker::wire::Response;
use popglass_protocol::{login::Wish, secret::Secret, tunnel::TlsEnds, types::MessageNumber};
use popglass_session::event::SessionEvent;

use super::{effect::PayloadId, form::Theme, keys::Key, reader::Tab, trust::TrustEntry};
use crate::i18n::Language;

/// A step through rows, messages, pages or tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Towards the end: the next older message.
    Next,
    /// Towards the beginning: the next newer message.
    Previous,
    /// To the very first.
    First,
    /// To the very last.
    Last,
}

/// A fact or a wish.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The session worker said this; the octets that came along are kept under that name.
    SessionSaid(SessionEvent, Option<PayloadId>),
    /// The session worker is gone.
    SessionWorkerDied,
    /// The mail worker said this; the octets that came along are kept under that name.
    MailSaid(Response, Option<PayloadId>),
    /// The mail worker died on the message it was reading.
    MailWorkerDied {
        /// It had come up before. If not, a new one would not come up either.
        had_started: bool,
    },
    /// The beginning of a message, as text.
    SourceRead {
        /// Whose.
        payload: PayloadId,
        /// The text.
        text: String,
    },
    /// This transfer has been running for [`super::TRANSFER_QUIET_MS`].
    TransferLasts(u32),
    /// This toast has been shown long enough.
    ToastExpired(u32),

    /// Show everything in this language.
    LanguageChosen(Language),
    /// Show everything in these colours.
    ThemeChosen(Theme),
    /// Switch the single-letter shortcuts on or off.
    ShortcutsSwitched(bool),
    /// Open or close the transcript.
    TranscriptToggled,
    /// Put the console in the place of the transcript's list, or the list back.
    ConsoleToggled,
    /// There is a place for the console, or the user wants to try again.
    ConsoleWanted,
    /// The console was loaded, or it could not be, or broke down.
    ConsoleLoaded(bool),
    /// Open or close the sheet of shortcuts.
    HelpShown(bool),
    /// A shortcut was pressed outside of any field.
    KeyPressed(Key),
    /// Load the page anew.
    ReloadPressed,

    /// Try it without a server.
    SandboxPressed,
    /// Ask again whether there is a bridge.
    BridgeRetryPressed,
    /// This bridge, out of the site's list.
    BridgeChosen(String),
    /// This bridge, as typed.
    BridgeEntered(String),
    /// This server.
    HostChosen(String),
    /// This port.
    PortChosen(u16),
    /// This way of securing the connection.
    SecurityChosen(TlsEnds),
    /// This way to log in.
    WishChosen(Wish),
    /// Trust the authorities in this text for the chosen server.
    AuthorityTextGiven(String),
    /// Trust the authorities in the file that was chosen.
    AuthorityFileChosen,
    /// Trust this no longer.
    TrustRemovePressed(TrustEntry),
    /// Trust the very certificate that TLS was refused for: asks whether the user has compared it, or no longer.
    PinAsked(bool),
    /// The user has compared it: trust it for this server, and log in again.
    PinConfirmed,
    /// Show what is in the certificates, or no longer.
    CertificatesShown(bool),
    /// Fill in the login of the demo server.
    DemoLoginPressed,
    /// Log in. The password only passes through.
    ConnectPressed {
        /// As typed.
        user: String,
        /// As typed.
        password: Secret<String>,
    },
    /// Connect, and let the user type.
    ByHandPressed {
        /// In the sandbox, and not on the chosen server.
        in_sandbox: bool,
    },
    /// Stop connecting.
    ConnectingCancelled,
    /// Log in again the same way.
    ReconnectPressed,
    /// Back to the connect screen.
    NewSessionPressed,

    /// Another page of the mailbox.
    PageTurned(Step),
    /// Fetch the headers of this page after all.
    HeadersWanted,
    /// Another row.
    SelectionMoved(Step),
    /// This row has the focus.
    RowSelected(MessageNumber),
    /// Read this message.
    OpenPressed(MessageNumber),
    /// Mark this message for deletion.
    MarkPressed(MessageNumber),
    /// Take this mark back.
    UnmarkPressed(MessageNumber),
    /// Take all marks back.
    UndoAllPressed,
    /// Mark again what an earlier session had marked and is still there.
    RemainingMarkPressed,
    /// Put away what is told of an earlier session; what is still there stays.
    ReconciledDismissed,
    /// QUIT: delete what is marked and end the session.
    FinishPressed,
    /// End the session without deleting.
    DisconnectPressed,
    /// Stop the transfer.
    TransferCancelled,
    /// Take back what the toast speaks of.
    ToastUndoPressed,
    /// Put the toast away.
    ToastDismissed,

    /// Back from the reader to the list.
    ReaderClosed,
    /// Show the message this way.
    TabChosen(Tab),
    /// The tab beside.
    TabMoved(Step),
    /// The message beside.
    NeighbourPressed(Step),
    /// Fetch the message once more.
    RetrieveAgainPressed,
    /// Save the attachment with this index.
    AttachmentPressed(usize),
    /// Save the whole message.
    SaveMessagePressed,
}
