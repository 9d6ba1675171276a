//! The mechanisms' names, their ranks, and what each needs. Knows no exchange.

use alloc::string::String;
use core::fmt;

/// A mechanism that is spoken here. Ordered by strength: a greater one is to be preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Mechanism {
    /// No name, no password: a guest (RFC 4505). Never chosen unless asked for.
    Anonymous,
    /// The password itself, in two questions; older than its specifications (draft-murchison-sasl-login).
    Login,
    /// The password itself (RFC 4616).
    Plain,
    /// A proof by HMAC-MD5 (RFC 2195): the password stays secret, but can be guessed at from what was heard.
    CramMd5,
    /// A bearer token, in Google's form from before the standard.
    XOAuth2,
    /// A bearer token (RFC 7628).
    OAuthBearer,
    /// Who the client is follows from outside, such as a client certificate (RFC 4422 appendix A).
    External,
    /// Proofs of both sides by SHA-1 (RFC 5802).
    ScramSha1,
    /// The same, bound to the TLS connection (RFC 5802 §6).
    ScramSha1Plus,
    /// Proofs of both sides by SHA-256 (RFC 7677).
    ScramSha256,
    /// The same, bound to the TLS connection.
    ScramSha256Plus,
}

impl Mechanism {
    /// All of them, weakest first.
    pub const ALL: [Self; 11] = [
        Self::Anonymous,
        Self::Login,
        Self::Plain,
        Self::CramMd5,
        Self::XOAuth2,
        Self::OAuthBearer,
        Self::External,
        Self::ScramSha1,
        Self::ScramSha1Plus,
        Self::ScramSha256,
        Self::ScramSha256Plus,
    ];

    /// The registered name (IANA, SASL Mechanisms).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "ANONYMOUS",
            Self::Login => "LOGIN",
            Self::Plain => "PLAIN",
            Self::CramMd5 => "CRAM-MD5",
            Self::XOAuth2 => "XOAUTH2",
            Self::OAuthBearer => "OAUTHBEARER",
            Self::External => "EXTERNAL",
            Self::ScramSha1 => "SCRAM-SHA-1",
            Self::ScramSha1Plus => "SCRAM-SHA-1-PLUS",
            Self::ScramSha256 => "SCRAM-SHA-256",
            Self::ScramSha256Plus => "SCRAM-SHA-256-PLUS",
        }
    }

    /// The mechanism of this name, without regard to case.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mechanism| mechanism.as_str().eq_ignore_ascii_case(name))
    }

    /// Whoever listens without TLS has the password or the token.
    #[must_use]
    pub fn exposes_secret(self) -> bool {
        matches!(self, Self::Login | Self::Plain | Self::XOAuth2 | Self::OAuthBearer)
    }

    /// It takes a bearer token instead of a password.
    #[must_use]
    pub fn takes_token(self) -> bool {
        matches!(self, Self::XOAuth2 | Self::OAuthBearer)
    }

    /// It takes a password.
    #[must_use]
    pub fn takes_password(self) -> bool {
        !self.takes_token() && !matches!(self, Self::External | Self::Anonymous)
    }

    /// It needs channel binding data of the TLS connection (RFC 9266).
    #[must_use]
    pub fn binds_channel(self) -> bool {
        matches!(self, Self::ScramSha1Plus | Self::ScramSha256Plus)
    }

    /// An initial response on the AUTH line is understood wherever the mechanism is (RFC 5034 §4). Large providers
    /// refuse tokens there, which are too long for the line as a rule, too.
    #[must_use]
    pub fn fits_command_line(self) -> bool {
        !self.takes_token()
    }

    /// The name as a value for the AUTH command.
    #[must_use]
    pub fn name(self) -> MechanismName {
        MechanismName(self.as_str().into())
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Any mechanism's name (RFC 4422 §3.1): 1 to 20 of upper-case letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MechanismName(String);

impl MechanismName {
    /// Takes the name in any case, since POP3's keywords know none.
    ///
    /// ```
    /// use popglass_protocol::sasl::MechanismName;
    /// assert_eq!(MechanismName::parse(b"plain").unwrap().as_str(), "PLAIN");
    /// assert!(MechanismName::parse(b"PLAIN\r\nDELE 1").is_none());
    /// ```
    #[must_use]
    pub fn parse(name: &[u8]) -> Option<Self> {
        let legal = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
        let length_is_legal = (1..=20).contains(&name.len());
        (length_is_legal && name.iter().all(legal))
            .then(|| Self(name.iter().map(|octet| char::from(octet.to_ascii_uppercase())).collect()))
    }

    /// The name, in upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mechanism, if it is spoken here.
    #[must_use]
    pub fn known(&self) -> Option<Mechanism> {
        Mechanism::of_name(&self.0)
    }
}
