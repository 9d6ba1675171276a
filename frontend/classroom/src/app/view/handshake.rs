//! The recorded TLS session, cut into its parts, with what each of them is. Knows no key: what is deciphered was so before.

use std::fmt::Write as _;

use popglass_wire::{
    recorded::{Span, session},
    texts::explain,
};

use super::lines::{LineKind, kind_of};
use crate::i18n::Language;

/// Octets of one part that are written out; of a certificate nobody reads more.
const OCTETS_SHOWN_MAX: usize = 24;

/// A part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OctetsVm {
    /// In hexadecimal; a long one is cut.
    pub octets: String,
    /// What it is.
    pub title: String,
    /// What it is for.
    pub text: &'static str,
    /// Where that is specified.
    pub rfc: &'static str,
}

/// A record of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordVm {
    /// Who sent it.
    pub from: LineKind,
    /// Octets on the wire.
    pub octets: usize,
    /// Its parts as they were on the wire.
    pub outside: Vec<OctetsVm>,
    /// What was in it, deciphered; empty if it was in the clear.
    pub inside: Vec<OctetsVm>,
}

/// The recorded session.
#[must_use]
pub fn view_handshake(language: Language) -> Vec<RecordVm> {
    let record = |record: &popglass_wire::recorded::Record| RecordVm {
        from: kind_of(record.direction),
        octets: record.wire.len(),
        outside: parts(language, record.wire, &record.wire_spans()),
        inside: parts(language, record.inner.unwrap_or_default(), &record.inner_spans()),
    };
    session().iter().map(record).collect()
}

fn parts(language: Language, octets: &[u8], spans: &[Span]) -> Vec<OctetsVm> {
    let part = |span: &Span| {
        let told = explain(span.part);
        let told = language.of(&told);
        OctetsVm {
            octets: hexadecimal(octets.get(span.range.clone()).unwrap_or_default()),
            title: told.title.clone(),
            text: told.text,
            rfc: span.part.section(),
        }
    };
    spans.iter().map(part).collect()
}

fn hexadecimal(octets: &[u8]) -> String {
    let mut text = String::with_capacity(OCTETS_SHOWN_MAX * 3 + 2);
    for octet in octets.iter().take(OCTETS_SHOWN_MAX) {
        write!(text, "{octet:02x} ").expect("writing to a string");
    }
    if octets.len() > OCTETS_SHOWN_MAX {
        text.push('…');
    }
    text.trim_end().to_owned()
}
