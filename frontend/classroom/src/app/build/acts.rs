//! What a press of a button does to a draft: something more, something less, something in another place. What is left
//! behind stays whole: texts come and go with what they are about.

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    WayOf,
    format::{
        Answer, DeviceSettings, DeviceSetup, Door, Event, Goal, HINTS, MessageSetup, Pane, Plan, Profile, Question,
        QuestionText, ServerSetup, Task, TerminalSetup, Texts, UserSetup,
    },
    scenario::{Draft, MESSAGES_MAX, THINGS_MAX},
};

use super::{
    choices,
    faults::{self, FaultLine},
    goals::{self, Preset},
    names::{self, Kind},
    place::{
        DeviceField, EventField, FaultField, Field, GoalField, MessageField, Node, Part, QuestionField, Row,
        ServerField, TerminalField, UserField, Words,
    },
    slot::Refusal,
};

/// Up or down a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named after what it does")]
pub enum Act {
    AddServer,
    AddUser(usize),
    AddMessage(usize, usize),
    AddFault(usize),
    AddTerminal,
    AddDevice,
    AddTask(Preset),
    AddGoal(Node),
    AddEvent(Node, Row),
    AddQuestion,
    AddOption(usize),
    Move(Part, Way),
    Remove(Part),
    DropDraws,
}

impl Act {
    /// Behind it things may stand in other places than before.
    pub(super) fn moves_places(&self) -> bool {
        matches!(self, Self::Remove(_) | Self::Move(..) | Self::DropDraws)
    }
}

/// What the words of new things are, in the language of the moment.
pub(super) struct NewWords {
    pub(super) task: String,
    pub(super) question: String,
    pub(super) wrong: String,
    pub(super) subject: String,
    pub(super) body: String,
}

/// Does it. Gives the field where to go on, if there is one.
pub(super) fn act(
    draft: &mut Draft,
    act: &Act,
    words: &dyn Fn(Language) -> NewWords,
    language: Language,
) -> Result<Option<Field>, Refusal> {
    let plan = &mut draft.plan;
    let new = words(language);
    Ok(match act {
        Act::AddServer => add_server(plan)?,
        Act::AddUser(server) => add_user(plan, *server)?,
        Act::AddMessage(server, user) => add_message(plan, *server, *user, &new)?,
        Act::AddFault(server) => {
            let script = &mut plan.servers.get_mut(*server).ok_or(Refusal::NoChoice)?.profile.faults;
            let place = faults::lines(script).count();
            room(place, THINGS_MAX)?;
            let known: String = faults::lines(script).map(|line| format!("{line}\n")).collect();
            *script = format!("{known}{}\n", FaultLine::usual().line());
            Some(Field::Fault(*server, place, FaultField::Place))
        }
        Act::AddTerminal => add_terminal(plan)?,
        Act::AddDevice => add_device(plan)?,
        Act::AddTask(preset) => Some(add_task(draft, *preset, words, language)?),
        Act::AddGoal(node) => {
            let parts = goals::at_mut(plan, node).and_then(goals::parts_mut).ok_or(Refusal::NoChoice)?;
            room(parts.len(), THINGS_MAX)?;
            parts.push(Goal::Happened(Event::default()));
            let path = [node.path.as_slice(), &[parts.len() - 1]].concat();
            Some(Field::Goal(Node { of: node.of, path }, GoalField::Kind))
        }
        Act::AddEvent(node, row) => {
            let goal = goals::at_mut(plan, node).ok_or(Refusal::NoChoice)?;
            let events = goals::events_mut(goal, *row).ok_or(Refusal::NoChoice)?;
            room(events.len(), THINGS_MAX)?;
            events.push(Event::default());
            Some(Field::Event(node.clone(), *row, events.len() - 1, EventField::What))
        }
        Act::AddQuestion => Some(add_question(draft, words)?),
        Act::AddOption(question) => add_option(draft, *question)?,
        Act::Move(part, way) => {
            shift(plan, part, *way)?;
            None
        }
        Act::Remove(part) => {
            remove(draft, part)?;
            None
        }
        Act::DropDraws => {
            plan.draws.clear();
            None
        }
    })
}

pub(super) fn room(count: usize, max: usize) -> Result<(), Refusal> {
    if count < max { Ok(()) } else { Err(Refusal::Full) }
}

/// A word and the first number that nothing has yet.
pub(super) fn fresh_id<'a>(word: &str, known: impl Iterator<Item = &'a String>) -> String {
    let known: Vec<_> = known.collect();
    (1..).map(|number| format!("{word}{number}")).find(|id| !known.contains(&id)).unwrap_or_default()
}

fn user_count(plan: &Plan) -> usize {
    plan.servers.iter().map(|server| server.users.len()).sum()
}

fn add_server(plan: &mut Plan) -> Result<Option<Field>, Refusal> {
    room(plan.servers.len(), THINGS_MAX)?;
    let name = names::fresh(
        plan,
        Kind::Server,
        &["mail.example", "mail.school.example", "mail.club.example", "mail.example."],
    );
    plan.servers.push(ServerSetup { name, profile: Profile::default(), users: Vec::new() });
    Ok(Some(Field::Server(plan.servers.len() - 1, ServerField::Name)))
}

fn add_user(plan: &mut Plan, server: usize) -> Result<Option<Field>, Refusal> {
    room(user_count(plan), THINGS_MAX)?;
    let name = names::fresh(plan, Kind::User, &["ada", "grace", "alan", "emmy", "konrad", "user"]);
    let users = &mut plan.servers.get_mut(server).ok_or(Refusal::NoChoice)?.users;
    users.push(UserSetup { name, password: "secret".into(), messages: Vec::new(), shuffled: false });
    Ok(Some(Field::User(server, users.len() - 1, UserField::Name)))
}

fn add_message(plan: &mut Plan, server: usize, user: usize, new: &NewWords) -> Result<Option<Field>, Refusal> {
    room(plan.messages().count(), MESSAGES_MAX)?;
    let id = fresh_id("m", plan.messages().map(|message| &message.id));
    let host = plan.servers.get(server).map(|server| server.name.clone()).unwrap_or_default();
    let user_setup = plan.servers.get_mut(server).and_then(|it| it.users.get_mut(user)).ok_or(Refusal::NoChoice)?;
    let text = format!(
        "From: Grace <grace@{host}>\nTo: {name} <{name}@{host}>\nSubject: {}\nDate: Mon, 2 Nov 2026 08:15:00 +0100\n\
         Message-ID: <{id}@{host}>\n\n{}\n",
        new.subject,
        new.body,
        name = user_setup.name,
    );
    user_setup.messages.push(MessageSetup { id, text, filler_octets: 0, later: false });
    Ok(Some(Field::Message(server, user, user_setup.messages.len() - 1, MessageField::Subject)))
}

fn add_terminal(plan: &mut Plan) -> Result<Option<Field>, Refusal> {
    room(plan.terminals.len(), THINGS_MAX)?;
    let name = names::fresh(plan, Kind::Place, &["a", "b", "c", "d", "terminal"]);
    let server = plan.servers.first().ok_or(Refusal::NoChoice)?.name.clone();
    plan.terminals.push(TerminalSetup { name, server, doors: vec![Door::Pop3] });
    show(plan, Pane::Terminals);
    Ok(Some(Field::Terminal(plan.terminals.len() - 1, TerminalField::Name)))
}

fn add_device(plan: &mut Plan) -> Result<Option<Field>, Refusal> {
    room(plan.devices.len(), THINGS_MAX)?;
    let name = names::fresh(plan, Kind::Place, &["phone", "laptop", "tablet", "device"]);
    let mut owners = plan.servers.iter().filter_map(|server| Some((server, server.users.first()?)));
    let (server, user) = owners.next().ok_or(Refusal::NoChoice)?;
    let (server, user) = (server.name.clone(), user.name.clone());
    let settings = DeviceSettings::default();
    plan.devices.push(DeviceSetup { name, server, user, settings, configurable: true });
    show(plan, Pane::Devices);
    Ok(Some(Field::Device(plan.devices.len() - 1, DeviceField::Name)))
}

/// What has no place on the screen cannot be used.
fn show(plan: &mut Plan, pane: Pane) {
    if !plan.panes.contains(&pane) {
        plan.panes.insert(0, pane);
    }
}

fn add_task(
    draft: &mut Draft,
    preset: Preset,
    words: &dyn Fn(Language) -> NewWords,
    language: Language,
) -> Result<Field, Refusal> {
    let plan = &mut draft.plan;
    room(plan.tasks.len(), THINGS_MAX)?;
    let id = fresh_id("t", plan.tasks.iter().map(|task| &task.id));
    plan.tasks.push(Task { id: id.clone(), goal: preset.goal(plan) });
    for (one, texts) in of_languages(draft) {
        texts.tasks.insert(id.clone(), words(one).task);
    }
    let shown = if super::fields::texts_in(draft, language).is_some() { language } else { other(language) };
    Ok(Field::Words(shown, Words::Task(draft.plan.tasks.len() - 1)))
}

fn other(language: Language) -> Language {
    match language {
        Language::En => Language::De,
        Language::De => Language::En,
    }
}

fn add_question(draft: &mut Draft, words: &dyn Fn(Language) -> NewWords) -> Result<Field, Refusal> {
    let questions = &mut draft.plan.questions;
    room(questions.len(), THINGS_MAX)?;
    let id = fresh_id("q", questions.iter().map(|question| &question.id));
    questions.push(Question { id: id.clone(), answer: Answer::Text(String::new()), after: None });
    for (one, texts) in of_languages(draft) {
        let new = words(one);
        texts.questions.insert(id.clone(), QuestionText { text: new.question, options: Vec::new(), wrong: new.wrong });
    }
    Ok(Field::Question(draft.plan.questions.len() - 1, QuestionField::Kind))
}

fn add_option(draft: &mut Draft, place: usize) -> Result<Option<Field>, Refusal> {
    let question = draft.plan.questions.get_mut(place).ok_or(Refusal::NoChoice)?;
    let count = question.options().count();
    room(count, THINGS_MAX)?;
    let letters = ('a'..='z').map(String::from).chain((1..).map(|number| format!("o{number}")));
    let key = letters.into_iter().find(|key| !question.options().any(|known| known == key)).unwrap_or_default();
    choices::add_option(&mut question.answer, key);
    settle(draft);
    Ok(Some(Field::IsRight(place, count)))
}

pub(super) fn of_languages(draft: &mut Draft) -> impl Iterator<Item = (Language, &mut Texts)> {
    let all = [(Language::En, draft.english.as_mut()), (Language::De, draft.german.as_mut())];
    all.into_iter().filter_map(|(language, texts)| Some((language, texts?)))
}

fn shift(plan: &mut Plan, part: &Part, way: Way) -> Result<(), Refusal> {
    fn swap<T>(list: &mut [T], place: usize, way: Way) -> Result<(), Refusal> {
        let to = match way {
            Way::Up => place.checked_sub(1),
            Way::Down => place.checked_add(1),
        };
        let to = to.filter(|to| *to < list.len() && place < list.len()).ok_or(Refusal::NoChoice)?;
        list.swap(place, to);
        Ok(())
    }
    match part {
        Part::Message(server, user, message) => {
            let user = plan.servers.get_mut(*server).and_then(|server| server.users.get_mut(*user));
            swap(&mut user.ok_or(Refusal::NoChoice)?.messages, *message, way)
        }
        Part::Task(task) => swap(&mut plan.tasks, *task, way),
        Part::Question(question) => swap(&mut plan.questions, *question, way),
        Part::Goal(node) => {
            let (place, above) = node.path.split_last().ok_or(Refusal::NoChoice)?;
            let above = Node { of: node.of, path: above.to_vec() };
            swap(goals::at_mut(plan, &above).and_then(goals::parts_mut).ok_or(Refusal::NoChoice)?, *place, way)
        }
        Part::Event(node, row, event) => {
            let goal = goals::at_mut(plan, node).ok_or(Refusal::NoChoice)?;
            swap(goals::events_mut(goal, *row).ok_or(Refusal::NoChoice)?, *event, way)
        }
        _ => Err(Refusal::NoChoice),
    }
}

fn remove(draft: &mut Draft, part: &Part) -> Result<(), Refusal> {
    fn take<T>(list: &mut Vec<T>, place: usize) -> Result<T, Refusal> {
        if place < list.len() { Ok(list.remove(place)) } else { Err(Refusal::NoChoice) }
    }
    let plan = &mut draft.plan;
    match part {
        Part::Server(server) => drop(take(&mut plan.servers, *server)?),
        Part::User(server, user) => {
            let server = plan.servers.get_mut(*server).ok_or(Refusal::NoChoice)?;
            take(&mut server.users, *user)?;
        }
        Part::Message(server, user, message) => {
            let user = plan.servers.get_mut(*server).and_then(|server| server.users.get_mut(*user));
            take(&mut user.ok_or(Refusal::NoChoice)?.messages, *message)?;
        }
        Part::Fault(server, fault) => {
            let script = &mut plan.servers.get_mut(*server).ok_or(Refusal::NoChoice)?.profile.faults;
            faults::change(script, *fault, None);
        }
        Part::Terminal(terminal) => drop(take(&mut plan.terminals, *terminal)?),
        Part::Device(device) => drop(take(&mut plan.devices, *device)?),
        Part::Task(task) => {
            let id = take(&mut plan.tasks, *task)?.id;
            plan.wrong.retain(|wrong| wrong.leaves_open != id);
            plan.questions.iter_mut().filter(|it| it.after.as_ref() == Some(&id)).for_each(|it| it.after = None);
        }
        Part::Question(question) => drop(take(&mut plan.questions, *question)?),
        Part::Option(question, option) => {
            let key = super::fields::option_keys(draft, *question).into_iter().nth(*option).ok_or(Refusal::NoChoice)?;
            let question = draft.plan.questions.get_mut(*question).ok_or(Refusal::NoChoice)?;
            choices::remove_option(&mut question.answer, &key);
        }
        Part::Goal(node) => {
            let (place, above) = node.path.split_last().ok_or(Refusal::NoChoice)?;
            let above = Node { of: node.of, path: above.to_vec() };
            let parts = goals::at_mut(plan, &above).and_then(goals::parts_mut).ok_or(Refusal::NoChoice)?;
            take(parts, *place)?;
        }
        Part::Event(node, row, event) => {
            let goal = goals::at_mut(plan, node).ok_or(Refusal::NoChoice)?;
            take(goals::events_mut(goal, *row).ok_or(Refusal::NoChoice)?, *event)?;
        }
        Part::Way(WayOf::Solution) => plan.solution.clear(),
        Part::Way(WayOf::Wrong(wrong)) => drop(take(&mut plan.wrong, *wrong)?),
        Part::Way(WayOf::DeadEnd(dead_end)) => drop(take(&mut plan.dead_ends, *dead_end)?),
        Part::Step(way, step) => drop(take(way.moves_mut(plan).ok_or(Refusal::NoChoice)?, *step)?),
        _ => return Err(Refusal::NoChoice),
    }
    settle(draft);
    Ok(())
}

/// Makes texts fit what they are about, fills in what a form needs, and lets devices fetch where their user is.
pub(super) fn settle(draft: &mut Draft) {
    let plan = &mut draft.plan;
    for server in &mut plan.servers {
        let faults = &mut server.profile.faults;
        *faults = faults::lines(faults).map(|line| format!("{line}\n")).collect();
    }
    for device in &mut plan.devices {
        let home = plan.servers.iter().find(|server| server.users.iter().any(|user| user.name == device.user));
        if let Some(home) = home {
            home.name.clone_into(&mut device.server);
        }
    }
    for texts in [&mut draft.english, &mut draft.german].into_iter().flatten() {
        settle_texts(&draft.plan, texts);
    }
}

fn settle_texts(plan: &Plan, texts: &mut Texts) {
    texts.hints.resize(HINTS, String::new());
    texts.tasks.retain(|id, _| plan.tasks.iter().any(|task| task.id == *id));
    for task in &plan.tasks {
        texts.tasks.entry(task.id.clone()).or_default();
    }
    texts.dead_ends.retain(|id, _| plan.dead_ends.iter().any(|dead_end| dead_end.id == *id));
    for dead_end in &plan.dead_ends {
        texts.dead_ends.entry(dead_end.id.clone()).or_default();
    }
    texts.questions.retain(|id, _| plan.questions.iter().any(|question| question.id == *id));
    for question in &plan.questions {
        let empty = || QuestionText { text: String::new(), options: Vec::new(), wrong: String::new() };
        let text = texts.questions.entry(question.id.clone()).or_insert_with(empty);
        let mut seen = Vec::new();
        text.options.retain(|(key, _)| {
            let is_new = question.options().any(|known| known == key) && !seen.contains(key);
            seen.push(key.clone());
            is_new
        });
        for key in question.options() {
            if !text.options.iter().any(|(known, _)| known == key) {
                text.options.push((key.clone(), String::new()));
            }
        }
    }
}
