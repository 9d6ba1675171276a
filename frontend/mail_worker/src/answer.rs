//! One request, one response: the whole worker but for the browser around it.

use crate::limits::MESSAGE_OCTETS_MAX;
use crate::wire::{Outcome, Request, Response, Task};
use crate::{message, summary};

/// Answers a request about these octets; an attachment's octets come along.
pub fn answer(request: &Request, octets: &[u8]) -> (Response, Option<Vec<u8>>) {
    let (outcome, octets) = match &request.task {
        _ if u64::try_from(octets.len()).is_ok_and(|octets| octets > MESSAGE_OCTETS_MAX) => {
            (Outcome::TooLarge { octets_max: MESSAGE_OCTETS_MAX }, None)
        }
        Task::Summarise => (summary::summarise(octets).map_or(Outcome::Unreadable, Outcome::Summary), None),
        Task::Read => {
            let message = message::read(octets);
            (message.map_or(Outcome::Unreadable, |message| Outcome::Message(Box::new(message))), None)
        }
        Task::Attachment { index } => match message::attachment(octets, *index) {
            Some((attachment, octets)) => (Outcome::Attachment(attachment), Some(octets)),
            None => (Outcome::Unreadable, None),
        },
    };
    (Response { id: request.id, outcome }, octets)
}
