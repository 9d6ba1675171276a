//! The client's end of CRAM-MD5 (RFC 2195). Knows how to answer once.

use alloc::{format, string::String};

use super::filled;
use crate::{
    sasl::{Authenticator, ChallengeFault, Credentials, Mechanism, SaslText, Unfit, digest, wire},
    secret::Secret,
};

/// Waits for the one challenge, and then for nothing.
#[derive(Debug)]
pub(super) struct CramMd5 {
    credentials: Option<(String, Secret<String>)>,
}

impl CramMd5 {
    /// Takes name and password. The name may have blanks: the digest is behind the last one.
    pub(super) fn new(credentials: &Credentials) -> Result<Self, Unfit> {
        let identity = filled(&credentials.identity)?.into();
        let password = Secret::new(filled(credentials.secret.expose())?.into());
        Ok(Self { credentials: Some((identity, password)) })
    }
}

impl Authenticator for CramMd5 {
    fn mechanism(&self) -> Mechanism {
        Mechanism::CramMd5
    }

    fn initial_response(&mut self) -> Option<SaslText> {
        None
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<SaslText, ChallengeFault> {
        let challenge = wire::challenge(challenge)?;
        // An empty challenge would make the digest the same in every login, to be played back.
        if challenge.is_empty() {
            return Err(ChallengeFault::Unexpected);
        }
        let (identity, password) = self.credentials.take().ok_or(ChallengeFault::Unexpected)?;
        Ok(wire::response(format!("{identity} {}", digest::cram_md5_digest(&challenge, password.expose()))))
    }

    fn server_proven(&self) -> bool {
        true
    }
}
