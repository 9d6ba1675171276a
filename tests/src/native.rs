//! The protocol crate's client without a browser: over TCP, or through the bridge's tunnel over a WebSocket. The way
//! of the page, less the page.

use std::{collections::BTreeMap, net::SocketAddr};

use futures_util::{SinkExt as _, StreamExt as _};
use popglass_protocol::{
    client::{Client, Event, Output},
    command::Command,
    reply::Reply,
    tunnel::{Address, BridgeMessage, PATH, PageMessage, SUBPROTOCOL, TlsEnds},
    types::{MessageNumber, Password, UserName},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};

/// Something that carries octets both ways.
#[expect(async_fn_in_trait, reason = "both implementations are here, and no caller moves them between threads")]
pub trait Link {
    /// Sends octets.
    async fn send(&mut self, octets: Vec<u8>);
    /// Waits for octets; nothing if the other side has ended the connection.
    async fn receive(&mut self) -> Option<Vec<u8>>;
}

impl Link for TcpStream {
    async fn send(&mut self, octets: Vec<u8>) {
        self.write_all(&octets).await.expect("the server takes what is sent");
    }

    async fn receive(&mut self) -> Option<Vec<u8>> {
        let mut buffer = vec![0; 16 * 1024];
        let count = self.read(&mut buffer).await.ok()?;
        buffer.truncate(count);
        (count > 0).then_some(buffer)
    }
}

/// The tunnel, opened: binary frames are the server's octets.
#[derive(Debug)]
pub struct Tunnel {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Tunnel {
    /// Opens the tunnel as a page of the bridge's own would, and has the bridge dial this server over TLS.
    ///
    /// # Panics
    /// If the bridge does not.
    pub async fn open(bridge: SocketAddr, target: Address) -> Self {
        let mut request = format!("ws://{bridge}{PATH}").into_client_request().expect("a valid address");
        for (name, value) in [("Origin", format!("http://{bridge}")), ("Sec-WebSocket-Protocol", SUBPROTOCOL.into())] {
            request.headers_mut().insert(name, value.parse().expect("a valid header"));
        }
        let (socket, _) = connect_async(request).await.expect("the bridge takes its own page's origin");
        let mut tunnel = Self { socket };
        assert!(matches!(tunnel.message().await, BridgeMessage::Hello(_)), "Hello comes first");
        tunnel.say(&PageMessage::Open { target, tls: TlsEnds::Bridge }).await;
        match tunnel.message().await {
            BridgeMessage::Opened(opened) => assert!(opened.tls.is_some(), "TLS ends in the bridge"),
            other => panic!("the bridge did not dial: {other:?}"),
        }
        tunnel
    }

    async fn say(&mut self, message: &PageMessage) {
        let text = serde_json::to_string(message).expect("a message is JSON");
        self.socket.send(Message::text(text)).await.expect("the bridge listens");
    }

    async fn message(&mut self) -> BridgeMessage {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).expect("a control message"),
            other => panic!("a control message was expected, not {other:?}"),
        }
    }
}

impl Link for Tunnel {
    async fn send(&mut self, octets: Vec<u8>) {
        self.socket.send(Message::binary(octets)).await.expect("the bridge takes octets");
    }

    async fn receive(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.socket.next().await?.ok()? {
                Message::Binary(octets) => {
                    self.say(&PageMessage::Credit { octets: octets.len() as u64 }).await;
                    return Some(octets.to_vec());
                }
                Message::Close(_) => return None,
                Message::Text(text) => panic!("the session broke: {text}"),
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }
}

/// Logs in, fetches every message and says goodbye. Gives the messages in the order of the server.
///
/// # Panics
/// If the server refuses anything or breaks the rules.
pub async fn fetch_all(link: &mut impl Link, user: &str, password: &str) -> Vec<Vec<u8>> {
    let mut client = Client::new();
    let mut messages: BTreeMap<MessageNumber, Vec<u8>> = BTreeMap::new();
    client.send(Command::Capa);
    client.send(Command::User(UserName::parse(user).expect("a name that can be sent")));
    client.send(Command::Pass(Password::parse(password).expect("a password that can be sent")));
    client.send(Command::List(None));
    loop {
        match client.poll_output().expect("the server behaves") {
            Output::Transmit(octets) => link.send(octets).await,
            Output::Event(Event::Chunk { number, octets, .. }) => messages.entry(number).or_default().extend(octets),
            Output::Event(Event::Reply { reply: Reply::List(listed), .. }) => {
                for entry in listed {
                    client.send(Command::Retr(entry.number));
                }
                client.send(Command::Quit);
            }
            Output::Event(Event::Reply { reply: Reply::Goodbye, .. }) => return messages.into_values().collect(),
            Output::Event(Event::Reply { reply: Reply::Refused(refusal), .. }) => panic!("refused: {refusal:?}"),
            Output::Event(_) => {}
            Output::UpgradeTls => unreachable!("nobody asked for it"),
            Output::Idle => client.handle_input(&link.receive().await.expect("the server is still there")),
        }
    }
}
