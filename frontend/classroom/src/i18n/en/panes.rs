//! English: the parts of a lesson's screen.

use popglass_lessons::{Fetch, FetchFailure, Note};

use super::lesson::MOVES;
use crate::i18n::texts::PaneTexts;

pub(super) const PANES: PaneTexts = PaneTexts {
    workbench: "Workbench",
    terminal: |name, server| format!("Terminal {name} to {server}"),
    door: "Door",
    connect: "Connect",
    hang_up: "Hang up",
    standing: |connected, protected| match (connected, protected) {
        (false, _) => "not connected",
        (true, false) => "connected, in the clear",
        (true, true) => "connected, protected by TLS",
    },
    input: |name| format!("Line for terminal {name}"),
    send: "Send",
    input_hint: "Enter sends the line, the arrow keys bring back earlier ones.",
    nothing_said: "Nobody has said anything yet. Connect, then the server says hello.",
    client: "Client",
    server: "Server",
    note: "Connection",
    commands: "Fits here:",
    undo_is: "To take it back:",
    announced_lines: |first, lines| match lines {
        0 => format!("Server: {first}."),
        1 => format!("Server: {first}; one more line."),
        _ => format!("Server: {first}; {lines} more lines."),
    },
    maildrops: "On the server",
    maildrop: |user| format!("Maildrop of {user}"),
    maildrop_empty: "Empty.",
    number: "No.",
    subject: "Subject",
    size: "Octets",
    unique_id: "Unique-id",
    marked: "marked for deletion",
    marks: "Mark",
    locked_by: |who| format!("Locked by {who}"),
    not_locked: "Not locked",
    devices: "Devices",
    device: |name| format!("Device {name}"),
    fetch: "Fetch mail",
    fetch_cut: |ordinal| format!("Fetch mail, and the line breaks in message {ordinal}"),
    leave: "On the server",
    days: "Days",
    security: "Encryption",
    held: "Stored on this device",
    held_none: "Nothing yet.",
    read: "Read",
    unread: "new",
    is_read: "read",
    read_message: |subject| format!("Read “{subject}”"),
    last_said: "Last:",
    what_was_said: "What was said",
    time: "Time",
    day: |day| format!("Day {day}"),
    days_go_by: |days| if days == 1 { "A day goes by".into() } else { format!("{days} days go by") },
    arrive: "A new message arrives",
    wire: "The wire",
    wire_lead: "This is what somebody between you and the server can read.",
    wire_nothing: "Nothing has crossed the wire yet.",
    wire_sealed: |octets| if octets == 1 { "1 sealed octet".into() } else { format!("{octets} sealed octets") },
    wire_hello: |octets| format!("a greeting of TLS, {octets} octets: here the server’s name can be read"),
    wire_alert: "an alert of TLS: something was refused",
    wire_change: "an octet without meaning, for old devices on the way",
    wire_unreadable: "octets that make no sense",
    wire_of: |by, session| format!("Connection {session}, of {by}"),
    wire_name: |name| format!("Can be read: the server’s name, {name}"),
    wire_sum: |octets| format!("Cannot be read: {octets} octets, sealed by TLS"),
    connection,
    fetched,
    tokens_hint: "Point at a line, or go through the lines with the arrow keys: then every piece of it is explained here.",
    cut: "… it goes on; only the beginning is shown.",
    state: "Where the session stands",
    reader: "Messages that were fetched",
    reader_lead: "As a mail program would show them.",
    reader_nothing: "No message was fetched yet.",
    handshake: "A TLS handshake, octet by octet",
    handshake_lead: "This session was recorded once, with its keys. What is marked as decrypted nobody can read without a key.",
    handshake_capture: "Save as a capture for Wireshark",
    handshake_keys: "Save the keys alone",
    handshake_record: |number, octets| format!("Record {number}, {octets} octets"),
    handshake_inside: "Decrypted",
    relay: |from, to| format!("From {from} to {to}"),
    relays: "From server to server",
};

fn connection(note: &Note) -> String {
    match note {
        Note::Connected(door) => format!("Connected: {}", (MOVES.door)(*door)),
        Note::HungUp => "You hung up, without QUIT".into(),
        Note::Ended => "The server ended the connection".into(),
        Note::Refused => "Your side ended the connection: something was wrong".into(),
        Note::Protected { .. } => "From here on TLS protects the connection".into(),
    }
}

fn fetched(fetch: &Fetch) -> String {
    let list =
        |subjects: &[String]| subjects.iter().map(|subject| format!("“{subject}”")).collect::<Vec<_>>().join(", ");
    let mut said = Vec::new();
    match fetch.new.len() {
        0 => said.push("Nothing new.".to_owned()),
        count => said.push(format!("New ({count}): {}.", list(&fetch.new))),
    }
    if !fetch.deleted.is_empty() {
        said.push(format!("Deleted on the server ({}): {}.", fetch.deleted.len(), list(&fetch.deleted)));
    }
    said.extend(fetch.failure.as_ref().map(|failure| match failure {
        FetchFailure::Refused(words) => format!("The server refused: {words}"),
        FetchFailure::NoTls => "TLS was wanted, and the server offers none. Nothing secret was sent.".into(),
        FetchFailure::TlsRefused(_) => "The certificate was not good, so nothing secret was sent.".into(),
        FetchFailure::Injected => "Words came that nobody had asked for, so the device hung up.".into(),
        FetchFailure::Broken => "The line broke.".into(),
    }));
    said.join(" ")
}
