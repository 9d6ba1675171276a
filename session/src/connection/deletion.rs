//! Marks, QUIT, and the ledger: what is to be deleted, what was, and what an earlier session left open. Knows no
//! transfers but for the headers of what is marked.

use std::collections::BTreeSet;

use popglass_protocol::{
    command::Command,
    reply::{Refusal, Reply},
    types::MessageNumber,
};

use crate::{
    connection::{Connection, Purpose},
    event::{Deletion, EndReason, Ending, SessionEvent},
    ledger::{Deletions, Fate},
    marks::Marked,
};

impl Connection {
    pub(super) fn mark(&mut self, numbers: &[MessageNumber]) {
        // A server hands out no header of a marked message (RFC 1939 §7, TOP).
        self.ask_for_headers_of(numbers);
        for number in self.marks.want(numbers) {
            if let Some(listing) = &self.listing {
                self.deletions.mark(Some(number), listing);
            }
            self.send(Command::Dele(number), Purpose::Mark(number));
        }
    }

    pub(super) fn unmark(&mut self, numbers: &[MessageNumber]) {
        let Some(staying) = self.marks.unwant(numbers) else { return };
        self.forget(numbers);
        self.deletions.forget_unread();
        self.send(Command::Rset, Purpose::TakeMarksBack);
        for number in staying {
            self.send(Command::Dele(number), Purpose::Mark(number));
        }
    }

    pub(super) fn mark_confirmed(&mut self, number: Marked) {
        self.marks.confirm(number);
        self.tell_marks();
    }

    pub(super) fn mark_refused(&mut self, number: MessageNumber, refusal: Refusal) {
        self.settle_mark_refused(Some(number));
        self.refused(Some(number), refusal);
        self.tell_marks();
    }

    pub(super) fn settle_mark_refused(&mut self, number: Marked) {
        self.marks.refuse(number);
        match number {
            _ if self.marks.is_possible(number) => {}
            Some(number) => self.forget(&[number]),
            None => self.deletions.forget_unread(),
        }
    }

    pub(super) fn marks_taken_back(&mut self, reply: Reply) {
        self.settle_marks_taken_back(reply == Reply::MarksTakenBack);
        if let Reply::Refused(refusal) = reply {
            self.refused(None, refusal);
        }
        self.tell_marks();
    }

    pub(super) fn settle_marks_taken_back(&mut self, accepted: bool) {
        self.marks.taken_back(accepted);
        if !accepted {
            self.record_marks();
        }
    }

    /// The server holds more marks than the user wants: the ledger tells what is, not what should be.
    pub(super) fn record_marks(&mut self) {
        let Some(listing) = &self.listing else { return };
        for number in self.marks.possible() {
            self.deletions.mark(Some(number), listing);
        }
        if self.marks.is_possible(None) {
            self.deletions.mark(None, listing);
        }
    }

    /// What an earlier session left open, compared with the maildrop as it is now.
    pub(super) fn reconcile(&mut self) {
        let Some(listing) = &self.listing else { return };
        let found = self.deletions.reconcile(listing);
        let (mut again, mut offered) = (BTreeSet::new(), BTreeSet::new());
        for (number, fate) in found.still_there {
            let goes_on = self.marks_again && fate == Fate::Marked;
            if goes_on {
                again.insert(number)
            } else {
                offered.insert(number)
            };
        }
        let again: Vec<_> = again.into_iter().collect();
        let mut told = found.told;
        told.remaining.extend(offered);
        self.offered.clone_from(&told.remaining);
        if !told.is_empty() {
            self.tell(SessionEvent::Reconciled(told));
        }
        self.mark(&again);
    }

    /// The offer is declined. What was marked by hand meanwhile stays marked.
    pub(super) fn forget_offered(&mut self) {
        let mut declined = std::mem::take(&mut self.offered);
        declined.retain(|number| !self.marks.is_possible(Some(*number)));
        self.forget(&declined);
    }

    pub(super) fn advance_deletions(&mut self, fate: Fate) {
        if let Some(listing) = &self.listing {
            self.deletions.advance(&self.marks.possible(), listing, fate);
        }
    }

    pub(super) fn finish(&mut self, reply: Reply) {
        let (numbers, unread) = (self.marks.confirmed(), self.marks.is_possible(None));
        let nothing_marked = numbers.is_empty() && !unread;
        let (deletion, fate) = match reply {
            Reply::Refused(refusal) => (Deletion::Partial { numbers, refusal }, Fate::Refused),
            _ if unread => (Deletion::DeletedUnread { numbers }, Fate::Committed),
            _ => (Deletion::Deleted { numbers }, Fate::Committed),
        };
        self.advance_deletions(fate);
        let deletion = if nothing_marked { Deletion::NothingMarked } else { deletion };
        self.ending = Some(Ending { reason: EndReason::Finished, deletion });
    }

    /// What a cut means for the marks: without QUIT nothing is deleted (RFC 1939 §6); with QUIT under way, who knows.
    pub(crate) fn deletion_if_cut(&self) -> Deletion {
        let numbers = self.marks.possible();
        match (numbers.is_empty() && !self.marks.is_possible(None), self.quit_sent) {
            (true, _) => Deletion::NothingMarked,
            (false, true) => Deletion::Unknown { numbers },
            (false, false) => Deletion::NothingDeleted { numbers },
        }
    }

    /// The user leaves without deleting, and so takes the marks back; QUIT cannot be.
    pub(crate) fn give_up_marks(&mut self) {
        if !self.quit_sent {
            self.forget(&self.marks.possible());
            self.deletions.forget_unread();
        }
    }

    /// What the next connection to this account has to know.
    pub(crate) fn deletions(&self) -> &Deletions {
        &self.deletions
    }

    pub(crate) fn into_deletions(self) -> Deletions {
        self.deletions
    }

    pub(super) fn forget(&mut self, numbers: &[MessageNumber]) {
        if let Some(listing) = &self.listing {
            self.deletions.forget(numbers, listing);
        }
    }

    pub(super) fn tell_marks(&mut self) {
        if self.marks.settled() {
            self.tell(SessionEvent::Marks(self.marks.confirmed()));
        }
    }

    pub(super) fn known(&self, numbers: &[MessageNumber]) -> Vec<MessageNumber> {
        let is_listed = |number: &MessageNumber| self.octets(*number).is_some();
        numbers.iter().copied().filter(is_listed).collect()
    }
}
