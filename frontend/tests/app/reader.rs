//! The reader: from RETR to the tabs, and what happens when a message cannot be read.

use std::sync::Arc;

use crate::shell::{Shell, number};
use popglass_frontend::app::{
    Effect, FocusTarget, Msg, PayloadId, SOURCE_OCTETS_MAX, SourceOnly, Step, Tab, ToastNews,
    view::{ReaderStageVm, ReaderVm, ShownVm, view_dock, view_reader},
};
use popglass_mail_worker::wire::{Attachment, Message, Outcome, Paragraph, Response, Task};
use popglass_protocol::{command::CommandName, reply::Refusal};
use popglass_session::{
    command::SessionCommand,
    event::{Deletion, EndReason, Ending, Progress, SessionEvent},
};

fn reader(shell: &Shell) -> ReaderVm {
    view_reader(&shell.model).expect("a message is open")
}

fn shown(shell: &Shell) -> ShownVm {
    match reader(shell).stage {
        ReaderStageVm::Shown(shown) => shown,
        other => panic!("the message is here, not {other:?}"),
    }
}

/// Message 2 of 3, retrieved; the mail worker reads it.
fn retrieved() -> (Shell, PayloadId, u32) {
    let mut shell = Shell::with_mailbox(3);
    shell.send(Msg::OpenPressed(number(2)));
    let payload = shell.hear_with_octets(SessionEvent::Retrieved { number: number(2), octets: 500_000 });
    let id = shell.requests().first().expect("the message is read").id;
    (shell, payload, id)
}

fn read(message: Message) -> Shell {
    let (mut shell, _, id) = retrieved();
    shell.answer(id, Outcome::Message(Box::new(message))).effects.clear();
    shell
}

fn with_text() -> Message {
    Message { subject: Some("Hello: you".into()), text: vec![Paragraph::default()], ..Message::default() }
}

#[test]
fn the_safest_view_comes_first() {
    let html = || Some("<p>hello</p>".to_owned());
    for (message, tabs) in [
        (with_text(), vec![Tab::Text, Tab::Header, Tab::Source]),
        (Message { html: html(), ..with_text() }, vec![Tab::Text, Tab::Html, Tab::Header, Tab::Source]),
        (Message { html: html(), ..Message::default() }, vec![Tab::Html, Tab::Header, Tab::Source]),
        (Message::default(), vec![Tab::Text, Tab::Header, Tab::Source]),
    ] {
        let shell = read(message);
        assert_eq!(Some(&shown(&shell).tab), tabs.first());
        assert_eq!(shown(&shell).tabs, tabs);
    }
}

#[test]
fn what_cannot_be_read_is_shown_raw() {
    for (outcome, why) in [
        (Some(Outcome::Unreadable), SourceOnly::Unreadable),
        (Some(Outcome::TooLarge { octets_max: 7 }), SourceOnly::TooLarge { octets_max: 7 }),
        (None, SourceOnly::WorkerDied),
    ] {
        let (mut shell, payload, id) = retrieved();
        match outcome {
            Some(outcome) => shell.answer(id, outcome),
            None => shell.send(Msg::MailWorkerDied { had_started: true }),
        };
        assert_eq!(shown(&shell).content, Err(why));
        assert_eq!(shown(&shell).tabs, [Tab::Source]);
        assert_eq!(shell.effects, [Effect::ReadSource { payload, octets_max: SOURCE_OCTETS_MAX }]);
        shell.send(Msg::SourceRead { payload, text: "Subject: raw".into() });
        assert_eq!(shown(&shell).source, Some(Arc::from("Subject: raw")));
        assert!(shown(&shell).source_cut, "500,000 octets do not fit");
    }
}

#[test]
fn tabs_go_round_and_the_source_is_read_once() {
    let mut shell = read(with_text());
    for (step, expected) in
        [(Step::Next, Tab::Header), (Step::Next, Tab::Source), (Step::Next, Tab::Text), (Step::Previous, Tab::Source)]
    {
        shell.send(Msg::TabMoved(step));
        assert_eq!(shown(&shell).tab, expected);
    }
    assert!(shell.effects.contains(&Effect::Focus(FocusTarget::Tab)));
    shell.send(Msg::TabChosen(Tab::Html));
    assert_eq!(shown(&shell).tab, Tab::Source, "there is no HTML to show");
}

#[test]
fn a_message_that_came_is_kept_and_not_fetched_again() {
    let (mut shell, payload, id) = retrieved();
    shell.send(Msg::NeighbourPressed(Step::Next));
    assert_eq!(shell.commands(), [SessionCommand::Retrieve { number: number(1) }]);
    assert!(!reader(&shell).has_next && reader(&shell).has_previous);
    assert_eq!(reader(&shell).stage, ReaderStageVm::Loading);
    shell.effects.clear();
    shell.send(Msg::NeighbourPressed(Step::Previous));
    assert_eq!(shell.commands(), []);
    assert!(!shell.effects.contains(&Effect::Forget(payload)));
    shell.answer(id, Outcome::Message(Box::new(with_text())));
    assert_eq!(shown(&shell).tab, Tab::Text);
}

#[test]
fn a_message_that_comes_when_another_is_open_is_kept_too() {
    let mut shell = Shell::with_mailbox(3);
    shell.send(Msg::OpenPressed(number(2))).send(Msg::OpenPressed(number(1)));
    shell.hear_with_octets(SessionEvent::Retrieved { number: number(2), octets: 1 });
    assert!(shell.requests().is_empty(), "nobody looks at it yet");
    shell.effects.clear();
    shell.send(Msg::OpenPressed(number(2)));
    let id = shell.requests().first().expect("it is read").id;
    shell.answer(id, Outcome::Message(Box::new(with_text())));
    assert_eq!(shown(&shell).tab, Tab::Text);
}

#[test]
fn the_end_of_the_session_lets_all_octets_go() {
    let (mut shell, payload, _) = retrieved();
    shell.send(Msg::ReaderClosed);
    let ending = Ending { reason: EndReason::ServerClosed, deletion: Deletion::NothingMarked };
    shell.hear(SessionEvent::Ended(ending));
    assert!(shell.effects.contains(&Effect::Forget(payload)));
}

#[test]
fn leaving_the_reader_lets_the_transfer_go_on() {
    let progress = Progress::Message { number: number(2), octets: 1, octets_expected: 9 };
    let mut shell = Shell::with_mailbox(3);
    shell.send(Msg::OpenPressed(number(2))).hear(SessionEvent::Progress(progress)).effects.clear();
    shell.send(Msg::ReaderClosed);
    assert!(shell.effects.contains(&Effect::Focus(FocusTarget::Row(number(2)))));
    assert_eq!(shell.commands(), []);
}

#[test]
fn a_cancel_stops_a_message_that_waits_behind_another() {
    let progress = Progress::Message { number: number(2), octets: 1, octets_expected: 9 };
    let mut shell = Shell::with_mailbox(3);
    shell.send(Msg::OpenPressed(number(2))).hear(SessionEvent::Progress(progress));
    shell.send(Msg::OpenPressed(number(1))).send(Msg::TransferCancelled).hear(SessionEvent::TransferOver);
    assert_eq!(reader(&shell).stage, ReaderStageVm::Cancelled);
}

#[test]
fn a_cancelled_or_refused_message_can_be_fetched_again() {
    let refusal = Refusal { command: CommandName::Retr, code: None, text: "no".into() };
    let progress = Progress::Message { number: number(2), octets: 1, octets_expected: 9 };
    let stop = [Msg::SessionSaid(SessionEvent::Progress(progress), None), Msg::TransferCancelled];
    let over = Msg::SessionSaid(SessionEvent::TransferOver, None);
    let refused = SessionEvent::Refused { number: Some(number(2)), refusal: refusal.clone() };
    for (events, stage) in [
        (stop.into_iter().chain([over]).collect::<Vec<_>>(), ReaderStageVm::Cancelled),
        (vec![Msg::SessionSaid(refused, None)], ReaderStageVm::Refused(refusal)),
    ] {
        let mut shell = Shell::with_mailbox(3);
        shell.send(Msg::OpenPressed(number(2)));
        events.into_iter().for_each(|msg| {
            shell.send(msg);
        });
        assert_eq!(reader(&shell).stage, stage);
        shell.effects.clear();
        shell.send(Msg::RetrieveAgainPressed);
        assert_eq!(shell.commands(), [SessionCommand::Retrieve { number: number(2) }]);
        assert_eq!(reader(&shell).stage, ReaderStageVm::Loading);
    }
}

#[test]
fn attachments_and_messages_are_saved_under_safe_names() {
    let (mut shell, message, id) = retrieved();
    shell.answer(id, Outcome::Message(Box::new(with_text()))).effects.clear();
    shell.send(Msg::SaveMessagePressed);
    assert_eq!(shell.effects, [Effect::Download { payload: message, name: "Hello you.eml".into() }]);
    shell.effects.clear();

    shell.send(Msg::AttachmentPressed(1));
    let request = shell.requests().remove(0);
    assert_eq!(request.task, Task::Attachment { index: 1 });
    let part = PayloadId(99);
    let attachment = Attachment { index: 1, name: "a.pdf".into(), ..Attachment::default() };
    shell.send(Msg::MailSaid(Response { id: request.id, outcome: Outcome::Attachment(attachment) }, Some(part)));
    let name = "a.pdf".to_owned();
    assert_eq!(shell.effects, [Effect::Download { payload: part, name }, Effect::Forget(part)]);

    shell.send(Msg::AttachmentPressed(1)).send(Msg::MailWorkerDied { had_started: true });
    assert_eq!(view_dock(&shell.model).toast, Some(ToastNews::AttachmentFailed));
    assert!(shown(&shell).content.is_ok(), "the message stays readable");
}
