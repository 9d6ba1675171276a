//! A terminal: what is typed and what was said, of one connection after the other. Knows no lesson.

use std::{collections::VecDeque, fmt, sync::Arc};

use popglass_protocol::{client::LineFault, transcript::Line};
use popglass_sandbox::smtp::{self, Journey};
use popglass_session::security::TlsRefusal;
use popglass_wire::{link::ClientTls, tap::Tap};

use super::{
    Millis,
    imap::{Imap, ImapLine},
    pop3::{Pop3, Reading, Told},
    room::Heard,
    smtp::Smtp,
};
use crate::format::{Door, TerminalSetup};

/// Lines that a terminal keeps.
pub const TERMINAL_LINES_MAX: usize = 2_000;

/// A typed line, in octets with its CRLF; POP3 takes less.
const LINE_OCTETS_MAX: usize = 8_192;

/// A terminal.
pub(crate) struct Terminal {
    pub(crate) name: String,
    pub(crate) server: String,
    pub(crate) doors: Vec<Door>,
    pub(crate) session: Option<(Door, TerminalSession)>,
    pub(crate) lines: VecDeque<TimedLine>,
    /// The simulation's.
    pub(crate) now_ms: Millis,
    last_reading: Option<Reading>,
}

/// A session by its language.
pub(crate) enum TerminalSession {
    Pop3(Box<Pop3>),
    Smtp(Box<Smtp>),
    Imap(Box<Imap>),
}

impl fmt::Debug for TerminalSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TerminalSession").field("session", &self.session()).finish()
    }
}

impl TerminalSession {
    fn is_over(&self) -> bool {
        match self {
            Self::Pop3(pop3) => pop3.over,
            Self::Smtp(smtp) => smtp.is_over(),
            Self::Imap(imap) => imap.is_over(),
        }
    }

    /// See [`super::TerminalView::hides`]: of POP3 the client's own words tell.
    pub(crate) fn hides(&self, typed: &str) -> bool {
        match self {
            Self::Pop3(_) => false,
            Self::Smtp(smtp) => smtp.hides(typed),
            Self::Imap(imap) => imap.hides(typed),
        }
    }

    pub(crate) fn session(&self) -> u32 {
        match self {
            Self::Pop3(pop3) => pop3.session(),
            Self::Smtp(smtp) => smtp.session(),
            Self::Imap(imap) => imap.session(),
        }
    }

    pub(crate) fn tap(&self) -> &Tap {
        match self {
            Self::Pop3(pop3) => pop3.conversation.tap(),
            Self::Smtp(smtp) => smtp.link().tap(),
            Self::Imap(imap) => imap.link().tap(),
        }
    }
}

/// One line of a terminal, with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimedLine {
    /// By the simulation's clock, in milliseconds since 1970. Later lines have later times.
    pub at_ms: u64,
    /// The line.
    pub line: TerminalLine,
}

/// One line of a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalLine {
    /// POP3.
    Pop3(Line),
    /// SMTP.
    Smtp(smtp::Line),
    /// IMAP.
    Imap(ImapLine),
    /// What happened to the connection.
    Note(Note),
    /// The client refused what the server proved itself by, and why.
    Refusal(Arc<TlsRefusal>),
    /// What that was: the certificates, as far as they can be read.
    Shown(Arc<TlsRefusal>),
}

/// What happened to a terminal's connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It stands, or is about to.
    Connected(Door),
    /// The learner broke it.
    HungUp,
    /// The server ended it.
    Ended,
    /// The client ended it, since something was wrong: the certificate, or words that nobody asked for.
    Refused,
    /// TLS stands from here on.
    Protected {
        /// Such as `TLSv1.3`.
        version: String,
        /// Such as `TLS13_AES_256_GCM_SHA384`.
        suite: String,
    },
}

/// A message that a terminal's SMTP server took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The terminal at which it was typed.
    pub by: String,
    /// The server that took it.
    pub server: String,
    /// What became of it.
    pub journey: Journey,
}

impl Terminal {
    pub(crate) fn new(setup: &TerminalSetup) -> Self {
        Self {
            name: setup.name.clone(),
            server: setup.server.clone(),
            doors: setup.doors.clone(),
            session: None,
            lines: VecDeque::new(),
            now_ms: 0,
            last_reading: None,
        }
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.session.is_some()
    }

    pub(crate) fn pop3(&self) -> Option<&Pop3> {
        match &self.session {
            Some((_, TerminalSession::Pop3(pop3))) => Some(pop3),
            Some(_) | None => None,
        }
    }

    /// The message that was retrieved last, also when its session is over.
    pub(crate) fn reading(&self) -> Option<&Reading> {
        self.pop3().and_then(|pop3| pop3.reading.as_ref()).or(self.last_reading.as_ref())
    }

    pub(crate) fn note(&mut self, note: Note) {
        self.push(TerminalLine::Note(note));
    }

    pub(crate) fn push(&mut self, line: TerminalLine) {
        if self.lines.len() == TERMINAL_LINES_MAX {
            self.lines.pop_front();
        }
        // A move takes no time; its lines do, so that their order can be seen.
        let after_last = self.lines.back().map_or(0, |last| last.at_ms + 1);
        self.lines.push_back(TimedLine { at_ms: self.now_ms.max(after_last), line });
    }

    /// TLS stands: says so, and what was negotiated.
    pub(crate) fn note_protected(&mut self) {
        let negotiated = self.pop3().and_then(|pop3| match pop3.conversation.client_tls() {
            ClientTls::Standing(secured) => Some((secured.summary.version.clone(), secured.summary.suite.clone())),
            _ => None,
        });
        // Behind its goodbye nothing is known of it any more.
        let (version, suite) = negotiated.unwrap_or_default();
        self.note(Note::Protected { version, suite });
    }

    /// Nothing without a connection.
    pub(crate) fn send_line(&mut self, line: &str) -> Option<Result<Told, LineFault>> {
        if line.contains(['\r', '\n', '\0']) {
            return Some(Err(LineFault::ControlCharacter));
        }
        let octets = line.len() + 2;
        if octets > LINE_OCTETS_MAX {
            return Some(Err(LineFault::TooLong { octets, octets_max: LINE_OCTETS_MAX }));
        }
        let (_, session) = self.session.as_mut()?;
        let mut told = Told::default();
        match session {
            TerminalSession::Pop3(pop3) => {
                if let Err(fault) = pop3.send_line(line) {
                    return Some(Err(fault));
                }
            }
            TerminalSession::Smtp(smtp) => smtp.send_line(line),
            TerminalSession::Imap(imap) => {
                let heeded = imap.send_line(line);
                heeded.lines.into_iter().for_each(|line| self.push(TerminalLine::Imap(line)));
                told.facts = heeded.facts;
            }
        }
        Some(Ok(told))
    }

    pub(crate) fn hang_up(&mut self) -> Told {
        match &mut self.session {
            Some((_, TerminalSession::Pop3(pop3))) => pop3.hang_up(),
            Some((_, TerminalSession::Smtp(smtp))) => {
                smtp.hang_up();
                Told::default()
            }
            Some((_, TerminalSession::Imap(imap))) => {
                imap.hang_up();
                Told::default()
            }
            None => Told::default(),
        }
    }

    /// Puts a session away that is over, and gives what was heard of it.
    pub(crate) fn take_ended(&mut self) -> Option<Heard> {
        let (_, session) = self.session.take_if(|(_, session)| session.is_over())?;
        let mut was_refused = false;
        if let TerminalSession::Pop3(pop3) = &session {
            was_refused = pop3.was_refused();
            if let ClientTls::Refused(refusal) = pop3.conversation.client_tls() {
                let refusal = Arc::new(TlsRefusal::clone(refusal));
                self.push(TerminalLine::Shown(Arc::clone(&refusal)));
                self.push(TerminalLine::Refusal(refusal));
            }
            self.last_reading = pop3.reading.clone().or(self.last_reading.take());
        }
        if self.lines.back().map(|last| &last.line) != Some(&TerminalLine::Note(Note::HungUp)) {
            self.note(if was_refused { Note::Refused } else { Note::Ended });
        }
        Some(Heard { by: self.name.clone(), session: session.session(), tap: session.tap().clone() })
    }
}
