//! The certificate view: what a connection stands on, and what the certificates say. Display only: nothing here decides
//! whether a certificate is good, and what it reads are a stranger's octets and names.

mod facts;
mod names;
mod sections;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
pub(crate) use facts::{Facts, Key};
pub(crate) use names::neutral;
use popglass_session::security::{Sections, Secured};
use ring::digest::SHA256;
use rustls_pki_types::{CertificateDer, UnixTime};
pub(crate) use sections::of_chain;

use crate::{Clock, in_both};

/// SHA-256.
pub(crate) type Digest = [u8; 32];

/// What is known about a connection, and about each certificate of its chain.
#[must_use]
pub fn read_certificates(secured: &Secured, clock: &Clock) -> Sections {
    let now = clock.current_time().map(seconds);
    let decode = |certificate: &String| CertificateDer::from(BASE64.decode(certificate).unwrap_or_default());
    let chain: Vec<_> = secured.summary.chain.iter().take(sections::CERTIFICATES_SHOWN_MAX).map(decode).collect();
    in_both(|texts| {
        let mut sections = vec![sections::of_connection(secured, texts)];
        sections.extend(of_chain(&chain, now, texts));
        sections
    })
}

/// SHA-256 of a certificate's DER: its fingerprint.
pub(crate) fn digest(certificate: &[u8]) -> Digest {
    let mut digest = Digest::default();
    digest.copy_from_slice(ring::digest::digest(&SHA256, certificate).as_ref());
    digest
}

/// In lower-case hexadecimal.
pub(crate) fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Seconds since 1970.
pub(crate) fn seconds(time: UnixTime) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}
