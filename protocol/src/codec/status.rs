//! Status lines: `+OK` or `-ERR`, a response code where announced, and text (RFC 1939 §3, RFC 2449 §8).

use alloc::string::String;

use crate::{
    deviation::{Rule, RuleSet},
    reply::{ResponseCode, SystemFault},
    types::printable,
};

/// A status line, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// `+OK`, not `-ERR`.
    pub accepted: bool,
    /// Only if response codes were announced and one stands directly behind the indicator.
    pub code: Option<ResponseCode>,
    /// What follows, as text for people.
    pub text: String,
    /// The rules that the line breaks.
    pub faults: RuleSet,
}

/// What is known of the session that a status line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Understanding {
    /// The server announced RESP-CODES. Brackets are text where it did not: some greet with `[…]` that means nothing.
    pub response_codes: bool,
    /// UTF8 was accepted, or a language was chosen: texts may hold UTF-8 (RFC 6856 §2, §3).
    pub utf8: bool,
}

/// Reads a status line. Indicators are upper case by MUST; text, and the blank before it, may be missing
/// (RFC 1957 tells of clients that wrongly demand them).
///
/// Nothing if the line has no status indicator.
#[must_use]
pub fn parse_status(line: &[u8], understanding: Understanding) -> Option<Status> {
    let (accepted, rest) = match (line.strip_prefix(b"+OK"), line.strip_prefix(b"-ERR")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return None,
    };
    let mut faults = RuleSet::default();
    if rest.first().is_some_and(|octet| *octet != b' ') {
        faults.insert(Rule::StatusSeparator);
    }
    let text_is_legal = |octet: &u8| (b' '..=b'~').contains(octet) || *octet == b'\t';
    if !understanding.utf8 && !rest.iter().all(text_is_legal) {
        faults.insert(Rule::StatusNotAscii);
    }
    let rest = rest.trim_ascii();
    let (code, rest) = if understanding.response_codes { split_code(rest) } else { (None, rest) };
    Some(Status { accepted, code, text: printable(rest), faults })
}

/// RFC 2449 §8: `[` level *( `/` level ) `]`, without regard to case; unknown deeper levels are ignored.
fn split_code(text: &[u8]) -> (Option<ResponseCode>, &[u8]) {
    let Some(inner) = text.strip_prefix(b"[") else { return (None, text) };
    let Some(end) = inner.iter().position(|&octet| octet == b']') else { return (None, text) };
    let (code, rest) = inner.split_at(end);
    let rest = rest.strip_prefix(b"]").unwrap_or(rest).trim_ascii_start();
    let mut levels = code.split(|&octet| octet == b'/');
    let first = levels.next().unwrap_or_default();
    let second = levels.next().unwrap_or_default();
    let is = |level: &[u8], name: &str| level.eq_ignore_ascii_case(name.as_bytes());
    let code = if is(first, "IN-USE") {
        ResponseCode::InUse
    } else if is(first, "LOGIN-DELAY") {
        ResponseCode::LoginDelay
    } else if is(first, "AUTH") {
        ResponseCode::Auth
    } else if is(first, "UTF8") {
        ResponseCode::Utf8
    } else if is(first, "SYS") {
        ResponseCode::System(if is(second, "TEMP") {
            SystemFault::Temporary
        } else if is(second, "PERM") {
            SystemFault::Permanent
        } else {
            SystemFault::Unspecified
        })
    } else {
        ResponseCode::Other(printable(code))
    };
    (Some(code), rest)
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String};

    use super::{Understanding, parse_status};

    fn check(line: &str, response_codes: bool, expected: &str) {
        let understanding = Understanding { response_codes, utf8: false };
        let read = match parse_status(line.as_bytes(), understanding) {
            Some(status) => {
                let faults = if status.faults.is_empty() { "" } else { " !" };
                format!("{} {:?} {:?}{faults}", status.accepted, status.code, status.text)
            }
            None => String::from("none"),
        };
        assert_eq!(read, expected, "{line:?}");
    }

    #[test]
    fn rfc1939_section3_status_indicators_with_and_without_text() {
        check("+OK", false, r#"true None """#);
        check("+OK ", false, r#"true None """#);
        check("+OK ready  ", false, r#"true None "ready""#);
        check("+OK\tready", false, r#"true None "ready" !"#);
        check("+OKready", false, r#"true None "ready" !"#);
        check("+OK gr\u{fc}\u{df} Gott", false, "true None \"gr\u{fc}\u{df} Gott\" !");
        check("-ERR no such message", false, r#"false None "no such message""#);
        check("-ERR", false, r#"false None """#);
        check("+ok", false, "none");
        check("OK", false, "none");
        check("* OK IMAP4 ready", false, "none");
        check("", false, "none");
    }

    #[test]
    fn rfc2449_section8_response_codes_count_only_where_announced_and_only_at_the_front() {
        check("-ERR [IN-USE] busy", true, r#"false Some(InUse) "busy""#);
        check("-ERR [in-use]", true, r#"false Some(InUse) """#);
        check("-ERR [IN-USE] busy", false, r#"false None "[IN-USE] busy""#);
        check("-ERR [LOGIN-DELAY] wait", true, r#"false Some(LoginDelay) "wait""#);
        check("-ERR [AUTH] bad", true, r#"false Some(Auth) "bad""#);
        check("-ERR [SYS/TEMP/DISK] full", true, r#"false Some(System(Temporary)) "full""#);
        check("-ERR [SYS/PERM] gone", true, r#"false Some(System(Permanent)) "gone""#);
        check("-ERR [SYS/DISK] hm", true, r#"false Some(System(Unspecified)) "hm""#);
        check("-ERR [UTF8] say UTF8 first", true, r#"false Some(Utf8) "say UTF8 first""#);
        check("-ERR [XYZ/1] hm", true, r#"false Some(Other("XYZ/1")) "hm""#);
        check("+OK [aGVsbG8", true, r#"true None "[aGVsbG8""#);
        check("-ERR the [IN-USE] code", true, r#"false None "the [IN-USE] code""#);
    }
}
