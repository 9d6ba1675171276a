//! Both languages have words of their own for everything.

use popglass_console::{
    app::terms::{Direction, HeldLine, LineFault, Verdict},
    i18n::{Language, texts},
};

#[test]
fn every_verdict_fault_and_held_line_has_words_in_both_languages() {
    let (en, de) = (texts(Language::En), texts(Language::De));
    let check = |what: &str, en: &str, de: &str| {
        assert!(en.len() > 3 && de.len() > 3, "{what}: {en:?} {de:?}");
        assert_ne!(en, de, "{what}");
    };
    for verdict in [Verdict::Works, Verdict::Depends, Verdict::Refused, Verdict::Unknown, Verdict::Response] {
        check(&format!("{verdict:?}"), (en.verdict)(verdict), (de.verdict)(verdict));
    }
    for fault in [
        LineFault::TooLong { octets: 300, octets_max: 255 },
        LineFault::ControlCharacter,
        LineFault::NoConnection,
        LineFault::NoTls,
        LineFault::TooMany,
    ] {
        check(&format!("{fault:?}"), &(en.not_sent)(fault), &(de.not_sent)(fault));
    }
    for (rest_of_body, waiting) in [(true, 0), (false, 1), (true, 1), (false, 2), (true, 2)] {
        let held = HeldLine { direction: Direction::ServerToClient, text: String::new(), rest_of_body, waiting };
        check(&format!("{held:?}"), &(en.held_more)(&held), &(de.held_more)(&held));
    }
    let named = |texts: &popglass_console::i18n::Texts| {
        [texts.paces.as_slice(), texts.side_names.as_slice(), texts.views.as_slice()].concat().join(" ")
    };
    check("menus", &named(en), &named(de));
}
