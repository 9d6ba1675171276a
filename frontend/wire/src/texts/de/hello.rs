//! German: messages of the handshake, and the two hellos.

use super::super::{HelloTexts, words};

pub(super) const TEXTS: HelloTexts = HelloTexts {
    client_hello: words(
        "Nachricht: {}",
        "Der Client spricht zuerst: welche Versionen und Verfahren er kennt, zu welchem Server er will, und seine Hälfte des \
         Schlüsselaustauschs. Das alles kann jeder lesen.",
    ),
    server_hello: words(
        "Nachricht: {}",
        "Der Server wählt ein Verfahren und gibt seine Hälfte des Schlüsselaustauschs dazu. Ab hier können beide die Schlüssel \
         ausrechnen, und alles, was sie noch zu sagen haben, ist verschlüsselt.",
    ),
    new_session_ticket: words(
        "Nachricht: {}",
        "Ein Geschenk für das nächste Mal: Mit diesem Ticket kann der Client wiederkommen, ohne dass noch einmal Zertifikate \
         gezeigt werden. Es kommt nach dem Handshake.",
    ),
    encrypted_extensions: words(
        "Nachricht: {}",
        "Die Antworten des Servers auf Erweiterungen, die der Schlüsselaustausch nicht braucht. Sie sind verschlüsselt wie alles \
         ab jetzt.",
    ),
    certificate: words(
        "Nachricht: {}",
        "Der Server zeigt, wer er ist. Das ist verschlüsselt, damit ein Lauscher das Zertifikat nicht sieht.",
    ),
    certificate_verify: words(
        "Nachricht: {}",
        "Ein Zertifikat kann jeder kopieren. Hier beweist der Server, dass er den Schlüssel hat, der dazugehört.",
    ),
    finished: words(
        "Nachricht: {}",
        "Eine Prüfsumme über das ganze bisherige Gespräch. Hätte unterwegs jemand auch nur ein Oktett verändert, würden es \
         die beiden jetzt merken.",
    ),
    message_other: words("Nachricht: {}", "Eine Nachricht des Handshakes, die in dieser Aufzeichnung nicht vorkommt."),
    message_length: words("Länge der Nachricht", "So viele Oktette gehören zu dieser Nachricht des Handshakes."),
    legacy_version: words(
        "Altes Versionsfeld",
        "Hier steht immer TLS 1.2. Alte Server kamen mit einer größeren Zahl nicht zurecht, darum steht die wahre Version in \
         der Erweiterung supported_versions.",
    ),
    client_random: words(
        "Zufall des Clients",
        "32 zufällige Oktette, neu für jede Verbindung. Sie sorgen dafür, dass niemand eine alte Aufnahme noch einmal \
         abspielen kann.",
    ),
    server_random: words(
        "Zufall des Servers",
        "32 zufällige Oktette. Könnte der Server TLS 1.3 und spricht trotzdem eine ältere Version, so verraten es die letzten \
         acht. Wer die beiden dazu überredet hat, fällt damit auf.",
    ),
    session_id_length: words("Länge der Session-ID", "So viele Oktette Session-ID folgen, höchstens 32."),
    client_session_id: words(
        "Session-ID",
        "TLS 1.3 braucht keine. Der Client schickt zufällige Oktette, damit die Verbindung für Geräte unterwegs aussieht wie \
         eine alte.",
    ),
    server_session_id: words(
        "Session-ID, zurückgeschickt",
        "Der Server wiederholt, was der Client geschickt hat. Auch das ist nur für das Aussehen.",
    ),
    suites_length: words("Länge der Liste der Verfahren", "Jedes Verfahren (Cipher Suite) braucht zwei Oktette."),
    suite_signal: words(
        "Verfahren: {}",
        "Gar kein Verfahren, sondern ein Zeichen für TLS 1.2: Der Client kennt die sichere Form der Neuverhandlung.",
    ),
    suite_of_1_3: words(
        "Verfahren: {}",
        "Ein Verfahren von TLS 1.3, das der Client anbietet: eine Verschlüsselung mit Echtheitsnachweis und ein Hash, aus dem \
         Schlüssel abgeleitet werden. Das erste ist ihm das liebste.",
    ),
    suite_of_1_2: words(
        "Verfahren: {}",
        "Ein Verfahren von TLS 1.2, angeboten für den Fall, dass der Server nichts Neueres kennt. In TLS 1.3 nützt es nichts.",
    ),
    suite_chosen: words(
        "Gewähltes Verfahren: {}",
        "Von allem, was der Client angeboten hat, nimmt der Server dieses. Der Name sagt, womit verschlüsselt wird.",
    ),
    compressions_length: words(
        "Länge der Liste der Komprimierungen",
        "Ein Oktett für jede Komprimierung: Hier ist es eine.",
    ),
    compression: words(
        "Keine Komprimierung",
        "Immer null. Erst zu komprimieren und dann zu verschlüsseln, verriet Geheimnisse durch die Länge des Ergebnisses (der \
         Angriff CRIME), darum kann TLS 1.3 es nicht.",
    ),
};
