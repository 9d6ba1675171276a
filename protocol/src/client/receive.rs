//! The client's ear: which kind of line comes next, and what it means. Knows nothing of when commands are sent.

use alloc::vec::Vec;
use core::mem;

use crate::{
    client::{Client, Error, Event, InFlight, Limit, Misbehaviour},
    codec::{
        capability::add_capability,
        line::{LineBuffer, ReceivedLine},
        listing::{parse_drop_listing, parse_scan_listing, parse_unique_id_listing},
        multiline::Unstuffer,
        status::{Status, parse_status},
    },
    command::CommandName,
    limits,
    reply::{Capabilities, Identified, Listed, Refusal, Reply},
    state::{ReplyShape, State},
    transcript::{Direction, Line, Meaning},
    types::printable,
};

/// What the next octet belongs to.
#[derive(Debug)]
pub(super) enum Receiving {
    /// A status line.
    Status,
    /// A line of CAPA, LIST or UIDL.
    Listing(Listing),
    /// A message.
    Message(Unstuffer),
}

/// A listing as far as it has come.
#[derive(Debug)]
pub(super) enum Listing {
    Capabilities(Capabilities),
    List(Vec<Listed>),
    Uidl(Vec<Identified>),
}

impl Client {
    /// Takes one line, or one chunk of a message, from the front of `input`.
    pub(super) fn receive(&mut self, input: &mut &[u8]) -> Result<(), Error> {
        if let Receiving::Message(_) = self.receiving {
            return self.receive_message(input);
        }
        let (octets_max, limit) = match self.receiving {
            Receiving::Listing(_) => (limits::LISTING_LINE_OCTETS_MAX, Limit::ListingLine),
            Receiving::Status | Receiving::Message(_) => (limits::STATUS_LINE_OCTETS_MAX, Limit::StatusLine),
        };
        // The buffer steps aside so that the line can be read while the client changes; it comes back in any case.
        let mut buffer: LineBuffer = mem::take(&mut self.line);
        let result = match buffer.take_line(input, octets_max) {
            Ok(Some(line)) => match mem::replace(&mut self.receiving, Receiving::Status) {
                Receiving::Listing(listing) => self.receive_listing_line(listing, line),
                Receiving::Status | Receiving::Message(_) => self.receive_status_line(line),
            },
            Ok(None) => Ok(()),
            Err(_) => Err(Error::LimitExceeded(limit)),
        };
        self.line = buffer;
        result
    }

    fn receive_status_line(&mut self, line: ReceivedLine<'_>) -> Result<(), Error> {
        // Some servers send a stray line end before a status line; it says nothing.
        if line.content.is_empty() {
            return Ok(());
        }
        let Some(status) = parse_status(line.content, self.capabilities.response_codes) else {
            self.record_received(Meaning::Unexpected, line);
            let shown = line.content.get(..limits::TRANSCRIPT_LINE_CHARS_MAX).unwrap_or(line.content);
            return Err(Error::PeerMisbehaved(Misbehaviour::NoStatusIndicator { line: printable(shown) }));
        };
        if self.state == State::Greeting {
            self.receive_greeting(status, line);
            return Ok(());
        }
        let Some(sent) = self.in_flight.front().cloned() else {
            self.record_received(Meaning::Unexpected, line);
            if status.accepted {
                return Err(Error::PeerMisbehaved(Misbehaviour::UnsolicitedReply));
            }
            self.event(Event::Unsolicited { text: status.text });
            return Ok(());
        };
        if status.accepted {
            self.record_received(Meaning::Accepted(sent.name), line);
            self.receive_accepted(&sent, &status)
        } else {
            self.record_received(Meaning::Refused(sent.name), line);
            let refusal = Refusal { command: sent.name, code: status.code, text: status.text };
            self.complete(false, Reply::Refused(refusal));
            Ok(())
        }
    }

    fn receive_greeting(&mut self, status: Status, line: ReceivedLine<'_>) {
        if status.accepted {
            self.record_received(Meaning::Greeting, line);
            self.state = State::Authorization;
            self.event(Event::Greeting { text: status.text });
        } else {
            self.record_received(Meaning::GreetingRefused, line);
            self.state = State::Closed;
            self.queue.clear();
            self.event(Event::GreetingRefused { text: status.text });
        }
    }

    /// `+OK`: the end of most replies, the beginning of a multi-line response.
    fn receive_accepted(&mut self, sent: &InFlight, status: &Status) -> Result<(), Error> {
        match sent.shape {
            ReplyShape::SingleLine => {
                let reply = single_line_reply(sent, status)?;
                self.complete(true, reply);
            }
            ReplyShape::Listing => {
                self.receiving = Receiving::Listing(match sent.name {
                    CommandName::List => Listing::List(Vec::new()),
                    CommandName::Uidl => Listing::Uidl(Vec::new()),
                    _ => Listing::Capabilities(Capabilities::default()),
                });
            }
            ReplyShape::Message => self.receiving = Receiving::Message(Unstuffer::default()),
        }
        Ok(())
    }

    fn receive_listing_line(&mut self, mut listing: Listing, line: ReceivedLine<'_>) -> Result<(), Error> {
        let Some(sent) = self.in_flight.front().cloned() else { return Ok(()) };
        self.record_body(sent.name, &[line.content, b"\n"].concat(), line.octets);
        if line.content == b"." {
            self.record_body_end(sent.name);
            self.complete(true, listing.into_reply());
            return Ok(());
        }
        // A listing is stuffed like a message; no entry begins with a dot, so a lone one more is all there can be.
        let content =
            line.content.strip_prefix(b".").filter(|rest| rest.first() == Some(&b'.')).unwrap_or(line.content);
        listing.add(content, sent.name)?;
        self.receiving = Receiving::Listing(listing);
        Ok(())
    }

    fn receive_message(&mut self, input: &mut &[u8]) -> Result<(), Error> {
        let Some(sent) = self.in_flight.front().cloned() else { return Ok(()) };
        let Receiving::Message(unstuffer) = &mut self.receiving else { return Ok(()) };
        let before = *input;
        let mut octets = Vec::new();
        let ended = unstuffer.decode(input, &mut octets, limits::CHUNK_OCTETS_MAX);
        let octets_total = unstuffer.octets();
        let (taken, _) = before.split_at(before.len() - input.len());
        self.record_body(sent.name, taken, taken.len());
        if octets_total > limits::MESSAGE_OCTETS_MAX {
            return Err(Error::LimitExceeded(Limit::Message));
        }
        let Some(number) = sent.number else { return Ok(()) };
        if !octets.is_empty() {
            self.event(Event::Chunk { id: sent.id, number, octets, octets_total });
        }
        if ended {
            self.receiving = Receiving::Status;
            self.record_body_end(sent.name);
            self.complete(true, Reply::MessageEnd { number, octets: octets_total });
        }
        Ok(())
    }

    fn record_received(&mut self, meaning: Meaning, line: ReceivedLine<'_>) {
        let line = Line::received(Direction::ServerToClient, self.state, meaning, line.content, line.octets as u64);
        self.event(Event::Line(line));
    }

    fn record_body(&mut self, command: CommandName, wire: &[u8], octets: usize) {
        let lines = self.recorder.take(self.state, command, wire, octets);
        for line in lines {
            self.event(Event::Line(line));
        }
    }

    fn record_body_end(&mut self, command: CommandName) {
        let lines = mem::take(&mut self.recorder).finish(self.state, command);
        for line in lines {
            self.event(Event::Line(line));
        }
    }
}

impl Listing {
    fn add(&mut self, line: &[u8], command: CommandName) -> Result<(), Error> {
        let bad = || Error::PeerMisbehaved(Misbehaviour::BadReply(command));
        let (entries, entries_max) = match self {
            Self::Capabilities(capabilities) => {
                add_capability(capabilities, line);
                (capabilities.lines.len(), limits::CAPABILITIES_MAX)
            }
            Self::List(listed) => {
                let (number, octets) = parse_scan_listing(line).ok_or_else(bad)?;
                listed.push(Listed { number, octets });
                (listed.len(), limits::LISTING_ENTRIES_MAX)
            }
            Self::Uidl(identified) => {
                let (number, unique_id) = parse_unique_id_listing(line).ok_or_else(bad)?;
                // A message without an id is a message without an id: it can be read, only not recognised again.
                identified.extend(unique_id.map(|unique_id| Identified { number, unique_id }));
                (identified.len(), limits::LISTING_ENTRIES_MAX)
            }
        };
        if entries > entries_max { Err(Error::LimitExceeded(Limit::ListingEntries)) } else { Ok(()) }
    }

    fn into_reply(self) -> Reply {
        match self {
            Self::Capabilities(capabilities) => Reply::Capabilities(capabilities),
            Self::List(listed) => Reply::List(listed),
            Self::Uidl(identified) => Reply::Uidl(identified),
        }
    }
}

fn single_line_reply(sent: &InFlight, status: &Status) -> Result<Reply, Error> {
    let bad = || Error::PeerMisbehaved(Misbehaviour::BadReply(sent.name));
    let text = status.text.as_bytes();
    Ok(match sent.name {
        CommandName::User => Reply::UserAccepted,
        CommandName::Pass => Reply::LoggedIn,
        CommandName::Stls => Reply::TlsNext,
        CommandName::Stat => {
            let (count, octets) = parse_drop_listing(text).ok_or_else(bad)?;
            Reply::Stat { count, octets }
        }
        CommandName::ListOne => {
            let (number, octets) = parse_scan_listing(text).ok_or_else(bad)?;
            Reply::List(Vec::from([Listed { number, octets }]))
        }
        CommandName::UidlOne => {
            let (number, unique_id) = parse_unique_id_listing(text).ok_or_else(bad)?;
            Reply::Uidl(unique_id.map(|unique_id| Identified { number, unique_id }).into_iter().collect())
        }
        CommandName::Dele => Reply::Marked(sent.number.ok_or_else(bad)?),
        CommandName::Rset => Reply::MarksTakenBack,
        CommandName::Noop => Reply::StillThere,
        CommandName::Quit => Reply::Goodbye,
        // Multi-line by the table.
        CommandName::Capa | CommandName::List | CommandName::Uidl | CommandName::Top | CommandName::Retr => {
            return Err(bad());
        }
    })
}
