//! Mailboxes as SMTP writes them: `<local-part@domain>` (RFC 5321 §4.1.2). Knows no users.

use crate::smtp::{DOMAIN_OCTETS_MAX, LOCAL_PART_OCTETS_MAX};

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Without quotation marks.
    pub(super) local: String,
    /// Empty for `<Postmaster>`, which needs none (§4.5.1).
    pub(super) domain: String,
    /// As it was written, without angle brackets and source route.
    pub(super) text: String,
}

impl Address {
    pub(super) fn is_at(&self, domain: &str) -> bool {
        self.domain.eq_ignore_ascii_case(domain)
    }

    pub(super) fn is_postmaster(&self) -> bool {
        self.local.eq_ignore_ascii_case("postmaster")
    }

    /// A mailbox, with nothing around it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let at = end_of_local_part(text)?;
        let (local, domain) = (text.get(..at)?, text.get(at..)?.strip_prefix('@')?);
        let local = unquote(local)?;
        let fits = local.len() <= LOCAL_PART_OCTETS_MAX && domain.len() <= DOMAIN_OCTETS_MAX;
        (fits && is_domain(domain)).then(|| Self { local, domain: domain.to_owned(), text: text.to_owned() })
    }
}

/// The path at the beginning of an argument, and what follows it. `Some(None)` is `<>`.
pub(super) fn take_path(text: &str) -> Option<(Option<Address>, &str)> {
    let inner = text.strip_prefix('<')?;
    let end = end_of_path(inner)?;
    let (path, rest) = (inner.get(..end)?, inner.get(end + 1..)?);
    if path.is_empty() {
        return Some((None, rest));
    }
    // A source route is accepted and not followed (RFC 5321 §4.1.2, appendix C).
    let mailbox = if path.starts_with('@') { path.split_once(':')?.1 } else { path };
    if mailbox.eq_ignore_ascii_case("postmaster") {
        let address = Address { local: mailbox.to_owned(), domain: String::new(), text: mailbox.to_owned() };
        return Some((Some(address), rest));
    }
    Some((Some(Address::parse(mailbox)?), rest))
}

/// Where `>` stands outside quotation marks.
fn end_of_path(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (place, octet) in text.bytes().enumerate() {
        match octet {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(place),
            _ => {}
        }
    }
    None
}

/// Where the `@` stands that is not in quotation marks.
fn end_of_local_part(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (place, octet) in text.bytes().enumerate() {
        match octet {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'@' if !quoted => return Some(place),
            _ => {}
        }
    }
    None
}

/// A dot-string as it is, a quoted string without its quotation marks (RFC 5321 §4.1.2).
fn unquote(local: &str) -> Option<String> {
    if let Some(quoted) = local.strip_prefix('"') {
        let inner = quoted.strip_suffix('"')?;
        let (mut plain, mut letters) = (String::new(), inner.chars());
        while let Some(letter) = letters.next() {
            let letter = if letter == '\\' { letters.next()? } else { letter };
            if !matches!(letter, ' '..='~') {
                return None;
            }
            plain.push(letter);
        }
        return Some(plain);
    }
    let is_atom = |atom: &str| !atom.is_empty() && atom.bytes().all(is_atom_octet);
    local.split('.').all(is_atom).then(|| local.to_owned())
}

fn is_atom_octet(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&octet)
}

/// Letters, digits and hyphens between dots, or an address literal.
pub(super) fn is_domain(text: &str) -> bool {
    if let Some(literal) = text.strip_prefix('[') {
        let inner = literal.strip_suffix(']').unwrap_or_default();
        return !inner.is_empty() && inner.bytes().all(|octet| octet.is_ascii_graphic() && !b"[]\\<>".contains(&octet));
    }
    let is_label = |label: &str| {
        let inner = label.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-');
        !label.is_empty() && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::take_path;

    #[test]
    fn rfc5321_section4_1_2_paths_are_read_as_they_are_written() {
        let check = |text: &str, expected: Option<(&str, &str, &str)>| {
            let path = take_path(text);
            let read = path.as_ref().map(|(address, rest)| match address {
                Some(address) => (address.local.as_str(), address.domain.as_str(), *rest),
                None => ("", "", *rest),
            });
            assert_eq!(read, expected, "{text}");
        };
        check("<>", Some(("", "", "")));
        check("<ada@a.example>", Some(("ada", "a.example", "")));
        check("<ada@a.example> SIZE=1", Some(("ada", "a.example", " SIZE=1")));
        check("<a.b+c@[192.0.2.1]>", Some(("a.b+c", "[192.0.2.1]", "")));
        check("<\"a > \\\"b\\\"@c\"@d>", Some(("a > \"b\"@c", "d", "")));
        check("<@x.example,@y.example:ada@a.example>", Some(("ada", "a.example", "")));
        check("<postMaster>", Some(("postMaster", "", "")));
        for wrong in [
            "",
            "<",
            "ada@a.example",
            "<ada>",
            "<ada@>",
            "<@a.example>",
            "<a..b@c>",
            "<.a@c>",
            "<a b@c>",
            "< a@c>",
            "<a@c >",
            "<a@-c>",
            "<a@c..d>",
            "<a@b@c>",
            "<\"a@c>",
            "<ä@c>",
        ] {
            check(wrong, None);
        }
    }
}
