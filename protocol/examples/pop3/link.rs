//! One connection to a server: TCP, and TLS on it at once or later. Knows nothing of POP3.

use std::{
    fs,
    io::{self, BufRead as _, Read as _, Write as _},
    net::{SocketAddr, TcpStream, ToSocketAddrs as _},
    path::Path,
    sync::Arc,
    time::Duration,
};

use popglass_protocol::{sasl::ChannelBinding, secret::Secret, url::Host};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, ProtocolVersion, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};

use crate::failure::{Ending, Failure};

/// For each address of a host.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Octets read at once: many messages at a time from a fast line.
const READ_OCTETS: usize = 256 * 1024;

/// A connection.
pub(crate) struct Link {
    host: Host,
    socket: TcpStream,
    tls: Option<ClientConnection>,
    buffer: Box<[u8]>,
}

/// What came of reading.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Octets, which were handed out.
    Octets,
    /// The connection has ended.
    End,
}

/// Which certificates are trusted: the system's, and those of a file.
pub(crate) fn trust(ca: Option<&Path>) -> Result<Arc<ClientConfig>, Failure> {
    let mut roots = RootCertStore::empty();
    // Single certificates of the system that do not parse are passed over: that is its packager's matter.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca {
        let pem = fs::read(path).map_err(|error| Failure::file(path, &error))?;
        let before = roots.len();
        roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok));
        if roots.len() == before {
            return Err(Failure::file(path, &io::Error::other("holds no certificate in PEM")));
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| tls_failure(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

impl Link {
    /// Connects to the first address that answers.
    pub(crate) fn connect(host: &Host, port: u16) -> Result<Self, Failure> {
        let unreachable = |reason: &dyn std::fmt::Display| {
            Failure::new(
                Ending::Unreachable,
                format!("cannot reach {host}:{port}: {reason}"),
                "check host, port and network; pops:// is port 995, pop:// is port 110",
            )
        };
        let addresses: Vec<SocketAddr> = match host {
            Host::Address(address) => vec![(*address, port).into()],
            Host::Name(name) => (name.as_str(), port).to_socket_addrs().map_err(|error| unreachable(&error))?.collect(),
        };
        let mut last = None;
        for address in addresses {
            match TcpStream::connect_timeout(&address, CONNECT_TIMEOUT) {
                Ok(socket) => {
                    socket.set_nodelay(true).map_err(|error| unreachable(&error))?;
                    let buffer = vec![0; READ_OCTETS].into_boxed_slice();
                    return Ok(Self { host: host.clone(), socket, tls: None, buffer });
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.map_or_else(|| unreachable(&"the name has no address"), |error| unreachable(&error)))
    }

    /// TLS, from here on; returns when it stands.
    pub(crate) fn start_tls(&mut self, config: &Arc<ClientConfig>, timeout: Duration) -> Result<(), Failure> {
        let name = match &self.host {
            Host::Name(name) => ServerName::try_from(name.as_str().to_owned()).map_err(|_| {
                Failure::new(Ending::Usage, "no certificate can be made out to this host's name", "correct the URL")
            })?,
            Host::Address(address) => ServerName::IpAddress((*address).into()),
        };
        let mut tls = ClientConnection::new(Arc::clone(config), name).map_err(|error| tls_failure(&error))?;
        self.socket.set_read_timeout(Some(timeout)).map_err(|error| lost(&error))?;
        while tls.is_handshaking() {
            tls.complete_io(&mut self.socket).map_err(|error| handshake_failure(&error))?;
        }
        self.tls = Some(tls);
        Ok(())
    }

    /// What binds a login to this TLS connection (RFC 9266). With TLS 1.2 it would need the extended master secret (§4.2),
    /// which rustls does not report: there is none.
    pub(crate) fn channel_binding(&self) -> ChannelBinding {
        let tls = self.tls.as_ref().filter(|tls| tls.protocol_version() == Some(ProtocolVersion::TLSv1_3));
        let octets = [0; ChannelBinding::EXPORTER_OCTETS];
        let exported =
            tls.and_then(|tls| tls.export_keying_material(octets, ChannelBinding::EXPORTER_LABEL, Some(b"")).ok());
        exported.map_or(ChannelBinding::Unsupported, |octets| ChannelBinding::TlsExporter(Secret::new(octets)))
    }

    /// TLS stands.
    pub(crate) fn is_protected(&self) -> bool {
        self.tls.is_some()
    }

    /// Writes all of it. The client keeps what is unanswered so small that the system takes it at once.
    pub(crate) fn write(&mut self, octets: &[u8]) -> Result<(), Failure> {
        let Some(tls) = &mut self.tls else { return unless_gone(self.socket.write_all(octets)) };
        tls.writer().write_all(octets).map_err(|error| lost(&error))?;
        unless_gone(send_tls(tls, &mut self.socket))
    }

    /// Waits for octets, and hands them out without a copy. No timeout waits for ever.
    pub(crate) fn read(&mut self, timeout: Option<Duration>, mut take: impl FnMut(&[u8])) -> Result<Heard, Failure> {
        let Some(tls) = &mut self.tls else {
            let octets = receive(&mut self.socket, &mut self.buffer, timeout)?;
            take(octets);
            return Ok(if octets.is_empty() { Heard::End } else { Heard::Octets });
        };
        // What came with the handshake's last record lies in wait already.
        let mut heard = hand_out(tls, &mut take);
        while !heard {
            let mut octets = receive(&mut self.socket, &mut self.buffer, timeout)?;
            if octets.is_empty() {
                return Ok(Heard::End);
            }
            while !octets.is_empty() {
                tls.read_tls(&mut octets).map_err(|error| lost(&error))?;
                let state = tls.process_new_packets().map_err(|error| tls_failure(&error))?;
                heard |= hand_out(tls, &mut take);
                if state.peer_has_closed() {
                    return Ok(if heard { Heard::Octets } else { Heard::End });
                }
            }
            unless_gone(send_tls(tls, &mut self.socket))?;
        }
        Ok(Heard::Octets)
    }
}

fn receive<'a>(socket: &mut TcpStream, buffer: &'a mut [u8], timeout: Option<Duration>) -> Result<&'a [u8], Failure> {
    socket.set_read_timeout(timeout).map_err(|error| lost(&error))?;
    loop {
        match socket.read(buffer) {
            Ok(octets) => {
                acknowledge(socket);
                return Ok(buffer.get(..octets).unwrap_or_default());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if is_gone(&error) => return Ok(&[]),
            Err(error) => return Err(lost(&error)),
        }
    }
}

/// Some servers send a reply's last line in a packet of its own, and only when the one before was acknowledged (Nagle's
/// algorithm). Linux waits 40 ms with that; where nothing can be pipelined, for each message. It forgets the wish.
#[cfg(target_os = "linux")]
fn acknowledge(socket: &TcpStream) {
    // Without it everything goes on, but slower.
    let _ = rustix::net::sockopt::set_tcp_quickack(socket, true);
}

#[cfg(not(target_os = "linux"))]
fn acknowledge(_socket: &TcpStream) {}

fn send_tls(tls: &mut ClientConnection, socket: &mut TcpStream) -> io::Result<()> {
    while tls.wants_write() {
        tls.write_tls(socket)?;
    }
    Ok(())
}

/// A server that hangs up may have said why before: that is found by reading on, to the end.
fn unless_gone(written: io::Result<()>) -> Result<(), Failure> {
    written.or_else(|error| if is_gone(&error) { Ok(()) } else { Err(lost(&error)) })
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
}

/// Hands out what TLS has decrypted; whether that was anything.
fn hand_out(tls: &mut ClientConnection, take: &mut impl FnMut(&[u8])) -> bool {
    let mut heard = false;
    let mut reader = tls.reader();
    // An error says that nothing is there, or that the end was abrupt; POP3 knows its own ends.
    while let Ok(octets) = reader.fill_buf() {
        let count = octets.len();
        if count == 0 {
            break;
        }
        take(octets);
        reader.consume(count);
        heard = true;
    }
    heard
}

fn lost(error: &io::Error) -> Failure {
    if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) {
        return Failure::new(Ending::Unreachable, "the server has stopped answering", "try again later");
    }
    Failure::new(Ending::Unreachable, format!("the connection was lost: {error}"), "try again; nothing was deleted")
}

fn handshake_failure(error: &io::Error) -> Failure {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(error) => tls_failure(error),
        None => Failure::new(
            Ending::Unreachable,
            format!("TLS did not come about: {error}"),
            "check the port: pops:// is for TLS at once (995), pop:// for STLS (110)",
        ),
    }
}

fn tls_failure(error: &rustls::Error) -> Failure {
    let advice = match error {
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "if you know the server's authority, give its certificate with --ca FILE"
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "use the host name that the certificate is made out to",
        rustls::Error::InvalidCertificate(_) => "ask the server's operator to renew or correct its certificate",
        rustls::Error::InvalidMessage(_) => {
            "the port does not speak TLS: pops:// is for TLS at once (995), pop:// for STLS (110)"
        }
        _ => "check port and network, and that the server speaks TLS 1.2 or 1.3",
    };
    Failure::new(Ending::Unreachable, format!("TLS failed: {error}"), advice)
}
