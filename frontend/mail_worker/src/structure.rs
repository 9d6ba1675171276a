//! Looks at a message before any parser does, and refuses what is built to exhaust one: messages inside messages, which
//! are taken apart recursively, and multiparts whose end is searched for in all that follows.
//! Counts fields that look like Content-Type anywhere, in texts too, so it can only err towards refusing; what hides
//! inside base64 it cannot see, and there the worker may die on a message, which the page survives.

use crate::limits::{MULTIPARTS_MAX, NESTED_MESSAGES_MAX};

/// Whether a parser may have these octets.
pub(crate) fn is_within_limits(octets: &[u8]) -> bool {
    let mut nested_messages = 0;
    let mut multiparts = 0;
    let mut in_content_type = false;
    for line in octets.split(|octet| *octet == b'\n') {
        let is_continuation = line.first().is_some_and(u8::is_ascii_whitespace);
        in_content_type = (is_continuation && in_content_type) || is_content_type(line);
        if !in_content_type {
            continue;
        }
        if ["rfc822", "global", "digest"].iter().any(|word| contains(line, word)) {
            nested_messages += 1;
        }
        if contains(line, "boundary") {
            multiparts += 1;
        }
        if nested_messages > NESTED_MESSAGES_MAX || multiparts > MULTIPARTS_MAX {
            return false;
        }
    }
    true
}

/// As lenient as mail-parser: white space anywhere in the name, colons before it.
fn is_content_type(line: &[u8]) -> bool {
    let mut expected = b"content-type:".iter();
    let mut at_start = true;
    for octet in line {
        if octet.is_ascii_whitespace() || (at_start && *octet == b':') {
            continue;
        }
        at_start = false;
        match expected.next() {
            Some(wanted) if octet.eq_ignore_ascii_case(wanted) => {
                if *wanted == b':' {
                    return true;
                }
            }
            Some(_) | None => return false,
        }
    }
    false
}

fn contains(line: &[u8], word: &str) -> bool {
    line.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::is_within_limits;
    use crate::limits::{MULTIPARTS_MAX, NESTED_MESSAGES_MAX};

    #[test]
    fn messages_inside_messages_are_limited() {
        for field in [
            "Content-Type: message/rfc822\r\n\r\n",
            "content-type:MESSAGE/GLOBAL\n\n",
            " : Content - Type : message/(x)rfc822\n\n",
            "Content-Type:\n message/rfc822\n\n",
            "Content-Type: multipart/\n\tdigest; b=x\n\n",
        ] {
            assert!(is_within_limits(field.repeat(NESTED_MESSAGES_MAX).as_bytes()), "{field}");
            assert!(!is_within_limits(field.repeat(NESTED_MESSAGES_MAX + 1).as_bytes()), "{field}");
        }
    }

    #[test]
    fn multiparts_are_limited() {
        let field = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n";
        assert!(is_within_limits(field.repeat(MULTIPARTS_MAX).as_bytes()));
        assert!(!is_within_limits(field.repeat(MULTIPARTS_MAX + 1).as_bytes()));
    }

    #[test]
    fn long_plain_texts_pass() {
        assert!(is_within_limits("the global digest of RFC822, boundary\n".repeat(100_000).as_bytes()));
        assert!(is_within_limits(b""));
    }
}
