//! TLS between the tunnel and the session: what the server sends is decrypted here, what it gets is encrypted here, and
//! the bridge sees ciphertext. Knows no TLS itself, the imported module does; knows no POP3 either: when STLS is granted,
//! the session says so.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use popglass_protocol::{
    sasl::Nonce,
    tunnel::{Address, CREDIT_OCTETS_FIRST, CREDIT_OCTETS_MAX, TlsEnds},
};
use popglass_session::{
    LinkEvent, border,
    security::{TlsEvent, TlsOrder, Trust},
};
use wasm_bindgen::JsValue;

use super::{
    tls_module::{Pipe, TlsLoader, TlsModule},
    tunnel::{FromTunnel, Tunnel},
};
use crate::host::{HostHandle, Input};

/// A connection whose TLS ends in the page; dropped, it ends the connection below.
pub(crate) struct PageTls {
    shared: Rc<Shared>,
}

struct Shared {
    order: TlsOrder,
    loader: TlsLoader,
    host: HostHandle,
    /// Gone once the link was dropped.
    tunnel: RefCell<Option<Tunnel>>,
    module: RefCell<Option<TlsModule>>,
    stage: RefCell<Stage>,
    /// Came with the tunnel's Opened; gone once the session has it.
    nonce: Cell<Option<Nonce>>,
    /// Octets that the host was handed out of TLS and has not taken.
    untaken: Cell<u64>,
    /// Octets of ciphertext that the bridge has not been granted anew.
    owed: Cell<u64>,
}

enum Stage {
    /// The module or the tunnel is not there yet. What the server says meanwhile waits; there is no credit for much.
    Gathering(Vec<Uint8Array>),
    /// Before STLS.
    Plain,
    /// TLS stands, or is being agreed on.
    Secure(Pipe),
    /// The host knows how it ended.
    Over,
}

impl PageTls {
    /// Sets out to the server, and for the module at the same time.
    pub(crate) fn open(
        bridge: Option<&str>,
        (target, ends): (Address, TlsEnds),
        trust: Trust,
        loader: &TlsLoader,
        host: &HostHandle,
    ) -> Self {
        let order = TlsOrder { server_name: target.host.clone(), ends, trust };
        let shared = Rc::new(Shared {
            order,
            loader: loader.clone(),
            host: host.clone(),
            tunnel: RefCell::new(None),
            module: RefCell::new(None),
            stage: RefCell::new(Stage::Gathering(Vec::new())),
            nonce: Cell::new(None),
            untaken: Cell::new(0),
            owed: Cell::new(0),
        });
        let sink = Rc::clone(&shared);
        let tunnel = Tunnel::open(bridge, target, ends, &(Rc::new(move |from| sink.take(from)) as _));
        *shared.tunnel.borrow_mut() = Some(tunnel);
        let waiting = Rc::clone(&shared);
        loader.load(move |module| waiting.module_loaded(module));
        Self { shared }
    }

    /// Writes octets. What goes wrong is told with the next thing that comes.
    pub(crate) fn send(&self, plaintext: &[u8]) {
        match &*self.shared.stage.borrow() {
            Stage::Plain => self.shared.transmit(plaintext),
            Stage::Secure(pipe) => {
                let sent = pipe.send(plaintext).and_then(|()| pipe.take_ciphertext());
                match sent {
                    Ok(ciphertext) => self.shared.transmit(&ciphertext.to_vec()),
                    Err(_) => self.shared.break_down_soon(),
                }
            }
            Stage::Gathering(_) | Stage::Over => {}
        }
    }

    /// The host has taken so many octets.
    pub(crate) fn grant(&self, octets: u64) {
        let is_plain = matches!(*self.shared.stage.borrow(), Stage::Plain);
        if is_plain { self.shared.grant(octets) } else { self.shared.grant_ciphertext(octets) }
    }

    /// The server agreed to STLS: TLS begins, in a turn of its own. Who says anything before that says it in the clear, and
    /// the session knows what to think of it.
    pub(crate) fn start_tls_soon(&self) {
        let shared = Rc::clone(&self.shared);
        Timeout::new(0, move || shared.secure()).forget();
    }
}

impl Drop for PageTls {
    fn drop(&mut self) {
        if let Stage::Secure(pipe) = self.shared.stage.replace(Stage::Over) {
            // Without it the server could take the end for somebody else's doing.
            if let Ok(goodbye) = pipe.close().and_then(|()| pipe.take_ciphertext()) {
                self.shared.transmit(&goodbye.to_vec());
            }
        }
        self.shared.tunnel.borrow_mut().take();
    }
}

impl Shared {
    fn module_loaded(&self, module: Option<TlsModule>) {
        match module {
            Some(module) => {
                self.module.replace(Some(module));
                self.begin();
            }
            None => self.end(LinkEvent::NoTlsModule),
        }
    }

    fn take(&self, from: FromTunnel) {
        match from {
            FromTunnel::Event(LinkEvent::Opened { nonce, .. }) => {
                self.nonce.set(Some(nonce));
                self.begin();
            }
            FromTunnel::Event(LinkEvent::Closed) => self.closed(),
            FromTunnel::Event(event) => self.end(event),
            FromTunnel::Octets(octets) => self.take_octets(octets),
        }
    }

    /// Once both are there: TLS at once, or the greeting first.
    fn begin(&self) {
        if self.module.borrow().is_none() || !matches!(*self.stage.borrow(), Stage::Gathering(_)) {
            return;
        }
        if self.order.ends == TlsEnds::PageStls {
            self.open_plain();
        } else if let Some(nonce) = self.nonce.take() {
            self.nonce.set(Some(nonce));
            self.secure();
        }
    }

    /// The session begins in the clear; nothing if it has begun, or the server cannot be reached yet.
    fn open_plain(&self) {
        if !matches!(*self.stage.borrow(), Stage::Gathering(_)) {
            return;
        }
        let Some(nonce) = self.nonce.take() else { return };
        let Stage::Gathering(waiting) = self.stage.replace(Stage::Plain) else { return };
        self.tell(LinkEvent::Opened { secured: None, exporter: None, nonce });
        waiting.into_iter().for_each(|octets| self.take_octets(octets));
    }

    /// Begins the handshake; the octets that waited are its first.
    fn secure(&self) {
        if matches!(*self.stage.borrow(), Stage::Over) {
            return;
        }
        let order = border::encode(&self.order);
        let pipe = self.module.borrow().as_ref().map(|module| module.connect(&order));
        match pipe {
            Some(Ok(pipe)) => {
                let waiting = self.stage.replace(Stage::Secure(pipe));
                self.pump(|_| Ok(()));
                if let Stage::Gathering(waiting) = waiting {
                    waiting.into_iter().for_each(|octets| self.take_octets(octets));
                }
            }
            Some(Err(_)) | None => self.break_down(),
        }
    }

    fn take_octets(&self, octets: Uint8Array) {
        // The bridge is not trusted with more of our memory than it was granted.
        let granted = match &mut *self.stage.borrow_mut() {
            Stage::Gathering(waiting) => {
                waiting.push(octets.clone());
                waiting.iter().map(|octets| u64::from(octets.length())).sum::<u64>() <= CREDIT_OCTETS_FIRST
            }
            Stage::Over => return,
            Stage::Plain | Stage::Secure(_) => u64::from(octets.length()) <= CREDIT_OCTETS_MAX,
        };
        if !granted {
            return self.end(LinkEvent::Lost);
        }
        if matches!(*self.stage.borrow(), Stage::Gathering(_)) {
            return;
        }
        if matches!(*self.stage.borrow(), Stage::Plain) {
            return self.host.handle(Input::Octets(octets.to_vec()));
        }
        let count = u64::from(octets.length());
        self.owed.set(self.owed.get() + count);
        self.pump(|pipe| pipe.feed(&octets));
        // What was for TLS alone is nobody's to take.
        self.grant_ciphertext(0);
    }

    /// The server, or whoever is on the way, ended the connection below.
    fn closed(&self) {
        if self.order.ends == TlsEnds::PageStls {
            // What was said in the clear is the server's word, module or not.
            self.open_plain();
        }
        if matches!(*self.stage.borrow(), Stage::Secure(_)) {
            self.pump(Pipe::end);
        }
        self.end(LinkEvent::Closed);
    }

    /// Does something with TLS, and carries out what comes of it. Nothing is borrowed while the host is told.
    fn pump(&self, act: impl FnOnce(&Pipe) -> Result<(), JsValue>) {
        let done = match &*self.stage.borrow() {
            Stage::Secure(pipe) => act(pipe).and_then(|()| Done::of(pipe)),
            Stage::Gathering(_) | Stage::Plain | Stage::Over => return,
        };
        let Ok(Done { ciphertext, plaintext, events }) = done else { return self.break_down() };
        self.transmit(&ciphertext.to_vec());
        let (ready, ends): (Vec<_>, Vec<_>) =
            events.into_iter().partition(|event| matches!(event, TlsEvent::Ready { .. }));
        ready.into_iter().for_each(|event| self.tell_tls(event));
        if !plaintext.is_empty() {
            self.untaken.set(self.untaken.get() + plaintext.len() as u64);
            self.host.handle(Input::Octets(plaintext));
        }
        ends.into_iter().for_each(|event| self.tell_tls(event));
    }

    fn tell_tls(&self, event: TlsEvent) {
        match event {
            TlsEvent::Ready { secured, exporter } => match self.nonce.take() {
                Some(nonce) => self.tell(LinkEvent::Opened { secured: Some(secured), exporter, nonce }),
                None => self.tell(LinkEvent::Secured { secured, exporter }),
            },
            TlsEvent::Ended => self.end(LinkEvent::Closed),
            TlsEvent::Failed(refusal) => self.end(LinkEvent::TlsFailed(refusal)),
        }
    }

    fn tell(&self, event: LinkEvent) {
        if !matches!(*self.stage.borrow(), Stage::Over) {
            self.host.handle(Input::Link(event));
        }
    }

    /// Tells the last thing there is to tell.
    fn end(&self, event: LinkEvent) {
        if !matches!(self.stage.replace(Stage::Over), Stage::Over) {
            self.host.handle(Input::Link(event));
        }
    }

    /// A trap in the module: it costs this connection, and the next one gets a new module.
    fn break_down(&self) {
        self.loader.give_up();
        self.end(LinkEvent::NoTlsModule);
    }

    /// As [`Self::break_down`], while the host is busy.
    fn break_down_soon(self: &Rc<Self>) {
        let shared = Rc::clone(self);
        Timeout::new(0, move || shared.break_down()).forget();
    }

    fn transmit(&self, octets: &[u8]) {
        if let Some(tunnel) = self.tunnel.borrow().as_ref().filter(|_| !octets.is_empty()) {
            tunnel.send(octets);
        }
    }

    /// For octets out of TLS as many of ciphertext; what TLS adds, and what it needs for itself, once nothing is left to
    /// take.
    fn grant_ciphertext(&self, taken: u64) {
        let (untaken, owed) = (self.untaken.get().saturating_sub(taken), self.owed.get());
        let granted = if untaken == 0 { owed } else { taken.min(owed) };
        self.untaken.set(untaken);
        self.owed.set(owed - granted);
        if granted > 0 {
            self.grant(granted);
        }
    }

    fn grant(&self, octets: u64) {
        if let Some(tunnel) = &*self.tunnel.borrow() {
            tunnel.grant(octets);
        }
    }
}

/// What TLS has done.
struct Done {
    ciphertext: Uint8Array,
    plaintext: Vec<u8>,
    events: Vec<TlsEvent>,
}

impl Done {
    fn of(pipe: &Pipe) -> Result<Self, JsValue> {
        let (ciphertext, plaintext) = (pipe.take_ciphertext()?, pipe.take_plaintext()?);
        let mut events = Vec::new();
        while let Some(event) = pipe.poll_event()? {
            events.push(border::decode(&event).map_err(|_malformed| JsValue::NULL)?);
        }
        Ok(Self { ciphertext, plaintext, events })
    }
}
