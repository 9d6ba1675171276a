//! Reads the authorities that a user adds: PEM, perhaps with other text around. Each must be one that can vouch for
//! servers; a private key that was given by mistake is refused and not kept.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_session::security::{AuthoritiesRead, Authority};
use rustls_pki_types::{CertificateDer, pem::PemObject};

use crate::{certificates::Facts, in_both};

/// A text that is larger is not read.
pub const TEXT_OCTETS_MAX: usize = 256 * 1024;

/// Authorities that one text may hold.
pub const AUTHORITIES_MAX: usize = 16;

/// How every private key in PEM is marked, whatever its kind (RFC 7468 §10, RFC 5915, OpenSSL).
const PRIVATE_KEY_MARK: &str = "PRIVATE KEY-----";

/// Why a text holds no authority that can be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AuthorityFault {
    TooLarge,
    PrivateKey,
    NoneFound,
    /// The marks are there, and what is between them is damaged or no certificate.
    Unreadable,
    /// A server's certificate, by this name.
    NoAuthority(String),
    TooMany,
}

/// Reads the authorities out of a text.
///
/// # Errors
///
/// With words for the user, if anything in it is not an authority that can be trusted: nothing is taken then.
pub fn read_authorities(text: &str) -> AuthoritiesRead {
    read(text).map_err(|fault| in_both(|texts| (texts.authorities)(&fault)))
}

fn read(text: &str) -> Result<Vec<Authority>, AuthorityFault> {
    if text.len() > TEXT_OCTETS_MAX {
        return Err(AuthorityFault::TooLarge);
    }
    if text.contains(PRIVATE_KEY_MARK) {
        return Err(AuthorityFault::PrivateKey);
    }
    let mut authorities: Vec<Authority> = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(text.as_bytes()) {
        let authority = read_one(&certificate.map_err(|_| AuthorityFault::Unreadable)?)?;
        if authorities.iter().any(|known| known.der == authority.der) {
            continue;
        }
        if authorities.len() == AUTHORITIES_MAX {
            return Err(AuthorityFault::TooMany);
        }
        authorities.push(authority);
    }
    if authorities.is_empty() { Err(AuthorityFault::NoneFound) } else { Ok(authorities) }
}

fn read_one(certificate: &CertificateDer<'_>) -> Result<Authority, AuthorityFault> {
    let facts = Facts::read(certificate).ok_or(AuthorityFault::Unreadable)?;
    let name = facts.common_name.or_else(|| facts.subject.into_iter().next()).unwrap_or(facts.fingerprint);
    if !facts.authority {
        return Err(AuthorityFault::NoAuthority(name));
    }
    webpki::anchor_from_trusted_cert(certificate).map_err(|_| AuthorityFault::Unreadable)?;
    Ok(Authority { name, der: BASE64.encode(certificate), not_after_ms: facts.not_after.saturating_mul(1000) })
}
