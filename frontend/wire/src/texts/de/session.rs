//! German: records, alerts, POP3 and tickets.

use super::super::{SessionTexts, words};

pub(super) const TEXTS: SessionTexts = SessionTexts {
    record_change_cipher_spec: words(
        "Art des Records: {}, Change Cipher Spec",
        "Ein Überbleibsel älterer Versionen. TLS 1.3 schickt es, damit alte Geräte unterwegs die Verbindung für eine halten, \
         die sie kennen.",
    ),
    record_alert: words(
        "Art des Records: {}, Alert",
        "Ein Alert sagt, dass die Verbindung endet, oder was schiefgegangen ist.",
    ),
    record_handshake: words(
        "Art des Records: {}, Handshake",
        "Der Record enthält Nachrichten des Handshakes, die noch nicht verschlüsselt sind. Unterwegs kann sie jeder lesen.",
    ),
    record_application_data: words(
        "Art des Records: {}, Anwendungsdaten",
        "Das sagt jeder verschlüsselte Record von sich, egal was darin ist. Was er wirklich ist, ist mitverschlüsselt.",
    ),
    record_other: words(
        "Art des Records: {}",
        "Eine solche Art kennt TLS nicht. Ein Client würde die Verbindung beenden.",
    ),
    record_version: words(
        "Version des Records",
        "Hier steht TLS 1.0 oder TLS 1.2, und es bedeutet nichts mehr: Niemand sieht es an. Die wahre Version wird in den \
         Hellos vereinbart.",
    ),
    record_length: words(
        "Länge des Records",
        "So viele Oktette folgen. Wer lauscht, kann das lesen und weiß damit, wie viel gesagt wurde.",
    ),
    ciphertext: words(
        "Verschlüsselter Inhalt",
        "Ohne den Schlüssel sieht das aus wie Zufall. Mit dem Schlüssel ist es, Oktett für Oktett, der Text daneben.",
    ),
    tag: words(
        "Echtheitsnachweis (Tag)",
        "Eine Prüfsumme, die nur bilden kann, wer den Schlüssel hat. Wurde unterwegs auch nur ein Bit des Records verändert, \
         passt sie nicht, und die Verbindung endet.",
    ),
    inner_alert: words(
        "Wahre Art: {}, Alert",
        "Das letzte Oktett im Inneren sagt, was der Record wirklich ist: hier ein Alert.",
    ),
    inner_handshake: words(
        "Wahre Art: {}, Handshake",
        "Das letzte Oktett im Inneren sagt, was der Record wirklich ist. Seit dem ServerHello ist auch der Handshake \
         verschlüsselt.",
    ),
    inner_application_data: words(
        "Wahre Art: {}, Anwendungsdaten",
        "Das letzte Oktett im Inneren sagt, was der Record wirklich ist: hier das, was die beiden Programme einander zu sagen \
         haben, also POP3.",
    ),
    inner_other: words("Wahre Art: {}", "Eine solche Art kennt TLS nicht. Ein Client würde die Verbindung beenden."),
    change_cipher_spec: words(
        "Immer 1",
        "In älteren Versionen hieß das: Ab hier verschlüssele ich. In TLS 1.3 heißt es nichts, und wer es empfängt, wirft es \
         weg.",
    ),
    alert_level: words(
        "Stufe: {}",
        "1 ist eine Warnung, 2 ein Abbruch (fatal). In TLS 1.3 zählt nur der Grund, der danach kommt.",
    ),
    alert_close: words(
        "Grund: {}, close_notify",
        "Der Abschied: Von dieser Seite kommt nichts mehr. Ohne ihn könnte niemand das Ende des Gesprächs von einem \
         durchgeschnittenen Kabel unterscheiden.",
    ),
    alert_other: words("Grund: {}", "Eine Nummer für das, was schiefging. Danach ist die Verbindung vorbei."),
    client_pop3: words(
        "POP3: was der Client sagt",
        "Endlich das, wofür das alles da ist. Wer lauscht, sieht weder den Befehl noch das Passwort, nur, wie viele \
         Oktette geschickt wurden.",
    ),
    server_pop3: words(
        "POP3: was der Server sagt",
        "Die Antwort des Servers, genau wie sie ohne TLS wäre. POP3 merkt nicht, dass es verschlüsselt wird.",
    ),
    ticket_lifetime: words(
        "Lebensdauer des Tickets",
        "So viele Sekunden lang gilt das Ticket. TLS erlaubt höchstens sieben Tage.",
    ),
    ticket_age_add: words(
        "Schleier für das Alter des Tickets",
        "Eine Zufallszahl, die der Client zum Alter des Tickets zählt, wenn er es vorzeigt. So können Lauscher nicht erkennen, \
         welche Verbindungen zusammengehören.",
    ),
    ticket_nonce_length: words("Länge der Nonce", "So viele Oktette Nonce folgen."),
    ticket_nonce: words(
        "Nonce des Tickets",
        "Bei jedem Ticket einer Verbindung anders, damit jedes für einen anderen Schlüssel steht.",
    ),
    ticket_length: words("Länge des Tickets", "So viele Oktette Ticket folgen."),
    ticket: words(
        "Ticket",
        "Der Client zeigt es vor, wenn er wiederkommt, und beide machen bei den alten Schlüsseln weiter. Was darin steht, geht \
         nur den Server etwas an.",
    ),
    unknown: words(
        "Unbekannt",
        "Für diese Oktette hat diese Aufzeichnung keinen Namen. Vielleicht verstoßen sie gegen die Regeln, vielleicht stammen \
         sie aus einer neueren Version von TLS.",
    ),
};
