//! The line that is being typed, and those that were.

use popglass_protocol::secret::Secret;
use popglass_session::event::LineFault;

/// Lines of the history; the oldest goes.
pub const HISTORY_LINES_MAX: usize = 100;

/// The line.
#[derive(Debug, Default)]
pub(super) struct TypedLine {
    /// What stands in the field; may be a password, or hold one.
    pub(super) text: Secret<String>,
    /// It came back, and may be a secret: by now nobody knows what it was an answer to.
    pub(super) is_hidden: bool,
    /// Why the last one came back.
    pub(super) not_sent: Option<LineFault>,
    /// Tab completed it, and nothing was typed since: the next Tab leads on.
    pub(super) completed: bool,
    /// What was sent and is no secret, oldest first.
    history: Vec<String>,
    /// The line of the history that is in the field.
    recalled: Option<usize>,
}

impl TypedLine {
    /// Something else stands in the field.
    pub(super) fn set(&mut self, text: Secret<String>) {
        // As long as something of it is there.
        self.is_hidden &= !text.expose().is_empty();
        self.text = text;
        self.completed = false;
        self.recalled = None;
        self.not_sent = None;
    }

    /// Keeps a line that was sent; no empty one, and none twice in a row.
    pub(super) fn keep(&mut self, line: &str) {
        if !line.is_empty() && self.history.last().is_none_or(|last| last != line) {
            if self.history.len() == HISTORY_LINES_MAX {
                self.history.remove(0);
            }
            self.history.push(line.to_owned());
        }
    }

    /// The line before the one that is in the field, or behind it: behind the newest there is an empty one. Nothing if there is
    /// none.
    pub(super) fn recall(&mut self, older: bool) -> Option<String> {
        let newest = self.history.len();
        let here = self.recalled.unwrap_or(newest);
        let there = if older { here.checked_sub(1)? } else { here + 1 };
        let line = match self.history.get(there) {
            Some(line) => line.clone(),
            None if there == newest => String::new(),
            None => return None,
        };
        self.set(Secret::new(line.clone()));
        self.recalled = (there < newest).then_some(there);
        Some(line)
    }
}
