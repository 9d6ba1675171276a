//! A certificate in DER (RFC 5280 §4.1, X.690): type, length, content, one within the other. It is cut, not judged.

use super::{Cutter, Part};

/// Types of DER that certificates are made of.
const INTEGER: u8 = 0x02;
const SEQUENCE: u8 = 0x30;
const EXPLICIT_VERSION: u8 = 0xa0;
const EXPLICIT_EXTENSIONS: u8 = 0xa3;

/// The extensions that are named, by the last octet of their object identifier, which begins with id-ce (2.5.29).
const OBJECT_IDENTIFIER: u8 = 0x06;
const ID_CE: [u8; 2] = [0x55, 0x1d];

/// A certificate of so many octets. One that is no certificate is unknown.
pub(super) fn cut(cutter: &mut Cutter<'_>, octets: usize) -> Option<()> {
    let end = cutter.at().checked_add(octets)?;
    if octets > cutter.left() {
        return None;
    }
    let _ = fields(cutter, end);
    let left = end.checked_sub(cutter.at())?;
    cutter.take(left, Part::Unknown).map(|_| ())
}

fn fields(cutter: &mut Cutter<'_>, end: usize) -> Option<()> {
    let signed = Element::next(cutter, end)?;
    cutter.take(signed.header, Part::CertificateHeader)?;
    let body = Element::next(cutter, end)?;
    let body_end = cutter.at() + body.whole();
    cutter.take(body.header, Part::CertificateHeader)?;
    for (kind, part) in [
        (EXPLICIT_VERSION, Part::CertificateVersion),
        (INTEGER, Part::CertificateSerial),
        (SEQUENCE, Part::CertificateAlgorithm),
        (SEQUENCE, Part::CertificateIssuer),
        (SEQUENCE, Part::CertificateValidity),
        (SEQUENCE, Part::CertificateSubject),
        (SEQUENCE, Part::CertificateKey),
    ] {
        let element = Element::next(cutter, body_end).filter(|element| element.kind == kind)?;
        cutter.take(element.whole(), part)?;
    }
    if let Some(wrapper) = Element::next(cutter, body_end).filter(|element| element.kind == EXPLICIT_EXTENSIONS) {
        cutter.take(wrapper.header, Part::CertificateExtensionsHeader)?;
        let list = Element::next(cutter, body_end)?;
        cutter.take(list.header, Part::CertificateExtensionsHeader)?;
        while cutter.at() < body_end {
            let element = Element::next(cutter, body_end)?;
            let octets = cutter.octets.rest().get(element.header..element.whole())?;
            cutter.take(element.whole(), extension(octets))?;
        }
    }
    let algorithm = Element::next(cutter, end)?;
    cutter.take(algorithm.whole(), Part::CertificateAlgorithm)?;
    let signature = Element::next(cutter, end)?;
    cutter.take(signature.whole(), Part::CertificateSignature).map(|_| ())
}

fn extension(octets: &[u8]) -> Part {
    match octets {
        [OBJECT_IDENTIFIER, 3, one, two, last, ..] if [*one, *two] == ID_CE => match last {
            15 => Part::CertificateKeyUsage,
            17 => Part::CertificateAlternativeNames,
            37 => Part::CertificateExtendedKeyUsage,
            _ => Part::CertificateExtension,
        },
        _ => Part::CertificateExtension,
    }
}

/// Type and length of what comes next.
struct Element {
    kind: u8,
    /// Octets of type and length.
    header: usize,
    content: usize,
}

impl Element {
    /// The element that begins here and ends before `end`.
    fn next(cutter: &Cutter<'_>, end: usize) -> Option<Self> {
        let rest = cutter.octets.rest().get(..end.checked_sub(cutter.at())?)?;
        // A length below 128 is itself; else it says how many octets tell it (X.690 §8.1.3).
        let (header, content) = match rest {
            [_, length, ..] if *length < 0x80 => (2, usize::from(*length)),
            [_, 0x81, length, ..] => (3, usize::from(*length)),
            [_, 0x82, high, low, ..] => (4, usize::from(u16::from_be_bytes([*high, *low]))),
            _ => return None,
        };
        let element = Self { kind: *rest.first()?, header, content };
        (element.whole() <= rest.len()).then_some(element)
    }

    fn whole(&self) -> usize {
        self.header + self.content
    }
}
