//! Marks, QUIT, and the ledger: what is to be deleted, what was, and what an earlier session left open. Knows no
//! transfers but for the headers of what is marked.

use std::collections::BTreeSet;

use popglass_protocol::{client::CommandId, command::Command, reply::Reply, state::State, types::MessageNumber};

use crate::{
    connection::{
        By, Connection, Purpose,
        by_hand::{Typed, change_of},
    },
    event::{Deletion, EndReason, Ending, SessionEvent},
    ledger::{Deletions, Fate},
    marks::{Change, Marked, Marks},
};

/// A change whose command has no answer yet.
struct Open {
    id: CommandId,
    change: Change,
    by: By,
    /// It was typed, and has not left.
    waits: bool,
}

impl Connection {
    /// What changes marks and is under way or waits, in the order in which it goes over the wire.
    fn changes(&self) -> Vec<Open> {
        let mut changes = Vec::new();
        for (id, purpose) in &self.purposes {
            match purpose {
                Purpose::Marks { change, by } => {
                    changes.push(Open { id: *id, change: *change, by: *by, waits: false });
                }
                // Nothing behind it is sent.
                Purpose::Finish | Purpose::Typed(Typed::Quit) if self.quit_sent => return changes,
                _ => {}
            }
        }
        for (id, said, in_exchange) in self.client.waiting_lines() {
            if let Some((change, by)) = change_of(said) {
                let place = changes.partition_point(|open| open.id < id);
                // As a response it marks nothing.
                let by = if in_exchange && change != Change::TakeBack { By::UnsureLine } else { by };
                changes.insert(place, Open { id, change, by, waits: true });
            }
        }
        changes
    }

    /// The marks as they are once those of the changes that count were answered by `+OK`.
    fn marks_behind(&self, counts: fn(&Open) -> bool) -> Marks {
        let mut marks = self.marks.clone();
        let counting = self.changes().into_iter().filter(counts);
        counting.for_each(|open| marks.apply(open.change));
        marks
    }

    /// What will be marked whatever becomes of the lines that are no commands.
    pub(super) fn sure(&self) -> Marks {
        self.marks_behind(|open| open.by != By::UnsureLine || open.change == Change::TakeBack)
    }

    /// Everything that the server may hold as marked until then, or if it takes nothing back. What was typed and waits is
    /// written down when it leaves: if it does not, it goes back to the user.
    fn possible(&self) -> Marks {
        self.marks_behind(|open| !open.waits && open.change != Change::TakeBack)
    }

    /// Whether such a change is under way, or waits.
    pub(super) fn is_coming(&self, change: Change) -> bool {
        self.changes().iter().any(|open| open.change == change)
    }

    /// Whether any is.
    pub(super) fn is_changing(&self) -> bool {
        !self.changes().is_empty()
    }

    pub(super) fn mark(&mut self, numbers: &[MessageNumber]) {
        // A server hands out no header of a marked message (RFC 1939 §7, TOP).
        self.ask_for_headers_of(numbers);
        let mut sure = self.sure();
        for number in numbers {
            if !sure.contains(Some(*number)) {
                sure.apply(Change::Mark(Some(*number)));
                self.send_mark(*number);
            }
        }
    }

    pub(super) fn send_mark(&mut self, number: MessageNumber) {
        let marked = Some(number);
        if let Some(listing) = &self.listing {
            self.deletions.mark(marked, listing, Fate::Marked);
        }
        self.send(Command::Dele(number), Purpose::Marks { change: Change::Mark(marked), by: By::Button });
    }

    pub(super) fn send_take_back(&mut self) {
        self.send(Command::Rset, Purpose::Marks { change: Change::TakeBack, by: By::Button });
    }

    /// RSET takes all marks back (RFC 1939 §5), so DELE is sent again for what stays; not for a number that nobody knows. Sent
    /// also where a line on its way takes them back: the server may refuse that one.
    pub(super) fn unmark(&mut self, numbers: &[MessageNumber]) {
        let conceivable = self.marks_behind(|open| open.change != Change::TakeBack);
        let mut unmarked = Marks::default();
        numbers.iter().for_each(|number| unmarked.apply(Change::Mark(Some(*number))));
        if !conceivable.contains(None) && !unmarked.iter().any(|marked| conceivable.contains(marked)) {
            self.tell_unchanged();
            return;
        }
        let staying = self.staying(&unmarked);
        self.send_take_back();
        staying.into_iter().for_each(|number| self.send_mark(number));
        self.record();
    }

    /// What is to be marked again behind an RSET that is about to be sent. What a line marks only perhaps is not, unless the
    /// server says that it did; [`Self::mark_again`] sees to that.
    pub(super) fn staying(&mut self, unmarked: &Marks) -> Vec<MessageNumber> {
        let mut again = Marks::default();
        for open in self.changes() {
            match (open.change, open.by) {
                (Change::TakeBack, By::Button) => again.retain(|marked| self.again.contains(marked)),
                (Change::Mark(_), By::Button | By::Line) => {}
                (change, _) => again.apply(change),
            }
        }
        let mut staying = self.marks_behind(|open| open.by != By::UnsureLine);
        for marks in [&mut again, &mut staying] {
            marks.retain(|marked| !unmarked.contains(marked));
        }
        self.again = again;
        staying.numbers()
    }

    /// The server has marked what it was not sure to mark, and a button takes all marks back behind it, but for this one.
    fn mark_again(&mut self, number: MessageNumber) {
        let mut changes = self.changes();
        changes.retain(|open| open.change == Change::TakeBack);
        // Another RSET is the user's.
        if !changes.is_empty() && changes.iter().all(|open| open.by == By::Button) {
            self.mark(&[number]);
        }
    }

    /// The answer to DELE or RSET.
    pub(super) fn marks_answered(&mut self, change: Change, by: By, reply: Reply) {
        let refused = matches!(reply, Reply::Refused(_) | Reply::ToUnknown { accepted: false, .. });
        // What is typed and granted before the login is no mark. The state may be later than the reply: what follows it was
        // read in one go, a QUIT's answer for example.
        let accepted = !refused && self.client.state() >= State::Transaction;
        match change {
            Change::Mark(marked) if accepted => {
                self.marks.apply(change);
                if let Some(number) = marked.filter(|_| by != By::Button && self.again.contains(marked)) {
                    self.mark_again(number);
                }
            }
            Change::Mark(marked) => self.refused_marks.push(marked),
            Change::TakeBack if accepted => {
                // Also what was not written down as taken back: by a line that is no RSET, or marked by one that left later.
                let taken = std::mem::take(&mut self.marks);
                self.forget_unless_possible(taken.iter());
            }
            Change::TakeBack => self.record(),
        }
        if let Reply::Refused(refusal) = reply
            && by == By::Button
        {
            let number = if let Change::Mark(number) = change { number } else { None };
            self.refused(number, refusal);
        }
        self.tell_marks();
        if change == Change::Mark(None) && self.marks.contains(None) && self.is_open() {
            self.look_for_marks();
        }
    }

    /// How far the deletion of what is marked came. Once QUIT has left no answer to what went before takes it back.
    fn fate(&self) -> Fate {
        if self.quit_sent { Fate::QuitSent } else { Fate::Marked }
    }

    /// A typed line that changes marks is about to leave.
    pub(super) fn record_change(&mut self, change: Change) {
        let fate = self.fate();
        match (change, &self.listing) {
            (Change::Mark(marked), Some(listing)) => self.deletions.mark(marked, listing, fate),
            (Change::Mark(_), None) => {}
            (Change::TakeBack, _) => self.record(),
        }
    }

    /// Writes down how far deletions came: the ledger knows what is and what is on its way, not what is being taken back by
    /// what is a command.
    pub(super) fn record(&mut self) {
        let kept =
            self.marks_behind(|open| !open.waits && (open.by != By::UnsureLine || open.change != Change::TakeBack));
        let (possible, fate) = (self.possible(), self.fate());
        let Some(listing) = &self.listing else { return };
        for marked in possible.iter() {
            if kept.contains(marked) {
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
        let offered = std::mem::take(&mut self.offered);
        self.forget_unless_possible(offered.into_iter().map(Some));
    }

    pub(super) fn finish(&mut self, reply: Reply) {
        let (numbers, unread) = (self.marks.numbers(), self.marks.contains(None));
        let fate = if matches!(reply, Reply::Refused(_)) { Fate::Refused } else { Fate::Committed };
        if let Some(listing) = &self.listing {
            // What waits behind QUIT was not sent: a mark among it stays a wish.
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
            let refused = std::mem::take(&mut self.refused_marks);
            self.possible().iter().chain(refused).for_each(|marked| self.forget(marked));
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

    fn forget_unless_possible(&mut self, marks: impl Iterator<Item = Marked>) {
        let possible = self.possible();
        marks.filter(|marked| !possible.contains(*marked)).for_each(|marked| self.forget(marked));
    }

    /// Once no DELE and no RSET is under way, so that the page sees no mark come and go, and the ledger forgets what was
    /// refused without a look at all that is under way for each.
    pub(super) fn tell_marks(&mut self) {
        if !self.purposes.values().any(|purpose| matches!(purpose, Purpose::Marks { .. })) {
            let refused = std::mem::take(&mut self.refused_marks);
            self.forget_unless_possible(refused.into_iter());
            self.tell(SessionEvent::Marks(self.marks.numbers()));
        }
    }

    /// Nothing was asked of the server, since it is so already: the page waits for an answer.
    pub(super) fn tell_unchanged(&mut self) {
        if !self.is_changing() {
            self.tell_marks();
        }
    }

    pub(super) fn known(&self, numbers: &[MessageNumber]) -> Vec<MessageNumber> {
        let is_listed = |number: &MessageNumber| self.octets(*number).is_some();
        numbers.iter().copied().filter(is_listed).collect()
    }
}
