//! English: a lesson, and what can be done in it.

use popglass_lessons::{
    Misstep,
    format::{Door, Leave, Move, Security},
};
use popglass_protocol::client::LineFault;

use crate::i18n::texts::{LessonTexts, MoveTexts};

pub(super) const LESSON: LessonTexts = LessonTexts {
    story: "What it is about",
    tasks: "Your tasks",
    tasks_met: |met, all| format!("{met} of {all} done"),
    met: "done",
    open: "open",
    expected: "Expected:",
    seen: "Seen:",
    question: |number| format!("Question {number}"),
    questions: "Questions",
    question_after: "Comes after this task:",
    answer: "Your answer",
    choose_one: "Choose one.",
    choose_some: "Choose all that are right.",
    check: "Check",
    right: "Right!",
    no_number: "That is not a whole number.",
    stuck: "Stuck?",
    hint: |number, all| format!("Hint {number} of {all}"),
    next_hint: |number, all| format!("Show hint {number} of {all}"),
    no_hint: "Those were all the hints.",
    show: "Show me",
    show_question: "Show the solution? The lesson begins anew, and you see one step after the other. It does not count as done; you can do it yourself afterwards.",
    show_yes: "Yes, show it",
    show_no: "No, I’ll go on",
    showing: "The solution, step by step",
    show_next: |step, steps| format!("Step {step} of {steps}"),
    show_over: "That was the whole way. Begin anew and do it yourself.",
    undo: "Undo",
    reset: "Begin anew",
    new_numbers: "New numbers",
    undone: "The last move is taken back.",
    was_reset: "The lesson begins anew.",
    dead_end: "This way does not lead to the goal any more",
    praise: "Done!",
    was_shown: "You watched. Begin anew and do it yourself, then it counts.",
    card: "To remember",
    next: |number, title| format!("Next: lesson {number}, {title}"),
    to_list: "To all lessons",
    score: |moves, solution| format!("Moves: {moves}; the solution takes {solution}."),
    seed: |seed| format!("Seed {seed}"),
    permalink: "Link to this very lesson",
    task_met: |task| format!("Task done: {task}"),
    all_met: "All tasks are done.",
    misstep,
};

fn misstep(misstep: &Misstep) -> String {
    let text = match misstep {
        Misstep::NoSuchPlace => "There is no such terminal or device.",
        Misstep::NoSuchDoor => "This terminal has no such door.",
        Misstep::Connected => "You are connected already. Say QUIT first, or hang up.",
        Misstep::NotConnected => "There is no connection yet: press Connect first.",
        Misstep::Line(LineFault::TooLong { .. }) => "This line is longer than a server takes. It was not sent.",
        Misstep::Line(LineFault::ControlCharacter) => {
            "This line has a character in it that would end it. It was not sent."
        }
        Misstep::Line(LineFault::Closed | LineFault::TooMany) => {
            "The server takes no more lines on this connection. The line was not sent; hang up and connect anew."
        }
        Misstep::NoSuchMessage => "There is no such message here.",
        Misstep::NoSuchQuestion => "There is no such question.",
        Misstep::TooEarly => "This question comes later.",
        Misstep::TooMuch => "Those were very many moves. Begin the lesson anew.",
    };
    text.to_owned()
}

pub(super) const MOVES: MoveTexts = MoveTexts { said, door, leave, security };

fn said(it: &Move) -> String {
    match it {
        Move::Connect(name, at) => format!("Terminal {name}: connect to {}", door(*at)),
        Move::Line(name, line) => format!("Terminal {name}: type `{line}`"),
        Move::HangUp(name) => format!("Terminal {name}: hang up, without QUIT"),
        Move::Fetch(name) => format!("{name}: fetch mail"),
        Move::FetchCut(name, ordinal) => format!("{name}: fetch mail; the line breaks in message {ordinal}"),
        Move::SetLeave(name, to) => format!("{name}: {}", leave(*to)),
        Move::SetSecurity(name, to) => format!("{name}: {}", security(*to)),
        Move::Read(name, message) => format!("{name}: read the message “{message}”"),
        Move::Arrive(message) => format!("A new message arrives: “{message}”"),
        Move::Days(1) => "A day goes by".into(),
        Move::Days(days) => format!("{days} days go by"),
        Move::Answer(_, answer) => format!("Answer: “{answer}”"),
    }
}

fn door(door: Door) -> &'static str {
    match door {
        Door::Pop3 => "POP3, port 110",
        Door::Pop3s => "POP3 over TLS, port 995",
        Door::Smtp => "SMTP, port 25",
        Door::Imap => "IMAP, port 143",
    }
}

fn leave(leave: Leave) -> String {
    match leave {
        Leave::Always => "messages stay on the server".into(),
        Leave::Never => "delete at once after fetching".into(),
        Leave::Days(1) => "delete a day after fetching".into(),
        Leave::Days(days) => format!("delete {days} days after fetching"),
    }
}

fn security(security: Security) -> &'static str {
    match security {
        Security::Clear => "no encryption, port 110",
        Security::StlsIfOffered => "STLS if the server offers it",
        Security::Stls => "STLS, or no session",
        Security::Tls => "TLS at once, port 995",
    }
}
