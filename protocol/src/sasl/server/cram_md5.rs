//! The server's end of CRAM-MD5 (RFC 2195): a challenge that never comes again, and one answer.

use alloc::{format, string::String, vec::Vec};

use super::{End, Secrets, ServerFacts, Verdict};
use crate::sasl::{Nonce, digest, wire};

/// The challenge, and whether it was given: an answer before it answers something else.
#[derive(Debug)]
pub(super) struct CramMd5 {
    challenge: String,
    is_asked: bool,
}

impl CramMd5 {
    pub(super) fn new(facts: &ServerFacts, nonce: &Nonce) -> Self {
        Self { challenge: format!("<{}@{}>", nonce.as_str(), facts.host), is_asked: false }
    }
}

impl End for CramMd5 {
    fn challenge(&mut self) -> Vec<u8> {
        self.is_asked = true;
        self.challenge.clone().into_bytes()
    }

    fn respond(&mut self, response: &[u8], secrets: Secrets<'_>) -> Option<Verdict> {
        let (identity, proof) = wire::clean(response)?.rsplit_once(' ').filter(|_| self.is_asked)?;
        let expected = digest::cram_md5_digest(self.challenge.as_bytes(), secrets(identity)?.expose());
        digest::same(proof.as_bytes(), expected.as_bytes()).then(|| Verdict::Accept(identity.into()))
    }
}
