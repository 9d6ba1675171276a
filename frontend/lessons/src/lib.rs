//! Lessons as data, and the classroom that they play in: simulated servers, terminals, devices and a wire, driven by
//! [`format::Move`]s and watched by [`format::Goal`]s. Pure: no I/O, no clock, no browser; the seed is an argument.

mod classroom;
mod fact;
pub mod format;
mod goal;
mod library;
mod recording;
mod replay;
pub mod scenario;
mod template;

pub use classroom::{
    Classroom, DeviceView, Fetch, FetchFailure, ImapLine, KEPT_MAX, Kept, MORNING_MS, MOVES_MAX, MaildropView,
    MessageView, Misstep, Note, Overheard, QuestionView, READER_OCTETS_MAX, Reading, Sent, TERMINAL_LINES_MAX,
    TaskView, TerminalLine, TerminalView, TimedLine,
};
pub use fact::Fact;
pub use library::{Language, Lesson, lesson, lessons};
pub use recording::recorded;
pub use replay::{Difference, Replay, Verdict, WayOf, replay};
