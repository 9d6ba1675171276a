//! What a user does with a maildrop, and what must be true after it, against a server in memory.

mod shell;

use popglass_protocol::{login::Wish, secret::Secret};
use popglass_sandbox::{DEMO_PASSWORD, World};
use popglass_session::{
    LinkEvent,
    command::{Route, SessionCommand},
    event::{Deletion, EndReason, PAGE_ROWS, Progress, SessionEvent},
    limits,
    refusal::LoginFault,
    security::Trust,
};
use shell::{Shell, number, numbers};

/// How many messages the next session finds.
fn count_afterwards(shell: Shell) -> usize {
    Shell::logged_in(shell.world).mailbox_count()
}

#[test]
fn a_login_opens_the_maildrop_and_fetches_the_newest_page_in_four_flights() {
    let shell = Shell::logged_in(World::demo_large(200));
    assert_eq!(shell.mailbox_count(), 200);
    let newest: Vec<u32> = (151..=200).rev().collect();
    assert_eq!(shell.headers(), newest);
    // CAPA; USER and PASS; what is there; the headers. With Open that is five round trips to the first rows.
    let first_words: Vec<_> = shell.writes.iter().take(4).map(|write| &write[..4]).collect();
    assert_eq!(first_words, ["CAPA", "USER", "CAPA", "TOP "]);
    assert_eq!(shell.writes[3].lines().count(), PAGE_ROWS);
}

#[test]
fn a_page_is_fetched_once() {
    let mut shell = Shell::logged_in(World::demo_large(60));
    for (page, headers) in [(1, 60), (0, 60), (1, 60), (9, 60)] {
        shell.command(SessionCommand::ShowPage { page });
        assert_eq!(shell.headers().len(), headers, "page {page}");
    }
}

#[test]
fn a_message_comes_whole_and_octet_by_octet() {
    let mut shell = Shell::logged_in(World::demo());
    let count = shell.mailbox_count() as u32;
    for index in 1..=count {
        shell.command(SessionCommand::Retrieve { number: number(index) });
    }
    assert_eq!(shell.messages.len(), count as usize);
    for message in &shell.messages {
        let promised = shell
            .events
            .iter()
            .any(|event| matches!(event, SessionEvent::Retrieved { octets, .. } if *octets == message.len() as u64));
        assert!(promised);
    }
}

#[test]
fn a_wrong_password_is_told_and_can_be_put_right() {
    let mut shell = Shell::new(World::demo());
    shell.connect("wrong");
    assert!(matches!(shell.ending().reason, EndReason::LoginRefused { fault: LoginFault::Credentials, .. }));
    assert_eq!(shell.ending().deletion, Deletion::NothingMarked);
    shell.connect(DEMO_PASSWORD);
    assert!(shell.mailbox_count() > 0);
}

#[test]
fn what_cannot_be_sent_is_refused_before_anything_is_dialled() {
    for (user, password, about_password) in
        [("", "x", false), ("a\r\nDELE 1", "x", false), ("ada", "", true), ("ada", "x\ny", true), ("ada", "\0", true)]
    {
        let mut shell = Shell::new(World::demo());
        shell.command(SessionCommand::Connect {
            route: Route::Sandbox,
            wish: Wish::Automatic,
            user: user.into(),
            password: Secret::new(password.into()),
            trust: Trust::default(),
        });
        assert!(matches!(shell.ending().reason, EndReason::Credentials { password, .. } if password == about_password));
        assert!(shell.writes.is_empty());
    }
}

#[test]
fn delete_two_undo_one_finish_deletes_exactly_one() {
    let mut shell = Shell::logged_in(World::demo_large(5));
    shell.command(SessionCommand::Mark { numbers: numbers(&[2, 4]) });
    assert_eq!(shell.marks(), [2, 4]);
    shell.writes.clear();
    shell.command(SessionCommand::Unmark { numbers: numbers(&[2]) });
    assert_eq!(shell.writes, ["RSET\r\nDELE 4\r\n"]);
    assert_eq!(shell.marks(), [4]);
    shell.command(SessionCommand::Finish);
    assert_eq!(shell.ending().reason, EndReason::Finished);
    assert_eq!(shell.ending().deletion, Deletion::Deleted { numbers: numbers(&[4]) });
    assert_eq!(count_afterwards(shell), 4);
}

#[test]
fn whatever_ends_a_session_without_quit_deletes_nothing() {
    type End = fn(&mut Shell);
    let ends: [(&str, End); 6] = [
        ("server closes", |shell| shell.link(LinkEvent::Closed)),
        ("bridge lost", |shell| shell.link(LinkEvent::Lost)),
        ("disconnect", |shell| shell.command(SessionCommand::Disconnect)),
        ("misbehaviour", |shell| shell.octets(b"no POP3\r\n")),
        ("new connect", |shell| shell.connect("wrong")),
        ("cut while marks are taken back", |shell| {
            shell.held = Some(Vec::new());
            shell.command(SessionCommand::Unmark { numbers: numbers(&[1]) });
            shell.link(LinkEvent::Lost);
            shell.held = None;
        }),
    ];
    for (name, end) in ends {
        let mut shell = Shell::logged_in(World::demo_large(3));
        shell.command(SessionCommand::Mark { numbers: numbers(&[1, 2]) });
        end(&mut shell);
        let told = shell.events.iter().any(|event| {
            matches!(event, SessionEvent::Ended(ending) if matches!(ending.deletion, Deletion::NothingDeleted { .. }))
        });
        assert!(told, "{name}");
        assert_eq!(count_afterwards(shell), 3, "{name}");
    }
}

#[test]
fn a_cut_behind_quit_leaves_the_question_open_and_says_so() {
    let mut shell = Shell::logged_in(World::demo_large(3));
    shell.command(SessionCommand::Mark { numbers: numbers(&[3]) });
    shell.held = Some(Vec::new());
    shell.command(SessionCommand::Finish);
    shell.link(LinkEvent::Lost);
    assert_eq!(shell.ending().deletion, Deletion::Unknown { numbers: numbers(&[3]) });
}

#[test]
fn a_lost_connection_can_be_made_anew_without_typing_but_a_finished_one_is_forgotten() {
    let mut shell = Shell::logged_in(World::demo());
    shell.link(LinkEvent::Lost);
    let before = shell.headers().len();
    shell.command(SessionCommand::Reconnect);
    assert!(shell.headers().len() > before);
    shell.command(SessionCommand::Finish);
    let before = shell.writes.len();
    shell.command(SessionCommand::Reconnect);
    assert_eq!(shell.writes.len(), before);
}

#[test]
fn a_cancelled_message_is_read_to_its_end_where_that_is_soon_and_cut_where_it_is_not() {
    // Milliseconds until 10,000 octets of 5 MB had come, and whether the session survives the cancel.
    for (elapsed, survives) in [(1, true), (10_000, false)] {
        let (mut shell, number) = (Shell::logged_in(World::demo()), number(big()));
        shell.held = Some(Vec::new());
        shell.command(SessionCommand::Retrieve { number });
        let rest = shell.held.as_mut().expect("it is held").split_off(10_000);
        shell.now += elapsed;
        let come = shell.held.replace(rest).expect("it is held");
        shell.octets(&come);
        shell.command(SessionCommand::Cancel);
        if survives {
            assert!(shell.events.contains(&SessionEvent::Progress(Progress::Stopping)));
            shell.release();
            assert!(shell.messages.is_empty() && shell.kept.is_empty());
            assert_eq!(shell.events.last(), Some(&SessionEvent::TransferOver));
            shell.command(SessionCommand::Retrieve { number });
            assert_eq!(shell.messages.len(), 1);
        } else {
            assert_eq!(shell.ending().reason, EndReason::Cancelled);
        }
    }
}

#[test]
fn a_small_message_can_be_cancelled_before_anything_came() {
    let mut shell = Shell::logged_in(World::demo_large(3));
    shell.held = Some(Vec::new());
    shell.command(SessionCommand::Retrieve { number: number(1) });
    shell.command(SessionCommand::Cancel);
    shell.release();
    assert!(shell.messages.is_empty());
    assert_eq!(shell.events.last(), Some(&SessionEvent::TransferOver));
}

/// The number of the sandbox's message of 5 MB.
fn big() -> u32 {
    let shell = Shell::logged_in(World::demo());
    let entries = shell.events.iter().find_map(|event| match event {
        SessionEvent::Mailbox(entries) => Some(entries.clone()),
        _ => None,
    });
    let entries = entries.expect("the maildrop is open");
    entries.iter().max_by_key(|entry| entry.octets).expect("it is not empty").number.as_u32()
}

#[test]
fn of_messages_asked_for_while_one_is_under_way_the_last_one_follows() {
    let mut shell = Shell::logged_in(World::demo_large(4));
    shell.held = Some(Vec::new());
    for index in [1, 2, 3] {
        shell.command(SessionCommand::Retrieve { number: number(index) });
    }
    shell.release();
    let retrieved = shell.events.iter().filter_map(|event| match event {
        SessionEvent::Retrieved { number, .. } => Some(number.as_u32()),
        _ => None,
    });
    assert_eq!(retrieved.collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn headers_under_way_can_be_cancelled_and_asked_for_again() {
    const PAGES: usize = 40;
    let mut shell = Shell::logged_in(World::demo_large(PAGES * PAGE_ROWS));
    shell.held = Some(Vec::new());
    (1..PAGES).for_each(|page| shell.command(SessionCommand::ShowPage { page }));
    shell.command(SessionCommand::Cancel);
    shell.release();
    assert!(shell.headers().len() < PAGES * PAGE_ROWS, "they do not all fit the window");
    (1..PAGES).for_each(|page| shell.command(SessionCommand::ShowPage { page }));
    assert_eq!(shell.headers().len(), PAGES * PAGE_ROWS);
}

#[test]
fn noop_keeps_the_session_only_while_marks_are_pending() {
    let mut shell = Shell::logged_in(World::demo());
    assert_eq!(shell.session.deadline(), None);
    shell.command(SessionCommand::Mark { numbers: numbers(&[1]) });
    shell.writes.clear();
    shell.time(limits::KEEP_ALIVE_MS - 1);
    assert!(shell.writes.is_empty());
    shell.time(1);
    shell.time(limits::KEEP_ALIVE_MS);
    assert_eq!(shell.writes, ["NOOP\r\n", "NOOP\r\n"]);
    shell.command(SessionCommand::Unmark { numbers: numbers(&[1]) });
    assert_eq!(shell.session.deadline(), None);
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let mut shell = Shell::logged_in(World::demo());
    shell.command(SessionCommand::Mark { numbers: numbers(&[1]) });
    shell.held = Some(Vec::new());
    shell.command(SessionCommand::Retrieve { number: number(1) });
    shell.time(popglass_protocol::limits::REPLY_MS_MAX - 1);
    assert!(!shell.events.iter().any(|event| matches!(event, SessionEvent::Ended(_))));
    shell.time(1);
    assert_eq!(shell.ending().reason, EndReason::TimedOut);
    assert_eq!(shell.ending().deletion, Deletion::NothingDeleted { numbers: numbers(&[1]) });
}

#[test]
fn no_event_ever_holds_the_password() {
    let mut shell = Shell::logged_in(World::demo());
    shell.command(SessionCommand::Finish);
    assert!(shell.writes.iter().any(|write| write.contains(DEMO_PASSWORD)), "the server hears it");
    assert!(!shell.said.contains(&format!("PASS {DEMO_PASSWORD}")));
    assert!(!format!("{:?}", shell.session).contains(&format!("\"{DEMO_PASSWORD}\"")));
}
