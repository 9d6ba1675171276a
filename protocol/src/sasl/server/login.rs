//! The server's end of LOGIN (draft-murchison-sasl-login): it asks twice. A name as initial response answers the first
//! question, as clients in the field send it.

use alloc::{string::String, vec::Vec};

use super::{End, Secrets, Verdict, accept};
use crate::sasl::wire;

/// Whose password is awaited, once the name is known.
#[derive(Debug, Default)]
pub(super) struct Login {
    identity: Option<String>,
}

impl End for Login {
    fn challenge(&mut self) -> Vec<u8> {
        b"Username:".to_vec()
    }

    fn respond(&mut self, response: &[u8], secrets: Secrets<'_>) -> Option<Verdict> {
        let answer = wire::clean(response).filter(|answer| !answer.is_empty())?;
        if let Some(identity) = self.identity.take() {
            return accept(&identity, answer, secrets);
        }
        self.identity = Some(answer.into());
        Some(Verdict::Ask(b"Password:".to_vec()))
    }
}
