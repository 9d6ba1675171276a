//! One row for each rule that the client can do without: told in its words otherwise, the end in strict mode.

use std::{collections::BTreeSet, fs, path::Path};

use popglass_protocol::{
    client::{Config, Error, Misbehaviour},
    command::Command,
    deviation::{Deviation, Rule},
    limits,
    sasl::{ChannelBinding, Credentials, Mechanism, Nonce, client::authenticator},
    secret::Secret,
};

use crate::{Session, retr};

/// What was asked before the server broke the rule.
enum Asked {
    Commands(Vec<Command>),
    /// RETR 1, with so many octets expected.
    Fetch(u64),
    /// AUTH, before the login.
    Login(Mechanism),
    /// A line as typed.
    Typed(&'static str),
}

fn session(asked: &Asked, strict: bool) -> Session {
    let config = Config { strict, ..Config::default() };
    let mut session = match asked {
        Asked::Login(_) => Session::greeted(config),
        Asked::Commands(_) | Asked::Fetch(_) | Asked::Typed(_) => Session::logged_in(config, "PIPELINING\r\n"),
    };
    match asked {
        Asked::Commands(commands) => commands.iter().for_each(|command| session.say(command.clone())),
        Asked::Fetch(octets) => {
            session.client.send_expecting(retr(1), *octets);
        }
        Asked::Typed(line) => drop(session.client.send_line(line).unwrap()),
        Asked::Login(mechanism) => {
            let credentials =
                Credentials { identity: "ada".into(), secret: Secret::new("pw".into()), ..Credentials::default() };
            let nonce = Nonce::parse("nonce").unwrap();
            let end = authenticator(*mechanism, &credentials, &nonce, &ChannelBinding::Unsupported).unwrap();
            session.client.authenticate(end);
        }
    }
    session.drain();
    session
}

fn rows() -> Vec<(Rule, Asked, String, &'static str)> {
    let one = |command| Asked::Commands(vec![command]);
    let (noop, list, uidl, capa) =
        (|| one(Command::Noop), || one(Command::List(None)), || one(Command::Uidl(None)), || one(Command::Capa));
    let counted = |listing| Asked::Commands(vec![Command::Stat, listing]);
    let listing = |lines: &str| format!("+OK\r\n{lines}\r\n.\r\n");
    let long = "x".repeat(limits::STATUS_LINE_OCTETS);
    vec![
        (Rule::BareLineFeed, noop(), "+OK yes\n".into(), "+OK yes"),
        (Rule::BareLineFeed, one(retr(1)), "+OK\r\na\n.\r\n".into(), ""),
        (Rule::BareLineFeed, one(retr(1)), "+OK\r\na\r\n.\n".into(), ""),
        (Rule::BareLineFeed, list(), "+OK\r\n1 5\n.\r\n".into(), "1 5"),
        (Rule::BareLineFeed, Asked::Login(Mechanism::Login), "+ VXNlcm5hbWU6\n".into(), "+ VXNlcm5hbWU6"),
        (Rule::EmptyLine, noop(), "\r\n+OK\r\n".into(), ""),
        (Rule::StatusSeparator, noop(), "+OK\tyes\r\n".into(), "+OK\\tyes"),
        (
            Rule::StatusLineLong,
            noop(),
            format!("+OK {long}\r\n"),
            "+OK xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ),
        (Rule::StatusNotAscii, noop(), "+OK gr\u{fc}n\r\n".into(), "+OK gr\u{fc}n"),
        (
            Rule::CapabilityLineLong,
            capa(),
            listing(&format!("X-{long}")),
            "X-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ),
        (Rule::CapabilityArguments, capa(), listing("TOP 5"), "TOP 5"),
        (Rule::DotNotStuffed, one(retr(1)), listing(".signature"), ""),
        (Rule::TerminatorCut, Asked::Fetch(3), "+OK\r\na\r\n.".into(), ""),
        (Rule::TerminatorCut, one(retr(1)), "+OK\r\na\r\n.\r".into(), ""),
        (Rule::TerminatorCut, list(), "+OK\r\n1 5\r\n.".into(), "."),
        (Rule::ListingBlanks, list(), listing("1  5"), "1  5"),
        (Rule::ListingBlanks, uidl(), listing("1\tid"), "1\\tid"),
        (Rule::SizeUnreadable, list(), listing("1 -5"), "1 -5"),
        (Rule::SizeUnreadable, one(Command::Stat), "+OK 2 -1\r\n".into(), "2 -1"),
        (Rule::SizeWrong, Asked::Fetch(5), listing("a"), "3"),
        (Rule::CountWrong, counted(Command::List(None)), format!("+OK 2 9\r\n{}", listing("1 5")), "1"),
        (Rule::NumberGap, list(), listing("1 5\r\n3 5"), "3 5"),
        (Rule::NumberRepeated, list(), listing("1 5\r\n1 5"), "1 5"),
        (Rule::NumberRepeated, uidl(), listing("1 a\r\n2 b\r\n1 c"), "1 c"),
        (Rule::UniqueIdMissing, uidl(), listing("1"), "1"),
        (Rule::UniqueIdMissing, counted(Command::Uidl(None)), format!("+OK 2 9\r\n{}", listing("1 a")), ""),
        (Rule::UniqueIdRepeated, uidl(), listing("1 same\r\n2 other\r\n3 same"), "same"),
        (
            Rule::UniqueIdLong,
            uidl(),
            listing(&format!("1 {}", &long[..71])),
            "1 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ),
        (Rule::UniqueIdCharacters, uidl(), listing("1 a b"), "1 a b"),
        (Rule::AnsweredTwice, noop(), "+OK\r\n+OK again\r\n".into(), "+OK again"),
        (Rule::UnaskedRefusal, noop(), "+OK\r\n-ERR idle\r\n".into(), "-ERR idle"),
        (Rule::ContinuationAsOk, Asked::Login(Mechanism::Login), "+OK VXNlcm5hbWU6\r\n".into(), "+OK VXNlcm5hbWU6"),
        (Rule::ContinuationWithText, Asked::Login(Mechanism::XOAuth2), "+ say it\r\n".into(), "say it"),
        (Rule::MalformedAccepted, Asked::Typed("RSET 1"), "+OK hm\r\n".into(), "+OK hm"),
        (Rule::MalformedAccepted, Asked::Typed("DELE 1x"), "+OK\r\n".into(), "+OK"),
        (Rule::MalformedAccepted, Asked::Typed("LIST  1"), "+OK\r\n1 5\r\n.\r\n".into(), "+OK"),
        (Rule::MalformedAccepted, Asked::Typed(" RETR 1"), "+OK\r\na\r\n.\r\n".into(), "+OK"),
        (Rule::MalformedAccepted, Asked::Typed("QUITTING"), "+OK bye\r\n".into(), "+OK bye"),
    ]
}

#[test]
fn each_rule_is_told_with_what_broke_it_and_ends_a_strict_session() {
    for (rule, asked, says, octets) in rows() {
        let expected = Deviation { rule, octets: octets.into() };
        let mut tolerant = session(&asked, false);
        tolerant.hear(&says);
        tolerant.close();
        assert_eq!(tolerant.deviations(), std::slice::from_ref(&expected), "{says:?}");
        assert_eq!(tolerant.error, None, "{says:?}");
        let mut strict = session(&asked, true);
        strict.hear(&says);
        strict.close();
        if rule == Rule::MalformedAccepted {
            // Whoever types a wrong line wants to see what comes of it.
            assert_eq!((strict.error.as_ref(), strict.deviations()), (None, vec![expected]), "{says:?}");
            continue;
        }
        let error = Error::PeerMisbehaved(Misbehaviour::Strict(expected));
        assert_eq!((strict.error.as_ref(), strict.deviations().len()), (Some(&error), 0), "{says:?}");
    }
}

#[test]
fn what_a_server_may_accept_and_what_it_refuses_is_no_deviation() {
    for (line, says) in [
        ("RSET 1", "-ERR no\r\n"),
        ("LIST x", "-ERR no\r\n"),
        ("RSET", "+OK\r\n"),
        ("list 1 ", "+OK 1 5\r\n"),
        // It may be a command of the server's own.
        ("XTND LANG", "+OK\r\n"),
        ("HELO there", "+OK\r\n"),
    ] {
        let mut session = session(&Asked::Typed(line), false);
        session.hear(says);
        assert_eq!((session.error.as_ref(), session.deviations()), (None, vec![]), "{line:?}");
    }
}

#[test]
fn no_rule_is_without_a_row() {
    let with_a_row: BTreeSet<Rule> = rows().into_iter().map(|(rule, ..)| rule).collect();
    assert_eq!(with_a_row, Rule::ALL.iter().copied().collect());
    assert!(Rule::ALL.iter().all(|rule| rule.rfc().starts_with("RFC ")));
}

#[test]
fn a_rule_is_told_once_a_reply_and_again_for_the_next() {
    let mut session = session(&Asked::Commands(vec![Command::List(None), Command::Noop]), false);
    session.hear("+OK\n1 5\n2 5\n.\n+OK\n");
    let rules: Vec<Rule> = session.deviations().iter().map(|deviation| deviation.rule).collect();
    assert_eq!(rules, [Rule::BareLineFeed, Rule::BareLineFeed]);
}

#[test]
fn marks_explain_gaps_from_the_answer_to_dele_to_the_answer_to_rset() {
    let gap = "+OK\r\n2 5\r\n.\r\n";
    for (commands, says, gaps) in [
        (vec![Command::Dele(crate::number(1)), Command::List(None)], format!("+OK\r\n{gap}"), 0),
        (vec![Command::Dele(crate::number(1)), Command::List(None)], format!("-ERR\r\n{gap}"), 1),
        // What is sent behind a listing explains nothing in it.
        (vec![Command::List(None), Command::Dele(crate::number(1))], format!("{gap}+OK\r\n"), 1),
        (vec![Command::Dele(crate::number(1)), Command::Rset, Command::List(None)], format!("+OK\r\n+OK\r\n{gap}"), 1),
    ] {
        let mut session = session(&Asked::Commands(commands.clone()), false);
        session.hear(&says);
        let told = session.deviations().iter().filter(|deviation| deviation.rule == Rule::NumberGap).count();
        assert_eq!(told, gaps, "{commands:?} {says:?}");
    }
}

#[test]
fn sessions_that_are_not_about_oddities_have_none() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut with_deviations = BTreeSet::new();
    for kind in ["both", "client"] {
        for entry in fs::read_dir(folder.join(kind)).unwrap() {
            let path = entry.unwrap().path();
            let told = fs::read_to_string(&path).unwrap().contains("Deviation(");
            if path.extension().is_some_and(|extension| extension == "events") && told {
                with_deviations.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let about: BTreeSet<_> = ["by_hand_odd", "idle_logout", "oddities", "two_answers"].map(String::from).into();
    assert_eq!(with_deviations, about);
}
