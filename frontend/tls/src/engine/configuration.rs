//! Whom to trust, made ready for rustls; kept while the module lives, so that later connections to the same server are
//! resumed.

use std::{collections::VecDeque, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_session::security::{Trust, Vouched};
use rustls::{
    ClientConfig, RootCertStore,
    client::{Resumption, WebPkiServerVerifier},
    crypto::CryptoProvider,
    version::{TLS12, TLS13},
};
use rustls_pki_types::CertificateDer;

use super::{provider::provider, verifier::Verifier};
use crate::{Clock, certificates::Digest};

/// Configurations that are kept, each for one server and one trust.
const CONFIGURATIONS_MAX: usize = 8;

/// Servers that a configuration keeps tickets of; it is asked for one only.
const RESUMED_SERVERS_MAX: usize = 2;

/// Everything that outlives a connection.
pub struct Configurations {
    clock: Clock,
    provider: Arc<CryptoProvider>,
    public: PublicRoots,
    /// Newest use first.
    kept: VecDeque<Arc<Configuration>>,
}

/// The authorities that browsers trust: some hundred, made ready when they are asked for the first time.
enum PublicRoots {
    #[cfg(feature = "public-roots")]
    Mozilla,
    Ready(Option<Arc<WebPkiServerVerifier>>),
}

/// One server, one trust.
pub(super) struct Configuration {
    server_name: String,
    trust: Trust,
    pub(super) tls: Arc<ClientConfig>,
    pub(super) verifier: Arc<Verifier>,
}

/// What the user trusts cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadTrust;

impl Configurations {
    /// With the authorities of Mozilla's list for the public ones, as of this build.
    #[cfg(feature = "public-roots")]
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock, provider: Arc::new(provider()), public: PublicRoots::Mozilla, kept: VecDeque::new() }
    }

    /// With these authorities for the public ones (none: nobody is trusted but by [`Trust`]).
    #[must_use]
    pub fn with_public(clock: Clock, roots: RootCertStore) -> Self {
        let provider = Arc::new(provider());
        let public = PublicRoots::Ready(webpki_verifier(roots, &provider));
        Self { clock, provider, public, kept: VecDeque::new() }
    }

    /// What time it is, by the clock that certificates are judged by.
    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The configuration for this server and this trust: the kept one if there is one, since its tickets are in it.
    pub(super) fn choose(&mut self, server_name: &str, trust: &Trust) -> Result<Arc<Configuration>, BadTrust> {
        let known = self.kept.iter().position(|kept| kept.server_name == server_name && kept.trust == *trust);
        let chosen = match known.and_then(|index| self.kept.remove(index)) {
            Some(kept) => kept,
            None => Arc::new(self.make(server_name, trust)?),
        };
        self.kept.push_front(Arc::clone(&chosen));
        self.kept.truncate(CONFIGURATIONS_MAX);
        Ok(chosen)
    }

    fn make(&mut self, server_name: &str, trust: &Trust) -> Result<Configuration, BadTrust> {
        let mut roots = Vec::new();
        if let Some(demo) = &trust.demo {
            roots.extend(self.own(std::slice::from_ref(demo))?.map(|verifier| (Vouched::Demo, verifier)));
        } else {
            roots.extend(self.public().map(|verifier| (Vouched::PublicAuthority, verifier)));
        }
        // The user's own word counts beside either: there may be more than the demo on this machine.
        roots.extend(self.own(&trust.authorities)?.map(|verifier| (Vouched::OwnAuthority, verifier)));
        let pins = trust.pins.iter().map(|pin| read_pin(pin).ok_or(BadTrust)).collect::<Result<_, _>>()?;
        let algorithms = self.provider.signature_verification_algorithms;
        let verifier = Arc::new(Verifier::new(roots, pins, algorithms));
        let builder = ClientConfig::builder_with_details(Arc::clone(&self.provider), Arc::clone(&self.clock));
        let mut tls = builder
            .with_protocol_versions(&[&TLS13, &TLS12])
            .expect("the provider has suites for both versions")
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&verifier) as _)
            .with_no_client_auth();
        tls.resumption = Resumption::in_memory_sessions(RESUMED_SERVERS_MAX);
        Ok(Configuration { server_name: server_name.into(), trust: trust.clone(), tls: Arc::new(tls), verifier })
    }

    fn public(&mut self) -> Option<Arc<WebPkiServerVerifier>> {
        #[cfg(feature = "public-roots")]
        if let PublicRoots::Mozilla = self.public {
            let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
            self.public = PublicRoots::Ready(webpki_verifier(roots, &self.provider));
        }
        match &self.public {
            PublicRoots::Ready(verifier) => verifier.clone(),
            #[cfg(feature = "public-roots")]
            PublicRoots::Mozilla => None,
        }
    }

    /// Who trusts these authorities; nobody if there are none.
    fn own(&self, authorities: &[String]) -> Result<Option<Arc<WebPkiServerVerifier>>, BadTrust> {
        let mut roots = RootCertStore::empty();
        for authority in authorities {
            let der = BASE64.decode(authority).map_err(|_| BadTrust)?;
            roots.add(CertificateDer::from(der)).map_err(|_| BadTrust)?;
        }
        Ok(webpki_verifier(roots, &self.provider))
    }
}

fn webpki_verifier(roots: RootCertStore, provider: &Arc<CryptoProvider>) -> Option<Arc<WebPkiServerVerifier>> {
    // It fails only if there are no roots: then there is nobody who could vouch.
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build().ok()
}

/// From hexadecimal.
fn read_pin(pin: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    if pin.len() != 2 * digest.len() || !pin.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (octet, digits) in digest.iter_mut().zip(pin.as_bytes().chunks_exact(2)) {
        *octet = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(digest)
}
