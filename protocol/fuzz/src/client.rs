//! The client half against a script: whatever comes, in whatever reads, nothing panics, the window holds, and the same
//! octets give the same events. Knows no server.

use popglass_protocol::{
    client::{Client, Config, Error, Event, Limit, Misbehaviour, Output, Pipelining, Window},
    codec::request::parse_request,
    command::Command,
    limits,
    sasl::{ChannelBinding, Credentials, MechanismName, Nonce, SaslText, client::authenticator},
    secret::Secret,
    types::MessageNumber,
};

use crate::{
    cuts::Cuts,
    script::{Script, Step},
};

/// What a client made of a session.
#[derive(Debug, Default, PartialEq)]
struct Account {
    /// Chunks are joined: reads cut them.
    events: Vec<Event>,
    transmitted: Vec<u8>,
    upgrades: usize,
    error: Option<Error>,
}

/// Plays the script twice, in whole reads and in cut ones.
pub fn run(input: &[u8]) {
    let script = Script::read(input);
    let whole = play(&script, &mut |octets| vec![octets]);
    let mut cuts = Cuts::of(input);
    let cut = play(&script, &mut |octets| cuts.pieces(octets));
    assert_eq!(cut, whole);
}

type Pieces<'c> = &'c mut dyn for<'a> FnMut(&'a [u8]) -> Vec<&'a [u8]>;

fn play(script: &Script, pieces: Pieces<'_>) -> Account {
    let config = config(script);
    let mut player = Player { client: Client::with_config(config), account: Account::default(), unanswered: 0, config };
    for step in &script.steps {
        player.drain();
        if player.account.error.is_some() {
            break;
        }
        player.take(step, pieces);
    }
    player.drain();
    player.client.handle_close();
    player.drain();
    player.account.finish()
}

fn config(script: &Script) -> Config {
    let pipelining = match script.pipelining {
        None => Pipelining::Announced,
        Some(true) => Pipelining::Always,
        Some(false) => Pipelining::Never,
    };
    let window = script.window.map_or_else(Window::default, |(commands_max, command_octets_max, reply_octets_max)| {
        Window { commands_max, command_octets_max, reply_octets_max }
    });
    Config { strict: script.strict, pipelining, window }
}

struct Player {
    client: Client,
    account: Account,
    /// Commands that were given and have not come to an end.
    unanswered: usize,
    config: Config,
}

impl Player {
    fn take(&mut self, step: &Step, pieces: Pieces<'_>) {
        match step {
            Step::Server(octets) => {
                // What waits in the queue goes out when there is room, and that depends on the reads: then the reads
                // are taken without a word in between.
                let waiting = self.unanswered > self.client.in_flight();
                for piece in pieces(octets) {
                    self.client.handle_input(piece);
                    if !waiting {
                        self.drain();
                    }
                }
            }
            Step::Command(line) => {
                if let Ok(command) = parse_request(line) {
                    self.client.send(command);
                    self.unanswered += 1;
                }
            }
            Step::Type(line) => {
                // It may go out as a response, which has no answer of its own: then the count is too high, and the reads
                // that follow are taken without a word in between.
                let sent = str::from_utf8(line).is_ok_and(|line| self.client.send_line(line).is_ok());
                self.unanswered += usize::from(sent);
            }
            Step::Authenticate(name) => self.authenticate(name),
            Step::Fetch { number, octets } => {
                let number = MessageNumber::new(*number).unwrap_or(MessageNumber::new(1).expect("one is a number"));
                self.client.send_expecting(Command::Retr(number), *octets);
                self.unanswered += 1;
            }
            Step::Cancel(octets) => {
                let _ = self.client.cancel(|_| true, *octets);
                self.unanswered = self.client.in_flight();
            }
            Step::Respond(text) => match str::from_utf8(text).ok().and_then(SaslText::parse) {
                Some(response) => self.client.respond(&response),
                None => self.client.cancel_exchange(),
            },
            Step::TlsReady => self.client.handle_tls_ready(),
            Step::ClientOctets(_) => {}
        }
    }

    fn authenticate(&mut self, name: &[u8]) {
        let Some(mechanism) = MechanismName::parse(name).and_then(|name| name.known()) else { return };
        let credentials =
            Credentials { identity: "ada".into(), secret: Secret::new("pw".into()), ..Credentials::default() };
        let nonce = Nonce::from_octets([7; limits::SCRAM_NONCE_OCTETS]);
        if let Ok(authenticator) = authenticator(mechanism, &credentials, &nonce, &ChannelBinding::Unsupported) {
            self.client.authenticate(authenticator);
            self.unanswered += 1;
        }
    }

    fn drain(&mut self) {
        loop {
            match self.client.poll_output() {
                Ok(Output::Idle) => break,
                Ok(Output::UpgradeTls) => self.account.upgrades += 1,
                Ok(Output::Transmit(octets)) => self.account.transmitted.extend(octets),
                Ok(Output::Event(event)) => self.note(event),
                Err(error) => {
                    assert!(self.account.error.as_ref().is_none_or(|before| *before == error));
                    self.account.error = Some(error);
                    break;
                }
            }
        }
        let _ = self.client.wait();
        assert!(self.client.in_flight() <= self.config.window.commands_max.max(1));
        assert!(self.client.in_flight() <= self.unanswered);
        if self.config.strict {
            assert!(!self.account.events.iter().any(|event| matches!(event, Event::Deviation(_))));
        } else {
            let misbehaviour = matches!(self.account.error, Some(Error::PeerMisbehaved(Misbehaviour::Strict(_))));
            assert!(!misbehaviour);
        }
    }

    fn note(&mut self, event: Event) {
        match event {
            Event::Chunk { id, number, octets, octets_total } => {
                assert!(!octets.is_empty() && octets.len() <= limits::CHUNK_OCTETS_MAX + 2);
                // Lines of the transcript stand between chunks, or do not, as the reads fall.
                let before = self.account.events.iter_mut().rev().find(|event| !matches!(event, Event::Line(_)));
                if let Some(Event::Chunk { id: id_before, octets: joined, octets_total: total, .. }) = before
                    && *id_before == id
                {
                    joined.extend(octets);
                    *total = octets_total;
                } else {
                    self.account.events.push(Event::Chunk { id, number, octets, octets_total });
                }
            }
            event => {
                if matches!(event, Event::Reply { .. } | Event::NotSent { .. } | Event::Dropped { .. }) {
                    self.unanswered -= 1;
                }
                self.account.events.push(event);
            }
        }
    }
}

impl Account {
    /// What a comparison can go by: where a message's lines stand among its chunks depends on the reads, and how many
    /// were shown before a limit ended the session, too.
    fn finish(mut self) -> Self {
        for event in &self.events {
            if let Event::Chunk { octets, octets_total, .. } = event {
                assert_eq!(octets.len() as u64, *octets_total);
            }
        }
        let is_line = |event: &Event| matches!(event, Event::Line(_));
        if matches!(self.error, Some(Error::LimitExceeded(Limit::Drain | Limit::Message))) {
            self.events.retain(|event| !is_line(event));
        }
        let (lines, others): (Vec<_>, Vec<_>) = self.events.into_iter().partition(is_line);
        self.events = others.into_iter().chain(lines).collect();
        self
    }
}
