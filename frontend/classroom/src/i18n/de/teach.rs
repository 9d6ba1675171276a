//! German: the page for teachers, and what is printed.

use crate::{
    app::Sheet,
    i18n::texts::{SheetTexts, TeachTexts},
};

pub(super) const TEACH: TeachTexts = TeachTexts {
    heading: "Für Lehrkräfte",
    lead: "POP3 in einer Stunde oder zweien, mit nichts als dieser Seite. Ohne Konten, ohne Nachverfolgung; sie läuft auch von einem Rechner im Klassenzimmer aus, über einfaches http.",
    before_heading: "Vor dem Unterricht",
    before: &[
        "Öffne diese Seite auf einem der Rechner, die die Klasse benutzt, und mach Lektion 6: Sie dauert sechs Minuten und zeigt, wie alle gehen.",
        "Jede Lektion hat einen Link. Mit derselben Startzahl (seed) bekommen alle dieselben Zahlen; mit verschiedenen kann niemand abschreiben. Der Knopf „Neue Zahlen“ ändert die Startzahl.",
        "„Große Schrift“ in der Leiste oben macht den Text groß für die Wand, und das Zählen der Züge lässt sich unter der Liste der Lektionen einschalten.",
        "Der Fortschritt bleibt im Browser. Werden die Browser nach der Stunde geleert, speichern die Lernenden ihn als Datei.",
    ],
    plan_short: "45 Minuten: Was POP3 ist",
    plan_short_steps: &[
        ("0–5", "Gespräch: Wo liegt eine Nachricht, bevor du sie liest? Gemeinsam die Lektionen öffnen.", &[]),
        ("5–15", "Anklopfen und anmelden; unterwegs ein falsches Passwort.", &[1, 2, 3]),
        ("15–30", "Umsehen und abholen: wie viel, wie groß, und die Nachricht selbst.", &[4, 5, 6]),
        ("30–40", "Löschen, und herausfinden, ab wann das gilt.", &[9, 10]),
        ("40–45", "Gespräch: Wer hätte das alles mitlesen können? Lektion 15 für die Schnellen.", &[15]),
    ],
    plan_long: "90 Minuten: POP3, zwei Geräte und die Leitung",
    plan_long_steps: &[
        ("0–5", "Gespräch: Wo liegt eine Nachricht, bevor du sie liest?", &[]),
        ("5–25", "Anklopfen, anmelden, umsehen, abholen.", &[1, 2, 4, 6]),
        ("25–40", "Löschen, und der Abbruch vor QUIT.", &[9, 10]),
        ("40–60", "Zwei Geräte, ein Postfach: erst vorhersagen, dann ausprobieren.", &[12, 13, 14]),
        ("60–75", "Wer mithört, und dasselbe über TLS.", &[15, 16, 17]),
        ("75–85", "Zu zweit: SMTP von Hand oder IMAP im Vergleich.", &[24, 25]),
        ("85–90", "Runde zum Schluss: Alle lesen eine ihrer Karten vor.", &[]),
    ],
    minutes: "Minuten",
    what: "Was geschieht",
    lessons: "Lektionen",
    sheets_heading: "Arbeitsblätter und Lösungen",
    sheets_lead: "Jedes öffnet sich als Seite, die ohne Leisten und Knöpfe gedruckt wird. Die Startzahl im Link bestimmt die Zahlen darauf.",
    sheet: |sheet| match sheet {
        Sheet::Worksheet => "Arbeitsblatt",
        Sheet::Solution => "Lösung",
    },
    in_language: "auf Deutsch",
    links_heading: "Links für die Klasse",
    links: &[
        "#lesson=14&seed=7&lang=de öffnet Lektion 14 auf Deutsch mit den Zahlen der Startzahl 7.",
        "Ohne Startzahl zieht jeder Rechner seine eigene.",
        "#learn öffnet die Liste der Lektionen, #teach diese Seite.",
    ],
};

pub(super) const SHEET: SheetTexts = SheetTexts {
    print: "Drucken",
    back: "Zur Lektion",
    name_line: "Name:",
    date_line: "Datum:",
    address: "Link:",
    tasks: "Aufgaben",
    questions: "Fragen",
    options_hint: "Kreuze an, was richtig ist.",
    way: "Ein Weg zum Ziel",
    way_lead: "Es gibt andere; es zählt, was erreicht ist, nicht, was getippt wurde.",
    answers: "Antworten",
    or: "oder",
    dead_ends: "Wo Lernende hängen bleiben",
    hints: "Tipps, wie die Seite sie gibt",
    remember: "Zum Merken",
};
