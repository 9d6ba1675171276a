//! The proofs by MD5, and comparing without telling by the time taken. Knows nothing of accounts.

use alloc::string::String;
use core::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};
use subtle::ConstantTimeEq as _;

/// The digest of the APOP command (RFC 1939 §7): MD5 over the greeting's timestamp with its angle brackets, and the
/// password; in lower-case hexadecimal. MD5 collides: whoever plays the server learns about the password from many
/// logins, so APOP wants TLS as much as the password itself does.
///
/// ```
/// use popglass_protocol::sasl::apop_digest;
/// // RFC 1939 §7
/// assert_eq!(apop_digest("<1896.697170952@dbc.mtview.ca.us>", "tanstaaf"), "c4c9334bac560ecc979e58001b3e22fb");
/// ```
#[must_use]
pub fn apop_digest(stamp_text: &str, password: &str) -> String {
    hexadecimal(&Md5::new_with_prefix(stamp_text).chain_update(password).finalize())
}

/// The digest of CRAM-MD5 (RFC 2195 §2): HMAC-MD5 of the challenge, keyed by the password.
pub(super) fn cram_md5_digest(challenge: &[u8], password: &str) -> String {
    let mac = Hmac::<Md5>::new_from_slice(password.as_bytes()).expect("HMAC takes keys of any length");
    hexadecimal(&mac.chain_update(challenge).finalize().into_bytes())
}

/// Equality in a time that tells the lengths at most.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02x}").expect("a string takes every write");
        text
    })
}
