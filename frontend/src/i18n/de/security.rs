//! German: who can read along, and whom the user trusts.

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::Vouched;

use crate::{
    app::{BridgeFault, HopPicture, Protection, TrustError},
    i18n::texts::{SecurityTexts, Trouble},
};

pub(super) const SECURITY: SecurityTexts = SecurityTexts {
    picture: "Der Weg deiner Post",
    page: "Diese Seite",
    bridge: "Brücke",
    server: "Mailserver",
    reads: "kann lesen",
    reads_not: "sieht nur Geheimtext",
    protection: |protection| match protection {
        Protection::Encrypted => "verschlüsselt",
        Protection::Local => "auf diesem Computer",
        Protection::Open => "offen",
    },
    operators,
    vouched: |vouched| match vouched {
        Vouched::Bridge => "Die Brücke hat das Zertifikat geprüft; diese Seite verlässt sich darauf.",
        Vouched::PublicAuthority => {
            "Diese Seite hat das Zertifikat geprüft. Eine öffentliche Zertifizierungsstelle bürgt für den Server."
        }
        Vouched::OwnAuthority => {
            "Diese Seite hat das Zertifikat geprüft. Eine Zertifizierungsstelle, die du hinzugefügt hast, bürgt für den Server."
        }
        Vouched::Pin => "Es ist genau das Zertifikat, dem du vertrauen wolltest.",
        Vouched::Demo => "Die Zertifizierungsstelle der Demo bürgt für den Server: Das gilt nur für diese Demo.",
    },
    trust: "Zertifikate, denen du vertraust",
    trust_lead: "Öffentlichen Zertifizierungsstellen wird ohnehin vertraut. Hat dein Server eine eigene? Füge ihr Zertifikat hinzu; es gilt nur für diesen Server.",
    authority_until: |date| format!("Zertifizierungsstelle, gültig bis {date}"),
    pin: "Genau dieses Zertifikat",
    demo: "Die Zertifizierungsstelle der Demo",
    demo_explanation: "Kommt von der Brücke und gilt nur für ihren Demo-Server.",
    remove: "Entfernen",
    add_file: "Aus einer Datei",
    add_text: "Oder als Text eingefügt (PEM)",
    add: "Hinzufügen",
    adding: "Wird gelesen …",
    trust_error,
    certificates: "Zertifikate",
    certificates_show: "Zertifikate zeigen",
    certificates_hide: "Zertifikate verbergen",
    certificates_reading: "Die Zertifikate werden gelesen …",
    certificates_missing: "Der Teil dieser Seite, der Zertifikate liest, ließ sich nicht laden.",
    refused_certificates: "Was der Server gezeigt hat",
    pin_button: "Diesem Zertifikat trotzdem vertrauen …",
    pin_question: "Ist das das richtige Zertifikat?",
    pin_explanation: "Frage deinen Anbieter auf einem anderen Weg, etwa am Telefon, nach dem SHA-256 seines Zertifikats und vergleiche. Ist es ein anderes, hör auf: Jemand gibt sich als dein Mailserver aus. Machst du weiter, vertraut Popglass diesem Zertifikat, nur für diesen Server und bis du es entfernst.",
    pin_confirm: "Genau diesem Zertifikat vertrauen und verbinden",
};

pub(super) fn name(tls: TlsEnds) -> &'static str {
    match tls {
        TlsEnds::Page => "TLS bis in diese Seite",
        TlsEnds::PageStls => "TLS bis in diese Seite (STLS)",
        TlsEnds::Bridge => "TLS bis zur Brücke",
        TlsEnds::Nowhere => "Keine",
    }
}

pub(super) fn explanation(tls: TlsEnds, picture: HopPicture) -> String {
    let mut said = match tls {
        TlsEnds::Page => "Nur du und der Mailserver können deine Post und dein Passwort lesen.",
        TlsEnds::PageStls => {
            "Bevor etwas Geheimes gesagt wird, bittet diese Seite den Server um TLS. \
             Dann können nur du und der Mailserver deine Post und dein Passwort lesen."
        }
        TlsEnds::Bridge => {
            "Die Brücke prüft das Zertifikat des Servers und verschlüsselt den Weg zu ihm. \
             Wer die Brücke betreibt, könnte deine Post und dein Passwort lesen; zwischen Brücke und Mailserver kann es niemand."
        }
        TlsEnds::Nowhere => {
            "Zwischen Brücke und Mailserver ist nichts verschlüsselt. \
             Die Brücke und alle auf dem Weg können deine Post und dein Passwort lesen."
        }
    }
    .to_owned();
    if picture.first == Protection::Open {
        said.push_str(" Der Weg zur Brücke ist nicht verschlüsselt, darum können auch alle auf ihm mitlesen.");
    }
    if !picture.page_secure {
        said.push_str(" Diese Seite kam ohne HTTPS: Jemand auf ihrem Weg könnte sie verändert haben.");
    }
    said
}

fn operators(picture: HopPicture) -> &'static str {
    match (picture.bridge_reads, picture.apart) {
        (false, false) => {
            "Seite und Brücke kommen vom selben Ort. Wer ihn betreibt, könnte eine andere Seite ausliefern, die mitliest: Was die Seite angeht, musst du ihm vertrauen."
        }
        (false, true) => {
            "Seite und Brücke kommen von verschiedenen Orten: Wer die Brücke betreibt, kann diese Seite nicht ändern. Für die Seite vertraust du denen, die sie ausliefern."
        }
        (true, false) => "Seite und Brücke kommen vom selben Ort: Wer ihn betreibt, dem vertraust du in allem.",
        (true, true) => {
            "Seite und Brücke kommen von verschiedenen Orten: Dem einen vertraust du die Seite an, dem anderen deine Post."
        }
    }
}

pub(super) fn bridge_fault(fault: BridgeFault) -> &'static str {
    match fault {
        BridgeFault::Empty => "Der Name der Brücke fehlt.",
        BridgeFault::Malformed => "Das ist kein Rechnername und keine Adresse einer Brücke.",
        BridgeFault::Scheme => "Die Adresse einer Brücke beginnt mit wss://.",
        BridgeFault::Unencrypted => {
            "Diese Seite kam über HTTPS, also muss auch ihre Brücke verschlüsselt sein: wss://."
        }
    }
}

fn trust_error(error: &TrustError) -> Trouble {
    match error {
        TrustError::Told(told) => Trouble::told(&told.de),
        TrustError::TlsMissing => Trouble::plain(
            "Der Teil dieser Seite, der Zertifikate liest, ließ sich nicht laden.",
            "Prüfe deine Netzverbindung und versuche es noch einmal.",
        ),
        TrustError::Empty => {
            Trouble::plain("Hier ist noch kein Zertifikat.", "Wähle eine Datei oder füge das Zertifikat ein.")
        }
        TrustError::TooLong => Trouble::plain(
            "Das ist zu lang für ein Zertifikat.",
            "Gib nur das der Zertifizierungsstelle deines Servers an.",
        ),
        TrustError::Full => {
            Trouble::plain("Dafür ist kein Platz mehr.", "Entferne Zertifikate, die du nicht mehr brauchst.")
        }
    }
}
