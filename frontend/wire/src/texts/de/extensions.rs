//! German: extensions.

use super::super::{ExtensionTexts, words};

pub(super) const TEXTS: ExtensionTexts = ExtensionTexts {
    all_length: words(
        "Länge aller Erweiterungen",
        "So viele Oktette Erweiterungen folgen; 0 heißt, dass es keine gibt.",
    ),
    kind_server_name: words(
        "Erweiterung: {}",
        "Zu welchem Server der Client will, mit Namen. Ein Rechner kann viele Namen bedienen und muss wissen, welches Zertifikat \
         er zeigen soll. Der Name reist unverschlüsselt: Lauscher lesen ihn.",
    ),
    kind_status_request: words(
        "Erweiterung: {}",
        "Der Client hätte zum Zertifikat gern einen Beleg, dass es nicht widerrufen wurde (OCSP).",
    ),
    kind_groups: words(
        "Erweiterung: {}",
        "Die Arten von Mathematik, mit denen der Client Schlüssel austauschen kann, die liebste zuerst.",
    ),
    kind_point_formats: words(
        "Erweiterung: {}",
        "Wie Punkte auf einer Kurve geschrieben werden. Das ist nur für TLS 1.2 wichtig.",
    ),
    kind_schemes: words(
        "Erweiterung: {}",
        "Die Signaturen, die der Client prüfen kann, in Zertifikaten und in CertificateVerify.",
    ),
    kind_master_secret: words(
        "Erweiterung: {}",
        "Behebt eine Schwäche von TLS 1.2: Die Schlüssel hängen dann am ganzen Handshake. In TLS 1.3 ist das immer so.",
    ),
    kind_session_ticket: words(
        "Erweiterung: {}",
        "Der Client kann Tickets aufheben, wie TLS 1.2 sie kennt. TLS 1.3 hat Tickets anderer Art.",
    ),
    kind_versions: words(
        "Erweiterung: {}",
        "Hier wird die Version wirklich vereinbart: Der Client zählt auf, was er kann, der Server nennt, was er gewählt hat.",
    ),
    kind_psk_modes: words(
        "Erweiterung: {}",
        "Wie der Client mit einem Ticket wiederkommen würde. Ohne das soll ihm der Server keines geben.",
    ),
    kind_key_share: words(
        "Erweiterung: {}",
        "Eine Hälfte des Schlüsselaustauschs (Diffie–Hellman). Beide Hälften reisen unverschlüsselt, und doch kann ein Lauscher \
         daraus den Schlüssel nicht ausrechnen.",
    ),
    kind_other: words("Erweiterung: {}", "Eine Erweiterung, die in dieser Aufzeichnung nicht vorkommt."),
    length: words(
        "Länge der Erweiterung",
        "So viele Oktette gehören dazu; 0 heißt: Dass sie da ist, ist alles, was sie sagt.",
    ),
    body: words("Inhalt von {}", "Was die Erweiterung sagt."),
    server_names_length: words(
        "Länge der Liste der Namen",
        "So viele Oktette Namen folgen. In der Praxis ist es ein einziger.",
    ),
    server_name_type: words("Art des Namens", "0 ist der Name eines Rechners. Eine andere Art hat es nie gegeben."),
    server_name_length: words("Länge des Namens", "So viele Oktette hat der Name."),
    server_name: words(
        "Name des Servers",
        "Das Einzige, was unterwegs jeder in Klarschrift lesen kann. Das Zertifikat muss für diesen Namen gelten.",
    ),
    status_type: words(
        "Art des Belegs",
        "1 ist OCSP: eine kurze, signierte Auskunft der Zertifizierungsstelle über dieses Zertifikat.",
    ),
    responder_ids_length: words(
        "Länge der Liste der Auskunftgeber",
        "0: Der Client nennt niemanden; der Server weiß, wen er fragen kann.",
    ),
    status_extensions_length: words("Länge der Erweiterungen dieser Bitte", "0: Es gibt keine."),
    groups_length: words("Länge der Liste der Gruppen", "Jede Gruppe braucht zwei Oktette."),
    group: words("Gruppe: {}", "Eine Kurve oder andere Mathematik, mit der Schlüssel ausgetauscht werden können."),
    point_formats_length: words("Länge der Liste der Schreibweisen", "Jede braucht ein Oktett."),
    point_format: words(
        "Schreibweise: {}",
        "0 heißt unkomprimiert: Beide Koordinaten stehen da. Etwas anderes benutzt niemand mehr.",
    ),
    schemes_length: words("Länge der Liste der Signaturverfahren", "Jedes Verfahren braucht zwei Oktette."),
    scheme: words(
        "Signaturverfahren: {}",
        "Eine Art von Schlüssel und ein Hash, mit denen eine Signatur gemacht sein darf.",
    ),
    versions_length: words("Länge der Liste der Versionen", "Jede Version braucht zwei Oktette."),
    version: words("Version: {}", "Diese Version kann der Client."),
    version_chosen: words(
        "Gewählte Version: {}",
        "Diese Version hat der Server gewählt. Hier werden sich die beiden einig.",
    ),
    psk_modes_length: words("Länge der Liste der Arten", "Jede braucht ein Oktett."),
    psk_mode: words(
        "Art: {}",
        "1: ein Ticket zusammen mit einem neuen Schlüsselaustausch. So öffnet ein alter Schlüssel, der später gestohlen wird, die \
         neue Verbindung nicht.",
    ),
    key_shares_length: words("Länge aller Schlüsselhälften", "So viele Oktette Schlüsselhälften folgen."),
    key_share_group: words("Gruppe der Schlüsselhälfte: {}", "Die Mathematik, zu der diese Hälfte gehört."),
    key_share_length: words(
        "Länge der Schlüsselhälfte",
        "So viele Oktette hat diese Hälfte; bei x25519 sind es immer 32.",
    ),
    client_key_share: words(
        "Schlüsselhälfte des Clients",
        "Die öffentliche Hälfte des Clients, nur für diese Verbindung gemacht. Die geheime Hälfte verlässt den Client nie und \
         wird danach vergessen.",
    ),
    server_key_share: words(
        "Schlüsselhälfte des Servers",
        "Die öffentliche Hälfte des Servers. Aus der eigenen geheimen Hälfte und der öffentlichen der anderen Seite rechnen \
         beide dieselbe Zahl aus: Aus ihr kommen alle Schlüssel.",
    ),
};
