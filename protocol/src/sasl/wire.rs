//! Between octets and what stands on the wire. Knows base64 (RFC 4648 §4), and which octets no name and no password
//! of POP3 may have.

use alloc::{string::String, vec::Vec};
use core::str;

use base64ct::{Base64, Encoding as _};

use super::{ChallengeFault, SaslText};
use crate::secret::Secret;

/// What a client says, as it is written.
pub(super) fn response(octets: impl AsRef<[u8]>) -> SaslText {
    SaslText(Secret::new(encode(octets)))
}

/// Base64 with padding.
pub(super) fn encode(octets: impl AsRef<[u8]>) -> String {
    Base64::encode_string(octets.as_ref())
}

/// The octets of a base64 text; nothing for other text, or for base64 that is not canonical.
pub(super) fn decode(text: impl AsRef<[u8]>) -> Option<Vec<u8>> {
    Base64::decode_vec(str::from_utf8(text.as_ref()).ok()?).ok()
}

/// The octets of a challenge.
pub(super) fn challenge(text: &[u8]) -> Result<Vec<u8>, ChallengeFault> {
    decode(text).ok_or(ChallengeFault::NotBase64)
}

/// A name or a secret: UTF-8 without CR, LF and NUL. Behind base64, those would slip past every check of lines.
pub(super) fn clean(octets: &[u8]) -> Option<&str> {
    str::from_utf8(octets).ok().filter(|text| !text.contains(['\r', '\n', '\0']))
}
