//! DELE, RSET and QUIT as typed: the marks are the server's, and the ledger knows them.

use popglass_protocol::tunnel::TlsEnds;
use popglass_sandbox::DEMO_USER;
use popglass_session::{
    command::SessionCommand,
    event::{Deletion, EndReason, Phase, Reconciled, SessionEvent},
};

use crate::{Desk, numbers, to_server};

impl Desk {
    pub(crate) fn reconciled(&self) -> Option<Reconciled> {
        self.last(|event| if let SessionEvent::Reconciled(found) = event { Some(found.clone()) } else { None })
    }

    fn is_quiet(&self) -> bool {
        self.all(|event| matches!(event, SessionEvent::Refused { .. }).then_some(())).is_empty()
    }
}

#[test]
fn what_is_typed_marks_and_unmarks_as_the_buttons_do() {
    for mut desk in [Desk::logged_in(), Desk::logged_in_by_hand()] {
        for (line, marks) in [
            ("dele 1", &[1][..]),
            ("DELE 3", &[1, 3]),
            ("DELE 3", &[1, 3]),
            ("DELE 999", &[1, 3]),
            ("DELE x", &[1, 3]),
            ("RSET", &[]),
            ("DELE 2", &[2]),
        ] {
            desk.type_line(line);
            assert_eq!(desk.marks(), marks, "{line}");
        }
        assert!(desk.is_quiet(), "the console shows what was refused");
        let count = desk.world.messages_of(DEMO_USER).len();
        desk.type_line("quit");
        let ending = desk.ending();
        assert_eq!(
            (ending.reason, ending.deletion),
            (EndReason::Finished, Deletion::Deleted { numbers: numbers(&[2]) })
        );
        assert!(desk.phases().contains(&Phase::Finishing));
        assert_eq!(desk.world.messages_of(DEMO_USER).len(), count - 1);
    }
}

#[test]
fn buttons_and_lines_go_together() {
    let mut desk = Desk::logged_in();
    desk.command(SessionCommand::Mark { numbers: numbers(&[1, 2]) });
    desk.type_line("DELE 3");
    desk.command(SessionCommand::Unmark { numbers: numbers(&[1]) });
    assert_eq!(desk.marks(), [2, 3]);
    desk.command(SessionCommand::Mark { numbers: numbers(&[3]) });
    assert_eq!(desk.marks(), [2, 3]);
    desk.type_line("rset");
    assert_eq!(desk.marks(), []);
    desk.command(SessionCommand::Mark { numbers: numbers(&[3]) });
    desk.command(SessionCommand::Finish);
    assert_eq!(desk.ending().deletion, Deletion::Deleted { numbers: numbers(&[3]) });
}

#[test]
fn a_lost_session_offers_again_what_was_marked_by_typing() {
    let by_hand = {
        let mut desk = Desk::logged_in_by_hand();
        desk.command(SessionCommand::OpenMaildrop);
        desk
    };
    for mut desk in [Desk::logged_in(), by_hand] {
        desk.type_lines(&["DELE 1", "DELE 2", "RSET", "DELE 3", "DELE 4"]);
        desk.lose();
        assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[3, 4]) });
        desk.connect();
        assert_eq!(desk.reconciled().unwrap().remaining, numbers(&[3, 4]));
    }
}

#[test]
fn a_mailbox_opened_by_hand_knows_what_an_earlier_session_left() {
    let mut desk = Desk::logged_in();
    desk.command(SessionCommand::Mark { numbers: numbers(&[2]) });
    desk.lose();
    desk.command(SessionCommand::Disconnect);
    desk.connect_by_hand(popglass_session::command::Route::Sandbox);
    desk.type_lines(&["USER ada", "PASS lovelace"]);
    assert_eq!(desk.reconciled(), None);
    desk.command(SessionCommand::OpenMaildrop);
    assert_eq!(desk.reconciled().unwrap().remaining, numbers(&[2]));
}

#[test]
fn marks_from_before_the_mailbox_opened_still_count() {
    let mut desk = Desk::logged_in_by_hand();
    desk.type_line("DELE 1");
    desk.command(SessionCommand::OpenMaildrop);
    assert_eq!(desk.marks(), [1]);
    let count = desk.world.messages_of(DEMO_USER).len();
    assert_eq!(desk.mailbox_count(), Some(count), "LIST leaves out what is marked, so nothing is while it is asked");
    let headers =
        desk.all(|event| if let SessionEvent::Header { number } = event { Some(number.as_u32()) } else { None });
    assert_eq!(headers.len(), count);
    let opened = desk.wire.split_once("DELE 1\r\n").unwrap().1;
    assert!(opened.starts_with("RSET\r\nSTAT\r\nLIST\r\nUIDL\r\nTOP 1 0\r\nDELE 1\r\n"), "{opened}");
    desk.command(SessionCommand::Finish);
    assert_eq!(desk.ending().deletion, Deletion::Deleted { numbers: numbers(&[1]) });
}

#[test]
fn a_mark_from_before_the_mailbox_opened_can_be_taken_back_and_is_offered_again() {
    let mut desk = Desk::logged_in_by_hand();
    desk.type_lines(&["CAPA", "DELE 1", "DELE 3"]);
    desk.command(SessionCommand::OpenMaildrop);
    assert_eq!(desk.marks(), [1, 3]);
    desk.command(SessionCommand::Unmark { numbers: numbers(&[3]) });
    assert_eq!(desk.marks(), [1]);
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[1]) });
    desk.connect();
    assert_eq!(desk.reconciled().unwrap().remaining, numbers(&[1]));
}

#[test]
fn marks_stay_where_the_mailbox_is_refused_and_where_rset_is() {
    let mut desk = Desk::new();
    desk.connect_by_hand(to_server(TlsEnds::Nowhere));
    desk.hear(b"+OK\r\n");
    for line in ["USER ada", "PASS lovelace", "DELE 2"] {
        desk.type_line(line);
        desk.hear(b"+OK\r\n");
    }
    desk.command(SessionCommand::OpenMaildrop);
    for answer in ["+OK\r\n", "-ERR no STAT\r\n", "+OK\r\n.\r\n", "-ERR\r\n", "-ERR no TOP\r\n", "+OK\r\n"] {
        desk.hear(answer.as_bytes());
    }
    assert!(desk.wire.ends_with("RSET\r\nSTAT\r\nLIST\r\nUIDL\r\nTOP 2 0\r\nDELE 2\r\n"), "{}", desk.wire);
    assert_eq!((desk.marks(), desk.phases().last()), (vec![2], Some(&Phase::ByHand)));
    desk.command(SessionCommand::OpenMaildrop);
    for answer in ["-ERR\r\n", "+OK 1 9\r\n", "+OK\r\n1 9\r\n.\r\n", "-ERR\r\n", "-ERR\r\n"] {
        desk.hear(answer.as_bytes());
    }
    // The page's headers are asked for behind what was asked for already.
    desk.hear(b"-ERR it is marked already\r\n");
    assert_eq!(desk.marks(), [2]);
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[2]) });
}

#[test]
fn a_mark_that_is_granted_before_the_login_is_none_and_one_under_way_at_the_end_is_doubtful() {
    let mut desk = Desk::new();
    desk.connect_by_hand(to_server(TlsEnds::Nowhere));
    desk.hear(b"+OK\r\n");
    desk.type_line("DELE 1");
    desk.hear(b"+OK marked\r\n");
    assert_eq!(desk.marks(), []);
    desk.type_line("RSET");
    desk.hear(b"+OK\r\n");
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::NothingMarked);

    let mut desk = Desk::logged_in_by_hand();
    desk.type_line("DELE 1");
    desk.server = None;
    desk.type_line("QUIT");
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::Unknown { numbers: numbers(&[1]) });
    let mut desk = Desk::logged_in_by_hand();
    desk.type_line("DELE 1");
    desk.server = None;
    desk.type_line("QUIT");
    desk.hear(b"-ERR some messages not deleted\r\n");
    assert!(matches!(desk.ending().deletion, Deletion::Partial { .. }));
}

#[test]
fn a_mark_that_is_answered_in_one_read_with_quit_is_deleted() {
    for (lines, answers, numbers_deleted) in [
        (&["DELE 1", "QUIT"][..], &b"+OK\r\n+OK\r\n"[..], &[1][..]),
        (&["DELE 2", "RSET", "DELE 1", "QUIT"], b"+OK\r\n+OK\r\n+OK\r\n+OK\r\n", &[1]),
    ] {
        for mut desk in [Desk::logged_in(), Desk::logged_in_by_hand()] {
            // It announces PIPELINING.
            desk.type_line("CAPA");
            desk.server = None;
            desk.type_lines(lines);
            desk.hear(answers);
            assert_eq!(desk.ending().deletion, Deletion::Deleted { numbers: numbers(numbers_deleted) }, "{lines:?}");
        }
    }
}
