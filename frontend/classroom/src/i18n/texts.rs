//! The list of all texts. What a text says is found in each language's own file.

use popglass_lessons::{
    Fact, Fetch, Misstep, Note,
    format::{Door, Goal, Leave, Move, Security},
};

use crate::app::{AddressFault, Group, ProgressFault, Sheet};

use super::build_texts::BuildTexts;

/// All texts of one language.
#[derive(Debug)]
pub struct Texts {
    /// The frame around every screen.
    pub shell: ShellTexts,
    /// The list of lessons.
    pub list: ListTexts,
    /// A lesson.
    pub lesson: LessonTexts,
    /// What can be done in a lesson, in words.
    pub moves: MoveTexts,
    /// What is expected in a lesson and what was seen, in words.
    pub goals: GoalTexts,
    /// The parts of a lesson's screen.
    pub panes: PaneTexts,
    /// The workbench's tools and drawings.
    pub bench: super::BenchTexts,
    /// The page for teachers.
    pub teach: TeachTexts,
    /// What is printed.
    pub sheet: SheetTexts,
    /// The scenario builder, and playing what was built.
    pub build: BuildTexts,
}

/// The frame.
#[derive(Debug)]
pub struct ShellTexts {
    pub skip_to_content: &'static str,
    pub places: &'static str,
    pub lessons: &'static str,
    pub teachers: &'static str,
    pub mail: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    /// Auto, light, dark.
    pub themes: [&'static str; 3],
    pub large: &'static str,
    pub lost_heading: &'static str,
    pub lost: fn(&AddressFault) -> String,
    pub lost_way: &'static str,
}

/// The list of lessons.
#[derive(Debug)]
pub struct ListTexts {
    pub heading: &'static str,
    pub lead: &'static str,
    pub progress: fn(usize, usize) -> String,
    pub group: fn(Group) -> (&'static str, &'static str),
    pub number: fn(u32) -> String,
    pub minutes: fn(u32) -> String,
    pub done: &'static str,
    pub begin: &'static str,
    pub go_on: &'static str,
    pub cards: &'static str,
    pub cards_lead: &'static str,
    pub cards_none: &'static str,
    pub keep: &'static str,
    pub keep_lead: &'static str,
    pub save: &'static str,
    pub load: &'static str,
    pub loaded: fn(usize) -> String,
    pub not_loaded: fn(ProgressFault) -> String,
    pub score: &'static str,
}

/// A lesson.
#[derive(Debug)]
pub struct LessonTexts {
    pub story: &'static str,
    pub tasks: &'static str,
    pub tasks_met: fn(usize, usize) -> String,
    pub met: &'static str,
    pub open: &'static str,
    pub expected: &'static str,
    pub seen: &'static str,
    pub question: fn(usize) -> String,
    pub questions: &'static str,
    pub question_after: &'static str,
    pub answer: &'static str,
    pub choose_one: &'static str,
    pub choose_some: &'static str,
    pub check: &'static str,
    pub right: &'static str,
    pub no_number: &'static str,
    pub stuck: &'static str,
    pub hint: fn(usize, usize) -> String,
    pub next_hint: fn(usize, usize) -> String,
    pub no_hint: &'static str,
    pub show: &'static str,
    pub show_question: &'static str,
    pub show_yes: &'static str,
    pub show_no: &'static str,
    pub showing: &'static str,
    pub show_next: fn(usize, usize) -> String,
    pub show_over: &'static str,
    pub undo: &'static str,
    pub reset: &'static str,
    pub new_numbers: &'static str,
    pub undone: &'static str,
    pub was_reset: &'static str,
    pub dead_end: &'static str,
    pub praise: &'static str,
    pub was_shown: &'static str,
    pub card: &'static str,
    pub next: fn(u32, &str) -> String,
    pub to_list: &'static str,
    pub score: fn(usize, usize) -> String,
    pub seed: fn(u32) -> String,
    pub permalink: &'static str,
    pub task_met: fn(&str) -> String,
    pub all_met: &'static str,
    pub misstep: fn(&Misstep) -> String,
}

/// What can be done in a lesson, in words.
#[derive(Debug)]
pub struct MoveTexts {
    pub said: fn(&Move) -> String,
    pub door: fn(Door) -> &'static str,
    pub leave: fn(Leave) -> String,
    pub security: fn(Security) -> &'static str,
}

/// What is expected in a lesson and what was seen, in words.
#[derive(Debug)]
pub struct GoalTexts {
    /// The second names a message of the lesson by its subject.
    pub goal: fn(&Goal, Subjects<'_>) -> String,
    pub fact: fn(&Fact, Subjects<'_>) -> String,
}

/// Finds the subject of a message by the lesson's name for it.
pub type Subjects<'a> = &'a dyn Fn(&str) -> String;

/// The parts of a lesson's screen.
#[derive(Debug)]
pub struct PaneTexts {
    pub workbench: &'static str,
    pub terminal: fn(&str, &str) -> String,
    pub door: &'static str,
    pub connect: &'static str,
    pub hang_up: &'static str,
    pub standing: fn(bool, bool) -> &'static str,
    pub input: fn(&str) -> String,
    pub send: &'static str,
    pub input_hint: &'static str,
    pub nothing_said: &'static str,
    pub client: &'static str,
    pub server: &'static str,
    pub note: &'static str,
    pub commands: &'static str,
    pub undo_is: &'static str,
    pub announced_lines: fn(&str, usize) -> String,
    pub maildrops: &'static str,
    pub maildrop: fn(&str) -> String,
    pub maildrop_empty: &'static str,
    pub number: &'static str,
    pub subject: &'static str,
    pub size: &'static str,
    pub unique_id: &'static str,
    pub marked: &'static str,
    pub marks: &'static str,
    pub locked_by: fn(&str) -> String,
    pub not_locked: &'static str,
    pub devices: &'static str,
    pub device: fn(&str) -> String,
    pub fetch: &'static str,
    pub fetch_cut: fn(u32) -> String,
    pub leave: &'static str,
    pub days: &'static str,
    pub security: &'static str,
    pub held: &'static str,
    pub held_none: &'static str,
    pub read: &'static str,
    pub unread: &'static str,
    pub is_read: &'static str,
    pub read_message: fn(&str) -> String,
    pub last_said: &'static str,
    pub what_was_said: &'static str,
    pub time: &'static str,
    pub day: fn(u32) -> String,
    pub days_go_by: fn(u32) -> String,
    pub arrive: &'static str,
    pub wire: &'static str,
    pub wire_lead: &'static str,
    pub wire_nothing: &'static str,
    pub wire_sealed: fn(usize) -> String,
    pub wire_hello: fn(usize) -> String,
    pub wire_alert: &'static str,
    pub wire_change: &'static str,
    pub wire_unreadable: &'static str,
    pub wire_of: fn(&str, u32) -> String,
    pub wire_name: fn(&str) -> String,
    pub wire_sum: fn(usize) -> String,
    pub connection: fn(&Note) -> String,
    pub fetched: fn(&Fetch) -> String,
    pub tokens_hint: &'static str,
    pub cut: &'static str,
    pub state: &'static str,
    pub reader: &'static str,
    pub reader_lead: &'static str,
    pub reader_nothing: &'static str,
    pub handshake: &'static str,
    pub handshake_lead: &'static str,
    pub handshake_capture: &'static str,
    pub handshake_keys: &'static str,
    pub handshake_record: fn(usize, usize) -> String,
    pub handshake_inside: &'static str,
    pub relay: fn(&str, &str) -> String,
    pub relays: &'static str,
}

/// A step of a time plan: from which minute to which, what is done, and the lessons that it uses.
pub type PlanStep = (&'static str, &'static str, &'static [u32]);

/// The page for teachers.
#[derive(Debug)]
pub struct TeachTexts {
    pub heading: &'static str,
    pub lead: &'static str,
    pub before_heading: &'static str,
    pub before: &'static [&'static str],
    pub plan_short: &'static str,
    pub plan_short_steps: &'static [PlanStep],
    pub plan_long: &'static str,
    pub plan_long_steps: &'static [PlanStep],
    pub minutes: &'static str,
    pub what: &'static str,
    pub lessons: &'static str,
    pub sheets_heading: &'static str,
    pub sheets_lead: &'static str,
    pub sheet: fn(Sheet) -> &'static str,
    pub in_language: &'static str,
    pub links_heading: &'static str,
    pub links: &'static [&'static str],
}

/// What is printed.
#[derive(Debug)]
pub struct SheetTexts {
    pub print: &'static str,
    pub back: &'static str,
    pub name_line: &'static str,
    pub date_line: &'static str,
    pub address: &'static str,
    pub tasks: &'static str,
    pub questions: &'static str,
    pub options_hint: &'static str,
    pub way: &'static str,
    pub way_lead: &'static str,
    pub answers: &'static str,
    pub or: &'static str,
    pub dead_ends: &'static str,
    pub hints: &'static str,
    pub remember: &'static str,
}
