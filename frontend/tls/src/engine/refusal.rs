//! Puts a failure into the words and certificates that people see.

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::{Bilingual, TlsFault, TlsRefusal};
use rustls::AlertDescription;
use rustls_pki_types::{CertificateDer, UnixTime};

use super::fault;
use crate::{
    certificates::{self, Facts, digest, hexadecimal},
    in_both,
    texts::Details,
};

/// What is known about a failure.
pub(super) struct Circumstances<'a> {
    pub(super) fault: TlsFault,
    /// TLS had stood before.
    pub(super) stood: bool,
    /// What the server gave for a reason.
    pub(super) alert: Option<AlertDescription>,
    pub(super) server_name: &'a str,
    pub(super) ends: TlsEnds,
    /// What the server showed.
    pub(super) chain: &'a [CertificateDer<'static>],
    pub(super) now: Option<UnixTime>,
}

pub(super) fn tell(circumstances: &Circumstances<'_>) -> TlsRefusal {
    let facts = circumstances.chain.first().and_then(|certificate| Facts::read(certificate));
    let now = circumstances.now.map(certificates::seconds);
    let details = Details {
        fault: circumstances.fault,
        stood: circumstances.stood,
        server_name: circumstances.server_name,
        ends: circumstances.ends,
        names: facts.as_ref().map_or(&[], |facts| &facts.names),
        not_before: facts.as_ref().map(|facts| facts.not_before),
        not_after: facts.as_ref().map(|facts| facts.not_after),
        now,
        alert: circumstances.alert.map(u8::from),
    };
    let pin = circumstances.chain.first().filter(|_| fault::can_be_pinned(circumstances.fault));
    let certificates: Bilingual<_> = in_both(|texts| certificates::of_chain(circumstances.chain, now, texts));
    TlsRefusal {
        fault: circumstances.fault,
        told: in_both(|texts| (texts.told)(&details)),
        certificates,
        pin: pin.map(|certificate| hexadecimal(&digest(certificate))),
    }
}
