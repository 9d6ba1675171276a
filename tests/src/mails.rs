//! Two hundred messages like those in anybody's maildrop, the same at every run. Knows MIME only as far as a sender
//! does; the octets are made by a library.

use mail_builder::{MessageBuilder, headers::date::Date};

/// A message and what a reader of it should find.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The octets as a server sends them, CRLF line ends, one at the end.
    pub raw: Vec<u8>,
    /// The subject, decoded.
    pub subject: String,
    /// The author's name.
    pub author: String,
    /// What it holds.
    pub kind: Kind,
    /// A sentence that stands in the body.
    pub sentence: String,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Plain text alone.
    Text,
    /// Text and HTML of the same.
    Html,
    /// HTML that shows a picture of its own.
    InlinePicture,
    /// Text and a file.
    Attachment {
        /// The file's name.
        name: String,
        /// The file.
        octets: Vec<u8>,
    },
}

/// How many messages a full maildrop has.
pub const MAILS: usize = 200;

/// A full maildrop.
#[must_use]
pub fn maildrop() -> Vec<Mail> {
    (0..MAILS).map(mail).collect()
}

/// The octets of all, for a server.
#[must_use]
pub fn raw(mails: &[Mail]) -> Vec<Vec<u8>> {
    mails.iter().map(|mail| mail.raw.clone()).collect()
}

/// One text message of about this many octets.
#[must_use]
pub fn large(octets: usize) -> Mail {
    let mut dice = Dice(99);
    let subject = "The minutes of a very long meeting".to_owned();
    let sentence = "The meeting began at nine.".to_owned();
    let mut body = format!("{sentence}\r\n");
    while body.len() < octets {
        body.push_str(&dice.paragraph());
    }
    finish(builder(0, &subject, AUTHORS[0]).text_body(body), subject, AUTHORS[0].0, Kind::Text, sentence)
}

/// A message with a short text and a file of this many octets.
#[must_use]
pub fn with_attachment(octets: usize) -> Mail {
    let mut dice = Dice(77);
    let (subject, sentence) = ("The photographs".to_owned(), "They are all in one file.".to_owned());
    let (name, media_type) = FILES[2];
    let octets: Vec<u8> = (0..octets).map(|_| dice.octet()).collect();
    let builder = builder(0, &subject, AUTHORS[0]).text_body(format!("{sentence}\r\n"));
    let builder = builder.attachment(media_type, name, octets.clone());
    finish(builder, subject, AUTHORS[0].0, Kind::Attachment { name: name.to_owned(), octets }, sentence)
}

/// A message around this HTML.
#[must_use]
pub fn html(subject: &str, html: &str) -> Mail {
    let builder = builder(0, subject, AUTHORS[1]).html_body(html.to_owned());
    finish(builder, subject.to_owned(), AUTHORS[1].0, Kind::Html, String::new())
}

/// The `place`-th of the maildrop.
fn mail(place: usize) -> Mail {
    let mut dice = Dice(1 + place as u64);
    let author = AUTHORS[place % AUTHORS.len()];
    let subject = format!("{} ({})", SUBJECTS[place % SUBJECTS.len()], place + 1);
    let sentence = format!("Dies ist Nachricht {} – schöne Grüße, {}.", place + 1, author.0);
    let mut text = format!("{sentence}\r\n\r\n");
    // Mostly short, a few long: from 1 KB to some 60 KB.
    let octets = if place % 17 == 3 { 20_000 + dice.below(35_000) } else { 600 + dice.below(5_000) };
    while text.len() < octets {
        text.push_str(&dice.paragraph());
    }
    // Every 10th has lines that POP3 must stuff.
    if place.is_multiple_of(10) {
        text.push_str(".\r\n..\r\n.hidden files\r\n");
    }
    let builder = builder(place, &subject, author);
    let (builder, kind) = match place % 5 {
        0 | 3 => (builder.text_body(text), Kind::Text),
        1 => (builder.text_body(text.clone()).html_body(page_of(&sentence, &text, "")), Kind::Html),
        2 => {
            let (name, media_type) = FILES[place / 5 % FILES.len()];
            let octets: Vec<u8> = (0..2_000 + dice.below(20_000)).map(|_| dice.octet()).collect();
            let builder = builder.text_body(text).attachment(media_type, name, octets.clone());
            (builder, Kind::Attachment { name: name.to_owned(), octets })
        }
        _ => {
            let picture = format!("<p><img src=\"cid:dot{place}@popglass.example\" alt=\"a red dot\"></p>");
            let html = page_of(&sentence, &text, &picture);
            let builder = builder.text_body(text).html_body(html);
            (builder.inline("image/png", format!("dot{place}@popglass.example"), RED_DOT), Kind::InlinePicture)
        }
    };
    finish(builder, subject, author.0, kind, sentence)
}

fn builder(place: usize, subject: &str, author: (&'static str, &'static str)) -> MessageBuilder<'static> {
    // From 2026-01-01 on, one every three hours and seven minutes.
    let date = 1_767_225_600 + i64::try_from(place).expect("a maildrop is small") * 11_220;
    MessageBuilder::new()
        .header("Received", mail_builder::headers::raw::Raw::new("from mx.example by popglass.example; with ESMTPS"))
        .from(author)
        .to(("Alex Muster", "alex@popglass.example"))
        .subject(subject.to_owned())
        .date(Date::new(date))
        .message_id(format!("message-{place}@popglass.example"))
}

fn finish(builder: MessageBuilder<'_>, subject: String, author: &str, kind: Kind, sentence: String) -> Mail {
    let mut raw = builder.write_to_vec().expect("memory takes every octet");
    if !raw.ends_with(b"\r\n") {
        raw.extend(b"\r\n");
    }
    let bare = raw.iter().filter(|&&octet| octet == b'\r').count();
    let pairs = raw.windows(2).filter(|pair| pair == b"\r\n").count();
    assert_eq!((bare, pairs), (pairs, raw.iter().filter(|&&octet| octet == b'\n').count()), "only CRLF ends lines");
    Mail { raw, subject, author: author.to_owned(), kind, sentence }
}

fn page_of(sentence: &str, text: &str, extra: &str) -> String {
    let paragraphs: String =
        text.split("\r\n\r\n").skip(1).map(|paragraph| format!("<p>{paragraph}</p>\r\n")).collect();
    format!(
        "<html><head><style>p {{ color: #333 }}</style></head><body>\r\n<h1>{sentence}</h1>\r\n{extra}\r\n\
         <table border=\"1\"><tr><td>Zeile</td><td style=\"color: green\">gut</td></tr></table>\r\n\
         {paragraphs}<p><a href=\"https://example.org/\">mehr</a></p></body></html>\r\n"
    )
}

const AUTHORS: [(&str, &str); 7] = [
    ("Jürgen Weiß", "juergen@example.org"),
    ("Ada Lovelace", "ada@example.com"),
    ("Søren Åkesson", "soren@example.net"),
    ("Bücherei am Markt", "buecherei@example.org"),
    ("山田 花子", "hanako@example.jp"),
    ("Rechnungen", "no-reply@shop.example"),
    ("Zoë O'Neill", "zoe@example.ie"),
];

const SUBJECTS: [&str; 9] = [
    "Grüße aus Köln",
    "Minutes of Monday's meeting",
    "Ihre Rechnung für März",
    "Re: Lunch?",
    "会議の議事録",
    "Fwd: Photographs from the trip – the whole album, sorted by day and place, with a few words about each",
    "Öffnungszeiten über die Feiertage",
    "Your parcel is on its way ✓",
    "[list] Re: [PATCH 3/7] mail: keep the order of header fields",
];

const FILES: [(&str, &str); 4] = [
    ("Rechnung März.pdf", "application/pdf"),
    ("photo.jpg", "image/jpeg"),
    ("archive.zip", "application/zip"),
    ("table.csv", "text/csv"),
];

/// A PNG of one red pixel.
const RED_DOT: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xDE, 0x00, 0x00, 0x00, 0x0C, 0x49,
    0x44, 0x41, 0x54, 0x08, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0x18, 0xDD, 0x8D, 0xB0,
    0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

const WORDS: [&str; 24] = [
    "the", "letter", "Straße", "was", "written", "über", "a", "small", "garden", "where", "Äpfel", "and", "pears",
    "grow", "slowly", "in", "spring", "größer", "than", "last", "year", "naïve", "café", "tomorrow",
];

/// A small generator of Knuth's kind: the same numbers at every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.roll()).expect("31 bits") % bound
    }

    fn octet(&mut self) -> u8 {
        u8::try_from(self.below(256)).expect("below 256")
    }

    fn paragraph(&mut self) -> String {
        let mut paragraph = String::new();
        for _ in 0..=self.below(5) {
            let words: Vec<&str> = (0..11).map(|_| WORDS[self.below(WORDS.len())]).collect();
            paragraph.push_str(&words.join(" "));
            paragraph.push_str("\r\n");
        }
        paragraph + "\r\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maildrop_is_varied() {
        let mails = maildrop();
        assert_eq!(mails.len(), MAILS);
        let sizes: Vec<usize> = mails.iter().map(|mail| mail.raw.len()).collect();
        assert!(sizes.iter().any(|&size| size < 2_000) && sizes.iter().any(|&size| size > 40_000), "{sizes:?}");
        assert!(sizes.iter().all(|size| (900..=150_000).contains(size)), "{sizes:?}");
        for wanted in [Kind::Text, Kind::Html, Kind::InlinePicture] {
            assert!(mails.iter().filter(|mail| mail.kind == wanted).count() >= 30);
        }
    }
}
