//! A whole message into what the reader shows, and out of it one attachment.

use std::collections::HashSet;

use mail_parser::{HeaderName, MessageParser};

use crate::limits::{PARAGRAPHS_MAX, PARTS_MAX, TEXT_OCTETS_MAX};
use crate::parts::{self, Parts};
use crate::wire::{Address, Attachment, Message, Paragraph};
use crate::{envelope, html, structure, text};

/// Reads a message. Nothing if it is none, or built to exhaust its reader.
pub(crate) fn read(octets: &[u8]) -> Option<Message> {
    let parsed = parse(octets)?;
    let parts = Parts::of(&parsed);
    let (text, text_is_whole) = text_of(&parsed, &parts);
    let shown = parts
        .html
        .and_then(|place| parsed.parts.get(place))
        .and_then(|part| html::show(&parts::characters(&parsed, part), &parts::images(&parsed)));
    let images_shown = shown.as_ref().map(|shown| shown.image_parts.as_slice()).unwrap_or_default();
    // HTML that is not shown, since it is too large or did not pass the audit, can still be saved.
    let html_kept_back = parts.html.filter(|_| shown.is_none());
    let mut places = parts.attachments.clone();
    places.extend(html_kept_back);
    places.sort_unstable();
    let attachments = places
        .into_iter()
        .filter_map(|place| Some((place, parsed.parts.get(place)?)))
        .map(|(place, part)| Attachment {
            inline: images_shown.contains(&place),
            ..parts::attachment(&parsed, place, part)
        })
        .collect();
    let from = envelope::addresses(&parsed, HeaderName::From);
    let (header, header_is_whole) = envelope::fields(&parsed);
    Some(Message {
        reply_to: differing(envelope::addresses(&parsed, HeaderName::ReplyTo), &from),
        from,
        to: envelope::addresses(&parsed, HeaderName::To),
        cc: envelope::addresses(&parsed, HeaderName::Cc),
        subject: envelope::subject(&parsed),
        date_ms: envelope::date_ms(&parsed),
        text,
        remote_blocked: shown.as_ref().map_or(0, |shown| shown.remote_blocked),
        html: shown.map(|shown| shown.document),
        attachments,
        header,
        malformed: is_malformed(&parsed),
        truncated: !text_is_whole || !header_is_whole || parts.html_too_large || html_kept_back.is_some(),
    })
}

/// The attachment with this index, with its octets.
pub(crate) fn attachment(octets: &[u8], index: usize) -> Option<(Attachment, Vec<u8>)> {
    let parsed = parse(octets)?;
    let part = parsed.parts.get(index).filter(|part| !part.is_multipart())?;
    Some((parts::attachment(&parsed, index, part), parts::octets(&parsed, part).into_owned()))
}

fn parse(octets: &[u8]) -> Option<mail_parser::Message<'_>> {
    if !structure::is_within_limits(octets) {
        return None;
    }
    MessageParser::new().parse(octets).filter(|message| message.parts.len() <= PARTS_MAX)
}

/// The text parts one after the other with a blank paragraph between, and whether that is all of them.
fn text_of(message: &mail_parser::Message<'_>, parts: &Parts) -> (Vec<Paragraph>, bool) {
    let mut paragraphs = Vec::new();
    let mut octets_left = TEXT_OCTETS_MAX;
    let mut is_whole = true;
    for part in parts.texts.iter().filter_map(|place| message.parts.get(*place)) {
        let characters = parts::characters(message, part);
        let end = characters.floor_char_boundary(octets_left);
        is_whole &= end == characters.len();
        octets_left -= end;
        let next = text::paragraphs(characters.get(..end).unwrap_or_default(), parts::format(part));
        if !paragraphs.is_empty() && !next.is_empty() {
            paragraphs.push(Paragraph::default());
        }
        paragraphs.extend(next);
    }
    is_whole &= paragraphs.len() <= PARAGRAPHS_MAX;
    paragraphs.truncate(PARAGRAPHS_MAX);
    (paragraphs, is_whole)
}

/// Reply-To, if it names anybody who is no author.
fn differing(reply_to: Vec<Address>, from: &[Address]) -> Vec<Address> {
    let authors: HashSet<String> = from.iter().map(|author| author.address.to_lowercase()).collect();
    let differs = reply_to.iter().any(|address| !authors.contains(&address.address.to_lowercase()));
    if differs { reply_to } else { Vec::new() }
}

/// RFC 5322 §3.6 allows one From, Subject and Date: a second one can show each reader another author.
fn is_malformed(message: &mail_parser::Message<'_>) -> bool {
    let stands_twice = |field: HeaderName<'static>| message.header_values(field).nth(1).is_some();
    message.parts.iter().any(|part| part.is_encoding_problem)
        || [HeaderName::From, HeaderName::Subject, HeaderName::Date].into_iter().any(stands_twice)
}
