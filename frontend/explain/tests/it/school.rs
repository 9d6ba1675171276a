//! A server to try forecasts at, and lines of transcripts.

use popglass_explain::words::{Language, Situation, Way};
use popglass_protocol::{
    command::CommandName,
    server::{Config, Output, Server},
    state::State,
    transcript::{Direction, Line, Meaning},
    types::MessageNumber,
};
use popglass_sandbox::{SandboxMaildrop, World};

/// Messages in the maildrop of the server below.
pub(crate) const MESSAGES: u32 = 3;

/// Both languages.
pub(crate) const LANGUAGES: [Language; 2] = Language::ALL;

/// A line of a transcript.
pub(crate) fn line(direction: Direction, state: State, meaning: Meaning, text: &str) -> Line {
    let wire = format!("{text}\r\n").into_bytes();
    Line { direction, state, meaning, text: text.into(), octets: wire.len() as u64, wire }
}

/// A line of the client.
pub(crate) fn asked(state: State, command: CommandName, text: &str) -> Line {
    line(Direction::ClientToServer, state, Meaning::Command(command), text)
}

/// A line of the server.
pub(crate) fn said(state: State, meaning: Meaning, text: &str) -> Line {
    line(Direction::ServerToClient, state, meaning, text)
}

pub(crate) fn number(number: u32) -> MessageNumber {
    MessageNumber::new(number).expect("it is not zero")
}

/// A session with the sandbox's server, in the clear, that offers everything.
pub(crate) struct Session {
    server: Server<SandboxMaildrop>,
    pub(crate) greeting: String,
}

impl Session {
    /// In a state, with the second message marked once it is in TRANSACTION.
    pub(crate) fn in_state(state: State) -> Self {
        let world = World::default();
        world.add_user("ada", "lovelace", vec![b"Subject: one\r\n\r\ntwo\r\n".to_vec(); MESSAGES as usize]);
        let server = Server::new(world.session(), Config::complete()).with_randomness([7; 32]);
        let mut session = Self { server, greeting: String::new() };
        session.greeting = session.hear();
        let lines: &[&str] = match state {
            State::UserGiven => &["USER ada"],
            State::Transaction => &["USER ada", "PASS lovelace", "DELE 2"],
            _ => &[],
        };
        for line in lines {
            assert!(session.say(line.as_bytes()).starts_with("+OK"), "{line}");
        }
        session
    }

    /// What the server says to a line.
    pub(crate) fn say(&mut self, line: &[u8]) -> String {
        self.server.handle_input(line);
        self.server.handle_input(b"\r\n");
        self.hear()
    }

    fn hear(&mut self) -> String {
        let mut said = Vec::new();
        loop {
            match self.server.poll_output() {
                Output::Transmit(octets) => said.extend(octets),
                Output::UpgradeTls => self.server.handle_tls_ready(),
                Output::Close => {}
                Output::Idle => return String::from_utf8_lossy(&said).into_owned(),
            }
        }
    }

    /// What a client knows of it, which has asked CAPA there.
    pub(crate) fn situation(state: State) -> Situation {
        let mut asked = Self::in_state(state);
        let capabilities = asked.say(b"CAPA").lines().skip(1).filter(|line| *line != ".").map(str::to_owned).collect();
        let in_transaction = state == State::Transaction;
        Situation {
            capabilities: Some(capabilities),
            stamp: asked.greeting.contains('<'),
            messages: in_transaction.then_some(MESSAGES),
            marked: if in_transaction { vec![number(2)] } else { Vec::new() },
            ..Situation::new(state, Way::Clear)
        }
    }
}
