//! The only way to open a socket to a mail server, and it takes an [`Approved`]. Resolves once, dials what was checked,
//! and checks certificates in full. Knows nothing of pages or of what the server will say.

use std::{fs, io, path::Path, sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::tunnel::{FailReason, TlsEnds, TlsSummary};
use rustls_pki_types::{CertificateDer, ServerName, pem::PemObject as _};
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    time::{Instant, timeout, timeout_at},
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{CertificateError, ClientConfig, Error as TlsError, RootCertStore, crypto::ring},
};

use crate::policy::{Approved, Trust};

/// The mail server's octets, on their way here.
pub(crate) type Reader = Box<dyn AsyncRead + Send + Unpin>;
/// The page's octets, on their way there.
pub(crate) type Writer = Box<dyn AsyncWrite + Send + Unpin>;

/// A connection to a mail server.
pub(crate) struct Upstream {
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
    /// What was negotiated, if TLS ends in the bridge.
    pub(crate) tls: Option<TlsSummary>,
}

/// Why certificates cannot be checked.
#[derive(Debug, Error)]
pub enum TrustError {
    /// The CA file cannot be read.
    #[error("CA file {path}: {reason}")]
    File {
        /// As the operator wrote it.
        path: String,
        /// For people.
        reason: String,
    },
    /// Neither the system nor the operator names a root.
    #[error("no root certificate: the system has none, and no --ca-file gives one")]
    NoRoots,
    /// The TLS library refuses its own defaults.
    #[error("TLS: {0}")]
    Tls(#[from] TlsError),
}

/// The roots of the system, and those of the operator's CA file.
///
/// # Errors
/// If the file cannot be read or holds no certificate.
pub fn operator_roots(ca_file: Option<&Path>) -> Result<RootCertStore, TrustError> {
    let mut roots = RootCertStore::empty();
    // Single certificates of the system that do not parse are passed over: that is its packager's matter.
    let system = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(system.certs);
    let Some(path) = ca_file else { return Ok(roots) };
    let refusal = |reason: String| TrustError::File { path: path.display().to_string(), reason };
    let pem = fs::read(path).map_err(|error| refusal(error.to_string()))?;
    let mut found = false;
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| refusal(error.to_string()))?;
        roots.add(certificate).map_err(|error| refusal(error.to_string()))?;
        found = true;
    }
    if found { Ok(roots) } else { Err(refusal("holds no certificate in PEM".to_owned())) }
}

/// TLS as the bridge speaks it: ring, TLS 1.2 and 1.3, every certificate checked against `roots`.
///
/// # Errors
/// If there is no root to check against.
pub(crate) fn client_config(roots: RootCertStore) -> Result<Arc<ClientConfig>, TrustError> {
    if roots.is_empty() {
        return Err(TrustError::NoRoots);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Opens connections to mail servers.
pub(crate) struct Dialler {
    /// Present if a target of the operator's has TLS end in the bridge.
    pub(crate) operator: Option<Arc<ClientConfig>>,
    /// Present while the demo runs.
    pub(crate) demo: Option<Arc<ClientConfig>>,
    /// For all of it: name, TCP and TLS.
    pub(crate) timeout: Duration,
}

impl Dialler {
    /// Opens the connection, with TLS where it ends in the bridge.
    pub(crate) async fn dial(&self, approved: &Approved) -> Result<Upstream, FailReason> {
        let deadline = Instant::now() + self.timeout;
        timeout_at(deadline, async {
            let stream = connect(approved, deadline).await?;
            match approved.mode() {
                TlsEnds::Page | TlsEnds::PageStls | TlsEnds::Nowhere => {
                    let (reader, writer) = stream.into_split();
                    Ok(Upstream { reader: Box::new(reader), writer: Box::new(writer), tls: None })
                }
                TlsEnds::Bridge => self.secure(approved, stream).await,
            }
        })
        .await
        .unwrap_or(Err(FailReason::DialTimeout))
    }

    async fn secure(&self, approved: &Approved, stream: TcpStream) -> Result<Upstream, FailReason> {
        let config = match approved.trust() {
            Trust::Operator => self.operator.as_ref(),
            Trust::Demo => self.demo.as_ref(),
        };
        let config = config.ok_or(FailReason::TlsFailed)?;
        let host = &approved.address().host;
        let name = ServerName::try_from(host.clone()).map_err(|_| FailReason::CertificateWrongName)?;
        let stream = TlsConnector::from(Arc::clone(config))
            .connect(name, stream)
            .await
            .map_err(|error| tls_fail_reason(&error).unwrap_or(FailReason::TlsFailed))?;
        let summary = summary(&stream, host);
        let (reader, writer) = tokio::io::split(stream);
        Ok(Upstream { reader: Box::new(reader), writer: Box::new(writer), tls: Some(summary) })
    }
}

/// Tries the admitted addresses one after another; each gets its share of the time that is left.
async fn connect(approved: &Approved, deadline: Instant) -> Result<TcpStream, FailReason> {
    let address = approved.address();
    let resolved = lookup_host((address.host.as_str(), address.port)).await.map_err(|_| FailReason::UnknownHost)?;
    let resolved: Vec<_> = resolved.map(|endpoint| endpoint.ip()).collect();
    if resolved.is_empty() {
        return Err(FailReason::UnknownHost);
    }
    let admitted = approved.admit(resolved);
    if admitted.is_empty() {
        tracing::warn!(target = %address, "every address of this target is private or reserved: see allow_private");
        return Err(FailReason::NotAllowed);
    }
    let mut reason = FailReason::Unreachable;
    for (tried, endpoint) in admitted.iter().enumerate() {
        let left = u32::try_from(admitted.len() - tried).unwrap_or(u32::MAX);
        let share = deadline.saturating_duration_since(Instant::now()) / left;
        match timeout(share, TcpStream::connect(endpoint)).await {
            Ok(Ok(stream)) => {
                // Commands are short and each waits for its reply; a delayed one costs the user a round trip.
                stream.set_nodelay(true).map_err(|_| FailReason::Unreachable)?;
                return Ok(stream);
            }
            Ok(Err(_)) => reason = FailReason::Unreachable,
            Err(_) => reason = FailReason::DialTimeout,
        }
    }
    Err(reason)
}

/// What the TLS library says is wrong, if it was the one who said it.
pub(crate) fn tls_fail_reason(error: &io::Error) -> Option<FailReason> {
    let error = error.get_ref()?.downcast_ref::<TlsError>()?;
    Some(match error {
        TlsError::InvalidCertificate(error) => match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => FailReason::CertificateExpired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                FailReason::CertificateNotYetValid
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                FailReason::CertificateWrongName
            }
            CertificateError::UnknownIssuer => FailReason::CertificateUnknownIssuer,
            _ => FailReason::CertificateInvalid,
        },
        // A greeting in plain text is no TLS record.
        TlsError::InvalidMessage(_) => FailReason::TlsNotSpoken,
        _ => FailReason::TlsFailed,
    })
}

fn summary(stream: &TlsStream<TcpStream>, server_name: &str) -> TlsSummary {
    let (_, connection) = stream.get_ref();
    let version = connection.protocol_version().and_then(|version| version.as_str()).unwrap_or("unknown");
    let suite = connection.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str()).unwrap_or("unknown");
    let chain = connection.peer_certificates().unwrap_or_default();
    TlsSummary {
        // The library writes TLSv1_3; everybody else writes a dot.
        version: version.replace('_', "."),
        suite: suite.to_owned(),
        server_name: server_name.to_owned(),
        chain: chain.iter().map(|certificate| BASE64.encode(certificate)).collect(),
    }
}
