//! English: the pieces of lines.

use popglass_protocol::{
    grammar::{Argument, Code, Fault, Role},
    sasl::Mechanism,
};

use super::super::TokenTexts;

pub(super) const TOKENS: TokenTexts = TokenTexts { name, what };

fn name(role: Role) -> &'static str {
    match role {
        Role::Keyword(_) => "command",
        Role::UnknownKeyword => "unknown command",
        Role::Unread => "cannot be read",
        Role::Argument(argument) => argument_name(argument),
        Role::Wrong(argument, Fault::Blanks) if !argument.is_secret() => "too many blanks",
        Role::Wrong(..) => "wrong argument",
        Role::Missing(_) => "something is missing",
        Role::Extra => "too much",
        Role::Response => "response",
        Role::Cancel => "break off",
        Role::Accepted => "status indicator: yes",
        Role::Refused => "status indicator: no",
        Role::Continuation => "the server asks",
        Role::Challenge => "challenge",
        Role::ResponseCode(_) => "response code",
        Role::Text => "text for people",
        Role::Stamp => "stamp for APOP",
        Role::Count => "number of messages",
        Role::Octets => "size in octets",
        Role::MessageNumber => "message number",
        Role::UniqueId => "unique-id",
        Role::Capability => "capability",
        Role::CapabilityArgument => "detail of a capability",
        Role::Mechanism => "login mechanism",
        Role::LanguageTag => "language tag",
        Role::LanguageName => "name of the language",
        Role::StuffedDot => "stuffed dot",
        Role::LoneDot => "lone dot: the end",
        Role::MessageText => "line of the message",
        Role::Space => "blank",
        Role::LineEnd => "end of line",
    }
}

fn argument_name(argument: Argument) -> &'static str {
    match argument {
        Argument::Keyword => "command",
        Argument::UserName => "user name",
        Argument::Password => "password",
        Argument::Digest => "digest",
        Argument::Mechanism => "login mechanism",
        Argument::InitialResponse => "initial response",
        Argument::MessageNumber => "message number",
        Argument::LineCount => "number of lines",
        Argument::LanguageTag => "language tag",
    }
}

fn what(role: Role, piece: &str) -> String {
    match role {
        Role::Keyword(command) => super::command(command).into(),
        Role::UnknownKeyword => {
            format!("POP3 has no command “{piece}”. The server answers -ERR and goes on listening.")
        }
        Role::Argument(argument) => argument_what(argument, piece),
        Role::Wrong(argument, fault) => wrong(argument, fault),
        Role::Missing(argument) => missing(argument).into(),
        Role::ResponseCode(code) => code_what(code).into(),
        Role::Count => format!("How many messages are in the maildrop: {piece}. Marked ones do not count."),
        Role::Octets => format!("{piece} octets (bytes), with CR and LF at the end of every line."),
        Role::MessageNumber => {
            format!("Message {piece} of this session. The next session may number anew; unique-ids stay.")
        }
        Role::Capability => capability(piece).into(),
        Role::Mechanism => mechanism(piece),
        _ => plain(role).into(),
    }
}

/// Of pieces that are always explained alike.
fn plain(role: Role) -> &'static str {
    match role {
        Role::Unread => "It stands behind a word that is no command, so nobody can say what it is.",
        Role::Extra => "The command takes no more arguments than stand before this. The server answers -ERR.",
        Role::Response => {
            "The client’s answer in a login, in base64. It is hidden, since it may hold the password or a proof of it."
        }
        Role::Cancel => "A lone * breaks the login off. The server answers -ERR, and another login may be tried.",
        Role::Accepted => "+OK: the command was carried out. Programs look only at this, not at the words behind it.",
        Role::Refused => "-ERR: the command was not carried out. As a rule the session goes on.",
        Role::Continuation => "A + instead of +OK: the server is not done yet and asks for one more line.",
        Role::Challenge => {
            "The server’s question in a login. It is base64, which hides nothing: it only writes octets as letters."
        }
        Role::Text => "Words for people. Every server chooses its own, so a program must not depend on them.",
        Role::Stamp => {
            "Different in every greeting. APOP makes its digest from it and the password, so a digest never works twice."
        }
        Role::UniqueId => {
            "Names the message for good: it is the same in every session. Only identical copies may share one."
        }
        Role::CapabilityArgument => "Tells more exactly what the capability before it means.",
        Role::LanguageTag => "A language by its short name, such as en or de.",
        Role::LanguageName => "The language’s name in the language itself.",
        Role::StuffedDot => {
            "The line begins with a dot, so one more was put before it: a dot alone would end the message. The receiver takes it away."
        }
        Role::LoneDot => "A line that is only a dot: the answer ends here.",
        Role::MessageText => "A line of the message, just as it was delivered.",
        Role::Space => "A blank separates the words of a line.",
        Role::LineEnd => "CR and LF, two octets that nobody sees: they end every line.",
        _ => "",
    }
}

fn argument_what(argument: Argument, piece: &str) -> String {
    match argument {
        Argument::Keyword => "The command itself.".into(),
        Argument::UserName => "Whose mailbox to open. Some servers want the whole address, such as ada@mail.example.".into(),
        Argument::Password => "The password, hidden here. All up to the end of the line belongs to it, blanks too.".into(),
        Argument::Digest => {
            "MD5 of the greeting’s stamp and the password, as 32 hexadecimal digits. Hidden, since passwords can be tried against it.".into()
        }
        Argument::Mechanism => mechanism(piece),
        Argument::InitialResponse => {
            "The first answer of the login, in base64, sent at once. Hidden, since it may hold the password.".into()
        }
        Argument::MessageNumber => format!("Which message: number {piece} of this session."),
        Argument::LineCount if piece == "0" => "No line of the body: the header alone.".into(),
        Argument::LineCount => format!("How many lines of the body shall follow the header: {piece}."),
        Argument::LanguageTag if piece == "*" => "The language that the server likes best.".into(),
        Argument::LanguageTag => "In which language the server shall speak.".into(),
    }
}

fn wrong(argument: Argument, fault: Fault) -> String {
    let what = argument_name(argument);
    match (argument, fault) {
        (_, Fault::Blanks) => "Exactly one blank stands before an argument; these are more.".into(),
        (Argument::MessageNumber, Fault::Zero) => "Messages are numbered from 1. There is no message 0.".into(),
        (Argument::MessageNumber, _) => "A message number is wanted here: digits alone, from 1 on.".into(),
        (Argument::LineCount, _) => "A number of lines is wanted here: digits alone, from 0 on.".into(),
        (Argument::Digest, _) => "A digest has exactly 32 hexadecimal digits: 0 to 9 and a to f.".into(),
        (Argument::InitialResponse, _) => {
            "This is not base64: letters, digits, + and /, four at a time, filled up with =.".into()
        }
        (Argument::Mechanism, _) => "A mechanism’s name has up to 20 letters, digits, hyphens and underscores.".into(),
        (Argument::LanguageTag, _) => "A language tag has letters, digits and hyphens, such as en or de-AT.".into(),
        (_, Fault::TooLong) => format!("The {what} is too long: a command line has at most 255 octets."),
        (_, Fault::ControlCharacter) => format!("A {what} cannot hold line breaks or NUL: they would end the command."),
        _ => format!("This cannot be a {what}."),
    }
}

fn missing(argument: Argument) -> &'static str {
    match argument {
        Argument::Keyword => "A line begins with a command, without a blank before it.",
        Argument::UserName => "The user’s name is missing.",
        Argument::Password => "The password is missing.",
        Argument::Digest => "The digest is missing.",
        Argument::Mechanism => "The mechanism is missing.",
        Argument::InitialResponse => "The response is missing.",
        Argument::MessageNumber => "The message’s number is missing.",
        Argument::LineCount => "The number of lines is missing; 0 is the header alone.",
        Argument::LanguageTag => "The language is missing.",
    }
}

fn code_what(code: Code) -> &'static str {
    match code {
        Code::InUse => "Another session has this maildrop open. Try again when it has ended.",
        Code::LoginDelay => "You logged in a moment ago, and the server wants some time in between.",
        Code::Auth => "It is about the login data, mostly a wrong name or password: asking for them again makes sense.",
        Code::SystemTemporary => "The server has a problem that may pass. Try again later.",
        Code::SystemPermanent => "The server has a problem that somebody has to mend. Trying again will not help.",
        Code::System => "The server has a problem of its own; it is not your name or password.",
        Code::Utf8 => "UTF-8 is needed: give the command UTF8 before the login.",
        Code::Unregistered => "A code for programs that is not registered: only this server knows what it means.",
    }
}

fn capability(tag: &str) -> &'static str {
    match tag.to_ascii_uppercase().as_str() {
        "TOP" => "The command TOP is there: the header without the whole message.",
        "USER" => "Logging in with USER and PASS is possible.",
        "SASL" => "Logging in with AUTH is possible, by the mechanisms that follow.",
        "RESP-CODES" => "What stands in [brackets] behind +OK or -ERR is a code for programs.",
        "LOGIN-DELAY" => "How many seconds have to pass between two logins.",
        "PIPELINING" => "Commands may be sent before the earlier ones are answered.",
        "EXPIRE" => {
            "For how many days, at least, messages are kept; NEVER: until you delete them; 0: what was fetched may be gone next time."
        }
        "UIDL" => "The command UIDL is there: names of messages that stay the same.",
        "IMPLEMENTATION" => "What the server’s program calls itself. For people only.",
        "STLS" => "TLS can be started on this connection.",
        "AUTH-RESP-CODE" => "A login that fails because of the login data says so by [AUTH].",
        "UTF8" => "The command UTF8 is there: all of the world’s scripts in names and messages.",
        "LANG" => "The command LANG is there: the server speaks more than one language.",
        _ => "A capability that is not registered: an extension of this server’s own.",
    }
}

pub(super) fn mechanism(name: &str) -> String {
    let known = match Mechanism::of_name(name) {
        None => return format!("{name}, a way to log in that this page does not speak."),
        Some(Mechanism::Anonymous) => "As a guest, without a password.",
        Some(Mechanism::Login) => "The password itself, in two questions. Old; only TLS keeps it from others.",
        Some(Mechanism::Plain) => "Name and password in one answer. Only TLS keeps them from others.",
        Some(Mechanism::CramMd5) => "A proof instead of the password. It is old: passwords can be tried against it.",
        Some(Mechanism::XOAuth2 | Mechanism::OAuthBearer) => "A token from the provider instead of the password.",
        Some(Mechanism::External) => "Who you are follows from the connection itself, such as from a certificate.",
        Some(Mechanism::ScramSha1 | Mechanism::ScramSha256) => {
            "Both sides prove that they know the password, and it does not travel."
        }
        Some(Mechanism::ScramSha1Plus | Mechanism::ScramSha256Plus) => {
            "Both sides prove that they know the password, bound to this very TLS connection."
        }
    };
    known.into()
}
