//! The arithmetic of SCRAM (RFC 5802 §3), for both ends and both hashes. Knows the fields of its messages, and no
//! order of them.

use alloc::{format, string::String, vec::Vec};

use hmac::{EagerHash, Hmac, KeyInit as _, Mac as _};
use pbkdf2::pbkdf2_hmac_array;
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::gs2;
use crate::secret::Secret;

/// The hash of a SCRAM mechanism.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    /// RFC 5802.
    Sha1,
    /// RFC 7677.
    Sha256,
}

impl Hash {
    /// `H(text)`.
    fn digest(self, text: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(text).to_vec(),
            Self::Sha256 => Sha256::digest(text).to_vec(),
        }
    }

    /// `HMAC(key, text)`.
    fn hmac(self, key: &[u8], text: &[u8]) -> Vec<u8> {
        fn with<D: EagerHash>(key: &[u8], text: &[u8]) -> Vec<u8> {
            let mac = Hmac::<D>::new_from_slice(key).expect("HMAC takes keys of any length");
            mac.chain_update(text).finalize().into_bytes().to_vec()
        }
        match self {
            Self::Sha1 => with::<Sha1>(key, text),
            Self::Sha256 => with::<Sha256>(key, text),
        }
    }

    /// `Hi(password, salt, iterations)`: PBKDF2, the slow part.
    fn salted_password(self, password: &str, salt: &[u8], iterations: u32) -> Vec<u8> {
        match self {
            Self::Sha1 => pbkdf2_hmac_array::<Sha1, 20>(password.as_bytes(), salt, iterations).to_vec(),
            Self::Sha256 => pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), salt, iterations).to_vec(),
        }
    }
}

/// The two keys that come of a password, a salt and a number of rounds.
#[derive(Debug)]
pub(super) struct Keys {
    hash: Hash,
    client: Secret<Vec<u8>>,
    server: Secret<Vec<u8>>,
}

impl Keys {
    /// Derives the keys from a password that is prepared.
    pub(super) fn derive(hash: Hash, password: &str, salt: &[u8], iterations: u32) -> Self {
        let salted = hash.salted_password(password, salt, iterations);
        let key = |name: &[u8]| Secret::new(hash.hmac(&salted, name));
        Self { hash, client: key(b"Client Key"), server: key(b"Server Key") }
    }

    /// `ClientProof`: the client's key, hidden under a signature by its own digest.
    pub(super) fn proof(&self, auth_message: &str) -> Vec<u8> {
        let stored_key = self.hash.digest(self.client.expose());
        let signature = self.hash.hmac(&stored_key, auth_message.as_bytes());
        self.client.expose().iter().zip(signature).map(|(key, signature)| key ^ signature).collect()
    }

    /// `ServerSignature`.
    pub(super) fn server_signature(&self, auth_message: &str) -> Vec<u8> {
        self.hash.hmac(self.server.expose(), auth_message.as_bytes())
    }
}

/// The client's first message without its header.
pub(super) fn client_first_bare(identity: &str, nonce: &str) -> String {
    format!("n={},r={nonce}", gs2::escape(identity))
}

/// The fields of a message in their order. An extension that must be understood (`m=`) is no field here, so it fails
/// like any other surprise (RFC 5802 §5.1).
pub(super) struct Fields<'a>(core::str::Split<'a, char>);

impl<'a> Fields<'a> {
    /// The fields of this message.
    pub(super) fn of(message: &'a str) -> Self {
        Self(message.split(','))
    }

    /// The value of the next field, if it has this name: a letter and an equals sign.
    pub(super) fn next(&mut self, name: &str) -> Option<&'a str> {
        self.0.next()?.strip_prefix(name)
    }
}
