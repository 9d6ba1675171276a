//! Ports for servers, and the first words of who listens there.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    time::Duration,
};

use tokio::{io::AsyncReadExt as _, net::TcpStream};

/// Ports that the system says are free. Another process may take one before its server does; the start then fails aloud.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn free<const COUNT: usize>() -> [SocketAddr; COUNT] {
    let listeners = [(); COUNT].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port"));
    listeners.map(|listener| listener.local_addr().expect("a bound socket has an address"))
}

/// The greeting of the POP3 server that listens there, if one does.
pub async fn greeting(address: SocketAddr) -> Option<String> {
    let mut buffer = [0; 256];
    let mut stream = TcpStream::connect(address).await.ok()?;
    let count = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.ok()?.ok()?;
    let line = String::from_utf8_lossy(&buffer[..count]).into_owned();
    line.starts_with("+OK").then_some(line)
}
