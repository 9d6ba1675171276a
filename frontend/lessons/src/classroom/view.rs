//! What there is to see of a classroom. Values to be drawn; nothing here changes anything.

use std::collections::BTreeSet;

use popglass_protocol::{capability::Capabilities, state::State, types::MessageNumber};
use popglass_wire::{link::ClientTls, tap::Tap};

use super::{Classroom, Fetch, Kept, Reading, Sent, TimedLine, room::inbox, terminal::TerminalSession};
use crate::{
    fact::Fact,
    format::{DeviceSettings, Door, Goal, Question, What},
    goal::wanted,
};

/// A terminal.
#[derive(Debug)]
pub struct TerminalView<'a> {
    /// Its name.
    pub name: &'a str,
    /// The server's name.
    pub server: &'a str,
    /// The doors that can be chosen.
    pub doors: &'a [Door],
    /// The door through which it is connected; nothing if it is not.
    pub door: Option<Door>,
    /// Where a POP3 session is; [`State::Closed`] without one.
    pub state: State,
    /// TLS as the client sees it, while there is a connection.
    pub tls: Option<&'a ClientTls>,
    /// What the server said it can, if it was asked.
    pub capabilities: Option<&'a Capabilities>,
    /// Messages of the maildrop that is open.
    pub message_count: usize,
    /// What is marked in this session.
    pub marked: Option<&'a BTreeSet<MessageNumber>>,
    /// The message that was retrieved last.
    pub reading: Option<&'a Reading>,
    /// Within AUTH: what is typed next is a response, and may be a secret.
    pub exchanging: bool,
    /// What was said, oldest first.
    pub lines: Vec<&'a TimedLine>,
    session: Option<&'a TerminalSession>,
}

impl TerminalView<'_> {
    /// Whether what is being typed would be masked once it is sent, or the next letter would: in SMTP and IMAP. Of POP3 a
    /// screen knows it by itself, from [`Self::state`] and [`Self::exchanging`].
    #[must_use]
    pub fn hides(&self, typed: &str) -> bool {
        self.session.is_some_and(|session| session.hides(typed))
    }
}

/// A maildrop as it lies on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaildropView {
    /// The server's name.
    pub server: String,
    /// Whose.
    pub user: String,
    /// Some session holds it.
    pub locked: bool,
    /// Oldest first.
    pub messages: Vec<MessageView>,
}

/// A message in a maildrop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    /// The lesson's name for it.
    pub id: String,
    /// The number it has for a session that begins now.
    pub number: usize,
    /// What the header says; empty if nothing.
    pub subject: String,
    /// Its size.
    pub octets: u64,
    /// Its unique-id.
    pub unique_id: String,
    /// It was read, as IMAP knows it.
    pub seen: bool,
    /// A session that is open has marked it for deletion.
    pub marked: bool,
}

/// A device.
#[derive(Debug)]
pub struct DeviceView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whose mail it fetches.
    pub user: &'a str,
    /// Its settings.
    pub settings: &'a DeviceSettings,
    /// The learner may change them.
    pub configurable: bool,
    /// What it has.
    pub kept: &'a [Kept],
    /// How it went last.
    pub last: Option<&'a Fetch>,
    /// What was said then.
    pub lines: &'a [popglass_protocol::transcript::Line],
}

/// What an eavesdropper heard of a connection.
#[derive(Debug)]
pub struct Overheard<'a> {
    /// The terminal or device.
    pub by: &'a str,
    /// Counts connections.
    pub session: u32,
    /// What was on the wire.
    pub tap: &'a Tap,
}

/// A task.
#[derive(Debug)]
pub struct TaskView<'a> {
    /// Its name.
    pub id: &'a str,
    /// It is met.
    pub met: bool,
    /// For one that is not: what is wanted next.
    pub wanted: Option<&'a Goal>,
    /// For one that is not: the last thing of the kind that is wanted.
    pub seen: Option<&'a Fact>,
}

/// A question.
#[derive(Debug)]
pub struct QuestionView<'a> {
    /// The question.
    pub question: &'a Question,
    /// It can be answered.
    pub open: bool,
    /// The last answer, and whether it was right.
    pub answer: Option<&'a (String, bool)>,
}

impl Classroom {
    /// The terminal of this name.
    #[must_use]
    pub fn terminal(&self, name: &str) -> Option<TerminalView<'_>> {
        let terminal = self.room.terminals.iter().find(|terminal| terminal.name == name)?;
        let pop3 = terminal.pop3();
        Some(TerminalView {
            name: &terminal.name,
            server: &terminal.server,
            doors: &terminal.doors,
            door: terminal.session.as_ref().map(|(door, _)| *door),
            state: pop3.map_or(State::Closed, |pop3| pop3.state()),
            tls: pop3.map(|pop3| pop3.conversation.client_tls()),
            capabilities: pop3.map(|pop3| pop3.conversation.client.capabilities()),
            message_count: pop3.map_or(0, |pop3| pop3.message_count()),
            marked: pop3.map(|pop3| &pop3.marked),
            reading: terminal.reading(),
            exchanging: pop3.is_some_and(|pop3| pop3.exchanging()),
            lines: terminal.lines.iter().collect(),
            session: terminal.session.as_ref().map(|(_, session)| session),
        })
    }

    /// All maildrops.
    #[must_use]
    pub fn maildrops(&self) -> Vec<MaildropView> {
        let users = self.plan.servers.iter().flat_map(|server| server.users.iter().map(move |user| (server, user)));
        users.map(|(server, user)| self.maildrop(&server.name, &user.name)).collect()
    }

    fn maildrop(&self, server: &str, user: &str) -> MaildropView {
        let world = self.room.world_of(server);
        let marked: BTreeSet<String> = self
            .room
            .terminals
            .iter()
            .filter_map(|terminal| terminal.pop3())
            .filter(|pop3| pop3.user() == user)
            .flat_map(|pop3| pop3.marked_names())
            .collect();
        let messages = inbox(world, user).into_iter().zip(1..).map(|(stored, number)| {
            let id = self.room.name_of(&stored.unique_id);
            let octets = world.message(user, &stored.unique_id);
            MessageView {
                marked: marked.contains(&id),
                number,
                subject: octets.map(|octets| subject(&octets)).unwrap_or_default(),
                octets: stored.octets,
                unique_id: stored.unique_id.as_str().to_owned(),
                seen: stored.flags.seen,
                id,
            }
        });
        let messages = messages.collect();
        MaildropView { server: server.to_owned(), user: user.to_owned(), locked: world.locked(user), messages }
    }

    /// The device of this name.
    #[must_use]
    pub fn device(&self, name: &str) -> Option<DeviceView<'_>> {
        let place = self.room.devices.iter().position(|device| device.name == name)?;
        let device = &self.room.devices[place];
        Some(DeviceView {
            name: &device.name,
            user: &device.user,
            settings: &device.settings,
            configurable: self.plan.devices[place].configurable,
            kept: &device.kept,
            last: device.last.as_ref(),
            lines: &device.lines,
        })
    }

    /// What an eavesdropper heard, connection by connection, those that stand last.
    #[must_use]
    pub fn overheard(&self) -> Vec<Overheard<'_>> {
        let ended =
            self.room.heard.iter().map(|heard| Overheard { by: &heard.by, session: heard.session, tap: &heard.tap });
        let open = self.room.terminals.iter().filter_map(|terminal| {
            let (_, session) = terminal.session.as_ref()?;
            Some(Overheard { by: &terminal.name, session: session.session(), tap: session.tap() })
        });
        ended.chain(open).collect()
    }

    /// What was sent by SMTP, and the way that it went, oldest first.
    #[must_use]
    pub fn journeys(&self) -> &[Sent] {
        &self.room.journeys
    }

    /// The tasks, in their order.
    #[must_use]
    pub fn tasks(&self) -> Vec<TaskView<'_>> {
        let tasks = self.plan.tasks.iter().zip(&self.room.met);
        tasks
            .map(|(task, &met)| {
                let wanted = if met { None } else { wanted(&task.goal, &self.room.evidence) };
                TaskView { id: &task.id, met, wanted, seen: wanted.and_then(|goal| self.seen_instead(goal)) }
            })
            .collect()
    }

    /// What of a goal is wanted next; nothing if it is reached.
    pub(crate) fn wanted<'a>(&self, goal: &'a Goal) -> Option<&'a Goal> {
        wanted(goal, &self.room.evidence)
    }

    /// The last fact of the kind that a goal wants.
    fn seen_instead(&self, goal: &Goal) -> Option<&Fact> {
        let event = match goal {
            Goal::Happened(event) => event,
            Goal::InOrder(events) | Goal::InOneSession(events) | Goal::Without { happened: events, .. } => {
                events.iter().find(|event| !self.facts().iter().any(|fact| fact.is(event))).or(events.last())?
            }
            _ => return None,
        };
        let alike = |fact: &&Fact| {
            fact.what == event.what
                && (event.what != What::Command
                    || event.command.as_deref().is_none_or(|command| command == fact.command))
        };
        self.facts().iter().rev().find(alike)
    }

    /// The questions, in their order.
    #[must_use]
    pub fn questions(&self) -> Vec<QuestionView<'_>> {
        let is_met = |id: &String| self.plan.tasks.iter().zip(&self.room.met).any(|(task, met)| task.id == *id && *met);
        let questions = self.plan.questions.iter();
        questions
            .map(|question| QuestionView {
                question,
                open: question.after.as_ref().is_none_or(is_met),
                answer: self.room.answers.get(&question.id),
            })
            .collect()
    }
}

/// The subject in a header, as it stands there.
fn subject(message: &[u8]) -> String {
    let header = message.split(|&octet| octet == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    let mut lines = header
        .filter_map(|line| line.get(..8).filter(|name| name.eq_ignore_ascii_case(b"subject:")).map(|_| &line[8..]));
    lines.next().map(|value| String::from_utf8_lossy(value.trim_ascii()).into_owned()).unwrap_or_default()
}
