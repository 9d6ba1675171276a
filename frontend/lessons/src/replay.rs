//! Walks a way of a plan, its solution, a wrong way or the way into a dead end, and tells where it stops leading where it
//! should. For whoever changes a scenario, and wants to know what the change has broken. Knows no texts and no screen.

use crate::{
    Classroom, Fact, Misstep,
    format::{Event, Goal, Move, Plan, What},
    goal::happenings,
};

/// A way of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WayOf {
    /// The solution: it completes every task.
    Solution,
    /// A wrong way, by its place: its task stays open.
    Wrong(usize),
    /// The way into a dead end, by its place: it is told.
    DeadEnd(usize),
}

impl WayOf {
    /// Every way that a plan has; a solution without a move is none.
    pub fn all(plan: &Plan) -> impl Iterator<Item = Self> + use<> {
        let solution = (!plan.solution.is_empty()).then_some(Self::Solution);
        let wrong = (0..plan.wrong.len()).map(Self::Wrong);
        solution.into_iter().chain(wrong).chain((0..plan.dead_ends.len()).map(Self::DeadEnd))
    }

    /// Its moves; nothing if the plan has no such way.
    #[must_use]
    pub fn moves(self, plan: &Plan) -> Option<&[Move]> {
        match self {
            Self::Solution => Some(&plan.solution),
            Self::Wrong(place) => plan.wrong.get(place).map(|wrong| wrong.moves.as_slice()),
            Self::DeadEnd(place) => plan.dead_ends.get(place).map(|dead_end| dead_end.way.as_slice()),
        }
    }

    /// The same, to change them.
    pub fn moves_mut(self, plan: &mut Plan) -> Option<&mut Vec<Move>> {
        match self {
            Self::Solution => Some(&mut plan.solution),
            Self::Wrong(place) => plan.wrong.get_mut(place).map(|wrong| &mut wrong.moves),
            Self::DeadEnd(place) => plan.dead_ends.get_mut(place).map(|dead_end| &mut dead_end.way),
        }
    }
}

/// What was expected, and what was seen instead.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// The move that went another way, from 0; nothing if none stands out.
    pub step: Option<usize>,
    /// What was wanted next.
    pub wanted: Option<Goal>,
    /// What happened instead.
    pub seen: Option<Fact>,
}

/// Where a way leads. Moves and things are told by their places, from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Where it should.
    Leads,
    /// This move cannot be made.
    Blocked {
        /// Which.
        step: usize,
        /// Why.
        why: Misstep,
    },
    /// The solution leaves this task open.
    Open {
        /// Which; the first, if there are several.
        task: usize,
        /// Where it went another way.
        difference: Difference,
    },
    /// On the solution's way a dead end is told, though the goal can still be reached; on the way into another one, before it.
    Told {
        /// Behind which move.
        step: usize,
        /// Which.
        dead_end: usize,
    },
    /// The wrong way does the task that it should leave open.
    Done {
        /// By which move.
        step: usize,
        /// Which.
        task: usize,
    },
    /// The dead end is not told at the end of its way.
    Untold(Difference),
}

/// A way being walked.
pub struct Replay {
    classroom: Classroom,
    way: WayOf,
    moves: Vec<Move>,
    /// Behind each move that was made: how many facts there were, and which tasks were met.
    made: Vec<(usize, Vec<bool>)>,
    blocked: Option<Misstep>,
    /// The first dead end that was told, and behind which move.
    told: Option<(usize, usize)>,
}

impl std::fmt::Debug for Replay {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Replay").field("way", &self.way).field("made", &self.made.len()).finish()
    }
}

impl Replay {
    /// At the beginning of a way, with the numbers of a seed; nothing if the plan has no such way. The plan must be one that
    /// can be played.
    #[must_use]
    pub fn new(plan: &Plan, way: WayOf, seed: u64) -> Option<Self> {
        way.moves(plan)?;
        let classroom = Classroom::new(plan, seed);
        let moves = way.moves(classroom.plan())?.to_vec();
        Some(Self { classroom, way, moves, made: Vec::new(), blocked: None, told: None })
    }

    /// Makes the next move. Tells how many octets of messages came by it, which is what takes time; nothing once the way is
    /// at its end, or cannot be gone on.
    pub fn step(&mut self) -> Option<usize> {
        let step = self.moves.get(self.made.len()).filter(|_| self.blocked.is_none())?.clone();
        let known = self.classroom.facts().len();
        if let Err(misstep) = self.classroom.act(step) {
            self.blocked = Some(misstep);
            return None;
        }
        let met = self.classroom.tasks().iter().map(|task| task.met).collect();
        let place = self.made.len();
        self.made.push((self.classroom.facts().len(), met));
        if self.told.is_none() {
            let id = self.classroom.dead_end().map(|dead_end| &dead_end.id);
            let told = self.classroom.plan().dead_ends.iter().position(|dead_end| Some(&dead_end.id) == id);
            self.told = told.map(|dead_end| (place, dead_end));
        }
        let new = self.classroom.facts().iter().skip(known);
        Some(new.filter(|fact| matches!(fact.what, What::Retrieved | What::Previewed)).map(|fact| fact.count).sum())
    }

    /// Where the way leads, as far as it was gone.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.way {
            WayOf::Solution => self.of_solution(),
            WayOf::Wrong(place) => self.of_wrong(place),
            WayOf::DeadEnd(place) => self.of_dead_end(place),
        }
    }

    fn of_solution(&self) -> Verdict {
        let tasks = self.classroom.tasks();
        if let Some((step, dead_end)) = self.told {
            return Verdict::Told { step, dead_end };
        }
        let open = tasks.iter().zip(0..).find(|(task, _)| !task.met);
        // Where a server has refused something before, that is why a move cannot be made.
        if let Some(why) = self.blocked.as_ref().filter(|_| open.is_none() || self.first_refusal().is_none()) {
            return self.blocked(why);
        }
        open.map_or(Verdict::Leads, |(task, place)| Verdict::Open {
            task: place,
            difference: self.difference(task.wanted, task.seen),
        })
    }

    fn of_wrong(&self, place: usize) -> Verdict {
        let plan = self.classroom.plan();
        let id = plan.wrong.get(place).map(|wrong| &wrong.leaves_open);
        let task = plan.tasks.iter().position(|task| Some(&task.id) == id);
        let done =
            task.and_then(|task| Some((self.made.iter().position(|(_, met)| met.get(task) == Some(&true))?, task)));
        match (done, &self.blocked) {
            (Some((step, task)), _) => Verdict::Done { step, task },
            (None, Some(why)) => self.blocked(why),
            (None, None) => Verdict::Leads,
        }
    }

    fn of_dead_end(&self, place: usize) -> Verdict {
        let when = self.classroom.plan().dead_ends.get(place).map(|dead_end| &dead_end.when);
        match (self.told, &self.blocked) {
            (Some((_, told)), None) if told == place => Verdict::Leads,
            (Some((step, dead_end)), _) if dead_end != place => Verdict::Told { step, dead_end },
            (_, Some(why)) => self.blocked(why),
            _ => Verdict::Untold(self.difference(when.and_then(|when| self.classroom.wanted(when)), None)),
        }
    }

    fn blocked(&self, why: &Misstep) -> Verdict {
        Verdict::Blocked { step: self.made.len(), why: why.clone() }
    }

    /// What stands out most: a refusal that no goal asks for, or before it what looks like the thing that was wanted. Of
    /// states there is always one before.
    fn difference(&self, wanted: Option<&Goal>, seen: Option<&Fact>) -> Difference {
        let place = |seen: &Fact| self.classroom.facts().iter().position(|fact| std::ptr::eq(fact, seen));
        let (refusal, alike) = (self.first_refusal(), seen.and_then(place));
        let is_telling =
            |at: &usize| refusal.is_none_or(|refusal| *at < refusal && seen.is_some_and(|it| it.what != What::State));
        let at = alike.filter(is_telling).or(refusal);
        Difference {
            step: at.and_then(|at| self.step_of(at)),
            wanted: wanted.cloned(),
            seen: at.and_then(|at| self.classroom.facts().get(at)).cloned(),
        }
    }

    /// The first thing that went wrong and that no goal asks for, by its place among the facts.
    fn first_refusal(&self) -> Option<usize> {
        let plan = self.classroom.plan();
        let goals = plan.tasks.iter().map(|task| &task.goal);
        let asked: Vec<&Event> = goals.flat_map(happenings).collect();
        let is_wrong = |fact: &Fact| match fact.what {
            What::Command => {
                !fact.accepted && !asked.iter().any(|event| event.accepted == Some(false) && fact.is(event))
            }
            What::ConnectionRefused | What::FetchFailed => !asked.iter().any(|event| fact.is(event)),
            _ => false,
        };
        self.classroom.facts().iter().position(is_wrong)
    }

    /// The move by which a fact came.
    fn step_of(&self, fact: usize) -> Option<usize> {
        self.made.iter().position(|(facts, _)| *facts > fact)
    }
}

/// Walks a way to its end, with the numbers of a seed; nothing if the plan has no such way. How long that takes depends on
/// the plan: where nobody can wait, a [`Replay`] goes move by move.
///
/// ```
/// use popglass_lessons::{Verdict, WayOf, lesson, replay};
/// assert_eq!(replay(&lesson(6).unwrap().plan, WayOf::Solution, 7), Some(Verdict::Leads));
/// ```
#[must_use]
pub fn replay(plan: &Plan, way: WayOf, seed: u64) -> Option<Verdict> {
    let mut replay = Replay::new(plan, way, seed)?;
    while replay.step().is_some() {}
    Some(replay.verdict())
}
