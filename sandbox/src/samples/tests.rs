//! Every sample is read by a real MIME parser, and is a sample of what it is meant to be.

use std::io::{Cursor, Read};

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::{SHIPPED, all, with_crlf};

fn octets(name: &str) -> &'static [u8] {
    all().iter().find(|sample| sample.name() == name).expect("there is a sample with this name").octets()
}

fn message(name: &str) -> Message<'static> {
    MessageParser::default().parse(octets(name)).expect("it can be read")
}

/// The decoded octets of an attachment.
fn attachment(name: &str, index: u32) -> Vec<u8> {
    let message = message(name);
    message.attachment(index).expect("it has so many attachments").contents().to_vec()
}

#[test]
fn every_sample_is_read_as_intended() {
    // Name, subject, sender, parts of plain text, parts of HTML, attachments.
    for (name, subject, sender, text, html, attachments) in [
        ("01-newsletter", "Rain outside, tea inside", "letter@kettle.example", 0, 1, 0),
        ("02-receipt", "Your receipt: one bicycle bell", "orders@bell.example", 1, 0, 1),
        ("03-lighthouse", "Saturday: a walk to the lighthouse?", "grace@example.org", 1, 0, 0),
        ("04-lighthouse-re", "Re: Saturday: a walk to the lighthouse?", "karl@walks.example", 1, 0, 0),
        ("05-lighthouse-re-re", "Re: Re: Saturday: a walk to the lighthouse?", "grace@example.org", 1, 0, 0),
        ("06-luebeck", "Schöne Grüße aus Lübeck", "juergen@marzipan.example", 1, 0, 0),
        ("07-flowed", "Re: Should long lines be broken?", "mary@letters.example", 1, 0, 0),
        ("08-autumn-letter", "秋のおたより", "yuki@tegami.example", 1, 0, 0),
        ("09-inline-picture", "Unser neues Wappen ist da", "vorstand@ruderverein.example", 1, 1, 1),
        ("10-dots", "Dots, dots, dots", "karl@walks.example", 1, 0, 0),
        ("11-birdhouse", "Baupläne für das Vogelhaus", "bjoern@werkstatt.example", 1, 0, 2),
        ("12-photo", "Five megabytes of holiday", "grace@example.org", 1, 0, 1),
        ("13-greetings", "Grüße, приветы, χαιρετισμοί и чашка ☕", "tomas@saudades.example", 1, 0, 0),
        ("14-timetable", "Der neue Winterfahrplan: gültig ab 9. November", "fahrplan@inselbahn.example", 0, 1, 0),
        ("15-library", "Two books are due on Friday", "desk@library.example", 1, 1, 0),
        ("17-phishing", "URGENT: your mailbox is 99 % full!!!", "winner@phish.example", 0, 1, 0),
        ("18-forwarded", "Fwd: The key is under the third flowerpot", "noor@example.org", 1, 0, 1),
        ("19-no-subject", "", "grace@example.org", 1, 0, 0),
        (
            "20-invitation",
            "Einladung: Grünkohl, Glühwein und große Pläne für das nächste Jahr (bitte bis Sonntag antworten)",
            "frieda@ruderverein.example",
            1,
            0,
            0,
        ),
        ("21-what-is-pop", "What is POP?", "guide@popglass.example", 1, 0, 0),
        ("22-was-ist-pop", "Was ist POP?", "guide@popglass.example", 1, 0, 0),
        ("23-willkommen", "Willkommen! Sieben Dinge zum Ausprobieren", "guide@popglass.example", 1, 0, 0),
        ("24-welcome", "Welcome! Seven things to try", "guide@popglass.example", 1, 0, 0),
    ] {
        let message = message(name);
        assert_eq!(message.subject().unwrap_or_default(), subject, "{name}");
        assert_eq!(message.from().unwrap().first().unwrap().address(), Some(sender), "{name}");
        let count = |wanted: fn(&PartType<'_>) -> bool| message.parts.iter().filter(|part| wanted(&part.body)).count();
        assert_eq!(count(|body| matches!(body, PartType::Text(_))), text, "{name}");
        assert_eq!(count(|body| matches!(body, PartType::Html(_))), html, "{name}");
        assert_eq!(message.attachment_count(), attachments, "{name}");
        assert!(!message.parts.iter().any(|part| part.is_encoding_problem), "{name}");
    }
}

#[test]
fn every_sample_but_the_malformed_one_has_the_header_of_a_good_message_and_they_are_in_order() {
    let mut latest = 0;
    let mut ids = Vec::new();
    for sample in all().iter().filter(|sample| sample.name() != "16-malformed") {
        let message = message(sample.name());
        for field in ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"] {
            assert_eq!(message.header_values(field).count(), 1, "{}: {field}", sample.name());
        }
        let date = message.date().unwrap();
        assert!(date.is_valid() && date.year == 2026 && (10..=11).contains(&date.month), "{}", sample.name());
        assert!(date.to_timestamp() >= latest, "{}", sample.name());
        latest = date.to_timestamp();
        ids.push(message.message_id().unwrap().to_owned());
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), count), (23, 23));
}

#[test]
fn every_line_ends_in_crlf_and_none_is_too_long_to_be_sent() {
    for sample in all() {
        let octets = sample.octets();
        assert!(octets.ends_with(b"\r\n"), "{}", sample.name());
        for line in octets.split_inclusive(|&octet| octet == b'\n') {
            let content = line.strip_suffix(b"\r\n").expect("the line ends in CRLF");
            assert!(!content.contains(&b'\r') && !content.contains(&0), "{}", sample.name());
            // RFC 5322 §2.1.1.
            assert!(content.len() <= 998, "{}", sample.name());
        }
    }
    for (input, expected) in [
        (&b""[..], &b""[..]),
        (b"a", b"a\r\n"),
        (b"a\nb\r\n\n", b"a\r\nb\r\n\r\n"),
        (b"\xfc\n\xff\x0a", b"\xfc\r\n\xff\r\n"),
    ] {
        assert_eq!(with_crlf(input), expected);
    }
}

#[test]
fn what_is_shipped_is_small() {
    let octets: usize = SHIPPED.iter().map(|(_, octets)| octets.len()).sum();
    assert!(octets < 64 * 1024, "{octets}");
}

#[test]
fn only_names_that_belong_to_nobody_are_used() {
    for sample in all() {
        let text = String::from_utf8_lossy(sample.octets()).to_lowercase();
        for place in text.match_indices('@').chain(text.match_indices("://")) {
            let host = text[place.0 + place.1.len()..]
                .split(|letter: char| !letter.is_alphanumeric() && !".-".contains(letter));
            let host = host.clone().next().unwrap_or_default().trim_end_matches('.');
            let reserved = host == "example.org" || host.ends_with(".example") || host.is_empty() || host == "no";
            assert!(reserved, "{}: {host}", sample.name());
        }
    }
}

#[test]
fn attachments_are_files_that_can_be_opened() {
    let receipt = attachment("02-receipt", 0);
    assert!(receipt.starts_with(b"%PDF-1.4") && receipt.ends_with(b"%%EOF\n"));
    let trailer = String::from_utf8_lossy(&receipt);
    let start = trailer.rsplit("startxref\n").next().unwrap().lines().next().unwrap();
    assert!(receipt[start.parse::<usize>().unwrap()..].starts_with(b"xref\n"));

    for picture in [attachment("09-inline-picture", 0), attachment("11-birdhouse", 0)] {
        assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n") && picture.ends_with(b"IEND\xae\x42\x60\x82"));
    }

    let archive = attachment("11-birdhouse", 1);
    assert!(archive.starts_with(b"PK\x03\x04"));
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    assert_eq!(archive.len(), 2);
    let mut text = String::new();
    archive.by_name("vogelhaus/LIESMICH.txt").unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains("Einzugsfertig"));

    let photo = attachment("12-photo", 0);
    assert!(photo.starts_with(b"BM") && photo.len() == 54 + 1280 * 960 * 3);

    let forwarded = message("18-forwarded");
    let inner = forwarded.attachment(0).unwrap().message().unwrap();
    assert_eq!(inner.subject(), Some("The key is under the third flowerpot"));
}

#[test]
fn attachments_have_the_names_they_are_saved_under() {
    for (name, index, expected) in [
        ("02-receipt", 0, "receipt.pdf"),
        ("09-inline-picture", 0, "wappen.png"),
        ("11-birdhouse", 0, "Vogelhaus Maße.png"),
        ("11-birdhouse", 1, "vogelhaus.zip"),
        ("12-photo", 0, "lighthouse.bmp"),
        ("18-forwarded", 0, "original.eml"),
    ] {
        assert_eq!(message(name).attachment(index).unwrap().attachment_name(), Some(expected), "{name}");
    }
}

#[test]
fn every_kind_of_message_is_there() {
    // Name, what its octets hold, why that is worth a sample.
    for (name, wanted, kind) in [
        ("01-newsletter", &b"<img src=3D\"https://track.kettle.example/open.gif"[..], "a tracker"),
        ("05-lighthouse-re-re", b"References: <walk-1@example.org>\r\n <walk-2@walks.example>", "a thread"),
        ("06-luebeck", b"Gr\xfc\xdfe", "ISO-8859-1 with eight bits"),
        ("06-luebeck", b"=?ISO-8859-1?Q?", "an encoded word, Q"),
        ("07-flowed", b"format=flowed", "flowed text"),
        ("07-flowed", b"\r\n>> Every mail programme I know breaks my lines after seventy letters \r\n", "its quotes"),
        ("07-flowed", b"\r\n > like", "its space-stuffing"),
        ("07-flowed", b"\r\n-- \r\n", "a signature"),
        ("08-autumn-letter", b"\x1b$B", "ISO-2022-JP"),
        ("08-autumn-letter", b"Subject: =?ISO-2022-JP?B?", "an encoded word in it"),
        ("09-inline-picture", b"Content-ID: <wappen@ruderverein.example>", "an inline picture"),
        ("09-inline-picture", b"\"cid:wappen@ruderverein.example\"", "its use"),
        ("10-dots", b"\r\n.\r\n", "a line that is a dot"),
        ("10-dots", b"\r\n..\r\n", "a line that is two"),
        ("10-dots", b"\r\n.profile\r\n", "a line that begins with one"),
        ("13-greetings", "Привет из кафе!".as_bytes(), "UTF-8 with eight bits"),
        ("13-greetings", b"Subject: =?UTF-8?B?", "an encoded word, B"),
        ("14-timetable", b"<td>6:12</td><td>7:12</td>", "a wide table"),
        ("15-library", b"multipart/alternative", "an alternative"),
        ("17-phishing", b"<script>", "a script"),
        ("20-invitation", b"?=\r\n =?UTF-8?Q?", "a folded subject"),
    ] {
        let octets = octets(name);
        // Quoted-printable breaks lines where it likes.
        let unbroken = octets.windows(3).any(|part| part == b"=\r\n");
        let joined = String::from_utf8_lossy(octets).replace("=\r\n", "");
        let found = octets.windows(wanted.len()).any(|part| part == wanted);
        let found = found || unbroken && joined.contains(&*String::from_utf8_lossy(wanted));
        assert!(found, "{name} has no {kind}");
    }
}

#[test]
fn texts_in_other_charsets_come_out_right() {
    for (name, expected) in [
        ("06-luebeck", "Käsekuchen im Café"),
        ("08-autumn-letter", "京都はすっかり秋です。"),
        ("09-inline-picture", "nach elf Entwürfen"),
        ("11-birdhouse", "schräg genug"),
        ("13-greetings", "Zażółć gęślą jaźń"),
        ("16-malformed", "nothing is right in this message"),
        ("22-was-ist-pop", "eindeutigen Kennungen"),
    ] {
        let message = message(name);
        let text = message.body_text(0).unwrap();
        assert!(text.contains(expected), "{name}: {text}");
    }
}

#[test]
fn the_malformed_sample_is_malformed_and_still_can_be_read() {
    let message = message("16-malformed");
    assert_eq!(message.date(), None);
    assert!(message.subject().unwrap().starts_with("The cat walked over the keyboard"));
    assert!(message.parts.iter().any(|part| part.is_encoding_problem));
}
