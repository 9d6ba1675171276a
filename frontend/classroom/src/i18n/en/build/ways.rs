//! English: the builder's ways, what is wrong with them, and how they are recorded.

use popglass_lessons::{Verdict, WayOf};

use crate::i18n::{BuildWayTexts, WayFault, en::lesson::LESSON};

pub(super) const WAYS: BuildWayTexts = BuildWayTexts {
    open: "Its ways are being walked …",
    solution_leads: "The solution still completes the scenario.",
    all_lead: "The solution still completes the scenario, and every wrong way and dead end is still one.",
    astray: "The solution no longer completes the scenario. “Show me” would lead learners astray.",
    others_astray: "A wrong way or a dead end no longer is one.",
    none: "There is no solution, so learners will not find “Show me”.",
    cut: "This scenario is too large for all its ways to be walked after each change. Try it out yourself.",
    record_one: "Record a solution",
    fault,
    note,
    steps: |count| match count {
        0 => "No steps yet.".into(),
        1 => "One step:".into(),
        _ => format!("{count} steps:"),
    },
    stops_here: "Here it goes wrong:",
    task: |number| format!("Task {number}"),
    recorded,
    new_dead_end: "What you need for the goal is gone. Begin anew, and look closer this time.",
    keep_lead: "What you have played so far can become a part of the scenario:",
    keep_wrong: "Keep as a wrong way",
    keep_dead_end: "Keep as a dead end",
};

fn name(way: WayOf) -> String {
    match way {
        WayOf::Solution => "The solution".into(),
        WayOf::Wrong(place) => format!("Wrong way {}", place + 1),
        WayOf::DeadEnd(place) => format!("Dead end {}", place + 1),
    }
}

fn fault(it: &WayFault<'_>) -> String {
    let name = name(it.way);
    let at = it.step.as_ref().map(|(number, what)| format!("step {number} ({what})")).unwrap_or_default();
    let mut said = match it.verdict {
        Verdict::Leads => return String::new(),
        Verdict::Blocked { why, .. } => format!("{name} stops at {at}: {}", (LESSON.misstep)(why)),
        Verdict::Open { task, .. } => {
            let head =
                if it.step.is_some() { format!("{name} stops at {at}") } else { format!("{name} is not enough") };
            format!("{head}{} Task {} stays open.", difference(it), task + 1)
        }
        Verdict::Told { dead_end, .. } => {
            format!("{name}: behind {at} learners are told that the goal is lost, by dead end {}.", dead_end + 1)
        }
        Verdict::Done { task, .. } => format!("{name} does task {} with {at}, and was not to do it.", task + 1),
        Verdict::Untold(_) => {
            let head = format!("{name} is not told at the end of its way");
            if it.step.is_some() {
                format!("{head}, because of {at}{}", difference(it))
            } else {
                head + &difference(it)
            }
        }
    };
    if let Some(seed) = it.seed {
        said.push_str(&format!(" With seed 1 all is well; with others it is not, such as with seed {seed}."));
    }
    said
}

fn difference(it: &WayFault<'_>) -> String {
    match (&it.wanted, &it.seen) {
        (Some(wanted), Some(seen)) => format!(": expected: {wanted}; seen: {seen}."),
        (Some(wanted), None) => format!(": expected: {wanted}."),
        (None, Some(seen)) => format!(": seen: {seen}."),
        (None, None) => ".".into(),
    }
}

fn note(way: WayOf, steps: usize) -> &'static str {
    match (way, steps) {
        (WayOf::Solution, 0) => {
            "There is none yet. Press “Try it out” and reach the goal: then your way can become the solution, which learners can have shown step by step."
        }
        (WayOf::Solution, _) => {
            "Learners can have it shown step by step. For another one, try the scenario out and use the way that you go."
        }
        (WayOf::Wrong(_), _) => {
            "A way that must not do the task below, so that no goal is reached too easily. Learners do not see it."
        }
        (WayOf::DeadEnd(_), _) => {
            "As soon as what stands below has happened, learners are told that the goal is lost. The steps are a way there."
        }
    }
}

fn recorded(way: WayOf, moves: usize) -> String {
    let moves = if moves == 1 { "one step".to_owned() } else { format!("{moves} steps") };
    match way {
        WayOf::Solution => format!("Your way of {moves} is the solution now."),
        WayOf::Wrong(_) => {
            format!("Your way of {moves} is a wrong way now. Choose below which task it must leave open.")
        }
        WayOf::DeadEnd(_) => {
            format!("Your way of {moves} is a dead end now. Look below when it is told, and in which words.")
        }
    }
}
