//! Octets as a table, for whoever wants to see what really travels. Knows no grammar.

/// Octets of one line of the table.
const OCTETS_A_LINE: usize = 8;

/// Octets in pairs of hexadecimal digits with the characters beside them, eight a line.
#[must_use]
pub fn hex_dump(octets: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut dump = String::with_capacity(octets.len() * 5);
    for line in octets.chunks(OCTETS_A_LINE) {
        if !dump.is_empty() {
            dump.push('\n');
        }
        for place in 0..OCTETS_A_LINE {
            match line.get(place) {
                Some(octet) => {
                    dump.push(char::from(DIGITS[usize::from(octet >> 4)]));
                    dump.push(char::from(DIGITS[usize::from(octet & 15)]));
                    dump.push(' ');
                }
                None => dump.push_str("   "),
            }
        }
        dump.push(' ');
        dump.extend(line.iter().map(|octet| if (b' '..=b'~').contains(octet) { char::from(*octet) } else { '·' }));
    }
    dump
}

#[cfg(test)]
mod tests {
    use super::hex_dump;

    #[test]
    fn octets_are_dumped_eight_a_line_with_their_characters() {
        for (octets, expected) in [
            (&b""[..], ""),
            (b"STAT\r\n", "53 54 41 54 0d 0a        STAT··"),
            (b"+OK 2 320\r\n", "2b 4f 4b 20 32 20 33 32  +OK 2 32\n30 0d 0a                 0··"),
            (b"\xc3\xbc\0", "c3 bc 00                 ···"),
        ] {
            assert_eq!(hex_dump(octets), expected);
        }
    }
}
