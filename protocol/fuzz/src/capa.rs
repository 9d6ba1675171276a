//! CAPA replies: any line can be read, and what was read says the same when it is read again. Knows no session.

use popglass_protocol::{
    capability::Capabilities, codec::capability::add_capability, deviation::RuleSet, sasl::Mechanism,
};

/// Takes the octets as lines.
pub fn run(input: &[u8]) {
    let (mut capabilities, mut faults) = (Capabilities::default(), RuleSet::default());
    let lines: Vec<&[u8]> = input.split(|octet| *octet == b'\n').collect();
    for line in &lines {
        add_capability(&mut capabilities, line, &mut faults);
    }
    assert_eq!(capabilities.lines.len(), lines.len());
    for mechanism in Mechanism::ALL {
        let named = capabilities.sasl.iter().flatten().any(|name| name.known() == Some(mechanism));
        assert_eq!(capabilities.offers(mechanism), named);
    }
    // Lines are kept as they came, but for octets that are not printable.
    if input.iter().all(|octet| matches!(octet, b' '..=b'~' | b'\n')) {
        let mut again = Capabilities::default();
        for line in &capabilities.lines {
            add_capability(&mut again, line.as_bytes(), &mut RuleSet::default());
        }
        assert_eq!(again, capabilities);
    }
}
