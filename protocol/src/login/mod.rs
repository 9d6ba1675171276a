//! How to log in: the methods, the wishes, and which one is chosen. Never a weaker one in silence: what the user asked
//! for is done or refused. Knows no lines; with the feature `sasl`, `driver` carries the choice out.

#[cfg(feature = "sasl")]
pub mod driver;

use core::fmt;

use crate::{capability::Capabilities, sasl::Mechanism, types::Stamp};

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Method {
    /// USER and PASS (RFC 1939 §7): the password as it is.
    UserPass,
    /// APOP (RFC 1939 §7): a digest by MD5. Never chosen automatically without TLS (CVE-2007-1558).
    Apop,
    /// AUTH with this mechanism (RFC 5034).
    Sasl(Mechanism),
}

impl Method {
    /// Whoever listens without TLS has the password or the token.
    #[must_use]
    pub fn exposes_secret(self) -> bool {
        match self {
            Self::UserPass => true,
            Self::Apop => false,
            Self::Sasl(mechanism) => mechanism.exposes_secret(),
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UserPass => f.write_str("USER/PASS"),
            Self::Apop => f.write_str("APOP"),
            Self::Sasl(mechanism) => mechanism.fmt(f),
        }
    }
}

/// What the user asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Wish {
    /// The strongest that takes a password, and that both sides speak.
    #[default]
    Automatic,
    /// This one or none.
    Exactly(Method),
}

/// What protects the connection, as far as the client can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// TLS stands, or there is no wire to listen to.
    Protected,
    /// Anybody on the way can read along, and the user has not agreed to show them a password.
    Open,
    /// Anybody on the way can read along, and the user has agreed to that.
    OpenAgreed,
}

/// Why no way to log in is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum NoMethod {
    /// The server does not offer what was asked for.
    NotOffered(Method),
    /// It would show the secret to everybody on the way, and nobody agreed to that.
    Exposed(Method),
    /// The mechanism is bound to the TLS connection, which does not end here.
    NoChannelBinding(Mechanism),
    /// Nothing that the server offers can be used with a password here.
    Nothing,
}

/// What the choice depends on.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    /// What the server announced, in TLS if TLS stands.
    pub capabilities: &'a Capabilities,
    /// The greeting's stamp, if it has one that is safe to digest.
    pub stamp: Option<&'a Stamp>,
    /// What protects the connection.
    pub protection: Protection,
    /// Channel binding data is at hand.
    pub channel_binding: bool,
}

/// Chooses how to log in. Automatic means: the strongest mechanism that takes a password; then APOP, where TLS
/// protects it; then USER and PASS. Without TLS only SCRAM is chosen automatically, unless the user agreed to show the
/// password: what an attacker could strip from the list must not make the login weaker.
///
/// `fits` tells whether a method can carry the user's name and password at all; that is nothing an attacker decides.
///
/// # Errors
/// Nothing is left; no credential was sent.
///
/// ```
/// use popglass_protocol::{capability::Capabilities, login::{Method, NoMethod, Offer, Protection, Wish, choose}};
/// let capabilities = Capabilities { user: true, lines: vec!["USER".into()], ..Capabilities::default() };
/// let offer = Offer { capabilities: &capabilities, stamp: None, protection: Protection::Open, channel_binding: false };
/// assert_eq!(choose(Wish::Automatic, &offer, |_| true), Err(NoMethod::Exposed(Method::UserPass)));
/// let offer = Offer { protection: Protection::Protected, ..offer };
/// assert_eq!(choose(Wish::Automatic, &offer, |_| true), Ok(Method::UserPass));
/// ```
pub fn choose(wish: Wish, offer: &Offer<'_>, fits: impl Fn(Method) -> bool) -> Result<Method, NoMethod> {
    match wish {
        Wish::Exactly(method) => offer.allows(method).map(|()| method),
        Wish::Automatic => {
            let sasl = Mechanism::ALL.into_iter().rev().filter(|mechanism| mechanism.takes_password());
            let methods = sasl.map(Method::Sasl).chain([Method::Apop, Method::UserPass]);
            let mut exposed = None;
            for method in methods.filter(|method| offer.protects_enough(*method) && fits(*method)) {
                match offer.allows(method) {
                    Ok(()) => return Ok(method),
                    Err(NoMethod::Exposed(method)) => exposed = Some(NoMethod::Exposed(method)),
                    Err(_) => {}
                }
            }
            Err(exposed.unwrap_or(NoMethod::Nothing))
        }
    }
}

impl Offer<'_> {
    fn offered(&self, method: Method) -> bool {
        match method {
            // A server without CAPA is an old one: it knows USER and PASS, or has to be asked to know.
            Method::UserPass => self.capabilities.user || self.capabilities.lines.is_empty(),
            Method::Apop => self.stamp.is_some(),
            Method::Sasl(mechanism) => self.capabilities.offers(mechanism),
        }
    }

    fn allows(&self, method: Method) -> Result<(), NoMethod> {
        if !self.offered(method) {
            return Err(NoMethod::NotOffered(method));
        }
        if method.exposes_secret() && self.protection == Protection::Open {
            return Err(NoMethod::Exposed(method));
        }
        match method {
            Method::Sasl(mechanism) if mechanism.binds_channel() && !self.channel_binding => {
                Err(NoMethod::NoChannelBinding(mechanism))
            }
            Method::Sasl(_) | Method::Apop | Method::UserPass => Ok(()),
        }
    }

    /// MD5 of a password can be guessed at from what was heard: that is no choice to make for somebody.
    fn protects_enough(&self, method: Method) -> bool {
        match method {
            Method::Apop | Method::Sasl(Mechanism::CramMd5) => self.protection == Protection::Protected,
            Method::UserPass | Method::Sasl(_) => true,
        }
    }
}
