//! The builder's ways: whether they lead where they should, in words, and their moves.

use popglass_lessons::{
    Difference, Verdict, WayOf,
    format::{Goal, Move, Plan},
};

use super::{Drawing, PartVm, StepVm};
use crate::{
    app::{
        build::{Act, Astray, GoalOf, Node, Part, Spot, Words},
        rich::{Paragraph, paragraphs},
        view::subject_in,
    },
    i18n::{Texts, WayFault},
};

/// How things stand with the ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaysKind {
    /// It is being found out.
    Open,
    /// All lead where they should.
    Lead,
    /// There is no solution; whatever else there is leads where it should.
    NoSolution,
    /// Some do not.
    Astray,
    /// There is too much to walk.
    Cut,
}

/// Whether the ways lead where they should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaysVm {
    /// How things stand.
    pub kind: WaysKind,
    /// The same in words.
    pub text: String,
    /// A change is being looked at: what is said was true before it.
    pub is_open: bool,
    /// A solution can be recorded.
    pub offers_recording: bool,
    /// What is wrong, way by way.
    pub faults: Vec<WayFaultVm>,
}

/// What is wrong with a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayFaultVm {
    /// Where.
    pub spot: Spot,
    /// What.
    pub words: Paragraph,
}

impl Drawing<'_> {
    /// Whether the ways lead where they should; nothing where it cannot be played.
    pub(super) fn ways(&self) -> Option<WaysVm> {
        let t = &self.t.build.ways;
        let plan = &self.build.draft.plan;
        let has_solution = !plan.solution.is_empty();
        let (found, is_open) = self.build.checked();
        let (kind, text) = match found {
            None if !is_open => return None,
            None => (WaysKind::Open, t.open),
            Some(found) if found.astray.iter().any(|astray| astray.way == WayOf::Solution) => {
                (WaysKind::Astray, t.astray)
            }
            Some(found) if !found.astray.is_empty() => (WaysKind::Astray, t.others_astray),
            Some(found) if found.is_cut => (WaysKind::Cut, t.cut),
            Some(_) if !has_solution => (WaysKind::NoSolution, t.none),
            Some(_) if plan.wrong.is_empty() && plan.dead_ends.is_empty() => (WaysKind::Lead, t.solution_leads),
            Some(_) => (WaysKind::Lead, t.all_lead),
        };
        let text =
            if has_solution || kind != WaysKind::Astray { text.to_owned() } else { format!("{text} {}", t.none) };
        let astray = found.map(|found| found.astray.as_slice()).unwrap_or_default();
        let faults = astray.iter().filter(|astray| astray.way.moves(plan).is_some());
        let told = |astray: &Astray| WayFaultVm {
            spot: Spot::Part(Part::Way(astray.way)),
            words: one_paragraph(&self.told(astray)),
        };
        let faults = faults.map(told).collect();
        Some(WaysVm { kind, text, is_open, offers_recording: !has_solution, faults })
    }

    /// What is wrong with a way, for whoever looks at it.
    pub(super) fn astray(&self, way: WayOf) -> Option<String> {
        let astray = self.build.checked().0?.astray.iter().find(|astray| astray.way == way)?;
        Some(self.told(astray).replace('`', ""))
    }

    fn told(&self, astray: &Astray) -> String {
        let plan = &self.build.draft.plan;
        let subjects: &dyn Fn(&str) -> String = &|id| subject_in(plan, id);
        let goals = &self.t.goals;
        let (wanted, seen) = match &astray.verdict {
            Verdict::Open { difference, .. } | Verdict::Untold(difference) => {
                // The goal of a group that is empty has no words.
                let wanted =
                    difference.wanted.as_ref().filter(|goal| !matches!(goal, Goal::Any(parts) if parts.is_empty()));
                let seen = difference.seen.as_ref();
                (wanted.map(|goal| (goals.goal)(goal, subjects)), seen.map(|fact| (goals.fact)(fact, subjects)))
            }
            _ => (None, None),
        };
        let step = step_of(&astray.verdict);
        (self.t.build.ways.fault)(&WayFault {
            way: astray.way,
            verdict: &astray.verdict,
            step: step.map(|step| (step + 1, short(self.t, plan, astray.way, step))),
            wanted,
            seen,
            seed: (astray.seed > 1).then_some(astray.seed),
        })
    }

    pub(super) fn fill_ways(&self, vm: &mut PartVm) {
        let plan = &self.build.draft.plan;
        let wrong = (0..plan.wrong.len()).map(WayOf::Wrong);
        let dead_ends = (0..plan.dead_ends.len()).map(WayOf::DeadEnd);
        vm.parts = std::iter::once(WayOf::Solution).chain(wrong).chain(dead_ends).map(Part::Way).collect();
    }

    pub(super) fn fill_way(&self, way: WayOf, vm: &mut PartVm) {
        let plan = &self.build.draft.plan;
        let Some(moves) = way.moves(plan) else { return };
        vm.note = (self.t.build.ways.note)(way, moves.len()).to_owned();
        let astray = self.build.checked().0.and_then(|found| found.astray.iter().find(|astray| astray.way == way));
        let step = astray.and_then(|astray| step_of(&astray.verdict));
        let row = |(place, it): (usize, &Move)| {
            let part = Part::Step(way, place);
            StepVm {
                words: one_paragraph(&(self.t.moves.said)(it)),
                is_astray: step == Some(place),
                remove: self.tool(&part, Act::Remove(part.clone()), true),
            }
        };
        vm.steps = moves.iter().enumerate().map(row).collect();
        match way {
            WayOf::Solution => {}
            WayOf::Wrong(wrong) => vm.fields.push(crate::app::Field::LeavesOpen(wrong)),
            WayOf::DeadEnd(dead_end) => {
                vm.fields = self.words(&[Words::DeadEnd(dead_end)]);
                vm.parts.push(Part::Goal(Node { of: GoalOf::DeadEnd(dead_end), path: Vec::new() }));
            }
        }
    }

    /// What is kept, and has no form.
    pub(super) fn fill_rest(&self, vm: &mut PartVm) {
        let draws = self.build.draft.plan.draws.len();
        vm.note = (self.t.build.rest)(draws);
        if draws > 0 {
            vm.adds.push(self.add(Act::DropDraws, true));
        }
    }
}

/// The move at which a way goes wrong.
fn step_of(verdict: &Verdict) -> Option<usize> {
    match verdict {
        Verdict::Leads => None,
        Verdict::Blocked { step, .. } | Verdict::Told { step, .. } | Verdict::Done { step, .. } => Some(*step),
        Verdict::Open { difference: Difference { step, .. }, .. } | Verdict::Untold(Difference { step, .. }) => *step,
    }
}

/// A move in few words: a line stands for itself.
fn short(t: &Texts, plan: &Plan, way: WayOf, step: usize) -> String {
    match way.moves(plan).and_then(|moves| moves.get(step)) {
        Some(Move::Line(_, line)) => format!("`{line}`"),
        Some(other) => (t.moves.said)(other),
        None => String::new(),
    }
}

fn one_paragraph(text: &str) -> Paragraph {
    paragraphs(text).into_iter().next().unwrap_or_default()
}
