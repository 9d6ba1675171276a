//! A TCP connection that could have carried a session: handshake, segments, goodbye, with sequence numbers and checksums
//! as they should be. Addresses are those that RFC 5737 keeps for documents.

use etherparse::PacketBuilder;
use popglass_protocol::transcript::Direction;

use super::blocks::File;

const SERVER: End = End { hardware: [0x02, 0, 0, 0, 0, 2], address: [198, 51, 100, 1] };
const CLIENT: End = End { hardware: [0x02, 0, 0, 0, 0, 1], address: [192, 0, 2, 1] };
/// The first of those that clients take for themselves (RFC 6335 §6); each connection has the next.
const CLIENT_PORT: u16 = 49_152;
const CLIENT_PORTS: u16 = u16::MAX - CLIENT_PORT;

/// Octets of a segment, as Ethernet has room for.
const SEGMENT_OCTETS_MAX: usize = 1460;
const WINDOW: u16 = u16::MAX;
const HOPS_MAX: u8 = 64;

struct End {
    hardware: [u8; 6],
    address: [u8; 4],
}

/// What a segment says besides its octets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flag {
    Begin,
    None,
    Push,
    End,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Connection {
    server_port: u16,
    client_port: u16,
    client_sequence: u32,
    server_sequence: u32,
}

impl Connection {
    /// Opens the connection of this number, counted from zero, to this port of the server.
    pub(super) fn open(file: &mut File, number: usize, server_port: u16, at_us: u64) -> Self {
        let port = u16::try_from(number % usize::from(CLIENT_PORTS)).unwrap_or_default();
        let client_port = CLIENT_PORT + port;
        let mut connection = Self { server_port, client_port, client_sequence: 1000, server_sequence: 5000 };
        connection.segment(file, at_us, Direction::ClientToServer, Flag::Begin, &[], &[]);
        connection.segment(file, at_us, Direction::ServerToClient, Flag::Begin, &[], &[]);
        connection.segment(file, at_us, Direction::ClientToServer, Flag::None, &[], &[]);
        connection
    }

    /// Carries octets; the comments are the first segment's.
    pub(super) fn carry(
        &mut self,
        file: &mut File,
        at_us: u64,
        direction: Direction,
        octets: &[u8],
        comments: &[String],
    ) {
        let mut comments = comments;
        for piece in octets.chunks(SEGMENT_OCTETS_MAX) {
            self.segment(file, at_us, direction, Flag::Push, piece, comments);
            comments = &[];
        }
    }

    /// Ends it, first from this side.
    pub(super) fn close(mut self, file: &mut File, at_us: u64, first: Direction) {
        let second = match first {
            Direction::ClientToServer => Direction::ServerToClient,
            Direction::ServerToClient => Direction::ClientToServer,
        };
        self.segment(file, at_us, first, Flag::End, &[], &[]);
        self.segment(file, at_us, second, Flag::End, &[], &[]);
        self.segment(file, at_us, first, Flag::None, &[], &[]);
    }

    fn segment(
        &mut self,
        file: &mut File,
        at_us: u64,
        direction: Direction,
        flag: Flag,
        octets: &[u8],
        comments: &[String],
    ) {
        let from_client = direction == Direction::ClientToServer;
        let (from, to, ports) = match from_client {
            true => (CLIENT, SERVER, (self.client_port, self.server_port)),
            false => (SERVER, CLIENT, (self.server_port, self.client_port)),
        };
        let (sequence, acknowledged) = match from_client {
            true => (self.client_sequence, self.server_sequence),
            false => (self.server_sequence, self.client_sequence),
        };
        let mut builder = PacketBuilder::ethernet2(from.hardware, to.hardware)
            .ipv4(from.address, to.address, HOPS_MAX)
            .tcp(ports.0, ports.1, sequence, WINDOW);
        builder = match flag {
            Flag::Begin => builder.syn(),
            Flag::None => builder,
            Flag::Push => builder.psh(),
            Flag::End => builder.fin(),
        };
        // Only the very first has heard nothing yet.
        if !(from_client && flag == Flag::Begin) {
            builder = builder.ack(acknowledged);
        }
        let mut packet = Vec::with_capacity(builder.size(octets.len()));
        builder.write_to_vec(&mut packet, octets).expect("a segment is shorter than a packet of IP may be");
        file.packet(at_us, &packet, comments);
        let counts = u32::from(matches!(flag, Flag::Begin | Flag::End));
        let counts = counts.wrapping_add(u32::try_from(octets.len()).unwrap_or_default());
        let sequence = if from_client { &mut self.client_sequence } else { &mut self.server_sequence };
        *sequence = sequence.wrapping_add(counts);
    }
}
