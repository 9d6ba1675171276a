//! A terminal's SMTP session: lines go in as typed, what was said comes out as lines and facts, and what was accepted as
//! deliveries. Knows no mailbox.

use popglass_sandbox::smtp::{Delivery, Direction, Line, Meaning, ReplyMeaning, Server};
use popglass_wire::link::Link;

use super::{
    Millis,
    discretion::{NEXT_LETTER, begins_word},
    exchange::exchange,
    pop3::split,
};
use crate::{fact::Fact, format::What};

/// A session.
pub(crate) struct Smtp {
    /// Dropped with the connection.
    server: Option<Server>,
    link: Link,
    session: u32,
    by: String,
    /// The command that awaits its reply: keyword and the rest.
    asked: Option<(String, String)>,
}

/// What came of a move.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) lines: Vec<Line>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) deliveries: Vec<Delivery>,
}

impl Smtp {
    pub(crate) fn new(by: &str, session: u32, server: Server, link: Link) -> Self {
        Self { server: Some(server), link, session, by: by.to_owned(), asked: None }
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
        let masks = |line: &str| self.server.as_ref().is_some_and(|server| server.masks(line.as_bytes()));
        masks(typed) || begins_word(typed) && masks(&format!("{typed}{NEXT_LETTER}"))
    }

    pub(crate) fn send_line(&mut self, line: &str) {
        self.link.client_send(format!("{line}\r\n").as_bytes());
    }

    pub(crate) fn hang_up(&mut self) {
        self.link.client_close();
        self.link.pump();
        self.server = None;
    }

    pub(crate) fn run(&mut self, now_ms: Millis) -> Said {
        let mut said = Said::default();
        let Some(server) = &mut self.server else { return said };
        self.link.set_now_ms(now_ms);
        server.handle_time((now_ms / 1_000) as i64);
        // What was received is not read: the lines tell the same, and what they mean.
        let (_, is_over) = exchange(server, &mut self.link);
        let lines: Vec<Line> = std::iter::from_fn(|| server.poll_line()).collect();
        said.deliveries = std::iter::from_fn(|| server.poll_delivery()).collect();
        for line in lines {
            said.facts.extend(self.follow(&line));
            said.lines.push(line);
        }
        if is_over {
            self.server = None;
        }
        said
    }

    fn follow(&mut self, line: &Line) -> Option<Fact> {
        match (line.direction, line.meaning) {
            (Direction::Client, Meaning::Content) => None,
            (Direction::Client, Meaning::EndOfContent) => {
                self.asked = Some((".".into(), String::new()));
                None
            }
            (Direction::Client, _) => {
                self.asked = Some(split(&line.text));
                None
            }
            (Direction::Server, Meaning::Reply(ReplyMeaning::Ready)) => {
                Some(Fact { accepted: true, text: line.text.clone(), ..self.fact(What::Connected) })
            }
            // Of several lines, the last has a blank behind its code (RFC 5321 §4.2.1).
            (Direction::Server, Meaning::Reply(meaning)) if line.text.as_bytes().get(3) != Some(&b'-') => {
                let (command, argument) = self.asked.take()?;
                let accepted = meaning.code() < 400;
                Some(Fact { command, argument, accepted, text: line.text.clone(), ..self.fact(What::Command) })
            }
            (Direction::Server, _) => None,
        }
    }

    fn fact(&self, what: What) -> Fact {
        Fact { what, by: self.by.clone(), session: self.session, ..Fact::default() }
    }
}
