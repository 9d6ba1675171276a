//! English: the scenario builder, and playing what was built.

mod choices;
mod faults;
mod fields;
mod ways;

use popglass_lessons::{
    WayOf,
    scenario::{LINK_OCTETS_MAX, SCENARIO_OCTETS_MAX},
};

use crate::{
    app::{Act, Beginning, GoalOf, Node, Notice, Part, Preset, Row, Way},
    i18n::BuildTexts,
};

pub(super) const BUILD: BuildTexts = BuildTexts {
    heading: "Make a scenario of your own",
    lead: "Your mailbox, your tasks, your words. Learners open it with a link or a file, and the page checks by itself whether the goal is reached.",
    link_to_builder: "Make a scenario",
    teach_lead: "A lesson of your own, from an example or from any of the lessons: mail, users, faults, tasks and texts. It becomes a link or a file; nothing is uploaded anywhere.",
    tools: "Scenario",
    save: "Save as a file",
    load: "Load a file",
    make_link: "Make a link",
    link: "Link for the class",
    link_lead: "The whole scenario is in this link. Whoever opens it can play at once.",
    copy: "Copy",
    try_out: "Try it out",
    undo: "Undo",
    is_changed: "Not saved yet",
    ready: "Ready: it can be played.",
    lacking: |count| if count == 1 { "One thing to look at".into() } else { format!("{count} things to look at") },
    begin: "Begin with something else",
    begin_lead: "What you have now is replaced; “Undo” brings it back.",
    begin_with: "Begin with",
    begin_button: "Begin",
    examples: "Examples",
    lessons: "Lessons",
    beginning: |beginning| match beginning {
        Beginning::Three => "Three messages, one user",
        Beginning::Devices => "Two devices, one mailbox",
        Beginning::Trouble => "A server that hangs up",
        Beginning::Empty | Beginning::Lesson(_) => "Nothing but a server and a user",
    },
    notice,
    flaw: faults::flaw,
    part,
    note,
    called: |id| format!("In texts, {{number {id}}} becomes its number and {{octets {id}}} its size."),
    rest,
    ways: ways::WAYS,
    field: fields::field,
    hint: fields::hint,
    act,
    refusal: faults::refusal,
    lack: faults::lack,
    add: "Add:",
    any: "any",
    at_once: "at once",
    accepted: ["+OK, the server accepts", "-ERR, the server refuses"],
    tls: ["under TLS", "in the clear"],
    task: |number| format!("after task {number}"),
    option: |number| format!("Option {number}"),
    attacker: choices::attacker,
    certificate: choices::certificate,
    fault_place: choices::fault_place,
    fault_kind: choices::fault_kind,
    leave: choices::leave,
    goal_kind: choices::goal_kind,
    question_kind: choices::question_kind,
    what: choices::what,
    new_task: "What is to be done?",
    new_question: "What do you want to know?",
    new_wrong: "Not quite. Look again.",
    new_subject: "New message",
    new_body: "Hello,\n\nthis is what I wanted to tell you.\n\nGrace",
    scenario: "Scenario",
    no_scenario: "This scenario came from a file. Load the file again on the list of lessons.",
    list_heading: "A scenario from your teacher",
    list_lead: "Did you get a file? Load it here. A link you can simply open.",
    list_load: "Load a scenario",
    tried: "You are trying your scenario out, as learners see it.",
    back: "Back to the builder",
    record: "Use this way as the solution",
    record_lead: "Learners can then have the solution shown, step by step.",
};

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Began => "This is the new beginning. “Undo” brings back what you had.".into(),
        Notice::Loaded => "The file is loaded. “Undo” brings back what you had.".into(),
        Notice::NotLoaded(flaw) => format!("{} What you had is unchanged.", faults::flaw(flaw)),
        Notice::Saved => "The file is on its way to your downloads.".into(),
        Notice::TooLarge(octets) => format!(
            "It is too large for a file: {octets} octets, and {SCENARIO_OCTETS_MAX} is the most. Take messages out, or shorten the longest."
        ),
        Notice::Linked => "The link is ready.".into(),
        Notice::LinkTooLong(octets) => format!(
            "It is too large for a link: {octets} letters, and {LINK_OCTETS_MAX} is the most. Save it as a file; learners load it on the list of lessons."
        ),
        Notice::NotReady => "It cannot be played yet. The list below says what is missing.".into(),
        Notice::Copied => "The link is copied.".into(),
        Notice::NotCopied => "The browser did not allow copying. The link is selected: press Ctrl+C.".into(),
        Notice::Removed => "It is gone. “Undo” brings it back.".into(),
        Notice::Undone => "The last change is taken back.".into(),
        Notice::Refused(refusal) => faults::refusal(refusal),
        Notice::Recorded(way, moves) => (ways::WAYS.recorded)(*way, *moves),
    }
}

fn part(part: &Part, name: &str) -> String {
    let numbered = |word: &str, place: usize, name: &str| format!("{word} {}: {}", place + 1, name.trim());
    match part {
        Part::Words => "What learners read".into(),
        Part::Help => "Hints, praise and card".into(),
        Part::Mail => "Users and their mail".into(),
        Part::Tasks => "Tasks and goals".into(),
        Part::Questions => "Questions".into(),
        Part::Room => "Terminals, devices and screen".into(),
        Part::Behaviour => "How servers behave".into(),
        Part::Rest => "What else is in it".into(),
        Part::Server(_) => format!("Server {name}"),
        Part::Manners(_) => format!("Behaviour of {name}"),
        Part::User(..) => format!("Mailbox of {name}"),
        Part::Message(_, _, place) => numbered("Message", *place, name),
        Part::Fault(_, place) => format!("Fault {}", place + 1),
        Part::Terminal(_) => format!("Terminal {name}"),
        Part::Device(_) => format!("Device {name}"),
        Part::Task(place) => numbered("Task", *place, name),
        Part::Goal(Node { of: GoalOf::Task(_), path }) if path.is_empty() => "It is done when …".into(),
        Part::Goal(Node { of: GoalOf::DeadEnd(_), path }) if path.is_empty() => "The goal is lost when …".into(),
        Part::Goal(node) => format!("Goal {}", node.path.last().map_or(0, |place| place + 1)),
        Part::Event(_, Row::Happened, place) => format!("Event {}", place + 1),
        Part::Event(_, Row::Never, place) => format!("Never before: event {}", place + 1),
        Part::Question(place) => numbered("Question", *place, name),
        Part::Option(_, place) => format!("Option {}", place + 1),
        Part::Ways => "Solution, wrong ways, dead ends".into(),
        Part::Way(WayOf::Solution) => "Solution".into(),
        Part::Way(WayOf::Wrong(place)) => format!("Wrong way {}", place + 1),
        Part::Way(WayOf::DeadEnd(place)) => format!("Dead end {}", place + 1),
        Part::Step(WayOf::Solution, place) => format!("step {} of the solution", place + 1),
        Part::Step(way, place) => format!("step {} of {}", place + 1, self::part(&Part::Way(*way), "").to_lowercase()),
    }
}

fn note(part: &Part) -> &'static str {
    match part {
        Part::Words => "An empty line begins a new paragraph; what stands between `backticks` is shown as on the wire.",
        Part::Help => "Each hint should say more than the one before.",
        Part::Tasks => {
            "A task ticks itself as soon as its goal is reached. What counts is what happened, not what was typed."
        }
        Part::Questions => "Questions that learners answer; a task of its own asks for the right answer.",
        Part::Room => "Learners type into terminals; devices fetch mail by themselves.",
        Part::Ways => {
            "What you play with “Try it out” can become the solution, a wrong way or a dead end. After each change all of them are walked again, to see whether they still lead where they should."
        }
        Part::Behaviour => "What servers offer, what they do wrong on purpose, and who sits on the wire.",
        _ => "",
    }
}

fn rest(draws: usize) -> String {
    match draws {
        0 => "Nothing: all of it can be changed above.".into(),
        1 => "One value that the seed decides. It stays as it is.".into(),
        _ => format!("{draws} values that the seed decides. They stay as they are."),
    }
}

fn act(act: &Act) -> String {
    let said = match act {
        Act::AddServer => "Another server",
        Act::AddUser(_) => "Another user",
        Act::AddMessage(..) => "Another message",
        Act::AddFault(_) => "Order a fault",
        Act::AddTerminal => "A terminal",
        Act::AddDevice => "A device",
        Act::AddTask(Preset::LogIn) => "Log in",
        Act::AddTask(Preset::List) => "List the messages",
        Act::AddTask(Preset::Fetch) => "Fetch a message",
        Act::AddTask(Preset::Delete) => "Delete a message",
        Act::AddTask(Preset::Quit) => "End with QUIT",
        Act::AddTask(Preset::Device) => "Fetch on a device",
        Act::AddTask(Preset::Answer) => "Answer a question",
        Act::AddGoal(_) => "Another goal",
        Act::AddEvent(_, Row::Happened) => "Another event",
        Act::AddEvent(_, Row::Never) => "Another event that must not come before",
        Act::AddQuestion => "A question",
        Act::AddOption(_) => "Another option",
        Act::Move(_, Way::Up) => "Up",
        Act::Move(_, Way::Down) => "Down",
        Act::Remove(_) => "Remove",
        Act::DropDraws => "Remove the seed’s values",
    };
    said.to_owned()
}
