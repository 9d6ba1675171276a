//! German: the mailbox and the reader.

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::event::{Doubt, Reconciled};

use crate::{
    app::{RouteTaken, SOURCE_OCTETS_MAX, SourceOnly, Tab, view::HopsVm},
    i18n::{
        Language::De,
        list_of_numbers,
        texts::{MailboxTexts, ReaderTexts},
    },
};

pub(super) const MAILBOX: MailboxTexts = MailboxTexts {
    heading: "Postfach",
    count: |count, octets| match count {
        0 => "Keine Nachrichten".to_owned(),
        1 => format!("1 Nachricht, {}", De.octets(octets)),
        _ => format!("{} Nachrichten, {}", De.count(count as u64), De.octets(octets)),
    },
    empty: "Dieses Postfach ist leer.",
    empty_advice: "Es wartet nichts auf dich. Was jetzt ankommt, siehst du nach der nächsten Anmeldung: Eine POP3-Sitzung sieht das Postfach so, wie es am Anfang war.",
    column_from: "Von",
    column_subject: "Betreff",
    column_date: "Datum",
    column_size: "Größe",
    column_actions: "Löschen",
    no_sender: "(kein Absender)",
    no_subject: "(kein Betreff)",
    message_number: |number| format!("Nachricht {number}"),
    header_awaited: "unterwegs …",
    header_refused: "(der Server zeigt vorab keine Kopfzeilen)",
    header_unreadable: "(Kopfzeilen unlesbar)",
    header_stopped: "(nicht geholt)",
    headers_fetch: "Absender und Betreffe holen",
    attachments_likely: "hat wahrscheinlich Anhänge",
    unread_here: "in dieser Sitzung nicht gelesen",
    mark: |number| format!("Nachricht {number} zum Löschen vormerken"),
    unmark: |number| format!("Nachricht {number} behalten"),
    marked: "Wird bei QUIT gelöscht",
    previous_page: "Neuere Nachrichten",
    next_page: "Ältere Nachrichten",
    page_status: |page, pages| format!("Seite {page} von {pages}"),
    pending: |count| match count {
        1 => "1 Nachricht ist vorgemerkt.".to_owned(),
        _ => format!("{} Nachrichten sind vorgemerkt.", De.count(count as u64)),
    },
    pending_explanation: "Der Server löscht beim Beenden (QUIT). Bis dahin macht Rückgängig wirklich alles rückgängig.",
    finish_and_delete: "Beenden und löschen",
    finish: "Beenden",
    finishing: "Wird beendet …",
    undo_all: "Alle behalten",
    disconnect: "Gehen, ohne zu löschen",
    disconnect_explanation: "Legt ohne QUIT auf: Der Server vergisst alle Vormerkungen.",
    connection: "So ist diese Verbindung geschützt",
    route: |hops| match &hops.route {
        RouteTaken::Sandbox => "Übungspostfach in dieser Seite".to_owned(),
        RouteTaken::Bridge { target, tls } => match tls {
            TlsEnds::Page | TlsEnds::PageStls | TlsEnds::Bridge => format!("{target}, verschlüsselt"),
            TlsEnds::Nowhere => format!("{target}, nicht verschlüsselt"),
        },
    },
    hops,
    reconciled_heading: "Aus einer früheren Sitzung",
    reconciled,
    mark_again: "Wieder vormerken",
    leave_them: "Auf dem Server lassen",
};

fn hops(hops: &HopsVm) -> Vec<String> {
    let mut lines = Vec::new();
    if hops.route == RouteTaken::Sandbox {
        lines.push("Der Mailserver läuft im Speicher dieser Seite. Nichts verlässt deinen Computer.".to_owned());
    }
    if let Some(secured) = &hops.secured {
        let tls = &secured.summary;
        lines.push(format!("{}, {}. {}", tls.version, tls.suite, (super::security::SECURITY.vouched)(secured.vouched)));
        if secured.resumed {
            lines.push(
                "Fortgesetzt aus einer früheren Verbindung dieser Seite; dort wurde das Zertifikat geprüft.".to_owned(),
            );
        }
    }
    lines.extend(hops.method.map(super::sign_in::SIGN_IN.signed_in));
    lines
}

fn reconciled(told: &Reconciled) -> Vec<String> {
    let mut lines = Vec::new();
    match told.deleted {
        0 => {}
        1 => lines.push("1 Nachricht, die du vorgemerkt hattest, ist gelöscht.".to_owned()),
        count => {
            lines.push(format!("{} Nachrichten, die du vorgemerkt hattest, sind gelöscht.", De.count(count as u64)));
        }
    }
    match told.remaining.len() {
        0 => {}
        1 => lines.push(format!(
            "1 Nachricht, die du vorgemerkt hattest, ist noch auf dem Server (Nummer {}).",
            list_of_numbers(&told.remaining)
        )),
        count => lines.push(format!(
            "{} Nachrichten, die du vorgemerkt hattest, sind noch auf dem Server (Nummern {}).",
            De.count(count as u64),
            list_of_numbers(&told.remaining)
        )),
    }
    lines.extend(told.doubtful.iter().map(|doubtful| {
        let numbers = list_of_numbers(&doubtful.numbers);
        let why = match doubtful.why {
            Doubt::SharedWithUnmarked => {
                format!("Die Nachrichten {numbers} haben dieselbe Kennung, und nicht alle waren vorgemerkt")
            }
            Doubt::CountChanged => format!("Ihre Kennung haben jetzt mehr oder weniger Nachrichten ({numbers})"),
            Doubt::SizeChanged => format!("Nachricht {numbers} hat ihre Kennung, aber eine andere Größe"),
            Doubt::ListingIncomplete => "Der Server hat diesmal Kennungen ausgelassen".to_owned(),
        };
        format!("Eine vorgemerkte Nachricht ist nicht sicher zu erkennen: {why}. Sie bleibt, wie sie ist.")
    }));
    match told.unrecognised {
        0 => {}
        1 => lines.push("1 vorgemerkte Nachricht ist ohne Kennung nicht wiederzuerkennen.".to_owned()),
        count => lines.push(format!(
            "{} vorgemerkte Nachrichten sind ohne Kennung nicht wiederzuerkennen.",
            De.count(count as u64)
        )),
    }
    lines
}

pub(super) const READER: ReaderTexts = ReaderTexts {
    back: "Zur Liste",
    previous: "Neuere Nachricht",
    next: "Ältere Nachricht",
    delete: "Zum Löschen vormerken",
    undo: "Behalten",
    save: "Als .eml speichern",
    from: "Von",
    reply_to: "Antwort an",
    to: "An",
    cc: "Kopie an",
    date: "Datum",
    no_date: "(kein Datum)",
    size: "Größe",
    loading: |octets| format!("Die Nachricht wird geholt, {} …", De.octets(octets)),
    cancelled: "Du hast die Übertragung angehalten. Von der Nachricht wurde nichts behalten; auf dem Server ist sie unverändert.",
    retrieve_again: "Noch einmal holen",
    refused: "Der Server hat diese Nachricht nicht herausgegeben.",
    source_only,
    malformed: "Diese Nachricht hält sich nicht an ihr Format. Was lesbar war, wird gezeigt; der Quelltext zeigt alles.",
    views: "Ansichten dieser Nachricht",
    tab: |tab| match tab {
        Tab::Text => "Text",
        Tab::Html => "HTML",
        Tab::Header => "Kopfzeilen",
        Tab::Source => "Quelltext",
    },
    no_text: "Diese Nachricht hat keinen Text.",
    html_title: "Die Nachricht als HTML, ohne Skripte",
    remote_blocked: |count| match count {
        1 => "1 Verweis auf fremde Inhalte wurde blockiert.".to_owned(),
        _ => format!("{} Verweise auf fremde Inhalte wurden blockiert.", De.count(count as u64)),
    },
    remote_blocked_why: "Sie zu laden würde dem Absender verraten, dass, wann und wo du dies liest.",
    source_loading: "Der Quelltext wird gelesen …",
    source_cut: "Gezeigt werden nur die ersten 256 KiB. Speichere die Nachricht, um alles zu sehen.",
    header_name: "Feld",
    header_value: "Wert",
    attachments: |count| if count == 1 { "1 Anhang".to_owned() } else { format!("{count} Anhänge") },
    attachment_inline: "im Text zu sehen",
    download: |name| format!("{name} herunterladen"),
    download_short: "Herunterladen",
};

fn source_only(why: SourceOnly) -> String {
    match why {
        SourceOnly::Unreadable => {
            "Das lässt sich nicht als E-Mail lesen. Hier ist der Quelltext, wie der Server ihn geschickt hat."
                .to_owned()
        }
        SourceOnly::WorkerDied => {
            "Beim Lesen dieser Nachricht ist der Leser abgestürzt. Sonst ist nichts betroffen; hier ist ihr Quelltext."
                .to_owned()
        }
        SourceOnly::TooLarge { octets_max } => format!(
            "Diese Nachricht ist größer als {}, zu groß, um sie hier zu zerlegen. Unten steht der Anfang ihres \
             Quelltexts; speichere sie, um sie anderswo zu öffnen.",
            De.octets(octets_max)
        ),
    }
}

/// The text of `source_cut` names this number.
const _: () = assert!(SOURCE_OCTETS_MAX == 256 * 1024);
