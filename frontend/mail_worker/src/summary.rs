//! A header into what a mailbox row shows.

use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders};

use crate::envelope;
use crate::wire::Summary;

/// Reads a header, as TOP n 0 brings it. Nothing if it holds no field.
pub(crate) fn summarise(octets: &[u8]) -> Option<Summary> {
    // The last field counts only with its line's end, which a cut reply may lack.
    let mut header = octets.to_vec();
    header.extend_from_slice(b"\r\n\r\n");
    let message = MessageParser::new().parse_headers(&header)?;
    Some(Summary {
        from: envelope::addresses(&message, HeaderName::From).into_iter().next(),
        subject: envelope::subject(&message),
        date_ms: envelope::date_ms(&message),
        attachments_likely: attachments_likely(&message),
    })
}

fn attachments_likely(message: &Message<'_>) -> bool {
    if message.content_disposition().is_some_and(|disposition| disposition.is_attachment()) {
        return true;
    }
    message.content_type().is_some_and(|content_type| match content_type.ctype() {
        "text" => false,
        "multipart" => content_type.subtype() == Some("mixed"),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::summarise;
    use crate::wire::{Address, Summary};

    fn check(header: &str, expected: &Summary) {
        for header in [header.to_owned(), header.replace('\n', "\r\n"), header.trim_end().to_owned()] {
            assert_eq!(summarise(header.as_bytes()).as_ref(), Some(expected), "{header:?}");
        }
    }

    fn anna() -> Option<Address> {
        Some(Address { name: Some("Anna".to_owned()), address: "anna@example.com".to_owned() })
    }

    #[test]
    fn a_row_shows_author_subject_and_date() {
        check(
            "From: Anna <anna@example.com>\nSubject: Hello\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n\n",
            &Summary {
                from: anna(),
                subject: Some("Hello".to_owned()),
                date_ms: Some(1_795_424_400_000),
                attachments_likely: false,
            },
        );
    }

    #[test]
    fn encoded_words_are_decoded_and_cleaned() {
        let rows = [
            ("=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
            ("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本"),
            ("=?iso-8859-1?Q?M=FCller?= and =?utf-8?B?w6Q=?=", "Müller and ä"),
            ("=?UTF-8?Q?evil=E2=80=AEtxt?=", "eviltxt"),
            ("folded\n over lines", "folded over lines"),
            ("=?UTF-8?Q?two?=\n =?UTF-8?Q?_words?=", "two words"),
            ("raw ümlaut", "raw ümlaut"),
            ("=?UTF-8?Q?line=0D=0ABcc:_x?=", "line Bcc: x"),
        ];
        for (given, expected) in rows {
            let summary = summarise(format!("Subject: {given}\n\n").as_bytes());
            assert_eq!(summary.and_then(|summary| summary.subject).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn a_name_never_hides_the_address() {
        let rows = [
            ("anna@example.com", None, "anna@example.com"),
            ("\"boss@example.com\" <evil@example.net>", Some("boss@example.com"), "evil@example.net"),
            ("=?UTF-8?Q?Anna_M=C3=BCller?= <anna@example.com>", Some("Anna Müller"), "anna@example.com"),
            ("Team: anna@example.com, ben@example.com;", None, "anna@example.com"),
            ("A <a@example.com>, B <b@example.com>", Some("A"), "a@example.com"),
            ("Anna <anna@example.com", Some("Anna"), "anna@example.com"),
            ("Mail Delivery System", Some("Mail Delivery System"), ""),
        ];
        for (given, name, address) in rows {
            let from = summarise(format!("From: {given}\n\n").as_bytes()).and_then(|summary| summary.from);
            let expected = Address { name: name.map(str::to_owned), address: address.to_owned() };
            assert_eq!(from, Some(expected), "{given}");
        }
    }

    #[test]
    fn a_header_hints_at_attachments() {
        let rows = [
            ("Content-Type: text/plain", false),
            ("Content-Type: multipart/alternative; boundary=x", false),
            ("Content-Type: multipart/mixed; boundary=x", true),
            ("Content-Type: application/pdf", true),
            ("Content-Type: image/png", true),
            ("Content-Type: text/csv\nContent-Disposition: attachment", true),
            ("X-Other: x", false),
        ];
        for (header, expected) in rows {
            let summary = summarise(format!("{header}\n\n").as_bytes());
            assert_eq!(summary.map(|summary| summary.attachments_likely), Some(expected), "{header}");
        }
    }

    #[test]
    fn what_is_no_header_is_no_summary() {
        for octets in [&b""[..], b"\r\n", b"\r\n\r\n", b"no field at all"] {
            assert_eq!(summarise(octets), None, "{octets:?}");
        }
    }

    #[test]
    fn dates_that_are_none_are_left_out() {
        for date in ["yesterday", "", "Mon, 99 Nov 2026 10:00:00 +0100"] {
            let summary = summarise(format!("Subject: x\nDate: {date}\n\n").as_bytes());
            assert_eq!(summary.and_then(|summary| summary.date_ms), None, "{date}");
        }
    }
}
