//! Command lines as a server reads them: a keyword without regard to case, arguments behind one blank each
//! (RFC 1939 §3). Knows nothing of states.

use core::str;

use crate::{
    command::{Command, CommandName},
    sasl::{MechanismName, SaslText},
    types::{ApopDigest, LanguageTag, MessageNumber, Password, UserName, parse_decimal},
};

/// Why a line is no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadRequest {
    /// The keyword is not known.
    Unknown,
    /// The keyword is known, its arguments are not what it takes.
    Arguments(CommandName),
}

/// Reads a command line without its CRLF.
///
/// # Errors
/// [`BadRequest`] if the keyword is not known or does not go with its arguments.
pub fn parse_request(line: &[u8]) -> Result<Command, BadRequest> {
    let end = line.iter().position(|&octet| octet == b' ').unwrap_or(line.len());
    let (keyword, rest) = line.split_at(end);
    // PASS takes the rest of the line, blanks included (RFC 1939 §7); only the first blank separates.
    let argument = rest.strip_prefix(b" ");
    let name = CommandName::ALL
        .into_iter()
        .find(|name| keyword.eq_ignore_ascii_case(name.keyword().as_bytes()))
        .ok_or(BadRequest::Unknown)?;
    let bad = BadRequest::Arguments(name);
    match name {
        CommandName::User => {
            let user = text(argument).and_then(|user| UserName::parse(user).ok()).ok_or(bad)?;
            Ok(Command::User(user))
        }
        CommandName::Pass => {
            let password = text(argument).and_then(|password| Password::parse(password).ok()).ok_or(bad)?;
            Ok(Command::Pass(password))
        }
        CommandName::List | CommandName::ListOne => Ok(Command::List(optional_number(argument).ok_or(bad)?)),
        CommandName::Uidl | CommandName::UidlOne => Ok(Command::Uidl(optional_number(argument).ok_or(bad)?)),
        CommandName::Top => {
            let (number, lines) = two_words(argument.unwrap_or_default()).ok_or(bad)?;
            let number = MessageNumber::parse(number).ok_or(bad)?;
            let lines = parse_decimal(lines).ok_or(bad)?;
            // More lines than u32 holds is more than any body has: the whole message (RFC 1939 §7).
            Ok(Command::Top { number, lines: u32::try_from(lines).unwrap_or(u32::MAX) })
        }
        CommandName::Retr => Ok(Command::Retr(one_number(argument).ok_or(bad)?)),
        CommandName::Dele => Ok(Command::Dele(one_number(argument).ok_or(bad)?)),
        CommandName::Apop => parse_apop(argument).ok_or(bad),
        CommandName::Auth | CommandName::AuthList => parse_auth(argument).ok_or(bad),
        CommandName::Utf8 => without(argument, Command::Utf8, bad),
        CommandName::Lang | CommandName::LangOne => match argument.map(<[u8]>::trim_ascii_end) {
            None | Some([]) => Ok(Command::Lang(None)),
            Some(tag) => LanguageTag::parse(tag).map(|tag| Command::Lang(Some(tag))).ok_or(bad),
        },
        CommandName::Capa => without(argument, Command::Capa, bad),
        CommandName::Stls => without(argument, Command::Stls, bad),
        CommandName::Stat => without(argument, Command::Stat, bad),
        CommandName::Rset => without(argument, Command::Rset, bad),
        CommandName::Noop => without(argument, Command::Noop, bad),
        CommandName::Quit => without(argument, Command::Quit, bad),
    }
}

/// What a server that is not strict may take a line for that [`parse_request`] refuses, and the message that it is about:
/// servers are known that skip blanks and tabs, pass over what is too much, or compare no more than a keyword's letters.
/// No number if none stands there plainly: the server may read another one.
#[must_use]
pub fn resembling(line: &[u8]) -> Option<(CommandName, Option<MessageNumber>)> {
    let mut words = line.split(|octet| *octet <= b' ').filter(|word| !word.is_empty());
    let keyword = words.next()?;
    let begins = |name: &CommandName| {
        let front = keyword.get(..name.keyword().len());
        front.is_some_and(|front| front.eq_ignore_ascii_case(name.keyword().as_bytes()))
    };
    let name = CommandName::ALL.into_iter().find(begins)?;
    let first = words.next();
    let number = first.and_then(|word| MessageNumber::parse(word.strip_prefix(b"+").unwrap_or(word)));
    let ambiguous = words.any(|word| word.iter().any(u8::is_ascii_digit));
    let number = number.filter(|_| !ambiguous || name == CommandName::Top);
    Some((name.with_argument(first.is_some()), number))
}

/// `APOP user digest`. One blank separates, so a user name with a blank cannot be told (RFC 1939 §3, §7).
fn parse_apop(argument: Option<&[u8]>) -> Option<Command> {
    let (user, digest) = two_words(argument?)?;
    let user = UserName::parse(str::from_utf8(user).ok()?).ok()?;
    Some(Command::Apop { user, digest: ApopDigest::parse(str::from_utf8(digest).ok()?)? })
}

/// `AUTH`, `AUTH mechanism`, or `AUTH mechanism response`, where `=` is the empty response (RFC 5034 §4).
fn parse_auth(argument: Option<&[u8]>) -> Option<Command> {
    let argument = argument.unwrap_or_default().trim_ascii_end();
    if argument.is_empty() {
        return Some(Command::AuthList);
    }
    let (mechanism, response) = match two_words(argument) {
        Some((mechanism, response)) => (mechanism, Some(str::from_utf8(response).ok()?)),
        None => (argument, None),
    };
    let initial_response = match response {
        None => None,
        Some("=") => Some(SaslText::default()),
        Some(text) => Some(SaslText::parse(text)?),
    };
    Some(Command::Auth { mechanism: MechanismName::parse(mechanism)?, initial_response })
}

fn text(argument: Option<&[u8]>) -> Option<&str> {
    str::from_utf8(argument?).ok()
}

fn without(argument: Option<&[u8]>, command: Command, bad: BadRequest) -> Result<Command, BadRequest> {
    if argument.unwrap_or_default().trim_ascii().is_empty() { Ok(command) } else { Err(bad) }
}

fn one_number(argument: Option<&[u8]>) -> Option<MessageNumber> {
    MessageNumber::parse(argument?.trim_ascii_end())
}

/// The outer nothing is an error, the inner one is "all messages".
fn optional_number(argument: Option<&[u8]>) -> Option<Option<MessageNumber>> {
    match argument.map(<[u8]>::trim_ascii_end) {
        None | Some([]) => Some(None),
        Some(number) => MessageNumber::parse(number).map(Some),
    }
}

fn two_words(argument: &[u8]) -> Option<(&[u8], &[u8])> {
    let argument = argument.trim_ascii_end();
    let blank = argument.iter().position(|&octet| octet == b' ')?;
    let (first, second) = argument.split_at(blank);
    Some((first, second.strip_prefix(b" ")?))
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::{parse_request, resembling};

    #[test]
    fn rfc1939_section3_keywords_know_no_case_and_arguments_are_checked() {
        for (line, expected) in [
            ("stat", "Ok(Stat)"),
            ("STAT ", "Ok(Stat)"),
            ("STAT 1", "Err(Arguments(Stat))"),
            ("LIST", "Ok(List(None))"),
            ("LIST 3", "Ok(List(Some(MessageNumber(3))))"),
            ("LIST 0", "Err(Arguments(List))"),
            ("UIDL x", "Err(Arguments(Uidl))"),
            ("Top 1 0", "Ok(Top { number: MessageNumber(1), lines: 0 })"),
            ("TOP 1 99999999999", "Ok(Top { number: MessageNumber(1), lines: 4294967295 })"),
            ("TOP 1", "Err(Arguments(Top))"),
            ("TOP 1 -1", "Err(Arguments(Top))"),
            ("RETR 2", "Ok(Retr(MessageNumber(2)))"),
            ("RETR", "Err(Arguments(Retr))"),
            ("DELE 2 3", "Err(Arguments(Dele))"),
            ("USER ada", "Ok(User(UserName(\"ada\")))"),
            ("USER", "Err(Arguments(User))"),
            ("USER ", "Err(Arguments(User))"),
            (
                "APOP ada C4C9334BAC560ECC979E58001B3E22FB",
                "Ok(Apop { user: UserName(\"ada\"), digest: ApopDigest([redacted]) })",
            ),
            ("APOP ada c4c9334b", "Err(Arguments(Apop))"),
            ("APOP a da c4c9334bac560ecc979e58001b3e22fb", "Err(Arguments(Apop))"),
            ("APOP c4c9334bac560ecc979e58001b3e22fb", "Err(Arguments(Apop))"),
            ("APOP", "Err(Arguments(Apop))"),
            ("auth", "Ok(AuthList)"),
            ("AUTH ", "Ok(AuthList)"),
            ("AUTH plain", "Ok(Auth { mechanism: MechanismName(\"PLAIN\"), initial_response: None })"),
            (
                "AUTH PLAIN =",
                "Ok(Auth { mechanism: MechanismName(\"PLAIN\"), initial_response: Some(SaslText([redacted])) })",
            ),
            (
                "AUTH PLAIN AGE=",
                "Ok(Auth { mechanism: MechanismName(\"PLAIN\"), initial_response: Some(SaslText([redacted])) })",
            ),
            ("AUTH PLAIN A*==", "Err(Arguments(Auth))"),
            ("AUTH PLAIN AGEA AGEA", "Err(Arguments(Auth))"),
            ("AUTH ?", "Err(Arguments(Auth))"),
            ("utf8", "Ok(Utf8)"),
            ("UTF8 USER", "Err(Arguments(Utf8))"),
            ("LANG", "Ok(Lang(None))"),
            ("LANG *", "Ok(Lang(Some(LanguageTag(\"*\"))))"),
            ("LANG de-AT", "Ok(Lang(Some(LanguageTag(\"de-AT\"))))"),
            ("LANG d\u{e9}", "Err(Arguments(Lang))"),
            ("", "Err(Unknown)"),
        ] {
            assert_eq!(format!("{:?}", parse_request(line.as_bytes())), expected, "{line:?}");
        }
    }

    #[test]
    fn rfc5034_section4_an_equals_sign_is_the_empty_initial_response() {
        for line in ["AUTH PLAIN =\r\n", "AUTH PLAIN\r\n", "AUTH EXTERNAL AGE=\r\n"] {
            let command = parse_request(line.trim_end().as_bytes()).expect("it is a command");
            assert_eq!(command.to_line(), line.as_bytes());
        }
    }

    #[test]
    fn rfc1939_section7_a_password_keeps_its_blanks() {
        let command = parse_request(b"PASS  two  blanks ").expect("it is a command");
        assert_eq!(command.to_line(), b"PASS  two  blanks \r\n");
        assert!(!format!("{command:?}").contains("blanks"));
    }

    #[test]
    fn a_line_that_is_none_resembles_the_command_that_a_lax_server_takes_it_for() {
        for (line, expected) in [
            ("RSET 1", "Some((Rset, Some(MessageNumber(1))))"),
            ("rset\t", "Some((Rset, None))"),
            ("DELE  1", "Some((Dele, Some(MessageNumber(1))))"),
            ("DELE\t01", "Some((Dele, Some(MessageNumber(1))))"),
            (" dele 1 x", "Some((Dele, Some(MessageNumber(1))))"),
            ("DELE +1", "Some((Dele, Some(MessageNumber(1))))"),
            ("DELETE 1", "Some((Dele, Some(MessageNumber(1))))"),
            ("DELE 1 2", "Some((Dele, None))"),
            ("DELE 1x", "Some((Dele, None))"),
            ("DELE -1", "Some((Dele, None))"),
            ("DELE 4294967297", "Some((Dele, None))"),
            ("DELE1", "Some((Dele, None))"),
            ("DELE", "Some((Dele, None))"),
            (" LIST", "Some((List, None))"),
            ("LIST  1", "Some((ListOne, Some(MessageNumber(1))))"),
            ("UIDL x", "Some((UidlOne, None))"),
            ("TOP 1", "Some((Top, Some(MessageNumber(1))))"),
            ("TOP  1 0", "Some((Top, Some(MessageNumber(1))))"),
            ("AUTH  PLAIN", "Some((Auth, None))"),
            ("\tAUTH", "Some((AuthList, None))"),
            ("LANG e n", "Some((LangOne, None))"),
            ("STLS x", "Some((Stls, None))"),
            ("QUITTING", "Some((Quit, None))"),
            ("HELO", "None"),
            ("QUI", "None"),
            (" ", "None"),
            ("", "None"),
        ] {
            assert_eq!(format!("{:?}", resembling(line.as_bytes())), expected, "{line:?}");
        }
    }
}
