//! One message in, orders out: the only place where the model changes.

use std::rc::Rc;

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    Lesson,
    format::Move,
    lesson,
    scenario::{self, SCENARIO_OCTETS_MAX},
};

use super::{
    address::{Address, AddressFault, Place, hash_of},
    build::{self, BuildMsg, Notice, Recording},
    effect::{Effect, FocusTarget},
    model::{Loaded, Model, Screen},
    msg::Msg,
    play::{Origin, Play, Show},
    progress::{PROGRESS_OCTETS_MAX, Progress},
    tools::{Tool, Tools},
    transcript,
    view::{copied, language_of, told},
};
use crate::i18n::texts;

/// What the file with progress is called.
const PROGRESS_FILE: &str = "popglass-progress.txt";

/// Applies one message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::AddressChanged(hash) => go(model, &hash, &mut effects),
        Msg::LanguageChosen(language) => {
            model.language = language;
            model.settings.language = Some(language);
            effects.push(Effect::KeepSettings(model.settings));
            effects.extend(place(model).map(|place| Effect::WriteAddress(hash_of(place, language))));
        }
        Msg::ThemeChosen(theme) => {
            model.settings.theme = theme;
            effects.push(Effect::KeepSettings(model.settings));
        }
        Msg::LargeSwitched(on) => {
            model.settings.is_large = on;
            effects.push(Effect::KeepSettings(model.settings));
        }
        Msg::ScoreSwitched(on) => {
            model.settings.shows_score = on;
            effects.push(Effect::KeepSettings(model.settings));
        }
        Msg::ProgressSavePressed => {
            effects.push(Effect::Save { name: PROGRESS_FILE.into(), text: model.progress.to_text() });
        }
        Msg::ProgressFileChosen => effects.push(Effect::ReadProgressFile { octets_max: PROGRESS_OCTETS_MAX }),
        Msg::ProgressRead(text) => take_progress(model, &text, &mut effects),
        Msg::ScenarioFileChosen => {
            effects.push(Effect::ReadScenarioFile { octets_max: SCENARIO_OCTETS_MAX as u64 });
        }
        Msg::ScenarioRead(octets) => take_scenario(model, octets, &mut effects),
        Msg::Build(BuildMsg::CheckDue(ticket)) => {
            if !model.builder().check_due(ticket, &mut effects) {
                return effects;
            }
        }
        Msg::Build(wish) => {
            let language = model.language;
            build::update(model.builder(), wish, language, &mut effects);
        }
        Msg::WayKept(recording) => keep_way(model, recording, &mut effects),
        Msg::PrintPressed => effects.push(Effect::Print),
        in_lesson => update_lesson(model, in_lesson, &mut effects),
    }
    model.count_change();
    effects
}

/// Goes where the address says. An address without a seed gets one, so that it can be passed on as it stands.
fn go(model: &mut Model, hash: &str, effects: &mut Vec<Effect>) {
    let Address { place, language } = Address::parse(hash);
    if let Some(language) = language {
        model.language = language;
    }
    model.loaded = None;
    model.scenario_flaw = None;
    model.screen = match place {
        Err(fault) => Screen::Lost(fault),
        Ok(Place::List) => Screen::List,
        Ok(Place::Teach) => Screen::Teach,
        Ok(Place::Build) => open_builder(model, effects),
        Ok(Place::Try) => try_out(model, effects),
        Ok(Place::Scenario { word, seed }) => open_scenario(model, word, seed, effects),
        Ok(Place::Lesson { number, seed, sheet }) => {
            let known = model.play.as_ref().filter(|play| is_ours(play, number)).map(|play| play.seed);
            let seed = seed.or(known).unwrap_or_else(|| model.draw_seed());
            let place = Place::Lesson { number, seed: Some(seed), sheet };
            effects.push(Effect::WriteAddress(hash_of(place, model.language)));
            match sheet {
                Some(sheet) => Screen::Sheet { number, seed, sheet },
                None => {
                    open(model, number, seed);
                    Screen::Lesson
                }
            }
        }
    };
    let is_told = matches!(model.screen, Screen::Build) && model.builder().take_waiting();
    effects.push(Effect::Focus(if is_told { FocusTarget::Notice } else { FocusTarget::Heading }));
}

fn is_ours(play: &Play, number: u32) -> bool {
    play.origin == Origin::Ours && play.lesson.number == number
}

/// A lesson that is open already goes on as it is.
fn open(model: &mut Model, number: u32, seed: u32) {
    let is_open = model.play.as_ref().is_some_and(|play| is_ours(play, number) && play.seed == seed);
    if !is_open {
        let lesson = lesson(number).expect("the address was read: the lesson is there");
        play(model, Rc::new(lesson.clone()), Origin::Ours, seed);
    }
}

fn play(model: &mut Model, lesson: Rc<Lesson>, origin: Origin, seed: u32) {
    let opening = model.next_opening();
    model.play = Some(Play::new(lesson, origin, seed, opening));
}

fn open_builder(model: &mut Model, effects: &mut Vec<Effect>) -> Screen {
    model.builder().begin(effects);
    Screen::Build
}

/// Plays what is being built, as it is now; what cannot be played stays in the builder.
fn try_out(model: &mut Model, effects: &mut Vec<Effect>) -> Screen {
    let Ok(lesson) = model.builder().draft.lesson() else {
        model.builder().say_there(Notice::NotReady);
        return open_builder(model, effects);
    };
    let seed = model.draw_seed();
    play(model, Rc::new(lesson), Origin::Tried, seed);
    Screen::Lesson
}

/// A scenario that is open already goes on as it is.
fn open_scenario(model: &mut Model, word: Option<String>, seed: Option<u32>, effects: &mut Vec<Effect>) -> Screen {
    let lesson = match &word {
        Some(word) => scenario::from_link(word).map_err(AddressFault::BadScenario),
        None => model.scenario.clone().ok_or(AddressFault::NoScenario),
    };
    let lesson = match lesson {
        Ok(lesson) => lesson,
        Err(fault) => return Screen::Lost(fault),
    };
    let is_it = |play: &&Play| matches!(play.origin, Origin::Teacher(_)) && *play.lesson == lesson;
    let known = model.play.as_ref().filter(is_it).map(|play| play.seed);
    let seed = seed.or(known).unwrap_or_else(|| model.draw_seed());
    if known != Some(seed) {
        play(model, Rc::new(lesson), Origin::Teacher(word.clone()), seed);
    }
    effects.push(Effect::WriteAddress(hash_of(Place::Scenario { word, seed: Some(seed) }, model.language)));
    Screen::Lesson
}

/// A file with a scenario: to go on building, or to play.
fn take_scenario(model: &mut Model, octets: Vec<u8>, effects: &mut Vec<Effect>) {
    let language = model.language;
    if matches!(model.screen, Screen::Build) {
        return build::update(model.builder(), BuildMsg::FileRead(octets), language, effects);
    }
    match scenario::read(&octets) {
        Ok(lesson) => {
            model.scenario_flaw = None;
            let place = Place::Scenario { word: scenario::to_link(&lesson), seed: None };
            model.scenario = Some(lesson);
            effects.push(Effect::Go(hash_of(place, language)));
        }
        Err(flaw) => model.scenario_flaw = Some(flaw),
    }
}

/// What was played just now becomes a way of what is being built.
fn keep_way(model: &mut Model, recording: Recording, effects: &mut Vec<Effect>) {
    // What was shown is the solution already; and what is not its own scenario's has no place there.
    let Some(play) = model.play.take_if(|play| can_keep(play, recording)) else { return };
    let language = model.language;
    model.builder().record(recording, &play.classroom, effects);
    model.play = Some(play);
    effects.push(Effect::Go(hash_of(Place::Build, language)));
}

/// Whether what was played can become this: a way to the goal its solution, any other the rest.
pub(super) fn can_keep(play: &Play, recording: Recording) -> bool {
    let is_way = play.origin == Origin::Tried && !play.was_shown && !play.classroom.moves().is_empty();
    is_way && play.classroom.is_finished() == (recording == Recording::Solution)
}

/// The place that is shown; nothing if the address led nowhere.
fn place(model: &Model) -> Option<Place> {
    match (&model.screen, &model.play) {
        (Screen::List, _) => Some(Place::List),
        (Screen::Teach, _) => Some(Place::Teach),
        (Screen::Build, _) => Some(Place::Build),
        (Screen::Lesson, Some(play)) => Some(place_of(play)),
        (Screen::Sheet { number, seed, sheet }, _) => {
            Some(Place::Lesson { number: *number, seed: Some(*seed), sheet: Some(*sheet) })
        }
        (Screen::Lost(_), _) | (Screen::Lesson, None) => None,
    }
}

/// Where a lesson that is played can be found again.
pub(super) fn place_of(play: &Play) -> Place {
    match &play.origin {
        Origin::Ours => Place::Lesson { number: play.lesson.number, seed: Some(play.seed), sheet: None },
        Origin::Teacher(word) => Place::Scenario { word: word.clone(), seed: Some(play.seed) },
        Origin::Tried => Place::Try,
    }
}

fn take_progress(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    model.loaded = Some(match Progress::from_file(text) {
        Ok(loaded) => {
            model.progress.add(&loaded);
            effects.push(Effect::KeepProgress(model.progress.to_text()));
            Loaded::Taken(model.progress.count())
        }
        Err(fault) => Loaded::Refused(fault),
    });
}

fn update_lesson(model: &mut Model, msg: Msg, effects: &mut Vec<Effect>) {
    let language = model.language;
    let Some(play) = model.play.as_mut() else { return };
    match msg {
        Msg::Moved(step) => {
            play.show = Show::Hidden;
            act(model, step, effects);
        }
        Msg::Typed { terminal, text } => play.type_into(terminal, text),
        Msg::HistoryMoved { terminal, step } => play.move_history(&terminal, step),
        Msg::Used { terminal, tool } => use_tool(play, language, terminal, tool, effects),
        Msg::Copied(done) => {
            let t = &texts(language).bench.tools;
            play.say(if done { t.copied } else { t.not_copied }.to_owned());
        }
        Msg::InputWanted(terminal) => effects.push(Effect::Focus(FocusTarget::Input(terminal))),
        Msg::UndoPressed => undo(play, language),
        Msg::ResetPressed => begin_anew(play, language, effects),
        Msg::NewNumbersPressed => {
            let (lesson, origin) = (Rc::clone(&play.lesson), play.origin.clone());
            let seed = model.draw_seed();
            self::play(model, lesson, origin, seed);
            effects.extend(place(model).map(|place| Effect::WriteAddress(hash_of(place, language))));
            effects.push(Effect::Focus(FocusTarget::Heading));
        }
        Msg::HintPressed => {
            play.give_hint();
            effects.push(Effect::Focus(FocusTarget::Hint));
        }
        Msg::ShowPressed => {
            play.show = Show::Asked;
            effects.push(Effect::Focus(FocusTarget::ShowQuestion));
        }
        Msg::ShowDeclined => {
            play.show = Show::Hidden;
            effects.push(Effect::Focus(FocusTarget::Heading));
        }
        Msg::ShowConfirmed => {
            play.begin_anew();
            play.was_shown = true;
            play.show = Show::Playing(0);
            effects.push(Effect::Focus(FocusTarget::Shown));
        }
        Msg::ShowNextPressed => show_next(model, effects),
        _ => {}
    }
}

fn use_tool(play: &mut Play, language: Language, terminal: String, tool: Tool, effects: &mut Vec<Effect>) {
    let tools = play.tools(&terminal);
    match tool {
        Tool::Show(side) => play.set_tools(terminal, Tools { side, ..tools }),
        Tool::ShowAs(form) => play.set_tools(terminal, Tools { form, ..tools }),
        Tool::Copy | Tool::SaveText | Tool::SavePackets => {
            let Some(view) = play.classroom.terminal(&terminal) else { return };
            let explained = language_of(language);
            let file = |ending| transcript::file_name(play.lesson.number, &terminal, ending);
            effects.push(match tool {
                Tool::SaveText => {
                    let octets = transcript::text(explained, &view).into_bytes();
                    Effect::SaveOctets { name: file("txt"), kind: "text/plain;charset=utf-8", octets }
                }
                Tool::SavePackets => {
                    let octets = transcript::packets(explained, &view);
                    Effect::SaveOctets { name: file("pcapng"), kind: "application/x-pcapng", octets }
                }
                _ => Effect::Copy(copied(language, &view, tools)),
            });
        }
    }
}

fn undo(play: &mut Play, language: Language) {
    if play.undo() {
        play.show = Show::Hidden;
        play.say(texts(language).lesson.undone.to_owned());
    }
}

fn begin_anew(play: &mut Play, language: Language, effects: &mut Vec<Effect>) {
    play.begin_anew();
    play.say(texts(language).lesson.was_reset.to_owned());
    effects.push(Effect::Focus(FocusTarget::Heading));
}

fn show_next(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(play) = model.play.as_mut() else { return };
    let Show::Playing(shown) = play.show else { return };
    let Some(step) = play.solution().get(shown).cloned() else { return };
    play.show = Show::Playing(shown + 1);
    let was_last = shown + 1 == play.solution().len();
    act(model, step, effects);
    // Until then the focus stays on the button: whoever watches presses it again.
    if was_last {
        effects.push(Effect::Focus(FocusTarget::Shown));
    }
}

/// Makes a move and says what came of it, in one announcement.
fn act(model: &mut Model, step: Move, effects: &mut Vec<Effect>) {
    let language = model.language;
    let Some(play) = model.play.as_mut() else { return };
    let before = told::Before::of(play);
    if !play.act(step.clone()) {
        return;
    }
    let text = told::announcement(play, &before, &step, language);
    if !text.is_empty() {
        play.say(text);
    }
    if play.classroom.is_finished() && !before.was_finished() && !play.was_shown {
        // Scenarios of teachers have no place among the lessons.
        if play.origin == Origin::Ours {
            let moves = u32::try_from(play.classroom.moves().len()).unwrap_or(u32::MAX);
            model.progress.finish(play.lesson.number, moves);
            effects.push(Effect::KeepProgress(model.progress.to_text()));
        }
        effects.push(Effect::Focus(FocusTarget::Praise));
    }
}
