//! German: what is wrong in the scenario builder, and what to do about it.

use popglass_lessons::{
    format::{BadLine, Flaw, Named, Pane, Unread},
    scenario::ScenarioFlaw,
};

use crate::app::{Lack, Refusal};

pub(super) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooLong(octets) => {
            format!("Das ist zu lang: höchstens {octets} Oktette. Im Szenario bleibt, was darin war.")
        }
        Refusal::Unseen => "Darin ist ein Zeichen, das man nicht sehen kann. Tippe es neu.".into(),
        Refusal::NoNumber(min, max) => format!("Tippe eine ganze Zahl von {min} bis {max}."),
        Refusal::Empty => "Tippe einen Namen.".into(),
        Refusal::Taken => "So heißt schon etwas anderes. Wähle einen anderen Namen.".into(),
        Refusal::Letters => {
            "Nimm nur Buchstaben, Ziffern, Bindestriche, Punkte und Unterstriche, ohne Leerzeichen.".into()
        }
        Refusal::Detail => "Das passt nicht zum Fehler. Zahlen wie im Beispiel; Text in Anführungszeichen.".into(),
        Refusal::NoChoice => "Das lässt sich hier nicht wählen.".into(),
        Refusal::Full => "Für mehr ist kein Platz.".into(),
    }
}

pub(super) fn lack(lack: &Lack) -> String {
    match lack {
        Lack::Blank => "Hier steht noch nichts.".into(),
        Lack::Refused(it) => refusal(it),
        Lack::Unknown(name) => format!("„{name}“ gibt es nicht mehr. Wähle etwas anderes."),
        Lack::NoServer => "Füge einen Server hinzu.".into(),
        Lack::NoUser => "Füge einen Benutzer hinzu.".into(),
        Lack::NoTask => "Füge eine Aufgabe hinzu: Ohne sie gibt es nichts zu erreichen.".into(),
        Lack::NobodyActs => "Füge ein Terminal oder ein Gerät hinzu: Ohne sie können die Lernenden nichts tun.".into(),
        Lack::NotShown(Pane::Devices) => "Es gibt Geräte, aber sie sind nicht auf dem Bildschirm.".into(),
        Lack::NotShown(_) => "Es gibt Terminals, aber sie sind nicht auf dem Bildschirm.".into(),
        Lack::NoDoor => "Wähle mindestens einen Zugang.".into(),
        Lack::NoParts => "Füge ein Ziel hinzu.".into(),
        Lack::NoEvents => "Füge ein Ereignis hinzu.".into(),
        Lack::FewOptions => "Füge Möglichkeiten hinzu: mindestens zwei.".into(),
        Lack::TooManyAnswers => "Es sind mehr richtige Antworten verlangt als Fragen angekreuzt.".into(),
        Lack::DoneAtOnce => "Diese Aufgabe ist geschafft, bevor jemand etwas getan hat. Wähle ein anderes Ziel.".into(),
        Lack::TooLarge(octets) => {
            format!("Für eine Datei ist es mit {octets} Oktetten zu groß. Nimm Nachrichten heraus.")
        }
        Lack::Flaw(it) => flaw(it),
    }
}

pub(super) fn flaw(flaw: &ScenarioFlaw) -> String {
    match flaw {
        ScenarioFlaw::TooLarge(octets) => {
            format!("Das ist größer, als ein Szenario sein kann: höchstens {octets} Oktette.")
        }
        ScenarioFlaw::NoText => {
            "Das ist kein Text und damit kein Szenario. Wähle eine Datei, die hier beim Bauen gespeichert wurde.".into()
        }
        ScenarioFlaw::BrokenLink => {
            "Der Link ist beschädigt: Es fehlen Zeichen, oder sie wurden verändert. Lass ihn dir noch einmal geben und kopiere ihn ganz.".into()
        }
        ScenarioFlaw::Version(version) => {
            format!("Dieses Szenario hat die Version {version}, die diese Seite nicht kennt. Lade eine neuere Seite.")
        }
        ScenarioFlaw::TooMany(what, max) => format!("Es hat zu viel von „{what}“: höchstens {max}."),
        ScenarioFlaw::NoLanguage => "Es hat weder englische noch deutsche Texte.".into(),
        ScenarioFlaw::Unreadable(bad) => {
            format!("{} Hat jemand die Datei von Hand geändert, dann verbessere es dort; sonst lade eine andere Datei.", bad_line(bad))
        }
        ScenarioFlaw::Unfit(it) => format!("{} Öffne es beim Bauen, um das zu ändern.", unfit(it)),
        ScenarioFlaw::Faults(server, line) => {
            format!("Zeile {line} der Fehler von {server} ist nicht zu verstehen. Öffne es beim Bauen, um das zu ändern.")
        }
    }
}

fn bad_line(bad: &BadLine) -> String {
    let why = match &bad.why {
        Unread::Syntax => {
            "So wird es nicht geschrieben; vielleicht fehlt dort oder davor ein Anführungszeichen oder eine Klammer, oder es ist eins zu viel."
                .to_owned()
        }
        Unread::Twice => "Was dort steht, gibt es schon weiter oben, und es darf nur einmal dastehen.".to_owned(),
        Unread::Missing(name) => format!("Es fehlt „{name}“."),
        Unread::Unknown(name) => format!("„{name}“ gibt es hier nicht."),
        Unread::Misfit => "Hierher gehört etwas anderes: eine Zahl statt eines Wortes zum Beispiel.".to_owned(),
    };
    format!("Zeile {} ist ab Spalte {} nicht zu lesen. {why}", bad.line, bad.column)
}

fn unfit(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Line(bad) => bad_line(bad),
        Flaw::Name(it, name) => format!("Ein Name fehlt oder ist doppelt ({}): „{name}“.", named(*it)),
        Flaw::Unknown(it, name) => format!("Genannt ist etwas, das es nicht gibt ({}): „{name}“.", named(*it)),
        Flaw::LongDraw(octets) => format!("Ein Wort für die Startzahl ist zu lang: {octets} Oktette."),
        Flaw::NoServer => "Es gibt keinen Server.".into(),
        Flaw::NoTask => "Es gibt keine Aufgabe.".into(),
        Flaw::NoDoor(name) => format!("Das Terminal „{name}“ hat keinen Zugang."),
        Flaw::NoText(it, key) => format!("Ein Text fehlt ({}): „{key}“.", named(*it)),
        Flaw::StrayText(it, key) => format!("Ein Text gehört zu etwas, das es nicht gibt ({}): „{key}“.", named(*it)),
        Flaw::Hints(count) => format!("Es gibt {count} Tipps, und es sollten drei sein."),
    }
}

fn named(named: Named) -> &'static str {
    match named {
        Named::Server => "Server",
        Named::User => "Benutzer",
        Named::Message => "Nachricht",
        Named::Place => "Terminal oder Gerät",
        Named::Question => "Frage",
        Named::Task => "Aufgabe",
        Named::DeadEnd => "Sackgasse",
        Named::Option => "Möglichkeit",
    }
}
