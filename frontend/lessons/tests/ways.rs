//! Every lesson is walked: its solution, its wrong ways, its dead ends, for several seeds.

use popglass_lessons::{
    Classroom, Lesson, Misstep,
    format::{Door, Move},
    lessons,
};
use popglass_protocol::sasl::apop_digest;

const SEEDS: [u64; 5] = [0, 1, 7, 1_000, u64::MAX];

fn walk(lesson: &Lesson, seed: u64, moves: &[Move]) -> Classroom {
    let mut classroom = Classroom::new(&lesson.plan, seed);
    for step in filled(&classroom, moves) {
        let made = classroom.act(step.clone());
        assert_eq!(made, Ok(()), "lesson {} with seed {seed}: {step:?}", lesson.number);
    }
    classroom
}

/// The plan's moves hold placeholders; those of the classroom are filled in.
fn filled(classroom: &Classroom, moves: &[Move]) -> Vec<Move> {
    let fill = |text: &String| classroom.fill(text);
    let filled = |step: &Move| match step {
        Move::Line(terminal, line) => Move::Line(terminal.clone(), fill(line)),
        Move::Answer(question, answer) => Move::Answer(question.clone(), fill(answer)),
        other => other.clone(),
    };
    moves.iter().map(filled).collect()
}

fn each(check: impl Fn(&Lesson, u64)) {
    for lesson in lessons() {
        for seed in SEEDS {
            check(lesson, seed);
        }
    }
}

#[test]
fn the_solution_of_every_lesson_completes_it() {
    each(|lesson, seed| {
        let classroom = walk(lesson, seed, &lesson.plan.solution);
        let open: Vec<_> = classroom.tasks().iter().filter(|task| !task.met).map(|task| task.id.to_owned()).collect();
        assert!(classroom.is_finished(), "lesson {} with seed {seed}: still open: {open:?}", lesson.number);
        assert_eq!(classroom.dead_end(), None, "lesson {} with seed {seed}", lesson.number);
    });
}

#[test]
fn no_lesson_is_completed_before_its_last_move() {
    each(|lesson, seed| {
        let (_, but_the_last) = lesson.plan.solution.split_last().expect("a solution has moves");
        let moves = &lesson.plan.solution[..but_the_last.len()];
        assert!(!walk(lesson, seed, moves).is_finished(), "lesson {} with seed {seed}", lesson.number);
    });
}

#[test]
fn a_wrong_way_leaves_its_task_open() {
    each(|lesson, seed| {
        assert!(!lesson.plan.wrong.is_empty(), "lesson {} has no wrong way", lesson.number);
        for wrong in &lesson.plan.wrong {
            let classroom = walk(lesson, seed, &wrong.moves);
            let met = classroom.tasks().iter().any(|task| task.id == wrong.leaves_open && task.met);
            assert!(!met, "lesson {} with seed {seed}: {} is met", lesson.number, wrong.leaves_open);
        }
    });
}

#[test]
fn a_dead_end_is_announced_and_reset_leads_out_of_it() {
    each(|lesson, seed| {
        for dead_end in &lesson.plan.dead_ends {
            let mut classroom = walk(lesson, seed, &dead_end.way);
            let announced = classroom.dead_end().map(|found| found.id.clone());
            assert_eq!(announced.as_ref(), Some(&dead_end.id), "lesson {} with seed {seed}", lesson.number);
            classroom.reset();
            for step in filled(&classroom, &lesson.plan.solution) {
                assert_eq!(classroom.act(step), Ok(()));
            }
            assert!(classroom.is_finished(), "lesson {} with seed {seed} after a reset", lesson.number);
        }
    });
}

#[test]
fn undoing_takes_back_one_move_and_only_one() {
    each(|lesson, seed| {
        let mut undone = walk(lesson, seed, &lesson.plan.solution);
        undone.undo();
        let but_the_last = &lesson.plan.solution[..lesson.plan.solution.len() - 1];
        let never_done = walk(lesson, seed, but_the_last);
        assert_eq!(undone.facts(), never_done.facts(), "lesson {} with seed {seed}", lesson.number);
        assert_eq!(undone.maildrops(), never_done.maildrops());
    });
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    for lesson in lessons() {
        let mut classroom = Classroom::new(&lesson.plan, 1);
        let missteps = [
            (Move::Line("nobody".into(), "NOOP".into()), Misstep::NoSuchPlace),
            (Move::HangUp("nobody".into()), Misstep::NoSuchPlace),
            (Move::Fetch("nobody".into()), Misstep::NoSuchPlace),
            (Move::Arrive("nothing".into()), Misstep::NoSuchMessage),
            (Move::Answer("nothing".into(), String::new()), Misstep::NoSuchQuestion),
        ];
        for (step, misstep) in missteps {
            assert_eq!(classroom.act(step), Err(misstep));
        }
        assert_eq!(classroom.moves(), []);
        assert!(classroom.facts().is_empty());
    }
}

#[test]
fn every_lesson_says_everything_in_both_languages() {
    for lesson in lessons() {
        for texts in [&lesson.english, &lesson.german] {
            let classroom = Classroom::new(&lesson.plan, 3);
            let texts = texts.filled(&|text| classroom.fill(text));
            let mut all = vec![&texts.title, &texts.goal, &texts.story, &texts.praise, &texts.card];
            all.extend(texts.tasks.values().chain(&texts.hints).chain(texts.dead_ends.values()));
            all.extend(texts.questions.values().flat_map(|question| [&question.text, &question.wrong]));
            for text in all {
                assert!(!text.trim().is_empty(), "lesson {}: an empty text", lesson.number);
                assert!(!text.contains('{'), "lesson {}: nothing fills in {text}", lesson.number);
            }
        }
        assert_ne!(lesson.english.story, lesson.german.story, "lesson {}", lesson.number);
    }
}

#[test]
fn no_secret_is_shown_or_kept_however_it_is_typed_in_any_protocol() {
    let pop3 = ["PASSWORD hunter2", "USER ada", "PSAS hunter2", "NOOP", "AUTH PLAIN", "hunter2"];
    let smtp = ["EHLO x", "AUTH PLAIN hunter2", "AUTH LOGIN", "hunter2", "hunter2 "];
    let imap =
        ["a LOGIN ada {7}", "hunter2", "b AUTHENTICATE PLAIN", "hunter2", "c LOGIN ada hunter2", "LOGIN ada hunter2"];
    let mut spoken = [0; 3];
    for lesson in lessons() {
        let terminals =
            lesson.plan.terminals.iter().flat_map(|terminal| terminal.doors.iter().map(move |door| (terminal, *door)));
        for (terminal, door) in terminals {
            let (lines, place) = match door {
                Door::Pop3 | Door::Pop3s => (&pop3[..], 0),
                Door::Smtp => (&smtp[..], 1),
                Door::Imap => (&imap[..], 2),
            };
            let mut classroom = Classroom::new(&lesson.plan, 1);
            if classroom.act(Move::Connect(terminal.name.clone(), door)).is_err() {
                continue;
            }
            spoken[place] += 1;
            for line in lines {
                // Some servers have hung up by then.
                let _ = classroom.act(Move::Line(terminal.name.clone(), (*line).to_owned()));
            }
            let shown = classroom.terminal(&terminal.name).map(|terminal| format!("{:?}", terminal.lines));
            for kept in [shown.expect("it is there"), format!("{:?}", classroom.facts())] {
                assert!(!kept.to_ascii_lowercase().contains("hunter2"), "lesson {} {door:?}: {kept}", lesson.number);
            }
        }
    }
    assert!(spoken.iter().all(|count| *count > 0), "{spoken:?}");
}

#[test]
fn the_seed_decides_what_is_asked_wherever_it_can() {
    for (number, questions) in
        [(18, &["hotel", "station", "cafe"][..]), (19, &["guess"]), (22, &["word", "size", "really"])]
    {
        let lesson = lessons().iter().find(|lesson| lesson.number == number).expect("it is there");
        for question in questions {
            let answer = |seed| {
                let classroom = Classroom::new(&lesson.plan, seed);
                let given = classroom.plan().solution.iter().find_map(|step| match step {
                    Move::Answer(id, given) if id == question => Some(given.clone()),
                    _ => None,
                });
                given.expect("the solution answers it")
            };
            let answers: std::collections::BTreeSet<String> = (0..40).map(answer).collect();
            assert!(answers.len() >= 3, "lesson {number}, {question}: {answers:?}");
        }
    }
}

/// What the story tells of yesterday is computed anew: who reads it computes along, and must come to the same digests.
#[test]
fn what_was_overheard_yesterday_is_a_true_login_of_somebody_on_the_server_with_every_seed() {
    let lesson = lessons().iter().find(|lesson| lesson.number == 19).expect("it is there");
    let mut overheard = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let classroom = Classroom::new(&lesson.plan, seed);
        let column = |number: usize| classroom.fill(&format!("{{yesterday {number}}}"));
        let (user, stamp, password, digest, wrong) = (column(1), column(2), column(3), column(4), column(13));
        let users = classroom.plan().servers.iter().flat_map(|server| &server.users);
        assert_eq!(users.filter(|it| it.name == user && it.password == password).count(), 1, "{user}");
        assert_eq!(classroom.plan().devices[0].user, user);
        assert_eq!(digest, apop_digest(&stamp, &password));
        let words: Vec<_> = (5..=8).map(column).collect();
        for (word, place) in words.iter().zip(9..) {
            assert_eq!(column(place), apop_digest(&stamp, word), "{word}");
        }
        assert!(words.contains(&password) && words.contains(&wrong) && wrong != password);
        overheard.insert(user);
    }
    assert!(overheard.len() >= 4, "{overheard:?}");
}

#[test]
fn a_device_proves_its_password_where_the_server_has_a_stamp_and_never_twice_the_same_way() {
    let lesson = lessons().iter().find(|lesson| lesson.number == 19).expect("it is there");
    let mut classroom = Classroom::new(&lesson.plan, 7);
    let begins = classroom.fill("APOP {yesterday 1} ");
    let mut logins = Vec::new();
    for _ in 0..2 {
        classroom.act(Move::Fetch("laptop".into())).expect("it can fetch");
        let overheard = classroom.overheard();
        let tap = overheard.last().expect("it was overheard").tap;
        let said: Vec<_> = tap.readable().map(|(_, line)| line.to_owned()).collect();
        assert!(!said.iter().any(|line| line.starts_with("PASS")), "{said:?}");
        logins.extend(said.into_iter().find(|line| line.starts_with(&begins)));
    }
    assert_eq!(logins.len(), 2);
    assert_ne!(logins[0], logins[1]);
    assert_eq!(
        classroom.device("laptop").and_then(|device| device.last).map(|last| last.failure.is_none()),
        Some(true)
    );
}
