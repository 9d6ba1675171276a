//! What became of the marked messages: whatever is cut, wherever, the next login tells the truth, and nothing is deleted
//! that was not marked.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod postbox;

use std::collections::BTreeSet;

use popglass_protocol::types::MessageNumber;
use popglass_session::{
    command::SessionCommand,
    event::{Deletion, Doubt, Doubtful, EndReason, Reconciled},
    limits,
};
use postbox::{Desk, Postbox, Row, numbers};

const FOUR: [Row; 4] = [(Some("a"), 10), (Some("b"), 20), (Some("c"), 30), (Some("d"), 40)];

/// More than one journey takes, both ways.
const JOURNEY_OCTETS_MAX: usize = 2_000;

/// Marks three, keeps one of them after all, and finishes. Gives what the user wanted deleted at the end.
fn delete_journey(desk: &mut Desk) -> BTreeSet<&'static str> {
    let mut wanted = BTreeSet::new();
    desk.connect();
    if desk.is_open() {
        wanted.extend(["a", "b", "d"]);
        desk.mark(&[1, 2, 4]);
    }
    if desk.is_open() {
        wanted.remove("b");
        desk.command(SessionCommand::Unmark { numbers: numbers(&[2]) });
    }
    if desk.is_open() {
        desk.command(SessionCommand::Finish);
    }
    wanted
}

fn check_cut_anywhere(postbox: &Postbox, again: fn(&mut Desk)) {
    for octets in 1..JOURNEY_OCTETS_MAX {
        let mut desk = Desk::new(postbox.clone());
        desk.octets_left = Some(octets);
        let wanted = delete_journey(&mut desk);
        let place = format!("cut behind octet {octets}");
        let left: BTreeSet<_> = desk.unique_ids().into_iter().collect();
        let gone: BTreeSet<_> = ["a", "b", "c", "d"].into_iter().filter(|id| !left.contains(id)).collect();
        assert!(gone.is_subset(&wanted), "{place}: {gone:?} are gone, {wanted:?} were to go");
        let ending = desk.ending().cloned().expect("every journey ends");
        let told_already = match ending.deletion {
            Deletion::Deleted { numbers } => numbers.len(),
            Deletion::NothingDeleted { .. } | Deletion::NothingMarked => {
                assert_eq!(gone.len(), 0, "{place}");
                0
            }
            Deletion::Partial { .. } | Deletion::Unknown { .. } | Deletion::DeletedUnread { .. } => 0,
        };
        if ending.reason == EndReason::Finished {
            assert!(octets > 200, "the journey is that long");
            return;
        }
        desk.octets_left = None;
        again(&mut desk);
        let told = desk.reconciled();
        assert_eq!(told.deleted + told_already, gone.len(), "{place}");
        let ids = desk.unique_ids();
        let remaining: BTreeSet<_> =
            told.remaining.iter().filter_map(|number| ids.get(number.index()).copied()).collect();
        assert_eq!(remaining, &wanted - &gone, "{place}");
        assert!(told.doubtful.is_empty() && told.unrecognised == 0 && desk.marks().is_empty(), "{place}: {told:?}");
        desk.command(SessionCommand::MarkRemaining);
        desk.command(SessionCommand::Finish);
        let kept: Vec<_> = ["a", "b", "c", "d"].into_iter().filter(|id| !wanted.contains(id)).collect();
        assert_eq!(desk.unique_ids(), kept, "{place}: what was wanted, and nothing else, is deleted at last");
    }
    panic!("the journey does not come to its end");
}

#[test]
fn cut_behind_any_octet_the_next_login_tells_what_is_gone_and_offers_the_rest() {
    for pipelining in [true, false] {
        let postbox = Postbox { pipelining, ..Postbox::new(&FOUR) };
        check_cut_anywhere(&postbox, Desk::reconnect);
        check_cut_anywhere(&postbox, |desk| {
            *desk = desk.reloaded();
            desk.connect();
        });
    }
}

#[test]
fn a_refused_quit_is_looked_into_at_the_next_login() {
    let mut desk = Desk::new(Postbox { half_hearted: true, ..Postbox::new(&FOUR) });
    delete_journey(&mut desk);
    assert!(matches!(desk.ending().unwrap().deletion, Deletion::Partial { .. }));
    desk.postbox.half_hearted = false;
    desk.connect();
    assert_eq!(desk.reconciled(), Reconciled { deleted: 1, remaining: numbers(&[3]), ..Reconciled::default() });
}

#[test]
fn a_server_that_says_ok_and_deletes_nothing_is_found_out() {
    let mut desk = Desk::new(Postbox { forgetful: true, ..Postbox::new(&FOUR) });
    delete_journey(&mut desk);
    assert!(matches!(desk.ending().unwrap().deletion, Deletion::Deleted { .. }));
    desk.connect();
    assert_eq!(desk.reconciled(), Reconciled { remaining: numbers(&[1, 4]), ..Reconciled::default() });
}

#[test]
fn what_was_deleted_and_told_is_not_told_again() {
    let mut desk = Desk::new(Postbox::new(&FOUR));
    delete_journey(&mut desk);
    desk.connect();
    assert!(desk.reconciled().is_empty());
    assert_eq!(desk.unique_ids(), ["b", "c"]);
}

#[test]
fn an_offer_stands_until_it_is_taken_or_declined() {
    type Then = fn(&mut Desk);
    let rows: [(&str, Then, &[u32]); 4] = [
        ("lost undecided", Desk::lose, &[1, 2]),
        ("left undecided", |desk| desk.command(SessionCommand::Disconnect), &[1, 2]),
        ("declined", |desk| desk.command(SessionCommand::ForgetRemaining), &[]),
        (
            "declined but for what was marked by hand",
            |desk| {
                desk.mark(&[2]);
                desk.command(SessionCommand::ForgetRemaining);
            },
            &[2],
        ),
    ];
    for (name, then, remaining) in rows {
        let mut desk = Desk::new(Postbox::new(&FOUR));
        desk.connect();
        desk.mark(&[1, 2]);
        desk.lose();
        desk.connect();
        assert_eq!(desk.reconciled().remaining, numbers(&[1, 2]), "{name}");
        then(&mut desk);
        desk.lose();
        desk.connect();
        assert_eq!(desk.reconciled().remaining, numbers(remaining), "{name}");
    }
}

#[test]
fn whoever_leaves_without_deleting_takes_the_marks_back() {
    let mut desk = Desk::new(Postbox::new(&FOUR));
    desk.connect();
    desk.mark(&[1]);
    desk.command(SessionCommand::Disconnect);
    desk.connect();
    assert!(desk.reconciled().is_empty());
}

#[test]
fn another_account_is_not_told() {
    let mut desk = Desk::new(Postbox::new(&FOUR));
    desk.connect();
    desk.mark(&[1]);
    desk.lose();
    desk.connect_as("grace");
    assert!(desk.reconciled().is_empty());
    desk.lose();
    desk.connect();
    assert_eq!(desk.reconciled().remaining, numbers(&[1]));
}

#[test]
fn numbers_are_mapped_anew_by_unique_id() {
    let mut desk = Desk::new(Postbox::new(&FOUR));
    desk.connect();
    desk.mark(&[2, 4]);
    desk.lose();
    desk.postbox.rows = vec![(Some("x"), 5), (Some("d"), 40), (Some("b"), 20)];
    desk.connect();
    assert_eq!(desk.reconciled().remaining, numbers(&[2, 3]));
}

/// Marks `marked` of `before`, loses the line with QUIT sent or not, and finds `after`.
fn check_doubt(before: &[Row], marked: &[u32], after: &[Row], expected: &Reconciled) {
    let mut desk = Desk::new(Postbox::new(before));
    desk.connect();
    desk.mark(marked);
    desk.lose();
    desk.postbox.rows = after.to_vec();
    desk.connect();
    assert_eq!(desk.reconciled(), *expected, "{before:?} {marked:?} {after:?}");
}

#[test]
fn an_ambiguous_unique_id_is_never_offered_and_the_reason_is_told() {
    const A: Row = (Some("a"), 10);
    const B: Row = (Some("b"), 20);
    const NAMELESS: Row = (None, 10);
    let doubt = |plain: &[u32], why| Reconciled {
        doubtful: vec![Doubtful { numbers: numbers(plain), why }],
        ..Reconciled::default()
    };
    let remaining = |plain: &[u32]| Reconciled { remaining: numbers(plain), ..Reconciled::default() };
    let deleted = |deleted| Reconciled { deleted, ..Reconciled::default() };
    check_doubt(&[A, A, B], &[2], &[A, A, B], &doubt(&[1, 2], Doubt::SharedWithUnmarked));
    check_doubt(&[A, A, B], &[2], &[A, B], &doubt(&[1], Doubt::CountChanged));
    check_doubt(&[A, A], &[1, 2], &[A], &doubt(&[1], Doubt::CountChanged));
    check_doubt(&[A], &[1], &[A, B, A], &doubt(&[1, 3], Doubt::CountChanged));
    check_doubt(&[A, B], &[1], &[(Some("a"), 11), B], &doubt(&[1], Doubt::SizeChanged));
    check_doubt(&[A, B], &[1], &[NAMELESS, B], &doubt(&[], Doubt::ListingIncomplete));
    check_doubt(&[A, A, B], &[1, 2], &[B, A, A], &remaining(&[2, 3]));
    check_doubt(&[A, A, B], &[1], &[B], &deleted(1));
    check_doubt(&[A, A, B], &[1, 2, 3], &[], &deleted(3));
}

#[test]
fn without_unique_ids_there_is_nothing_to_compare_and_that_is_told() {
    let unrecognised = |unrecognised| Reconciled { unrecognised, ..Reconciled::default() };
    let mut desk = Desk::new(Postbox { uidl: false, ..Postbox::new(&FOUR) });
    desk.connect();
    desk.mark(&[1, 3]);
    desk.lose();
    desk.connect();
    assert_eq!(desk.reconciled(), unrecognised(2));
    desk.lose();
    desk.connect();
    assert!(desk.reconciled().is_empty(), "it is told once");

    // A server whose UIDL comes and goes: the ledger waits for it.
    let mut desk = Desk::new(Postbox::new(&FOUR));
    desk.connect();
    desk.mark(&[1]);
    desk.lose();
    desk.postbox.uidl = false;
    desk.connect();
    assert_eq!(desk.reconciled(), unrecognised(1));
    desk.lose();
    desk.postbox.uidl = true;
    desk.connect();
    assert_eq!(desk.reconciled().remaining, numbers(&[1]));
}

#[test]
fn marks_outlast_a_cancelled_transfer_without_a_question() {
    let rows: Vec<Row> = FOUR.into_iter().chain([(Some("big"), 300_000_000)]).collect();
    let mut desk = Desk::new(Postbox::new(&rows));
    desk.connect();
    desk.mark(&[1, 3]);
    // A part of the message comes, slowly, and the line stands.
    desk.hold_back_after(20_000);
    desk.command(SessionCommand::Retrieve { number: number(5) });
    desk.now += 60_000;
    desk.command(SessionCommand::Cancel);
    assert_eq!(desk.ending().unwrap().reason, EndReason::Cancelled);
    desk.reconnect();
    assert!(desk.reconciled().is_empty());
    assert_eq!(desk.marks(), numbers(&[1, 3]));
    desk.command(SessionCommand::Finish);
    assert_eq!(desk.unique_ids(), ["b", "d", "big"]);
}

#[test]
fn more_marks_than_the_ledger_takes_are_counted() {
    let rows: Vec<Row> = (0..limits::LEDGER_ENTRIES_MAX + 5)
        .map(|number| (Some(&*format!("id{number:05}").leak()), number as u64))
        .collect();
    let mut desk = Desk::new(Postbox::new(&rows));
    desk.connect();
    let all: Vec<u32> = (1..=rows.len() as u32).collect();
    desk.mark(&all);
    desk.lose();
    desk.connect();
    assert_eq!(desk.reconciled().remaining.len(), limits::LEDGER_ENTRIES_MAX);
    assert_eq!(desk.reconciled().unrecognised, 5);
    desk.command(SessionCommand::MarkRemaining);
    assert_eq!(desk.marks().len(), limits::LEDGER_ENTRIES_MAX, "they fit the queue of commands");
}

fn number(number: u32) -> MessageNumber {
    MessageNumber::new(number).unwrap()
}
