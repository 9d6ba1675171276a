//! Solution, wrong ways and dead ends: whether they are walked again after a change, what is said of them, and how what was
//! played becomes one of them.

use popglass_classroom::{
    app::{
        Act, BuildMsg, CHECK_SEEDS, CHECK_WAIT_MS, Draft, Effect, Field, FocusTarget, GoalField, GoalOf, Model, Move,
        Msg, Node, ON, Part, QuestionField, Recording, Spot, TerminalField, UserField, Words,
        view::{WaysKind, view_lesson},
    },
    i18n::Language,
};
use popglass_lessons::{Verdict, WayOf, format::Goal, lesson, lessons, replay, scenario};
use proptest::prelude::*;

use crate::{
    building::{build, press, said, saved, set, subject, vm},
    opened, send,
};

/// Comes back as often as the shell would. Tells how often that was.
fn walk(model: &mut Model, effects: Vec<Effect>) -> usize {
    let due = |effects: &[Effect]| {
        effects.iter().rev().find_map(|effect| match effect {
            Effect::CheckLater { ticket, .. } => Some(*ticket),
            _ => None,
        })
    };
    let mut ticket = due(&effects);
    let mut portions = 0;
    while let Some(known) = ticket {
        let effects = send(model, [build(BuildMsg::CheckDue(known))]);
        ticket = due(&effects);
        portions += 1;
        assert!(portions < 20_000, "it comes to an end");
    }
    portions
}

/// Makes wishes, and waits for what comes of them.
fn wish(model: &mut Model, wishes: impl IntoIterator<Item = Msg>) {
    let effects = send(model, wishes);
    walk(model, effects);
}

/// The builder, begun with this, after everything was walked.
fn begun(with: &str, language: &str) -> Model {
    let mut model = opened(&format!("#build&lang={language}"));
    wish(&mut model, [build(BuildMsg::Began("empty".into())), build(BuildMsg::Began(with.into()))]);
    model
}

/// How things stand with the ways, and what is said of each that goes astray.
fn ways(model: &Model) -> (WaysKind, Vec<String>) {
    let ways = vm(model).ways.expect("it can be played");
    assert!(!ways.is_open, "all was walked");
    let words =
        |fault: popglass_classroom::app::view::WayFaultVm| fault.words.into_iter().map(|piece| piece.text).collect();
    (ways.kind, ways.faults.into_iter().map(words).collect())
}

/// Plays these in what is being built.
fn play(model: &mut Model, moves: &[Move]) {
    wish(model, [Msg::AddressChanged("#try&lang=en".into())]);
    send(model, moves.iter().cloned().map(Msg::Moved));
}

fn keep(model: &mut Model, recording: Recording) {
    let effects = send(model, [Msg::WayKept(recording)]);
    assert!(matches!(effects.last(), Some(Effect::Go(hash)) if hash.starts_with("#build")), "{effects:?}");
    walk(model, effects);
    wish(model, [Msg::AddressChanged("#build&lang=en".into())]);
}

fn lines(lines: &[&str]) -> Vec<Move> {
    let line = |line: &&str| Move::Line("a".into(), (*line).to_owned());
    std::iter::once(Move::Connect("a".into(), popglass_classroom::app::Door::Pop3))
        .chain(lines.iter().map(line))
        .collect()
}

#[test]
fn what_is_opened_is_walked_at_once_and_all_of_ours_leads_where_it_should() {
    let mut model = opened("#learn");
    let effects = send(&mut model, [Msg::AddressChanged("#build&lang=en".into())]);
    assert_eq!(vm(&model).ways.map(|ways| (ways.kind, ways.is_open)), Some((WaysKind::Open, true)));
    walk(&mut model, effects);
    assert_eq!(ways(&model), (WaysKind::Lead, vec![]));
    assert!(
        send(&mut model, [Msg::AddressChanged("#learn".into()), Msg::AddressChanged("#build".into())])
            .iter()
            .all(|effect| !matches!(effect, Effect::CheckLater { .. })),
        "once is enough"
    );
    for lesson in lessons() {
        assert_eq!(
            ways(&begun(&lesson.number.to_string(), "en")),
            (WaysKind::Lead, vec![]),
            "lesson {}",
            lesson.number
        );
    }
}

#[test]
fn a_change_that_breaks_a_way_is_told_with_its_step_and_undo_mends_it() {
    let gone = |model: &mut Model| wish(model, [press(Act::Remove(Part::Message(0, 0, 0)))]);
    let password = |model: &mut Model| wish(model, [set(Field::User(0, 0, UserField::Password), "changed")]);
    let user = |model: &mut Model| wish(model, [set(Field::User(0, 0, UserField::Name), "grace")]);
    let order =
        |model: &mut Model| wish(model, [press(Act::Move(Part::Message(0, 0, 0), popglass_classroom::app::Way::Down))]);
    let door = |model: &mut Model| wish(model, [press(Act::Remove(Part::Terminal(0))), press(Act::AddDevice)]);
    let fewer = |model: &mut Model| wish(model, [press(Act::Remove(Part::Step(WayOf::Solution, 6)))]);
    type Change<'a> = &'a dyn Fn(&mut Model);
    for (language, with, change, expected) in [
        (
            "en",
            "three",
            &password as Change<'_>,
            "The solution stops at step 3 (PASS lovelace): expected: the state TRANSACTION; seen: PASS",
        ),
        ("de", "three", &password, "Die Lösung bleibt bei Schritt 3 (PASS lovelace) hängen. Erwartet: "),
        ("en", "three", &user, "The solution stops at step 3 (PASS lovelace)"),
        ("en", "three", &order, "The solution stops at step 5 (RETR 1): expected: a whole message “Meeting point”"),
        (
            "en",
            "three",
            &door,
            "The solution stops at step 1 (Terminal a: connect to POP3, port 110): There is no such terminal",
        ),
        (
            "de",
            "three",
            &door,
            "Die Lösung bleibt bei Schritt 1 (Terminal a: verbinden, POP3, Port 110) stehen: Ein solches",
        ),
        (
            "en",
            "three",
            &fewer,
            "The solution is not enough: expected: exactly 2 messages in ada’s maildrop, the right ones. Task 3 stays open.",
        ),
        (
            "en",
            "three",
            &gone,
            "The solution stops at step 5 (RETR 1): expected: a whole message “m1”; seen: a whole message “Your books are due”",
        ),
    ] {
        let mut model = begun(with, language);
        change(&mut model);
        if vm(&model).ways.is_none() {
            // It cannot be played before what is lacking is mended.
            assert!(!vm(&model).lacks.is_empty(), "{expected}");
        }
        let (kind, faults) = ways(&model);
        assert_eq!(kind, WaysKind::Astray, "{expected}");
        assert!(faults.iter().any(|fault| fault.starts_with(expected)), "{expected}: {faults:?}");
        let spot = Spot::Part(Part::Way(WayOf::Solution));
        wish(&mut model, [build(BuildMsg::Wanted(spot))]);
        assert!(vm(&model).parts[&Part::Way(WayOf::Solution)].problem.is_some(), "{expected}");
        while vm(&model).can_undo && ways(&model).0 == WaysKind::Astray {
            wish(&mut model, [build(BuildMsg::UndoPressed)]);
        }
        assert_eq!(ways(&model).0, WaysKind::Lead, "{expected}");
    }
}

#[test]
fn wrong_ways_and_dead_ends_are_walked_as_well() {
    let dead_end = |field| Field::Goal(Node { of: GoalOf::DeadEnd(0), path: Vec::new() }, field);
    let mut model = begun("9", "en");
    wish(
        &mut model,
        [build(BuildMsg::Wanted(Spot::Field(dead_end(GoalField::Kind)))), set(dead_end(GoalField::Kind), "0")],
    );
    let (kind, faults) = ways(&model);
    assert!(
        kind == WaysKind::Astray && faults[0].contains("learners are told that the goal is lost, by dead end 1"),
        "{faults:?}"
    );
    let mut model = begun("9", "en");
    wish(&mut model, [press(Act::Remove(Part::Step(WayOf::DeadEnd(0), 3)))]);
    let (_, faults) = ways(&model);
    assert!(faults.len() == 1 && faults[0].starts_with("Dead end 1 "), "{faults:?}");
    // A task that the solution does in a wrong way's stead.
    let mut model = begun("three", "en");
    let solution = saved(&mut model).plan.solution;
    play(&mut model, &solution[..3]);
    keep(&mut model, Recording::Wrong);
    assert_eq!(ways(&model), (WaysKind::Lead, vec![]));
    assert_eq!(saved(&mut model).plan.wrong[0].leaves_open, "t2");
    wish(&mut model, [set(Field::LeavesOpen(0), "t1")]);
    assert_eq!(ways(&model).1, ["Wrong way 1 does task 1 with step 3 (PASS lovelace), and was not to do it."]);
}

#[test]
fn a_scenario_without_a_solution_says_so_and_one_can_be_recorded() {
    for (language, expected) in [("en", "learners will not find “Show me”"), ("de", "kein „Zeig es mir“")] {
        let mut model = begun("three", language);
        let solution = saved(&mut model).plan.solution;
        wish(&mut model, [set(subject(0), "Mine"), press(Act::Remove(Part::Way(WayOf::Solution)))]);
        let found = vm(&model).ways.expect("it can be played");
        assert!(found.kind == WaysKind::NoSolution && found.offers_recording && found.text.contains(expected));
        let mine = saved(&mut model);
        play(&mut model, &solution[..solution.len() - 1]);
        let tried = view_lesson(&model).unwrap();
        assert!(tried.is_tried && !tried.can_show && tried.can_keep && tried.finished.is_none());
        assert_eq!(send(&mut model, [Msg::WayKept(Recording::Solution)]), [], "it does not lead there");
        send(&mut model, [Msg::Moved(solution.last().unwrap().clone())]);
        let tried = view_lesson(&model).unwrap();
        assert!(tried.finished.unwrap().can_record && !tried.can_keep);
        keep(&mut model, Recording::Solution);
        assert!(said(&model).contains("7 steps is the solution now."), "{}", said(&model));
        assert_eq!(ways(&model), (WaysKind::Lead, vec![]));
        let mut plan = mine.plan.clone();
        plan.solution = solution;
        assert_eq!(saved(&mut model), Draft { plan, ..mine });
    }
}

#[test]
fn a_way_that_loses_something_becomes_a_dead_end_with_its_condition_and_its_words() {
    let mut model = begun("three", "en");
    play(&mut model, &lines(&["USER ada", "PASS lovelace", "DELE 1", "QUIT"]));
    keep(&mut model, Recording::DeadEnd);
    assert!(said(&model).contains("is a dead end now"), "{}", said(&model));
    assert_eq!(ways(&model), (WaysKind::Lead, vec![]));
    let draft = saved(&mut model);
    let dead_end = &draft.plan.dead_ends[0];
    assert_eq!(dead_end.when, Goal::MaildropLacks { user: "ada".into(), messages: vec!["m1".into()] });
    wish(&mut model, [set(Field::Words(Language::De, Words::DeadEnd(0)), "Weg ist weg.")]);
    let part = &vm(&model).parts[&Part::Way(WayOf::DeadEnd(0))];
    assert_eq!((part.steps.len(), part.is_open), (5, Some(true)));
    // Whoever plays it is told so.
    play(&mut model, &dead_end.way);
    assert!(view_lesson(&model).unwrap().dead_end.is_some());
    // One that loses nothing waits for its condition.
    let mut model = begun("three", "en");
    play(&mut model, &lines(&["USER ada", "QUIT"]));
    keep(&mut model, Recording::DeadEnd);
    assert_eq!(ways(&model).1, ["Dead end 1 is not told at the end of its way."]);
    assert!(vm(&model).lacks.iter().any(|lack| lack.text.contains("Dead end 1") && lack.text.contains("Add a goal")));
    wish(&mut model, [press(Act::Remove(Part::Way(WayOf::DeadEnd(0))))]);
    assert!(vm(&model).lacks.is_empty() && ways(&model).0 == WaysKind::Lead);
}

/// What was played with the numbers of one seed leads there with those of all.
#[test]
fn a_way_that_was_recorded_travels_in_file_and_link_and_holds_with_every_seed() {
    for number in [6, 14, 16, 19, 22, 24, 25] {
        let mut model = begun(&number.to_string(), "en");
        wish(&mut model, [press(Act::Remove(Part::Way(WayOf::Solution)))]);
        assert_eq!(vm(&model).ways.map(|ways| ways.kind), Some(WaysKind::NoSolution), "lesson {number}");
        wish(&mut model, [Msg::AddressChanged("#try".into())]);
        let seed = u64::from(view_lesson(&model).unwrap().seed);
        let classroom = popglass_lessons::Classroom::new(&lesson(number).unwrap().plan, seed);
        send(&mut model, classroom.plan().solution.iter().cloned().map(Msg::Moved));
        keep(&mut model, Recording::Solution);
        assert_eq!(ways(&model), (WaysKind::Lead, vec![]), "lesson {number}, played with seed {seed}");
        let draft = saved(&mut model);
        let word = draft.to_link().expect("it is small enough");
        assert_eq!(scenario::from_link(&word).unwrap().plan, draft.plan);
        assert_eq!(Draft::read(draft.write().as_bytes()).unwrap(), draft);
        for seed in [1, 77, 4_711] {
            assert_eq!(
                replay(&draft.plan, WayOf::Solution, seed),
                Some(Verdict::Leads),
                "lesson {number} with seed {seed}"
            );
        }
    }
}

#[test]
fn a_way_that_only_some_numbers_lead_along_is_told_with_one_that_does_not() {
    let mut model = begun("three", "en");
    wish(&mut model, [set(Field::User(0, 0, UserField::Shuffled), ON)]);
    let (kind, faults) = ways(&model);
    assert_eq!(kind, WaysKind::Astray);
    assert!(faults.len() == 1, "{faults:?}");
    let plan = saved(&mut model).plan;
    let is_astray = |seed: &u64| replay(&plan, WayOf::Solution, *seed) != Some(Verdict::Leads);
    let first = (1..=CHECK_SEEDS).find(is_astray).expect("some numbers lead elsewhere");
    assert_eq!(faults[0].contains(&format!("such as with seed {first}.")), first > 1, "{faults:?}");
}

#[test]
fn names_are_carried_into_the_moves() {
    let mut model = begun("three", "en");
    wish(&mut model, [set(Field::Terminal(0, TerminalField::Name), "upstairs")]);
    assert_eq!(ways(&model), (WaysKind::Lead, vec![]));
    assert!(!saved(&mut model).write().contains("[\"a\","));
    let mut model = begun("14", "en");
    wish(&mut model, [set(Field::Device(0, popglass_classroom::app::DeviceField::Name), "tower")]);
    assert_eq!(ways(&model), (WaysKind::Lead, vec![]));
}

#[test]
fn a_change_while_ways_are_walked_begins_anew_and_the_old_order_does_nothing() {
    let mut model = begun("three", "en");
    let first = send(&mut model, [set(Field::User(0, 0, UserField::Password), "one")]);
    let second = send(&mut model, [set(Field::User(0, 0, UserField::Password), "lovelace")]);
    let [Some(Effect::CheckLater { ticket: old, wait_ms }), Some(Effect::CheckLater { ticket: new, .. })] =
        [&first, &second].map(|effects| effects.iter().find(|effect| matches!(effect, Effect::CheckLater { .. })))
    else {
        panic!("{first:?} {second:?}");
    };
    assert_eq!(*wait_ms, CHECK_WAIT_MS);
    assert_ne!(old, new);
    assert_eq!(send(&mut model, [build(BuildMsg::CheckDue(*old))]), []);
    // What is said meanwhile was true before.
    assert_eq!(vm(&model).ways.map(|ways| (ways.kind, ways.is_open)), Some((WaysKind::Lead, true)));
    walk(&mut model, second);
    assert_eq!(ways(&model), (WaysKind::Lead, vec![]));
}

/// What was found out of one scenario is not said of another one, nor of steps that have moved.
#[test]
fn what_was_found_out_is_not_said_of_anything_else() {
    let broken = || {
        let mut model = begun("three", "en");
        wish(&mut model, [set(Field::User(0, 0, UserField::Password), "changed")]);
        assert_eq!(ways(&model).0, WaysKind::Astray);
        model
    };
    let file = scenario::write(lesson(9).unwrap()).into_bytes();
    for next in [
        build(BuildMsg::Began("9".into())),
        Msg::ScenarioRead(file),
        build(BuildMsg::UndoPressed),
        press(Act::Remove(Part::Step(WayOf::Solution, 0))),
    ] {
        let mut model = broken();
        send(&mut model, [next.clone()]);
        let found = vm(&model).ways.expect("it can be played");
        assert!(found.kind == WaysKind::Open && found.is_open && found.faults.is_empty(), "{next:?}: {found:?}");
    }
    // One and the same scenario, begun again: nothing has changed, and what is known of it stays known.
    let mut model = begun("9", "en");
    assert_eq!(send(&mut model, [build(BuildMsg::Began("9".into()))]).len(), 1);
    assert_eq!(ways(&model).0, WaysKind::Lead);
}

#[test]
fn a_solution_that_was_recorded_just_now_is_not_praised_before_it_was_walked() {
    let mut model = begun("three", "en");
    let solution = saved(&mut model).plan.solution;
    send(&mut model, [press(Act::Remove(Part::Way(WayOf::Solution)))]);
    // There is nothing to walk, and it is said at once.
    assert_eq!(vm(&model).ways.map(|ways| (ways.kind, ways.is_open)), Some((WaysKind::NoSolution, false)));
    play(&mut model, &solution);
    send(&mut model, [Msg::WayKept(Recording::Solution)]);
    let effects = send(&mut model, [Msg::AddressChanged("#build&lang=en".into())]);
    assert_eq!(vm(&model).ways.map(|ways| (ways.kind, ways.is_open)), Some((WaysKind::Open, true)));
    // Whoever does not see the screen hears what became of it; but once.
    assert_eq!(effects, [Effect::Focus(FocusTarget::Notice)]);
    for address in ["#learn", "#build"] {
        let effects = send(&mut model, [Msg::AddressChanged(address.into())]);
        assert_eq!(effects, [Effect::Focus(FocusTarget::Heading)]);
    }
}

#[test]
fn a_walk_shows_nothing_before_its_end() {
    let mut model = begun("14", "en");
    let effects = send(&mut model, [set(subject(0), "Another")]);
    let Some(Effect::CheckLater { ticket, .. }) =
        effects.into_iter().find(|effect| matches!(effect, Effect::CheckLater { .. }))
    else {
        panic!("it is walked");
    };
    let (mut portions, known) = (0, model.changes());
    while !send(&mut model, [build(BuildMsg::CheckDue(ticket))]).is_empty() {
        portions += 1;
        assert_eq!(model.changes(), known);
    }
    assert!(portions > 2, "{portions}");
    assert_ne!(model.changes(), known);
}

/// Whoever the seed draws, it is somebody who is there; and with every word that it draws the ways are walked.
#[test]
fn what_a_drawn_name_loses_is_told_whichever_of_them_it_is() {
    for user in 0..6 {
        let mut model = begun("19", "en");
        let name = saved(&mut model).plan.servers[0].users[user].name.clone();
        wish(&mut model, [set(Field::User(0, user, UserField::Name), "nobody")]);
        let lacks = vm(&model).lacks;
        assert!(lacks.len() == 1 && lacks[0].text.contains(&name), "{name}: {lacks:?}");
        let mut model = begun("19", "en");
        let mut draft = saved(&mut model);
        // One of the words that are drawn leads elsewhere.
        let Some(popglass_lessons::format::Draw::OneOf(words)) = draft.plan.draws.get_mut("yesterday") else {
            panic!("it is drawn");
        };
        let place = words.iter().position(|word| word.starts_with(&name)).expect("everybody is drawn");
        // The question is about the third column, and the solution answers with the fourteenth.
        let columns: Vec<&str> = words[place].split('|').collect();
        let wrong = format!("{}|other", columns.join("|"));
        for (at, word) in words.iter_mut().enumerate() {
            let right = word.split('|').nth(2).unwrap_or_default().to_owned();
            *word = if at == place { wrong.clone() } else { format!("{word}|{right}") };
        }
        for step in &mut draft.plan.solution {
            if matches!(step, Move::Answer(question, _) if question == "guess") {
                *step = Move::Answer("guess".into(), "{yesterday 14}".into());
            }
        }
        wish(&mut model, [Msg::ScenarioRead(draft.write().into_bytes())]);
        assert_eq!(vm(&model).lacks, [], "{name}");
        assert_eq!(ways(&model).0, WaysKind::Astray, "{name}");
    }
}

#[test]
fn what_is_too_much_to_walk_is_said_and_takes_no_longer() {
    let mut model = begun("three", "en");
    let mut draft = saved(&mut model);
    draft.plan.servers[0].users[0].messages[0].filler_octets = 1_000_000;
    let fetch = draft.plan.solution[4].clone();
    let at = draft.plan.solution.len() - 2;
    (0..40).for_each(|_| draft.plan.solution.insert(at, fetch.clone()));
    let effects = send(&mut model, [Msg::ScenarioRead(draft.write().into_bytes())]);
    let portions = walk(&mut model, effects);
    assert_eq!(ways(&model).0, WaysKind::Cut);
    assert!(portions < 100, "{portions}");
}

#[test]
fn questions_can_be_removed_and_the_ways_that_answered_them_are_told() {
    let mut model = begun("6", "de");
    wish(&mut model, [set(Field::Question(0, QuestionField::Kind), "0"), press(Act::Remove(Part::Question(0)))]);
    // The goal that asks for it is lacking too, and nothing is lost by going on.
    assert!(!vm(&model).lacks.is_empty());
    let (kind, told) = ways(&model);
    assert!(kind == WaysKind::Astray && told[0].contains("Frage"), "{told:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever is played, and whatever it is kept as: the draft is read as it was written, and walked to an end.
    #[test]
    fn whatever_is_played_can_be_kept_saved_and_walked(
        which in 0..lessons().len(),
        from in 0..lessons().len(),
        typed in prop::collection::vec("[ -~]{0,30}", 0..4),
        kind in 0..3_usize,
    ) {
        let mut model = begun(&lessons()[which].number.to_string(), "en");
        wish(&mut model, [Msg::AddressChanged("#try".into())]);
        let moves = lessons()[from].plan.solution.iter().take(6).cloned();
        send(&mut model, moves.map(Msg::Moved));
        let terminal = lessons()[which].plan.terminals.first().map_or("a", |it| it.name.as_str());
        send(&mut model, typed.into_iter().map(|line| Msg::Moved(Move::Line(terminal.to_owned(), line))));
        wish(&mut model, [Msg::WayKept([Recording::Solution, Recording::Wrong, Recording::DeadEnd][kind])]);
        wish(&mut model, [Msg::AddressChanged("#build".into())]);
        let draft = saved(&mut model);
        let read = Draft::read(draft.write().as_bytes());
        prop_assert_eq!(read.as_ref(), Ok(&draft));
        let _ = ways(&model);
    }
}
