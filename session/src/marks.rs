//! Which messages are marked for deletion: as the user wants it, and as the server has confirmed it; and whether one is of
//! which nobody knows the number. Knows no commands; the connection sends them.

use std::collections::BTreeSet;

use popglass_protocol::types::MessageNumber;

/// The message that a DELE is about; nothing if its number could not be read, and the server may have read one.
pub(crate) type Marked = Option<MessageNumber>;

/// The two differ while DELE or RSET are under way.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    confirmed: BTreeSet<MessageNumber>,
    wanted: BTreeSet<MessageNumber>,
    /// The server said `+OK` to a DELE without a number that could be read; such a DELE was sent.
    unread_confirmed: bool,
    unread_wanted: bool,
    commands_under_way: usize,
}

impl Marks {
    /// The user marks; what is new must be sent as DELE.
    pub(crate) fn want(&mut self, numbers: &[MessageNumber]) -> Vec<MessageNumber> {
        let new: Vec<_> = numbers.iter().copied().filter(|number| self.wanted.insert(*number)).collect();
        self.commands_under_way += new.len();
        new
    }

    /// The user typed DELE: it is sent whether or not the message is marked.
    pub(crate) fn want_typed(&mut self, number: Marked) {
        match number {
            Some(number) => drop(self.wanted.insert(number)),
            None => self.unread_wanted = true,
        }
        self.commands_under_way += 1;
    }

    /// The user typed RSET. What was wanted until now is not any more.
    pub(crate) fn unwant_typed(&mut self) -> Vec<MessageNumber> {
        self.commands_under_way += 1;
        let possible = self.possible();
        self.wanted.clear();
        self.unread_wanted = false;
        possible
    }

    /// The user takes marks back. RSET takes all of them (RFC 1939 §5), so what stays must be sent as DELE again.
    /// Nothing if none of them was marked.
    pub(crate) fn unwant(&mut self, numbers: &[MessageNumber]) -> Option<Vec<MessageNumber>> {
        let before = self.wanted.len();
        for number in numbers {
            self.wanted.remove(number);
        }
        if self.wanted.len() == before {
            return None;
        }
        Some(self.renew())
    }

    /// RSET is about to be sent, and DELE again for what stays; nobody can send it again for a number that nobody knows.
    pub(crate) fn renew(&mut self) -> Vec<MessageNumber> {
        self.unread_wanted = false;
        self.commands_under_way += 1 + self.wanted.len();
        self.wanted.iter().copied().collect()
    }

    /// `+OK` to DELE.
    pub(crate) fn confirm(&mut self, number: Marked) {
        match number {
            Some(number) => drop(self.confirmed.insert(number)),
            None => self.unread_confirmed = true,
        }
        self.commands_under_way -= 1;
    }

    /// `-ERR` to DELE: it is not marked, unless it was before.
    pub(crate) fn refuse(&mut self, number: Marked) {
        match number {
            Some(number) if self.confirmed.contains(&number) => {}
            Some(number) => drop(self.wanted.remove(&number)),
            None => self.unread_wanted = self.unread_confirmed,
        }
        self.commands_under_way -= 1;
    }

    /// The server shows these as marked, and nothing else that is unknown: they are what nobody knew the number of.
    pub(crate) fn find(&mut self, numbers: &[MessageNumber]) {
        self.forget_unread();
        for number in numbers {
            self.confirmed.insert(*number);
            self.wanted.insert(*number);
        }
    }

    /// None of an unknown number is marked any more.
    pub(crate) fn forget_unread(&mut self) {
        (self.unread_confirmed, self.unread_wanted) = (false, false);
    }

    /// The answer to RSET. If it was refused, all that was marked still is.
    pub(crate) fn taken_back(&mut self, accepted: bool) {
        if accepted {
            self.confirmed.clear();
            self.unread_confirmed = false;
        } else {
            self.wanted.extend(&self.confirmed);
            self.unread_wanted |= self.unread_confirmed;
        }
        self.commands_under_way -= 1;
    }

    /// No DELE or RSET is under way: what is confirmed is what is.
    pub(crate) fn settled(&self) -> bool {
        self.commands_under_way == 0
    }

    /// As the server has confirmed them.
    pub(crate) fn confirmed(&self) -> Vec<MessageNumber> {
        self.confirmed.iter().copied().collect()
    }

    /// Everything that the server may hold as marked, confirmed or under way.
    pub(crate) fn possible(&self) -> Vec<MessageNumber> {
        self.confirmed.union(&self.wanted).copied().collect()
    }

    /// Whether the server may hold this message as marked; without a number, one that nobody knows.
    pub(crate) fn is_possible(&self, number: Marked) -> bool {
        match number {
            Some(number) => self.confirmed.contains(&number) || self.wanted.contains(&number),
            None => self.unread_confirmed || self.unread_wanted,
        }
    }

    /// The server holds a mark of which nobody knows the number.
    pub(crate) fn holds_unread(&self) -> bool {
        self.unread_confirmed
    }

    /// Whether the server's patience matters: something is marked.
    pub(crate) fn pending(&self) -> bool {
        !self.confirmed.is_empty() || !self.wanted.is_empty() || self.is_possible(None)
    }
}
