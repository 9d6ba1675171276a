//! What somebody hears who listens on one stretch of the wire: every octet, and what can be made of it without a key. In
//! the clear that are lines; of TLS the kinds and lengths of records, and of the handshake what is not encrypted yet: the
//! server's name among it (RFC 8446 §4.1, RFC 6066 §3). Knows no key and no POP3.

mod records;

use popglass_protocol::transcript::Direction;
use records::{Found, Reader};
pub use records::{HandshakeSeen, Hello, RecordContent, RecordKind, RecordSeen};

/// Octets that are kept of one stretch; of what comes later only the count is known.
pub const TAP_OCTETS_MAX: usize = 1024 * 1024;

/// Octets that moved together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Who sent them.
    pub direction: Direction,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// Themselves.
    pub octets: Vec<u8>,
}

/// What a listener makes of what passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// Who sent it.
    pub direction: Direction,
    /// The chunk with its last octet: an index into [`Tap::chunks`].
    pub chunk: usize,
    /// What it is.
    pub seen: Seen,
}

/// Something complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// A line in the clear, without its end; what is no UTF-8 is replaced. A line that is too long comes in pieces.
    Line(String),
    /// A record of TLS.
    Record(RecordSeen),
    /// It began as TLS and is none: nothing more is made of this direction.
    Unreadable,
}

/// One stretch.
#[derive(Debug, Clone, Default)]
pub struct Tap {
    chunks: Vec<Chunk>,
    sights: Vec<Sight>,
    octets: usize,
    missed_octets: usize,
    from_client: Reader,
    from_server: Reader,
}

impl Tap {
    /// Everything that passed, in order, up to [`TAP_OCTETS_MAX`].
    #[must_use]
    pub fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// What a listener makes of it, in the order in which it was complete.
    #[must_use]
    pub fn sights(&self) -> &[Sight] {
        &self.sights
    }

    /// Octets that passed and were not kept.
    #[must_use]
    pub fn missed_octets(&self) -> usize {
        self.missed_octets
    }

    /// The lines that can be read, in order, with whoever said them.
    pub fn readable(&self) -> impl Iterator<Item = (Direction, &str)> {
        self.sights.iter().filter_map(|sight| match &sight.seen {
            Seen::Line(text) => Some((sight.direction, text.as_str())),
            Seen::Record(_) | Seen::Unreadable => None,
        })
    }

    /// The records of TLS, in order, with whoever sent them.
    pub fn records(&self) -> impl Iterator<Item = (Direction, &RecordSeen)> {
        self.sights.iter().filter_map(|sight| match &sight.seen {
            Seen::Record(record) => Some((sight.direction, record)),
            Seen::Line(_) | Seen::Unreadable => None,
        })
    }

    /// The name of the server, as the client says it in the clear (RFC 6066 §3).
    #[must_use]
    pub fn server_name(&self) -> Option<&str> {
        self.records().find_map(|(_, record)| match &record.content {
            RecordContent::Handshake(messages) => messages.iter().find_map(|message| match &message.hello {
                Some(Hello::Client { server_name, .. }) => server_name.as_deref(),
                Some(Hello::Server { .. }) | None => None,
            }),
            RecordContent::ChangeCipherSpec
            | RecordContent::Alert { .. }
            | RecordContent::Hidden { .. }
            | RecordContent::Unreadable => None,
        })
    }

    /// Octets that only somebody with the keys can read: the ciphertext of all records.
    #[must_use]
    pub fn hidden_octets(&self) -> usize {
        let hidden = |record: &RecordSeen| match record.content {
            RecordContent::Hidden { .. } => record.octets,
            _ => 0,
        };
        self.records().map(|(_, record)| hidden(record)).sum()
    }

    /// These octets passed as they are, in one direction: what a listener finds who searches for them.
    #[must_use]
    pub fn contains(&self, octets: &[u8]) -> bool {
        !octets.is_empty()
            && [Direction::ClientToServer, Direction::ServerToClient]
                .iter()
                .any(|direction| self.heard(*direction).windows(octets.len()).any(|window| window == octets))
    }

    /// Everything of one direction.
    #[must_use]
    pub fn heard(&self, direction: Direction) -> Vec<u8> {
        let chunks = self.chunks.iter().filter(|chunk| chunk.direction == direction);
        chunks.flat_map(|chunk| chunk.octets.iter().copied()).collect()
    }

    /// Hears octets, at this time in milliseconds since 1970.
    pub fn record(&mut self, direction: Direction, at_ms: u64, octets: &[u8]) {
        let kept = &octets[..octets.len().min(TAP_OCTETS_MAX - self.octets)];
        self.missed_octets += octets.len() - kept.len();
        self.octets += kept.len();
        if kept.is_empty() {
            return;
        }
        let chunk = self.chunks.len();
        self.chunks.push(Chunk { direction, at_ms, octets: kept.into() });
        let reader = match direction {
            Direction::ClientToServer => &mut self.from_client,
            Direction::ServerToClient => &mut self.from_server,
        };
        let sights = &mut self.sights;
        reader.read(kept, |found| {
            let seen = match found {
                Found::Line(line) => Seen::Line(String::from_utf8_lossy(line).into_owned()),
                Found::Record(record) => Seen::Record(record),
                Found::Unreadable => Seen::Unreadable,
            };
            sights.push(Sight { direction, chunk, seen });
        });
    }
}
