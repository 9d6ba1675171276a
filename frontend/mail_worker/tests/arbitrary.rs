//! Whatever octets come, the worker answers; whatever HTML comes, the judge passes what is left.

mod made;
mod strict;

use made::body_of;
use popglass_mail_worker::answer;
use popglass_mail_worker::border::{self, Malformed};
use popglass_mail_worker::wire::{Request, Response, Task};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use strict::judge;

/// Pieces that parsers care about, so that random sequences of them reach deep.
const MAIL: &[&str] = &[
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    "--b",
    "--b--",
    "--",
    "\r\n--b\r\n",
    "\r\n\r\n",
    ":",
    ";",
    "\"",
    "(",
    ")",
    "<",
    ">",
    "@",
    ",",
    "=?",
    "?=",
    "=?utf-8?B?",
    "=?iso-2022-jp?Q?=1B$B",
    "=",
    "=3D",
    "=\r\n",
    "AAAA",
    "From: ",
    "To: ",
    "Subject: ",
    "Date: ",
    "Mon, 23 Nov 2026 10:00:00 +0100",
    "Received: ",
    "Message-ID: ",
    "Content-Type: ",
    "multipart/mixed; boundary=b",
    "multipart/alternative; boundary=b",
    "multipart/digest; boundary=\"b\"",
    "message/rfc822",
    "text/plain; format=flowed; delsp=yes",
    "text/html; charset=",
    "utf-7",
    "shift_jis",
    "gb18030",
    "utf-16",
    "name*0*=utf-8''%41",
    "name*1=",
    "Content-Transfer-Encoding: ",
    "base64",
    "quoted-printable",
    "Content-Disposition: attachment; filename=",
    "Content-ID: <a@b>",
    "<img src=cid:a@b>",
    "> ",
    "\u{202E}",
    "ü",
    "https://example.com/",
    "mailto:a@b",
];

/// Pieces that HTML parsers disagree about.
const HTML: &[&str] = &[
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    "`",
    " ",
    "\0",
    "x",
    "&lt;",
    "&quot;",
    "&#60;",
    "<!--",
    "-->",
    "--!>",
    "<!",
    "<?",
    "<![CDATA[",
    "]]>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mtext>",
    "<mglyph>",
    "<annotation-xml encoding=text/html>",
    "<foreignObject>",
    "<desc>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea>",
    "<noscript>",
    "</noscript>",
    "<xmp>",
    "</xmp>",
    "<iframe>",
    "</iframe>",
    "<template>",
    "<select>",
    "<option>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<form>",
    "</form>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a href=javascript:x>",
    "</a>",
    "<a href=https://c.example/>",
    "<img src=https://evil.example/ onerror=x>",
    "<img src=x title='",
    "<p title=\"",
    "<p style='color:red;",
    "background:url(//evil.example)",
    "font-family:\"a\"",
    "'>",
    "\">",
    "<script>",
    "</script>",
    "<plaintext>",
    "<br>",
    "<font face=\"",
    "<li>",
    "<ol>",
    "<div id=a>",
    "<frameset>",
    "</body>",
    "<head>",
];

fn pieces(of: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        9 => proptest::sample::select(of).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..8),
    ];
    vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_octets_are_answered(
        octets in prop_oneof![pieces(MAIL), vec(any::<u8>(), 0..2000)],
        task in prop_oneof![Just(Task::Summarise), Just(Task::Read), Just(Task::Attachment { index: 1 })],
    ) {
        let (response, attached) = answer(&Request { id: 9, task }, &octets);
        assert_eq!(response.id, 9);
        let words = border::encode(&response);
        assert_eq!(border::decode(&words), Ok(response));
        assert_eq!(border::decode::<Response>(&words[..words.len() - 1]), Err(Malformed));
        assert!(attached.is_none_or(|attached| attached.len() <= octets.len() + 4));
    }

    #[test]
    fn any_words_are_read_or_refused(words in vec(any::<u8>(), 0..200)) {
        let _ = border::decode::<Response>(&words);
        let _ = border::decode::<Request>(&words);
    }

    #[test]
    fn any_html_is_harmless(html in pieces(HTML)) {
        let html = String::from_utf8_lossy(&html).into_owned();
        judge(&html, &body_of(&html));
    }
}
