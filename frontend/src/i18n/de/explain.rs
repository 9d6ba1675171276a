//! German: what each line of a transcript means.

use std::borrow::Cow;

use popglass_protocol::{command::CommandName, transcript::Meaning, tunnel::TlsEnds};
use popglass_session::{event::Note, security::TlsFault};

use crate::i18n::Language::De;

pub(super) fn meaning(meaning: Meaning) -> Cow<'static, str> {
    Cow::Borrowed(match meaning {
        Meaning::Greeting => "Der Server ist da und grüßt. Nun möchte er wissen, wer du bist.",
        Meaning::GreetingRefused => "Der Server ist da, möchte aber gerade nicht reden. Es beginnt keine Sitzung.",
        Meaning::Command(command) => asked(command),
        Meaning::Challenge(_) => {
            "Die Frage des Servers. Sie ist Base64, und das verbirgt nichts: Es schreibt nur beliebige Oktette als Buchstaben."
        }
        Meaning::Response(_) => {
            "Die Antwort des Clients in Base64. Sie ist verdeckt, denn sie kann das Passwort enthalten oder einen Beweis dafür."
        }
        Meaning::ExchangeCancelled(_) => {
            "Der Client bricht die Anmeldung mit einem * ab. Der Server antwortet -ERR, und ein neuer Versuch darf folgen."
        }
        Meaning::Accepted(command) => accepted(command),
        Meaning::Refused(command) => refused(command),
        Meaning::Body(command) => body(command),
        Meaning::BodyFolded { lines, .. } => {
            return format!("{} weitere Zeilen derselben Nachricht, hier nicht gezeigt.", De.count(lines)).into();
        }
        Meaning::BodyEnd(command) => end(command),
        Meaning::UnknownCommand => {
            "Eine Zeile, die in POP3 kein Befehl ist: das Wort gibt es nicht, oder was dahinter steht, passt nicht dazu."
        }
        Meaning::Unexpected => {
            "Eine Zeile, nach der niemand gefragt hat, oder die Antwort auf einen Befehl, den POP3 nicht hat."
        }
    })
}

fn asked(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "Fragt, welche Erweiterungen der Server zu bieten hat.",
        CommandName::User => "Sagt, um wessen Postfach es geht. Das Passwort kommt als Nächstes.",
        CommandName::Pass => {
            "Nennt das Passwort. Hier ist es verdeckt; unterwegs ist es lesbar, wenn TLS es nicht schützt."
        }
        CommandName::Apop => {
            "Meldet sich mit einem Fingerabdruck aus dem Stempel der Begrüßung und dem Passwort an. Er ist verdeckt, denn an ihm lassen sich Passwörter durchprobieren."
        }
        CommandName::Auth => {
            "Beginnt eine Anmeldung mit diesem Verfahren. Was folgt, geht in Base64 hin und her, das beliebige Oktette als Buchstaben schreibt."
        }
        CommandName::AuthList => "Fragt nach den Anmeldeverfahren, so wie man es vor CAPA tat.",
        CommandName::Utf8 => {
            "Bittet darum, Namen, Passwörter und Post von hier an mit allen Schriftzeichen der Welt zu senden."
        }
        CommandName::Lang => "Fragt, in welchen Sprachen der Server sprechen kann.",
        CommandName::LangOne => "Bittet den Server, seine Texte in dieser Sprache zu schreiben.",
        CommandName::Stls => "Bittet darum, diese Verbindung auf TLS umzustellen, bevor etwas Geheimes gesendet wird.",
        CommandName::Stat => "Fragt, wie viele Nachrichten da sind und wie groß sie zusammen sind.",
        CommandName::List => "Fragt nach Nummer und Größe jeder Nachricht.",
        CommandName::ListOne => "Fragt nach der Größe dieser einen Nachricht.",
        CommandName::Uidl => {
            "Fragt nach der Kennung jeder Nachricht: Nummern ändern sich von Sitzung zu Sitzung, Kennungen nicht."
        }
        CommandName::UidlOne => "Fragt nach der Kennung dieser einen Nachricht.",
        CommandName::Top => {
            "Fragt nach den Kopfzeilen einer Nachricht und so vielen Zeilen Text, wie die Zahl sagt; 0 heißt: nur die Kopfzeilen."
        }
        CommandName::Retr => "Fragt nach der ganzen Nachricht. Auf dem Server bleibt sie, wie sie ist.",
        CommandName::Dele => "Merkt die Nachricht zum Löschen vor. Gelöscht wird sie bei QUIT, nicht jetzt.",
        CommandName::Rset => "Nimmt alle Löschvormerkungen dieser Sitzung zurück.",
        CommandName::Noop => "Fragt nach nichts. Es zeigt dem Server nur, dass der Client noch da ist.",
        CommandName::Quit => {
            "Verabschiedet sich. Nach einer Anmeldung löscht der Server daraufhin, was vorgemerkt ist."
        }
    }
}

fn accepted(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "Ja. Die Erweiterungen folgen, eine pro Zeile.",
        CommandName::User => "Weiter mit dem Passwort. Dass es das Postfach gibt, muss das nicht heißen.",
        CommandName::Pass => {
            "Angemeldet. Das Postfach ist offen und gesperrt, damit keine andere Sitzung es ändern kann."
        }
        CommandName::Apop => {
            "Angemeldet, ohne das Passwort zu senden. Das Postfach ist offen und für andere Sitzungen gesperrt."
        }
        CommandName::Auth => {
            "Angemeldet mit diesem Verfahren. Das Postfach ist offen, und keine andere Sitzung kann es ändern."
        }
        CommandName::AuthList => "Ja. Die Verfahren folgen, eines pro Zeile.",
        CommandName::Utf8 => "Einverstanden. Von hier an dürfen Zeichen jenseits von ASCII kommen, wie sie sind.",
        CommandName::Lang => "Ja. Die Sprachen folgen, eine pro Zeile.",
        CommandName::LangOne => "Einverstanden. Von hier an schreibt der Server seine Texte in dieser Sprache.",
        CommandName::Stls => "Einverstanden. Nun folgt der TLS-Handshake; danach ist alles verschlüsselt.",
        CommandName::Stat => "Die erste Zahl zählt die Nachrichten, die zweite ihre Oktette (Bytes).",
        CommandName::List => "Ja. Die Nachrichten folgen, jede mit Nummer und Größe.",
        CommandName::ListOne => "Die Nummer der Nachricht und ihre Größe in Oktetten (Bytes).",
        CommandName::Uidl => "Ja. Die Nachrichten folgen, jede mit Nummer und Kennung.",
        CommandName::UidlOne => "Die Nummer der Nachricht und ihre Kennung.",
        CommandName::Top => "Ja. Es folgen die Kopfzeilen, eine leere Zeile und dann die gewünschten Textzeilen.",
        CommandName::Retr => "Ja. Die Nachricht folgt, bis zu einer Zeile, die nur aus einem Punkt besteht.",
        CommandName::Dele => "Vorgemerkt und noch da: Erst QUIT macht es endgültig.",
        CommandName::Rset => "Keine Nachricht ist mehr vorgemerkt.",
        CommandName::Noop => "Auch der Server ist noch da.",
        CommandName::Quit => "Auf Wiedersehen. Falls Nachrichten vorgemerkt waren, hat der Server sie gelöscht.",
    }
}

fn refused(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "Der Server kennt CAPA nicht. Das ist erlaubt; es geht ohne Erweiterungen weiter.",
        CommandName::User => "Der Server nimmt diesen Benutzernamen nicht an, oder keine Anmeldung mit USER und PASS.",
        CommandName::Pass => {
            "Keine Anmeldung: Das Passwort ist falsch, oder das Postfach lässt sich gerade nicht öffnen oder sperren."
        }
        CommandName::Apop => "Keine Anmeldung: Der Fingerabdruck passt nicht, oder der Server hat kein APOP.",
        CommandName::Auth => {
            "Keine Anmeldung mit diesem Verfahren: falsches Passwort oder Token, oder der Server bietet es nicht an."
        }
        CommandName::AuthList => "Der Server hat keine Liste der Verfahren. Das ist erlaubt.",
        CommandName::Utf8 => {
            "Der Server bleibt bei ASCII. Post mit anderen Zeichen kommt in einer Ersatzschreibweise oder gar nicht."
        }
        CommandName::Lang => "Der Server hat keine Liste der Sprachen.",
        CommandName::LangOne => "Der Server spricht diese Sprache nicht und macht weiter wie bisher.",
        CommandName::Stls => "Kein TLS auf dieser Verbindung. Ein vorsichtiger Client sendet jetzt kein Passwort.",
        CommandName::Stat => "Der Server konnte nicht ins Postfach sehen.",
        CommandName::List => "Der Server konnte das Postfach nicht auflisten.",
        CommandName::ListOne => "Diese Nachricht gibt es nicht, oder sie ist zum Löschen vorgemerkt.",
        CommandName::Uidl => "Der Server hat keine Kennungen: UIDL ist freiwillig.",
        CommandName::UidlOne => "Diese Nachricht gibt es nicht, sie ist vorgemerkt, oder der Server hat gar kein UIDL.",
        CommandName::Top => {
            "Keine Kopfzeilen: Diese Nachricht gibt es nicht, sie ist vorgemerkt, oder der Server hat gar kein TOP."
        }
        CommandName::Retr => "Diese Nachricht gibt es nicht, oder sie ist zum Löschen vorgemerkt.",
        CommandName::Dele => "Diese Nachricht gibt es nicht, oder sie ist schon vorgemerkt.",
        CommandName::Rset => "Ungewöhnlich: In RFC 1939 wird RSET nie abgelehnt. Die Vormerkungen bleiben.",
        CommandName::Noop => "Ungewöhnlich: In RFC 1939 wird NOOP nie abgelehnt. Die Sitzung geht weiter.",
        CommandName::Quit => "Die Sitzung ist vorbei, aber der Server konnte nicht alles Vorgemerkte löschen.",
    }
}

fn body(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "Eine Erweiterung, die der Server anbietet.",
        CommandName::List | CommandName::ListOne => "Eine Nachricht: ihre Nummer und ihre Größe in Oktetten (Bytes).",
        CommandName::Uidl | CommandName::UidlOne => "Eine Nachricht: ihre Nummer und ihre Kennung.",
        CommandName::Top => "Eine Kopfzeile, oder eine der gewünschten Textzeilen.",
        CommandName::Retr => {
            "Eine Zeile der Nachricht. Beginnt sie mit einem Punkt, reist sie mit einem zweiten davor."
        }
        CommandName::AuthList => "Ein Anmeldeverfahren, das der Server anbietet.",
        CommandName::Lang | CommandName::LangOne => "Eine Sprache: ihr Kürzel und ihr Name.",
        CommandName::User
        | CommandName::Pass
        | CommandName::Apop
        | CommandName::Auth
        | CommandName::Stls
        | CommandName::Utf8
        | CommandName::Stat
        | CommandName::Dele
        | CommandName::Rset
        | CommandName::Noop
        | CommandName::Quit => "Eine weitere Zeile der Antwort.",
    }
}

fn end(command: CommandName) -> &'static str {
    match command {
        CommandName::Top | CommandName::Retr => "Eine Zeile, die nur ein Punkt ist: Hier endet die Nachricht.",
        CommandName::Capa
        | CommandName::List
        | CommandName::ListOne
        | CommandName::Uidl
        | CommandName::UidlOne
        | CommandName::User
        | CommandName::Pass
        | CommandName::Apop
        | CommandName::Auth
        | CommandName::AuthList
        | CommandName::Stls
        | CommandName::Utf8
        | CommandName::Lang
        | CommandName::LangOne
        | CommandName::Stat
        | CommandName::Dele
        | CommandName::Rset
        | CommandName::Noop
        | CommandName::Quit => "Eine Zeile, die nur ein Punkt ist: Hier endet die Liste.",
    }
}

pub(super) fn note(note: &Note) -> (String, &'static str) {
    match note {
        Note::SandboxOpened => {
            ("Übungsserver gestartet".into(), "Er läuft im Speicher dieser Seite; nichts geht über ein Netz.")
        }
        Note::Dialling { target, tls } => (
            format!("Anruf bei {target}"),
            match tls {
                TlsEnds::Page | TlsEnds::PageStls => {
                    "Die Brücke soll den Server erreichen; TLS wird in dieser Seite enden."
                }
                TlsEnds::Bridge => "Die Brücke soll den Server erreichen und den Weg mit TLS verschlüsseln.",
                TlsEnds::Nowhere => "Die Brücke soll den Server erreichen, ohne Verschlüsselung.",
            },
        ),
        Note::Connected { tls } => (
            "Verbunden".into(),
            match tls {
                None => "Client und Übungsserver können einander hören.",
                Some(TlsEnds::Page) => "Der Weg ist frei. Was folgt, können nur diese Seite und der Mailserver lesen.",
                Some(TlsEnds::PageStls) => {
                    "Der Weg ist frei. Bis TLS beginnt, können alle auf ihm mitlesen; danach nur noch diese Seite und der Mailserver."
                }
                Some(TlsEnds::Bridge) => {
                    "Der Weg ist frei. Zwischen Brücke und Mailserver verschlüsselt TLS, was folgt."
                }
                Some(TlsEnds::Nowhere) => "Der Weg ist frei, und alle auf ihm können lesen, was folgt.",
            },
        ),
        Note::TlsStands { version, suite } => (
            format!("TLS steht: {version}, {suite}"),
            "Das Zertifikat ist geprüft. Ab hier verschlüsseln Seite und Mailserver alles: Was du unten liest, sieht die Brücke als Geheimtext.",
        ),
        Note::TlsFailed(fault) => ("TLS ist gescheitert".into(), tls_fault(*fault)),
        Note::ClosedByClient => ("Vom Client geschlossen".into(), "Diese Seite hat die Verbindung beendet."),
        Note::ClosedByServer => ("Vom Server geschlossen".into(), "Die andere Seite hat die Verbindung beendet."),
        Note::BridgeFailed(reason) => ("Die Brücke gibt auf".into(), super::ends::bridge_failure(*reason).0),
    }
}

/// What it means for the conversation; what to do is told where the session ended.
fn tls_fault(fault: TlsFault) -> &'static str {
    match fault {
        TlsFault::Expired
        | TlsFault::NotYetValid
        | TlsFault::WrongName
        | TlsFault::UnknownIssuer
        | TlsFault::MissingIntermediate
        | TlsFault::SelfSigned
        | TlsFault::Weak
        | TlsFault::BadCertificate => {
            "Der Server konnte nicht zeigen, wer er ist: Sein Zertifikat wurde nicht angenommen. Zugangsdaten wurden nicht gesendet."
        }
        TlsFault::NotTls | TlsFault::TooOld | TlsFault::CutInHandshake => {
            "Seite und Server haben sich nicht geeinigt. Zugangsdaten wurden nicht gesendet."
        }
        TlsFault::Alert => "Der Server hat TLS mit einem Alert abgebrochen. Über diese Verbindung geht nichts mehr.",
        TlsFault::Truncated => "Die Verbindung endete ohne den Abschied von TLS: Am Ende kann etwas fehlen.",
        TlsFault::Corrupted => {
            "Was ankam, war nicht das, was der Server gesendet hat. Diese Seite hat sofort aufgehört zu lesen."
        }
        TlsFault::BadTrust => {
            "Ein Zertifikat, dem du vertraust, lässt sich nicht verwenden; darum wurde gar nicht erst begonnen."
        }
    }
}
