//! What a lesson is, as data: where it begins, what is to be reached, what leads there and what does not; and its texts
//! in one language. Read from TOML by the build, by the classroom, and from a teacher's file alike. Knows no simulation.
//!
//! The build includes this file, too, so that a lesson that lacks a language does not compile; so it stands alone.
//!
//! Texts, messages, answers and moves may hold placeholders in braces, filled in when the lesson starts: the names of
//! [`Plan::draws`], and `{count USER}`, `{total USER}`, `{largest USER}`, `{octets MESSAGE}`, `{number MESSAGE}`,
//! `{unique-id MESSAGE}`, `{certificate SERVER}` of the world as it begins. Of a drawn word with bars in it, `{NAME 1}` is
//! what stands before the first, and so on: so draws can hang together. The right option of a choice may be a placeholder,
//! if it stands among the others once more.

mod check;
mod goal;
mod moves;
mod setup;
mod texts;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::{
    check::{BadLine, Flaw, Named, Unread},
    goal::{Event, Goal, What},
    moves::Move,
    setup::{
        AttackerSetup, Certificate, DeviceSettings, DeviceSetup, Door, Leave, MessageSetup, Profile, Security,
        ServerSetup, TerminalSetup, UserSetup,
    },
    texts::{HINTS, QuestionText, Texts},
};

/// A lesson without its texts: `lesson.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Plan {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// What is on the screen, in this order.
    pub panes: Vec<Pane>,
    /// What the seed decides, by name.
    #[serde(default)]
    pub draws: BTreeMap<String, Draw>,
    /// The simulated servers; the first is the one that is meant where none is named.
    pub servers: Vec<ServerSetup>,
    /// Where lines are typed.
    #[serde(default)]
    pub terminals: Vec<TerminalSetup>,
    /// Devices that fetch mail by themselves.
    #[serde(default)]
    pub devices: Vec<DeviceSetup>,
    /// Who sits on the wire.
    #[serde(default)]
    pub attacker: AttackerSetup,
    /// Questions to the learner, in this order.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// What is to be reached, in this order on the list; they may be met in any order.
    pub tasks: Vec<Task>,
    /// How the goal can be lost.
    #[serde(default)]
    pub dead_ends: Vec<DeadEnd>,
    /// A way to the goal. The tests walk it, and “Show me” does. A teacher may leave it out.
    #[serde(default)]
    pub solution: Vec<Move>,
    /// What the screen offers to do beyond what the ways above and below need, such as letting days go by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Move>,
    /// Ways that do not lead to the goal; at least one in a lesson of ours.
    #[serde(default)]
    pub wrong: Vec<WrongWay>,
}

/// A part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pane {
    /// The terminals.
    Terminals,
    /// What lies on the servers.
    Maildrops,
    /// The state of the terminal's session, as a picture.
    State,
    /// The devices.
    Devices,
    /// What an eavesdropper sees.
    Wire,
    /// Reader of messages that were retrieved, as a mail program shows them.
    Reader,
    /// The recorded TLS handshake.
    Handshake,
}

/// What the seed decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Draw {
    /// One of these.
    OneOf(Vec<String>),
    /// A number from the first to the second, both included.
    Number(u32, u32),
}

/// A question to the learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Question {
    /// What the lesson calls it.
    pub id: String,
    /// What is asked for, and the right answer.
    pub answer: Answer,
    /// It can be answered only after this task is met.
    #[serde(default)]
    pub after: Option<String>,
}

/// A right answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// A word or a line; compared without regard to case, and to blanks at the ends or doubled.
    Text(String),
    /// Several are right.
    AnyOf(Vec<String>),
    /// Written exactly so: blanks and case count.
    Exactly(String),
    /// A whole number.
    Number(String),
    /// One of these options, by key; the first is the right one. The screen shows them in the order of the texts.
    Choice(Vec<String>),
    /// Some of these options, by key: the right ones, then the wrong ones.
    Choices {
        /// These and no others.
        right: Vec<String>,
        /// Not these.
        wrong: Vec<String>,
    },
}

/// A task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Task {
    /// What the lesson calls it.
    pub id: String,
    /// When it is met. Once met it stays met.
    pub goal: Goal,
}

/// How the goal can be lost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DeadEnd {
    /// What the lesson calls it.
    pub id: String,
    /// It is lost when this is true and the lesson is not finished.
    pub when: Goal,
    /// A way into it. The tests walk it.
    pub way: Vec<Move>,
}

/// A way that does not lead to the goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrongWay {
    /// What is done.
    pub moves: Vec<Move>,
    /// A task that stays open behind it.
    pub leaves_open: String,
}
