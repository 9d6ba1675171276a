//! A TLS 1.3 session of our own, recorded once with its keys: a client and a server of rustls, a few lines of POP3, and
//! the goodbye. Every octet is cut out and named ([`annotate`]), and explained in both languages ([`crate::texts`]). All
//! of it is checked in, and made by `examples/record`. The user, the password and the mailbox are the sandbox's, and the
//! keys open this one session and nothing else.

pub mod annotate;
pub(crate) mod names;
#[cfg(feature = "live")]
mod open;
mod table;

pub use annotate::{Part, Span};
#[cfg(feature = "live")]
pub use open::open_all;
pub use popglass_protocol::transcript::Direction;

/// A record, and what is in it.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Who sent it.
    pub direction: Direction,
    /// As it was on the wire.
    pub wire: &'static [u8],
    /// Deciphered, if it was encrypted: what it says, then the octet that tells what it is (RFC 8446 §5.2). Octet by
    /// octet it lies under `wire`, from behind the header to before the tag.
    pub inner: Option<&'static [u8]>,
}

impl Record {
    /// The octets on the wire, cut into parts without gap or overlap.
    #[must_use]
    pub fn wire_spans(&self) -> Vec<Span> {
        annotate::of_wire(self.direction, self.wire)
    }

    /// What was deciphered, cut into parts in the same way; nothing if it was not encrypted.
    #[must_use]
    pub fn inner_spans(&self) -> Vec<Span> {
        self.inner.map(|inner| annotate::of_inner(self.direction, inner)).unwrap_or_default()
    }
}

/// The session, record by record.
#[must_use]
pub fn session() -> &'static [Record] {
    table::RECORDS
}

/// The session's secrets, as browsers and Wireshark write them (SSLKEYLOGFILE, RFC 9850).
pub const KEY_LOG: &str = include_str!("../../recording/keys.log");

/// The session as a capture (pcapng) with its secrets inside: Wireshark opens it and shows the POP3 in it.
pub const CAPTURE: &[u8] = include_bytes!("../../recording/session.pcapng");
