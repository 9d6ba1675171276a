//! A session by hand: the login that is told, and the way on to the mailbox.

use crate::shell::Shell;
use popglass_console::app::{
    Msg,
    view::{ByHandVm, view_console},
};
use popglass_protocol::{
    state::State,
    tunnel::{Address, Demo, Hello, Limits, TlsEnds},
};
use popglass_session::{
    command::SessionCommand,
    event::{BridgeState, Item, Note, Phase, SessionEvent},
};

fn by_hand(shell: &Shell) -> Option<ByHandVm> {
    view_console(&shell.model).by_hand
}

#[test]
fn the_mailbox_can_be_shown_once_the_user_is_logged_in() {
    let mut shell = Shell::by_hand();
    let can_open = |shell: &Shell| by_hand(shell).is_some_and(|vm| vm.can_open);
    shell.send(Msg::MaildropPressed);
    assert!(shell.commands().is_empty() && !can_open(&shell));
    shell.hear(SessionEvent::State(State::Transaction));
    assert!(can_open(&shell));
    shell.send(Msg::MaildropPressed).send(Msg::MaildropPressed);
    assert_eq!(shell.commands(), [SessionCommand::OpenMaildrop], "once is enough");
    shell.hear(SessionEvent::Phase(Phase::Listing));
    assert!(!can_open(&shell) && by_hand(&shell).is_some());
    shell.hear(SessionEvent::Phase(Phase::ByHand));
    assert!(can_open(&shell), "the server refused; the user may ask again");
    shell.hear(SessionEvent::Phase(Phase::Open));
    assert_eq!(by_hand(&shell), None, "from here on a session like any other");
}

#[test]
fn a_login_that_is_no_secret_is_told_as_long_as_it_is_to_be_given() {
    let demo = Demo { user: "bob".into(), password: "hunter2".into(), authority: "MIIB".into() };
    let limits = Limits { credit_octets_first: 1, credit_octets_max: 2, idle_seconds: 60 };
    let hello = |demo| Hello { version: 1, targets: Vec::new(), limits, demo };
    let dialling = Note::Dialling { target: Address { host: "mail.example".into(), port: 995 }, tls: TlsEnds::Page };
    for (note, demo, expected) in [
        (Note::SandboxOpened, None, Some("ada lovelace")),
        (dialling.clone(), Some(demo), Some("bob hunter2")),
        (dialling, None, None),
    ] {
        let mut shell = Shell::by_hand();
        shell.hear(SessionEvent::Bridge(BridgeState::Known(hello(demo)))).says(Item::Note(note.clone()));
        let login = |shell: &Shell| by_hand(shell)?.login.map(|(user, password)| format!("{user} {password}"));
        for (state, asked) in [(State::Authorization, true), (State::UserGiven, true), (State::Transaction, false)] {
            shell.hear(SessionEvent::State(state));
            assert_eq!(login(&shell).as_deref(), expected.filter(|_| asked), "{note:?} {state:?}");
        }
    }
}
