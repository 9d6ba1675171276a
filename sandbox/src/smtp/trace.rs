//! What servers write on top of a message on its way (RFC 5321 §4.4), and dates as RFC 5322 §3.3 writes them.

/// `Received:`, with its line ends. One recipient is named; of several, none (RFC 5321 §7.2: the others are not to know).
pub(super) fn received(
    client: &str,
    client_address: &str,
    host: &str,
    extended: bool,
    recipients: &[String],
    unix_seconds: i64,
) -> String {
    let with = if extended { "ESMTP" } else { "SMTP" };
    let only = match recipients {
        [one] => format!("\r\n\tfor <{one}>"),
        _ => String::new(),
    };
    let date = date(unix_seconds);
    format!("Received: from {client} ([{client_address}])\r\n\tby {host} with {with}{only};\r\n\t{date}\r\n")
}

/// `Return-Path:`, which the last server writes.
pub(super) fn return_path(reverse_path: &str) -> String {
    format!("Return-Path: <{reverse_path}>\r\n")
}

/// A date such as `Mon, 23 Nov 2026 09:30:00 +0000`, from seconds since 1970.
pub(super) fn date(unix_seconds: i64) -> String {
    const DAY: i64 = 24 * 60 * 60;
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // Four digits of a year are all that a header has room for.
    let unix_seconds = unix_seconds.clamp(0, 253_402_300_799);
    let (mut days, seconds) = (unix_seconds / DAY, unix_seconds % DAY);
    let weekday = WEEKDAYS.into_iter().cycle().nth((days % 7) as usize).unwrap_or("Thu");
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days >= 365 + i64::from(is_leap(year)) {
        days -= 365 + i64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + i64::from(is_leap(year));
    let mut month = "Dec";
    for (name, length) in MONTHS.into_iter().zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        if days < length {
            month = name;
            break;
        }
        days -= length;
    }
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{weekday}, {} {month} {year} {hour:02}:{minute:02}:{second:02} +0000", days + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn rfc5322_section3_3_dates_are_those_of_the_calendar() {
        for (unix_seconds, expected) in [
            (0, "Thu, 1 Jan 1970 00:00:00 +0000"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_795_425_000, "Mon, 23 Nov 2026 09:10:00 +0000"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 +0000"),
            (i64::MAX, "Fri, 31 Dec 9999 23:59:59 +0000"),
            (-5, "Thu, 1 Jan 1970 00:00:00 +0000"),
        ] {
            assert_eq!(super::date(unix_seconds), expected);
        }
    }
}
