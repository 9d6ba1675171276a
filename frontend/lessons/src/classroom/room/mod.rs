//! The room that a lesson plays in: servers with their mail, terminals, devices, and what happened so far. Carries out
//! one move after the other; the same moves lead to the same room. Knows no texts.

mod answers;
mod making;
mod terminals;

use std::{collections::BTreeMap, mem};

use popglass_protocol::types::UniqueId;
use popglass_sandbox::{
    World,
    smtp::{Config as SmtpConfig, Post},
};
use popglass_wire::tap::Tap;

pub(crate) use self::making::inbox;
use self::{answers::is_right, making::domain};
use super::{
    DAY_MS, MORNING_MS, Millis, Misstep,
    device::{Call, Device},
    pop3::Told,
    terminal::{Sent, Terminal},
};
use crate::{
    fact::Fact,
    format::{Move, Plan, Security, ServerSetup, UserSetup, What},
    goal::{Evidence, holds},
    template::{Beginning, Lots, Placed},
};

/// Connections of one lesson, of terminals and devices together.
const SESSIONS_MAX: u32 = 2_000;

/// What a move takes, by the simulation's clock.
const MOVE_MS: Millis = 1_000;

/// What an eavesdropper heard of one connection.
pub(crate) struct Heard {
    pub(crate) by: String,
    pub(crate) session: u32,
    pub(crate) tap: Tap,
}

/// The room.
pub(crate) struct Room {
    plan: Plan,
    lots: Lots,
    worlds: BTreeMap<String, World>,
    /// Who carries mail from server to server.
    post: Post,
    /// The ways that mail went.
    pub(crate) journeys: Vec<Sent>,
    /// The lesson's names for messages, by unique-id.
    names: BTreeMap<UniqueId, String>,
    /// Messages that are to come later, with their user.
    later: Vec<(String, Placed)>,
    pub(crate) terminals: Vec<Terminal>,
    pub(crate) devices: Vec<Device>,
    pub(crate) heard: Vec<Heard>,
    pub(crate) evidence: Evidence,
    /// By task: which of its goal's parts have held.
    held: Vec<Vec<bool>>,
    pub(crate) met: Vec<bool>,
    pub(crate) dead_end: Option<usize>,
    /// The last answer to each question, and whether it was right.
    pub(crate) answers: BTreeMap<String, (String, bool)>,
    sessions: u32,
    pub(crate) day: u32,
    now_ms: Millis,
}

impl Room {
    /// A plan whose placeholders are filled in, and what lies there in the beginning.
    pub(crate) fn new(plan: Plan, beginning: &Beginning, seed: u64) -> Self {
        let mut room = Self {
            // Other lots than those that the beginning drew.
            lots: Lots::new(!seed),
            worlds: BTreeMap::new(),
            post: Post::new(),
            journeys: Vec::new(),
            names: BTreeMap::new(),
            later: Vec::new(),
            terminals: plan.terminals.iter().map(Terminal::new).collect(),
            devices: Vec::new(),
            heard: Vec::new(),
            evidence: Evidence::default(),
            held: vec![Vec::new(); plan.tasks.len()],
            met: vec![false; plan.tasks.len()],
            dead_end: None,
            answers: BTreeMap::new(),
            sessions: 0,
            day: 0,
            now_ms: MORNING_MS,
            plan,
        };
        room.people(beginning);
        room.look();
        room
    }

    fn people(&mut self, beginning: &Beginning) {
        for server in &self.plan.servers {
            let world = World::empty();
            for user in &server.users {
                let (later, there): (Vec<_>, Vec<_>) =
                    beginning.messages[&user.name].iter().cloned().partition(|message| message.later);
                self.later.extend(later.into_iter().map(|message| (user.name.clone(), message)));
                let named = |message: Placed| {
                    let unique_id = message.unique_id();
                    self.names.insert(unique_id.clone(), message.id);
                    (unique_id, message.octets)
                };
                let there: Vec<_> = there.into_iter().map(named).collect();
                world.add_user_with(&user.name, &user.password, there);
            }
            self.post.add_server(domain(&server.name), world.clone(), SmtpConfig::default());
            self.worlds.insert(server.name.clone(), world);
        }
        for setup in &self.plan.devices {
            let password = self.user(&setup.user).map_or("", |user| user.password.as_str());
            self.devices.push(Device::new(&setup.name, &setup.user, password, &setup.settings));
        }
    }

    fn user(&self, name: &str) -> Option<&UserSetup> {
        self.plan.servers.iter().flat_map(|server| &server.users).find(|user| user.name == name)
    }

    fn server(&self, name: &str) -> &ServerSetup {
        let found = self.plan.servers.iter().find(|server| server.name == name);
        found.expect("the plan was checked: every server that is named is there")
    }

    pub(crate) fn world_of(&self, server: &str) -> &World {
        &self.worlds[server]
    }

    /// The lesson's name of a message; one that the lesson did not bring has its unique-id.
    pub(crate) fn name_of(&self, unique_id: &UniqueId) -> String {
        self.names.get(unique_id).cloned().unwrap_or_else(|| unique_id.as_str().to_owned())
    }

    /// What lies in a user's maildrop, by name.
    fn lying(&self, user: &str) -> Vec<String> {
        let inbox = self.worlds.values().find(|world| world.has_user(user)).map(|world| inbox(world, user));
        inbox.unwrap_or_default().iter().map(|stored| self.name_of(&stored.unique_id)).collect()
    }

    /// Carries a move out, and looks what it led to.
    pub(crate) fn act(&mut self, step: &Move) -> Result<(), Misstep> {
        self.now_ms = self.now_ms.saturating_add(MOVE_MS);
        self.terminals.iter_mut().for_each(|terminal| terminal.now_ms = self.now_ms);
        match step {
            Move::Connect(terminal, door) => self.connect(terminal, *door)?,
            Move::Line(terminal, line) => self.say(terminal, line)?,
            Move::HangUp(terminal) => self.hang_up(terminal)?,
            Move::Fetch(device) => self.fetch(device, None)?,
            Move::FetchCut(device, ordinal) => self.fetch(device, Some(*ordinal))?,
            Move::SetLeave(device, leave) => {
                self.device(device)?.settings.leave = *leave;
                self.configured(device);
            }
            Move::SetSecurity(device, security) => {
                self.device(device)?.settings.security = *security;
                self.configured(device);
            }
            Move::Read(device, message) => self.read(device, message)?,
            Move::Arrive(message) => self.arrive(message)?,
            Move::Days(days) => self.days(*days),
            Move::Answer(question, answer) => self.answer(question, answer)?,
        }
        // What happened in one place may be told in another: IMAP pushes.
        self.run_terminals();
        self.look();
        Ok(())
    }

    fn fetch(&mut self, name: &str, cut_at: Option<u32>) -> Result<(), Misstep> {
        let place = self.device_place(name)?;
        let session = self.next_session()?;
        let mut device = self.devices[place].clone();
        let server = self.plan.devices[place].server.clone();
        let conversation = self.conversation(&server, device.settings.security == Security::Tls, cut_at);
        let names = self.lying(&device.user);
        let mut told = Told::default();
        let call = Call { session, now_ms: self.now_ms, day: self.day, conversation, names, told: &mut told };
        let conversation = device.fetch(call);
        device.lines = mem::take(&mut told.lines);
        self.heard.push(Heard { by: name.to_owned(), session, tap: conversation.tap().clone() });
        self.devices[place] = device;
        self.evidence.facts.extend(told.facts);
        Ok(())
    }

    fn next_session(&mut self) -> Result<u32, Misstep> {
        if self.sessions == SESSIONS_MAX {
            return Err(Misstep::TooMuch);
        }
        self.sessions += 1;
        Ok(self.sessions)
    }

    fn configured(&mut self, device: &str) {
        let fact = Fact { what: What::Configured, by: device.to_owned(), ..Fact::default() };
        self.evidence.facts.push(fact);
    }

    fn read(&mut self, device: &str, message: &str) -> Result<(), Misstep> {
        let found = self.device(device)?.kept.iter_mut().find(|kept| kept.message == message);
        found.ok_or(Misstep::NoSuchMessage)?.read = true;
        let fact = Fact { what: What::Read, by: device.to_owned(), message: message.to_owned(), ..Fact::default() };
        self.evidence.facts.push(fact);
        Ok(())
    }

    fn arrive(&mut self, message: &str) -> Result<(), Misstep> {
        let place = self.later.iter().position(|(_, placed)| placed.id == message).ok_or(Misstep::NoSuchMessage)?;
        let (user, placed) = self.later.remove(place);
        let unique_id = placed.unique_id();
        self.names.insert(unique_id.clone(), placed.id.clone());
        if let Some(world) = self.worlds.values().find(|world| world.has_user(&user)) {
            world.deliver_as(&user, unique_id, placed.octets);
        }
        let fact = Fact { what: What::Delivered, message: placed.id, user, ..Fact::default() };
        self.evidence.facts.push(fact);
        Ok(())
    }

    fn days(&mut self, days: u32) {
        self.day = self.day.saturating_add(days);
        self.now_ms = self.now_ms.saturating_add(u64::from(days) * DAY_MS);
        self.evidence.facts.push(Fact { what: What::Days, count: self.day as usize, ..Fact::default() });
    }

    fn answer(&mut self, id: &str, given: &str) -> Result<(), Misstep> {
        let question = self.plan.questions.iter().find(|question| question.id == id).ok_or(Misstep::NoSuchQuestion)?;
        if let Some(after) = &question.after
            && !self.is_met(after)
        {
            return Err(Misstep::TooEarly);
        }
        let right = is_right(&question.answer, given);
        self.answers.insert(id.to_owned(), (given.to_owned(), right));
        self.evidence.answered.retain(|answered| answered != id);
        if right {
            self.evidence.answered.push(id.to_owned());
        }
        Ok(())
    }

    fn is_met(&self, task: &str) -> bool {
        self.plan.tasks.iter().zip(&self.met).any(|(one, met)| one.id == task && *met)
    }

    /// What the move has led to.
    fn look(&mut self) {
        for user in self.plan.servers.iter().flat_map(|server| &server.users) {
            let lying = self.lying(&user.name);
            self.evidence.maildrops.insert(user.name.clone(), lying);
        }
        for device in &self.devices {
            let held = device.kept.iter().map(|kept| kept.message.clone()).collect();
            self.evidence.devices.insert(device.name.clone(), held);
        }
        for ((task, held), met) in self.plan.tasks.iter().zip(&mut self.held).zip(&mut self.met) {
            *met = *met || holds(&task.goal, &self.evidence, held, &mut 0);
        }
        let finished = self.met.iter().all(|met| *met);
        if !finished && self.dead_end.is_none() {
            let mut dead_ends = self.plan.dead_ends.iter();
            self.dead_end =
                dead_ends.position(|dead_end| holds(&dead_end.when, &self.evidence, &mut Vec::new(), &mut 0));
        }
    }

    fn terminal_place(&self, name: &str) -> Result<usize, Misstep> {
        self.terminals.iter().position(|terminal| terminal.name == name).ok_or(Misstep::NoSuchPlace)
    }

    fn device_place(&self, name: &str) -> Result<usize, Misstep> {
        self.devices.iter().position(|device| device.name == name).ok_or(Misstep::NoSuchPlace)
    }

    fn device(&mut self, name: &str) -> Result<&mut Device, Misstep> {
        let place = self.device_place(name)?;
        Ok(&mut self.devices[place])
    }
}

impl Placed {
    fn unique_id(&self) -> UniqueId {
        UniqueId::parse(self.unique_id.as_bytes()).expect("eight hexadecimal digits")
    }
}
