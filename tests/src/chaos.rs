//! A TCP proxy that can delay, hold and cut, and notes what passes. Knows bytes and times, no protocol.

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

#[derive(Debug)]
struct Shared {
    delay: Duration,
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
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared {
            delay,
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
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = reader.read(&mut buffer).await {
        let octets = buffer[..count].to_vec();
        shared.pieces.lock().unwrap_or_else(PoisonError::into_inner).push(Piece {
            connection,
            way,
            at: SystemTime::now(),
            octets: octets.clone(),
        });
        if sender.send((Instant::now() + shared.delay, octets)).await.is_err() {
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
