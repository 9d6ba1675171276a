//! English.

mod bench;
mod build;
mod goals;
mod lesson;
mod panes;
mod teach;

use super::texts::{ListTexts, ShellTexts, Texts};
use crate::app::{AddressFault, Group, ProgressFault, SEED_MAX};

pub(super) const TEXTS: Texts = Texts {
    shell: SHELL,
    list: LIST,
    lesson: lesson::LESSON,
    moves: lesson::MOVES,
    goals: goals::GOALS,
    panes: panes::PANES,
    bench: bench::BENCH,
    teach: teach::TEACH,
    sheet: teach::SHEET,
    build: build::BUILD,
};

const SHELL: ShellTexts = ShellTexts {
    skip_to_content: "Skip to content",
    places: "Places",
    lessons: "Lessons",
    teachers: "For teachers",
    mail: "Mail client",
    language: "Language",
    theme: "Colours",
    themes: ["System", "Light", "Dark"],
    large: "Large type",
    lost_heading: "This link leads nowhere",
    lost,
    lost_way: "To all lessons",
};

fn lost(fault: &AddressFault) -> String {
    match fault {
        AddressFault::NoSuchLesson(number) => format!("There is no lesson “{number}”."),
        AddressFault::BadSeed(seed) => {
            format!("The seed “{seed}” is none: it is a whole number from 1 to {SEED_MAX}, as in seed=7.")
        }
        AddressFault::NoSuchSheet(sheet) => {
            format!("There is no sheet “{sheet}”. There are two: worksheet and solution.")
        }
        AddressFault::BadScenario(flaw) => (build::BUILD.flaw)(flaw),
        AddressFault::NoScenario => build::BUILD.no_scenario.to_owned(),
        AddressFault::NotUnderstood => {
            "What stands behind # in the address is not understood. A lesson’s link looks like this: #lesson=6&seed=7&lang=en".into()
        }
    }
}

const LIST: ListTexts = ListTexts {
    heading: "Learn POP3 by doing",
    lead: "You type real POP3 to servers that live in this page. Nothing leaves your computer, nothing can break, and every lesson can be begun anew.",
    progress: |done, all| format!("{done} of {all} lessons done"),
    group,
    number: |number| format!("Lesson {number}"),
    minutes: |minutes| if minutes == 1 { "1 minute".into() } else { format!("{minutes} minutes") },
    done: "Done",
    begin: "Start",
    go_on: "Go on",
    cards: "Your cards",
    cards_lead: "Every finished lesson leaves a card here, to look things up.",
    cards_none: "No cards yet: finish a lesson to get its card.",
    keep: "Your progress",
    keep_lead: "It is kept in this browser only. A file takes it along to another computer; no account needed.",
    save: "Save as a file",
    load: "Load a file",
    loaded: |count| format!("Loaded. Lessons done now: {count}."),
    not_loaded,
    score: "Count my moves, beside those of the solution",
};

fn not_loaded(fault: ProgressFault) -> String {
    match fault {
        ProgressFault::NotProgress => {
            "That is no file with progress. Choose one that was saved here. Nothing was changed.".into()
        }
        ProgressFault::Line(line) => format!("Line {line} of the file is not understood. Nothing was changed."),
    }
}

fn group(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::Basics => ("The basics", "One command after the other: knock, log in, look around, fetch."),
        Group::Deleting => ("Deleting", "When a message is really gone, and when it is not."),
        Group::Devices => ("Several devices", "One maildrop, and more than one program that fetches from it."),
        Group::Security => ("Who reads along", "What an eavesdropper sees, and what TLS does about it."),
        Group::Neighbours => ("Around POP3", "What a message is, how it gets here, and how IMAP differs."),
        Group::Mastery => ("Mastery", "When things go wrong, and all of it from memory."),
    }
}
