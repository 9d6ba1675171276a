//! Completions: only what may be given in the state, and nothing in sight that is secret.

use popglass_explain::{
    NUMBERS_MAX, completions, secret_from, wants_secret,
    words::{Language, Situation, Way},
};
use popglass_protocol::{
    command::PASSWORD_MASK,
    state::{State, TRANSITIONS},
};
use proptest::prelude::*;

use crate::school::{LANGUAGES, Session};

fn texts(situation: &Situation, typed: &str) -> Vec<String> {
    completions(Language::En, situation, typed).into_iter().map(|completion| completion.text).collect()
}

#[test]
fn commands_of_the_state_are_offered_and_no_others() {
    for state in State::ALL {
        let situation = Situation { stamp: true, ..Situation::new(state, Way::Clear) };
        let mut offered: Vec<String> = texts(&situation, "").iter().map(|text| text.trim().to_owned()).collect();
        let mut table: Vec<String> =
            TRANSITIONS.iter().filter(|row| row.from == state).map(|row| row.command.keyword().to_owned()).collect();
        offered.sort();
        table.sort();
        table.dedup();
        assert_eq!(offered, table, "{state:?}");
    }
}

#[test]
fn a_line_grows_word_by_word() {
    let transaction = Session::situation(State::Transaction);
    let authorization = Session::situation(State::Authorization);
    let check = |situation: &Situation, typed: &str, expected: &[&str]| {
        assert_eq!(texts(situation, typed), expected, "{typed:?}");
    };
    check(&transaction, "R", &["RETR ", "RSET"]);
    check(&transaction, "retr ", &["retr 1", "retr 3"]);
    check(&transaction, "TOP ", &["TOP 1 ", "TOP 3 "]);
    check(&transaction, "TOP 1 ", &["TOP 1 0", "TOP 1 10"]);
    check(&transaction, "DELE 3", &["DELE 3"]);
    check(&transaction, "DELE 3 ", &[]);
    check(&transaction, "NOOP ", &[]);
    check(&transaction, "USER ", &[]);
    check(&transaction, "é", &[]);
    check(&authorization, "AUTH PL", &["AUTH PLAIN"]);
    check(&authorization, "PASS ", &[]);
    check(&authorization, "S", &["STLS"]);
    let in_tls = Situation { way: Way::Tls, ..authorization.clone() };
    check(&in_tls, "S", &[]);
    let running = Situation { exchange: true, ..authorization };
    check(&running, "", &[]);
    let crowded = Situation { messages: Some(1000), ..transaction };
    assert_eq!(texts(&crowded, "RETR ").len(), NUMBERS_MAX);
}

#[test]
fn syntax_and_sentence_come_with_every_command() {
    for state in State::ALL {
        for language in LANGUAGES {
            for completion in completions(language, &Situation { stamp: true, ..Situation::new(state, Way::Clear) }, "")
            {
                assert!(completion.what.ends_with('.'), "{completion:?}");
                assert_eq!(completion.takes.is_empty(), completion.syntax.is_empty(), "{completion:?}");
            }
        }
    }
    let list = completions(Language::En, &Session::situation(State::Transaction), "LIS");
    assert_eq!(list[0].syntax, "[n]");
    let top = completions(Language::De, &Session::situation(State::Transaction), "TOP");
    assert_eq!(top[0].syntax, "n Zeilen");
}

#[test]
fn a_secret_is_masked_from_its_first_character_on() {
    let situation = Session::situation(State::UserGiven);
    let check = |typed: &str, from: Option<usize>| {
        assert_eq!(secret_from(&situation, typed), from, "{typed:?}");
        assert_eq!(wants_secret(&situation, typed), from.is_some());
    };
    check("PASS", None);
    check("PASS ", Some(5));
    check("pass x", Some(5));
    check("  PASS x", Some(7));
    check("PASS  x", Some(5));
    check(&format!("PASS {PASSWORD_MASK}"), Some(5));
    check("APOP ada", None);
    check("APOP ada ", Some(9));
    check("APOP ada c4c9", Some(9));
    check("AUTH PLAIN", None);
    check("AUTH PLAIN ", Some(11));
    check("AUTH PLAIN AG", Some(11));
    check("AUTH PLAIN not base64 at all", Some(11));
    check("USER ada", None);
    check("STAT", None);
    // Misspelt, or without a blank.
    check("PASSWORD hunter2", Some(9));
    check("\tpas hunter2", Some(5));
    check("PSAS ", Some(5));
    check("PASS: hunter2", Some(6));
    check("PASS\thunter2", Some(5));
    check("PASShunter2", Some(4));
    check("APPO ada c4c9", Some(5));
    check("login ada hunter2", Some(6));
    check("PASSION", Some(4));
    // The password is due, and may come without its keyword.
    for (typed, from) in [("hunter2", Some(0)), (" hunter 2", Some(1)), ("PASSWORD", Some(0)), ("LAST 1", Some(0))] {
        check(typed, from);
        let nobody = Situation::new(State::Authorization, Way::Clear);
        assert_eq!(secret_from(&nobody, typed), None, "no password is due: {typed}");
    }
    for typed in ["p", "qu", "LIST 1", "retr one", "NOOP"] {
        check(typed, None);
    }
    check("", None);
    let running = Situation { exchange: true, ..situation };
    assert_eq!(secret_from(&running, "AGFk"), Some(0));
}

proptest! {
    #[test]
    fn anything_typed_can_be_asked_about(typed in any::<String>(), state in 0..State::ALL.len()) {
        let situation = Situation { messages: Some(3), ..Situation::new(State::ALL[state], Way::Clear) };
        for completion in completions(Language::De, &situation, &typed) {
            prop_assert!(completion.text.len() >= typed.len());
        }
        if let Some(from) = secret_from(&situation, &typed) {
            prop_assert!(typed.is_char_boundary(from));
        }
    }

    #[test]
    fn no_character_of_a_password_is_before_the_mask(password in "[!-~][ -~]{0,30}") {
        let situation = Situation::new(State::UserGiven, Way::Clear);
        prop_assert_eq!(secret_from(&situation, &format!("PASS {password}")), Some(5));
        prop_assert_eq!(secret_from(&situation, &format!("AUTH PLAIN {password}")), Some(11));
    }
}
