//! German: the pieces of lines.

use popglass_protocol::{
    grammar::{Argument, Code, Fault, Role},
    sasl::Mechanism,
};

use super::super::TokenTexts;

pub(super) const TOKENS: TokenTexts = TokenTexts { name, what };

fn name(role: Role) -> &'static str {
    match role {
        Role::Keyword(_) => "Befehl",
        Role::UnknownKeyword => "unbekannter Befehl",
        Role::Unread => "nicht zu deuten",
        Role::Argument(argument) => argument_name(argument),
        Role::Wrong(argument, Fault::Blanks) if !argument.is_secret() => "zu viele Leerzeichen",
        Role::Wrong(..) => "falsches Argument",
        Role::Missing(_) => "hier fehlt etwas",
        Role::Extra => "zu viel",
        Role::Response => "Antwort",
        Role::Cancel => "Abbruch",
        Role::Accepted => "Statusanzeige: ja",
        Role::Refused => "Statusanzeige: nein",
        Role::Continuation => "der Server fragt",
        Role::Challenge => "Frage des Servers",
        Role::ResponseCode(_) => "Antwortcode",
        Role::Text => "Text für Menschen",
        Role::Stamp => "Stempel für APOP",
        Role::Count => "Anzahl der Nachrichten",
        Role::Octets => "Größe in Oktetten",
        Role::MessageNumber => "Nummer der Nachricht",
        Role::UniqueId => "Kennung",
        Role::Capability => "Fähigkeit",
        Role::CapabilityArgument => "Näheres zur Fähigkeit",
        Role::Mechanism => "Anmeldeverfahren",
        Role::LanguageTag => "Sprachkürzel",
        Role::LanguageName => "Name der Sprache",
        Role::StuffedDot => "Zusatzpunkt",
        Role::LoneDot => "Punkt allein: das Ende",
        Role::MessageText => "Zeile der Nachricht",
        Role::Space => "Leerzeichen",
        Role::LineEnd => "Zeilenende",
    }
}

fn argument_name(argument: Argument) -> &'static str {
    match argument {
        Argument::Keyword => "Befehl",
        Argument::UserName => "Benutzername",
        Argument::Password => "Passwort",
        Argument::Digest => "Fingerabdruck",
        Argument::Mechanism => "Anmeldeverfahren",
        Argument::InitialResponse => "erste Antwort",
        Argument::MessageNumber => "Nummer der Nachricht",
        Argument::LineCount => "Anzahl der Zeilen",
        Argument::LanguageTag => "Sprachkürzel",
    }
}

fn what(role: Role, piece: &str) -> String {
    match role {
        Role::Keyword(command) => super::command(command).into(),
        Role::UnknownKeyword => {
            format!("POP3 hat keinen Befehl „{piece}“. Der Server antwortet -ERR und hört weiter zu.")
        }
        Role::Argument(argument) => argument_what(argument, piece),
        Role::Wrong(argument, fault) => wrong(argument, fault).into(),
        Role::Missing(argument) => missing(argument).into(),
        Role::ResponseCode(code) => code_what(code).into(),
        Role::Count => format!("So viele Nachrichten liegen im Postfach: {piece}. Vorgemerkte zählen nicht mit."),
        Role::Octets => format!("{piece} Oktette (Bytes), mit CR und LF am Ende jeder Zeile."),
        Role::MessageNumber => {
            format!("Nachricht {piece} dieser Sitzung. Die nächste Sitzung zählt vielleicht anders; Kennungen bleiben.")
        }
        Role::Capability => capability(piece).into(),
        Role::Mechanism => mechanism(piece),
        _ => plain(role).into(),
    }
}

/// Of pieces that are always explained alike.
fn plain(role: Role) -> &'static str {
    match role {
        Role::Unread => "Es steht hinter einem Wort, das kein Befehl ist; darum weiß niemand, was es ist.",
        Role::Extra => "Der Befehl nimmt nicht mehr Argumente, als davor stehen. Der Server antwortet -ERR.",
        Role::Response => {
            "Die Antwort des Clients bei einer Anmeldung, in Base64. Sie ist verdeckt, denn sie kann das Passwort enthalten oder einen Beweis dafür."
        }
        Role::Cancel => {
            "Ein * allein bricht die Anmeldung ab. Der Server antwortet -ERR, und du kannst es neu versuchen."
        }
        Role::Accepted => {
            "+OK: Der Befehl wurde ausgeführt. Programme achten nur hierauf, nicht auf die Wörter dahinter."
        }
        Role::Refused => "-ERR: Der Befehl wurde nicht ausgeführt. In der Regel geht die Sitzung weiter.",
        Role::Continuation => "Ein + statt +OK: Der Server ist noch nicht fertig und bittet um eine weitere Zeile.",
        Role::Challenge => {
            "Die Frage des Servers bei einer Anmeldung. Sie ist Base64, und das verbirgt nichts: Es schreibt nur Oktette als Buchstaben."
        }
        Role::Text => "Wörter für Menschen. Jeder Server wählt eigene; ein Programm darf sich nicht auf sie verlassen.",
        Role::Stamp => {
            "In jeder Begrüßung ein anderer. APOP macht aus ihm und dem Passwort einen Fingerabdruck; darum gilt keiner zweimal."
        }
        Role::UniqueId => {
            "Benennt die Nachricht auf Dauer: In jeder Sitzung ist sie dieselbe. Nur gleiche Kopien dürfen sich eine teilen."
        }
        Role::CapabilityArgument => "Sagt genauer, was die Fähigkeit davor bedeutet.",
        Role::LanguageTag => "Eine Sprache mit ihrem Kürzel, etwa en oder de.",
        Role::LanguageName => "Der Name der Sprache in der Sprache selbst.",
        Role::StuffedDot => {
            "Die Zeile beginnt mit einem Punkt; darum kam noch einer davor, denn ein Punkt allein würde die Nachricht beenden. Der Empfänger nimmt ihn weg."
        }
        Role::LoneDot => "Eine Zeile, die nur ein Punkt ist: Hier endet die Antwort.",
        Role::MessageText => "Eine Zeile der Nachricht, so wie sie zugestellt wurde.",
        Role::Space => "Ein Leerzeichen trennt die Wörter einer Zeile.",
        Role::LineEnd => "CR und LF, zwei Oktette, die niemand sieht: Sie beenden jede Zeile.",
        _ => "",
    }
}

fn argument_what(argument: Argument, piece: &str) -> String {
    match argument {
        Argument::Keyword => "Der Befehl selbst.".into(),
        Argument::UserName => {
            "Wessen Postfach geöffnet werden soll. Manche Server wollen die ganze Adresse, etwa ada@mail.example.".into()
        }
        Argument::Password => {
            "Das Passwort, hier verdeckt. Alles bis zum Ende der Zeile gehört dazu, auch Leerzeichen.".into()
        }
        Argument::Digest => {
            "MD5 aus Stempel und Passwort, als 32 Hexadezimalziffern. Verdeckt, denn an ihm lassen sich Passwörter durchprobieren."
                .into()
        }
        Argument::Mechanism => mechanism(piece),
        Argument::InitialResponse => {
            "Die erste Antwort der Anmeldung, in Base64 gleich mitgesandt. Verdeckt, denn sie kann das Passwort enthalten."
                .into()
        }
        Argument::MessageNumber => format!("Um welche Nachricht es geht: Nummer {piece} dieser Sitzung."),
        Argument::LineCount if piece == "0" => "Keine Textzeile: nur die Kopfzeilen.".into(),
        Argument::LineCount => format!("So viele Textzeilen sollen auf die Kopfzeilen folgen: {piece}."),
        Argument::LanguageTag if piece == "*" => "Die Sprache, die dem Server am liebsten ist.".into(),
        Argument::LanguageTag => "In welcher Sprache der Server sprechen soll.".into(),
    }
}

fn wrong(argument: Argument, fault: Fault) -> &'static str {
    match (argument, fault) {
        (_, Fault::Blanks) => "Vor einem Argument steht genau ein Leerzeichen; das hier sind mehr.",
        (Argument::MessageNumber, Fault::Zero) => "Nachrichten zählen ab 1. Eine Nachricht 0 gibt es nicht.",
        (Argument::MessageNumber, _) => "Hier gehört die Nummer einer Nachricht hin: nur Ziffern, ab 1.",
        (Argument::LineCount, _) => "Hier gehört eine Anzahl von Zeilen hin: nur Ziffern, ab 0.",
        (Argument::Digest, _) => "Ein Fingerabdruck hat genau 32 Hexadezimalziffern: 0 bis 9 und a bis f.",
        (Argument::InitialResponse, _) => {
            "Das ist kein Base64: Buchstaben, Ziffern, + und /, immer vier zusammen, aufgefüllt mit =."
        }
        (Argument::Mechanism, _) => {
            "Der Name eines Verfahrens hat bis zu 20 Buchstaben, Ziffern, Binde- und Unterstriche."
        }
        (Argument::LanguageTag, _) => "Ein Sprachkürzel hat Buchstaben, Ziffern und Bindestriche, etwa en oder de-AT.",
        (_, Fault::TooLong) => "Das ist zu lang: Eine Befehlszeile hat höchstens 255 Oktette.",
        (_, Fault::ControlCharacter) => {
            "Zeilenumbrüche und NUL sind hier nicht möglich: Sie würden den Befehl beenden."
        }
        (Argument::UserName, _) => "Das kann kein Benutzername sein.",
        (Argument::Password, _) => "Das kann kein Passwort sein.",
        (Argument::Keyword, _) => "Das kann kein Befehl sein.",
    }
}

fn missing(argument: Argument) -> &'static str {
    match argument {
        Argument::Keyword => "Eine Zeile beginnt mit einem Befehl, ohne Leerzeichen davor.",
        Argument::UserName => "Der Benutzername fehlt.",
        Argument::Password => "Das Passwort fehlt.",
        Argument::Digest => "Der Fingerabdruck fehlt.",
        Argument::Mechanism => "Das Verfahren fehlt.",
        Argument::InitialResponse => "Die Antwort fehlt.",
        Argument::MessageNumber => "Die Nummer der Nachricht fehlt.",
        Argument::LineCount => "Die Anzahl der Zeilen fehlt; 0 heißt: nur die Kopfzeilen.",
        Argument::LanguageTag => "Die Sprache fehlt.",
    }
}

fn code_what(code: Code) -> &'static str {
    match code {
        Code::InUse => "Eine andere Sitzung hat dieses Postfach offen. Versuche es wieder, wenn sie zu Ende ist.",
        Code::LoginDelay => "Du hast dich eben erst angemeldet, und der Server verlangt Zeit dazwischen.",
        Code::Auth => "Es liegt an den Zugangsdaten, meist an Name oder Passwort: Es lohnt sich, neu danach zu fragen.",
        Code::SystemTemporary => "Der Server hat ein Problem, das vorübergehen kann. Versuche es später wieder.",
        Code::SystemPermanent => {
            "Der Server hat ein Problem, das jemand beheben muss. Es noch einmal zu versuchen, hilft nicht."
        }
        Code::System => "Der Server hat selbst ein Problem; an Name oder Passwort liegt es nicht.",
        Code::Utf8 => "Es wird UTF-8 gebraucht: Gib vor der Anmeldung den Befehl UTF8.",
        Code::Unregistered => {
            "Ein Code für Programme, der nicht registriert ist: Nur dieser Server weiß, was er bedeutet."
        }
    }
}

fn capability(tag: &str) -> &'static str {
    match tag.to_ascii_uppercase().as_str() {
        "TOP" => "Es gibt den Befehl TOP: die Kopfzeilen ohne die ganze Nachricht.",
        "USER" => "Anmelden mit USER und PASS ist möglich.",
        "SASL" => "Anmelden mit AUTH ist möglich, mit den Verfahren, die folgen.",
        "RESP-CODES" => "Was hinter +OK oder -ERR in [Klammern] steht, ist ein Code für Programme.",
        "LOGIN-DELAY" => "So viele Sekunden müssen zwischen zwei Anmeldungen vergehen.",
        "PIPELINING" => "Befehle dürfen gesendet werden, bevor die früheren beantwortet sind.",
        "EXPIRE" => {
            "So viele Tage mindestens bleiben Nachrichten hier; NEVER: bis du sie löschst; 0: Geholtes kann beim nächsten Mal weg sein."
        }
        "UIDL" => "Es gibt den Befehl UIDL: Kennungen, die gleich bleiben.",
        "IMPLEMENTATION" => "Wie sich das Programm des Servers nennt. Nur für Menschen.",
        "STLS" => "Auf dieser Verbindung lässt sich TLS starten.",
        "AUTH-RESP-CODE" => "Scheitert eine Anmeldung an den Zugangsdaten, steht [AUTH] dabei.",
        "UTF8" => "Es gibt den Befehl UTF8: alle Schriften der Welt in Namen und Nachrichten.",
        "LANG" => "Es gibt den Befehl LANG: Der Server spricht mehr als eine Sprache.",
        _ => "Eine Fähigkeit, die nicht registriert ist: eine eigene Erweiterung dieses Servers.",
    }
}

pub(super) fn mechanism(name: &str) -> String {
    let known = match Mechanism::of_name(name) {
        None => return format!("{name}, ein Anmeldeverfahren, das diese Seite nicht spricht."),
        Some(Mechanism::Anonymous) => "Als Gast, ohne Passwort.",
        Some(Mechanism::Login) => "Das Passwort selbst, in zwei Fragen. Alt; nur TLS hält andere davon fern.",
        Some(Mechanism::Plain) => "Name und Passwort in einer Antwort. Nur TLS hält andere davon fern.",
        Some(Mechanism::CramMd5) => {
            "Ein Beweis statt des Passworts. Er ist alt: An ihm lassen sich Passwörter durchprobieren."
        }
        Some(Mechanism::XOAuth2 | Mechanism::OAuthBearer) => "Ein Token vom Anbieter statt des Passworts.",
        Some(Mechanism::External) => "Wer du bist, ergibt sich aus der Verbindung selbst, etwa aus einem Zertifikat.",
        Some(Mechanism::ScramSha1 | Mechanism::ScramSha256) => {
            "Beide Seiten beweisen, dass sie das Passwort kennen, und es reist nicht."
        }
        Some(Mechanism::ScramSha1Plus | Mechanism::ScramSha256Plus) => {
            "Beide Seiten beweisen, dass sie das Passwort kennen, gebunden an genau diese TLS-Verbindung."
        }
    };
    known.into()
}
