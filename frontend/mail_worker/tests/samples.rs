//! Every sample message of the sandbox is a message to the worker too: the header makes a row, the whole makes a reader's
//! view, every attachment can be saved.

mod strict;

use popglass_mail_worker::answer;
use popglass_mail_worker::wire::{Outcome, Request, Response, Task};
use popglass_sandbox::samples;

fn outcome(task: Task, octets: &[u8]) -> (Outcome, Option<Vec<u8>>) {
    let (Response { outcome, .. }, attached) = answer(&Request { id: 1, task }, octets);
    (outcome, attached)
}

#[test]
fn every_sample_is_read() {
    assert!(samples::all().len() >= 15);
    for sample in samples::all() {
        let name = sample.name();
        let octets = sample.octets();
        let header_end = octets.windows(4).position(|window| window == b"\r\n\r\n").map_or(octets.len(), |at| at + 4);
        let (Outcome::Summary(summary), None) = outcome(Task::Summarise, &octets[..header_end]) else {
            panic!("{name} has no summary")
        };
        let (Outcome::Message(message), None) = outcome(Task::Read, octets) else { panic!("{name} cannot be read") };
        assert_eq!(summary.from, message.from.first().cloned(), "{name}");
        assert_eq!((summary.subject, summary.date_ms), (message.subject, message.date_ms), "{name}");
        let shows = !message.text.is_empty() || message.html.is_some() || !message.attachments.is_empty();
        assert!(shows, "{name} shows nothing");
        if let Some(html) = message.html {
            strict::judge(name, strict::body(&html));
        }
        for listed in message.attachments {
            let (found, attached) = outcome(Task::Attachment { index: listed.index }, octets);
            assert!(matches!(found, Outcome::Attachment(found) if found.name == listed.name), "{name}");
            assert_eq!(attached.map(|attached| attached.len() as u64), Some(listed.octets), "{name}");
        }
    }
}
