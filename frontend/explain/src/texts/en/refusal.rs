//! English: what an `-ERR` means.

use popglass_protocol::{command::CommandName, grammar::Code, state::State};
use popglass_session::security::Told;

use super::{
    super::{joined, told},
    OR,
};
use crate::{
    refusal::{Refused, What},
    route,
};

pub(super) fn refusal(refused: &Refused) -> Told {
    match refused.code {
        Some(Code::InUse) => told(
            "Somebody else has this mailbox open: another program or another device of yours.",
            "Wait until it has finished, then log in again. If it was cut off, it may take the server ten minutes or more to notice.",
        ),
        Some(Code::LoginDelay) => told(
            "You were here a moment ago, and the server wants some time between two logins.",
            "Wait, then log in again. CAPA says how many seconds: LOGIN-DELAY.",
        ),
        Some(Code::Auth) => told(
            "It is about your login data: mostly a wrong name or password, sometimes an account that has expired.",
            "Begin again with USER. Check capitals, and whether the server wants the whole address as name.",
        ),
        Some(Code::SystemTemporary) => told(
            "The server has a problem that may pass; it is not your fault.",
            "Try again in some minutes. Your mail is safe.",
        ),
        Some(Code::SystemPermanent) => told(
            "The server has a problem that will not pass by itself.",
            "Tell whoever runs it, with this line. Trying again does not help.",
        ),
        Some(Code::System) => told(
            "The server has a problem of its own; name and password are not the reason.",
            "Try again later. If it stays like this, tell whoever runs the server.",
        ),
        Some(Code::Utf8) => told(
            "What you asked for holds characters beyond ASCII, and you did not ask for UTF-8.",
            "End the session, open a new one and give UTF8 before the login.",
        ),
        Some(Code::Unregistered) | None => by_command(&refused.what),
    }
}

fn by_command(what: &What) -> Told {
    match what {
        What::Connection => told(
            "The server does not want to talk now; no session begins.",
            "It may be too busy, or know you for too many connections. Try again later.",
        ),
        What::Unknown => told(
            "The server does not know this command.",
            "Look for a typo. CAPA tells which extensions the server has; STAT, LIST, RETR, DELE, NOOP, RSET and QUIT are \
             known to every server.",
        ),
        What::Misplaced { command, state: State::Transaction, .. } => told(
            format!("{} belongs before the login, and you are logged in.", command.keyword()),
            "If you need it, end this session with QUIT and open a new one.",
        ),
        What::Misplaced { command, ways, .. } if ways.is_empty() => told(
            format!("{} is not allowed in this state.", command.keyword()),
            "The state picture shows what is allowed here.",
        ),
        What::Misplaced { command, ways, .. } => {
            let ways: Vec<String> = ways.iter().map(|way| joined(&route::keywords(way), "then")).collect();
            told(
                format!("{} is not allowed in this state yet.", command.keyword()),
                format!("First comes {}.", joined(&ways, OR)),
            )
        }
        What::Command(command) => in_place(*command),
    }
}

fn in_place(command: CommandName) -> Told {
    match command {
        CommandName::User => told(
            "The server does not take this name, or no login by USER and PASS.",
            "Check the name. CAPA tells which logins there are; some servers want TLS first.",
        ),
        CommandName::Pass => told(
            "You are not logged in: wrong name or password, or the mailbox cannot be opened now.",
            "Read the server’s text, then begin again with USER. A good server does not say which of the two is wrong, so \
             that nobody can find out names.",
        ),
        CommandName::Apop => told(
            "You are not logged in: the digest does not fit, or the server has no APOP.",
            "The digest is MD5 of stamp and password, one behind the other, of this very greeting’s stamp.",
        ),
        CommandName::Auth => told(
            "You are not logged in by this mechanism.",
            "Name, password or token may be wrong, or the server does not have the mechanism: CAPA lists them behind SASL.",
        ),
        CommandName::Stls => {
            told("There is no TLS on this connection.", "Send no password here. Try port 995, where TLS comes first.")
        }
        CommandName::Retr | CommandName::ListOne | CommandName::Dele => told(
            "There is no such message, or it is marked for deletion.",
            "LIST shows the numbers that there are. RSET takes marks back.",
        ),
        CommandName::Top => told(
            "There is no such message, it is marked, or the server has no TOP.",
            "LIST shows the numbers, CAPA whether there is TOP. TOP needs two numbers: message and lines.",
        ),
        CommandName::UidlOne => told(
            "There is no such message, it is marked, or the server has no UIDL.",
            "LIST shows the numbers, CAPA whether there is UIDL.",
        ),
        CommandName::Capa | CommandName::AuthList | CommandName::Uidl | CommandName::Utf8 | CommandName::Lang => told(
            format!("The server does not have {}.", command.keyword()),
            "That is allowed: not every server needs to have it. Go on without it.",
        ),
        CommandName::LangOne => {
            told("The server does not speak this language.", "LANG without argument lists those that it speaks.")
        }
        CommandName::Quit => told(
            "The session is over, but the server could not delete everything that was marked.",
            "Log in again and look with LIST what is still there.",
        ),
        CommandName::Stat | CommandName::List | CommandName::Rset | CommandName::Noop => told(
            format!("Strange: RFC 1939 knows no reason to refuse {} here.", command.keyword()),
            "Read the server’s text. If it goes on like this, end the session and log in again.",
        ),
    }
}
