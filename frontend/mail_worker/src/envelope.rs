//! What a header says of a message: who, to whom, when, about what. Shared by mailbox rows and the reader.

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, HeaderName, Message};

use crate::limits::{ADDRESSES_MAX, HEADER_FIELDS_MAX, HEADER_VALUE_CHARS_MAX};
use crate::names;
use crate::wire::Address;

/// The addresses of all fields with this name, groups opened.
pub(crate) fn addresses(message: &Message<'_>, field: HeaderName<'static>) -> Vec<Address> {
    let mut addresses = Vec::new();
    for value in message.header_values(field) {
        let Some(list) = value.as_address() else { continue };
        addresses.extend(list.iter().map(address).filter(|address| *address != Address::default()));
        addresses.truncate(ADDRESSES_MAX);
    }
    addresses
}

fn address(address: &Addr<'_>) -> Address {
    let (name, address) = match (address.name(), address.address()) {
        // An angle bracket that never closes, or no proper address at all: what looks like one is shown as one, since
        // the address is what tells authors apart.
        (Some(text), None) if text.contains('@') => match text.rsplit_once('<') {
            Some((name, address)) => (Some(name), Some(address)),
            None => (None, Some(text)),
        },
        parsed => parsed,
    };
    Address {
        name: name.map(names::display).filter(|name| !name.is_empty()),
        address: address.map(names::address).unwrap_or_default(),
    }
}

/// The decoded subject, if there is one.
pub(crate) fn subject(message: &Message<'_>) -> Option<String> {
    message.subject().map(names::display).filter(|subject| !subject.is_empty())
}

/// The Date field in milliseconds since 1970, UTC, if it names a date.
pub(crate) fn date_ms(message: &Message<'_>) -> Option<i64> {
    let date = message.date().filter(|date| date.is_valid())?;
    Some(date.to_timestamp() * 1000)
}

/// All fields in order, with decoded values, and whether that is all of them.
pub(crate) fn fields(message: &Message<'_>) -> (Vec<(String, String)>, bool) {
    let headers = message.headers();
    let fields = headers
        .iter()
        .take(HEADER_FIELDS_MAX)
        .map(|header| {
            let raw = raw_message_slice(message, header.offset_start, header.offset_end);
            (names::display(header.name()), names::shortened(&decoded(raw), HEADER_VALUE_CHARS_MAX))
        })
        .collect();
    (fields, headers.len() <= HEADER_FIELDS_MAX)
}

/// A field's value with its encoded words (RFC 2047) decoded.
pub(crate) fn decoded(value: &[u8]) -> String {
    // The parser takes the end of a line for the end of a field, and nothing less.
    let mut line = value.to_vec();
    line.push(b'\n');
    MessageStream::new(&line).parse_unstructured().as_text().unwrap_or_default().to_owned()
}

/// Octets of the message by mail-parser's offsets.
pub(crate) fn raw_message_slice<'a>(message: &'a Message<'_>, start: u32, end: u32) -> &'a [u8] {
    let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else { return &[] };
    message.raw_message().get(start..end).unwrap_or_default()
}
