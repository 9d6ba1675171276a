//! The lock, the snapshot, and what a commit leaves behind; then the whole thing behind the real server.

use popglass_protocol::{
    server::{Config, LoginRefusal, Maildrop, Output, Server},
    types::MessageNumber,
};

use crate::{DEMO_PASSWORD, DEMO_USER, SandboxMaildrop, World};

fn opened(world: &World) -> SandboxMaildrop {
    let mut session = world.session();
    session.open(DEMO_USER, DEMO_PASSWORD, None).expect("nobody else holds the lock");
    session
}

fn numbers(plain: &[u32]) -> Vec<MessageNumber> {
    plain.iter().map(|&number| MessageNumber::new(number).expect("numbers begin at one")).collect()
}

fn unique_ids(session: &SandboxMaildrop) -> Vec<String> {
    let numbers = (0..session.message_count()).filter_map(MessageNumber::from_index);
    numbers.map(|number| session.unique_id(number).as_str().to_owned()).collect()
}

#[test]
fn only_the_right_pair_of_user_and_password_opens() {
    let world = World::demo_large(1);
    for (user, password, expected) in [
        (DEMO_USER, "wrong", Err(LoginRefusal::Credentials)),
        (DEMO_USER, "", Err(LoginRefusal::Credentials)),
        ("Ada", DEMO_PASSWORD, Err(LoginRefusal::Credentials)),
        ("", "", Err(LoginRefusal::Credentials)),
        (DEMO_USER, DEMO_PASSWORD, Ok(())),
    ] {
        let mut session = world.session();
        assert_eq!(session.open(user, password, None), expected, "{user} {password}");
        assert_eq!(session.message_count(), usize::from(expected.is_ok()));
    }
}

#[test]
fn a_world_takes_users_of_any_letters_and_keeps_their_mail_apart() {
    let world = World::demo_large(2);
    world.add_user("jürgen", "müßig", [b"a: b\r\n\r\n".to_vec()]);
    let mut session = world.session();
    assert_eq!(session.open("jürgen", "müßig", None), Ok(()));
    assert_eq!((session.message_count(), session.octets(numbers(&[1])[0])), (1, 8));
    session.commit(&numbers(&[1])).unwrap();
    assert!(world.messages_of("jürgen").is_empty() && world.messages_of("nobody").is_empty());
    assert_eq!(world.messages_of(DEMO_USER).len(), 2);
}

#[test]
fn rfc2449_section6_5_logins_of_a_user_keep_the_announced_distance_across_sessions() {
    let world = World::demo_large(1).with_login_delay(10);
    world.add_user("bob", "pw", []);
    assert_eq!(world.session().login_delay().map(|delay| delay.seconds), Some(10));
    for (user, password, now_ms, expected) in [
        (DEMO_USER, DEMO_PASSWORD, Some(5_000), Ok(())),
        (DEMO_USER, DEMO_PASSWORD, Some(14_999), Err(LoginRefusal::TooSoon)),
        (DEMO_USER, "wrong", Some(14_999), Err(LoginRefusal::Credentials)),
        ("bob", "pw", Some(14_999), Ok(())),
        (DEMO_USER, DEMO_PASSWORD, Some(15_000), Ok(())),
        (DEMO_USER, DEMO_PASSWORD, Some(24_999), Err(LoginRefusal::TooSoon)),
        // Who has no clock cannot tell.
        (DEMO_USER, DEMO_PASSWORD, None, Ok(())),
    ] {
        assert_eq!(world.session().open(user, password, now_ms), expected, "{user} {now_ms:?}");
    }
}

#[test]
fn the_lock_is_exclusive_and_comes_back_by_commit_and_by_drop() {
    let world = World::demo_large(3);
    let other = world.clone();
    let locked = || other.session().open(DEMO_USER, DEMO_PASSWORD, None) == Err(LoginRefusal::InUse);
    let mut first = opened(&world);
    assert!(locked());
    assert_eq!(
        other.session().open(DEMO_USER, "wrong", None),
        Err(LoginRefusal::Credentials),
        "the lock tells nothing"
    );
    assert!(locked(), "who was refused gives nothing back");
    first.commit(&[]).unwrap();
    assert!(!locked());
    let second = opened(&world);
    assert!(locked());
    drop(first);
    assert!(locked(), "the lock is the second's now");
    drop(second);
    assert!(!locked());
    assert!(
        World::demo_large(3).session().open(DEMO_USER, DEMO_PASSWORD, None).is_ok(),
        "another world has its own lock"
    );
}

#[test]
fn a_commit_removes_what_is_marked_and_a_drop_removes_nothing() {
    for (marked, committed, expected) in [
        (&[][..], true, &["large.000001", "large.000002", "large.000003", "large.000004"][..]),
        (&[1, 3], true, &["large.000002", "large.000004"]),
        (&[1, 2, 3, 4], true, &[]),
        (&[1, 3], false, &["large.000001", "large.000002", "large.000003", "large.000004"]),
    ] {
        let world = World::demo_large(4);
        let mut session = opened(&world);
        if committed {
            session.commit(&numbers(marked)).unwrap();
        }
        drop(session);
        assert_eq!(unique_ids(&opened(&world)), expected, "{marked:?} {committed}");
    }
}

#[test]
fn rfc1939_section7_unique_ids_are_printable_unique_and_the_same_in_every_world() {
    for make in [World::demo, || World::demo_large(1000)] {
        let mut ids = unique_ids(&opened(&make()));
        assert_eq!(ids, unique_ids(&opened(&make())));
        assert!(ids.iter().all(|id| (1..=70).contains(&id.len()) && id.bytes().all(|octet| octet.is_ascii_graphic())));
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

#[test]
fn a_world_can_be_served_from_several_threads() {
    let world = World::demo_large(10);
    let opened = std::thread::scope(|scope| {
        let login = || {
            let mut session = world.session();
            (session.open(DEMO_USER, DEMO_PASSWORD, None).is_ok(), session)
        };
        let logins: Vec<_> = (0..8).map(|_| scope.spawn(login)).collect();
        let logins: Vec<_> = logins.into_iter().map(|login| login.join().expect("it does not panic")).collect();
        logins.iter().filter(|(opened, _)| *opened).count()
    });
    assert_eq!(opened, 1);
}

/// Everything a server says to these commands, told in one go.
fn said(world: &World, commands: &str) -> Vec<u8> {
    let mut server = Server::new(world.session(), Config::default());
    server.handle_input(commands.as_bytes());
    let mut said = Vec::new();
    loop {
        match server.poll_output() {
            Output::Transmit(octets) => said.extend(octets),
            Output::Idle => return said,
            Output::Close | Output::UpgradeTls => {}
        }
    }
}

#[test]
fn the_server_serves_it() {
    let world = World::demo();
    let login = format!("USER {DEMO_USER}\r\nPASS {DEMO_PASSWORD}\r\n");
    let message = crate::samples::all().iter().find(|sample| sample.name() == "10-dots").unwrap();
    let stuffed = String::from_utf8(message.octets().to_vec()).unwrap().replace("\r\n.", "\r\n..");
    let reply = String::from_utf8(said(&world, &format!("{login}RETR 10\r\n"))).unwrap();
    assert!(reply.ends_with(&format!("{stuffed}.\r\n")), "{reply}");
    let before = said(&world, &format!("{login}STAT\r\nDELE 2\r\nDELE 12\r\nQUIT\r\n"));
    assert!(String::from_utf8_lossy(&before).contains("\r\n+OK 24 "), "{}", String::from_utf8_lossy(&before));
    let after = String::from_utf8(said(&world, &format!("{login}UIDL\r\n"))).unwrap();
    assert!(after.contains("\r\n1 demo.000001\r\n2 demo.000003\r\n") && !after.contains("demo.000012"), "{after}");
    assert!(after.ends_with("22 demo.000024\r\n.\r\n"), "{after}");
}
