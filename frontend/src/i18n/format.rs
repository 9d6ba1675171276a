//! Numbers, sizes and plurals as people write them.

use popglass_protocol::types::MessageNumber;

use super::Language;

/// Keeps a number and its unit on one line.
pub const NO_BREAK_SPACE: char = '\u{A0}';

impl Language {
    /// `12,345` or `12.345`.
    #[must_use]
    pub fn count(self, number: u64) -> String {
        let separator = match self {
            Self::En => ',',
            Self::De => '.',
        };
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// `812 B`, `4.3 kB`, `5.0 MB`: decimal units, as file managers and providers count.
    #[must_use]
    pub fn octets(self, octets: u64) -> String {
        const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
        // A size that would be rounded to 1000 kB is written as 1.0 MB.
        let unit = UNITS.into_iter().find(|(size, _)| octets >= size - size / 2_000);
        let Some((size, name)) = unit else { return format!("{octets}{NO_BREAK_SPACE}B") };
        let tenths = (octets + size / 20) / (size / 10);
        let (whole, tenth) = (tenths / 10, tenths % 10);
        if whole >= 100 {
            let rounded = (octets + size / 2) / size;
            return format!("{rounded}{NO_BREAK_SPACE}{name}");
        }
        let point = match self {
            Self::En => '.',
            Self::De => ',',
        };
        format!("{whole}{point}{tenth}{NO_BREAK_SPACE}{name}")
    }
}

/// `3, 7, 12`, and how many more where there are many.
#[must_use]
pub fn list_of_numbers(numbers: &[MessageNumber]) -> String {
    const SHOWN_MAX: usize = 12;
    let mut list = numbers.iter().take(SHOWN_MAX).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if numbers.len() > SHOWN_MAX {
        list.push_str(", …");
    }
    list
}

#[cfg(test)]
mod tests {
    use super::Language::{De, En};

    #[test]
    fn numbers_are_grouped() {
        for (number, en, de) in
            [(0, "0", "0"), (999, "999", "999"), (1_000, "1,000", "1.000"), (1_234_567, "1,234,567", "1.234.567")]
        {
            assert_eq!((En.count(number).as_str(), De.count(number).as_str()), (en, de));
        }
    }

    #[test]
    fn sizes_have_readable_units() {
        for (octets, en, de) in [
            (0, "0 B", "0 B"),
            (999, "999 B", "999 B"),
            (1_000, "1.0 kB", "1,0 kB"),
            (4_321, "4.3 kB", "4,3 kB"),
            (123_456, "123 kB", "123 kB"),
            (999_949, "1.0 MB", "1,0 MB"),
            (5_000_000, "5.0 MB", "5,0 MB"),
            (2_500_000_000, "2.5 GB", "2,5 GB"),
        ] {
            let plain = |text: String| text.replace(super::NO_BREAK_SPACE, " ");
            assert_eq!((plain(En.octets(octets)).as_str(), plain(De.octets(octets)).as_str()), (en, de), "{octets}");
        }
    }
}
