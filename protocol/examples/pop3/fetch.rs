//! Fetching: messages to files, as far ahead as the line allows; what is there already is skipped. Deletes, if asked to,
//! only what is safely on this disk.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressStyle};
use popglass_protocol::{
    command::Command,
    reply::Reply,
    types::{MessageNumber, Octets},
};

use crate::{
    arguments::Fetch,
    delete::{conclude, delete},
    failure::Failure,
    maildrop::{self, Maildrop},
    names::Names,
    session::{Answer, Session},
    store::{Message, Store},
};

/// What is to be done, by what the maildrop and the folder hold.
#[derive(Debug, Default)]
struct Plan {
    wanted: Vec<Wanted>,
    /// On this disk since an earlier run, and surely the same message.
    present: Vec<MessageNumber>,
    skipped: usize,
    failed: Vec<String>,
}

#[derive(Debug)]
struct Wanted {
    number: MessageNumber,
    octets: Octets,
    file: String,
}

/// `fetch`.
pub(crate) fn fetch(mut session: Session, task: &Fetch, quiet: bool) -> Result<(), Failure> {
    let store = Store::open(&task.folder)?;
    let maildrop = maildrop::look(&mut session)?;
    let mut plan = plan(task, &maildrop, &store);
    let progress = progress_bar(plan.wanted.iter().map(|wanted| wanted.octets).sum(), quiet);
    let mut stored = Vec::new();
    let mut current: Option<Message> = None;
    let commands = plan.wanted.iter().map(|wanted| (Command::Retr(wanted.number), wanted.octets));
    session.request_all(commands, |index, answer| {
        let Some(wanted) = plan.wanted.get(index) else { return true };
        let mut begun = || current.take().unwrap_or_else(|| store.begin(wanted.file.clone()));
        match answer {
            Answer::Octets(octets) => {
                progress.inc(octets.len() as u64);
                let message = begun();
                message.write(octets);
                current = Some(message);
            }
            Answer::Reply(Reply::MessageEnd { .. }) => {
                begun().end();
                stored.push(wanted.number);
            }
            Answer::Reply(Reply::Refused(refusal)) => {
                plan.failed.push(format!("{} was not fetched: {}", wanted.number, refusal.text));
            }
            Answer::Reply(_) => plan.failed.push(format!("{} was not fetched", wanted.number)),
        }
        !store.has_failed()
    })?;
    progress.finish_and_clear();
    store.finish()?;
    // From here on, what was stored stays.
    eprintln!("pop3: fetched: {}; there already: {}", stored.len(), plan.skipped);
    let total = plan.wanted.len() + plan.skipped;
    if task.delete {
        stored.append(&mut plan.present);
        stored.sort_unstable();
        plan.failed.extend(delete(session, &stored)?);
    } else {
        session.quit();
    }
    conclude("fetch", total, &plan.failed)
}

fn plan(task: &Fetch, maildrop: &Maildrop, store: &Store) -> Plan {
    let mut plan = Plan::default();
    let mut names = Names::default();
    for (&number, entry) in maildrop {
        // Every message is named, wanted or not: what name a repeated unique-id gets depends on those before.
        let name = names.next(number, entry.unique_id.as_ref());
        if !task.all && !task.numbers.contains(&number) {
            continue;
        }
        if name.lasting && store.has(&name.file) {
            plan.skipped += 1;
            if entry.ambiguous {
                plan.failed.extend(task.delete.then(|| {
                    format!(
                        "{number} was not deleted: another has its unique-id, so it may not be the one on this disk"
                    )
                }));
            } else {
                plan.present.push(number);
            }
            continue;
        }
        plan.wanted.push(Wanted { number, octets: entry.octets, file: store.free_name(name.file) });
    }
    let missing = task.numbers.iter().filter(|number| !maildrop.contains_key(number));
    plan.failed.extend(missing.map(|number| format!("{number} is not in the maildrop")));
    plan
}

/// For people: on a terminal only, and not between the lines of a transcript.
fn progress_bar(octets: Octets, quiet: bool) -> ProgressBar {
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(octets).with_style(style)
}
