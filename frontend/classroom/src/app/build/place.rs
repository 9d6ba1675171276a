//! What can be pointed at in the builder: fields that hold a value, and parts of the screen that hold fields and parts.
//! Each has a name for the markup, and each knows the part that it lies in.

use std::collections::BTreeSet;

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    WayOf,
    format::{Door, Pane},
};

use super::acts::Way;

/// Whose goal it is, by its place on its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoalOf {
    /// A task's: when it is done.
    Task(usize),
    /// A dead end's: when it is told.
    DeadEnd(usize),
}

/// A goal within a task or a dead end: the parts to go down to it. Empty for the goal of the thing itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// Whose.
    pub of: GoalOf,
    /// From each group of goals, which part.
    pub path: Vec<usize>,
}

/// A list of events in a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// What is to happen.
    Happened,
    /// What is not to happen before.
    Never,
}

/// What holds one value. Numbers are places on lists: server, then user, then message, and so on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds in `popglass_lessons::format`")]
pub enum Field {
    Minutes,
    HasLanguage(Language),
    Words(Language, Words),
    Attacker,
    /// After how many days the clock can be moved to; 0 if it cannot.
    Days,
    Pane(Pane),
    Server(usize, ServerField),
    Fault(usize, usize, FaultField),
    User(usize, usize, UserField),
    Message(usize, usize, usize, MessageField),
    Terminal(usize, TerminalField),
    Door(usize, Door),
    Device(usize, DeviceField),
    Question(usize, QuestionField),
    /// The task that a wrong way leaves open.
    LeavesOpen(usize),
    IsRight(usize, usize),
    Goal(Node, GoalField),
    /// Whether this message, by its id, belongs to the goal.
    Member(Node, String),
    Event(Node, Row, usize, EventField),
}

/// A text of the lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a text is named after what it is in `popglass_lessons::format::Texts`")]
pub enum Words {
    Title,
    Goal,
    Story,
    Hint(usize),
    Praise,
    Card,
    Task(usize),
    Question(usize),
    Wrong(usize),
    Option(usize, usize),
    DeadEnd(usize),
}

/// A field of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds")]
pub enum ServerField {
    Name,
    Minimal,
    Stls,
    Apop,
    SecretsNeedTls,
    Certificate,
}

/// A field of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds")]
pub enum FaultField {
    Place,
    Time,
    Kind,
    Detail,
}

/// A field of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds")]
pub enum UserField {
    Name,
    Password,
    Shuffled,
}

/// A field of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds")]
pub enum MessageField {
    From,
    To,
    Subject,
    Date,
    Body,
    Filler,
    Later,
    /// In which maildrop it lies.
    Owner,
    /// Header and body in one, as on the wire.
    Raw,
    AttachmentName,
    Attachment,
}

/// A field of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds")]
pub enum TerminalField {
    Name,
    Server,
}

/// A field of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds")]
pub enum DeviceField {
    Name,
    User,
    Leave,
    Days,
    Security,
    Configurable,
}

/// A field of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds")]
pub enum QuestionField {
    Kind,
    Answer,
    After,
}

/// A field of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds")]
pub enum GoalField {
    Kind,
    Question,
    Count,
    User,
    Device,
}

/// A part of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "a field is named after what it holds in `popglass_lessons::format::Event`")]
pub enum EventField {
    What,
    Command,
    Argument,
    Accepted,
    Message,
    State,
    User,
    By,
    Tls,
    AtLeast,
    AtMost,
    Containing,
}

/// A part of the screen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What learners read.
    Words,
    /// Who has a mailbox, and what lies in it.
    Mail,
    /// How servers behave.
    Behaviour,
    /// Terminals, devices, and what is on the screen.
    Room,
    /// Tasks and their goals.
    Tasks,
    /// Questions.
    Questions,
    /// The solution, wrong ways, dead ends.
    Ways,
    /// What the scenario carries besides.
    Rest,
    /// Hints, praise and card.
    Help,
    /// A server.
    Server(usize),
    /// A user.
    User(usize, usize),
    /// A message.
    Message(usize, usize, usize),
    /// What a server offers and does wrong.
    Manners(usize),
    /// A fault.
    Fault(usize, usize),
    /// A terminal.
    Terminal(usize),
    /// A device.
    Device(usize),
    /// A task.
    Task(usize),
    /// A goal.
    Goal(Node),
    /// An event of a goal.
    Event(Node, Row, usize),
    /// A question.
    Question(usize),
    /// An option of a question.
    Option(usize, usize),
    /// A way.
    Way(WayOf),
    /// A move of a way.
    Step(WayOf, usize),
}

impl Part {
    /// The parts that are always there, in their order.
    pub const TOP: [Self; 8] =
        [Self::Words, Self::Mail, Self::Tasks, Self::Questions, Self::Room, Self::Behaviour, Self::Ways, Self::Rest];

    /// The part that it lies in.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        Some(match self {
            Self::Help => Self::Words,
            Self::Server(_) => Self::Mail,
            Self::User(server, _) => Self::Server(*server),
            Self::Message(server, user, _) => Self::User(*server, *user),
            Self::Manners(_) => Self::Behaviour,
            Self::Fault(server, _) => Self::Manners(*server),
            Self::Terminal(_) | Self::Device(_) => Self::Room,
            Self::Task(_) => Self::Tasks,
            Self::Goal(node) => match node.path.split_last() {
                Some((_, above)) => Self::Goal(Node { of: node.of, path: above.to_vec() }),
                None => match node.of {
                    GoalOf::Task(task) => Self::Task(task),
                    GoalOf::DeadEnd(dead_end) => Self::Way(WayOf::DeadEnd(dead_end)),
                },
            },
            Self::Way(_) => Self::Ways,
            Self::Step(way, _) => Self::Way(*way),
            Self::Event(node, ..) => Self::Goal(node.clone()),
            Self::Question(_) => Self::Questions,
            Self::Option(question, _) => Self::Question(*question),
            _ => return None,
        })
    }

    /// It can be folded; the others are always shown whole.
    #[must_use]
    pub fn is_foldable(&self) -> bool {
        Self::TOP.contains(self)
            || matches!(self, Self::Help | Self::Message(..) | Self::Task(_) | Self::Question(_) | Self::Device(_))
            || matches!(self, Self::Way(_))
    }

    /// Its name in the markup.
    #[must_use]
    pub fn id(&self) -> String {
        marked_up("part", &format!("{self:?}"))
    }
}

impl Field {
    /// The part that it lies in.
    #[must_use]
    pub fn part(&self) -> Part {
        match self {
            Self::Minutes | Self::HasLanguage(_) => Part::Words,
            Self::Words(_, words) => match *words {
                Words::Title | Words::Goal | Words::Story => Part::Words,
                Words::Hint(_) | Words::Praise | Words::Card => Part::Help,
                Words::Task(task) => Part::Task(task),
                Words::Question(question) | Words::Wrong(question) => Part::Question(question),
                Words::Option(question, option) => Part::Option(question, option),
                Words::DeadEnd(dead_end) => Part::Way(WayOf::DeadEnd(dead_end)),
            },
            Self::Attacker => Part::Behaviour,
            Self::Days | Self::Pane(_) => Part::Room,
            Self::Server(server, ServerField::Name) => Part::Server(*server),
            Self::Server(server, _) => Part::Manners(*server),
            Self::Fault(server, fault, _) => Part::Fault(*server, *fault),
            Self::User(server, user, _) => Part::User(*server, *user),
            Self::Message(server, user, message, _) => Part::Message(*server, *user, *message),
            Self::Terminal(terminal, _) | Self::Door(terminal, _) => Part::Terminal(*terminal),
            Self::Device(device, _) => Part::Device(*device),
            Self::Question(question, _) => Part::Question(*question),
            Self::LeavesOpen(wrong) => Part::Way(WayOf::Wrong(*wrong)),
            Self::IsRight(question, option) => Part::Option(*question, *option),
            Self::Goal(node, _) | Self::Member(node, _) => Part::Goal(node.clone()),
            Self::Event(node, row, event, _) => Part::Event(node.clone(), *row, *event),
        }
    }

    /// Its name in the markup.
    #[must_use]
    pub fn id(&self) -> String {
        marked_up("field", &format!("{self:?}"))
    }
}

/// Every value has a name of its own: letters and digits stay, runs of all else become one hyphen, and what is no letter
/// of ASCII is told by its number.
fn marked_up(kind: &str, debugged: &str) -> String {
    let mut name = kind.to_owned();
    for letter in debugged.chars() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' => {
                name.push(letter);
            }
            ' ' | '{' | '}' | ')' | '"' | ':' => {}
            '(' | ',' | '[' | ']' => {
                if !name.ends_with('-') {
                    name.push('-');
                }
            }
            other => name.push_str(&format!("_{:x}", u32::from(other))),
        }
    }
    name
}

/// Where a part is after it was moved.
pub(super) fn moved(part: &Part, way: Way) -> Part {
    let next = |place: usize| match way {
        Way::Up => place.saturating_sub(1),
        Way::Down => place.saturating_add(1),
    };
    match part {
        Part::Message(server, user, message) => Part::Message(*server, *user, next(*message)),
        Part::Task(task) => Part::Task(next(*task)),
        Part::Question(question) => Part::Question(next(*question)),
        Part::Event(node, row, event) => Part::Event(node.clone(), *row, next(*event)),
        other => other.clone(),
    }
}

/// What is unfolded stays so in its new place.
pub(super) fn swap_open(open: &mut BTreeSet<Part>, one: &Part, other: &Part) {
    let (first, second) = (open.remove(one), open.remove(other));
    if first {
        open.insert(other.clone());
    }
    if second {
        open.insert(one.clone());
    }
}
