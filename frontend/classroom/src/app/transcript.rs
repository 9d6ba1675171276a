//! A terminal's conversation as a file, and its lines as octets. What was said is the lessons' own; the files are written
//! by `popglass_explain`, which reads the session's words: so lines are put into those here.

use popglass_explain::{POP3_PORT, Talk, as_text, hex_dump, talks_as_pcapng, words::Language as ExplainLanguage};
use popglass_lessons::{Note, TerminalLine, TerminalView, TimedLine, format::Door};
use popglass_protocol::{
    state::State,
    transcript::{Direction, Line, Meaning},
    tunnel::TlsEnds,
};
use popglass_sandbox::smtp;
use popglass_session::event::{Entry, Item, Note as SessionNote};

/// Where SMTP is at home (RFC 5321 §4.5.4.2).
const SMTP_PORT: u16 = 25;
/// Where IMAP is at home (RFC 3501 §2.1).
const IMAP_PORT: u16 = 143;

/// Letters of a terminal's name that its files are named by; names come from teachers' files, too.
const NAME_CHARS_MAX: usize = 40;

/// What was said at a terminal, as text.
#[must_use]
pub(super) fn text(language: ExplainLanguage, terminal: &TerminalView<'_>) -> String {
    let entries: Vec<Entry> = talks(terminal).into_iter().flat_map(|talk| talk.entries).collect();
    as_text(language, &entries)
}

/// The same as packets: each connection to the port of its protocol. What TLS protected is there as it was said, so it
/// goes to the port where that is said in the clear.
#[must_use]
pub(super) fn packets(language: ExplainLanguage, terminal: &TerminalView<'_>) -> Vec<u8> {
    talks_as_pcapng(language, &talks(terminal))
}

/// What a file with a terminal's conversation is called.
#[must_use]
pub(super) fn file_name(lesson: u32, terminal: &str, ending: &str) -> String {
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let name: String = terminal.chars().filter(is_plain).take(NAME_CHARS_MAX).collect();
    let name = if name.is_empty() { "terminal" } else { &name };
    format!("popglass-lesson-{lesson}-{name}.{ending}")
}

/// The octets of a line as a table; nothing for what is no line of client or server, or of which no octets were kept.
pub(super) fn octets(line: &TerminalLine) -> Option<String> {
    let wire = match line {
        TerminalLine::Pop3(line) => &line.wire,
        TerminalLine::Smtp(line) => &line.wire,
        TerminalLine::Imap(line) => &line.wire,
        TerminalLine::Note(_) | TerminalLine::Refusal(_) | TerminalLine::Shown(_) => return None,
    };
    (!wire.is_empty()).then(|| hex_dump(wire))
}

/// Connection by connection.
fn talks(terminal: &TerminalView<'_>) -> Vec<Talk> {
    let mut talks: Vec<Talk> = Vec::new();
    let mut sequence = 0;
    for TimedLine { at_ms, line } in &terminal.lines {
        if let TerminalLine::Note(Note::Connected(door)) = line {
            talks.push(Talk { port: port(*door), entries: Vec::new() });
        }
        // The oldest lines may be gone, and the beginning of their connection with them.
        if talks.is_empty() {
            let port = terminal.doors.first().map_or(POP3_PORT, |door| port(*door));
            talks.push(Talk { port, entries: Vec::new() });
        }
        let talk = talks.last_mut().expect("one was just put there");
        for item in items(line) {
            sequence += 1;
            talk.entries.push(Entry { sequence, at_ms: *at_ms, item });
        }
    }
    talks
}

fn port(door: Door) -> u16 {
    match door {
        Door::Pop3 | Door::Pop3s => POP3_PORT,
        Door::Smtp => SMTP_PORT,
        Door::Imap => IMAP_PORT,
    }
}

fn items(line: &TerminalLine) -> Vec<Item> {
    match line {
        TerminalLine::Pop3(line) => vec![Item::Line(line.clone())],
        TerminalLine::Smtp(line) => vec![Item::Line(stranger(smtp_direction(line), &line.text, &line.wire))],
        TerminalLine::Imap(line) => vec![Item::Line(stranger(line.direction, &line.text, &line.wire))],
        TerminalLine::Refusal(refusal) => vec![Item::Note(SessionNote::TlsFailed(refusal.fault))],
        TerminalLine::Shown(_) => Vec::new(),
        TerminalLine::Note(note) => match note {
            Note::Connected(door) => {
                let tls = (*door == Door::Pop3s).then_some(TlsEnds::Page);
                vec![Item::Note(SessionNote::SandboxOpened), Item::Note(SessionNote::Connected { tls })]
            }
            Note::HungUp | Note::Refused => vec![Item::Note(SessionNote::ClosedByClient)],
            Note::Ended => vec![Item::Note(SessionNote::ClosedByServer)],
            Note::Protected { version, suite } => {
                vec![Item::Note(SessionNote::TlsStands { version: version.clone(), suite: suite.clone() })]
            }
        },
    }
}

/// A line of another protocol: to POP3's grammar, one that it does not know.
fn stranger(direction: Direction, text: &str, wire: &[u8]) -> Line {
    let meaning = match direction {
        Direction::ClientToServer => Meaning::UnknownCommand,
        Direction::ServerToClient => Meaning::Unexpected,
    };
    let octets = wire.len() as u64;
    Line { direction, state: State::Closed, meaning, text: text.to_owned(), wire: wire.to_vec(), octets }
}

fn smtp_direction(line: &smtp::Line) -> Direction {
    match line.direction {
        smtp::Direction::Client => Direction::ClientToServer,
        smtp::Direction::Server => Direction::ServerToClient,
    }
}
