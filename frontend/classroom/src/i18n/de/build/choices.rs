//! German: what can be chosen in the scenario builder.

use popglass_lessons::format::{AttackerSetup, Certificate, Leave, What};

use crate::app::{GoalKind, QuestionKind};

pub(super) fn attacker(attacker: AttackerSetup) -> &'static str {
    match attacker {
        AttackerSetup::Listens => "jemand, der nur zuhört",
        AttackerSetup::StripsStls => "jemand, der STLS aus dem Angebot des Servers streicht",
        AttackerSetup::InjectsAfterStls => "jemand, der hinter STLS eine Zeile einschiebt",
        AttackerSetup::FalseCertificate => "jemand, der ein falsches Zertifikat vorzeigt",
    }
}

pub(super) fn certificate(certificate: Certificate) -> &'static str {
    match certificate {
        Certificate::Good => "in Ordnung",
        Certificate::Expired => "abgelaufen",
        Certificate::WrongName => "für einen anderen Host",
        Certificate::SelfSigned => "von niemandem verbürgt",
        Certificate::UnknownAuthority => "von einer unbekannten Stelle",
    }
}

pub(super) fn fault_place(place: &str) -> &str {
    match place {
        "any" => "jedem Befehl",
        "greeting" => "der Begrüßung",
        keyword => keyword,
    }
}

pub(super) fn fault_kind(kind: &str) -> &'static str {
    match kind {
        "refuse" => "lehnt mit -ERR ab",
        "hang-up" => "legt auf, bevor er etwas tut",
        "cut" => "bricht mitten in der Antwort ab",
        "delay" => "antwortet zu spät",
        "swallow" => "tut es und antwortet nie",
        "lie sizes" => "nennt falsche Größen",
        "lie count" => "nennt eine falsche Zahl von Nachrichten",
        "answer-twice" => "antwortet doppelt",
        "lie unique-id-repeated" => "gibt allen Nachrichten dieselbe Kennung",
        "lie unique-id-missing" => "lässt die erste Kennung weg",
        "lie not-stuffed" => "verdoppelt Punkte nicht",
        "lie bare-line-feeds" => "beendet Zeilen nur mit LF",
        "before" => "sagt vor der Antwort etwas anderes",
        "after" => "sagt hinter der Antwort etwas anderes",
        _ => "sagt statt der Antwort etwas anderes",
    }
}

pub(super) fn leave(leave: Leave) -> &'static str {
    match leave {
        Leave::Always => "lässt die Nachrichten auf dem Server",
        Leave::Never => "löscht sie gleich nach dem Abholen",
        Leave::Days(_) => "löscht sie einige Tage nach dem Abholen",
    }
}

pub(super) fn goal_kind(kind: GoalKind) -> &'static str {
    match kind {
        GoalKind::Happened => "etwas geschieht",
        GoalKind::InOrder => "mehreres geschieht, in dieser Reihenfolge",
        GoalKind::InOneSession => "dasselbe, innerhalb einer Verbindung",
        GoalKind::Without => "etwas geschieht, und etwas anderes vorher nicht",
        GoalKind::MaildropIs => "in einem Postfach liegen genau diese Nachrichten",
        GoalKind::MaildropLacks => "eine dieser Nachrichten ist aus einem Postfach verschwunden",
        GoalKind::DeviceHolds => "ein Gerät hat genau diese Nachrichten",
        GoalKind::Answered => "eine Frage ist richtig beantwortet",
        GoalKind::AnsweredAtLeast => "mehrere Fragen sind richtig beantwortet",
        GoalKind::All => "alle diese Ziele sind erreicht",
        GoalKind::Any => "eines dieser Ziele ist erreicht",
        GoalKind::AtOnce => "all das gilt im selben Augenblick",
    }
}

pub(super) fn question_kind(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text => "ein Wort; Großschreibung ist egal",
        QuestionKind::AnyOf => "eines von mehreren Wörtern",
        QuestionKind::Exactly => "genau das, mit Großschreibung und Leerzeichen",
        QuestionKind::Number => "eine Zahl",
        QuestionKind::Choice => "eine von mehreren Möglichkeiten",
        QuestionKind::Choices => "alle richtigen von mehreren Möglichkeiten",
    }
}

pub(super) fn what(what: What) -> &'static str {
    match what {
        What::Command => "ein Befehl wird beantwortet",
        What::State => "eine Sitzung kommt in einen Zustand",
        What::Retrieved => "eine ganze Nachricht wird abgeholt",
        What::Previewed => "ein Kopf wird mit TOP abgeholt",
        What::Quit => "eine Sitzung endet mit QUIT",
        What::Broken => "eine Verbindung endet ohne QUIT",
        What::Connected => "eine Verbindung steht",
        What::ConnectionRefused => "die eigene Seite lehnt eine Verbindung ab",
        What::Credentials => "Name und Passwort gehen über die Leitung",
        What::Fetched => "ein Gerät holt Nachrichten ab",
        What::FetchFailed => "ein Gerät kann nicht abholen",
        What::Read => "eine Nachricht wird auf einem Gerät gelesen",
        What::Configured => "eine Einstellung eines Geräts wird geändert",
        What::Delivered => "eine Nachricht kommt an",
        What::Days => "Tage vergehen",
    }
}
