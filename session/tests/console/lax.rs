//! Lines that are no commands, typed at a server that carries them out: marks, state and ledger are the server's, and where
//! nobody can know, nothing is claimed.

use popglass_protocol::state::State;
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER};
use popglass_session::{
    command::{Pace, SessionCommand},
    event::{Deletion, EndReason, Phase},
};

use crate::{Desk, numbers};

/// What a server takes a line for that compares four letters, reads what digits it finds, and passes over the rest.
pub(crate) fn laxly(line: &str) -> String {
    let mut words = line.split_ascii_whitespace();
    let keyword = words.next().unwrap_or_default().to_ascii_uppercase();
    let digits: String = words.next().unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    match keyword.get(..4) {
        Some(known @ ("RSET" | "QUIT" | "NOOP" | "CAPA")) => known.into(),
        Some("DELE") => format!("DELE {digits}"),
        _ => line.into(),
    }
}

impl Desk {
    fn lax(mut self) -> Self {
        self.reads = Box::new(laxly);
        self
    }
}

#[test]
fn what_a_lax_server_marks_and_unmarks_is_marked_and_unmarked() {
    for mut desk in [Desk::logged_in().lax(), Desk::logged_in_by_hand().lax()] {
        for (line, marks) in [
            ("DELE  1", &[1][..]),
            ("DELE\t3", &[1, 3]),
            ("DELE 3 x", &[1, 3]),
            ("DELETE 02", &[1, 2, 3]),
            ("NOOP x", &[1, 2, 3]),
            ("DELE  999", &[1, 2, 3]),
            ("RSET 1", &[]),
            ("dele  2", &[2]),
        ] {
            desk.type_line(line);
            assert_eq!(desk.marks(), marks, "{line}");
        }
        let count = desk.world.messages_of(DEMO_USER).len();
        desk.type_line("QUIT 1");
        assert_eq!(desk.ending().reason, EndReason::Finished);
        assert_eq!(desk.ending().deletion, Deletion::Deleted { numbers: numbers(&[2]) });
        assert!(desk.phases().contains(&Phase::Finishing));
        assert!(desk.states().contains(&State::Update));
        assert_eq!(desk.world.messages_of(DEMO_USER).len(), count - 1);
    }
}

#[test]
fn a_strict_server_refuses_them_and_nothing_has_happened() {
    for mut desk in [Desk::logged_in(), Desk::logged_in_by_hand()] {
        desk.type_line("DELE 2");
        let phase = *desk.phases().last().unwrap();
        for line in ["DELE\t1", "DELE 3 x", "DELE 1x", "RSET 1", "QUIT 1"] {
            desk.type_line(line);
            assert_eq!(desk.marks(), [2], "{line}");
        }
        assert_eq!(desk.phases().last(), Some(&phase));
        desk.type_line("NOOP");
        desk.lose();
        assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[2]) });
    }
}

#[test]
fn a_quit_that_only_a_lax_server_takes_for_one_is_in_the_ledger_before_it_leaves() {
    let lost = |answer: Option<&[u8]>, passes: bool| {
        let mut desk = Desk::logged_in().lax();
        desk.command(SessionCommand::Mark { numbers: numbers(&[1]) });
        desk.server = None;
        desk.pace(Pace::Step);
        desk.type_line("QUIT 1");
        assert_eq!(desk.held().unwrap().text, "QUIT 1");
        if passes {
            desk.next();
        }
        desk.pace(Pace::Play);
        if let Some(answer) = answer {
            desk.hear(answer);
        }
        desk.lose();
        desk.ending().deletion
    };
    assert_eq!(lost(None, true), Deletion::Unknown { numbers: numbers(&[1]) });
    // It may be that not all could be deleted (RFC 1939 §6), and that the server hangs up now.
    assert_eq!(lost(Some(b"-ERR hm\r\n"), true), Deletion::Unknown { numbers: numbers(&[1]) });
    let held = {
        let mut desk = Desk::logged_in();
        desk.command(SessionCommand::Mark { numbers: numbers(&[1]) });
        desk.pace(Pace::Step);
        desk.type_line("QUIT 1");
        desk.lose();
        desk.connect();
        desk.pace(Pace::Play);
        assert_eq!(desk.reconciled().unwrap().remaining, numbers(&[1]));
        desk.ending().deletion
    };
    assert_eq!(held, Deletion::NothingDeleted { numbers: numbers(&[1]) });
}

#[test]
fn the_mailbox_opens_also_behind_a_quit_that_was_none() {
    let mut desk = Desk::logged_in_by_hand();
    desk.type_lines(&["DELE 1", "QUIT 1"]);
    desk.command(SessionCommand::OpenMaildrop);
    assert_eq!(desk.marks(), [1]);
    assert_eq!(desk.mailbox_count(), Some(desk.world.messages_of(DEMO_USER).len()));
}

#[test]
fn a_mark_whose_number_nobody_can_read_is_found_by_asking_what_is_not_marked() {
    let mut desk = Desk::logged_in().lax();
    desk.command(SessionCommand::Mark { numbers: numbers(&[3]) });
    desk.type_line("DELE 2x");
    assert!(desk.wire.ends_with("DELE 2x\r\nLIST\r\n"), "{}", desk.wire);
    assert_eq!(desk.marks(), [2, 3]);
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[2, 3]) });
    desk.connect();
    assert_eq!(desk.reconciled().unwrap().remaining, numbers(&[2, 3]));

    // By hand nothing is asked, until the mailbox opens.
    let mut desk = Desk::logged_in_by_hand().lax();
    desk.type_lines(&["DELE 3", "DELE 2x"]);
    assert!(desk.wire.ends_with("DELE 2x\r\n"));
    assert_eq!(desk.marks(), [3]);
    desk.command(SessionCommand::OpenMaildrop);
    assert_eq!(desk.marks(), [2, 3]);
    assert_eq!(desk.mailbox_count(), Some(desk.world.messages_of(DEMO_USER).len()));
    desk.command(SessionCommand::Finish);
    assert_eq!(desk.ending().deletion, Deletion::Deleted { numbers: numbers(&[2, 3]) });
}

#[test]
fn what_was_marked_by_a_number_that_nobody_can_read_is_not_denied() {
    let marked = || {
        let mut desk = Desk::logged_in_by_hand().lax();
        desk.type_lines(&["DELE 3", "DELE 2x"]);
        desk
    };
    let mut desk = marked();
    desk.type_line("QUIT");
    assert_eq!(desk.ending().deletion, Deletion::DeletedUnread { numbers: numbers(&[3]) });
    let mut desk = marked();
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[3]) });
    let mut desk = marked();
    desk.type_line("RSET");
    desk.type_line("QUIT");
    assert_eq!(desk.ending().deletion, Deletion::NothingMarked);

    let mut desk = Desk::logged_in_by_hand().lax();
    desk.type_line("DELE 2x");
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: Vec::new() });

    // What could not be found out is told at the next login.
    let mut desk = Desk::logged_in().lax();
    desk.server = None;
    desk.type_line("DELE 2x");
    desk.hear(b"+OK\r\n");
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::NothingDeleted { numbers: Vec::new() });
    desk.connect();
    assert_eq!(desk.reconciled().unwrap().unrecognised, 1);
}

#[test]
fn what_is_taken_back_while_it_is_being_looked_for_is_not_marked() {
    for taken_back_first in [true, false] {
        let mut desk = Desk::logged_in();
        desk.server = None;
        let count = desk.mailbox_count().unwrap();
        let list = |marked: usize| {
            let unmarked = (1..=count).filter(|number| *number != marked);
            format!("+OK\r\n{}.\r\n", unmarked.map(|number| format!("{number} 1\r\n")).collect::<String>())
        };
        desk.type_line("DELE 2x");
        if taken_back_first {
            desk.type_line("RSET");
        }
        desk.hear(b"+OK\r\n");
        if taken_back_first {
            assert!(desk.wire.ends_with("DELE 2x\r\nRSET\r\nLIST\r\n"), "{}", desk.wire);
            desk.hear(b"+OK\r\n");
            desk.hear(list(0).as_bytes());
        } else {
            desk.type_line("RSET");
            assert!(desk.wire.ends_with("DELE 2x\r\nLIST\r\nRSET\r\n"), "{}", desk.wire);
            desk.hear(list(2).as_bytes());
            desk.hear(b"+OK\r\n");
        }
        assert_eq!(desk.marks(), []);
        desk.lose();
        assert_eq!(desk.ending().deletion, Deletion::NothingMarked);
    }
}

#[test]
fn a_lax_login_is_followed() {
    let mut desk = Desk::by_hand();
    let laxly = |line: &str| line.split_ascii_whitespace().collect::<Vec<_>>().join(" ").replace("PASSWORD", "PASS");
    desk.reads = Box::new(laxly);
    desk.type_lines(&[&format!(" USER {DEMO_USER}"), &format!("PASSWORD {DEMO_PASSWORD}")]);
    assert_eq!(desk.state(), State::Transaction);
    assert!(!format!("{:?}", desk.events).contains(DEMO_PASSWORD));
    desk.command(SessionCommand::OpenMaildrop);
    assert_eq!(desk.mailbox_count(), Some(desk.world.messages_of(DEMO_USER).len()));
}
