//! German: what a line will do.

use popglass_protocol::{
    command::{Command, CommandName},
    grammar::{Argument, Fault},
    state::State,
    types::MessageNumber,
};

use super::{
    super::{ForecastTexts, joined, numbers},
    AND, OR,
};
use crate::{
    forecast::{Deed, Exposed, Exposure, Neighbour, Prospect},
    route,
};

pub(super) const FORECAST: ForecastTexts = ForecastTexts { what, undo, warning };

fn what(prospect: &Prospect) -> String {
    match prospect {
        Prospect::Nothing => "Tippe einen Befehl, etwa CAPA.".into(),
        Prospect::TooLong { octets } => format!(
            "Der Server wird das ablehnen: Mit ihrem Ende hat die Zeile {octets} Oktette, erlaubt sind höchstens 255."
        ),
        Prospect::SeveralLines => {
            "Darin steckt ein Zeilenumbruch oder NUL: Der Server hielte das für mehr als einen Befehl.".into()
        }
        Prospect::Response { cancels: true } => {
            "Bricht die Anmeldung ab. Der Server antwortet -ERR, und du kannst es neu versuchen.".into()
        }
        Prospect::Response { cancels: false } => {
            "Beantwortet die Frage des Servers bei der Anmeldung. Es muss Base64 sein; ein * allein bricht ab.".into()
        }
        Prospect::TooEarly => "Warte: Der Server spricht zuerst, und er hat noch nicht gegrüßt.".into(),
        Prospect::Over => "Das hört niemand mehr: Diese Sitzung ist vorbei. Öffne eine neue.".into(),
        Prospect::Unknown { keyword, meant: None } => format!(
            "Der Server wird das wohl ablehnen: POP3 hat keinen Befehl {keyword}. Mehr passiert nicht, also probiere es ruhig."
        ),
        Prospect::Unknown { keyword, meant: Some(meant) } => format!(
            "Der Server wird das wohl ablehnen: POP3 hat keinen Befehl {keyword}. Meintest du {}?",
            meant.keyword()
        ),
        Prospect::Foreign { keyword, neighbour } => foreign(keyword, *neighbour),
        Prospect::NoKeyword => {
            "Der Server wird das ablehnen: Eine Zeile beginnt mit einem Befehl, ohne Leerzeichen davor.".into()
        }
        Prospect::Wrong { command, argument, fault } => wrong(*command, *argument, *fault),
        Prospect::Missing { command, argument } => {
            format!("Der Server wird das ablehnen: {} braucht {}.", command.keyword(), needed(*argument))
        }
        Prospect::Extra { command } => {
            format!("Der Server wird das ablehnen: So viele Argumente nimmt {} nicht.", command.keyword())
        }
        Prospect::Misplaced { command, state, ways, allowed } => misplaced(*command, *state, ways, allowed),
        Prospect::NoSuchMessage { number, count } => no_such_message(*number, *count),
        Prospect::MarkedAlready { command: CommandName::Dele, number } => {
            format!("Der Server wird das ablehnen: Nachricht {number} ist schon vorgemerkt.")
        }
        Prospect::MarkedAlready { number, .. } => format!(
            "Der Server wird das ablehnen: Nachricht {number} ist zum Löschen vorgemerkt und gilt als weg. RSET holt sie zurück."
        ),
        Prospect::NotAnnounced { command } => format!(
            "Der Server wird das wohl ablehnen: In seiner Antwort auf CAPA stand kein {}.",
            if *command == CommandName::Auth { "SASL" } else { command.keyword() }
        ),
        Prospect::TlsStands => "Der Server wird das ablehnen: TLS steht schon.".into(),
        Prospect::NoStamp => {
            "Der Server wird das ablehnen: In seiner Begrüßung stand kein Stempel <…>, also hat er kein APOP.".into()
        }
        Prospect::MechanismNotAnnounced { mechanism, announced } if announced.is_empty() => {
            format!("Der Server wird {mechanism} wohl ablehnen: In seiner Antwort auf CAPA stand kein Verfahren.")
        }
        Prospect::MechanismNotAnnounced { mechanism, announced } => {
            format!("Der Server wird {mechanism} wohl ablehnen: Er nannte {}.", joined(announced, AND))
        }
        Prospect::Does(deed) => does(deed),
    }
}

fn no_such_message(number: MessageNumber, count: u32) -> String {
    format!(
        "Der Server wird das ablehnen: Eine Nachricht {number} gibt es nicht. {}",
        match count {
            0 => "Das Postfach ist leer.".into(),
            1 => "Es gibt nur Nachricht 1.".into(),
            count => format!("Die Nummern gehen von 1 bis {count}."),
        }
    )
}

fn foreign(keyword: &str, neighbour: Neighbour) -> String {
    format!(
        "Der Server wird das ablehnen: {keyword} gehört zu {}.",
        match neighbour {
            Neighbour::Smtp => "SMTP, mit dem man Post verschickt. POP3 holt sie nur ab",
            Neighbour::Imap => "IMAP, einem anderen Weg, Post zu lesen. Das Postfach ist dasselbe, die Sprache nicht",
            Neighbour::Http => "HTTP, der Sprache des Webs",
            Neighbour::OlderPop3 => "einem POP3 von vor RFC 1939; seitdem gibt es das nicht mehr",
        }
    )
}

fn wrong(command: CommandName, argument: Argument, fault: Fault) -> String {
    let keyword = command.keyword();
    match fault {
        Fault::Blanks => {
            format!("Der Server wird das ablehnen: Hinter {keyword} und jedem Argument steht genau ein Leerzeichen.")
        }
        Fault::Zero => "Der Server wird das ablehnen: Nachrichten zählen ab 1.".into(),
        Fault::TooLong => "Der Server wird das ablehnen: Die Zeile ist zu lang.".into(),
        _ => format!("Der Server wird das ablehnen: {keyword} braucht hier {}.", needed(argument)),
    }
}

fn needed(argument: Argument) -> &'static str {
    match argument {
        Argument::Keyword => "einen Befehl",
        Argument::UserName => "einen Benutzernamen",
        Argument::Password => "das Passwort",
        Argument::Digest => "einen Fingerabdruck aus 32 Hexadezimalziffern",
        Argument::Mechanism => "ein Verfahren, etwa PLAIN",
        Argument::InitialResponse => "Base64",
        Argument::MessageNumber => "die Nummer einer Nachricht, ab 1",
        Argument::LineCount => "eine Anzahl von Zeilen, 0 für die Kopfzeilen allein",
        Argument::LanguageTag => "eine Sprache, etwa en oder de",
    }
}

fn misplaced(command: CommandName, state: State, ways: &[Vec<CommandName>], allowed: &[CommandName]) -> String {
    let keyword = command.keyword();
    let ways: Vec<String> = ways.iter().map(|way| joined(&route::keywords(way), "und dann")).collect();
    let allowed = joined(&route::keywords(allowed), AND);
    match (state, ways.is_empty()) {
        (State::Transaction, _) => format!(
            "Der Server wird das ablehnen: {keyword} gehört vor die Anmeldung. Beende diese Sitzung mit QUIT und öffne eine neue."
        ),
        (State::UserGiven, true) => {
            format!("Der Server wird das ablehnen: Nach USER wartet er auf PASS. Hier erlaubt: {allowed}.")
        }
        (_, true) => format!("Der Server wird das ablehnen: {keyword} ist hier nicht erlaubt, nur {allowed}."),
        (_, false) => format!(
            "Der Server wird das ablehnen: {keyword} gehört nicht in diesen Zustand. Dorthin führt {}.",
            joined(&ways, OR)
        ),
    }
}

fn does(deed: &Deed) -> String {
    let marked = || numbers(&deed.marked, AND);
    match &deed.command {
        Command::User(user) => {
            format!("Sagt, dass es um das Postfach von {} geht. Als Nächstes kommt das Passwort.", user.as_str())
        }
        Command::Pass(_) => {
            "Meldet dich an, wenn das Passwort stimmt: Das Postfach wird geöffnet und für andere gesperrt.".into()
        }
        Command::Apop { user, .. } => {
            format!("Meldet {} an, wenn der Fingerabdruck stimmt; das Passwort reist nicht.", user.as_str())
        }
        Command::Auth { mechanism, initial_response: None } => {
            format!("Beginnt eine Anmeldung mit {}: Der Server fragt, und du antwortest in Base64.", mechanism.as_str())
        }
        Command::Auth { mechanism, initial_response: Some(_) } => {
            format!("Beginnt eine Anmeldung mit {}, mit der ersten Antwort gleich dabei.", mechanism.as_str())
        }
        Command::Stls => {
            "Startet TLS auf dieser Verbindung: Von da an kann unterwegs niemand mitlesen. Frag danach noch einmal mit CAPA."
                .into()
        }
        Command::Stat => match deed.unmarked {
            Some(count) => {
                format!("Zählt, was nicht vorgemerkt ist: {count}, und alle Oktette zusammen. Ändert nichts.")
            }
            None => "Zählt Nachrichten und ihre Oktette. Ändert nichts.".into(),
        },
        Command::Retr(number) => format!(
            "Sendet Nachricht {number} ganz. Auf dem Server bleibt sie, wie sie ist; POP3 kennt keine Gelesen-Markierung."
        ),
        Command::Top { number, lines: 0 } => {
            format!("Sendet nur die Kopfzeilen von Nachricht {number}. Ändert nichts.")
        }
        Command::Top { number, lines } => {
            format!("Sendet die Kopfzeilen von Nachricht {number} und die ersten {lines} Textzeilen. Ändert nichts.")
        }
        Command::Dele(number) => {
            format!("Merkt Nachricht {number} zum Löschen vor. Weg ist sie, wenn QUIT beantwortet ist, nicht früher.")
        }
        Command::Rset if deed.marked.is_empty() => {
            "Nimmt alle Vormerkungen zurück. Es gibt keine, also ändert sich nichts.".into()
        }
        Command::Rset => format!("Nimmt alle Vormerkungen zurück, also: {}.", marked()),
        Command::Quit => quit(deed),
        command => super::command(command.name()).into(),
    }
}

fn quit(deed: &Deed) -> String {
    if deed.state != State::Transaction {
        return "Beendet die Sitzung. Niemand ist angemeldet, also wird nichts gelöscht.".into();
    }
    match (deed.marked.as_slice(), deed.unmarked) {
        ([], _) => "Beendet die Sitzung. Nichts ist vorgemerkt, also wird nichts gelöscht.".into(),
        (marked, Some(stay)) => format!(
            "Beendet die Sitzung und löscht endgültig, was vorgemerkt ist: {}. Es bleiben: {stay}.",
            numbers(marked, AND)
        ),
        (marked, None) => {
            format!("Beendet die Sitzung und löscht endgültig, was vorgemerkt ist: {}.", numbers(marked, AND))
        }
    }
}

fn undo(deed: &Deed) -> Option<String> {
    let others: Vec<MessageNumber> =
        deed.marked.iter().copied().filter(|&number| Some(number) != deed.command.number()).collect();
    Some(match &deed.command {
        Command::Dele(_) if others.is_empty() => {
            "RSET, solange QUIT nicht gesendet ist. Oder die Sitzung ohne QUIT beenden.".into()
        }
        Command::Dele(_) => {
            format!("RSET; das nimmt aber alle Vormerkungen zurück, auch diese: {}.", numbers(&others, AND))
        }
        Command::Rset if !deed.marked.is_empty() => {
            format!("Mit DELE wieder vormerken: {}.", numbers(&deed.marked, AND))
        }
        Command::Quit if deed.state == State::Transaction && !deed.marked.is_empty() => {
            "Danach holt sie nichts zurück. Sende vorher RSET, wenn du sie behalten willst.".into()
        }
        Command::User(_) => {
            "Noch ein USER: Die meisten Server nehmen es an, obwohl RFC 1939 hier nur PASS und QUIT verspricht.".into()
        }
        Command::Lang(Some(_)) => "LANG mit einer anderen Sprache.".into(),
        Command::Utf8 | Command::Stls => "Gilt für den Rest dieser Sitzung; erst eine neue beginnt ohne.".into(),
        _ => return None,
    })
}

fn warning(exposure: Exposure) -> String {
    let risk = match exposure.kind {
        Exposed::Password => "Das Passwort wäre unterwegs für alle lesbar.",
        Exposed::PasswordNext => "Als Nächstes kommt das Passwort, und das wäre unterwegs für alle lesbar.",
        Exposed::Guessable => {
            "Wer mithört, sieht das Passwort nicht, kann aber Passwörter hieran durchprobieren, bis eines passt."
        }
        Exposed::Response => "Diese Antwort wäre unterwegs für alle lesbar; Base64 verbirgt nichts.",
    };
    if exposure.stls {
        format!("{risk} Starte vorher TLS, mit STLS.")
    } else {
        format!("{risk} Diese Verbindung hat kein TLS.")
    }
}
