//! IMAP with what stands around it: sessions that see each other, POP3 beside it, and what holds for any octets.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use popglass_protocol::server::{Config, Output as Pop3Output, Server as Pop3Server};
use popglass_sandbox::{
    World,
    imap::{self, Output, Server},
};
use proptest::prelude::*;

fn drain(server: &mut Server) -> String {
    let mut said = Vec::new();
    loop {
        match server.poll_output() {
            Output::Transmit(octets) => said.extend(octets),
            Output::Close => said.extend(b"|"),
            Output::Idle => return said.iter().copied().map(char::from).collect(),
        }
    }
}

fn say(server: &mut Server, line: &str) -> String {
    server.handle_input(format!("{line}\r\n").as_bytes());
    drain(server)
}

fn message(subject: &str) -> Vec<u8> {
    format!("Subject: {subject}\r\n\r\nhello\r\n").into_bytes()
}

/// A session that has selected the INBOX of a world's only user.
fn selected(world: &World) -> Server {
    let mut server = Server::new(world.clone());
    say(&mut server, "a LOGIN ada pw");
    assert!(say(&mut server, "b SELECT INBOX").ends_with("b OK [READ-WRITE] selected\r\n"));
    server
}

fn world_of(messages: &[&str]) -> World {
    let world = World::empty();
    world.add_user("ada", "pw", messages.iter().map(|subject| message(subject)));
    world
}

#[test]
fn what_one_session_does_the_other_is_told() {
    let world = world_of(&["one", "two", "three"]);
    let (mut here, mut there) = (selected(&world), selected(&world));
    assert_eq!(say(&mut there, "c IDLE"), "+ waiting for you to say DONE\r\n");
    let mut told = |here: &mut Server, line: &str| {
        say(here, line);
        there.handle_world_changed();
        drain(&mut there)
    };
    assert_eq!(told(&mut here, "c FETCH 2 BODY[]"), "* 2 FETCH (FLAGS (\\Seen))\r\n");
    assert_eq!(told(&mut here, "d FETCH 2 BODY[]"), "", "it was seen already");
    assert_eq!(told(&mut here, "e FETCH 1 BODY.PEEK[]"), "", "peeking leaves no trace");
    assert_eq!(told(&mut here, "f STORE 1,3 +FLAGS.SILENT (\\Deleted)").matches("\\Deleted").count(), 2);
    assert_eq!(told(&mut here, "g EXPUNGE"), "* 3 EXPUNGE\r\n* 1 EXPUNGE\r\n", "from the end, so that numbers hold");
    world.deliver("ada", message("four")).unwrap();
    assert_eq!(told(&mut here, "h NOOP"), "* 2 EXISTS\r\n");
}

#[test]
fn rfc3501_section7_4_1_numbers_hold_while_a_command_uses_them() {
    let world = world_of(&["one", "two", "three"]);
    let (mut here, mut there) = (selected(&world), selected(&world));
    say(&mut there, "c STORE 1 +FLAGS (\\Deleted)");
    say(&mut there, "d EXPUNGE");
    let said = say(&mut here, "c FETCH 1:3 BODY.PEEK[HEADER.FIELDS (SUBJECT)]");
    assert!(!said.contains("* 1 FETCH") && said.contains("* 2 FETCH") && said.contains("Subject: two"), "{said}");
    assert!(!said.contains("EXPUNGE"), "{said}");
    assert_eq!(say(&mut here, "d SEARCH ALL"), "* SEARCH 2 3\r\nd OK searched\r\n");
    assert_eq!(say(&mut here, "e NOOP"), "* 1 EXPUNGE\r\ne OK still here\r\n");
    assert_eq!(say(&mut here, "f SEARCH ALL"), "* SEARCH 1 2\r\nf OK searched\r\n");
}

/// What a POP3 session over the world says to these lines.
fn pop3(world: &World, lines: &[&str]) -> String {
    let mut server = Pop3Server::new(world.session(), Config::default());
    let mut said = Vec::new();
    for line in ["USER ada", "PASS pw"].iter().chain(lines) {
        server.handle_input(format!("{line}\r\n").as_bytes());
        while let Pop3Output::Transmit(octets) = server.poll_output() {
            said.extend(octets);
        }
    }
    String::from_utf8(said).unwrap()
}

#[test]
fn pop3_knows_neither_flags_nor_folders_and_both_see_what_is_gone() {
    let world = world_of(&["one", "two", "three"]);
    let mut server = selected(&world);
    let before = pop3(&world, &["LIST", "UIDL", "QUIT"]);
    say(&mut server, "c STORE 1:3 +FLAGS (\\Seen \\Flagged \\Deleted)");
    say(&mut server, "d CREATE Work");
    assert_eq!(pop3(&world, &["LIST", "UIDL", "QUIT"]), before, "flags change nothing");
    say(&mut server, "e MOVE 1 Work");
    let uidl = pop3(&world, &["UIDL", "RETR 1", "QUIT"]);
    assert!(uidl.contains("\r\n1 added.000002\r\n2 added.000003\r\n.") && uidl.contains("Subject: two"), "{uidl}");
    assert!(world.mailbox("ada").iter().all(|stored| stored.flags.seen), "RETR takes no flag away");
    let places: Vec<_> = world.mailbox("ada").into_iter().map(|stored| (stored.folder, stored.unique_id)).collect();
    let places: Vec<_> = places.iter().map(|(folder, id)| (folder.as_str(), id.as_str())).collect();
    assert_eq!(places, [("INBOX", "added.000002"), ("INBOX", "added.000003"), ("Work", "added.000001")]);
    pop3(&world, &["DELE 1", "QUIT"]);
    assert_eq!(say(&mut server, "f NOOP"), "* 1 EXPUNGE\r\nf OK still here\r\n");
    // A POP3 session keeps its snapshot, whatever IMAP takes away meanwhile.
    let mut session = Pop3Server::new(world.session(), Config::default());
    session.handle_input(b"USER ada\r\nPASS pw\r\n");
    while session.poll_output() != Pop3Output::Idle {}
    assert!(world.locked("ada"));
    say(&mut server, "g EXPUNGE");
    session.handle_input(b"RETR 1\r\nDELE 1\r\nQUIT\r\n");
    let mut said = Vec::new();
    while let Pop3Output::Transmit(octets) = session.poll_output() {
        said.extend(octets);
    }
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("Subject: three") && said.ends_with("+OK goodbye, 1 messages deleted\r\n"), "{said}");
    drop(session);
    assert!(!world.locked("ada"));
}

#[test]
fn a_world_keeps_unique_ids_and_gives_none_twice() {
    use popglass_protocol::types::UniqueId;
    let id = |text: &str| UniqueId::parse(text.as_bytes()).unwrap();
    let world = World::empty();
    world.add_user_with(
        "ada",
        "pw",
        [(id("x"), message("one")), (id("x"), message("twice")), (id("y"), message("two"))],
    );
    assert!(world.has_user("ada") && !world.has_user("bob") && world.users() == ["ada"]);
    assert!(!world.deliver_as("ada", id("x"), message("again")) && !world.deliver_as("bob", id("z"), message("?")));
    assert!(world.deliver_as("ada", id("added.000001"), message("three")));
    assert_eq!(world.deliver("ada", message("four")), Some(id("added.000002")), "the chosen one is left out");
    pop3(&world, &["DELE 1", "QUIT"]);
    assert!(!world.deliver_as("ada", id("x"), message("again")), "RFC 1939 §7: never again");
    let ids: Vec<_> = world.mailbox("ada").into_iter().map(|stored| stored.unique_id).collect();
    assert_eq!(ids, [id("y"), id("added.000001"), id("added.000002")]);
    assert_eq!(world.message("ada", &id("y")).unwrap().as_slice(), message("two"));
    assert_eq!(world.folders("ada"), ["INBOX"]);
}

#[test]
fn messages_of_all_kinds_can_be_fetched() {
    let world = World::demo();
    world.deliver(
        "ada",
        b"Subject: nul\0\r\nFrom: \xff <a@b>, c, d: e@f, \"g\" <@r:h@i> (x (y)); \"\r\n\r\n\0\r\n".to_vec(),
    );
    world.deliver("ada", b"\r\n".to_vec());
    world.deliver("ada", b"no header at all".to_vec());
    let mut server = Server::new(world.clone());
    say(&mut server, "a LOGIN ada lovelace");
    say(&mut server, "b SELECT INBOX");
    let all = world.messages_of("ada");
    for (number, octets) in (1..).zip(&all) {
        let said = say(&mut server, &format!("c FETCH {number} (RFC822.SIZE BODY.PEEK[])"));
        let head = format!("* {number} FETCH (RFC822.SIZE {} BODY[] {{{}}}\r\n", octets.len(), octets.len());
        let body: String = octets.iter().map(|octet| if *octet == 0 { '\u{80}' } else { char::from(*octet) }).collect();
        assert!(said == format!("{head}{body})\r\nc OK fetched\r\n"), "{number}: {said:.200}");
        let envelope = say(&mut server, &format!("d FETCH {number} ALL"));
        assert!(
            envelope.starts_with(&format!("* {number} FETCH (FLAGS ")) && envelope.ends_with("d OK fetched\r\n"),
            "{envelope}"
        );
    }
}

fn cases() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_octets_leave_the_server_working_and_bounded(
        pieces in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..100),
            "[ -~]{0,60}\r\n".prop_map(String::into_bytes),
            (
                "(FETCH|STORE|SEARCH|COPY|MOVE|UID FETCH|UID SEARCH|SELECT|STATUS|LIST|CREATE|IDLE)",
                "( (1|2|\\*|1:\\*|4294967295:1|INBOX|W|\"\"|%|ALL|BODY\\[\\]|ENVELOPE|\\+FLAGS|\\(\\\\Deleted\\)|TEXT|x|\\(UIDNEXT\\))){0,3}",
            ).prop_map(|(word, rest)| format!("t {word}{rest}\r\n").into_bytes()),
            Just(b"DONE\r\n".to_vec()), Just(b"t CLOSE\r\n".to_vec()), Just(b"t EXPUNGE\r\n".to_vec()),
            Just(b"t LOGIN ada {2}\r\n".to_vec()), Just(b"t LOGIN {3+}\r\n".to_vec()), Just(b"pw\r\n".to_vec()),
        ], 0..40),
        logged_in in any::<bool>(),
        arrives in 0_usize..40,
    ) {
        let world = world_of(&["one", "two"]);
        let mut server = if logged_in { selected(&world) } else { Server::new(world.clone()) };
        let mut said = drain(&mut server);
        let mut octets_heard = 0;
        for (place, piece) in pieces.iter().enumerate() {
            if place == arrives {
                world.deliver("ada", message("new"));
                server.handle_world_changed();
            }
            octets_heard += piece.len();
            server.handle_input(piece);
            said.push_str(&drain(&mut server));
        }
        prop_assert!(said.len() <= 200 + 40 * octets_heard, "{} octets for {octets_heard}", said.len());
        // Whatever it was in, a client gets out of it, unless the session is over.
        if !said.contains('|') {
            server.handle_input(&[b' '; 100_000]);
            drain(&mut server);
            server.handle_input(b"\r\nDONE\r\nz LOGOUT\r\n");
            let end = drain(&mut server);
            prop_assert!(end.ends_with('|'), "{end}");
        }
        prop_assert_eq!(server.poll_output(), Output::Idle);
    }

    #[test]
    fn any_header_has_an_envelope(header in prop::collection::vec(any::<u8>(), 0..200), list in "[a-c@<>,;:\"\\\\() ]{0,60}") {
        let world = World::empty();
        let message = [b"From: ", list.as_bytes(), b"\r\nTo: ", &header, b"\r\n\r\n"].concat();
        world.add_user("ada", "pw", [message]);
        let mut server = selected(&world);
        let said = say(&mut server, "c FETCH 1 (ENVELOPE BODY.PEEK[HEADER] INTERNALDATE)");
        prop_assert!(said.starts_with("* 1 FETCH (ENVELOPE (") && said.ends_with("c OK fetched\r\n"), "{}", said);
    }
}

#[test]
fn what_waits_is_bounded() {
    let mut server = Server::new(World::empty());
    drain(&mut server);
    for _ in 0..imap::INPUT_OCTETS_MAX / 1024 {
        server.handle_input(&[b'x'; 1024]);
    }
    server.handle_input(b"x");
    assert_eq!(drain(&mut server), "|", "a host that never drains has its session ended");
    let mut server = Server::new(World::empty());
    for _ in 0..imap::FAILED_LOGINS_MAX {
        server.handle_input(b"a LOGIN a b\r\n");
    }
    assert!(drain(&mut server).ends_with("* BYE too many failed logins\r\n|"));
}
