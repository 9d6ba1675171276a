//! Whole messages: each `tests/fixtures/NAME.eml` is read with both kinds of line ends and compared with `NAME.json`
//! beside it. `BLESS=1 cargo test` writes what is read today; look at the difference before you believe it.

use std::fs;
use std::path::{Path, PathBuf};

use popglass_mail_worker::answer;
use popglass_mail_worker::wire::{Message, Outcome, Request, Task};

fn read(octets: &[u8]) -> Message {
    let (response, attachment) = answer(&Request { id: 7, task: Task::Read }, octets);
    assert_eq!((response.id, attachment), (7, None));
    match response.outcome {
        Outcome::Message(message) => *message,
        other => panic!("not a message: {other:?}"),
    }
}

/// The message as JSON; of the HTML document the body only, since the rest is always the same.
fn shown(octets: &[u8]) -> String {
    let mut message = read(octets);
    message.html = message.html.map(|html| {
        let (head, body) = html.split_once("<body>").expect("the document has a body");
        assert!(head.contains("default-src 'none'; img-src data:;"), "{head}");
        body.strip_suffix("</body></html>").expect("the document ends").to_owned()
    });
    serde_json::to_string_pretty(&message).expect("a message is JSON") + "\n"
}

fn check(eml: &Path) {
    let octets = fs::read(eml).expect("the fixture can be read");
    let golden = eml.with_extension("json");
    let unix = shown(&octets);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&golden, &unix).expect("the fixture can be written");
    }
    let expected = fs::read_to_string(&golden).expect("each .eml has its .json");
    assert_eq!(unix, expected, "{} with LF", eml.display());
    let mut network = Vec::new();
    for octet in octets {
        if octet == b'\n' {
            network.push(b'\r');
        }
        network.push(octet);
    }
    // Line ends count in the sizes of attachments that are sent as they are.
    let without_sizes = |json: &str| json.lines().filter(|line| !line.contains("\"octets\"")).collect::<String>();
    assert_eq!(without_sizes(&shown(&network)), without_sizes(&expected), "{} with CRLF", eml.display());
}

#[test]
fn messages_are_read_as_expected() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut checked = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            check(&path);
            checked += 1;
        }
    }
    assert!(checked >= 15, "only {checked} fixtures found");
}
