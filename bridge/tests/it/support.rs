//! What the trials share: a bridge on a free port, a page, mail servers. Judges nothing.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use popglass_bridge::{
    config::Config,
    flags::Flags,
    server::{RunError, run},
};
use popglass_protocol::tunnel::{Address, BridgeMessage, FailReason, Hello, Opened, PageMessage, SUBPROTOCOL, TlsEnds};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{self, Message, client::IntoClientRequest as _, protocol::frame::coding::CloseCode},
};

/// Nothing here takes so long unless it hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Fails instead of hanging.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    timeout(PATIENCE, what).await.expect("it hangs")
}

/// A bridge that runs.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) task: JoinHandle<Result<(), RunError>>,
}

/// Starts a bridge for these targets, as flags name them.
pub(crate) async fn bridge(targets: &[String], adjust: impl FnOnce(&mut Config)) -> Running {
    let flags = Flags { targets: targets.to_vec(), ..Flags::default() };
    let mut config = Config::load(flags).unwrap();
    config.listen = "127.0.0.1:0".parse().unwrap();
    adjust(&mut config);
    let listener = TcpListener::bind(config.listen).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(run(listener, config, async {
        // A trial that drops its bridge wants it to go on until the trial's end.
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
    }));
    Running { address, stop, task }
}

/// A bridge in front of one server without TLS.
pub(crate) async fn plain_bridge(upstream: SocketAddr) -> Running {
    bridge(&[format!("{upstream},plain")], |_| {}).await
}

/// A server on loopback that serves each connection so.
pub(crate) async fn upstream<F, Served>(serve: F) -> SocketAddr
where
    F: Fn(TcpStream) -> Served + Send + 'static,
    Served: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    address
}

/// Greets, then sends back what it gets, until the page's end.
pub(crate) async fn echo(mut stream: TcpStream) {
    stream.write_all(b"+OK\r\n").await.unwrap();
    let (mut reader, mut writer) = stream.split();
    let _ = tokio::io::copy(&mut reader, &mut writer).await;
}

/// A port of loopback where nobody listens.
pub(crate) async fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// A page's end of the tunnel.
pub(crate) struct Page {
    pub(crate) socket: WebSocketStream<TcpStream>,
}

/// How a tunnel ended, as the page sees it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) octets: Vec<u8>,
    pub(crate) reason: Option<FailReason>,
    pub(crate) code: u16,
}

impl Page {
    /// The tunnel with its Hello.
    pub(crate) async fn connect(bridge: SocketAddr) -> (Self, Hello) {
        let mut page = Self { socket: upgrade(bridge, &standard_headers(bridge)).await.unwrap() };
        match page.next_message().await {
            Some(BridgeMessage::Hello(hello)) => (page, hello),
            other => panic!("no Hello but {other:?}"),
        }
    }

    /// The tunnel, with the server open.
    pub(crate) async fn open(bridge: SocketAddr, target: &str, tls: TlsEnds) -> (Self, Opened) {
        let (mut page, _) = Self::connect(bridge).await;
        page.send(&open_message(target, tls)).await;
        match page.next_message().await {
            Some(BridgeMessage::Opened(opened)) => (page, opened),
            other => panic!("not opened but {other:?}"),
        }
    }

    pub(crate) async fn send(&mut self, message: &PageMessage) {
        self.send_text(&serde_json::to_string(message).unwrap()).await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    pub(crate) async fn send_octets(&mut self, octets: &[u8]) {
        self.socket.send(Message::binary(octets.to_vec())).await.unwrap();
    }

    pub(crate) async fn grant(&mut self, octets: u64) {
        self.send(&PageMessage::Credit { octets }).await;
    }

    /// The next text frame; nothing if the tunnel closes.
    pub(crate) async fn next_message(&mut self) -> Option<BridgeMessage> {
        loop {
            match soon(self.socket.next()).await.map(Result::unwrap) {
                Some(Message::Text(text)) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                Some(Message::Close(_)) | None => return None,
                other => panic!("no text frame but {other:?}"),
            }
        }
    }

    /// Exactly so many octets of the server, and what came with them.
    pub(crate) async fn read_octets(&mut self, least: usize) -> Vec<u8> {
        let mut octets = Vec::new();
        while octets.len() < least {
            match soon(self.socket.next()).await.unwrap().unwrap() {
                Message::Binary(frame) => octets.extend_from_slice(&frame),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("no octets but {other:?}"),
            }
        }
        octets
    }

    /// Reads to the Close; grants as much as it reads, if told to.
    pub(crate) async fn read_to_end(&mut self, granting: bool) -> Ended {
        let mut ended = Ended { octets: Vec::new(), reason: None, code: 0 };
        loop {
            match soon(self.socket.next()).await {
                Some(Ok(Message::Binary(frame))) => {
                    ended.octets.extend_from_slice(&frame);
                    if granting {
                        // The bridge may have sent its Close already; its side of the socket still takes this.
                        let credit =
                            serde_json::to_string(&PageMessage::Credit { octets: frame.len() as u64 }).unwrap();
                        let _ = self.socket.send(Message::text(credit)).await;
                    }
                }
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text).unwrap() {
                    BridgeMessage::Failed(failed) => ended.reason = Some(failed.reason),
                    other => panic!("no Failed but {other:?}"),
                },
                Some(Ok(Message::Close(frame))) => ended.code = frame.map_or(0, |frame| CloseCode::into(frame.code)),
                Some(Ok(_)) => {}
                Some(Err(tungstenite::Error::ConnectionClosed)) | None => return ended,
                Some(Err(error)) => panic!("no clean end but {error}, after {} octets", ended.octets.len()),
            }
        }
    }
}

pub(crate) fn address(target: &str) -> Address {
    let (host, port) = target.rsplit_once(':').unwrap();
    Address { host: host.to_owned(), port: port.parse().unwrap() }
}

pub(crate) fn open_message(target: &str, tls: TlsEnds) -> PageMessage {
    PageMessage::Open { target: address(target), tls }
}

/// What a page of the bridge's own origin sends.
pub(crate) fn standard_headers(bridge: SocketAddr) -> Vec<(&'static str, String)> {
    vec![
        ("Host", bridge.to_string()),
        ("Origin", format!("http://{bridge}")),
        ("Sec-WebSocket-Protocol", SUBPROTOCOL.to_owned()),
    ]
}

/// A WebSocket with these headers, or why not.
pub(crate) async fn upgrade(
    bridge: SocketAddr,
    headers: &[(&'static str, String)],
) -> Result<WebSocketStream<TcpStream>, tungstenite::Error> {
    let stream = TcpStream::connect(bridge).await.unwrap();
    // As browsers do. Also, what a page has said must leave before its end, which a reset of the system's can overtake.
    stream.set_nodelay(true).unwrap();
    let mut request = format!("ws://{bridge}/tunnel").into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    soon(client_async(request, stream)).await.map(|(socket, _)| socket)
}

/// What an HTTP client reads until the bridge closes the connection.
pub(crate) async fn http(bridge: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(bridge).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    soon(stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}
