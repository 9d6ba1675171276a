//! Whoever is in the middle, between the client and the server: the Wi-Fi's owner, a stranger who pretended to be it, a
//! provider. He works on octets and knows of POP3 only how STLS is asked for and answered, and how CAPA's list ends; an
//! attack is a file. Passwords and keys he knows none, and he breaks no cryptography: what works, works because the
//! client allows it.

#[cfg(feature = "live")]
mod middle;

#[cfg(feature = "live")]
pub(crate) use middle::Middle;
use serde::{Deserialize, Serialize};

use crate::identity::Identity;

/// What whoever is in the middle does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attacker {
    /// There is nobody.
    #[default]
    None,
    /// Listens: what the taps show is what he hears.
    Listen,
    /// Takes `STLS` out of the list of capabilities, and answers `-ERR` to it in the server's place, so that a client that
    /// does not insist goes on in the clear (RFC 8314 §5.1 is about that).
    StripStls,
    /// Puts these octets right behind the `+OK` to STLS, in the clear: a client that keeps them takes them for something that
    /// came encrypted (RFC 2595 §4 forbids it to).
    InjectAfterStls(Vec<u8>),
    /// Shows this certificate in place of the server's, does TLS with both, and carries on what he deciphers.
    FalseCertificate(Identity),
}

/// What the attacker did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Act {
    /// Took `STLS` out of the list of capabilities.
    HidStls,
    /// Answered `-ERR` to STLS, which the server never saw.
    RefusedStls,
    /// Put octets behind the `+OK` to STLS.
    Injected,
    /// Answered a ClientHello with a certificate of his own.
    ShowedCertificate,
    /// The client gave up the handshake with him.
    WasRefused,
    /// The client took him for the server: he reads along.
    WasBelieved,
}

/// Octets that an injection may have; the rest is left out. More would not make it worse.
pub const INJECTED_OCTETS_MAX: usize = 4096;
