//! Building a scenario: fields and buttons, what is lacking, files, links, trying it out, and the way back.

use popglass_classroom::{
    app::{
        Act, BuildMsg, Draft, Effect, EventField, FaultField, Field, GoalField, GoalOf, LINE_OCTETS_MAX,
        LINK_OCTETS_MAX, MessageField, Model, Msg, Node, Notice, ON, Part, Preset, QuestionField, Row,
        SCENARIO_OCTETS_MAX, ServerField, Spot, Start, UNDO_MAX, UserField, Way, Words,
        view::{BuildVm, ScreenVm, view_build, view_lesson, view_list, view_shell},
    },
    i18n::{Language, texts},
};
use popglass_lessons::{lesson, lessons, scenario};
use proptest::prelude::*;

use crate::{opened, opened_with, send};

pub(crate) fn build(msg: BuildMsg) -> Msg {
    Msg::Build(msg)
}

pub(crate) fn set(field: Field, text: &str) -> Msg {
    build(BuildMsg::Set(field, text.into()))
}

pub(crate) fn press(act: Act) -> Msg {
    build(BuildMsg::Pressed(act))
}

pub(crate) fn vm(model: &Model) -> BuildVm {
    view_build(model).expect("the builder is shown")
}

/// What is saved now.
pub(crate) fn saved(model: &mut Model) -> Draft {
    let effects = send(model, [build(BuildMsg::SavePressed)]);
    let text = effects.iter().find_map(|effect| match effect {
        Effect::Save { text, .. } => Some(text.clone()),
        _ => None,
    });
    Draft::read(text.expect("it is saved").as_bytes()).expect("what is saved can be read")
}

/// What the notice says, in English.
pub(crate) fn said(model: &Model) -> String {
    vm(model).notice.map(|notice| notice.text).unwrap_or_default()
}

pub(crate) fn subject(message: usize) -> Field {
    Field::Message(0, 0, message, MessageField::Subject)
}

fn goal(task: usize) -> Node {
    Node { of: GoalOf::Task(task), path: Vec::new() }
}

#[test]
fn the_builder_begins_with_an_example_that_lacks_nothing() {
    let mut model = opened("#build&lang=en");
    assert_eq!(view_shell(&model).screen, ScreenVm::Build);
    let vm = vm(&model);
    assert!(vm.lacks.is_empty() && vm.is_saved && !vm.can_undo, "{:?}", vm.lacks);
    assert_eq!(vm.lessons.len(), lessons().len());
    for (word, _) in vm.examples.iter().chain(&vm.lessons) {
        send(&mut model, [build(BuildMsg::Began(word.clone()))]);
        assert_eq!(view_build(&model).unwrap().lacks.is_empty(), word != "empty", "{word}");
    }
}

#[test]
fn a_field_that_is_set_is_in_the_file() {
    let mut model = opened("#build&lang=en");
    for (field, text) in [
        (Field::Words(Language::De, Words::Title), "Ein Titel"),
        (Field::Words(Language::En, Words::Hint(2)), "A hint"),
        (Field::Minutes, "12"),
        (subject(1), "Another subject"),
        (Field::Message(0, 0, 0, MessageField::Body), "One\n\nTwo"),
        (Field::Message(0, 0, 0, MessageField::AttachmentName), "map.txt"),
        (Field::Message(0, 0, 0, MessageField::Filler), "5000"),
        (Field::User(0, 0, UserField::Password), "a pass word"),
        (Field::Server(0, ServerField::Stls), ON),
        (Field::Server(0, ServerField::Certificate), "1"),
        (Field::Attacker, "2"),
        (Field::Days, "3"),
        (Field::Goal(goal(2), GoalField::Kind), "0"),
        (Field::Event(goal(2), Row::Happened, 0, EventField::What), "4"),
        (Field::Event(goal(2), Row::Happened, 0, EventField::AtLeast), "2"),
    ] {
        send(&mut model, [set(field.clone(), text)]);
        assert!(!vm(&model).is_saved, "{field:?}");
        let draft = saved(&mut model);
        send(&mut model, [build(BuildMsg::Wanted(Spot::Field(field.clone())))]);
        assert_eq!(vm(&model).fields[&field].value, text, "{field:?}");
        let mut other = opened("#build");
        send(&mut other, [Msg::ScenarioRead(draft.write().into_bytes())]);
        send(&mut other, [build(BuildMsg::Wanted(Spot::Field(field.clone())))]);
        assert_eq!(vm(&other).fields[&field].value, text, "{field:?} was read again");
    }
}

#[test]
fn what_does_not_fit_stays_beside_its_field_and_the_scenario_as_it_was() {
    let mut model = opened("#build&lang=en");
    let before = saved(&mut model);
    let long = "x".repeat(LINE_OCTETS_MAX + 1);
    for (field, text, expected) in [
        (Field::Minutes, "soon", "whole number"),
        (Field::Minutes, "", "whole number"),
        (Field::User(0, 0, UserField::Name), "", "Type a name"),
        (Field::User(0, 0, UserField::Name), "a b", "only letters"),
        (Field::Server(0, ServerField::Name), "ma{i}l", "only letters"),
        (subject(0), long.as_str(), "too long"),
        (subject(0), "a\r\nBcc: b", "cannot be seen"),
        (Field::Message(0, 0, 0, MessageField::Filler), "-1", "whole number"),
    ] {
        send(&mut model, [build(BuildMsg::Wanted(Spot::Field(field.clone()))), set(field.clone(), text)]);
        let shown = vm(&model).fields[&field].clone();
        assert_eq!(shown.value, text, "{field:?}");
        assert!(shown.problem.as_ref().is_some_and(|it| it.contains(expected)), "{field:?}: {:?}", shown.problem);
        assert!(vm(&model).lacks.iter().any(|lack| lack.text.contains(expected)), "{:?}", vm(&model).lacks);
        assert_eq!(saved(&mut model), before, "{field:?}");
        let good = Draft::of(&before.lesson().unwrap());
        send(&mut model, [Msg::ScenarioRead(good.write().into_bytes())]);
    }
}

#[test]
fn a_new_name_is_carried_to_wherever_the_old_one_stood() {
    let mut model = opened("#build");
    send(
        &mut model,
        [
            build(BuildMsg::Began("devices".into())),
            set(Field::User(0, 0, UserField::Name), "konrad"),
            set(Field::Server(0, ServerField::Name), "post.example"),
            set(Field::Device(0, popglass_classroom::app::DeviceField::Name), "tower"),
        ],
    );
    let draft = saved(&mut model);
    assert!(vm(&model).lacks.is_empty(), "{:?}", vm(&model).lacks);
    let text = draft.write();
    for gone in ["\"ada\"", "\"mail.example\"", "device = \"laptop\""] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    // A name that is taken is not taken.
    send(&mut model, [set(Field::Device(1, popglass_classroom::app::DeviceField::Name), "tower")]);
    assert_eq!(saved(&mut model), draft);
}

#[test]
fn things_come_move_and_go_and_undo_brings_them_back() {
    let mut model = opened("#build&lang=en");
    let first = saved(&mut model);
    let subjects = |draft: &Draft| {
        let texts = draft.plan.messages().map(|message| message.text.lines().nth(2).unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    let effects = send(&mut model, [press(Act::AddMessage(0, 0)), press(Act::Move(Part::Message(0, 0, 3), Way::Up))]);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Focus(_))));
    let four = saved(&mut model);
    assert_eq!(subjects(&four)[2], "Subject: New message");
    send(&mut model, [press(Act::Remove(Part::Message(0, 0, 0)))]);
    assert_eq!(subjects(&saved(&mut model)), subjects(&four)[1..]);
    // Two goals name the message that is gone.
    assert_eq!(vm(&model).lacks.len(), 2, "{:?}", vm(&model).lacks);
    assert!(said(&model).contains("on its way"));
    for _ in 0..3 {
        send(&mut model, [build(BuildMsg::UndoPressed)]);
    }
    assert_eq!(saved(&mut model), first);
    assert!(!vm(&model).can_undo);
    for _ in 0..UNDO_MAX + 5 {
        send(&mut model, [press(Act::AddQuestion)]);
    }
    for _ in 0..UNDO_MAX {
        assert!(vm(&model).can_undo);
        send(&mut model, [build(BuildMsg::UndoPressed)]);
    }
    assert!(!vm(&model).can_undo);
}

#[test]
fn every_ready_made_task_can_be_added_and_is_not_done_at_once() {
    let mut model = opened("#build&lang=en");
    send(&mut model, [press(Act::AddDevice), press(Act::AddQuestion)]);
    send(&mut model, [set(Field::Question(0, QuestionField::Answer), "four")]);
    for preset in Preset::ALL {
        send(&mut model, [press(Act::AddTask(preset))]);
        assert!(vm(&model).lacks.is_empty(), "{preset:?}: {:?}", vm(&model).lacks);
    }
    // A goal that is reached before anything has happened is told.
    send(&mut model, [set(Field::Goal(goal(2), GoalField::Kind), "4")]);
    send(&mut model, [set(Field::Member(goal(2), "m3".into()), ON)]);
    assert!(vm(&model).lacks[0].text.contains("before anybody has done anything"), "{:?}", vm(&model).lacks);
}

#[test]
fn faults_are_ordered_and_a_detail_that_does_not_fit_is_refused() {
    let mut model = opened("#build");
    let field = |field| Field::Fault(0, 0, field);
    send(
        &mut model,
        [
            press(Act::AddFault(0)),
            set(field(FaultField::Place), "DELE"),
            set(field(FaultField::Time), ""),
            set(field(FaultField::Kind), "cut"),
            set(field(FaultField::Detail), "12"),
        ],
    );
    assert_eq!(saved(&mut model).plan.servers[0].profile.faults, "DELE: cut 12\n");
    send(&mut model, [set(field(FaultField::Detail), "soon")]);
    assert!(vm(&model).fields[&field(FaultField::Detail)].problem.is_some());
    assert_eq!(saved(&mut model).plan.servers[0].profile.faults, "DELE: cut 12\n");
}

#[test]
fn a_bad_file_is_refused_with_its_line_and_nothing_is_lost() {
    let mut model = opened("#build&lang=en");
    send(&mut model, [set(subject(0), "Mine")]);
    let mine = saved(&mut model);
    let good = scenario::write(lesson(6).unwrap());
    let odd = good.replacen("minutes = 6", "minutes = \"six\"", 1);
    let large = vec![b'#'; SCENARIO_OCTETS_MAX + 1];
    let twice = good.replacen("minutes = 6", "minutes = 6\nminutes = 6", 1);
    let table = format!("{good}\n[lesson]\nminutes = 6\n");
    let number = good.replacen("minutes = 6", "minutes = 06", 1);
    for (octets, expected) in [
        (odd.as_bytes(), "Line 4 cannot be read, from column 11 on. Something of another kind"),
        (twice.as_bytes(), "What stands there is there already"),
        (table.as_bytes(), "What stands there is there already"),
        (number.as_bytes(), "It is not written as it should be"),
        (b"".as_slice(), "Line 1 cannot be read"),
        (
            b"popglass progress 1\n".as_slice(),
            "Line 1 cannot be read, from column 10 on. It is not written as it should be; perhaps a quotation mark",
        ),
        (b"\xFF\xD8\xFF\xE0".as_slice(), "no text"),
        (large.as_slice(), "larger than a scenario"),
    ] {
        send(&mut model, [Msg::ScenarioRead(octets.to_vec())]);
        assert!(said(&model).contains(expected), "{expected}: {}", said(&model));
        assert!(said(&model).contains("unchanged") && vm(&model).notice.unwrap().is_error);
        assert_eq!(saved(&mut model), mine);
    }
    send(&mut model, [Msg::ScenarioRead(good.into_bytes())]);
    assert_eq!(said(&model), (texts(Language::En).build.notice)(&Notice::Loaded));
    send(&mut model, [build(BuildMsg::UndoPressed)]);
    assert_eq!(saved(&mut model), mine);
}

#[test]
fn an_unfinished_scenario_is_saved_and_loaded_and_not_played() {
    let mut model = opened("#build&lang=en");
    send(&mut model, [build(BuildMsg::Began("empty".into()))]);
    assert!(vm(&model).lacks.iter().any(|lack| lack.text.contains("Add a task")), "{:?}", vm(&model).lacks);
    let draft = saved(&mut model);
    let mut other = opened("#build");
    send(&mut other, [Msg::ScenarioRead(draft.write().into_bytes())]);
    assert_eq!(saved(&mut other), draft);
    for wish in [build(BuildMsg::LinkPressed), Msg::AddressChanged("#try&lang=en".into())] {
        send(&mut model, [wish]);
        assert!(said(&model).contains("cannot be played yet"), "{}", said(&model));
        assert_eq!(vm(&model).link, None);
    }
}

#[test]
fn a_link_opens_as_a_lesson_and_leaves_the_progress_alone() {
    let start = Start { address: "#build&lang=de".into(), page: "http://school.example/".into(), ..Start::default() };
    let mut model = opened_with(&start);
    send(&mut model, [build(BuildMsg::LinkPressed)]);
    let link = vm(&model).link.expect("there is a link");
    let hash = link.strip_prefix("http://school.example/").expect("the page's own address");
    let mut pupil = opened(hash);
    let played = view_lesson(&pupil).expect("it is played");
    assert_eq!((played.number, played.is_tried, played.title.as_str()), (None, false, "Ein Postfach aufräumen"));
    let effects = send(&mut pupil, saved(&mut model).plan.solution.into_iter().map(Msg::Moved));
    let finished = view_lesson(&pupil).and_then(|vm| vm.finished).expect("the solution finishes it");
    assert!(finished.next.is_none() && !finished.can_record);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::KeepProgress(_))));
    assert_eq!(view_list(&pupil).done, 0);
    // Cut off, it says what is wrong.
    let lost = opened(&hash[..hash.len() / 2]);
    assert_eq!(view_shell(&lost).screen, ScreenVm::Lost);
}

#[test]
fn a_scenario_that_is_too_large_for_a_link_is_offered_as_a_file() {
    let mut model = opened("#build&lang=en");
    // Words that cannot be made shorter.
    let mut state = 1u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{state:016x}")
    };
    for message in 0..3 {
        let body: String = (0..900).map(|_| noise()).collect::<Vec<_>>().join(" ");
        send(&mut model, [set(Field::Message(0, 0, message, MessageField::Body), &body)]);
    }
    send(&mut model, [build(BuildMsg::LinkPressed)]);
    assert!(said(&model).contains(&LINK_OCTETS_MAX.to_string()) && said(&model).contains("file"), "{}", said(&model));
    // As a file it is played all the same, as long as the page is there.
    let file = saved(&mut model).write();
    let mut pupil = opened("#learn&lang=en");
    let effects = send(&mut pupil, [Msg::ScenarioRead(file.into_bytes())]);
    let Some(Effect::Go(hash)) = effects.last() else { panic!("{effects:?}") };
    let hash = hash.clone();
    assert_eq!(view_shell(&opened(&hash)).screen, ScreenVm::Lost);
    send(&mut pupil, [Msg::AddressChanged(hash)]);
    assert_eq!(view_lesson(&pupil).unwrap().title, "Tidy up a mailbox");
}

#[test]
fn a_pupil_who_loads_a_bad_file_is_told_and_stays_on_the_list() {
    let mut pupil = opened("#learn&lang=en");
    assert_eq!(send(&mut pupil, [Msg::ScenarioRead(b"nonsense".to_vec())]), []);
    assert!(view_list(&pupil).scenario_flaw.is_some());
    assert_eq!(view_shell(&pupil).screen, ScreenVm::List);
}

#[test]
fn what_is_being_built_is_kept_and_had_again() {
    let mut model = opened("#build");
    let effects = send(&mut model, [set(subject(0), "Mine")]);
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::KeepDraft(text) => Some(text.clone()),
        _ => None,
    });
    // Where nothing can be kept, the browser asks before the page is left; until it is saved.
    assert_eq!(send(&mut model, [build(BuildMsg::DraftKept(false))]), [Effect::GuardLeaving(true)]);
    assert!(send(&mut model, [build(BuildMsg::SavePressed)]).contains(&Effect::GuardLeaving(false)));
    let mut again = opened_with(&Start { address: "#build".into(), draft: kept.unwrap(), ..Start::default() });
    assert!(!vm(&again).is_saved);
    assert_eq!(saved(&mut again), saved(&mut model));
    let odd = opened_with(&Start { address: "#build".into(), draft: "nonsense".into(), ..Start::default() });
    assert!(vm(&odd).lacks.is_empty());
}

#[test]
fn a_damaged_file_is_shown_where_it_is_damaged_and_english_stays_a_detail() {
    let good = scenario::write(lesson(6).unwrap());
    for (from, to, line, expected) in [
        ("minutes = 6", "minutes = \"six\"", "minutes = \"six\"", "etwas anderes"),
        ("minutes = 6", "minutes = 6\nsurprise = 1", "surprise = 1", "„surprise“ gibt es hier nicht"),
        ("minutes = 6", "minutes 6", "minutes 6", "Anführungszeichen"),
        ("minutes = 6\n", "", "[lesson]", "Es fehlt „minutes“"),
        ("popglass-scenario = 1\n", "popglass-scenario = [\n", "minutes = 6", "Klammer"),
    ] {
        let mut model = opened("#build&lang=de");
        assert!(good.contains(from), "{from}");
        send(&mut model, [Msg::ScenarioRead(good.replacen(from, to, 1).into_bytes())]);
        let notice = vm(&model).notice.expect("it is refused");
        assert!(notice.text.starts_with("Zeile ") && notice.text.contains(expected), "{to}: {}", notice.text);
        assert!(notice.text.contains("Spalte") && notice.is_error, "{}", notice.text);
        assert_eq!(notice.line.as_deref(), Some(line), "{to}: {:?}", notice.detail);
        assert!(notice.detail.as_ref().is_some_and(|detail| !notice.text.contains(detail.as_str())), "{to}");
    }
}

/// Some field of those that are on the screen, some button, or a wish of another kind.
fn wild(model: &Model, which: &prop::sample::Index, kind: u8, text: &str) -> Msg {
    let vm = vm(model);
    let some = |count: usize| if count == 0 { None } else { Some(which.index(count)) };
    let acts: Vec<Act> =
        vm.parts.values().flat_map(|part| part.adds.iter().chain(&part.tools)).map(|it| it.act.clone()).collect();
    match kind {
        0..=4 => {
            let Some(place) = some(vm.fields.len()) else { return press(Act::AddTask(Preset::List)) };
            let (field, known) = vm.fields.iter().nth(place).expect("it is among them");
            let option = known.options.get(text.len() % known.options.len().max(1)).map(|(value, _)| value.clone());
            let flag = if text.len().is_multiple_of(2) { ON } else { "" };
            let number = (text.len() * 7).to_string();
            let value = match kind {
                0 | 1 => option.unwrap_or_else(|| flag.to_owned()),
                2 => number,
                _ => text.to_owned(),
            };
            set(field.clone(), &value)
        }
        5 | 6 => some(acts.len()).map_or(press(Act::AddServer), |place| press(acts[place].clone())),
        7 => {
            let parts: Vec<Part> = vm.parts.keys().cloned().collect();
            build(BuildMsg::Folded(parts[which.index(parts.len())].clone(), !text.len().is_multiple_of(3)))
        }
        8 => match some(vm.lacks.len()) {
            Some(place) => build(BuildMsg::Wanted(vm.lacks[place].spot.clone())),
            None => build(BuildMsg::LinkPressed),
        },
        9 => build(BuildMsg::UndoPressed),
        10 => Msg::ScenarioRead(text.as_bytes().to_vec()),
        _ => build(BuildMsg::Began(which.index(lessons().len() + 1).to_string())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is done in the builder: what is saved is read as the same, and what lacks nothing can be played.
    #[test]
    fn any_edits_leave_a_scenario_that_is_read_as_it_was_written(
        begin in 0..lessons().len(),
        wishes in prop::collection::vec((any::<prop::sample::Index>(), 0u8..12, ".{0,40}"), 1..30),
    ) {
        let mut model = opened("#build");
        if begin > 0 {
            send(&mut model, [build(BuildMsg::Began(begin.to_string()))]);
        }
        for (which, kind, text) in wishes {
            let msg = wild(&model, &which, kind, &text);
            send(&mut model, [msg]);
            let draft = saved(&mut model);
            let mut other = opened("#build");
            send(&mut other, [Msg::ScenarioRead(draft.write().into_bytes())]);
            prop_assert_eq!(&saved(&mut other), &draft);
            if vm(&model).lacks.is_empty() {
                let lesson = draft.lesson();
                prop_assert!(lesson.is_ok(), "{:?}", lesson.err());
            }
        }
        send(&mut model, [Msg::AddressChanged("#try".into())]);
        let _ = (view_lesson(&model), view_shell(&model));
    }

    #[test]
    fn any_octets_are_loaded_or_refused_and_the_builder_goes_on(
        octets in prop::collection::vec(any::<u8>(), 0..400),
        at in any::<prop::sample::Index>(),
        which in 0..lessons().len(),
    ) {
        let mut file = scenario::write(&lessons()[which]).into_bytes();
        let place = at.index(file.len());
        file.splice(place..(place + octets.len() / 40).min(file.len()), octets.iter().copied().take(8));
        for octets in [octets, file] {
            let mut model = opened("#build");
            send(&mut model, [Msg::ScenarioRead(octets.clone())]);
            prop_assert!(vm(&model).notice.is_some());
            let draft = saved(&mut model);
            send(&mut model, [Msg::ScenarioRead(draft.write().into_bytes())]);
            prop_assert_eq!(saved(&mut model), draft);
            send(&mut model, [Msg::AddressChanged("#try".into()), Msg::AddressChanged("#build".into())]);
            // Everything that can be unfolded can be drawn.
            while let Some(part) = vm(&model).parts.iter().find(|(_, part)| part.is_open == Some(false)).map(|it| it.0.clone()) {
                send(&mut model, [build(BuildMsg::Folded(part, true))]);
            }
            let mut pupil = opened("#learn");
            send(&mut pupil, [Msg::ScenarioRead(octets)]);
            let _ = (view_list(&pupil), view_shell(&pupil));
        }
    }

    #[test]
    fn no_link_breaks_the_page(word in "[A-Za-z0-9_-]{0,200}") {
        let model = opened(&format!("#scenario={word}"));
        prop_assert_eq!(view_shell(&model).screen, ScreenVm::Lost);
    }
}
