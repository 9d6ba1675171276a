//! What an error of rustls means for the user. By its kind, never by its text.

use popglass_session::security::TlsFault;
use rustls::{AlertDescription, CertificateError, Error};
use rustls_pki_types::CertificateDer;

use crate::certificates::Facts;

/// RSA keys below this are refused (NIST SP 800-131A; webpki as well).
const RSA_BITS_MIN: usize = 2048;

/// The types of record a server may begin with: handshake, alert (RFC 8446 §5.1).
const FIRST_TYPES: [u8; 2] = [22, 21];

/// The first octet of every version of a record since SSL 3.0.
const VERSION_MAJOR: u8 = 3;

/// The first octets that came, as far as they tell TLS from something else.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    octets: [u8; 2],
    count: usize,
}

impl Beginning {
    pub(super) fn feed(&mut self, octets: &[u8]) {
        for octet in octets.iter().take(self.octets.len() - self.count) {
            self.octets[self.count] = *octet;
            self.count += 1;
        }
    }

    /// Whatever it is, it is not TLS.
    pub(super) fn is_foreign(&self) -> bool {
        match self.octets[..self.count] {
            [] => false,
            [kind] => !FIRST_TYPES.contains(&kind),
            [kind, major, ..] => !FIRST_TYPES.contains(&kind) || major != VERSION_MAJOR,
        }
    }
}

/// What an error means that came while octets were processed.
pub(super) fn of_connection(
    error: &Error,
    handshaking: bool,
    beginning: &Beginning,
    chain: &[CertificateDer<'_>],
) -> TlsFault {
    if handshaking && beginning.is_foreign() {
        return TlsFault::NotTls;
    }
    let of_certificate =
        chain.split_first().and_then(|(end_entity, intermediates)| of_error(error, end_entity, intermediates));
    match error {
        Error::InvalidCertificate(_) | Error::NoCertificatesPresented | Error::UnsupportedNameType => {
            of_certificate.unwrap_or(TlsFault::BadCertificate)
        }
        Error::PeerIncompatible(_) => TlsFault::TooOld,
        Error::AlertReceived(alert) if handshaking => match alert {
            AlertDescription::ProtocolVersion
            | AlertDescription::HandshakeFailure
            | AlertDescription::InsufficientSecurity => TlsFault::TooOld,
            _ => TlsFault::Alert,
        },
        Error::AlertReceived(_) => TlsFault::Alert,
        _ => TlsFault::Corrupted,
    }
}

/// What is wrong with a certificate; nothing if the error is about something else.
pub(super) fn of_error(
    error: &Error,
    end_entity: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
) -> Option<TlsFault> {
    let Error::InvalidCertificate(error) = error else { return None };
    let facts = Facts::read(end_entity);
    let self_issued = facts.as_ref().is_some_and(|facts| facts.self_issued);
    let fault = match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TlsFault::NotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TlsFault::WrongName,
        CertificateError::UnknownIssuer if self_issued => TlsFault::SelfSigned,
        CertificateError::UnknownIssuer if intermediates.is_empty() => TlsFault::MissingIntermediate,
        CertificateError::UnknownIssuer => TlsFault::UnknownIssuer,
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => TlsFault::Weak,
        // webpki takes a short key for a wrong signature.
        CertificateError::BadSignature if has_short_key(end_entity, intermediates) => TlsFault::Weak,
        CertificateError::Other(other) => match other.0.downcast_ref::<webpki::Error>() {
            Some(webpki::Error::CaUsedAsEndEntity) if self_issued => TlsFault::SelfSigned,
            Some(webpki::Error::UnsupportedCertVersion) => TlsFault::Weak,
            _ => TlsFault::BadCertificate,
        },
        _ => TlsFault::BadCertificate,
    };
    // Who accepts the certificate would only hear about the key next.
    let fault = if can_be_pinned(fault) && has_short_key(end_entity, &[]) { TlsFault::Weak } else { fault };
    Some(fault)
}

/// The user may overrule it for one certificate, having seen it.
pub(super) fn can_be_pinned(fault: TlsFault) -> bool {
    match fault {
        TlsFault::Expired
        | TlsFault::NotYetValid
        | TlsFault::WrongName
        | TlsFault::UnknownIssuer
        | TlsFault::MissingIntermediate
        | TlsFault::SelfSigned => true,
        TlsFault::Weak
        | TlsFault::BadCertificate
        | TlsFault::NotTls
        | TlsFault::TooOld
        | TlsFault::Alert
        | TlsFault::CutInHandshake
        | TlsFault::Truncated
        | TlsFault::Corrupted
        | TlsFault::BadTrust => false,
    }
}

/// One of the keys is too short, whatever else is said of its signatures.
pub(super) fn has_short_key(end_entity: &CertificateDer<'_>, intermediates: &[CertificateDer<'_>]) -> bool {
    std::iter::once(end_entity).chain(intermediates).any(|certificate| {
        Facts::read(certificate).and_then(|facts| facts.rsa_bits()).is_some_and(|bits| bits < RSA_BITS_MIN)
    })
}
