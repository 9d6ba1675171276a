//! Lines of a CAPA reply (RFC 2449 §5): a tag, and arguments behind blanks; tags know no case.

use crate::{reply::Capabilities, types::printable};

/// Adds one line of the reply to what is known.
pub fn add_capability(capabilities: &mut Capabilities, line: &[u8]) {
    let tag = line.trim_ascii().split(u8::is_ascii_whitespace).next().unwrap_or_default();
    let known: [(&str, &mut bool); 6] = [
        ("TOP", &mut capabilities.top),
        ("USER", &mut capabilities.user),
        ("UIDL", &mut capabilities.uidl),
        ("PIPELINING", &mut capabilities.pipelining),
        ("RESP-CODES", &mut capabilities.response_codes),
        ("STLS", &mut capabilities.stls),
    ];
    for (name, flag) in known {
        if tag.eq_ignore_ascii_case(name.as_bytes()) {
            *flag = true;
        }
    }
    capabilities.lines.push(printable(line.trim_ascii()));
}
