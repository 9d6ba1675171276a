//! What a scenario still lacks, each at the field or the part where it can be mended. A draft that lacks nothing can be
//! played; the reverse need not be so: a lesson without a title can be played, too. Knows no texts.

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    Classroom,
    format::{Answer, Event, Goal, Pane, Plan, What},
    scenario::{Draft, SCENARIO_OCTETS_MAX, ScenarioFlaw},
};

use super::{
    faults::{self, FaultLine},
    goals::{events, parts},
    names::{self, Kind},
    place::{
        DeviceField, EventField, FaultField, Field, GoalField, GoalOf, Node, Part, QuestionField, Row, ServerField,
        TerminalField, UserField, Words,
    },
    slot::Refusal,
};

/// Any seed: what is said of a scenario is said of all.
const SEED: u64 = 1;

/// Where something is lacking.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// At a field.
    Field(Field),
    /// In a part.
    Part(Part),
}

impl Spot {
    /// The part that it is, or lies in.
    #[must_use]
    pub fn part(&self) -> Part {
        match self {
            Self::Field(field) => field.part(),
            Self::Part(part) => part.clone(),
        }
    }

    /// Whether it is this part or lies in it, however deep.
    #[must_use]
    pub fn lies_in(&self, part: &Part) -> bool {
        let mut one = Some(self.part());
        while let Some(known) = one {
            if known == *part {
                return true;
            }
            one = known.parent();
        }
        false
    }

    /// Its name in the markup.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Field(field) => field.id(),
            Self::Part(part) => part.id(),
        }
    }
}

/// What is lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Nothing stands here.
    Blank,
    /// What was typed was not taken.
    Refused(Refusal),
    /// What is named does not exist.
    Unknown(String),
    /// There is no server.
    NoServer,
    /// There is no user.
    NoUser,
    /// There is no task.
    NoTask,
    /// There is neither terminal nor device.
    NobodyActs,
    /// It is not on the screen.
    NotShown(Pane),
    /// A terminal has no door.
    NoDoor,
    /// A group of goals is empty.
    NoParts,
    /// A list of events is empty.
    NoEvents,
    /// Fewer than two options.
    FewOptions,
    /// More right answers are asked for than questions are named.
    TooManyAnswers,
    /// The task is done before anything has happened.
    DoneAtOnce,
    /// The file would have so many octets, which is too many.
    TooLarge(usize),
    /// Anything else that keeps it from being played.
    Flaw(ScenarioFlaw),
}

/// What is lacking, and where.
pub(in crate::app) fn lacks(draft: &Draft) -> Vec<(Spot, Lack)> {
    let mut list = List { plan: &draft.plan, found: Vec::new() };
    list.texts(draft);
    list.servers();
    list.places();
    list.tasks();
    list.questions();
    list.ways();
    let octets = draft.write().len();
    if octets > SCENARIO_OCTETS_MAX {
        list.part(Part::Mail, Lack::TooLarge(octets));
    }
    match draft.lesson() {
        Err(flaw) if list.found.is_empty() => list.part(Part::Rest, Lack::Flaw(flaw)),
        Err(_) => {}
        Ok(lesson) => {
            let tasks = Classroom::new(&lesson.plan, SEED).tasks().iter().map(|task| task.met).collect::<Vec<_>>();
            for (task, _) in tasks.into_iter().enumerate().filter(|(_, met)| *met) {
                list.part(Part::Task(task), Lack::DoneAtOnce);
            }
        }
    }
    list.found
}

struct List<'a> {
    plan: &'a Plan,
    found: Vec<(Spot, Lack)>,
}

impl List<'_> {
    fn field(&mut self, field: Field, lack: Lack) {
        self.found.push((Spot::Field(field), lack));
    }

    fn part(&mut self, part: Part, lack: Lack) {
        self.found.push((Spot::Part(part), lack));
    }

    fn texts(&mut self, draft: &Draft) {
        let all = [(Language::En, &draft.english), (Language::De, &draft.german)];
        for (language, texts) in all.into_iter().filter_map(|(language, texts)| Some((language, texts.as_ref()?))) {
            let mut blank = |words: Words, text: &str| {
                if text.trim().is_empty() {
                    self.found.push((Spot::Field(Field::Words(language, words)), Lack::Blank));
                }
            };
            blank(Words::Title, &texts.title);
            for (place, task) in draft.plan.tasks.iter().enumerate() {
                blank(Words::Task(place), texts.tasks.get(&task.id).map_or("", String::as_str));
            }
            for (place, dead_end) in draft.plan.dead_ends.iter().enumerate() {
                blank(Words::DeadEnd(place), texts.dead_ends.get(&dead_end.id).map_or("", String::as_str));
            }
            for (place, question) in draft.plan.questions.iter().enumerate() {
                let Some(text) = texts.questions.get(&question.id) else { continue };
                blank(Words::Question(place), &text.text);
                for (option, key) in super::fields::option_keys(draft, place).iter().enumerate() {
                    let said = text.options.iter().find(|(known, _)| known == key);
                    blank(Words::Option(place, option), said.map_or("", |(_, said)| said));
                }
            }
        }
    }

    /// A name that nothing else of its kind has.
    fn name(&mut self, field: Field, kind: Kind, name: &str) {
        if let Err(refusal) = names::check(kind, name) {
            self.field(field, Lack::Refused(refusal));
        } else if names::all(self.plan, kind).iter().filter(|known| **known == name).count() > 1 {
            self.field(field, Lack::Refused(Refusal::Taken));
        }
    }

    fn servers(&mut self) {
        let plan = self.plan;
        if plan.servers.is_empty() {
            self.part(Part::Mail, Lack::NoServer);
        } else if plan.servers.iter().all(|server| server.users.is_empty()) {
            self.part(Part::Server(0), Lack::NoUser);
        }
        for (place, server) in plan.servers.iter().enumerate() {
            self.name(Field::Server(place, ServerField::Name), Kind::Server, &server.name);
            for (number, user) in server.users.iter().enumerate() {
                self.name(Field::User(place, number, UserField::Name), Kind::User, &user.name);
                if user.password.is_empty() {
                    self.field(Field::User(place, number, UserField::Password), Lack::Blank);
                }
            }
            for (number, line) in faults::lines(&server.profile.faults).enumerate() {
                if !FaultLine::of(line).is_understood() {
                    self.field(Field::Fault(place, number, FaultField::Kind), Lack::Refused(Refusal::Detail));
                }
            }
        }
    }

    fn places(&mut self) {
        let plan = self.plan;
        if plan.terminals.is_empty() && plan.devices.is_empty() {
            self.part(Part::Room, Lack::NobodyActs);
        }
        for (is_needed, pane) in
            [(!plan.terminals.is_empty(), Pane::Terminals), (!plan.devices.is_empty(), Pane::Devices)]
        {
            if is_needed && !plan.panes.contains(&pane) {
                self.field(Field::Pane(pane), Lack::NotShown(pane));
            }
        }
        for (place, terminal) in plan.terminals.iter().enumerate() {
            self.name(Field::Terminal(place, TerminalField::Name), Kind::Place, &terminal.name);
            self.known(Field::Terminal(place, TerminalField::Server), Kind::Server, &terminal.server);
            if terminal.doors.is_empty() {
                self.part(Part::Terminal(place), Lack::NoDoor);
            }
        }
        for (place, device) in plan.devices.iter().enumerate() {
            self.name(Field::Device(place, DeviceField::Name), Kind::Place, &device.name);
            self.known(Field::Device(place, DeviceField::User), Kind::User, &device.user);
        }
    }

    fn known(&mut self, field: Field, kind: Kind, name: &str) {
        let known = names::all(self.plan, kind);
        // A name may be one that the seed draws: then it has to be there whatever is drawn.
        let meant = self.plan.drawn_values(name).unwrap_or_else(|| vec![name.to_owned()]);
        if let Some(unknown) = meant.into_iter().find(|name| !known.contains(&name)) {
            self.field(field, Lack::Unknown(unknown));
        }
    }

    fn message(&mut self, field: Field, id: &str) {
        if !self.plan.messages().any(|message| message.id == id) {
            self.field(field, Lack::Unknown(id.to_owned()));
        }
    }

    fn question(&mut self, field: Field, id: &str) {
        if !self.plan.questions.iter().any(|question| question.id == id) {
            self.field(field, Lack::Unknown(id.to_owned()));
        }
    }

    fn tasks(&mut self) {
        if self.plan.tasks.is_empty() {
            self.part(Part::Tasks, Lack::NoTask);
        }
        for (task, setup) in self.plan.tasks.iter().enumerate() {
            self.goal(&Node { of: GoalOf::Task(task), path: Vec::new() }, &setup.goal);
        }
    }

    fn ways(&mut self) {
        for (dead_end, setup) in self.plan.dead_ends.iter().enumerate() {
            self.goal(&Node { of: GoalOf::DeadEnd(dead_end), path: Vec::new() }, &setup.when);
        }
        for (wrong, setup) in self.plan.wrong.iter().enumerate() {
            if !self.plan.tasks.iter().any(|task| task.id == setup.leaves_open) {
                self.field(Field::LeavesOpen(wrong), Lack::Unknown(setup.leaves_open.clone()));
            }
        }
    }

    fn goal(&mut self, node: &Node, goal: &Goal) {
        let named = |field| Field::Goal(node.clone(), field);
        match goal {
            Goal::Answered(question) => self.question(named(GoalField::Question), question),
            Goal::AnsweredAtLeast { count, questions } => {
                questions.iter().for_each(|id| self.question(Field::Member(node.clone(), id.clone()), id));
                if *count > questions.len() {
                    self.field(named(GoalField::Count), Lack::TooManyAnswers);
                }
            }
            Goal::MaildropIs { user, messages } | Goal::MaildropLacks { user, messages } => {
                self.known(named(GoalField::User), Kind::User, user);
                messages.iter().for_each(|id| self.message(Field::Member(node.clone(), id.clone()), id));
            }
            Goal::DeviceHolds { device, messages } => {
                if !self.plan.devices.iter().any(|known| known.name == *device) {
                    self.field(named(GoalField::Device), Lack::Unknown(device.clone()));
                }
                messages.iter().for_each(|id| self.message(Field::Member(node.clone(), id.clone()), id));
            }
            _ => {}
        }
        let is_list = matches!(goal, Goal::InOrder(_) | Goal::InOneSession(_) | Goal::Without { .. });
        if is_list && events(goal, Row::Happened).is_empty() {
            self.part(Part::Goal(node.clone()), Lack::NoEvents);
        }
        for row in [Row::Happened, Row::Never] {
            events(goal, row).iter().enumerate().for_each(|(place, event)| self.event(node, row, place, event));
        }
        let Some(parts) = parts(goal) else { return };
        if parts.is_empty() {
            self.part(Part::Goal(node.clone()), Lack::NoParts);
        }
        for (place, part) in parts.iter().enumerate() {
            let path = [node.path.as_slice(), &[place]].concat();
            self.goal(&Node { of: node.of, path }, part);
        }
    }

    fn event(&mut self, node: &Node, row: Row, place: usize, event: &Event) {
        let named = |field| Field::Event(node.clone(), row, place, field);
        if let Some(id) = &event.message {
            self.message(named(EventField::Message), id);
        }
        if let Some(user) = &event.user {
            self.known(named(EventField::User), Kind::User, user);
        }
        if let Some(by) = &event.by {
            self.known(named(EventField::By), Kind::Place, by);
        }
        if event.what == What::State && event.state.is_none() {
            self.field(named(EventField::State), Lack::Blank);
        }
    }

    fn questions(&mut self) {
        for (place, question) in self.plan.questions.iter().enumerate() {
            let is_blank = match &question.answer {
                Answer::Text(right) | Answer::Exactly(right) | Answer::Number(right) => right.trim().is_empty(),
                Answer::AnyOf(right) => right.is_empty(),
                Answer::Choice(_) | Answer::Choices { .. } => false,
            };
            if is_blank {
                self.field(Field::Question(place, QuestionField::Answer), Lack::Blank);
            }
            let has_options = matches!(question.answer, Answer::Choice(_) | Answer::Choices { .. });
            if has_options && question.options().count() < 2 {
                self.part(Part::Question(place), Lack::FewOptions);
            }
        }
    }
}
