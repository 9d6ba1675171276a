//! Servers whose certificate is weak. Their signatures of the handshake are made with other keys, since nobody who makes
//! signatures today takes the weak ones; the certificate is what is judged.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_session::security::Trust;

use crate::world::{Identity, Kind, fixture};

/// Each with the trust under which nothing else is wrong with it.
pub(crate) fn identities() -> Vec<(Identity, Trust)> {
    let authority = fixture(include_str!("../fixtures/weak-authority.pem"));
    let known = Trust { authorities: vec![BASE64.encode(&authority)], ..Trust::default() };
    let of = |pem: &str, kind: Kind| Identity::new(vec![fixture(pem)], &kind.key());
    vec![
        (of(include_str!("../fixtures/weak-rsa-1024.pem"), Kind::Rsa2048), known.clone()),
        (of(include_str!("../fixtures/weak-rsa-1024-itself.pem"), Kind::Rsa2048), Trust::default()),
        (of(include_str!("../fixtures/weak-p-521.pem"), Kind::P256), known.clone()),
        (of(include_str!("../fixtures/weak-sha1.pem"), Kind::P256), known.clone()),
        (of(include_str!("../fixtures/weak-version-1.pem"), Kind::P256), known),
    ]
}
