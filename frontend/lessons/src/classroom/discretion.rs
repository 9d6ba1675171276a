//! What of a typed IMAP line is shown, and kept: no password, no proof of one, and nothing that may be either. A login may
//! take several lines: literals (RFC 3501 §4.3), and the responses of AUTHENTICATE (§6.2.2). Knows no server.

use popglass_protocol::{command::PASSWORD_MASK, secrecy::secret_from};

/// Any letter: with it a line tells whether the next one that is typed would be hidden.
pub(super) const NEXT_LETTER: char = 'x';

/// The next letter begins a word.
pub(super) fn begins_word(typed: &str) -> bool {
    !typed.ends_with(|letter: char| !letter.is_whitespace())
}

/// Follows what is typed in one session.
#[derive(Debug, Default, Clone)]
pub(super) struct Discretion {
    login: Login,
    /// The first word of the last line, where it is not shown, and what is shown in its stead: to the server it is a tag, and
    /// its answer repeats it.
    tag: Option<(String, String)>,
}

/// How a login goes on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Login {
    #[default]
    Nowhere,
    /// LOGIN, with so many octets of a literal still to come; first that of the user's name, or that of the password.
    Literal { octets_left: usize, is_user: bool },
    /// AUTHENTICATE: what is typed is a response.
    Exchange,
    /// AUTHENTICATE was answered: who did not wait for that may still type the response.
    Answered,
}

/// A line as it may be seen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// With its secrets masked.
    pub(super) text: String,
    /// It is no command, but goes on with one.
    pub(super) continues: bool,
    /// The user's name, which came as a literal.
    pub(super) user: Option<String>,
}

impl Discretion {
    pub(super) fn shown(&mut self, line: &str) -> Shown {
        let shown = self.judge(line);
        let word = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
        let (typed, seen) = (word(line), word(&shown.text));
        self.tag = (typed != seen).then_some((typed, seen));
        shown
    }

    /// Something of a line that is still being typed would not be shown, or nothing of what comes next would.
    pub(super) fn hides(&self, typed: &str) -> bool {
        // Of a name that is still growing everything may be seen; behind a blank a password may have begun.
        if let Login::Literal { octets_left, is_user: true } = self.login
            && typed.len() <= octets_left
            && !typed.contains(char::is_whitespace)
        {
            return false;
        }
        let masks = |line: &str| self.clone().judge(line).text != line;
        masks(typed) || begins_word(typed) && masks(&format!("{typed}{NEXT_LETTER}"))
    }

    /// A line of the server's, as it may be seen.
    pub(super) fn heard(&self, line: &str) -> String {
        let repeated = self.tag.as_ref().and_then(|(tag, seen)| Some((seen, line.strip_prefix(tag.as_str())?)));
        repeated.map_or(line.to_owned(), |(seen, rest)| format!("{seen}{rest}"))
    }

    fn judge(&mut self, line: &str) -> Shown {
        match self.login {
            Login::Literal { octets_left, is_user } => self.literal(line, octets_left, is_user),
            Login::Exchange => continued(if line == "*" { line } else { PASSWORD_MASK }, None),
            Login::Answered if !line.trim().contains(char::is_whitespace) => continued(PASSWORD_MASK, None),
            Login::Answered | Login::Nowhere => self.command(line),
        }
    }

    /// The command that was under way has its answer.
    pub(super) fn answered(&mut self) {
        self.login = match self.login {
            Login::Exchange => Login::Answered,
            _ => Login::Nowhere,
        };
    }

    fn command(&mut self, line: &str) -> Shown {
        self.login = Login::Nowhere;
        let words: Vec<&str> = line.split_whitespace().collect();
        let is = |keyword: &str| words.get(1).is_some_and(|word| word.eq_ignore_ascii_case(keyword));
        let mask = PASSWORD_MASK;
        let text = match words.as_slice() {
            [tag, login, rest @ ..] if is("LOGIN") => {
                let literal = announced(line);
                let is_user = rest.len() == 1;
                if let Some(octets_left) = literal {
                    self.login = Login::Literal { octets_left, is_user };
                }
                match rest {
                    [] | [_] => line.to_owned(),
                    [user, announced] if literal.is_some() && announced.starts_with('{') => {
                        format!("{tag} {login} {user} {announced}")
                    }
                    [user, ..] => format!("{tag} {login} {user} {mask}"),
                }
            }
            [tag, authenticate, rest @ ..] if is("AUTHENTICATE") => {
                self.login = Login::Exchange;
                match rest {
                    [] | [_] => line.to_owned(),
                    [mechanism, ..] => format!("{tag} {authenticate} {mechanism} {mask}"),
                }
            }
            // Without a tag, or misspelt.
            _ => {
                let tag = line.len() - line.trim_start().trim_start_matches(|c: char| !c.is_whitespace()).len();
                let behind = line.get(tag..).and_then(secret_from).map(|from| tag + from);
                let from = secret_from(line).or(behind).and_then(|from| line.get(..from));
                from.filter(|shown| shown.len() < line.len()).map_or(line.to_owned(), |shown| format!("{shown}{mask}"))
            }
        };
        Shown { text, continues: false, user: None }
    }

    fn literal(&mut self, line: &str, octets_left: usize, is_user: bool) -> Shown {
        let octets = line.len() + "\r\n".len();
        if octets <= octets_left {
            self.login = Login::Literal { octets_left: octets_left - octets, is_user };
            return continued(PASSWORD_MASK, None);
        }
        let (literal, rest) = line.split_at_checked(octets_left).unwrap_or((line, ""));
        self.login = match announced(rest) {
            Some(octets_left) => Login::Literal { octets_left, is_user: false },
            None => Login::Nowhere,
        };
        if !is_user {
            return continued(PASSWORD_MASK, None);
        }
        let shown = match self.login {
            Login::Nowhere if !rest.trim().is_empty() => format!("{literal} {PASSWORD_MASK}"),
            _ => line.to_owned(),
        };
        continued(&shown, Some(literal.to_owned()))
    }
}

fn continued(text: &str, user: Option<String>) -> Shown {
    Shown { text: text.to_owned(), continues: true, user }
}

/// The literal that a line announces at its end: `{12}`, or `{12+}` (RFC 7888).
fn announced(line: &str) -> Option<usize> {
    let (_, digits) = line.strip_suffix('}')?.rsplit_once('{')?;
    let digits = digits.strip_suffix('+').unwrap_or(digits);
    digits.bytes().all(|octet| octet.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::Discretion;

    /// The lines, and what is shown of them; `!` stands for the server's answer.
    fn check(lines: &[(&str, &str)]) {
        let mut discretion = Discretion::default();
        for (line, shown) in lines {
            if *line == "!" {
                discretion.answered();
            } else {
                assert_eq!(discretion.shown(line).text.replace(super::PASSWORD_MASK, "#"), *shown, "{line:?}");
            }
        }
    }

    #[test]
    fn what_logs_in_is_masked_on_one_line_or_several() {
        check(&[("a LOGIN ada hunter2", "a LOGIN ada #"), ("!", ""), ("b SELECT INBOX", "b SELECT INBOX")]);
        check(&[("a login \"ada\" \"hun ter2\"", "a login \"ada\" #")]);
        check(&[("a LOGIN ada {7}", "a LOGIN ada {7}"), ("hunter2", "#"), ("b NOOP", "b NOOP")]);
        check(&[("a LOGIN ada {7+}", "a LOGIN ada {7+}"), ("hunter2", "#"), ("b NOOP", "b NOOP")]);
        check(&[("a LOGIN {3}", "a LOGIN {3}"), ("ada {7}", "ada {7}"), ("hunter2", "#"), ("b NOOP", "b NOOP")]);
        check(&[("a LOGIN {3}", "a LOGIN {3}"), ("ada hunter2", "ada #"), ("b NOOP", "b NOOP")]);
        // A literal that holds a line end, and one that is refused.
        check(&[("a LOGIN ada {10}", "a LOGIN ada {10}"), ("hunter", "#"), ("22", "#"), ("b NOOP", "b NOOP")]);
        check(&[("a LOGIN ada {99999}", "a LOGIN ada {99999}"), ("!", ""), ("b NOOP", "b NOOP")]);
        check(&[
            ("a AUTHENTICATE PLAIN", "a AUTHENTICATE PLAIN"),
            ("AGh1bnRlcjI=", "#"),
            ("!", ""),
            ("b NOOP", "b NOOP"),
        ]);
        check(&[("a AUTHENTICATE LOGIN", "a AUTHENTICATE LOGIN"), ("YWRh", "#"), ("aHVu dGVy", "#"), ("*", "*")]);
        check(&[("a authenticate PLAIN AGh1bnRlcjI=", "a authenticate PLAIN #")]);
        // Typed although the server has refused.
        check(&[
            ("a AUTHENTICATE PLAIN", "a AUTHENTICATE PLAIN"),
            ("!", ""),
            ("AGh1bnRlcjI=", "#"),
            ("b NOOP", "b NOOP"),
        ]);
        // Wrong, and a secret all the same.
        check(&[("LOGIN ada hunter2", "LOGIN #"), ("a LOGN ada hunter2", "a LOGN #"), ("PASS hunter2", "PASS #")]);
        check(&[("a SEARCH TEXT hunter2", "a SEARCH TEXT hunter2"), ("a", "a"), ("", "")]);
    }

    #[test]
    fn a_secret_is_hidden_from_its_first_letter_on() {
        let hidden = |lines: &[&str], typed: &str| {
            let mut discretion = Discretion::default();
            for line in lines {
                discretion.shown(line);
            }
            discretion.hides(typed)
        };
        for (lines, typed, expected) in [
            (&[][..], "", false),
            (&[], "a LOGIN ada", false),
            (&[], "a LOGIN ada ", true),
            (&[], "a LOGIN ada h", true),
            (&[], "a login \"ada\" \"hun", true),
            (&[], "a AUTHENTICATE PLAIN", false),
            (&[], "a AUTHENTICATE PLAIN ", true),
            (&[], "LOGIN ", true),
            (&[], "a SELECT INBOX", false),
            (&["a LOGIN ada {7}"], "", true),
            (&["a LOGIN ada {7}"], "hunt", true),
            (&["a LOGIN ada {7}", "hunter2"], "", false),
            (&["a LOGIN {3}"], "", false),
            (&["a LOGIN {3}"], "a", false),
            (&["a LOGIN {3}"], "ada", false),
            (&["a LOGIN {30}"], "ada", false),
            (&["a LOGIN {30}"], "ada ", true),
            (&["a LOGIN {30}"], "ada h", true),
            (&["a LOGIN {3}"], "ada ", true),
            (&["a AUTHENTICATE PLAIN"], "", true),
            (&["a AUTHENTICATE PLAIN"], "AGh1", true),
        ] {
            assert_eq!(hidden(lines, typed), expected, "{lines:?} {typed:?}");
        }
    }

    #[test]
    fn the_users_name_is_known_also_where_it_is_a_literal() {
        let mut discretion = Discretion::default();
        assert_eq!(discretion.shown("a LOGIN {3}").user, None);
        assert_eq!(discretion.shown("ada {7}").user.as_deref(), Some("ada"));
        assert_eq!(discretion.shown("hunter2").user, None);
    }
}
