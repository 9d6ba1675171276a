//! Ways to a server: a WebSocket to the bridge, with TLS inside it or without, or a channel to the sandbox's worker. A
//! link is dropped to end it. Knows no POP3: it carries octets.

mod page_tls;
mod sandbox;
mod tls_module;
mod tunnel;

use std::rc::Rc;

use popglass_session::{Read, Reading, border, command::Route, security::Trust};

use self::{
    tls_module::TlsLoader,
    tunnel::{FromTunnel, Sink, Tunnel},
};
use crate::host::{HostHandle, Input};

/// Makes links; owns what outlives them.
#[derive(Default)]
pub(crate) struct Links {
    /// The sandbox lives as long as its worker: what was deleted in one session is gone in the next.
    sandbox: Option<sandbox::SandboxWorker>,
    learning: Option<Tunnel>,
    /// If not the one that the page came from.
    bridge: Option<String>,
    tls: TlsLoader,
}

/// A way to a server, open or opening.
pub(crate) enum Link {
    Sandbox(sandbox::Sandbox),
    Tunnel(Tunnel),
    PageTls(page_tls::PageTls),
}

impl Links {
    /// Asks the bridge for its Hello.
    pub(crate) fn learn(&mut self, bridge: Option<String>, host: &HostHandle) {
        self.learning = Some(Tunnel::learn(bridge.as_deref(), &sink(host)));
        self.bridge = bridge;
    }

    /// Sets out to a server.
    pub(crate) fn open(&mut self, route: Route, trust: Trust, host: &HostHandle) -> Link {
        let bridge = self.bridge.as_deref();
        match route {
            Route::Sandbox => {
                self.sandbox.take_if(|worker| worker.has_failed());
                let worker = self.sandbox.get_or_insert_with(sandbox::SandboxWorker::start);
                Link::Sandbox(sandbox::Sandbox::open(worker, host))
            }
            Route::Bridge { target, tls } if tls.in_page() => {
                Link::PageTls(page_tls::PageTls::open(bridge, (target, tls), trust, &self.tls, host))
            }
            Route::Bridge { target, tls } => Link::Tunnel(Tunnel::open(bridge, target, tls, &sink(host))),
        }
    }

    /// Has certificates read by the part of the page that knows them.
    pub(crate) fn read(&self, reading: Reading, host: &HostHandle) {
        let (host, tls) = (host.clone(), self.tls.clone());
        self.tls.load(move |module| {
            let read = match &reading {
                Reading::Certificates(secured) => {
                    let sections = module.map(|module| module.read_certificates(&border::encode(secured)));
                    Read::Certificates(answer(sections, &tls))
                }
                Reading::Authorities(text) => {
                    let authorities = module.map(|module| module.read_authorities(text));
                    Read::Authorities(answer(authorities, &tls))
                }
            };
            host.handle(Input::Read(read));
        });
    }
}

/// What the module answered; a trap in it is no answer, and the next question gets a new module.
fn answer<T: serde::de::DeserializeOwned, E>(octets: Option<Result<Vec<u8>, E>>, tls: &TlsLoader) -> Option<T> {
    match octets? {
        Ok(octets) => border::decode(&octets).ok(),
        Err(_) => {
            tls.give_up();
            None
        }
    }
}

/// What comes out of a tunnel goes to the host as it is.
fn sink(host: &HostHandle) -> Sink {
    let host = host.clone();
    Rc::new(move |from| {
        host.handle(match from {
            FromTunnel::Event(event) => Input::Link(event),
            FromTunnel::Octets(octets) => Input::Octets(octets.to_vec()),
        });
    })
}

impl Link {
    /// Writes octets.
    pub(crate) fn send(&self, octets: &[u8]) {
        match self {
            Self::Sandbox(sandbox) => sandbox.send(octets),
            Self::Tunnel(tunnel) => tunnel.send(octets),
            Self::PageTls(tls) => tls.send(octets),
        }
    }

    /// The host has taken so many octets, and is ready for as many more.
    pub(crate) fn grant(&self, octets: u64) {
        match self {
            Self::Sandbox(sandbox) => sandbox.go_on(octets),
            Self::Tunnel(tunnel) => tunnel.grant(octets),
            Self::PageTls(tls) => tls.grant(octets),
        }
    }
}
