//! German: the fields of the scenario builder.

use popglass_lessons::format::{Door, Pane};

use crate::{
    app::{
        DeviceField, EventField, FaultField, Field, GoalField, MessageField, QuestionField, ServerField, TerminalField,
        UserField, Words,
    },
    i18n::{Language, de::lesson::MOVES},
};

pub(super) fn field(field: &Field) -> String {
    let said = match field {
        Field::Minutes => "Dauer in Minuten",
        Field::HasLanguage(Language::En) => "Texte auf Englisch",
        Field::HasLanguage(Language::De) => "Texte auf Deutsch",
        Field::Words(_, words) => return text(*words),
        Field::Attacker => "An der Leitung sitzt",
        Field::Days => "Tage, die vergehen können",
        Field::Pane(pane) => shown(*pane),
        Field::Server(_, it) => server(*it),
        Field::Fault(_, _, FaultField::Place) => "Bei",
        Field::Fault(_, _, FaultField::Time) => "Beim wievielten Mal",
        Field::Fault(_, _, FaultField::Kind) => "Der Server",
        Field::Fault(_, _, FaultField::Detail) => "Genauer",
        Field::User(_, _, UserField::Name) => "Name",
        Field::User(_, _, UserField::Password) => "Passwort",
        Field::User(_, _, UserField::Shuffled) => "Reihenfolge der Nachrichten nach der Startzahl",
        Field::Message(_, _, _, it) => message(*it),
        Field::Terminal(_, TerminalField::Name) => "Name",
        Field::Terminal(_, TerminalField::Server) => "Server",
        Field::Door(_, door) => return format!("Zugang: {}", (MOVES.door)(*door)),
        Field::Device(_, it) => device(*it),
        Field::Question(_, QuestionField::Kind) => "Die Antwort ist",
        Field::Question(_, QuestionField::Answer) => "Richtige Antwort",
        Field::Question(_, QuestionField::After) => "Beantworten lässt sie sich",
        Field::LeavesOpen(_) => "Offen bleiben muss",
        Field::IsRight(..) => "Diese Möglichkeit ist richtig",
        Field::Goal(_, it) => goal(*it),
        Field::Member(_, id) => id,
        Field::Event(_, _, _, it) => event(*it),
    };
    said.to_owned()
}

fn text(words: Words) -> String {
    match words {
        Words::Title => "Titel".into(),
        Words::Goal => "Ziel in einem Satz".into(),
        Words::Story => "Geschichte".into(),
        Words::Hint(place) => format!("Tipp {}", place + 1),
        Words::Praise => "Lob am Ende".into(),
        Words::Card => "Karte zum Merken".into(),
        Words::Task(_) => "Was zu tun ist".into(),
        Words::Question(_) => "Frage".into(),
        Words::Wrong(_) => "Was zu einer falschen Antwort gesagt wird".into(),
        Words::DeadEnd(_) => "Was den Lernenden gesagt wird".into(),
        Words::Option(..) => "Möglichkeit".into(),
    }
}

fn shown(pane: Pane) -> &'static str {
    match pane {
        Pane::Terminals => "Terminals zeigen",
        Pane::Maildrops => "Zeigen, was auf dem Server liegt",
        Pane::State => "Bild des Zustands zeigen",
        Pane::Devices => "Geräte zeigen",
        Pane::Wire => "Zeigen, was jemand an der Leitung sieht",
        Pane::Reader => "Abgeholte Nachrichten wie in einem Mailprogramm zeigen",
        Pane::Handshake => "Einen TLS-Handshake Oktett für Oktett zeigen",
    }
}

fn server(field: ServerField) -> &'static str {
    match field {
        ServerField::Name => "Hostname",
        ServerField::Minimal => "Alter Server: kein CAPA, TOP, UIDL",
        ServerField::Stls => "Bietet STLS an",
        ServerField::Apop => "Bietet APOP an",
        ServerField::SecretsNeedTls => "Nimmt Passwörter nur unter TLS",
        ServerField::Certificate => "Zertifikat",
    }
}

fn message(field: MessageField) -> &'static str {
    match field {
        MessageField::From => "Von",
        MessageField::To => "An",
        MessageField::Subject => "Betreff",
        MessageField::Date => "Datum",
        MessageField::Body => "Text",
        MessageField::Filler => "Oktette zum Auffüllen",
        MessageField::Later => "Kommt später an, wenn die Lernenden es wollen",
        MessageField::Owner => "Liegt im Postfach von",
        MessageField::Raw => "Die ganze Nachricht, wie auf der Leitung",
        MessageField::AttachmentName => "Anhang, Dateiname",
        MessageField::Attachment => "Anhang, Text darin",
    }
}

fn device(field: DeviceField) -> &'static str {
    match field {
        DeviceField::Name => "Name",
        DeviceField::User => "Holt ab für",
        DeviceField::Leave => "Mit abgeholten Nachrichten: Es",
        DeviceField::Days => "Tage",
        DeviceField::Security => "Verschlüsselung",
        DeviceField::Configurable => "Die Lernenden dürfen die Einstellungen ändern",
    }
}

fn goal(field: GoalField) -> &'static str {
    match field {
        GoalField::Kind => "Ziel",
        GoalField::Question => "Welche Frage",
        GoalField::Count => "Wie viele mindestens",
        GoalField::User => "Postfach von",
        GoalField::Device => "Gerät",
    }
}

fn event(field: EventField) -> &'static str {
    match field {
        EventField::What => "Was geschieht",
        EventField::Command => "Befehl",
        EventField::Argument => "Mit diesem dahinter",
        EventField::Accepted => "Antwort",
        EventField::Message => "Nachricht",
        EventField::State => "Zustand",
        EventField::User => "Benutzer",
        EventField::By => "Wo",
        EventField::Tls => "Schutz",
        EventField::AtLeast => "Mindestens",
        EventField::AtMost => "Höchstens",
        EventField::Containing => "Text, der darin sein muss",
    }
}

pub(super) fn hint(field: &Field) -> &'static str {
    match field {
        Field::Days => "Leer: Die Zeit steht still. Für Geräte, die nach einigen Tagen löschen.",
        Field::Server(_, ServerField::Name) => "Buchstaben, Ziffern, Punkte, etwa mail.example.",
        Field::Fault(_, _, FaultField::Time) => "Leer: jedes Mal.",
        Field::Fault(_, _, FaultField::Detail) => "Eine Zahl oder Worte; Oktette in Anführungszeichen.",
        Field::User(_, _, UserField::Name) => "So, wie er hinter USER getippt wird.",
        Field::Message(_, _, _, MessageField::Filler) => "0: keine. Für große Nachrichten.",
        Field::Message(_, _, _, MessageField::AttachmentName) => "Leer: kein Anhang. Etwa plan.txt.",
        Field::Message(_, _, _, MessageField::Raw) => {
            "Kopf, leere Zeile, Text. Für alle, die es von Hand machen wollen."
        }
        Field::Terminal(_, TerminalField::Name) => "Kurz, etwa a.",
        Field::Door(_, Door::Smtp | Door::Imap) => "Ein anderes Protokoll auf demselben Server.",
        Field::Event(_, _, _, EventField::AtLeast | EventField::AtMost) => {
            "Gelöschte oder abgeholte Nachrichten, verlorene Markierungen oder Tage. Leer: beliebig viele."
        }
        _ => "",
    }
}
