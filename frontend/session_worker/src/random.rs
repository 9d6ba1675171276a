//! Randomness from the browser. `getRandomValues` is there on pages without HTTPS, too, unlike the rest of the Web
//! Cryptography API.

use popglass_protocol::{limits, sasl::Nonce};

use crate::host::scope;

/// A nonce for one login.
pub(crate) fn nonce() -> Nonce {
    let mut octets = [0; limits::SCRAM_NONCE_OCTETS];
    let crypto = scope().crypto().expect("every browser that runs wasm has it");
    crypto.get_random_values_with_u8_array(&mut octets).expect("it fails beyond 65,536 octets only");
    Nonce::from_octets(octets)
}
