//! Lines as a user types them: any line, right or wrong, in any state. What parses as a command is followed as that
//! command, wherever it is given; what only resembles one is followed as that one if the server says `+OK` to it; and
//! what does neither is answered by one status line. Knows no time and no keyboard.

use alloc::{
    boxed::Box,
    collections::VecDeque,
    string::{String, ToString as _},
    vec::Vec,
};
use core::{fmt, mem};

use crate::{
    client::{
        Client, CommandId,
        body::Receiving,
        window::{Queued, Words},
    },
    codec::request::{parse_request, resembling},
    command::{Command, CommandName},
    limits,
    secrecy::{first_words, secret_from},
    secret::Secret,
    state::{State, Transition, out_of_place, transition},
    types::MessageNumber,
};

/// Why a line cannot be sent. Nothing of it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// With CRLF it is longer than a command line may be (RFC 2449 §4), or a response ([`limits::SASL_LINE_OCTETS_MAX`]).
    TooLong {
        /// Octets it would have.
        octets: usize,
        /// Octets it may have.
        octets_max: usize,
    },
    /// It holds CR, LF or NUL: it would be more than one line, or none (RFC 1939 §3).
    ControlCharacter,
    /// The session is over.
    Closed,
    /// [`limits::TYPED_LINES_MAX`] lines wait already.
    TooMany,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { octets, octets_max } => {
                write!(f, "with its line end it has {octets} octets, and {octets_max} are allowed")
            }
            Self::ControlCharacter => f.write_str("it holds a line break or NUL, which POP3 cannot carry"),
            Self::Closed => f.write_str("the session is over"),
            Self::TooMany => f.write_str("too many lines wait to be sent"),
        }
    }
}

impl core::error::Error for LineFault {}

/// What a typed line says, as far as a client can know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A command.
    Command(Command),
    /// No command, but near enough to one for a server that is not strict: `DELE  1` with two blanks, `RSET 1`. RFC 1939 §3
    /// wants `-ERR`; a server that says `+OK` all the same has done what the command does.
    Resembling {
        /// The command.
        name: CommandName,
        /// The message that it is about, if a number stands there plainly; the server may read another one where not.
        number: Option<MessageNumber>,
    },
    /// Nothing that a server of POP3 is known to do.
    Unknown,
}

impl Said {
    /// What the line reads as.
    fn of(line: &str) -> Self {
        match (parse_request(line.as_bytes()), resembling(line.as_bytes())) {
            (Ok(command), _) => Self::Command(command),
            (Err(_), Some((name, number))) => Self::Resembling { name, number },
            (Err(_), None) => Self::Unknown,
        }
    }

    /// The command that the line is, or resembles.
    #[must_use]
    pub fn name(&self) -> Option<CommandName> {
        match self {
            Self::Command(command) => Some(command.name()),
            Self::Resembling { name, .. } => Some(*name),
            Self::Unknown => None,
        }
    }

    /// The message that the line is about, if that is known.
    #[must_use]
    pub fn number(&self) -> Option<MessageNumber> {
        match self {
            Self::Command(command) => command.number(),
            Self::Resembling { number, .. } => *number,
            Self::Unknown => None,
        }
    }
}

/// The command that a line is, or that a server which is not strict may take it for; nothing if it is none. For a host
/// that must know before it sends.
#[must_use]
pub fn command_meant(line: &str) -> Option<CommandName> {
    Said::of(line).name()
}

/// A typed line that waits to be sent.
#[derive(Debug)]
pub(super) struct Typed {
    line: Secret<String>,
    pub(super) said: Said,
    /// It was typed while an exchange was conducted by hand: it was to be a response, and may be a secret.
    in_exchange: bool,
}

impl Typed {
    /// What the line is followed as, if the server accepts it; nothing if it has to wait for what is in flight, or for ever.
    pub(super) fn row(&self, state: State, nothing_in_flight: bool) -> Option<Transition> {
        let row = transition(state, self.name()).copied();
        let in_place = row.filter(|_| matches!(self.said, Said::Command(_)));
        let is_over = matches!(state, State::Update | State::Closed);
        in_place.or_else(|| {
            let alone = nothing_in_flight && !is_over;
            alone
                .then(|| row.filter(|_| self.said != Said::Unknown).unwrap_or_else(|| out_of_place(state, self.name())))
        })
    }

    /// NOOP stands for what is no command: one status line answers it, and it changes nothing.
    pub(super) fn name(&self) -> CommandName {
        self.said.name().unwrap_or(CommandName::Noop)
    }

    /// It begins an exchange, and has not said who the user is: nobody can be logged in by `+OK` to it.
    pub(super) fn must_speak(&self) -> bool {
        match &self.said {
            Said::Command(Command::Auth { initial_response, .. }) => initial_response.is_none(),
            Said::Resembling { name: CommandName::Auth, .. } => {
                self.line.expose().split_ascii_whitespace().nth(2).is_none()
            }
            _ => false,
        }
    }

    /// As it goes onto the wire.
    pub(super) fn to_line(&self) -> Vec<u8> {
        [self.line.expose().as_bytes(), b"\r\n"].concat()
    }

    /// The line as people may see it. `pass_due`: USER was accepted, so that what is typed next may be the password.
    pub(super) fn masked(&self, mask: &str, pass_due: bool) -> String {
        let line = self.line.expose().as_str();
        let keyword = line.split_ascii_whitespace().next().unwrap_or_default();
        let is = |name: CommandName| keyword.eq_ignore_ascii_case(name.keyword());
        let words = |count: usize| Some(first_words(line, count).len());
        let from = match &self.said {
            _ if is(CommandName::Pass) => words(1),
            _ if is(CommandName::Auth) => words(2),
            Said::Command(Command::Apop { .. }) => words(2),
            Said::Command(_) => None,
            _ if is(CommandName::Apop) => words(1),
            _ if self.in_exchange || pass_due => words(usize::from(CommandName::ALL.into_iter().any(is))),
            _ => secret_from(line),
        };
        match from.and_then(|from| line.get(..from)) {
            Some(shown) if shown.len() < line.len() => [shown, mask].concat(),
            _ => line.into(),
        }
    }
}

impl Client {
    /// Sends a line as typed, without CRLF, right or wrong: to the server it is the same as if it came from a terminal,
    /// but for the order. It waits for its turn as [`Self::send`] does; a line that is no command here goes alone, and
    /// nothing follows it before its answer.
    ///
    /// A line that is a command is followed as that command, in its own state or not: [`super::Event::Reply`] tells its
    /// answer, and the table where `+OK` leads. So is one that only resembles a command ([`Said::Resembling`]), if the server
    /// says `+OK`; a refusal changes nothing then. Any other, a refused one, and one whose `+OK` leaves open what was done, is
    /// answered by [`crate::reply::Reply::ToUnknown`]. While an AUTH begun by hand waits for a response the line is that response, and `*` breaks off; the id is then the AUTH's.
    /// Passwords are masked in the transcript, and so is what may be one.
    ///
    /// # Errors
    /// [`LineFault`] if the line cannot be sent. Nothing of it was.
    pub fn send_line(&mut self, line: &str) -> Result<CommandId, LineFault> {
        if line.contains(['\r', '\n', '\0']) {
            return Err(LineFault::ControlCharacter);
        }
        if self.failure.is_some() || matches!(self.state, State::Update | State::Closed) {
            return Err(LineFault::Closed);
        }
        let waiting = self.queue.iter().filter(|queued| queued.is_typed()).count();
        let challenged = self.in_flight.front().filter(|_| self.challenge_open && waiting == 0);
        let octets_max = challenged.map_or(limits::COMMAND_LINE_OCTETS_MAX, |_| limits::SASL_LINE_OCTETS_MAX);
        let octets = line.len() + "\r\n".len();
        if octets > octets_max {
            return Err(LineFault::TooLong { octets, octets_max });
        }
        if let Some(id) = challenged.map(|auth| auth.id) {
            self.send_typed_response(line);
            return Ok(id);
        }
        if waiting >= limits::TYPED_LINES_MAX {
            return Err(LineFault::TooMany);
        }
        let typed =
            Typed { said: Said::of(line), line: Secret::new(line.to_string()), in_exchange: self.exchanging_by_hand() };
        Ok(self.enqueue(Words::Typed(Box::new(typed)), None))
    }

    /// The server's challenge waits for a response by hand: the next typed line is it.
    #[must_use]
    pub fn awaits_response(&self) -> bool {
        self.challenge_open
    }

    /// What the typed lines say that wait for their turn, in order; and whether an AUTH by hand was before them. Then one that
    /// waits when a challenge comes goes out as the response, and says nothing of this.
    pub fn waiting_lines(&self) -> impl Iterator<Item = (CommandId, &Said, bool)> {
        self.queue.iter().filter_map(|queued| match &queued.words {
            Words::Typed(typed) => Some((queued.id, &typed.said, typed.in_exchange)),
            Words::Command(_) => None,
        })
    }

    /// The typed lines that were not sent when the session ended, and will not be, in order.
    pub fn take_unsent_lines(&mut self) -> Vec<Secret<String>> {
        let (typed, commands) = mem::take(&mut self.queue).into_iter().partition(Queued::is_typed);
        self.queue = commands;
        let typed: VecDeque<_> = typed;
        let lines = typed.into_iter().filter_map(|queued| match queued.words {
            Words::Typed(typed) => Some(typed.line),
            Words::Command(_) => None,
        });
        lines.collect()
    }

    /// The multi-line response that comes in is past the lines that the transcript shows: until its end there is
    /// nothing more to see of it.
    #[must_use]
    pub fn folds(&self) -> bool {
        match self.receiving {
            Receiving::Status => false,
            Receiving::Listing(_) | Receiving::Message(_) | Receiving::Rest(_) => self.recorder.folds(),
        }
    }

    /// A line that was typed ahead is the response to the challenge that has come. True if there was one.
    pub(super) fn respond_as_typed(&mut self) -> bool {
        let place = self.queue.iter().position(|queued| queued.is_typed()).filter(|_| self.challenge_open);
        let Some(Words::Typed(typed)) = place.and_then(|place| self.queue.remove(place)).map(|queued| queued.words)
        else {
            return false;
        };
        self.send_typed_response(typed.line.expose());
        true
    }

    fn send_typed_response(&mut self, line: &str) {
        match line {
            "*" => self.send_exchange_cancelled(),
            _ => self.send_response_text(line),
        }
    }

    /// An AUTH that nobody but the user conducts is in flight, or waits to be.
    fn exchanging_by_hand(&self) -> bool {
        let in_flight = self.exchanging() && !self.is_conducted();
        let is_auth = |typed: &Typed| typed.name() == CommandName::Auth;
        let queued = |words: &Words| matches!(words, Words::Typed(typed) if is_auth(typed));
        in_flight || self.queue.iter().any(|waiting| queued(&waiting.words))
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::ToString as _};

    use super::{Said, Typed};
    use crate::secret::Secret;

    fn masked(line: &str, in_exchange: bool, pass_due: bool) -> alloc::string::String {
        let typed = Typed { said: Said::of(line), line: Secret::new(line.to_string()), in_exchange };
        assert!(!format!("{typed:?}").contains("hunter2"), "{line}");
        typed.masked("#", pass_due)
    }

    #[test]
    fn secrets_are_masked_and_what_may_be_one_where_one_is_due() {
        for (line, usually, pass_due, in_exchange) in [
            ("PASS hunter2", "PASS #", "PASS #", "PASS #"),
            ("pass  hunter2 ", "pass  #", "pass  #", "pass  #"),
            (" PASS hunter2", " PASS #", " PASS #", " PASS #"),
            ("PASS\thunter2", "PASS\t#", "PASS\t#", "PASS\t#"),
            ("PASS", "PASS", "PASS", "PASS"),
            ("APOP ada hunter2", "APOP #", "APOP #", "APOP #"),
            ("APOP ada c4c9334bac560ecc979e58001b3e22fb", "APOP ada #", "APOP ada #", "APOP ada #"),
            ("AUTH PLAIN", "AUTH PLAIN", "AUTH PLAIN", "AUTH PLAIN"),
            ("AUTH PLAIN aHVudGVyMg==", "AUTH PLAIN #", "AUTH PLAIN #", "AUTH PLAIN #"),
            ("auth plain hunter2!", "auth plain #", "auth plain #", "auth plain #"),
            ("retr 1", "retr 1", "retr 1", "retr 1"),
            ("RETR one", "RETR one", "RETR #", "RETR #"),
            ("HELO there", "HELO there", "#", "#"),
            ("", "", "", ""),
            (" ", " ", "#", "#"),
            ("hunter2", "hunter2", "#", "#"),
            // Misspelt, or without a blank.
            ("PASSWORD hunter2", "PASSWORD #", "#", "#"),
            ("pas hunter2", "pas #", "#", "#"),
            ("PSAS hunter2", "PSAS #", "#", "#"),
            ("PASS: hunter2", "PASS: #", "#", "#"),
            ("PASShunter2", "PASS#", "#", "#"),
            ("APPO ada hunter2", "APPO #", "#", "#"),
            ("AUTHENTICATE PLAIN hunter2", "AUTHENTICATE #", "#", "#"),
            ("AUHT", "AUHT", "#", "#"),
            ("TOPhunter2", "TOPhunter2", "#", "#"),
        ] {
            assert_eq!(masked(line, false, false), usually, "{line:?}");
            assert_eq!(masked(line, false, true), pass_due, "{line:?}, PASS due");
            assert_eq!(masked(line, true, false), in_exchange, "{line:?}, in an exchange");
        }
    }
}
