//! Ports for servers, and the first words of who listens there.

use std::{
    collections::BTreeSet,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::{io::AsyncReadExt as _, net::TcpStream};

/// Ports that the system says are free. None is given twice, since two tests may run at a time. Another process may take
/// one before its server does; the start then fails aloud.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn free<const COUNT: usize>() -> [SocketAddr; COUNT] {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    // Kept until all are found, so that the system names another each time.
    let mut listeners = Vec::new();
    [(); COUNT].map(|()| {
        loop {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
            let address = listener.local_addr().expect("a bound socket has an address");
            listeners.push(listener);
            if given.insert(address.port()) {
                return address;
            }
        }
    })
}

/// The greeting of the POP3 server that listens there, if one does.
pub async fn greeting(address: SocketAddr) -> Option<String> {
    let mut buffer = [0; 256];
    let mut stream = TcpStream::connect(address).await.ok()?;
    let count = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.ok()?.ok()?;
    let line = String::from_utf8_lossy(&buffer[..count]).into_owned();
    line.starts_with("+OK").then_some(line)
}
