//! Small messages, any number of them: to fill a mailbox. Knows no mailbox.

/// The two months that the postcards are spread over: October and November 2026, in minutes.
const MINUTES: usize = (31 + 30) * 24 * 60;

/// Who writes postcards, in English and German by turns.
struct Writer {
    name: &'static str,
    address: &'static str,
    subject: &'static str,
    greeting: &'static str,
    words: &'static str,
}

const WRITERS: [Writer; 6] = [
    Writer {
        name: "Grace",
        address: "grace@example.org",
        subject: "Postcard from the lighthouse",
        greeting: "Hello Ada",
        words: "The waffles are excellent, the wind is from the west.",
    },
    Writer {
        name: "Emil",
        address: "emil@ruderverein.example",
        subject: "Postkarte aus dem Bootshaus",
        greeting: "Hallo Ada",
        words: "Der Steg ist frisch gestrichen und noch nass.",
    },
    Writer {
        name: "Noor",
        address: "noor@example.org",
        subject: "Postcard from the night train",
        greeting: "Hello Ada",
        words: "Somewhere between two stations, and in no hurry.",
    },
    Writer {
        name: "Frieda",
        address: "frieda@ruderverein.example",
        subject: "Postkarte von der Insel",
        greeting: "Hallo Ada",
        words: "Heute Ebbe, morgen Flut; sonst nichts Neues.",
    },
    Writer {
        name: "Karl",
        address: "karl@walks.example",
        subject: "Postcard from the dyke",
        greeting: "Hello Ada",
        words: "The dog sends his regards. He found a boot.",
    },
    Writer {
        name: "Ingrid",
        address: "ingrid@neighbours.example",
        subject: "Postkarte aus dem Garten",
        greeting: "Hallo Ada",
        words: "Die Tomaten sind reif, die Schnecken auch.",
    },
];

/// All the postcards, oldest first.
pub(crate) fn all(count: usize) -> impl Iterator<Item = Vec<u8>> {
    (0..count).zip(WRITERS.iter().cycle()).map(move |(index, writer)| postcard(index, count, writer))
}

fn postcard(index: usize, count: usize, writer: &Writer) -> Vec<u8> {
    let Writer { name, address, subject, greeting, words } = writer;
    let number = index + 1;
    let date = date(index * MINUTES / count);
    // Not all of the same size: a list of equal sizes would hide a mistake in one.
    let words = format!("{words}\r\n").repeat(1 + index % 5);
    let text = format!(
        "Date: {date}\r\nFrom: {name} <{address}>\r\nTo: Ada <ada@example.org>\r\n\
         Subject: {subject} ({number})\r\nMessage-ID: <postcard-{number}-of-{count}@example.org>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=US-ASCII\r\n\r\n\
         {greeting},\r\n\r\n{words}\r\n{name}\r\n"
    );
    text.into_bytes()
}

/// The date so many minutes after the beginning of October 2026, as RFC 5322 §3.3 writes it.
fn date(minutes: usize) -> String {
    let (day, hour, minute) = (minutes / (24 * 60), minutes / 60 % 24, minutes % 60);
    // 1 October 2026 is a Thursday.
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"].into_iter().cycle().nth(day % 7).unwrap_or("Thu");
    let (day, month) = if day < 31 { (day + 1, "Oct") } else { (day - 30, "Nov") };
    format!("{weekday}, {day} {month} 2026 {hour:02}:{minute:02}:00 +0000")
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    #[test]
    fn postcards_are_in_order_and_have_what_a_list_shows() {
        for count in [1, 6, 200, 1000] {
            let mut latest = 0;
            let mut seen = 0;
            for octets in super::all(count) {
                let message = MessageParser::default().parse(&octets).unwrap();
                let date = message.date().unwrap();
                assert!(date.is_valid() && date.to_timestamp() >= latest);
                latest = date.to_timestamp();
                seen += 1;
                assert!(message.subject().unwrap().ends_with(&format!("({seen})")));
                assert!(message.from().unwrap().first().unwrap().address().unwrap().contains('@'));
                assert!(octets.ends_with(b"\r\n") && octets.is_ascii() && octets.len() < 1024);
            }
            assert_eq!(seen, count);
        }
    }

    #[test]
    fn rfc5322_dates_have_the_weekday_that_belongs_to_them() {
        let day = 24 * 60;
        for (minutes, expected) in [
            (0, "Thu, 1 Oct 2026 00:00:00 +0000"),
            (30 * day + 61, "Sat, 31 Oct 2026 01:01:00 +0000"),
            (31 * day, "Sun, 1 Nov 2026 00:00:00 +0000"),
            (61 * day - 1, "Mon, 30 Nov 2026 23:59:00 +0000"),
        ] {
            assert_eq!(super::date(minutes), expected);
        }
    }
}
