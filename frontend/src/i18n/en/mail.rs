//! English: the mailbox and the reader.

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::event::{Doubt, Reconciled};

use crate::{
    app::{RouteTaken, SOURCE_OCTETS_MAX, SourceOnly, Tab, view::HopsVm},
    i18n::{
        Language::En,
        list_of_numbers,
        texts::{MailboxTexts, ReaderTexts},
    },
};

pub(super) const MAILBOX: MailboxTexts = MailboxTexts {
    heading: "Mailbox",
    count: |count, octets| match count {
        0 => "No messages".to_owned(),
        1 => format!("1 message, {}", En.octets(octets)),
        _ => format!("{} messages, {}", En.count(count as u64), En.octets(octets)),
    },
    empty: "This mailbox is empty.",
    empty_advice: "Nothing waits for you. Mail that arrives now shows up after the next login: a POP3 session sees the mailbox as it was at the start.",
    column_from: "From",
    column_subject: "Subject",
    column_date: "Date",
    column_size: "Size",
    column_actions: "Delete",
    no_sender: "(no sender)",
    no_subject: "(no subject)",
    message_number: |number| format!("Message {number}"),
    header_awaited: "on its way …",
    header_refused: "(the server shows no headers in advance)",
    header_unreadable: "(unreadable header)",
    header_stopped: "(not fetched)",
    headers_fetch: "Fetch senders and subjects",
    attachments_likely: "probably has attachments",
    unread_here: "not read in this session",
    mark: |number| format!("Mark message {number} for deletion"),
    unmark: |number| format!("Keep message {number}"),
    marked: "Will be deleted at QUIT",
    previous_page: "Newer messages",
    next_page: "Older messages",
    page_status: |page, pages| format!("Page {page} of {pages}"),
    pending: |count| match count {
        1 => "1 message is marked.".to_owned(),
        _ => format!("{} messages are marked.", En.count(count as u64)),
    },
    pending_explanation: "The server deletes when you finish (QUIT). Until then, undoing really undoes.",
    finish_and_delete: "Finish and delete",
    finish: "Finish",
    finishing: "Finishing …",
    undo_all: "Undo all",
    disconnect: "Leave without deleting",
    disconnect_explanation: "Hangs up without QUIT: the server forgets all marks.",
    connection: "How this connection is protected",
    route: |hops| match &hops.route {
        RouteTaken::Sandbox => "Practice mailbox in this page".to_owned(),
        RouteTaken::Bridge { target, tls } => match tls {
            TlsEnds::Page | TlsEnds::PageStls | TlsEnds::Bridge => format!("{target}, encrypted"),
            TlsEnds::Nowhere => format!("{target}, not encrypted"),
        },
    },
    hops,
    reconciled_heading: "From an earlier session",
    reconciled,
    mark_again: "Mark again",
    leave_them: "Leave on the server",
};

fn hops(hops: &HopsVm) -> Vec<String> {
    let mut lines = Vec::new();
    if hops.route == RouteTaken::Sandbox {
        lines.push("The mail server runs in this page’s memory. Nothing leaves your computer.".to_owned());
    }
    if let Some(secured) = &hops.secured {
        let tls = &secured.summary;
        lines.push(format!("{}, {}. {}", tls.version, tls.suite, (super::security::SECURITY.vouched)(secured.vouched)));
        if secured.resumed {
            lines
                .push("Resumed from an earlier connection of this page, where the certificate was checked.".to_owned());
        }
    }
    lines.extend(hops.method.map(super::sign_in::SIGN_IN.signed_in));
    lines
}

fn reconciled(told: &Reconciled) -> Vec<String> {
    let mut lines = Vec::new();
    match told.deleted {
        0 => {}
        1 => lines.push("1 message that you had marked is deleted.".to_owned()),
        count => lines.push(format!("{} messages that you had marked are deleted.", En.count(count as u64))),
    }
    match told.remaining.len() {
        0 => {}
        1 => lines.push(format!(
            "1 message that you had marked is still on the server (number {}).",
            list_of_numbers(&told.remaining)
        )),
        count => lines.push(format!(
            "{} messages that you had marked are still on the server (numbers {}).",
            En.count(count as u64),
            list_of_numbers(&told.remaining)
        )),
    }
    lines.extend(told.doubtful.iter().map(|doubtful| {
        let numbers = list_of_numbers(&doubtful.numbers);
        let why = match doubtful.why {
            Doubt::SharedWithUnmarked => format!("messages {numbers} have the same unique-id, and not all were marked"),
            Doubt::CountChanged => format!("another number of messages has its unique-id now ({numbers})"),
            Doubt::SizeChanged => format!("message {numbers} has its unique-id, but another size"),
            Doubt::ListingIncomplete => "the server left unique-ids out this time".to_owned(),
        };
        format!("One marked message cannot be told for certain: {why}. It stays as it is.")
    }));
    match told.unrecognised {
        0 => {}
        1 => lines.push("1 marked message cannot be recognised, since it has no unique-id.".to_owned()),
        count => lines.push(format!(
            "{} marked messages cannot be recognised, since they have no unique-ids.",
            En.count(count as u64)
        )),
    }
    lines
}

pub(super) const READER: ReaderTexts = ReaderTexts {
    back: "Back to the list",
    previous: "Newer message",
    next: "Older message",
    delete: "Mark for deletion",
    undo: "Keep",
    save: "Save as .eml",
    from: "From",
    reply_to: "Reply to",
    to: "To",
    cc: "Copy to",
    date: "Date",
    no_date: "(no date)",
    size: "Size",
    loading: |octets| format!("Fetching the message, {} …", En.octets(octets)),
    cancelled: "You stopped this transfer. Nothing of the message was kept; on the server it is unchanged.",
    retrieve_again: "Fetch it again",
    refused: "The server did not hand out this message.",
    source_only,
    malformed: "This message breaks the rules of its format. What could be read is shown; the source shows all of it.",
    views: "Ways to look at this message",
    tab: |tab| match tab {
        Tab::Text => "Text",
        Tab::Html => "HTML",
        Tab::Header => "Header",
        Tab::Source => "Source",
    },
    no_text: "This message has no text.",
    html_title: "The message as HTML, without scripts",
    remote_blocked: |count| match count {
        1 => "1 reference to remote content was blocked.".to_owned(),
        _ => format!("{} references to remote content were blocked.", En.count(count as u64)),
    },
    remote_blocked_why: "Loading them would tell the sender that, when and where you read this.",
    source_loading: "Reading the source …",
    source_cut: "Only the first 256 KiB are shown. Save the message to see all of it.",
    header_name: "Field",
    header_value: "Value",
    attachments: |count| if count == 1 { "1 attachment".to_owned() } else { format!("{count} attachments") },
    attachment_inline: "shown in the text",
    download: |name| format!("Download {name}"),
    download_short: "Download",
};

fn source_only(why: SourceOnly) -> String {
    match why {
        SourceOnly::Unreadable => {
            "This cannot be read as a mail message. Here is its source, as the server sent it.".to_owned()
        }
        SourceOnly::WorkerDied => {
            "Reading this message crashed the reader. Nothing else is affected; here is its source.".to_owned()
        }
        SourceOnly::TooLarge { octets_max } => format!(
            "This message is larger than {}, too large to take apart here. Below is the beginning of its source; \
             save it to open it elsewhere.",
            En.octets(octets_max)
        ),
    }
}

/// The text of `source_cut` names this number.
const _: () = assert!(SOURCE_OCTETS_MAX == 256 * 1024);
