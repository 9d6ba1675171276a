//! A web server on loopback that nobody has a reason to visit: it counts who comes all the same.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The server. Every connection is a visit, also one that never asks for anything.
#[derive(Debug)]
pub struct Canary {
    /// Where it listens.
    pub address: SocketAddr,
    visits: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Canary {
    /// Starts it.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let visits = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&visits);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&log)));
            }
        });
        Self { address, visits, task }
    }

    /// The first lines of what the visitors asked for.
    #[must_use]
    pub fn visits(&self) -> Vec<String> {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Canary {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, log: Arc<Mutex<Vec<String>>>) {
    // Noted at once: a preconnect says nothing, and is a visit.
    let place = {
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push("(connected)".to_owned());
        log.len() - 1
    };
    let mut buffer = [0; 2048];
    let count = stream.read(&mut buffer).await.unwrap_or(0);
    if let Some(line) = String::from_utf8_lossy(&buffer[..count]).lines().next() {
        line.clone_into(&mut log.lock().unwrap_or_else(PoisonError::into_inner)[place]);
    }
    let reply = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    // A visitor that has gone away has been counted all the same.
    drop(stream.write_all(reply).await);
}
