//! The client's ear for status lines: what the next line belongs to, and what it means. Knows nothing of when commands
//! are sent; multi-line responses are `body`'s business.

use alloc::vec::Vec;
use core::mem;

use crate::{
    client::{
        Client, Error, Event, InFlight, Limit, Misbehaviour, Origin,
        body::{Listing, Message, Receiving, Rest},
    },
    codec::{
        line::{LineBuffer, ReceivedLine},
        listing::{parse_drop_listing, parse_scan_listing, parse_unique_id_listing},
        status::{Status, parse_status},
    },
    command::CommandName,
    deviation::{Rule, RuleSet},
    limits,
    reply::{Identified, Listed, Refusal, Reply},
    state::{ReplyShape, State},
    transcript::{Line, Meaning},
    types::{LanguageTag, Stamp, printable},
};

impl Client {
    /// Takes one line, or one chunk of a message, from the front of `input`.
    pub(super) fn receive(&mut self, input: &mut &[u8]) -> Result<(), Error> {
        let (octets_max, limit) = match self.receiving {
            Receiving::Message(_) => return self.receive_message(input),
            Receiving::Listing(_) => (limits::LISTING_LINE_OCTETS_MAX, Limit::ListingLine),
            Receiving::Status | Receiving::Rest(_) if self.exchanging() => {
                (limits::SASL_LINE_OCTETS_MAX, Limit::Exchange)
            }
            Receiving::Rest(_) => (limits::LISTING_LINE_OCTETS_MAX, Limit::ListingLine),
            Receiving::Status => (limits::STATUS_LINE_OCTETS_MAX, Limit::StatusLine),
        };
        // The buffer steps aside so that the line can be read while the client changes; it comes back in any case.
        let mut buffer: LineBuffer = mem::take(&mut self.line);
        let result = match buffer.take_line(input, octets_max) {
            Ok(Some(line)) => match mem::replace(&mut self.receiving, Receiving::Status) {
                Receiving::Listing(listing) => self.receive_listing_line(listing, line),
                Receiving::Rest(rest) if rest.takes(&line) => self.receive_rest_line(rest, line),
                Receiving::Status | Receiving::Message(_) | Receiving::Rest(_) => self.receive_status_line(line),
            },
            Ok(None) => Ok(()),
            Err(_) => Err(Error::LimitExceeded(limit)),
        };
        self.line = buffer;
        result
    }

    pub(super) fn exchanging(&self) -> bool {
        self.in_flight.front().is_some_and(|sent| sent.shape == ReplyShape::Exchange)
    }

    fn receive_status_line(&mut self, line: ReceivedLine<'_>) -> Result<(), Error> {
        // Some servers send a stray line end before a status line; it says nothing.
        if line.content.is_empty() {
            return self.deviate(Rule::EmptyLine, b"");
        }
        if self.exchanging() && self.receive_exchange_line(line)? {
            return Ok(());
        }
        let Some(status) = parse_status(line.content, self.understanding()) else {
            self.record_received(Meaning::Unexpected, line);
            let shown = line.content.get(..limits::TRANSCRIPT_LINE_CHARS_MAX).unwrap_or(line.content);
            return Err(Error::PeerMisbehaved(Misbehaviour::NoStatusIndicator { line: printable(shown) }));
        };
        if self.state == State::Greeting {
            return self.receive_greeting(status, line);
        }
        let Some(sent) = self.in_flight.front().copied() else { return self.receive_unasked(status, line) };
        if sent.origin == Origin::Unknown || (sent.origin == Origin::Resembling && !status.accepted) {
            self.record_received(Meaning::Unexpected, line);
            self.deviate_status(&status, line)?;
            self.complete(status.accepted, Reply::ToUnknown { accepted: status.accepted, text: status.text });
            return Ok(());
        }
        let meaning = if status.accepted { Meaning::Accepted(sent.name) } else { Meaning::Refused(sent.name) };
        self.record_received(meaning, line);
        self.deviate_status(&status, line)?;
        if status.accepted {
            if sent.origin == Origin::Resembling {
                self.deviate(Rule::MalformedAccepted, line.content)?;
            }
            return self.receive_accepted(&sent, &status);
        }
        let aborted = if sent.shape == ReplyShape::Exchange { self.take_exchange_fault() } else { None };
        let refusal = Refusal { command: sent.name, code: status.code, text: status.text };
        self.complete(false, aborted.unwrap_or(Reply::Refused(refusal)));
        Ok(())
    }

    /// A line within an exchange. True if it was a challenge.
    fn receive_exchange_line(&mut self, line: ReceivedLine<'_>) -> Result<bool, Error> {
        let Some(rest) = line.content.strip_prefix(b"+") else { return Ok(false) };
        let challenge = match rest.strip_prefix(b"OK") {
            None => rest,
            Some(text) => {
                if !self.client_must_speak_first() {
                    return Ok(false);
                }
                self.record_received(Meaning::Challenge(CommandName::Auth), line);
                self.deviate(Rule::ContinuationAsOk, line.content)?;
                self.receive_challenge(text)?;
                return Ok(true);
            }
        };
        self.record_received(Meaning::Challenge(CommandName::Auth), line);
        if line.bare_line_feed {
            self.deviate(Rule::BareLineFeed, line.content)?;
        }
        self.receive_challenge(challenge)?;
        Ok(true)
    }

    fn receive_greeting(&mut self, status: Status, line: ReceivedLine<'_>) -> Result<(), Error> {
        let meaning = if status.accepted { Meaning::Greeting } else { Meaning::GreetingRefused };
        self.record_received(meaning, line);
        self.deviate_status(&status, line)?;
        self.reported = RuleSet::default();
        if status.accepted {
            self.state = State::Authorization;
            self.stamp = Stamp::find(&status.text);
            self.event(Event::Greeting { text: status.text });
        } else {
            self.state = State::Closed;
            self.drop_commands();
            self.event(Event::GreetingRefused { text: status.text });
        }
        Ok(())
    }

    /// A reply although nothing was asked. `-ERR` is how servers say that they hang up. `+OK` means that the command
    /// before was answered twice: with nothing in flight no harm is done yet, and from here on nothing is sent ahead.
    /// Before the login it is no slip that can be excused: whoever can inject a reply there wants it taken for another.
    fn receive_unasked(&mut self, status: Status, line: ReceivedLine<'_>) -> Result<(), Error> {
        self.record_received(Meaning::Unexpected, line);
        self.one_at_a_time = true;
        if status.accepted && matches!(self.state, State::Authorization | State::UserGiven) {
            return Err(Error::PeerMisbehaved(Misbehaviour::UnsolicitedReply));
        }
        if status.accepted {
            self.deviate(Rule::AnsweredTwice, line.content)?;
        } else {
            self.deviate(Rule::UnaskedRefusal, line.content)?;
            self.event(Event::Unsolicited { text: status.text });
        }
        self.reported = RuleSet::default();
        Ok(())
    }

    fn deviate_status(&mut self, status: &Status, line: ReceivedLine<'_>) -> Result<(), Error> {
        if line.octets > limits::STATUS_LINE_OCTETS {
            self.deviate(Rule::StatusLineLong, line.content)?;
        }
        if line.bare_line_feed {
            self.deviate(Rule::BareLineFeed, line.content)?;
        }
        self.deviate_all(status.faults, line.content)
    }

    /// `+OK`: the end of most replies, the beginning of a multi-line response.
    fn receive_accepted(&mut self, sent: &InFlight, status: &Status) -> Result<(), Error> {
        match sent.shape {
            ReplyShape::SingleLine => {
                let mut faults = RuleSet::default();
                let reply = single_line_reply(sent, status, &mut faults);
                if sent.origin == Origin::Resembling {
                    // What it says of a message may be of another one than the line's, and it may be the first of many lines.
                    let unclear = self.listing_may_follow(sent.name);
                    let reply = reply.ok().filter(|_| !unclear);
                    let unknown = Reply::ToUnknown { accepted: true, text: status.text.clone() };
                    self.complete(true, reply.unwrap_or(unknown));
                    return Ok(());
                }
                let reply = reply?;
                self.deviate_all(faults, status.text.as_bytes())?;
                self.complete(true, reply);
            }
            ReplyShape::Exchange => return self.receive_login_accepted(),
            ReplyShape::Listing => self.receiving = Receiving::Listing(Listing::of(sent.name)),
            ReplyShape::Message => self.receiving = Receiving::Message(Message::default()),
        }
        Ok(())
    }

    /// Whether a server may have passed over the argument. True if the line says nothing without it.
    fn listing_may_follow(&mut self, command: CommandName) -> bool {
        let is_listing = matches!(command, CommandName::ListOne | CommandName::UidlOne | CommandName::LangOne);
        if is_listing {
            self.receiving = Receiving::Rest(Rest::of(command));
        }
        is_listing && command != CommandName::LangOne
    }

    pub(super) fn record_received(&mut self, meaning: Meaning, line: ReceivedLine<'_>) {
        self.event(Event::Line(Line::received(self.state, meaning, (&line).into())));
    }
}

fn single_line_reply(sent: &InFlight, status: &Status, faults: &mut RuleSet) -> Result<Reply, Error> {
    let bad = || Error::PeerMisbehaved(Misbehaviour::BadReply(sent.name));
    let text = status.text.as_bytes();
    Ok(match sent.name {
        CommandName::User => Reply::UserAccepted,
        CommandName::Pass | CommandName::Apop => Reply::LoggedIn,
        CommandName::Stls => Reply::TlsNext,
        CommandName::Utf8 => Reply::Utf8Spoken,
        CommandName::LangOne => {
            let tag = text.split(u8::is_ascii_whitespace).next().and_then(LanguageTag::parse);
            Reply::LanguageSpoken { tag }
        }
        CommandName::Stat => {
            let (count, octets) = parse_drop_listing(text, faults).ok_or_else(bad)?;
            Reply::Stat { count, octets }
        }
        CommandName::ListOne => {
            let (number, octets) = parse_scan_listing(text, faults).ok_or_else(bad)?;
            desynchronised(sent, sent.number != Some(number))?;
            Reply::List(Vec::from([Listed { number, octets }]))
        }
        CommandName::UidlOne => {
            let (number, unique_id) = parse_unique_id_listing(text, faults).ok_or_else(bad)?;
            desynchronised(sent, sent.number != Some(number))?;
            Reply::Uidl(unique_id.map(|unique_id| Identified { number, unique_id }).into_iter().collect())
        }
        CommandName::Dele => Reply::Marked(sent.number.ok_or_else(bad)?),
        CommandName::Rset => Reply::MarksTakenBack,
        CommandName::Noop => Reply::StillThere,
        CommandName::Quit => Reply::Goodbye,
        // Of other shapes by the table.
        CommandName::Auth
        | CommandName::AuthList
        | CommandName::Capa
        | CommandName::Lang
        | CommandName::List
        | CommandName::Uidl
        | CommandName::Top
        | CommandName::Retr => return Err(bad()),
    })
}

/// An answer about another message than the one that was asked for belongs to another command.
fn desynchronised(sent: &InFlight, other: bool) -> Result<(), Error> {
    if other { Err(Error::PeerMisbehaved(Misbehaviour::Desynchronised(sent.name))) } else { Ok(()) }
}
