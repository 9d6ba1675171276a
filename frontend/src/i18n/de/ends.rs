//! German: why a session ended, what became of the marks, and what to do.

use popglass_protocol::{
    reply::{Refusal, ResponseCode, SystemFault},
    tunnel::FailReason,
    types::CredentialError,
};
use popglass_session::event::{Deletion, EndReason};

use super::sign_in;
use crate::{
    app::Ended,
    i18n::{
        Language::De,
        list_of_numbers,
        texts::{EndedTexts, Trouble},
    },
};

pub(super) const ENDED: EndedTexts = EndedTexts {
    heading: |ended| match ended {
        Ended::Session { reason: EndReason::Finished, .. } => "Beendet",
        Ended::Session { reason: EndReason::Disconnected | EndReason::Cancelled, .. } => {
            "Du hast die Sitzung verlassen"
        }
        Ended::Session { .. } => "Die Sitzung ist abgebrochen",
        Ended::Crashed { .. } => "In dieser Seite ist etwas kaputtgegangen",
    },
    crashed,
    deletion_heading: "Was wurde gelöscht?",
    deletion,
    reconnect: "Noch einmal anmelden",
    new_session: "Zum Anfang",
};

fn crashed(quit_sent: bool, at_start: bool) -> Trouble {
    if at_start {
        return Trouble::plain(
            "Der Teil dieser Seite, der POP3 spricht, konnte nicht starten.",
            "Lade die Seite neu. Hilft das nicht, versuche es mit einem neueren Browser.",
        );
    }
    if quit_sent {
        return Trouble::plain(
            "Der Teil dieser Seite, der POP3 spricht, ist beim Beenden abgestürzt.",
            "QUIT kann beim Server angekommen sein, Vorgemerktes kann also gelöscht sein. Lade die Seite neu und melde dich an, um nachzusehen.",
        );
    }
    Trouble::plain(
        "Der Teil dieser Seite, der POP3 spricht, ist abgestürzt.",
        "Gelöscht wurde nichts, denn QUIT war noch nicht gesendet. Lade die Seite neu und melde dich wieder an.",
    )
}

fn deletion(deletion: &Deletion, messages: Option<usize>) -> String {
    match deletion {
        Deletion::NothingMarked => "Nichts war vorgemerkt, also wurde nichts gelöscht.".to_owned(),
        Deletion::Deleted { numbers } => {
            let left = messages.map(|messages| messages.saturating_sub(numbers.len()));
            let what = match numbers.len() {
                1 => format!("Der Server hat 1 Nachricht gelöscht (Nummer {}).", list_of_numbers(numbers)),
                count => format!(
                    "Der Server hat {} Nachrichten gelöscht (Nummern {}).",
                    De.count(count as u64),
                    list_of_numbers(numbers)
                ),
            };
            match left {
                None => what,
                Some(0) => format!("{what} Das Postfach ist jetzt leer."),
                Some(1) => format!("{what} 1 Nachricht ist noch da."),
                Some(left) => format!("{what} {} Nachrichten sind noch da.", De.count(left as u64)),
            }
        }
        Deletion::DeletedUnread { numbers } => {
            let others = match numbers.as_slice() {
                [] => String::new(),
                numbers => format!(" außer den Nummern {}", list_of_numbers(numbers)),
            };
            format!(
                "Der Server hat{others} mindestens eine Nachricht gelöscht. Welche, weiß nur er: Er hat ein DELE angenommen, das du getippt hast und dessen Nummer sich nicht sicher lesen lässt. Melde dich noch einmal an, um zu sehen, was noch da ist."
            )
        }
        Deletion::Partial { numbers, refusal } => format!(
            "Der Server konnte nicht alles Vorgemerkte löschen (Nummern {}). Er sagt: „{}“. Melde dich noch einmal an, um zu sehen, was noch da ist.",
            list_of_numbers(numbers),
            refusal.text
        ),
        Deletion::NothingDeleted { numbers } => match numbers.len() {
            0 => "Nichts wurde gelöscht. Was vorgemerkt war, vergisst der Server ohne QUIT.".to_owned(),
            1 => format!(
                "Nichts wurde gelöscht. Nachricht {} war vorgemerkt, aber ohne QUIT vergisst der Server die Vormerkung.",
                list_of_numbers(numbers)
            ),
            count => format!(
                "Nichts wurde gelöscht. {} Nachrichten waren vorgemerkt, aber ohne QUIT vergisst der Server die Vormerkungen.",
                De.count(count as u64)
            ),
        },
        Deletion::Unknown { numbers } if numbers.is_empty() => {
            "Das weiß niemand: QUIT wurde gesendet, aber die Antwort kam nie an. Was vorgemerkt war, kann gelöscht sein oder nicht. Melde dich noch einmal an, um nachzusehen."
                .to_owned()
        }
        Deletion::Unknown { numbers } => format!(
            "Das weiß niemand: QUIT wurde gesendet, aber die Antwort kam nie an. Die Nachrichten {} können gelöscht sein oder nicht. Melde dich noch einmal an, um nachzusehen.",
            list_of_numbers(numbers)
        ),
    }
}

pub(super) fn trouble(reason: &EndReason) -> Trouble {
    match reason {
        EndReason::Finished => Trouble::plain(
            "Du hast die Sitzung beendet, und der Server hat sich verabschiedet.",
            "Mehr ist nicht zu tun.",
        ),
        EndReason::Disconnected => {
            Trouble::plain("Du hast ohne QUIT aufgelegt.", "Melde dich wieder an, wann immer du magst.")
        }
        EndReason::Cancelled => Trouble::plain(
            "Du hast eine Übertragung angehalten, von der noch zu viel übrig war, um sie zu Ende zu lesen.",
            "POP3 kann eine Übertragung nicht unterbrechen, darum wurde die Verbindung geschlossen. Melde dich wieder an, um weiterzumachen; deine Vormerkungen kommen wieder.",
        ),
        EndReason::Credentials { password, error } => credentials(*password, *error),
        EndReason::NoMethod(none) => sign_in::no_method(*none),
        EndReason::Unfit { method, reason } => sign_in::unfit(*method, *reason),
        EndReason::LoginRefused { refusal, fault, .. } => sign_in::refused(*fault, refusal),
        EndReason::LoginAborted(fault) => sign_in::aborted(*fault),
        EndReason::CommandRefused(refusal) => self::refusal(refusal),
        EndReason::GreetingRefused { text } => Trouble::quoting(
            "Der Server möchte gerade nicht reden.",
            "Vielleicht ist er überlastet oder wird gewartet. Versuche es in ein paar Minuten noch einmal.",
            text,
        ),
        EndReason::NoTls(refusal) => Trouble::quoting(
            "Der Server bietet an diesem Port kein TLS an (STLS).",
            "Es wurde kein Passwort gesendet. Frage den Anbieter nach seinem Port mit TLS, meist 995. Hat dieser Server STLS früher angeboten, hat es vielleicht jemand unterwegs entfernt.",
            refusal.as_ref().map_or("", |refusal| &refusal.text),
        ),
        EndReason::TlsOutOfPlace => tls_out_of_place(),
        EndReason::TlsRefused(refusal) => Trouble::told(&refusal.told.de),
        EndReason::TlsMissing => tls_missing(),
        EndReason::BridgeUnreachable => Trouble::plain(
            "Die Brücke antwortet nicht.",
            "Prüfe deine Netzverbindung oder frage, wer die Brücke betreibt. Das Übungspostfach geht trotzdem.",
        ),
        EndReason::SandboxMissing => Trouble::plain(
            "Das Übungspostfach ließ sich nicht laden.",
            "Prüfe deine Netzverbindung und versuche es noch einmal; hilft das nicht, lade die Seite neu.",
        ),
        EndReason::BridgeLost => Trouble::plain(
            "Die Verbindung zur Brücke ist abgerissen.",
            "Prüfe deine Netzverbindung und melde dich dann wieder an.",
        ),
        EndReason::BridgeFailed(reason) => {
            let (what, advice) = bridge_failure(*reason);
            Trouble::plain(what, advice)
        }
        EndReason::ServerClosed => Trouble::plain(
            "Der Mailserver hat die Verbindung beendet.",
            "Melde dich wieder an; nach einer langen Pause tun Server das auch von sich aus.",
        ),
        EndReason::TimedOut => Trouble::plain(
            "Der Mailserver hat nicht rechtzeitig geantwortet.",
            "Warte einen Moment und melde dich dann wieder an.",
        ),
        EndReason::PeerMisbehaved { detail } => Trouble::quoting(
            "Der Server hat sich nicht an die Regeln von POP3 gehalten.",
            "Ist das wirklich ein POP3-Server? Der Mitschnitt zeigt, was er gesagt hat.",
            detail,
        ),
        EndReason::LimitExceeded { detail } => Trouble::quoting(
            "Der Server hat mehr geschickt, als diese Seite annimmt.",
            "Der Mitschnitt zeigt, wie weit er gekommen ist.",
            detail,
        ),
    }
}

fn tls_missing() -> Trouble {
    Trouble::plain(
        "Der Teil dieser Seite, der TLS spricht, konnte nicht geladen werden oder ist ausgefallen.",
        "Es wurde kein Passwort unverschlüsselt gesendet. Prüfe die Netzverbindung und versuche es noch einmal; hilft das nicht, lade die Seite neu.",
    )
}

fn tls_out_of_place() -> Trouble {
    Trouble::plain(
        "Der Server hat STLS zugestimmt, aber auf dieser Verbindung kann kein TLS beginnen.",
        "Ab hier könnte keine Seite die andere verstehen, darum wurde die Verbindung geschlossen. Nichts wurde gelöscht.",
    )
}

fn credentials(password: bool, error: CredentialError) -> Trouble {
    match (password, error) {
        (false, CredentialError::Empty) => Trouble::plain("Der Benutzername fehlt.", "Trage ihn ein."),
        (true, CredentialError::Empty) => Trouble::plain("Das Passwort fehlt.", "Trage es ein."),
        (false, CredentialError::ControlCharacter) => Trouble::plain(
            "Im Benutzernamen steckt ein Zeilenumbruch oder ein anderes Zeichen, das POP3 nicht übertragen kann.",
            "Gesendet wurde nichts. Tippe den Namen, statt ihn einzufügen.",
        ),
        (true, CredentialError::ControlCharacter) => Trouble::plain(
            "Im Passwort steckt ein Zeilenumbruch oder ein anderes Zeichen, das POP3 nicht übertragen kann.",
            "Gesendet wurde nichts. Tippe das Passwort, statt es einzufügen.",
        ),
        (false, CredentialError::TooLong) => Trouble::plain(
            "Der Benutzername ist zu lang für POP3.",
            "In eine Befehlszeile passen 255 Oktette. Gesendet wurde nichts.",
        ),
        (true, CredentialError::TooLong) => Trouble::plain(
            "Das Passwort ist zu lang für POP3.",
            "In eine Befehlszeile passen 255 Oktette. Gesendet wurde nichts.",
        ),
    }
}

pub(super) fn refusal(refusal: &Refusal) -> Trouble {
    let (what, advice) = match &refusal.code {
        Some(ResponseCode::System(SystemFault::Permanent)) => (
            "Der Server hat ein Problem, das nicht von selbst vergeht.",
            "Da kann nur helfen, wer den Server betreibt.",
        ),
        Some(ResponseCode::System(SystemFault::Temporary | SystemFault::Unspecified)) => {
            ("Der Server hat ein Problem, das vorübergehen kann.", "Versuche es in ein paar Minuten noch einmal.")
        }
        Some(ResponseCode::Utf8) => (
            "In diesem Postfach liegt Post, die UTF-8 braucht, und darauf hat sich der Server nicht eingelassen.",
            "Der Mitschnitt zeigt, was der Server dazu gesagt hat.",
        ),
        Some(ResponseCode::InUse | ResponseCode::LoginDelay | ResponseCode::Auth | ResponseCode::Other(_)) | None => (
            "Der Server hat einen Befehl abgelehnt, ohne den es nicht geht.",
            "Der Mitschnitt zeigt, welchen, und was der Server dazu gesagt hat.",
        ),
    };
    Trouble::quoting(what, advice, &refusal.text)
}

pub(super) fn bridge_failure(reason: FailReason) -> (&'static str, &'static str) {
    match reason {
        FailReason::BadMessage => (
            "Die Brücke hat diese Seite nicht verstanden.",
            "Lade die Seite neu: Seite und Brücke können verschiedene Fassungen haben.",
        ),
        FailReason::OpenTimeout => {
            ("Diese Seite hat der Brücke zu spät gesagt, wohin es gehen soll.", "Versuche es noch einmal.")
        }
        FailReason::NotAllowed => (
            "Die Brücke darf diesen Server auf diese Weise nicht erreichen.",
            "Wähle einen anderen Server oder eine andere Verschlüsselung, oder frage, wer die Brücke betreibt.",
        ),
        FailReason::UnknownHost => {
            ("Einen Server mit diesem Namen gibt es nicht.", "Wer die Brücke betreibt, sollte den Namen prüfen.")
        }
        FailReason::DialTimeout => (
            "Der Mailserver hat der Brücke nicht rechtzeitig geantwortet.",
            "Versuche es in ein paar Minuten noch einmal.",
        ),
        FailReason::Unreachable => (
            "Die Brücke kann den Mailserver nicht erreichen.",
            "Vielleicht läuft er gerade nicht, oder der Port stimmt nicht. Versuche es später noch einmal.",
        ),
        FailReason::TlsFailed => (
            "Brücke und Mailserver finden keine gemeinsame Verschlüsselung.",
            "Gesendet wurde nichts. Frage, wer den Server betreibt.",
        ),
        FailReason::TlsNotSpoken => (
            "Der Mailserver spricht auf diesem Port kein TLS.",
            "Gesendet wurde nichts. Auf Port 995 klappt es meistens; wähle einen anderen Port.",
        ),
        FailReason::CertificateExpired => (
            "Das Zertifikat des Mailservers ist abgelaufen.",
            "Gesendet wurde nichts. Wer den Server betreibt, muss es erneuern.",
        ),
        FailReason::CertificateNotYetValid => (
            "Das Zertifikat des Mailservers gilt noch nicht.",
            "Gesendet wurde nichts. Vielleicht geht eine Uhr falsch.",
        ),
        FailReason::CertificateWrongName => (
            "Das Zertifikat des Mailservers ist auf einen anderen Namen ausgestellt.",
            "Gesendet wurde nichts. Prüfe den Namen des Servers; jemand könnte sich für ihn ausgeben.",
        ),
        FailReason::CertificateUnknownIssuer => (
            "Die Brücke traut dem Aussteller des Server-Zertifikats nicht.",
            "Gesendet wurde nichts. Wer die Brücke betreibt, kann den Aussteller hinzufügen, wenn es der richtige ist.",
        ),
        FailReason::CertificateInvalid => (
            "Das Zertifikat des Mailservers ist nicht annehmbar.",
            "Gesendet wurde nichts. Frage, wer den Server betreibt.",
        ),
        FailReason::NotMail => (
            "Was auf diesem Port antwortet, klingt nicht nach einem POP3-Server.",
            "Wähle einen anderen Port: 995 mit TLS, 110 ohne.",
        ),
        FailReason::UpstreamReset => {
            ("Der Mailserver hat die Verbindung abgebrochen.", "Melde dich wieder an, um weiterzumachen.")
        }
        FailReason::Idle => (
            "Zu lange hat sich nichts bewegt, darum hat die Brücke aufgelegt.",
            "Melde dich wieder an, um weiterzumachen.",
        ),
        FailReason::Full => ("Die Brücke ist gerade voll belegt.", "Versuche es in ein paar Minuten noch einmal."),
        FailReason::ShuttingDown => ("Die Brücke wird angehalten.", "Versuche es in ein paar Minuten noch einmal."),
    }
}
