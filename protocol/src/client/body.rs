//! The client's ear for multi-line responses: listings entry by entry, messages chunk by chunk. Knows no status lines.

use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec::Vec,
};
use core::mem;

use crate::{
    client::{Client, Error, Event, InFlight, Limit, Misbehaviour},
    codec::{
        capability::add_capability,
        line::ReceivedLine,
        listing::{parse_scan_listing, parse_unique_id_listing},
        multiline::Unstuffer,
        scan::find_line_feed,
    },
    command::CommandName,
    deviation::{Rule, RuleSet},
    limits,
    reply::{Capabilities, Identified, Language, Listed, Reply},
    sasl::MechanismName,
    types::{LanguageTag, MessageNumber, Octets, printable},
};

/// What the next octet belongs to.
#[derive(Debug)]
pub(super) enum Receiving {
    /// A status line.
    Status,
    /// A line of a listing.
    Listing(Box<Listing>),
    /// A message.
    Message(Message),
    /// A status line, or a line of a listing that nobody knows whether it comes.
    Rest(Rest),
}

/// What may follow `+OK` to a line like `LIST  1`, which one server answers by one line and another by all: the lines of
/// a listing begin with no `+` and no `-`, and status lines do, so the first line tells.
#[derive(Debug)]
pub(super) struct Rest {
    command: CommandName,
    lines: u64,
    octets: u64,
}

/// A listing as far as it has come.
#[derive(Debug)]
pub(super) struct Listing {
    entries: Entries,
    lines: u64,
    octets: u64,
    /// The number of the entry before; numbers count from 1.
    number_before: u32,
}

#[derive(Debug)]
enum Entries {
    Capabilities(Capabilities),
    Mechanisms(Vec<MechanismName>),
    Languages(Vec<Language>),
    List(Vec<Listed>),
    Uidl(Vec<Identified>),
}

/// A message as far as it has come.
#[derive(Debug, Default)]
pub(super) struct Message {
    unstuffer: Unstuffer,
    /// The first line, gathered only while it may yet turn out to be a status line.
    first_line: FirstLine,
}

/// A status line within a message is the sign of a server that mixed two replies up.
#[derive(Debug, Default)]
enum FirstLine {
    #[default]
    Unseen,
    Begun(Vec<u8>),
    /// It looks like a status line of so many octets.
    Status(u64),
    Content,
}

impl Client {
    pub(super) fn receive_listing_line(
        &mut self,
        mut listing: Box<Listing>,
        line: ReceivedLine<'_>,
    ) -> Result<(), Error> {
        let Some(sent) = self.in_flight.front().copied() else { return Ok(()) };
        let octets = line.octets as u64;
        if line.bare_line_feed {
            self.deviate(Rule::BareLineFeed, line.content)?;
        }
        if line.content == b"." {
            self.recorder.add_octets(octets);
            return self.end_listing(*listing, &sent, line.wire);
        }
        let shown = self.recorder.take_line(self.state, sent.name, &line);
        if let Some(shown) = shown {
            self.event(Event::Line(shown));
        }
        // A listing is stuffed like a message; no entry begins with a dot, so a lone one more is all there can be.
        let content =
            line.content.strip_prefix(b".").filter(|rest| rest.first() == Some(&b'.')).unwrap_or(line.content);
        listing.octets += octets;
        if listing.octets > limits::LISTING_OCTETS_MAX {
            return Err(Error::LimitExceeded(Limit::ListingEntries));
        }
        let mut faults = RuleSet::default();
        listing.add(content, sent.name, self.marked, &mut faults)?;
        self.deviate_all(faults, content)?;
        self.receiving = Receiving::Listing(listing);
        Ok(())
    }

    fn end_listing(&mut self, listing: Listing, sent: &InFlight, terminator: &[u8]) -> Result<(), Error> {
        self.record_body_end(sent.name, listing.lines, terminator);
        let count = self.count.filter(|_| !self.marked);
        match &listing.entries {
            Entries::List(listed) if count.is_some_and(|count| count != listed.len() as u64) => {
                self.deviate(Rule::CountWrong, listed.len().to_string().as_bytes())?;
            }
            Entries::Uidl(identified) => {
                if let Some(repeated) = repeated_unique_id(identified) {
                    self.deviate(Rule::UniqueIdRepeated, repeated.unique_id.as_str().as_bytes())?;
                }
                if count.is_some_and(|count| count > identified.len() as u64) {
                    self.deviate(Rule::UniqueIdMissing, b"")?;
                }
            }
            _ => {}
        }
        self.complete(true, listing.into_reply());
        Ok(())
    }

    /// The line behind `+OK` to a line that resembles LIST, UIDL or LANG, or one behind that.
    pub(super) fn receive_rest_line(&mut self, mut rest: Rest, line: ReceivedLine<'_>) -> Result<(), Error> {
        if line.content.starts_with(b"+OK") || line.content.starts_with(b"-ERR") {
            return Err(Error::PeerMisbehaved(Misbehaviour::Desynchronised(rest.command)));
        }
        if line.content == b"." {
            self.recorder.add_octets(line.octets as u64);
            self.record_body_end(rest.command, rest.lines, line.wire);
            return Ok(());
        }
        if let Some(shown) = self.recorder.take_line(self.state, rest.command, &line) {
            self.event(Event::Line(shown));
        }
        rest.lines += 1;
        rest.octets += line.octets as u64;
        if rest.octets > limits::LISTING_OCTETS_MAX || rest.lines > limits::LISTING_ENTRIES_MAX as u64 {
            return Err(Error::LimitExceeded(Limit::ListingEntries));
        }
        self.receiving = Receiving::Rest(rest);
        Ok(())
    }

    pub(super) fn receive_message(&mut self, input: &mut &[u8]) -> Result<(), Error> {
        let Some(sent) = self.in_flight.front().copied() else { return Ok(()) };
        let Receiving::Message(message) = &mut self.receiving else { return Ok(()) };
        let before = *input;
        let mut octets = Vec::with_capacity(before.len().min(limits::CHUNK_OCTETS_MAX));
        let ended = message.unstuffer.decode(input, &mut octets, limits::CHUNK_OCTETS_MAX);
        let (taken, _) = before.split_at(before.len() - input.len());
        message.first_line.take(taken);
        let octets_total = message.octets();
        for line in self.recorder.take(self.state, sent.name, taken) {
            self.event(Event::Line(line));
        }
        if octets_total > limits::MESSAGE_OCTETS_MAX {
            return Err(Error::LimitExceeded(Limit::Message));
        }
        if sent.dropped {
            self.drain_octets_left =
                self.drain_octets_left.checked_sub(octets.len() as u64).ok_or(Error::LimitExceeded(Limit::Drain))?;
        } else if let Some(number) = sent.number.filter(|_| !octets.is_empty()) {
            self.event(Event::Chunk { id: sent.id, number, octets, octets_total });
        }
        if ended { self.end_message(&sent) } else { Ok(()) }
    }

    fn end_message(&mut self, sent: &InFlight) -> Result<(), Error> {
        let Receiving::Message(message) = mem::replace(&mut self.receiving, Receiving::Status) else { return Ok(()) };
        let (unstuffer, octets) = (&message.unstuffer, message.octets());
        self.record_body_end(sent.name, unstuffer.lines(), unstuffer.terminator());
        self.deviate_all(unstuffer.faults(), b"")?;
        if let Some(expected) = octets_expected(sent) {
            if let FirstLine::Status(status_octets) = message.first_line
                && octets == expected.saturating_add(status_octets)
            {
                // The message would be right without it: it is the answer to this command, and the one before it was
                // another's. Nothing that was received can be trusted to be what it was taken for.
                return Err(Error::PeerMisbehaved(Misbehaviour::Desynchronised(sent.name)));
            }
            if octets != expected {
                self.deviate(Rule::SizeWrong, octets.to_string().as_bytes())?;
            }
        }
        self.complete(
            true,
            match sent.number {
                Some(number) => Reply::MessageEnd { number, octets },
                // Typed, and nobody knows which number the server read.
                None => Reply::ToUnknown { accepted: true, text: String::new() },
            },
        );
        Ok(())
    }

    /// The connection has ended: a terminator without a line end is one all the same.
    pub(super) fn receive_close(&mut self) -> Result<(), Error> {
        let Some(sent) = self.in_flight.front().copied() else { return Ok(()) };
        match &mut self.receiving {
            Receiving::Message(message) => match message.unstuffer.finish_cut(octets_expected(&sent)) {
                true => self.end_message(&sent),
                false => Ok(()),
            },
            Receiving::Listing(_) if matches!(self.line.begun(), b"." | b".\r") => {
                let terminator = self.line.begun().to_vec();
                self.deviate(Rule::TerminatorCut, b".")?;
                self.recorder.add_octets(terminator.len() as u64);
                match mem::replace(&mut self.receiving, Receiving::Status) {
                    Receiving::Listing(listing) => self.end_listing(*listing, &sent, &terminator),
                    Receiving::Status | Receiving::Message(_) | Receiving::Rest(_) => Ok(()),
                }
            }
            Receiving::Status | Receiving::Listing(_) | Receiving::Rest(_) => Ok(()),
        }
    }

    fn record_body_end(&mut self, command: CommandName, lines: u64, terminator: &[u8]) {
        for line in mem::take(&mut self.recorder).finish(self.state, command, lines, terminator) {
            self.event(Event::Line(line));
        }
    }
}

/// Octets that the message should have, if LIST told; TOP sends fewer.
fn octets_expected(sent: &InFlight) -> Option<Octets> {
    sent.reply_octets.filter(|_| sent.name == CommandName::Retr)
}

impl Message {
    /// Octets of content so far.
    pub(super) fn octets(&self) -> Octets {
        self.unstuffer.octets()
    }
}

impl Rest {
    pub(super) fn of(command: CommandName) -> Self {
        Self { command, lines: 0, octets: 0 }
    }

    /// It is no status line; within a listing none has its place.
    pub(super) fn takes(&self, line: &ReceivedLine<'_>) -> bool {
        self.lines > 0 || !matches!(line.content.first(), None | Some(b'+' | b'-'))
    }
}

impl FirstLine {
    fn take(&mut self, wire: &[u8]) {
        let begun = match self {
            Self::Unseen => match wire.first() {
                Some(b'+' | b'-') => Vec::new(),
                Some(_) => {
                    *self = Self::Content;
                    return;
                }
                None => return,
            },
            Self::Begun(begun) => mem::take(begun),
            Self::Status(_) | Self::Content => return,
        };
        let end = find_line_feed(wire).map(|end| end + 1);
        let line = [begun.as_slice(), wire.get(..end.unwrap_or(wire.len())).unwrap_or(wire)].concat();
        let is_status = line.starts_with(b"+OK") || line.starts_with(b"-ERR");
        *self = match end {
            // Whatever the reads: a line beyond what a status line has is content.
            _ if line.len() > limits::STATUS_LINE_OCTETS => Self::Content,
            Some(_) if is_status => Self::Status(line.len() as u64),
            Some(_) => Self::Content,
            None => Self::Begun(line),
        };
    }
}

impl Listing {
    pub(super) fn of(command: CommandName) -> Box<Self> {
        let entries = match command {
            CommandName::List => Entries::List(Vec::new()),
            CommandName::Uidl => Entries::Uidl(Vec::new()),
            CommandName::AuthList => Entries::Mechanisms(Vec::new()),
            CommandName::Lang => Entries::Languages(Vec::new()),
            _ => Entries::Capabilities(Capabilities::default()),
        };
        Box::new(Self { entries, lines: 0, octets: 0, number_before: 0 })
    }

    fn add(&mut self, line: &[u8], command: CommandName, gaps: bool, faults: &mut RuleSet) -> Result<(), Error> {
        self.lines += 1;
        // No entry begins so, and of a capability nobody would know that it is none.
        if line.starts_with(b"+OK") || line.starts_with(b"-ERR") {
            return Err(Error::PeerMisbehaved(Misbehaviour::Desynchronised(command)));
        }
        let bad = || Error::PeerMisbehaved(Misbehaviour::BadReply(command));
        let entries_max = match &mut self.entries {
            Entries::Capabilities(capabilities) => {
                add_capability(capabilities, line, faults);
                limits::CAPABILITIES_MAX
            }
            Entries::Mechanisms(names) => {
                names.extend(MechanismName::parse(line.trim_ascii()));
                limits::CAPABILITIES_MAX
            }
            Entries::Languages(languages) => {
                languages.extend(language(line));
                limits::CAPABILITIES_MAX
            }
            Entries::List(listed) => {
                let (number, octets) = parse_scan_listing(line, faults).ok_or_else(bad)?;
                listed.push(Listed { number, octets });
                self.follow(number, gaps, faults);
                limits::LISTING_ENTRIES_MAX
            }
            Entries::Uidl(identified) => {
                let (number, unique_id) = parse_unique_id_listing(line, faults).ok_or_else(bad)?;
                // A message without an id is a message without an id: it can be read, only not recognised again.
                identified.extend(unique_id.map(|unique_id| Identified { number, unique_id }));
                self.follow(number, gaps, faults);
                limits::LISTING_ENTRIES_MAX
            }
        };
        if self.lines > entries_max as u64 { Err(Error::LimitExceeded(Limit::ListingEntries)) } else { Ok(()) }
    }

    /// Numbers run from 1 without a gap, but for what is marked.
    fn follow(&mut self, number: MessageNumber, gaps: bool, faults: &mut RuleSet) {
        let number = number.as_u32();
        if number <= self.number_before {
            faults.insert(Rule::NumberRepeated);
        } else if number - self.number_before > 1 && !gaps {
            faults.insert(Rule::NumberGap);
        }
        self.number_before = number;
    }

    fn into_reply(self) -> Reply {
        match self.entries {
            Entries::Capabilities(capabilities) => Reply::Capabilities(capabilities),
            Entries::Mechanisms(names) => Reply::Mechanisms(names),
            Entries::Languages(languages) => Reply::Languages(languages),
            Entries::List(listed) => Reply::List(listed),
            Entries::Uidl(identified) => Reply::Uidl(identified),
        }
    }
}

/// `tag [text]` (RFC 6856 §3.2); a line that is none is left out.
fn language(line: &[u8]) -> Option<Language> {
    let end = line.iter().position(|octet| *octet == b' ').unwrap_or(line.len());
    let (tag, name) = line.split_at(end);
    Some(Language { tag: LanguageTag::parse(tag)?, name: printable(name.trim_ascii()) })
}

/// A unique-id that stands twice in a listing. Their hashes are sorted instead of the ids themselves, which takes a
/// fraction of the time; only if two hashes meet, by a repetition or by a server's malice, are the ids sorted.
fn repeated_unique_id(identified: &[Identified]) -> Option<&Identified> {
    let mut hashes: Vec<u64> = identified.iter().map(|one| hash(one.unique_id.as_str().as_bytes())).collect();
    hashes.sort_unstable();
    if hashes.windows(2).all(|pair| pair[0] != pair[1]) {
        return None;
    }
    let mut sorted: Vec<&Identified> = identified.iter().collect();
    sorted.sort_unstable_by_key(|one| &one.unique_id);
    sorted.windows(2).find(|pair| pair[0].unique_id == pair[1].unique_id)?.first().copied()
}

/// FNV-1a, 64 bits.
fn hash(octets: &[u8]) -> u64 {
    octets.iter().fold(0xcbf2_9ce4_8422_2325, |hash, octet| (hash ^ u64::from(*octet)).wrapping_mul(0x0100_0000_01b3))
}
