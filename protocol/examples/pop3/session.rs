//! One session: the sans-I/O client on a link. Carries octets between the two, shows the transcript, and keeps count of
//! what was tolerated. Knows no task.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use popglass_protocol::{
    client::{Client, CommandId, Config, Error, Event, Misbehaviour, Output},
    command::Command,
    deviation::Deviation,
    reply::{Refusal, Reply, ResponseCode, SystemFault},
    transcript::{Direction, Line, Meaning},
    types::Octets,
    url::{PopUrl, Scheme},
};
use rustls::ClientConfig;

use crate::{
    failure::{Ending, Failure},
    link::{self, Heard, Link},
};

/// Commands handed to the client at a time; what it sends of them is the window's business.
const AHEAD_COMMANDS: usize = 1024;

/// For the handshake, where the client has no wait of its own to tell.
const TLS_TIMEOUT: Duration = Duration::from_secs(30);

/// A session from the connection to its end.
pub(crate) struct Session {
    pub(crate) client: Client,
    pub(crate) link: Link,
    config: Arc<ClientConfig>,
    transcript: bool,
    tolerated: BTreeMap<String, u64>,
    /// What the server said of its own accord, as some do before they hang up.
    last_words: Option<String>,
    ended: bool,
}

/// What came next.
pub(crate) enum Step {
    /// Something happened that is not the session's own business.
    Event(Event),
    /// TLS has begun; whoever sent STLS goes on.
    TlsStands,
}

/// What came in answer to one of many commands.
pub(crate) enum Answer {
    /// Octets of a message.
    Octets(Vec<u8>),
    /// The end of it.
    Reply(Reply),
}

impl Session {
    /// Connects, with TLS if the URL says so.
    pub(crate) fn open(url: &PopUrl, config: Config, ca: Option<&Path>, transcript: bool) -> Result<Self, Failure> {
        let trust = link::trust(ca)?;
        let mut link = Link::connect(&url.host, url.port)?;
        if url.scheme == Scheme::Pops {
            link.start_tls(&trust, TLS_TIMEOUT)?;
        }
        let client = Client::with_config(config);
        let tolerated = BTreeMap::new();
        Ok(Self { client, link, config: trust, transcript, tolerated, last_words: None, ended: false })
    }

    /// Goes on until something happens.
    pub(crate) fn step(&mut self) -> Result<Step, Failure> {
        loop {
            match self.client.poll_output().map_err(|error| misbehaved(&error))? {
                Output::Transmit(octets) => self.link.write(&octets)?,
                Output::Event(Event::Line(line)) => self.show(&line),
                Output::Event(Event::Deviation(deviation)) => self.note(&deviation),
                Output::Event(Event::Unsolicited { text }) => self.last_words = Some(text),
                Output::Event(event) => return Ok(Step::Event(event)),
                Output::UpgradeTls => {
                    self.link.start_tls(&self.config, TLS_TIMEOUT)?;
                    return Ok(Step::TlsStands);
                }
                Output::Idle if self.ended => return Err(self.hung_up()),
                Output::Idle => {
                    let timeout = self.client.wait().map(|wait| Duration::from_millis(wait.silence_ms_max));
                    if self.link.read(timeout, |octets| self.client.handle_input(octets))? == Heard::End {
                        self.client.handle_close();
                        self.ended = true;
                    }
                }
            }
        }
    }

    /// Sends a command and waits for its answer.
    pub(crate) fn request(&mut self, command: Command) -> Result<Reply, Failure> {
        let id = self.client.send(command);
        self.answer(id)
    }

    /// Waits for the answer to a command that was sent.
    pub(crate) fn answer(&mut self, wanted: CommandId) -> Result<Reply, Failure> {
        loop {
            match self.step()? {
                Step::Event(Event::Reply { id, reply }) if id == wanted => return Ok(reply),
                Step::Event(Event::NotSent { id, .. }) if id == wanted => return Err(self.hung_up()),
                Step::Event(_) | Step::TlsStands => {}
            }
        }
    }

    /// Sends many commands, as far ahead as the client finds right, and hands out what comes for each, in order; until
    /// `take` says no.
    pub(crate) fn request_all(
        &mut self,
        commands: impl IntoIterator<Item = (Command, Octets)>,
        mut take: impl FnMut(usize, Answer) -> bool,
    ) -> Result<(), Failure> {
        let mut commands = commands.into_iter();
        let (mut sent, mut answered) = (0_usize, 0_usize);
        loop {
            while sent - answered < AHEAD_COMMANDS
                && let Some((command, octets)) = commands.next()
            {
                self.client.send_expecting(command, octets);
                sent += 1;
            }
            if sent == answered {
                return Ok(());
            }
            let goes_on = match self.step()? {
                Step::Event(Event::Chunk { octets, .. }) => take(answered, Answer::Octets(octets)),
                Step::Event(Event::Reply { reply, .. }) => {
                    answered += 1;
                    take(answered - 1, Answer::Reply(reply))
                }
                Step::Event(Event::NotSent { .. }) => return Err(self.hung_up()),
                Step::Event(_) | Step::TlsStands => true,
            };
            if !goes_on {
                return Ok(());
            }
        }
    }

    /// Ends a session in which nothing was marked. The task is done by then, whatever becomes of this.
    pub(crate) fn quit(mut self) {
        let _ = self.request(Command::Quit);
    }

    fn hung_up(&self) -> Failure {
        let said = self.last_words.as_ref().map(|text| format!("; it said before: {text}"));
        let what = format!("the server ended the connection{}", said.unwrap_or_default());
        Failure::new(Ending::Unreachable, what, "try again later; nothing was deleted")
    }

    fn show(&self, line: &Line) {
        if !self.transcript {
            return;
        }
        let speaker = match line.direction {
            Direction::ClientToServer => "C:",
            Direction::ServerToClient => "S:",
        };
        match line.meaning {
            Meaning::BodyFolded { lines, .. } => {
                eprintln!("{speaker} [{lines} more lines, {} octets]", line.octets);
            }
            _ => eprintln!("{speaker} {}", line.text),
        }
    }

    fn note(&mut self, deviation: &Deviation) {
        *self.tolerated.entry(deviation.to_string()).or_default() += 1;
        if self.transcript {
            eprintln!("!! {deviation}: {}", deviation.octets);
        }
    }
}

/// What was tolerated is told, whatever the end.
impl Drop for Session {
    fn drop(&mut self) {
        for (rule, count) in &self.tolerated {
            eprintln!("pop3: tolerated {count} times: {rule}");
        }
    }
}

fn misbehaved(error: &Error) -> Failure {
    let advice = if error.is_desynchronisation() {
        "try again with --pipelining never"
    } else {
        "see what it said with --transcript; tell the server's operator"
    };
    let what = match error {
        Error::PeerMisbehaved(Misbehaviour::Strict(deviation)) => format!("{error}: {deviation}"),
        _ => error.to_string(),
    };
    Failure::new(Ending::Misbehaved, what, advice)
}

/// What `-ERR` to a command means for the task.
pub(crate) fn refused(ending: Ending, refusal: &Refusal) -> Failure {
    let advice = match &refusal.code {
        Some(ResponseCode::InUse) => "another program has the maildrop open: close it, or try again later",
        Some(ResponseCode::LoginDelay) => "the server wants fewer logins: try again later",
        Some(ResponseCode::Auth) => "check name and password; some providers want a password made for this program",
        Some(ResponseCode::System(SystemFault::Temporary)) => "the server has a passing problem: try again later",
        Some(ResponseCode::System(_)) => "the server has a lasting problem: tell its operator",
        Some(ResponseCode::Utf8) => "the maildrop needs UTF-8, which this program does not ask for",
        Some(ResponseCode::Other(_)) | None => "see what was said before with --transcript",
    };
    Failure::new(ending, format!("{} was refused: {}", refusal.command.keyword(), refusal.text), advice)
}

/// An answer that does not belong to its command, which the client never lets through.
pub(crate) fn misplaced(command: &str) -> Failure {
    let what = format!("the answer to {command} is of another kind");
    Failure::new(Ending::Misbehaved, what, "see what the server said with --transcript")
}
