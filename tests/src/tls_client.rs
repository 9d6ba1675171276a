//! A TLS client that is known to be good, rustls on the host: what the harness's servers are tried out with before a page
//! meets them. Knows lines of text and no POP3.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject as _},
    },
};

/// Rustls with one authority to trust; connections of one client resume each other.
#[derive(Clone)]
pub struct TlsClient(TlsConnector);

impl TlsClient {
    /// Trusts this authority (PEM) and no other.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn trusting(authority: &str) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).expect("PEM")).expect("an authority");
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring knows them")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self(TlsConnector::from(Arc::new(config)))
    }

    /// TLS at once.
    ///
    /// # Errors
    /// If the handshake fails; rustls's error is inside.
    pub async fn connect(&self, server: SocketAddr) -> io::Result<Speaker<TlsStream<TcpStream>>> {
        Ok(Speaker(self.secure(TcpStream::connect(server).await?).await?))
    }

    /// Asks for STLS, and goes on whatever else came behind the answer; gives also what came with the answer.
    ///
    /// # Errors
    /// If the server refuses, or if the handshake fails.
    pub async fn connect_by_stls(&self, server: SocketAddr) -> io::Result<(String, Speaker<TlsStream<TcpStream>>)> {
        let mut plain = Speaker(TcpStream::connect(server).await?);
        plain.hear().await?;
        let answer = plain.ask("STLS").await?;
        Ok((answer, Speaker(self.secure(plain.0).await?)))
    }

    async fn secure(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.0.connect(ServerName::try_from("localhost").expect("a host name"), stream).await
    }
}

/// Somebody who says a line and hears what comes at once.
pub struct Speaker<S>(pub S);

impl<S: AsyncRead + AsyncWrite + Unpin> Speaker<S> {
    /// What comes in one read; an error if the other side has ended, [`io::ErrorKind::UnexpectedEof`] if it did so
    /// without TLS's goodbye, [`io::ErrorKind::NotConnected`] if with it.
    ///
    /// # Errors
    /// As said.
    pub async fn hear(&mut self) -> io::Result<String> {
        let mut buffer = vec![0; 64 * 1024];
        match self.0.read(&mut buffer).await? {
            0 => Err(io::ErrorKind::NotConnected.into()),
            count => Ok(String::from_utf8_lossy(&buffer[..count]).into_owned()),
        }
    }

    /// Says a line and hears the beginning of the answer.
    ///
    /// # Errors
    /// If the connection does not last.
    pub async fn ask(&mut self, line: &str) -> io::Result<String> {
        self.0.write_all(format!("{line}\r\n").as_bytes()).await?;
        self.0.flush().await?;
        self.hear().await
    }

    /// Hears everything until the other side ends, and how it did.
    pub async fn hear_all(&mut self) -> (String, io::Error) {
        let mut all = String::new();
        loop {
            match self.hear().await {
                Ok(text) => all.push_str(&text),
                Err(error) => return (all, error),
            }
        }
    }
}
