//! The state picture: its arrows are the transition table, its text says what it shows, and nothing breaks out of it.

use std::collections::BTreeSet;

use popglass_explain::{
    state_picture,
    words::{Envelope, Language, PictureFacts},
};
use popglass_protocol::state::{State, TRANSITIONS};
use proptest::prelude::*;

use crate::school::{LANGUAGES, number};

fn facts(state: Option<State>, count: u32, marked: &[u32]) -> PictureFacts {
    let envelope = |place| Envelope { number: number(place), octets: None, marked: marked.contains(&place) };
    PictureFacts {
        id: "one".into(),
        state,
        server: "mail.example".into(),
        user: "ada".into(),
        maildrop: Some((1..=count).map(envelope).collect()),
    }
}

/// The value of an attribute at the beginning of what follows.
fn attribute<'svg>(markup: &'svg str, name: &str) -> &'svg str {
    let from = markup.split_once(&format!("{name}=\"")).map_or("", |(_, rest)| rest);
    from.split('"').next().unwrap_or_default()
}

#[test]
fn every_arrow_is_a_row_of_the_table_and_every_row_an_arrow() {
    let table: BTreeSet<String> =
        TRANSITIONS.iter().map(|row| format!("{:?} {:?} {:?}", row.from, row.command, row.on_ok)).collect();
    for state in State::ALL.map(Some).into_iter().chain([None]) {
        let picture = state_picture(Language::En, &facts(state, 2, &[]));
        let mut drawn = BTreeSet::new();
        let mut by_itself = BTreeSet::new();
        for arrow in picture.svg.split("<g class=\"picture-arrow").skip(1) {
            let (from, to) = (attribute(arrow, "data-from"), attribute(arrow, "data-to"));
            let commands = attribute(arrow, "data-commands");
            for command in commands.split_whitespace() {
                assert!(drawn.insert(format!("{from} {command} {to}")), "{command} is drawn twice");
            }
            if commands.is_empty() {
                by_itself.insert((from, to));
            }
            let open = arrow.starts_with(" picture-open");
            assert_eq!(open, state.is_some_and(|state| format!("{state:?}") == from), "{from} in {state:?}");
            let shape = arrow.split("</g>").next().unwrap_or_default();
            for command in
                TRANSITIONS.iter().filter(|row| format!("{:?} {:?}", row.from, row.on_ok) == format!("{from} {to}"))
            {
                assert!(shape.contains(command.command.keyword()), "{:?} can be read", command.command);
            }
        }
        assert_eq!(drawn, table, "{state:?}");
        assert_eq!(by_itself, BTreeSet::from([("Greeting", "Authorization"), ("Update", "Closed")]));
    }
}

#[test]
fn the_text_says_all_that_the_picture_shows() {
    let check = |language, facts: &PictureFacts, expected: &str| {
        let picture = state_picture(language, facts);
        assert_eq!(picture.text, expected);
        assert!(picture.svg.contains(&format!("<desc id=\"one-text\">{expected}</desc>")), "{}", picture.svg);
    };
    check(
        Language::En,
        &facts(Some(State::Transaction), 5, &[2, 5]),
        "State: TRANSACTION. Allowed here: CAPA, LANG, STAT, LIST, UIDL, TOP, RETR, DELE, RSET, NOOP, QUIT. QUIT leads from \
         TRANSACTION to UPDATE. The maildrop of ada on mail.example. It holds 5 messages. Locked by this session: nobody else \
         can open it now. Marked: 2 and 5. QUIT would delete 2 messages; 3 stay.",
    );
    check(
        Language::De,
        &facts(Some(State::UserGiven), 1, &[]),
        "Zustand: AUTHORIZATION, Name genannt. Hier erlaubt: CAPA, PASS, USER, QUIT. PASS führt von AUTHORIZATION, Name \
         genannt zu TRANSACTION. QUIT führt von AUTHORIZATION, Name genannt zu beendet. Das Postfach von ada auf \
         mail.example. Darin liegt 1 Nachricht. Nichts ist vorgemerkt. QUIT würde nichts löschen.",
    );
    let unknown =
        PictureFacts { id: "one".into(), state: None, server: String::new(), user: String::new(), maildrop: None };
    check(
        Language::En,
        &unknown,
        "There is no connection. The maildrop on the server. What is in the maildrop is not known yet.",
    );
}

#[test]
fn the_picture_shows_where_the_session_is_and_crosses_out_what_is_marked() {
    for state in State::ALL {
        let svg = state_picture(Language::De, &facts(Some(state), 3, &[2])).svg;
        assert_eq!(svg.matches("picture-here").count(), 1);
        assert!(svg.contains(&format!("picture-here\" data-state=\"{state:?}\"")));
        assert_eq!((svg.matches("data-number").count(), svg.matches("picture-cross").count()), (3, 1));
    }
    let svg = state_picture(Language::En, &facts(Some(State::Transaction), 1000, &[])).svg;
    assert_eq!(svg.matches("data-number").count(), 24);
    assert!(svg.contains("and 976 more"));
    assert!(svg.contains(">QUIT would delete nothing.</text>"));
    let svg = state_picture(Language::En, &facts(Some(State::Transaction), 3, &[2])).svg;
    assert!(svg.contains(">QUIT would delete 1 message; 2 stay.</text>"));
    assert!(!svg.contains("style="), "the page's policy applies no inline style");
}

#[test]
fn nothing_lies_outside_of_the_picture() {
    for language in LANGUAGES {
        let svg = state_picture(language, &facts(Some(State::Authorization), 60, &[1])).svg;
        let bounds: Vec<u32> =
            attribute(&svg, "viewBox").split(' ').map(|word| word.parse().expect("a number")).collect();
        assert_eq!(bounds[2], 320);
        for (name, most) in [(" x", bounds[2]), (" y", bounds[3])] {
            for piece in svg.split(&format!("{name}=\"")).skip(1) {
                let at: u32 = piece.split('"').next().and_then(|at| at.parse().ok()).expect("a number");
                assert!(at < most, "{name} {at} of {most}");
            }
        }
        for path in svg.split(" d=\"").skip(1) {
            let numbers = path.split('"').next().unwrap_or_default().replace(['M', 'L', 'Z'], " ");
            let numbers: Vec<u32> = numbers.split_whitespace().map(|at| at.parse().expect("a number")).collect();
            assert!(numbers.chunks(2).all(|at| at[0] <= bounds[2] && at[1] <= bounds[3]), "{numbers:?}");
        }
    }
}

proptest! {
    #[test]
    fn no_name_breaks_out_of_the_markup(server in any::<String>(), user in "[<>&\"'a-z\u{202e}]{0,60}", id in any::<String>()) {
        let named = PictureFacts { id, server, user, ..facts(Some(State::Transaction), 2, &[1]) };
        let plain = state_picture(Language::En, &facts(Some(State::Transaction), 2, &[1])).svg;
        let svg = state_picture(Language::En, &named).svg;
        for mark in ["<", ">", "\""] {
            prop_assert_eq!(svg.matches(mark).count(), plain.matches(mark).count(), "{}", mark);
        }
        prop_assert!(!svg.chars().any(char::is_control));
        let turned = svg.contains('\u{202e}');
        prop_assert!(!turned);
    }
}
