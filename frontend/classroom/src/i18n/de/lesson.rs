//! German: a lesson, and what can be done in it.

use popglass_lessons::{
    Misstep,
    format::{Door, Leave, Move, Security},
};
use popglass_protocol::client::LineFault;

use crate::i18n::texts::{LessonTexts, MoveTexts};

pub(super) const LESSON: LessonTexts = LessonTexts {
    story: "Worum es geht",
    tasks: "Deine Aufgaben",
    tasks_met: |met, all| format!("{met} von {all} erledigt"),
    met: "erledigt",
    open: "offen",
    expected: "Erwartet:",
    seen: "Gesehen:",
    question: |number| format!("Frage {number}"),
    questions: "Fragen",
    question_after: "Kommt nach dieser Aufgabe:",
    answer: "Deine Antwort",
    choose_one: "Wähle eine.",
    choose_some: "Wähle alle richtigen.",
    check: "Prüfen",
    right: "Richtig!",
    no_number: "Das ist keine ganze Zahl.",
    stuck: "Kommst du nicht weiter?",
    hint: |number, all| format!("Tipp {number} von {all}"),
    next_hint: |number, all| format!("Tipp {number} von {all} zeigen"),
    no_hint: "Das waren alle Tipps.",
    show: "Zeig es mir",
    show_question: "Die Lösung zeigen? Die Lektion beginnt neu, und du siehst einen Schritt nach dem anderen. Das zählt nicht als geschafft; danach kannst du es selbst tun.",
    show_yes: "Ja, zeigen",
    show_no: "Nein, ich mache weiter",
    showing: "Die Lösung, Schritt für Schritt",
    show_next: |step, steps| format!("Schritt {step} von {steps}"),
    show_over: "Das war der ganze Weg. Beginne neu und geh ihn selbst.",
    undo: "Rückgängig",
    reset: "Neu beginnen",
    new_numbers: "Neue Zahlen",
    undone: "Der letzte Zug ist zurückgenommen.",
    was_reset: "Die Lektion beginnt neu.",
    dead_end: "Auf diesem Weg ist das Ziel nicht mehr zu erreichen",
    praise: "Geschafft!",
    was_shown: "Du hast zugesehen. Beginne neu und tu es selbst, dann zählt es.",
    card: "Zum Merken",
    next: |number, title| format!("Weiter: Lektion {number}, {title}"),
    to_list: "Zu allen Lektionen",
    score: |moves, solution| format!("Züge: {moves}; die Lösung braucht {solution}."),
    seed: |seed| format!("Startzahl {seed}"),
    permalink: "Link auf genau diese Lektion",
    task_met: |task| format!("Aufgabe erledigt: {task}"),
    all_met: "Alle Aufgaben sind erledigt.",
    misstep,
};

fn misstep(misstep: &Misstep) -> String {
    let text = match misstep {
        Misstep::NoSuchPlace => "Ein solches Terminal oder Gerät gibt es nicht.",
        Misstep::NoSuchDoor => "Eine solche Tür hat dieses Terminal nicht.",
        Misstep::Connected => "Du bist schon verbunden. Sag zuerst QUIT oder leg auf.",
        Misstep::NotConnected => "Es gibt noch keine Verbindung: Drück zuerst auf „Verbinden“.",
        Misstep::Line(LineFault::TooLong { .. }) => {
            "Diese Zeile ist länger, als ein Server annimmt. Sie wurde nicht geschickt."
        }
        Misstep::Line(LineFault::ControlCharacter) => {
            "In dieser Zeile steht ein Zeichen, das sie beenden würde. Sie wurde nicht geschickt."
        }
        Misstep::Line(LineFault::Closed | LineFault::TooMany) => {
            "Der Server nimmt auf dieser Verbindung keine Zeilen mehr an. Die Zeile wurde nicht geschickt; leg auf und verbinde dich neu."
        }
        Misstep::NoSuchMessage => "Eine solche Nachricht gibt es hier nicht.",
        Misstep::NoSuchQuestion => "Eine solche Frage gibt es nicht.",
        Misstep::TooEarly => "Diese Frage kommt später.",
        Misstep::TooMuch => "Das waren sehr viele Züge. Beginne die Lektion neu.",
    };
    text.to_owned()
}

pub(super) const MOVES: MoveTexts = MoveTexts { said, door, leave, security };

fn said(it: &Move) -> String {
    match it {
        Move::Connect(name, at) => format!("Terminal {name}: verbinden, {}", door(*at)),
        Move::Line(name, line) => format!("Terminal {name}: `{line}` tippen"),
        Move::HangUp(name) => format!("Terminal {name}: auflegen, ohne QUIT"),
        Move::Fetch(name) => format!("{name}: Post abholen"),
        Move::FetchCut(name, ordinal) => {
            format!("{name}: Post abholen; in Nachricht {ordinal} bricht die Leitung ab")
        }
        Move::SetLeave(name, to) => format!("{name}: {}", leave(*to)),
        Move::SetSecurity(name, to) => format!("{name}: {}", security(*to)),
        Move::Read(name, message) => format!("{name}: die Nachricht „{message}“ lesen"),
        Move::Arrive(message) => format!("Eine neue Nachricht kommt an: „{message}“"),
        Move::Days(1) => "Ein Tag vergeht".into(),
        Move::Days(days) => format!("{days} Tage vergehen"),
        Move::Answer(_, answer) => format!("Antworten: „{answer}“"),
    }
}

fn door(door: Door) -> &'static str {
    match door {
        Door::Pop3 => "POP3, Port 110",
        Door::Pop3s => "POP3 über TLS, Port 995",
        Door::Smtp => "SMTP, Port 25",
        Door::Imap => "IMAP, Port 143",
    }
}

fn leave(leave: Leave) -> String {
    match leave {
        Leave::Always => "Nachrichten bleiben liegen".into(),
        Leave::Never => "gleich nach dem Abholen löschen".into(),
        Leave::Days(1) => "einen Tag nach dem Abholen löschen".into(),
        Leave::Days(days) => format!("{days} Tage nach dem Abholen löschen"),
    }
}

fn security(security: Security) -> &'static str {
    match security {
        Security::Clear => "unverschlüsselt, Port 110",
        Security::StlsIfOffered => "STLS, wenn der Server es anbietet",
        Security::Stls => "STLS, sonst keine Sitzung",
        Security::Tls => "TLS von Anfang an, Port 995",
    }
}
