//! German: the builder's ways, what is wrong with them, and how they are recorded.

use popglass_lessons::{Verdict, WayOf};

use crate::i18n::{BuildWayTexts, WayFault, de::lesson::LESSON};

pub(super) const WAYS: BuildWayTexts = BuildWayTexts {
    open: "Wird gerade durchgespielt …",
    solution_leads: "Die Lösung führt noch zum Ziel.",
    all_lead: "Die Lösung führt noch zum Ziel, und alle Irrwege und Sackgassen sind noch, was sie waren.",
    astray: "Die Lösung führt nicht mehr zum Ziel. „Zeig es mir“ würde die Lernenden in die Irre führen.",
    others_astray: "Ein Irrweg oder eine Sackgasse stimmt nicht mehr.",
    none: "Es gibt keine Lösung, darum finden die Lernenden kein „Zeig es mir“.",
    cut: "Dieses Szenario ist zu groß, um alle Wege nach jeder Änderung durchzuspielen. Probier es selbst aus.",
    record_one: "Eine Lösung aufzeichnen",
    fault,
    note,
    steps: |count| match count {
        0 => "Noch keine Schritte.".into(),
        1 => "Ein Schritt:".into(),
        _ => format!("{count} Schritte:"),
    },
    stops_here: "Hier geht es schief:",
    task: |number| format!("Aufgabe {number}"),
    recorded,
    new_dead_end: "Was du für das Ziel brauchst, ist weg. Beginne neu und schau diesmal genauer hin.",
    keep_lead: "Was du bis jetzt gespielt hast, kann ein Teil des Szenarios werden:",
    keep_wrong: "Als Irrweg behalten",
    keep_dead_end: "Als Sackgasse behalten",
};

fn name(way: WayOf) -> String {
    match way {
        WayOf::Solution => "Die Lösung".into(),
        WayOf::Wrong(place) => format!("Irrweg {}", place + 1),
        WayOf::DeadEnd(place) => format!("Sackgasse {}", place + 1),
    }
}

fn fault(it: &WayFault<'_>) -> String {
    let name = name(it.way);
    let at = it.step.as_ref().map(|(number, what)| format!("Schritt {number} ({what})")).unwrap_or_default();
    let mut said = match it.verdict {
        Verdict::Leads => return String::new(),
        Verdict::Blocked { why, .. } => format!("{name} bleibt bei {at} stehen: {}", (LESSON.misstep)(why)),
        Verdict::Open { task, .. } => {
            let head = if it.step.is_some() {
                format!("{name} bleibt bei {at} hängen.")
            } else {
                format!("{name} reicht nicht.")
            };
            format!("{head}{} Aufgabe {} bleibt offen.", difference(it), task + 1)
        }
        Verdict::Told { dead_end, .. } => {
            format!("{name}: Nach {at} heißt es, das Ziel sei verloren, wegen Sackgasse {}.", dead_end + 1)
        }
        Verdict::Done { task, .. } => {
            format!("{name} erledigt mit {at} Aufgabe {} und sollte das nicht.", task + 1)
        }
        Verdict::Untold(_) => {
            let head = format!("{name} wird am Ende ihres Weges nicht gemeldet");
            let difference = difference(it);
            if it.step.is_some() { format!("{head}, wegen {at}.{difference}") } else { format!("{head}.{difference}") }
        }
    };
    if let Some(seed) = it.seed {
        said.push_str(&format!(" Mit Startzahl 1 geht es gut, mit anderen nicht, etwa mit Startzahl {seed}."));
    }
    said
}

fn difference(it: &WayFault<'_>) -> String {
    match (&it.wanted, &it.seen) {
        (Some(wanted), Some(seen)) => format!(" Erwartet: {wanted}; gesehen: {seen}."),
        (Some(wanted), None) => format!(" Erwartet: {wanted}."),
        (None, Some(seen)) => format!(" Gesehen: {seen}."),
        (None, None) => String::new(),
    }
}

fn note(way: WayOf, steps: usize) -> &'static str {
    match (way, steps) {
        (WayOf::Solution, 0) => {
            "Noch gibt es keine. Drück auf „Ausprobieren“ und erreiche das Ziel: Dann kann dein Weg die Lösung werden, die sich die Lernenden Schritt für Schritt zeigen lassen können."
        }
        (WayOf::Solution, _) => {
            "Die Lernenden können sie sich Schritt für Schritt zeigen lassen. Für eine andere probierst du das Szenario aus und nimmst den Weg, den du gehst."
        }
        (WayOf::Wrong(_), _) => {
            "Ein Weg, der die Aufgabe darunter nicht erledigen darf, damit kein Ziel zu leicht zu erreichen ist. Die Lernenden sehen ihn nicht."
        }
        (WayOf::DeadEnd(_), _) => {
            "Sobald geschehen ist, was darunter steht, erfahren die Lernenden, dass das Ziel verloren ist. Die Schritte sind ein Weg dorthin."
        }
    }
}

fn recorded(way: WayOf, moves: usize) -> String {
    let moves = if moves == 1 { "einem Schritt".to_owned() } else { format!("{moves} Schritten") };
    match way {
        WayOf::Solution => format!("Dein Weg mit {moves} ist jetzt die Lösung."),
        WayOf::Wrong(_) => {
            format!("Dein Weg mit {moves} ist jetzt ein Irrweg. Wähle darunter, welche Aufgabe er offen lassen muss.")
        }
        WayOf::DeadEnd(_) => format!(
            "Dein Weg mit {moves} ist jetzt eine Sackgasse. Schau darunter nach, wann sie gemeldet wird und mit welchen Worten."
        ),
    }
}
