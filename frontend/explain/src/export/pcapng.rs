//! A transcript as packets: each session a TCP connection to the port of its protocol, each line a segment. What the transcript does not
//! have is left out, and a comment says so; what TLS protected is shown as it was said.

use popglass_protocol::{
    command::CommandName,
    grammar,
    transcript::{Direction, Line, Meaning},
};
use popglass_session::event::{Entry, Item, Note};

use super::{blocks::File, connection::Connection};
use crate::{
    texts::{self, ExportTexts},
    words::Language,
};

/// What the file says it was written by.
const APPLICATION: &str = "Popglass";

/// Where POP3 is at home (RFC 1939 §3).
pub const POP3_PORT: u16 = 110;

/// Entries of one or more connections to the same port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// The server's, in the clear: Wireshark knows by it which protocol it is.
    pub port: u16,
    /// What was said. Lines of another protocol than POP3 are, in POP3's grammar, lines that it does not know.
    pub entries: Vec<Entry>,
}

/// Writes a transcript as a pcapng file, with the TCP connections that could have carried it; comments are in this
/// language.
#[must_use]
pub fn as_pcapng(language: Language, entries: &[Entry]) -> Vec<u8> {
    let mut capture = Capture::new(language);
    entries.iter().for_each(|entry| capture.add(entry));
    capture.file.into_octets()
}

/// As [`as_pcapng`], of talks by more than one protocol, one after the other.
#[must_use]
pub fn talks_as_pcapng(language: Language, talks: &[Talk]) -> Vec<u8> {
    let mut capture = Capture::new(language);
    for talk in talks {
        capture.port = talk.port;
        talk.entries.iter().for_each(|entry| capture.add(entry));
    }
    capture.file.into_octets()
}

struct Capture {
    texts: &'static ExportTexts,
    port: u16,
    file: File,
    open: Option<Connection>,
    /// Connections so far.
    opened: usize,
    /// For the next packet that carries something.
    comments: Vec<String>,
}

impl Capture {
    fn new(language: Language) -> Self {
        let texts = &texts::of(language).export;
        let file = File::new(APPLICATION, texts.made_up);
        Self { texts, port: POP3_PORT, file, open: None, opened: 0, comments: Vec::new() }
    }

    fn add(&mut self, entry: &Entry) {
        let at_us = entry.at_ms.saturating_mul(1000);
        match &entry.item {
            Item::Line(line) => self.line(at_us, line),
            Item::Deviation(deviation) => self.comments.push((self.texts.deviation)(deviation)),
            Item::Note(note) => match note {
                Note::SandboxOpened | Note::Dialling { .. } | Note::Connected { .. } => {
                    self.close(at_us, Direction::ClientToServer);
                }
                Note::ClosedByClient => self.close(at_us, Direction::ClientToServer),
                Note::ClosedByServer | Note::BridgeFailed(_) => self.close(at_us, Direction::ServerToClient),
                _ => self.comments.push((self.texts.note)(note)),
            },
        }
    }

    fn close(&mut self, at_us: u64, first: Direction) {
        if let Some(connection) = self.open.take() {
            connection.close(&mut self.file, at_us, first);
        }
    }

    fn line(&mut self, at_us: u64, line: &Line) {
        if let Meaning::BodyFolded { lines, .. } = line.meaning {
            self.comments.push((self.texts.folded)(lines, line.octets));
            return;
        }
        if line.octets == 0 {
            return;
        }
        if matches!(line.meaning, Meaning::Greeting | Meaning::GreetingRefused) {
            self.close(at_us, Direction::ServerToClient);
        }
        if grammar::line_tokens(line).iter().any(|token| token.role.is_secret()) {
            self.comments.push(self.texts.masked.to_owned());
        }
        if is_shortened(line) {
            self.comments.push((self.texts.shortened)(line.octets));
        }
        let connection = match &mut self.open {
            Some(connection) => connection,
            closed => {
                self.opened += 1;
                closed.insert(Connection::open(&mut self.file, self.opened - 1, self.port, at_us))
            }
        };
        connection.carry(&mut self.file, at_us, line.direction, &on_the_wire(line), &self.comments);
        self.comments.clear();
        // Wireshark would take what follows for TLS.
        if line.meaning == Meaning::Accepted(CommandName::Stls) {
            self.close(at_us, Direction::ClientToServer);
            self.comments.push(self.texts.after_tls.to_owned());
        }
    }
}

/// The line as it travelled, as far as the transcript has it, and without its secret.
fn on_the_wire(line: &Line) -> Vec<u8> {
    let mut octets = line.wire.clone();
    if is_shortened(line) {
        octets.extend(b"\r\n");
    }
    octets
}

/// The transcript has only its beginning.
fn is_shortened(line: &Line) -> bool {
    !line.wire.ends_with(b"\n")
}
