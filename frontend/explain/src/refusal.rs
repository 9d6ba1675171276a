//! What an `-ERR` means and what to do: by its response code, by the command, and by the state in which it came. Knows no
//! sentence.

use popglass_protocol::{
    command::CommandName,
    grammar::{self, Code, Role},
    state::{State, transition},
    transcript::{Line, Meaning},
};
use popglass_session::security::Told;

use crate::{route, texts, words::Language};

/// A refusal, taken apart.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) what: What,
    pub(crate) code: Option<Code>,
}

/// See [`Refused`].
#[derive(Debug)]
pub(crate) enum What {
    /// The whole connection: the server greets with it.
    Connection,
    /// A command that belongs to another state, with the ways there.
    Misplaced { command: CommandName, state: State, ways: Vec<Vec<CommandName>> },
    /// A command in its place.
    Command(CommandName),
    /// A line that is no command.
    Unknown,
}

/// Tells what a line of a transcript means that says `-ERR`, and what to do. Nothing for any other line.
#[must_use]
pub fn explain_refusal(language: Language, line: &Line) -> Option<Told> {
    let tokens = grammar::line_tokens(line);
    let what = match line.meaning {
        Meaning::GreetingRefused => What::Connection,
        Meaning::Refused(command) if transition(line.state, command).is_some() => What::Command(command),
        Meaning::Refused(command) => {
            let ways = route::home(command).map(|home| route::ways(line.state, home)).unwrap_or_default();
            What::Misplaced { command, state: line.state, ways }
        }
        Meaning::Unexpected if tokens.first().is_some_and(|token| token.role == Role::Refused) => What::Unknown,
        _ => return None,
    };
    let code = tokens.iter().find_map(|token| match token.role {
        Role::ResponseCode(code) => Some(code),
        _ => None,
    });
    Some((texts::of(language).refusal)(&Refused { what, code }))
}
