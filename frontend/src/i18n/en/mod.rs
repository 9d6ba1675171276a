//! English.

mod ends;
mod explain;
mod mail;
mod rules;
mod security;
mod sign_in;

use popglass_session::event::{Phase, Progress};

use super::{
    Language::En,
    list_of_numbers,
    texts::{ConnectTexts, HelpTexts, ShellTexts, Texts, TranscriptTexts, WhatIsTexts},
};
use crate::app::ToastNews;

pub(super) const TEXTS: Texts = Texts {
    shell: SHELL,
    connect: CONNECT,
    sign_in: sign_in::SIGN_IN,
    security: security::SECURITY,
    what_is: WHAT_IS,
    mailbox: mail::MAILBOX,
    reader: mail::READER,
    ended: ends::ENDED,
    transcript: TRANSCRIPT,
    help: HELP,
};

const SHELL: ShellTexts = ShellTexts {
    skip_to_content: "Skip to the content",
    language: "Language",
    theme: "Colours",
    themes: ["System", "Light", "Dark"],
    show_shortcuts: "Keyboard shortcuts",
    outdated: "A new version of this page is out. Reload before you go on.",
    reload: "Reload the page",
    learn: "Learn POP3",
    dismiss: "Dismiss",
    undo: "Undo",
    cancel: "Cancel",
    cancelling: "Stopping …",
    progress_label: "Transfer",
    progress,
    toast,
};

fn progress(progress: &Progress) -> String {
    match progress {
        Progress::Headers { done, total } => format!("Fetching senders and subjects: {done} of {total}"),
        Progress::Message { number, octets, octets_expected } => {
            format!("Fetching message {number}: {} of {}", En.octets(*octets), En.octets(*octets_expected))
        }
        Progress::Stopping => "Stopping: POP3 cannot be interrupted, so the rest is read and dropped.".to_owned(),
    }
}

fn toast(news: &ToastNews) -> String {
    match news {
        ToastNews::Marked(numbers) if numbers.len() == 1 => {
            format!("Message {} is marked. It is deleted when you finish.", list_of_numbers(numbers))
        }
        ToastNews::Marked(numbers) => {
            format!("Messages {} are marked. They are deleted when you finish.", list_of_numbers(numbers))
        }
        ToastNews::Unmarked(numbers) if numbers.len() == 1 => {
            format!("Message {} stays on the server.", list_of_numbers(numbers))
        }
        ToastNews::Unmarked(numbers) => format!("Messages {} stay on the server.", list_of_numbers(numbers)),
        ToastNews::Refused(refusal) => {
            format!("The server refused {}: {}", refusal.command.keyword(), refusal.text)
        }
        ToastNews::AttachmentFailed => {
            "This attachment could not be unpacked. Save the whole message instead.".to_owned()
        }
        ToastNews::TrustNotKept => {
            "There is no room to remember that certificate. It counts until you close this page.".to_owned()
        }
    }
}

const CONNECT: ConnectTexts = ConnectTexts {
    heading: "Read your mail, and see how it travels",
    lead: "Popglass fetches mail over POP3 and shows you every line that it and the server say to each other.",
    sandbox_heading: "Just looking?",
    sandbox_text: "A practice mailbox comes with this page. It needs no account and no mail server, and you cannot break anything.",
    sandbox_button: "Try it without a server",
    form_heading: "Your mailbox",
    server: "Server",
    port: "Port",
    security: "Encryption",
    security_name: security::name,
    security_explanation: security::explanation,
    user: "User name",
    password: "Password",
    show_password: "Show password",
    remembers: "This browser remembers everything but the password.",
    submit: "Connect",
    by_hand: "Type POP3 yourself",
    by_hand_heading: |name| format!("You speak POP3 with {name}"),
    demo_login: "Fill in the demo login",
    demo_explanation: "This bridge runs a demo mail server.",
    bridge_asking: "Looking for the bridge …",
    bridge_unreachable: "The bridge does not answer.",
    bridge_unreachable_advice: "Browsers cannot speak to mail servers by themselves, so without the bridge real mailboxes are out of reach. The practice mailbox works all the same.",
    page_refused_perhaps: |origin| {
        format!("Or it does not allow this page: whoever runs the bridge has to allow {origin} there.")
    },
    bridge: "Bridge",
    bridge_other: "Another bridge",
    bridge_hint: "Such as bridge.example or wss://bridge.example/tunnel",
    bridge_use: "Use",
    bridge_unnamed: "Name a bridge to reach your mail server.",
    bridge_fault: security::bridge_fault,
    bridge_offers_nothing: "The bridge is there, but allows no mail server.",
    bridge_offers_nothing_advice: "Whoever runs it decides which servers it may reach. The practice mailbox works all the same.",
    retry: "Try again",
    server_said: "The server said:",
    sandbox_name: "the practice mailbox",
    connecting_to: |name| format!("Connecting to {name}"),
    phase,
    trouble: ends::trouble,
};

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Connecting => "Reaching the server …",
        Phase::Securing => "Agreeing on TLS with the server …",
        Phase::Greeting => "Waiting for the server’s greeting …",
        Phase::ByHand => "The server has greeted. Now it is your turn.",
        Phase::LoggingIn => "Logging in …",
        Phase::Listing => "Asking what is in the mailbox …",
        Phase::Open => "The mailbox is open.",
        Phase::Finishing => "Finishing …",
    }
}

const WHAT_IS: WhatIsTexts = WhatIsTexts {
    heading: "What is POP3?",
    facts: &[
        (
            "What it is for",
            "POP3, the Post Office Protocol, fetches mail from the server where it waits for you. It can do four things: log in, list what is there, download, delete.",
        ),
        (
            "How it sounds",
            "Its commands are readable ASCII: USER, PASS, LIST, RETR, DELE, QUIT. The server answers +OK or -ERR. You can read all of it in the transcript.",
        ),
        (
            "One mailbox, two devices",
            "What one device deletes is gone for the other. What is left on the server looks new to the other device, since POP3 keeps nothing in step between them.",
        ),
        (
            "When deleting happens",
            "DELE only marks a message. The server deletes at QUIT; if the connection breaks before, everything stays.",
        ),
        (
            "Who can read along",
            "POP3 itself sends user name and password in the clear. Only TLS around it keeps others out.",
        ),
        (
            "What else there is",
            "SMTP sends mail; POP3 only fetches it. IMAP does more than POP3: folders, read marks, push and search, all kept on the server.",
        ),
    ],
};

const TRANSCRIPT: TranscriptTexts = TranscriptTexts {
    heading: "Transcript",
    lead: "Every line between client and server. Passwords are masked.",
    show: "Show transcript",
    hide: "Hide transcript",
    console: "Console",
    console_failed: "The console could not be loaded, or broke down.",
    empty: "Nothing has been said yet. As soon as you connect, the conversation appears here, line by line, with an explanation of each.",
    lines: |count| if count == 1 { "1 line".to_owned() } else { format!("{} lines", En.count(count as u64)) },
    to_newest: "To the newest line",
    client: "Client",
    server: "Server",
    note: "Connection",
    folded: |lines| format!("… {} more lines …", En.count(lines)),
    explain: explain::meaning,
    note_text: explain::note,
    deviation: "Against the rules",
    refusal: ends::refusal,
    rule: rules::rule,
};

const HELP: HelpTexts = HelpTexts {
    heading: "Keyboard shortcuts",
    keys: &[
        ("j · k", "Next, previous message"),
        ("↑ · ↓", "Move through the list, once it has the focus"),
        ("Enter · o", "Read the message"),
        ("# · Delete", "Mark for deletion"),
        ("u", "Take the mark back"),
        ("Esc", "Back to the list"),
        ("t", "Show or hide the transcript"),
        ("?", "Show this sheet"),
    ],
    letters_on: "Single-letter shortcuts",
    close: "Close",
};
