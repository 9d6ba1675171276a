//! The client's end where a bearer token logs in: OAUTHBEARER (RFC 7628) and XOAUTH2, its forerunner. Knows how a
//! server says no; not where tokens come from.

use alloc::format;

use super::{authorization, filled};
use crate::sasl::{Authenticator, ChallengeFault, Credentials, Mechanism, SaslText, Unfit, gs2, wire};

/// One message; if the token is refused, a challenge with the reason, one empty answer, and `-ERR`.
#[derive(Debug)]
pub(super) struct Bearer {
    mechanism: Mechanism,
    message: SaslText,
    state: State,
}

#[derive(Debug)]
enum State {
    Offered,
    Refused,
}

/// Google's form: user and token between octets of value 1.
pub(super) fn xoauth2(credentials: &Credentials) -> Result<Bearer, Unfit> {
    let user = separable(filled(&credentials.identity)?)?;
    let message = format!("user={user}\x01auth=Bearer {}\x01\x01", token(credentials)?);
    Ok(Bearer { mechanism: Mechanism::XOAuth2, message: wire::response(message), state: State::Offered })
}

/// RFC 7628 §3.1: whom the token stands for goes into the header, where servers look for the user's name.
pub(super) fn oauthbearer(credentials: &Credentials) -> Result<Bearer, Unfit> {
    let user = match authorization(credentials)? {
        Some(identity) => separable(identity)?,
        None => separable(filled(&credentials.identity)?)?,
    };
    let mut message = gs2::header("n", Some(user));
    if let Some(endpoint) = &credentials.endpoint {
        let host = separable(filled(&endpoint.host)?)?;
        message += &format!("\x01host={host}\x01port={}", endpoint.port);
    }
    message += &format!("\x01auth=Bearer {}\x01\x01", token(credentials)?);
    Ok(Bearer { mechanism: Mechanism::OAuthBearer, message: wire::response(message), state: State::Offered })
}

/// The token; visible ASCII contains every form of RFC 6750 §2.1.
fn token(credentials: &Credentials) -> Result<&str, Unfit> {
    let token = filled(credentials.secret.expose())?;
    if token.bytes().all(|octet| octet.is_ascii_graphic()) { Ok(token) } else { Err(Unfit::IllegalOctet) }
}

/// A value that cannot be taken for the end of its field.
fn separable(value: &str) -> Result<&str, Unfit> {
    if value.contains('\x01') { Err(Unfit::IllegalOctet) } else { Ok(value) }
}

impl Authenticator for Bearer {
    fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    fn initial_response(&mut self) -> Option<SaslText> {
        Some(self.message.clone())
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<SaslText, ChallengeFault> {
        let reason = wire::challenge(challenge)?;
        match self.state {
            State::Offered if !reason.is_empty() => {
                self.state = State::Refused;
                // RFC 7628 §3.2.3 wants one octet of value 1; Google, an empty line.
                let is_standard = self.mechanism == Mechanism::OAuthBearer;
                Ok(wire::response(if is_standard { "\x01" } else { "" }))
            }
            State::Offered | State::Refused => Err(ChallengeFault::Unexpected),
        }
    }

    /// There is nothing to prove, but a server that refused the token cannot mean `+OK`.
    fn server_proven(&self) -> bool {
        matches!(self.state, State::Offered)
    }
}
