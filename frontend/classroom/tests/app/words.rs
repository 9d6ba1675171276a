//! Both languages: everything that can be said has words of its own, in each of them.

use popglass_classroom::{
    app::{AddressFault, Group, Leave, Move, ProgressFault, Security, Sheet},
    i18n::{Language, texts},
};
use popglass_lessons::{
    Fetch, FetchFailure, Misstep, Note,
    format::{Door, Event, Goal, What},
};
use popglass_protocol::client::LineFault;

/// Says something in each language, and not the same.
fn check(what: &str, said: impl Fn(Language) -> String) {
    let [en, de] = Language::ALL.map(said);
    assert!(en.len() > 2 && de.len() > 2, "{what}: {en:?} {de:?}");
    assert_ne!(en, de, "{what}");
}

#[test]
fn missteps_faults_and_groups_have_words() {
    for misstep in [
        Misstep::NoSuchPlace,
        Misstep::NoSuchDoor,
        Misstep::Connected,
        Misstep::NotConnected,
        Misstep::Line(LineFault::TooLong { octets: 600, octets_max: 512 }),
        Misstep::Line(LineFault::ControlCharacter),
        Misstep::Line(LineFault::Closed),
        Misstep::NoSuchMessage,
        Misstep::NoSuchQuestion,
        Misstep::TooEarly,
        Misstep::TooMuch,
    ] {
        check(&format!("{misstep:?}"), |language| (texts(language).lesson.misstep)(&misstep));
    }
    for fault in [
        AddressFault::NoSuchLesson("99".into()),
        AddressFault::BadSeed("x".into()),
        AddressFault::NoSuchSheet("x".into()),
        AddressFault::NotUnderstood,
    ] {
        check(&format!("{fault:?}"), |language| (texts(language).shell.lost)(&fault));
    }
    for fault in [ProgressFault::NotProgress, ProgressFault::Line(3)] {
        check(&format!("{fault:?}"), |language| (texts(language).list.not_loaded)(fault));
    }
    for group in Group::ALL {
        check(&format!("{group:?}"), |language| (texts(language).list.group)(group).1.to_owned());
    }
    for sheet in Sheet::ALL {
        check(&format!("{sheet:?}"), |language| (texts(language).teach.sheet)(sheet).to_owned());
    }
}

#[test]
fn moves_and_what_comes_of_them_have_words() {
    let a = || "a".to_owned();
    for step in [
        Move::Connect(a(), Door::Pop3s),
        Move::Line(a(), "QUIT".into()),
        Move::HangUp(a()),
        Move::Fetch(a()),
        Move::FetchCut(a(), 2),
        Move::SetLeave(a(), Leave::Always),
        Move::SetLeave(a(), Leave::Never),
        Move::SetLeave(a(), Leave::Days(1)),
        Move::SetLeave(a(), Leave::Days(7)),
        Move::SetSecurity(a(), Security::Clear),
        Move::SetSecurity(a(), Security::StlsIfOffered),
        Move::SetSecurity(a(), Security::Stls),
        Move::SetSecurity(a(), Security::Tls),
        Move::Read(a(), "x".into()),
        Move::Arrive("x".into()),
        Move::Days(1),
        Move::Days(3),
        Move::Answer("x".into(), "y".into()),
    ] {
        check(&format!("{step:?}"), |language| (texts(language).moves.said)(&step));
    }
    let protected = Note::Protected { version: "TLSv1.3".into(), suite: "TLS13_AES_256_GCM_SHA384".into() };
    for note in [Note::Connected(Door::Pop3s), Note::HungUp, Note::Ended, Note::Refused, protected] {
        check(&format!("{note:?}"), |language| (texts(language).panes.connection)(&note));
    }
    for failure in [
        None,
        Some(FetchFailure::Refused("no".into())),
        Some(FetchFailure::NoTls),
        Some(FetchFailure::TlsRefused("expired".into())),
        Some(FetchFailure::Injected),
        Some(FetchFailure::Broken),
    ] {
        let fetch = Fetch { new: vec!["x".into()], deleted: vec!["y".into()], failure };
        check(&format!("{fetch:?}"), |language| (texts(language).panes.fetched)(&fetch));
    }
}

#[test]
fn every_kind_of_goal_has_words() {
    let event = |what| Event { what, accepted: Some(true), tls: Some(true), by: Some("a".into()), ..Event::default() };
    for what in [
        What::Connected,
        What::ConnectionRefused,
        What::Command,
        What::State,
        What::Retrieved,
        What::Previewed,
        What::Quit,
        What::Broken,
        What::Fetched,
        What::FetchFailed,
        What::Delivered,
        What::Credentials,
        What::Configured,
        What::Read,
        What::Days,
    ] {
        check(&format!("{what:?}"), |language| {
            (texts(language).goals.goal)(&Goal::Happened(event(what)), &str::to_owned)
        });
    }
    let quit = || vec![event(What::Quit)];
    for goal in [
        Goal::InOrder(quit()),
        Goal::InOneSession(quit()),
        Goal::Without { happened: quit(), never: quit() },
        Goal::Answered("x".into()),
        Goal::AnsweredAtLeast { count: 1, questions: vec!["x".into(), "y".into()] },
        Goal::MaildropIs { user: "ada".into(), messages: vec!["x".into()] },
        Goal::MaildropLacks { user: "ada".into(), messages: vec!["x".into()] },
        Goal::DeviceHolds { device: "phone".into(), messages: vec!["x".into()] },
        Goal::All(vec![Goal::Answered("x".into())]),
    ] {
        check(&format!("{goal:?}"), |language| (texts(language).goals.goal)(&goal, &str::to_owned));
    }
}
