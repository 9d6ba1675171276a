//! Whether the ways of what is being built still lead where they should. They are walked in portions, a while after the last
//! change, so that nobody who types has to wait; a change in between begins anew. Knows no clock: the shell comes back.

use std::collections::VecDeque;

use popglass_lessons::{Replay, Verdict, WayOf, format::Plan, scenario::Draft};

use crate::app::effect::Effect;

/// How long after a change the ways are walked: whoever goes from field to field is not in between.
pub const CHECK_WAIT_MS: u32 = 300;
/// With so many seeds each way is walked, from 1 on; and with more where they draw words, so that each of them is met.
pub const CHECK_SEEDS: u64 = 5;
/// With no more seeds than this, however many words are drawn.
const CHECK_SEEDS_MAX: usize = 40;
/// Moves of one portion.
const PORTION_MOVES_MAX: usize = 20;
/// Octets of messages of one portion, and what the move brings that passes it.
const PORTION_OCTETS_MAX: usize = 128 * 1024;
/// Moves after one change, of all ways with all seeds.
const CHECK_MOVES_MAX: usize = 10_000;
/// Octets of messages after one change: those that the moves bring, and those that are put into the maildrops for each
/// beginning.
const CHECK_OCTETS_MAX: usize = 64 * 1024 * 1024;

/// A way that does not lead where it should.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Astray {
    pub(in crate::app) way: WayOf,
    pub(in crate::app) seed: u64,
    pub(in crate::app) verdict: Verdict,
}

/// What was found out about all ways.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::app) struct Checked {
    /// In the order of the ways; of each the first seed that shows it.
    pub(in crate::app) astray: Vec<Astray>,
    /// There was too much to walk, and what was left out is not known.
    pub(in crate::app) is_cut: bool,
}

/// The state of it.
#[derive(Debug, Default)]
pub(super) struct Check {
    /// Tells the walk that is wanted now from those before.
    ticket: u32,
    is_ordered: bool,
    under_way: Option<UnderWay>,
    /// Of the last walk that came to its end; nothing where it is not known of this scenario.
    found: Option<Checked>,
}

#[derive(Debug)]
struct UnderWay {
    plan: Plan,
    left: VecDeque<(WayOf, u64)>,
    now: Option<(WayOf, u64, Replay)>,
    found: Checked,
    moves: usize,
    octets: usize,
    /// What lies in all maildrops when a way begins.
    octets_of_mail: usize,
}

impl Check {
    /// What was found out last; while a change is being looked at, what was true before it.
    pub(super) fn found(&self) -> Option<&Checked> {
        self.found.as_ref()
    }

    /// Something is still to be found out.
    pub(super) fn is_open(&self) -> bool {
        self.under_way.is_some()
    }

    /// The draft is another one than before. Where it is the same scenario with its steps in their places, what was found out
    /// is kept meanwhile.
    pub(super) fn restart(&mut self, draft: &Draft, keeps_found: bool, effects: &mut Vec<Effect>) {
        self.found.take_if(|_| !keeps_found);
        self.ticket = self.ticket.wrapping_add(1);
        self.is_ordered = true;
        self.under_way = draft.lesson().ok().map(|lesson| UnderWay::new(lesson.plan));
        match &self.under_way {
            // There is nothing to walk.
            Some(under_way) if under_way.left.is_empty() => {
                self.under_way = None;
                self.found = Some(Checked::default());
            }
            Some(_) => effects.push(Effect::CheckLater { ticket: self.ticket, wait_ms: CHECK_WAIT_MS }),
            // What cannot be played has other troubles.
            None => self.found = None,
        }
    }

    /// The builder is there, and nothing was looked at yet.
    pub(super) fn start(&mut self, draft: &Draft, effects: &mut Vec<Effect>) {
        if !self.is_ordered {
            self.restart(draft, false, effects);
        }
    }

    /// The shell is back. What was ordered before the last change is not wanted any more. True once it is found out how things
    /// stand.
    pub(super) fn go_on(&mut self, ticket: u32, effects: &mut Vec<Effect>) -> bool {
        let Some(under_way) = self.under_way.as_mut().filter(|_| ticket == self.ticket) else { return false };
        if under_way.portion() {
            effects.push(Effect::CheckLater { ticket, wait_ms: 0 });
            return false;
        }
        self.found = self.under_way.take().map(|done| done.found);
        true
    }
}

impl UnderWay {
    fn new(plan: Plan) -> Self {
        let ways: Vec<WayOf> = WayOf::all(&plan).collect();
        // What is wrong with every seed comes out first.
        let seeds = plan.seeds_that_meet_all(CHECK_SEEDS, CHECK_SEEDS_MAX).into_iter();
        let left = seeds.flat_map(|seed| ways.iter().map(move |way| (*way, seed))).collect();
        let octets_of_mail = plan.messages().map(|message| message.text.len() + message.filler_octets as usize).sum();
        Self { plan, left, now: None, found: Checked::default(), moves: 0, octets: 0, octets_of_mail }
    }

    /// Walks on for a while. False if there is nothing left to walk.
    fn portion(&mut self) -> bool {
        let (mut moves, mut octets) = (0, 0);
        while moves < PORTION_MOVES_MAX && octets < PORTION_OCTETS_MAX {
            if self.moves + moves >= CHECK_MOVES_MAX || self.octets + octets >= CHECK_OCTETS_MAX {
                self.found.is_cut = true;
                return false;
            }
            // A way's beginning takes time, too.
            moves += 1;
            match &mut self.now {
                None => {
                    let Some((way, seed)) = self.left.pop_front() else { return false };
                    octets += self.octets_of_mail;
                    self.now = Replay::new(&self.plan, way, seed).map(|replay| (way, seed, replay));
                }
                Some((way, seed, replay)) => match replay.step() {
                    Some(came) => octets += came,
                    None => {
                        let (way, seed, verdict) = (*way, *seed, replay.verdict());
                        self.now = None;
                        self.end(way, seed, verdict);
                    }
                },
            }
        }
        self.moves += moves;
        self.octets += octets;
        true
    }

    fn end(&mut self, way: WayOf, seed: u64, verdict: Verdict) {
        if verdict != Verdict::Leads {
            self.left.retain(|(other, _)| *other != way);
            let place = self.found.astray.partition_point(|known| known.way < way);
            self.found.astray.insert(place, Astray { way, seed, verdict });
        }
    }
}
