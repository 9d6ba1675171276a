//! Which messages are marked for deletion: as the user wants it, and as the server has confirmed it. Knows no
//! commands; the connection sends them.

use std::collections::BTreeSet;

use popglass_protocol::types::MessageNumber;

/// The two differ while DELE or RSET are under way.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    confirmed: BTreeSet<MessageNumber>,
    wanted: BTreeSet<MessageNumber>,
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
    pub(crate) fn want_typed(&mut self, number: MessageNumber) {
        self.wanted.insert(number);
        self.commands_under_way += 1;
    }

    /// The user typed RSET. What was wanted until now is not any more.
    pub(crate) fn unwant_typed(&mut self) -> Vec<MessageNumber> {
        self.commands_under_way += 1;
        let possible = self.possible();
        self.wanted.clear();
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
        self.commands_under_way += 1 + self.wanted.len();
        Some(self.wanted.iter().copied().collect())
    }

    /// `+OK` to DELE.
    pub(crate) fn confirm(&mut self, number: MessageNumber) {
        self.confirmed.insert(number);
        self.commands_under_way -= 1;
    }

    /// `-ERR` to DELE: it is not marked, unless it was before.
    pub(crate) fn refuse(&mut self, number: MessageNumber) {
        if !self.confirmed.contains(&number) {
            self.wanted.remove(&number);
        }
        self.commands_under_way -= 1;
    }

    /// The answer to RSET. If it was refused, all that was marked still is.
    pub(crate) fn taken_back(&mut self, accepted: bool) {
        if accepted {
            self.confirmed.clear();
        } else {
            self.wanted.extend(&self.confirmed);
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

    /// Whether the server may hold this message as marked.
    pub(crate) fn is_possible(&self, number: MessageNumber) -> bool {
        self.confirmed.contains(&number) || self.wanted.contains(&number)
    }

    /// Whether the server's patience matters: something is marked.
    pub(crate) fn pending(&self) -> bool {
        !self.confirmed.is_empty() || !self.wanted.is_empty()
    }
}
