//! The console: what is typed is sent, if it is a command, and all that is said is shown. Nothing is sent that was not
//! typed, not even QUIT.

use std::io::{self, IsTerminal as _};

use popglass_protocol::{
    client::Event,
    codec::request::{BadRequest, parse_request},
    command::{Command, CommandName},
    sasl::SaslText,
    types::Password,
};

use crate::{
    failure::{Ending, Failure},
    session::{Session, Step},
};

/// `console`.
pub(crate) fn console(mut session: Session, plain: bool) -> Result<(), Failure> {
    while !matches!(session.step()?, Step::Event(Event::Greeting { .. })) {
        if session.client.state() == popglass_protocol::state::State::Closed {
            return Err(Failure::new(Ending::Unreachable, "the server does not want to talk", "try again later"));
        }
    }
    while let Some(line) = read_line()? {
        let Some(command) = command(&line) else { continue };
        if !plain && !session.link.is_protected() && shows_secret(&command) {
            eprintln!("not sent: everybody on the way could read the password; type STLS first, or start with --plain");
            continue;
        }
        let ends = command.name() == CommandName::Quit;
        send(&mut session, command)?;
        if ends {
            return Ok(());
        }
    }
    eprintln!("pop3: the input ended without QUIT: nothing that is marked was deleted");
    Ok(())
}

/// The command that was typed; if it is none, why.
fn command(line: &str) -> Option<Command> {
    match parse_request(line.as_bytes()) {
        Ok(command) => Some(command),
        // PASS alone: the password is asked for, and not shown.
        Err(BadRequest::Arguments(CommandName::Pass)) if line.trim_end().len() == 4 && io::stdin().is_terminal() => {
            let password = rpassword::prompt_password("Password: ").ok()?;
            Password::parse(&password).map(Command::Pass).map_err(|error| eprintln!("not sent: {error}")).ok()
        }
        Err(BadRequest::Arguments(name)) => {
            eprintln!("not sent: {} does not go with these arguments ({})", name.keyword(), name.rfc());
            None
        }
        Err(BadRequest::Unknown) if line.trim().is_empty() => None,
        Err(BadRequest::Unknown) => {
            eprintln!("not sent: POP3 has no such command");
            None
        }
    }
}

fn shows_secret(command: &Command) -> bool {
    match command {
        Command::Pass(_) => true,
        // What is not known might.
        Command::Auth { mechanism, .. } => mechanism.known().is_none_or(|mechanism| mechanism.exposes_secret()),
        _ => false,
    }
}

/// Sends it, and waits until it is answered; answers challenges as they are typed.
fn send(session: &mut Session, command: Command) -> Result<(), Failure> {
    let sent = session.client.send(command);
    loop {
        match session.step()? {
            Step::TlsStands => {
                session.client.handle_tls_ready();
                eprintln!("-- TLS stands; ask CAPA again");
                return Ok(());
            }
            Step::Event(Event::Challenge { .. }) => respond(session)?,
            Step::Event(Event::Reply { id, .. }) if id == sent => {
                // STLS is answered before TLS stands.
                if session.client.wait().is_none() {
                    return Ok(());
                }
            }
            Step::Event(Event::NotSent { command, .. }) => {
                let state = session.client.state().rfc_name();
                eprintln!("not sent: {} cannot be given in {state} ({})", command.keyword(), command.rfc());
                return Ok(());
            }
            Step::Event(_) => {}
        }
    }
}

fn respond(session: &mut Session) -> Result<(), Failure> {
    eprintln!("-- answer in base64, or * to break off");
    while let Some(line) = read_line()?.filter(|line| line != "*") {
        match SaslText::parse(&line) {
            Some(response) => {
                session.client.respond(&response);
                return Ok(());
            }
            None => eprintln!("not sent: it is no base64"),
        }
    }
    session.client.cancel_exchange();
    Ok(())
}

/// A line without its end; nothing at the end of the input.
fn read_line() -> Result<Option<String>, Failure> {
    let mut line = String::new();
    let octets = io::stdin().read_line(&mut line).map_err(|error| Failure::file("standard input".as_ref(), &error))?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok((octets > 0).then_some(line))
}
