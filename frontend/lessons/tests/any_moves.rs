//! Whatever a learner does, in whatever order: the classroom goes on working, and a reset leads back to its beginning.

use popglass_lessons::{
    Classroom,
    format::{Door, Leave, Move, Security},
    lessons,
};
use proptest::prelude::*;

/// What may be typed: what makes sense somewhere, and what makes sense nowhere.
fn line() -> impl Strategy<Value = String> {
    let sensible = prop::sample::select(vec![
        "CAPA",
        "USER ada",
        "PASS lovelace",
        "STLS",
        "STAT",
        "LIST",
        "UIDL",
        "RETR 1",
        "RETR 2",
        "TOP 1 0",
        "DELE 1",
        "DELE 2",
        "RSET",
        "NOOP",
        "QUIT",
        "AUTH PLAIN",
        "AUTH",
        "*",
        "=",
        "APOP ada 0123456789abcdef0123456789abcdef",
        "EHLO here",
        "MAIL FROM:<ada@mail.example>",
        "RCPT TO:<ada@mail.example>",
        "DATA",
        ".",
        "a LOGIN ada lovelace",
        "b SELECT INBOX",
        "c FETCH 1:* (FLAGS BODY[])",
        "d STORE 1 +FLAGS (\\Seen)",
        "e SEARCH UNSEEN",
        "f IDLE",
        "DONE",
        "g LOGOUT",
    ]);
    prop_oneof![4 => sensible.prop_map(str::to_owned), 1 => ".{0,300}"]
}

fn place() -> impl Strategy<Value = usize> {
    0usize..4
}

/// A move, with places and messages by ordinal: the lesson gives them their names.
#[derive(Debug, Clone)]
enum Wild {
    Connect(usize, Door),
    Line(usize, String),
    HangUp(usize),
    Fetch(usize),
    FetchCut(usize, u32),
    Leave(usize, Leave),
    Security(usize, Security),
    Read(usize, usize),
    Arrive(usize),
    Days(u32),
    Answer(usize, String),
    Undo,
}

fn wild() -> impl Strategy<Value = Wild> {
    let door = prop::sample::select(vec![Door::Pop3, Door::Pop3s, Door::Smtp, Door::Imap]);
    let leave = prop_oneof![Just(Leave::Always), Just(Leave::Never), any::<u32>().prop_map(Leave::Days)];
    let security = prop::sample::select(vec![Security::Clear, Security::StlsIfOffered, Security::Stls, Security::Tls]);
    prop_oneof![
        3 => (place(), door).prop_map(|(at, door)| Wild::Connect(at, door)),
        12 => (place(), line()).prop_map(|(at, line)| Wild::Line(at, line)),
        1 => place().prop_map(Wild::HangUp),
        2 => place().prop_map(Wild::Fetch),
        1 => (place(), 0u32..4).prop_map(|(at, ordinal)| Wild::FetchCut(at, ordinal)),
        1 => (place(), leave).prop_map(|(at, leave)| Wild::Leave(at, leave)),
        1 => (place(), security).prop_map(|(at, security)| Wild::Security(at, security)),
        1 => (place(), place()).prop_map(|(at, message)| Wild::Read(at, message)),
        1 => place().prop_map(Wild::Arrive),
        1 => any::<u32>().prop_map(Wild::Days),
        1 => (place(), ".{0,40}").prop_map(|(at, answer)| Wild::Answer(at, answer)),
        1 => Just(Wild::Undo),
    ]
}

fn named(classroom: &Classroom, wild: Wild) -> Option<Move> {
    let plan = classroom.plan();
    let terminal = |at: usize| plan.terminals.get(at).map(|terminal| terminal.name.clone());
    let device = |at: usize| plan.devices.get(at).map(|device| device.name.clone());
    let message = |at: usize| plan.messages().nth(at).map(|message| message.id.clone());
    Some(match wild {
        Wild::Connect(at, door) => Move::Connect(terminal(at)?, door),
        Wild::Line(at, line) => Move::Line(terminal(at)?, line),
        Wild::HangUp(at) => Move::HangUp(terminal(at)?),
        Wild::Fetch(at) => Move::Fetch(device(at)?),
        Wild::FetchCut(at, ordinal) => Move::FetchCut(device(at)?, ordinal),
        Wild::Leave(at, leave) => Move::SetLeave(device(at)?, leave),
        Wild::Security(at, security) => Move::SetSecurity(device(at)?, security),
        Wild::Read(at, which) => Move::Read(device(at)?, message(which)?),
        Wild::Arrive(which) => Move::Arrive(message(which)?),
        Wild::Days(days) => Move::Days(days),
        Wild::Answer(at, answer) => Move::Answer(plan.questions.get(at)?.id.clone(), answer),
        Wild::Undo => return None,
    })
}

proptest! {
    #[test]
    fn any_moves_leave_the_classroom_working(
        which in 0..lessons().len(),
        seed in any::<u64>(),
        moves in prop::collection::vec(wild(), 0..40),
    ) {
        let mut classroom = Classroom::new(&lessons()[which].plan, seed);
        let beginning = classroom.maildrops();
        for step in moves {
            match named(&classroom, step) {
                // What cannot be done is refused; what can is done.
                Some(step) => { let _ = classroom.act(step); }
                None => { classroom.undo(); }
            }
            let _ = (classroom.tasks().len(), classroom.questions().len(), classroom.overheard().len());
        }
        classroom.reset();
        prop_assert_eq!(classroom.maildrops(), beginning);
        prop_assert_eq!(classroom.dead_end(), None);
        prop_assert!(classroom.facts().is_empty());
    }
}
