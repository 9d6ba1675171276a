//! Ways that are walked while a scenario changes: what is said of those that lead nowhere any more, and what is recorded.

use popglass_lessons::{
    Classroom, Misstep, Replay, Verdict, WayOf,
    format::{Draw, Goal, Move, Plan, WrongWay},
    lesson, lessons, recorded, replay,
};
use proptest::prelude::*;

const SEEDS: [u64; 3] = [1, 2, 7];

#[test]
fn every_way_of_every_lesson_leads_where_it_should() {
    for lesson in lessons() {
        for (way, seed) in WayOf::all(&lesson.plan).flat_map(|way| SEEDS.map(|seed| (way, seed))) {
            let verdict = replay(&lesson.plan, way, seed);
            assert_eq!(verdict, Some(Verdict::Leads), "lesson {}: {way:?} with seed {seed}", lesson.number);
        }
    }
}

/// Lesson 6 after a change.
fn changed(change: impl Fn(&mut Plan)) -> Plan {
    let mut plan = lesson(6).expect("it is there").plan.clone();
    change(&mut plan);
    plan
}

fn line_of(plan: &Plan, step: usize) -> String {
    match &plan.solution[step] {
        Move::Line(_, line) => line.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_solution_that_a_change_broke_tells_its_move_what_was_wanted_and_what_was_seen() {
    let user = |plan: &mut Plan| plan.servers[0].users[0].password = "changed".into();
    let gone = |plan: &mut Plan| plan.servers[0].users[0].messages.clear();
    let cut = |plan: &mut Plan| drop(plan.solution.pop());
    for (name, plan, expected_line, expected_seen) in [
        ("another password", changed(user), Some("PASS"), Some("PASS")),
        ("no message", changed(gone), Some("RETR"), Some("RETR")),
        ("an answer too few", changed(cut), None, None),
        ("in another order", changed(|plan| plan.solution.swap(1, 2)), Some("PASS"), Some("PASS")),
    ] {
        let Some(Verdict::Open { difference, .. }) = replay(&plan, WayOf::Solution, 1) else {
            panic!("{name}: {:?}", replay(&plan, WayOf::Solution, 1));
        };
        let line = difference.step.map(|step| line_of(&plan, step));
        assert_eq!(line.as_deref().and_then(|line| line.split(' ').next()), expected_line, "{name}");
        assert_eq!(difference.seen.as_ref().map(|fact| fact.command.as_str()), expected_seen, "{name}");
        assert!(difference.wanted.is_some(), "{name}");
    }
}

#[test]
fn what_cannot_be_done_any_more_is_told_with_its_move() {
    let verdict = |change: &dyn Fn(&mut Plan)| replay(&changed(change), WayOf::Solution, 1);
    let place = verdict(&|plan| plan.terminals[0].name = "z".into());
    assert_eq!(place, Some(Verdict::Blocked { step: 0, why: Misstep::NoSuchPlace }));
    let surplus = verdict(&|plan| plan.solution.push(Move::Fetch("nothing".into())));
    assert!(matches!(surplus, Some(Verdict::Blocked { why: Misstep::NoSuchPlace, .. })), "{surplus:?}");
    let told = verdict(&|plan| plan.dead_ends[0].when = Goal::Happened(popglass_lessons::format::Event::default()));
    assert!(matches!(told, Some(Verdict::Told { dead_end: 0, .. })), "{told:?}");
}

#[test]
fn a_dead_end_and_a_wrong_way_that_are_none_any_more_are_told() {
    let plan = changed(|plan| plan.dead_ends[0].when = Goal::Any(Vec::new()));
    assert!(matches!(replay(&plan, WayOf::DeadEnd(0), 1), Some(Verdict::Untold(_))));
    let plan = changed(|plan| plan.dead_ends[0].way.clear());
    let Some(Verdict::Untold(difference)) = replay(&plan, WayOf::DeadEnd(0), 1) else { panic!("it is told") };
    assert!(difference.wanted.is_some() && difference.step.is_none(), "{difference:?}");
    let plan = changed(|plan| {
        let (moves, leaves_open) = (plan.solution.clone(), plan.tasks[0].id.clone());
        plan.wrong = vec![WrongWay { moves, leaves_open }];
    });
    assert!(matches!(replay(&plan, WayOf::Wrong(0), 1), Some(Verdict::Done { task: 0, .. })));
    assert_eq!(replay(&plan, WayOf::Wrong(1), 1), None);
    assert_eq!(WayOf::all(&changed(|plan| plan.solution.clear())).next(), Some(WayOf::Wrong(0)));
}

#[test]
fn octets_of_messages_are_told_move_by_move() {
    let plan = changed(|plan| plan.servers[0].users[0].messages[0].filler_octets = 100_000);
    let mut replay = Replay::new(&plan, WayOf::Solution, 1).expect("there is one");
    let octets: Vec<usize> = std::iter::from_fn(|| replay.step()).collect();
    assert_eq!(octets.len(), plan.solution.len());
    assert!(octets.iter().any(|octets| *octets > 100_000), "{octets:?}");
}

/// What was played with one seed leads there with others.
#[test]
fn what_is_recorded_follows_the_seed_wherever_its_numbers_and_words_do() {
    let mut followed = 0;
    for lesson in lessons() {
        let mut played = Classroom::new(&lesson.plan, 3);
        for step in played.plan().solution.clone() {
            played.act(step).expect("the solution can be made");
        }
        let plan = Plan { solution: recorded(&lesson.plan, &played), ..lesson.plan.clone() };
        let again = replay(&plan, WayOf::Solution, 3);
        assert_eq!(again, Some(Verdict::Leads), "lesson {} with its own seed", lesson.number);
        followed += usize::from(SEEDS.iter().all(|seed| replay(&plan, WayOf::Solution, *seed) == Some(Verdict::Leads)));
    }
    assert_eq!(followed, lessons().len());
}

/// Not only does it lead there: with any seed it is what the lesson's own solution is with that seed.
#[test]
fn what_is_recorded_is_the_solution_itself_with_the_numbers_of_any_seed() {
    // Lessons 20 and 26 delete all there is by bare numbers; recorded, each is the message that it was.
    for lesson in lessons().iter().filter(|lesson| ![20, 26].contains(&lesson.number)) {
        let mut played = Classroom::new(&lesson.plan, 3);
        for step in played.plan().solution.clone() {
            played.act(step).expect("the solution can be made");
        }
        let plan = Plan { solution: recorded(&lesson.plan, &played), ..lesson.plan.clone() };
        for seed in [3, 4, 5, 6, 77, 4_711] {
            let [own, ours] = [&lesson.plan, &plan].map(|plan| Classroom::new(plan, seed).plan().solution.clone());
            for (own, ours) in own.iter().zip(&ours) {
                assert_eq!(ours, own, "lesson {} with seed {seed}", lesson.number);
            }
        }
    }
}

#[test]
fn what_is_typed_is_recorded_as_it_was_drawn() {
    let with = |number: u32, moves: &[(&str, &str)]| {
        let plan = &lesson(number).expect("it is there").plan;
        let mut played = Classroom::new(plan, 3);
        let terminal = &plan.terminals[0];
        played.act(Move::Connect(terminal.name.clone(), terminal.doors[0])).expect("it stands");
        for (typed, _) in moves {
            let line = played.fill(typed);
            played.act(Move::Line(terminal.name.clone(), line)).expect("it can be typed");
        }
        let kept = recorded(plan, &played);
        for (step, (_, expected)) in kept[1..].iter().zip(moves) {
            // Behind an equals sign: as it was typed.
            let expected = expected.strip_prefix('=').map_or((*expected).to_owned(), |typed| played.fill(typed));
            assert_eq!(*step, Move::Line(terminal.name.clone(), expected));
        }
    };
    with(
        19,
        &[
            ("APOP {yesterday 1} {yesterday 4}", "APOP {yesterday 1} {yesterday 4}"),
            ("USER {yesterday 1}", "USER {yesterday 1}"),
            ("USER x{yesterday 1}", "=USER x{yesterday 1}"),
        ],
    );
    with(
        25,
        &[
            ("a LOGIN ada lovelace", "a LOGIN ada lovelace"),
            ("b SELECT INBOX", "b SELECT INBOX"),
            ("c fetch {number concert} BODY[]", "c fetch {number concert} BODY[]"),
            ("d STORE {number concert} +FLAGS (\\Seen)", "d STORE {number concert} +FLAGS (\\Seen)"),
            ("e FETCH 1:2 FLAGS", "e FETCH 1:2 FLAGS"),
            ("f NOOP {instrument}, please.", "f NOOP {instrument}, please."),
        ],
    );
}

#[test]
fn what_a_draw_may_say_is_known_and_its_words_are_all_met() {
    let plan = &lesson(19).expect("it is there").plan;
    let users = plan.drawn_values("{yesterday 1}");
    assert_eq!(users, Some(["mrose", "ada", "grace", "linus", "mira", "jonas"].map(str::to_owned).to_vec()));
    for text in
        ["{yesterday", "x{yesterday 1}", "{yesterday 1} ", "{yesterday 0}", "{yester}", "ada", "{}", "{number a}"]
    {
        assert_eq!(plan.drawn_values(text), None, "{text}");
    }
    assert_eq!(plan.drawn_values("{yesterday 99}").map(|values| values[0].clone()), Some("{yesterday 99}".into()));
    for lesson in lessons() {
        let seeds = lesson.plan.seeds_that_meet_all(5, 40);
        assert!(seeds.starts_with(&[1, 2, 3, 4, 5]) && seeds.is_sorted() && seeds.len() < 40, "{seeds:?}");
        for (name, draw) in &lesson.plan.draws {
            let Draw::OneOf(words) = draw else { continue };
            let met = |word: &String| {
                seeds.iter().any(|seed| Classroom::new(&lesson.plan, *seed).fill(&format!("{{{name}}}")) == *word)
            };
            assert!(words.iter().all(met), "lesson {}: {name} with {seeds:?}", lesson.number);
        }
    }
    assert_eq!(plan.seeds_that_meet_all(5, 3), [1, 2, 3]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever moves a way has, and wherever they come from: it is walked to an end, and something is said of it.
    #[test]
    fn any_way_is_walked_to_an_end(
        which in 0..lessons().len(),
        from in 0..lessons().len(),
        kept in prop::collection::vec(any::<bool>(), 0..40),
        line in "[ -~]{0,60}",
    ) {
        let mut plan = lessons()[which].plan.clone();
        let other = lessons()[from].plan.solution.iter().zip(kept.iter().chain(std::iter::repeat(&true)));
        let mut moves: Vec<Move> = other.filter(|(_, kept)| **kept).map(|(step, _)| step.clone()).collect();
        moves.insert(moves.len().min(2), Move::Line("a".into(), line));
        plan.dead_ends.iter_mut().for_each(|dead_end| dead_end.way.clone_from(&moves));
        plan.solution = moves;
        for way in WayOf::all(&plan) {
            let mut replay = Replay::new(&plan, way, 1).expect("there is one");
            let made = std::iter::from_fn(|| replay.step()).count();
            prop_assert!(made <= plan.solution.len().max(way.moves(&plan).map_or(0, <[Move]>::len)));
            match replay.verdict() {
                Verdict::Blocked { step, .. } => prop_assert_eq!(step, made),
                Verdict::Told { step, .. } | Verdict::Done { step, .. } => prop_assert!(step < made),
                Verdict::Open { difference, .. } | Verdict::Untold(difference) => {
                    prop_assert!(difference.step.is_none_or(|step| step < made));
                }
                Verdict::Leads => {}
            }
        }
    }
}
