//! Cuts one direction into lines or records, and reads of a record what is not encrypted (RFC 8446 §4, §5).

use crate::octets::Octets;

/// A longer line is shown in pieces.
const LINE_OCTETS_MAX: usize = 1024;

/// Type, version, length (RFC 8446 §5.1).
const HEADER_OCTETS: usize = 5;

/// The longest ciphertext that is allowed (RFC 8446 §5.2).
const CIPHERTEXT_OCTETS_MAX: usize = (1 << 14) + 256;

/// What encryption adds at least: the true type of the record, and the tag of any AEAD that TLS 1.3 knows (§5.2, §B.4;
/// the CCM_8 suite has a shorter one, and nobody uses it).
const ADDED_OCTETS: usize = 1 + 16;

/// The first octet of every version of a record since SSL 3.0.
const VERSION_MAJOR: u8 = 3;

/// The type of a record (RFC 8446 §5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// 20: says nothing any more (§D.4).
    ChangeCipherSpec,
    /// 21.
    Alert,
    /// 22.
    Handshake,
    /// 23: what every encrypted record calls itself.
    ApplicationData,
}

/// A record, as somebody without the keys sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordSeen {
    /// What it says it is.
    pub kind: RecordKind,
    /// The version in its header, which means nothing any more.
    pub version: u16,
    /// The octets behind its header.
    pub octets: usize,
    /// What is in it.
    pub content: RecordContent,
}

/// What is in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordContent {
    /// Messages of the handshake in the clear: the two hellos.
    Handshake(Vec<HandshakeSeen>),
    /// One octet without meaning.
    ChangeCipherSpec,
    /// An alert in the clear (RFC 8446 §6).
    Alert {
        /// Warning (1) or fatal (2).
        level: u8,
        /// The reason's number.
        description: u8,
    },
    /// Ciphertext. What it is, a part of the handshake or a password or a mail, cannot be seen.
    Hidden {
        /// At most so many octets are in it; there are fewer if it is padded (§5.4).
        plaintext_octets_max: usize,
    },
    /// Against the rules, or a message that goes on in another record.
    Unreadable,
}

/// A message of the handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandshakeSeen {
    /// Its type (RFC 8446 §4).
    pub kind: u8,
    /// Its length without type and length.
    pub octets: usize,
    /// What can be read of it, if it is a hello.
    pub hello: Option<Hello>,
}

/// What a hello tells whoever listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hello {
    /// ClientHello (RFC 8446 §4.1.2).
    Client {
        /// The server that is meant (RFC 6066 §3).
        server_name: Option<String>,
        /// The cipher suites that are offered, by their numbers.
        suites: Vec<u16>,
    },
    /// ServerHello (RFC 8446 §4.1.3).
    Server {
        /// The cipher suite that is used.
        suite: u16,
        /// The version that is used; 0x0304 is TLS 1.3 (§4.2.1).
        version: u16,
    },
}

/// Something complete.
pub(super) enum Found<'a> {
    Line(&'a [u8]),
    Record(RecordSeen),
    Unreadable,
}

/// One direction.
#[derive(Debug, Clone, Default)]
pub(super) struct Reader {
    mode: Mode,
    /// What is not complete yet: at most one line or record.
    begun: Vec<u8>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Lines,
    Records,
    Lost,
}

impl Reader {
    pub(super) fn read(&mut self, mut octets: &[u8], mut take: impl FnMut(Found<'_>)) {
        while let Some(first) = octets.first() {
            // No line of POP3 begins with a control character, so this is where TLS begins.
            if self.mode == Mode::Lines && self.begun.is_empty() && RecordKind::of(*first).is_some() {
                self.mode = Mode::Records;
            }
            match self.mode {
                Mode::Lines => octets = self.read_line(octets, &mut take),
                Mode::Records => octets = self.read_record(octets, &mut take),
                Mode::Lost => return,
            }
        }
    }

    /// Takes up to the end of the line, and gives what is behind it.
    fn read_line<'a>(&mut self, octets: &'a [u8], take: &mut impl FnMut(Found<'_>)) -> &'a [u8] {
        let room = LINE_OCTETS_MAX - self.begun.len();
        let end = octets.iter().take(room).position(|octet| *octet == b'\n').map(|last| last + 1);
        let (taken, rest) = octets.split_at(end.unwrap_or(octets.len().min(room)));
        self.begun.extend(taken);
        if end.is_some() || self.begun.len() == LINE_OCTETS_MAX {
            let line = self.begun.strip_suffix(b"\n").unwrap_or(&self.begun);
            take(Found::Line(line.strip_suffix(b"\r").unwrap_or(line)));
            self.begun.clear();
        }
        rest
    }

    /// Takes up to the end of the record, and gives what is behind it.
    fn read_record<'a>(&mut self, octets: &'a [u8], take: &mut impl FnMut(Found<'_>)) -> &'a [u8] {
        let wanted = match self.begun.get(3..HEADER_OCTETS) {
            Some(length) => HEADER_OCTETS + usize::from(length[0]) * 256 + usize::from(length[1]),
            None => HEADER_OCTETS,
        };
        let (taken, rest) = octets.split_at(octets.len().min(wanted - self.begun.len()));
        self.begun.extend(taken);
        match header(&self.begun) {
            Header::Foreign => {
                self.mode = Mode::Lost;
                take(Found::Unreadable);
            }
            Header::Begun => {}
            Header::Of { kind, version, octets } if self.begun.len() == HEADER_OCTETS + octets => {
                let content = content(kind, &self.begun[HEADER_OCTETS..]);
                take(Found::Record(RecordSeen { kind, version, octets, content }));
                self.begun.clear();
            }
            Header::Of { .. } => {}
        }
        rest
    }
}

enum Header {
    Begun,
    Of { kind: RecordKind, version: u16, octets: usize },
    Foreign,
}

fn header(begun: &[u8]) -> Header {
    let kind = begun.first().and_then(|kind| RecordKind::of(*kind));
    match (kind, begun) {
        (None, [_, ..]) => Header::Foreign,
        (Some(_), [_, major, ..]) if *major != VERSION_MAJOR => Header::Foreign,
        (Some(kind), [_, major, minor, high, low, ..]) => {
            let octets = usize::from(u16::from_be_bytes([*high, *low]));
            if octets > CIPHERTEXT_OCTETS_MAX {
                return Header::Foreign;
            }
            Header::Of { kind, version: u16::from_be_bytes([*major, *minor]), octets }
        }
        _ => Header::Begun,
    }
}

impl RecordKind {
    fn of(octet: u8) -> Option<Self> {
        match octet {
            20 => Some(Self::ChangeCipherSpec),
            21 => Some(Self::Alert),
            22 => Some(Self::Handshake),
            23 => Some(Self::ApplicationData),
            _ => None,
        }
    }
}

fn content(kind: RecordKind, octets: &[u8]) -> RecordContent {
    match (kind, octets) {
        (RecordKind::ApplicationData, _) => {
            RecordContent::Hidden { plaintext_octets_max: octets.len().saturating_sub(ADDED_OCTETS) }
        }
        (RecordKind::ChangeCipherSpec, [1]) => RecordContent::ChangeCipherSpec,
        (RecordKind::Alert, [level, description]) => RecordContent::Alert { level: *level, description: *description },
        (RecordKind::Handshake, _) => messages(octets).map_or(RecordContent::Unreadable, RecordContent::Handshake),
        (RecordKind::ChangeCipherSpec | RecordKind::Alert, _) => RecordContent::Unreadable,
    }
}

fn messages(octets: &[u8]) -> Option<Vec<HandshakeSeen>> {
    let mut octets = Octets::new(octets);
    let mut messages = Vec::new();
    while !octets.is_empty() {
        let kind = u8::try_from(octets.number(1)?).ok()?;
        let body = octets.vector(3)?;
        let hello = match kind {
            1 => client_hello(body),
            2 => server_hello(body),
            _ => None,
        };
        messages.push(HandshakeSeen { kind, octets: body.rest().len(), hello });
    }
    Some(messages)
}

/// RFC 8446 §4.1.2.
fn client_hello(mut body: Octets<'_>) -> Option<Hello> {
    body.take(2 + 32)?;
    body.vector(1)?;
    let mut offered = body.vector(2)?;
    let mut suites = Vec::new();
    while !offered.is_empty() {
        suites.push(offered.number_16()?);
    }
    body.vector(1)?;
    let server_name = extension(body.vector(2)?, 0).and_then(|mut extension| {
        let mut names = extension.vector(2)?;
        // Of names there is one kind: 0, a host's.
        names.number(1).filter(|kind| *kind == 0)?;
        Some(String::from_utf8_lossy(names.vector(2)?.rest()).into_owned())
    });
    Some(Hello::Client { server_name, suites })
}

/// RFC 8446 §4.1.3.
fn server_hello(mut body: Octets<'_>) -> Option<Hello> {
    let legacy = body.number_16()?;
    body.take(32)?;
    body.vector(1)?;
    let suite = body.number_16()?;
    body.take(1)?;
    let version = body.vector(2).and_then(|extensions| extension(extensions, 43)?.number_16()).unwrap_or(legacy);
    Some(Hello::Server { suite, version })
}

fn extension(mut extensions: Octets<'_>, wanted: u16) -> Option<Octets<'_>> {
    loop {
        let kind = extensions.number_16()?;
        let body = extensions.vector(2)?;
        if kind == wanted {
            return Some(body);
        }
    }
}
