//! Lines of STAT, LIST and UIDL: drop listing, scan listing, unique-id listing (RFC 1939 §5, §7).

use crate::{
    deviation::{Rule, RuleSet},
    limits,
    types::{MessageNumber, Octets, UniqueId, parse_decimal},
};

/// The first word and the rest, blanks between them dropped; anything but a single blank is a fault.
fn split_word<'a>(text: &'a [u8], faults: &mut RuleSet) -> (&'a [u8], &'a [u8]) {
    let end = text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let trimmed = rest.trim_ascii_start();
    if rest.len() - trimmed.len() > 1 || rest.first().is_some_and(|octet| *octet != b' ') {
        faults.insert(Rule::ListingBlanks);
    }
    (word, trimmed)
}

/// The line without blanks at its ends, which do not belong there.
fn trimmed<'a>(text: &'a [u8], faults: &mut RuleSet) -> &'a [u8] {
    let within = text.trim_ascii();
    if within.len() != text.len() {
        faults.insert(Rule::ListingBlanks);
    }
    within
}

/// A size is advisory: servers send negative ones for huge maildrops, or none. It is 0 then.
fn advisory_octets(text: &[u8], faults: &mut RuleSet) -> Octets {
    let word = text.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    parse_decimal(word).unwrap_or_else(|| {
        faults.insert(Rule::SizeUnreadable);
        0
    })
}

/// `nn mm`: how many messages, how many octets. Nothing if there is no count.
#[must_use]
pub fn parse_drop_listing(text: &[u8], faults: &mut RuleSet) -> Option<(u64, Octets)> {
    let (count, rest) = split_word(trimmed(text, faults), faults);
    Some((parse_decimal(count)?, advisory_octets(rest, faults)))
}

/// `n mm`, and anything behind it, which RFC 1939 leaves to the server. Nothing if there is no message number.
#[must_use]
pub fn parse_scan_listing(text: &[u8], faults: &mut RuleSet) -> Option<(MessageNumber, Octets)> {
    let (number, rest) = split_word(trimmed(text, faults), faults);
    Some((MessageNumber::parse(number)?, advisory_octets(rest, faults)))
}

/// `n uid`. Nothing if there is no message number; no id if it is empty or beyond all limits.
/// Blanks inside an id, which RFC 1939 forbids, are kept: they make it different from another.
#[must_use]
pub fn parse_unique_id_listing(text: &[u8], faults: &mut RuleSet) -> Option<(MessageNumber, Option<UniqueId>)> {
    let (number, rest) = split_word(trimmed(text, faults), faults);
    let number = MessageNumber::parse(number)?;
    let unique_id = UniqueId::parse(rest);
    if unique_id.is_none() {
        faults.insert(Rule::UniqueIdMissing);
    }
    if rest.len() > limits::UNIQUE_ID_OCTETS {
        faults.insert(Rule::UniqueIdLong);
    }
    if !rest.iter().all(u8::is_ascii_graphic) {
        faults.insert(Rule::UniqueIdCharacters);
    }
    Some((number, unique_id))
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::{parse_drop_listing, parse_scan_listing, parse_unique_id_listing};
    use crate::deviation::RuleSet;

    /// What was read, and an exclamation mark if the line broke a rule.
    fn read<T: core::fmt::Debug>(parse: fn(&[u8], &mut RuleSet) -> T, line: &str) -> alloc::string::String {
        let mut faults = RuleSet::default();
        let read = parse(line.as_bytes(), &mut faults);
        format!("{read:?}{}", if faults.is_empty() { "" } else { " !" })
    }

    #[test]
    fn rfc1939_section5_sizes_are_advisory_but_counts_and_numbers_are_not() {
        for (line, expected) in [
            ("2 320", "Some((2, 320))"),
            ("0 0", "Some((0, 0))"),
            ("20437 -1", "Some((20437, 0)) !"),
            ("3", "Some((3, 0)) !"),
            ("5 18446744073709551615 more", "Some((5, 18446744073709551615))"),
            ("many", "None"),
            ("", "None"),
        ] {
            assert_eq!(read(parse_drop_listing, line), expected, "{line:?}");
        }
        for (line, expected) in [
            ("1 120", "Some((MessageNumber(1), 120))"),
            ("4294967295 9999999999", "Some((MessageNumber(4294967295), 9999999999))"),
            ("1 120 extra", "Some((MessageNumber(1), 120))"),
            ("1  120", "Some((MessageNumber(1), 120)) !"),
            (" 1 120", "Some((MessageNumber(1), 120)) !"),
            ("1\t120", "Some((MessageNumber(1), 120)) !"),
            ("7 -5", "Some((MessageNumber(7), 0)) !"),
            ("0 120", "None"),
            ("-1 120", "None"),
            ("4294967296 1", "None"),
            ("x", "None"),
        ] {
            assert_eq!(read(parse_scan_listing, line), expected, "{line:?}");
        }
    }

    #[test]
    fn rfc1939_section7_unique_ids_of_the_field_are_kept() {
        for (line, expected) in [
            ("1 whqtswO00WBw418f9t5JxYwZ", r#"Some((MessageNumber(1), Some(UniqueId("whqtswO00WBw418f9t5JxYwZ"))))"#),
            ("1   two blanks  ", r#"Some((MessageNumber(1), Some(UniqueId("two blanks")))) !"#),
            ("1 \u{fc}", r#"Some((MessageNumber(1), Some(UniqueId("\\xc3\\xbc")))) !"#),
            ("1", "Some((MessageNumber(1), None)) !"),
            ("1 ", "Some((MessageNumber(1), None)) !"),
            ("one id", "None"),
        ] {
            assert_eq!(read(parse_unique_id_listing, line), expected, "{line:?}");
        }
    }
}
