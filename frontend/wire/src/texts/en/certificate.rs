//! English: certificates, the proof that belongs to them, and the checksums at the end.

use super::super::{CertificateTexts, words};

pub(super) const TEXTS: CertificateTexts = CertificateTexts {
    context_length: words("Length of the context", "0: the context matters only where a certificate was asked for."),
    context: words("Context", "Names the request that this certificate answers."),
    certificates_length: words(
        "Length of the chain",
        "This many octets of certificates follow, the server's own first.",
    ),
    length: words("Length of the certificate", "The next certificate has this many octets."),
    header: words(
        "Beginning of the certificate",
        "A certificate is boxes within boxes (DER). Each begins with a type and a length. The outer box holds what is signed \
         and the signature, the inner one what is signed.",
    ),
    version: words("Version of the certificate", "2 stands for X.509 version 3, since counting begins with 0."),
    serial: words(
        "Serial number",
        "The authority gives each certificate a different one. By it a certificate can be revoked.",
    ),
    algorithm: words(
        "Signature algorithm",
        "What the authority signed with. It stands here twice: inside what is signed, and beside the signature.",
    ),
    issuer: words(
        "Issuer",
        "The authority that vouches for the server. The client knows it already and trusts it, or refuses.",
    ),
    validity: words(
        "Valid from, valid until",
        "Before and after, the client refuses the certificate, by its own clock.",
    ),
    subject: words(
        "Subject",
        "Whom the certificate is for. Clients do not look here for the name any more, but in the alternative names.",
    ),
    key: words(
        "Public key of the server",
        "What the certificate is about: it binds this key to the name. The private key that belongs to it never leaves the \
         server.",
    ),
    extensions_header: words("Beginning of the extensions", "Two boxes around the extensions of the certificate."),
    alternative_names: words(
        "Extension: alternative names",
        "The names that the certificate is for. The client looks here for the name that it wanted.",
    ),
    key_usage: words("Extension: key usage", "What the key may be used for: here for signatures."),
    extended_key_usage: words(
        "Extension: extended key usage",
        "Which role the certificate is for: here to be a server. Nobody can sign mail with it.",
    ),
    extension: words(
        "Extension of the certificate",
        "More about the certificate. What a client must know is marked as critical.",
    ),
    signature: words(
        "Signature of the authority",
        "Made with the authority's private key over all that is signed. The client checks it with the authority's public key. \
         Whoever changes a letter breaks it.",
    ),
    verify_scheme: words(
        "Signature scheme: {}",
        "What the server signs with. It must be one of those that the client offered.",
    ),
    verify_length: words("Length of the signature", "This many octets of signature follow."),
    verify_signature: words(
        "Signature of the server",
        "Over the whole handshake so far, with the private key that belongs to the certificate. Somebody with a copied \
         certificate cannot make it.",
    ),
    client_finished: words(
        "Checksum of the client",
        "With a secret that only the two have, over everything that was said, certificate included. After it the client may \
         send its password.",
    ),
    server_finished: words(
        "Checksum of the server",
        "With a secret that only the two have, over everything that was said. It proves that nobody has changed the hellos on \
         the way.",
    ),
};
