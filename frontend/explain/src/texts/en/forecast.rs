//! English: what a line will do.

use popglass_protocol::{
    command::{Command, CommandName},
    grammar::{Argument, Fault},
    state::State,
    types::MessageNumber,
};

use super::{
    super::{ForecastTexts, joined, numbers},
    AND, OR,
};
use crate::{
    forecast::{Deed, Exposed, Exposure, Neighbour, Prospect},
    route,
};

pub(super) const FORECAST: ForecastTexts = ForecastTexts { what, undo, warning };

fn what(prospect: &Prospect) -> String {
    match prospect {
        Prospect::Nothing => "Type a command, such as CAPA.".into(),
        Prospect::TooLong { octets } => format!(
            "The server will refuse it: with its line end it has {octets} octets, and a command line has at most 255."
        ),
        Prospect::SeveralLines => {
            "It holds a line break or NUL: the server would take it for more than one command.".into()
        }
        Prospect::Response { cancels: true } => {
            "Breaks the login off. The server answers -ERR, and you can try again.".into()
        }
        Prospect::Response { cancels: false } => {
            "Answers the server’s question in the login. It has to be base64; a lone * breaks the login off.".into()
        }
        Prospect::TooEarly => "Wait: the server speaks first, and has not greeted yet.".into(),
        Prospect::Over => "Nobody will hear it: this session is over. Open a new one.".into(),
        Prospect::Unknown { keyword, meant: None } => format!(
            "The server will most likely refuse it: POP3 has no command {keyword}. Nothing else happens, so just try."
        ),
        Prospect::Unknown { keyword, meant: Some(meant) } => format!(
            "The server will most likely refuse it: POP3 has no command {keyword}. Did you mean {}?",
            meant.keyword()
        ),
        Prospect::Foreign { keyword, neighbour } => foreign(keyword, *neighbour),
        Prospect::NoKeyword => {
            "The server will refuse it: a line begins with a command, without a blank before it.".into()
        }
        Prospect::Wrong { command, argument, fault } => wrong(*command, *argument, *fault),
        Prospect::Missing { command, argument } => {
            format!("The server will refuse it: {} needs {}.", command.keyword(), needed(*argument))
        }
        Prospect::Extra { command } => {
            format!("The server will refuse it: {} does not take so many arguments.", command.keyword())
        }
        Prospect::Misplaced { command, state, ways, allowed } => misplaced(*command, *state, ways, allowed),
        Prospect::NoSuchMessage { number, count } => no_such_message(*number, *count),
        Prospect::MarkedAlready { command: CommandName::Dele, number } => {
            format!("The server will refuse it: message {number} is marked already.")
        }
        Prospect::MarkedAlready { number, .. } => format!(
            "The server will refuse it: message {number} is marked for deletion and counts as gone. RSET brings it back."
        ),
        Prospect::NotAnnounced { command } => format!(
            "The server will probably refuse it: its answer to CAPA did not name {}.",
            if *command == CommandName::Auth { "SASL" } else { command.keyword() }
        ),
        Prospect::TlsStands => "The server will refuse it: TLS stands already.".into(),
        Prospect::NoStamp => "The server will refuse it: its greeting bore no stamp <…>, so it has no APOP.".into(),
        Prospect::MechanismNotAnnounced { mechanism, announced } if announced.is_empty() => {
            format!("The server will probably refuse {mechanism}: its answer to CAPA named no mechanism at all.")
        }
        Prospect::MechanismNotAnnounced { mechanism, announced } => {
            format!("The server will probably refuse {mechanism}: it named {}.", joined(announced, AND))
        }
        Prospect::Does(deed) => does(deed),
    }
}

fn no_such_message(number: MessageNumber, count: u32) -> String {
    format!(
        "The server will refuse it: there is no message {number}. {}",
        match count {
            0 => "The maildrop is empty.".into(),
            1 => "There is only message 1.".into(),
            count => format!("The numbers go from 1 to {count}."),
        }
    )
}

fn foreign(keyword: &str, neighbour: Neighbour) -> String {
    format!(
        "The server will refuse it: {keyword} is a word of {}.",
        match neighbour {
            Neighbour::Smtp => "SMTP, which sends mail. POP3 only fetches it",
            Neighbour::Imap => "IMAP, another way to read mail. The letter box is the same, the language is not",
            Neighbour::Http => "HTTP, the language of the web",
            Neighbour::OlderPop3 => "POP3 as it was before RFC 1939; it was taken out",
        }
    )
}

fn wrong(command: CommandName, argument: Argument, fault: Fault) -> String {
    let keyword = command.keyword();
    match fault {
        Fault::Blanks => {
            format!("The server will refuse it: exactly one blank stands behind {keyword} and each argument.")
        }
        Fault::Zero => "The server will refuse it: messages are numbered from 1.".into(),
        Fault::TooLong => "The server will refuse it: the line is too long.".into(),
        _ => format!("The server will refuse it: {keyword} wants {} here.", needed(argument)),
    }
}

fn needed(argument: Argument) -> &'static str {
    match argument {
        Argument::Keyword => "a command",
        Argument::UserName => "a user name",
        Argument::Password => "the password",
        Argument::Digest => "a digest of 32 hexadecimal digits",
        Argument::Mechanism => "a mechanism, such as PLAIN",
        Argument::InitialResponse => "base64",
        Argument::MessageNumber => "a message number, from 1 on",
        Argument::LineCount => "a number of lines, 0 for the header alone",
        Argument::LanguageTag => "a language, such as en or de",
    }
}

fn misplaced(command: CommandName, state: State, ways: &[Vec<CommandName>], allowed: &[CommandName]) -> String {
    let keyword = command.keyword();
    let ways: Vec<String> = ways.iter().map(|way| joined(&route::keywords(way), "then")).collect();
    let allowed = joined(&route::keywords(allowed), AND);
    match (state, ways.is_empty()) {
        (State::Transaction, _) => format!(
            "The server will refuse it: {keyword} belongs before the login. End this session with QUIT and open a new one."
        ),
        (State::UserGiven, true) => {
            format!("The server will refuse it: after USER it waits for PASS. Allowed here: {allowed}.")
        }
        (_, true) => format!("The server will refuse it: {keyword} is not allowed here, only {allowed}."),
        (_, false) => format!(
            "The server will refuse it: {keyword} does not belong to this state. {} leads there.",
            joined(&ways, OR)
        ),
    }
}

fn does(deed: &Deed) -> String {
    let marked = || numbers(&deed.marked, AND);
    match &deed.command {
        Command::User(user) => {
            format!("Says that it is about the mailbox of {}. The password comes next.", user.as_str())
        }
        Command::Pass(_) => {
            "Logs you in if the password is right: the maildrop is opened, and locked for others.".into()
        }
        Command::Apop { user, .. } => {
            format!("Logs {} in if the digest is right; the password does not travel.", user.as_str())
        }
        Command::Auth { mechanism, initial_response: None } => {
            format!("Begins a login by {}: the server asks, and you answer in base64.", mechanism.as_str())
        }
        Command::Auth { mechanism, initial_response: Some(_) } => {
            format!("Begins a login by {}, with the first answer at once.", mechanism.as_str())
        }
        Command::Stls => {
            "Starts TLS on this connection: from here on nobody in between can read along. Then ask CAPA anew.".into()
        }
        Command::Stat => match deed.unmarked {
            Some(count) => format!("Counts what is not marked: {count}, and their octets together. Changes nothing."),
            None => "Counts messages and their octets. Changes nothing.".into(),
        },
        Command::Retr(number) => {
            format!("Sends message {number} whole. It stays on the server as it is; POP3 knows no read mark.")
        }
        Command::Top { number, lines: 0 } => format!("Sends the header of message {number} alone. Changes nothing."),
        Command::Top { number, lines } => {
            format!("Sends the header of message {number} and the first {lines} lines of its body. Changes nothing.")
        }
        Command::Dele(number) => {
            format!("Marks message {number} for deletion. It goes when QUIT is answered, not before.")
        }
        Command::Rset if deed.marked.is_empty() => "Takes back all marks. There is none, so nothing changes.".into(),
        Command::Rset => format!("Takes back all marks: {} will stay.", marked()),
        Command::Quit => quit(deed),
        command => super::command(command.name()).into(),
    }
}

fn quit(deed: &Deed) -> String {
    if deed.state != State::Transaction {
        return "Ends the session. Nobody is logged in, so nothing is deleted.".into();
    }
    match (deed.marked.as_slice(), deed.unmarked) {
        ([], _) => "Ends the session. Nothing is marked, so nothing is deleted.".into(),
        (marked, Some(stay)) => {
            format!("Ends the session and deletes what is marked, for good: {}. {stay} stay.", numbers(marked, AND))
        }
        (marked, None) => format!("Ends the session and deletes what is marked, for good: {}.", numbers(marked, AND)),
    }
}

fn undo(deed: &Deed) -> Option<String> {
    let others: Vec<MessageNumber> =
        deed.marked.iter().copied().filter(|&number| Some(number) != deed.command.number()).collect();
    Some(match &deed.command {
        Command::Dele(_) if others.is_empty() => {
            "RSET, as long as QUIT was not sent. Or end the session without QUIT.".into()
        }
        Command::Dele(_) => format!("RSET, but it takes back all marks: that of {} too.", numbers(&others, AND)),
        Command::Rset if !deed.marked.is_empty() => {
            format!("Mark them again with DELE: {}.", numbers(&deed.marked, AND))
        }
        Command::Quit if deed.state == State::Transaction && !deed.marked.is_empty() => {
            "Nothing brings them back afterwards. Send RSET first if you want to keep them.".into()
        }
        Command::User(_) => {
            "Another USER: most servers take it, though RFC 1939 promises only PASS and QUIT here.".into()
        }
        Command::Lang(Some(_)) => "LANG with another language.".into(),
        Command::Utf8 | Command::Stls => {
            "It holds for the rest of this session; only a new one begins without it.".into()
        }
        _ => return None,
    })
}

fn warning(exposure: Exposure) -> String {
    let risk = match exposure.kind {
        Exposed::Password => "The password would travel readable for everyone on the way.",
        Exposed::PasswordNext => "Next comes the password, and it would travel readable for everyone on the way.",
        Exposed::Guessable => {
            "Whoever listens does not see the password, but can try passwords against this until one fits."
        }
        Exposed::Response => "This answer would travel readable for everyone on the way; base64 hides nothing.",
    };
    if exposure.stls {
        format!("{risk} Start TLS first, with STLS.")
    } else {
        format!("{risk} This connection has no TLS.")
    }
}
