//! German: the words of mail, in the order of [`crate::glossary`].

use crate::glossary::COUNT;

pub(super) const GLOSSARY: &[(&str, &str); COUNT] = &[
    (
        "Adresse",
        "Wohin Post geht: ein Name, ein @ und eine Domain, etwa ada@mail.example. Die Domain sagt, welche Server die Post annehmen, der Name, in wessen Postfach sie kommt.",
    ),
    (
        "APOP",
        "Eine Anmeldung, die statt des Passworts einen Fingerabdruck aus Passwort und Stempel sendet. Ihr MD5 ist heute zu schwach: Mit etwas Geduld kann ein Server dazwischen Teile des Passworts herausfinden.",
    ),
    (
        "ASCII",
        "128 Zeichen als Zahlen von 0 bis 127: englische Buchstaben, Ziffern, Satzzeichen. Die Befehle von POP3 sind darin geschrieben; Umlaute kommen nicht vor.",
    ),
    (
        "Angreifer dazwischen",
        "Jemand unterwegs, der nicht nur mithört, sondern auch ändert, was gesendet wird. TLS mit geprüftem Zertifikat hält solche Leute fern.",
    ),
    (
        "Autologout",
        "Ein Server darf eine Sitzung beenden, in der eine Weile nichts gesagt wurde, frühestens nach zehn Minuten. Gelöscht wird dabei nichts.",
    ),
    (
        "Base64",
        "Schreibt beliebige Oktette als Buchstaben, Ziffern, + und /, drei Oktette in vier Zeichen. Es verbirgt nichts: Jeder kann es zurückrechnen.",
    ),
    (
        "Brücke",
        "Browser können keine TCP-Verbindungen öffnen. Die Brücke von Popglass trägt die Oktette zwischen Seite und Mailserver hin und her; endet TLS in der Seite, kann sie sie nicht lesen.",
    ),
    ("Fähigkeit", "Etwas, das ein Server über das hinaus kann, was jeder POP3-Server können muss. CAPA zählt sie auf."),
    (
        "Zertifikat",
        "Eine Urkunde, die sagt, welcher Schlüssel zu welchem Server gehört, unterschrieben von einer Zertifizierungsstelle, die dafür bürgt. Der Client prüft sie, bevor er der Verbindung traut.",
    ),
    (
        "Frage (Challenge)",
        "Was der Server bei einer Anmeldung wissen will, hinter einem + und in Base64. Die Antwort des Clients muss zeigen, dass er das Passwort kennt.",
    ),
    ("Client", "Das Programm, das die Verbindung öffnet und fragt: hier die Seite. Der Server antwortet."),
    (
        "Befehl",
        "Eine Zeile, mit der der Client um etwas bittet: ein Schlüsselwort aus drei oder vier Zeichen, dann seine Argumente.",
    ),
    (
        "CRLF",
        "Wagenrücklauf (CR) und Zeilenvorschub (LF), die Oktette 13 und 10: Zusammen beenden sie jede Zeile. Ihre Namen stammen von der Schreibmaschine.",
    ),
    (
        "Fingerabdruck",
        "Eine kurze Zahl, die sich aus beliebig vielen Daten berechnen lässt, für gleiche Daten immer gleich; auch Hashwert genannt. Zurückrechnen kann sie niemand, aber man kann Daten durchprobieren, bis sie passt.",
    ),
    (
        "Punktverdopplung",
        "Eine Zeile, die nur ein Punkt ist, beendet eine Antwort. Darum setzt der Absender vor jede Zeile, die mit einem Punkt beginnt, noch einen, und der Empfänger nimmt ihn weg (dot-stuffing).",
    ),
    (
        "Umschlag",
        "Was SMTP über eine Mail sagt, während sie reist: von wem, an wen. Es kann anders lauten als in den Kopfzeilen, und POP3 zeigt es nicht.",
    ),
    (
        "Erweiterung",
        "Was andere RFCs als RFC 1939 zu POP3 hinzufügen, etwa CAPA, STLS oder AUTH. Ein Server muss sie nicht haben, also fragen Clients vorher.",
    ),
    ("Begrüßung", "Die erste Zeile des Servers. Sie kommt, bevor der Client etwas gesagt hat."),
    (
        "Kopfzeilen",
        "Der Anfang einer Mail: Zeilen wie From, To, Subject und Date, bis zur ersten leeren Zeile. Danach kommt der Text. In die Kopfzeilen kann jeder schreiben, was er will.",
    ),
    (
        "IMAP",
        "Ein anderes Protokoll, um Post zu lesen. Sie bleibt auf dem Server, in Ordnern und mit Gelesen-Markierungen, sodass alle Geräte dasselbe sehen.",
    ),
    (
        "TLS von Anfang an",
        "TLS ab dem ersten Oktett, an einem eigenen Port: 995 für POP3. Das empfiehlt RFC 8314 (implicit TLS).",
    ),
    ("Klartext", "Ohne Verschlüsselung. Unterwegs können alle mitlesen, auch das Passwort."),
    (
        "Auf dem Server lassen",
        "Eine Einstellung von Mailprogrammen: abholen, aber nicht löschen. Nur so kann mehr als ein Gerät dieselbe Post mit POP3 holen.",
    ),
    (
        "Sperre",
        "Nach der Anmeldung gehört das Postfach dieser einen Sitzung. Wer sich währenddessen anmeldet, bekommt -ERR.",
    ),
    ("Punkt allein", "Eine Zeile, die nur ein Punkt ist. Sie beendet jede Antwort aus mehr als einer Zeile."),
    (
        "Postfach",
        "Der Ort auf dem Server, an dem die Post liegt, bis sie gelöscht wird; in RFC 1939 heißt er maildrop. Ordner hat er nicht.",
    ),
    (
        "Vormerken zum Löschen",
        "DELE merkt nur vor. Gelöscht wird, wenn QUIT beantwortet ist; RSET nimmt alle Vormerkungen zurück, und eine Sitzung, die ohne QUIT endet, auch.",
    ),
    (
        "Verfahren",
        "Eine Art, sich mit SASL anzumelden, etwa PLAIN oder SCRAM-SHA-256. Client und Server müssen es beide können.",
    ),
    (
        "Nummer der Nachricht",
        "Zu Beginn einer Sitzung werden die Nachrichten ab 1 gezählt und behalten ihre Nummer bis zum Ende. In der nächsten Sitzung kann dieselbe Nummer eine andere Nachricht meinen.",
    ),
    (
        "MIME",
        "Wie eine Mail mehr enthalten kann als einfachen englischen Text: andere Schriften, mehrere Teile, Anhänge.",
    ),
    (
        "mehrzeilige Antwort",
        "Eine Antwort aus mehr als einer Zeile, etwa auf LIST oder RETR. Ein Punkt allein beendet sie; -ERR ist immer eine einzige Zeile.",
    ),
    ("Oktett", "Acht Bit; heute meist Byte genannt. RFCs sagen Oktett, weil es einmal Bytes anderer Länge gab."),
    (
        "Pipelining",
        "Die nächsten Befehle senden, bevor die früheren beantwortet sind. Das spart Warten, und die Antworten kommen in derselben Reihenfolge.",
    ),
    (
        "POP3",
        "Post Office Protocol, Version 3: holt Post von einem Server ab. Es kann auflisten, holen und löschen, viel mehr nicht; darum ist es leicht zu lernen.",
    ),
    ("Port", "Eine Nummer, die die Dienste eines Rechners unterscheidet. POP3 hat Port 110, POP3 in TLS Port 995."),
    (
        "Antwortcode",
        "Ein Wort in eckigen Klammern hinter -ERR oder +OK, etwa [IN-USE]. Es ist für Programme; der Text dahinter ist für Menschen.",
    ),
    (
        "RFC",
        "Request for Comments: die Dokumente, in denen die Protokolle des Internets stehen. RFC 1939 beschreibt POP3; lesen darf sie jeder.",
    ),
    ("SASL", "Ein Rahmen für Anmeldungen, den viele Protokolle teilen. AUTH in POP3 benutzt ihn."),
    (
        "SCRAM",
        "Eine Anmeldung, bei der beide Seiten beweisen, dass sie das Passwort kennen, ohne es zu senden. Das Beste, was POP3 für Passwörter hat.",
    ),
    (
        "Server",
        "Das Programm, das auf Verbindungen wartet und antwortet. Ein Mailserver hebt die Post auf, bis der Client sie holt.",
    ),
    ("Sitzung", "Alles von der Begrüßung bis zu QUIT oder zum Ende der Verbindung. Vormerkungen gelten nur in ihr."),
    (
        "SMTP",
        "Simple Mail Transfer Protocol: bringt Post von Server zu Server, und von dir zu deinem ersten Server. POP3 holt nur ab, was SMTP gebracht hat.",
    ),
    (
        "Zustand",
        "Eine Sitzung kennt drei: AUTHORIZATION (wer bist du?), TRANSACTION (Arbeit mit der Post) und UPDATE (Löschen). Der Zustand sagt, welche Befehle erlaubt sind.",
    ),
    (
        "Statusanzeige",
        "+OK oder -ERR, das erste Wort jeder Antwort. Ob etwas geklappt hat, können Programme allein daran sehen.",
    ),
    ("STLS", "Der Befehl, der auf einer Verbindung im Klartext TLS startet. In anderen Protokollen heißt er STARTTLS."),
    (
        "TLS",
        "Transport Layer Security: verschlüsselt eine Verbindung, bemerkt Änderungen unterwegs und zeigt mit einem Zertifikat, wer der Server ist.",
    ),
    (
        "Kennung",
        "Der Name einer Nachricht, der in jeder Sitzung gleich bleibt. An ihm erkennt ein Programm, was es schon geholt hat (unique-id).",
    ),
    ("UTF-8", "Schreibt die Zeichen aller Schriften mit je einem bis vier Oktetten. ASCII bleibt dabei, wie es ist."),
];
