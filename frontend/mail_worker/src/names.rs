//! Makes foreign text fit to be shown: no control characters, nothing that turns the reading direction, file names that
//! name a file and nothing else. Knows nothing of MIME.

use crate::limits::{DISPLAY_CHARS_MAX, FILE_NAME_CHARS_MAX};

/// A subject or display name: one line, cleaned.
pub(crate) fn display(text: &str) -> String {
    shortened(text, DISPLAY_CHARS_MAX)
}

/// One line of at most `chars_max` characters, cleaned; runs of white space become one space.
pub(crate) fn shortened(text: &str, chars_max: usize) -> String {
    let mut line = String::with_capacity(text.len().min(chars_max));
    let mut chars = 0;
    for word in text.split(|character: char| character.is_whitespace() || character.is_control()) {
        let mut word = word.chars().filter(|character| !is_deceptive(*character)).peekable();
        if word.peek().is_none() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
            chars += 1;
        }
        for character in word {
            if chars >= chars_max {
                line.push('…');
                return line;
            }
            line.push(character);
            chars += 1;
        }
    }
    line
}

/// An address: as [`display`], and without characters that cannot be seen.
pub(crate) fn address(text: &str) -> String {
    let visible: String = text.chars().filter(|character| !is_invisible(*character)).collect();
    display(&visible)
}

/// Text of many lines: control characters but line breaks and tabs are dropped.
pub(crate) fn body(text: &str) -> String {
    text.chars()
        .filter(|character| match character {
            '\n' | '\t' => true,
            other => !other.is_control() && !is_deceptive(*other),
        })
        .collect()
}

/// Embeddings, overrides and isolates of the bidirectional algorithm (Unicode UAX #9 §2), and characters that only
/// annotate or tag: they make text read as something it is not.
pub(crate) const fn is_deceptive(character: char) -> bool {
    matches!(
        character,
        '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{206A}'..='\u{206F}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Takes no room on the screen. A display name may need these (joiners in emoji and Indic scripts), an address never.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'
            ..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{3164}' | '\u{FE00}'
            ..='\u{FE0F}' | '\u{FFA0}'
    ) || is_deceptive(character)
}

/// A file name from what a message declares: the last part of any path, cleaned, never hidden, never a device of Windows,
/// never empty.
pub(crate) fn file_name(declared: Option<&str>, media_type: &str) -> String {
    let last = declared.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last
        .chars()
        .filter(|character| !is_invisible(*character) && *character != '\u{FFFD}')
        .map(|character| match character {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            other => other,
        })
        .collect();
    let line = shortened(&visible, usize::MAX);
    let name = line.trim_matches(|character: char| character == '.' || character == ' ');
    if name.is_empty() {
        return format!("attachment.{}", extension(media_type));
    }
    let (stem, dotted_extension) = match name.rfind('.') {
        // A long "extension" is the end of a sentence.
        Some(at) if at > 0 && name.len() - at <= 12 => name.split_at(at),
        Some(_) | None => (name, ""),
    };
    let room = FILE_NAME_CHARS_MAX.saturating_sub(dotted_extension.chars().count());
    let stem: String = stem.chars().take(room).collect();
    let stem = stem.trim_end_matches(['.', ' ']);
    let device = if is_device(stem) { "_" } else { "" };
    format!("{device}{stem}{dotted_extension}")
}

/// Names that Windows gives to devices, whatever the extension.
fn is_device(stem: &str) -> bool {
    let upper = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    match upper.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" => true,
        other => {
            let number = other.strip_prefix("COM").or_else(|| other.strip_prefix("LPT"));
            number.is_some_and(|number| number.len() == 1 && number.bytes().all(|digit| digit.is_ascii_digit()))
        }
    }
}

/// The usual extension of a media type.
fn extension(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "application/json" => "json",
        "application/pgp-signature" => "asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "p7s",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "message/rfc822" | "message/global" => "eml",
        "text/plain" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "text/csv" => "csv",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::{address, body, display, file_name};

    #[test]
    fn display_text_keeps_one_honest_line() {
        let rows = [
            ("plain", "plain"),
            ("  two\r\n\tlines \u{0}x ", "two lines x"),
            ("evil\u{202E}gpj.exe", "evilgpj.exe"),
            ("\u{2066}isolated\u{2069}", "isolated"),
            ("c1\u{85}next\u{9b}31m", "c1 next 31m"),
            ("\u{FEFF}mark", "mark"),
            ("family 👨\u{200D}👩\u{200D}👧", "family 👨\u{200D}👩\u{200D}👧"),
            ("\u{202E}", ""),
        ];
        for (given, expected) in rows {
            assert_eq!(display(given), expected, "{given:?}");
        }
        assert_eq!(display(&"x".repeat(5000)).chars().count(), 1001);
    }

    #[test]
    fn addresses_hold_nothing_invisible() {
        assert_eq!(address("bank\u{200B}@example.com\u{200F}"), "bank@example.com");
        assert_eq!(address("a\u{AD}b@example.com"), "ab@example.com");
    }

    #[test]
    fn bodies_keep_lines_and_tabs() {
        assert_eq!(body("a\tb\nc\u{7}\u{202E}d\u{9b}"), "a\tb\ncd");
    }

    #[test]
    fn file_names_name_a_file_and_nothing_else() {
        let rows = [
            (Some("report.pdf"), "application/pdf", "report.pdf"),
            (Some("../../etc/passwd"), "text/plain", "passwd"),
            (Some("C:\\temp\\a.txt"), "text/plain", "a.txt"),
            (Some(".bashrc"), "text/plain", "bashrc"),
            (Some("..."), "application/pdf", "attachment.pdf"),
            (Some("photo\u{202E}gpj.exe"), "image/jpeg", "photogpj.exe"),
            (Some("a\r\nb.txt"), "text/plain", "a b.txt"),
            (Some("what?.txt"), "text/plain", "what_.txt"),
            (Some("NUL.txt"), "text/plain", "_NUL.txt"),
            (Some("com1"), "text/plain", "_com1"),
            (Some("computer.txt"), "text/plain", "computer.txt"),
            (Some("trailing. "), "text/plain", "trailing"),
            (Some("Überweisung.pdf"), "application/pdf", "Überweisung.pdf"),
            (None, "image/png", "attachment.png"),
            (None, "application/x-unknown", "attachment.bin"),
            (Some("/"), "text/calendar", "attachment.ics"),
        ];
        for (declared, media_type, expected) in rows {
            assert_eq!(file_name(declared, media_type), expected, "{declared:?}");
        }
        let long = file_name(Some(&format!("{}.pdf", "ü".repeat(400))), "application/pdf");
        assert!(long.ends_with("ü.pdf") && long.len() < 255, "{long}");
    }
}
