//! A lesson from its first move to its praise, and every way in between that a learner may take.

use popglass_classroom::{
    app::{
        Door, Effect, FocusTarget, Model, Move, Msg, Step,
        view::{LessonVm, LineKind, PanesVm, view_lesson, view_list, view_panes},
    },
    i18n::Language,
};
use popglass_lessons::{Classroom, lesson, lessons};
use proptest::prelude::*;

use crate::{opened, send};

fn vm(model: &Model) -> LessonVm {
    view_lesson(model).expect("a lesson is shown")
}

fn panes(model: &Model) -> PanesVm {
    view_panes(model)
}

fn line(text: &str) -> Msg {
    Msg::Moved(Move::Line("a".into(), text.into()))
}

fn connect() -> Msg {
    Msg::Moved(Move::Connect("a".into(), Door::Pop3))
}

fn solution(number: u32, seed: u64) -> Vec<Msg> {
    let plan = &lesson(number).expect("it is there").plan;
    Classroom::new(plan, seed).plan().solution.iter().cloned().map(Msg::Moved).collect()
}

fn met(model: &Model) -> Vec<bool> {
    vm(model).tasks.iter().map(|task| task.is_met).collect()
}

#[test]
fn the_solution_finishes_every_lesson_in_both_languages_and_counts() {
    for it in lessons() {
        for language in Language::ALL {
            let mut model = opened(&format!("#lesson={}&seed=7&lang={}", it.number, language.tag()));
            let effects = send(&mut model, solution(it.number, 7));
            let vm = vm(&model);
            let finished = vm.finished.unwrap_or_else(|| panic!("lesson {}: {:#?}", it.number, vm.tasks));
            assert!(!finished.was_shown && !finished.praise.is_empty() && !finished.card.is_empty());
            assert!(effects.contains(&Effect::Focus(FocusTarget::Praise)));
            assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepProgress(_))));
            assert_eq!(view_list(&model).done, 1);
        }
    }
}

#[test]
fn one_announcement_a_move_tells_the_answer_and_the_task() {
    let mut model = opened("#lesson=6&seed=7&lang=en");
    for (msg, expected) in [
        (connect(), "Server: +OK"),
        (line("USER ada"), "Server: +OK"),
        (line("PASS lovelace"), "Task done: Log in."),
        (line("LIST"), "more lines"),
        (line("NONSENSE"), "Server: -ERR"),
    ] {
        let before = vm(&model).said.len();
        send(&mut model, [msg.clone()]);
        let said = vm(&model).said;
        assert_eq!(said.len(), before + 1, "{msg:?}: {said:?}");
        assert!(said.last().unwrap().text.contains(expected), "{msg:?}: {said:?}");
    }
    let lines = &panes(&model).terminals[0].lines;
    assert!(lines.iter().any(|line| line.kind == LineKind::Client && line.text.starts_with("PASS")));
    assert!(!lines.iter().any(|line| line.text.contains("lovelace")), "{lines:?}");
}

#[test]
fn what_does_not_work_is_said_and_changes_nothing() {
    let mut model = opened("#lesson=6&seed=7");
    for msg in [line("USER ada"), Msg::Moved(Move::HangUp("a".into())), Msg::Moved(Move::Fetch("phone".into()))] {
        send(&mut model, [msg.clone()]);
        assert!(vm(&model).misstep.is_some(), "{msg:?}");
        assert!(!vm(&model).can_undo, "{msg:?}");
    }
    send(&mut model, [connect()]);
    assert_eq!(vm(&model).misstep, None);
}

#[test]
fn undo_and_reset_take_back_what_was_done() {
    let mut model = opened("#lesson=6&seed=7");
    let beginning = panes(&model);
    send(&mut model, [connect(), line("USER ada"), line("PASS lovelace")]);
    assert_eq!(met(&model).iter().filter(|met| **met).count(), 1);
    send(&mut model, [Msg::UndoPressed]);
    assert!(!met(&model).contains(&true));
    send(&mut model, [Msg::ResetPressed]);
    assert_eq!(panes(&model), beginning);
    assert!(!vm(&model).can_undo);
}

#[test]
fn hints_come_one_after_the_other_and_the_solution_only_when_confirmed() {
    let mut model = opened("#lesson=6&seed=7");
    for count in [1, 2, 3, 3] {
        send(&mut model, [Msg::HintPressed]);
        assert_eq!(vm(&model).hints.len(), count);
    }
    send(&mut model, [Msg::ShowPressed]);
    assert!(vm(&model).is_show_asked && vm(&model).shown.is_none());
    send(&mut model, [Msg::ShowDeclined]);
    assert!(!vm(&model).is_show_asked);

    let effects = send(&mut model, [Msg::ShowPressed, Msg::ShowConfirmed]);
    assert!(effects.contains(&Effect::Focus(FocusTarget::Shown)));
    let all = vm(&model).shown.unwrap().all;
    for step in 1..=all {
        send(&mut model, [Msg::ShowNextPressed]);
        assert_eq!(vm(&model).shown.unwrap().steps.len(), step);
    }
    assert!(vm(&model).finished.unwrap().was_shown);
    // Watching does not count; doing it afterwards does.
    assert_eq!(view_list(&model).done, 0);
    send(&mut model, [Msg::ResetPressed]);
    send(&mut model, solution(6, 7));
    assert_eq!(view_list(&model).done, 1);
}

#[test]
fn the_arrow_keys_bring_back_what_was_typed() {
    let mut model = opened("#lesson=6&seed=7");
    send(&mut model, [connect(), line("USER ada"), line("NOOP"), line("NOOP")]);
    let back = |step| Msg::HistoryMoved { terminal: "a".into(), step };
    for (step, expected) in [
        (Step::Older, "NOOP"),
        (Step::Older, "USER ada"),
        (Step::Older, "USER ada"),
        (Step::Newer, "NOOP"),
        (Step::Newer, ""),
        (Step::Newer, ""),
    ] {
        send(&mut model, [back(step)]);
        assert_eq!(panes(&model).terminals[0].typed, expected, "{step:?}");
    }
}

#[test]
fn every_dead_end_is_told_and_left_by_beginning_anew() {
    for it in lessons() {
        let address = format!("#lesson={}&seed=7", it.number);
        let plan = Classroom::new(&it.plan, 7).plan().clone();
        for dead_end in &plan.dead_ends {
            let mut model = opened(&address);
            send(&mut model, dead_end.way.iter().cloned().map(Msg::Moved));
            assert!(vm(&model).dead_end.is_some_and(|text| !text.is_empty()), "lesson {}: {}", it.number, dead_end.id);
            send(&mut model, [Msg::ResetPressed]);
            assert_eq!(vm(&model).dead_end, None);
        }
    }
}

#[test]
fn a_lesson_that_was_left_goes_on_as_it_was() {
    let mut model = opened("#lesson=6&seed=7");
    send(&mut model, [connect(), line("USER ada"), Msg::AddressChanged("#learn".into())]);
    assert!(view_list(&model).groups.iter().flat_map(|(_, rows)| rows).any(|row| row.is_begun));
    send(&mut model, [Msg::AddressChanged("#lesson=6".into())]);
    assert!(vm(&model).can_undo);
}

#[test]
fn moves_are_counted_only_if_somebody_wants_it() {
    let mut model = opened("#lesson=6&seed=7");
    assert_eq!(vm(&model).score, None);
    send(&mut model, [Msg::ScoreSwitched(true), connect()]);
    assert_eq!(vm(&model).score, Some((1, solution(6, 7).len())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_lines_leave_the_lesson_working(lines in proptest::collection::vec(".{0,60}", 0..8)) {
        let mut model = opened("#lesson=6&seed=7");
        send(&mut model, [connect()]);
        for text in lines {
            send(&mut model, [Msg::Typed { terminal: "a".into(), text: text.clone() }]);
            let _ = (view_panes(&model), view_lesson(&model));
            send(&mut model, [line(&text)]);
        }
        send(&mut model, [Msg::ResetPressed]);
        send(&mut model, solution(6, 7));
        prop_assert!(vm(&model).finished.is_some());
    }
}
