//! A lesson being played: moves in, and what is there now out. Every move is kept, so undoing is playing all but the
//! last again; the same lesson, seed and moves lead to the same classroom. Knows no screen and no language.

mod conversation;
mod device;
mod discretion;
mod exchange;
mod imap;
mod pop3;
mod room;
mod smtp;
mod terminal;
mod view;

pub use device::{Fetch, FetchFailure, KEPT_MAX, Kept};
pub use imap::ImapLine;
pub use pop3::{READER_OCTETS_MAX, Reading};
pub use terminal::{Note, Sent, TERMINAL_LINES_MAX, TerminalLine, TimedLine};
pub use view::{DeviceView, MaildropView, MessageView, Overheard, QuestionView, TaskView, TerminalView};

use popglass_protocol::client::LineFault;

use self::room::Room;
use crate::{
    fact::Fact,
    format::{DeadEnd, Move, Plan},
    template::{Beginning, Lots, dealt},
};

/// Milliseconds since 1970.
pub(crate) type Millis = u64;

/// When lessons begin: Monday, 2 November 2026, 8 in the morning, UTC.
pub const MORNING_MS: u64 = 1_793_606_400_000;

/// A day.
pub(crate) const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Moves of one lesson. Undoing plays all of them again, so there must be an end.
pub const MOVES_MAX: usize = 1_000;

/// Why a move was not made. Nothing changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misstep {
    /// There is no such terminal or device.
    NoSuchPlace,
    /// The terminal has no such door.
    NoSuchDoor,
    /// It is connected already.
    Connected,
    /// It is not connected.
    NotConnected,
    /// The line cannot be sent.
    Line(LineFault),
    /// There is no such message.
    NoSuchMessage,
    /// There is no such question.
    NoSuchQuestion,
    /// The question comes later.
    TooEarly,
    /// The lesson has become too long: it has to begin anew.
    TooMuch,
}

/// A lesson being played.
pub struct Classroom {
    plan: Plan,
    seed: u64,
    beginning: Beginning,
    room: Room,
    moves: Vec<Move>,
}

impl Classroom {
    /// The lesson at its beginning.
    ///
    /// ```
    /// use popglass_lessons::{Classroom, format::{Door, Move}, lesson};
    /// let mut classroom = Classroom::new(&lesson(6).unwrap().plan, 7);
    /// classroom.act(Move::Connect("a".into(), Door::Pop3)).unwrap();
    /// assert_eq!(classroom.terminal("a").unwrap().state.rfc_name(), "AUTHORIZATION");
    /// ```
    #[must_use]
    pub fn new(plan: &Plan, seed: u64) -> Self {
        // Other lots than those that draw words, so that these stay as they were for a seed.
        let plan = dealt(plan, &mut Lots::new(seed.rotate_left(1)));
        let beginning = Beginning::new(&plan, &mut Lots::new(seed));
        let plan = plan.filled(&|text| beginning.fill(text));
        Self { room: Room::new(plan.clone(), &beginning, seed), plan, seed, beginning, moves: Vec::new() }
    }

    /// The lesson, with its placeholders filled in.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What decides the draws.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Fills the placeholders of a text of this lesson in.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        self.beginning.fill(text)
    }

    /// Makes a move.
    ///
    /// # Errors
    /// Why it cannot be made; then nothing has changed.
    pub fn act(&mut self, step: Move) -> Result<(), Misstep> {
        if self.moves.len() >= MOVES_MAX {
            return Err(Misstep::TooMuch);
        }
        self.room.act(&step)?;
        self.moves.push(step);
        Ok(())
    }

    /// Takes the last move back. False if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(_) = self.moves.pop() else { return false };
        let moves = std::mem::take(&mut self.moves);
        self.reset();
        for step in moves {
            // What was made once can be made again: the room is the same.
            let _ = self.act(step);
        }
        true
    }

    /// Begins anew, with the same seed.
    pub fn reset(&mut self) {
        self.room = Room::new(self.plan.clone(), &self.beginning, self.seed);
        self.moves.clear();
    }

    /// What was done so far.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// What happened so far.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.room.evidence.facts
    }

    /// Every task is met.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.room.met.iter().all(|met| *met)
    }

    /// How the goal was lost; nothing as long as it can be reached.
    #[must_use]
    pub fn dead_end(&self) -> Option<&DeadEnd> {
        if self.is_finished() { None } else { self.plan.dead_ends.get(self.room.dead_end?) }
    }

    /// Days since the beginning.
    #[must_use]
    pub fn day(&self) -> u32 {
        self.room.day
    }
}
