//! The client's end where one message is all: PLAIN (RFC 4616), EXTERNAL (RFC 4422 appendix A), ANONYMOUS (RFC 4505).
//! The server proves nothing, and asks for nothing more.

use alloc::format;

use super::{authorization, filled};
use crate::{
    limits,
    sasl::{Authenticator, ChallengeFault, Credentials, Mechanism, SaslText, Unfit, wire},
};

/// One message, then the server's status.
#[derive(Debug)]
pub(super) struct OneMessage {
    mechanism: Mechanism,
    message: SaslText,
}

/// `[authzid] NUL authcid NUL passwd`.
pub(super) fn plain(credentials: &Credentials) -> Result<OneMessage, Unfit> {
    let authorization = authorization(credentials)?.unwrap_or_default();
    let identity = filled(&credentials.identity)?;
    let password = filled(credentials.secret.expose())?;
    let message = wire::response(format!("{authorization}\0{identity}\0{password}"));
    Ok(OneMessage { mechanism: Mechanism::Plain, message })
}

/// The authorization identity, or nothing.
pub(super) fn external(credentials: &Credentials) -> Result<OneMessage, Unfit> {
    let message = wire::response(authorization(credentials)?.unwrap_or_default());
    Ok(OneMessage { mechanism: Mechanism::External, message })
}

/// A trace for the server's log, or nothing.
pub(super) fn anonymous(credentials: &Credentials) -> Result<OneMessage, Unfit> {
    let trace = &credentials.identity;
    if trace.chars().count() > limits::ANONYMOUS_TRACE_CHARS_MAX {
        return Err(Unfit::TooLong);
    }
    if trace.chars().any(char::is_control) {
        return Err(Unfit::IllegalOctet);
    }
    Ok(OneMessage { mechanism: Mechanism::Anonymous, message: wire::response(trace) })
}

impl Authenticator for OneMessage {
    fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    fn initial_response(&mut self) -> Option<SaslText> {
        Some(self.message.clone())
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<SaslText, ChallengeFault> {
        wire::challenge(challenge)?;
        Err(ChallengeFault::Unexpected)
    }

    fn server_proven(&self) -> bool {
        true
    }
}
