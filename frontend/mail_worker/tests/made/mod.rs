//! Messages made around one HTML part.

use popglass_mail_worker::answer;
use popglass_mail_worker::wire::{Message, Outcome, Request, Task};

use crate::strict;

/// The message around one HTML part, read.
pub(crate) fn message_with(html: &str) -> Message {
    let head = "From: a@example.com\r\nContent-Type: text/html; charset=utf-8\r\nMIME-Version: 1.0\r\n\r\n";
    let (response, _) = answer(&Request { id: 1, task: Task::Read }, format!("{head}{html}").as_bytes());
    match response.outcome {
        Outcome::Message(message) => *message,
        other => panic!("not a message: {other:?}"),
    }
}

/// The sanitised body of that message.
pub(crate) fn body_of(html: &str) -> String {
    let document = message_with(html).html.unwrap_or_else(|| panic!("the audit refused {html:?}"));
    strict::body(&document).to_owned()
}
