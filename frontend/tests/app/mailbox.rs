//! The mailbox: rows, pages, marks, and what the end of a session says about them.

use crate::shell::{Shell, number, summary};
use popglass_frontend::app::{
    Effect, Ended, FocusTarget, Key, Msg, Step, TOAST_MS, TRANSFER_QUIET_MS, ToastNews,
    view::{HeaderVm, MailboxVm, RowVm, ScreenVm, view_dock, view_ended, view_mailbox, view_shell},
};
use popglass_mail_worker::wire::Outcome;
use popglass_protocol::{command::CommandName, reply::Refusal};
use popglass_session::{
    command::SessionCommand,
    event::{Deletion, EndReason, Ending, PAGE_ROWS, Progress, Reconciled, SessionEvent},
};

fn mailbox(shell: &Shell) -> MailboxVm {
    view_mailbox(&shell.model).expect("the mailbox is open")
}

fn row(shell: &Shell, of: u32) -> RowVm {
    mailbox(shell).rows.into_iter().find(|row| row.number == number(of)).expect("the row is on this page")
}

fn refusal(command: CommandName) -> Refusal {
    Refusal { command, code: None, text: "no".into() }
}

#[test]
fn pages_show_the_newest_first_and_ask_for_their_headers() {
    let mut shell = Shell::with_mailbox(PAGE_ROWS as u32 * 2 + 1);
    let numbers = |shell: &Shell| {
        let rows = mailbox(shell).rows;
        (rows.first().map(|row| row.number.as_u32()), rows.last().map(|row| row.number.as_u32()))
    };
    assert_eq!((mailbox(&shell).pages, numbers(&shell)), (3, (Some(101), Some(52))));
    shell.send(Msg::PageTurned(Step::Next));
    assert_eq!(shell.commands(), [SessionCommand::ShowPage { page: 1 }]);
    assert_eq!(numbers(&shell), (Some(51), Some(2)));
    shell.send(Msg::PageTurned(Step::Last)).send(Msg::PageTurned(Step::Next));
    assert_eq!(shell.commands(), [SessionCommand::ShowPage { page: 2 }], "there is no page after the last");
    assert_eq!(numbers(&shell), (Some(1), Some(1)));
}

#[test]
fn headers_fill_rows_one_after_the_other() {
    let mut shell = Shell::with_mailbox(3);
    let first = shell.hear_with_octets(SessionEvent::Header { number: number(3) });
    shell.hear_with_octets(SessionEvent::Header { number: number(2) });
    shell.hear(SessionEvent::HeaderRefused { number: number(1) });
    let asked = shell.requests();
    assert_eq!(asked.len(), 1, "the mail worker reads one at a time, so that its death has one cause");
    shell.answer(asked[0].id, Outcome::Summary(summary("three")));
    assert!(shell.effects.contains(&Effect::Forget(first)), "octets of a header are kept no longer than needed");
    let asked = shell.requests();
    shell.answer(asked[0].id, Outcome::Unreadable);
    assert_eq!(row(&shell, 3).header, HeaderVm::Known(summary("three").into()));
    assert_eq!(row(&shell, 2).header, HeaderVm::Unreadable);
    assert_eq!(row(&shell, 1).header, HeaderVm::Refused);
}

#[test]
fn a_header_that_kills_the_mail_worker_costs_one_row() {
    for (had_started, two) in [(true, HeaderVm::Awaited), (false, HeaderVm::Unreadable)] {
        let mut shell = Shell::with_mailbox(3);
        shell.hear_with_octets(SessionEvent::Header { number: number(3) });
        shell.hear_with_octets(SessionEvent::Header { number: number(2) });
        shell.requests();
        shell.send(Msg::MailWorkerDied { had_started });
        assert_eq!(row(&shell, 3).header, HeaderVm::Unreadable);
        assert_eq!(row(&shell, 2).header, two);
        assert_eq!(
            shell.requests().len(),
            usize::from(had_started),
            "the next one goes to a new worker, if there is one"
        );
    }
}

#[test]
fn marks_are_shown_when_the_server_confirms_them() {
    let mut shell = Shell::with_mailbox(3);
    shell.send(Msg::MarkPressed(number(2))).send(Msg::MarkPressed(number(2)));
    assert_eq!(
        shell.commands(),
        [SessionCommand::Mark { numbers: vec![number(2)] }],
        "one DELE, however often pressed"
    );
    assert!(!row(&shell, 2).marked && row(&shell, 2).asked);
    shell.hear(SessionEvent::Marks(vec![number(2)]));
    assert!(row(&shell, 2).marked && !row(&shell, 2).asked);
    assert_eq!(mailbox(&shell).marked, 1);
    assert_eq!(view_dock(&shell.model).toast, Some(ToastNews::Marked(vec![number(2)])));
    assert!(matches!(shell.effects.as_slice(), [Effect::After(TOAST_MS, _)]));

    shell.send(Msg::ToastUndoPressed);
    assert_eq!(shell.commands(), [SessionCommand::Unmark { numbers: vec![number(2)] }]);
    shell.hear(SessionEvent::Marks(vec![]));
    assert_eq!(mailbox(&shell).marked, 0);
    assert_eq!(view_dock(&shell.model).toast, Some(ToastNews::Unmarked(vec![number(2)])));
}

#[test]
fn all_marks_can_be_taken_back_at_once() {
    let mut shell = Shell::with_mailbox(3);
    shell.hear(SessionEvent::Marks(vec![number(1), number(3)])).effects.clear();
    shell.send(Msg::UndoAllPressed);
    assert_eq!(shell.commands(), [SessionCommand::Unmark { numbers: vec![number(1), number(3)] }]);
}

#[test]
fn a_refused_mark_is_told_and_can_be_tried_again() {
    let mut shell = Shell::with_mailbox(3);
    shell.send(Msg::MarkPressed(number(2))).commands();
    shell.hear(SessionEvent::Refused { number: Some(number(2)), refusal: refusal(CommandName::Dele) });
    assert_eq!(view_dock(&shell.model).toast, Some(ToastNews::Refused(refusal(CommandName::Dele))));
    shell.effects.clear();
    shell.send(Msg::MarkPressed(number(2)));
    assert_eq!(shell.commands().len(), 1);
}

#[test]
fn what_an_earlier_session_left_open_is_offered_until_the_user_has_seen_to_it() {
    let told = |remaining: &[u32]| Reconciled {
        deleted: 1,
        remaining: remaining.iter().copied().map(number).collect(),
        ..Reconciled::default()
    };
    for (pressed, remaining, commands) in [
        (Msg::RemainingMarkPressed, &[2, 3][..], &[SessionCommand::MarkRemaining][..]),
        (Msg::ReconciledDismissed, &[2, 3], &[SessionCommand::ForgetRemaining]),
        // There is nothing to decide.
        (Msg::ReconciledDismissed, &[], &[]),
    ] {
        let mut shell = Shell::with_mailbox(3);
        shell.hear(SessionEvent::Reconciled(told(remaining)));
        assert_eq!(mailbox(&shell).reconciled, Some(told(remaining)));
        shell.send(pressed.clone());
        assert!(shell.effects.contains(&Effect::Focus(FocusTarget::Heading)), "the button is gone, not the focus");
        assert_eq!(shell.commands(), commands);
        assert_eq!(mailbox(&shell).reconciled, None);
        shell.send(pressed);
        assert_eq!(shell.commands(), []);
    }
}

#[test]
fn the_end_says_what_was_really_deleted() {
    for (deletion, reason) in [
        (Deletion::Deleted { numbers: vec![number(2)] }, EndReason::Finished),
        (Deletion::NothingDeleted { numbers: vec![number(2)] }, EndReason::ServerClosed),
        (Deletion::Unknown { numbers: vec![number(2)] }, EndReason::BridgeLost),
    ] {
        let mut shell = Shell::with_mailbox(3);
        shell.hear(SessionEvent::Marks(vec![number(2)])).effects.clear();
        shell.send(Msg::FinishPressed).send(Msg::FinishPressed);
        assert_eq!(shell.commands(), [SessionCommand::Finish], "QUIT is sent once");
        assert!(mailbox(&shell).finishing);
        shell.hear(SessionEvent::Ended(Ending { reason: reason.clone(), deletion: deletion.clone() }));
        let ended = view_ended(&shell.model).expect("the session is over");
        assert_eq!(ended.ended, Ended::Session { reason: reason.clone(), deletion, messages: Some(3) });
        assert_eq!(ended.can_reconnect, reason != EndReason::Finished);
        assert!(shell.effects.contains(&Effect::Focus(FocusTarget::Heading)));
    }
}

#[test]
fn a_crash_says_whether_quit_may_have_been_sent() {
    for quit_sent in [false, true] {
        let mut shell = Shell::with_mailbox(3);
        if quit_sent {
            shell.send(Msg::FinishPressed);
        }
        shell.send(Msg::SessionWorkerDied);
        let ended = view_ended(&shell.model).expect("the session is over");
        assert_eq!(ended.ended, Ended::Crashed { quit_sent, at_start: false });
        assert!(!ended.can_reconnect);
    }
}

#[test]
fn only_a_transfer_that_lasts_is_shown() {
    let mut shell = Shell::with_mailbox(3);
    let progress = |done| SessionEvent::Progress(Progress::Headers { done, total: 3 });
    shell.hear(progress(0));
    let Some(Effect::After(TRANSFER_QUIET_MS, lasts)) = shell.effects.pop() else { panic!("a timer is set") };
    assert_eq!(view_dock(&shell.model).transfer, None);
    shell.send(*lasts.clone()).hear(progress(2));
    let shown = view_dock(&shell.model).transfer.expect("it lasts");
    assert_eq!(shown.progress, Progress::Headers { done: 2, total: 3 });
    shell.hear(SessionEvent::TransferOver);
    assert_eq!(view_dock(&shell.model).transfer, None);
    // The old timer says nothing about a new transfer.
    shell.hear(progress(0)).send(*lasts);
    assert_eq!(view_dock(&shell.model).transfer, None);
}

#[test]
fn headers_that_were_cancelled_can_be_fetched_after_all() {
    let mut shell = Shell::with_mailbox(3);
    shell.hear(SessionEvent::Progress(Progress::Headers { done: 0, total: 3 })).effects.clear();
    shell.send(Msg::TransferCancelled).send(Msg::TransferCancelled);
    assert_eq!(shell.commands(), [SessionCommand::Cancel]);
    shell.hear(SessionEvent::TransferOver);
    assert!(mailbox(&shell).headers_stopped);
    shell.send(Msg::HeadersWanted);
    assert_eq!(shell.commands(), [SessionCommand::ShowPage { page: 0 }]);
    assert!(!mailbox(&shell).headers_stopped);
}

#[test]
fn the_keyboard_does_everything() {
    let mut shell = Shell::with_mailbox(3);
    let selected = |shell: &Shell| mailbox(shell).rows.iter().find(|row| row.selected).map(|row| row.number.as_u32());
    assert_eq!(selected(&shell), Some(3));
    for (key, expected) in [(Key::Next, 2), (Key::Next, 1), (Key::Next, 1), (Key::Previous, 2)] {
        shell.send(Msg::KeyPressed(key));
        assert_eq!(selected(&shell), Some(expected));
    }
    assert!(shell.effects.contains(&Effect::Focus(FocusTarget::Row(number(2)))));
    shell.effects.clear();
    shell.send(Msg::KeyPressed(Key::Mark));
    assert_eq!(shell.commands(), [SessionCommand::Mark { numbers: vec![number(2)] }]);
    shell.hear(SessionEvent::Marks(vec![number(2)])).effects.clear();
    shell.send(Msg::KeyPressed(Key::Unmark));
    assert_eq!(shell.commands(), [SessionCommand::Unmark { numbers: vec![number(2)] }]);
    shell.send(Msg::KeyPressed(Key::Open));
    assert_eq!(shell.commands(), [SessionCommand::Retrieve { number: number(2) }]);
    // The first Escape puts the toast away, the second closes the reader.
    shell.send(Msg::KeyPressed(Key::Back)).send(Msg::KeyPressed(Key::Back));
    assert!(!mailbox(&shell).reader_open);
    shell.send(Msg::KeyPressed(Key::Help));
    assert!(view_shell(&shell.model).help_open);
}

#[test]
fn an_empty_mailbox_takes_every_wish_calmly() {
    let mut shell = Shell::with_mailbox(0);
    for key in [Key::Next, Key::Previous, Key::Open, Key::Mark, Key::Unmark, Key::Back] {
        shell.send(Msg::KeyPressed(key));
    }
    shell.send(Msg::PageTurned(Step::Next)).send(Msg::UndoAllPressed);
    assert_eq!(shell.commands(), []);
    assert_eq!((mailbox(&shell).count, mailbox(&shell).pages), (0, 1));
    assert_eq!(view_shell(&shell.model).screen, ScreenVm::Mailbox);
}
