//! A line: what is told before it is sent, what becomes of it, the history, and Tab.

use crate::shell::{Shell, secret};
use popglass_console::app::{
    Effect, FocusTarget, HISTORY_LINES_MAX, Msg, News, Step, terms::Verdict, view::view_console,
};
use popglass_protocol::{command::CommandName, secret::Secret, state::State, transcript::Meaning};
use popglass_session::{
    command::SessionCommand,
    event::{Deletion, EndReason, Ending, LineFault, Phase, SessionEvent},
};

#[test]
fn what_a_line_will_do_is_told_before_it_is_sent() {
    for (state, line, verdict, is_secret) in [
        (State::Authorization, "", Verdict::Nothing, false),
        (State::Authorization, "USER ada", Verdict::Depends, false),
        (State::Authorization, "STAT", Verdict::Refused, false),
        (State::UserGiven, "PASS x", Verdict::Depends, true),
        (State::UserGiven, "hunter2", Verdict::Refused, true),
        (State::Authorization, "hello", Verdict::Unknown, false),
        (State::Transaction, "NOOP", Verdict::Works, false),
    ] {
        let mut shell = Shell::by_hand();
        shell.hear(SessionEvent::State(state)).types(line);
        let vm = shell.vm();
        assert_eq!((vm.forecast.verdict, vm.is_secret, vm.is_empty), (verdict, is_secret, line.is_empty()), "{line}");
        assert!(!is_secret || vm.completions.is_empty(), "{line}");
    }
}

#[test]
fn what_is_typed_is_sent_as_it_is_and_no_secret_is_kept() {
    for (line, kept) in [("STAT", true), ("what?", true), ("PASS hunter2", false), ("", false)] {
        let mut shell = Shell::by_hand();
        shell.types(line);
        assert!(!format!("{:?}", shell.model).contains("hunter2"), "{line}");
        shell.effects.clear();
        shell.send(Msg::LineSent);
        assert!(shell.effects.contains(&Effect::FillLine(Secret::default())), "the field is empty again: {line}");
        assert_eq!(shell.commands(), [SessionCommand::SendLine { line: secret(line) }]);
        assert!(shell.vm().is_empty && !shell.vm().is_secret, "{line}");
        shell.send(Msg::LineRecalled(Step::Older));
        assert_eq!(shell.filled(), kept.then(|| line.to_owned()).into_iter().collect::<Vec<_>>(), "{line}");
    }
}

#[test]
fn a_response_is_hidden_before_it_was_asked_for_and_when_it_comes_back() {
    let auth = Meaning::Command(CommandName::Auth);
    let ended = || Ending { reason: EndReason::ServerClosed, deletion: Deletion::NothingMarked };
    let mut shell = Shell::by_hand();
    shell.sends("AUTH LOGIN").types("hunter2");
    assert!(shell.vm().is_secret, "typed ahead");
    shell.line(auth, "AUTH LOGIN").line(Meaning::Challenge(CommandName::Auth), "+ VXNlcm5hbWU6");
    shell.line(Meaning::Response(CommandName::Auth), "#");
    assert!(shell.vm().is_secret, "the second answer, too");
    shell.send(Msg::LineSent);
    shell.hear(SessionEvent::Ended(ended()));
    shell.hear(SessionEvent::LineNotSent { line: secret("hunter2"), fault: LineFault::NoConnection });
    let vm = shell.vm();
    assert!(vm.is_secret && !vm.is_empty && !format!("{:?}", vm.forecast).contains("hunter2"), "it came back");
    shell.types("").types("STAT");
    assert!(!shell.vm().is_secret);

    let mut shell = Shell::by_hand();
    shell
        .sends("AUTH LOGIN")
        .line(auth, "AUTH LOGIN")
        .line(Meaning::Refused(CommandName::Auth), "-ERR no")
        .types("what");
    assert!(!shell.vm().is_secret, "refused");
}

#[test]
fn lines_can_be_typed_while_a_session_takes_them() {
    let ending = Ending { reason: EndReason::Finished, deletion: Deletion::NothingMarked };
    for (event, expected) in [
        (SessionEvent::Phase(Phase::Connecting), false),
        (SessionEvent::Phase(Phase::LoggingIn), false),
        (SessionEvent::Phase(Phase::ByHand), true),
        (SessionEvent::Phase(Phase::Listing), true),
        (SessionEvent::Phase(Phase::Open), true),
        (SessionEvent::Phase(Phase::Finishing), false),
        (SessionEvent::Ended(ending), false),
    ] {
        let mut shell = Shell::by_hand();
        shell.hear(event.clone());
        assert_eq!(shell.vm().can_type, expected, "{event:?}");
        shell.effects.clear();
        shell.sends("NOOP");
        assert_eq!(shell.commands().len(), usize::from(expected), "{event:?}");
        assert_eq!(shell.vm().not_sent, (!expected).then_some(LineFault::NoConnection), "{event:?}");
        assert_eq!(shell.vm().is_empty, expected, "what was not sent stays: {event:?}");
    }
}

#[test]
fn the_history_goes_up_and_down_and_has_an_end() {
    let mut shell = Shell::by_hand();
    for line in ["USER ada", "STAT", "STAT", "LIST"] {
        shell.sends(line);
    }
    shell.effects.clear();
    for (step, expected) in [
        (Step::Newer, None),
        (Step::Older, Some("LIST")),
        (Step::Older, Some("STAT")),
        (Step::Older, Some("USER ada")),
        (Step::Older, None),
        (Step::Newer, Some("STAT")),
        (Step::Newer, Some("LIST")),
        (Step::Newer, Some("")),
        (Step::Newer, None),
    ] {
        shell.send(Msg::LineRecalled(step));
        assert_eq!(shell.filled().pop().as_deref(), expected, "{step:?}");
    }
    for place in 0..HISTORY_LINES_MAX + 5 {
        shell.sends(&format!("NOOP {place}"));
    }
    shell.effects.clear();
    for _ in 0..HISTORY_LINES_MAX + 5 {
        shell.send(Msg::LineRecalled(Step::Older));
    }
    assert_eq!(shell.filled().last().map(String::as_str), Some("NOOP 5"));
}

#[test]
fn a_line_that_was_not_sent_comes_back_with_the_reason_and_overwrites_nothing() {
    let fault = LineFault::TooLong { octets: 302, octets_max: 255 };
    for (meanwhile, filled) in [("", vec!["USER long".to_owned()]), ("STAT", Vec::new())] {
        let mut shell = Shell::by_hand();
        shell.types(meanwhile).effects.clear();
        shell.hear(SessionEvent::LineNotSent { line: secret("USER long"), fault });
        assert_eq!(shell.filled(), filled);
        assert_eq!(shell.vm().not_sent, Some(fault));
        shell.types("x");
        assert_eq!(shell.vm().not_sent, None);
    }
}

#[test]
fn tab_takes_what_the_line_begins_and_lets_go_where_there_is_nothing() {
    for (line, expected) in
        [("", None), ("st", Some("STAT")), ("STAT", None), ("x", None), ("ü", None), ("re", Some("RETR "))]
    {
        let mut shell = Shell::in_transaction();
        shell.types(line).effects.clear();
        assert_eq!(shell.vm().takes_tab, expected.is_some(), "{line}");
        shell.send(Msg::CompletionTaken);
        assert_eq!(shell.filled().pop().as_deref(), expected, "{line}");
        assert!(!shell.vm().takes_tab, "the next Tab leads on: {line}");
    }
    let mut shell = Shell::by_hand();
    shell.hear(SessionEvent::State(State::UserGiven)).types("PASS ");
    assert!(!shell.vm().takes_tab && shell.vm().is_secret, "nothing is made of a secret");
}

#[test]
fn a_completion_that_is_pressed_goes_into_the_field_with_the_focus() {
    let mut shell = Shell::in_transaction();
    let offered = shell.vm().completions;
    let place = offered.iter().position(|completion| completion.text == "STAT").expect("it is offered");
    shell.effects.clear();
    shell.send(Msg::CompletionPressed(place));
    assert_eq!(shell.effects, [Effect::FillLine(secret("STAT")), Effect::Focus(FocusTarget::Line)]);
    assert!(!shell.vm().is_empty);
    shell.effects.clear();
    shell.send(Msg::CompletionPressed(999));
    assert_eq!(shell.filled(), Vec::<String>::new());
}

#[test]
fn the_answers_that_the_page_does_not_say_are_said_where_the_line_was_typed() {
    let top = CommandName::Top;
    let said = |shell: &Shell| match view_console(&shell.model).news {
        Some(News::Answer(text)) => Some(text),
        _ => None,
    };
    let mut shell = Shell::in_transaction();
    shell.line(Meaning::Command(top), "TOP 1 0").line(Meaning::Accepted(top), "+OK a");
    assert_eq!(said(&shell), None, "nobody listens to fifty TOP");
    shell.sends("TOP 1 0").line(Meaning::Command(top), "TOP 1 0").line(Meaning::Accepted(top), "+OK b");
    shell.line(Meaning::Body(top), "Subject: x").line(Meaning::BodyEnd(top), ".");
    assert_eq!(said(&shell).as_deref(), Some("+OK b"));
    shell.sends("STAT").line(Meaning::Command(CommandName::Stat), "STAT");
    shell.line(Meaning::Accepted(CommandName::Stat), "+OK 1 2");
    assert_eq!(said(&shell), None, "the page does");
    shell.sends("AUTH PLAIN").line(Meaning::Command(CommandName::Auth), "AUTH PLAIN");
    shell.line(Meaning::Challenge(CommandName::Auth), "+ ");
    assert_eq!(said(&shell).as_deref(), Some("+ "));
}
