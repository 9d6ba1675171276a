//! Which lessons are done, as it is kept and as it travels in a file: a line a lesson. Nothing else is in it: no name, no
//! answers, no times. Who reads it takes the lines that it knows.

use std::collections::BTreeMap;

use popglass_lessons::lesson;

/// The first line of a file with progress.
const HEADING: &str = "popglass progress 1";

/// More octets than a file with every lesson has; what is longer is no such file.
pub const PROGRESS_OCTETS_MAX: u64 = 16_384;

/// What a learner has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// The fewest moves, by the number of the lesson.
    done: BTreeMap<u32, u32>,
}

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressFault {
    /// It is no file with progress.
    NotProgress,
    /// This line of it is not understood, counted from 1.
    Line(usize),
}

impl Progress {
    /// A lesson was finished with so many moves.
    pub fn finish(&mut self, number: u32, moves: u32) {
        let fewest = self.done.entry(number).or_insert(moves);
        *fewest = moves.min(*fewest);
    }

    /// Whether this lesson is done.
    #[must_use]
    pub fn is_done(&self, number: u32) -> bool {
        self.done.contains_key(&number)
    }

    /// The fewest moves for this lesson, if it is done.
    #[must_use]
    pub fn fewest_moves(&self, number: u32) -> Option<u32> {
        self.done.get(&number).copied()
    }

    /// How many lessons are done.
    #[must_use]
    pub fn count(&self) -> usize {
        self.done.len()
    }

    /// Adds what another device knows.
    pub fn add(&mut self, other: &Self) {
        other.done.iter().for_each(|(number, moves)| self.finish(*number, *moves));
    }

    /// As it is kept and saved.
    #[must_use]
    pub fn to_text(&self) -> String {
        let lines = self.done.iter().map(|(number, moves)| format!("done {number} {moves}\n"));
        std::iter::once(format!("{HEADING}\n")).chain(lines).collect()
    }

    /// What this browser kept, as far as it is understood.
    #[must_use]
    pub fn kept(text: &str) -> Self {
        Self { done: text.lines().filter_map(line).collect() }
    }

    /// What a file says.
    ///
    /// # Errors
    /// It is something else, or a line of it is.
    pub fn from_file(text: &str) -> Result<Self, ProgressFault> {
        let mut lines = text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty());
        if lines.next().is_none_or(|(_, text)| text.trim_start_matches('\u{feff}').trim() != HEADING) {
            return Err(ProgressFault::NotProgress);
        }
        let done = lines.map(|(at, text)| line(text.trim()).ok_or(ProgressFault::Line(at + 1)));
        Ok(Self { done: done.collect::<Result<_, _>>()? })
    }
}

fn line(text: &str) -> Option<(u32, u32)> {
    let (number, moves) = text.strip_prefix("done ")?.split_once(' ')?;
    let number = number.parse().ok().filter(|number| lesson(*number).is_some())?;
    Some((number, moves.parse().ok()?))
}
