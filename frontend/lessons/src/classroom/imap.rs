//! A terminal's IMAP session: lines go in as typed, lines and facts come out. Knows of IMAP no more than that a command
//! has a tag, and that the line with that tag answers it (RFC 3501 §2.2).

use popglass_protocol::transcript::Direction;
use popglass_sandbox::imap::Server;
use popglass_wire::link::Link;

use super::{Millis, discretion::Discretion, exchange::exchange};
use crate::{fact::Fact, format::What};

/// An answer is remembered up to so many octets.
const ANSWER_OCTETS_MAX: usize = 16 * 1024;
/// A line is shown up to so many characters.
const LINE_CHARS_MAX: usize = 1_000;
/// Of a line's octets so many are kept.
const WIRE_OCTETS_MAX: usize = 4_096;

/// A session.
pub(crate) struct Imap {
    /// Dropped with the connection.
    server: Option<Server>,
    link: Link,
    session: u32,
    by: String,
    user: String,
    /// The command that awaits its answer: tag, keyword, the rest.
    asked: Option<(String, String, String)>,
    /// What was answered so far.
    answer: String,
    /// A line of the server's that is not complete.
    partial: Vec<u8>,
    discretion: Discretion,
}

/// A line of IMAP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImapLine {
    /// Who says it.
    pub direction: Direction,
    /// Without CRLF; a password is masked.
    pub text: String,
    /// As on the wire, CRLF included, with the password masked; of a very long line its beginning.
    pub wire: Vec<u8>,
}

/// What came of a move.
#[derive(Default)]
pub(crate) struct Heeded {
    pub(crate) lines: Vec<ImapLine>,
    pub(crate) facts: Vec<Fact>,
}

impl Imap {
    pub(crate) fn new(by: &str, session: u32, server: Server, link: Link) -> Self {
        Self {
            server: Some(server),
            link,
            session,
            by: by.to_owned(),
            user: String::new(),
            asked: None,
            answer: String::new(),
            partial: Vec::new(),
            discretion: Discretion::default(),
        }
    }

    pub(crate) fn session(&self) -> u32 {
        self.session
    }

    pub(crate) fn link(&self) -> &Link {
        &self.link
    }

    pub(crate) fn is_over(&self) -> bool {
        self.server.is_none()
    }

    /// See [`super::TerminalView::hides`].
    pub(crate) fn hides(&self, typed: &str) -> bool {
        self.discretion.hides(typed)
    }

    pub(crate) fn send_line(&mut self, line: &str) -> Heeded {
        let mut heeded = Heeded::default();
        let shown = self.discretion.shown(line);
        if !shown.continues {
            // What is not shown is not remembered either.
            let words: Vec<&str> = shown.text.split_whitespace().collect();
            let keyword = |at: usize| words.get(at).map(|word| word.to_ascii_uppercase()).unwrap_or_default();
            // UID FETCH is a FETCH that names messages in another way.
            let at = if keyword(1) == "UID" { 2 } else { 1 };
            if keyword(0) != "DONE" && words.len() >= 2 {
                let is_login = ["LOGIN", "AUTHENTICATE"].contains(&keyword(1).as_str());
                let rest = words.get(at + 1..).filter(|_| !is_login).unwrap_or_default().join(" ");
                if keyword(1) == "LOGIN" {
                    self.user = words.get(2).map(|word| word.trim_matches('"').to_owned()).unwrap_or_default();
                    heeded.facts.push(self.fact(What::Credentials));
                }
                self.asked = Some((words[0].to_owned(), keyword(at), rest));
                self.answer.clear();
            }
        }
        if let Some(user) = shown.user {
            self.user = user;
        }
        let wire = format!("{}\r\n", shown.text).into_bytes();
        heeded.lines.push(ImapLine { direction: Direction::ClientToServer, text: shown.text, wire });
        self.link.client_send(format!("{line}\r\n").as_bytes());
        heeded
    }

    pub(crate) fn hang_up(&mut self) {
        self.link.client_close();
        self.link.pump();
        self.server = None;
    }

    /// Lets everything be said; what other sessions changed, too.
    pub(crate) fn run(&mut self, now_ms: Millis) -> Heeded {
        let mut heeded = Heeded::default();
        let Some(server) = &mut self.server else { return heeded };
        self.link.set_now_ms(now_ms);
        server.handle_world_changed();
        let (received, is_over) = exchange(server, &mut self.link);
        self.partial.extend(received);
        if is_over {
            self.server = None;
        }
        let whole = self.partial.iter().rposition(|&octet| octet == b'\n').map_or(0, |at| at + 1);
        let lines: Vec<u8> = self.partial.drain(..whole).collect();
        for wire in lines.split_inclusive(|&octet| octet == b'\n') {
            let said = String::from_utf8_lossy(wire);
            let said = said.trim_end_matches('\n').trim_end_matches('\r');
            let line = self.discretion.heard(said);
            heeded.facts.extend(self.follow(&line));
            // What is not shown is not in the octets either.
            let wire = if line == said { wire.to_vec() } else { format!("{line}\r\n").into_bytes() };
            let text = line.chars().take(LINE_CHARS_MAX).collect();
            let wire = wire.get(..WIRE_OCTETS_MAX).unwrap_or(&wire).to_vec();
            heeded.lines.push(ImapLine { direction: Direction::ServerToClient, text, wire });
        }
        heeded
    }

    fn follow(&mut self, line: &str) -> Option<Fact> {
        let (tag, rest) = line.split_once(' ').unwrap_or((line, ""));
        if self.answer.len() + line.len() < ANSWER_OCTETS_MAX {
            self.answer.push_str(line);
            self.answer.push('\n');
        }
        if self.asked.is_none() && tag == "*" && rest.starts_with("OK") {
            return Some(Fact { accepted: true, text: line.to_owned(), ..self.fact(What::Connected) });
        }
        let (_, command, argument) = self.asked.take_if(|(asked, _, _)| asked == tag)?;
        self.discretion.answered();
        let text = std::mem::take(&mut self.answer);
        Some(Fact { command, argument, accepted: rest.starts_with("OK"), text, ..self.fact(What::Command) })
    }

    fn fact(&self, what: What) -> Fact {
        Fact { what, by: self.by.clone(), session: self.session, user: self.user.clone(), ..Fact::default() }
    }
}
