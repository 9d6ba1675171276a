//! German: what an `-ERR` means.

use popglass_protocol::{command::CommandName, grammar::Code, state::State};
use popglass_session::security::Told;

use super::{
    super::{joined, told},
    OR,
};
use crate::{
    refusal::{Refused, What},
    route,
};

pub(super) fn refusal(refused: &Refused) -> Told {
    match refused.code {
        Some(Code::InUse) => told(
            "Dieses Postfach ist schon offen: in einem anderen Programm oder auf einem anderen Gerät von dir.",
            "Warte, bis es fertig ist, und melde dich dann neu an. Brach dort die Verbindung ab, merkt der Server das \
             vielleicht erst nach zehn Minuten oder mehr.",
        ),
        Some(Code::LoginDelay) => told(
            "Du warst eben erst hier, und der Server verlangt Zeit zwischen zwei Anmeldungen.",
            "Warte und melde dich dann neu an. Wie viele Sekunden, sagt CAPA: LOGIN-DELAY.",
        ),
        Some(Code::Auth) => told(
            "Es liegt an deinen Zugangsdaten: meist an Name oder Passwort, manchmal an einem abgelaufenen Konto.",
            "Beginne neu mit USER. Prüfe Groß- und Kleinschreibung, und ob der Server die ganze Adresse als Namen will.",
        ),
        Some(Code::SystemTemporary) => told(
            "Der Server hat ein Problem, das vorübergehen kann; an dir liegt es nicht.",
            "Versuche es in einigen Minuten wieder. Deine Post ist sicher.",
        ),
        Some(Code::SystemPermanent) => told(
            "Der Server hat ein Problem, das nicht von selbst vergeht.",
            "Sag es denen, die ihn betreiben, mit dieser Zeile. Es noch einmal zu versuchen, hilft nicht.",
        ),
        Some(Code::System) => told(
            "Der Server hat selbst ein Problem; an Name und Passwort liegt es nicht.",
            "Versuche es später wieder. Bleibt es so, sag es denen, die den Server betreiben.",
        ),
        Some(Code::Utf8) => told(
            "Was du willst, enthält Zeichen jenseits von ASCII, und du hast nicht um UTF-8 gebeten.",
            "Beende die Sitzung, öffne eine neue und gib UTF8 vor der Anmeldung.",
        ),
        Some(Code::Unregistered) | None => by_command(&refused.what),
    }
}

fn by_command(what: &What) -> Told {
    match what {
        What::Connection => told(
            "Der Server möchte gerade nicht reden; es beginnt keine Sitzung.",
            "Vielleicht hat er zu viel zu tun, oder du hast schon zu viele Verbindungen. Versuche es später wieder.",
        ),
        What::Unknown => told(
            "Diesen Befehl kennt der Server nicht.",
            "Such nach einem Tippfehler. CAPA nennt die Erweiterungen des Servers; STAT, LIST, RETR, DELE, NOOP, RSET \
             und QUIT kennt jeder.",
        ),
        What::Misplaced { command, state: State::Transaction, .. } => told(
            format!("{} gehört vor die Anmeldung, und du bist angemeldet.", command.keyword()),
            "Brauchst du es, beende diese Sitzung mit QUIT und öffne eine neue.",
        ),
        What::Misplaced { command, ways, .. } if ways.is_empty() => told(
            format!("{} ist in diesem Zustand nicht erlaubt.", command.keyword()),
            "Das Bild der Zustände zeigt, was hier erlaubt ist.",
        ),
        What::Misplaced { command, ways, .. } => {
            let ways: Vec<String> = ways.iter().map(|way| joined(&route::keywords(way), "und dann")).collect();
            told(
                format!("{} ist in diesem Zustand noch nicht erlaubt.", command.keyword()),
                format!("Zuerst kommt {}.", joined(&ways, OR)),
            )
        }
        What::Command(command) => in_place(*command),
    }
}

fn in_place(command: CommandName) -> Told {
    match command {
        CommandName::User => told(
            "Der Server nimmt diesen Namen nicht an, oder keine Anmeldung mit USER und PASS.",
            "Prüfe den Namen. Welche Anmeldungen es gibt, sagt CAPA; manche Server wollen zuerst TLS.",
        ),
        CommandName::Pass => told(
            "Du bist nicht angemeldet: Name oder Passwort ist falsch, oder das Postfach lässt sich gerade nicht öffnen.",
            "Lies den Text des Servers und beginne neu mit USER. Welches von beiden falsch ist, sagt ein guter Server \
             nicht, damit niemand Namen herausfinden kann.",
        ),
        CommandName::Apop => told(
            "Du bist nicht angemeldet: Der Fingerabdruck passt nicht, oder der Server hat kein APOP.",
            "Der Fingerabdruck ist MD5 aus Stempel und Passwort hintereinander, und zwar dem Stempel genau dieser Begrüßung.",
        ),
        CommandName::Auth => told(
            "Mit diesem Verfahren bist du nicht angemeldet.",
            "Name, Passwort oder Token kann falsch sein, oder der Server hat das Verfahren nicht: CAPA nennt sie hinter SASL.",
        ),
        CommandName::Stls => told(
            "Auf dieser Verbindung gibt es kein TLS.",
            "Sende hier kein Passwort. Versuche Port 995; dort kommt TLS zuerst.",
        ),
        CommandName::Retr | CommandName::ListOne | CommandName::Dele => told(
            "Diese Nachricht gibt es nicht, oder sie ist zum Löschen vorgemerkt.",
            "LIST zeigt die Nummern, die es gibt. RSET nimmt Vormerkungen zurück.",
        ),
        CommandName::Top => told(
            "Diese Nachricht gibt es nicht, sie ist vorgemerkt, oder der Server hat kein TOP.",
            "LIST zeigt die Nummern, CAPA, ob es TOP gibt. TOP braucht zwei Zahlen: Nachricht und Zeilen.",
        ),
        CommandName::UidlOne => told(
            "Diese Nachricht gibt es nicht, sie ist vorgemerkt, oder der Server hat kein UIDL.",
            "LIST zeigt die Nummern, CAPA, ob es UIDL gibt.",
        ),
        CommandName::Capa | CommandName::AuthList | CommandName::Uidl | CommandName::Utf8 | CommandName::Lang => told(
            format!("Der Server hat kein {}.", command.keyword()),
            "Das ist erlaubt, denn es ist freiwillig. Es geht auch ohne.",
        ),
        CommandName::LangOne => {
            told("Diese Sprache spricht der Server nicht.", "LANG ohne Argument zählt auf, welche er spricht.")
        }
        CommandName::Quit => told(
            "Die Sitzung ist vorbei, aber der Server konnte nicht alles Vorgemerkte löschen.",
            "Melde dich neu an und sieh mit LIST nach, was noch da ist.",
        ),
        CommandName::Stat | CommandName::List | CommandName::Rset | CommandName::Noop => told(
            format!("Seltsam: RFC 1939 kennt hier keinen Grund, {} abzulehnen.", command.keyword()),
            "Lies den Text des Servers. Bleibt es so, beende die Sitzung und melde dich neu an.",
        ),
    }
}
