//! German: the scenario builder, and playing what was built.

mod choices;
mod faults;
mod fields;
mod ways;

use popglass_lessons::{
    WayOf,
    scenario::{LINK_OCTETS_MAX, SCENARIO_OCTETS_MAX},
};

use crate::{
    app::{Act, Beginning, GoalOf, Node, Notice, Part, Preset, Row, Way},
    i18n::BuildTexts,
};

pub(super) const BUILD: BuildTexts = BuildTexts {
    heading: "Ein eigenes Szenario bauen",
    lead: "Dein Postfach, deine Aufgaben, deine Worte. Die Lernenden öffnen es über einen Link oder eine Datei, und die Seite prüft selbst, ob das Ziel erreicht ist.",
    link_to_builder: "Szenario bauen",
    teach_lead: "Eine eigene Lektion, von einem Beispiel oder von jeder der Lektionen aus: Nachrichten, Benutzer, Fehler, Aufgaben und Texte. Daraus wird ein Link oder eine Datei; hochgeladen wird nichts.",
    tools: "Szenario",
    save: "Als Datei speichern",
    load: "Datei laden",
    make_link: "Link machen",
    link: "Link für die Klasse",
    link_lead: "Das ganze Szenario steckt in diesem Link. Wer ihn öffnet, kann sofort anfangen.",
    copy: "Kopieren",
    try_out: "Ausprobieren",
    undo: "Rückgängig",
    is_changed: "Noch nicht gespeichert",
    ready: "Bereit: Es lässt sich spielen.",
    lacking: |count| {
        if count == 1 { "Eine Stelle zum Nachsehen".into() } else { format!("{count} Stellen zum Nachsehen") }
    },
    begin: "Mit etwas anderem anfangen",
    begin_lead: "Was du jetzt hast, wird ersetzt; „Rückgängig“ holt es zurück.",
    begin_with: "Anfangen mit",
    begin_button: "Anfangen",
    examples: "Beispiele",
    lessons: "Lektionen",
    beginning: |beginning| match beginning {
        Beginning::Three => "Drei Nachrichten, eine Benutzerin",
        Beginning::Devices => "Zwei Geräte, ein Postfach",
        Beginning::Trouble => "Ein Server, der auflegt",
        Beginning::Empty | Beginning::Lesson(_) => "Nichts als ein Server und eine Benutzerin",
    },
    notice,
    flaw: faults::flaw,
    part,
    note,
    called: |id| format!("In Texten wird aus {{number {id}}} ihre Nummer und aus {{octets {id}}} ihre Größe."),
    rest,
    ways: ways::WAYS,
    field: fields::field,
    hint: fields::hint,
    act,
    refusal: faults::refusal,
    lack: faults::lack,
    add: "Dazu:",
    any: "egal",
    at_once: "sofort",
    accepted: ["+OK, der Server nimmt an", "-ERR, der Server lehnt ab"],
    tls: ["unter TLS", "im Klartext"],
    task: |number| format!("nach Aufgabe {number}"),
    option: |number| format!("Möglichkeit {number}"),
    attacker: choices::attacker,
    certificate: choices::certificate,
    fault_place: choices::fault_place,
    fault_kind: choices::fault_kind,
    leave: choices::leave,
    goal_kind: choices::goal_kind,
    question_kind: choices::question_kind,
    what: choices::what,
    new_task: "Was ist zu tun?",
    new_question: "Was möchtest du wissen?",
    new_wrong: "Noch nicht. Schau noch einmal nach.",
    new_subject: "Neue Nachricht",
    new_body: "Hallo,\n\ndas wollte ich dir sagen.\n\nGrace",
    scenario: "Szenario",
    no_scenario: "Dieses Szenario kam aus einer Datei. Lade die Datei auf der Liste der Lektionen noch einmal.",
    list_heading: "Ein Szenario von deiner Lehrkraft",
    list_lead: "Hast du eine Datei bekommen? Lade sie hier. Einen Link kannst du einfach öffnen.",
    list_load: "Szenario laden",
    tried: "Du probierst dein Szenario aus, so wie es die Lernenden sehen.",
    back: "Zurück zum Bauen",
    record: "Diesen Weg als Lösung nehmen",
    record_lead: "Dann können sich die Lernenden die Lösung Schritt für Schritt zeigen lassen.",
};

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Began => "Das ist der neue Anfang. „Rückgängig“ holt zurück, was du hattest.".into(),
        Notice::Loaded => "Die Datei ist geladen. „Rückgängig“ holt zurück, was du hattest.".into(),
        Notice::NotLoaded(flaw) => format!("{} Was du hattest, ist unverändert.", faults::flaw(flaw)),
        Notice::Saved => "Die Datei ist unterwegs zu deinen Downloads.".into(),
        Notice::TooLarge(octets) => format!(
            "Für eine Datei ist es zu groß: {octets} Oktette, höchstens {SCENARIO_OCTETS_MAX} gehen. Nimm Nachrichten heraus oder kürze die längsten."
        ),
        Notice::Linked => "Der Link ist fertig.".into(),
        Notice::LinkTooLong(octets) => format!(
            "Für einen Link ist es zu groß: {octets} Zeichen, höchstens {LINK_OCTETS_MAX} gehen. Speichere es als Datei; die Lernenden laden sie auf der Liste der Lektionen."
        ),
        Notice::NotReady => "Es lässt sich noch nicht spielen. Was fehlt, steht in der Liste darunter.".into(),
        Notice::Copied => "Der Link ist kopiert.".into(),
        Notice::NotCopied => {
            "Der Browser hat das Kopieren nicht erlaubt. Der Link ist ausgewählt: Drück Strg+C.".into()
        }
        Notice::Removed => "Es ist weg. „Rückgängig“ holt es zurück.".into(),
        Notice::Undone => "Die letzte Änderung ist zurückgenommen.".into(),
        Notice::Refused(refusal) => faults::refusal(refusal),
        Notice::Recorded(way, moves) => (ways::WAYS.recorded)(*way, *moves),
    }
}

fn part(part: &Part, name: &str) -> String {
    let numbered = |word: &str, place: usize, name: &str| format!("{word} {}: {}", place + 1, name.trim());
    match part {
        Part::Words => "Was die Lernenden lesen".into(),
        Part::Help => "Tipps, Lob und Karte".into(),
        Part::Mail => "Benutzer und ihre Nachrichten".into(),
        Part::Tasks => "Aufgaben und Ziele".into(),
        Part::Questions => "Fragen".into(),
        Part::Room => "Terminals, Geräte und Bildschirm".into(),
        Part::Behaviour => "Wie sich die Server benehmen".into(),
        Part::Rest => "Was sonst noch darin ist".into(),
        Part::Server(_) => format!("Server {name}"),
        Part::Manners(_) => format!("Benehmen von {name}"),
        Part::User(..) => format!("Postfach von {name}"),
        Part::Message(_, _, place) => numbered("Nachricht", *place, name),
        Part::Fault(_, place) => format!("Fehler {}", place + 1),
        Part::Terminal(_) => format!("Terminal {name}"),
        Part::Device(_) => format!("Gerät {name}"),
        Part::Task(place) => numbered("Aufgabe", *place, name),
        Part::Goal(Node { of: GoalOf::Task(_), path }) if path.is_empty() => "Sie ist geschafft, wenn …".into(),
        Part::Goal(Node { of: GoalOf::DeadEnd(_), path }) if path.is_empty() => "Das Ziel ist verloren, wenn …".into(),
        Part::Goal(node) => format!("Ziel {}", node.path.last().map_or(0, |place| place + 1)),
        Part::Event(_, Row::Happened, place) => format!("Ereignis {}", place + 1),
        Part::Event(_, Row::Never, place) => format!("Vorher nie: Ereignis {}", place + 1),
        Part::Question(place) => numbered("Frage", *place, name),
        Part::Option(_, place) => format!("Möglichkeit {}", place + 1),
        Part::Ways => "Lösung, Irrwege, Sackgassen".into(),
        Part::Way(WayOf::Solution) => "Lösung".into(),
        Part::Way(WayOf::Wrong(place)) => format!("Irrweg {}", place + 1),
        Part::Way(WayOf::DeadEnd(place)) => format!("Sackgasse {}", place + 1),
        Part::Step(WayOf::Solution, place) => format!("Schritt {} der Lösung", place + 1),
        Part::Step(way, place) => format!("Schritt {} in {}", place + 1, self::part(&Part::Way(*way), "")),
    }
}

fn note(part: &Part) -> &'static str {
    match part {
        Part::Words => {
            "Eine leere Zeile beginnt einen neuen Absatz; was zwischen `Backticks` steht, erscheint wie auf der Leitung."
        }
        Part::Help => "Jeder Tipp sollte mehr sagen als der davor.",
        Part::Tasks => {
            "Eine Aufgabe hakt sich selbst ab, sobald ihr Ziel erreicht ist. Es zählt, was geschehen ist, nicht, was getippt wurde."
        }
        Part::Questions => "Fragen an die Lernenden; die richtige Antwort verlangt eine eigene Aufgabe.",
        Part::Room => "In Terminals tippen die Lernenden; Geräte holen ihre Nachrichten selbst ab.",
        Part::Ways => {
            "Was du beim Ausprobieren spielst, kann Lösung, Irrweg oder Sackgasse werden. Nach jeder Änderung werden alle noch einmal durchgespielt, um zu sehen, ob sie noch führen, wohin sie sollen."
        }
        Part::Behaviour => "Was Server anbieten, was sie absichtlich falsch machen und wer an der Leitung sitzt.",
        _ => "",
    }
}

fn rest(draws: usize) -> String {
    match draws {
        0 => "Nichts: Alles lässt sich oben ändern.".into(),
        1 => "Ein Wert, den die Startzahl bestimmt. Er bleibt, wie er ist.".into(),
        _ => format!("{draws} Werte, die die Startzahl bestimmt. Sie bleiben, wie sie sind."),
    }
}

fn act(act: &Act) -> String {
    let said = match act {
        Act::AddServer => "Noch ein Server",
        Act::AddUser(_) => "Noch ein Benutzer",
        Act::AddMessage(..) => "Noch eine Nachricht",
        Act::AddFault(_) => "Einen Fehler bestellen",
        Act::AddTerminal => "Ein Terminal",
        Act::AddDevice => "Ein Gerät",
        Act::AddTask(Preset::LogIn) => "Anmelden",
        Act::AddTask(Preset::List) => "Nachrichten auflisten",
        Act::AddTask(Preset::Fetch) => "Eine Nachricht abholen",
        Act::AddTask(Preset::Delete) => "Eine Nachricht löschen",
        Act::AddTask(Preset::Quit) => "Mit QUIT beenden",
        Act::AddTask(Preset::Device) => "Mit einem Gerät abholen",
        Act::AddTask(Preset::Answer) => "Eine Frage beantworten",
        Act::AddGoal(_) => "Noch ein Ziel",
        Act::AddEvent(_, Row::Happened) => "Noch ein Ereignis",
        Act::AddEvent(_, Row::Never) => "Noch ein Ereignis, das vorher nicht sein darf",
        Act::AddQuestion => "Eine Frage",
        Act::AddOption(_) => "Noch eine Möglichkeit",
        Act::Move(_, Way::Up) => "Nach oben",
        Act::Move(_, Way::Down) => "Nach unten",
        Act::Remove(_) => "Entfernen",
        Act::DropDraws => "Werte der Startzahl entfernen",
    };
    said.to_owned()
}
