//! The client's end of LOGIN (draft-murchison-sasl-login): two questions, of whatever wording. Knows no proof.

use super::filled;
use crate::sasl::{Authenticator, ChallengeFault, Credentials, Mechanism, SaslText, Unfit, wire};

/// Answers the first question with the name, and the second with the password.
#[derive(Debug)]
pub(super) struct Login {
    answers: alloc::vec::IntoIter<SaslText>,
}

impl Login {
    /// Takes name and password.
    pub(super) fn new(credentials: &Credentials) -> Result<Self, Unfit> {
        let identity = wire::response(filled(&credentials.identity)?);
        let password = wire::response(filled(credentials.secret.expose())?);
        Ok(Self { answers: alloc::vec![identity, password].into_iter() })
    }
}

impl Authenticator for Login {
    fn mechanism(&self) -> Mechanism {
        Mechanism::Login
    }

    fn initial_response(&mut self) -> Option<SaslText> {
        None
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<SaslText, ChallengeFault> {
        wire::challenge(challenge)?;
        self.answers.next().ok_or(ChallengeFault::Unexpected)
    }

    /// There is nothing to prove, but a server that did not ask for the password cannot have checked it.
    fn server_proven(&self) -> bool {
        self.answers.as_slice().is_empty()
    }
}
