//! What the server says to each command. The transition table has already let it pass.

use alloc::{format, string::String, vec::Vec};

use crate::{
    codec::multiline::TERMINATOR,
    command::Command,
    reply::{ResponseCode, SystemFault},
    server::{
        Maildrop, Server,
        reply::{Item, Listing, Stream},
        text::{Language, Text},
    },
    state::State,
    types::{LanguageTag, MessageNumber},
};

impl<D: Maildrop> Server<D> {
    /// Says whether it was `+OK`.
    pub(super) fn answer(&mut self, command: &Command) -> bool {
        match command {
            _ if !self.offers(command) => self.refuse(Text::NotOffered),
            Command::Capa => {
                let lines = self.capabilities().lines;
                self.accept_lines(Text::Capabilities, lines)
            }
            Command::User(user) => self.answer_user(user),
            Command::Pass(password) => self.answer_pass(password.expose()),
            Command::Apop { user, digest } => self.answer_apop(user, digest),
            Command::Auth { mechanism, initial_response } => self.answer_auth(mechanism, initial_response.as_ref()),
            Command::AuthList => self.answer_auth_list(),
            Command::Stls => self.answer_stls(),
            Command::Utf8 if self.config.utf8.is_some() => {
                self.utf8 = true;
                self.accept(Text::Utf8)
            }
            Command::Utf8 => self.refuse(Text::NotOffered),
            Command::Lang(range) => self.answer_lang(range.as_ref()),
            Command::Stat => {
                let (count, octets) = self.totals();
                self.say(&format!("+OK {} {}", self.lies.count(count), self.lies.size(octets)));
                true
            }
            Command::List(number) => self.answer_listing(Listing::Sizes, *number),
            Command::Uidl(number) => self.answer_listing(Listing::UniqueIds, *number),
            Command::Retr(number) => self.answer_message(*number, None),
            Command::Top { number, lines } => self.answer_message(*number, Some(*lines)),
            Command::Dele(number) => self.answer_dele(*number),
            Command::Rset => {
                self.marked.fill(false);
                let (count, octets) = self.totals();
                self.accept(Text::MarksTakenBack { count, octets })
            }
            Command::Noop => self.accept(Text::StillHere),
            Command::Quit => self.answer_quit(),
        }
    }

    /// What a server of RFC 1939 may leave out, with what came later.
    fn offers(&self, command: &Command) -> bool {
        match command {
            Command::Capa => self.config.capa,
            Command::Top { .. } => self.config.top,
            Command::Uidl(_) => self.config.uidl,
            _ => true,
        }
    }

    fn accept_lines(&mut self, title: Text, lines: impl IntoIterator<Item = String>) -> bool {
        let mut reply = format!("+OK {}\r\n", title.in_language(self.language));
        for line in lines {
            reply.push_str(&line);
            reply.push_str("\r\n");
        }
        let mut reply = reply.into_bytes();
        reply.extend_from_slice(TERMINATOR);
        self.queue.push_back(Item::Octets(reply));
        true
    }

    /// AUTH without argument, as before CAPA; servers still answer it for old clients.
    fn answer_auth_list(&mut self) -> bool {
        let mechanisms = self.mechanisms();
        if mechanisms.is_empty() {
            return self.refuse(Text::NotOffered);
        }
        self.accept_lines(Text::Mechanisms, mechanisms.into_iter().map(|mechanism| mechanism.as_str().into()))
    }

    /// RFC 6856 §3.2: the list, or the tag that is spoken from here on, already in that language.
    fn answer_lang(&mut self, range: Option<&LanguageTag>) -> bool {
        if !self.config.lang {
            return self.refuse(Text::NotOffered);
        }
        let Some(range) = range else {
            let lines = Language::ALL.map(|language| format!("{} {}", language.tag(), language.name()));
            return self.accept_lines(Text::Languages, lines);
        };
        let Some(language) = Language::find(range) else { return self.refuse(Text::LanguageUnknown) };
        self.language = language;
        self.say(&format!("+OK {} {}", language.tag(), Text::LanguageSpoken.in_language(language)));
        true
    }

    /// LIST and UIDL: one line about one message, or a line for each that is not marked (RFC 1939 §5).
    fn answer_listing(&mut self, listing: Listing, number: Option<MessageNumber>) -> bool {
        if let Some(number) = number {
            let number = self.present(number);
            let line = number.and_then(|number| listing.line(&self.maildrop, number, &self.lies));
            return match line {
                Some(line) => {
                    self.say(&format!("+OK {line}"));
                    true
                }
                None => self.refuse(Text::NoSuchMessage),
            };
        }
        let (count, octets) = self.totals();
        let (count, octets) = (self.lies.count(count), self.lies.size(octets));
        self.accept(match listing {
            Listing::Sizes => Text::Sizes { count, octets },
            Listing::UniqueIds => Text::UniqueIds { count, octets },
        });
        self.queue.push_back(Item::Stream(Stream::listing(listing, self.lies)));
        true
    }

    fn answer_message(&mut self, number: MessageNumber, body_lines: Option<u32>) -> bool {
        let Some(number) = self.present(number) else { return self.refuse(Text::NoSuchMessage) };
        let message = self.maildrop.message(number);
        // RFC 6856 §4: what needs UTF-8 goes to those who asked for it; elsewhere it is refused, with its code (§5).
        if self.config.utf8.is_some() && !self.utf8 && header_needs_utf8(message) {
            return self.refuse_with(&ResponseCode::Utf8, Text::NeedsUtf8);
        }
        let stream = Stream::message(message, number, body_lines, self.lies);
        self.accept(match body_lines {
            None => Text::MessageOctets(self.lies.size(self.maildrop.octets(number))),
            Some(_) => Text::Top,
        });
        self.queue.push_back(Item::Stream(stream));
        true
    }

    fn answer_dele(&mut self, number: MessageNumber) -> bool {
        match self.marked.get_mut(number.index()) {
            Some(marked @ false) => {
                *marked = true;
                self.accept(Text::Marked(number))
            }
            Some(true) | None => self.refuse(Text::NoSuchMessage),
        }
    }

    fn answer_quit(&mut self) -> bool {
        if self.state != State::Transaction {
            return self.accept(Text::Goodbye);
        }
        let numbers = (0..self.marked.len()).filter_map(MessageNumber::from_index);
        let doomed: Vec<MessageNumber> =
            numbers.filter(|number| self.marked.get(number.index()) == Some(&true)).collect();
        let marked = doomed.len();
        match self.maildrop.commit(&doomed) {
            Ok(()) => self.accept(Text::Deleted { marked }),
            Err(failure) => self.refuse_with(
                &ResponseCode::System(SystemFault::Temporary),
                Text::DeletedPartly { marked, removed: failure.removed },
            ),
        }
    }

    /// The number, if there is such a message and it is not marked.
    fn present(&self, number: MessageNumber) -> Option<MessageNumber> {
        (self.marked.get(number.index()) == Some(&false)).then_some(number)
    }

    /// Messages that are not marked, and their octets: STAT counts no others (RFC 1939 §5).
    pub(super) fn totals(&self) -> (usize, u64) {
        let present = self.marked.iter().enumerate().filter(|(_, marked)| !**marked);
        let numbers = present.filter_map(|(index, _)| MessageNumber::from_index(index));
        numbers.fold((0, 0), |(count, octets), number| (count + 1, octets + self.maildrop.octets(number)))
    }
}

/// Whether the header holds octets outside ASCII (RFC 6532). A body may do so since MIME, and needs nothing for it.
fn header_needs_utf8(message: &[u8]) -> bool {
    let lines = message.split_inclusive(|&octet| octet == b'\n');
    lines.take_while(|line| *line != b"\r\n" && *line != b"\n").any(|line| !line.is_ascii())
}
