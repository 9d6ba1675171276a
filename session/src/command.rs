//! What the page asks of the session. Crosses the border from page to session worker ([`crate::border`]).

use popglass_protocol::{
    login::Wish,
    secret::Secret,
    tunnel::{Address, TlsEnds},
    types::MessageNumber,
};
use serde::{Deserialize, Serialize};

use crate::security::{Secured, Trust};

/// A wish of the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionCommand {
    /// Ask the bridge what it offers; answered by [`crate::event::SessionEvent::Bridge`].
    LearnBridge {
        /// The bridge's tunnel, as a `ws:` or `wss:` URL; nothing for the one that the page came from. Connections go
        /// through the bridge that was asked last.
        bridge: Option<String>,
    },
    /// Log in and open the maildrop; the first page of headers comes by itself.
    Connect {
        /// Which way.
        route: Route,
        /// By which method.
        wish: Wish,
        /// The user's name, as typed.
        user: String,
        /// The password or token, as typed. Kept in memory, so that [`Self::Reconnect`] can work after a lost connection, until
        /// the user finishes, disconnects, or connects anew.
        password: Secret<String>,
        /// Whom to trust for this server, where TLS ends in the page.
        trust: Trust,
    },
    /// Open the connection and let the user type: the session logs in by nothing of its own and asks for nothing, not even to
    /// keep the connection alive. [`crate::event::Phase::ByHand`] tells that the greeting has come. Nothing that is typed is
    /// kept: [`Self::Reconnect`] opens such a connection again, and the user logs in again.
    ConnectByHand {
        /// Which way.
        route: Route,
        /// Whom to trust for this server, where TLS ends in the page.
        trust: Trust,
    },
    /// One line as typed, without CRLF: in any session, in any state, right or wrong. It waits its turn behind what is under
    /// way, and the session follows what the server makes of it. While a SASL exchange runs that was begun by hand, it
    /// is the response to the server's challenge, and `*` breaks off.
    ///
    /// What cannot be sent comes back as [`crate::event::SessionEvent::LineNotSent`].
    SendLine {
        /// May be a password, or hold one.
        line: Secret<String>,
    },
    /// In a session by hand that has come to TRANSACTION: from here on like any other. Asks what is in the maildrop, and
    /// [`crate::event::SessionEvent::Mailbox`] follows. Nothing happens in any other state, or if the mailbox is there.
    OpenMaildrop,
    /// How fast lines pass, either way; holds for the sessions to come, too, until it is said anew.
    Pace(Pace),
    /// Let the line pass that [`crate::event::SessionEvent::Held`] shows.
    NextLine,
    /// The user has seen the certificate that the last [`Self::Connect`] failed for, and accepts it: trust it, and log in
    /// again the same way.
    TrustCertificate {
        /// Whom to trust from now on: as far as the user still does, and the certificate whose SHA-256
        /// [`crate::security::TlsRefusal::pin`] gave.
        trust: Trust,
    },
    /// Say what is in these certificates; answered by [`crate::event::SessionEvent::Certificates`].
    ReadCertificates {
        /// The connection that they belong to.
        secured: Secured,
    },
    /// Read certificates of authorities; answered by [`crate::event::SessionEvent::AuthoritiesRead`].
    ReadAuthorities {
        /// As the user gave it: PEM, perhaps with other text around.
        text: String,
    },
    /// Log in again the same way as the last time, after the connection was lost. After
    /// [`crate::event::EndReason::Cancelled`] what was marked is marked again by itself: the user stopped a transfer and
    /// took no mark back, and one click still does.
    Reconnect,
    /// Fetch the headers of this page of the mailbox, newest message first, if they are not there yet.
    ShowPage {
        /// From zero; a page has [`crate::event::PAGE_ROWS`] rows.
        page: usize,
    },
    /// Fetch a whole message.
    Retrieve {
        /// Which.
        number: MessageNumber,
    },
    /// Stop the transfer that is running.
    Cancel,
    /// Mark messages for deletion at QUIT (DELE).
    Mark {
        /// Which.
        numbers: Vec<MessageNumber>,
    },
    /// Take marks back: RSET, then DELE again for those that stay marked.
    Unmark {
        /// Which.
        numbers: Vec<MessageNumber>,
    },
    /// Mark the messages again that [`crate::event::SessionEvent::Reconciled`] offered.
    MarkRemaining,
    /// Leave them on the server, and forget that they were to be deleted.
    ForgetRemaining,
    /// QUIT: the server deletes what is marked, and the session ends.
    Finish,
    /// Hang up without QUIT: nothing is deleted, and the marks are not offered again.
    Disconnect,
}

/// How fast lines pass between client and server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Pace {
    /// As fast as they come. What was held goes on at once.
    #[default]
    Play,
    /// One each [`crate::limits::SLOW_LINE_MS`].
    Slow,
    /// One for each [`SessionCommand::NextLine`].
    Step,
}

/// How to reach a mail server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Route {
    /// The mail world in the page's own memory; no network.
    Sandbox,
    /// Through the bridge.
    Bridge {
        /// The server.
        target: Address,
        /// Where TLS ends.
        tls: TlsEnds,
    },
}
