//! A file name out of a subject, for saving a message. Knows nothing of files.

/// The longest stem, in characters: short enough for every file system, even in four-octet characters.
const STEM_CHARS_MAX: usize = 60;

/// A name such as `Lunch on Friday.eml`: no path, no control character, nothing that a file system forbids, no
/// dot in front.
pub(super) fn message_file_name(subject: Option<&str>, number: u32) -> String {
    let mut stem = String::new();
    for character in subject.unwrap_or_default().chars().take(STEM_CHARS_MAX) {
        let forbidden = character.is_control()
            || matches!(character, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            || is_invisible(character);
        let blank = forbidden || character.is_whitespace();
        if !blank {
            stem.push(character);
        } else if !stem.is_empty() && !stem.ends_with(' ') {
            stem.push(' ');
        }
    }
    let stem = stem.trim_matches(|character| matches!(character, ' ' | '.'));
    if stem.is_empty() { format!("message-{number}.eml") } else { format!("{stem}.eml") }
}

/// Directional and zero-width characters, which can make a name look like another.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::message_file_name;

    #[test]
    fn subject_becomes_a_safe_file_name() {
        for (subject, expected) in [
            (Some("Lunch on Friday"), "Lunch on Friday.eml"),
            (Some("../../etc/passwd"), "etc passwd.eml"),
            (Some("a\u{202E}gpj.exe"), "a gpj.exe.eml"),
            (Some("  \r\n "), "message-7.eml"),
            (Some("Größe: 5 €?"), "Größe 5 €.eml"),
            (None, "message-7.eml"),
        ] {
            assert_eq!(message_file_name(subject, 7), expected, "{subject:?}");
        }
    }
}
