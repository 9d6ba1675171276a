//! What happened in the classroom, one after the other. Facts are never taken back: goals look at them. Knows no goals.

use crate::format::{Event, What};

/// A fact. What does not belong to its kind is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// What kind of thing happened.
    pub what: What,
    /// The terminal or device.
    pub by: String,
    /// Counts the connections of all terminals and devices; a fact without one has zero.
    pub session: u32,
    /// The command's keyword, in capitals.
    pub command: String,
    /// What stood behind it. Secrets are not kept.
    pub argument: String,
    /// The server accepted.
    pub accepted: bool,
    /// TLS protected the connection.
    pub tls: bool,
    /// The state, by the RFC's name.
    pub state: String,
    /// The message, by the lesson's name for it.
    pub message: String,
    /// The user.
    pub user: String,
    /// How many.
    pub count: usize,
    /// The reply's first line, or a text that came.
    pub text: String,
}

impl Fact {
    /// Whether this is what was meant.
    #[must_use]
    pub fn is(&self, event: &Event) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
        self.what == event.what
            && same(&event.by, &self.by)
            && same(&event.command, &self.command)
            && same(&event.argument, &self.argument)
            && event.accepted.is_none_or(|accepted| accepted == self.accepted)
            && event.tls.is_none_or(|tls| tls == self.tls)
            && same(&event.state, &self.state)
            && same(&event.message, &self.message)
            && same(&event.user, &self.user)
            && event.at_least.is_none_or(|at_least| self.count >= at_least)
            && event.at_most.is_none_or(|at_most| self.count <= at_most)
            && event.containing.as_deref().is_none_or(|part| self.text.contains(part))
    }
}
