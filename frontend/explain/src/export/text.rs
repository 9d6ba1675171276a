//! A transcript as text: a line an entry, each with its time.

use popglass_protocol::transcript::{Direction, Meaning};
use popglass_session::event::{Entry, Item};
use time::OffsetDateTime;

use crate::{
    texts::{self, ExportTexts},
    words::Language,
};

/// Writes a transcript as text, a line an entry, with LF behind each.
#[must_use]
pub fn as_text(language: Language, entries: &[Entry]) -> String {
    let texts = &texts::of(language).export;
    let mut written = format!("{}\n", texts.title);
    for line in texts.legend {
        written.push_str(line);
        written.push('\n');
    }
    let mut day = None;
    for entry in entries {
        let time = i64::try_from(entry.at_ms / 1000).ok().and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
        if let Some(time) = time.filter(|time| day != Some(time.date())) {
            let (year, month, today) = (time.year(), u8::from(time.month()), time.day());
            written.push_str(&format!("\n{year}-{month:02}-{today:02}\n"));
            day = Some(time.date());
        }
        let clock = time.map_or_else(String::new, |time| {
            format!("{:02}:{:02}:{:02}.{:03}", time.hour(), time.minute(), time.second(), entry.at_ms % 1000)
        });
        written.push_str(&format!("{clock} {}\n", said(texts, &entry.item)));
    }
    written
}

fn said(texts: &ExportTexts, item: &Item) -> String {
    match item {
        Item::Line(line) => {
            let who = match line.direction {
                Direction::ClientToServer => texts.client,
                Direction::ServerToClient => texts.server,
            };
            match line.meaning {
                Meaning::BodyFolded { lines, .. } => format!("{who} {}", (texts.folded)(lines, line.octets)),
                _ => format!("{who} {}", line.text),
            }
        }
        Item::Deviation(deviation) => format!("!  {}", (texts.deviation)(deviation)),
        Item::Note(note) => format!("-  {}", (texts.note)(note)),
    }
}
