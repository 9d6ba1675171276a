//! Goals as a form: their kinds, their parts, their events, and the ready-made ones. Knows no texts.

use popglass_lessons::{
    format::{Event, Goal, Plan, What},
    scenario::GOAL_DEPTH_MAX,
};

use super::place::{EventField, GoalOf, Node, Row};

/// A kind of goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "a kind is named as in `popglass_lessons::format::Goal`")]
pub enum GoalKind {
    Happened,
    InOrder,
    InOneSession,
    Without,
    MaildropIs,
    MaildropLacks,
    DeviceHolds,
    Answered,
    AnsweredAtLeast,
    All,
    Any,
    AtOnce,
}

impl GoalKind {
    /// All of them, the usual ones first.
    pub const ALL: [Self; 12] = [
        Self::Happened,
        Self::InOrder,
        Self::InOneSession,
        Self::Without,
        Self::MaildropIs,
        Self::MaildropLacks,
        Self::DeviceHolds,
        Self::Answered,
        Self::AnsweredAtLeast,
        Self::All,
        Self::Any,
        Self::AtOnce,
    ];

    pub(in crate::app) fn of(goal: &Goal) -> Self {
        match goal {
            Goal::Happened(_) => Self::Happened,
            Goal::InOrder(_) => Self::InOrder,
            Goal::InOneSession(_) => Self::InOneSession,
            Goal::Without { .. } => Self::Without,
            Goal::MaildropIs { .. } => Self::MaildropIs,
            Goal::MaildropLacks { .. } => Self::MaildropLacks,
            Goal::DeviceHolds { .. } => Self::DeviceHolds,
            Goal::Answered(_) => Self::Answered,
            Goal::AnsweredAtLeast { .. } => Self::AnsweredAtLeast,
            Goal::All(_) => Self::All,
            Goal::Any(_) => Self::Any,
            Goal::AtOnce(_) => Self::AtOnce,
        }
    }

    fn is_group(self) -> bool {
        matches!(self, Self::All | Self::Any | Self::AtOnce)
    }
}

/// The kinds that a goal here may be: none lies too deep.
pub(in crate::app) fn kinds_at(node: &Node) -> impl Iterator<Item = GoalKind> {
    let deepest = node.path.len() + 1 >= GOAL_DEPTH_MAX;
    GoalKind::ALL.into_iter().filter(move |kind| !(deepest && kind.is_group()))
}

/// The goal at a node.
pub(in crate::app) fn at<'a>(plan: &'a Plan, node: &Node) -> Option<&'a Goal> {
    let goal = match node.of {
        GoalOf::Task(task) => &plan.tasks.get(task)?.goal,
        GoalOf::DeadEnd(dead_end) => &plan.dead_ends.get(dead_end)?.when,
    };
    node.path.iter().try_fold(goal, |goal, place| parts(goal)?.get(*place))
}

/// The same, to be changed.
pub(in crate::app) fn at_mut<'a>(plan: &'a mut Plan, node: &Node) -> Option<&'a mut Goal> {
    let goal = match node.of {
        GoalOf::Task(task) => &mut plan.tasks.get_mut(task)?.goal,
        GoalOf::DeadEnd(dead_end) => &mut plan.dead_ends.get_mut(dead_end)?.when,
    };
    node.path.iter().try_fold(goal, |goal, place| parts_mut(goal)?.get_mut(*place))
}

/// The goals within a group of goals.
pub(in crate::app) fn parts(goal: &Goal) -> Option<&[Goal]> {
    match goal {
        Goal::All(parts) | Goal::Any(parts) | Goal::AtOnce(parts) => Some(parts),
        _ => None,
    }
}

pub(in crate::app) fn parts_mut(goal: &mut Goal) -> Option<&mut Vec<Goal>> {
    match goal {
        Goal::All(parts) | Goal::Any(parts) | Goal::AtOnce(parts) => Some(parts),
        _ => None,
    }
}

/// The events of a goal.
pub(in crate::app) fn events(goal: &Goal, row: Row) -> &[Event] {
    match (goal, row) {
        (Goal::Happened(event), Row::Happened) => std::slice::from_ref(event),
        (Goal::InOrder(events) | Goal::InOneSession(events), Row::Happened) => events,
        (Goal::Without { happened, .. }, Row::Happened) => happened,
        (Goal::Without { never, .. }, Row::Never) => never,
        _ => &[],
    }
}

pub(in crate::app) fn event_mut(goal: &mut Goal, row: Row, place: usize) -> Option<&mut Event> {
    if let Goal::Happened(event) = goal {
        return Some(event).filter(|_| (row, place) == (Row::Happened, 0));
    }
    events_mut(goal, row)?.get_mut(place)
}

/// A list of events that can become longer and shorter.
pub(in crate::app) fn events_mut(goal: &mut Goal, row: Row) -> Option<&mut Vec<Event>> {
    match (goal, row) {
        (Goal::InOrder(events) | Goal::InOneSession(events), Row::Happened) => Some(events),
        (Goal::Without { happened, .. }, Row::Happened) => Some(happened),
        (Goal::Without { never, .. }, Row::Never) => Some(never),
        _ => None,
    }
}

/// What can be named in a goal, to begin with.
pub(in crate::app) struct Names {
    pub(in crate::app) user: String,
    pub(in crate::app) device: String,
    pub(in crate::app) question: String,
}

impl Names {
    pub(in crate::app) fn of(plan: &Plan) -> Self {
        let user = plan.servers.iter().flat_map(|server| &server.users).next();
        Self {
            user: user.map(|user| user.name.clone()).unwrap_or_default(),
            device: plan.devices.first().map(|device| device.name.clone()).unwrap_or_default(),
            question: plan.questions.first().map(|question| question.id.clone()).unwrap_or_default(),
        }
    }
}

/// The same goal as another kind: what both have is kept.
pub(in crate::app) fn turned(goal: &Goal, into: GoalKind, names: &Names) -> Goal {
    let happened = || match events(goal, Row::Happened) {
        [] => vec![Event::default()],
        events => events.to_vec(),
    };
    let (user, messages) = match goal {
        Goal::MaildropIs { user, messages } | Goal::MaildropLacks { user, messages } => {
            (user.clone(), messages.clone())
        }
        Goal::DeviceHolds { messages, .. } => (names.user.clone(), messages.clone()),
        _ => (names.user.clone(), Vec::new()),
    };
    let questions = || match goal {
        Goal::AnsweredAtLeast { questions, .. } => questions.clone(),
        Goal::Answered(question) => vec![question.clone()],
        _ => vec![names.question.clone()],
    };
    let parts = || parts(goal).map_or_else(|| vec![goal.clone()], <[Goal]>::to_vec);
    match into {
        GoalKind::Happened => Goal::Happened(happened().swap_remove(0)),
        GoalKind::InOrder => Goal::InOrder(happened()),
        GoalKind::InOneSession => Goal::InOneSession(happened()),
        GoalKind::Without => Goal::Without {
            happened: happened(),
            never: match events(goal, Row::Never) {
                [] => vec![Event::default()],
                events => events.to_vec(),
            },
        },
        GoalKind::MaildropIs => Goal::MaildropIs { user, messages },
        GoalKind::MaildropLacks => Goal::MaildropLacks { user, messages },
        GoalKind::DeviceHolds => Goal::DeviceHolds { device: names.device.clone(), messages },
        GoalKind::Answered => Goal::Answered(questions().into_iter().next().unwrap_or_default()),
        GoalKind::AnsweredAtLeast => Goal::AnsweredAtLeast { count: 1, questions: questions() },
        GoalKind::All => Goal::All(parts()),
        GoalKind::Any => Goal::Any(parts()),
        GoalKind::AtOnce => Goal::AtOnce(parts()),
    }
}

/// What an event of this kind can be asked for.
pub(in crate::app) fn fields_of(event: &Event) -> Vec<EventField> {
    use EventField as F;
    let usual: &[F] = match event.what {
        What::Command => &[F::Command, F::Argument, F::Accepted, F::Message, F::Containing],
        What::State => &[F::State],
        What::Connected | What::ConnectionRefused | What::Credentials => &[F::Tls],
        What::Retrieved | What::Previewed | What::Read => &[F::Message],
        What::Quit | What::Broken | What::Fetched | What::Days => &[F::AtLeast, F::AtMost],
        What::Delivered => &[F::User, F::Containing],
        What::FetchFailed | What::Configured => &[],
    };
    let by: &[F] = if matches!(event.what, What::Days | What::Delivered) { &[] } else { &[F::By] };
    let is_set = |field: &F| match field {
        F::What => true,
        F::Command => event.command.is_some(),
        F::Argument => event.argument.is_some(),
        F::Accepted => event.accepted.is_some(),
        F::Message => event.message.is_some(),
        F::State => event.state.is_some(),
        F::User => event.user.is_some(),
        F::By => event.by.is_some(),
        F::Tls => event.tls.is_some(),
        F::AtLeast => event.at_least.is_some(),
        F::AtMost => event.at_most.is_some(),
        F::Containing => event.containing.is_some(),
    };
    const ALL: [F; 12] = [
        F::What,
        F::Command,
        F::Argument,
        F::Accepted,
        F::Message,
        F::State,
        F::User,
        F::By,
        F::Tls,
        F::AtLeast,
        F::AtMost,
        F::Containing,
    ];
    ALL.into_iter().filter(|field| usual.contains(field) || by.contains(field) || is_set(field)).collect()
}

/// Kinds of events, the usual ones first.
pub(in crate::app) const WHATS: [What; 15] = [
    What::Command,
    What::State,
    What::Retrieved,
    What::Previewed,
    What::Quit,
    What::Broken,
    What::Connected,
    What::ConnectionRefused,
    What::Credentials,
    What::Fetched,
    What::FetchFailed,
    What::Read,
    What::Configured,
    What::Delivered,
    What::Days,
];

/// A ready-made task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preset {
    /// Log in.
    LogIn,
    /// Have the messages listed.
    List,
    /// Fetch a message.
    Fetch,
    /// Delete a message for good.
    Delete,
    /// Leave with QUIT.
    Quit,
    /// Have a device fetch.
    Device,
    /// Answer a question.
    Answer,
}

impl Preset {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 7] =
        [Self::LogIn, Self::List, Self::Fetch, Self::Delete, Self::Quit, Self::Device, Self::Answer];

    /// Its goal, about what the plan has.
    pub(in crate::app) fn goal(self, plan: &Plan) -> Goal {
        let names = Names::of(plan);
        let first = plan.messages().find(|message| !message.later).map(|message| message.id.clone());
        let happened = |event: Event| Goal::Happened(event);
        match self {
            Self::LogIn => happened(Event { what: What::State, state: Some("TRANSACTION".into()), ..Event::default() }),
            Self::List => happened(Event { command: Some("LIST".into()), accepted: Some(true), ..Event::default() }),
            Self::Fetch => happened(Event { what: What::Retrieved, message: first, ..Event::default() }),
            Self::Delete => Goal::MaildropLacks { user: names.user, messages: first.into_iter().collect() },
            Self::Quit => happened(Event { what: What::Quit, ..Event::default() }),
            Self::Device => {
                let by = Some(names.device).filter(|name| !name.is_empty());
                happened(Event { what: What::Fetched, by, ..Event::default() })
            }
            Self::Answer => Goal::Answered(names.question),
        }
    }
}
