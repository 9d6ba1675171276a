//! Reading and checking a lesson: every name that is used must be there, and every text. Knows no simulation.

use std::collections::BTreeSet;

use super::{Answer, Draw, HINTS, MessageSetup, Plan, Question, Texts};

/// A drawn word: texts may hold it many times.
const DRAW_OCTETS_MAX: usize = 500;

/// What is wrong with a lesson: words for its author.
pub type Flaw = String;

impl Plan {
    /// Reads `lesson.toml`.
    ///
    /// # Errors
    /// What is wrong, with the line.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let plan: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        plan.check()?;
        Ok(plan)
    }

    /// What names must be there, and once.
    pub(crate) fn check(&self) -> Result<(), Flaw> {
        distinct("server", self.servers.iter().map(|server| &server.name))?;
        distinct("user", self.servers.iter().flat_map(|server| &server.users).map(|user| &user.name))?;
        distinct("message", self.messages().map(|message| &message.id))?;
        distinct(
            "terminal or device",
            self.terminals.iter().map(|it| &it.name).chain(self.devices.iter().map(|it| &it.name)),
        )?;
        distinct("question", self.questions.iter().map(|question| &question.id))?;
        distinct("task", self.tasks.iter().map(|task| &task.id))?;
        distinct("dead end", self.dead_ends.iter().map(|dead_end| &dead_end.id))?;
        let servers: BTreeSet<_> = self.servers.iter().map(|server| &server.name).collect();
        let named = self.terminals.iter().map(|it| &it.server).chain(self.devices.iter().map(|it| &it.server));
        named.into_iter().try_for_each(|name| known("server", &servers, name))?;
        let words = self.draws.values().flat_map(|draw| match draw {
            Draw::OneOf(words) => words.as_slice(),
            Draw::Number(..) => &[],
        });
        if let Some(word) = words.into_iter().find(|word| word.len() > DRAW_OCTETS_MAX) {
            return Err(format!("a drawn word is too long: {} octets", word.len()));
        }
        if self.servers.is_empty() || self.tasks.is_empty() {
            return Err("a lesson needs a server and a task".into());
        }
        if self.terminals.iter().any(|terminal| terminal.doors.is_empty()) {
            return Err("a terminal needs a door".into());
        }
        let tasks: BTreeSet<_> = self.tasks.iter().map(|task| &task.id).collect();
        self.wrong.iter().try_for_each(|wrong| known("task", &tasks, &wrong.leaves_open))?;
        self.questions.iter().filter_map(|it| it.after.as_ref()).try_for_each(|after| known("task", &tasks, after))
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
        let texts: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        texts.check(plan)?;
        Ok(texts)
    }

    /// The texts that the plan needs must be there, and no others.
    pub(crate) fn check(&self, plan: &Plan) -> Result<(), Flaw> {
        same_keys("task", plan.tasks.iter().map(|task| &task.id), self.tasks.keys())?;
        same_keys("question", plan.questions.iter().map(|question| &question.id), self.questions.keys())?;
        same_keys("dead end", plan.dead_ends.iter().map(|dead_end| &dead_end.id), self.dead_ends.keys())?;
        for question in &plan.questions {
            let shown = self.questions[&question.id].options.iter().map(|(key, _)| key);
            same_keys(&format!("option of {}", question.id), question.options(), shown)?;
        }
        if self.hints.len() != HINTS {
            return Err(format!("there are {} hints; it should be {HINTS}", self.hints.len()));
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

fn distinct<'a>(kind: &str, names: impl Iterator<Item = &'a String>) -> Result<(), Flaw> {
    let mut seen = BTreeSet::new();
    for name in names {
        // Names are not filled in, and other names are made of them.
        if name.is_empty() || name.contains(['{', '}']) || !seen.insert(name) {
            return Err(format!("a {kind} has no name of its own: “{name}”"));
        }
    }
    Ok(())
}

fn known(kind: &str, names: &BTreeSet<&String>, name: &String) -> Result<(), Flaw> {
    if names.contains(name) { Ok(()) } else { Err(format!("there is no {kind} “{name}”")) }
}

fn same_keys<'a>(
    kind: &str,
    planned: impl Iterator<Item = &'a String>,
    written: impl Iterator<Item = &'a String>,
) -> Result<(), Flaw> {
    let planned: BTreeSet<_> = planned.collect();
    let written: BTreeSet<_> = written.collect();
    match planned.symmetric_difference(&written).next() {
        None => Ok(()),
        Some(key) if planned.contains(key) => Err(format!("the text of the {kind} “{key}” is missing")),
        Some(key) => Err(format!("there is a text for the {kind} “{key}”, which does not exist")),
    }
}
