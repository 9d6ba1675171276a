//! Simple Authentication and Security Layer (RFC 4422) as POP3 uses it (RFC 5034): the mechanisms, ranked, and the
//! two ends of an exchange. The mechanisms' own arithmetic is behind the feature `sasl`. Knows no lines of POP3.

#[cfg(feature = "sasl")]
pub mod client;
#[cfg(feature = "sasl")]
mod credentials;
#[cfg(feature = "sasl")]
mod digest;
#[cfg(feature = "sasl")]
mod gs2;
mod mechanism;
#[cfg(feature = "sasl")]
mod prepare;
#[cfg(feature = "sasl")]
mod scram;
#[cfg(feature = "sasl")]
pub mod server;
#[cfg(feature = "sasl")]
mod wire;

use alloc::string::String;
use core::fmt;

#[cfg(feature = "sasl")]
pub use credentials::{ChannelBinding, Credentials, Endpoint, Nonce, Unfit};
#[cfg(feature = "sasl")]
pub use digest::apop_digest;
pub use mechanism::{Mechanism, MechanismName};

use crate::secret::Secret;

/// A response or initial response as it stands on the wire: base64 (RFC 4648 §4), or nothing at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SaslText(Secret<String>);

impl SaslText {
    /// Takes text that is base64 by its characters; what it says is the mechanism's business. Nothing for other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let data = text.trim_end_matches('=');
        let legal = data.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/'));
        (legal && text.len() - data.len() <= 2 && text.len().is_multiple_of(4)).then(|| Self(Secret::new(text.into())))
    }

    /// The text itself, for the one place that writes it to the wire, and the one that decodes it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The client's end of an exchange: what it says first, and to each challenge. One value serves one login. It holds the
/// secret, so it has no `Debug`.
pub trait Authenticator: Send {
    /// Which mechanism this speaks.
    fn mechanism(&self) -> Mechanism;

    /// What the client says before any challenge; nothing where the server speaks first. Asked for once, first of all.
    fn initial_response(&mut self) -> Option<SaslText>;

    /// The answer to a challenge, given as base64 without the leading `+ `.
    ///
    /// # Errors
    /// The challenge makes no sense, or proves that the server does not know the password: the exchange is over.
    fn respond(&mut self, challenge: &[u8]) -> Result<SaslText, ChallengeFault>;

    /// Whether all that the mechanism lets the server prove is proven. `+OK` before that is no login
    /// (RFC 5802 §5: the client must check the server's signature).
    fn server_proven(&self) -> bool;
}

/// Why a challenge ends the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ChallengeFault {
    /// It is not base64.
    NotBase64,
    /// The mechanism does not expect it, or not in this form.
    Unexpected,
    /// The server's nonce does not continue the client's, or its signature is wrong: it does not know the password, or
    /// somebody stands between (RFC 5802 §5).
    ServerNotProven,
    /// The server asks for more rounds of hashing than [`crate::limits::SCRAM_ITERATIONS_MAX`], or for fewer than
    /// [`crate::limits::SCRAM_ITERATIONS_MIN`].
    Iterations,
}

impl fmt::Display for ChallengeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotBase64 => "a challenge is not base64",
            Self::Unexpected => "a challenge is not what the mechanism expects",
            Self::ServerNotProven => "the server does not prove that it knows the password",
            Self::Iterations => "the server asks for an unreasonable number of hash rounds",
        })
    }
}
