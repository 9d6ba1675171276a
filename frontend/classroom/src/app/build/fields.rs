//! Where each field's value lies in a draft. Names of things are read here and written in `names`, since others point at
//! them.

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    format::{
        Answer, AttackerSetup, Certificate, DeviceSetup, Event, Goal, Leave, Move, Plan, Question, Security, Texts,
    },
    scenario::Draft,
};
use popglass_protocol::command::CommandName;

use super::{
    choices::QuestionKind,
    goals::{self, GoalKind, Names, WHATS},
    mail::{fault_slot, message_slot},
    place::{DeviceField, EventField, Field, GoalField, QuestionField, ServerField, TerminalField, UserField, Words},
    slot::{NUMBER_MAX, Refusal, Slot, whole},
};

/// The texts of a language.
pub(in crate::app) fn texts_in(draft: &mut Draft, language: Language) -> &mut Option<Texts> {
    match language {
        Language::En => &mut draft.english,
        Language::De => &mut draft.german,
    }
}

/// Where a field's value lies; nothing if there is no such field now.
pub(in crate::app) fn slot<'a>(draft: &'a mut Draft, field: &Field) -> Option<Slot<'a>> {
    match field {
        Field::HasLanguage(language) => return Some(has_language(draft, *language)),
        Field::Words(language, words) => {
            let ids = Ids::of(draft, *words)?;
            return words_slot(texts_in(draft, *language).as_mut()?, *words, &ids);
        }
        Field::Question(question, field) => {
            let keys = option_keys(draft, *question);
            return Some(question_slot(draft.plan.questions.get_mut(*question)?, *field, keys));
        }
        Field::IsRight(question, option) => {
            let key = option_keys(draft, *question).into_iter().nth(*option)?;
            return is_right(draft.plan.questions.get_mut(*question)?, key);
        }
        _ => {}
    }
    plan_slot(&mut draft.plan, field)
}

/// Where the value of a field lies that needs no more than the plan.
fn plan_slot<'a>(plan: &'a mut Plan, field: &Field) -> Option<Slot<'a>> {
    Some(match field {
        Field::HasLanguage(_) | Field::Words(..) | Field::Question(..) | Field::IsRight(..) => return None,
        Field::Minutes => Slot::Number(&mut plan.minutes, NUMBER_MAX),
        Field::Attacker => pick(&mut plan.attacker, &ATTACKERS),
        Field::Days => days(&mut plan.offers),
        Field::Pane(pane) => member(&mut plan.panes, *pane),
        Field::Server(server, field) => {
            let server = plan.servers.get_mut(*server)?;
            let profile = &mut server.profile;
            match field {
                ServerField::Name => Slot::Line(&mut server.name),
                ServerField::Minimal => Slot::Flag(&mut profile.minimal),
                ServerField::Stls => Slot::Flag(&mut profile.stls),
                ServerField::Apop => Slot::Flag(&mut profile.apop),
                ServerField::SecretsNeedTls => Slot::Flag(&mut profile.secrets_need_tls),
                ServerField::Certificate => pick(&mut profile.certificate, &CERTIFICATES),
            }
        }
        Field::Fault(server, fault, field) => {
            fault_slot(&mut plan.servers.get_mut(*server)?.profile.faults, *fault, *field)?
        }
        Field::User(server, user, field) => {
            let user = plan.servers.get_mut(*server)?.users.get_mut(*user)?;
            match field {
                UserField::Name => Slot::Line(&mut user.name),
                UserField::Password => Slot::Line(&mut user.password),
                UserField::Shuffled => Slot::Flag(&mut user.shuffled),
            }
        }
        Field::Message(server, user, message, field) => {
            let users = &mut plan.servers.get_mut(*server)?.users;
            message_slot(users, *user, *message, *field)?
        }
        Field::Terminal(terminal, field) => {
            let terminal = plan.terminals.get_mut(*terminal)?;
            match field {
                TerminalField::Name => Slot::Line(&mut terminal.name),
                TerminalField::Server => Slot::Line(&mut terminal.server),
            }
        }
        Field::Door(terminal, door) => member(&mut plan.terminals.get_mut(*terminal)?.doors, *door),
        Field::Device(device, field) => device_slot(plan.devices.get_mut(*device)?, *field)?,
        Field::LeavesOpen(wrong) => Slot::Line(&mut plan.wrong.get_mut(*wrong)?.leaves_open),
        Field::Goal(node, field) => {
            let names = Names::of(plan);
            goal_slot(goals::at_mut(plan, node)?, *field, names)?
        }
        Field::Member(node, id) => member(members(goals::at_mut(plan, node)?)?, id.clone()),
        Field::Event(node, row, event, field) => {
            event_slot(goals::event_mut(goals::at_mut(plan, node)?, *row, *event)?, *field)
        }
    })
}

/// What a field says now; nothing if there is no such field.
pub(in crate::app) fn read(draft: &mut Draft, field: &Field) -> Option<String> {
    slot(draft, field).map(|slot| slot.read())
}

pub(in crate::app) const ATTACKERS: [AttackerSetup; 4] = [
    AttackerSetup::Listens,
    AttackerSetup::StripsStls,
    AttackerSetup::InjectsAfterStls,
    AttackerSetup::FalseCertificate,
];
pub(in crate::app) const CERTIFICATES: [Certificate; 5] = [
    Certificate::Good,
    Certificate::Expired,
    Certificate::WrongName,
    Certificate::SelfSigned,
    Certificate::UnknownAuthority,
];
pub(in crate::app) const SECURITIES: [Security; 4] =
    [Security::Clear, Security::StlsIfOffered, Security::Stls, Security::Tls];
/// What a device may do with messages that it has fetched, days to be told apart.
pub(in crate::app) const LEAVES: [Leave; 3] = [Leave::Always, Leave::Never, Leave::Days(DAYS_USUAL)];
const DAYS_USUAL: u32 = 3;
pub(in crate::app) const STATES: [&str; 3] = ["AUTHORIZATION", "TRANSACTION", "UPDATE"];

/// The keywords that a goal can ask for.
pub(in crate::app) fn keywords() -> Vec<&'static str> {
    let mut keywords: Vec<&str> = Vec::new();
    for name in CommandName::ALL {
        if !keywords.contains(&name.keyword()) {
            keywords.push(name.keyword());
        }
    }
    keywords
}

fn pick<'a, T: Copy + PartialEq>(value: &'a mut T, all: &'static [T]) -> Slot<'a> {
    let place = all.iter().position(|one| one == value).unwrap_or(0);
    Slot::Pick(place, all.len(), Box::new(move |place| *value = all[place]))
}

fn member<T: PartialEq + Clone>(list: &mut Vec<T>, one: T) -> Slot<'_> {
    Slot::Bit(
        list.contains(&one),
        Box::new(move |on| {
            list.retain(|known| *known != one);
            if on {
                list.push(one.clone());
            }
        }),
    )
}

/// The last language cannot be taken away.
fn has_language(draft: &mut Draft, language: Language) -> Slot<'_> {
    let other = match language {
        Language::En => draft.german.clone(),
        Language::De => draft.english.clone(),
    };
    let texts = texts_in(draft, language);
    let on = texts.is_some();
    let set = move |on: bool| {
        if on && texts.is_none() {
            texts.clone_from(&other);
        }
        if !on && other.is_some() {
            *texts = None;
        }
    };
    Slot::Bit(on, Box::new(set))
}

fn days(offers: &mut Vec<Move>) -> Slot<'_> {
    let offered = offers.iter().find_map(|step| match step {
        Move::Days(days) => Some(*days),
        _ => None,
    });
    let set = move |text: &str| {
        let days = if text.trim().is_empty() { 0 } else { whole(text, 0, NUMBER_MAX)? };
        offers.retain(|step| !matches!(step, Move::Days(_)));
        if days > 0 {
            offers.push(Move::Days(days));
        }
        Ok(())
    };
    Slot::Other(offered.map(|days| days.to_string()).unwrap_or_default(), false, Box::new(set))
}

/// The keys of a question's options, in the order in which they are shown: right ones do not move.
pub(in crate::app) fn option_keys(draft: &Draft, question: usize) -> Vec<String> {
    let Some(question) = draft.plan.questions.get(question) else { return Vec::new() };
    let texts = draft.english.as_ref().or(draft.german.as_ref());
    let shown = texts.and_then(|texts| texts.questions.get(&question.id)).map(|text| &text.options);
    shown.into_iter().flatten().map(|(key, _)| key.clone()).collect()
}

/// What texts are called.
struct Ids {
    id: String,
    option: String,
}

impl Ids {
    fn of(draft: &Draft, words: Words) -> Option<Self> {
        let plan = &draft.plan;
        let (id, option) = match words {
            Words::Task(task) => (plan.tasks.get(task)?.id.clone(), None),
            Words::DeadEnd(dead_end) => (plan.dead_ends.get(dead_end)?.id.clone(), None),
            Words::Question(question) | Words::Wrong(question) => (plan.questions.get(question)?.id.clone(), None),
            Words::Option(question, option) => {
                let key = option_keys(draft, question).into_iter().nth(option);
                (plan.questions.get(question)?.id.clone(), key)
            }
            _ => (String::new(), None),
        };
        Some(Self { id, option: option.unwrap_or_default() })
    }
}

fn words_slot<'a>(texts: &'a mut Texts, words: Words, ids: &Ids) -> Option<Slot<'a>> {
    Some(match words {
        Words::Title => Slot::Line(&mut texts.title),
        Words::Goal => Slot::Area(&mut texts.goal),
        Words::Story => Slot::Area(&mut texts.story),
        Words::Hint(hint) => Slot::Area(texts.hints.get_mut(hint)?),
        Words::Praise => Slot::Area(&mut texts.praise),
        Words::Card => Slot::Area(&mut texts.card),
        Words::Task(_) => Slot::Area(texts.tasks.get_mut(&ids.id)?),
        Words::DeadEnd(_) => Slot::Area(texts.dead_ends.get_mut(&ids.id)?),
        Words::Question(_) => Slot::Area(&mut texts.questions.get_mut(&ids.id)?.text),
        Words::Wrong(_) => Slot::Area(&mut texts.questions.get_mut(&ids.id)?.wrong),
        Words::Option(..) => {
            let options = &mut texts.questions.get_mut(&ids.id)?.options;
            Slot::Area(&mut options.iter_mut().find(|(key, _)| *key == ids.option)?.1)
        }
    })
}

fn device_slot(device: &mut DeviceSetup, field: DeviceField) -> Option<Slot<'_>> {
    let settings = &mut device.settings;
    Some(match field {
        DeviceField::Name => Slot::Line(&mut device.name),
        DeviceField::User => Slot::Line(&mut device.user),
        DeviceField::Security => pick(&mut settings.security, &SECURITIES),
        DeviceField::Configurable => Slot::Flag(&mut device.configurable),
        DeviceField::Days => match &mut settings.leave {
            Leave::Days(days) => Slot::Number(days, NUMBER_MAX),
            _ => return None,
        },
        DeviceField::Leave => {
            let leave = &mut settings.leave;
            let place = match leave {
                Leave::Always => 0,
                Leave::Never => 1,
                Leave::Days(_) => 2,
            };
            Slot::Pick(place, LEAVES.len(), Box::new(move |place| *leave = LEAVES[place]))
        }
    })
}

fn question_slot(question: &mut Question, field: QuestionField, keys: Vec<String>) -> Slot<'_> {
    let answer = &mut question.answer;
    match field {
        QuestionField::After => Slot::Maybe(&mut question.after),
        QuestionField::Kind => {
            let place = QuestionKind::of(answer) as usize;
            let set = move |place: usize| *answer = QuestionKind::ALL[place].turned(answer);
            Slot::Pick(place, QuestionKind::ALL.len(), Box::new(set))
        }
        QuestionField::Answer => match answer {
            Answer::Text(right) | Answer::Exactly(right) | Answer::Number(right) => Slot::Line(right),
            Answer::AnyOf(right) => {
                let said = right.join("\n");
                let set = move |text: &str| {
                    *right = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
                    Ok(())
                };
                Slot::Other(said, true, Box::new(set))
            }
            Answer::Choice(options) => {
                let count = keys.len();
                // The first is the right one; the screen shows them in the order of the texts.
                let place = options.first().and_then(|right| keys.iter().position(|key| key == right)).unwrap_or(0);
                let set = move |place: usize| {
                    if let Some(known) = options.iter().position(|known| *known == keys[place]) {
                        options.swap(0, known);
                    }
                };
                Slot::Pick(place, count, Box::new(set))
            }
            Answer::Choices { right, .. } => Slot::Other(right.join(" "), false, Box::new(|_| Err(Refusal::NoChoice))),
        },
    }
}

fn is_right(question: &mut Question, key: String) -> Option<Slot<'_>> {
    match &mut question.answer {
        Answer::Choices { right, wrong } => {
            let on = right.contains(&key);
            let set = move |on: bool| {
                right.retain(|known| *known != key);
                wrong.retain(|known| *known != key);
                if on { right.push(key.clone()) } else { wrong.push(key.clone()) }
            };
            Some(Slot::Bit(on, Box::new(set)))
        }
        _ => None,
    }
}

/// The messages or questions that a goal names.
pub(in crate::app) fn members(goal: &mut Goal) -> Option<&mut Vec<String>> {
    match goal {
        Goal::MaildropIs { messages, .. }
        | Goal::MaildropLacks { messages, .. }
        | Goal::DeviceHolds { messages, .. } => Some(messages),
        Goal::AnsweredAtLeast { questions, .. } => Some(questions),
        _ => None,
    }
}

fn goal_slot(goal: &mut Goal, field: GoalField, names: Names) -> Option<Slot<'_>> {
    Some(match (field, goal) {
        (GoalField::Kind, goal) => {
            let kind = GoalKind::of(goal);
            let place = GoalKind::ALL.iter().position(|one| *one == kind).unwrap_or(0);
            let set = move |place: usize| *goal = goals::turned(goal, GoalKind::ALL[place], &names);
            Slot::Pick(place, GoalKind::ALL.len(), Box::new(set))
        }
        (GoalField::Question, Goal::Answered(question)) => Slot::Line(question),
        (GoalField::Count, Goal::AnsweredAtLeast { count, .. }) => {
            let said = count.to_string();
            let set = move |text: &str| {
                *count = whole(text, 1, NUMBER_MAX)? as usize;
                Ok(())
            };
            Slot::Other(said, false, Box::new(set))
        }
        (GoalField::User, Goal::MaildropIs { user, .. } | Goal::MaildropLacks { user, .. }) => Slot::Line(user),
        (GoalField::Device, Goal::DeviceHolds { device, .. }) => Slot::Line(device),
        _ => return None,
    })
}

fn event_slot(event: &mut Event, field: EventField) -> Slot<'_> {
    match field {
        EventField::What => pick(&mut event.what, &WHATS),
        EventField::Command => Slot::Maybe(&mut event.command),
        EventField::Argument => Slot::Maybe(&mut event.argument),
        EventField::Accepted => Slot::MaybeFlag(&mut event.accepted),
        EventField::Message => Slot::Maybe(&mut event.message),
        EventField::State => Slot::Maybe(&mut event.state),
        EventField::User => Slot::Maybe(&mut event.user),
        EventField::By => Slot::Maybe(&mut event.by),
        EventField::Tls => Slot::MaybeFlag(&mut event.tls),
        EventField::AtLeast => Slot::MaybeCount(&mut event.at_least),
        EventField::AtMost => Slot::MaybeCount(&mut event.at_most),
        EventField::Containing => Slot::Maybe(&mut event.containing),
    }
}
