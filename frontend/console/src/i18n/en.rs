//! The console's texts, in English.

use popglass_explain::words::Verdict;
use popglass_session::event::{HeldLine, LineFault};

use crate::i18n::{Language::En, Texts};

pub(super) const TEXTS: Texts = Texts {
    login: |user, password| format!("Log in as {user} with the password {password}."),
    show_mailbox: "Show my mailbox",
    log: "What client and server say",
    log_hint: "Arrow keys go from line to line and explain each.",
    line: "Your line to the server",
    send: "Send",
    hint: "Type a command and press Enter. Tab completes, ↑ and ↓ bring earlier lines back.",
    no_session: "There is no session to type into. Connect first.",
    completions: "You can go on with",
    verdict,
    undo: "To take it back: ",
    not_sent,
    tools: "View and save",
    view: "Lines as",
    views: ["Text", "Hex"],
    sides: "Show",
    side_names: ["Both sides", "Client only", "Server only"],
    pace: "Pace",
    paces: ["At full speed", "Slow motion", "Step by step"],
    copy: "Copy",
    save_text: "Save as text",
    save_pcapng: "Save for Wireshark",
    copied: "The transcript is on the clipboard.",
    not_copied: "This browser does not let the page copy. Save the transcript as text instead.",
    held_from_client: "The client wants to say:",
    held_from_server: "The server has said:",
    held_more,
    held_none: "Lines pass one by one. None waits now.",
    next_line: "Next line",
    full_speed: "At full speed",
    explained: "Piece by piece",
    picture: "State picture",
    picture_words: "The picture in words",
};

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Nothing => "",
        Verdict::Works => "Allowed here.",
        Verdict::Depends => "The server decides.",
        Verdict::Refused => "Not here.",
        Verdict::Unknown => "Not a POP3 command.",
        Verdict::Response => "Your response.",
    }
}

fn not_sent(fault: LineFault) -> String {
    match fault {
        LineFault::TooLong { octets, octets_max } => {
            format!("Not sent: with its line end it has {} octets, and {} are allowed.", En.count(octets), octets_max)
        }
        LineFault::ControlCharacter => {
            "Not sent: it holds a character that would end the line early, or that POP3 forbids.".into()
        }
        LineFault::NoConnection => "Not sent: there is no connection any more.".into(),
        LineFault::NoTls => {
            "Not sent: this connection was opened without a place for TLS in the page. The server might agree to STLS, and then neither side could say anything. Choose STLS at the start instead.".into()
        }
        LineFault::TooMany => "Not sent: too many of your lines are waiting. Let some of them pass first.".into(),
    }
}

fn held_more(held: &HeldLine) -> String {
    let waiting = En.count(held.waiting as u64);
    match (held.rest_of_body, held.waiting) {
        (false, 0) => String::new(),
        (true, 0) => "The rest of the answer passes with it.".into(),
        (false, 1) => "1 more line waits.".into(),
        (true, 1) => "The rest of the answer passes with it; 1 more line waits.".into(),
        (false, _) => format!("{waiting} more lines wait."),
        (true, _) => format!("The rest of the answer passes with it; {waiting} more lines wait."),
    }
}
