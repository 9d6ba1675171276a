//! German: the workbench's tools and drawings.

use popglass_lessons::format::AttackerSetup;
use popglass_protocol::tunnel::TlsEnds;
use popglass_wire::hops::{Place, Readable};

use crate::i18n::{BenchTexts, PostTexts, ToolTexts, WayTexts};

pub(super) const BENCH: BenchTexts = BenchTexts { tools: TOOLS, ways: WAYS, post: POST };

const TOOLS: ToolTexts = ToolTexts {
    heading: "Werkzeuge",
    side: "Zeilen von",
    sides: ["Client und Server", "nur Client", "nur Server"],
    form: "gezeigt als",
    forms: ["Text", "Oktette"],
    copy: "Angezeigtes kopieren",
    copied: "Kopiert.",
    not_copied: "Der Browser hat das Kopieren nicht zugelassen.",
    save_text: "Als Text speichern",
    save_packets: "Für Wireshark speichern",
    save_lead: "Gespeichert wird alles, was hier gesagt wurde, mit der Zeit nach der Uhr der Lektion. Passwörter bleiben verdeckt.",
};

const WAYS: WayTexts = WayTexts {
    heading: "Wer was lesen kann",
    connection: |by, session| format!("Verbindung {session}, von {by}"),
    end: |name, is_device| if is_device { format!("Gerät {name}") } else { format!("Terminal {name}") },
    attacker: |attacker| match attacker {
        AttackerSetup::Listens => "Jemand auf der Leitung, der lauscht",
        AttackerSetup::StripsStls => "Jemand auf der Leitung, der STLS herausnimmt",
        AttackerSetup::InjectsAfterStls => "Jemand auf der Leitung, der Zeilen einschmuggelt",
        AttackerSetup::FalseCertificate => "Jemand auf der Leitung, mit eigenem Zertifikat",
    },
    reads,
    protection: |tls| match tls {
        TlsEnds::Nowhere => "im Klartext",
        TlsEnds::PageStls => "erst im Klartext, dann TLS",
        TlsEnds::Bridge | TlsEnds::Page => "TLS",
    },
    recorded: "Wer was von dieser Sitzung lesen konnte",
    program: "Das Programm",
    server: "der Mailserver",
    three: "Und im Mailprogramm?",
    three_lead: "Eine Webseite kann einen Mailserver nicht selbst anrufen: Eine Brücke trägt die Oktette für sie. Wer mitliest, hängt davon ab, wo TLS endet. In diesen Bildern erreicht die Seite die Brücke über HTTPS.",
    way: |tls| match tls {
        TlsEnds::Nowhere => "Ohne TLS zum Mailserver",
        TlsEnds::Bridge => "TLS endet in der Brücke",
        TlsEnds::Page | TlsEnds::PageStls => "TLS endet in der Seite",
    },
    place: |place| match place {
        Place::Page => "Die Seite, in deinem Browser",
        Place::WifiListener => "Jemand zwischen Seite und Brücke",
        Place::Bridge => "Die Brücke, und wer sie betreibt",
        Place::NetworkBehind => "Jemand zwischen Brücke und Server",
        Place::Server => "Der Mailserver, und wer ihn betreibt",
    },
    to_bridge: |tls| if tls.in_page() { "TLS, innerhalb von HTTPS" } else { "HTTPS" },
};

fn reads(readable: Readable) -> String {
    if readable == (Readable { password: true, mail: true, before_tls: true, server_name: true, sizes_and_times: true })
    {
        return "liest alles: Befehle, Passwort, Post".into();
    }
    let parts = [
        (readable.password, "das Passwort"),
        (readable.mail, "die Post"),
        (readable.before_tls, "die Zeilen vor TLS"),
        (readable.server_name, "den Namen des Servers"),
        (readable.sizes_and_times, "Menge, Zeit und Richtung der Oktette"),
    ];
    let read: Vec<&str> = parts.into_iter().filter_map(|(is_read, part)| is_read.then_some(part)).collect();
    match read.as_slice() {
        [] => "hier ist niemand".into(),
        read => format!("liest weder Passwort noch Post; sieht {}", read.join("; ")),
    }
}

const POST: PostTexts = PostTexts {
    heading: "Der Weg des Briefs",
    expected: "Diesen Weg würde ein Brief nehmen",
    route: |recipient| format!("Der Brief an {recipient}"),
    terminal: |name| format!("Terminal {name}"),
    server: |name| format!("Server {name}"),
    mailbox: |user| format!("Postfach von {user}"),
    reader: |name| format!("Bei {name}"),
    written: "hier wird er geschrieben",
    left: "hier wurde er geschrieben",
    ahead: "so weit ist er noch nicht",
    passed_on: "hat ihn angenommen und weitergegeben",
    delivered: "hat ihn angenommen und ins Postfach gelegt",
    refused: |reply| format!("hat ihn abgelehnt: {reply}"),
    lies: "hier liegt er",
    deleted: "hier lag er und wurde gelöscht",
    fetched: "hierher wurde eine Kopie geholt",
    by_smtp: "SMTP",
    into_mailbox: "auf seiner Platte",
    by_pop3: "POP3",
};
