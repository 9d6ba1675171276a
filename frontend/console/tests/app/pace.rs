//! Lines that are held, and let go.

use crate::shell::Shell;
use popglass_console::app::{Effect, FocusTarget, Msg, view::view_console};
use popglass_protocol::transcript::Direction;
use popglass_session::{
    border::{LOST, decode},
    command::{Pace, SessionCommand},
    event::{HeldLine, LineFault, SessionEvent},
};

fn held() -> HeldLine {
    HeldLine { direction: Direction::ClientToServer, text: "STAT".into(), rest_of_body: false, waiting: 0 }
}

#[test]
fn lines_are_held_and_let_go() {
    let mut shell = Shell::by_hand();
    shell.effects.clear();
    shell.send(Msg::PaceChosen(Pace::Step)).send(Msg::PaceChosen(Pace::Step));
    assert_eq!(shell.commands(), [SessionCommand::Pace(Pace::Step)]);
    shell.send(Msg::NextLinePressed);
    assert_eq!(shell.commands(), [], "nothing is held");
    shell.hear(SessionEvent::Held(Some(held())));
    assert_eq!(view_console(&shell.model).held, Some(held()));
    shell.send(Msg::NextLinePressed);
    assert_eq!(shell.commands(), [SessionCommand::NextLine]);
    shell.hear(SessionEvent::Held(None)).send(Msg::FullSpeedPressed);
    assert!(shell.effects.contains(&Effect::Focus(FocusTarget::Line)), "the button is gone");
    let console = view_console(&shell.model);
    assert_eq!((console.pace, console.held), (Pace::Play, None));
}

#[test]
fn when_the_session_worker_has_died_nothing_is_held_and_no_line_goes_out() {
    let mut shell = Shell::by_hand();
    shell.send(Msg::PaceChosen(Pace::Step)).hear(SessionEvent::Held(Some(held())));
    shell.types("NOOP").effects.clear();
    shell.hear(decode(&LOST).expect("it is an event"));
    assert_eq!((view_console(&shell.model).held, shell.vm().can_type), (None, false));
    shell.send(Msg::NextLinePressed).send(Msg::LineSent);
    assert_eq!(shell.commands(), []);
    assert_eq!(shell.vm().not_sent, Some(LineFault::NoConnection));
}

#[test]
fn nothing_is_held_unseen() {
    for (pace, expected) in [
        (Pace::Play, Vec::new()),
        (Pace::Slow, vec![SessionCommand::Pace(Pace::Play)]),
        (Pace::Step, vec![SessionCommand::Pace(Pace::Play)]),
    ] {
        let mut shell = Shell::by_hand();
        shell.send(Msg::PaceChosen(pace)).effects.clear();
        shell.send(Msg::Closed);
        assert_eq!(shell.commands(), expected, "{pace:?}");
        assert_eq!(view_console(&shell.model).pace, Pace::Play);
    }
}
