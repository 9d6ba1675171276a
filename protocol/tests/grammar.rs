//! The pieces of lines: rows for every form, and any octets at all. What is called wrong is exactly what `codec` refuses.

use popglass_protocol::{
    codec::request::parse_request,
    command::{CommandName, PASSWORD_MASK},
    grammar::{self, Argument, Fault, Role, Token},
    transcript::{Direction, Meaning},
};
use proptest::prelude::*;

/// Each piece with its role, as `octets=role`; a missing one has no octets.
fn shown(line: &[u8], tokens: &[Token]) -> String {
    let piece = |token: &Token| {
        let octets = String::from_utf8_lossy(&line[token.range.clone()]).into_owned();
        match token.role {
            Role::Space => "_".repeat(octets.chars().count()),
            role => format!("{octets:?}={role:?}").replace('"', ""),
        }
    };
    tokens.iter().map(piece).collect::<Vec<_>>().join(" ")
}

fn asked(line: &str, expected: &str) {
    assert_eq!(shown(line.as_bytes(), &grammar::command_tokens(line.as_bytes())), expected, "{line:?}");
}

fn said(meaning: Meaning, line: &str, expected: &str) {
    let tokens = grammar::tokens(Direction::ServerToClient, meaning, line.as_bytes());
    assert_eq!(shown(line.as_bytes(), &tokens), expected, "{line:?}");
}

#[test]
fn commands_are_cut_into_keyword_and_arguments() {
    for (line, expected) in [
        ("CAPA\r\n", "CAPA=Keyword(Capa) \\r\\n=LineEnd"),
        ("stat \n", "stat=Keyword(Stat) _ \\n=LineEnd"),
        ("USER ada lovelace", "USER=Keyword(User) _ ada lovelace=Argument(UserName)"),
        ("PASS open sesame", "PASS=Keyword(Pass) _ open sesame=Argument(Password)"),
        ("LIST", "LIST=Keyword(List)"),
        ("LIST 2", "LIST=Keyword(ListOne) _ 2=Argument(MessageNumber)"),
        ("uidl 007", "uidl=Keyword(UidlOne) _ 007=Argument(MessageNumber)"),
        ("TOP 1 10", "TOP=Keyword(Top) _ 1=Argument(MessageNumber) _ 10=Argument(LineCount)"),
        ("AUTH", "AUTH=Keyword(AuthList)"),
        ("AUTH plain", "AUTH=Keyword(Auth) _ plain=Argument(Mechanism)"),
        ("AUTH PLAIN =", "AUTH=Keyword(Auth) _ PLAIN=Argument(Mechanism) _ ==Argument(InitialResponse)"),
        ("AUTH PLAIN AGEA", "AUTH=Keyword(Auth) _ PLAIN=Argument(Mechanism) _ AGEA=Argument(InitialResponse)"),
        ("LANG *", "LANG=Keyword(LangOne) _ *=Argument(LanguageTag)"),
        (
            "APOP ada c4c9334bac560ecc979e58001b3e22fb",
            "APOP=Keyword(Apop) _ ada=Argument(UserName) _ c4c9334bac560ecc979e58001b3e22fb=Argument(Digest)",
        ),
    ] {
        asked(line, expected);
    }
    // As a transcript shows them.
    asked(
        &format!("APOP ada {PASSWORD_MASK}"),
        "APOP=Keyword(Apop) _ ada=Argument(UserName) _ ••••••••=Argument(Digest)",
    );
    asked(&format!("PASS {PASSWORD_MASK}"), "PASS=Keyword(Pass) _ ••••••••=Argument(Password)");
}

#[test]
fn wrong_commands_are_cut_with_what_is_wrong() {
    for (line, expected) in [
        ("", "=Missing(Keyword)"),
        (" STAT", "=Missing(Keyword) _ STAT=Unread"),
        ("HELO me", "HELO=UnknownKeyword _ me=Unread"),
        ("STAT 1", "STAT=Keyword(Stat) _ 1=Extra"),
        ("RETR", "RETR=Keyword(Retr) =Missing(MessageNumber)"),
        ("RETR ", "RETR=Keyword(Retr) _ =Missing(MessageNumber)"),
        ("RETR 0", "RETR=Keyword(Retr) _ 0=Wrong(MessageNumber, Zero)"),
        ("RETR one", "RETR=Keyword(Retr) _ one=Wrong(MessageNumber, Malformed)"),
        ("RETR 4294967296", "RETR=Keyword(Retr) _ 4294967296=Wrong(MessageNumber, TooLarge)"),
        ("DELE 2 3", "DELE=Keyword(Dele) _ 2=Argument(MessageNumber) _ 3=Extra"),
        ("LIST  1", "LIST=Keyword(ListOne) _  =Wrong(MessageNumber, Blanks) 1=Argument(MessageNumber)"),
        ("TOP 1", "TOP=Keyword(Top) _ 1=Argument(MessageNumber) =Missing(LineCount)"),
        ("TOP 1 -1", "TOP=Keyword(Top) _ 1=Argument(MessageNumber) _ -1=Wrong(LineCount, Malformed)"),
        ("TOP 1 2 3 4", "TOP=Keyword(Top) _ 1=Argument(MessageNumber) _ 2=Argument(LineCount) _ 3 4=Extra"),
        ("PASS ", "PASS=Keyword(Pass) _ =Missing(Password)"),
        ("USER a\0b", "USER=Keyword(User) _ a\\0b=Wrong(UserName, ControlCharacter)"),
        (
            "APOP ada not a digest",
            "APOP=Keyword(Apop) _ ada=Argument(UserName) _ not a digest=Wrong(Digest, Malformed)",
        ),
        ("AUTH ?", "AUTH=Keyword(Auth) _ ?=Wrong(Mechanism, Malformed)"),
        ("LANG d!", "LANG=Keyword(LangOne) _ d!=Wrong(LanguageTag, Malformed)"),
    ] {
        asked(line, expected);
    }
    let long = "x".repeat(300);
    let role = grammar::command_tokens(format!("PASS {long}").as_bytes()).pop().expect("there are tokens").role;
    assert_eq!(role, Role::Wrong(Argument::Password, Fault::TooLong));
    assert!(role.is_secret() && role.is_wrong());
}

#[test]
fn replies_are_cut_into_what_programs_read_and_what_people_read() {
    use CommandName::{AuthList, Capa, Lang, LangOne, List, ListOne, Pass, Retr, Stat, Uidl, UidlOne};
    for (meaning, line, expected) in [
        (Meaning::Greeting, "+OK ready <1.2@x.org> yes", "+OK=Accepted _ ready =Text <1.2@x.org>=Stamp  yes=Text"),
        (Meaning::Greeting, "+OK [XX] ready", "+OK=Accepted _ [XX] ready=Text"),
        (
            Meaning::GreetingRefused,
            "-ERR [SYS/TEMP] busy",
            "-ERR=Refused _ [SYS/TEMP]=ResponseCode(SystemTemporary) _ busy=Text",
        ),
        (Meaning::Accepted(Stat), "+OK 2 320", "+OK=Accepted _ 2=Count _ 320=Octets"),
        (Meaning::Accepted(Stat), "+OK many 1", "+OK=Accepted _ many 1=Text"),
        (Meaning::Accepted(ListOne), "+OK 2 200 bytes", "+OK=Accepted _ 2=MessageNumber _ 200=Octets _ bytes=Text"),
        (Meaning::Accepted(UidlOne), "+OK 2 QhdP", "+OK=Accepted _ 2=MessageNumber _ QhdP=UniqueId"),
        (Meaning::Accepted(LangOne), "+OK de Deutsch", "+OK=Accepted _ de=LanguageTag _ Deutsch=Text"),
        (Meaning::Accepted(Retr), "+OK 120 octets", "+OK=Accepted _ 120 octets=Text"),
        (Meaning::Refused(Pass), "-ERR [IN-USE] locked", "-ERR=Refused _ [IN-USE]=ResponseCode(InUse) _ locked=Text"),
        (Meaning::Refused(Pass), "-ERR [in-use]", "-ERR=Refused _ [in-use]=ResponseCode(InUse)"),
        (Meaning::Refused(Pass), "-ERR [AUTH] no", "-ERR=Refused _ [AUTH]=ResponseCode(Auth) _ no=Text"),
        (Meaning::Refused(Pass), "-ERR [X-OWN] no", "-ERR=Refused _ [X-OWN]=ResponseCode(Unregistered) _ no=Text"),
        (Meaning::Refused(Pass), "-ERR [no", "-ERR=Refused _ [no=Text"),
        (Meaning::Refused(Pass), "-ERR", "-ERR=Refused"),
        (Meaning::Challenge(CommandName::Auth), "+ VXNlcg==", "+=Continuation _ VXNlcg===Challenge"),
        (Meaning::Challenge(CommandName::Auth), "+", "+=Continuation"),
        (Meaning::Body(List), "1 120", "1=MessageNumber _ 120=Octets"),
        (Meaning::Body(List), "1 big", "1=MessageNumber _ big=Text"),
        (Meaning::Body(Uidl), "1 whqt swO", "1=MessageNumber _ whqt swO=UniqueId"),
        (Meaning::Body(Capa), "SASL PLAIN LOGIN", "SASL=Capability _ PLAIN=Mechanism _ LOGIN=Mechanism"),
        (Meaning::Body(Capa), "EXPIRE 30 USER", "EXPIRE=Capability _ 30=CapabilityArgument _ USER=CapabilityArgument"),
        (Meaning::Body(Capa), "IMPLEMENTATION A b", "IMPLEMENTATION=Capability _ A b=Text"),
        (Meaning::Body(AuthList), "PLAIN", "PLAIN=Mechanism"),
        (Meaning::Body(Lang), "de Deutsch", "de=LanguageTag _ Deutsch=LanguageName"),
        (Meaning::Body(Retr), "..x", ".=StuffedDot .x=MessageText"),
        (Meaning::Body(Retr), ".x", ".x=MessageText"),
        (Meaning::BodyEnd(Retr), ".\r\n", ".=LoneDot \\r\\n=LineEnd"),
        (Meaning::Unexpected, "-ERR what?", "-ERR=Refused _ what?=Text"),
        (Meaning::Unexpected, "* OK IMAP", "* OK IMAP=Text"),
    ] {
        said(meaning, line, expected);
    }
}

#[test]
fn the_clients_part_of_an_exchange_is_secret_but_for_the_star() {
    let check = |meaning, line: &str, role: Role| {
        let tokens = grammar::tokens(Direction::ClientToServer, meaning, line.as_bytes());
        assert_eq!(tokens.iter().map(|token| token.role).collect::<Vec<_>>(), [role], "{line:?}");
    };
    check(Meaning::Response(CommandName::Auth), "AGFkYQBwdw==", Role::Response);
    check(Meaning::Response(CommandName::Auth), PASSWORD_MASK, Role::Response);
    check(Meaning::ExchangeCancelled(CommandName::Auth), "*", Role::Cancel);
    assert!(Role::Response.is_secret() && !Role::Cancel.is_secret());
}

fn any_meaning() -> impl Strategy<Value = Meaning> {
    (0..14_usize, 0..CommandName::ALL.len()).prop_map(|(kind, command)| {
        let command = CommandName::ALL[command];
        match kind {
            0 => Meaning::Greeting,
            1 => Meaning::GreetingRefused,
            2 => Meaning::Command(command),
            3 => Meaning::Challenge(command),
            4 => Meaning::Response(command),
            5 => Meaning::ExchangeCancelled(command),
            6 | 7 => Meaning::Accepted(command),
            8 => Meaning::Refused(command),
            9 | 10 => Meaning::Body(command),
            11 => Meaning::BodyFolded { command, lines: 7 },
            12 => Meaning::BodyEnd(command),
            _ => Meaning::Unexpected,
        }
    })
}

/// Octets that look a little like POP3, and any at all.
fn any_line() -> impl Strategy<Value = Vec<u8>> {
    let keyword = proptest::sample::select(CommandName::ALL.map(CommandName::keyword).to_vec());
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..64),
        "(\\+OK|-ERR|\\+)?[ \t]{0,2}(\\[[A-Z/]{0,9}\\])?[ 0-9a-z.<>@é]{0,20}(\r\n|\n)?".prop_map(String::into_bytes),
        (keyword, "[ \t]{0,2}[0-9a-zA-Z=*é]{0,8}[ ]{0,2}[0-9a-f=]{0,33}[ ]{0,2}(\r\n)?")
            .prop_map(|(keyword, rest)| format!("{keyword}{rest}").into_bytes()),
    ]
}

proptest! {
    #[test]
    fn every_octet_belongs_to_exactly_one_token(line in any_line(), meaning in any_meaning(), client: bool) {
        let direction = if client { Direction::ClientToServer } else { Direction::ServerToClient };
        let tokens = grammar::tokens(direction, meaning, &line);
        let mut at = 0;
        for token in &tokens {
            prop_assert_eq!(token.range.start, at);
            prop_assert_eq!(token.range.is_empty(), matches!(token.role, Role::Missing(_)));
            at = token.range.end;
            if let Ok(text) = std::str::from_utf8(&line) {
                prop_assert!(text.is_char_boundary(at));
            }
        }
        prop_assert_eq!(at, line.len());
    }

    #[test]
    fn what_is_called_wrong_is_what_the_codec_refuses(line in any_line()) {
        let content = line.strip_suffix(b"\n").map_or(&line[..], |cut| cut.strip_suffix(b"\r").unwrap_or(cut));
        let wrong = grammar::command_tokens(content).iter().any(|token| token.role.is_wrong());
        let content = content.strip_suffix(b"\n").map_or(content, |cut| cut.strip_suffix(b"\r").unwrap_or(cut));
        // A line that ends in two line ends is no line.
        prop_assume!(!content.ends_with(b"\n"));
        prop_assert_eq!(wrong, parse_request(content).is_err());
    }

    #[test]
    fn a_password_lies_in_tokens_that_are_secret(password in "[!-~]{1,40}") {
        for line in [format!("PASS {password}"), format!("APOP ada {password}"), format!("AUTH PLAIN {password}")] {
            let tokens = grammar::command_tokens(line.as_bytes());
            let shown: Vec<_> = tokens.iter().filter(|token| !token.role.is_secret()).collect();
            let end = shown.last().map_or(0, |token| token.range.end);
            prop_assert!(end <= line.len() - password.len(), "{:?}", tokens);
        }
    }
}
