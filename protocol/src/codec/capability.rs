//! Lines of a CAPA reply (RFC 2449 §5): a tag, and arguments behind blanks; tags know no case.

use alloc::vec::Vec;
use core::str;

use crate::{
    capability::{Capabilities, Expire, Kept, LoginDelay, Utf8},
    deviation::{Rule, RuleSet},
    limits,
    sasl::MechanismName,
    types::{parse_decimal, printable},
};

/// Adds one line of the reply to what is known. What cannot be read counts as announced without arguments, where that
/// makes sense, and as a fault.
pub fn add_capability(capabilities: &mut Capabilities, line: &[u8], faults: &mut RuleSet) {
    if line.len() + "\r\n".len() > limits::STATUS_LINE_OCTETS {
        faults.insert(Rule::CapabilityLineLong);
    }
    let words: Vec<&[u8]> = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    let (tag, arguments) = words.split_first().map_or((&[][..], &[][..]), |(tag, arguments)| (*tag, arguments));
    let tag = tag.to_ascii_uppercase();
    let understood = match tag.as_slice() {
        b"TOP" => announce(&mut capabilities.top, arguments),
        b"USER" => announce(&mut capabilities.user, arguments),
        b"UIDL" => announce(&mut capabilities.uidl, arguments),
        b"PIPELINING" => announce(&mut capabilities.pipelining, arguments),
        b"RESP-CODES" => announce(&mut capabilities.response_codes, arguments),
        b"AUTH-RESP-CODE" => announce(&mut capabilities.auth_response_code, arguments),
        b"STLS" => announce(&mut capabilities.stls, arguments),
        b"LANG" => announce(&mut capabilities.lang, arguments),
        b"SASL" => {
            let names = arguments.iter().filter_map(|name| MechanismName::parse(name));
            let known = capabilities.sasl.get_or_insert_default();
            let before = known.len();
            known.extend(names);
            known.len() - before == arguments.len()
        }
        b"LOGIN-DELAY" => {
            let delay = number_and_user(arguments);
            capabilities.login_delay = delay.map(|(seconds, per_user)| LoginDelay { seconds, per_user });
            delay.is_some()
        }
        b"EXPIRE" => {
            capabilities.expire = expire(arguments);
            capabilities.expire.is_some()
        }
        b"UTF8" => {
            let user = arguments.iter().any(|argument| argument.eq_ignore_ascii_case(b"USER"));
            capabilities.utf8 = Some(Utf8 { user });
            arguments.len() == usize::from(user)
        }
        b"IMPLEMENTATION" => {
            let text = line.trim_ascii().get(tag.len()..).unwrap_or_default();
            capabilities.implementation = Some(printable(text.trim_ascii()));
            true
        }
        // Anybody may announce an extension of their own (RFC 2449 §5).
        _ => true,
    };
    if !understood {
        faults.insert(Rule::CapabilityArguments);
    }
    capabilities.lines.push(printable(line.trim_ascii()));
}

fn announce(flag: &mut bool, arguments: &[&[u8]]) -> bool {
    *flag = true;
    arguments.is_empty()
}

fn number_and_user(arguments: &[&[u8]]) -> Option<(u32, bool)> {
    let (number, rest) = arguments.split_first()?;
    let number = u32::try_from(parse_decimal(number)?).unwrap_or(u32::MAX);
    is_user(rest).map(|per_user| (number, per_user))
}

fn expire(arguments: &[&[u8]]) -> Option<Expire> {
    let (first, rest) = arguments.split_first()?;
    if str::from_utf8(first).ok()?.eq_ignore_ascii_case("NEVER") {
        return is_user(rest).map(|per_user| Expire { kept: Kept::Never, per_user });
    }
    number_and_user(arguments).map(|(days, per_user)| Expire { kept: Kept::Days(days), per_user })
}

/// `USER` may follow, and nothing else.
fn is_user(rest: &[&[u8]]) -> Option<bool> {
    match rest {
        [] => Some(false),
        [user] if user.eq_ignore_ascii_case(b"USER") => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String};

    use super::add_capability;
    use crate::{capability::Capabilities, deviation::RuleSet};

    /// What a line says, without what every line leaves: the difference to an empty reply, as Debug shows it.
    fn check(line: &str, expected: &str) {
        let (mut capabilities, mut faults) = (Capabilities::default(), RuleSet::default());
        add_capability(&mut capabilities, line.as_bytes(), &mut faults);
        capabilities.lines.clear();
        let empty = format!("{:?}", Capabilities::default());
        let read = format!("{capabilities:?}");
        let said: String = read
            .trim_end_matches(" }")
            .split(", ")
            .filter(|field| !empty.contains(*field))
            .collect::<alloc::vec::Vec<_>>()
            .join(", ");
        let fault = if faults.is_empty() { "" } else { " !" };
        assert_eq!(format!("{said}{fault}"), expected, "{line:?}");
    }

    #[test]
    fn rfc2449_section6_every_registered_capability_is_read_with_its_arguments() {
        check("TOP", "Capabilities { top: true");
        check("user", "user: true");
        check("SASL PLAIN cram-md5", r#"sasl: Some([MechanismName("PLAIN"), MechanismName("CRAM-MD5")])"#);
        check("SASL", "sasl: Some([])");
        check("RESP-CODES", "response_codes: true");
        check("LOGIN-DELAY 900", "login_delay: Some(LoginDelay { seconds: 900, per_user: false })");
        check("LOGIN-DELAY 900 USER", "login_delay: Some(LoginDelay { seconds: 900, per_user: true })");
        check("PIPELINING", "pipelining: true");
        check("EXPIRE NEVER", "expire: Some(Expire { kept: Never, per_user: false })");
        check("EXPIRE 30 USER", "expire: Some(Expire { kept: Days(30), per_user: true })");
        check("EXPIRE 0", "expire: Some(Expire { kept: Days(0), per_user: false })");
        check("UIDL", "uidl: true");
        check("IMPLEMENTATION Shlemazle Plotz v302", r#"implementation: Some("Shlemazle Plotz v302")"#);
        check("STLS", "stls: true");
        check("AUTH-RESP-CODE", "auth_response_code: true");
        check("UTF8", "utf8: Some(Utf8 { user: false })");
        check("UTF8 USER", "utf8: Some(Utf8 { user: true })");
        check("LANG", "lang: true");
    }

    #[test]
    fn unknown_capabilities_are_kept_and_unknown_arguments_are_a_fault() {
        check("XTLSREQUIRED", "");
        check("TOP 5", "Capabilities { top: true !");
        check("EXPIRE soon", " !");
        check("LOGIN-DELAY", " !");
        check("UTF8 MAYBE", "utf8: Some(Utf8 { user: false }) !");
        check("SASL PLAIN (none)", r#"sasl: Some([MechanismName("PLAIN")]) !"#);
    }
}
