//! Every piece of every line has a name, a sentence and a place in an RFC, in both languages; so have refusals and words.

use std::collections::BTreeSet;

use popglass_explain::{explain_line, explain_refusal, explain_typed, glossary, words::Language};
use popglass_protocol::{
    command::{CommandName, PASSWORD_MASK},
    grammar::Role,
    state::State,
    transcript::{Direction, Meaning},
};
use proptest::prelude::*;

use crate::school::{LANGUAGES, asked, line, said};

/// A session with most of what there is in the grammar, and what is wrong.
fn lines() -> Vec<popglass_protocol::transcript::Line> {
    use CommandName::{Apop, Auth, AuthList, Capa, Dele, Lang, LangOne, List, Pass, Retr, Stat, Top, Uidl, User};
    let authorization = State::Authorization;
    let transaction = State::Transaction;
    let codes = ["IN-USE", "LOGIN-DELAY", "AUTH", "SYS/TEMP", "SYS/PERM", "SYS", "UTF8", "X"];
    let capabilities = [
        "TOP",
        "USER",
        "SASL PLAIN LOGIN CRAM-MD5 XYZ",
        "RESP-CODES",
        "LOGIN-DELAY 9",
        "PIPELINING",
        "EXPIRE 3 USER",
        "UIDL",
        "IMPLEMENTATION Own 1",
        "STLS",
        "AUTH-RESP-CODE",
        "UTF8 USER",
        "LANG",
        "X-OWN",
    ];
    let wrong = [
        "FOO bar",
        "RETR 0",
        "RETR x",
        "RETR",
        "TOP 1",
        "TOP 1 x",
        "LIST  1",
        "STAT 1",
        "APOP ada x",
        "AUTH ?",
        "LANG !",
        "",
    ];
    let mut lines = vec![
        said(State::Greeting, Meaning::Greeting, "+OK ready <1.2@x.org>"),
        asked(authorization, User, "USER ada"),
        asked(State::UserGiven, Pass, &format!("PASS {PASSWORD_MASK}")),
        asked(authorization, Apop, &format!("APOP ada {PASSWORD_MASK}")),
        asked(authorization, Auth, &format!("AUTH PLAIN {PASSWORD_MASK}")),
        said(authorization, Meaning::Challenge(Auth), "+ VXNlcg=="),
        line(Direction::ClientToServer, authorization, Meaning::Response(Auth), PASSWORD_MASK),
        line(Direction::ClientToServer, authorization, Meaning::ExchangeCancelled(Auth), "*"),
        said(authorization, Meaning::Body(AuthList), "PLAIN"),
        said(authorization, Meaning::Body(Lang), "de Deutsch"),
        asked(authorization, LangOne, "LANG *"),
        said(transaction, Meaning::Accepted(Stat), "+OK 2 320"),
        asked(transaction, Top, "TOP 1 0"),
        said(transaction, Meaning::Body(List), "1 120"),
        said(transaction, Meaning::Body(Uidl), "1 whqtswO"),
        said(transaction, Meaning::Body(Retr), "..hidden"),
        said(transaction, Meaning::BodyEnd(Retr), ".\r\n"),
        asked(transaction, Dele, "DELE 1"),
        said(transaction, Meaning::Unexpected, "-ERR what?"),
    ];
    lines.extend(codes.map(|code| said(authorization, Meaning::Refused(Pass), &format!("-ERR [{code}] no"))));
    lines.extend(capabilities.map(|text| said(authorization, Meaning::Body(Capa), text)));
    lines.extend(wrong.map(|text| line(Direction::ClientToServer, authorization, Meaning::UnknownCommand, text)));
    lines.extend(CommandName::ALL.map(|command| asked(transaction, command, command.keyword())));
    lines
}

#[test]
fn every_piece_has_a_name_a_sentence_and_a_place_in_both_languages() {
    let mut sentences = [BTreeSet::new(), BTreeSet::new()];
    for line in lines() {
        let told = LANGUAGES.map(|language| explain_line(language, &line));
        assert!(!told[0].is_empty(), "{line:?}");
        for (english, german) in told[0].iter().zip(&told[1]) {
            assert_eq!((english.start, english.end, english.role), (german.start, german.end, german.role));
            for (place, text) in [english, german].into_iter().enumerate() {
                assert!(!text.name.is_empty() && text.rfc.starts_with("RFC "), "{text:?}");
                assert!(text.what.ends_with('.'), "{text:?}");
                sentences[place].insert(text.what.clone());
            }
            assert_ne!(english.what, german.what, "{line:?}");
        }
    }
    assert_eq!(sentences[0].len(), sentences[1].len(), "what differs in one language differs in the other");
    assert!(sentences[0].len() > 80, "{}", sentences[0].len());
}

#[test]
fn no_sentence_holds_a_secret() {
    for typed in ["PASS lovelace", "APOP ada lovelace", "AUTH PLAIN lovelace", "AUTH PLAIN  lovelace"] {
        for language in LANGUAGES {
            for text in explain_typed(language, typed.as_bytes()) {
                assert!(!text.what.contains("lovelace"), "{text:?}");
            }
        }
    }
}

#[test]
fn every_refusal_has_a_meaning_and_an_advice_and_nothing_else_has() {
    let mut told = BTreeSet::new();
    for state in [State::Authorization, State::UserGiven, State::Transaction] {
        for command in CommandName::ALL {
            for text in ["-ERR no", "-ERR [IN-USE] no", "-ERR [SYS/PERM]", "-ERR [X] no"] {
                for language in LANGUAGES {
                    let line = said(state, Meaning::Refused(command), text);
                    let words = explain_refusal(language, &line).expect("it is a refusal");
                    assert!(words.what.ends_with(['.', ':']) && words.advice.ends_with('.'), "{words:?}");
                    told.insert(words.what);
                }
            }
        }
    }
    assert!(told.len() > 60, "{}", told.len());
    let check = |state, meaning, text: &str, what: Option<&str>| {
        let words = explain_refusal(Language::En, &said(state, meaning, text));
        assert_eq!(words.as_ref().map(|words| words.what.as_str()), what, "{text}");
    };
    let retr = Meaning::Refused(CommandName::Retr);
    check(State::Transaction, retr, "-ERR gone", Some("There is no such message, or it is marked for deletion."));
    check(State::Authorization, retr, "-ERR", Some("RETR is not allowed in this state yet."));
    check(
        State::Greeting,
        Meaning::GreetingRefused,
        "-ERR",
        Some("The server does not want to talk now; no session begins."),
    );
    check(State::Transaction, Meaning::Unexpected, "-ERR what", Some("The server does not know this command."));
    check(State::Transaction, Meaning::Unexpected, "hello", None);
    check(State::Transaction, Meaning::Accepted(CommandName::Retr), "+OK", None);
}

#[test]
fn the_glossary_says_the_same_words_in_both_languages_in_their_own_order() {
    let [english, german] = LANGUAGES.map(glossary);
    let ids =
        |terms: &[popglass_explain::words::Term]| terms.iter().map(|term| term.id.clone()).collect::<BTreeSet<_>>();
    assert_eq!(ids(&english), ids(&german));
    assert_eq!(ids(&english).len(), english.len(), "no word comes twice");
    assert!(english.len() >= 40);
    for term in english.iter().chain(&german) {
        assert!(term.what.ends_with('.') && !term.term.is_empty(), "{term:?}");
        assert!(term.rfc.is_empty() || term.rfc.starts_with("RFC "), "{term:?}");
    }
    assert!(english.is_sorted_by_key(|term| term.term.to_lowercase()));
}

proptest! {
    #[test]
    fn any_octets_typed_are_explained_to_their_end(typed in proptest::collection::vec(any::<u8>(), 0..80)) {
        for language in LANGUAGES {
            let told = explain_typed(language, &typed);
            prop_assert_eq!(told.last().map_or(0, |last| last.end), typed.len());
            prop_assert!(told.iter().all(|text| !text.what.is_empty() || text.role == Role::Space));
        }
    }
}
