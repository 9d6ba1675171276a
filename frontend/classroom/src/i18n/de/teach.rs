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
        "Öffne diese Seite auf einem der Rechner, die die Klasse benutzt, und mach Lektion 6: Sie dauert sechs Minuten und zeigt, wie alle Lektionen gehen.",
        "Jede Lektion hat einen Link. Mit derselben Startzahl (seed) bekommen alle dieselben Zahlen; mit verschiedenen kann niemand abschreiben. Der Knopf „Neue Zahlen“ ändert die Startzahl.",
        "„Große Schrift“ in der Leiste oben macht den Text groß für die Wand, und das Zählen der Züge lässt sich unter der Liste der Lektionen einschalten.",
        "Der Fortschritt bleibt im Browser. Werden die Browser nach der Stunde geleert, speichern die Lernenden ihn als Datei.",
    ],
    plan_short: "45 Minuten: Was POP3 ist",
    plan_short_steps: &[
        ("0–4", "Gespräch: Wo liegt eine Nachricht, bevor du sie liest? Gemeinsam die Lektionen öffnen.", &[]),
        ("4–14", "Anklopfen und anmelden.", &[1, 2]),
        ("14–26", "Umsehen und abholen: wie viel Post da ist, und die Nachricht selbst.", &[4, 6]),
        ("26–41", "Löschen, und herausfinden, ab wann das gilt.", &[9, 10]),
        ("41–45", "Gespräch: Wer hätte das alles mitlesen können?", &[]),
        (
            "Zusatz",
            "Für die Schnellen oder zu Hause: ein falsches Passwort, die größte Nachricht, wer mithört.",
            &[3, 5, 15],
        ),
    ],
    plan_long: "90 Minuten: POP3, zwei Geräte und die Leitung",
    plan_long_steps: &[
        ("0–4", "Gespräch: Wo liegt eine Nachricht, bevor du sie liest?", &[]),
        ("4–24", "Anklopfen, anmelden, umsehen, abholen.", &[1, 2, 4, 6]),
        ("24–38", "Löschen, und der Abbruch vor QUIT.", &[9, 10]),
        (
            "38–59",
            "Kennungen, die bleiben; dann zwei Geräte, ein Postfach: erst vorhersagen, dann ausprobieren.",
            &[12, 14],
        ),
        ("59–74", "Wer mithört, und dasselbe über TLS.", &[15, 16]),
        ("74–86", "Zu zweit, eins von beiden: SMTP von Hand oder IMAP im Vergleich.", &[24, 25]),
        ("86–90", "Runde zum Schluss: Alle lesen eine ihrer Karten vor.", &[]),
        (
            "Zusatz",
            "Für die Schnellen oder zu Hause: Post, die auf dem Server bleibt, und TLS, das jemand verschwinden lässt.",
            &[13, 17],
        ),
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
