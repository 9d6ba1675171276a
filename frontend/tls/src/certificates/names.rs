//! Makes a stranger's text harmless to show: one line, no characters that are invisible or turn the text around, and no
//! more of it than fits a line or two.

/// Longer ones are cut.
const TEXT_CHARACTERS_MAX: usize = 200;

/// The text as it can be shown.
pub(crate) fn neutral(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(TEXT_CHARACTERS_MAX)
        .map(|character| if is_harmless(character) { character } else { char::REPLACEMENT_CHARACTER })
        .collect();
    if text.chars().nth(TEXT_CHARACTERS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// It shows itself, and does nothing to its neighbours.
fn is_harmless(character: char) -> bool {
    let meddles = matches!(character,
        // Soft hyphen, Arabic letter mark, joiners and marks of direction.
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        // Line and paragraph separators; embeddings, overrides, isolates; invisible operators.
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        // Byte order mark, interlinear notes, tags, what is for private use.
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}' | '\u{E000}'..='\u{F8FF}'
        // Spaces that look like none or like many.
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}');
    !character.is_control() && !meddles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_meddles_with_its_neighbours_is_replaced() {
        let check = |text: &str, shown: &str| assert_eq!(neutral(text), shown);
        check("mail.example.org", "mail.example.org");
        check("Grüße, 邮件", "Grüße, 邮件");
        check("a\nb\tc\0", "a\u{FFFD}b\u{FFFD}c\u{FFFD}");
        check("safe\u{202E}gro.live", "safe\u{FFFD}gro.live");
        check("a\u{200B}b\u{2066}c\u{FEFF}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}");
        check(&"x".repeat(200), &"x".repeat(200));
        check(&"x".repeat(201), &format!("{}…", "x".repeat(200)));
    }
}
