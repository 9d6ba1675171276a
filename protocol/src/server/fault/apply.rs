//! Which faults fit a reply, and what they make of it. Knows replies as queues of pieces, not what they say.

use alloc::{collections::VecDeque, vec::Vec};

use super::{FaultScript, Lie, Misdeed, When};
use crate::{
    command::CommandName,
    server::reply::Item,
    types::{MessageNumber, Octets},
};

/// A script under way: what was counted so far.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    script: FaultScript,
    /// For each fault, how often its place has come by.
    times: Vec<u32>,
}

impl Faults {
    pub(crate) fn new(script: FaultScript) -> Self {
        Self { times: script.faults().iter().map(|_| 0).collect(), script }
    }

    /// What goes wrong with the greeting.
    pub(crate) fn at_greeting(&self) -> Vec<Misdeed> {
        let faults = self.script.faults().iter().filter(|fault| fault.when == When::Greeting);
        faults.map(|fault| fault.what.clone()).collect()
    }

    /// What goes wrong with the answer to this command; nothing stands for one that is not known.
    pub(crate) fn at_command(&mut self, command: Option<CommandName>) -> Vec<Misdeed> {
        let mut misdeeds = Vec::new();
        for (fault, times) in self.script.faults().iter().zip(&mut self.times) {
            let wanted = match fault.when {
                When::Greeting => continue,
                When::Command { name, .. } if command.map(CommandName::keyword) != Some(name.keyword()) => continue,
                When::Command { time, .. } | When::Any { time } => time,
            };
            *times = times.saturating_add(1);
            if wanted.is_none_or(|wanted| wanted == *times) {
                misdeeds.push(fault.what.clone());
            }
        }
        misdeeds
    }
}

/// What is not true about the reply under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Lies {
    sizes: i64,
    count: i64,
    unique_id_repeated: bool,
    unique_id_missing: bool,
    pub(crate) not_stuffed: bool,
    bare_line_feeds: bool,
}

impl Lies {
    pub(crate) fn of(misdeeds: &[Misdeed]) -> Self {
        let mut lies = Self::default();
        for misdeed in misdeeds {
            match misdeed {
                Misdeed::Lie(Lie::Sizes(octets)) => lies.sizes = *octets,
                Misdeed::Lie(Lie::Count(count)) => lies.count = *count,
                Misdeed::Lie(Lie::UniqueIdRepeated) => lies.unique_id_repeated = true,
                Misdeed::Lie(Lie::UniqueIdMissing) => lies.unique_id_missing = true,
                Misdeed::Lie(Lie::NotStuffed) => lies.not_stuffed = true,
                Misdeed::Lie(Lie::BareLineFeeds) => lies.bare_line_feeds = true,
                _ => {}
            }
        }
        lies
    }

    pub(crate) fn size(&self, octets: Octets) -> Octets {
        octets.saturating_add_signed(self.sizes)
    }

    pub(crate) fn count(&self, count: usize) -> usize {
        count.saturating_add_signed(isize::try_from(self.count).unwrap_or(isize::MAX))
    }

    /// The message whose unique-id is told; nothing if none is.
    pub(crate) fn named(&self, number: MessageNumber) -> Option<MessageNumber> {
        if self.unique_id_missing && number.index() == 0 {
            return None;
        }
        if self.unique_id_repeated { MessageNumber::from_index(0) } else { Some(number) }
    }

    /// Every CR goes: one by one, since a chunk may end between CR and LF.
    pub(crate) fn spoil_line_ends(&self, octets: &mut Vec<u8>) {
        if self.bare_line_feeds {
            octets.retain(|&octet| octet != b'\r');
        }
    }
}

/// What the faults make of a reply. What is to be done besides saying it, is done.
pub(crate) fn distort(mut reply: VecDeque<Item>, misdeeds: Vec<Misdeed>) -> VecDeque<Item> {
    let lies = Lies::of(&misdeeds);
    for item in &mut reply {
        if let Item::Octets(octets) = item {
            lies.spoil_line_ends(octets);
        }
    }
    for misdeed in misdeeds {
        let is_said = |item: &Item| matches!(item, Item::Octets(_) | Item::Stream(_));
        let said_end = reply.iter().rposition(is_said).map_or(0, |place| place + 1);
        match misdeed {
            Misdeed::Delay(milliseconds) => reply.push_front(Item::Wait(milliseconds)),
            Misdeed::Cut(octets) => {
                reply.truncate(said_end);
                reply.push_front(Item::CutAfter(octets));
                reply.push_back(Item::Close);
            }
            Misdeed::Swallow => reply.retain(|item| !is_said(item)),
            Misdeed::AnswerTwice => {
                let again: Vec<Item> = reply.iter().filter(|item| is_said(item)).cloned().collect();
                let rest = reply.split_off(said_end);
                reply.extend(again.into_iter().chain(rest));
            }
            Misdeed::Before(octets) => reply.push_front(Item::Octets(octets)),
            Misdeed::After(octets) => reply.insert(said_end, Item::Octets(octets)),
            Misdeed::Replace(octets) => {
                reply.retain(|item| !is_said(item));
                reply.push_front(Item::Octets(octets));
            }
            // These were told before the command was carried out, or while the reply was made.
            Misdeed::HangUp | Misdeed::Refuse { .. } | Misdeed::Lie(_) => {}
        }
    }
    reply
}
