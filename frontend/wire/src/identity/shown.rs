//! An identity at work: what rustls shows and signs with. Knows no clock and no client.

use std::sync::Arc;

use ring::digest::{SHA256, digest};
use rustls::{
    crypto::ring::sign::any_ecdsa_type,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};

use super::Identity;

impl Identity {
    /// SHA-256 of its own certificate in lower-case hexadecimal: its fingerprint.
    #[must_use]
    pub fn fingerprint(self) -> String {
        let digest = digest(&SHA256, self.material().0);
        digest.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
    }
}

/// Shows this identity, whoever asks.
#[derive(Debug)]
pub(crate) struct Shown(Arc<CertifiedKey>);

impl Shown {
    pub(crate) fn new(identity: Identity) -> Self {
        let chain = identity.chain().into_iter().map(CertificateDer::from).collect();
        let key = PrivatePkcs8KeyDer::from(identity.material().1).into();
        let key = any_ecdsa_type(&key).expect("a test reads every key that is checked in");
        Self(Arc::new(CertifiedKey::new(chain, key)))
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}
