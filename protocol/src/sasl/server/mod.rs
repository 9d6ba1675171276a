//! The server's end of each mechanism, for teaching and for tests. Knows no line of POP3 and keeps no accounts; draws
//! no random numbers. Names and secrets with CR, LF or NUL are refused, since base64 carries them past every check of
//! lines.

mod cram_md5;
mod login;
mod one_message;
mod scram;
mod token;

use alloc::{boxed::Box, string::String, vec::Vec};
use core::{fmt, num::NonZeroU32};

use super::{ChannelBinding, Mechanism, Nonce, SaslText, digest, prepare::prepare_or_keep, scram::Hash, wire};
use crate::secret::Secret;

/// What a server's end must know besides the accounts.
#[derive(Debug, Clone)]
pub struct ServerFacts {
    /// The server's name, which goes into the challenge of CRAM-MD5 (RFC 2195 §2).
    pub host: String,
    /// The salt of SCRAM, the same for names that do not exist, so that nothing tells them apart.
    pub salt: Vec<u8>,
    /// The rounds of PBKDF2 for SCRAM; clients want [`crate::limits::SCRAM_ITERATIONS_MIN`] and more.
    pub iterations: NonZeroU32,
    /// What TLS exported, where the server offers -PLUS: then a client that believes it does not is refused.
    pub channel: ChannelBinding,
    /// Who the client is by the layers below, for EXTERNAL.
    pub external: Option<String>,
}

/// Whose password, or for the mechanisms that take one, whose token is what. Nothing for a name that does not exist.
pub type Secrets<'a> = &'a dyn Fn(&str) -> Option<Secret<String>>;

/// Who a guest is.
pub const ANONYMOUS_USER: &str = "anonymous";

/// What follows a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this base64 text behind `+ `, and wait for the next response.
    Challenge(String),
    /// The client is this user.
    Accepted {
        /// The name, as it was looked up.
        user: String,
    },
    /// Name and secret do not go together, or the client made no sense.
    Rejected,
}

/// The server's end of one exchange.
#[derive(Debug)]
pub struct ServerExchange {
    mechanism: Mechanism,
    /// Nothing once it is decided: who was refused, or accepted, starts anew.
    end: Option<Box<dyn End>>,
}

/// The server's end for one login. The nonce must be new for each.
///
/// ```
/// use popglass_protocol::{sasl::{server::*, *}, secret::Secret};
/// let facts = ServerFacts {
///     host: "mail.example".into(),
///     salt: b"salt".to_vec(),
///     iterations: 4096.try_into().unwrap(),
///     channel: ChannelBinding::Unsupported,
///     external: None,
/// };
/// let mut server = server_exchange(Mechanism::Plain, &facts, &Nonce::from_octets([7; 18]));
/// assert_eq!(server.challenge(), "");
/// let secrets = |user: &str| (user == "tim").then(|| Secret::new("tanstaaftanstaaf".into()));
/// let response = SaslText::parse("AHRpbQB0YW5zdGFhZnRhbnN0YWFm").unwrap();
/// assert_eq!(server.handle_response(&response, &secrets), Step::Accepted { user: "tim".into() });
/// ```
#[must_use]
pub fn server_exchange(mechanism: Mechanism, facts: &ServerFacts, nonce: &Nonce) -> ServerExchange {
    let end: Box<dyn End> = match mechanism {
        Mechanism::Anonymous => Box::new(one_message::Anonymous),
        Mechanism::External => Box::new(one_message::External::new(facts)),
        Mechanism::Plain => Box::new(one_message::Plain),
        Mechanism::Login => Box::new(login::Login::default()),
        Mechanism::CramMd5 => Box::new(cram_md5::CramMd5::new(facts, nonce)),
        Mechanism::XOAuth2 => Box::new(token::Bearer::xoauth2()),
        Mechanism::OAuthBearer => Box::new(token::Bearer::oauthbearer()),
        Mechanism::ScramSha1 | Mechanism::ScramSha1Plus => {
            Box::new(scram::Scram::new(mechanism, Hash::Sha1, facts, nonce))
        }
        Mechanism::ScramSha256 | Mechanism::ScramSha256Plus => {
            Box::new(scram::Scram::new(mechanism, Hash::Sha256, facts, nonce))
        }
    };
    ServerExchange { mechanism, end: Some(end) }
}

impl ServerExchange {
    /// Which mechanism this speaks.
    #[must_use]
    pub fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    /// What stands behind `+ ` where the client sent no initial response: base64, or nothing where the client speaks
    /// first (RFC 5034 §4). With an initial response this is not asked for.
    pub fn challenge(&mut self) -> String {
        self.end.as_mut().map_or_else(String::new, |end| wire::encode(end.challenge()))
    }

    /// Handles a response, or an initial response. Behind [`Step::Accepted`] and [`Step::Rejected`] all is rejected.
    pub fn handle_response(&mut self, response: &SaslText, secrets: Secrets<'_>) -> Step {
        let Some(mut end) = self.end.take() else { return Step::Rejected };
        let octets = wire::decode(response.expose());
        match octets.and_then(|octets| end.respond(&octets, secrets)) {
            Some(Verdict::Ask(challenge)) => {
                self.end = Some(end);
                Step::Challenge(wire::encode(challenge))
            }
            Some(Verdict::Accept(user)) => Step::Accepted { user },
            None => Step::Rejected,
        }
    }
}

/// One mechanism: octets instead of base64.
trait End: fmt::Debug + Send {
    /// The first challenge.
    fn challenge(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// What follows a response; nothing if the client is refused. Called no more after that.
    fn respond(&mut self, response: &[u8], secrets: Secrets<'_>) -> Option<Verdict>;
}

/// What follows a response that is not refused.
enum Verdict {
    Ask(Vec<u8>),
    Accept(String),
}

/// Accepts the user if the secret is theirs, in any spelling (RFC 4616 §2).
fn accept(user: &str, secret: &str, secrets: Secrets<'_>) -> Option<Verdict> {
    let user = prepare_or_keep(user);
    let expected = secrets(&user)?;
    let is_right = digest::same(prepare_or_keep(secret).as_bytes(), prepare_or_keep(expected.expose()).as_bytes());
    is_right.then(|| Verdict::Accept(user.into_owned()))
}
