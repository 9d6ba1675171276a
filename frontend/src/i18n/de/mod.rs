//! German, in the familiar form: many readers are learners from 14 years on.

mod ends;
mod explain;
mod mail;
mod rules;
mod security;
mod sign_in;

use popglass_session::event::{Phase, Progress};

use super::{
    Language::De,
    list_of_numbers,
    texts::{ConnectTexts, HelpTexts, ShellTexts, Texts, TranscriptTexts, WhatIsTexts},
};
use crate::app::ToastNews;

pub(super) const TEXTS: Texts = Texts {
    shell: SHELL,
    connect: CONNECT,
    sign_in: sign_in::SIGN_IN,
    security: security::SECURITY,
    what_is: WHAT_IS,
    mailbox: mail::MAILBOX,
    reader: mail::READER,
    ended: ends::ENDED,
    transcript: TRANSCRIPT,
    help: HELP,
};

const SHELL: ShellTexts = ShellTexts {
    skip_to_content: "Zum Inhalt springen",
    language: "Sprache",
    theme: "Farben",
    themes: ["System", "Hell", "Dunkel"],
    show_shortcuts: "Tastenkürzel",
    outdated: "Es gibt eine neue Fassung dieser Seite. Lade sie neu, bevor du weitermachst.",
    reload: "Seite neu laden",
    learn: "POP3 lernen",
    dismiss: "Schließen",
    undo: "Rückgängig",
    cancel: "Abbrechen",
    cancelling: "Wird angehalten …",
    progress_label: "Übertragung",
    progress,
    toast,
};

fn progress(progress: &Progress) -> String {
    match progress {
        Progress::Headers { done, total } => format!("Absender und Betreffe werden geholt: {done} von {total}"),
        Progress::Message { number, octets, octets_expected } => {
            format!("Nachricht {number} wird geholt: {} von {}", De.octets(*octets), De.octets(*octets_expected))
        }
        Progress::Stopping => {
            "Wird angehalten: POP3 lässt sich nicht unterbrechen, darum wird der Rest gelesen und verworfen.".to_owned()
        }
    }
}

fn toast(news: &ToastNews) -> String {
    match news {
        ToastNews::Marked(numbers) if numbers.len() == 1 => {
            format!("Nachricht {} ist vorgemerkt. Gelöscht wird sie beim Beenden.", list_of_numbers(numbers))
        }
        ToastNews::Marked(numbers) => {
            format!("Die Nachrichten {} sind vorgemerkt. Gelöscht werden sie beim Beenden.", list_of_numbers(numbers))
        }
        ToastNews::Unmarked(numbers) if numbers.len() == 1 => {
            format!("Nachricht {} bleibt auf dem Server.", list_of_numbers(numbers))
        }
        ToastNews::Unmarked(numbers) => {
            format!("Die Nachrichten {} bleiben auf dem Server.", list_of_numbers(numbers))
        }
        ToastNews::Refused(refusal) => {
            format!("Der Server hat {} abgelehnt: {}", refusal.command.keyword(), refusal.text)
        }
        ToastNews::AttachmentFailed => {
            "Dieser Anhang ließ sich nicht auspacken. Speichere stattdessen die ganze Nachricht.".to_owned()
        }
        ToastNews::TrustNotKept => {
            "Für dieses Zertifikat ist kein Platz mehr. Es gilt, bis du diese Seite schließt.".to_owned()
        }
    }
}

const CONNECT: ConnectTexts = ConnectTexts {
    heading: "Lies deine Post und sieh, wie sie reist",
    lead: "Popglass holt E-Mails über POP3 und zeigt dir jede Zeile, die es mit dem Server wechselt.",
    sandbox_heading: "Nur mal schauen?",
    sandbox_text: "Zu dieser Seite gehört ein Übungspostfach. Es braucht kein Konto und keinen Mailserver, und kaputtmachen kannst du nichts.",
    sandbox_button: "Ohne Server ausprobieren",
    form_heading: "Dein Postfach",
    server: "Server",
    port: "Port",
    security: "Verschlüsselung",
    security_name: security::name,
    security_explanation: security::explanation,
    user: "Benutzername",
    password: "Passwort",
    show_password: "Passwort zeigen",
    remembers: "Dieser Browser merkt sich alles außer dem Passwort.",
    submit: "Verbinden",
    by_hand: "POP3 selbst tippen",
    by_hand_heading: |name| format!("Du sprichst POP3, dein Gegenüber: {name}"),
    demo_login: "Demo-Zugang eintragen",
    demo_explanation: "Diese Brücke betreibt einen Demo-Mailserver.",
    bridge_asking: "Die Brücke wird gesucht …",
    bridge_unreachable: "Die Brücke antwortet nicht.",
    bridge_unreachable_advice: "Browser können nicht von selbst mit Mailservern sprechen. Ohne Brücke sind echte Postfächer also nicht erreichbar; das Übungspostfach geht trotzdem.",
    page_refused_perhaps: |origin| {
        format!("Oder sie lässt diese Seite nicht zu: Wer die Brücke betreibt, muss dort {origin} erlauben.")
    },
    bridge: "Brücke",
    bridge_other: "Andere Brücke",
    bridge_hint: "Etwa bridge.example oder wss://bridge.example/tunnel",
    bridge_use: "Nehmen",
    bridge_unnamed: "Nenne eine Brücke, um deinen Mailserver zu erreichen.",
    bridge_fault: security::bridge_fault,
    bridge_offers_nothing: "Die Brücke ist da, erlaubt aber keinen Mailserver.",
    bridge_offers_nothing_advice: "Wer sie betreibt, legt fest, welche Server sie erreichen darf. Das Übungspostfach geht trotzdem.",
    retry: "Noch einmal versuchen",
    server_said: "Der Server sagt:",
    sandbox_name: "das Übungspostfach",
    connecting_to: |name| format!("Verbindung zu: {name}"),
    phase,
    trouble: ends::trouble,
};

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Connecting => "Der Server wird angerufen …",
        Phase::Securing => "TLS mit dem Server vereinbaren …",
        Phase::Greeting => "Warten auf die Begrüßung des Servers …",
        Phase::ByHand => "Der Server hat gegrüßt. Jetzt bist du dran.",
        Phase::LoggingIn => "Anmelden …",
        Phase::Listing => "Nachfragen, was im Postfach liegt …",
        Phase::Open => "Das Postfach ist offen.",
        Phase::Finishing => "Wird beendet …",
    }
}

const WHAT_IS: WhatIsTexts = WhatIsTexts {
    heading: "Was ist POP3?",
    facts: &[
        (
            "Wozu es da ist",
            "POP3, das Post Office Protocol, holt E-Mails von dem Server ab, auf dem sie für dich liegen. Es kann vier Dinge: anmelden, auflisten, herunterladen, löschen.",
        ),
        (
            "Wie es klingt",
            "Seine Befehle sind lesbares ASCII: USER, PASS, LIST, RETR, DELE, QUIT. Der Server antwortet mit +OK oder -ERR. Im Mitschnitt kannst du alles nachlesen.",
        ),
        (
            "Ein Postfach, zwei Geräte",
            "Was ein Gerät löscht, ist für das andere weg. Was auf dem Server bleibt, sieht für das andere Gerät neu aus, denn POP3 gleicht nichts zwischen ihnen ab.",
        ),
        (
            "Wann gelöscht wird",
            "DELE merkt eine Nachricht nur vor. Gelöscht wird bei QUIT; bricht die Verbindung vorher ab, bleibt alles da.",
        ),
        (
            "Wer mitlesen kann",
            "POP3 selbst schickt Benutzername und Passwort im Klartext. Erst TLS darum herum hält andere fern.",
        ),
        (
            "Was es sonst noch gibt",
            "SMTP verschickt E-Mails, POP3 holt sie nur ab. IMAP kann mehr als POP3: Ordner, Gelesen-Markierungen, sofortige Benachrichtigung (Push) und Suche, alles auf dem Server.",
        ),
    ],
};

const TRANSCRIPT: TranscriptTexts = TranscriptTexts {
    heading: "Mitschnitt",
    lead: "Jede Zeile zwischen Client und Server. Passwörter sind verdeckt.",
    show: "Mitschnitt zeigen",
    hide: "Mitschnitt verbergen",
    console: "Konsole",
    console_failed: "Die Konsole ließ sich nicht laden oder ist ausgefallen.",
    empty: "Noch hat niemand etwas gesagt. Sobald du dich verbindest, erscheint das Gespräch hier, Zeile für Zeile und mit Erklärung.",
    lines: |count| if count == 1 { "1 Zeile".to_owned() } else { format!("{} Zeilen", De.count(count as u64)) },
    to_newest: "Zur neuesten Zeile",
    client: "Client",
    server: "Server",
    note: "Verbindung",
    folded: |lines| format!("… {} weitere Zeilen …", De.count(lines)),
    explain: explain::meaning,
    note_text: explain::note,
    deviation: "Gegen die Regeln",
    refusal: ends::refusal,
    rule: rules::rule,
};

const HELP: HelpTexts = HelpTexts {
    heading: "Tastenkürzel",
    keys: &[
        ("j · k", "Nächste, vorige Nachricht"),
        ("↑ · ↓", "Durch die Liste gehen, wenn sie den Fokus hat"),
        ("Enter · o", "Nachricht lesen"),
        ("# · Entf", "Zum Löschen vormerken"),
        ("u", "Vormerkung zurücknehmen"),
        ("Esc", "Zurück zur Liste"),
        ("t", "Mitschnitt zeigen oder verbergen"),
        ("?", "Diese Übersicht zeigen"),
    ],
    letters_on: "Kürzel mit einzelnen Buchstaben",
    close: "Schließen",
};
