//! English: messages of the handshake, and the two hellos.

use super::super::{HelloTexts, words};

pub(super) const TEXTS: HelloTexts = HelloTexts {
    client_hello: words(
        "Message: {}",
        "The client speaks first: which versions and methods it knows, which server it wants, and its half of the key \
         exchange. All of it can be read by anybody.",
    ),
    server_hello: words(
        "Message: {}",
        "The server chooses a method and adds its half of the key exchange. From here on both can work out the keys, and \
         everything that they have to say is encrypted.",
    ),
    new_session_ticket: words(
        "Message: {}",
        "A gift for the next time: with this ticket the client can come back without certificates being shown again. It \
         is sent after the handshake.",
    ),
    encrypted_extensions: words(
        "Message: {}",
        "The server's answers to extensions that the key exchange does not need. They are encrypted, as everything from \
         now on.",
    ),
    certificate: words(
        "Message: {}",
        "The server shows who it is. It is encrypted, so that a listener does not see the certificate.",
    ),
    certificate_verify: words(
        "Message: {}",
        "Anybody can copy a certificate. Here the server proves that it holds the key that belongs to it.",
    ),
    finished: words(
        "Message: {}",
        "A checksum over the whole conversation so far. Had anybody changed a single octet on the way, the two sides would \
         notice now.",
    ),
    message_other: words("Message: {}", "A message of the handshake that does not occur in this recording."),
    message_length: words("Length of the message", "This many octets belong to this message of the handshake."),
    legacy_version: words(
        "Old version field",
        "Always says TLS 1.2. Old servers broke when they saw a greater number, so the true version stands in the extension \
         supported_versions.",
    ),
    client_random: words(
        "Random octets of the client",
        "32 octets of chance, new for each connection. They make sure that nobody can play back an old recording.",
    ),
    server_random: words(
        "Random octets of the server",
        "32 octets of chance. If the server could do TLS 1.3 and speaks an older version all the same, the last eight say \
         so, and an attack that talks both into it is noticed.",
    ),
    session_id_length: words("Length of the session ID", "This many octets of session ID follow, 32 at most."),
    client_session_id: words(
        "Session ID",
        "TLS 1.3 needs none. The client sends random octets, so that the connection looks like an old one to devices on \
         the way.",
    ),
    server_session_id: words(
        "Session ID, sent back",
        "The server repeats what the client sent. That, too, is only for looks.",
    ),
    suites_length: words("Length of the list of cipher suites", "Each cipher suite takes two octets."),
    suite_signal: words(
        "Cipher suite: {}",
        "No method at all but a signal for TLS 1.2: the client knows the safe form of renegotiation.",
    ),
    suite_of_1_3: words(
        "Cipher suite: {}",
        "A method of TLS 1.3 that the client offers: a cipher with authentication, and a hash from which keys are derived. \
         The first is the one that it likes best.",
    ),
    suite_of_1_2: words(
        "Cipher suite: {}",
        "A method of TLS 1.2, offered in case the server knows nothing newer. It is of no use in TLS 1.3.",
    ),
    suite_chosen: words(
        "Chosen cipher suite: {}",
        "Of all that the client offered, the server takes this one. It encrypts with the cipher that the name names.",
    ),
    compressions_length: words(
        "Length of the list of compression methods",
        "One octet for each method: here there is one.",
    ),
    compression: words(
        "No compression",
        "Always zero. Compressing before encrypting gave secrets away by the length of what came out (the CRIME attack), so \
         TLS 1.3 has none.",
    ),
};
