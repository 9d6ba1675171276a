//! German, in the familiar form: the readers are learners from 14 years on.

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
    skip_to_content: "Zum Inhalt springen",
    places: "Orte",
    lessons: "Lektionen",
    teachers: "Für Lehrkräfte",
    mail: "Mailprogramm",
    language: "Sprache",
    theme: "Farben",
    themes: ["System", "Hell", "Dunkel"],
    large: "Große Schrift",
    lost_heading: "Dieser Link führt nirgendwohin",
    lost,
    lost_way: "Zu allen Lektionen",
};

fn lost(fault: &AddressFault) -> String {
    match fault {
        AddressFault::NoSuchLesson(number) => format!("Eine Lektion „{number}“ gibt es nicht."),
        AddressFault::BadSeed(seed) => {
            format!("„{seed}“ taugt nicht als Startzahl: Sie ist eine ganze Zahl von 1 bis {SEED_MAX}, etwa seed=7.")
        }
        AddressFault::NoSuchSheet(sheet) => {
            format!("Ein Blatt „{sheet}“ gibt es nicht. Es gibt zwei: worksheet und solution.")
        }
        AddressFault::BadScenario(flaw) => (build::BUILD.flaw)(flaw),
        AddressFault::NoScenario => build::BUILD.no_scenario.to_owned(),
        AddressFault::NotUnderstood => {
            "Was in der Adresse hinter # steht, ist nicht zu verstehen. Der Link einer Lektion sieht so aus: #lesson=6&seed=7&lang=de".into()
        }
    }
}

const LIST: ListTexts = ListTexts {
    heading: "POP3 lernen, indem du es tust",
    lead: "Du tippst echtes POP3, und die Server dazu leben in dieser Seite. Nichts verlässt deinen Rechner, nichts kann kaputtgehen, und jede Lektion lässt sich neu beginnen.",
    progress: |done, all| format!("{done} von {all} Lektionen geschafft"),
    group,
    number: |number| format!("Lektion {number}"),
    minutes: |minutes| if minutes == 1 { "1 Minute".into() } else { format!("{minutes} Minuten") },
    done: "Geschafft",
    begin: "Anfangen",
    go_on: "Weitermachen",
    cards: "Deine Karten",
    cards_lead: "Jede fertige Lektion legt hier eine Karte zum Nachschlagen ab.",
    cards_none: "Noch keine Karten: Schließe eine Lektion ab, dann bekommst du ihre Karte.",
    keep: "Dein Fortschritt",
    keep_lead: "Er bleibt nur in diesem Browser. Als Datei kannst du ihn auf einen anderen Rechner mitnehmen, ganz ohne Konto.",
    save: "Als Datei speichern",
    load: "Datei laden",
    loaded: |count| format!("Geladen. Geschaffte Lektionen jetzt: {count}."),
    not_loaded,
    score: "Meine Züge zählen, neben denen der Lösung",
};

fn not_loaded(fault: ProgressFault) -> String {
    match fault {
        ProgressFault::NotProgress => {
            "Das ist keine Datei mit einem Fortschritt. Wähle eine, die hier gespeichert wurde. Es hat sich nichts geändert.".into()
        }
        ProgressFault::Line(line) => {
            format!("Zeile {line} der Datei ist nicht zu verstehen. Es hat sich nichts geändert.")
        }
    }
}

fn group(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::Basics => ("Die Grundlagen", "Ein Befehl nach dem anderen: anklopfen, anmelden, umsehen, abholen."),
        Group::Deleting => ("Löschen", "Wann eine Nachricht wirklich weg ist und wann nicht."),
        Group::Devices => ("Mehrere Geräte", "Ein Postfach, und mehr als ein Programm holt daraus ab."),
        Group::Security => ("Wer mitliest", "Was jemand auf der Leitung sieht und was TLS dagegen tut."),
        Group::Neighbours => ("Rund um POP3", "Was eine Nachricht ist, wie sie herkommt und was IMAP anders macht."),
        Group::Mastery => ("Meisterschaft", "Wenn etwas schiefgeht, und alles zusammen aus dem Kopf."),
    }
}
