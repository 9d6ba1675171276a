//! Ways to a server: a WebSocket to the bridge, or the sandbox's server in this worker's memory. A link is dropped to
//! end it. Knows no POP3: it carries octets.

mod memory;
mod tunnel;

use popglass_sandbox::World;
use popglass_session::command::Route;

use crate::host::HostHandle;

/// Makes links; owns what outlives them.
#[derive(Default)]
pub(crate) struct Links {
    /// The sandbox lives as long as the worker: what was deleted in one session is gone in the next.
    world: Option<World>,
    learning: Option<tunnel::Tunnel>,
}

/// A way to a server, open or opening.
pub(crate) enum Link {
    Memory(memory::Memory),
    Tunnel(tunnel::Tunnel),
}

impl Links {
    /// Asks the bridge for its Hello.
    pub(crate) fn learn(&mut self, host: &HostHandle) {
        self.learning = Some(tunnel::Tunnel::learn(host));
    }

    /// Sets out to a server.
    pub(crate) fn open(&mut self, route: Route, host: &HostHandle) -> Link {
        match route {
            Route::Sandbox => {
                let world = self.world.get_or_insert_with(World::demo);
                Link::Memory(memory::Memory::open(world, host))
            }
            Route::Bridge { target, tls } => Link::Tunnel(tunnel::Tunnel::open(target, tls, host)),
        }
    }
}

impl Link {
    /// Writes octets.
    pub(crate) fn send(&self, octets: &[u8]) {
        match self {
            Self::Memory(memory) => memory.send(octets),
            Self::Tunnel(tunnel) => tunnel.send(octets),
        }
    }

    /// The host has taken so many octets, and is ready for as many more.
    pub(crate) fn grant(&self, octets: u64) {
        match self {
            Self::Memory(memory) => memory.go_on(octets),
            Self::Tunnel(tunnel) => tunnel.grant(octets),
        }
    }
}
