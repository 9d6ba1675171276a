//! The client half where transcripts are too coarse: what it tolerates, how far it sends ahead, how it takes commands
//! back, how long it waits, and what it says in an exchange. Each module is rows over one [`Session`].

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod cancelling;
mod deviations;
mod exchange;
mod generated;
mod typed;
mod waits;
mod window;

use popglass_protocol::{
    client::{Client, Config, Error, Event, Output},
    command::Command,
    deviation::Deviation,
    reply::Reply,
    types::{MessageNumber, Password, UserName},
};

/// A client, and all that came of it.
#[derive(Debug)]
struct Session {
    client: Client,
    events: Vec<Event>,
    transmitted: Vec<u8>,
    error: Option<Error>,
}

impl Session {
    /// In AUTHORIZATION, behind a greeting.
    fn greeted(config: Config) -> Self {
        let client = Client::with_config(config);
        let mut session = Self { client, events: Vec::new(), transmitted: Vec::new(), error: None };
        session.hear("+OK ready\r\n");
        session
    }

    /// In TRANSACTION, on a server that announced these capabilities.
    fn logged_in(config: Config, capabilities: &str) -> Self {
        let mut session = Self::greeted(config);
        session.say(Command::Capa);
        session.hear(format!("+OK\r\n{capabilities}.\r\n"));
        session.say(Command::User(UserName::parse("ada").unwrap()));
        session.hear("+OK\r\n");
        session.say(Command::Pass(Password::parse("pw").unwrap()));
        session.hear("+OK\r\n");
        assert_eq!(session.error, None);
        session.events.clear();
        session.transmitted.clear();
        session
    }

    fn say(&mut self, command: Command) {
        self.client.send(command);
        self.drain();
    }

    /// The server says this, in one read.
    fn hear(&mut self, octets: impl AsRef<[u8]>) {
        self.client.handle_input(octets.as_ref());
        self.drain();
    }

    fn close(&mut self) {
        self.client.handle_close();
        self.drain();
    }

    fn drain(&mut self) {
        loop {
            match self.client.poll_output() {
                Ok(Output::Idle) => break,
                Ok(Output::Transmit(octets)) => self.transmitted.extend(octets),
                Ok(Output::Event(event)) => self.events.push(event),
                Ok(Output::UpgradeTls) => {}
                Err(error) => {
                    self.error = Some(error);
                    break;
                }
            }
        }
    }

    /// What was transmitted since this was asked last.
    fn lines(&mut self) -> Vec<String> {
        let wire = String::from_utf8(std::mem::take(&mut self.transmitted)).unwrap();
        wire.lines().map(String::from).collect()
    }

    fn deviations(&self) -> Vec<Deviation> {
        let deviation =
            |event: &Event| if let Event::Deviation(deviation) = event { Some(deviation.clone()) } else { None };
        self.events.iter().filter_map(deviation).collect()
    }

    fn replies(&self) -> Vec<Reply> {
        let reply = |event: &Event| if let Event::Reply { reply, .. } = event { Some(reply.clone()) } else { None };
        self.events.iter().filter_map(reply).collect()
    }
}

fn number(number: u32) -> MessageNumber {
    MessageNumber::new(number).expect("tests count from 1")
}

fn retr(place: u32) -> Command {
    Command::Retr(number(place))
}
