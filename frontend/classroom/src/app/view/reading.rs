//! Messages that were fetched, as header fields and text. Decodes nothing: what a mail program would hide is seen here.

use popglass_lessons::Classroom;

/// A message that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingVm {
    /// The terminal or device.
    pub by: String,
    /// Header fields, name and value.
    pub fields: Vec<(String, String)>,
    /// What stands below the header.
    pub body: String,
    /// It goes on; this is where it was cut.
    pub is_cut: bool,
}

/// What was fetched in terminals, and what was read on devices.
pub(super) fn readings(classroom: &Classroom) -> Vec<ReadingVm> {
    let plan = classroom.plan();
    let in_terminals = plan.terminals.iter().filter_map(|setup| {
        let reading = classroom.terminal(&setup.name)?.reading?;
        Some(reading_of(&setup.name, &reading.octets, reading.octets_total > reading.octets.len() as u64))
    });
    let on_devices = plan.devices.iter().filter_map(|setup| classroom.device(&setup.name)).flat_map(|device| {
        let read = device.kept.iter().filter(|kept| kept.read);
        read.map(|kept| reading_of(device.name, &kept.octets, false)).collect::<Vec<_>>()
    });
    in_terminals.chain(on_devices).collect()
}

fn reading_of(by: &str, octets: &[u8], is_cut: bool) -> ReadingVm {
    let (fields, body) = letter(octets);
    ReadingVm { by: by.to_owned(), fields, body, is_cut }
}

/// A message as header fields and the rest. Folded lines are joined; nothing is decoded.
pub(super) fn letter(octets: &[u8]) -> (Vec<(String, String)>, String) {
    let text = String::from_utf8_lossy(octets).replace("\r\n", "\n");
    let (head, body) = text.trim_start_matches('\n').split_once("\n\n").unwrap_or((&text, ""));
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.lines() {
        match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, _, Some((name, value))) => fields.push((name.to_owned(), value.trim().to_owned())),
            _ => {}
        }
    }
    (fields, body.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn a_message_is_cut_into_fields_and_body() {
        for (octets, fields, body) in [
            ("Subject: Hi\r\n\r\nText.\r\n", vec![("Subject", "Hi")], "Text."),
            ("\r\nSubject: long\r\n line\r\n\r\nOne\r\n\r\nTwo", vec![("Subject", "long line")], "One\n\nTwo"),
            ("no header", vec![], ""),
            ("", vec![], ""),
        ] {
            let (found, text) = letter(octets.as_bytes());
            let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!((found, text.as_str()), (fields, body), "{octets:?}");
        }
    }
}
