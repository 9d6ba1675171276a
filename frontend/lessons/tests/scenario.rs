//! Teachers' files: what is written can be read, and whatever else comes is refused with the place.

use popglass_lessons::{
    Classroom,
    format::Goal,
    lesson, lessons,
    scenario::{self, Draft, GOAL_DEPTH_MAX, SCENARIO_OCTETS_MAX, ScenarioFlaw},
};
use proptest::prelude::*;

#[test]
fn every_lesson_of_ours_can_be_a_teachers_file_and_be_played() {
    for lesson in lessons() {
        let read = scenario::read(scenario::write(lesson).as_bytes());
        let read = read.unwrap_or_else(|flaw| panic!("lesson {}: {flaw:?}", lesson.number));
        assert_eq!((&read.plan, &read.english, &read.german), (&lesson.plan, &lesson.english, &lesson.german));
        assert_eq!(Classroom::new(&read.plan, 1).maildrops(), Classroom::new(&lesson.plan, 1).maildrops());
    }
}

#[test]
fn a_lesson_travels_in_an_address() {
    let lesson = lesson(6).expect("it exists");
    let word = scenario::to_link(lesson).expect("it is small");
    assert!(word.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-_".contains(&octet)));
    assert_eq!(scenario::from_link(&word).expect("it is whole").plan, lesson.plan);
    let cut = &word[..word.len() / 2];
    assert_eq!(scenario::from_link(cut), Err(ScenarioFlaw::BrokenLink));
}

#[test]
fn a_broken_file_is_refused_with_the_place() {
    let good = scenario::write(lesson(6).expect("it exists"));
    let check = |from: &str, to: &str, expected: &str| {
        assert!(good.contains(from), "{from} is not in the file");
        let flaw = scenario::read(good.replacen(from, to, 1).as_bytes()).expect_err(from);
        let told = match &flaw {
            ScenarioFlaw::Unfit(flaw) => flaw.to_string(),
            other => format!("{other:?}"),
        };
        assert!(told.contains(expected), "{from}: {told}");
    };
    check("popglass-scenario = 1", "popglass-scenario = 2", "Version(2)");
    check("minutes = 6", "minutes = \"six\"", "line: 4, column: 11, shown: \"minutes = \\\"six\\\"\", why: Misfit");
    check("[texts.de.tasks]\nlogin = ", "[texts.de.tasks]\nlogin = 1 # ", "invalid type");
    check("[texts.en.tasks]\nlogin = ", "[texts.en.tasks]\nlogon = ", "login");
    check("leaves-open = \"word\"", "leaves-open = \"sword\"", "there is no task “sword”");
    check("server = \"mail.example\"", "server = \"nowhere\"", "there is no server “nowhere”");
    check("minutes = 6", "minutes = 6\nsurprise = 1", "surprise");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let large = vec![b'#'; SCENARIO_OCTETS_MAX + 1];
    assert_eq!(scenario::read(&large), Err(ScenarioFlaw::TooLarge(SCENARIO_OCTETS_MAX)));
    assert_eq!(scenario::read(b"\xFF\xFE"), Err(ScenarioFlaw::NoText));
    let mut many = lesson(6).expect("it exists").clone();
    let user = &mut many.plan.servers[0].users[0];
    let message = user.messages[0].clone();
    user.messages.extend((0..300).map(|number| {
        let mut message = message.clone();
        message.id = format!("m{number}");
        message.text.clear();
        message
    }));
    assert_eq!(scenario::read(scenario::write(&many).as_bytes()), Err(ScenarioFlaw::TooMany("messages", 200)));
}

#[test]
fn an_unfinished_file_is_a_draft_and_no_lesson() {
    let mut draft = Draft::of(lesson(6).expect("it exists"));
    let check = |draft: &Draft, expected: &str| {
        assert_eq!(Draft::read(draft.write().as_bytes()).as_ref(), Ok(draft));
        let told = format!("{:?}", draft.lesson());
        assert!(told.contains(expected), "{expected}: {told}");
    };
    check(&draft, "Ok");
    draft.german = None;
    check(&draft, "Ok");
    assert_eq!(draft.lesson().map(|lesson| lesson.german), Ok(lesson(6).expect("it exists").english.clone()));
    draft.plan.servers[0].profile.faults = "RETR: cut 10\nRETR: explode".into();
    check(&draft, "Faults(\"mail.example\", 2)");
    draft.plan.servers[0].profile.faults.clear();
    draft.plan.questions.clear();
    check(&draft, "Unfit(StrayText(Question");
    draft.plan.tasks.clear();
    check(&draft, "Unfit(NoTask)");
    draft.english = None;
    assert_eq!(Draft::read(draft.write().as_bytes()), Err(ScenarioFlaw::NoLanguage));
}

#[test]
fn goals_lie_no_deeper_in_goals_than_anybody_can_follow() {
    let mut draft = Draft::of(lesson(6).expect("it exists"));
    for depth in 1..=GOAL_DEPTH_MAX {
        assert!(draft.lesson().is_ok(), "{depth}");
        draft.plan.tasks[0].goal = Goal::All(vec![draft.plan.tasks[0].goal.clone()]);
    }
    assert_eq!(draft.lesson().err(), Some(ScenarioFlaw::TooMany("goal-depth", GOAL_DEPTH_MAX)));
}

proptest! {
    #[test]
    fn any_octets_are_read_or_refused(octets in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = scenario::read(&octets);
        let _ = scenario::from_link(&String::from_utf8_lossy(&octets));
    }

    /// Whatever stands in the place of any octet of a good file: refused, or a lesson that can be played.
    #[test]
    fn a_changed_file_leaves_everything_working(at in any::<prop::sample::Index>(), octet in any::<u8>()) {
        let mut file = scenario::write(lesson(6).expect("it exists")).into_bytes();
        let at = at.index(file.len());
        file[at] = octet;
        if let Ok(lesson) = scenario::read(&file) {
            let mut classroom = Classroom::new(&lesson.plan, 1);
            for step in lesson.plan.solution.clone() {
                let _ = classroom.act(step);
            }
            classroom.reset();
            prop_assert!(classroom.moves().is_empty());
        }
    }
}
