//! What a login is made of, and why it may not fit a mechanism. Knows no exchange, and draws no random numbers.

use alloc::string::String;
use core::fmt;

use super::wire;
use crate::{limits, secret::Secret};

/// Who logs in, and with what.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// The authentication identity: whose password or token it is. For ANONYMOUS the trace, which may be empty
    /// (RFC 4505 §2); unused by EXTERNAL.
    pub identity: String,
    /// The authorization identity: as whom to act, where that is somebody else (RFC 4422 §3.4.1). CRAM-MD5, LOGIN and
    /// XOAUTH2 have no place for it.
    pub authorization: Option<String>,
    /// The password, or the bearer token.
    pub secret: Secret<String>,
    /// Which server is meant; only OAUTHBEARER says so, and may leave it out (RFC 7628 §3.1).
    pub endpoint: Option<Endpoint>,
}

/// A server's name and port, as the user gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
}

/// A number used once (RFC 5802 §5.1), which the host draws: printable ASCII without a comma. SCRAM's client and
/// server need one each, and so does a server's challenge for CRAM-MD5. It travels in the open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// Takes octets of a random generator fit for cryptography.
    #[must_use]
    pub fn from_octets(octets: [u8; limits::SCRAM_NONCE_OCTETS]) -> Self {
        Self(wire::encode(octets))
    }

    /// Takes a nonce as it is written, as recorded exchanges have it; nothing for other than printable ASCII, a comma,
    /// or an empty text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let legal = |octet: u8| octet.is_ascii_graphic() && octet != b',';
        (!text.is_empty() && text.bytes().all(legal)).then(|| Self(text.into()))
    }

    /// The nonce as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What an end of an exchange knows of the TLS connection below it (RFC 5802 §6). The client says it in SCRAM's first
/// message, under its proof: so a mechanism that somebody struck from the server's list comes to light.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelBinding {
    /// TLS ends elsewhere, or is none, or is older than 1.3 (RFC 9266 §3): `n`.
    Unsupported,
    /// The client could bind, but the server offers no -PLUS: `y`. A server that does offer one refuses this.
    NotOffered,
    /// What the connection exports by [`Self::EXPORTER_LABEL`], with an empty context (RFC 9266 §2). -PLUS binds to it;
    /// the other mechanisms say `n`, since the server's offer was seen and not taken.
    TlsExporter(Secret<[u8; Self::EXPORTER_OCTETS]>),
}

impl ChannelBinding {
    /// The label to give to the TLS exporter (RFC 9266 §2).
    pub const EXPORTER_LABEL: &'static [u8] = b"EXPORTER-Channel-Binding";

    /// Octets to ask of the TLS exporter (RFC 9266 §2).
    pub const EXPORTER_OCTETS: usize = 32;

    /// The binding's registered name (IANA, Channel-Binding Types).
    pub(super) const EXPORTER_NAME: &'static str = "tls-exporter";

    /// The octets that are bound to, if there are any.
    pub(super) fn data(&self) -> Option<&[u8]> {
        match self {
            Self::TlsExporter(data) => Some(data.expose()),
            Self::Unsupported | Self::NotOffered => None,
        }
    }
}

/// Why credentials cannot be used with a mechanism; nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Unfit {
    /// Name, password or token is empty, and the mechanism takes no empty one.
    Empty,
    /// CR, LF or NUL stands in it, or an octet that the mechanism separates its fields by, or a token is not visible
    /// ASCII (RFC 6750 §2.1).
    IllegalOctet,
    /// Longer than the mechanism allows.
    TooLong,
    /// A character that SASLprep prohibits (RFC 4013 §2.3).
    Prohibited,
    /// It is not ASCII, and this build has no SASLprep: without it SCRAM would derive other keys than the server has
    /// (RFC 5802 §5.1).
    NotAscii,
    /// The mechanism binds to the TLS connection, which exported nothing.
    NoChannelBinding,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "user name or secret is empty",
            Self::IllegalOctet => "user name or secret has a character that the mechanism cannot carry",
            Self::TooLong => "user name or secret is longer than the mechanism allows",
            Self::Prohibited => "user name or password has a character that SASLprep prohibits",
            Self::NotAscii => "user name or password is not ASCII, which the mechanism needs here",
            Self::NoChannelBinding => "the mechanism needs a TLS 1.3 connection that ends in the client",
        })
    }
}

impl core::error::Error for Unfit {}
