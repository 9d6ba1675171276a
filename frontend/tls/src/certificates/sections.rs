//! The certificate view's sections, in one language.

use popglass_session::security::{Section, Secured};
use rustls_pki_types::CertificateDer;

use super::{Facts, digest, facts::pairs, neutral};
use crate::texts::Texts;

/// Certificates of a chain that are shown.
pub(super) const CERTIFICATES_SHOWN_MAX: usize = 8;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What the connection stands on.
pub(super) fn of_connection(secured: &Secured, texts: &Texts) -> Section {
    let labels = &texts.certificates;
    let mut rows = vec![
        (labels.ends, (labels.ends_where)(secured.ends).to_owned()),
        (labels.version, neutral(&secured.summary.version)),
        (labels.suite, neutral(&secured.summary.suite)),
        (labels.server_name, neutral(&secured.summary.server_name)),
        (labels.vouched, (labels.vouched_by)(secured.vouched).to_owned()),
    ];
    if secured.resumed {
        rows.push((labels.resumed, labels.resumed_meaning.to_owned()));
    }
    rows.push((labels.revocation, labels.revocation_unchecked.to_owned()));
    section(labels.connection.to_owned(), rows)
}

/// Each certificate, the server's first. `now` is in seconds since 1970.
pub(crate) fn of_chain(chain: &[CertificateDer<'_>], now: Option<i64>, texts: &Texts) -> Vec<Section> {
    let shown = chain.iter().take(CERTIFICATES_SHOWN_MAX).enumerate();
    shown
        .map(|(index, certificate)| match Facts::read(certificate) {
            Some(facts) => of_certificate(&facts, index, now, texts),
            None => unreadable(certificate, index, texts),
        })
        .collect()
}

fn of_certificate(facts: &Facts, index: usize, now: Option<i64>, texts: &Texts) -> Section {
    let labels = &texts.certificates;
    let mut names = facts.names.clone();
    if facts.names_left_out > 0 {
        names.push((labels.and_more)(facts.names_left_out));
    }
    let mut rows = vec![(labels.subject, lines(&facts.subject, labels.nothing))];
    if !names.is_empty() || !facts.authority {
        rows.push((labels.names, lines(&names, labels.nothing)));
    }
    let issuer = if facts.self_issued { labels.itself.to_owned() } else { lines(&facts.issuer, labels.nothing) };
    rows.extend([
        (labels.issuer, issuer),
        (labels.valid_from, texts.date(facts.not_before)),
        (labels.valid_until, valid_until(facts, now, texts)),
        (labels.key, (labels.key_kind)(&facts.key)),
        (labels.signature, facts.signature.clone()),
        (labels.authority, (if facts.authority { labels.yes } else { labels.no }).to_owned()),
        (labels.serial, facts.serial.clone()),
        (labels.fingerprint, facts.fingerprint.clone()),
    ]);
    section((labels.heading)(index, facts.authority), rows)
}

/// The date, and how far away it is.
fn valid_until(facts: &Facts, now: Option<i64>, texts: &Texts) -> String {
    let date = texts.date(facts.not_after);
    let Some(now) = now else { return date };
    let labels = &texts.certificates;
    let days = |seconds: i64| u64::try_from(seconds / DAY_SECONDS).unwrap_or(0);
    let distance = if now < facts.not_before {
        labels.not_yet_valid.to_owned()
    } else if now > facts.not_after {
        (labels.expired_since)(days(now.saturating_sub(facts.not_after)))
    } else {
        (labels.days_left)(days(facts.not_after.saturating_sub(now)))
    };
    format!("{date}\n{distance}")
}

fn unreadable(certificate: &CertificateDer<'_>, index: usize, texts: &Texts) -> Section {
    let labels = &texts.certificates;
    let rows = vec![(labels.subject, labels.unreadable.to_owned()), (labels.fingerprint, pairs(&digest(certificate)))];
    section((labels.heading)(index, false), rows)
}

fn lines(parts: &[String], nothing: &str) -> String {
    if parts.is_empty() { nothing.to_owned() } else { parts.join("\n") }
}

fn section(heading: String, rows: Vec<(&'static str, String)>) -> Section {
    let rows = rows.into_iter().map(|(label, value)| (label.to_owned(), value)).collect();
    Section { heading, rows }
}
