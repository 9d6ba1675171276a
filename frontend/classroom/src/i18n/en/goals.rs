//! English: what is expected in a lesson, and what was seen.

use popglass_lessons::{
    Fact,
    format::{Event, Goal, What},
};

use crate::i18n::texts::{GoalTexts, Subjects};

pub(super) const GOALS: GoalTexts = GoalTexts { goal, fact };

fn goal(goal: &Goal, subjects: Subjects<'_>) -> String {
    let told = |it: &Event| event(it, subjects);
    let parts = |goals: &[Goal]| goals.iter().map(|part| self::goal(part, subjects)).collect::<Vec<_>>();
    let in_turn = |events: &[Event]| events.iter().map(told).collect::<Vec<_>>().join(", then ");
    match goal {
        Goal::Happened(it) => told(it),
        Goal::InOrder(events) => in_turn(events),
        Goal::InOneSession(events) => format!("{}, in one session", in_turn(events)),
        Goal::Without { happened, never } => {
            format!(
                "{}, and before that never: {}",
                in_turn(happened),
                never.iter().map(told).collect::<Vec<_>>().join(", ")
            )
        }
        Goal::Answered(_) => "the right answer to the question".into(),
        Goal::AnsweredAtLeast { count, questions } => format!("{count} of {} right answers", questions.len()),
        Goal::MaildropIs { user, messages } => {
            format!("exactly {} messages in {user}’s maildrop, the right ones", messages.len())
        }
        Goal::MaildropLacks { user, .. } => format!("a message missing in {user}’s maildrop"),
        Goal::DeviceHolds { device, messages } => {
            format!("exactly {} messages on {device}, each once", messages.len())
        }
        Goal::AtOnce(goals) | Goal::All(goals) => parts(goals).join("; "),
        Goal::Any(goals) => parts(goals).join(", or "),
    }
}

fn event(event: &Event, subjects: Subjects<'_>) -> String {
    let command = match (&event.command, &event.argument) {
        (Some(command), Some(argument)) => format!("{command} {argument}"),
        (Some(command), None) => command.clone(),
        (None, _) => String::new(),
    };
    let mut text = kind(event.what, &command, event.state.as_deref());
    if let Some(message) = &event.message {
        text.push_str(&format!(" “{}”", subjects(message)));
    }
    match event.accepted {
        Some(true) => text.push_str(" that the server accepts"),
        Some(false) => text.push_str(" that the server refuses"),
        None => {}
    }
    if let Some(by) = &event.by {
        text.push_str(&format!(", on {by}"));
    }
    match event.tls {
        Some(true) => text.push_str(", under TLS"),
        Some(false) => text.push_str(", in the clear"),
        None => {}
    }
    text
}

fn fact(fact: &Fact, subjects: Subjects<'_>) -> String {
    let command = format!("{} {}", fact.command, fact.argument);
    let mut text =
        kind(fact.what, command.trim(), Some(&fact.state).filter(|state| !state.is_empty()).map(String::as_str));
    if !fact.message.is_empty() {
        text.push_str(&format!(" “{}”", subjects(&fact.message)));
    }
    if fact.what == What::Command {
        text.push_str(if fact.accepted { ", accepted" } else { ", refused" });
    }
    if !fact.by.is_empty() {
        text.push_str(&format!(", on {}", fact.by));
    }
    if !fact.text.is_empty() && fact.what == What::Command {
        text.push_str(&format!(": {}", fact.text));
    }
    text
}

fn kind(what: What, command: &str, state: Option<&str>) -> String {
    let text = match what {
        What::Connected => "a connection",
        What::ConnectionRefused => "a connection refused by your own side",
        What::Command => return if command.is_empty() { "a command".into() } else { command.to_owned() },
        What::State => return format!("the state {}", state.unwrap_or("of the session")),
        What::Retrieved => "a whole message",
        What::Previewed => "the header of a message",
        What::Quit => "the end with QUIT",
        What::Broken => "a break without QUIT",
        What::Fetched => "a device fetching mail",
        What::FetchFailed => "a device failing to fetch",
        What::Delivered => "a delivered message",
        What::Credentials => "name and password on the wire",
        What::Configured => "a changed setting",
        What::Read => "a message read on a device",
        What::Days => "days going by",
    };
    text.to_owned()
}
