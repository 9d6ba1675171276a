//! The certificates that servers of the lessons show: a good one, and one for each thing that can be wrong. They are
//! checked in, so that they are the same on every computer, and made by `examples/school.rs`. Their keys protect
//! nothing, and nobody trusts their authority but who asks for [`crate::link::ClientTrust::school`].

#[cfg(feature = "live")]
mod shown;

use popglass_session::security::TlsFault;
use serde::{Deserialize, Serialize};
#[cfg(feature = "live")]
pub(crate) use shown::Shown;

/// The name by which the client knows its server, and checks the certificate.
pub const SERVER_NAME: &str = "mail.example.org";

/// The school's authority.
#[cfg(feature = "live")]
pub(crate) const AUTHORITY: &[u8] = include_bytes!("../material/authority.der");

/// What a server shows, and proves itself by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Identity {
    /// For [`SERVER_NAME`], of the school's authority, valid from 2000 until 2100.
    Good,
    /// The same, and it ended with 2019.
    Expired,
    /// The same, and it begins with 2090.
    NotYetValid,
    /// Of the school's authority, and for `www.example.net`.
    WrongName,
    /// It vouches for itself.
    SelfSigned,
    /// For the right name, of an authority that calls itself trustworthy.
    UnknownAuthority,
}

impl Identity {
    /// All of them, for tables.
    pub const ALL: [Self; 6] =
        [Self::Good, Self::Expired, Self::NotYetValid, Self::WrongName, Self::SelfSigned, Self::UnknownAuthority];

    /// What a client finds wrong with it that trusts the school, and has a clock between 2020 and 2090.
    #[must_use]
    pub fn fault(self) -> Option<TlsFault> {
        match self {
            Self::Good => None,
            Self::Expired => Some(TlsFault::Expired),
            Self::NotYetValid => Some(TlsFault::NotYetValid),
            Self::WrongName => Some(TlsFault::WrongName),
            Self::SelfSigned => Some(TlsFault::SelfSigned),
            Self::UnknownAuthority => Some(TlsFault::UnknownIssuer),
        }
    }

    /// The certificates in DER, the server's own first, as the server sends them.
    #[must_use]
    pub fn chain(self) -> Vec<&'static [u8]> {
        let mut chain = vec![self.material().0];
        if self == Self::UnknownAuthority {
            chain.push(include_bytes!("../material/unknown-authority.issuer.der"));
        }
        chain
    }

    /// Its own certificate and its key.
    fn material(self) -> (&'static [u8], &'static [u8]) {
        macro_rules! of {
            ($file:literal) => {
                (
                    include_bytes!(concat!("../material/", $file, ".der")),
                    include_bytes!(concat!("../material/", $file, ".key.der")),
                )
            };
        }
        match self {
            Self::Good => of!("good"),
            Self::Expired => of!("expired"),
            Self::NotYetValid => of!("not-yet-valid"),
            Self::WrongName => of!("wrong-name"),
            Self::SelfSigned => of!("self-signed"),
            Self::UnknownAuthority => of!("unknown-authority"),
        }
    }
}
