//! What the user pressed comes of it, whatever was typed before and waits: a line that is no command counts only once the
//! server has said `+OK` to it.

use popglass_session::{
    command::SessionCommand,
    event::{Deletion, SessionEvent},
};

use crate::{Desk, lax::laxly, numbers};

/// What a user does while a message comes in.
#[derive(Debug, Clone, Copy)]
enum Act {
    Type(&'static str),
    Mark(&'static [u32]),
    Unmark(&'static [u32]),
    Open,
}

use Act::{Mark, Open, Type, Unmark};

impl Desk {
    fn act(&mut self, act: Act) {
        match act {
            Type(line) => self.type_line(line),
            Mark(plain) => self.command(SessionCommand::Mark { numbers: numbers(plain) }),
            Unmark(plain) => self.command(SessionCommand::Unmark { numbers: numbers(plain) }),
            Open => self.command(SessionCommand::OpenMaildrop),
        }
    }

    fn times_marks_were_told(&self) -> usize {
        self.all(|event| matches!(event, SessionEvent::Marks(_)).then_some(())).len()
    }

    fn refusals(&self) -> usize {
        self.all(|event| matches!(event, SessionEvent::Refused { .. }).then_some(())).len()
    }
}

/// `marked` are marked when the user types RETR and does all that, before anything of the message has come.
fn marks_after(by_hand: bool, lax: bool, pipelines: bool, marked: &[u32], acts: &[Act]) -> Desk {
    let mut desk = Desk::new();
    desk.pipelines = pipelines;
    if by_hand {
        desk.log_in_by_hand();
    } else {
        desk.connect();
    }
    if lax {
        desk.reads = Box::new(laxly);
    }
    marked.iter().for_each(|number| desk.type_line(&format!("DELE {number}")));
    desk.is_held_up = true;
    desk.type_line("RETR 1");
    acts.iter().for_each(|act| desk.act(*act));
    while desk.bring(50) {}
    desk
}

/// `strict` and `lax` are what is marked in the end, by what server.
fn check(by_hand: bool, marked: &[u32], acts: &[Act], strict: &[u32], lax: &[u32]) {
    for (is_lax, marks) in [(false, strict), (true, lax)] {
        for pipelines in [true, false] {
            let what = format!("{marked:?} {acts:?}, lax: {is_lax}, pipelining: {pipelines}");
            let mut desk = marks_after(by_hand, is_lax, pipelines, marked, acts);
            assert_eq!(desk.marks(), marks, "{what}");
            assert_eq!(desk.marked, marks.iter().copied().collect(), "{what}");
            assert_eq!(desk.refusals(), 0, "{what}");
            desk.lose();
            desk.is_held_up = false;
            desk.connect();
            let offered = desk.reconciled().map(|found| found.remaining).unwrap_or_default();
            assert_eq!(offered, numbers(marks), "{what}");
        }
    }
}

#[test]
fn a_mark_that_the_server_refused_is_not_set_behind_rset() {
    for acts in [&[Type("DELE  4"), Open][..], &[Type("DELE\t4"), Type("NOOP"), Open]] {
        check(true, &[], acts, &[], &[4]);
        check(true, &[3], acts, &[3], &[3, 4]);
    }
    check(false, &[3], &[Type("DELE  4"), Unmark(&[3])], &[], &[4]);
    check(false, &[2, 3], &[Type("DELE  4"), Unmark(&[3]), Unmark(&[2])], &[], &[4]);
    check(false, &[3], &[Type("DELE 4"), Unmark(&[3])], &[4], &[4]);
}

#[test]
fn what_was_unmarked_stays_so_when_a_lax_server_marks_it() {
    check(false, &[3], &[Type("DELE  4"), Unmark(&[3, 4])], &[], &[]);
    check(false, &[3], &[Type("DELE  4"), Unmark(&[3]), Unmark(&[4])], &[], &[]);
    check(false, &[3], &[Type("DELE  4"), Unmark(&[3]), Type("RSET")], &[], &[]);
    check(false, &[3], &[Type("DELE  4"), Type("RSET"), Unmark(&[3])], &[], &[]);
    check(false, &[3], &[Type("DELE  4"), Unmark(&[3]), Mark(&[4])], &[4], &[4]);
}

#[test]
fn a_line_that_is_no_rset_loses_no_marks() {
    check(false, &[1, 2, 3], &[Type("RSET 1"), Unmark(&[1])], &[2, 3], &[2, 3]);
    check(false, &[1, 2, 3], &[Type("RSET 1")], &[1, 2, 3], &[]);
    check(false, &[1, 2, 3], &[Type("RSET"), Unmark(&[1])], &[], &[]);
    check(true, &[1, 2, 3], &[Type("RSET 1"), Open], &[1, 2, 3], &[1, 2, 3]);
}

#[test]
fn a_mark_is_not_swallowed_by_a_line_that_waits() {
    // A lax server has marked it then, and says so to the second DELE.
    for (line, told) in [("DELE  5", 1), ("DELE 5", 0)] {
        for lax in [false, true] {
            let desk = marks_after(false, lax, true, &[], &[Type(line), Mark(&[5])]);
            assert_eq!((desk.marks(), desk.marked.clone()), (vec![5], [5].into()), "{line:?} {lax}");
            assert_eq!(desk.refusals(), if lax { told } else { 0 }, "{line:?} {lax}");
        }
    }
    check(false, &[], &[Type("RSET 1"), Mark(&[5])], &[5], &[5]);
    check(false, &[], &[Type("RSET"), Mark(&[5])], &[5], &[5]);
}

#[test]
fn a_mark_is_not_swallowed_by_a_line_that_becomes_a_response() {
    for line in ["DELE 3", "DELE  3"] {
        let mut desk = Desk::logged_in();
        desk.server = None;
        desk.type_lines(&["AUTH PLAIN", line]);
        desk.act(Mark(&[3]));
        for answer in ["+ \r\n", "-ERR no such login\r\n"] {
            desk.hear(answer.as_bytes());
        }
        assert!(desk.wire.ends_with(&format!("AUTH PLAIN\r\n{line}\r\nDELE 3\r\n")), "{}", desk.wire);
        desk.hear(b"+OK\r\n");
        assert_eq!(desk.marks(), [3]);
    }
}

#[test]
fn nothing_is_asked_of_the_server_that_is_so_already_and_the_page_is_told() {
    let mut desk = Desk::logged_in();
    desk.act(Mark(&[2]));
    for act in [Unmark(&[1]), Mark(&[2]), Unmark(&[]), Mark(&[])] {
        let (wire, told) = (desk.wire.clone(), desk.times_marks_were_told());
        desk.act(act);
        assert_eq!(desk.wire, wire, "{act:?}");
        assert_eq!((desk.marks(), desk.times_marks_were_told()), (vec![2], told + 1), "{act:?}");
    }
}

#[test]
fn a_mark_behind_a_quit_that_waits_is_not_sent_and_is_offered_again() {
    let mut desk = marks_after(false, false, false, &[2], &[Type("QUIT"), Mark(&[3])]);
    assert!(desk.wire.ends_with("RETR 1\r\nQUIT\r\n"), "{}", desk.wire);
    assert_eq!(desk.ending().deletion, Deletion::Deleted { numbers: numbers(&[2]) });
    desk.is_held_up = false;
    desk.connect();
    let found = desk.reconciled().unwrap();
    // It has moved up one place.
    assert_eq!((found.remaining, found.deleted), (numbers(&[2]), 0));
}

#[test]
fn a_refusal_behind_a_quit_that_has_left_leaves_the_rest_in_doubt() {
    let mut desk = Desk::logged_in();
    desk.act(Mark(&[1, 2]));
    desk.server = None;
    desk.type_lines(&["RSET", "QUIT"]);
    desk.hear(b"-ERR\r\n");
    desk.lose();
    assert_eq!(desk.ending().deletion, Deletion::Unknown { numbers: numbers(&[1, 2]) });
    let ledger = format!("{:?}", desk.session.ledger());
    assert_eq!(ledger.matches("QuitSent").count(), 2, "{ledger}");
}

#[test]
fn what_is_marked_behind_an_rset_that_waits_is_marked_and_can_be_unmarked() {
    let desk = |pipelines| {
        let mut desk = Desk::new();
        desk.pipelines = pipelines;
        desk.connect();
        desk.command(SessionCommand::Mark { numbers: numbers(&[2]) });
        desk.is_held_up = true;
        desk.type_lines(&["RETR 1", "RSET"]);
        desk.command(SessionCommand::Mark { numbers: numbers(&[5]) });
        desk
    };
    for pipelines in [true, false] {
        let mut unmarked = desk(pipelines);
        while unmarked.bring(7) {}
        assert_eq!(unmarked.marks(), [5]);
        unmarked.is_held_up = false;
        unmarked.command(SessionCommand::Unmark { numbers: numbers(&[5]) });
        assert_eq!(unmarked.marks(), []);

        let mut lost = desk(pipelines);
        while lost.bring(7) {}
        lost.lose();
        assert_eq!(lost.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[5]) });
        lost.is_held_up = false;
        lost.connect();
        assert_eq!(lost.reconciled().unwrap().remaining, numbers(&[5]));
    }
}

#[test]
fn a_mark_behind_a_quit_that_only_a_lax_server_takes_is_answered_also_where_it_was_not_sent() {
    let mut desk = Desk::logged_in();
    desk.is_held_up = true;
    desk.type_line("QUIT 1");
    desk.command(SessionCommand::Mark { numbers: numbers(&[1]) });
    let told = desk.times_marks_were_told();
    desk.bring(10_000);
    assert_eq!(desk.times_marks_were_told(), told + 1);
    assert_eq!(desk.marks(), []);
}
