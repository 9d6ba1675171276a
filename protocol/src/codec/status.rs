//! Status lines: `+OK` or `-ERR`, a response code where announced, and text (RFC 1939 §3, RFC 2449 §8).

use alloc::string::String;

use crate::{reply::ResponseCode, types::printable};

/// A status line, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// `+OK`, not `-ERR`.
    pub accepted: bool,
    /// Only if response codes were announced and one stands directly behind the indicator.
    pub code: Option<ResponseCode>,
    /// What follows, as text for people.
    pub text: String,
}

/// Reads a status line. Indicators are upper case by MUST; text, and the blank before it, may be missing
/// (RFC 1957 tells of clients that wrongly demand them).
///
/// Brackets are text unless the server announced RESP-CODES: some greet with `[…]` that means nothing.
///
/// Nothing if the line has no status indicator.
#[must_use]
pub fn parse_status(line: &[u8], response_codes: bool) -> Option<Status> {
    let (accepted, rest) = match (line.strip_prefix(b"+OK"), line.strip_prefix(b"-ERR")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return None,
    };
    let rest = rest.trim_ascii();
    let (code, rest) = if response_codes { split_code(rest) } else { (None, rest) };
    Some(Status { accepted, code, text: printable(rest) })
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
    } else if is(first, "SYS") && is(second, "TEMP") {
        ResponseCode::SystemTemporary
    } else if is(first, "SYS") && is(second, "PERM") {
        ResponseCode::SystemPermanent
    } else {
        ResponseCode::Other(printable(code))
    };
    (Some(code), rest)
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String};

    use super::parse_status;

    fn check(line: &str, response_codes: bool, expected: &str) {
        let read = match parse_status(line.as_bytes(), response_codes) {
            Some(status) => format!("{} {:?} {:?}", status.accepted, status.code, status.text),
            None => String::from("none"),
        };
        assert_eq!(read, expected, "{line:?}");
    }

    #[test]
    fn rfc1939_section3_status_indicators_with_and_without_text() {
        check("+OK", false, r#"true None """#);
        check("+OK ", false, r#"true None """#);
        check("+OK ready  ", false, r#"true None "ready""#);
        check("+OK\tready", false, r#"true None "ready""#);
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
        check("-ERR [SYS/TEMP/DISK] full", true, r#"false Some(SystemTemporary) "full""#);
        check("-ERR [SYS/PERM] gone", true, r#"false Some(SystemPermanent) "gone""#);
        check("-ERR [XYZ/1] hm", true, r#"false Some(Other("XYZ/1")) "hm""#);
        check("+OK [aGVsbG8", true, r#"true None "[aGVsbG8""#);
        check("-ERR the [IN-USE] code", true, r#"false None "the [IN-USE] code""#);
    }
}
