//! English: records, alerts, POP3 and tickets.

use super::super::{SessionTexts, words};

pub(super) const TEXTS: SessionTexts = SessionTexts {
    record_change_cipher_spec: words(
        "Type of the record: {}, change cipher spec",
        "A leftover of older versions. TLS 1.3 sends it so that old devices on the way take the connection for one that \
         they know.",
    ),
    record_alert: words("Type of the record: {}, alert", "An alert says that the connection ends, or what went wrong."),
    record_handshake: words(
        "Type of the record: {}, handshake",
        "The record holds messages of the handshake that are not encrypted yet. Anybody on the way can read them.",
    ),
    record_application_data: words(
        "Type of the record: {}, application data",
        "Every encrypted record says this of itself, whatever is in it. What it really is, is encrypted along with it.",
    ),
    record_other: words("Type of the record: {}", "TLS knows no such type. A client would end the connection."),
    record_version: words(
        "Version of the record",
        "It says TLS 1.0 or TLS 1.2 and means nothing any more: nobody looks at it. The true version is agreed on in the \
         hellos.",
    ),
    record_length: words(
        "Length of the record",
        "This many octets follow. Whoever listens can read it, and so knows how much was said.",
    ),
    ciphertext: words(
        "Encrypted content",
        "Without the key this cannot be told from chance. With the key it is the text beside it, octet by octet.",
    ),
    tag: words(
        "Authentication tag",
        "A checksum that only somebody with the key can make. If a single bit of the record was changed on the way, it does \
         not fit, and the connection ends.",
    ),
    inner_alert: words(
        "True type: {}, alert",
        "The last octet inside tells what the record really is: here, an alert.",
    ),
    inner_handshake: words(
        "True type: {}, handshake",
        "The last octet inside tells what the record really is. Since the ServerHello the handshake is encrypted, too.",
    ),
    inner_application_data: words(
        "True type: {}, application data",
        "The last octet inside tells what the record really is: here, what the two programs have to say to each other, POP3.",
    ),
    inner_other: words("True type: {}", "TLS knows no such type. A client would end the connection."),
    change_cipher_spec: words(
        "Always 1",
        "In older versions it said: from here on I encrypt. In TLS 1.3 it says nothing, and whoever receives it drops it.",
    ),
    alert_level: words("Level: {}", "1 is a warning, 2 is fatal. In TLS 1.3 the reason alone counts, which follows."),
    alert_close: words(
        "Reason: {}, close_notify",
        "The goodbye: nothing more will come from this side. Without it, nobody could tell the end of the \
         conversation from a cut cable.",
    ),
    alert_other: words("Reason: {}", "A number for what went wrong. After it the connection is over."),
    client_pop3: words(
        "POP3: what the client says",
        "At last what all this was for. Whoever listens sees neither the command nor the password, only how many octets \
         were sent.",
    ),
    server_pop3: words(
        "POP3: what the server says",
        "The server's answer, exactly as it would be without TLS. POP3 does not notice that it is encrypted.",
    ),
    ticket_lifetime: words(
        "Lifetime of the ticket",
        "For this many seconds the ticket can be used. TLS allows seven days at most.",
    ),
    ticket_age_add: words(
        "Veil for the ticket's age",
        "A random number that the client adds to the ticket's age when it shows it, so that listeners cannot tell which \
         connections belong together.",
    ),
    ticket_nonce_length: words("Length of the nonce", "This many octets of nonce follow."),
    ticket_nonce: words(
        "Nonce of the ticket",
        "Different for each ticket of a connection, so that each one stands for another key.",
    ),
    ticket_length: words("Length of the ticket", "This many octets of ticket follow."),
    ticket: words(
        "Ticket",
        "The client shows it when it comes back, and both go on from the old keys. What is in it matters to the server alone.",
    ),
    unknown: words(
        "Unknown",
        "This recording has no name for these octets. They may be against the rules, or from a newer version of TLS.",
    ),
};
