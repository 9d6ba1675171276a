//! The console, as far as the page knows of it, and the session in which the user types.

use crate::shell::{Shell, entry, number};
use popglass_frontend::{
    app::{
        Effect, FocusTarget, Msg,
        view::{ScreenVm, view_connecting, view_ended, view_mailbox, view_shell},
    },
    i18n::Language,
};
use popglass_protocol::{
    secret::Secret,
    state::State,
    tunnel::{Address, TlsEnds},
};
use popglass_session::{
    command::{Route, SessionCommand},
    event::{Deletion, EndReason, Ending, Phase, SessionEvent},
    security::Trust,
};

impl Shell {
    /// A session by hand in the sandbox, whose server has greeted.
    fn by_hand() -> Self {
        let mut shell = Self::new();
        shell.send(Msg::ByHandPressed { in_sandbox: true });
        shell.hear(SessionEvent::State(State::Greeting)).hear(SessionEvent::State(State::Authorization));
        shell.hear(SessionEvent::Phase(Phase::ByHand));
        shell.effects.clear();
        shell
    }

    fn screen(&self) -> ScreenVm {
        view_shell(&self.model).screen
    }
}

/// Whom the session would trust for the chosen server.
fn connect_trust() -> Trust {
    let mut shell = Shell::new();
    shell.effects.clear();
    shell.send(Msg::ConnectPressed { user: "ada".into(), password: Secret::new("x".into()) });
    match shell.commands().pop() {
        Some(SessionCommand::Connect { trust, .. }) => trust,
        other => panic!("a login was awaited, not {other:?}"),
    }
}

#[test]
fn a_session_by_hand_goes_where_the_user_chose() {
    let target = Address { host: "mail.example".into(), port: 995 };
    for (in_sandbox, route, trust) in [
        (true, Route::Sandbox, Trust::default()),
        (false, Route::Bridge { target, tls: TlsEnds::Page }, connect_trust()),
    ] {
        let mut shell = Shell::new();
        shell.effects.clear();
        shell.send(Msg::ByHandPressed { in_sandbox });
        assert_eq!(shell.screen(), ScreenVm::ByHand);
        assert_eq!(shell.commands(), [SessionCommand::ConnectByHand { route, trust }]);
        shell.send(Msg::ByHandPressed { in_sandbox });
        assert_eq!(shell.commands(), [], "one session at a time");
        shell.send(Msg::ConsoleWanted);
        let expected = [Effect::ShowConsole(Language::En), Effect::Focus(FocusTarget::ConsoleLine)];
        assert_eq!(shell.effects, expected, "one can type at once");
        assert!(view_connecting(&shell.model).is_some_and(|vm| vm.by_hand));
    }
}

#[test]
fn marks_made_by_hand_show_in_the_mailbox() {
    let mut shell = Shell::by_hand();
    shell.hear(SessionEvent::Marks(vec![number(2)])).hear(SessionEvent::Phase(Phase::Listing));
    assert_eq!(shell.screen(), ScreenVm::ByHand, "until it is there");
    shell.hear(SessionEvent::Mailbox(vec![entry(1), entry(3)]));
    let mailbox = view_mailbox(&shell.model).expect("it is open");
    assert_eq!((mailbox.count, mailbox.marked), (2, 1));
    for (phase, finishing) in
        [(Phase::Finishing, true), (Phase::Open, false), (Phase::Listing, false), (Phase::Finishing, true)]
    {
        shell.hear(SessionEvent::Phase(phase));
        let is_finishing = view_mailbox(&shell.model).map(|mailbox| mailbox.finishing);
        assert_eq!(is_finishing, Some(finishing), "QUIT 1 was typed and refused, then QUIT: {phase:?}");
    }
    let ending = Ending { reason: EndReason::Finished, deletion: Deletion::Deleted { numbers: vec![number(2)] } };
    shell.hear(SessionEvent::Ended(ending));
    let ended = format!("{:?}", view_ended(&shell.model).expect("it is over"));
    assert!(ended.contains("messages: Some(3)"), "the marked one had no row: {ended}");
}

#[test]
fn a_session_by_hand_ends_like_any_other() {
    let finished = || Ending { reason: EndReason::Finished, deletion: Deletion::Deleted { numbers: vec![number(1)] } };
    let mut shell = Shell::by_hand();
    shell.hear(SessionEvent::Ended(finished()));
    let ended = format!("{:?}", view_ended(&shell.model).expect("it is over"));
    assert!(ended.contains("messages: None"), "nobody counted them: {ended}");
    let mut shell = Shell::new();
    shell.send(Msg::ByHandPressed { in_sandbox: true });
    let ending = Ending { reason: EndReason::BridgeUnreachable, deletion: Deletion::NothingMarked };
    shell.hear(SessionEvent::Ended(ending));
    assert_eq!(shell.screen(), ScreenVm::Connect, "it had not begun");
    let mut shell = Shell::by_hand();
    let ending = Ending { reason: EndReason::Disconnected, deletion: Deletion::NothingMarked };
    shell.hear(SessionEvent::Ended(ending)).send(Msg::NewSessionPressed).send(Msg::SandboxPressed);
    assert_eq!(shell.screen(), ScreenVm::Connecting, "with the buttons again");
}

#[test]
fn a_console_is_told_that_the_session_worker_died_also_beside_the_mailbox() {
    let mut beside = Shell::with_mailbox(3);
    beside.send(Msg::TranscriptToggled).send(Msg::ConsoleToggled);
    for mut shell in [beside, Shell::with_mailbox(3), Shell::by_hand(), Shell::new()] {
        shell.effects.clear();
        shell.send(Msg::SessionWorkerDied);
        assert!(shell.effects.contains(&Effect::EndConsole));
        assert_eq!(shell.screen(), ScreenVm::Ended);
    }
}

#[test]
fn the_same_again_is_by_hand_again() {
    let mut shell = Shell::by_hand();
    let ending = Ending { reason: EndReason::BridgeUnreachable, deletion: Deletion::NothingMarked };
    shell.hear(SessionEvent::Ended(ending)).send(Msg::ReconnectPressed);
    assert_eq!(shell.screen(), ScreenVm::ByHand);
}

#[test]
fn nothing_is_held_by_a_console_that_is_not_shown() {
    let closes = |shell: &mut Shell, msg: Msg| {
        shell.effects.clear();
        shell.send(msg);
        shell.effects.contains(&Effect::CloseConsole)
    };
    let mut shell = Shell::with_mailbox(3);
    assert!(!closes(&mut shell, Msg::ConsoleToggled), "it was opened");
    assert!(view_shell(&shell.model).console_open);
    assert!(closes(&mut shell, Msg::ConsoleToggled));
    shell.send(Msg::ConsoleToggled);
    assert!(closes(&mut shell, Msg::TranscriptToggled));
    assert!(!closes(&mut shell, Msg::ConsoleToggled), "nobody saw it any more");
    let mut shell = Shell::by_hand();
    assert!(!closes(&mut shell, Msg::TranscriptToggled), "it is the screen itself");
    assert!(!view_shell(&shell.model).transcript_open, "and not beside itself");
}

#[test]
fn a_console_that_cannot_be_had_is_said_and_the_focus_comes_back_with_it() {
    let mut shell = Shell::with_mailbox(3);
    shell.send(Msg::ConsoleToggled).send(Msg::ConsoleWanted);
    assert_eq!(shell.effects, [Effect::ShowConsole(Language::En)]);
    shell.effects.clear();
    shell.send(Msg::ConsoleLoaded(true));
    assert_eq!(shell.effects, [], "whoever opened it is where they were");
    shell.send(Msg::ConsoleLoaded(false));
    assert!(view_shell(&shell.model).console_failed);
    shell.send(Msg::LanguageChosen(Language::De));
    assert!(!shell.effects.contains(&Effect::ShowConsole(Language::De)), "only if somebody wants it");
    shell.effects.clear();
    shell.send(Msg::ConsoleWanted).send(Msg::ConsoleLoaded(true));
    assert_eq!(shell.effects, [Effect::ShowConsole(Language::De), Effect::Focus(FocusTarget::ConsoleLine)]);
    assert!(!view_shell(&shell.model).console_failed);
    shell.effects.clear();
    shell.send(Msg::LanguageChosen(Language::En));
    assert!(shell.effects.contains(&Effect::ShowConsole(Language::En)), "it speaks it, too");
}
