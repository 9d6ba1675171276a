//! What a server is told to offer. What of it a session really offers depends on the state, on TLS, and on what the
//! host brought: `offer` finds out.

use alloc::{string::String, vec::Vec};

use crate::{capability::Utf8, limits, sasl::Mechanism};

/// What a server offers besides the mail.
///
/// The default needs nothing of its host: USER and PASS, no TLS, no challenges. [`Config::complete`] is all there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The text of the greeting; the stamp for APOP follows it.
    pub greeting: String,
    /// What IMPLEMENTATION says; nothing to say nothing (RFC 2449 §6.9).
    pub implementation: Option<String>,
    /// The server's name: behind the `@` of the stamp, and in the challenges of CRAM-MD5. Letters, digits, `-`, `.`.
    pub host: String,
    /// STLS is possible; the host can start TLS when asked.
    pub stls: bool,
    /// USER and PASS are there.
    pub user_pass: bool,
    /// Whether secrets may be sent without TLS: by USER and PASS, PLAIN, LOGIN, or as a token (RFC 8314 §3).
    pub secrets_in_clear: bool,
    /// APOP is there, if the host brought randomness, and the crate was built with the feature `sasl`.
    pub apop: bool,
    /// The mechanisms of AUTH, in the order in which they are listed. None without the feature `sasl`; those that draw
    /// a nonce only if the host brought randomness, those that bind a channel only if there is one.
    pub mechanisms: Vec<Mechanism>,
    /// CAPA is there. A server of RFC 1939 alone has none (RFC 2449 is of 1998).
    pub capa: bool,
    /// TOP is there: optional in RFC 1939 §7.
    pub top: bool,
    /// UIDL is there: optional in RFC 1939 §7.
    pub uidl: bool,
    /// USER is refused for a name that has no maildrop. RFC 1939 §7 allows it, and §13 warns of it: whoever asks learns
    /// who exists.
    pub tells_who_exists: bool,
    /// UTF8 is there. Without it, messages whose header is not ASCII are handed out as they are; with it, only to
    /// clients that asked for it (RFC 6856 §4).
    pub utf8: Option<Utf8>,
    /// LANG is there, with the languages that the server's texts exist in.
    pub lang: bool,
    /// Milliseconds without a command after which the session ends, if the host brings a clock. RFC 1939 §3 demands
    /// ten minutes and more; servers in the field end sessions after one.
    pub autologout_ms: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            greeting: "Popglass".into(),
            implementation: Some("Popglass".into()),
            host: "popglass.invalid".into(),
            stls: false,
            user_pass: true,
            secrets_in_clear: true,
            apop: false,
            mechanisms: Vec::new(),
            capa: true,
            top: true,
            uidl: true,
            tells_who_exists: false,
            utf8: None,
            lang: false,
            autologout_ms: limits::AUTOLOGOUT_MS,
        }
    }
}

impl Config {
    /// Everything on, the strongest mechanism first; secrets also without TLS.
    #[must_use]
    pub fn complete() -> Self {
        Self {
            stls: true,
            apop: true,
            mechanisms: Mechanism::ALL.into_iter().rev().collect(),
            utf8: Some(Utf8 { user: true }),
            lang: true,
            ..Self::default()
        }
    }
}
