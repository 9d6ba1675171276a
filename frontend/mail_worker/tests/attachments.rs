//! What is saved is what was sent, octet for octet.

use popglass_mail_worker::answer;
use popglass_mail_worker::limits::MESSAGE_OCTETS_MAX;
use popglass_mail_worker::wire::{Attachment, Outcome, Request, Task};

fn outcome(task: Task, octets: &[u8]) -> (Outcome, Option<Vec<u8>>) {
    let (response, attached) = answer(&Request { id: 3, task }, octets);
    assert_eq!(response.id, 3);
    (response.outcome, attached)
}

/// A multipart/mixed message with these fields and this body as its second part.
fn message_with(fields: &str, body: &[u8]) -> Vec<u8> {
    let mut octets = format!(
        "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\n\
         --=_b\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n--=_b\r\n{fields}\r\n\r\n"
    )
    .into_bytes();
    octets.extend_from_slice(body);
    octets.extend_from_slice(b"\r\n--=_b--\r\n");
    octets
}

fn base64_lines(octets: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = Vec::new();
    for chunk in octets.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, octet| bits << 8 | u32::from(*octet)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let place = (bits >> (18 - 6 * digit)) & 63;
            encoded.push(if digit <= chunk.len() { DIGITS[place as usize] } else { b'=' });
        }
    }
    encoded.chunks(76).collect::<Vec<_>>().join(&b"\r\n"[..])
}

/// Reads the message, takes its only attachment, and compares.
fn check(fields: &str, body: &[u8], name: &str, media_type: &str, expected: &[u8]) {
    let message = message_with(fields, body);
    let (Outcome::Message(read), None) = outcome(Task::Read, &message) else { panic!("{fields} is no message") };
    let [listed] = read.attachments.as_slice() else { panic!("{fields} lists {:?}", read.attachments) };
    let wanted = Attachment {
        index: listed.index,
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        octets: expected.len() as u64,
        inline: false,
    };
    assert_eq!(*listed, wanted);
    let (outcome, octets) = outcome(Task::Attachment { index: listed.index }, &message);
    assert_eq!(outcome, Outcome::Attachment(wanted));
    assert_eq!(octets.as_deref(), Some(expected), "{fields}");
}

#[test]
fn attachments_are_equal_octet_for_octet() {
    let every_octet: Vec<u8> = (0..=255).collect();
    let base64 = "Content-Transfer-Encoding: base64";
    for octets in
        [&b"%PDF-1.4\n%\xE2\xE3\n%%EOF\n"[..], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04\0", &every_octet]
    {
        for cut in 0..3 {
            let octets = &octets[..octets.len() - cut];
            check(
                &format!("Content-Type: application/zip; name=a.zip\r\n{base64}"),
                &base64_lines(octets),
                "a.zip",
                "application/zip",
                octets,
            );
        }
    }
}

#[test]
fn text_attachments_keep_their_charset_and_line_ends() {
    let disposition = "Content-Disposition: attachment; filename=n.txt";
    let quoted = "Content-Transfer-Encoding: quoted-printable";
    check(
        &format!("Content-Type: text/plain; charset=iso-8859-1\r\n{disposition}\r\n{quoted}"),
        b"Gr=FC=DFe=\r\n, one line\r\nnext =3D line",
        "n.txt",
        "text/plain",
        b"Gr\xFC\xDFe, one line\r\nnext = line",
    );
    check(
        &format!("Content-Type: text/plain; charset=iso-8859-1\r\n{disposition}"),
        b"Gr\xFC\xDFe\r\n\r\n.\r\nend\r\n",
        "n.txt",
        "text/plain",
        b"Gr\xFC\xDFe\r\n\r\n.\r\nend\r\n",
    );
    check(
        &format!("Content-Type: text/csv; charset=utf-16le\r\n{disposition}\r\nContent-Transfer-Encoding: base64"),
        &base64_lines(b"a\0;\0b\0\r\0\n\0"),
        "n.txt",
        "text/csv",
        b"a\0;\0b\0\r\0\n\0",
    );
    check(
        &format!("Content-Type: text/html\r\n{}", disposition.replace(".txt", ".html")),
        b"<script>x</script>",
        "n.html",
        "text/html",
        b"<script>x</script>",
    );
}

#[test]
fn attached_messages_are_whole_messages() {
    let inner = b"From: b@example.com\r\nSubject: inner\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nx\r\n--i--";
    check("Content-Type: message/rfc822", inner, "inner.eml", "message/rfc822", inner);
    check(
        "Content-Type: message/rfc822; name=\"forwarded message\"\r\nContent-Transfer-Encoding: base64",
        &base64_lines(inner),
        "forwarded message.eml",
        "message/rfc822",
        inner,
    );
}

#[test]
fn a_whole_message_can_be_one_attachment() {
    let message = b"From: a@example.com\r\nContent-Type: application/pdf; name=a.pdf\r\n\
                    Content-Transfer-Encoding: base64\r\n\r\nJVBERi0x\r\n";
    let (outcome, octets) = outcome(Task::Attachment { index: 0 }, message);
    assert!(matches!(outcome, Outcome::Attachment(attachment) if attachment.name == "a.pdf"));
    assert_eq!(octets.as_deref(), Some(&b"%PDF-1"[..]));
}

#[test]
fn what_is_no_attachment_is_unreadable() {
    let message = message_with("Content-Type: application/pdf", b"x");
    for index in [0, 3, usize::MAX] {
        assert_eq!(outcome(Task::Attachment { index }, &message), (Outcome::Unreadable, None), "{index}");
    }
    assert_eq!(outcome(Task::Read, b""), (Outcome::Unreadable, None));
    assert_eq!(outcome(Task::Summarise, b""), (Outcome::Unreadable, None));
}

#[test]
fn limits_are_answered_not_passed() {
    let octets_max = MESSAGE_OCTETS_MAX;
    let huge = vec![b'x'; usize::try_from(octets_max).unwrap() + 1];
    for task in [Task::Summarise, Task::Read, Task::Attachment { index: 0 }] {
        assert_eq!(outcome(task, &huge), (Outcome::TooLarge { octets_max }, None));
    }
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    assert_eq!(outcome(Task::Read, nested.as_bytes()), (Outcome::Unreadable, None));
    let parts = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(10_000));
    assert_eq!(outcome(Task::Read, parts.as_bytes()), (Outcome::Unreadable, None));
}

#[test]
fn deeply_nested_messages_below_the_limit_are_read() {
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(250) + "Subject: inner\r\n\r\nx\r\n";
    assert!(matches!(outcome(Task::Read, nested.as_bytes()), (Outcome::Message(_), None)));
}

#[test]
fn long_texts_are_cut_and_say_so() {
    let text = format!("From: a@example.com\r\n\r\n{}", "lorem ipsum dolor\r\n".repeat(300_000));
    let (Outcome::Message(message), None) = outcome(Task::Read, text.as_bytes()) else { panic!("no message") };
    assert!(message.truncated && !message.malformed && !message.text.is_empty());
}
