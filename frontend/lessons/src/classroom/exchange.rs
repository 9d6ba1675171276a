//! What a server and whoever is at the other end of a wire have to say to each other, said at once. For servers that no
//! client machine of ours follows: their lines are shown as they are. Knows neither SMTP nor IMAP.

use popglass_sandbox::{imap, smtp};
use popglass_wire::link::Link;

/// What a server wants.
pub(crate) enum Want {
    /// Write these octets.
    Transmit(Vec<u8>),
    /// End the connection.
    Close,
    /// Nothing.
    Idle,
}

/// A server without sockets.
pub(crate) trait Serves {
    /// Octets from the other end.
    fn handle_input(&mut self, octets: &[u8]);
    /// What to do next.
    fn poll_want(&mut self) -> Want;
}

/// Lets everything be said. Gives what the other end received, and whether the server has ended the connection.
pub(crate) fn exchange(server: &mut impl Serves, link: &mut Link) -> (Vec<u8>, bool) {
    let (mut received, mut is_over) = (Vec::new(), false);
    loop {
        let server_moved = match server.poll_want() {
            Want::Transmit(octets) => {
                link.server_send(&octets);
                true
            }
            Want::Close => {
                link.server_close();
                is_over = true;
                false
            }
            Want::Idle => false,
        };
        let link_moved = link.step();
        let to_server = link.server_received();
        server.handle_input(&to_server);
        let to_client = link.client_received();
        received.extend(&to_client);
        if to_server.is_empty() && to_client.is_empty() && !server_moved && !link_moved {
            return (received, is_over);
        }
    }
}

impl Serves for smtp::Server {
    fn handle_input(&mut self, octets: &[u8]) {
        Self::handle_input(self, octets);
    }

    fn poll_want(&mut self) -> Want {
        match self.poll_output() {
            smtp::Output::Transmit(octets) => Want::Transmit(octets),
            smtp::Output::Close => Want::Close,
            smtp::Output::Idle => Want::Idle,
        }
    }
}

impl Serves for imap::Server {
    fn handle_input(&mut self, octets: &[u8]) {
        Self::handle_input(self, octets);
    }

    fn poll_want(&mut self) -> Want {
        match self.poll_output() {
            imap::Output::Transmit(octets) => Want::Transmit(octets),
            imap::Output::Close => Want::Close,
            imap::Output::Idle => Want::Idle,
        }
    }
}
