//! The two halves against each other: whatever commands, whatever cuts, the client gets the maildrop that the server has,
//! each command is answered as it should be, and what QUIT deletes is what was marked. Knows no script of the server's.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use popglass_protocol::{
    client::{Client, CommandId, Config, Event, Output, Pipelining},
    codec::request::parse_request,
    command::{Command, CommandName},
    deviation::Rule,
    limits,
    reply::Reply,
    sasl::{ChannelBinding, Credentials, MechanismName, Nonce, client::authenticator},
    secret::Secret,
    server,
    state::State,
    types::MessageNumber,
};

use crate::{
    cuts::Cuts,
    maildrop::{self, Fate, ScriptedMaildrop},
    script::{Script, Step},
};

/// Steps of one script: each answer costs time, and two hundred show what a thousand do.
const STEPS_MAX: usize = 200;

/// Plays the script's commands on the script's maildrop.
pub fn run(input: &[u8]) {
    let script = Script::read(input);
    let mut cuts = Cuts::of(input);
    let (server, fate) = maildrop::server(&script);
    let pipelining = if script.pipelining == Some(true) { Pipelining::Always } else { Pipelining::Announced };
    let client = Client::with_config(Config { pipelining, ..Config::default() });
    let messages = script.messages.iter().map(|(_, content)| with_line_end(content)).collect();
    let mut play =
        Play { client, server, fate, messages, asked: BTreeMap::new(), marked: Vec::new(), content: Vec::new() };
    for step in script.steps.iter().take(STEPS_MAX) {
        play.take(step, &script);
        if cuts.below(3) == 0 {
            play.exchange(&mut cuts);
        }
    }
    play.exchange(&mut cuts);
    play.check_end();
}

/// What a message becomes on its way: the terminator must stand alone on its line.
fn with_line_end(content: &[u8]) -> Vec<u8> {
    let end: &[u8] = match content.last() {
        None | Some(b'\n') => b"",
        Some(b'\r') => b"\n",
        Some(_) => b"\r\n",
    };
    [content, end].concat()
}

struct Play {
    client: Client,
    server: server::Server<ScriptedMaildrop>,
    fate: Rc<RefCell<Fate>>,
    messages: Vec<Vec<u8>>,
    asked: BTreeMap<CommandId, Command>,
    /// Numbers that DELE was accepted for.
    marked: Vec<MessageNumber>,
    /// Of the message that is coming in.
    content: Vec<u8>,
}

impl Play {
    fn take(&mut self, step: &Step, script: &Script) {
        match step {
            // AUTH by hand has nobody to answer its challenges.
            Step::Command(line) => {
                if let Some(command) = parse_request(line).ok().filter(|command| command.name() != CommandName::Auth) {
                    let id = self.client.send(command.clone());
                    self.asked.insert(id, command);
                }
            }
            Step::Authenticate(name) if self.asked.is_empty() => self.log_in(name, script),
            _ => {}
        }
    }

    /// By any mechanism, with the script's user and password: who knows it is let in wherever it is offered.
    fn log_in(&mut self, name: &[u8], script: &Script) {
        let Some(name) = MechanismName::parse(name) else { return };
        let credentials = Credentials {
            identity: script.user.clone(),
            secret: Secret::new(script.password.clone()),
            ..Credentials::default()
        };
        let nonce = Nonce::from_octets([5; limits::SCRAM_NONCE_OCTETS]);
        let end = |mechanism| authenticator(mechanism, &credentials, &nonce, &ChannelBinding::Unsupported).ok();
        if let Some(end) = name.known().and_then(end) {
            let id = self.client.authenticate(end);
            self.asked.insert(id, Command::Auth { mechanism: name, initial_response: None });
        }
    }

    /// Moves octets both ways until nobody has anything to say.
    fn exchange(&mut self, cuts: &mut Cuts) {
        let (mut to_server, mut to_client) = (Vec::new(), Vec::new());
        loop {
            self.drain_client(&mut to_server);
            let moved = !to_server.is_empty();
            for piece in cuts.pieces(&std::mem::take(&mut to_server)) {
                self.server.handle_input(piece);
                self.drain_server(&mut to_client);
            }
            self.drain_server(&mut to_client);
            if !moved && to_client.is_empty() {
                break;
            }
            for piece in cuts.pieces(&std::mem::take(&mut to_client)) {
                self.client.handle_input(piece);
                if self.drain_client(&mut to_server) {
                    self.client.handle_tls_ready();
                }
            }
        }
    }

    fn drain_server(&mut self, to_client: &mut Vec<u8>) {
        loop {
            match self.server.poll_output() {
                server::Output::Transmit(octets) => to_client.extend(octets),
                server::Output::UpgradeTls => self.server.handle_tls_ready(),
                server::Output::Close => {}
                server::Output::Idle => break,
            }
        }
    }

    /// True if the client wants TLS.
    fn drain_client(&mut self, to_server: &mut Vec<u8>) -> bool {
        let mut upgrade = false;
        loop {
            match self.client.poll_output().expect("our own server behaves") {
                Output::Idle => return upgrade,
                Output::UpgradeTls => upgrade = true,
                Output::Transmit(octets) => to_server.extend(octets),
                Output::Event(event) => self.note(event),
            }
        }
    }

    fn note(&mut self, event: Event) {
        match event {
            Event::Chunk { octets, .. } => self.content.extend(octets),
            Event::Reply { id, reply } => {
                let command = self.asked.remove(&id).expect("each command is answered once");
                self.check(&command, reply);
            }
            Event::NotSent { id, .. } => assert!(self.asked.remove(&id).is_some()),
            Event::Deviation(deviation) => {
                // A message may hold bare LFs, and one without a last line end gets one more than LIST says.
                assert!(matches!(deviation.rule, Rule::BareLineFeed | Rule::SizeWrong), "{deviation:?}");
            }
            Event::Greeting { .. } | Event::Line(_) => {}
            other => panic!("{other:?}"),
        }
    }

    fn check(&mut self, command: &Command, reply: Reply) {
        let content = std::mem::take(&mut self.content);
        let present = |number: &MessageNumber| number.index() < self.messages.len() && !self.marked.contains(number);
        match (command, reply) {
            (Command::Retr(number), Reply::MessageEnd { octets, .. }) => {
                assert!(present(number));
                assert_eq!(content, self.messages[number.index()]);
                assert_eq!(content.len() as u64, octets);
            }
            (Command::Top { number, .. }, Reply::MessageEnd { .. }) => {
                assert!(present(number));
                let whole = &self.messages[number.index()];
                assert!(whole.starts_with(&content) || whole.starts_with(&content[..content.len().saturating_sub(2)]));
            }
            (Command::Stat, Reply::Stat { count, .. }) => {
                assert_eq!(count as usize, self.messages.len() - self.marked.len());
            }
            (Command::List(None), Reply::List(listed)) => {
                assert_eq!(listed.len(), self.messages.len() - self.marked.len());
                assert!(listed.iter().all(|listed| present(&listed.number)));
            }
            (Command::Uidl(None), Reply::Uidl(identified)) => {
                assert_eq!(identified.len(), self.messages.len() - self.marked.len());
            }
            (Command::Dele(number), Reply::Marked(marked)) => {
                assert!(present(number) && *number == marked);
                self.marked.push(marked);
            }
            (Command::Rset, Reply::MarksTakenBack) => self.marked.clear(),
            (_, Reply::LoggedIn) => assert!(self.fate.borrow().opened),
            (Command::Retr(number) | Command::Dele(number), Reply::Refused(_)) => {
                // A message whose header is not ASCII is not for everybody (RFC 6856 §4).
                let withheld = self.messages.get(number.index()).is_some_and(|content| !content.is_ascii());
                assert!(withheld || !present(number) || self.client.state() != State::Transaction);
            }
            _ => {}
        }
    }

    fn check_end(&mut self) {
        let closed = matches!(self.server.state(), State::Update | State::Closed);
        assert!(self.asked.is_empty() || closed, "{:?}", self.asked);
        assert!(self.client.in_flight() == 0 || closed);
        if let Some(mut committed) = self.fate.borrow_mut().committed.take() {
            self.marked.sort_unstable();
            committed.sort_unstable();
            assert_eq!(committed, self.marked);
        }
    }
}
