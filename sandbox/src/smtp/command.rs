//! Command lines of SMTP (RFC 5321 §4.1.1), and how one is refused that is none. Knows no order: the server does.

use crate::smtp::{
    Meaning, ReplyMeaning,
    path::{Address, is_domain, take_path},
};

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Helo(String),
    Ehlo(String),
    Mail {
        /// Nothing for `<>`.
        reverse_path: Option<Address>,
        /// What SIZE declares, octets (RFC 1870 §5).
        size: Option<u64>,
    },
    Rcpt(Address),
    Data,
    Rset,
    Noop,
    Quit,
    Help,
    Vrfy,
}

/// Why a line is no command.
pub(super) type Refusal = (ReplyMeaning, &'static str);

/// What the line is by its first word, whether or not it is well-formed.
pub(super) fn meaning(line: &[u8]) -> Meaning {
    match keyword(line).as_str() {
        "HELO" => Meaning::Helo,
        "EHLO" => Meaning::Ehlo,
        "MAIL" => Meaning::Mail,
        "RCPT" => Meaning::Rcpt,
        "DATA" => Meaning::Data,
        "RSET" => Meaning::Rset,
        "NOOP" => Meaning::Noop,
        "QUIT" => Meaning::Quit,
        "HELP" => Meaning::Help,
        "VRFY" => Meaning::Vrfy,
        _ => Meaning::OtherCommand,
    }
}

pub(super) fn keyword(line: &[u8]) -> String {
    let word = line.split(|octet| *octet == b' ').next().unwrap_or_default();
    String::from_utf8_lossy(word).to_ascii_uppercase()
}

/// Reads a line without its CRLF.
pub(super) fn parse(line: &[u8], extended: bool) -> Result<Command, Refusal> {
    const UNKNOWN: Refusal = (ReplyMeaning::Unknown, "I do not know that command");
    let text = str::from_utf8(line).ok().filter(|text| !text.contains(char::is_control)).ok_or(UNKNOWN)?;
    // White space at the end is tolerated (RFC 5321 §4.1.1).
    let text = text.trim_end_matches(' ');
    let (word, argument) = text.split_once(' ').map_or((text, None), |(word, rest)| (word, Some(rest)));
    let alone = |command| match argument {
        None => Ok(command),
        Some(_) => Err((ReplyMeaning::BadArguments, "that command takes no argument")),
    };
    match word.to_ascii_uppercase().as_str() {
        "HELO" => greeting(argument).map(Command::Helo),
        "EHLO" if !extended => Err((ReplyMeaning::NotHere, "I know HELO only")),
        "EHLO" => greeting(argument).map(Command::Ehlo),
        "MAIL" => mail(argument, extended),
        "RCPT" => rcpt(argument),
        "DATA" => alone(Command::Data),
        "RSET" => alone(Command::Rset),
        "QUIT" => alone(Command::Quit),
        "NOOP" => Ok(Command::Noop),
        "HELP" => Ok(Command::Help),
        "VRFY" if argument.is_some() => Ok(Command::Vrfy),
        "VRFY" => Err((ReplyMeaning::BadArguments, "say whom: VRFY name")),
        "EXPN" | "TURN" | "STARTTLS" | "AUTH" | "BDAT" | "ETRN" | "SEND" | "SOML" | "SAML" => {
            Err((ReplyMeaning::NotHere, "that command is not offered here"))
        }
        _ => Err(UNKNOWN),
    }
}

/// RFC 5321 §4.1.1.1: a domain or an address literal. Names without a dot are common, and taken.
fn greeting(argument: Option<&str>) -> Result<String, Refusal> {
    let name = argument.filter(|name| is_domain(name));
    name.map(str::to_owned).ok_or((ReplyMeaning::BadArguments, "say who you are: HELO name"))
}

fn mail(argument: Option<&str>, extended: bool) -> Result<Command, Refusal> {
    const SYNTAX: Refusal = (ReplyMeaning::BadArguments, "write MAIL FROM:<name@domain>");
    let path = argument.and_then(|argument| without_prefix(argument, "FROM:"));
    let (reverse_path, rest) = path.and_then(take_path).ok_or(SYNTAX)?;
    let mut size = None;
    for parameter in parameters(rest).ok_or(SYNTAX)? {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.to_ascii_uppercase().as_str() {
            "SIZE" if extended => {
                size = Some(value.parse().map_err(|_| (ReplyMeaning::BadArguments, "SIZE is a number of octets"))?);
            }
            "BODY" if extended && ["7BIT", "8BITMIME"].iter().any(|body| value.eq_ignore_ascii_case(body)) => {}
            "BODY" if extended => return Err((ReplyMeaning::ParameterNotHere, "BODY is 7BIT or 8BITMIME here")),
            _ => return Err((ReplyMeaning::UnknownParameter, "I do not know that parameter")),
        }
    }
    Ok(Command::Mail { reverse_path, size })
}

fn rcpt(argument: Option<&str>) -> Result<Command, Refusal> {
    const SYNTAX: Refusal = (ReplyMeaning::BadArguments, "write RCPT TO:<name@domain>");
    let path = argument.and_then(|argument| without_prefix(argument, "TO:"));
    let (recipient, rest) = path.and_then(take_path).ok_or(SYNTAX)?;
    match parameters(rest).ok_or(SYNTAX)?.next() {
        Some(_) => Err((ReplyMeaning::UnknownParameter, "I do not know that parameter")),
        None => recipient.map(Command::Rcpt).ok_or(SYNTAX),
    }
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// The words behind a path; nothing if they are glued to it.
fn parameters(rest: &str) -> Option<impl Iterator<Item = &str>> {
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.split(' ').filter(|word| !word.is_empty()))
}
