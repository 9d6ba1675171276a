//! Judges the server's certificate, and remembers what it saw: rustls forgets a chain that it refuses, and people want to
//! see exactly that one. Every judgement is webpki's; a pin overrules those that a person can overrule by having seen
//! the certificate, and never the proof that the server holds its key.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use popglass_session::security::Vouched;
use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature},
};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

use super::fault;
use crate::certificates::{Digest, digest};

/// Certificates that are remembered with who vouched for them, for connections that resume.
const REMEMBERED_MAX: usize = 16;

/// Whoever may vouch, in the order they are asked.
#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) roots: Vec<(Vouched, Arc<WebPkiServerVerifier>)>,
    /// Server certificates that the user accepted.
    pub(super) pins: Vec<Digest>,
    pub(super) algorithms: WebPkiSupportedAlgorithms,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    /// The chain of the handshake that is being processed.
    seen: Option<Vec<CertificateDer<'static>>>,
    vouched: VecDeque<(Digest, Vouched)>,
}

impl Verifier {
    pub(super) fn new(
        roots: Vec<(Vouched, Arc<WebPkiServerVerifier>)>,
        pins: Vec<Digest>,
        algorithms: WebPkiSupportedAlgorithms,
    ) -> Self {
        Self { roots, pins, algorithms, memory: Mutex::default() }
    }

    /// The chain that was judged since this was asked last. rustls judges while it processes what came, so asked after
    /// that it is this connection's chain, however many there are.
    pub(super) fn take_seen(&self) -> Option<Vec<CertificateDer<'static>>> {
        self.with_memory(|memory| memory.seen.take())
    }

    /// Who vouched for this certificate when it was judged last.
    pub(super) fn remembered(&self, end_entity: &CertificateDer<'_>) -> Option<Vouched> {
        let digest = digest(end_entity);
        self.with_memory(|memory| {
            memory.vouched.iter().find(|(known, _)| *known == digest).map(|(_, vouched)| *vouched)
        })
    }

    /// Who vouches for the certificate, or what is wrong with it.
    pub(super) fn judge(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<Vouched, Error> {
        let mut refused = Error::InvalidCertificate(CertificateError::UnknownIssuer);
        for (vouched, roots) in &self.roots {
            match roots.verify_server_cert(end_entity, intermediates, server_name, &[], now) {
                Ok(_) => return Ok(*vouched),
                // Where one knows the issuer, what it finds wrong is the reason, and not that another does not know it.
                Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => {}
                // The issuer has the name of one who is known, and another key: it is somebody else.
                Err(Error::InvalidCertificate(CertificateError::BadSignature))
                    if !fault::has_short_key(end_entity, intermediates) => {}
                Err(error) => refused = error,
            }
        }
        let pinned = self.pins.contains(&digest(end_entity));
        if pinned && fault::of_error(&refused, end_entity, intermediates).is_some_and(fault::can_be_pinned) {
            return Ok(Vouched::Pin);
        }
        Err(refused)
    }

    fn with_memory<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        work(&mut self.memory.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(end_entity).chain(intermediates);
        let chain = chain.map(|certificate| certificate.clone().into_owned()).collect();
        let judged = self.judge(end_entity, intermediates, server_name, now);
        self.with_memory(|memory| {
            memory.seen = Some(chain);
            if let Ok(vouched) = judged {
                let digest = digest(end_entity);
                memory.vouched.retain(|(known, _)| *known != digest);
                memory.vouched.push_front((digest, vouched));
                memory.vouched.truncate(REMEMBERED_MAX);
            }
        });
        judged.map(|_| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
