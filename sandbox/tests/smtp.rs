//! SMTP with what stands around it: the way from server to server, reports of failure, transcripts with meanings, and
//! what holds for any octets.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use popglass_protocol::server::{Config, Output as Pop3Output, Server as Pop3Server};
use popglass_sandbox::{
    World,
    smtp::{self, Delivery, Direction, Fate, Journey, Meaning, Output, Post, ReplyMeaning, Server},
};
use proptest::prelude::*;

/// Monday, 23 November 2026, 09:10 UTC.
const NOW: i64 = 1_795_425_000;

fn drain(server: &mut Server) -> String {
    let mut said = Vec::new();
    loop {
        match server.poll_output() {
            Output::Transmit(octets) => said.extend(octets),
            Output::Close => said.extend(b"|"),
            Output::Idle => return String::from_utf8(said).expect("the server's own words are text"),
        }
    }
}

/// A world with one user for a.example and one for b.example, and the servers between them.
fn two_servers(config_of_b: smtp::Config) -> (World, World, Post) {
    let (a, b) = (World::empty(), World::empty());
    a.add_user("ada", "pw", []);
    b.add_user("bob", "pw", []);
    let mut post = Post::new();
    post.add_domain("a.example", a.clone());
    post.add_server("b.example", b.clone(), config_of_b);
    (a, b, post)
}

/// Hands a message to the server of a.example and carries it on.
fn send(post: &Post, from: &str, to: &[&str], content: &str) -> Journey {
    let mut server = post.server("a.example").unwrap();
    server.handle_time(NOW);
    let recipients: String = to.iter().map(|to| format!("RCPT TO:<{to}>\r\n")).collect();
    server.handle_input(format!("EHLO laptop\r\nMAIL FROM:<{from}>\r\n{recipients}DATA\r\n{content}.\r\n").as_bytes());
    drain(&mut server);
    post.carry("a.example", server.poll_delivery().expect("it was accepted"), NOW)
}

fn only_message(world: &World, user: &str) -> String {
    let messages = world.messages_of(user);
    assert_eq!(messages.len(), 1, "{user}");
    String::from_utf8(messages[0].to_vec()).unwrap()
}

#[test]
fn a_message_takes_a_session_from_server_to_server_and_each_leaves_its_trace() {
    let (a, b, post) = two_servers(smtp::Config::default());
    let journey = send(&post, "ada@a.example", &["bob@B.example", "ada@a.example"], "Subject: hi\r\n\r\n..\r\n");
    let [hop] = &journey.hops[..] else { panic!("{journey:?}") };
    assert_eq!((hop.from.as_str(), hop.to.as_str()), ("a.example", "b.example"));
    let said: Vec<_> = hop.lines.iter().map(|line| (line.direction, line.text.as_str())).collect();
    let (client, server) = (Direction::Client, Direction::Server);
    assert_eq!(
        &said[..8],
        [
            (server, "220 mail.b.example at your service"),
            (client, "EHLO mail.a.example"),
            (server, "250-mail.b.example greets mail.a.example"),
            (server, "250-SIZE 1048576"),
            (server, "250-8BITMIME"),
            (server, "250-PIPELINING"),
            (server, "250 HELP"),
            (client, "MAIL FROM:<ada@a.example> SIZE=121"),
        ]
    );
    assert_eq!(
        &said[said.len() - 5..],
        [
            (client, ".."),
            (client, "."),
            (server, "250 the message is mine now"),
            (client, "QUIT"),
            (server, "221 goodbye"),
        ]
    );
    assert_eq!(hop.lines.last().unwrap().meaning, Meaning::Reply(ReplyMeaning::Closing));
    assert_eq!(
        only_message(&b, "bob"),
        "Return-Path: <ada@a.example>\r\n\
         Received: from mail.a.example ([192.0.2.10])\r\n\tby mail.b.example with ESMTP\r\n\tfor <bob@B.example>;\r\n\
         \tMon, 23 Nov 2026 09:10:00 +0000\r\n\
         Received: from laptop ([192.0.2.1])\r\n\tby mail.a.example with ESMTP;\r\n\
         \tMon, 23 Nov 2026 09:10:00 +0000\r\n\
         Subject: hi\r\n\r\n.\r\n"
    );
    assert!(only_message(&a, "ada").starts_with("Return-Path: <ada@a.example>\r\nReceived: from laptop"));
    let fates: Vec<_> = journey.arrivals.iter().map(|arrival| &arrival.recipient[..]).collect();
    assert_eq!(fates, ["ada@a.example", "bob@B.example"]);
    assert!(journey.arrivals.iter().all(|arrival| matches!(arrival.fate, Fate::Delivered { .. })));
}

#[test]
fn rfc5321_section6_1_who_sent_what_is_refused_gets_a_report_and_reports_get_none() {
    let (a, b, post) = two_servers(smtp::Config::default());
    let journey = send(&post, "ada@a.example", &["eve@b.example", "bob@b.example"], "Subject: lost\r\n\r\nx\r\n");
    let fates: Vec<_> = journey.arrivals.iter().map(|arrival| (&arrival.recipient[..], &arrival.fate)).collect();
    assert!(matches!(fates[0], ("bob@b.example", Fate::Delivered { .. })));
    assert!(matches!(fates[1], ("ada@a.example", Fate::Delivered { .. })));
    assert!(matches!(fates[2], ("eve@b.example", Fate::Refused { reply }) if reply.starts_with("550 ")));
    let report = only_message(&a, "ada");
    assert!(report.starts_with("Return-Path: <>\r\nDate: "), "{report}");
    assert!(report.contains("<eve@b.example>: 550 there is no such mailbox here\r\n"), "{report}");
    assert!(report.ends_with("Subject: lost\r\n"), "{report}");
    assert_eq!(b.messages_of("bob").len(), 1);

    // A sender that never was: the report finds nobody, and that is that.
    let journey = send(&post, "nobody@a.example", &["eve@b.example"], "Subject: lost\r\n\r\nx\r\n");
    assert!(journey.arrivals.iter().all(|arrival| matches!(arrival.fate, Fate::Refused { .. })), "{journey:?}");
    assert_eq!((a.messages_of("ada").len(), b.messages_of("bob").len()), (1, 1));
    // As little as one at a stranger's domain whose name before the @ is a user's here.
    let stranger = Delivery {
        reverse_path: String::new(),
        recipients: vec!["ada@c.example".into()],
        message: b"a: b\r\n\r\n".to_vec(),
    };
    post.carry("a.example", stranger, NOW);
    assert_eq!(a.messages_of("ada").len(), 1);
}

#[test]
fn a_server_without_extensions_is_spoken_to_as_in_1982() {
    let old = smtp::Config { extended: false, message_octets_max: 400, ..smtp::Config::default() };
    let (a, b, post) = two_servers(old);
    let journey = send(&post, "ada@a.example", &["bob@b.example"], "Subject: hi\r\n\r\nx\r\n");
    let client: Vec<_> = journey.hops[0].lines.iter().filter(|line| line.direction == Direction::Client).collect();
    let texts: Vec<_> = client.iter().take(3).map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["EHLO mail.a.example", "HELO mail.a.example", "MAIL FROM:<ada@a.example>"]);
    assert!(only_message(&b, "bob").contains("by mail.b.example with SMTP\r\n"));
    // Without SIZE the client finds out only at the end.
    let long = format!("Subject: long\r\n\r\n{}", "x\r\n".repeat(400));
    let journey = send(&post, "ada@a.example", &["bob@b.example"], &long);
    assert!(
        journey
            .arrivals
            .iter()
            .any(|arrival| matches!(&arrival.fate, Fate::Refused { reply } if reply.starts_with("552")))
    );
    assert!(only_message(&a, "ada").contains("<bob@b.example>: 552 the message is too large"));
}

#[test]
fn what_logs_in_is_masked_in_the_lines() {
    let mut server = Server::new(smtp::Config::default(), World::empty());
    let secret = "AGFkYQBodW50ZXIy";
    let typed = [
        "EHLO x",
        &format!("AUTH PLAIN {secret}"),
        "AUTH PLAIN",
        secret,
        "auth login",
        secret,
        secret,
        "*",
        "NOOP",
        &format!("AUHT PLAIN {secret}"),
        &format!("PASS {secret}"),
        "VRFY ada",
    ];
    for line in typed {
        server.handle_input(format!("{line}\r\n").as_bytes());
        drain(&mut server);
    }
    let lines = std::iter::from_fn(|| server.poll_line()).filter(|line| line.direction == Direction::Client);
    let shown: Vec<_> = lines.map(|line| line.text.replace("••••••••", "#")).collect();
    let expected = [
        "EHLO x",
        "AUTH PLAIN #",
        "AUTH PLAIN",
        "#",
        "auth login",
        "#",
        "#",
        "*",
        "NOOP",
        "AUHT #",
        "PASS #",
        "VRFY ada",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn every_line_has_its_direction_and_meaning() {
    let world = World::empty();
    world.add_user("ada", "pw", []);
    let mut server = Server::new(smtp::Config::default(), world);
    server.handle_input(b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<eve@a.example>\r\nRCPT TO:<ada@a.example>\r\nDATA\r\n");
    server.handle_input(b"a: b\r\n.\r\nHELO\r\nFOO \xff\r\nEXPN x\r\nRSET\r\nVRFY a\r\nHELP\r\nNOOP\r\nQUIT\r\n");
    drain(&mut server);
    let lines: Vec<_> = std::iter::from_fn(|| server.poll_line()).collect();
    let meanings: Vec<_> = lines.iter().map(|line| line.meaning).collect();
    use {Meaning as M, ReplyMeaning as R};
    let reply = M::Reply;
    assert_eq!(
        meanings,
        [
            reply(R::Ready),
            M::Ehlo,
            reply(R::Done),
            reply(R::Extension),
            reply(R::Extension),
            reply(R::Extension),
            reply(R::Extension),
            M::Mail,
            reply(R::Done),
            M::Rcpt,
            reply(R::NoSuchMailbox),
            M::Rcpt,
            reply(R::Done),
            M::Data,
            reply(R::SendContent),
            M::Content,
            M::EndOfContent,
            reply(R::Accepted),
            M::Helo,
            reply(R::BadArguments),
            M::OtherCommand,
            reply(R::Unknown),
            M::OtherCommand,
            reply(R::NotHere),
            M::Rset,
            reply(R::Done),
            M::Vrfy,
            reply(R::WillNotTell),
            M::Help,
            reply(R::HelpText),
            M::Noop,
            reply(R::Done),
            M::Quit,
            reply(R::Closing),
        ]
    );
    for line in lines {
        let Meaning::Reply(meaning) = line.meaning else {
            assert_eq!(line.direction, Direction::Client, "{line:?}");
            continue;
        };
        assert_eq!(line.direction, Direction::Server, "{line:?}");
        assert!(line.text.starts_with(&meaning.code().to_string()), "{line:?}");
    }
}

/// What RETR 1 gives to this user, unstuffed.
fn retrieved(world: &World, user: &str) -> Vec<u8> {
    let mut server = Pop3Server::new(world.session(), Config::default());
    let mut said = Vec::new();
    for line in ["", "USER ", "PASS pw\r\n", "RETR 1\r\n"] {
        let line = if line == "USER " { format!("USER {user}\r\n") } else { line.to_owned() };
        server.handle_input(line.as_bytes());
        said.clear();
        while let Pop3Output::Transmit(octets) = server.poll_output() {
            said.extend(octets);
        }
    }
    assert!(said.starts_with(b"+OK"));
    let body = &said[said.windows(2).position(|pair| pair == b"\r\n").unwrap() + 2..];
    let body = body.strip_suffix(b".\r\n").expect("it ends with the dot");
    let lines = body.split_inclusive(|octet| *octet == b'\n');
    lines.flat_map(|line| line.strip_prefix(b".").unwrap_or(line)).copied().collect()
}

fn cases() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_data_received_is_what_retr_gives_below_the_trace(
        lines in prop::collection::vec(prop_oneof!["[ -~]{0,80}", "\\.{0,3}", "[\\x80-\\xff]{0,20}", "\\.[ -~]{0,3}"], 0..30)
    ) {
        let message: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        let stuffed: String = lines.iter().map(|line| {
            let dot = if line.starts_with('.') { "." } else { "" };
            format!("{dot}{line}\r\n")
        }).collect();
        let (_, b, post) = two_servers(smtp::Config::default());
        send(&post, "ada@a.example", &["bob@b.example"], &stuffed);
        let retrieved = retrieved(&b, "bob");
        prop_assert!(retrieved.ends_with(message.as_bytes()));
        let trace = String::from_utf8(retrieved[..retrieved.len() - message.len()].to_vec()).unwrap();
        let headers: Vec<_> = trace.lines().filter(|line| !line.starts_with('\t')).collect();
        prop_assert_eq!(headers, [
            "Return-Path: <ada@a.example>",
            "Received: from mail.a.example ([192.0.2.10])",
            "Received: from laptop ([192.0.2.1])",
        ]);
    }

    #[test]
    fn any_octets_leave_the_server_working_and_bounded(
        pieces in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..600),
            Just(b"\r\n".to_vec()), Just(b"\r\n.\r\n".to_vec()), Just(b"EHLO x\r\n".to_vec()), Just(b"MAIL FROM:<>\r\n".to_vec()),
            Just(b"RCPT TO:<ada@a.example>\r\n".to_vec()), Just(b"DATA\r\n".to_vec()), Just(b"\r".to_vec()), Just(b"\n".to_vec()),
            Just(b"RCPT TO:<\"".to_vec()), Just(b"MAIL FROM:<@a:".to_vec()),
        ], 0..60)
    ) {
        let world = World::empty();
        world.add_user("ada", "pw", []);
        let config = smtp::Config { message_octets_max: 1000, ..smtp::Config::default() };
        let mut server = Server::new(config, world);
        let mut said = drain(&mut server);
        let mut heard = Vec::new();
        for piece in &pieces {
            heard.extend_from_slice(piece);
            server.handle_input(piece);
            said.push_str(&drain(&mut server));
        }
        // At most EHLO's five lines an answer, and one answer a line that was heard, with the greeting and the last words.
        let lines_heard = heard.windows(2).filter(|pair| *pair == b"\r\n").count();
        prop_assert!(said.lines().count() <= 5 * lines_heard + 3);
        for line in said.trim_end_matches('|').lines() {
            prop_assert!(line.len() <= 510 && line.is_ascii() && line[..3].parse::<u16>().is_ok(), "{}", line);
        }
        while let Some(delivery) = server.poll_delivery() {
            prop_assert!(delivery.message.len() <= 1300 && delivery.message.ends_with(b"\r\n"));
            prop_assert_eq!(delivery.recipients, ["ada@a.example"]);
        }
        // Unless it gave up, a client gets out of whatever it was in.
        if !said.contains('|') {
            server.handle_input(b"\r\n.\r\nQUIT\r\n");
            prop_assert!(drain(&mut server).ends_with("|"));
        }
    }
}

#[test]
fn what_waits_is_bounded() {
    let mut server = Server::new(smtp::Config::default(), World::empty());
    drain(&mut server);
    for _ in 0..smtp::INPUT_OCTETS_MAX / 1024 {
        server.handle_input(&[b'x'; 1024]);
    }
    server.handle_input(b"x");
    assert_eq!(drain(&mut server), "|", "a host that never drains has its session ended");

    let world = World::empty();
    world.add_user("ada", "pw", []);
    let mut server = Server::new(smtp::Config::default(), world.clone());
    server.handle_input(b"HELO x\r\n");
    for _ in 0..smtp::DELIVERIES_MAX {
        server.handle_input(b"MAIL FROM:<>\r\nRCPT TO:<ada@a.example>\r\nDATA\r\n.\r\n");
        drain(&mut server);
    }
    server.handle_input(b"MAIL FROM:<>\r\nRCPT TO:<ada@a.example>\r\nDATA\r\n");
    assert!(drain(&mut server).ends_with("452 too many messages wait; try again later\r\n"));
    assert_eq!(world.mailbox("ada"), [], "a delivery is not in the world until somebody carries it there");
}
