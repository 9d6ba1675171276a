//! Recording: what was played while the scenario was tried out becomes its solution, a wrong way, or a dead end. Knows no
//! screen.

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    Classroom, WayOf,
    format::{DeadEnd, Goal, Plan, WrongWay},
    recorded,
    scenario::{Draft, THINGS_MAX},
};

use super::{
    acts::{fresh_id, of_languages, room, settle},
    slot::Refusal,
};

/// What a way that was played becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recording {
    /// It reaches the goal: learners can have it shown.
    Solution,
    /// It does not, and never should.
    Wrong,
    /// It loses the goal, and learners are told.
    DeadEnd,
}

/// Takes what was played into the draft: which way it is now.
pub(super) fn record(
    draft: &mut Draft,
    as_what: Recording,
    played: &Classroom,
    words: &dyn Fn(Language) -> String,
) -> Result<WayOf, Refusal> {
    let plan = &mut draft.plan;
    let moves = recorded(plan, played);
    match as_what {
        Recording::Solution => {
            plan.solution = moves;
            Ok(WayOf::Solution)
        }
        Recording::Wrong => {
            room(plan.wrong.len(), THINGS_MAX)?;
            let open = played.tasks().iter().position(|task| !task.met).ok_or(Refusal::NoChoice)?;
            let leaves_open = plan.tasks.get(open).ok_or(Refusal::NoChoice)?.id.clone();
            plan.wrong.push(WrongWay { moves, leaves_open });
            Ok(WayOf::Wrong(plan.wrong.len() - 1))
        }
        Recording::DeadEnd => {
            room(plan.dead_ends.len(), THINGS_MAX)?;
            let id = fresh_id("d", plan.dead_ends.iter().map(|dead_end| &dead_end.id));
            let when = lost(plan, played);
            plan.dead_ends.push(DeadEnd { id: id.clone(), when, way: moves });
            let place = plan.dead_ends.len() - 1;
            for (language, texts) in of_languages(draft) {
                texts.dead_ends.insert(id.clone(), words(language));
            }
            settle(draft);
            Ok(WayOf::DeadEnd(place))
        }
    }
}

/// What makes a way that was played a dead end: messages are gone that the solution leaves where they are. Where none is, only
/// the teacher knows, and the goal is one that is never reached.
fn lost(plan: &Plan, played: &Classroom) -> Goal {
    let mut solved = Classroom::new(plan, played.seed());
    for step in solved.plan().solution.clone() {
        let _ = solved.act(step);
    }
    let lie = |classroom: &Classroom, user: &str| -> Vec<String> {
        let mine = classroom.maildrops().into_iter().filter(|maildrop| maildrop.user == user);
        mine.flat_map(|maildrop| maildrop.messages).map(|message| message.id).collect()
    };
    let before = Classroom::new(plan, played.seed());
    let gone = |user: &str| {
        let (then, left, kept) = (lie(&before, user), lie(played, user), lie(&solved, user));
        then.into_iter().filter(|id| !left.contains(id) && kept.contains(id)).collect::<Vec<_>>()
    };
    let users = plan.servers.iter().flat_map(|server| &server.users).map(|user| user.name.clone());
    let lost = users.map(|user| (gone(&user), user)).filter(|(messages, _)| !messages.is_empty());
    let mut lost: Vec<Goal> = lost.map(|(messages, user)| Goal::MaildropLacks { user, messages }).collect();
    if lost.len() == 1 { lost.remove(0) } else { Goal::Any(lost) }
}
