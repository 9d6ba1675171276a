//! German: what is expected in a lesson, and what was seen.

use popglass_lessons::{
    Fact,
    format::{Event, Goal, What},
};

use crate::i18n::texts::{GoalTexts, Subjects};

pub(super) const GOALS: GoalTexts = GoalTexts { goal, fact };

fn goal(goal: &Goal, subjects: Subjects<'_>) -> String {
    let told = |it: &Event| event(it, subjects);
    let parts = |goals: &[Goal]| goals.iter().map(|part| self::goal(part, subjects)).collect::<Vec<_>>();
    let in_turn = |events: &[Event]| events.iter().map(told).collect::<Vec<_>>().join(", dann ");
    match goal {
        Goal::Happened(it) => told(it),
        Goal::InOrder(events) => in_turn(events),
        Goal::InOneSession(events) => format!("{}, in einer Sitzung", in_turn(events)),
        Goal::Without { happened, never } => {
            format!(
                "{}, und davor niemals: {}",
                in_turn(happened),
                never.iter().map(told).collect::<Vec<_>>().join(", ")
            )
        }
        Goal::Answered(_) => "die richtige Antwort auf die Frage".into(),
        Goal::AnsweredAtLeast { count, questions } => format!("{count} von {} richtige Antworten", questions.len()),
        Goal::MaildropIs { user, messages } => {
            format!("genau {} Nachrichten im Postfach von {user}, und zwar die richtigen", messages.len())
        }
        Goal::MaildropLacks { user, .. } => format!("eine fehlende Nachricht im Postfach von {user}"),
        Goal::DeviceHolds { device, messages } => {
            format!("genau {} Nachrichten auf {device}, jede einmal", messages.len())
        }
        Goal::AtOnce(goals) | Goal::All(goals) => parts(goals).join("; "),
        Goal::Any(goals) => parts(goals).join(" oder "),
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
        text.push_str(&format!(" „{}“", subjects(message)));
    }
    match event.accepted {
        Some(true) => text.push_str(", vom Server angenommen"),
        Some(false) => text.push_str(", vom Server abgelehnt"),
        None => {}
    }
    if let Some(by) = &event.by {
        text.push_str(&format!(", bei {by}"));
    }
    match event.tls {
        Some(true) => text.push_str(", unter TLS"),
        Some(false) => text.push_str(", im Klartext"),
        None => {}
    }
    text
}

fn fact(fact: &Fact, subjects: Subjects<'_>) -> String {
    let command = format!("{} {}", fact.command, fact.argument);
    let mut text =
        kind(fact.what, command.trim(), Some(&fact.state).filter(|state| !state.is_empty()).map(String::as_str));
    if !fact.message.is_empty() {
        text.push_str(&format!(" „{}“", subjects(&fact.message)));
    }
    if fact.what == What::Command {
        text.push_str(if fact.accepted { ", angenommen" } else { ", abgelehnt" });
    }
    if !fact.by.is_empty() {
        text.push_str(&format!(", bei {}", fact.by));
    }
    if !fact.text.is_empty() && fact.what == What::Command {
        text.push_str(&format!(": {}", fact.text));
    }
    text
}

fn kind(what: What, command: &str, state: Option<&str>) -> String {
    let text = match what {
        What::Connected => "eine Verbindung",
        What::ConnectionRefused => "eine Verbindung, die deine eigene Seite ablehnt",
        What::Command => return if command.is_empty() { "ein Befehl".into() } else { command.to_owned() },
        What::State => return format!("der Zustand {}", state.unwrap_or("der Sitzung")),
        What::Retrieved => "eine ganze Nachricht",
        What::Previewed => "der Kopf einer Nachricht",
        What::Quit => "das Ende mit QUIT",
        What::Broken => "ein Abbruch ohne QUIT",
        What::Fetched => "ein Gerät, das Post abholt",
        What::FetchFailed => "ein Gerät, das nicht abholen kann",
        What::Delivered => "eine zugestellte Nachricht",
        What::Credentials => "Name und Passwort auf der Leitung",
        What::Configured => "eine geänderte Einstellung",
        What::Read => "eine Nachricht, die auf einem Gerät gelesen wurde",
        What::Days => "vergangene Tage",
    };
    text.to_owned()
}
