//! A message's header as IMAP shows it: fields, the envelope (RFC 3501 §7.4.2), addresses (RFC 5322 §3.4). Reads what is
//! there and judges nothing. Knows no MIME: encoded words stay as they are.

use chrono::{DateTime, FixedOffset};
use imap_types::{
    core::NString,
    envelope::{Address, Envelope},
};

/// Addresses in one field that are shown.
const ADDRESSES_MAX: usize = 1000;

/// Header with the empty line, and the rest.
pub(super) fn split(message: &[u8]) -> (&[u8], &[u8]) {
    let end = if message.starts_with(b"\r\n") {
        2
    } else {
        message.windows(4).position(|end| end == b"\r\n\r\n").map_or(message.len(), |place| place + 4)
    };
    message.split_at(end)
}

/// Fields with their names, folded as they are, line ends included.
pub(super) fn fields(header: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut ends = Vec::new();
    let mut place = 0;
    for line in header.split_inclusive(|octet| *octet == b'\n') {
        if line == b"\r\n" {
            break;
        }
        if place > 0 && !matches!(line.first(), Some(b' ' | b'\t')) {
            ends.push(place);
        }
        place += line.len();
    }
    ends.push(place);
    let mut begin = 0;
    let mut fields = Vec::new();
    for end in ends {
        let field = header.get(begin..end).unwrap_or_default();
        let name = field.iter().position(|octet| *octet == b':').and_then(|colon| field.get(..colon));
        if let Some(name) = name {
            fields.push((name.trim_ascii_end(), field));
        }
        begin = end;
    }
    fields
}

/// The text of the first field of that name, unfolded.
pub(super) fn value(header: &[u8], name: &str) -> Option<Vec<u8>> {
    let fields = fields(header);
    let (_, field) = fields.iter().find(|(found, _)| found.eq_ignore_ascii_case(name.as_bytes()))?;
    let colon = field.iter().position(|octet| *octet == b':')?;
    let text = field.get(colon + 1..)?;
    Some(text.iter().filter(|octet| !matches!(octet, b'\r' | b'\n')).copied().collect::<Vec<_>>().trim_ascii().to_vec())
}

/// When the message says it was written.
pub(super) fn date(header: &[u8]) -> Option<DateTime<FixedOffset>> {
    let text = String::from_utf8(value(header, "Date")?).ok()?;
    DateTime::parse_from_rfc2822(&text).ok()
}

pub(super) fn envelope(header: &[u8]) -> Envelope<'static> {
    let text = |name: &str| nstring(value(header, name));
    let people = |name: &str| value(header, name).map(|text| addresses(&text)).unwrap_or_default();
    let or_from = |name: &str| Some(people(name)).filter(|people| !people.is_empty()).unwrap_or_else(|| people("From"));
    Envelope {
        date: text("Date"),
        subject: text("Subject"),
        from: people("From"),
        sender: or_from("Sender"),
        reply_to: or_from("Reply-To"),
        to: people("To"),
        cc: people("Cc"),
        bcc: people("Bcc"),
        in_reply_to: text("In-Reply-To"),
        message_id: text("Message-ID"),
    }
}

/// What no string can hold was taken out where the message was handed in.
pub(super) fn nstring(octets: Option<Vec<u8>>) -> NString<'static> {
    octets.and_then(|octets| NString::try_from(octets).ok()).unwrap_or(NString(None))
}

/// Mailboxes of a field; a group becomes an address without host before it and an empty one behind it (RFC 3501 §7.4.2).
fn addresses(text: &[u8]) -> Vec<Address<'static>> {
    let (mut found, mut current, mut in_group) = (Vec::new(), Vec::new(), false);
    let (mut quoted, mut escaped, mut angle, mut comment) = (false, false, false, 0_u32);
    for &octet in text.iter().chain(b",") {
        if found.len() >= ADDRESSES_MAX {
            break;
        }
        let plain = !quoted && !escaped && comment == 0;
        match octet {
            _ if escaped => escaped = false,
            b'\\' if quoted || comment > 0 => escaped = true,
            b'"' if comment == 0 => quoted = !quoted,
            b'(' if !quoted => comment += 1,
            b')' if !quoted && comment > 0 => {
                comment -= 1;
                continue;
            }
            b'<' if plain => angle = true,
            b'>' if plain => angle = false,
            b':' if plain && !angle && !in_group => {
                in_group = true;
                found.push(Address { mailbox: nstring(Some(phrase(&current))), ..nobody() });
                current.clear();
                continue;
            }
            b',' | b';' if plain && !angle => {
                found.extend(address(&current));
                current.clear();
                if octet == b';' && std::mem::take(&mut in_group) {
                    found.push(nobody());
                }
                continue;
            }
            _ => {}
        }
        if comment == 0 {
            current.push(octet);
        }
    }
    found
}

fn nobody() -> Address<'static> {
    Address { name: NString(None), adl: NString(None), mailbox: NString(None), host: NString(None) }
}

/// `Ada <ada@a.example>` or `ada@a.example`; nothing if there is nothing.
fn address(text: &[u8]) -> Option<Address<'static>> {
    let text = text.trim_ascii();
    let (name, spec) = match text.iter().position(|octet| *octet == b'<') {
        Some(open) => {
            let spec = text.get(open + 1..).unwrap_or_default();
            let close = spec.iter().rposition(|octet| *octet == b'>').unwrap_or(spec.len());
            (Some(phrase(text.get(..open)?)).filter(|name| !name.is_empty()), spec.get(..close)?)
        }
        None => (None, text),
    };
    if spec.is_empty() && name.is_none() {
        return None;
    }
    let at = spec.iter().rposition(|octet| *octet == b'@');
    let (mailbox, host) = at.map_or((spec, &[][..]), |at| (spec.split_at(at).0, spec.split_at(at + 1).1));
    let (mailbox, host) = (mailbox.trim_ascii().to_vec(), host.trim_ascii().to_vec());
    Some(Address { name: nstring(name), mailbox: nstring(Some(mailbox)), host: nstring(Some(host)), ..nobody() })
}

/// A phrase without its quotation marks.
fn phrase(text: &[u8]) -> Vec<u8> {
    let (mut plain, mut escaped) = (Vec::new(), false);
    for &octet in text.trim_ascii() {
        match octet {
            b'\\' if !escaped => escaped = true,
            b'"' if !escaped => {}
            _ => {
                plain.push(octet);
                escaped = false;
            }
        }
    }
    plain
}
