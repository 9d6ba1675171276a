//! Headers and messages: asked for, taken in, cancelled. Knows no marks, and no state before the maildrop is open.

use popglass_protocol::{
    client::{Cancellation, CommandId},
    command::Command,
    reply::Reply,
    types::{MessageNumber, Octets},
};

use crate::{
    Millis,
    connection::{Connection, Purpose},
    event::{EndReason, PAGE_ROWS, SessionEvent},
    host::{Effect, Payload},
    listing::Listing,
};

impl Connection {
    pub(super) fn ask_for_headers(&mut self, page: usize) {
        let entries = self.listing.iter().flat_map(Listing::entries);
        let rows = entries.rev().skip(page.saturating_mul(PAGE_ROWS)).take(PAGE_ROWS);
        let numbers: Vec<_> = rows.map(|entry| entry.number).collect();
        self.ask_for_headers_of(&numbers);
    }

    /// Each once.
    pub(super) fn ask_for_headers_of(&mut self, numbers: &[MessageNumber]) {
        let numbers: Vec<_> = numbers.iter().copied().filter(|number| self.headers_asked.insert(*number)).collect();
        self.transfers.begin_headers(numbers.len());
        for number in numbers {
            self.send(Command::Top { number, lines: 0 }, Purpose::Header(number));
        }
    }

    pub(super) fn handle_header(&mut self, number: MessageNumber, reply: &Reply) {
        let header = std::mem::take(&mut self.header);
        if matches!(reply, Reply::MessageEnd { .. }) {
            self.effect(Effect::Event(SessionEvent::Header { number }, Payload::Octets(header)));
        } else {
            self.tell(SessionEvent::HeaderRefused { number });
        }
        self.transfers.header_done();
        self.tell_if_idle();
    }

    /// One message at a time, since storage keeps one; of those asked for meanwhile, the last one follows.
    pub(super) fn ask_for_message(&mut self, number: MessageNumber, now: Millis) {
        let Some(octets) = self.octets(number) else { return };
        match self.transfers.message_number() {
            Some(under_way) => self.next_message = Some(number).filter(|number| *number != under_way),
            None => {
                self.transfers.begin_message(number, octets, now);
                let id = self.client.send_expecting(Command::Retr(number), octets);
                self.purposes.insert(id, Purpose::Message(number));
            }
        }
    }

    pub(super) fn handle_message(&mut self, number: MessageNumber, reply: Reply, now: Millis) {
        self.transfers.message_done();
        match reply {
            Reply::MessageEnd { octets, .. } => {
                self.effect(Effect::Event(SessionEvent::Retrieved { number, octets }, Payload::Kept));
            }
            Reply::Refused(refusal) => {
                self.effect(Effect::DropKept);
                self.refused(Some(number), refusal);
            }
            _ => self.effect(Effect::DropKept),
        }
        self.ask_for_next_message(now);
    }

    fn ask_for_next_message(&mut self, now: Millis) {
        if let Some(next) = self.next_message.take() {
            self.ask_for_message(next, now);
        }
        self.tell_if_idle();
    }

    /// Takes back what was not sent, and reads and drops what was; a reply too long for that ends the connection.
    /// Headers that are under way come all the same: they are small, and of use.
    pub(super) fn cancel(&mut self, now: Millis) {
        self.withdraw_transfers();
        let drain_octets_max = self.transfers.drain_octets_max(now);
        let purposes = &self.purposes;
        let is_message = |id| matches!(purposes.get(&id), Some(Purpose::Message(_)));
        match self.client.cancel(is_message, drain_octets_max) {
            Cancellation::Withdrawn => {}
            Cancellation::Draining { .. } => self.transfers.stop_message(),
            Cancellation::TooMuch { .. } => self.end(EndReason::Cancelled),
        }
        self.tell_if_idle();
    }

    /// The rest of a cancelled message was read.
    pub(super) fn handle_dropped(&mut self, purpose: Purpose, now: Millis) {
        if matches!(purpose, Purpose::Message(_)) {
            self.transfers.message_done();
            self.effect(Effect::DropKept);
            self.ask_for_next_message(now);
        }
    }

    /// Transfers that are queued and not sent. Their headers can be asked for again.
    pub(super) fn withdraw_transfers(&mut self) {
        self.next_message = None;
        let purposes = &mut self.purposes;
        let mut withdrawn = Vec::new();
        self.client.withdraw_queued(|id| match purposes.get(&id) {
            Some(purpose @ (Purpose::Header(_) | Purpose::Message(_))) => {
                withdrawn.push(*purpose);
                purposes.remove(&id);
                true
            }
            _ => false,
        });
        let mut headers = 0;
        for purpose in withdrawn {
            match purpose {
                Purpose::Header(number) => {
                    headers += 1;
                    self.headers_asked.remove(&number);
                }
                _ => self.transfers.message_done(),
            }
        }
        self.transfers.headers_withdrawn(headers);
    }

    pub(super) fn handle_chunk(&mut self, id: CommandId, octets: Vec<u8>, octets_total: Octets) {
        match self.purposes.get(&id) {
            Some(Purpose::Header(_)) => self.header.extend(octets),
            Some(Purpose::Message(_)) => {
                self.transfers.message_octets(octets_total);
                self.effect(Effect::Keep(octets));
            }
            _ => {}
        }
    }

    pub(super) fn octets(&self, number: MessageNumber) -> Option<Octets> {
        self.listing.as_ref().and_then(|listing| listing.octets(number))
    }

    pub(super) fn tell_if_idle(&mut self) {
        if self.transfers.idle() {
            self.tell(SessionEvent::TransferOver);
        }
    }
}
