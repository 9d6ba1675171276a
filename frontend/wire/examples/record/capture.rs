//! Writes a capture as Wireshark reads it (pcapng, draft-ietf-opsawg-pcapng), the keys within: TCP over IPv4 between two
//! addresses of the documentation (RFC 5737). Knows no TLS.

use popglass_protocol::transcript::Direction;

const CLIENT: Party = Party { address: [192, 0, 2, 10], port: 49_152 };
const SERVER: Party = Party { address: [192, 0, 2, 25], port: 995 };

/// IPv4 or IPv6 without a frame around (LINKTYPE_RAW).
const LINK_RAW: u16 = 101;

/// "TLSK": lines of SSLKEYLOGFILE.
const SECRETS_TLS: u32 = 0x544c_534b;

/// Between two packets.
const STEP_US: u64 = 1_000;

const FIN: u8 = 1;
const SYN: u8 = 2;
const PSH: u8 = 8;
const ACK: u8 = 16;

struct Party {
    address: [u8; 4],
    port: u16,
}

pub(crate) struct Capture {
    octets: Vec<u8>,
    now_us: u64,
    /// The next octet of client and of server.
    sequence: [u32; 2],
}

impl Capture {
    pub(crate) fn new(keys: &str, now_us: u64) -> Self {
        let mut capture = Self { octets: Vec::new(), now_us, sequence: [1_000, 5_000] };
        // Little endian, version 1.0, a section of unknown length.
        capture.block(0x0a0d_0d0a, &[&0x1a2b_3c4d_u32.to_le_bytes(), &[1, 0, 0, 0], &[255; 8]]);
        capture.block(1, &[&LINK_RAW.to_le_bytes(), &[0; 2], &0_u32.to_le_bytes()]);
        let length = u32::try_from(keys.len()).expect("a session has five keys");
        capture.block(10, &[&SECRETS_TLS.to_le_bytes(), &length.to_le_bytes(), keys.as_bytes()]);
        capture
    }

    /// TCP's three packets (RFC 9293 §3.5).
    pub(crate) fn open(&mut self) {
        self.packet(Direction::ClientToServer, SYN, &[]);
        self.packet(Direction::ServerToClient, SYN | ACK, &[]);
        self.packet(Direction::ClientToServer, ACK, &[]);
    }

    pub(crate) fn send(&mut self, from: Direction, octets: &[u8]) {
        self.packet(from, PSH | ACK, octets);
    }

    /// Both hang up (RFC 9293 §3.6).
    pub(crate) fn close(&mut self) {
        self.packet(Direction::ServerToClient, FIN | ACK, &[]);
        self.packet(Direction::ClientToServer, FIN | ACK, &[]);
        self.packet(Direction::ServerToClient, ACK, &[]);
    }

    pub(crate) fn into_octets(self) -> Vec<u8> {
        self.octets
    }

    fn packet(&mut self, from: Direction, flags: u8, payload: &[u8]) {
        let ((source, mine), (destination, other)) = match from {
            Direction::ClientToServer => ((&CLIENT, 0), (&SERVER, 1)),
            Direction::ServerToClient => ((&SERVER, 1), (&CLIENT, 0)),
        };
        let acknowledged = if flags & ACK == 0 { 0 } else { self.sequence[other] };
        let mut tcp = Vec::new();
        tcp.extend(source.port.to_be_bytes());
        tcp.extend(destination.port.to_be_bytes());
        tcp.extend(self.sequence[mine].to_be_bytes());
        tcp.extend(acknowledged.to_be_bytes());
        // A header of five words, a window of 64,240 octets, no checksum yet, nothing urgent.
        tcp.extend([5 << 4, flags, 0xfa, 0xf0, 0, 0, 0, 0]);
        tcp.extend(payload);
        let tcp_octets = u16::try_from(tcp.len()).expect("a flight fits into a packet");
        let mut pseudo = [source.address, destination.address].concat();
        pseudo.extend([0, 6]);
        pseudo.extend(tcp_octets.to_be_bytes());
        pseudo.extend(&tcp);
        tcp[16..18].copy_from_slice(&checksum(&pseudo));

        let mut ip = vec![0x45, 0];
        ip.extend((20 + tcp_octets).to_be_bytes());
        // No fragments, 64 hops, TCP, no checksum yet.
        ip.extend([0, 0, 0x40, 0, 64, 6, 0, 0]);
        ip.extend([source.address, destination.address].concat());
        let sum = checksum(&ip);
        ip[10..12].copy_from_slice(&sum);
        ip.extend(tcp);

        let length = u32::try_from(ip.len()).expect("a packet is short").to_le_bytes();
        let [high, low] = [self.now_us >> 32, self.now_us & 0xffff_ffff].map(|half| half as u32);
        self.block(6, &[&[0; 4], &high.to_le_bytes(), &low.to_le_bytes(), &length, &length, &ip]);
        self.now_us += STEP_US;
        let counted = u32::from(tcp_octets) - 20 + u32::from(flags & (SYN | FIN) != 0);
        self.sequence[mine] += counted;
    }

    /// Type, length, body to a multiple of four, length.
    fn block(&mut self, kind: u32, parts: &[&[u8]]) {
        let mut body = parts.concat();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = u32::try_from(body.len() + 12).expect("a block is short").to_le_bytes();
        self.octets.extend(kind.to_le_bytes());
        self.octets.extend(length);
        self.octets.extend(body);
        self.octets.extend(length);
    }
}

/// RFC 1071.
fn checksum(octets: &[u8]) -> [u8; 2] {
    let words = octets.chunks(2).map(|pair| u32::from(pair[0]) << 8 | pair.get(1).copied().map_or(0, u32::from));
    let mut sum: u32 = words.sum();
    while sum > 0xffff {
        sum = (sum >> 16) + (sum & 0xffff);
    }
    let complement = !u16::try_from(sum).expect("it was folded");
    complement.to_be_bytes()
}
