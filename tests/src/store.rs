//! How servers keep messages: Maildir, and mbox, both with bare line feeds. Knows no server.

use std::{fs, io, path::Path};

/// Puts messages into a Maildir, under names that keep their order.
pub(crate) fn write_maildir(maildir: &Path, messages: &[Vec<u8>]) {
    for folder in ["cur", "new", "tmp"] {
        fs::create_dir_all(maildir.join(folder)).expect("a new Maildir");
    }
    for (place, message) in messages.iter().enumerate() {
        let name = format!("{}.M{place:06}.popglass:2,", 1_700_000_000 + place);
        fs::write(maildir.join("cur").join(name), with_line_feeds(message)).expect("a new message");
    }
}

/// The messages of a Maildir in the order of their names. A server that deletes meanwhile takes files away: then it is
/// read anew.
pub(crate) fn read_maildir(maildir: &Path) -> Vec<Vec<u8>> {
    loop {
        let files = ["cur", "new"].map(|folder| fs::read_dir(maildir.join(folder)).expect("the Maildir is there"));
        let mut paths: Vec<_> =
            files.into_iter().flatten().map(|entry| entry.expect("it can be listed").path()).collect();
        paths.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
        let messages: io::Result<Vec<_>> = paths.iter().map(|path| Ok(with_pairs(&fs::read(path)?))).collect();
        match messages {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            messages => return messages.expect("a message can be read"),
        }
    }
}

/// Messages as one mbox.
///
/// # Panics
/// If a line begins with "From ": who delivers into an mbox must change it, and it would not come back as it was.
pub(crate) fn mbox(messages: &[Vec<u8>]) -> Vec<u8> {
    let mut mbox = Vec::new();
    for (place, message) in messages.iter().enumerate() {
        let lines = with_line_feeds(message);
        assert!(!starts_a_message(&lines) && !lines.windows(6).any(|six| six == b"\nFrom "), "message {place}");
        mbox.extend_from_slice(b"From popglass@popglass.example Thu Jan  1 00:00:00 2026\n");
        mbox.extend_from_slice(&lines);
        mbox.push(b'\n');
    }
    mbox
}

/// The messages of an mbox.
pub(crate) fn read_mbox(path: &Path) -> Vec<Vec<u8>> {
    let mbox = fs::read(path).expect("the mbox is there");
    let mut messages: Vec<Vec<u8>> = Vec::new();
    for line in mbox.split_inclusive(|&octet| octet == b'\n') {
        if starts_a_message(line) {
            messages.push(Vec::new());
        } else {
            messages.last_mut().expect("an mbox begins with \"From \"").extend_from_slice(line);
        }
    }
    // The empty line behind each message belongs to the mbox.
    messages.iter().map(|message| with_pairs(message.strip_suffix(b"\n").unwrap_or(message))).collect()
}

fn starts_a_message(line: &[u8]) -> bool {
    line.starts_with(b"From ")
}

/// A message without these fields in its header. Names are compared as they are; no such field has a second line.
pub(crate) fn without_fields(message: &[u8], names: &[&str]) -> Vec<u8> {
    let end = message.windows(4).position(|four| four == b"\r\n\r\n").map_or(message.len(), |place| place + 2);
    let (header, rest) = message.split_at(end);
    let named = |line: &[u8], name: &str| line.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.starts_with(b":"));
    let lines = header.split_inclusive(|&octet| octet == b'\n');
    let kept = lines.filter(|line| !names.iter().any(|name| named(line, name)));
    kept.chain([rest]).collect::<Vec<_>>().concat()
}

/// A message as it is stored. Only CRLF pairs occur, so nothing is lost.
pub(crate) fn with_line_feeds(message: &[u8]) -> Vec<u8> {
    assert!(message.ends_with(b"\r\n"), "a message ends with CRLF, or a server would add it");
    message.split(|&octet| octet == b'\r').collect::<Vec<_>>().concat()
}

fn with_pairs(message: &[u8]) -> Vec<u8> {
    message.split(|&octet| octet == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages() -> Vec<Vec<u8>> {
        ["A: b\r\n\r\nc\r\n", "A: b\r\n\r\n\r\n>From d\r\n\r\n", "A: b\r\n"]
            .map(|text| text.as_bytes().to_vec())
            .to_vec()
    }

    #[test]
    fn stores_give_back_what_was_put_in() {
        let folder = tempfile::tempdir().unwrap();
        write_maildir(folder.path(), &messages());
        assert_eq!(read_maildir(folder.path()), messages());
        let path = folder.path().join("mbox");
        fs::write(&path, mbox(&messages())).unwrap();
        assert_eq!(read_mbox(&path), messages());
    }

    #[test]
    fn fields_are_taken_out_of_the_header_only() {
        let check = |message: &str, rest: &str| {
            let found = without_fields(message.as_bytes(), &["X-UID", "Status"]);
            assert_eq!(String::from_utf8(found).unwrap(), rest);
        };
        check("A: b\r\nX-UID: 1\r\nStatus: RO\r\n\r\nc\r\n", "A: b\r\n\r\nc\r\n");
        check("X-UIDL: 1\r\n\r\nStatus: fine\r\n", "X-UIDL: 1\r\n\r\nStatus: fine\r\n");
        check("A: b\r\n", "A: b\r\n");
    }
}
