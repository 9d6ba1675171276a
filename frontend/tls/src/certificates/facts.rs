//! What one certificate says about itself, read by x509-parser. Knows no language.

use std::net::{Ipv4Addr, Ipv6Addr};

use x509_parser::{
    certificate::X509Certificate, extensions::GeneralName, oid_registry::Oid, prelude::FromDer, public_key::PublicKey,
    x509::X509Name,
};

use super::{digest, neutral};

/// A certificate is no larger; rustls takes no larger chain either.
const CERTIFICATE_OCTETS_MAX: usize = 64 * 1024;

/// Names of a server that are shown.
const NAMES_SHOWN_MAX: usize = 40;

/// Parts of a subject or an issuer that are shown.
const NAME_PARTS_SHOWN_MAX: usize = 12;

/// Octets of a serial number (RFC 5280 §4.1.2.2 allows 20).
const SERIAL_OCTETS_SHOWN_MAX: usize = 32;

/// What is known of a certificate. Every text in it is harmless to show.
#[derive(Debug)]
pub(crate) struct Facts {
    /// The parts of the subject's name, such as `CN=mail.example.org`.
    pub(crate) subject: Vec<String>,
    /// The subject's common name, if it has one.
    pub(crate) common_name: Option<String>,
    pub(crate) issuer: Vec<String>,
    /// Subject and issuer are the same: it vouches for itself.
    pub(crate) self_issued: bool,
    /// Whom it is for, the first of them.
    pub(crate) names: Vec<String>,
    pub(crate) names_left_out: usize,
    /// In seconds since 1970.
    pub(crate) not_before: i64,
    pub(crate) not_after: i64,
    pub(crate) serial: String,
    /// SHA-256.
    pub(crate) fingerprint: String,
    pub(crate) key: Key,
    /// Such as `ECDSA, SHA-256`, or the identifier's numbers.
    pub(crate) signature: String,
    /// It may vouch for others.
    pub(crate) authority: bool,
}

/// The certificate's public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    Rsa {
        bits: usize,
    },
    /// On a curve, by its name or its identifier's numbers.
    Elliptic {
        curve: String,
    },
    Ed25519,
    /// By its identifier's numbers.
    Other(String),
}

impl Facts {
    /// Nothing if it is no certificate.
    pub(crate) fn read(der: &[u8]) -> Option<Self> {
        if der.len() > CERTIFICATE_OCTETS_MAX {
            return None;
        }
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let names = names(&certificate);
        let common_name = certificate.subject().iter_common_name().next();
        Some(Self {
            subject: parts(certificate.subject()),
            common_name: common_name.and_then(|name| name.as_str().ok()).map(neutral),
            issuer: parts(certificate.issuer()),
            self_issued: certificate.subject().as_raw() == certificate.issuer().as_raw(),
            names_left_out: names.len().saturating_sub(NAMES_SHOWN_MAX),
            names: names.into_iter().take(NAMES_SHOWN_MAX).collect(),
            not_before: certificate.validity().not_before.timestamp(),
            not_after: certificate.validity().not_after.timestamp(),
            serial: pairs(certificate.raw_serial().get(..SERIAL_OCTETS_SHOWN_MAX).unwrap_or(certificate.raw_serial())),
            fingerprint: pairs(&digest(der)),
            key: key(&certificate),
            signature: signature(&certificate.signature_algorithm.algorithm),
            authority: certificate.basic_constraints().ok().flatten().is_some_and(|constraints| constraints.value.ca),
        })
    }

    /// The length of its key, if that is one of RSA.
    pub(crate) fn rsa_bits(&self) -> Option<usize> {
        match self.key {
            Key::Rsa { bits } => Some(bits),
            Key::Elliptic { .. } | Key::Ed25519 | Key::Other(_) => None,
        }
    }
}

/// Upper-case pairs with colons between them, as everybody prints fingerprints. For octets that nobody has.
pub(super) fn pairs(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(":")
}

fn parts(name: &X509Name<'_>) -> Vec<String> {
    let attributes = name.iter_attributes().take(NAME_PARTS_SHOWN_MAX);
    attributes
        .map(|attribute| {
            let numbers = attribute.attr_type().to_id_string();
            let kind = match numbers.as_str() {
                "2.5.4.3" => "CN",
                "2.5.4.5" => "serialNumber",
                "2.5.4.6" => "C",
                "2.5.4.7" => "L",
                "2.5.4.8" => "ST",
                "2.5.4.9" => "street",
                "2.5.4.10" => "O",
                "2.5.4.11" => "OU",
                "0.9.2342.19200300.100.1.25" => "DC",
                "1.2.840.113549.1.9.1" => "email",
                _ => &numbers,
            };
            let value = attribute.as_str().map_or_else(|_| pairs_cut(attribute.as_slice()), neutral);
            format!("{}={value}", neutral(kind))
        })
        .collect()
}

/// A value in no encoding that is read here.
fn pairs_cut(octets: &[u8]) -> String {
    const SHOWN_MAX: usize = 16;
    match octets.get(..SHOWN_MAX) {
        Some(begin) if octets.len() > SHOWN_MAX => format!("{}…", pairs(begin)),
        _ => pairs(octets),
    }
}

/// Whom the certificate is for: the subject's alternative names alone, since nothing else counts (RFC 9525 §2).
fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return Vec::new() };
    let shown = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) | GeneralName::RFC822Name(name) | GeneralName::URI(name) => Some(neutral(name)),
        GeneralName::IPAddress(octets) => address(octets),
        _ => None,
    };
    extension.value.general_names.iter().filter_map(shown).collect()
}

fn address(octets: &[u8]) -> Option<String> {
    if let Ok(octets) = <[u8; 4]>::try_from(octets) {
        return Some(Ipv4Addr::from(octets).to_string());
    }
    <[u8; 16]>::try_from(octets).ok().map(|octets| Ipv6Addr::from(octets).to_string())
}

fn key(certificate: &X509Certificate<'_>) -> Key {
    let public_key = certificate.public_key();
    let numbers = public_key.algorithm.algorithm.to_id_string();
    match (public_key.parsed(), numbers.as_str()) {
        (Ok(PublicKey::RSA(key)), _) => Key::Rsa { bits: bits(key.modulus) },
        (Ok(PublicKey::EC(_)), _) => {
            let parameters = public_key.algorithm.parameters.as_ref();
            let curve = parameters.and_then(|parameters| parameters.as_oid().ok()).map(|oid| curve(&oid));
            Key::Elliptic { curve: curve.unwrap_or_default() }
        }
        (_, "1.3.101.112") => Key::Ed25519,
        _ => Key::Other(neutral(&numbers)),
    }
}

/// Of an unsigned number.
fn bits(octets: &[u8]) -> usize {
    let first = octets.iter().position(|octet| *octet != 0).unwrap_or(octets.len());
    let rest = &octets[first..];
    rest.first().map_or(0, |octet| rest.len() * 8 - octet.leading_zeros() as usize)
}

fn curve(oid: &Oid<'_>) -> String {
    let numbers = oid.to_id_string();
    match numbers.as_str() {
        "1.2.840.10045.3.1.7" => "P-256".into(),
        "1.3.132.0.34" => "P-384".into(),
        "1.3.132.0.35" => "P-521".into(),
        _ => neutral(&numbers),
    }
}

fn signature(oid: &Oid<'_>) -> String {
    let numbers = oid.to_id_string();
    let name = match numbers.as_str() {
        "1.2.840.113549.1.1.4" => "RSA, MD5",
        "1.2.840.113549.1.1.5" => "RSA, SHA-1",
        "1.2.840.113549.1.1.10" => "RSA-PSS",
        "1.2.840.113549.1.1.11" => "RSA, SHA-256",
        "1.2.840.113549.1.1.12" => "RSA, SHA-384",
        "1.2.840.113549.1.1.13" => "RSA, SHA-512",
        "1.2.840.10045.4.1" => "ECDSA, SHA-1",
        "1.2.840.10045.4.3.2" => "ECDSA, SHA-256",
        "1.2.840.10045.4.3.3" => "ECDSA, SHA-384",
        "1.2.840.10045.4.3.4" => "ECDSA, SHA-512",
        "1.3.101.112" => "Ed25519",
        _ => return neutral(&numbers),
    };
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_as_many_bits_as_it_needs() {
        let check = |octets: &[u8], expected| assert_eq!(bits(octets), expected, "{octets:?}");
        check(&[], 0);
        check(&[0, 0], 0);
        check(&[0, 1], 1);
        check(&[0x80, 0], 16);
        check(&[0, 0x7F, 0xFF], 15);
    }

    #[test]
    fn octets_are_printed_as_everybody_prints_fingerprints() {
        assert_eq!(pairs(&[0, 0xAB, 0x1f]), "00:AB:1F");
        assert_eq!(pairs(&[]), "");
    }
}
