//! Which part of a line may be a secret, told by its words alone: also where the keyword is misspelt, or the blank behind
//! it is missing. Knows no states and no exchanges; in them the whole line may be one.

use crate::command::CommandName;

/// The words behind which passwords and proofs stand, also as other protocols and people have them.
const MEANT: [&str; 7] = ["PASS", "APOP", "AUTH", "PASSWORD", "PASSWD", "LOGIN", "AUTHENTICATE"];

/// Octets of PASS, APOP and AUTH.
const KEYWORD_OCTETS: usize = 4;

/// Tells from which octet on a line, without its CRLF, may hold a secret; it begins a character. Behind PASS, and behind
/// user or mechanism of APOP and AUTH; behind a word that is one slip away from those, or from what people take for
/// them; and within a word that begins as one of them does, where the blank was forgotten. Nothing if nowhere, or if
/// there is no blank yet behind which the secret would begin.
///
/// ```
/// use popglass_protocol::secrecy::secret_from;
/// assert_eq!(secret_from("PASS hunter2"), Some(5));
/// assert_eq!(secret_from("psas hunter2"), Some(5));
/// assert_eq!(secret_from("PASShunter2"), Some(4));
/// assert_eq!(secret_from("STAT"), None);
/// ```
#[must_use]
pub fn secret_from(line: &str) -> Option<usize> {
    // What stands in front, such as a blank that is none to us, must not show what is behind.
    let front = line.find(|character: char| character.is_ascii_alphabetic())?;
    let line = line.get(front..)?;
    let word = line.split_ascii_whitespace().next()?;
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (stem, tail) = word.split_at_checked(letters)?;
    let is = |name: CommandName| word.eq_ignore_ascii_case(name.keyword());
    let words = if is(CommandName::Apop) || is(CommandName::Auth) { 2 } else { 1 };
    if MEANT.iter().any(|meant| is_near(stem.as_bytes(), meant.as_bytes())) {
        if tail.bytes().any(|octet| !octet.is_ascii_punctuation()) {
            return Some(front + letters);
        }
        let shown = first_words(line, words);
        return shown.as_bytes().last().is_some_and(u8::is_ascii_whitespace).then_some(front + shown.len());
    }
    let begun = stem.get(..KEYWORD_OCTETS)?;
    let is_glued = MEANT.iter().take(3).any(|meant| begun.eq_ignore_ascii_case(meant));
    is_glued.then_some(front + KEYWORD_OCTETS)
}

/// So many words of a line, and the blanks behind them.
pub(crate) fn first_words(line: &str, count: usize) -> &str {
    let mut rest = line;
    for _ in 0..count {
        rest = rest.trim_ascii_start().trim_start_matches(|character: char| !character.is_ascii_whitespace());
    }
    if count > 0 {
        rest = rest.trim_ascii_start();
    }
    line.get(..line.len() - rest.len()).unwrap_or_default()
}

/// The same word but for one letter that is wrong, missing or too many, or two neighbours that changed places.
fn is_near(one: &[u8], other: &[u8]) -> bool {
    let same = |(left, right): &(&u8, &u8)| left.eq_ignore_ascii_case(right);
    let front = one.iter().zip(other).take_while(same).count();
    let (one, other) = (one.get(front..).unwrap_or_default(), other.get(front..).unwrap_or_default());
    let back = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    match (one.get(..one.len() - back), other.get(..other.len() - back)) {
        (Some([a, b]), Some([c, d])) => a.eq_ignore_ascii_case(d) && b.eq_ignore_ascii_case(c),
        (Some([] | [_]), Some([] | [_])) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::secret_from;

    #[test]
    fn secrets_begin_behind_what_was_meant_to_be_pass_apop_auth_or_login() {
        for (line, shown) in [
            ("PASS hunter2", Some("PASS ")),
            ("\tpass\t hunter2", Some("\tpass\t ")),
            ("\x0bPASS hunter2", Some("\x0bPASS ")),
            ("\u{a0}PASS hunter2", Some("\u{a0}PASS ")),
            ("\u{feff}AUTH PLAIN AGFk", Some("\u{feff}AUTH PLAIN ")),
            ("PASS", None),
            ("PASS ", Some("PASS ")),
            ("APOP ada hunter2", Some("APOP ada ")),
            ("APOP ada", None),
            ("AUTH PLAIN AGFk", Some("AUTH PLAIN ")),
            ("auth plain", None),
            // Misspelt.
            ("PASSWORD hunter2", Some("PASSWORD ")),
            ("passwort hunter2", Some("passwort ")),
            ("Passwd hunter2", Some("Passwd ")),
            ("PAS hunter2", Some("PAS ")),
            ("PSAS hunter2", Some("PSAS ")),
            ("PASD  hunter2", Some("PASD  ")),
            ("PAASS hunter2", Some("PAASS ")),
            ("APPO ada hunter2", Some("APPO ")),
            ("AUHT PLAIN AGFk", Some("AUHT ")),
            ("AUTHENTICATE PLAIN AGFk", Some("AUTHENTICATE ")),
            ("login ada hunter2", Some("login ")),
            ("PASS: hunter2", Some("PASS: ")),
            ("PASSWORD", None),
            // Without a blank.
            ("PASS:hunter2", Some("PASS")),
            ("pas=hunter2", Some("pas")),
            ("PASShunter2", Some("PASS")),
            ("PASShunter and more", Some("PASS")),
            ("PASSé hunter2", Some("PASS")),
            ("AUTHPLAIN AGFk", Some("AUTH")),
            // What is none.
            ("USER ada", None),
            ("STAT", None),
            ("LAST 1", None),
            ("RETR 1", None),
            ("TOP 1 0", None),
            ("DELE 1", None),
            ("what? 1", None),
            ("HELO hunter2", None),
            ("élan vital", None),
            ("  ", None),
            ("", None),
        ] {
            let found = secret_from(line).map(|from| line.get(..from).expect("it begins a character"));
            assert_eq!(found, shown, "{line:?}");
        }
    }
}
