//! Reading and checking a lesson: every name that is used must be there, and every text. Knows no simulation.

use std::{collections::BTreeSet, fmt};

use super::{Answer, Draw, HINTS, MessageSetup, Plan, Question, Texts};

/// A drawn word: texts may hold it many times.
const DRAW_OCTETS_MAX: usize = 500;

/// A line that cannot be read is shown up to so many characters.
const SHOWN_CHARS_MAX: usize = 120;

/// A kind of thing with a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A server.
    Server,
    /// A user.
    User,
    /// A message.
    Message,
    /// A terminal or a device.
    Place,
    /// A question.
    Question,
    /// A task.
    Task,
    /// A dead end.
    DeadEnd,
    /// An option of a question.
    Option,
}

/// What is wrong with a lesson. In English by `Display`, for who builds the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A line cannot be read.
    Line(BadLine),
    /// A name is empty, has braces, or is there twice.
    Name(Named, String),
    /// This is named, and does not exist.
    Unknown(Named, String),
    /// A drawn word has so many octets, which is too long.
    LongDraw(usize),
    /// There is no server.
    NoServer,
    /// There is no task.
    NoTask,
    /// This terminal has no door.
    NoDoor(String),
    /// A text is missing.
    NoText(Named, String),
    /// There is a text for what does not exist.
    StrayText(Named, String),
    /// There are so many hints instead of [`HINTS`].
    Hints(usize),
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Which, from 1.
    pub line: usize,
    /// The character at which the reader stopped, from 1.
    pub column: usize,
    /// What stands there; of a very long line a part.
    pub shown: String,
    /// Why, as far as it can be told in any language.
    pub why: Unread,
    /// What the reader says, in English.
    pub said: String,
}

/// Why something cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is not written as TOML is: a quotation mark or a bracket is missing, say, or one is too many.
    Syntax,
    /// Something stands there a second time.
    Twice,
    /// Something of this name is missing.
    Missing(String),
    /// There is nothing of this name, or it cannot be chosen here.
    Unknown(String),
    /// It is of another kind than what belongs here: a word for a number, say.
    Misfit,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Server => "server",
            Self::User => "user",
            Self::Message => "message",
            Self::Place => "terminal or device",
            Self::Question => "question",
            Self::Task => "task",
            Self::DeadEnd => "dead end",
            Self::Option => "option",
        })
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(bad) => write!(f, "line {}, column {}: {}", bad.line, bad.column, bad.said),
            Self::Name(named, name) => write!(f, "a {named} has no name of its own: “{name}”"),
            Self::Unknown(named, name) => write!(f, "there is no {named} “{name}”"),
            Self::LongDraw(octets) => write!(f, "a drawn word is too long: {octets} octets"),
            Self::NoServer => write!(f, "a lesson needs a server"),
            Self::NoTask => write!(f, "a lesson needs a task"),
            Self::NoDoor(name) => write!(f, "the terminal “{name}” needs a door"),
            Self::NoText(named, key) => write!(f, "the text of the {named} “{key}” is missing"),
            Self::StrayText(named, key) => write!(f, "there is a text for the {named} “{key}”, which does not exist"),
            Self::Hints(count) => write!(f, "there are {count} hints; it should be {HINTS}"),
        }
    }
}

impl BadLine {
    /// Where TOML's reader stopped in a text, and why.
    #[must_use]
    pub fn of_toml(text: &str, error: &toml::de::Error) -> Self {
        let said = error.message().to_owned();
        // Before the end of a text that stops too soon there is a line break, and what is missing is missing before it.
        let at = error.span().map_or(0, |span| span.start).min(text.trim_end().len());
        let before = text.get(..at).unwrap_or_default();
        let begin = before.rfind('\n').map_or(0, |at| at + 1);
        let shown = text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let column = before.get(begin..).unwrap_or_default().chars().count();
        // Of a very long line, what stands around the place.
        let skipped = column.saturating_sub(SHOWN_CHARS_MAX / 2);
        Self {
            line: before.bytes().filter(|octet| *octet == b'\n').count() + 1,
            column: column + 1,
            shown: shown.chars().skip(skipped).take(SHOWN_CHARS_MAX).collect(),
            why: Unread::of(text, &said),
            said,
        }
    }
}

impl Unread {
    /// The reader tells syntax from content by its words alone; those about content are serde's own, and stay the same.
    fn of(text: &str, said: &str) -> Self {
        let quoted = || said.split('`').nth(1).unwrap_or_default().to_owned();
        if said.starts_with("duplicate key") {
            Self::Twice
        } else if text.parse::<toml::Table>().is_err() {
            Self::Syntax
        } else if said.starts_with("missing field") {
            Self::Missing(quoted())
        } else if said.starts_with("unknown ") {
            Self::Unknown(quoted())
        } else {
            Self::Misfit
        }
    }
}

impl Plan {
    /// Reads `lesson.toml`.
    ///
    /// # Errors
    /// What is wrong, with the line.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let plan: Self = toml::from_str(text).map_err(|error| Flaw::Line(BadLine::of_toml(text, &error)))?;
        plan.check()?;
        Ok(plan)
    }

    /// What names must be there, and once.
    pub(crate) fn check(&self) -> Result<(), Flaw> {
        distinct(Named::Server, self.servers.iter().map(|server| &server.name))?;
        distinct(Named::User, self.servers.iter().flat_map(|server| &server.users).map(|user| &user.name))?;
        distinct(Named::Message, self.messages().map(|message| &message.id))?;
        distinct(Named::Place, self.terminals.iter().map(|it| &it.name).chain(self.devices.iter().map(|it| &it.name)))?;
        distinct(Named::Question, self.questions.iter().map(|question| &question.id))?;
        distinct(Named::Task, self.tasks.iter().map(|task| &task.id))?;
        distinct(Named::DeadEnd, self.dead_ends.iter().map(|dead_end| &dead_end.id))?;
        let servers: BTreeSet<_> = self.servers.iter().map(|server| &server.name).collect();
        let named = self.terminals.iter().map(|it| &it.server).chain(self.devices.iter().map(|it| &it.server));
        named.into_iter().try_for_each(|name| known(Named::Server, &servers, name))?;
        let words = self.draws.values().flat_map(|draw| match draw {
            Draw::OneOf(words) => words.as_slice(),
            Draw::Number(..) => &[],
        });
        if let Some(word) = words.into_iter().find(|word| word.len() > DRAW_OCTETS_MAX) {
            return Err(Flaw::LongDraw(word.len()));
        }
        if self.servers.is_empty() {
            return Err(Flaw::NoServer);
        }
        if self.tasks.is_empty() {
            return Err(Flaw::NoTask);
        }
        if let Some(terminal) = self.terminals.iter().find(|terminal| terminal.doors.is_empty()) {
            return Err(Flaw::NoDoor(terminal.name.clone()));
        }
        let tasks: BTreeSet<_> = self.tasks.iter().map(|task| &task.id).collect();
        self.wrong.iter().try_for_each(|wrong| known(Named::Task, &tasks, &wrong.leaves_open))?;
        self.questions.iter().filter_map(|it| it.after.as_ref()).try_for_each(|after| known(Named::Task, &tasks, after))
    }

    /// The same lesson with other words: every text, name and answer in it as this makes it.
    #[must_use]
    pub fn filled(&self, fill: &dyn Fn(&str) -> String) -> Self {
        let mut value = toml::Value::try_from(self).expect("what was read can be written");
        fill_all(&mut value, fill);
        value.try_into().expect("other words make no other shape")
    }

    /// All messages of all users.
    pub fn messages(&self) -> impl Iterator<Item = &MessageSetup> {
        self.servers.iter().flat_map(|server| &server.users).flat_map(|user| &user.messages)
    }
}

impl Texts {
    /// The same texts with other words.
    #[must_use]
    pub fn filled(&self, fill: &dyn Fn(&str) -> String) -> Self {
        let mut value = toml::Value::try_from(self).expect("what was read can be written");
        fill_all(&mut value, fill);
        value.try_into().expect("other words make no other shape")
    }

    /// Reads the texts of a plan.
    ///
    /// # Errors
    /// What is wrong, with the line or the key.
    pub fn parse(text: &str, plan: &Plan) -> Result<Self, Flaw> {
        let texts: Self = toml::from_str(text).map_err(|error| Flaw::Line(BadLine::of_toml(text, &error)))?;
        texts.check(plan)?;
        Ok(texts)
    }

    /// The texts that the plan needs must be there, and no others.
    pub(crate) fn check(&self, plan: &Plan) -> Result<(), Flaw> {
        same_keys(Named::Task, plan.tasks.iter().map(|task| &task.id), self.tasks.keys())?;
        same_keys(Named::Question, plan.questions.iter().map(|question| &question.id), self.questions.keys())?;
        same_keys(Named::DeadEnd, plan.dead_ends.iter().map(|dead_end| &dead_end.id), self.dead_ends.keys())?;
        for question in &plan.questions {
            let shown = self.questions[&question.id].options.iter().map(|(key, _)| key);
            same_keys(Named::Option, question.options(), shown)?;
        }
        if self.hints.len() != HINTS {
            return Err(Flaw::Hints(self.hints.len()));
        }
        Ok(())
    }
}

impl Question {
    /// The keys of its options; none if it is not a choice. What the seed fills in is one of the others.
    pub fn options(&self) -> impl Iterator<Item = &String> {
        let (first, second): (&[String], &[String]) = match &self.answer {
            Answer::Choice(options) => (options, &[]),
            Answer::Choices { right, wrong } => (right, wrong),
            Answer::Text(_) | Answer::AnyOf(_) | Answer::Exactly(_) | Answer::Number(_) => (&[], &[]),
        };
        first.iter().chain(second).filter(|key| !key.contains('{'))
    }
}

fn fill_all(value: &mut toml::Value, fill: &dyn Fn(&str) -> String) {
    match value {
        toml::Value::String(text) => *text = fill(text),
        toml::Value::Array(values) => values.iter_mut().for_each(|value| fill_all(value, fill)),
        toml::Value::Table(table) => table.iter_mut().for_each(|(_, value)| fill_all(value, fill)),
        _ => {}
    }
}

fn distinct<'a>(kind: Named, names: impl Iterator<Item = &'a String>) -> Result<(), Flaw> {
    let mut seen = BTreeSet::new();
    for name in names {
        // Names are not filled in, and other names are made of them.
        if name.is_empty() || name.contains(['{', '}']) || !seen.insert(name) {
            return Err(Flaw::Name(kind, name.clone()));
        }
    }
    Ok(())
}

fn known(kind: Named, names: &BTreeSet<&String>, name: &String) -> Result<(), Flaw> {
    if names.contains(name) { Ok(()) } else { Err(Flaw::Unknown(kind, name.clone())) }
}

fn same_keys<'a>(
    kind: Named,
    planned: impl Iterator<Item = &'a String>,
    written: impl Iterator<Item = &'a String>,
) -> Result<(), Flaw> {
    let planned: BTreeSet<_> = planned.collect();
    let written: BTreeSet<_> = written.collect();
    match planned.symmetric_difference(&written).next() {
        None => Ok(()),
        Some(key) if planned.contains(key) => Err(Flaw::NoText(kind, (*key).clone())),
        Some(key) => Err(Flaw::StrayText(kind, (*key).clone())),
    }
}
