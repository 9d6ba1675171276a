//! The cryptography: ring's, with the order of suites that WebAssembly likes, and without a way to hold keys of one's own.

use rustls::{
    Error, SupportedCipherSuite,
    crypto::{
        CryptoProvider, KeyProvider,
        ring::{cipher_suite, default_provider, kx_group},
    },
    sign::SigningKey,
};
use rustls_pki_types::PrivateKeyDer;
use std::sync::Arc;

/// ChaCha20 first: servers follow the client's order by default, and AES without the processor's help is five times as
/// slow.
const SUITES: [SupportedCipherSuite; 9] = [
    cipher_suite::TLS13_CHACHA20_POLY1305_SHA256,
    cipher_suite::TLS13_AES_128_GCM_SHA256,
    cipher_suite::TLS13_AES_256_GCM_SHA384,
    cipher_suite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    cipher_suite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    cipher_suite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    cipher_suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    cipher_suite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    cipher_suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
];

/// What the page encrypts with. The signature checks and the randomness are rustls' own choice for ring.
#[must_use]
pub fn provider() -> CryptoProvider {
    CryptoProvider {
        cipher_suites: SUITES.to_vec(),
        // P-256 and P-384 beside X25519: TLS 1.2 servers with such certificates ask for their curve.
        kx_groups: vec![kx_group::X25519, kx_group::SECP256R1, kx_group::SECP384R1],
        key_provider: &NoKeys,
        ..default_provider()
    }
}

/// The page has no certificate of its own to show.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, Error> {
        Err(Error::General("there are no client certificates".into()))
    }
}
