//! File names for messages: from the unique-id, so that a message has the same name whenever it is fetched. Knows no
//! folder and no server.

use std::collections::HashMap;

use popglass_protocol::types::{MessageNumber, UniqueId};

/// Octets of a name without `.eml`. File systems take 255; this leaves room for the temporary name around it.
const NAME_OCTETS_MAX: usize = 230;

/// Gives names to the messages of one maildrop, which have to be named in order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Names {
    seen: HashMap<UniqueId, u32>,
}

/// A message's file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) file: String,
    /// The same message will have this name in every session: if the file is there, the message is.
    pub(crate) lasting: bool,
}

impl Names {
    /// The name of the next message. Two messages with one unique-id are told apart by `~2` and so on; a message without
    /// one is named by its number, which means nothing in the next session (RFC 1939 §7, §4).
    pub(crate) fn next(&mut self, number: MessageNumber, unique_id: Option<&UniqueId>) -> Name {
        let Some(unique_id) = unique_id else {
            // No encoded id begins so: behind its percent signs stand digits.
            return Name { file: format!("%number-{number}.eml"), lasting: false };
        };
        let seen = self.seen.entry(unique_id.clone()).or_default();
        *seen += 1;
        let stem = encode(unique_id.as_str());
        let file = if *seen == 1 { format!("{stem}.eml") } else { format!("{stem}~{seen}.eml") };
        Name { file, lasting: true }
    }
}

/// Letters, digits and `._-` stay, but for a dot or hyphen in front; the rest is percent-encoded. What gets too long is
/// cut, and told apart by a digest.
fn encode(id: &str) -> String {
    let mut stem = String::with_capacity(id.len());
    for (position, octet) in id.bytes().enumerate() {
        let plain = octet.is_ascii_alphanumeric() || octet == b'_' || (position > 0 && matches!(octet, b'.' | b'-'));
        if plain {
            stem.push(char::from(octet));
        } else {
            stem.push_str(&format!("%{octet:02X}"));
        }
    }
    if stem.len() > NAME_OCTETS_MAX {
        stem.truncate(NAME_OCTETS_MAX - "~~".len() - 32);
        stem.push_str(&format!("~~{:032x}", digest(id.as_bytes())));
    }
    stem
}

/// FNV-1a with 128 bits. It guards against chance only; who can choose unique-ids can hide their own messages anyway.
fn digest(octets: &[u8]) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    octets.iter().fold(BASIS, |hash, &octet| (hash ^ u128::from(octet)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use popglass_protocol::types::{MessageNumber, UniqueId};

    use super::{NAME_OCTETS_MAX, Names};

    #[track_caller]
    fn check(ids: &[&[u8]], expected: &[&str]) {
        let mut names = Names::default();
        let number = MessageNumber::from_index(2).expect("3 is a number");
        let named: Vec<_> = ids.iter().map(|id| names.next(number, UniqueId::parse(id).as_ref()).file).collect();
        assert_eq!(named, expected);
    }

    #[test]
    fn a_name_is_safe_and_tells_what_the_unique_id_was() {
        check(&[b"0000000a5f3b2c1d"], &["0000000a5f3b2c1d.eml"]);
        check(&[b"1700000000.M1P2.host"], &["1700000000.M1P2.host.eml"]);
        check(&[b"../../etc/passwd"], &["%2E.%2F..%2Fetc%2Fpasswd.eml"]);
        check(&[b"-rf", b".", b".."], &["%2Drf.eml", "%2E.eml", "%2E..eml"]);
        check(&[b"a~2", b"a%20"], &["a%7E2.eml", "a%2520.eml"]);
        check(&[b"\xff\0"], &["%5Cxff%5Cx00.eml"]);
    }

    #[test]
    fn rfc1939_section7_messages_with_one_unique_id_or_none_get_names_of_their_own() {
        check(&[b"a", b"b", b"a", b"a"], &["a.eml", "b.eml", "a~2.eml", "a~3.eml"]);
        check(&[b""], &["%number-3.eml"]);
    }

    #[test]
    fn overlong_unique_ids_get_names_that_a_file_system_takes_and_that_differ() {
        let mut names = Names::default();
        let number = MessageNumber::from_index(0).expect("1 is a number");
        let ids = (0..100).map(|index| UniqueId::parse(format!("{}{index}", "/".repeat(1000)).as_bytes()));
        let files: HashSet<_> = ids.map(|id| names.next(number, id.as_ref()).file).collect();
        assert_eq!(files.len(), 100);
        assert!(files.iter().all(|file| file.len() <= NAME_OCTETS_MAX + ".eml".len()), "{files:?}");
    }
}
