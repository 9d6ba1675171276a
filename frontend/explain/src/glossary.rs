//! The words of POP3 and mail: which there are and where they are specified. What they are called and mean is said in
//! each language's texts, in this order; an array's length keeps a language from leaving one out.

use crate::{
    texts,
    words::{Language, Term},
};

/// How many words there are.
pub(crate) const COUNT: usize = TERMS.len();

/// Their lasting names, and where they are specified; nothing where no RFC does.
const TERMS: [(&str, &str); 48] = [
    ("address", "RFC 5322 §3.4.1"),
    ("apop", "RFC 1939 §7"),
    ("ascii", "RFC 20"),
    ("attacker-in-the-middle", "RFC 3552 §3.3.5"),
    ("autologout", "RFC 1939 §3"),
    ("base64", "RFC 4648 §4"),
    ("bridge", ""),
    ("capability", "RFC 2449 §5"),
    ("certificate", "RFC 5280 §3"),
    ("challenge", "RFC 5034 §4"),
    ("client", "RFC 1939 §1"),
    ("command", "RFC 1939 §3"),
    ("crlf", "RFC 1939 §3"),
    ("digest", "RFC 1321 §1"),
    ("dot-stuffing", "RFC 1939 §3"),
    ("envelope", "RFC 5321 §2.3.1"),
    ("extension", "RFC 2449 §5"),
    ("greeting", "RFC 1939 §4"),
    ("header", "RFC 5322 §2.2"),
    ("imap", "RFC 9051"),
    ("implicit-tls", "RFC 8314 §3"),
    ("in-the-clear", "RFC 8314 §1"),
    ("leave-on-server", ""),
    ("lock", "RFC 1939 §4"),
    ("lone-dot", "RFC 1939 §3"),
    ("maildrop", "RFC 1939 §3"),
    ("mark", "RFC 1939 §5"),
    ("mechanism", "RFC 4422 §3.1"),
    ("message-number", "RFC 1939 §4"),
    ("mime", "RFC 2045"),
    ("multi-line", "RFC 1939 §3"),
    ("octet", "RFC 1939 §11"),
    ("pipelining", "RFC 2449 §6.6"),
    ("pop3", "RFC 1939"),
    ("port", "RFC 6335 §3"),
    ("response-code", "RFC 2449 §8"),
    ("rfc", ""),
    ("sasl", "RFC 4422"),
    ("scram", "RFC 5802"),
    ("server", "RFC 1939 §1"),
    ("session", "RFC 1939 §3"),
    ("smtp", "RFC 5321"),
    ("state", "RFC 1939 §3"),
    ("status-indicator", "RFC 1939 §3"),
    ("stls", "RFC 2595 §4"),
    ("tls", "RFC 8446"),
    ("unique-id", "RFC 1939 §7"),
    ("utf-8", "RFC 3629"),
];

/// Lists the words of POP3 and mail, in the order of the alphabet of their language.
#[must_use]
pub fn glossary(language: Language) -> Vec<Term> {
    let words = texts::of(language).glossary.iter();
    let mut terms: Vec<Term> = TERMS
        .iter()
        .zip(words)
        .map(|((id, rfc), (term, what))| Term {
            id: (*id).into(),
            term: (*term).into(),
            what: (*what).into(),
            rfc: (*rfc).into(),
        })
        .collect();
    terms.sort_by_key(|term| sorted_by(&term.term));
    terms
}

/// As a dictionary sorts: without regard to case, ä with a.
fn sorted_by(term: &str) -> String {
    term.to_lowercase().replace('ä', "a").replace('ö', "o").replace('ü', "u").replace('ß', "ss")
}
