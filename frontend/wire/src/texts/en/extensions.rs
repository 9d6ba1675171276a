//! English: extensions.

use super::super::{ExtensionTexts, words};

pub(super) const TEXTS: ExtensionTexts = ExtensionTexts {
    all_length: words("Length of all extensions", "This many octets of extensions follow; 0 says that there are none."),
    kind_server_name: words(
        "Extension: {}",
        "Which server the client wants, by name. One machine may serve many names, and must know which certificate to show. \
         It travels in the clear: listeners read it.",
    ),
    kind_status_request: words(
        "Extension: {}",
        "The client would like proof, along with the certificate, that it has not been revoked (OCSP).",
    ),
    kind_groups: words(
        "Extension: {}",
        "The kinds of mathematics that the client can exchange keys with, its favourite first.",
    ),
    kind_point_formats: words("Extension: {}", "How points on a curve are written. It matters to TLS 1.2 alone."),
    kind_schemes: words(
        "Extension: {}",
        "The signatures that the client can check, in certificates and in CertificateVerify.",
    ),
    kind_master_secret: words(
        "Extension: {}",
        "Mends a weakness of TLS 1.2, by tying its keys to the whole handshake. TLS 1.3 always does so.",
    ),
    kind_session_ticket: words(
        "Extension: {}",
        "The client can keep tickets as TLS 1.2 knows them. TLS 1.3 has tickets of another kind.",
    ),
    kind_versions: words(
        "Extension: {}",
        "Here versions are really agreed on: the client lists what it can do, the server names what it chose.",
    ),
    kind_psk_modes: words(
        "Extension: {}",
        "How the client would come back with a ticket. Without this, the server should not give it any.",
    ),
    kind_key_share: words(
        "Extension: {}",
        "One half of the key exchange (Diffie–Hellman). Both halves travel in the clear, and yet a listener cannot work out \
         the key from them.",
    ),
    kind_other: words("Extension: {}", "An extension that does not occur in this recording."),
    length: words(
        "Length of the extension",
        "This many octets belong to it; 0 says that being there is all that it says.",
    ),
    body: words("Content of {}", "What the extension says."),
    server_names_length: words(
        "Length of the list of names",
        "This many octets of names follow. In practice there is one.",
    ),
    server_name_type: words("Type of the name", "0 is the name of a host. There has never been another one."),
    server_name_length: words("Length of the name", "The name has this many octets."),
    server_name: words(
        "Name of the server",
        "The one thing that anybody on the way can read in plain letters. The certificate must be for this name.",
    ),
    status_type: words(
        "Type of the proof",
        "1 is OCSP: a short, signed answer of the authority about this certificate.",
    ),
    responder_ids_length: words(
        "Length of the list of responders",
        "0: the client names none; the server knows whom to ask.",
    ),
    status_extensions_length: words("Length of the request's extensions", "0: there are none."),
    groups_length: words("Length of the list of groups", "Each group takes two octets."),
    group: words("Group: {}", "A curve or other mathematics that keys can be exchanged with."),
    point_formats_length: words("Length of the list of formats", "Each takes one octet."),
    point_format: words(
        "Format: {}",
        "0 is uncompressed: both coordinates are written out. Nothing else is used any more.",
    ),
    schemes_length: words("Length of the list of signature schemes", "Each scheme takes two octets."),
    scheme: words("Signature scheme: {}", "A kind of key and a hash that a signature may be made with."),
    versions_length: words("Length of the list of versions", "Each version takes two octets."),
    version: words("Version: {}", "The client can speak this version."),
    version_chosen: words(
        "Chosen version: {}",
        "The server has chosen this version. This is where the two agree on it.",
    ),
    psk_modes_length: words("Length of the list of modes", "Each takes one octet."),
    psk_mode: words(
        "Mode: {}",
        "1: a ticket together with a new key exchange. So an old key that is stolen later does not open the new connection.",
    ),
    key_shares_length: words("Length of all key shares", "This many octets of key shares follow."),
    key_share_group: words("Group of the key share: {}", "The mathematics that this half belongs to."),
    key_share_length: words("Length of the key share", "This half has this many octets; with x25519 it is always 32."),
    client_key_share: words(
        "Key share of the client",
        "The client's public half, made for this connection alone. The secret half never leaves the client, and is forgotten \
         afterwards.",
    ),
    server_key_share: words(
        "Key share of the server",
        "The server's public half. From its own secret half and the other's public one, each side works out the same number: \
         all keys come from it.",
    ),
};
