//! A lesson on the screen: the classroom that is simulated, and around it what a screen needs: hints that were asked for,
//! the solution being shown, what stands in an input, what was typed before. Knows no text of any language.

use std::{collections::BTreeMap, rc::Rc};

use popglass_lessons::{
    Classroom, Lesson, Misstep, TerminalLine,
    format::{HINTS, Move},
};
use popglass_protocol::transcript;
use popglass_sandbox::smtp;

use super::{msg::Step, tools::Tools};

/// Lines that a terminal's history keeps.
const HISTORY_MAX: usize = 200;

/// The solution, being shown or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    Hidden,
    /// Whether it shall be shown is asked.
    Asked,
    /// So many steps were shown.
    Playing(usize),
}

/// What is said of the last move, in words of the moment's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Counts on.
    pub number: u64,
    /// The words.
    pub text: String,
}

/// Announcements that stay in the log region.
const SAID_MAX: usize = 20;

/// What was typed in a terminal, and where the learner is in it.
#[derive(Debug, Clone, Default)]
struct History {
    lines: Vec<String>,
    /// From the end: 0 is what is being typed.
    back: usize,
}

/// Where a lesson comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// It is one of ours.
    Ours,
    /// A teacher made it; the word that it came in, if it did.
    Teacher(Option<String>),
    /// It is being built.
    Tried,
}

/// A lesson being played.
pub(super) struct Play {
    pub(super) lesson: Rc<Lesson>,
    pub(super) origin: Origin,
    /// Tells it from what was opened before.
    pub(super) opening: u32,
    pub(super) seed: u32,
    pub(super) classroom: Classroom,
    pub(super) hints: usize,
    pub(super) show: Show,
    /// The solution was shown since the beginning: what is reached now does not count.
    pub(super) was_shown: bool,
    pub(super) misstep: Option<Misstep>,
    /// How often it began: forms of an earlier time are none of the next.
    pub(super) times: u32,
    pub(super) said: Vec<Said>,
    said_count: u64,
    typed: BTreeMap<String, String>,
    history: BTreeMap<String, History>,
    /// What was chosen, by terminal.
    tools: BTreeMap<String, Tools>,
}

impl Play {
    pub(super) fn new(lesson: Rc<Lesson>, origin: Origin, seed: u32, opening: u32) -> Self {
        Self {
            classroom: Classroom::new(&lesson.plan, u64::from(seed)),
            lesson,
            origin,
            opening,
            seed,
            hints: 0,
            show: Show::Hidden,
            was_shown: false,
            misstep: None,
            times: 0,
            said: Vec::new(),
            said_count: 0,
            typed: BTreeMap::new(),
            history: BTreeMap::new(),
            tools: BTreeMap::new(),
        }
    }

    /// From the beginning, with the same seed. Hints that were given stay given.
    pub(super) fn begin_anew(&mut self) {
        self.classroom.reset();
        self.show = Show::Hidden;
        self.was_shown = false;
        self.misstep = None;
        self.times += 1;
        self.typed.clear();
    }

    /// Makes a move; what does not work changes nothing, and is remembered to be told.
    pub(super) fn act(&mut self, step: Move) -> bool {
        let typed = match &step {
            Move::Line(terminal, line) => Some((terminal.clone(), line.clone())),
            _ => None,
        };
        let outcome = self.classroom.act(step);
        if let Some((terminal, line)) = typed {
            self.remember_line(&terminal, &line);
        }
        self.misstep = outcome.err();
        self.misstep.is_none()
    }

    pub(super) fn undo(&mut self) -> bool {
        self.misstep = None;
        self.classroom.undo()
    }

    /// Shows one more hint, if there is one.
    pub(super) fn give_hint(&mut self) {
        self.hints = (self.hints + 1).min(HINTS);
    }

    /// The steps of the solution, with the seed's values.
    pub(super) fn solution(&self) -> &[Move] {
        &self.classroom.plan().solution
    }

    pub(super) fn say(&mut self, text: String) {
        self.said_count += 1;
        self.said.push(Said { number: self.said_count, text });
        let surplus = self.said.len().saturating_sub(SAID_MAX);
        self.said.drain(..surplus);
    }

    pub(super) fn typed(&self, terminal: &str) -> &str {
        self.typed.get(terminal).map_or("", String::as_str)
    }

    pub(super) fn tools(&self, terminal: &str) -> Tools {
        self.tools.get(terminal).copied().unwrap_or_default()
    }

    pub(super) fn set_tools(&mut self, terminal: String, tools: Tools) {
        self.tools.insert(terminal, tools);
    }

    pub(super) fn type_into(&mut self, terminal: String, text: String) {
        self.history.entry(terminal.clone()).or_default().back = 0;
        self.typed.insert(terminal, text);
    }

    pub(super) fn move_history(&mut self, terminal: &str, step: Step) {
        let Some(history) = self.history.get_mut(terminal) else { return };
        history.back = match step {
            Step::Older => (history.back + 1).min(history.lines.len()),
            Step::Newer => history.back.saturating_sub(1),
        };
        let line = history.lines.len().checked_sub(history.back).and_then(|at| history.lines.get(at));
        self.typed.insert(terminal.to_owned(), line.cloned().unwrap_or_default());
    }

    /// What was masked is typed anew each time.
    fn remember_line(&mut self, terminal: &str, line: &str) {
        self.typed.remove(terminal);
        let is_shown = self.classroom.terminal(terminal).is_some_and(|terminal| {
            let last = terminal.lines.iter().rev().find_map(|timed| client_text(&timed.line));
            last == Some(line)
        });
        let history = self.history.entry(terminal.to_owned()).or_default();
        history.back = 0;
        if !line.is_empty() && is_shown && history.lines.last().is_none_or(|last| last != line) {
            history.lines.push(line.to_owned());
            let surplus = history.lines.len().saturating_sub(HISTORY_MAX);
            history.lines.drain(..surplus);
        }
    }
}

/// A client's line as it is shown.
fn client_text(line: &TerminalLine) -> Option<&str> {
    match line {
        TerminalLine::Pop3(line) if line.direction == transcript::Direction::ClientToServer => Some(&line.text),
        TerminalLine::Imap(line) if line.direction == transcript::Direction::ClientToServer => Some(&line.text),
        TerminalLine::Smtp(line) if line.direction == smtp::Direction::Client => Some(&line.text),
        _ => None,
    }
}

impl std::fmt::Debug for Play {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Play").field("lesson", &self.lesson.number).field("seed", &self.seed).finish()
    }
}
