//! The room's terminals: connecting, typing, breaking off, and what comes of it. Knows no goal.

use popglass_sandbox::{imap, smtp::Fate};
use popglass_wire::link::Link;

use super::{
    super::{
        Misstep,
        imap::Imap,
        pop3::{Pop3, Surroundings, Told},
        smtp::{Said, Smtp},
        terminal::{Note, Sent, TerminalLine, TerminalSession},
    },
    Room,
    making::domain,
};
use crate::{
    fact::Fact,
    format::{Door, What},
};

impl Room {
    pub(super) fn connect(&mut self, name: &str, door: Door) -> Result<(), Misstep> {
        let place = self.terminal_place(name)?;
        let terminal = &self.terminals[place];
        if terminal.is_connected() {
            return Err(Misstep::Connected);
        }
        if !terminal.doors.contains(&door) {
            return Err(Misstep::NoSuchDoor);
        }
        let server = terminal.server.clone();
        let session = self.next_session()?;
        let opened = match door {
            Door::Pop3 | Door::Pop3s => {
                let conversation = self.conversation(&server, door == Door::Pop3s, None);
                TerminalSession::Pop3(Box::new(Pop3::new(name, session, conversation)))
            }
            Door::Smtp => {
                let smtp = self.post.server(domain(&server)).ok_or(Misstep::NoSuchDoor)?;
                TerminalSession::Smtp(Box::new(Smtp::new(name, session, smtp, Link::plain(self.now_ms))))
            }
            Door::Imap => {
                let imap = imap::Server::new(self.worlds[&server].clone());
                TerminalSession::Imap(Box::new(Imap::new(name, session, imap, Link::plain(self.now_ms))))
            }
        };
        let terminal = &mut self.terminals[place];
        terminal.note(Note::Connected(door));
        terminal.session = Some((door, opened));
        Ok(())
    }

    pub(super) fn say(&mut self, name: &str, line: &str) -> Result<(), Misstep> {
        let place = self.terminal_place(name)?;
        match self.terminals[place].send_line(line) {
            None => return Err(Misstep::NotConnected),
            Some(Err(fault)) => return Err(Misstep::Line(fault)),
            Some(Ok(told)) => self.evidence.facts.extend(told.facts),
        }
        Ok(())
    }

    pub(super) fn hang_up(&mut self, name: &str) -> Result<(), Misstep> {
        let place = self.terminal_place(name)?;
        if !self.terminals[place].is_connected() {
            return Err(Misstep::NotConnected);
        }
        let told = self.terminals[place].hang_up();
        self.terminals[place].note(Note::HungUp);
        self.take(place, told);
        Ok(())
    }

    pub(super) fn run_terminals(&mut self) {
        (0..self.terminals.len()).for_each(|place| self.run_terminal(place));
    }

    /// Lets the terminal and its server say what they have to say.
    fn run_terminal(&mut self, place: usize) {
        let mut session = self.terminals[place].session.take();
        let told = match &mut session {
            Some((_, TerminalSession::Pop3(pop3))) => {
                let maildrop = |user: &str| self.lying(user);
                pop3.run(&Surroundings { now_ms: self.now_ms, maildrop: &maildrop })
            }
            Some((_, TerminalSession::Smtp(smtp))) => {
                let said = smtp.run(self.now_ms);
                self.take_said(place, said)
            }
            Some((_, TerminalSession::Imap(imap))) => {
                let heeded = imap.run(self.now_ms);
                let terminal = &mut self.terminals[place];
                heeded.lines.into_iter().for_each(|line| terminal.push(TerminalLine::Imap(line)));
                Told { facts: heeded.facts, ..Told::default() }
            }
            None => Told::default(),
        };
        self.terminals[place].session = session;
        self.take(place, told);
    }

    /// What SMTP accepted is carried to where it belongs.
    fn take_said(&mut self, place: usize, said: Said) -> Told {
        let terminal = &mut self.terminals[place];
        said.lines.into_iter().for_each(|line| terminal.push(TerminalLine::Smtp(line)));
        let (by, server) = (terminal.name.clone(), terminal.server.clone());
        let mut facts = said.facts;
        for delivery in said.deliveries {
            let text = String::from_utf8_lossy(&delivery.message).into_owned();
            let journey = self.post.carry(domain(&server), delivery, (self.now_ms / 1_000) as i64);
            for arrival in &journey.arrivals {
                if let Fate::Delivered { user, unique_id, .. } = &arrival.fate {
                    let message = self.name_of(unique_id);
                    let (by, user, text) = (by.clone(), user.clone(), text.clone());
                    facts.push(Fact { what: What::Delivered, by, user, message, text, ..Fact::default() });
                }
            }
            self.journeys.push(Sent { by: by.clone(), server: server.clone(), journey });
        }
        Told { facts, ..Told::default() }
    }

    fn take(&mut self, place: usize, told: Told) {
        let terminal = &mut self.terminals[place];
        // On 995 TLS stands before the greeting, else behind the answer to STLS.
        let first = matches!(terminal.session, Some((Door::Pop3s, _)));
        if told.protected && first {
            terminal.note_protected();
        }
        told.lines.into_iter().for_each(|line| terminal.push(TerminalLine::Pop3(line)));
        if told.protected && !first {
            terminal.note_protected();
        }
        if let Some(ended) = terminal.take_ended() {
            self.heard.push(ended);
        }
        self.evidence.facts.extend(told.facts);
    }
}
