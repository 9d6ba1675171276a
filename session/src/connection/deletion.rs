//! Marks, QUIT, and the ledger: what is to be deleted, what was, and what an earlier session left open. Knows no
//! transfers but for the headers of what is marked.

use std::collections::BTreeSet;

use popglass_protocol::{client::CommandId, command::Command, reply::Reply, state::State, types::MessageNumber};

use crate::{
    connection::{
        Connection, Purpose,
        by_hand::{Typed, change_of},
    },
    event::{Deletion, EndReason, Ending, SessionEvent},
    ledger::{Deletions, Fate},
    marks::{Change, Marked, Marks},
};

impl Connection {
    /// What changes marks and is under way, or is a button's and waits; in the order in which it goes over the wire. With
    /// `typed`, also what was typed and waits.
    pub(super) fn changes(&self, typed: bool) -> Vec<(CommandId, Change)> {
        let mut changes = Vec::new();
        for (id, purpose) in &self.purposes {
            match purpose {
                Purpose::Marks { change, .. } => changes.push((*id, *change)),
                // Nothing behind it is sent.
                Purpose::Finish | Purpose::Typed(Typed::Quit) if self.quit_sent => return changes,
                _ => {}
            }
        }
        if !typed {
            return changes;
        }
        for (id, said) in self.client.waiting_lines() {
            if let Some(change) = change_of(said) {
                let place = changes.partition_point(|(other, _)| *other < id);
                changes.insert(place, (id, change));
            }
        }
        changes
    }

    /// The marks as they are once all of that was answered by `+OK`.
    pub(super) fn wanted(&self) -> Marks {
        self.marks_behind(true)
    }

    /// Everything that the server may hold as marked until then, or if it takes nothing back. What was typed and waits is
    /// written down when it leaves: if it does not, it goes back to the user.
    fn possible(&self) -> Marks {
        self.marks_behind(false)
    }

    fn marks_behind(&self, all: bool) -> Marks {
        let mut marks = self.marks.clone();
        for (_, change) in self.changes(all) {
            if all || change != Change::TakeBack {
                marks.apply(change);
            }
        }
        marks
    }

    /// Whether such a change is under way, or waits.
    pub(super) fn is_coming(&self, change: Change) -> bool {
        self.changes(true).iter().any(|(_, coming)| *coming == change)
    }

    pub(super) fn mark(&mut self, numbers: &[MessageNumber]) {
        // A server hands out no header of a marked message (RFC 1939 §7, TOP).
        self.ask_for_headers_of(numbers);
        let mut wanted = self.wanted();
        for number in numbers {
            if !wanted.contains(Some(*number)) {
                wanted.apply(Change::Mark(Some(*number)));
                self.send_mark(*number);
            }
        }
    }

    pub(super) fn send_mark(&mut self, number: MessageNumber) {
        let marked = Some(number);
        if let Some(listing) = &self.listing {
            self.deletions.mark(marked, listing, Fate::Marked);
        }
        self.send(Command::Dele(number), Purpose::Marks { change: Change::Mark(marked), is_typed: false });
    }

    pub(super) fn send_take_back(&mut self) {
        self.send(Command::Rset, Purpose::Marks { change: Change::TakeBack, is_typed: false });
    }

    /// RSET takes all marks back (RFC 1939 §5), so DELE is sent again for what stays; not for a number that nobody knows. Sent
    /// also where a line on its way takes them back: the server may refuse that one.
    pub(super) fn unmark(&mut self, numbers: &[MessageNumber]) {
        let mut staying = self.wanted();
        numbers.iter().for_each(|number| staying.remove(Some(*number)));
        self.send_take_back();
        staying.numbers().into_iter().for_each(|number| self.send_mark(number));
        self.record(Fate::Marked);
    }

    /// The answer to DELE or RSET.
    pub(super) fn marks_answered(&mut self, change: Change, is_typed: bool, reply: Reply) {
        let refused = matches!(reply, Reply::Refused(_) | Reply::ToUnknown { accepted: false, .. });
        // What is typed and granted before the login is no mark. The state may be later than the reply: what follows it was
        // read in one go, a QUIT's answer for example.
        if !refused && self.client.state() >= State::Transaction {
            self.marks.apply(change);
        } else if change == Change::TakeBack {
            self.record(Fate::Marked);
        } else if let Change::Mark(marked) = change
            && !self.possible().contains(marked)
        {
            self.forget(marked);
        }
        if let Reply::Refused(refusal) = reply
            && !is_typed
        {
            let number = if let Change::Mark(number) = change { number } else { None };
            self.refused(number, refusal);
        }
        self.tell_marks();
        if change == Change::Mark(None) && self.marks.contains(None) && self.is_open() {
            self.look_for_marks();
        }
    }

    /// Writes down how far deletions came: the ledger knows what is and what is on its way, not what is being taken back.
    pub(super) fn record(&mut self, fate: Fate) {
        let (possible, wanted) = (self.possible(), self.wanted());
        let Some(listing) = &self.listing else { return };
        for marked in possible.iter() {
            if wanted.contains(marked) {
                self.deletions.mark(marked, listing, fate);
            } else {
                self.deletions.forget(marked, listing);
            }
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
        let possible = self.possible();
        for number in std::mem::take(&mut self.offered) {
            let marked = Some(number);
            if !possible.contains(marked) {
                self.forget(marked);
            }
        }
    }

    pub(super) fn finish(&mut self, reply: Reply) {
        let (numbers, unread) = (self.marks.numbers(), self.marks.contains(None));
        let fate = if matches!(reply, Reply::Refused(_)) { Fate::Refused } else { Fate::Committed };
        if let Some(listing) = &self.listing {
            // Of what waits behind QUIT nothing was done.
            self.marks.iter().for_each(|marked| self.deletions.mark(marked, listing, fate));
        }
        if fate == Fate::Committed {
            self.deletions.settle_nameless();
        }
        let deletion = match reply {
            _ if self.marks.is_empty() => Deletion::NothingMarked,
            Reply::Refused(refusal) => Deletion::Partial { numbers, refusal },
            _ if unread => Deletion::DeletedUnread { numbers },
            _ => Deletion::Deleted { numbers },
        };
        self.ending = Some(Ending { reason: EndReason::Finished, deletion });
    }

    /// What a cut means for the marks: without QUIT nothing is deleted (RFC 1939 §6); with QUIT under way, who knows.
    pub(crate) fn deletion_if_cut(&self) -> Deletion {
        let possible = self.possible();
        let numbers = possible.numbers();
        match (possible.is_empty(), self.quit_sent) {
            (true, _) => Deletion::NothingMarked,
            (false, true) => Deletion::Unknown { numbers },
            (false, false) => Deletion::NothingDeleted { numbers },
        }
    }

    /// The user leaves without deleting, and so takes the marks back; QUIT cannot be.
    pub(crate) fn give_up_marks(&mut self) {
        if !self.quit_sent {
            self.possible().iter().for_each(|marked| self.forget(marked));
        }
    }

    /// What the next connection to this account has to know.
    pub(crate) fn deletions(&self) -> &Deletions {
        &self.deletions
    }

    pub(crate) fn into_deletions(self) -> Deletions {
        self.deletions
    }

    pub(super) fn forget(&mut self, marked: Marked) {
        if let Some(listing) = &self.listing {
            self.deletions.forget(marked, listing);
        }
    }

    /// Once no DELE and no RSET is under way, so that the page sees no mark come and go.
    pub(super) fn tell_marks(&mut self) {
        if !self.purposes.values().any(|purpose| matches!(purpose, Purpose::Marks { .. })) {
            self.tell(SessionEvent::Marks(self.marks.numbers()));
        }
    }

    pub(super) fn known(&self, numbers: &[MessageNumber]) -> Vec<MessageNumber> {
        let is_listed = |number: &MessageNumber| self.octets(*number).is_some();
        numbers.iter().copied().filter(is_listed).collect()
    }
}
