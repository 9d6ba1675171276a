//! German: the ways to log in, and why one fails.

use std::borrow::Cow;

use popglass_protocol::{
    login::{Method, NoMethod, Wish},
    reply::Refusal,
    sasl::{ChallengeFault, Mechanism, Unfit},
};
use popglass_session::refusal::LoginFault;

use crate::i18n::texts::{SignInTexts, Trouble};

pub(super) const SIGN_IN: SignInTexts = SignInTexts {
    options: "Anmeldeoptionen",
    method: "Anmeldeverfahren",
    method_name: |wish| match wish {
        Wish::Automatic => "Automatisch (stärkstes)".to_owned(),
        Wish::Exactly(method) => method.to_string(),
    },
    explanation,
    token: "Zugangs-Token",
    signed_in: |method| format!("Angemeldet mit {method}: {}", explanation(Wish::Exactly(method))),
    dropped: |wish| {
        format!(
            "{} braucht TLS bis in diese Seite; genommen wird das stärkste andere Verfahren.",
            (SIGN_IN.method_name)(wish)
        )
    },
};

fn explanation(wish: Wish) -> &'static str {
    match wish {
        Wish::Automatic => "Popglass fragt den Server, was er anbietet, und nimmt das stärkste Verfahren mit Passwort.",
        Wish::Exactly(Method::UserPass) => "Name und Passwort reisen so, wie sie sind. Nur TLS hält andere davon fern.",
        Wish::Exactly(Method::Apop) => {
            "Statt des Passworts reist ein Fingerabdruck davon. Er entsteht mit MD5, das heute zu schwach ist."
        }
        Wish::Exactly(Method::Sasl(mechanism)) => match mechanism {
            Mechanism::Plain => {
                "Name und Passwort reisen in Base64, und das kann jeder lesen. Nur TLS hält andere davon fern."
            }
            Mechanism::Login => "Wie PLAIN, aber in zwei Fragen: alt und noch immer verbreitet.",
            Mechanism::CramMd5 => {
                "Das Passwort bleibt hier; es reist ein Beweis mit MD5. Wer ihn abhört, kann Passwörter schnell durchprobieren."
            }
            Mechanism::ScramSha1 => {
                "Das Passwort bleibt hier, und beide Seiten beweisen, dass sie es kennen. SHA-1 ist alt, genügt hier aber noch."
            }
            Mechanism::ScramSha256 => "Das Passwort bleibt hier, und beide Seiten beweisen, dass sie es kennen.",
            Mechanism::ScramSha1Plus => {
                "Wie SCRAM-SHA-1 und an genau diese TLS-Verbindung gebunden: Niemand dazwischen kann den Beweis weiterreichen."
            }
            Mechanism::ScramSha256Plus => {
                "Wie SCRAM-SHA-256 und an genau diese TLS-Verbindung gebunden: Niemand dazwischen kann den Beweis weiterreichen. Das stärkste Verfahren."
            }
            Mechanism::OAuthBearer | Mechanism::XOAuth2 => {
                "Statt eines Passworts gibst du ein Token an, das dein Anbieter ausstellt. Große Anbieter verlangen es."
            }
            Mechanism::External => "Wer du bist, ergibt sich aus der Verbindung selbst, etwa aus einem Zertifikat.",
            Mechanism::Anonymous => "Du kommst als Gast. Kein Passwort wird gesendet; dein Name sagt nur, wer fragt.",
        },
    }
}

pub(super) fn no_method(none: NoMethod) -> Trouble {
    let (what, advice): (Cow<'static, str>, _) = match none {
        NoMethod::NotOffered(method) => (
            format!("Dieser Server bietet keine Anmeldung mit {method} an.").into(),
            "Ein Passwort wurde nicht gesendet. Wähle in den Anmeldeoptionen „Automatisch“ oder ein anderes Verfahren.",
        ),
        NoMethod::Exposed(method) => (
            format!("Mit {method} könnten alle auf dem Weg das Passwort lesen.").into(),
            "Ein Passwort wurde nicht gesendet. Wähle eine verschlüsselte Verbindung.",
        ),
        NoMethod::NoChannelBinding(mechanism) => (
            format!("{mechanism} braucht eine Verschlüsselung, die in dieser Seite endet.").into(),
            "Ein Passwort wurde nicht gesendet. Wähle dasselbe Verfahren ohne -PLUS.",
        ),
        NoMethod::Nothing => (
            "Dieser Server bietet keine Anmeldung mit Passwort an.".into(),
            "Ein Passwort wurde nicht gesendet. Stellt dein Anbieter Zugangs-Token aus, wähle in den Anmeldeoptionen OAUTHBEARER oder XOAUTH2.",
        ),
    };
    Trouble { what, advice: advice.into(), quote: None }
}

pub(super) fn unfit(method: Method, reason: Unfit) -> Trouble {
    let advice = match reason {
        Unfit::Empty => "Benutzername, Passwort oder Token fehlt. Gesendet wurde nichts.",
        Unfit::IllegalOctet => "Darin steckt ein Zeichen, das dieses Verfahren nicht kann. Gesendet wurde nichts.",
        Unfit::TooLong => "Für dieses Verfahren ist es zu lang. Gesendet wurde nichts.",
        Unfit::Prohibited | Unfit::NotAscii => {
            "Dieses Verfahren kann nur einfache Buchstaben, Ziffern und Zeichen (ASCII). Wähle ein anderes; gesendet wurde nichts."
        }
        Unfit::NoChannelBinding => "Es braucht eine Verschlüsselung, die in dieser Seite endet. Gesendet wurde nichts.",
    };
    let what = format!("Benutzername oder Passwort lässt sich mit {method} nicht senden.");
    Trouble { what: what.into(), advice: advice.into(), quote: None }
}

pub(super) fn aborted(fault: ChallengeFault) -> Trouble {
    match fault {
        ChallengeFault::ServerNotProven => Trouble::plain(
            "Der Server hat nicht bewiesen, dass er dein Passwort kennt; darum wurde die Anmeldung abgebrochen.",
            "Jemand könnte sich für deinen Mailserver ausgeben. Das Passwort selbst wurde nicht gesendet.",
        ),
        ChallengeFault::NotBase64 | ChallengeFault::Unexpected => Trouble::plain(
            "Der Server hat sich bei der Anmeldung verheddert; darum wurde sie abgebrochen.",
            "Versuche ein anderes Verfahren aus den Anmeldeoptionen. Der Mitschnitt zeigt, was der Server gesagt hat.",
        ),
        ChallengeFault::Iterations => Trouble::plain(
            "Der Server verlangt unvernünftig viel oder wenig Rechnerei; darum wurde die Anmeldung abgebrochen.",
            "Zu wenig machte dein Passwort leicht zu erraten, zu viel hielte diese Seite an. Versuche ein anderes Verfahren.",
        ),
    }
}

pub(super) fn refused(fault: LoginFault, refusal: &Refusal) -> Trouble {
    let (what, advice) = match fault {
        LoginFault::Credentials => (
            "Der Server hat die Anmeldung abgelehnt.",
            "Prüfe Benutzername und Passwort. Manche Anbieter verlangen ein App-Passwort, oder POP3 muss erst eingeschaltet werden.",
        ),
        LoginFault::AppPassword => (
            "Dein Anbieter verlangt ein App-Passwort.",
            "Das ist ein Passwort nur für dieses Programm. Du legst es auf den Webseiten des Anbieters an, unter Sicherheit.",
        ),
        LoginFault::Token => (
            "Dein Anbieter nimmt hier kein Passwort, nur ein Zugangs-Token.",
            "Wähle in den Anmeldeoptionen OAUTHBEARER oder XOAUTH2, falls du ein Token hast.",
        ),
        LoginFault::SwitchedOff => (
            "Dein Anbieter hat POP3 für dieses Postfach nicht eingeschaltet.",
            "Suche auf den Webseiten des Anbieters in den Einstellungen nach POP3, schalte es ein und versuche es noch einmal.",
        ),
        LoginFault::WebLogin => (
            "Dein Anbieter möchte, dass du dich zuerst auf seinen Webseiten anmeldest.",
            "Tu das in einem neuen Tab und versuche es dann hier noch einmal.",
        ),
        LoginFault::InUse => (
            "Das Postfach ist in einer anderen Sitzung offen.",
            "Nur eine Sitzung auf einmal darf es öffnen. Schließe das andere Mailprogramm oder warte ein paar Minuten.",
        ),
        LoginFault::TooSoon => (
            "Der Server möchte mehr Zeit zwischen zwei Anmeldungen.",
            "Warte ein paar Minuten und versuche es dann noch einmal.",
        ),
        LoginFault::ServerForNow => (
            "Der Server hat ein Problem, das vorübergehen kann.",
            "Versuche es in ein paar Minuten noch einmal. Dein Passwort kann durchaus stimmen.",
        ),
        LoginFault::ServerForGood => (
            "Der Server hat ein Problem, das nicht von selbst vergeht.",
            "Da kann nur helfen, wer den Server betreibt.",
        ),
    };
    Trouble::quoting(what, advice, &refusal.text)
}
