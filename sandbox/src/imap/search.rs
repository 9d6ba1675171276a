//! SEARCH (RFC 3501 §6.4.4): whether a message fits. Strings are looked for octet by octet, but for the case of ASCII
//! letters; nothing is decoded.

use chrono::NaiveDate;
use imap_types::{core::AString, search::SearchKey};

use crate::{
    imap::{header, view::contains},
    mailbox::Message,
};

/// A message with its number in this session.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) message: &'a Message,
    pub(super) number: u32,
    /// The largest number and the largest UID: what `*` means.
    pub(super) largest: (u32, u32),
}

impl Candidate<'_> {
    pub(super) fn fits(self, key: &SearchKey<'_>) -> bool {
        let flags = self.message.flags;
        match key {
            SearchKey::And(keys) => keys.as_ref().iter().all(|key| self.fits(key)),
            SearchKey::Or(one, other) => self.fits(one) || self.fits(other),
            SearchKey::Not(key) => !self.fits(key),
            SearchKey::All | SearchKey::Old => true,
            SearchKey::SequenceSet(set) => contains(set, self.number, self.largest.0),
            SearchKey::Uid(set) => contains(set, self.message.uid, self.largest.1),
            SearchKey::Answered => flags.answered,
            SearchKey::Unanswered => !flags.answered,
            SearchKey::Deleted => flags.deleted,
            SearchKey::Undeleted => !flags.deleted,
            SearchKey::Draft => flags.draft,
            SearchKey::Undraft => !flags.draft,
            SearchKey::Flagged => flags.flagged,
            SearchKey::Unflagged => !flags.flagged,
            SearchKey::Seen => flags.seen,
            SearchKey::Unseen => !flags.seen,
            SearchKey::Unkeyword(_) => true,
            // There is no \Recent, and there are no keywords.
            SearchKey::New | SearchKey::Recent | SearchKey::Keyword(_) => false,
            SearchKey::Larger(octets) => self.message.octets.len() > *octets as usize,
            SearchKey::Smaller(octets) => self.message.octets.len() < *octets as usize,
            SearchKey::From(text) => self.in_field("From", text),
            SearchKey::To(text) => self.in_field("To", text),
            SearchKey::Cc(text) => self.in_field("Cc", text),
            SearchKey::Bcc(text) => self.in_field("Bcc", text),
            SearchKey::Subject(text) => self.in_field("Subject", text),
            SearchKey::Header(name, text) => str::from_utf8(name.as_ref()).is_ok_and(|name| self.in_field(name, text)),
            SearchKey::Body(text) => holds(header::split(&self.message.octets).1, text),
            SearchKey::Text(text) => holds(&self.message.octets, text),
            SearchKey::Since(date) | SearchKey::SentSince(date) => self.day() >= *date.as_ref(),
            SearchKey::On(date) | SearchKey::SentOn(date) => self.day() == *date.as_ref(),
            SearchKey::Before(date) | SearchKey::SentBefore(date) => self.day() < *date.as_ref(),
        }
    }

    fn in_field(self, name: &str, text: &AString<'_>) -> bool {
        header::value(header::split(&self.message.octets).0, name).is_some_and(|value| holds(&value, text))
    }

    /// The day of its `Date:`, its time zone disregarded (§6.4.4).
    fn day(self) -> NaiveDate {
        header::date(header::split(&self.message.octets).0).map(|date| date.date_naive()).unwrap_or_default()
    }
}

fn holds(octets: &[u8], text: &AString<'_>) -> bool {
    let text = text.as_ref();
    text.is_empty() || octets.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text))
}
