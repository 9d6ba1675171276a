//! English: what is wrong in the scenario builder, and what to do about it.

use popglass_lessons::{
    format::{BadLine, Flaw, Named, Pane, Unread},
    scenario::ScenarioFlaw,
};

use crate::app::{Lack, Refusal};

pub(super) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooLong(octets) => {
            format!("This is too long: at most {octets} octets. The scenario keeps what it had.")
        }
        Refusal::Unseen => "There is a character in it that cannot be seen. Type it anew.".into(),
        Refusal::NoNumber(min, max) => format!("Type a whole number from {min} to {max}."),
        Refusal::Empty => "Type a name.".into(),
        Refusal::Taken => "Something else has this name already. Choose another.".into(),
        Refusal::Letters => "Use only letters, digits, hyphens, dots and underscores, without blanks.".into(),
        Refusal::Detail => {
            "This does not fit the fault. Numbers as in the example; for text, quotation marks around it.".into()
        }
        Refusal::NoChoice => "This cannot be chosen here.".into(),
        Refusal::Full => "There is no room for more.".into(),
    }
}

pub(super) fn lack(lack: &Lack) -> String {
    match lack {
        Lack::Blank => "Nothing stands here yet.".into(),
        Lack::Refused(it) => refusal(it),
        Lack::Unknown(name) => format!("“{name}” does not exist any more. Choose another."),
        Lack::NoServer => "Add a server.".into(),
        Lack::NoUser => "Add a user.".into(),
        Lack::NoTask => "Add a task: without one there is nothing to reach.".into(),
        Lack::NobodyActs => "Add a terminal or a device: without them learners can do nothing.".into(),
        Lack::NotShown(Pane::Devices) => "There are devices, but they are not on the screen.".into(),
        Lack::NotShown(_) => "There are terminals, but they are not on the screen.".into(),
        Lack::NoDoor => "Choose at least one door.".into(),
        Lack::NoParts => "Add a goal.".into(),
        Lack::NoEvents => "Add an event.".into(),
        Lack::FewOptions => "Add options: at least two.".into(),
        Lack::TooManyAnswers => "More right answers are asked for than questions are ticked.".into(),
        Lack::DoneAtOnce => "This task is done before anybody has done anything. Choose another goal.".into(),
        Lack::TooLarge(octets) => format!("It is too large for a file, with {octets} octets. Take messages out."),
        Lack::Flaw(it) => flaw(it),
    }
}

pub(super) fn flaw(flaw: &ScenarioFlaw) -> String {
    match flaw {
        ScenarioFlaw::TooLarge(octets) => format!("This is larger than a scenario can be: {octets} octets at most."),
        ScenarioFlaw::NoText => {
            "This is no text, so it is no scenario. Choose a file that was saved in the builder.".into()
        }
        ScenarioFlaw::BrokenLink => {
            "The link is broken: letters are missing or were changed. Ask for it again, and copy it whole.".into()
        }
        ScenarioFlaw::Version(version) => {
            format!("This scenario is of version {version}, which this page does not know. Load a newer page.")
        }
        ScenarioFlaw::TooMany(what, max) => format!("It has too much of “{what}”: at most {max}."),
        ScenarioFlaw::NoLanguage => "It has texts neither in English nor in German.".into(),
        ScenarioFlaw::Unreadable(bad) => {
            format!("{} If somebody changed the file by hand, mend it there; else load another file.", bad_line(bad))
        }
        ScenarioFlaw::Unfit(it) => format!("{} Open it in the builder to mend it.", unfit(it)),
        ScenarioFlaw::Faults(server, line) => {
            format!("Line {line} of the faults of {server} is not understood. Open it in the builder to mend it.")
        }
    }
}

fn bad_line(bad: &BadLine) -> String {
    let why = match &bad.why {
        Unread::Syntax => {
            "It is not written as it should be; perhaps a quotation mark or a bracket is missing there or before, or there is one too many.".to_owned()
        }
        Unread::Twice => "What stands there is there already further up, and may be there only once.".to_owned(),
        Unread::Missing(name) => format!("“{name}” is missing."),
        Unread::Unknown(name) => format!("Nothing is called “{name}” here."),
        Unread::Misfit => {
            "Something of another kind belongs here: a number instead of a word, for instance.".to_owned()
        }
    };
    format!("Line {} cannot be read, from column {} on. {why}", bad.line, bad.column)
}

fn unfit(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Line(bad) => bad_line(bad),
        Flaw::Name(it, name) => format!("A {} has no name of its own: “{name}”.", named(*it)),
        Flaw::Unknown(it, name) => format!("There is no {} “{name}”.", named(*it)),
        Flaw::LongDraw(octets) => format!("A word for the seed to choose is too long: {octets} octets."),
        Flaw::NoServer => "There is no server.".into(),
        Flaw::NoTask => "There is no task.".into(),
        Flaw::NoDoor(name) => format!("The terminal “{name}” has no door."),
        Flaw::NoText(it, key) => format!("The text of the {} “{key}” is missing.", named(*it)),
        Flaw::StrayText(it, key) => format!("There is a text for the {} “{key}”, which does not exist.", named(*it)),
        Flaw::Hints(count) => format!("There are {count} hints, and it should be three."),
    }
}

fn named(named: Named) -> &'static str {
    match named {
        Named::Server => "server",
        Named::User => "user",
        Named::Message => "message",
        Named::Place => "terminal or device",
        Named::Question => "question",
        Named::Task => "task",
        Named::DeadEnd => "dead end",
        Named::Option => "option",
    }
}
