//! A field as it is shown: label, kind, options, hint.

use popglass_lessons::format::Answer;

use super::{Drawing, FieldKind, FieldVm, beside, refusal_of};
use crate::{
    app::{
        build::{
            ATTACKERS, Build, CERTIFICATES, DeviceField, EventField, FaultField, Field, GoalField, GoalKind, KINDS,
            LEAVES, MessageField, QuestionField, QuestionKind, SECURITIES, STATES, ServerField, Spot, TerminalField,
            UserField, WHATS, Words, fault_places, keywords, kinds_at, option_keys,
        },
        view::subject_in,
    },
    i18n::Texts,
};

/// What a field is called.
pub(super) fn label(build: &Build, t: &Texts, field: &Field) -> String {
    let own = (t.build.field)(field);
    match field {
        Field::Member(_, id) => name_of_member(build, t, id),
        Field::Words(language, _) if build.draft.english.is_some() && build.draft.german.is_some() => {
            format!("{own} ({})", language.name())
        }
        _ => own,
    }
}

/// A message by its subject, a question by its words.
fn name_of_member(build: &Build, t: &Texts, id: &str) -> String {
    let plan = &build.draft.plan;
    if plan.messages().any(|message| message.id == id) {
        return subject_in(plan, id);
    }
    match plan.questions.iter().position(|question| question.id == id) {
        Some(place) => (t.lesson.question)(place + 1),
        None => id.to_owned(),
    }
}

impl Drawing<'_> {
    pub(super) fn field(&mut self, field: &Field) {
        let mut options = self.options(field);
        let value = self.build.said(&mut self.scratch, field);
        // What does not exist any more can still be seen, and is told to be wrong.
        if !options.is_empty() && !options.iter().any(|(known, _)| *known == value) {
            options.insert(0, (value.clone(), value.clone()));
        }
        let lack = self.lacks.iter().find(|(spot, _)| matches!(spot, Spot::Field(known) if known == field));
        let problem = match refusal_of(self.build, field) {
            Some(refusal) => Some((self.t.build.refusal)(refusal)),
            None => lack.map(|(_, lack)| beside(self.t, lack)),
        };
        let kind = if options.is_empty() { self.kind(field) } else { FieldKind::Select };
        let vm = FieldVm {
            label: label(self.build, self.t, field),
            kind,
            value,
            options,
            hint: (self.t.build.hint)(field).to_owned(),
            problem,
            language: match field {
                Field::Words(language, _) => Some(*language),
                _ => None,
            },
            is_wide: matches!(kind, FieldKind::Area(_) | FieldKind::Wire(_)) && !matches!(field, Field::Words(..)),
        };
        self.fields.insert(field.clone(), vm);
    }

    fn kind(&self, field: &Field) -> FieldKind {
        match field {
            Field::Minutes | Field::Days | Field::Device(_, DeviceField::Days) => FieldKind::Number,
            Field::Fault(_, _, FaultField::Time) | Field::Goal(_, GoalField::Count) => FieldKind::Number,
            Field::Event(_, _, _, EventField::AtLeast | EventField::AtMost) => FieldKind::Number,
            Field::Message(_, _, _, MessageField::Filler) => FieldKind::Number,
            Field::HasLanguage(_) | Field::Pane(_) | Field::Door(..) | Field::IsRight(..) | Field::Member(..) => {
                FieldKind::Check
            }
            Field::Server(_, ServerField::Name) => FieldKind::Line,
            Field::Server(..) | Field::User(_, _, UserField::Shuffled) => FieldKind::Check,
            Field::Message(_, _, _, MessageField::Later) | Field::Device(_, DeviceField::Configurable) => {
                FieldKind::Check
            }
            Field::Words(_, words) => match words {
                Words::Title => FieldKind::Line,
                Words::Story => FieldKind::Area(6),
                Words::Option(..) => FieldKind::Area(1),
                Words::Praise | Words::Card | Words::Hint(_) => FieldKind::Area(3),
                _ => FieldKind::Area(2),
            },
            Field::Message(_, _, _, MessageField::Body) => FieldKind::Wire(6),
            Field::Message(_, _, _, MessageField::Raw) => FieldKind::Wire(10),
            Field::Message(_, _, _, MessageField::Attachment) => FieldKind::Wire(3),
            Field::Question(question, QuestionField::Answer) => {
                let answer = self.build.draft.plan.questions.get(*question).map(|question| &question.answer);
                if matches!(answer, Some(Answer::AnyOf(_))) { FieldKind::Area(3) } else { FieldKind::Line }
            }
            _ => FieldKind::Line,
        }
    }

    /// What can be chosen; nothing for what is typed.
    fn options(&self, field: &Field) -> Vec<(String, String)> {
        let t = &self.t.build;
        match field {
            Field::Attacker => numbered(ATTACKERS.iter().map(|it| (t.attacker)(*it))),
            Field::Server(_, ServerField::Certificate) => numbered(CERTIFICATES.iter().map(|it| (t.certificate)(*it))),
            Field::Fault(_, _, FaultField::Place) => {
                fault_places().into_iter().map(|place| (place.to_owned(), (t.fault_place)(place).to_owned())).collect()
            }
            Field::Fault(_, _, FaultField::Kind) => {
                KINDS.iter().map(|(kind, _)| ((*kind).to_owned(), (t.fault_kind)(kind).to_owned())).collect()
            }
            Field::Message(server, _, _, MessageField::Owner) => {
                let users = self.build.draft.plan.servers.get(*server).map(|server| server.users.as_slice());
                numbered(users.unwrap_or_default().iter().map(|user| user.name.as_str()))
            }
            Field::Terminal(_, TerminalField::Server) => {
                named(self.build.draft.plan.servers.iter().map(|server| &server.name))
            }
            Field::Device(_, DeviceField::User) | Field::Goal(_, GoalField::User) => self.users(),
            Field::Device(_, DeviceField::Leave) => numbered(LEAVES.iter().map(|it| (t.leave)(*it))),
            Field::Device(_, DeviceField::Security) => {
                numbered(SECURITIES.iter().map(|it| (self.t.moves.security)(*it)))
            }
            Field::Question(question, field) => self.question_options(*question, *field),
            Field::LeavesOpen(_) => {
                let tasks = self.build.draft.plan.tasks.iter().zip(1..);
                tasks.map(|(task, number)| (task.id.clone(), (t.ways.task)(number))).collect()
            }
            Field::Goal(node, field) => match field {
                GoalField::Kind => {
                    let all = numbered(GoalKind::ALL.iter().map(|it| (t.goal_kind)(*it)));
                    let fits: Vec<GoalKind> = kinds_at(node).collect();
                    let fit = |place: &usize| GoalKind::ALL.get(*place).is_some_and(|kind| fits.contains(kind));
                    all.into_iter().enumerate().filter(|(place, _)| fit(place)).map(|(_, option)| option).collect()
                }
                GoalField::Question => self.questions(),
                GoalField::Device => named(self.build.draft.plan.devices.iter().map(|device| &device.name)),
                GoalField::User => self.users(),
                GoalField::Count => Vec::new(),
            },
            Field::Event(_, _, _, field) => self.event_options(*field),
            _ => Vec::new(),
        }
    }

    fn users(&self) -> Vec<(String, String)> {
        named(self.build.draft.plan.servers.iter().flat_map(|server| &server.users).map(|user| &user.name))
    }

    fn questions(&self) -> Vec<(String, String)> {
        let questions = self.build.draft.plan.questions.iter();
        questions.map(|question| (question.id.clone(), name_of_member(self.build, self.t, &question.id))).collect()
    }

    fn question_options(&self, place: usize, field: QuestionField) -> Vec<(String, String)> {
        let t = &self.t.build;
        match field {
            QuestionField::Kind => numbered(QuestionKind::ALL.iter().map(|it| (t.question_kind)(*it))),
            QuestionField::After => {
                let tasks = self.build.draft.plan.tasks.iter().enumerate();
                let tasks = tasks.map(|(place, task)| (task.id.clone(), (t.task)(place + 1)));
                std::iter::once((String::new(), t.at_once.to_owned())).chain(tasks).collect()
            }
            QuestionField::Answer => {
                let question = self.build.draft.plan.questions.get(place);
                let Some(Answer::Choice(_)) = question.map(|question| &question.answer) else { return Vec::new() };
                let keys = option_keys(&self.build.draft, place);
                numbered((1..=keys.len()).map(|number| (t.option)(number)))
            }
        }
    }

    fn event_options(&self, field: EventField) -> Vec<(String, String)> {
        let t = &self.t.build;
        let plan = &self.build.draft.plan;
        let any = || std::iter::once((String::new(), t.any.to_owned()));
        let flag = |words: [&str; 2]| {
            let both = ["yes", "no"].into_iter().zip(words).map(|(value, word)| (value.to_owned(), word.to_owned()));
            any().chain(both).collect()
        };
        match field {
            EventField::What => numbered(WHATS.iter().map(|it| (t.what)(*it))),
            EventField::Command => any().chain(named(keywords().into_iter())).collect(),
            EventField::State => any().chain(named(STATES.into_iter())).collect(),
            EventField::Accepted => flag(t.accepted),
            EventField::Tls => flag(t.tls),
            EventField::Message => {
                any().chain(plan.messages().map(|it| (it.id.clone(), subject_in(plan, &it.id)))).collect()
            }
            EventField::User => any().chain(self.users()).collect(),
            EventField::By => {
                let terminals = plan.terminals.iter().map(|it| &it.name);
                any().chain(named(terminals.chain(plan.devices.iter().map(|it| &it.name)))).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn numbered(words: impl Iterator<Item = impl ToString>) -> Vec<(String, String)> {
    words.enumerate().map(|(place, word)| (place.to_string(), word.to_string())).collect()
}

fn named(names: impl Iterator<Item = impl ToString>) -> Vec<(String, String)> {
    names.map(|name| (name.to_string(), name.to_string())).collect()
}
