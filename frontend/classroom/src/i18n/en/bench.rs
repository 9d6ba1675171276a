//! English: the workbench's tools and drawings.

use popglass_lessons::format::AttackerSetup;
use popglass_protocol::tunnel::TlsEnds;
use popglass_wire::hops::{Place, Readable};

use crate::i18n::{BenchTexts, PostTexts, ToolTexts, WayTexts};

pub(super) const BENCH: BenchTexts = BenchTexts { tools: TOOLS, ways: WAYS, post: POST };

const TOOLS: ToolTexts = ToolTexts {
    heading: "Tools",
    side: "Lines of",
    sides: ["client and server", "the client", "the server"],
    form: "shown as",
    forms: ["text", "octets"],
    copy: "Copy what is shown",
    copied: "Copied.",
    not_copied: "The browser did not let it be copied.",
    save_text: "Save as text",
    save_packets: "Save for Wireshark",
    save_lead: "What is saved is everything that was said here, with its time by the lesson’s clock. Passwords stay masked.",
};

const WAYS: WayTexts = WayTexts {
    heading: "Who reads what",
    connection: |by, session| format!("Connection {session}, of {by}"),
    end: |name, is_device| if is_device { format!("Device {name}") } else { format!("Terminal {name}") },
    attacker: |attacker| match attacker {
        AttackerSetup::Listens => "Somebody on the wire, who listens",
        AttackerSetup::StripsStls => "Somebody on the wire, who takes STLS out",
        AttackerSetup::InjectsAfterStls => "Somebody on the wire, who slips lines in",
        AttackerSetup::FalseCertificate => "Somebody on the wire, with a certificate of their own",
    },
    reads,
    protection: |tls| match tls {
        TlsEnds::Nowhere => "in the clear",
        TlsEnds::PageStls => "in the clear at first, then TLS",
        TlsEnds::Bridge | TlsEnds::Page => "TLS",
    },
    recorded: "Who read what of this session",
    program: "The program",
    server: "the mail server",
    three: "And in the mail client?",
    three_lead: "A web page cannot call a mail server by itself: a bridge carries the octets for it. Who reads along is decided by where TLS ends. In these pictures the page reaches the bridge over HTTPS.",
    way: |tls| match tls {
        TlsEnds::Nowhere => "Without TLS to the mail server",
        TlsEnds::Bridge => "TLS ends in the bridge",
        TlsEnds::Page | TlsEnds::PageStls => "TLS ends in the page",
    },
    place: |place| match place {
        Place::Page => "The page, in your browser",
        Place::WifiListener => "Somebody between page and bridge",
        Place::Bridge => "The bridge, and who runs it",
        Place::NetworkBehind => "Somebody between bridge and server",
        Place::Server => "The mail server, and who runs it",
    },
    to_bridge: |tls| if tls.in_page() { "TLS, within HTTPS" } else { "HTTPS" },
};

fn reads(readable: Readable) -> String {
    if readable == (Readable { password: true, mail: true, before_tls: true, server_name: true, sizes_and_times: true })
    {
        return "reads everything: commands, password, mail".into();
    }
    let parts = [
        (readable.password, "the password"),
        (readable.mail, "the mail"),
        (readable.before_tls, "the lines before TLS"),
        (readable.server_name, "the server’s name"),
        (readable.sizes_and_times, "how many octets go which way, and when"),
    ];
    let read: Vec<&str> = parts.into_iter().filter_map(|(is_read, part)| is_read.then_some(part)).collect();
    match read.as_slice() {
        [] => "nobody is there".into(),
        read => format!("reads no password and no mail; sees {}", read.join("; ")),
    }
}

const POST: PostTexts = PostTexts {
    heading: "The way of the letter",
    expected: "This is the way that a letter would go",
    route: |recipient| format!("The letter to {recipient}"),
    terminal: |name| format!("Terminal {name}"),
    server: |name| format!("Server {name}"),
    mailbox: |user| format!("Mailbox of {user}"),
    reader: |name| format!("At {name}"),
    written: "it is written here",
    left: "it was written here",
    ahead: "it has not come so far",
    passed_on: "took it, and passed it on",
    delivered: "took it, and put it into the mailbox",
    refused: |reply| format!("refused it: {reply}"),
    lies: "it lies here",
    deleted: "it lay here, and was deleted",
    fetched: "a copy was fetched to here",
    by_smtp: "SMTP",
    into_mailbox: "on its disk",
    by_pop3: "POP3",
};
