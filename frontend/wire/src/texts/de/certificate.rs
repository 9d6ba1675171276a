//! German: certificates, the proof that belongs to them, and the checksums at the end.

use super::super::{CertificateTexts, words};

pub(super) const TEXTS: CertificateTexts = CertificateTexts {
    context_length: words("Länge des Kontexts", "0: Der Kontext zählt nur, wo um ein Zertifikat gebeten wurde."),
    context: words("Kontext", "Nennt die Bitte, auf die dieses Zertifikat antwortet."),
    certificates_length: words("Länge der Kette", "So viele Oktette Zertifikate folgen, das des Servers zuerst."),
    length: words("Länge des Zertifikats", "So viele Oktette hat das nächste Zertifikat."),
    header: words(
        "Anfang des Zertifikats",
        "Ein Zertifikat besteht aus Kisten in Kisten (DER). Jede beginnt mit Art und Länge. In der äußeren liegen das \
         Unterschriebene und die Signatur, in der inneren das Unterschriebene.",
    ),
    version: words("Version des Zertifikats", "2 steht für X.509 Version 3, denn gezählt wird ab 0."),
    serial: words(
        "Seriennummer",
        "Die Zertifizierungsstelle gibt jedem Zertifikat eine andere. Mit ihr kann ein Zertifikat widerrufen werden.",
    ),
    algorithm: words(
        "Signaturverfahren",
        "Womit die Zertifizierungsstelle unterschrieben hat. Es steht zweimal da: im Unterschriebenen und neben der Signatur.",
    ),
    issuer: words(
        "Aussteller",
        "Die Zertifizierungsstelle, die für den Server bürgt. Der Client kennt sie schon und vertraut ihr, oder er lehnt ab.",
    ),
    validity: words(
        "Gültig ab, gültig bis",
        "Davor und danach lehnt der Client das Zertifikat ab. Es gilt seine eigene Uhr.",
    ),
    subject: words(
        "Inhaber",
        "Für wen das Zertifikat ist. Den Namen suchen Clients heute nicht mehr hier, sondern in den alternativen Namen.",
    ),
    key: words(
        "Öffentlicher Schlüssel des Servers",
        "Darum geht es im Zertifikat: Es bindet diesen Schlüssel an den Namen. Der private Schlüssel, der dazugehört, verlässt \
         den Server nie.",
    ),
    extensions_header: words("Anfang der Erweiterungen", "Zwei Kisten um die Erweiterungen des Zertifikats."),
    alternative_names: words(
        "Erweiterung: alternative Namen",
        "Die Namen, für die das Zertifikat gilt. Hier sucht der Client den Namen, zu dem er wollte.",
    ),
    key_usage: words("Erweiterung: Verwendung des Schlüssels", "Wofür der Schlüssel da ist: hier für Signaturen."),
    extended_key_usage: words(
        "Erweiterung: erweiterte Verwendung",
        "Für welche Rolle das Zertifikat gilt: hier als Server. Mails unterschreiben kann damit niemand.",
    ),
    extension: words(
        "Erweiterung des Zertifikats",
        "Mehr über das Zertifikat. Was ein Client kennen muss, ist als kritisch gekennzeichnet.",
    ),
    signature: words(
        "Signatur der Zertifizierungsstelle",
        "Mit dem privaten Schlüssel der Stelle über alles Unterschriebene gemacht. Der Client prüft sie mit dem öffentlichen \
         Schlüssel der Stelle. Wer einen Buchstaben ändert, zerstört sie.",
    ),
    verify_scheme: words(
        "Signaturverfahren: {}",
        "Womit der Server unterschreibt. Es muss eines von denen sein, die der Client angeboten hat.",
    ),
    verify_length: words("Länge der Signatur", "So viele Oktette Signatur folgen."),
    verify_signature: words(
        "Signatur des Servers",
        "Über den ganzen bisherigen Handshake, mit dem privaten Schlüssel, der zum Zertifikat gehört. Wer das Zertifikat nur \
         kopiert hat, kann sie nicht machen.",
    ),
    client_finished: words(
        "Prüfsumme des Clients",
        "Mit einem Geheimnis, das nur die beiden haben, über alles, was gesagt wurde, samt Zertifikat. Danach darf der Client \
         sein Passwort schicken.",
    ),
    server_finished: words(
        "Prüfsumme des Servers",
        "Mit einem Geheimnis, das nur die beiden haben, über alles, was gesagt wurde. Sie beweist, dass unterwegs niemand die \
         Hellos verändert hat.",
    ),
};
