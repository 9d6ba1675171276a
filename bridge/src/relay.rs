//! Two bounded pumps between a page and a mail server, and the end of both, in which no octet is lost. Knows nothing of
//! what it carries but its beginning (`gate.rs`). docs/tunnel.md says what is promised here.
//!
//! Both pumps can be cancelled at any `await` without losing an octet, so the session can stop waiting for one
//! direction and still finish the other.

use std::{
    io,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bytes::{BufMut as _, Bytes, BytesMut};
use futures_util::{
    SinkExt as _, StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use popglass_protocol::tunnel::{
    BridgeMessage, CREDIT_OCTETS_FIRST, CREDIT_OCTETS_MAX, CloseCode, FailReason, Failed, PAGE_MESSAGE_OCTETS_MAX,
    PageMessage, TlsEnds,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    sync::Notify,
    time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until, timeout},
};

use crate::{
    config::Bounds,
    dial::{Reader, Writer, tls_fail_reason},
    gate::Gate,
};

pub(crate) type PageSink = SplitSink<WebSocket, Message>;
pub(crate) type PageStream = SplitStream<WebSocket>;

/// One read of the server is one frame at most. A TLS record is as long.
const FRAME_OCTETS_MAX: usize = 16 * 1024;

/// Why a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The server ended the connection, and the page has been sent every octet.
    UpstreamClosed,
    /// The page closed the tunnel, or is gone.
    PageLeft,
    /// The page takes nothing any more; what it had sent may still be on its way.
    PageDeaf,
    /// The page's side is silent even to pings.
    PageSilent,
    /// The bridge ends it.
    Failed(FailReason),
}

/// What both pumps and the watch know of a session.
pub(crate) struct Flow {
    started: Instant,
    credit: Mutex<u64>,
    granted: Notify,
    gate: Mutex<Gate>,
    octets_up: AtomicU64,
    octets_down: AtomicU64,
    /// When an octet last moved, and when the page was last heard, in milliseconds since the start.
    moved: AtomicU64,
    heard: AtomicU64,
    /// While the server does not take what the page sent, nobody listens to the page.
    writing: AtomicBool,
}

impl Flow {
    pub(crate) fn new(mode: TlsEnds) -> Self {
        Self {
            started: Instant::now(),
            credit: Mutex::new(CREDIT_OCTETS_FIRST),
            granted: Notify::new(),
            gate: Mutex::new(Gate::new(mode)),
            octets_up: AtomicU64::new(0),
            octets_down: AtomicU64::new(0),
            moved: AtomicU64::new(0),
            heard: AtomicU64::new(0),
            writing: AtomicBool::new(false),
        }
    }

    pub(crate) fn octets_up(&self) -> u64 {
        self.octets_up.load(Ordering::Relaxed)
    }

    pub(crate) fn octets_down(&self) -> u64 {
        self.octets_down.load(Ordering::Relaxed)
    }

    /// Takes a text frame of the page during a session: only credit is left to say.
    pub(crate) fn take_message(&self, text: &str) -> Result<(), FailReason> {
        match parse_page_message(text)? {
            PageMessage::Credit { octets } => self.grant(octets),
            PageMessage::Open { .. } => Err(FailReason::BadMessage),
        }
    }

    fn grant(&self, octets: u64) -> Result<(), FailReason> {
        let mut credit = self.credit.lock().unwrap_or_else(PoisonError::into_inner);
        let total = credit.checked_add(octets).filter(|total| *total <= CREDIT_OCTETS_MAX);
        *credit = total.ok_or(FailReason::BadMessage)?;
        drop(credit);
        self.granted.notify_one();
        Ok(())
    }

    /// Waits until the page wants octets; takes credit for at most `wanted`.
    async fn take_credit(&self, wanted: usize) -> usize {
        loop {
            {
                let mut credit = self.credit.lock().unwrap_or_else(PoisonError::into_inner);
                let taken = usize::try_from(*credit).map_or(wanted, |credit| credit.min(wanted));
                if taken > 0 {
                    *credit -= taken as u64;
                    return taken;
                }
            }
            self.granted.notified().await;
        }
    }

    fn gate<T>(&self, look: impl FnOnce(&mut Gate) -> T) -> T {
        look(&mut self.gate.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn mark(&self, clock: &AtomicU64) {
        clock.store(self.now(), Ordering::Relaxed);
    }

    fn instant(&self, clock: &AtomicU64) -> Instant {
        self.started + Duration::from_millis(clock.load(Ordering::Relaxed))
    }

    /// Ends a session in which nothing moves, or whose page no longer answers.
    async fn watch(&self, bounds: &Bounds) -> End {
        // Two pings may go without an answer, and the third is never sent.
        let silence_max = bounds.ping_interval * 3;
        loop {
            let now = Instant::now();
            let idle_at = self.instant(&self.moved) + bounds.idle_timeout;
            if now >= idle_at {
                return End::Failed(FailReason::Idle);
            }
            let writing = self.writing.load(Ordering::Relaxed);
            let silent_at = if writing { now + silence_max } else { self.instant(&self.heard) + silence_max };
            if now >= silent_at {
                return End::PageSilent;
            }
            sleep_until(idle_at.min(silent_at)).await;
        }
    }
}

/// A text frame of the page, if it is short enough and means something.
pub(crate) fn parse_page_message(text: &str) -> Result<PageMessage, FailReason> {
    if text.len() > PAGE_MESSAGE_OCTETS_MAX {
        return Err(FailReason::BadMessage);
    }
    serde_json::from_str(text).map_err(|_| FailReason::BadMessage)
}

/// A text frame of the bridge.
pub(crate) fn bridge_message(message: &BridgeMessage) -> Message {
    Message::text(serde_json::to_string(message).expect("these messages hold strings and numbers alone"))
}

/// From the server to the page.
pub(crate) struct Down {
    reader: Reader,
    sink: PageSink,
    /// Read, but not yet granted by the page: one frame at most.
    chunk: BytesMut,
    ping: Interval,
}

impl Down {
    pub(crate) fn new(reader: Reader, sink: PageSink, bounds: &Bounds) -> Self {
        let mut ping = interval_at(Instant::now() + bounds.ping_interval, bounds.ping_interval);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { reader, sink, chunk: BytesMut::new(), ping }
    }

    async fn run(&mut self, flow: &Flow) -> End {
        loop {
            if self.chunk.is_empty() {
                self.chunk.reserve(FRAME_OCTETS_MAX);
                let mut space = (&mut self.chunk).limit(FRAME_OCTETS_MAX);
                let read = tokio::select! {
                    read = self.reader.read_buf(&mut space) => Some(read),
                    _ = self.ping.tick() => None,
                };
                match read {
                    Some(Ok(0)) => return End::UpstreamClosed,
                    Some(Ok(_)) => {
                        if let Err(reason) = flow.gate(|gate| gate.check_upstream(&self.chunk)) {
                            return End::Failed(reason);
                        }
                    }
                    Some(Err(error)) => return End::Failed(upstream_fail_reason(&error)),
                    None => {
                        if self.sink.send(Message::Ping(Bytes::new())).await.is_err() {
                            return End::PageDeaf;
                        }
                    }
                }
                continue;
            }
            let message = tokio::select! {
                granted = flow.take_credit(self.chunk.len()) => Message::Binary(self.chunk.split_to(granted).freeze()),
                _ = self.ping.tick() => Message::Ping(Bytes::new()),
            };
            let octets = if let Message::Binary(octets) = &message { octets.len() } else { 0 };
            if self.sink.send(message).await.is_err() {
                return End::PageDeaf;
            }
            if octets > 0 {
                flow.octets_down.fetch_add(octets as u64, Ordering::Relaxed);
                flow.mark(&flow.moved);
            }
        }
    }
}

/// A connection that breaks off is a reset, also inside TLS: without its last word nobody can say that nothing was cut.
fn upstream_fail_reason(error: &io::Error) -> FailReason {
    tls_fail_reason(error).unwrap_or(FailReason::UpstreamReset)
}

/// From the page to the server.
pub(crate) struct Up {
    stream: PageStream,
    writer: Writer,
    /// Taken from the page, not yet by the server: one message at most.
    pending: Bytes,
    /// The server may stop taking octets while it still sends some; the page's are dropped then.
    writable: bool,
}

impl Up {
    pub(crate) fn new(stream: PageStream, writer: Writer) -> Self {
        Self { stream, writer, pending: Bytes::new(), writable: true }
    }

    async fn run(&mut self, flow: &Flow) -> End {
        loop {
            self.deliver(flow).await;
            let message = self.stream.next().await;
            flow.mark(&flow.heard);
            match message {
                Some(Ok(Message::Binary(octets))) => {
                    if let Err(reason) = flow.gate(|gate| gate.check_page(&octets)) {
                        return End::Failed(reason);
                    }
                    self.pending = octets;
                }
                Some(Ok(Message::Text(text))) => {
                    if let Err(reason) = flow.take_message(&text) {
                        return End::Failed(reason);
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return End::PageLeft,
            }
        }
    }

    async fn deliver(&mut self, flow: &Flow) {
        if self.pending.is_empty() {
            return;
        }
        flow.writing.store(true, Ordering::Relaxed);
        while self.writable && !self.pending.is_empty() {
            match self.writer.write_buf(&mut self.pending).await {
                Ok(0) | Err(_) => self.writable = false,
                Ok(octets) => {
                    flow.octets_up.fetch_add(octets as u64, Ordering::Relaxed);
                    flow.mark(&flow.moved);
                }
            }
        }
        self.pending.clear();
        if self.writable && self.writer.flush().await.is_err() {
            self.writable = false;
        }
        flow.writing.store(false, Ordering::Relaxed);
        flow.mark(&flow.heard);
    }

    /// Tells the server that nothing more comes: with TLS its closing word, then FIN.
    async fn finish(&mut self, linger: Duration) {
        // The server may be gone already, which is as good an end.
        let _ = timeout(linger, self.writer.shutdown()).await;
    }
}

/// Carries octets until one side ends, or `stop` does.
pub(crate) async fn relay(
    up: &mut Up,
    down: &mut Down,
    flow: &Flow,
    bounds: &Bounds,
    stop: impl Future<Output = ()>,
) -> End {
    flow.mark(&flow.moved);
    flow.mark(&flow.heard);
    tokio::select! {
        end = up.run(flow) => end,
        end = down.run(flow) => end,
        end = flow.watch(bounds) => end,
        () = stop => End::Failed(FailReason::ShuttingDown),
    }
}

/// Ends both sides so that what was sent arrives: the page hears the reason and the Close, what the page had sent goes
/// to the server, and the server's last octets are read, since unread ones would turn our FIN into a reset that can
/// overtake a QUIT.
pub(crate) async fn finish(end: End, mut up: Up, down: Down, flow: &Flow, bounds: &Bounds) {
    let Down { mut reader, mut sink, .. } = down;
    let linger = bounds.linger;
    let towards_server = async {
        match end {
            End::UpstreamClosed => farewell(&mut sink, None, linger).await,
            End::Failed(reason) => farewell(&mut sink, Some(reason), linger).await,
            End::PageLeft | End::PageDeaf | End::PageSilent => {}
        }
        match end {
            End::UpstreamClosed | End::PageDeaf => drop(timeout(linger, up.run(flow)).await),
            // What broke the tunnel's rules goes nowhere, and neither does what follows it.
            End::Failed(FailReason::BadMessage) => up.pending.clear(),
            End::Failed(_) => drop(timeout(linger, up.run(flow)).await),
            End::PageLeft | End::PageSilent => {}
        }
        up.finish(linger).await;
        if end != End::PageSilent {
            await_close(&mut up.stream, linger).await;
        }
    };
    let from_server = async {
        let mut discarded = vec![0; FRAME_OCTETS_MAX];
        while reader.read(&mut discarded).await.is_ok_and(|octets| octets > 0) {}
    };
    let page_is_gone = matches!(end, End::PageLeft | End::PageSilent);
    let patience = if page_is_gone { linger } else { linger * 3 };
    let _ = timeout(patience, async { tokio::join!(towards_server, from_server) }).await;
}

/// The reason, if there is one, and the Close with its code.
pub(crate) async fn farewell(sink: &mut PageSink, reason: Option<FailReason>, linger: Duration) {
    let code = reason.map_or(CloseCode::Normal, FailReason::close_code);
    let close = Message::Close(Some(CloseFrame { code: code.as_u16(), reason: "".into() }));
    // A page that is gone cannot be told.
    let _ = timeout(linger, async {
        if let Some(reason) = reason {
            sink.send(bridge_message(&BridgeMessage::Failed(Failed { reason }))).await?;
        }
        sink.send(close).await
    })
    .await;
}

/// Reads until the page has closed its side too; in doing so, answers the page's own Close.
pub(crate) async fn await_close(stream: &mut PageStream, linger: Duration) {
    let _ = timeout(linger, async { while let Some(Ok(_)) = stream.next().await {} }).await;
}
