//! Ways to a server: a WebSocket to the bridge, or a channel to the sandbox's worker. A link is dropped to
//! end it. Knows no POP3: it carries octets.

mod sandbox;
mod tunnel;

use popglass_session::{command::Route, security::Trust};

use crate::host::HostHandle;

/// Makes links; owns what outlives them.
#[derive(Default)]
pub(crate) struct Links {
    /// The sandbox lives as long as its worker: what was deleted in one session is gone in the next.
    sandbox: Option<sandbox::SandboxWorker>,
    learning: Option<tunnel::Tunnel>,
    /// If not the one that the page came from.
    bridge: Option<String>,
}

/// A way to a server, open or opening.
pub(crate) enum Link {
    Sandbox(sandbox::Sandbox),
    Tunnel(tunnel::Tunnel),
}

impl Links {
    /// Asks the bridge for its Hello.
    pub(crate) fn learn(&mut self, bridge: Option<String>, host: &HostHandle) {
        self.learning = Some(tunnel::Tunnel::learn(bridge.as_deref(), host));
        self.bridge = bridge;
    }

    /// Sets out to a server.
    pub(crate) fn open(&mut self, route: Route, _trust: Trust, host: &HostHandle) -> Link {
        match route {
            Route::Sandbox => {
                self.sandbox.take_if(|worker| worker.has_failed());
                let worker = self.sandbox.get_or_insert_with(sandbox::SandboxWorker::start);
                Link::Sandbox(sandbox::Sandbox::open(worker, host))
            }
            Route::Bridge { target, tls } => {
                Link::Tunnel(tunnel::Tunnel::open(self.bridge.as_deref(), target, tls, host))
            }
        }
    }
}

impl Link {
    /// Starts TLS on what stands.
    pub(crate) fn start_tls(&mut self) {}

    /// Writes octets.
    pub(crate) fn send(&self, octets: &[u8]) {
        match self {
            Self::Sandbox(sandbox) => sandbox.send(octets),
            Self::Tunnel(tunnel) => tunnel.send(octets),
        }
    }

    /// The host has taken so many octets, and is ready for as many more.
    pub(crate) fn grant(&self, octets: u64) {
        match self {
            Self::Sandbox(sandbox) => sandbox.go_on(octets),
            Self::Tunnel(tunnel) => tunnel.grant(octets),
        }
    }
}
