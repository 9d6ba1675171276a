//! What a server announces in CAPA (RFC 2449 §5, §6, and the registry's later entries), as values. Knows no lines.

use alloc::{string::String, vec::Vec};

use crate::sasl::{Mechanism, MechanismName};

/// The thirteen registered capabilities, with their arguments (IANA, POP3 Capability Registry), and every line as it
/// came: unknown ones are kept there.
///
/// The server's answer may differ before and after the login, and must be asked for again after STLS: each answer
/// replaces the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// `TOP`: the command is there (RFC 2449 §6.1).
    pub top: bool,
    /// `USER`: USER and PASS are there (§6.2).
    pub user: bool,
    /// `SASL`: AUTH is there, with these mechanisms (§6.3). Nothing if AUTH was not announced.
    pub sasl: Option<Vec<MechanismName>>,
    /// `RESP-CODES`: `[…]` behind a status indicator is a response code (§6.4).
    pub response_codes: bool,
    /// `LOGIN-DELAY`: logins may not follow each other faster (§6.5).
    pub login_delay: Option<LoginDelay>,
    /// `PIPELINING`: commands may be sent before earlier ones are answered (§6.6).
    pub pipelining: bool,
    /// `EXPIRE`: how long messages are kept (§6.7).
    pub expire: Option<Expire>,
    /// `UIDL`: the command is there (§6.8).
    pub uidl: bool,
    /// `IMPLEMENTATION`: the server's name for itself (§6.9). For people; a client must not act on it.
    pub implementation: Option<String>,
    /// `STLS`: TLS can be started (RFC 2595 §4).
    pub stls: bool,
    /// `AUTH-RESP-CODE`: a refused login without `[AUTH]` is not the credentials' fault (RFC 3206 §6).
    pub auth_response_code: bool,
    /// `UTF8`: the command is there (RFC 6856 §2.1).
    pub utf8: Option<Utf8>,
    /// `LANG`: the command is there (RFC 6856 §3.1).
    pub lang: bool,
    /// Every line, in order, made printable.
    pub lines: Vec<String>,
}

impl Capabilities {
    /// Whether AUTH with this mechanism was announced.
    #[must_use]
    pub fn offers(&self, mechanism: Mechanism) -> bool {
        self.sasl.iter().flatten().any(|name| name.known() == Some(mechanism))
    }
}

/// `LOGIN-DELAY seconds [USER]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginDelay {
    /// Seconds between logins.
    pub seconds: u32,
    /// The delay differs by user: only CAPA after the login tells (§6.5).
    pub per_user: bool,
}

/// `EXPIRE days|NEVER [USER]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expire {
    /// How long messages stay.
    pub kept: Kept,
    /// The time differs by user: only CAPA after the login tells (§6.7).
    pub per_user: bool,
}

/// How long a server keeps messages (RFC 2449 §6.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Until the client deletes them.
    Never,
    /// So many days. Zero: what was retrieved may be gone after the session; leaving mail on the server is not allowed.
    Days(u32),
}

/// `UTF8 [USER]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utf8 {
    /// User name and password may hold UTF-8, too (RFC 6856 §2.2).
    pub user: bool,
}

/// In which states a capability may be announced, and be of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// Before the login only: it is about the login.
    Authorization,
    /// After the login only.
    Transaction,
    /// In both.
    Both,
}

/// One row of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registered {
    /// The tag, as it stands in CAPA.
    pub tag: &'static str,
    /// Where its command or meaning applies.
    pub valid_in: Where,
    /// Where it is specified.
    pub rfc: &'static str,
}

const fn row(tag: &'static str, valid_in: Where, rfc: &'static str) -> Registered {
    Registered { tag, valid_in, rfc }
}

/// The registry, in its own order.
pub const REGISTRY: [Registered; 13] = [
    row("TOP", Where::Transaction, "RFC 2449 §6.1"),
    row("USER", Where::Authorization, "RFC 2449 §6.2"),
    row("SASL", Where::Authorization, "RFC 2449 §6.3, RFC 5034 §3"),
    row("RESP-CODES", Where::Both, "RFC 2449 §6.4"),
    row("LOGIN-DELAY", Where::Both, "RFC 2449 §6.5"),
    row("PIPELINING", Where::Both, "RFC 2449 §6.6"),
    row("EXPIRE", Where::Both, "RFC 2449 §6.7"),
    row("UIDL", Where::Transaction, "RFC 2449 §6.8"),
    row("IMPLEMENTATION", Where::Both, "RFC 2449 §6.9"),
    row("STLS", Where::Authorization, "RFC 2595 §4"),
    row("AUTH-RESP-CODE", Where::Authorization, "RFC 3206 §6"),
    row("UTF8", Where::Authorization, "RFC 6856 §2.1"),
    row("LANG", Where::Both, "RFC 6856 §3.1"),
];
