//! TLS that ends in the page, in words: what is trusted, what stands, why it was refused. They cross the borders between
//! page, session worker and TLS module. Knows no TLS; `frontend/tls` speaks it, and says in both languages what only it
//! knows, so that nobody carries those texts who does not need them.

use popglass_protocol::tunnel::{TlsEnds, TlsSummary};
use serde::{Deserialize, Serialize};

/// Whom the user trusts for one server, besides the public authorities.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// Certificates of authorities that the user added, each in DER and base64.
    pub authorities: Vec<String>,
    /// SHA-256 of server certificates that the user has seen and accepted, in lower-case hexadecimal.
    pub pins: Vec<String>,
    /// The authority of the bridge's demo server, in DER and base64. If it is here, it counts in place of the public ones.
    pub demo: Option<String>,
}

/// Who vouches for the server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Vouched {
    /// The bridge says so: TLS ends there.
    Bridge,
    /// An authority that browsers trust (the list of Mozilla, as of this build).
    PublicAuthority,
    /// An authority that the user added.
    OwnAuthority,
    /// The user, who has seen this very certificate.
    Pin,
    /// The demo's own authority.
    Demo,
}

/// TLS stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secured {
    /// Where it ends.
    pub ends: TlsEnds,
    /// What was negotiated, and the chain.
    pub summary: TlsSummary,
    /// Who vouches for the certificate.
    pub vouched: Vouched,
    /// An earlier handshake of this page was resumed: the certificate was checked then.
    pub resumed: bool,
}

/// Something said in every language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual<T> {
    /// English.
    pub en: T,
    /// German.
    pub de: T,
}

/// What went wrong, and what to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// In one short sentence.
    pub what: String,
    /// What to do about it.
    pub advice: String,
}

/// A part of the certificate view: the connection, or one certificate of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is about.
    pub heading: String,
    /// What is known, label and value. A value may have several lines.
    pub rows: Vec<(String, String)>,
}

/// The certificate view.
pub type Sections = Bilingual<Vec<Section>>;

/// Why there is no TLS, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsRefusal {
    /// For the program.
    pub fault: TlsFault,
    /// For people.
    pub told: Bilingual<Told>,
    /// What the server showed; empty if it showed nothing that can be read.
    pub certificates: Sections,
    /// SHA-256 of the server's certificate, if trusting this very one is what would help and can be justified.
    pub pin: Option<String>,
}

/// Why TLS failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TlsFault {
    /// The certificate has expired, by this computer's clock.
    Expired,
    /// It is not valid yet, by this computer's clock.
    NotYetValid,
    /// It is for another name.
    WrongName,
    /// Nobody who is trusted vouches for it.
    UnknownIssuer,
    /// The server sent its own certificate alone, and the one between it and an authority is missing.
    MissingIntermediate,
    /// It vouches for itself.
    SelfSigned,
    /// Its key or its signature is too weak, or of a kind that is not accepted any more.
    Weak,
    /// It is not acceptable for another reason.
    BadCertificate,
    /// The server does not speak TLS here.
    NotTls,
    /// Both sides have no version or cipher suite in common: the server is too old.
    TooOld,
    /// The server gave up TLS with an alert.
    Alert,
    /// The connection ended before TLS stood.
    CutInHandshake,
    /// The connection ended without TLS's goodbye: something may be missing.
    Truncated,
    /// What came was changed on its way, or the server breaks TLS's rules.
    Corrupted,
    /// What the user trusts cannot be used.
    BadTrust,
}

impl TlsFault {
    /// All of them, for tables.
    pub const ALL: [Self; 15] = [
        Self::Expired,
        Self::NotYetValid,
        Self::WrongName,
        Self::UnknownIssuer,
        Self::MissingIntermediate,
        Self::SelfSigned,
        Self::Weak,
        Self::BadCertificate,
        Self::NotTls,
        Self::TooOld,
        Self::Alert,
        Self::CutInHandshake,
        Self::Truncated,
        Self::Corrupted,
        Self::BadTrust,
    ];
}

/// To the TLS module: begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsOrder {
    /// The name or address that the certificate must be for.
    pub server_name: String,
    /// Where TLS ends: at once, or after STLS.
    pub ends: TlsEnds,
    /// Whom to trust besides the public authorities.
    pub trust: Trust,
}

/// From the TLS module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TlsEvent {
    /// The handshake is over and the certificate is good.
    Ready {
        /// What stands.
        secured: Secured,
        /// What `tls-exporter` gives (RFC 9266 §2), for channel binding. Of TLS 1.3 alone (§3).
        exporter: Option<[u8; 32]>,
    },
    /// The server said TLS's goodbye: nothing is missing.
    Ended,
    /// There is no TLS, or no longer. Nothing follows.
    Failed(TlsRefusal),
}

/// An authority, read from what the user gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// Its name, as the certificate says.
    pub name: String,
    /// The certificate in DER and base64.
    pub der: String,
    /// When it ends, in milliseconds since 1970.
    pub not_after_ms: i64,
}

/// Authorities out of a text, or why there are none.
pub type AuthoritiesRead = Result<Vec<Authority>, Bilingual<Told>>;
