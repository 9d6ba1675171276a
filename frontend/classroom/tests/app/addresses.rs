//! Addresses: what they lead to, and what is said to those that lead nowhere.

use popglass_classroom::app::{
    Address, AddressFault, Effect, Model, Msg, Place, Sheet, Start, hash_of,
    view::{ScreenVm, view_shell},
};
use popglass_classroom::i18n::Language;
use proptest::prelude::*;

use crate::{opened, opened_with, send};

#[test]
fn an_address_is_a_place_or_a_fault_that_names_what_was_written() {
    let lesson = |seed, sheet| Ok(Place::Lesson { number: 6, seed, sheet });
    for (hash, place, language) in [
        ("#learn", Ok(Place::List), None),
        ("#learn&lang=de", Ok(Place::List), Some(Language::De)),
        ("#teach", Ok(Place::Teach), None),
        ("#build&lang=de", Ok(Place::Build), Some(Language::De)),
        ("#try", Ok(Place::Try), None),
        ("#scenario&seed=7", Ok(Place::Scenario { word: None, seed: Some(7) }), None),
        ("#scenario=x_-9", Ok(Place::Scenario { word: Some("x_-9".into()), seed: None }), None),
        ("#lang=de&scenario=x", Ok(Place::Scenario { word: Some("x".into()), seed: None }), Some(Language::De)),
        ("#scenario=x&seed=0", Err(AddressFault::BadSeed("0".into())), None),
        ("#lesson=6", lesson(None, None), None),
        ("#lesson=6&seed=7&lang=de", lesson(Some(7), None), Some(Language::De)),
        ("#lang=en&seed=7&lesson=6", lesson(Some(7), None), Some(Language::En)),
        ("#lesson=6&seed=7&sheet=worksheet", lesson(Some(7), Some(Sheet::Worksheet)), None),
        ("#lesson=6&seed=7&sheet=solution", lesson(Some(7), Some(Sheet::Solution)), None),
        ("#lesson=6&lang=tlh", lesson(None, None), None),
        ("#lesson=99", Err(AddressFault::NoSuchLesson("99".into())), None),
        ("#lesson=six", Err(AddressFault::NoSuchLesson("six".into())), None),
        ("#lesson=", Err(AddressFault::NoSuchLesson(String::new())), None),
        ("#lesson=-6", Err(AddressFault::NoSuchLesson("-6".into())), None),
        ("#lesson=6&seed=0", Err(AddressFault::BadSeed("0".into())), None),
        ("#lesson=6&seed=10000", Err(AddressFault::BadSeed("10000".into())), None),
        ("#lesson=6&seed=seven", Err(AddressFault::BadSeed("seven".into())), None),
        ("#lesson=6&sheet=poster", Err(AddressFault::NoSuchSheet("poster".into())), None),
        ("#nothing", Err(AddressFault::NotUnderstood), None),
        ("", Err(AddressFault::NotUnderstood), None),
    ] {
        assert_eq!(Address::parse(hash), Address { place, language }, "{hash}");
    }
}

proptest! {
    #[test]
    fn whatever_stands_in_the_address_the_page_shows_a_screen(hash in ".{0,500}") {
        let model = opened(&hash);
        prop_assert!(view_shell(&model).screen == ScreenVm::Lost || Address::parse(&hash).place.is_ok());
    }

    #[test]
    fn what_is_written_is_read_as_the_same(seed in 1..=9_999_u32) {
        for sheet in [None, Some(Sheet::Worksheet), Some(Sheet::Solution)] {
            let place = Place::Lesson { number: 6, seed: Some(seed), sheet };
            let address = Address::parse(&hash_of(place.clone(), Language::De));
            prop_assert_eq!(address, Address { place: Ok(place), language: Some(Language::De) });
        }
    }
}

/// The seed that the address shows now.
fn written(effects: &[Effect]) -> Option<String> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::WriteAddress(hash) => Some(hash.clone()),
        _ => None,
    })
}

#[test]
fn a_lesson_without_a_seed_gets_one_that_stays() {
    let start = Start { chance: 12, ..Start::default() };
    let mut model = Model::new(&start);
    let first = written(&send(&mut model, [Msg::AddressChanged("#lesson=6".into())])).unwrap();
    assert!(first.starts_with("#lesson=6&seed=") && first.ends_with("&lang=en"), "{first}");
    let again = [Msg::AddressChanged("#learn".into()), Msg::AddressChanged("#lesson=6".into())];
    assert_eq!(written(&send(&mut model, again)).as_deref(), Some(first.as_str()));
    let other = written(&send(&mut model, [Msg::NewNumbersPressed])).unwrap();
    assert_ne!(first, other);
}

#[test]
fn the_language_of_the_address_holds_and_a_choice_is_written_there() {
    let mut model = opened_with(&Start { address: "#lesson=6&seed=7&lang=de".into(), ..Start::default() });
    assert_eq!(view_shell(&model).language, Language::De);
    let effects = send(&mut model, [Msg::LanguageChosen(Language::En)]);
    assert_eq!(written(&effects).as_deref(), Some("#lesson=6&seed=7&lang=en"));
}
