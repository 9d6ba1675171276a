//! A TCP proxy that can delay, slow down, hold and cut, and notes what passes. Knows bytes and times, no protocol.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{mpsc, watch},
    task::JoinHandle,
    time::Instant,
};

/// The proxy.
#[derive(Debug)]
pub struct Chaos {
    /// Where clients connect.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// Which way octets go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the client that connected.
    Up,
    /// From the server behind the proxy.
    Down,
}

/// Octets as they came in at the proxy.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Counts the connections from zero.
    pub connection: usize,
    /// Which way they go.
    pub way: Way,
    /// When the proxy read them; they leave it one delay later.
    pub at: SystemTime,
    /// The octets.
    pub octets: Vec<u8>,
}

/// What a line is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quality {
    /// How long every octet takes, each way.
    pub delay: Duration,
    /// How many octets go through in a second, each way and each connection; nothing for as many as the machine can.
    pub octets_per_second: Option<u32>,
    /// What passes is kept, for [`Chaos::pieces`].
    pub noted: bool,
}

impl Default for Quality {
    fn default() -> Self {
        Self { delay: Duration::ZERO, octets_per_second: None, noted: true }
    }
}

#[derive(Debug)]
struct Shared {
    quality: Quality,
    upstream: Mutex<Option<SocketAddr>>,
    pieces: Mutex<Vec<Piece>>,
    /// How many octets may still go down before everything is cut.
    down_octets_left: AtomicU64,
    /// Counts the cuts; a connection that sees it change ends.
    cuts: watch::Sender<u64>,
    /// While true, nothing goes down.
    held: watch::Sender<bool>,
}

impl Chaos {
    /// A proxy whose every octet takes `delay` each way, whatever the throughput.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn start(delay: Duration) -> Self {
        Self::start_as(Quality { delay, ..Quality::default() }).await
    }

    /// A proxy whose line is like this.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn start_as(quality: Quality) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared {
            quality,
            upstream: Mutex::new(None),
            pieces: Mutex::new(Vec::new()),
            down_octets_left: AtomicU64::new(u64::MAX),
            cuts: watch::Sender::new(0),
            held: watch::Sender::new(false),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self { address, shared, task }
    }

    /// Names the server behind; before that, connections are closed at once.
    pub fn forward_to(&self, upstream: SocketAddr) {
        *self.shared.upstream.lock().unwrap_or_else(PoisonError::into_inner) = Some(upstream);
    }

    /// Cuts every connection once this many octets more have gone down.
    pub fn cut_after(&self, octets: u64) {
        self.shared.down_octets_left.store(octets, Ordering::SeqCst);
    }

    /// Lets everything through again; what was cut stays cut.
    pub fn mend(&self) {
        self.cut_after(u64::MAX);
        self.shared.held.send_replace(false);
    }

    /// From now on nothing goes down; what comes up still reaches the server.
    pub fn hold(&self) {
        self.shared.held.send_replace(true);
    }

    /// Cuts every connection now.
    pub fn cut(&self) {
        self.shared.cut();
    }

    /// What has passed so far, in the order in which it came in.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        self.shared.pieces.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many octets came in for one way.
    #[must_use]
    pub fn octets(&self, way: Way) -> usize {
        let pieces = self.shared.pieces.lock().unwrap_or_else(PoisonError::into_inner);
        pieces.iter().filter(|piece| piece.way == way).map(|piece| piece.octets.len()).sum()
    }

    /// Everything that came in for one way, connection after connection.
    #[must_use]
    pub fn stream(&self, way: Way) -> Vec<u8> {
        let mut pieces = self.pieces();
        pieces.retain(|piece| piece.way == way);
        pieces.sort_by_key(|piece| piece.connection);
        pieces.into_iter().flat_map(|piece| piece.octets).collect()
    }
}

impl Drop for Chaos {
    fn drop(&mut self) {
        self.cut();
        self.task.abort();
    }
}

impl Shared {
    fn cut(&self) {
        self.cuts.send_modify(|count| *count += 1);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connection = 0;
    while let Ok((client, _)) = listener.accept().await {
        let upstream = *shared.upstream.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(upstream) = upstream {
            tokio::spawn(carry(connection, client, upstream, Arc::clone(&shared)));
            connection += 1;
        }
    }
}

async fn carry(connection: usize, client: TcpStream, upstream: SocketAddr, shared: Arc<Shared>) {
    let Ok(server) = TcpStream::connect(upstream).await else { return };
    // A proxy that waited to fill packets would add delays of its own.
    drop(client.set_nodelay(true));
    drop(server.set_nodelay(true));
    let mut cuts = shared.cuts.subscribe();
    let (client_reader, client_writer) = client.into_split();
    let (server_reader, server_writer) = server.into_split();
    let up = pump(connection, Way::Up, client_reader, server_writer, &shared);
    let down = pump(connection, Way::Down, server_reader, client_writer, &shared);
    tokio::select! {
        _ = cuts.changed() => {}
        _ = async { tokio::join!(up, down) } => {}
    }
}

/// Reading and writing are apart, so that a delay does not cost throughput.
async fn pump(connection: usize, way: Way, reader: OwnedReadHalf, writer: OwnedWriteHalf, shared: &Shared) {
    let (sender, receiver) = mpsc::channel(1024);
    tokio::join!(take(connection, way, reader, sender, shared), give(way, writer, receiver, shared));
}

async fn take(
    connection: usize,
    way: Way,
    mut reader: OwnedReadHalf,
    sender: mpsc::Sender<(Instant, Vec<u8>)>,
    shared: &Shared,
) {
    let Quality { delay, octets_per_second, noted } = shared.quality;
    let mut buffer = vec![0; 16 * 1024];
    // When the last octet so far is through the narrow place; what it costs is counted in octets, so nothing is rounded.
    let mut through_at = Instant::now();
    while let Ok(count @ 1..) = reader.read(&mut buffer).await {
        let octets = buffer[..count].to_vec();
        if noted {
            shared.pieces.lock().unwrap_or_else(PoisonError::into_inner).push(Piece {
                connection,
                way,
                at: SystemTime::now(),
                octets: octets.clone(),
            });
        }
        let taken = octets_per_second.map_or(0.0, |rate| octets.len() as f64 / f64::from(rate));
        through_at = through_at.max(Instant::now()) + Duration::from_secs_f64(taken);
        if sender.send((through_at + delay, octets)).await.is_err() {
            break;
        }
    }
}

async fn give(way: Way, mut writer: OwnedWriteHalf, mut receiver: mpsc::Receiver<(Instant, Vec<u8>)>, shared: &Shared) {
    let mut held = shared.held.subscribe();
    while let Some((due, mut octets)) = receiver.recv().await {
        tokio::time::sleep_until(due).await;
        if way == Way::Down {
            if held.wait_for(|held| !held).await.is_err() {
                return;
            }
            let wanted = octets.len() as u64;
            let left = shared.down_octets_left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                Some(if left == u64::MAX { left } else { left.saturating_sub(wanted) })
            });
            if let Ok(left) | Err(left) = left
                && left <= wanted
            {
                octets.truncate(usize::try_from(left).unwrap_or(usize::MAX));
                drop(writer.write_all(&octets).await);
                shared.cut();
                return;
            }
        }
        if writer.write_all(&octets).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long so many octets take from a server to a client.
    async fn seconds(quality: Quality, octets: usize) -> f64 {
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let line = Chaos::start_as(quality).await;
        line.forward_to(server.local_addr().unwrap());
        let mut client = TcpStream::connect(line.address).await.unwrap();
        let (mut stream, _) = server.accept().await.unwrap();
        let begun = Instant::now();
        let sent = tokio::spawn(async move { stream.write_all(&vec![7; octets]).await.map(|()| stream) });
        let mut received = vec![0; octets];
        client.read_exact(&mut received).await.unwrap();
        sent.await.unwrap().unwrap();
        begun.elapsed().as_secs_f64()
    }

    #[tokio::test]
    async fn a_line_has_a_delay_and_a_rate() {
        let delay = Duration::from_millis(100);
        for (octets_per_second, octets, at_least) in [(None, 100_000, 0.1), (Some(1_000_000), 200_000, 0.3)] {
            let taken = seconds(Quality { delay, octets_per_second, noted: true }, octets).await;
            // A busy machine makes it longer and never shorter.
            assert!((at_least..at_least + 2.0).contains(&taken), "{octets} octets took {taken} s");
        }
    }
}
