//! The console's texts, in German.

use popglass_explain::words::Verdict;
use popglass_session::event::{HeldLine, LineFault};

use crate::i18n::{Language::De, Texts};

pub(super) const TEXTS: Texts = Texts {
    login: |user, password| format!("Melde dich als {user} mit dem Passwort {password} an."),
    show_mailbox: "Mein Postfach zeigen",
    log: "Was Client und Server sagen",
    log_hint: "Die Pfeiltasten gehen von Zeile zu Zeile und erklären jede.",
    line: "Deine Zeile an den Server",
    send: "Senden",
    hint: "Tippe einen Befehl und drück Enter. Tab ergänzt, ↑ und ↓ holen frühere Zeilen zurück.",
    no_session: "Gerade gibt es keine Sitzung zum Tippen. Verbinde dich zuerst.",
    completions: "So kann es weitergehen",
    verdict,
    undo: "So nimmst du es zurück: ",
    not_sent,
    tools: "Ansicht und Speichern",
    view: "Zeilen als",
    views: ["Text", "Hex"],
    sides: "Zeigen",
    side_names: ["Beide Seiten", "Nur Client", "Nur Server"],
    pace: "Tempo",
    paces: ["Volles Tempo", "Zeitlupe", "Schritt für Schritt"],
    copy: "Kopieren",
    save_text: "Als Text speichern",
    save_pcapng: "Für Wireshark speichern",
    copied: "Der Mitschnitt ist in der Zwischenablage.",
    not_copied: "Dieser Browser lässt die Seite nicht kopieren. Speichere den Mitschnitt stattdessen als Text.",
    held_from_client: "Das will der Client sagen:",
    held_from_server: "Das hat der Server gesagt:",
    held_more,
    held_none: "Die Zeilen gehen einzeln durch. Gerade wartet keine.",
    next_line: "Nächste Zeile",
    full_speed: "Volles Tempo",
    explained: "Stück für Stück",
    picture: "Zustandsbild",
    picture_words: "Das Bild in Worten",
};

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Nothing => "",
        Verdict::Works => "Hier erlaubt.",
        Verdict::Depends => "Das entscheidet der Server.",
        Verdict::Refused => "Hier nicht.",
        Verdict::Unknown => "Kein POP3-Befehl.",
        Verdict::Response => "Deine Antwort.",
    }
}

fn not_sent(fault: LineFault) -> String {
    match fault {
        LineFault::TooLong { octets, octets_max } => {
            format!(
                "Nicht gesendet: Mit ihrem Zeilenende hat sie {} Oktette, erlaubt sind {}.",
                De.count(octets),
                octets_max
            )
        }
        LineFault::ControlCharacter => {
            "Nicht gesendet: Darin steht ein Zeichen, das die Zeile vorzeitig beenden würde oder das POP3 verbietet."
                .into()
        }
        LineFault::NoConnection => "Nicht gesendet: Es gibt keine Verbindung mehr.".into(),
        LineFault::NoTls => {
            "Nicht gesendet: Diese Verbindung hat in der Seite keinen Platz für TLS. Der Server könnte STLS zustimmen, und dann könnte keine Seite mehr etwas sagen. Wähle STLS stattdessen beim Verbinden.".into()
        }
        LineFault::TooMany => {
            "Nicht gesendet: Zu viele deiner Zeilen warten schon. Lass erst ein paar davon durch.".into()
        }
    }
}

fn held_more(held: &HeldLine) -> String {
    let waiting = De.count(held.waiting as u64);
    match (held.rest_of_body, held.waiting) {
        (false, 0) => String::new(),
        (true, 0) => "Der Rest der Antwort geht mit durch.".into(),
        (false, 1) => "1 weitere Zeile wartet.".into(),
        (true, 1) => "Der Rest der Antwort geht mit durch; 1 weitere Zeile wartet.".into(),
        (false, _) => format!("{waiting} weitere Zeilen warten."),
        (true, _) => format!("Der Rest der Antwort geht mit durch; {waiting} weitere Zeilen warten."),
    }
}
