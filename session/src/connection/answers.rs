//! What the server's answers mean: the way from the capabilities to the open maildrop, the marks, and QUIT. Knows no
//! lines; the protocol's client has read them.

use std::collections::BTreeMap;

use popglass_protocol::{
    command::Command,
    reply::{Listed, Reply},
};

use crate::{
    Millis,
    connection::{Connection, Purpose},
    event::{Deletion, EndReason, Ending, MailboxEntry, Phase, SessionEvent},
};

impl Connection {
    pub(super) fn handle_reply(&mut self, purpose: Purpose, reply: Reply, now: Millis) {
        match (purpose, reply) {
            // A server without CAPA is an old one: it can still log in.
            (Purpose::Capabilities, _) => self.log_in(),
            (Purpose::Login, Reply::LoggedIn) => self.look_around(),
            (Purpose::Login, Reply::Refused(refusal)) => self.end(EndReason::LoginRefused(refusal)),
            (Purpose::Listing, Reply::List(listed)) => self.listed = listed,
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
            (Purpose::Mark(number), Reply::Refused(refusal)) => {
                self.marks.refuse(number);
                self.refused(Some(number), refusal);
                self.tell_marks();
            }
            (Purpose::Mark(number), _) => {
                self.marks.confirm(number);
                self.tell_marks();
            }
            (Purpose::TakeMarksBack, reply) => {
                self.marks.taken_back(reply == Reply::MarksTakenBack);
                if let Reply::Refused(refusal) = reply {
                    self.refused(None, refusal);
                }
                self.tell_marks();
            }
            (Purpose::Finish, reply) => self.finish(reply),
            (Purpose::Login | Purpose::CapabilitiesAgain | Purpose::Totals | Purpose::Listing, _)
            | (Purpose::KeepAlive, _) => {}
        }
    }

    pub(super) fn log_in(&mut self) {
        let Some((user, password)) = self.credentials.take() else { return };
        self.tell(SessionEvent::Phase(Phase::LoggingIn));
        self.send(Command::User(user), Purpose::Login);
        self.send(Command::Pass(password), Purpose::Login);
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
        let mut unique_ids: BTreeMap<_, _> = std::mem::take(&mut self.unique_ids)
            .into_iter()
            .map(|identified| (identified.number, identified.unique_id))
            .collect();
        let entries: Vec<_> = std::mem::take(&mut self.listed)
            .into_iter()
            .map(|Listed { number, octets }| MailboxEntry { number, octets, unique_id: unique_ids.remove(&number) })
            .collect();
        self.tell(SessionEvent::Mailbox(entries.clone()));
        self.tell(SessionEvent::Phase(Phase::Open));
        self.entries = Some(entries);
        self.ask_for_headers(0);
    }

    pub(super) fn finish(&mut self, reply: Reply) {
        let numbers = self.marks.confirmed();
        let deletion = match reply {
            _ if numbers.is_empty() => Deletion::NothingMarked,
            Reply::Refused(refusal) => Deletion::Partial { numbers, refusal },
            _ => Deletion::Deleted { numbers },
        };
        self.ending = Some(Ending { reason: EndReason::Finished, deletion });
    }

    pub(super) fn tell_marks(&mut self) {
        if self.marks.settled() {
            self.tell(SessionEvent::Marks(self.marks.confirmed()));
        }
    }
}
