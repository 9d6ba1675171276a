//! Deleting: DELE marks, QUIT deletes what is marked (RFC 1939 §6), and its answer says whether it did. Nothing here
//! sends QUIT after an error.

use popglass_protocol::{command::Command, reply::Reply, types::MessageNumber};

use crate::{
    failure::{Ending, Failure},
    session::{Answer, Session, misplaced},
};

/// Marks these messages and ends the session. Returns those that the server did not mark, each with its words.
pub(crate) fn delete(mut session: Session, numbers: &[MessageNumber]) -> Result<Vec<String>, Failure> {
    let mut unmarked = Vec::new();
    let marks = numbers.iter().map(|&number| (Command::Dele(number), 0));
    session.request_all(marks, |index, answer| {
        if let (Answer::Reply(Reply::Refused(refusal)), Some(number)) = (answer, numbers.get(index)) {
            unmarked.push(format!("{number} was not deleted: {}", refusal.text));
        }
        true
    })?;
    let marked = numbers.len() - unmarked.len();
    let unsure = |ending, what: String| {
        let advice = "look at what is left with `list`; what is marked and still there was not deleted";
        Failure::new(ending, what, advice)
    };
    match session.request(Command::Quit) {
        Ok(Reply::Goodbye) => eprintln!("pop3: deleted on the server: {marked}"),
        Ok(Reply::Refused(refusal)) => {
            let what =
                format!("of {marked} marked messages, some may not be deleted; QUIT was refused: {}", refusal.text);
            return Err(unsure(Ending::Refused, what));
        }
        Ok(_) => return Err(misplaced("QUIT")),
        Err(failure) => {
            let what =
                format!("QUIT was sent, but not answered: {marked} messages may be deleted or not ({})", failure.what);
            return Err(unsure(failure.ending, what));
        }
    }
    Ok(unmarked)
}

/// The end of a task that had many items: success, or the items that failed.
pub(crate) fn conclude(task: &str, total: usize, failed: &[String]) -> Result<(), Failure> {
    if failed.is_empty() {
        return Ok(());
    }
    for one in failed {
        eprintln!("pop3: message {one}");
    }
    let what = format!("{task}: {} of {total} messages failed", failed.len());
    Err(Failure::new(Ending::Incomplete, what, "compare the numbers with what `list` tells"))
}
