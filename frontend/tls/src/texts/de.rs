//! German.

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::{TlsFault, Told, Vouched};

use super::{CertificateTexts, Details, Texts, list, told};
use crate::{
    authorities::{AUTHORITIES_MAX, AuthorityFault},
    certificates::{Key, neutral},
};

const ACCEPT_IF_SURE: &str = "Nur wenn es dein eigener Server ist oder der Betreiber dir den Fingerabdruck auf anderem Weg \
     bestätigt, darf ein Mailprogramm genau dieses Zertifikat annehmen.";

pub(crate) const TEXTS: Texts = Texts {
    told: |details| match details.fault {
        TlsFault::Expired
        | TlsFault::NotYetValid
        | TlsFault::WrongName
        | TlsFault::UnknownIssuer
        | TlsFault::MissingIntermediate
        | TlsFault::SelfSigned
        | TlsFault::Weak
        | TlsFault::BadCertificate
        | TlsFault::BadTrust => certificate(details),
        TlsFault::NotTls
        | TlsFault::TooOld
        | TlsFault::Alert
        | TlsFault::CutInHandshake
        | TlsFault::Truncated
        | TlsFault::Corrupted => connection(details),
    },
    authorities,
    certificates: CertificateTexts {
        connection: "Diese Verbindung",
        ends: "Verschlüsselt zwischen",
        ends_where: |ends| match ends {
            TlsEnds::Page => {
                "dieser Seite und dem Mailserver. Die Brücke trägt nur Verschlüsseltes und kann nichts lesen."
            }
            TlsEnds::PageStls => {
                "dieser Seite und dem Mailserver, nach einer unverschlüsselten Begrüßung (STLS). \
                 Die Brücke trägt nur Verschlüsseltes und kann nichts lesen."
            }
            TlsEnds::Bridge => "der Brücke und dem Mailserver. Die Brücke kann mitlesen.",
            TlsEnds::Nowhere => "niemandem: Alles geht unverschlüsselt über die Leitung.",
        },
        version: "TLS-Version",
        suite: "Verfahren",
        server_name: "Geprüfter Name",
        vouched: "Wer dafür bürgt",
        vouched_by: |vouched| match vouched {
            Vouched::Bridge => "Die Brücke sagt, dass das Zertifikat gut ist.",
            Vouched::PublicAuthority => {
                "Eine öffentliche Zertifizierungsstelle, der die Browser trauen (Liste von Mozilla)."
            }
            Vouched::OwnAuthority => "Eine Zertifizierungsstelle, die du hinzugefügt hast.",
            Vouched::Pin => "Du selbst: Du hast genau dieses Zertifikat gesehen und angenommen.",
            Vouched::Demo => "Die eigene Zertifizierungsstelle der Demo. Über die Demo hinaus beweist sie nichts.",
        },
        resumed: "Fortgesetzt",
        resumed_meaning: "Eine frühere Verbindung wurde wieder aufgenommen; damals wurde das Zertifikat geprüft.",
        revocation: "Widerruf",
        revocation_unchecked: "Nicht geprüft: Ob das Zertifikat vorzeitig widerrufen wurde, ist nicht bekannt.",
        heading: |index, authority| match (index, authority) {
            (0, _) => "Das Zertifikat des Servers".into(),
            (_, true) => format!("Zertifikat {}: das einer Zertifizierungsstelle", index + 1),
            (_, false) => format!("Zertifikat {}", index + 1),
        },
        subject: "Ausgestellt für",
        names: "Gilt für",
        and_more: |count| format!("… und {count} weitere"),
        issuer: "Ausgestellt von",
        itself: "sich selbst",
        valid_from: "Gültig ab",
        valid_until: "Gültig bis",
        days_left: |days| match days {
            0 => "Endet in weniger als einem Tag.".into(),
            1 => "Noch 1 Tag.".into(),
            _ => format!("Noch {days} Tage."),
        },
        expired_since: |days| match days {
            0 => "Abgelaufen, vor weniger als einem Tag.".into(),
            1 => "Abgelaufen, seit 1 Tag.".into(),
            _ => format!("Abgelaufen, seit {days} Tagen."),
        },
        not_yet_valid: "Gilt noch nicht.",
        key: "Schlüssel",
        key_kind: |key| match key {
            Key::Rsa { bits } => format!("RSA, {bits} Bit"),
            Key::Elliptic { curve } => format!("Elliptische Kurve, {curve}"),
            Key::Ed25519 => "Ed25519".into(),
            Key::Other(numbers) => format!("Von anderer Art ({numbers})"),
        },
        signature: "Signatur",
        authority: "Darf für andere bürgen",
        yes: "Ja",
        no: "Nein",
        serial: "Seriennummer",
        fingerprint: "Fingerabdruck (SHA-256)",
        nothing: "—",
        unreadable: "Dieses Zertifikat lässt sich nicht lesen.",
    },
    date: |day, month, year, hour, minute| format!("{day}. {month} {year}, {hour:02}:{minute:02} UTC"),
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};

fn certificate(details: &Details<'_>) -> Told {
    let name = neutral(details.server_name);
    let now = TEXTS.date_or_dash(details.now);
    let not_before = TEXTS.date_or_dash(details.not_before);
    let not_after = TEXTS.date_or_dash(details.not_after);
    match details.fault {
        TlsFault::Expired => told(
            "Das Zertifikat des Mailservers ist abgelaufen.",
            format!(
                "Das Passwort wurde nicht gesendet. Es galt bis {not_after}; die Uhr dieses Rechners sagt {now}. Geht die \
                 Uhr richtig, muss der Betreiber des Servers es erneuern. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::NotYetValid => told(
            "Das Zertifikat des Mailservers gilt noch nicht.",
            format!(
                "Das Passwort wurde nicht gesendet. Es gilt ab {not_before}; die Uhr dieses Rechners sagt {now}. Prüfe \
                 zuerst deren Datum: Meistens geht sie nach. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::WrongName if details.names.is_empty() => told(
            format!("Das Zertifikat des Mailservers ist nicht für {name} ausgestellt."),
            format!(
                "Das Passwort wurde nicht gesendet. Das Zertifikat nennt gar keinen Server. Prüfe den Namen des Servers; \
                 jemand könnte sich für ihn ausgeben. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::WrongName => told(
            format!("Das Zertifikat des Mailservers ist nicht für {name} ausgestellt."),
            format!(
                "Das Passwort wurde nicht gesendet. Es gilt für {}. Vielleicht ist der Server unter diesem Namen zu \
                 erreichen; oder jemand gibt sich für ihn aus. {ACCEPT_IF_SURE}",
                list(details.names)
            ),
        ),
        TlsFault::UnknownIssuer => told(
            "Niemand, dem du traust, bürgt für den Mailserver.",
            format!(
                "Das Passwort wurde nicht gesendet. Hat deine Firma oder deine Hochschule eine eigene \
                 Zertifizierungsstelle, füge deren Zertifikat hinzu. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::MissingIntermediate => told(
            "Das Zertifikat des Mailservers führt zu niemandem, dem du traust.",
            format!(
                "Das Passwort wurde nicht gesendet. Entweder vergisst der Server, ein Zertifikat dazwischen \
                 mitzuschicken: Das muss sein Betreiber in Ordnung bringen. Oder seine Zertifizierungsstelle ist keine \
                 öffentliche, und du kannst sie hinzufügen. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::SelfSigned => told(
            "Der Mailserver bürgt für sich selbst.",
            format!("Das Passwort wurde nicht gesendet. So ein Zertifikat kann jeder machen. {ACCEPT_IF_SURE}"),
        ),
        TlsFault::Weak => told(
            "Das Zertifikat des Mailservers ist zu schwach.",
            "Das Passwort wurde nicht gesendet. Schlüssel oder Signatur sind von einer Art, die sich fälschen lässt oder \
             nicht mehr üblich ist. Der Betreiber des Servers muss es ersetzen.",
        ),
        TlsFault::BadTrust => told(
            "Was du für diesen Server als vertrauenswürdig eingestellt hast, ist unbrauchbar.",
            "Gesendet wurde nichts. Eine hier gespeicherte Zertifizierungsstelle oder ein angenommenes Zertifikat ist \
             beschädigt. Entferne es und füge es neu hinzu.",
        ),
        _ => told(
            "Das Zertifikat des Mailservers ist nicht annehmbar.",
            "Das Passwort wurde nicht gesendet. Es ist fehlerhaft oder für etwas anderes gedacht. Frage den Betreiber.",
        ),
    }
}

fn connection(details: &Details<'_>) -> Told {
    match details.fault {
        TlsFault::NotTls => told(
            "Der Mailserver spricht hier kein TLS.",
            match details.ends {
                TlsEnds::PageStls => {
                    "Das Passwort wurde nicht gesendet. Er hat TLS zugesagt und dann etwas anderes gesprochen. Frage, wer \
                     den Server betreibt."
                }
                TlsEnds::Page | TlsEnds::Bridge | TlsEnds::Nowhere => {
                    "Gesendet wurde nichts. Vielleicht ist es der falsche Port: TLS von Anfang an gibt es meistens auf \
                     Port 995. Auf Port 110 wird mit STLS darum gebeten."
                }
            },
        ),
        TlsFault::TooOld => told(
            "Das TLS des Mailservers ist zu alt.",
            "Das Passwort wurde nicht gesendet. Diese Seite spricht TLS 1.3 und 1.2 mit heutigen Verfahren, und der Server \
             hat keines davon. Sein Betreiber muss ihn erneuern; vielleicht bietet die Brücke einen anderen Weg an.",
        ),
        TlsFault::Alert => {
            let number = details.alert.map_or_else(String::new, |number| format!(" (Alert {number})"));
            let advice = if details.stood {
                "Was noch unterwegs war, kann fehlen. Melde dich wieder an, um weiterzumachen."
            } else {
                "Das Passwort wurde nicht gesendet. Versuche es noch einmal; bleibt es so, frage, wer den Server betreibt."
            };
            told(format!("Der Mailserver hat TLS abgebrochen{number}."), advice)
        }
        TlsFault::CutInHandshake => told(
            "Die Verbindung endete, bevor sie verschlüsselt war.",
            "Das Passwort wurde nicht gesendet. Versuche es noch einmal. Bleibt es so, ist der Server vielleicht zu alt \
             für diese Seite, oder es ist der falsche Port.",
        ),
        TlsFault::Truncated => told(
            "Die Verbindung wurde abgeschnitten.",
            "Der Server hat sich nicht verabschiedet, darum kann etwas fehlen. Melde dich wieder an, um weiterzumachen.",
        ),
        _ => told(
            "Unterwegs wurde verändert, was der Mailserver gesendet hat, oder der Server hat einen Fehler gemacht.",
            if details.stood {
                "Was verändert war, wurde verworfen. Melde dich wieder an, um weiterzumachen; passiert es noch einmal, \
                 in einem anderen Netz."
            } else {
                "Das Passwort wurde nicht gesendet. Versuche es noch einmal; passiert es wieder, in einem anderen Netz."
            },
        ),
    }
}

fn authorities(fault: &AuthorityFault) -> Told {
    match fault {
        AuthorityFault::TooLarge => told(
            "Dieser Text ist zu groß für ein paar Zertifikate.",
            "Gib nur das Zertifikat der Zertifizierungsstelle an, in PEM: ein Text, der mit \
             „-----BEGIN CERTIFICATE-----“ beginnt.",
        ),
        AuthorityFault::PrivateKey => told(
            "In diesem Text steht ein privater Schlüssel.",
            "Er wurde nicht aufgehoben. Ein privater Schlüssel gehört nur seinem Besitzer: Gib nur den Teil von \
             „-----BEGIN CERTIFICATE-----“ bis „-----END CERTIFICATE-----“ an.",
        ),
        AuthorityFault::NoneFound => told(
            "In diesem Text steht kein Zertifikat.",
            "Es soll in PEM sein: ein Text, der mit „-----BEGIN CERTIFICATE-----“ beginnt.",
        ),
        AuthorityFault::Unreadable => told(
            "Ein Zertifikat in diesem Text ist beschädigt.",
            "Besorge es noch einmal von dort, wo die Zertifizierungsstelle betrieben wird, und gib es ganz an, mit der \
             ersten und der letzten Zeile.",
        ),
        AuthorityFault::NoAuthority(name) => told(
            format!("„{name}“ ist das Zertifikat eines Servers, nicht das einer Zertifizierungsstelle."),
            "Es kann für andere nicht bürgen. Um das eigene Zertifikat eines Servers anzunehmen, verbinde dich mit ihm: \
             Dann siehst du es und kannst es dort annehmen.",
        ),
        AuthorityFault::TooMany => told(
            "In diesem Text stehen zu viele Zertifikate.",
            format!(
                "Auf einmal können höchstens {AUTHORITIES_MAX} hinzukommen: Gib nur die an, die dein Mailserver braucht."
            ),
        ),
    }
}
