//! The same in the browser: the client taking a message, beside the cipher that every octet from a server passes first
//! where TLS ends in the page, and a plain copy. Knows no clock: the page that calls it has one.

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit as _, Nonce, Tag,
    aead::{AeadInOut as _, inout::InOutBuf},
};
use popglass_protocol::{command::Command, types::MessageNumber};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Session, message};

/// What one TLS record holds at most (RFC 8446 §5.1).
const RECORD_OCTETS: usize = 16 * 1024;

/// A message, and the same octets encrypted record by record.
#[wasm_bindgen]
#[expect(missing_debug_implementations, reason = "JavaScript holds it, nobody prints it")]
pub struct Bench {
    wire: Vec<u8>,
    cipher: ChaCha20Poly1305,
    records: Vec<(Vec<u8>, Tag)>,
    record: Vec<u8>,
}

#[wasm_bindgen]
impl Bench {
    /// A message of about so many octets.
    ///
    /// # Panics
    /// If the cipher cannot encrypt, which it can.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(octets: usize) -> Self {
        let wire = message(octets);
        let cipher = ChaCha20Poly1305::new(&[7; 32].into());
        let mut seal = |plain: &[u8]| {
            let mut record = plain.to_vec();
            let tag = cipher
                .encrypt_inout_detached(&Nonce::default(), b"", InOutBuf::from(record.as_mut_slice()))
                .expect("a record is shorter than the cipher's limit");
            (record, tag)
        };
        let records = wire.chunks(RECORD_OCTETS).map(&mut seal).collect();
        Self { wire, cipher, records, record: Vec::with_capacity(RECORD_OCTETS) }
    }

    /// Has a client take the message in reads of so many octets; gives the octets of the reply.
    ///
    /// # Panics
    /// If the client does not take it.
    #[must_use]
    pub fn read(&self, read_octets: usize) -> usize {
        let one = MessageNumber::from_index(0).expect("1 is a number");
        let taken = Session::open().receive(Command::Retr(one), &self.wire, read_octets);
        assert_eq!(taken.replies, 1, "the whole message came out");
        self.wire.len()
    }

    /// Decrypts the records; gives their octets.
    ///
    /// # Panics
    /// If a record is not what was encrypted.
    pub fn decrypt(&mut self) -> usize {
        for (record, tag) in &self.records {
            self.record.resize(record.len(), 0);
            let buffer = InOutBuf::new(record, &mut self.record).expect("both have the same length");
            self.cipher
                .decrypt_inout_detached(&Nonce::default(), b"", buffer, tag)
                .expect("the record is what was encrypted");
        }
        self.wire.len()
    }

    /// Copies the reply in pieces of so many octets; gives its octets.
    pub fn copy(&mut self, read_octets: usize) -> usize {
        for read in self.wire.chunks(read_octets) {
            self.record.clear();
            self.record.extend_from_slice(read);
        }
        self.wire.len()
    }
}
