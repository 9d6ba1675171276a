//! Makes the client believe that the server has no STLS. Knows `CAPA`, its list and the list's end, and `STLS`.

use popglass_protocol::transcript::Direction;

use super::{
    Act, Desk,
    lines::{Lines, says},
};

/// In the server's words, more or less.
const REFUSAL: &[u8] = b"-ERR Unknown command.\r\n";

#[derive(Default)]
pub(super) struct Stripper {
    from_client: Lines,
    from_server: Lines,
    listing: Listing,
}

/// Where the answer to CAPA is.
#[derive(Default, Clone, Copy, PartialEq)]
enum Listing {
    #[default]
    None,
    /// It was asked for.
    Asked,
    /// Its lines are coming.
    Coming,
}

impl Stripper {
    pub(super) fn handle(&mut self, from: Direction, octets: &[u8], desk: &mut Desk<'_>) {
        let Self { from_client, from_server, listing } = self;
        match from {
            Direction::ClientToServer => from_client.handle(octets, |line| {
                if says(line, "STLS") {
                    desk.act(Act::RefusedStls);
                    desk.pass(Direction::ServerToClient, REFUSAL);
                    return;
                }
                if says(line, "CAPA") {
                    *listing = Listing::Asked;
                }
                desk.pass(from, line);
            }),
            // What is no listing passes as it comes, so that nothing is held back.
            Direction::ServerToClient if *listing == Listing::None => desk.pass(from, octets),
            Direction::ServerToClient => from_server.handle(octets, |line| {
                match listing {
                    Listing::Asked if line.starts_with(b"+OK") => *listing = Listing::Coming,
                    // Refused; or an answer to something else, and then the list is not cut: nothing worse happens.
                    Listing::Asked => *listing = Listing::None,
                    Listing::Coming if says(line, ".") => *listing = Listing::None,
                    Listing::Coming if says(line, "STLS") => {
                        desk.act(Act::HidStls);
                        return;
                    }
                    Listing::Coming | Listing::None => {}
                }
                desk.pass(from, line);
            }),
        }
        // Lines are cut within a listing alone.
        if *listing == Listing::None {
            desk.pass(Direction::ServerToClient, &from_server.take_rest());
        }
    }

    /// What was begun and will have no end.
    pub(super) fn handle_end(&mut self, of: Direction, desk: &mut Desk<'_>) {
        let lines = match of {
            Direction::ClientToServer => &mut self.from_client,
            Direction::ServerToClient => &mut self.from_server,
        };
        desk.pass(of, &lines.take_rest());
    }
}
