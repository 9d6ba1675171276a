//! How a secret can be found where it should not be: as it is, and in base64. Knows no place to look.

use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
use memchr::memmem;

/// The secret, and what can be seen of it in base64, at whichever of three places it begins there.
#[must_use]
pub fn disguises(secret: &str) -> Vec<String> {
    let mut disguises = vec![secret.to_owned()];
    for before in 0..3 {
        let octets = [&vec![0; before], secret.as_bytes()].concat();
        let encoded = BASE64_STANDARD_NO_PAD.encode(&octets);
        // A digit holds six bits: those that are the secret's alone.
        disguises.push(encoded[(before * 8).div_ceil(6)..octets.len() * 8 / 6].to_owned());
    }
    disguises
}

/// Whether the secret is there in any disguise.
#[must_use]
pub fn holds(octets: &[u8], secret: &str) -> bool {
    disguises(secret).iter().any(|disguise| memmem::find(octets, disguise.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_base64_wherever_it_begins() {
        for text in ["open sesame", "\0alex\0open sesame", "alex open sesame", "aopen sesame!", "abopen sesame\x01\x01"]
        {
            let encoded = BASE64_STANDARD_NO_PAD.encode(text);
            let found = |text: &str| holds(text.as_bytes(), "open sesame");
            assert!(found(text) && found(&encoded) && !found("open sesam"), "{text:?} {encoded}");
        }
    }
}
