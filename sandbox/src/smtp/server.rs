//! One SMTP session's server: greeting, envelope, message. Knows no sockets, and nothing of where deliveries go.

use std::{collections::VecDeque, mem};

use popglass_protocol::{command::PASSWORD_MASK, secrecy::secret_from};

use crate::{
    World,
    smtp::{
        BAD_COMMANDS_MAX, COMMAND_LINE_OCTETS_MAX, Config, DELIVERIES_MAX, Delivery, Direction, Line, Meaning, Output,
        ReplyMeaning, TEXT_LINE_OCTETS_MAX,
        command::{self, Command, Refusal},
        content::Content,
        input::{Input, LineTooLong},
        line::Lines,
        path::Address,
        trace,
    },
};

/// A session's server. Drain [`Server::poll_output`] until [`Output::Idle`] after every call that changes it.
#[derive(Debug)]
pub struct Server {
    config: Config,
    world: World,
    now_unix_seconds: i64,
    phase: Phase,
    /// What the client calls itself; nothing before HELO or EHLO.
    client: Option<String>,
    /// By EHLO, not by HELO.
    esmtp: bool,
    /// The transaction under way; nothing before MAIL.
    envelope: Option<Envelope>,
    input: Input,
    output: VecDeque<Output>,
    deliveries: VecDeque<Delivery>,
    lines: Lines,
    /// AUTH was typed, and no command since: what else is typed may be the response to it.
    authenticating: bool,
    refused: u32,
}

#[derive(Debug)]
enum Phase {
    /// The greeting is still to be said.
    Fresh,
    Commands,
    Content(Content),
    Over,
}

#[derive(Debug)]
struct Envelope {
    /// Nothing for `<>`.
    reverse_path: Option<Address>,
    recipients: Vec<String>,
}

impl Server {
    /// A server on a fresh connection, over the world whose users its domains have; its greeting is the first output.
    #[must_use]
    pub fn new(config: Config, world: World) -> Self {
        Self {
            config,
            world,
            now_unix_seconds: 0,
            phase: Phase::Fresh,
            client: None,
            esmtp: false,
            envelope: None,
            input: Input::default(),
            output: VecDeque::new(),
            deliveries: VecDeque::new(),
            lines: Lines::default(),
            authenticating: false,
            refused: 0,
        }
    }

    /// The time, in seconds since 1970: for `Received:`.
    pub fn handle_time(&mut self, unix_seconds: i64) {
        self.now_unix_seconds = unix_seconds;
    }

    /// Octets from the client, cut in any way. More than [`crate::smtp::INPUT_OCTETS_MAX`] in waiting end the session.
    pub fn handle_input(&mut self, octets: &[u8]) {
        if !matches!(self.phase, Phase::Over) && self.input.push(octets).is_err() {
            self.end();
        }
    }

    /// What to do next.
    pub fn poll_output(&mut self) -> Output {
        if matches!(self.phase, Phase::Fresh) {
            self.phase = Phase::Commands;
            self.reply(ReplyMeaning::Ready, &format!("{} at your service", self.config.host));
        }
        loop {
            if let Some(output) = self.output.pop_front() {
                return output;
            }
            if !self.take_line() {
                return Output::Idle;
            }
        }
    }

    /// The next message that was accepted. Who fetches it is responsible for it (RFC 5321 §4.2.5).
    pub fn poll_delivery(&mut self) -> Option<Delivery> {
        self.deliveries.pop_front()
    }

    /// The next line of the session, either way.
    pub fn poll_line(&mut self) -> Option<Line> {
        self.lines.take()
    }

    /// Something of this line, without its CRLF, would be masked in what [`Self::poll_line`] tells, if the client said it now:
    /// for whoever shows a line while it is typed.
    #[must_use]
    pub fn masks(&self, line: &[u8]) -> bool {
        matches!(self.phase, Phase::Commands) && discreet(line, self.is_response(line)) != line
    }

    fn is_response(&self, line: &[u8]) -> bool {
        let is_command = command::keyword(line) == "AUTH" || command::meaning(line) != Meaning::OtherCommand;
        self.authenticating && !is_command
    }

    /// False if no line is complete.
    fn take_line(&mut self) -> bool {
        match &self.phase {
            Phase::Over | Phase::Fresh => false,
            Phase::Commands => {
                let line = self.input.take_line(COMMAND_LINE_OCTETS_MAX);
                line.map(|line| self.handle_command_line(line)).is_some()
            }
            Phase::Content(_) => {
                // The dot that is taken away again does not count (RFC 5321 §4.5.3.1.6).
                let line = self.input.take_line(TEXT_LINE_OCTETS_MAX + 1);
                line.map(|line| self.handle_content_line(line)).is_some()
            }
        }
    }

    fn handle_command_line(&mut self, line: Result<Vec<u8>, LineTooLong>) {
        let command = match line {
            Ok(line) => {
                let is_response = self.is_response(&line);
                self.authenticating = is_response || command::keyword(&line) == "AUTH";
                self.lines.note(Direction::Client, &discreet(&line, is_response), command::meaning(&line));
                command::parse(&line, self.config.extended)
            }
            Err(LineTooLong) => {
                self.lines.note_too_long(Meaning::OtherCommand);
                Err((ReplyMeaning::LineTooLong, "the line is too long"))
            }
        };
        if let Err((meaning, text)) = command.and_then(|command| self.answer(command)) {
            self.reply(meaning, text);
            self.refused += 1;
            if self.refused >= BAD_COMMANDS_MAX {
                self.reply(ReplyMeaning::GivesUp, "too much that I do not understand; goodbye");
                self.end();
            }
        }
    }

    fn answer(&mut self, command: Command) -> Result<(), Refusal> {
        match command {
            Command::Helo(client) => {
                let text = format!("{} greets {client}", self.config.host);
                self.greeted(client, false);
                self.reply(ReplyMeaning::Done, &text);
            }
            Command::Ehlo(client) => self.answer_ehlo(client),
            Command::Mail { reverse_path, size } => self.answer_mail(reverse_path, size)?,
            Command::Rcpt(recipient) => self.answer_rcpt(&recipient)?,
            Command::Data => self.answer_data()?,
            Command::Rset => {
                self.envelope = None;
                self.reply(ReplyMeaning::Done, "forgotten");
            }
            Command::Noop => self.reply(ReplyMeaning::Done, "still here"),
            Command::Help => {
                self.reply(ReplyMeaning::HelpText, "HELO EHLO MAIL RCPT DATA RSET NOOP QUIT HELP VRFY; see RFC 5321");
            }
            Command::Vrfy => self.reply(ReplyMeaning::WillNotTell, "I do not tell, but I take mail and try"),
            Command::Quit => {
                self.reply(ReplyMeaning::Closing, "goodbye");
                self.end();
            }
        }
        Ok(())
    }

    /// RFC 5321 §4.1.4: a greeting forgets the message that was begun.
    fn greeted(&mut self, client: String, esmtp: bool) {
        self.client = Some(client);
        self.esmtp = esmtp;
        self.envelope = None;
    }

    fn answer_ehlo(&mut self, client: String) {
        let greeting = format!("{} greets {client}", self.config.host);
        let size = format!("SIZE {}", self.config.message_octets_max);
        self.greeted(client, true);
        self.transmit(&format!("250-{greeting}"), ReplyMeaning::Done);
        for extension in [&size, "8BITMIME", "PIPELINING"] {
            self.transmit(&format!("250-{extension}"), ReplyMeaning::Extension);
        }
        self.transmit("250 HELP", ReplyMeaning::Extension);
    }

    fn answer_mail(&mut self, reverse_path: Option<Address>, size: Option<u64>) -> Result<(), Refusal> {
        if self.client.is_none() {
            return Err((ReplyMeaning::OutOfOrder, "say HELO or EHLO first"));
        }
        if self.envelope.is_some() {
            return Err((ReplyMeaning::OutOfOrder, "there is a sender already; RSET forgets it"));
        }
        if size.is_some_and(|octets| octets > self.config.message_octets_max) {
            return Err((ReplyMeaning::TooLarge, "the message is too large"));
        }
        self.envelope = Some(Envelope { reverse_path, recipients: Vec::new() });
        self.reply(ReplyMeaning::Done, "sender noted");
        Ok(())
    }

    fn answer_rcpt(&mut self, recipient: &Address) -> Result<(), Refusal> {
        let Some(envelope) = &self.envelope else {
            return Err((ReplyMeaning::OutOfOrder, "say MAIL FROM first"));
        };
        if envelope.recipients.len() >= self.config.recipients_max {
            return Err((ReplyMeaning::NoRoomNow, "too many recipients; send the others another message"));
        }
        let is_own = |address: &Address| self.config.domains.iter().any(|domain| address.is_at(domain));
        if is_own(recipient) || recipient.domain.is_empty() {
            // RFC 5321 §4.5.1: there is a postmaster everywhere; the first user is that, if nobody else.
            let users = self.world.users();
            if !recipient.is_postmaster() && mailbox_of(&users, &recipient.local).is_none() || users.is_empty() {
                return Err((ReplyMeaning::NoSuchMailbox, "there is no such mailbox here"));
            }
        } else if !self.config.neighbours.iter().any(|domain| recipient.is_at(domain)) {
            return Err((ReplyMeaning::NoRelay, "I do not know the way to that domain"));
        } else if !self.config.open_relay && !envelope.reverse_path.as_ref().is_some_and(is_own) {
            return Err((ReplyMeaning::NoRelay, "I send mail on only for my own users"));
        }
        if let Some(envelope) = &mut self.envelope
            && !envelope.recipients.contains(&recipient.text)
        {
            envelope.recipients.push(recipient.text.clone());
        }
        self.reply(ReplyMeaning::Done, "recipient noted");
        Ok(())
    }

    fn answer_data(&mut self) -> Result<(), Refusal> {
        if self.envelope.as_ref().is_none_or(|envelope| envelope.recipients.is_empty()) {
            return Err((ReplyMeaning::OutOfOrder, "say MAIL FROM and RCPT TO first"));
        }
        if self.deliveries.len() >= DELIVERIES_MAX {
            return Err((ReplyMeaning::NoRoomNow, "too many messages wait; try again later"));
        }
        self.phase = Phase::Content(Content::default());
        self.reply(ReplyMeaning::SendContent, "go on; a dot alone on a line ends the message");
        Ok(())
    }

    fn handle_content_line(&mut self, line: Result<Vec<u8>, LineTooLong>) {
        let Phase::Content(content) = &mut self.phase else { return };
        match line {
            Ok(line) if line == b"." => {
                self.lines.note(Direction::Client, &line, Meaning::EndOfContent);
                self.finish_message();
            }
            Ok(line) => {
                self.lines.note(Direction::Client, &line, Meaning::Content);
                content.push(&line, self.config.message_octets_max);
            }
            Err(LineTooLong) => {
                self.lines.note_too_long(Meaning::Content);
                content.line_too_long();
            }
        }
    }

    fn finish_message(&mut self) {
        let Phase::Content(content) = mem::replace(&mut self.phase, Phase::Commands) else { return };
        let envelope = self.envelope.take().expect("DATA is answered only where there is an envelope");
        match content.finish() {
            Ok(message) => {
                let received = trace::received(
                    self.client.as_deref().unwrap_or_default(),
                    &self.config.client_address,
                    &self.config.host,
                    self.esmtp,
                    &envelope.recipients,
                    self.now_unix_seconds,
                );
                self.deliveries.push_back(Delivery {
                    reverse_path: envelope.reverse_path.map(|address| address.text).unwrap_or_default(),
                    recipients: envelope.recipients,
                    message: [received.as_bytes(), &message].concat(),
                });
                self.reply(ReplyMeaning::Accepted, "the message is mine now");
            }
            Err((meaning, text)) => self.reply(meaning, text),
        }
    }

    fn reply(&mut self, meaning: ReplyMeaning, text: &str) {
        self.transmit(&format!("{} {text}", meaning.code()), meaning);
    }

    fn transmit(&mut self, line: &str, meaning: ReplyMeaning) {
        self.lines.note(Direction::Server, line.as_bytes(), Meaning::Reply(meaning));
        self.output.push_back(Output::Transmit(format!("{line}\r\n").into_bytes()));
    }

    fn end(&mut self) {
        self.phase = Phase::Over;
        self.envelope = None;
        self.input.clear();
        self.output.push_back(Output::Close);
    }
}

/// The line as it may be seen: what is, or may be, a password or a proof of one is masked (RFC 4954 §4).
fn discreet(line: &[u8], is_response: bool) -> Vec<u8> {
    let text = String::from_utf8_lossy(line);
    let from = if is_response && !matches!(line, b"" | b"*") { Some(0) } else { secret_from(&text) };
    match from.and_then(|from| text.get(..from)) {
        Some(shown) if shown.len() < text.len() => [shown, PASSWORD_MASK].concat().into_bytes(),
        _ => line.to_vec(),
    }
}

/// The user whose mailbox a local part names: exactly, or else but for the case of letters, which RFC 5321 §2.4 leaves to
/// the server.
pub(super) fn mailbox_of<'a>(users: &'a [String], local: &str) -> Option<&'a String> {
    let exact = users.iter().find(|user| *user == local);
    exact.or_else(|| users.iter().find(|user| user.eq_ignore_ascii_case(local)))
}
