//! The parts of the builder: which fields, parts and buttons are in each, in their order.

use std::collections::BTreeSet;

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    WayOf,
    format::{Answer, Door, Goal, HINTS, Leave, Pane},
    scenario::{MESSAGES_MAX, THINGS_MAX},
};

use super::{ActVm, Drawing, PartVm, beside};
use crate::{
    app::{
        build::{
            Act, Build, DeviceField, EventField, FaultField, FaultLine, Field, GREETING, GoalField, GoalOf,
            MessageField, Node, Part, Preset, QuestionField, Row, ServerField, Spot, TerminalField, UserField, Way,
            Words, events, fault_lines, fields_of, goal_at, goal_parts,
        },
        view::subject_in,
    },
    i18n::texts,
};

/// The panes that can be chosen.
const PANES: [Pane; 7] =
    [Pane::Terminals, Pane::Devices, Pane::Maildrops, Pane::State, Pane::Reader, Pane::Wire, Pane::Handshake];

const DOORS: [Door; 4] = [Door::Pop3, Door::Pop3s, Door::Smtp, Door::Imap];

/// What a part is called.
pub(super) fn title(build: &Build, language: Language, part: &Part) -> String {
    let t = &texts(language).build;
    let plan = &build.draft.plan;
    let named = |name: Option<&String>| (t.part)(part, name.map_or("", String::as_str));
    match part {
        Part::Server(server) | Part::Manners(server) => named(plan.servers.get(*server).map(|it| &it.name)),
        Part::User(server, user) => {
            named(plan.servers.get(*server).and_then(|it| it.users.get(*user)).map(|user| &user.name))
        }
        Part::Message(server, user, message) => {
            let user = plan.servers.get(*server).and_then(|it| it.users.get(*user));
            let id = user.and_then(|user| user.messages.get(*message)).map(|message| message.id.clone());
            named(id.map(|id| subject_in(plan, &id)).as_ref())
        }
        Part::Terminal(terminal) => named(plan.terminals.get(*terminal).map(|it| &it.name)),
        Part::Device(device) => named(plan.devices.get(*device).map(|it| &it.name)),
        Part::Task(task) => {
            let id = plan.tasks.get(*task).map(|task| &task.id);
            let own = own_texts(build, language);
            named(id.and_then(|id| own?.tasks.get(id)))
        }
        Part::Question(question) => {
            let id = plan.questions.get(*question).map(|question| &question.id);
            let own = own_texts(build, language);
            named(id.and_then(|id| own?.questions.get(id)).map(|text| &text.text))
        }
        _ => named(None),
    }
}

/// The scenario's texts in the language of the moment, or in the other.
fn own_texts(build: &Build, language: Language) -> Option<&popglass_lessons::format::Texts> {
    let (first, second) = match language {
        Language::En => (&build.draft.english, &build.draft.german),
        Language::De => (&build.draft.german, &build.draft.english),
    };
    first.as_ref().or(second.as_ref())
}

impl Drawing<'_> {
    /// Draws a part, and what is in it if it is unfolded.
    pub(super) fn draw(&mut self, part: Part) {
        let is_open = part.is_foldable().then(|| self.build.open.contains(&part));
        let mut vm = PartVm {
            title: title(self.build, self.language, &part),
            note: (self.t.build.note)(&part).to_owned(),
            is_open,
            problem: self.problem(&part),
            lacks: self.lacks.iter().filter(|(spot, _)| spot.lies_in(&part)).count(),
            tools: self.tools(&part),
            ..PartVm::default()
        };
        if is_open != Some(false) {
            self.fill(&part, &mut vm);
            // A file by hand may name the same thing twice.
            let mut seen = BTreeSet::new();
            vm.fields.retain(|field| seen.insert(field.clone()));
            vm.fields.iter().for_each(|field| self.field(field));
            vm.parts.iter().for_each(|inner| self.draw(inner.clone()));
        }
        self.parts.insert(part, vm);
    }

    fn problem(&self, part: &Part) -> Option<String> {
        if let Part::Way(way) = part {
            return self.astray(*way);
        }
        let found = self.lacks.iter().find(|(spot, _)| matches!(spot, Spot::Part(known) if known == part));
        found.map(|(_, lack)| beside(self.t, lack))
    }

    pub(super) fn tool(&self, part: &Part, act: Act, is_on: bool) -> ActVm {
        let label = (self.t.build.act)(&act);
        let title = title(self.build, self.language, part);
        ActVm { name: format!("{label}: {title}"), label, act, is_on }
    }

    fn tools(&self, part: &Part) -> Vec<ActVm> {
        let plan = &self.build.draft.plan;
        let moves = |place: usize, count: usize| {
            vec![
                self.tool(part, Act::Move(part.clone(), Way::Up), place > 0),
                self.tool(part, Act::Move(part.clone(), Way::Down), place + 1 < count),
            ]
        };
        let mut tools = match part {
            Part::Message(server, user, message) => {
                let user = plan.servers.get(*server).and_then(|it| it.users.get(*user));
                moves(*message, user.map_or(0, |user| user.messages.len()))
            }
            Part::Task(task) => moves(*task, plan.tasks.len()),
            Part::Question(question) => moves(*question, plan.questions.len()),
            Part::Event(node, row, event) => match goal_at(plan, node) {
                Some(Goal::Happened(_)) | None => return Vec::new(),
                Some(goal) => moves(*event, events(goal, *row).len()),
            },
            Part::Goal(node) if node.path.is_empty() => return Vec::new(),
            Part::Goal(_) | Part::Server(_) | Part::User(..) | Part::Fault(..) | Part::Terminal(_) => Vec::new(),
            Part::Device(_) | Part::Option(..) => Vec::new(),
            // Without a move there is nothing to remove.
            Part::Way(WayOf::Solution) if plan.solution.is_empty() => return Vec::new(),
            Part::Way(_) => Vec::new(),
            _ => return Vec::new(),
        };
        tools.push(self.tool(part, Act::Remove(part.clone()), true));
        tools
    }

    pub(super) fn add(&self, act: Act, is_on: bool) -> ActVm {
        let label = (self.t.build.act)(&act);
        ActVm { name: label.clone(), label, act, is_on }
    }

    fn languages(&self) -> impl Iterator<Item = Language> + use<> {
        let draft = &self.build.draft;
        let has = [(Language::En, draft.english.is_some()), (Language::De, draft.german.is_some())];
        has.into_iter().filter(|(_, has)| *has).map(|(language, _)| language)
    }

    pub(super) fn words(&self, words: &[Words]) -> Vec<Field> {
        let pair = |words: &Words| self.languages().map(|language| Field::Words(language, *words)).collect::<Vec<_>>();
        words.iter().flat_map(pair).collect()
    }

    fn fill(&self, part: &Part, vm: &mut PartVm) {
        if Part::TOP.contains(part) || *part == Part::Help {
            self.fill_top(part, vm);
        } else {
            self.fill_thing(part, vm);
        }
    }

    /// What is always there.
    fn fill_top(&self, part: &Part, vm: &mut PartVm) {
        let plan = &self.build.draft.plan;
        match part {
            Part::Words => {
                vm.fields = Language::ALL.map(Field::HasLanguage).to_vec();
                vm.fields.extend(self.words(&[Words::Title, Words::Goal, Words::Story]));
                vm.fields.push(Field::Minutes);
                vm.parts.push(Part::Help);
            }
            Part::Help => {
                let hints: Vec<Words> = (0..HINTS).map(Words::Hint).chain([Words::Praise, Words::Card]).collect();
                vm.fields = self.words(&hints);
            }
            Part::Mail => {
                vm.parts = (0..plan.servers.len()).map(Part::Server).collect();
                vm.adds.push(self.add(Act::AddServer, plan.servers.len() < THINGS_MAX));
            }
            Part::Tasks => {
                vm.parts = (0..plan.tasks.len()).map(Part::Task).collect();
                let has_room = plan.tasks.len() < THINGS_MAX;
                vm.adds = Preset::ALL.iter().map(|preset| self.add(Act::AddTask(*preset), has_room)).collect();
            }
            Part::Questions => {
                vm.parts = (0..plan.questions.len()).map(Part::Question).collect();
                vm.adds.push(self.add(Act::AddQuestion, plan.questions.len() < THINGS_MAX));
            }
            Part::Room => {
                vm.fields = PANES.map(Field::Pane).to_vec();
                vm.fields.push(Field::Days);
                vm.parts = (0..plan.terminals.len()).map(Part::Terminal).collect();
                vm.parts.extend((0..plan.devices.len()).map(Part::Device));
                vm.adds.push(self.add(Act::AddTerminal, plan.terminals.len() < THINGS_MAX));
                vm.adds.push(self.add(Act::AddDevice, plan.devices.len() < THINGS_MAX));
            }
            Part::Behaviour => {
                vm.fields.push(Field::Attacker);
                vm.parts = (0..plan.servers.len()).map(Part::Manners).collect();
            }
            Part::Ways => self.fill_ways(vm),
            Part::Rest => self.fill_rest(vm),
            _ => {}
        }
    }

    /// What comes and goes.
    fn fill_thing(&self, part: &Part, vm: &mut PartVm) {
        let plan = &self.build.draft.plan;
        match part {
            Part::Server(server) => {
                vm.fields.push(Field::Server(*server, ServerField::Name));
                let users = plan.servers.get(*server).map_or(0, |server| server.users.len());
                vm.parts = (0..users).map(|user| Part::User(*server, user)).collect();
                vm.adds.push(self.add(Act::AddUser(*server), users < THINGS_MAX));
            }
            Part::User(server, user) => {
                let field = |field| Field::User(*server, *user, field);
                vm.fields = [UserField::Name, UserField::Password, UserField::Shuffled].map(field).to_vec();
                let setup = plan.servers.get(*server).and_then(|it| it.users.get(*user));
                let messages = setup.map_or(0, |user| user.messages.len());
                vm.parts = (0..messages).map(|message| Part::Message(*server, *user, message)).collect();
                vm.adds.push(self.add(Act::AddMessage(*server, *user), plan.messages().count() < MESSAGES_MAX));
            }
            Part::Message(server, user, message) => self.fill_message([*server, *user, *message], vm),
            Part::Manners(server) => self.fill_manners(*server, vm),
            Part::Fault(server, fault) => self.fill_fault(*server, *fault, vm),
            Part::Terminal(terminal) => {
                vm.fields.push(Field::Terminal(*terminal, TerminalField::Name));
                if plan.servers.len() > 1 || self.is_lacking(&Field::Terminal(*terminal, TerminalField::Server)) {
                    vm.fields.push(Field::Terminal(*terminal, TerminalField::Server));
                }
                vm.fields.extend(DOORS.map(|door| Field::Door(*terminal, door)));
            }
            Part::Device(device) => self.fill_device(*device, vm),
            Part::Task(task) => {
                vm.fields = self.words(&[Words::Task(*task)]);
                vm.parts.push(Part::Goal(Node { of: GoalOf::Task(*task), path: Vec::new() }));
            }
            Part::Goal(node) => self.fill_goal(node, vm),
            Part::Event(node, row, event) => {
                let known = goal_at(plan, node).and_then(|goal| events(goal, *row).get(*event));
                let fields: Vec<EventField> = known.map(fields_of).unwrap_or_default();
                vm.fields = fields.into_iter().map(|field| Field::Event(node.clone(), *row, *event, field)).collect();
            }
            Part::Question(question) => self.fill_question(*question, vm),
            Part::Way(way) => self.fill_way(*way, vm),
            Part::Option(question, option) => {
                vm.fields = self.words(&[Words::Option(*question, *option)]);
                let answer = plan.questions.get(*question).map(|question| &question.answer);
                if matches!(answer, Some(Answer::Choices { .. })) {
                    vm.fields.push(Field::IsRight(*question, *option));
                }
            }
            _ => {}
        }
    }

    fn is_lacking(&self, field: &Field) -> bool {
        self.lacks.iter().any(|(spot, _)| matches!(spot, Spot::Field(known) if known == field))
    }

    fn fill_message(&self, [server, user, message]: [usize; 3], vm: &mut PartVm) {
        use MessageField as M;
        let plan = &self.build.draft.plan;
        let Some(home) = plan.servers.get(server) else { return };
        let setup = home.users.get(user).and_then(|user| user.messages.get(message));
        let mut fields = vec![M::From, M::To, M::Subject, M::Date, M::Body];
        if home.users.len() > 1 {
            fields.push(M::Owner);
        }
        fields.extend([M::Later, M::Filler, M::AttachmentName]);
        let mut scratch = self.build.draft.clone();
        let named = Field::Message(server, user, message, M::AttachmentName);
        if !self.build.said(&mut scratch, &named).is_empty() {
            fields.push(M::Attachment);
        }
        fields.push(M::Raw);
        vm.fields = fields.into_iter().map(|field| Field::Message(server, user, message, field)).collect();
        vm.note = setup.map(|setup| (self.t.build.called)(&setup.id)).unwrap_or_default();
    }

    fn fill_manners(&self, server: usize, vm: &mut PartVm) {
        use ServerField as S;
        let Some(setup) = self.build.draft.plan.servers.get(server) else { return };
        let fields = [S::Stls, S::Apop, S::SecretsNeedTls, S::Minimal, S::Certificate];
        vm.fields = fields.map(|field| Field::Server(server, field)).to_vec();
        let faults = fault_lines(&setup.profile.faults).count();
        vm.parts = (0..faults).map(|fault| Part::Fault(server, fault)).collect();
        vm.adds.push(self.add(Act::AddFault(server), faults < THINGS_MAX));
    }

    fn fill_fault(&self, server: usize, fault: usize, vm: &mut PartVm) {
        let setup = self.build.draft.plan.servers.get(server);
        let line = setup.and_then(|it| fault_lines(&it.profile.faults).nth(fault)).map(FaultLine::of);
        let Some(line) = line else { return };
        let mut fields = vec![FaultField::Place];
        if line.place != GREETING {
            fields.push(FaultField::Time);
        }
        fields.push(FaultField::Kind);
        if line.has_detail() {
            fields.push(FaultField::Detail);
        }
        vm.fields = fields.into_iter().map(|field| Field::Fault(server, fault, field)).collect();
    }

    fn fill_device(&self, device: usize, vm: &mut PartVm) {
        use DeviceField as D;
        let Some(setup) = self.build.draft.plan.devices.get(device) else { return };
        let mut fields = vec![D::Name, D::User, D::Leave];
        if matches!(setup.settings.leave, Leave::Days(_)) {
            fields.push(D::Days);
        }
        fields.extend([D::Security, D::Configurable]);
        vm.fields = fields.into_iter().map(|field| Field::Device(device, field)).collect();
    }

    fn fill_goal(&self, node: &Node, vm: &mut PartVm) {
        let plan = &self.build.draft.plan;
        let Some(goal) = goal_at(plan, node) else { return };
        let field = |field| Field::Goal(node.clone(), field);
        let messages = |fields: &mut Vec<Field>, chosen: &[String]| {
            let mut ids: Vec<&String> = plan.messages().map(|message| &message.id).collect();
            ids.extend(chosen.iter().filter(|id| !plan.messages().any(|message| message.id == **id)));
            fields.extend(ids.into_iter().map(|id| Field::Member(node.clone(), id.clone())));
        };
        vm.fields.push(field(GoalField::Kind));
        match goal {
            Goal::Answered(_) => vm.fields.push(field(GoalField::Question)),
            Goal::AnsweredAtLeast { questions, .. } => {
                vm.fields.push(field(GoalField::Count));
                let mut ids: Vec<&String> = plan.questions.iter().map(|question| &question.id).collect();
                ids.extend(questions.iter().filter(|id| !plan.questions.iter().any(|one| one.id == **id)));
                vm.fields.extend(ids.into_iter().map(|id| Field::Member(node.clone(), id.clone())));
            }
            Goal::MaildropIs { messages: chosen, .. } | Goal::MaildropLacks { messages: chosen, .. } => {
                vm.fields.push(field(GoalField::User));
                messages(&mut vm.fields, chosen);
            }
            Goal::DeviceHolds { messages: chosen, .. } => {
                vm.fields.push(field(GoalField::Device));
                messages(&mut vm.fields, chosen);
            }
            Goal::All(_) | Goal::Any(_) | Goal::AtOnce(_) => {
                let count = goal_parts(goal).map_or(0, <[Goal]>::len);
                let inner = |place| [node.path.as_slice(), &[place]].concat();
                vm.parts = (0..count).map(|place| Part::Goal(Node { of: node.of, path: inner(place) })).collect();
                vm.adds.push(self.add(Act::AddGoal(node.clone()), count < THINGS_MAX));
            }
            Goal::Happened(_) | Goal::InOrder(_) | Goal::InOneSession(_) | Goal::Without { .. } => {}
        }
        let rows: &[Row] = match goal {
            Goal::Without { .. } => &[Row::Happened, Row::Never],
            _ => &[Row::Happened],
        };
        for row in rows {
            let count = events(goal, *row).len();
            vm.parts.extend((0..count).map(|place| Part::Event(node.clone(), *row, place)));
            if matches!(goal, Goal::InOrder(_) | Goal::InOneSession(_) | Goal::Without { .. }) {
                vm.adds.push(self.add(Act::AddEvent(node.clone(), *row), count < THINGS_MAX));
            }
        }
    }

    fn fill_question(&self, place: usize, vm: &mut PartVm) {
        use QuestionField as Q;
        let Some(question) = self.build.draft.plan.questions.get(place) else { return };
        // Languages stand side by side, so words come before what there is once.
        vm.fields = self.words(&[Words::Question(place), Words::Wrong(place)]);
        vm.fields.push(Field::Question(place, Q::Kind));
        let has_options = matches!(question.answer, Answer::Choice(_) | Answer::Choices { .. });
        if !matches!(question.answer, Answer::Choices { .. }) {
            vm.fields.push(Field::Question(place, Q::Answer));
        }
        vm.fields.push(Field::Question(place, Q::After));
        if has_options {
            let count = question.options().count();
            vm.parts = (0..count).map(|option| Part::Option(place, option)).collect();
            vm.adds.push(self.add(Act::AddOption(place), count < THINGS_MAX));
        }
    }
}
