//! Names that others point at: a new one is carried to wherever the old one stood, and one that does not fit is refused, so
//! that a scenario never points at nothing because of a slip of the pen.

use popglass_lessons::{
    WayOf,
    format::{Event, Goal, Move, Plan},
    scenario::Draft,
};

use super::{
    place::{DeviceField, Field, ServerField, TerminalField, UserField},
    slot::{Refusal, one_line},
};

/// Whose name a field holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Server,
    User,
    Place,
}

pub(super) fn kind_of(field: &Field) -> Option<Kind> {
    match field {
        Field::Server(_, ServerField::Name) => Some(Kind::Server),
        Field::User(_, _, UserField::Name) => Some(Kind::User),
        Field::Terminal(_, TerminalField::Name) | Field::Device(_, DeviceField::Name) => Some(Kind::Place),
        _ => None,
    }
}

/// All names of a kind.
pub(super) fn all(plan: &Plan, kind: Kind) -> Vec<&String> {
    match kind {
        Kind::Server => plan.servers.iter().map(|server| &server.name).collect(),
        Kind::User => plan.servers.iter().flat_map(|server| &server.users).map(|user| &user.name).collect(),
        Kind::Place => {
            let terminals = plan.terminals.iter().map(|terminal| &terminal.name);
            terminals.chain(plan.devices.iter().map(|device| &device.name)).collect()
        }
    }
}

/// A name of this kind that nothing has yet, made of a word and a number.
pub(super) fn fresh(plan: &Plan, kind: Kind, words: &[&str]) -> String {
    let known = all(plan, kind);
    let is_free = |name: &String| !known.contains(&name);
    let plain = words.iter().map(|word| (*word).to_owned());
    let numbered = (2..).map(|number| format!("{}{number}", words[0]));
    plain.chain(numbered).find(is_free).unwrap_or_default()
}

/// Whether a text can be a name of this kind.
pub(super) fn check(kind: Kind, name: &str) -> Result<(), Refusal> {
    one_line(name)?;
    if name.is_empty() {
        return Err(Refusal::Empty);
    }
    let fits = |letter: char| match kind {
        // What is typed behind USER, and what stands in a certificate.
        Kind::Server => letter.is_ascii_alphanumeric() || "-.".contains(letter),
        Kind::User => letter.is_ascii_alphanumeric() || "-._".contains(letter),
        Kind::Place => letter.is_alphanumeric() || "-._".contains(letter),
    };
    if name.chars().all(fits) { Ok(()) } else { Err(Refusal::Letters) }
}

/// Gives a thing another name, wherever it is named.
pub(super) fn rename(draft: &mut Draft, field: &Field, to: &str) -> Result<(), Refusal> {
    let (Some(kind), Some(from)) = (kind_of(field), super::fields::read(draft, field)) else {
        return Err(Refusal::NoChoice);
    };
    let to = to.trim();
    if from == to {
        return Ok(());
    }
    check(kind, to)?;
    let plan = &mut draft.plan;
    if all(plan, kind).iter().any(|known| *known == to) {
        return Err(Refusal::Taken);
    }
    let was_alone = all(plan, kind).iter().filter(|known| **known == &from).count() == 1;
    if let Some(name) = name_mut(plan, field) {
        to.clone_into(name);
    }
    // Where two had the same name, nobody knows which of them was meant.
    if was_alone {
        replace(plan, kind, &from, to);
    }
    Ok(())
}

fn name_mut<'a>(plan: &'a mut Plan, field: &Field) -> Option<&'a mut String> {
    Some(match field {
        Field::Server(server, _) => &mut plan.servers.get_mut(*server)?.name,
        Field::User(server, user, _) => &mut plan.servers.get_mut(*server)?.users.get_mut(*user)?.name,
        Field::Terminal(terminal, _) => &mut plan.terminals.get_mut(*terminal)?.name,
        Field::Device(device, _) => &mut plan.devices.get_mut(*device)?.name,
        _ => return None,
    })
}

fn replace(plan: &mut Plan, kind: Kind, from: &str, to: &str) {
    let put = |name: &mut String| {
        if name == from {
            to.clone_into(name);
        }
    };
    match kind {
        Kind::Server => {
            plan.terminals.iter_mut().for_each(|terminal| put(&mut terminal.server));
            plan.devices.iter_mut().for_each(|device| put(&mut device.server));
        }
        Kind::User => {
            plan.devices.iter_mut().for_each(|device| put(&mut device.user));
        }
        Kind::Place => {
            let ways: Vec<WayOf> = WayOf::all(plan).collect();
            for way in ways {
                let moves = way.moves_mut(plan).into_iter().flatten();
                moves.for_each(|step| in_move(step, &put));
            }
            plan.offers.iter_mut().for_each(|step| in_move(step, &put));
        }
    }
    let goals = plan.tasks.iter_mut().map(|task| &mut task.goal);
    for goal in goals.chain(plan.dead_ends.iter_mut().map(|dead_end| &mut dead_end.when)) {
        in_goal(goal, kind, &put);
    }
}

fn in_goal(goal: &mut Goal, kind: Kind, put: &impl Fn(&mut String)) {
    let in_events = |events: &mut Vec<Event>| events.iter_mut().for_each(|event| in_event(event, kind, put));
    match goal {
        Goal::Happened(event) => in_event(event, kind, put),
        Goal::InOrder(events) | Goal::InOneSession(events) => in_events(events),
        Goal::Without { happened, never } => [happened, never].into_iter().for_each(in_events),
        Goal::MaildropIs { user, .. } | Goal::MaildropLacks { user, .. } if kind == Kind::User => put(user),
        Goal::DeviceHolds { device, .. } if kind == Kind::Place => put(device),
        Goal::All(parts) | Goal::Any(parts) | Goal::AtOnce(parts) => {
            parts.iter_mut().for_each(|part| in_goal(part, kind, put));
        }
        _ => {}
    }
}

fn in_move(step: &mut Move, put: &impl Fn(&mut String)) {
    match step {
        Move::Connect(place, _) | Move::Line(place, _) | Move::HangUp(place) => put(place),
        Move::Fetch(place) | Move::FetchCut(place, _) | Move::Read(place, _) => put(place),
        Move::SetLeave(place, _) | Move::SetSecurity(place, _) => put(place),
        Move::Arrive(_) | Move::Days(_) | Move::Answer(..) => {}
    }
}

fn in_event(event: &mut Event, kind: Kind, put: &impl Fn(&mut String)) {
    match kind {
        Kind::User => event.user.iter_mut().for_each(put),
        Kind::Place => event.by.iter_mut().for_each(put),
        Kind::Server => {}
    }
}
