//! What lies in the maildrop: numbers, sizes and unique-ids. Asked for once in a session, before anything is marked,
//! since some servers number anew afterwards.

use std::{
    collections::{BTreeMap, HashSet},
    io::{self, Write as _},
    path::Path,
};

use popglass_protocol::{
    command::Command,
    reply::Reply,
    types::{MessageNumber, Octets, UniqueId},
};

use crate::{
    failure::{Ending, Failure},
    session::{Answer, Session, misplaced, refused},
};

/// One message.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) octets: Octets,
    pub(crate) unique_id: Option<UniqueId>,
    /// Another message has the same unique-id: which of them is which cannot be told in another session.
    pub(crate) ambiguous: bool,
}

/// All of them, by number.
pub(crate) type Maildrop = BTreeMap<MessageNumber, Entry>;

/// Asks with LIST and UIDL. UIDL is optional (RFC 1939 §7): without it there are no unique-ids.
pub(crate) fn look(session: &mut Session) -> Result<Maildrop, Failure> {
    let list = session.client.send(Command::List(None));
    let uidl = session.client.send(Command::Uidl(None));
    let listed = match session.answer(list)? {
        Reply::List(listed) => listed,
        Reply::Refused(refusal) => return Err(refused(Ending::Refused, &refusal)),
        _ => return Err(misplaced("LIST")),
    };
    let entry = |octets| Entry { octets, unique_id: None, ambiguous: false };
    let mut maildrop: Maildrop = listed.into_iter().map(|listed| (listed.number, entry(listed.octets))).collect();
    let identified = match session.answer(uidl)? {
        Reply::Uidl(identified) => identified,
        Reply::Refused(_) => Vec::new(),
        _ => return Err(misplaced("UIDL")),
    };
    let mut seen = HashSet::new();
    let repeated: HashSet<_> =
        identified.iter().filter(|one| !seen.insert(&one.unique_id)).map(|one| one.unique_id.clone()).collect();
    for one in identified {
        if let Some(entry) = maildrop.get_mut(&one.number) {
            entry.ambiguous = repeated.contains(&one.unique_id);
            entry.unique_id = Some(one.unique_id);
        }
    }
    Ok(maildrop)
}

/// `list`: a line a message.
pub(crate) fn list(mut session: Session) -> Result<(), Failure> {
    let maildrop = look(&mut session)?;
    session.quit();
    let mut output = io::BufWriter::new(io::stdout().lock());
    for (number, entry) in &maildrop {
        let unique_id = entry.unique_id.as_ref().map_or("-", UniqueId::as_str);
        writeln!(output, "{number}\t{}\t{unique_id}", entry.octets).map_err(|error| output_failure(&error))?;
    }
    output.flush().map_err(|error| output_failure(&error))
}

/// `top`: the octets as they came.
pub(crate) fn top(mut session: Session, number: MessageNumber, lines: u32) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    let mut result = Ok(());
    session.request_all([(Command::Top { number, lines }, 0)], |_, answer| {
        result = match answer {
            Answer::Octets(octets) => output.write_all(&octets).map_err(|error| output_failure(&error)),
            Answer::Reply(Reply::Refused(refusal)) => Err(refused(Ending::Refused, &refusal)),
            Answer::Reply(_) => output.flush().map_err(|error| output_failure(&error)),
        };
        result.is_ok()
    })?;
    result?;
    session.quit();
    Ok(())
}

fn output_failure(error: &io::Error) -> Failure {
    Failure::file(Path::new("standard output"), error)
}
