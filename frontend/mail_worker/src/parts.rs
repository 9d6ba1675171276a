//! Sorts the parts of a message: which are its text, which one its HTML, and which are attachments; and hands out their
//! octets exactly as they were sent. mail-parser makes up an HTML body from a text body and the other way round, and
//! decodes the charset of text attachments: neither is wanted here.

use std::borrow::Cow;
use std::collections::HashMap;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};

use crate::envelope::{decoded, raw_message_slice};
use crate::html::Raster;
use crate::limits::HTML_OCTETS_MAX;
use crate::names;
use crate::text::Format;
use crate::wire::Attachment;

/// The parts of a message by use; numbers are places in [`Message::parts`].
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Shown as text, one after the other.
    pub(crate) texts: Vec<usize>,
    /// Shown as HTML. One at most: parts joined into one document could read each other (EFAIL, 2018).
    pub(crate) html: Option<usize>,
    /// All other parts that hold something.
    pub(crate) attachments: Vec<usize>,
    /// The HTML part is larger than what is shown; it is among the attachments.
    pub(crate) html_too_large: bool,
}

impl Parts {
    /// Sorts the parts of a message.
    pub(crate) fn of(message: &Message<'_>) -> Self {
        let mut parts = Self::default();
        for place in message.text_body.iter().filter_map(|place| usize::try_from(*place).ok()) {
            if message.parts.get(place).is_some_and(is_plain_text) {
                parts.texts.push(place);
            }
        }
        let html = message
            .html_body
            .iter()
            .filter_map(|place| usize::try_from(*place).ok())
            .find(|place| message.parts.get(*place).is_some_and(|part| matches!(part.body, PartType::Html(_))));
        let html_octets = html.and_then(|place| message.parts.get(place)).map_or(0, MessagePart::len);
        parts.html_too_large = html_octets > HTML_OCTETS_MAX;
        parts.html = html.filter(|_| !parts.html_too_large);
        // A multipart without a single boundary is read as one text; there is nothing else to show.
        if parts.texts.is_empty() && html.is_none() && message.parts.len() == 1 {
            let is_broken_multipart = message.content_type().is_some_and(|content| content.ctype() == "multipart");
            parts.texts.extend(is_broken_multipart.then_some(0));
        }
        let is_attachment = |(place, part): (usize, &MessagePart<'_>)| {
            let is_shown = parts.texts.contains(&place) || parts.html == Some(place);
            (!is_shown && !part.is_multipart()).then_some(place)
        };
        parts.attachments = message.parts.iter().enumerate().filter_map(is_attachment).collect();
        // A header alone, or a body that holds nothing.
        parts.attachments.retain(|place| *place != 0 || message.parts.first().is_some_and(|part| !part.is_empty()));
        parts
    }
}

fn is_plain_text(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Text(_))
        && part.content_type().is_none_or(|content| content.ctype() == "text" && content.subtype() == Some("plain"))
}

/// How the lines of a text part end (RFC 3676 §4: parameters of its Content-Type).
pub(crate) fn format(part: &MessagePart<'_>) -> Format {
    let has = |name: &str, wanted: &str| {
        let content_type = part.content_type();
        content_type.and_then(|content| content.attribute(name)).is_some_and(|value| value.eq_ignore_ascii_case(wanted))
    };
    if has("format", "flowed") { Format::Flowed { delete_space: has("delsp", "yes") } } else { Format::Fixed }
}

/// The characters of a text or HTML part. Undeclared, or declared as what nobody knows, it is UTF-8 if it can be, else
/// windows-1252, which is what such mail mostly is.
pub(crate) fn characters<'a>(message: &'a Message<'_>, part: &'a MessagePart<'_>) -> Cow<'a, str> {
    let (PartType::Text(parsed) | PartType::Html(parsed)) = &part.body else { return Cow::Borrowed("") };
    let declared = part.content_type().and_then(|content| content.attribute("charset"));
    if declared.and_then(|charset| charset_decoder(charset.as_bytes())).is_some() || !parsed.contains('\u{FFFD}') {
        return Cow::Borrowed(parsed);
    }
    match (std::str::from_utf8(&octets(message, part)), charset_decoder(b"windows-1252")) {
        (Err(_), Some(decode)) => Cow::Owned(decode(&octets(message, part))),
        (Ok(_), _) | (Err(_), None) => Cow::Borrowed(parsed),
    }
}

/// The octets of a part after its transfer encoding is undone, charset and line ends as they were.
pub(crate) fn octets<'a>(message: &'a Message<'_>, part: &'a MessagePart<'_>) -> Cow<'a, [u8]> {
    let raw = raw_message_slice(message, part.raw_body_offset(), part.raw_end_offset());
    match (&part.body, part.encoding) {
        (PartType::Multipart(_), _) => Cow::Borrowed(&[]),
        (PartType::Binary(octets) | PartType::InlineBinary(octets), _) => Cow::Borrowed(octets),
        (PartType::Message(nested), Encoding::Base64 | Encoding::QuotedPrintable) => {
            Cow::Borrowed(nested.raw_message())
        }
        (_, Encoding::None) if part.is_encoding_problem => decoded_octets(raw, declared_encoding(part)),
        (_, encoding) => decoded_octets(raw, encoding),
    }
}

/// mail-parser gives up on an encoding where the part ends too early; what came of it is still worth having.
fn declared_encoding(part: &MessagePart<'_>) -> Encoding {
    match part.content_transfer_encoding() {
        Some(encoding) if encoding.eq_ignore_ascii_case("base64") => Encoding::Base64,
        Some(encoding) if encoding.eq_ignore_ascii_case("quoted-printable") => Encoding::QuotedPrintable,
        Some(_) | None => Encoding::None,
    }
}

fn decoded_octets(raw: &[u8], encoding: Encoding) -> Cow<'_, [u8]> {
    let decoded = match encoding {
        Encoding::None => None,
        Encoding::Base64 => base64_decode(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
    };
    decoded.map_or(Cow::Borrowed(raw), Cow::Owned)
}

/// The raster images of a message by Content-ID; of two with the same id the first counts.
pub(crate) fn images<'a>(message: &'a Message<'_>) -> HashMap<String, Raster<'a>> {
    let mut images = HashMap::new();
    for (place, part) in message.parts.iter().enumerate() {
        let (PartType::Binary(octets) | PartType::InlineBinary(octets)) = &part.body else { continue };
        if let Some(content_id) = part.content_id()
            && let Some(image) = Raster::new(place, octets)
        {
            images.entry(content_id.to_owned()).or_insert(image);
        }
    }
    images
}

/// What a part is as an attachment.
pub(crate) fn attachment(message: &Message<'_>, place: usize, part: &MessagePart<'_>) -> Attachment {
    let media_type = media_type(part);
    let declared = part.attachment_name().map(|name| match name.contains("=?") {
        // RFC 2047 §5 forbids encoded words in parameters; common programs write them all the same.
        true => decoded(name.as_bytes()),
        false => name.to_owned(),
    });
    let name = match part.message() {
        Some(nested) => {
            let name = declared.or_else(|| nested.subject().map(|subject| subject.replace(['/', '\\'], "_")));
            let name = names::file_name(name.as_deref(), &media_type);
            if name.to_ascii_lowercase().ends_with(".eml") { name } else { format!("{name}.eml") }
        }
        None => names::file_name(declared.as_deref(), &media_type),
    };
    let octets = octets(message, part).len();
    Attachment { index: place, name, media_type, octets: u64::try_from(octets).unwrap_or(u64::MAX), inline: false }
}

/// The declared media type in lower case; what declares none, or no proper one, gets the default of its kind.
fn media_type(part: &MessagePart<'_>) -> String {
    let declared = part.content_type().and_then(|content| {
        let subtype = content.subtype()?;
        let declared = format!("{}/{subtype}", content.ctype()).to_ascii_lowercase();
        declared.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"/.+-_".contains(&octet)).then_some(declared)
    });
    declared.unwrap_or_else(|| {
        let kind = match part.body {
            PartType::Text(_) => "text/plain",
            PartType::Html(_) => "text/html",
            PartType::Message(_) => "message/rfc822",
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Multipart(_) => "application/octet-stream",
        };
        kind.to_owned()
    })
}
