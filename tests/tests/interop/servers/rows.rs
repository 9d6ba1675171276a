//! What each server offers, by each kind of connection, and what our client makes of it.

use popglass_protocol::deviation::Rule;
use popglass_tests::{poplib::Security, servers::Maker};

/// One kind of connection to one server, and every way to log in that is tried there.
pub(crate) struct Row {
    pub(crate) maker: Maker,
    pub(crate) security: Security,
    /// [`COMMANDS`], and SASL mechanisms.
    pub(crate) mechanisms: &'static [&'static str],
    /// What our client tries, one after the other, if it is left the choice.
    pub(crate) automatic: &'static [&'static str],
    /// What our client has to tolerate. Where that is nothing, it is strict.
    pub(crate) deviations: &'static [Rule],
}

const DOVECOT: &[&str] = &[
    "USER",
    "APOP",
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "ANONYMOUS",
    "XOAUTH2",
    "OAUTHBEARER",
];
const DOVECOT_TLS: &[&str] = &[
    "USER",
    "APOP",
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "ANONYMOUS",
    "XOAUTH2",
    "OAUTHBEARER",
    "EXTERNAL",
];
const COURIER: &[&str] = &["USER", "PLAIN", "LOGIN", "CRAM-MD5", "CRAM-SHA1", "CRAM-SHA256"];
const COURIER_TLS: &[&str] = &["USER", "PLAIN", "LOGIN", "CRAM-MD5", "CRAM-SHA1", "CRAM-SHA256", "EXTERNAL"];
const CYRUS: &[&str] = &[
    "USER",
    "APOP",
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "SCRAM-SHA-1",
    "SCRAM-SHA-224",
    "SCRAM-SHA-256",
    "SCRAM-SHA-384",
    "SCRAM-SHA-512",
];
const CYRUS_TLS: &[&str] = &[
    "USER",
    "APOP",
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "SCRAM-SHA-1",
    "SCRAM-SHA-224",
    "SCRAM-SHA-256",
    "SCRAM-SHA-384",
    "SCRAM-SHA-512",
    "EXTERNAL",
];

const MAILUTILS: &[&str] = &["USER", "APOP"];
const POPA3D: &[&str] = &["USER"];

pub(crate) const ROWS: [Row; 13] = [
    Row {
        maker: Maker::Dovecot,
        security: Security::Plain,
        mechanisms: DOVECOT,
        automatic: &["SCRAM-SHA-256"],
        deviations: &[],
    },
    Row {
        maker: Maker::Dovecot,
        security: Security::Stls,
        mechanisms: DOVECOT_TLS,
        automatic: &["SCRAM-SHA-256"],
        deviations: &[],
    },
    Row {
        maker: Maker::Dovecot,
        security: Security::Tls,
        mechanisms: DOVECOT_TLS,
        automatic: &["SCRAM-SHA-256"],
        deviations: &[],
    },
    Row {
        maker: Maker::Courier,
        security: Security::Plain,
        mechanisms: COURIER,
        automatic: &["PLAIN"],
        deviations: &[],
    },
    Row {
        maker: Maker::Courier,
        security: Security::Stls,
        mechanisms: COURIER_TLS,
        automatic: &["CRAM-MD5"],
        deviations: &[],
    },
    Row {
        maker: Maker::Courier,
        security: Security::Tls,
        mechanisms: COURIER_TLS,
        automatic: &["CRAM-MD5"],
        deviations: &[],
    },
    Row {
        maker: Maker::Cyrus,
        security: Security::Plain,
        mechanisms: CYRUS,
        automatic: &["SCRAM-SHA-256"],
        deviations: &[],
    },
    Row {
        maker: Maker::Cyrus,
        security: Security::Stls,
        mechanisms: CYRUS_TLS,
        automatic: &["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"],
        deviations: &[],
    },
    Row {
        maker: Maker::Cyrus,
        security: Security::Tls,
        mechanisms: CYRUS_TLS,
        automatic: &["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"],
        deviations: &[],
    },
    Row {
        maker: Maker::Mailutils,
        security: Security::Plain,
        mechanisms: MAILUTILS,
        automatic: &["USER"],
        deviations: &[],
    },
    Row {
        maker: Maker::Mailutils,
        security: Security::Stls,
        mechanisms: MAILUTILS,
        automatic: &["APOP"],
        deviations: &[],
    },
    Row {
        maker: Maker::Mailutils,
        security: Security::Tls,
        mechanisms: MAILUTILS,
        automatic: &["APOP"],
        deviations: &[],
    },
    Row {
        maker: Maker::Popa3d,
        security: Security::Plain,
        mechanisms: POPA3D,
        automatic: &["USER"],
        deviations: &[Rule::UniqueIdRepeated],
    },
];

/// Not SASL mechanisms, and announced otherwise: APOP by the greeting (RFC 1939, section 7).
pub(crate) const COMMANDS: [&str; 2] = ["USER", "APOP"];

/// Announced by some, and not tried everywhere: historic (RFC 6331), of use only behind a certificate, a vendor's own, or
/// bound to TLS in a way that TLS 1.3 does not have (`tls-unique`).
pub(crate) const NOT_TRIED: [&str; 8] = [
    "DIGEST-MD5",
    "EXTERNAL",
    "NTLM",
    "SCRAM-SHA-1-PLUS",
    "SCRAM-SHA-224-PLUS",
    "SCRAM-SHA-256-PLUS",
    "SCRAM-SHA-384-PLUS",
    "SCRAM-SHA-512-PLUS",
];
