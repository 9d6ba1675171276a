//! What session and host say to each other: effects out; what happened to the link, and what was read, in. Knows no
//! session and no browser: these are only the words.

use popglass_protocol::{
    sasl::Nonce,
    tunnel::{FailReason, Hello},
};

use crate::{
    command::Route,
    event::SessionEvent,
    security::{AuthoritiesRead, Sections, Secured, TlsRefusal, Trust},
};

/// What the session wants of its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Tell the page.
    Event(SessionEvent, Payload),
    /// Do something with the link.
    Link(LinkOrder),
    /// So many of the server's octets were taken: the link may bring as many more. What is held in step mode is not.
    Grant(u64),
    /// Append these octets of the message that is under way to storage.
    Keep(Vec<u8>),
    /// Drop what was kept of it: the transfer was cut or cancelled.
    DropKept,
    /// Have these certificates read; answered by [`crate::Session::handle_reading`].
    Read(Reading),
}

/// What is to be read; the session itself knows no certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A server's certificates.
    Certificates(Secured),
    /// Authorities, out of a text that the user gave.
    Authorities(String),
}

/// What was read; nothing if there is nobody who could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A server's certificates.
    Certificates(Option<Sections>),
    /// Authorities.
    Authorities(Option<AuthoritiesRead>),
}

/// The octets that travel beside an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// None.
    None,
    /// These.
    Octets(Vec<u8>),
    /// All that was kept since the last time, as one message.
    Kept,
}

/// What to do with the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkOrder {
    /// Ask the bridge for its Hello, and hang up. It is this one from now on.
    Learn {
        /// Its URL; nothing for the one that the page came from.
        bridge: Option<String>,
    },
    /// Reach the server; answered by [`LinkEvent::Opened`], or by how it failed.
    Open {
        /// Which way.
        route: Route,
        /// Whom to trust, where TLS ends in the page.
        trust: Trust,
    },
    /// Start TLS on the connection that stands: the server said `+OK` to STLS. Answered by [`LinkEvent::Secured`], or by
    /// [`LinkEvent::TlsFailed`]; what comes until then belongs to TLS.
    StartTls,
    /// Write these octets.
    Send(Vec<u8>),
    /// Write what is left, then end the connection. Nothing is answered.
    Close,
}

/// What happened to the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkEvent {
    /// The answer to [`LinkOrder::Learn`]; nothing if there is no bridge.
    Learned(Option<Hello>),
    /// The connection to the server stands, with TLS where it comes first.
    Opened {
        /// What was negotiated.
        secured: Option<Secured>,
        /// What ties a login to this connection (RFC 9266), where TLS ends in the page.
        exporter: Option<[u8; 32]>,
        /// Drawn by the host for this connection alone, of a generator fit for cryptography (RFC 5802 §5.1).
        nonce: Nonce,
    },
    /// TLS stands after [`LinkOrder::StartTls`].
    Secured {
        /// What was negotiated.
        secured: Secured,
        /// What ties a login to this connection (RFC 9266).
        exporter: Option<[u8; 32]>,
    },
    /// TLS in the page failed, or ended as it should not.
    TlsFailed(TlsRefusal),
    /// The part of the page that speaks TLS could not be loaded, or broke down.
    NoTlsModule,
    /// The bridge could not be reached.
    Unreachable,
    /// The sandbox could not be loaded.
    NoSandbox,
    /// The bridge said why it refuses or ends the session.
    Failed(FailReason),
    /// The server ended the connection; every octet of it was handed over before.
    Closed,
    /// The way to the bridge broke.
    Lost,
}
