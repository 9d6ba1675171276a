//! What the server's answers mean: the way from the login to the open maildrop. Knows no lines; the protocol's
//! client has read them.

use popglass_protocol::{command::Command, reply::Reply};

use crate::{
    Millis,
    connection::{Connection, Purpose},
    event::{EndReason, Phase, SessionEvent},
    listing::Listing,
};

impl Connection {
    pub(super) fn handle_reply(&mut self, purpose: Purpose, reply: Reply, now: Millis) {
        match (purpose, reply) {
            (Purpose::Typed(typed), reply) => self.handle_typed_reply(typed, reply),
            (Purpose::Listing, Reply::List(listed)) => self.listed = listed,
            (Purpose::Unmarked, reply) => self.handle_unmarked(reply),
            (Purpose::Totals | Purpose::Listing, Reply::Refused(refusal)) if self.hand.is_opening => {
                self.not_opened(refusal);
            }
            (Purpose::Totals | Purpose::Listing, Reply::Refused(refusal)) => {
                self.end(EndReason::CommandRefused(refusal));
            }
            (Purpose::UniqueIds, reply) => {
                if let Reply::Uidl(unique_ids) = reply {
                    self.unique_ids = unique_ids;
                }
                self.open_mailbox();
            }
            (Purpose::Header(number), reply) => self.handle_header(number, &reply),
            (Purpose::Message(number), reply) => self.handle_message(number, reply, now),
            (Purpose::Marks { change, by }, reply) => self.marks_answered(change, by, reply),
            (Purpose::Finish, reply) => self.finish(reply),
            (Purpose::CapabilitiesAgain | Purpose::Totals | Purpose::Listing | Purpose::KeepAlive, _) => {}
        }
    }

    /// All at once where the server pipelines: one round trip.
    pub(super) fn look_around(&mut self) {
        self.tell(SessionEvent::Phase(Phase::Listing));
        if !self.client.capabilities().lines.is_empty() {
            self.send(Command::Capa, Purpose::CapabilitiesAgain);
        }
        self.send(Command::Stat, Purpose::Totals);
        self.send(Command::List(None), Purpose::Listing);
        self.send(Command::Uidl(None), Purpose::UniqueIds);
    }

    pub(super) fn open_mailbox(&mut self) {
        let by_hand = std::mem::take(&mut self.hand.is_opening);
        let listing = Listing::new(std::mem::take(&mut self.listed), std::mem::take(&mut self.unique_ids));
        self.tell(SessionEvent::Mailbox(listing.entries().to_vec()));
        self.tell(SessionEvent::Phase(Phase::Open));
        self.listing = Some(listing);
        self.ask_for_headers(0);
        self.reconcile();
        if by_hand {
            self.record();
            self.mark_unread_again();
            self.tell_marks();
        }
    }
}
