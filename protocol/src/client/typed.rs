//! Lines as a user types them: any line, right or wrong, in any state. What parses as a command is followed as that
//! command, wherever it is given; what does not is answered by one status line. Knows no time and no keyboard.

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
    codec::request::{BadRequest, parse_request},
    command::{Command, CommandName},
    limits,
    secret::Secret,
    state::{State, Transition, out_of_place, transition},
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

/// A typed line that waits to be sent.
#[derive(Debug)]
pub(super) struct Typed {
    line: Secret<String>,
    /// What it says, if it is a command.
    pub(super) command: Option<Command>,
    /// Its keyword is one, its arguments are not what that takes.
    keyword_known: bool,
    /// It was typed while an exchange was conducted by hand: it was to be a response, and may be a secret.
    in_exchange: bool,
}

impl Typed {
    /// What the line is as a command goes by this row; nothing if it has to wait for what is in flight, or for ever.
    pub(super) fn row(&self, state: State, nothing_in_flight: bool) -> Option<Transition> {
        let in_place = self.command.as_ref().and_then(|command| transition(state, command.name())).copied();
        let is_over = matches!(state, State::Update | State::Closed);
        in_place.or_else(|| (nothing_in_flight && !is_over).then(|| out_of_place(state, self.name())))
    }

    /// NOOP stands for what is no command: one status line answers it, and it changes nothing.
    pub(super) fn name(&self) -> CommandName {
        self.command.as_ref().map_or(CommandName::Noop, Command::name)
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
        let words_shown = match &self.command {
            _ if is(CommandName::Pass) => 1,
            _ if is(CommandName::Auth) => 2,
            Some(Command::Apop { .. }) => 2,
            Some(_) => return line.into(),
            None if is(CommandName::Apop) => 1,
            None if !(self.in_exchange || pass_due) => return line.into(),
            None => usize::from(self.keyword_known),
        };
        let shown = first_words(line, words_shown);
        if shown.len() == line.len() { line.into() } else { [shown, mask].concat() }
    }
}

/// So many words of a line, and the blanks behind them.
fn first_words(line: &str, count: usize) -> &str {
    let mut rest = line;
    for _ in 0..count {
        rest = rest.trim_ascii_start().trim_start_matches(|character: char| !character.is_ascii_whitespace());
    }
    if count > 0 {
        rest = rest.trim_ascii_start();
    }
    line.get(..line.len() - rest.len()).unwrap_or_default()
}

impl Client {
    /// Sends a line as typed, without CRLF, right or wrong: to the server it is the same as if it came from a terminal,
    /// but for the order. It waits for its turn as [`Self::send`] does; a line that is no command here goes alone, and
    /// nothing follows it before its answer.
    ///
    /// A line that is a command is followed as that command, in its own state or not: [`super::Event::Reply`] tells its
    /// answer, and the table where `+OK` leads. Any other is answered by [`crate::reply::Reply::ToUnknown`]. While an AUTH
    /// begun by hand waits for a response the line is that response, and `*` breaks off; the id is then the AUTH's.
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
        let parsed = parse_request(line.as_bytes());
        let typed = Typed {
            line: Secret::new(line.to_string()),
            keyword_known: !matches!(parsed, Err(BadRequest::Unknown)),
            command: parsed.ok(),
            in_exchange: self.exchanging_by_hand(),
        };
        Ok(self.enqueue(Words::Typed(Box::new(typed)), None))
    }

    /// The server's challenge waits for a response by hand: the next typed line is it.
    #[must_use]
    pub fn awaits_response(&self) -> bool {
        self.challenge_open
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
            Receiving::Listing(_) | Receiving::Message(_) => self.recorder.folds(),
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

    use super::Typed;
    use crate::{
        codec::request::{BadRequest, parse_request},
        secret::Secret,
    };

    fn masked(line: &str, in_exchange: bool, pass_due: bool) -> alloc::string::String {
        let parsed = parse_request(line.as_bytes());
        let typed = Typed {
            line: Secret::new(line.to_string()),
            keyword_known: parsed != Err(BadRequest::Unknown),
            command: parsed.ok(),
            in_exchange,
        };
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
        ] {
            assert_eq!(masked(line, false, false), usually, "{line:?}");
            assert_eq!(masked(line, false, true), pass_due, "{line:?}, PASS due");
            assert_eq!(masked(line, true, false), in_exchange, "{line:?}, in an exchange");
        }
    }
}
