//! German: the parts of a lesson's screen.

use popglass_lessons::{Fetch, FetchFailure, Note};

use super::lesson::MOVES;
use crate::i18n::texts::PaneTexts;

pub(super) const PANES: PaneTexts = PaneTexts {
    workbench: "Werkbank",
    terminal: |name, server| format!("Terminal {name} zu {server}"),
    door: "Tür",
    connect: "Verbinden",
    hang_up: "Auflegen",
    standing: |connected, protected| match (connected, protected) {
        (false, _) => "nicht verbunden",
        (true, false) => "verbunden, im Klartext",
        (true, true) => "verbunden, durch TLS geschützt",
    },
    input: |name| format!("Zeile für Terminal {name}"),
    send: "Senden",
    input_hint: "Enter schickt die Zeile ab, die Pfeiltasten holen frühere zurück.",
    nothing_said: "Noch hat niemand etwas gesagt. Verbinde dich, dann grüßt der Server.",
    client: "Client",
    server: "Server",
    note: "Verbindung",
    commands: "Passt hier:",
    undo_is: "So nimmst du es zurück:",
    announced_lines: |first, lines| match lines {
        0 => format!("Server: {first}."),
        1 => format!("Server: {first}; eine weitere Zeile."),
        _ => format!("Server: {first}; {lines} weitere Zeilen."),
    },
    maildrops: "Auf dem Server",
    maildrop: |user| format!("Postfach von {user}"),
    maildrop_empty: "Leer.",
    number: "Nr.",
    subject: "Betreff",
    size: "Oktette",
    unique_id: "Kennung",
    marked: "zum Löschen vorgemerkt",
    marks: "Vormerkung",
    locked_by: |who| format!("Gesperrt von {who}"),
    not_locked: "Nicht gesperrt",
    devices: "Geräte",
    device: |name| format!("Gerät {name}"),
    fetch: "Post abholen",
    fetch_cut: |ordinal| format!("Post abholen, und in Nachricht {ordinal} bricht die Leitung ab"),
    leave: "Auf dem Server",
    days: "Tage",
    security: "Verschlüsselung",
    held: "Auf diesem Gerät gespeichert",
    held_none: "Noch nichts.",
    read: "Lesen",
    unread: "neu",
    is_read: "gelesen",
    read_message: |subject| format!("„{subject}“ lesen"),
    last_said: "Zuletzt:",
    what_was_said: "Was gesagt wurde",
    time: "Zeit",
    day: |day| format!("Tag {day}"),
    days_go_by: |days| if days == 1 { "Ein Tag vergeht".into() } else { format!("{days} Tage vergehen") },
    arrive: "Eine neue Nachricht kommt an",
    wire: "Die Leitung",
    wire_lead: "Das kann jemand lesen, der zwischen dir und dem Server sitzt.",
    wire_nothing: "Über die Leitung ist noch nichts gegangen.",
    wire_sealed: |octets| {
        if octets == 1 { "1 versiegeltes Oktett".into() } else { format!("{octets} versiegelte Oktette") }
    },
    wire_hello: |octets| format!("eine Begrüßung von TLS, {octets} Oktette: Hier ist der Name des Servers zu lesen"),
    wire_alert: "ein Alert von TLS: Etwas wurde abgelehnt",
    wire_change: "ein Oktett ohne Bedeutung, für alte Geräte unterwegs",
    wire_unreadable: "Oktette, die keinen Sinn ergeben",
    wire_of: |by, session| format!("Verbindung {session}, von {by}"),
    wire_name: |name| format!("Zu lesen: der Name des Servers, {name}"),
    wire_sum: |octets| format!("Nicht zu lesen: {octets} Oktette, versiegelt durch TLS"),
    connection,
    fetched,
    tokens_hint: "Zeig auf eine Zeile, oder geh mit den Pfeiltasten durch die Zeilen: Dann wird hier jedes Stück von ihr erklärt.",
    cut: "… es geht weiter; gezeigt wird nur der Anfang.",
    state: "Wo die Sitzung steht",
    reader: "Abgeholte Nachrichten",
    reader_lead: "So, wie ein Mailprogramm sie zeigen würde.",
    reader_nothing: "Es wurde noch keine Nachricht abgeholt.",
    handshake: "Ein TLS-Handshake, Oktett für Oktett",
    handshake_lead: "Diese Sitzung wurde einmal aufgezeichnet, samt ihren Schlüsseln. Was als entschlüsselt markiert ist, kann ohne Schlüssel niemand lesen.",
    handshake_capture: "Als Aufzeichnung für Wireshark speichern",
    handshake_keys: "Nur die Schlüssel speichern",
    handshake_record: |number, octets| format!("Record {number}, {octets} Oktette"),
    handshake_inside: "Entschlüsselt",
    relay: |from, to| format!("Von {from} zu {to}"),
    relays: "Von Server zu Server",
};

fn connection(note: &Note) -> String {
    match note {
        Note::Connected(door) => format!("Verbunden: {}", (MOVES.door)(*door)),
        Note::HungUp => "Du hast aufgelegt, ohne QUIT".into(),
        Note::Ended => "Der Server hat die Verbindung beendet".into(),
        Note::Refused => "Deine Seite hat die Verbindung beendet: Etwas stimmte nicht".into(),
        Note::Protected { .. } => "Ab hier schützt TLS die Verbindung".into(),
    }
}

fn fetched(fetch: &Fetch) -> String {
    let list =
        |subjects: &[String]| subjects.iter().map(|subject| format!("„{subject}“")).collect::<Vec<_>>().join(", ");
    let mut said = Vec::new();
    match fetch.new.len() {
        0 => said.push("Nichts Neues.".to_owned()),
        count => said.push(format!("Neu ({count}): {}.", list(&fetch.new))),
    }
    if !fetch.deleted.is_empty() {
        said.push(format!("Auf dem Server gelöscht ({}): {}.", fetch.deleted.len(), list(&fetch.deleted)));
    }
    said.extend(fetch.failure.as_ref().map(|failure| match failure {
        FetchFailure::Refused(words) => format!("Der Server hat abgelehnt: {words}"),
        FetchFailure::NoTls => {
            "TLS war gewünscht, und der Server bietet keines. Nichts Geheimes wurde geschickt.".into()
        }
        FetchFailure::TlsRefused(_) => {
            "Das Zertifikat war nicht in Ordnung, darum wurde nichts Geheimes geschickt.".into()
        }
        FetchFailure::Injected => "Es kamen Worte, um die niemand gebeten hatte, darum hat das Gerät aufgelegt.".into(),
        FetchFailure::Broken => "Die Leitung brach ab.".into(),
    }));
    said.join(" ")
}
