//! What the session tells the page. Crosses the border from session worker to page ([`crate::border`]); the octets of
//! headers and messages travel beside it.

mod console;

pub use console::{HeldLine, LineFault};
use popglass_protocol::{
    deviation::Deviation,
    login::{Method, NoMethod},
    reply::Refusal,
    sasl::{ChallengeFault, Unfit},
    secret::Secret,
    state::State,
    transcript::Line,
    tunnel::{Address, FailReason, Hello, TlsEnds},
    types::{CredentialError, MessageNumber, Octets, UniqueId},
};
use serde::{Deserialize, Serialize};

use crate::{
    refusal::LoginFault,
    security::{AuthoritiesRead, Sections, Secured, TlsRefusal},
};

/// Rows of one page of the mailbox: as many TOP as fit one round trip where the server pipelines.
pub const PAGE_ROWS: usize = 50;

/// Entries of the transcript that are kept; older ones are dropped.
pub const TRANSCRIPT_ENTRIES_MAX: usize = 2_000;

/// A fact for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionEvent {
    /// The worker runs. Page and worker compare their build, since worker files are not hashed.
    Ready {
        /// The build the worker came from.
        build: String,
    },
    /// What the bridge offers, or that there is none.
    Bridge(BridgeState),
    /// Where the session is.
    Phase(Phase),
    /// The state of POP3 has changed (RFC 1939 §3), as the client understands the server: `Greeting` with a new connection,
    /// `Closed` when it is gone.
    State(State),
    /// One more entry of the transcript.
    Transcript(Entry),
    /// The line that is held now; nothing when none is. Only what has passed is in the transcript.
    Held(Option<HeldLine>),
    /// A line of [`crate::command::SessionCommand::SendLine`] was not sent: not an octet of it left the page.
    LineNotSent {
        /// As typed: nothing is lost.
        line: Secret<String>,
        /// Why.
        fault: LineFault,
    },
    /// TLS stands: what was negotiated, and who vouches for the server.
    Secured(Secured),
    /// What is in the certificates that were asked about; nothing if the TLS module cannot be loaded.
    Certificates(Option<Sections>),
    /// What was found in the text that the user gave; nothing if the TLS module cannot be loaded.
    AuthoritiesRead(Option<AuthoritiesRead>),
    /// The server knows the user, by this method. Not told of a login by hand whose method would have the server prove that
    /// it knows the password, since nobody checked that; [`Self::State`] tells it.
    LoggedIn(Method),
    /// The maildrop is open: everything in it, by number.
    Mailbox(Vec<MailboxEntry>),
    /// What became of messages that an earlier session to this account had marked; comes once, behind the mailbox, and
    /// only if there is something to tell.
    Reconciled(Reconciled),
    /// The header of a message; its octets travel beside this event.
    Header {
        /// Whose header.
        number: MessageNumber,
    },
    /// The header of this message cannot be had (the server refused TOP).
    HeaderRefused {
        /// Whose header.
        number: MessageNumber,
    },
    /// A transfer moves on; sent at its start, and at most some ten times a second.
    Progress(Progress),
    /// The transfer is over, whichever way.
    TransferOver,
    /// A message is complete; its octets travel beside this event, as a Blob.
    Retrieved {
        /// Which.
        number: MessageNumber,
        /// Its size as received.
        octets: Octets,
    },
    /// The server refused a message, a mark, or taking marks back.
    Refused {
        /// Which message it was about, if about one.
        number: Option<MessageNumber>,
        /// What the server said.
        refusal: Refusal,
    },
    /// The marks as the server has confirmed them; sent after every change.
    Marks(Vec<MessageNumber>),
    /// The session is over. Nothing follows until the next Connect.
    Ended(Ending),
}

/// What is known of the bridge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BridgeState {
    /// It said Hello.
    Known(Hello),
    /// No bridge answers where the page expects one.
    Unreachable,
}

/// Where a session is, on its way from the first dial to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Reaching the bridge, and the bridge the server (TLS included, where it ends in the bridge).
    Connecting,
    /// The page and the server agree on TLS, after STLS.
    Securing,
    /// Waiting for the greeting and the capabilities.
    Greeting,
    /// The greeting has come, and the user types; again, once TLS stands after an STLS of theirs.
    ByHand,
    /// Name and password are on their way, or a proof of them.
    LoggingIn,
    /// Asking what is in the maildrop.
    Listing,
    /// The maildrop is open.
    Open,
    /// QUIT is on its way.
    Finishing,
}

/// One message of the maildrop, as LIST and UIDL tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxEntry {
    /// Its number in this session.
    pub number: MessageNumber,
    /// Its size, as the server says.
    pub octets: Octets,
    /// Its unique-id, where the server has UIDL.
    pub unique_id: Option<UniqueId>,
}

/// What a login finds of deletions that an earlier one had left open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciled {
    /// So many marked messages are gone, which nobody knew before.
    pub deleted: usize,
    /// Still there, by their new numbers: for [`crate::command::SessionCommand::MarkRemaining`] or
    /// [`crate::command::SessionCommand::ForgetRemaining`].
    pub remaining: Vec<MessageNumber>,
    /// Not offered, since their unique-ids do not name with certainty what was marked.
    pub doubtful: Vec<Doubtful>,
    /// So many marked messages cannot be looked for: the server gave them no unique-id, or too many were marked.
    pub unrecognised: usize,
}

impl Reconciled {
    /// There is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Messages of which one may have been marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubtful {
    /// Those that have the unique-id now, by their new numbers.
    pub numbers: Vec<MessageNumber>,
    /// Why it cannot be told.
    pub why: Doubt,
}

/// Why a unique-id does not name with certainty what was marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// Other messages, not all of them marked, have the same unique-id (RFC 1939 §7 allows it for identical ones).
    SharedWithUnmarked,
    /// More or fewer messages have this unique-id than before.
    CountChanged,
    /// The unique-id is now on a message of another size, so it may have been given anew.
    SizeChanged,
    /// It is not listed, but not every message has a unique-id this time.
    ListingIncomplete,
}

/// How far a transfer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    /// A page of headers.
    Headers {
        /// Headers that have come.
        done: usize,
        /// Headers that were asked for.
        total: usize,
    },
    /// A message.
    Message {
        /// Which.
        number: MessageNumber,
        /// Octets that have come.
        octets: Octets,
        /// Octets that LIST promised; servers err, so `octets` may pass it.
        octets_expected: Octets,
    },
    /// A cancelled transfer: the rest of the reply is read and dropped, since POP3 cannot be interrupted.
    Stopping,
}

/// How a session ended, and what that means for the marked messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Why.
    pub reason: EndReason,
    /// What became of the messages that were marked.
    pub deletion: Deletion,
}

/// Why a session ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndReason {
    /// QUIT was answered.
    Finished,
    /// The user hung up.
    Disconnected,
    /// A transfer was cancelled whose rest was too large to read and drop.
    Cancelled,
    /// The user name or password cannot be sent; nothing was dialled.
    Credentials {
        /// It is about the password, not the user name.
        password: bool,
        /// What is wrong with it.
        error: CredentialError,
    },
    /// There is no way to log in that the user asked for or agreed to; nothing secret was sent.
    NoMethod(NoMethod),
    /// The method cannot carry the user name or the password; nothing of them was sent.
    Unfit {
        /// Which.
        method: Method,
        /// Why not.
        reason: Unfit,
    },
    /// The server refused the login.
    LoginRefused {
        /// What was tried.
        method: Method,
        /// What it said.
        refusal: Refusal,
        /// What that means.
        fault: LoginFault,
    },
    /// The server did not keep to the login method, or did not prove that it knows the password: the client broke off.
    LoginAborted(ChallengeFault),
    /// The server refused another command without which there is no session (STAT, LIST).
    CommandRefused(Refusal),
    /// The server's first line was `-ERR`.
    GreetingRefused {
        /// What it said.
        text: String,
    },
    /// TLS was to be asked for by STLS, and the server does not offer it, or refused. No credential was sent.
    NoTls(Option<Refusal>),
    /// The server agreed to an STLS typed by hand, on a connection that cannot begin TLS: it stands already, or it is the
    /// sandbox. Neither side could say anything that the other understands.
    TlsOutOfPlace,
    /// TLS that ends in the page failed, or ended as it should not.
    TlsRefused(Box<TlsRefusal>),
    /// The part of the page that speaks TLS could not be loaded, or broke down.
    TlsMissing,
    /// The bridge did not answer.
    BridgeUnreachable,
    /// The sandbox could not be loaded.
    SandboxMissing,
    /// The bridge went away.
    BridgeLost,
    /// The bridge refused or ended the session.
    BridgeFailed(FailReason),
    /// The server ended the connection without being asked.
    ServerClosed,
    /// The server did not answer in time.
    TimedOut,
    /// The server broke POP3's rules.
    PeerMisbehaved {
        /// How, for people who know POP3.
        detail: String,
    },
    /// The server sent more than the client takes.
    LimitExceeded {
        /// Which limit.
        detail: String,
    },
}

/// What became of the marked messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deletion {
    /// None was marked.
    NothingMarked,
    /// `+OK` to QUIT: the server deleted them (RFC 1939 §6).
    Deleted {
        /// Which.
        numbers: Vec<MessageNumber>,
    },
    /// The same, and one more that was marked: the server said `+OK` to a typed DELE whose number nobody but the server
    /// could read.
    DeletedUnread {
        /// Which, but for that one.
        numbers: Vec<MessageNumber>,
    },
    /// `-ERR` to QUIT: some or none were deleted (RFC 1939 §6).
    Partial {
        /// Which were marked.
        numbers: Vec<MessageNumber>,
        /// What the server said.
        refusal: Refusal,
    },
    /// The session ended without QUIT: nothing was deleted (RFC 1939 §6).
    NothingDeleted {
        /// Which were marked.
        numbers: Vec<MessageNumber>,
    },
    /// QUIT was sent and its answer never came: only the next login can tell.
    Unknown {
        /// Which were marked.
        numbers: Vec<MessageNumber>,
    },
}

/// One entry of the transcript, with the host's time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Counts up from 1 within a page's life.
    pub sequence: u64,
    /// Milliseconds since 1970, UTC, by the host's clock.
    pub at_ms: u64,
    /// What happened.
    pub item: Item,
}

/// What a transcript entry holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// A line of POP3.
    Line(Line),
    /// The server broke a rule in what came before, and was tolerated.
    Deviation(Deviation),
    /// Something that happened to the connection itself.
    Note(Note),
}

/// What happened to the connection itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// The sandbox's server in the page answers; no network.
    SandboxOpened,
    /// The bridge is asked to dial.
    Dialling {
        /// The server.
        target: Address,
        /// Where TLS ends.
        tls: TlsEnds,
    },
    /// The connection stands.
    Connected {
        /// Where TLS ends; nothing in the sandbox.
        tls: Option<TlsEnds>,
    },
    /// TLS stands between the page and the server.
    TlsStands {
        /// Such as `TLSv1.3`.
        version: String,
        /// Such as `TLS13_CHACHA20_POLY1305_SHA256`.
        suite: String,
    },
    /// TLS failed, or ended as it should not.
    TlsFailed(crate::security::TlsFault),
    /// The client ended the connection.
    ClosedByClient,
    /// The other side ended the connection.
    ClosedByServer,
    /// The bridge ended the session for this reason.
    BridgeFailed(FailReason),
}
