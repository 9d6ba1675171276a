//! When a goal is met: a look at the facts, the answers, and what lies where. Knows no servers and no texts.

use std::collections::BTreeMap;

use crate::{
    fact::Fact,
    format::{Event, Goal},
};

/// What a goal can look at, at the end of a move.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// All that happened.
    pub(crate) facts: Vec<Fact>,
    /// The questions that were answered rightly.
    pub(crate) answered: Vec<String>,
    /// What lies in each user's maildrop.
    pub(crate) maildrops: BTreeMap<String, Vec<String>>,
    /// What each device holds.
    pub(crate) devices: BTreeMap<String, Vec<String>>,
}

/// Whether a goal holds now. Parts of `all` and `any` that held once are remembered in `held`, by their place.
pub(crate) fn holds(goal: &Goal, evidence: &Evidence, held: &mut Vec<bool>, place: &mut usize) -> bool {
    let mine = *place;
    *place += 1;
    if held.len() <= mine {
        held.resize(mine + 1, false);
    }
    // Every part is asked, so that each keeps its place.
    let mut parts = |goals: &[Goal], held: &mut Vec<bool>| -> Vec<bool> {
        goals.iter().map(|goal| holds(goal, evidence, held, place)).collect()
    };
    let is = match goal {
        Goal::All(goals) => parts(goals, held).into_iter().all(|part| part),
        Goal::Any(goals) => parts(goals, held).into_iter().any(|part| part),
        Goal::AtOnce(goals) => goals.iter().all(|goal| is_now(goal, evidence)),
        _ => is_now(goal, evidence),
    };
    held[mine] |= is;
    held[mine]
}

/// Whether it is true at this very moment, without regard to what was true before.
fn is_now(goal: &Goal, evidence: &Evidence) -> bool {
    let facts = &evidence.facts;
    match goal {
        Goal::Happened(event) => facts.iter().any(|fact| fact.is(event)),
        Goal::InOrder(events) => in_order(facts.iter(), events).is_some(),
        Goal::InOneSession(events) => {
            let sessions = facts.iter().map(|fact| fact.session).max().unwrap_or(0);
            (1..=sessions)
                .any(|session| in_order(facts.iter().filter(|fact| fact.session == session), events).is_some())
        }
        Goal::Without { happened, never } => {
            let end = in_order(facts.iter(), happened);
            let spoilt = facts.iter().position(|fact| never.iter().any(|event| fact.is(event)));
            end.is_some_and(|end| spoilt.is_none_or(|spoilt| end <= spoilt))
        }
        Goal::Answered(question) => evidence.answered.contains(question),
        Goal::AnsweredAtLeast { count, questions } => {
            questions.iter().filter(|question| evidence.answered.contains(question)).count() >= *count
        }
        Goal::MaildropIs { user, messages } => evidence.maildrops.get(user).is_some_and(|there| same(there, messages)),
        Goal::MaildropLacks { user, messages } => {
            let there = evidence.maildrops.get(user);
            there.is_some_and(|there| messages.iter().any(|message| !there.contains(message)))
        }
        Goal::DeviceHolds { device, messages } => {
            evidence.devices.get(device).is_some_and(|there| same(there, messages))
        }
        Goal::AtOnce(goals) | Goal::All(goals) => goals.iter().all(|goal| is_now(goal, evidence)),
        Goal::Any(goals) => goals.iter().any(|goal| is_now(goal, evidence)),
    }
}

/// The ordinal, among these facts, of the one that completes the row; nothing if it is not complete.
fn in_order<'a>(facts: impl Iterator<Item = &'a Fact>, events: &[Event]) -> Option<usize> {
    let mut wanted = events.iter().peekable();
    for (ordinal, fact) in facts.enumerate() {
        wanted.next_if(|event| fact.is(event));
        if wanted.peek().is_none() {
            return Some(ordinal);
        }
    }
    events.is_empty().then_some(0)
}

fn same(one: &[String], other: &[String]) -> bool {
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    sorted(one) == sorted(other)
}

/// The part of a goal that is wanted next: for telling what was expected.
pub(crate) fn wanted<'a>(goal: &'a Goal, evidence: &Evidence) -> Option<&'a Goal> {
    match goal {
        Goal::All(goals) | Goal::AtOnce(goals) => {
            goals.iter().filter(|part| !is_now(part, evidence)).find_map(|part| wanted(part, evidence))
        }
        Goal::Any(goals) => goals.first().and_then(|part| wanted(part, evidence)),
        _ => (!is_now(goal, evidence)).then_some(goal),
    }
}

/// Every event that a goal asks for, or asks not to happen, however deep it lies.
pub(crate) fn happenings(goal: &Goal) -> Vec<&Event> {
    match goal {
        Goal::Happened(event) => vec![event],
        Goal::InOrder(events) | Goal::InOneSession(events) => events.iter().collect(),
        Goal::Without { happened, never } => happened.iter().chain(never).collect(),
        Goal::AtOnce(parts) | Goal::All(parts) | Goal::Any(parts) => parts.iter().flat_map(happenings).collect(),
        Goal::Answered(_)
        | Goal::AnsweredAtLeast { .. }
        | Goal::MaildropIs { .. }
        | Goal::MaildropLacks { .. }
        | Goal::DeviceHolds { .. } => Vec::new(),
    }
}
