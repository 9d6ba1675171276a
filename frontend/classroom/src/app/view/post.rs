//! The way of a letter: from the terminal where it is written, from server to server, into a mailbox, and to whoever
//! fetched it. Drawn from the journey that the simulation tells of; before there is one, from the lesson's servers.

use popglass_lessons::{
    Classroom, Sent,
    format::{Door, What},
};
use popglass_sandbox::smtp::{Arrival, Fate, Journey};

use super::drawn::{Drawn, Link, LinkKind, Mark, Stop};
use crate::i18n::{Language, PostTexts, texts};

/// Letters that are drawn, the newest of them.
const ROUTES_MAX: usize = 4;

/// Where the letters are that were sent, the newest first; where one would go if none was. Nothing in a lesson that has
/// no door for SMTP.
pub(super) fn routes(language: Language, classroom: &Classroom) -> Vec<Drawn> {
    let t = &texts(language).bench.post;
    let sent = classroom.journeys().iter().rev();
    let letters = sent.flat_map(|sent| sent.journey.arrivals.iter().map(move |arrival| (sent, arrival)));
    let drawn: Vec<Drawn> =
        letters.take(ROUTES_MAX).map(|(sent, arrival)| route(t, classroom, sent, arrival)).collect();
    if drawn.is_empty() { expected(t, classroom) } else { drawn }
}

/// The way that a letter would go from each terminal with a door for SMTP: to another server's user, if there is one.
fn expected(t: &PostTexts, classroom: &Classroom) -> Vec<Drawn> {
    let plan = classroom.plan();
    let senders = plan.terminals.iter().filter(|terminal| terminal.doors.contains(&Door::Smtp));
    let way = |terminal: &popglass_lessons::format::TerminalSetup| {
        let others = plan.servers.iter().filter(|server| server.name != terminal.server);
        let target = others.chain(plan.servers.iter()).find(|server| !server.users.is_empty())?;
        let user = target.users.first()?;
        let mut stops = vec![Stop { name: (t.terminal)(&terminal.name), says: t.written.into(), mark: Mark::Here }];
        let ahead = |name: String| Stop { name, says: t.ahead.into(), mark: Mark::Ahead };
        stops.push(ahead((t.server)(&terminal.server)));
        if target.name != terminal.server {
            stops.push(ahead((t.server)(&target.name)));
        }
        stops.push(ahead((t.mailbox)(&user.name)));
        Some(linked(t, t.expected.into(), stops, Last::Mailbox))
    };
    senders.filter_map(way).collect()
}

/// What the last link leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// A server, which said no.
    Server,
    Mailbox,
    Reader,
}

fn route(t: &PostTexts, classroom: &Classroom, sent: &Sent, arrival: &Arrival) -> Drawn {
    let mut stops = vec![Stop { name: (t.terminal)(&sent.by), says: t.left.into(), mark: Mark::Passed }];
    let relays = relays(&sent.journey, arrival);
    let passes_on = |is_last: bool| if is_last { t.delivered } else { t.passed_on };
    let took = |name: String, is_last| Stop { name, says: passes_on(is_last).into(), mark: Mark::Passed };
    let title = (t.route)(&arrival.recipient);
    match &arrival.fate {
        Fate::Delivered { user, unique_id, .. } => {
            stops.push(took((t.server)(&sent.server), relays.is_empty()));
            let last = relays.len().saturating_sub(1);
            stops.extend(
                relays.iter().enumerate().map(|(place, domain)| took(host(t, classroom, domain), place == last)),
            );
            let lies = classroom.maildrops().iter().any(|maildrop| {
                maildrop.user == *user
                    && maildrop.messages.iter().any(|message| message.unique_id == unique_id.as_str())
            });
            let (says, mark) = if lies { (t.lies, Mark::Here) } else { (t.deleted, Mark::Passed) };
            stops.push(Stop { name: (t.mailbox)(user), says: says.into(), mark });
            let retrieved =
                classroom.facts().iter().rev().find(|fact| {
                    fact.what == What::Retrieved && fact.user == *user && fact.message == unique_id.as_str()
                });
            match retrieved {
                Some(fact) => {
                    stops.push(Stop { name: (t.reader)(&fact.by), says: t.fetched.into(), mark: Mark::Here });
                    linked(t, title, stops, Last::Reader)
                }
                None => linked(t, title, stops, Last::Mailbox),
            }
        }
        Fate::Refused { reply } => {
            let refused = |name: String| Stop { name, says: (t.refused)(reply), mark: Mark::Failed };
            match relays.last() {
                Some(domain) => {
                    stops.push(took((t.server)(&sent.server), false));
                    stops.push(refused(host(t, classroom, domain)));
                }
                None => stops.push(refused((t.server)(&sent.server))),
            }
            linked(t, title, stops, Last::Server)
        }
    }
}

/// The domains whose servers took it from another server, in their order.
fn relays(journey: &Journey, arrival: &Arrival) -> Vec<String> {
    let at = match &arrival.fate {
        Fate::Delivered { domain, .. } => domain.clone(),
        Fate::Refused { .. } => arrival.recipient.rsplit('@').next().unwrap_or_default().to_ascii_lowercase(),
    };
    let mut way: Vec<String> = Vec::new();
    let mut here = at;
    // A report that comes back goes the same way once more: no hop is taken twice.
    for hop in journey.hops.iter().rev() {
        if hop.to == here {
            way.push(hop.to.clone());
            here.clone_from(&hop.from);
        }
    }
    way.reverse();
    way
}

/// The server of a domain by its host name, as the lesson has it.
fn host(t: &PostTexts, classroom: &Classroom, domain: &str) -> String {
    let named = |name: &&str| *name == domain || name.strip_prefix("mail.") == Some(domain);
    let mut names = classroom.plan().servers.iter().map(|server| server.name.as_str());
    (t.server)(names.find(named).unwrap_or(domain))
}

/// Between servers SMTP is spoken, into the mailbox nothing, and out of it POP3.
fn linked(t: &PostTexts, title: String, stops: Vec<Stop>, last: Last) -> Drawn {
    let links = stops.len().saturating_sub(1);
    let into_mailbox = match last {
        Last::Server => links,
        Last::Mailbox => links.saturating_sub(1),
        Last::Reader => links.saturating_sub(2),
    };
    let link = |place: usize| {
        let text = match place {
            _ if place == into_mailbox => t.into_mailbox,
            _ if place > into_mailbox => t.by_pop3,
            _ => t.by_smtp,
        };
        Link { text: text.into(), kind: LinkKind::Step }
    };
    Drawn { title, stops, links: (0..links).map(link).collect() }
}
