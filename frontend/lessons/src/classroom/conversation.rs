//! One POP3 connection of the classroom: our client and our server, with a wire between. Everything that can be said
//! without waiting is said at once. Knows no lesson; it tells what happened.

use popglass_protocol::{
    client::{Client, Config, Event, Output as ClientOutput},
    server::{Output as ServerOutput, Server},
    state::State,
};
use popglass_sandbox::SandboxMaildrop;
use popglass_wire::{
    link::{ClientTls, Link},
    tap::Tap,
};

use super::Millis;

/// A connection.
pub(crate) struct Conversation {
    pub(crate) client: Client,
    /// Dropped with the connection: with it goes the maildrop's lock.
    server: Option<Server<SandboxMaildrop>>,
    link: Link,
    /// The client waits for TLS after STLS.
    tls_awaited: bool,
}

/// How a connection stands after everything was said that could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It stands.
    Open,
    /// The server has ended it, or the line broke.
    ServerClosed,
    /// The client refused: a bad certificate, or words that nobody asked for.
    Refused,
}

impl Conversation {
    pub(crate) fn new(server: Server<SandboxMaildrop>, link: Link) -> Self {
        Self { client: Client::with_config(Config::default()), server: Some(server), link, tls_awaited: false }
    }

    pub(crate) fn state(&self) -> State {
        self.client.state()
    }

    /// TLS stands.
    pub(crate) fn is_protected(&self) -> bool {
        matches!(self.link.client_tls(), ClientTls::Standing(_))
    }

    pub(crate) fn client_tls(&self) -> &ClientTls {
        self.link.client_tls()
    }

    pub(crate) fn tap(&self) -> &Tap {
        self.link.tap()
    }

    /// Lets everything be said.
    pub(crate) fn run(&mut self, now_ms: Millis, events: &mut Vec<Event>) -> Standing {
        let Some(server) = &mut self.server else { return Standing::ServerClosed };
        server.handle_time(now_ms);
        self.link.set_now_ms(now_ms);
        loop {
            let client_moved = self.run_client(events);
            let server_moved = self.run_server();
            let link_moved = self.link.step();
            let to_server = self.link.server_received();
            if let Some(server) = &mut self.server {
                server.handle_input(&to_server);
            }
            let to_client = self.link.client_received();
            self.client.handle_input(&to_client);
            let is_quiet = to_server.is_empty() && to_client.is_empty();
            if is_quiet && !client_moved && !server_moved && !link_moved {
                break;
            }
        }
        let failed = self.client.poll_output().is_err() || matches!(self.link.client_tls(), ClientTls::Refused(_));
        if failed {
            self.hang_up();
            Standing::Refused
        } else if self.link.client_is_over() {
            self.client.handle_close();
            while let Ok(ClientOutput::Event(event)) = self.client.poll_output() {
                events.push(event);
            }
            self.server = None;
            Standing::ServerClosed
        } else {
            Standing::Open
        }
    }

    /// Breaks the connection: no QUIT.
    pub(crate) fn hang_up(&mut self) {
        self.link.client_close();
        self.link.pump();
        self.server = None;
    }

    fn run_client(&mut self, events: &mut Vec<Event>) -> bool {
        if self.tls_awaited && self.is_protected() {
            self.tls_awaited = false;
            self.client.handle_tls_ready();
        }
        let mut moved = false;
        loop {
            match self.client.poll_output() {
                Ok(ClientOutput::Transmit(octets)) => self.link.client_send(&octets),
                Ok(ClientOutput::Event(event)) => events.push(event),
                Ok(ClientOutput::UpgradeTls) => {
                    // What was received in the clear so far is judged first: it may have been put there.
                    let received = self.link.client_received();
                    self.client.handle_input(&received);
                    if self.client.poll_output().is_err() {
                        return moved;
                    }
                    self.link.client_start_tls();
                    self.tls_awaited = true;
                }
                Ok(ClientOutput::Idle) | Err(_) => return moved,
            }
            moved = true;
        }
    }

    fn run_server(&mut self) -> bool {
        let Some(server) = &mut self.server else { return false };
        let mut moved = false;
        loop {
            match server.poll_output() {
                ServerOutput::Transmit(octets) => self.link.server_send(&octets),
                ServerOutput::UpgradeTls => {
                    self.link.server_start_tls();
                    server.handle_tls_ready();
                }
                ServerOutput::Close => {
                    self.link.server_close();
                    return true;
                }
                ServerOutput::Idle => return moved,
            }
            moved = true;
        }
    }
}
