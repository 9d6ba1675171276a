//! The link through the bridge: one WebSocket, `popglass.v1`, one server (docs/tunnel.md). Octets go both ways as binary
//! frames, control messages as text. The bridge reads from the server only as far as this side has granted.

use std::{cell::RefCell, rc::Rc};

use js_sys::{ArrayBuffer, Uint8Array};
use popglass_protocol::tunnel::{Address, BridgeMessage, CloseCode, PATH, PageMessage, SUBPROTOCOL, TlsEnds};
use popglass_session::{
    LinkEvent,
    security::{Secured, Vouched},
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

use crate::{host::scope, random::nonce};

/// Where the bridge is, if not where the page came from.
const BRIDGE_URL: Option<&str> = option_env!("POPGLASS_BRIDGE_URL");

/// `trunk serve` listens here, and `popglass-bridge` there, unless told otherwise.
#[cfg(debug_assertions)]
const DEVELOPMENT: (&str, &str) = ("8080", "ws://127.0.0.1:8110");

/// What comes out of a tunnel.
pub(crate) enum FromTunnel {
    Event(LinkEvent),
    /// The server's octets, still outside of wasm memory.
    Octets(Uint8Array),
}

/// Who takes it. Called in turns of their own, never while the tunnel is being called.
pub(crate) type Sink = Rc<dyn Fn(FromTunnel)>;

/// An open or opening tunnel; dropped, its WebSocket is closed once everything sent is on its way.
pub(crate) struct Tunnel {
    /// Nothing if the browser refused even to try.
    socket: Option<WebSocket>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_close: Closure<dyn Fn(CloseEvent)>,
}

/// What the tunnel is for, and how far it is.
enum Stage {
    Learning,
    AwaitingHello {
        target: Address,
        tls: TlsEnds,
    },
    AwaitingOpened,
    Relaying,
    /// The host knows how it ended; what still comes is nothing to it.
    Over,
}

impl Tunnel {
    /// Hears the Hello, and hangs up.
    pub(crate) fn learn(bridge: Option<&str>, sink: &Sink) -> Self {
        Self::connect(bridge, Stage::Learning, sink)
    }

    /// Reaches the server.
    pub(crate) fn open(bridge: Option<&str>, target: Address, tls: TlsEnds, sink: &Sink) -> Self {
        Self::connect(bridge, Stage::AwaitingHello { target, tls }, sink)
    }

    /// Sends octets to the server. The browser buffers them without bound; commands are small.
    pub(crate) fn send(&self, octets: &[u8]) {
        if let Some(socket) = &self.socket {
            // It fails only while the socket is connecting, and nothing is sent before Opened.
            let _ = socket.send_with_u8_array(octets);
        }
    }

    /// Lets the bridge send so many octets more.
    pub(crate) fn grant(&self, octets: u64) {
        if let Some(socket) = &self.socket {
            send_message(socket, &PageMessage::Credit { octets });
        }
    }

    fn connect(bridge: Option<&str>, stage: Stage, sink: &Sink) -> Self {
        let socket = WebSocket::new_with_str(&bridge.map_or_else(bridge_url, str::to_owned), SUBPROTOCOL).ok();
        let stage = Rc::new(RefCell::new(stage));
        let on_message = on_message(socket.clone(), Rc::clone(&stage), Rc::clone(sink));
        let on_close = on_close(Rc::clone(&stage), Rc::clone(sink));
        match &socket {
            Some(socket) => {
                socket.set_binary_type(BinaryType::Arraybuffer);
                socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
                socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
            }
            None => tell_end_soon(stage, Rc::clone(sink)),
        }
        Self { socket, _on_message: on_message, _on_close: on_close }
    }
}

impl Drop for Tunnel {
    fn drop(&mut self) {
        if let Some(socket) = &self.socket {
            socket.set_onmessage(None);
            socket.set_onclose(None);
            // The browser sends what is buffered before the Close.
            let _ = socket.close_with_code(CloseCode::Normal.as_u16());
        }
    }
}

fn on_message(socket: Option<WebSocket>, stage: Rc<RefCell<Stage>>, sink: Sink) -> Closure<dyn Fn(MessageEvent)> {
    Closure::new(move |message: MessageEvent| {
        let data = message.data();
        if let Some(buffer) = data.dyn_ref::<ArrayBuffer>() {
            if matches!(*stage.borrow(), Stage::Relaying) {
                sink(FromTunnel::Octets(Uint8Array::new(buffer)));
            }
        } else if let Some(socket) = &socket {
            let message = data.as_string().and_then(|json| serde_json::from_str(&json).ok());
            if let Some(event) = message.and_then(|message| read_message(message, socket, &stage)) {
                sink(FromTunnel::Event(event));
            }
        }
    })
}

/// What a control message means in this stage.
fn read_message(message: BridgeMessage, socket: &WebSocket, stage: &RefCell<Stage>) -> Option<LinkEvent> {
    let (next, event) = match (stage.replace(Stage::Over), message) {
        (Stage::Learning, BridgeMessage::Hello(hello)) => {
            let _ = socket.close_with_code(CloseCode::Normal.as_u16());
            (Stage::Over, Some(LinkEvent::Learned(Some(hello))))
        }
        (Stage::AwaitingHello { target, tls }, BridgeMessage::Hello(_)) => {
            send_message(socket, &PageMessage::Open { target, tls });
            (Stage::AwaitingOpened, None)
        }
        (Stage::AwaitingOpened, BridgeMessage::Opened(opened)) => {
            let secured = opened.tls.map(|summary| Secured {
                ends: TlsEnds::Bridge,
                summary,
                vouched: Vouched::Bridge,
                resumed: false,
            });
            (Stage::Relaying, Some(LinkEvent::Opened { secured, exporter: None, nonce: nonce() }))
        }
        (Stage::Learning, BridgeMessage::Failed(_)) => (Stage::Over, Some(LinkEvent::Learned(None))),
        (Stage::Over, _) => (Stage::Over, None),
        (_, BridgeMessage::Failed(failed)) => (Stage::Over, Some(LinkEvent::Failed(failed.reason))),
        // A message that does not belong here is ignored: a later bridge may say more.
        (stage, BridgeMessage::Hello(_) | BridgeMessage::Opened(_)) => (stage, None),
    };
    *stage.borrow_mut() = next;
    event
}

fn on_close(stage: Rc<RefCell<Stage>>, sink: Sink) -> Closure<dyn Fn(CloseEvent)> {
    Closure::new(move |close: CloseEvent| {
        if let Some(event) = end_of(&stage, close.code()) {
            sink(FromTunnel::Event(event));
        }
    })
}

/// What the end of the WebSocket means in this stage; nothing if the host knows already.
fn end_of(stage: &RefCell<Stage>, code: u16) -> Option<LinkEvent> {
    match stage.replace(Stage::Over) {
        Stage::Over => None,
        Stage::Learning => Some(LinkEvent::Learned(None)),
        // The browser does not tell why a handshake failed.
        Stage::AwaitingHello { .. } => Some(LinkEvent::Unreachable),
        Stage::Relaying if code == CloseCode::Normal.as_u16() => Some(LinkEvent::Closed),
        Stage::AwaitingOpened | Stage::Relaying => Some(LinkEvent::Lost),
    }
}

/// The browser refused to try (a bad URL): told in a turn of its own, like every other end.
fn tell_end_soon(stage: Rc<RefCell<Stage>>, sink: Sink) {
    let tell = move || {
        if let Some(event) = end_of(&stage, 0) {
            sink(FromTunnel::Event(event));
        }
    };
    gloo_timers::callback::Timeout::new(0, tell).forget();
}

fn send_message(socket: &WebSocket, message: &PageMessage) {
    let Ok(json) = serde_json::to_string(message) else { unreachable!("a message is plain data") };
    // It fails only while the socket is connecting; the bridge speaks first.
    let _ = socket.send_with_str(&json);
}

fn bridge_url() -> String {
    if let Some(url) = BRIDGE_URL {
        return url.into();
    }
    let location = scope().location();
    #[cfg(debug_assertions)]
    if location.port() == DEVELOPMENT.0 {
        return format!("{}{PATH}", DEVELOPMENT.1);
    }
    let scheme = if location.protocol() == "https:" { "wss" } else { "ws" };
    format!("{scheme}://{}{PATH}", location.host())
}
