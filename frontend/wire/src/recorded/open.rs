//! Opens recorded records with the session's secrets: what RFC 8446 §7.3 and §5.2 say, for the suite that the recording
//! uses. It is no TLS: it checks tags, and nothing else of what a client checks.

use popglass_protocol::transcript::Direction;
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Prk},
};

use crate::octets::Octets;

/// Type, version, length (RFC 8446 §5.1).
const HEADER_OCTETS: usize = 5;

/// The true types of records, and the message that is the last under the first key.
const APPLICATION_DATA: u8 = 23;
const HANDSHAKE: u8 = 22;
const FINISHED: usize = 20;

/// What was in these records, in their order; `None` for one that is not encrypted. Nothing if a secret is missing or does
/// not fit, or if the suite is not `TLS_CHACHA20_POLY1305_SHA256`.
#[must_use]
pub fn open_all(records: &[(Direction, &[u8])], key_log: &str) -> Option<Vec<Option<Vec<u8>>>> {
    let mut client = Keys::new(key_log, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0")?;
    let mut server = Keys::new(key_log, "SERVER_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0")?;
    let open = |(direction, record): &(Direction, &[u8])| match (record.first(), direction) {
        (Some(&APPLICATION_DATA), Direction::ClientToServer) => client.open(record).map(Some),
        (Some(&APPLICATION_DATA), Direction::ServerToClient) => server.open(record).map(Some),
        _ => Some(None),
    };
    records.iter().map(open).collect()
}

/// One direction: the key of the handshake, then that of the session.
struct Keys {
    current: Key,
    /// Once the handshake's last message has come.
    next: Option<Key>,
}

struct Key {
    key: LessSafeKey,
    iv: [u8; NONCE_LEN],
    /// Records so far.
    count: u64,
}

impl Keys {
    fn new(key_log: &str, handshake: &str, session: &str) -> Option<Self> {
        let key = |label| Key::new(&secret(key_log, label)?);
        Some(Self { current: key(handshake)?, next: Some(key(session)?) })
    }

    fn open(&mut self, record: &[u8]) -> Option<Vec<u8>> {
        let mut inner = self.current.open(record)?;
        // Padding, behind the type (RFC 8446 §5.4).
        while inner.last() == Some(&0) {
            inner.pop();
        }
        let (kind, content) = inner.split_last()?;
        if *kind == HANDSHAKE
            && ends_handshake(content)
            && let Some(next) = self.next.take()
        {
            self.current = next;
        }
        Some(inner)
    }
}

impl Key {
    /// RFC 8446 §7.3.
    fn new(secret: &[u8]) -> Option<Self> {
        let secret = Prk::new_less_safe(HKDF_SHA256, secret);
        let (mut key, mut iv) = ([0; 32], [0; NONCE_LEN]);
        expand(&secret, b"key", &mut key)?;
        expand(&secret, b"iv", &mut iv)?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, &key).ok()?;
        Some(Self { key: LessSafeKey::new(key), iv, count: 0 })
    }

    /// RFC 8446 §5.2, §5.3: the number of the record makes the nonce, and its header is authenticated with it.
    fn open(&mut self, record: &[u8]) -> Option<Vec<u8>> {
        let (header, ciphertext) = record.split_at_checked(HEADER_OCTETS)?;
        let mut nonce = self.iv;
        for (octet, count) in nonce.iter_mut().rev().zip(self.count.to_be_bytes().iter().rev()) {
            *octet ^= count;
        }
        self.count += 1;
        let mut inner = ciphertext.to_vec();
        let nonce = Nonce::assume_unique_for_key(nonce);
        let octets = self.key.open_in_place(nonce, Aad::from(header), &mut inner).ok()?.len();
        inner.truncate(octets);
        Some(inner)
    }
}

/// HKDF-Expand-Label without context (RFC 8446 §7.1).
fn expand(secret: &Prk, label: &[u8], key: &mut [u8]) -> Option<()> {
    struct Length(usize);
    impl KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let length = u16::try_from(key.len()).ok()?.to_be_bytes();
    let label_octets = [u8::try_from(6 + label.len()).ok()?];
    let info = [&length[..], &label_octets, b"tls13 ", label, &[0]];
    secret.expand(&info, Length(key.len())).ok()?.fill(key).ok()
}

/// The secret with this label, out of a log: label, the client's random, secret, in hexadecimal.
fn secret(key_log: &str, label: &str) -> Option<Vec<u8>> {
    let line = key_log.lines().find(|line| line.split(' ').next() == Some(label))?;
    let digits = line.split(' ').nth(2)?;
    let octet = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.as_bytes().chunks(2).map(octet).collect()
}

fn ends_handshake(messages: &[u8]) -> bool {
    let mut messages = Octets::new(messages);
    let mut last = None;
    while let (Some(kind), Some(_)) = (messages.number(1), messages.vector(3)) {
        last = Some(kind);
    }
    last == Some(FINISHED)
}
