//! German.

mod forecast;
mod glossary;
mod refusal;
mod tokens;

use popglass_protocol::{command::CommandName, deviation::Deviation, grammar::Argument, state::State};
use popglass_session::event::Note;

use super::{ExportTexts, PictureTexts, Texts, numbers};

pub(super) const TEXTS: Texts = Texts {
    tokens: tokens::TOKENS,
    forecast: forecast::FORECAST,
    picture: PictureTexts {
        title: "Die Zustände einer POP3-Sitzung",
        state: |state| match state {
            State::Greeting => "verbunden",
            State::Authorization => "AUTHORIZATION",
            State::UserGiven => "AUTHORIZATION, Name genannt",
            State::Transaction => "TRANSACTION",
            State::Update => "UPDATE",
            State::Closed => "beendet",
        },
        here: "hier bist du",
        greeting: "der Server grüßt",
        deletes: "der Server löscht Vorgemerktes",
        no_connection: "Es gibt keine Verbindung.",
        state_is: |state| format!("Zustand: {state}."),
        allowed: |commands| format!("Hier erlaubt: {commands}."),
        nothing_allowed: "Hier ist kein Befehl erlaubt.",
        maildrop: |user, server| match (user, server) {
            ("", "") => "Das Postfach auf dem Server".into(),
            ("", server) => format!("Das Postfach auf {server}"),
            (user, "") => format!("Das Postfach von {user}"),
            (user, server) => format!("Das Postfach von {user} auf {server}"),
        },
        maildrop_unknown: "Was im Postfach liegt, ist noch nicht bekannt.",
        messages: |count| match count {
            0 => "Es ist leer.".into(),
            1 => "Darin liegt 1 Nachricht.".into(),
            _ => format!("Darin liegen {count} Nachrichten."),
        },
        marked: |marked| format!("Vorgemerkt: {}.", numbers(marked, AND)),
        nothing_marked: "Nichts ist vorgemerkt.",
        quit: |gone, stay| {
            let stay = match stay {
                0 => "keine bleibt".to_owned(),
                1 => "1 bleibt".to_owned(),
                stay => format!("{stay} bleiben"),
            };
            match gone {
                0 => "QUIT würde nichts löschen.".into(),
                1 => format!("QUIT würde 1 Nachricht löschen; {stay}."),
                gone => format!("QUIT würde {gone} Nachrichten löschen; {stay}."),
            }
        },
        more: |count| format!("und {count} weitere"),
        leads: |command, from, to| format!("{command} führt von {from} zu {to}."),
        locked: "Diese Sitzung hat es gesperrt: Niemand sonst kann es jetzt öffnen.",
    },
    export: ExportTexts {
        title: "Mitschnitt von Popglass, Zeiten in UTC",
        legend: &[
            "C: der Client (diese Seite) · S: der Server",
            "- etwas, das mit der Verbindung geschah · ! der Server brach davor eine Regel",
            "•••••••• ein Geheimnis, das nicht gezeigt wird",
        ],
        client: "C:",
        server: "S:",
        note,
        deviation: |deviation| deviation_text(deviation),
        folded: |lines, octets| {
            format!("… {lines} weitere Zeilen derselben Nachricht, {octets} Oktette, nicht aufgehoben")
        },
        made_up: "Von Popglass aus seinem Mitschnitt gemacht. Die Zeilen sind echt; Adressen, TCP und die Zahl der Pakete sind erfunden.",
        after_tls: "STLS: Hier beginnt TLS. Was folgt, reiste verschlüsselt und steht hier entschlüsselt, als eigene Verbindung.",
        masked: "Das Geheimnis wurde weggelassen.",
        shortened: |octets| format!("Gekürzt: Unterwegs hatte die Zeile {octets} Oktette."),
    },
    command,
    value: |command, argument, value| match (command, argument) {
        (CommandName::Dele, Argument::MessageNumber) => format!("Merkt Nachricht {value} zum Löschen vor."),
        (CommandName::Retr, Argument::MessageNumber) => format!("Holt Nachricht {value}."),
        (CommandName::Top, Argument::MessageNumber) => {
            format!("Die Kopfzeilen von Nachricht {value} und einige Textzeilen.")
        }
        (CommandName::List | CommandName::ListOne, Argument::MessageNumber) => {
            format!("Die Größe von Nachricht {value}.")
        }
        (CommandName::Uidl | CommandName::UidlOne, Argument::MessageNumber) => {
            format!("Die Kennung von Nachricht {value}.")
        }
        (_, Argument::LineCount) if value == "0" => "Nur die Kopfzeilen.".into(),
        (_, Argument::LineCount) => format!("Die Kopfzeilen und die ersten {value} Textzeilen."),
        (_, Argument::Mechanism) => tokens::mechanism(value),
        (_, Argument::LanguageTag) if value == "*" => "Die Sprache, die dem Server am liebsten ist.".into(),
        (_, Argument::LanguageTag) => format!("Die Sprache mit dem Kürzel {value}."),
        _ => command_sentence(command),
    },
    argument_short: |argument| match argument {
        Argument::Keyword => "Befehl",
        Argument::UserName => "Name",
        Argument::Password => "Passwort",
        Argument::Digest => "Fingerabdruck",
        Argument::Mechanism => "Verfahren",
        Argument::InitialResponse => "Antwort",
        Argument::MessageNumber => "n",
        Argument::LineCount => "Zeilen",
        Argument::LanguageTag => "Sprache",
    },
    refusal: refusal::refusal,
    glossary: glossary::GLOSSARY,
};

const AND: &str = "und";
const OR: &str = "oder";

fn command_sentence(name: CommandName) -> String {
    command(name).into()
}

fn command(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "Fragt, welche Erweiterungen der Server hat.",
        CommandName::User => "Sagt, um wessen Postfach es geht. PASS muss folgen.",
        CommandName::Pass => "Nennt das Passwort. Es reist, wie es ist; nur TLS hält andere davon fern.",
        CommandName::Apop => "Meldet mit einem Fingerabdruck aus Stempel und Passwort an statt mit dem Passwort.",
        CommandName::Auth => "Meldet mit einem SASL-Verfahren an, in Fragen und Antworten.",
        CommandName::AuthList => "Fragt nach den Anmeldeverfahren, wie man es vor CAPA tat.",
        CommandName::Stls => "Bittet darum, auf dieser Verbindung TLS zu starten.",
        CommandName::Utf8 => "Bittet darum, Namen und Nachrichten in allen Schriften der Welt zu senden.",
        CommandName::Lang => "Fragt, in welchen Sprachen der Server sprechen kann.",
        CommandName::LangOne => "Bittet den Server, diese Sprache zu sprechen.",
        CommandName::Stat => "Fragt, wie viele Nachrichten da sind und wie viele Oktette sie zusammen haben.",
        CommandName::List => "Fragt nach Nummer und Größe jeder Nachricht.",
        CommandName::ListOne => "Fragt nach der Größe einer Nachricht.",
        CommandName::Uidl => "Fragt nach der Kennung jeder Nachricht.",
        CommandName::UidlOne => "Fragt nach der Kennung einer Nachricht.",
        CommandName::Top => "Fragt nach den Kopfzeilen einer Nachricht und einigen Textzeilen.",
        CommandName::Retr => "Fragt nach einer ganzen Nachricht.",
        CommandName::Dele => "Merkt eine Nachricht zum Löschen vor. Gelöscht wird sie bei QUIT.",
        CommandName::Rset => "Nimmt alle Vormerkungen dieser Sitzung zurück.",
        CommandName::Noop => "Tut nichts, zeigt aber, dass der Client noch da ist.",
        CommandName::Quit => "Beendet die Sitzung. Nach einer Anmeldung wird jetzt gelöscht, was vorgemerkt ist.",
    }
}

/// The rules' own words are English, for people who know POP3; here the rule's place has to do.
fn deviation_text(deviation: &Deviation) -> String {
    if deviation.octets.is_empty() {
        format!("entspricht nicht {}", deviation.rfc())
    } else {
        format!("entspricht nicht {}: {}", deviation.rfc(), deviation.octets)
    }
}

fn note(note: &Note) -> String {
    match note {
        Note::SandboxOpened => "der Übungsserver im Speicher der Seite antwortet".into(),
        Note::Dialling { target, .. } => format!("die Brücke ruft {target} an"),
        Note::Connected { .. } => "verbunden".into(),
        Note::TlsStands { version, suite } => format!("TLS steht: {version}, {suite}"),
        Note::TlsFailed(_) => "TLS ist gescheitert".into(),
        Note::ClosedByClient => "der Client hat die Verbindung geschlossen".into(),
        Note::ClosedByServer => "der Server hat die Verbindung geschlossen".into(),
        Note::BridgeFailed(_) => "die Brücke hat aufgegeben".into(),
    }
}
