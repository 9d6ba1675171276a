//! What the server says to each command. The transition table has already let it pass.

use alloc::{format, string::String, vec::Vec};

use crate::{
    codec::multiline::TERMINATOR,
    command::Command,
    server::{Body, LoginRefusal, Maildrop, Output, Server, Tls},
    state::State,
    types::MessageNumber,
};

impl<D: Maildrop> Server<D> {
    /// Says whether it was `+OK`.
    pub(super) fn answer(&mut self, command: &Command) -> bool {
        match command {
            Command::Capa => self.answer_capa(),
            Command::User(user) => {
                self.user = user.as_str().into();
                // Whether there is such a user is told only together with the password (RFC 1939 §13).
                self.accept("now the password")
            }
            Command::Pass(password) => self.answer_pass(password.expose()),
            Command::Stls => self.answer_stls(),
            Command::Stat => {
                let (count, octets) = self.totals();
                self.accept(&format!("{count} {octets}"))
            }
            Command::List(number) => self
                .answer_listing(*number, "octets", |maildrop, number| format!("{number} {}", maildrop.octets(number))),
            Command::Uidl(number) => self.answer_listing(*number, "unique-ids follow", |maildrop, number| {
                format!("{number} {}", maildrop.unique_id(number).as_str())
            }),
            Command::Retr(number) => self.answer_message(*number, None),
            Command::Top { number, lines } => self.answer_message(*number, Some(*lines)),
            Command::Dele(number) => self.answer_dele(*number),
            Command::Rset => {
                self.marked.fill(false);
                let (count, octets) = self.totals();
                self.accept(&format!("no message is marked; maildrop has {count} messages ({octets} octets)"))
            }
            Command::Noop => self.accept("still here"),
            Command::Quit => self.answer_quit(),
        }
    }

    fn answer_capa(&mut self) -> bool {
        let mut text = String::from("+OK capabilities follow\r\nTOP\r\nUIDL\r\nRESP-CODES\r\nPIPELINING\r\nUSER\r\n");
        if self.config.stls && self.tls == Tls::Off {
            text.push_str("STLS\r\n");
        }
        text.push_str("IMPLEMENTATION Popglass\r\n");
        let mut reply = text.into_bytes();
        reply.extend_from_slice(TERMINATOR);
        self.outputs.push_back(Output::Transmit(reply));
        true
    }

    fn answer_pass(&mut self, password: &str) -> bool {
        match self.maildrop.open(&self.user, password) {
            Ok(()) => {
                self.marked = Vec::from_iter((0..self.maildrop.message_count()).map(|_| false));
                let (count, octets) = self.totals();
                self.accept(&format!("maildrop locked and ready, {count} messages ({octets} octets)"))
            }
            Err(LoginRefusal::Credentials) => {
                self.failed_logins += 1;
                self.refuse("[AUTH] user name or password is wrong")
            }
            Err(LoginRefusal::InUse) => self.refuse("[IN-USE] another session has this maildrop open"),
        }
    }

    fn answer_stls(&mut self) -> bool {
        if !self.config.stls || self.tls != Tls::Off {
            return self.refuse("TLS cannot be started here");
        }
        self.accept("begin TLS now");
        self.user.clear();
        self.tls = Tls::Starting;
        self.outputs.push_back(Output::UpgradeTls);
        true
    }

    /// LIST and UIDL: one line about one message, or a line for each that is not marked (RFC 1939 §5).
    fn answer_listing(
        &mut self,
        number: Option<MessageNumber>,
        title: &str,
        line: fn(&D, MessageNumber) -> String,
    ) -> bool {
        if let Some(number) = number {
            return match self.present(number) {
                Some(number) => {
                    let text = line(&self.maildrop, number);
                    self.accept(&text)
                }
                None => self.refuse_missing(),
            };
        }
        let (count, octets) = self.totals();
        let mut reply = format!("+OK {count} messages ({octets} octets), {title}\r\n");
        for number in self.present_numbers() {
            reply.push_str(&line(&self.maildrop, number));
            reply.push_str("\r\n");
        }
        let mut reply = reply.into_bytes();
        reply.extend_from_slice(TERMINATOR);
        self.outputs.push_back(Output::Transmit(reply));
        true
    }

    fn answer_message(&mut self, number: MessageNumber, body_lines: Option<u32>) -> bool {
        let Some(number) = self.present(number) else { return self.refuse_missing() };
        match body_lines {
            None => self.accept(&format!("{} octets", self.maildrop.octets(number))),
            Some(_) => self.accept("top of message follows"),
        };
        self.body = Some(Body::new(self.maildrop.message(number), number, body_lines));
        true
    }

    fn answer_dele(&mut self, number: MessageNumber) -> bool {
        match self.marked.get_mut(number.index()) {
            Some(marked @ false) => {
                *marked = true;
                self.accept(&format!("message {number} is marked, QUIT deletes it"))
            }
            Some(true) | None => self.refuse_missing(),
        }
    }

    fn answer_quit(&mut self) -> bool {
        let marked: Vec<MessageNumber> =
            self.numbers().filter(|number| self.marked.get(number.index()) == Some(&true)).collect();
        if self.state != State::Transaction {
            return self.accept("goodbye");
        }
        match self.maildrop.commit(&marked) {
            Ok(()) => self.accept(&format!("goodbye, {} messages deleted", marked.len())),
            Err(failure) => self.refuse(&format!(
                "[SYS/TEMP] only {} of {} marked messages could be deleted",
                failure.removed,
                marked.len()
            )),
        }
    }

    fn refuse_missing(&mut self) -> bool {
        self.refuse("no such message")
    }

    /// The number, if there is such a message and it is not marked.
    fn present(&self, number: MessageNumber) -> Option<MessageNumber> {
        (self.marked.get(number.index()) == Some(&false)).then_some(number)
    }

    fn numbers(&self) -> impl Iterator<Item = MessageNumber> + use<D> {
        (0..self.marked.len()).filter_map(MessageNumber::from_index)
    }

    fn present_numbers(&self) -> impl Iterator<Item = MessageNumber> + '_ {
        self.numbers().filter(|number| self.present(*number).is_some())
    }

    /// Messages that are not marked, and their octets: STAT counts no others (RFC 1939 §5).
    fn totals(&self) -> (usize, u64) {
        self.present_numbers()
            .fold((0, 0), |(count, octets), number| (count + 1, octets + self.maildrop.octets(number)))
    }
}
