//! A simulated device: it fetches its mail by itself, keeps what it has, and does on the server what its settings say.
//! A real POP3 client, over the same wire as everybody. Knows the lesson's names for messages, for telling alone: it
//! recognises messages by their unique-ids, or, where a server has none, by what is in them.

use popglass_protocol::{
    client::{CommandId, Event},
    command::Command,
    reply::Reply,
    sasl::apop_digest,
    state::State,
    transcript::Line,
    types::{ApopDigest, MessageNumber, Password, UserName},
};
use popglass_wire::link::ClientTls;

use super::{
    Millis,
    conversation::{Conversation, Standing},
    pop3::Told,
};
use crate::{
    fact::Fact,
    format::{DeviceSettings, Leave, Security, What},
};

/// Messages that a device keeps.
pub const KEPT_MAX: usize = 1_000;

/// A device.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    pub(crate) name: String,
    pub(crate) user: String,
    password: String,
    pub(crate) settings: DeviceSettings,
    pub(crate) kept: Vec<Kept>,
    /// What was said when it fetched last.
    pub(crate) lines: Vec<Line>,
    pub(crate) last: Option<Fetch>,
}

/// A message that a device has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// By the lesson's name for it.
    pub message: String,
    /// By the server's name, if it has names.
    pub unique_id: Option<String>,
    /// All of it.
    pub octets: Vec<u8>,
    /// The day it was fetched.
    pub day: u32,
    /// It was read, here.
    pub read: bool,
}

/// How fetching went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// New messages.
    pub new: Vec<String>,
    /// Messages that were deleted on the server.
    pub deleted: Vec<String>,
    /// What went wrong.
    pub failure: Option<FetchFailure>,
}

/// Why a device could not fetch, or not all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchFailure {
    /// The server refused this, with these words.
    Refused(String),
    /// TLS was wanted and there is none.
    NoTls,
    /// TLS was refused, by the name of the fault.
    TlsRefused(String),
    /// Words came that nobody asked for.
    Injected,
    /// The line broke.
    Broken,
}

/// What is needed to fetch.
pub(crate) struct Call<'a> {
    pub(crate) session: u32,
    pub(crate) now_ms: Millis,
    pub(crate) day: u32,
    pub(crate) conversation: Conversation,
    /// The lesson's names of the messages, by number, as they lie there.
    pub(crate) names: Vec<String>,
    pub(crate) told: &'a mut Told,
}

impl Device {
    pub(crate) fn new(name: &str, user: &str, password: &str, settings: &DeviceSettings) -> Self {
        Self {
            name: name.to_owned(),
            user: user.to_owned(),
            password: password.to_owned(),
            settings: settings.clone(),
            kept: Vec::new(),
            lines: Vec::new(),
            last: None,
        }
    }

    /// Fetches what is new. Gives the conversation back, for what was overheard.
    pub(crate) fn fetch(&mut self, call: Call<'_>) -> Conversation {
        let Call { session, now_ms, day, conversation, names, told } = call;
        let mut run = Run {
            name: &self.name,
            user: &self.user,
            session,
            now_ms,
            conversation,
            told,
            replies: Vec::new(),
            chunks: Vec::new(),
            protected: false,
        };
        let mut fetch = Fetch { new: Vec::new(), deleted: Vec::new(), failure: None };
        fetch.failure = run.all(&self.password, &self.settings, &mut self.kept, &names, day, &mut fetch).err();
        if fetch.failure.is_some() {
            // Without QUIT nothing is deleted (RFC 1939 §6).
            fetch.deleted.clear();
            run.conversation.hang_up();
        }
        let what = if fetch.failure.is_none() { What::Fetched } else { What::FetchFailed };
        let fact = Fact { count: fetch.new.len(), ..run.fact(what) };
        run.told.facts.push(fact);
        let conversation = run.conversation;
        self.last = Some(fetch);
        conversation
    }
}

/// One fetching, under way.
struct Run<'a> {
    name: &'a str,
    user: &'a str,
    session: u32,
    now_ms: Millis,
    conversation: Conversation,
    told: &'a mut Told,
    replies: Vec<(CommandId, Reply)>,
    chunks: Vec<u8>,
    /// TLS stands, or stood until its goodbye.
    protected: bool,
}

impl Run<'_> {
    fn all(
        &mut self,
        password: &str,
        settings: &DeviceSettings,
        kept: &mut Vec<Kept>,
        names: &[String],
        day: u32,
        fetch: &mut Fetch,
    ) -> Result<(), FetchFailure> {
        self.run()?;
        if self.conversation.state() != State::Authorization {
            return Err(FetchFailure::Broken);
        }
        self.told.facts.push(Fact { accepted: true, ..self.fact(What::Connected) });
        self.secure(settings.security)?;
        self.log_in(password)?;
        for (number, unique_id) in self.list()? {
            self.take(number, unique_id, settings.leave, kept, names, day, fetch)?;
        }
        self.ask(Command::Quit)?;
        self.told.facts.push(Fact { count: fetch.deleted.len(), ..self.fact(What::Quit) });
        Ok(())
    }

    fn secure(&mut self, security: Security) -> Result<(), FetchFailure> {
        let (wanted, required) = match security {
            Security::Clear | Security::Tls => (false, false),
            Security::StlsIfOffered => (true, false),
            Security::Stls => (true, true),
        };
        if !wanted {
            return Ok(());
        }
        let offered = matches!(self.ask(Command::Capa), Ok(Reply::Capabilities(capabilities)) if capabilities.stls);
        if offered {
            match self.ask(Command::Stls) {
                Ok(_) if self.conversation.is_protected() => return Ok(()),
                Ok(_) => return Err(FetchFailure::NoTls),
                Err(FetchFailure::Refused(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        if required { Err(FetchFailure::NoTls) } else { Ok(()) }
    }

    /// In the clear by APOP where the greeting offers it (RFC 1939 §7), as programs did that had nothing better.
    fn log_in(&mut self, password: &str) -> Result<(), FetchFailure> {
        let user = UserName::parse(self.user).map_err(|_| FetchFailure::Refused(String::new()))?;
        let stamp = self.conversation.client.stamp().filter(|_| !self.protected);
        if let Some(digest) = stamp.map(|stamp| apop_digest(stamp.as_str(), password)) {
            let digest = ApopDigest::parse(&digest).expect("an MD5 digest has 32 hexadecimal digits");
            self.told.facts.push(self.fact(What::Credentials));
            self.ask(Command::Apop { user, digest })?;
            self.told.facts.push(self.fact(What::State));
            return Ok(());
        }
        let password = Password::parse(password).map_err(|_| FetchFailure::Refused(String::new()))?;
        self.ask(Command::User(user))?;
        self.told.facts.push(self.fact(What::Credentials));
        self.ask(Command::Pass(password))?;
        self.told.facts.push(self.fact(What::State));
        Ok(())
    }

    /// What is there: by unique-id, or, on old servers, without.
    fn list(&mut self) -> Result<Vec<(MessageNumber, Option<String>)>, FetchFailure> {
        match self.ask(Command::Uidl(None)) {
            Ok(Reply::Uidl(listed)) => {
                let named =
                    |one: popglass_protocol::reply::Identified| (one.number, Some(one.unique_id.as_str().to_owned()));
                Ok(listed.into_iter().map(named).collect())
            }
            Err(FetchFailure::Refused(_)) => match self.ask(Command::List(None))? {
                Reply::List(listed) => Ok(listed.into_iter().map(|one| (one.number, None)).collect()),
                _ => Err(FetchFailure::Broken),
            },
            Ok(_) => Err(FetchFailure::Broken),
            Err(failure) => Err(failure),
        }
    }

    /// Fetches a message if it is new, and marks it if its time on the server is over.
    #[expect(clippy::too_many_arguments, reason = "a step of one loop, split off for its length")]
    fn take(
        &mut self,
        number: MessageNumber,
        unique_id: Option<String>,
        leave: Leave,
        kept: &mut Vec<Kept>,
        names: &[String],
        day: u32,
        fetch: &mut Fetch,
    ) -> Result<(), FetchFailure> {
        let known =
            unique_id.as_ref().and_then(|wanted| kept.iter().position(|one| one.unique_id.as_ref() == Some(wanted)));
        let place = match known {
            Some(place) => place,
            None => {
                self.chunks.clear();
                self.ask(Command::Retr(number))?;
                let octets = std::mem::take(&mut self.chunks);
                // Where there are no unique-ids, only the message itself can tell whether it is new.
                match kept.iter().position(|one| unique_id.is_none() && one.octets == octets) {
                    Some(place) => place,
                    None if kept.len() >= KEPT_MAX => return Err(FetchFailure::Broken),
                    None => {
                        let message = names.get(number.index()).cloned().unwrap_or_default();
                        self.told.facts.push(Fact {
                            message: message.clone(),
                            count: octets.len(),
                            ..self.fact(What::Retrieved)
                        });
                        fetch.new.push(message.clone());
                        kept.push(Kept { message, unique_id, octets, day, read: false });
                        kept.len() - 1
                    }
                }
            }
        };
        let is_over = match leave {
            Leave::Always => false,
            Leave::Never => true,
            Leave::Days(days) => day >= kept[place].day.saturating_add(days),
        };
        if is_over {
            self.ask(Command::Dele(number))?;
            fetch.deleted.push(kept[place].message.clone());
        }
        Ok(())
    }

    fn ask(&mut self, command: Command) -> Result<Reply, FetchFailure> {
        let keyword = command.name().keyword().to_owned();
        let state = self.conversation.state();
        let id = self.conversation.client.send(command);
        let standing = self.run();
        let reply = self.replies.iter().position(|(answered, _)| *answered == id).map(|at| self.replies.remove(at).1);
        let Some(reply) = reply else {
            return Err(standing.err().unwrap_or(FetchFailure::Broken));
        };
        let accepted = !matches!(reply, Reply::Refused(_));
        self.told.facts.push(Fact {
            command: keyword,
            accepted,
            state: state.rfc_name().to_owned(),
            ..self.fact(What::Command)
        });
        match reply {
            Reply::Refused(refusal) => Err(FetchFailure::Refused(refusal.text)),
            reply => Ok(reply),
        }
    }

    fn run(&mut self) -> Result<(), FetchFailure> {
        let mut events = Vec::new();
        let standing = self.conversation.run(self.now_ms, &mut events);
        self.protected |= self.conversation.is_protected();
        for event in events {
            match event {
                Event::Line(line) => self.told.lines.push(line),
                Event::Chunk { octets, .. } => self.chunks.extend(octets),
                Event::Reply { id, reply } => self.replies.push((id, reply)),
                _ => {}
            }
        }
        match standing {
            Standing::Open => Ok(()),
            Standing::ServerClosed => Err(FetchFailure::Broken),
            Standing::Refused => Err(match self.conversation.client_tls() {
                ClientTls::Refused(refusal) => FetchFailure::TlsRefused(format!("{:?}", refusal.fault)),
                _ => FetchFailure::Injected,
            }),
        }
    }

    fn fact(&self, what: What) -> Fact {
        Fact {
            what,
            by: self.name.to_owned(),
            session: self.session,
            tls: self.protected,
            user: self.user.to_owned(),
            state: self.conversation.state().rfc_name().to_owned(),
            ..Fact::default()
        }
    }
}
