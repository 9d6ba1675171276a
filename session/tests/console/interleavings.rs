//! Lines and buttons, in any order, with the server's answers brought in any pieces at any moment in between: whenever
//! nothing is under way, what is shown as marked is what the server has marked and what the user wanted, and the ledger knows
//! it; and what is told at the end is what the server did.

use std::collections::BTreeSet;

use popglass_protocol::{
    codec::request::{parse_request, resembling},
    command::{Command, CommandName},
    types::{MessageNumber, UniqueId},
};
use popglass_sandbox::{DEMO_USER, World};
use popglass_session::{
    command::{Pace, SessionCommand},
    event::Deletion,
};
use proptest::{collection::vec, prelude::*};

use crate::{Desk, lax::laxly, numbers};

const MESSAGES: u32 = 5;

/// Lines that have to do with marks, right and wrong ones; the rest is there to be waited for.
const LINES: &[&str] = &[
    "DELE 1",
    "DELE 2",
    "DELE 3",
    "dele 4",
    "DELE 9",
    "DELE  1",
    "DELE\t2",
    "DELE 3x",
    "DELE 1x",
    "DELE 4 5",
    "DELE",
    "RSET",
    "rset",
    "RSET 1",
    "RSETTLE",
    "QUIT",
    "QUIT 1",
    "QUITTING",
    "RETR 1",
    "RETR 2",
    "RETR 9",
    "TOP 3 0",
    "LIST",
    "LIST 2",
    "LIST  1",
    "UIDL",
    "NOOP",
    "NOOP x",
    "CAPA",
    "STAT",
    "HELO",
    "",
    "PASS x",
    "AUTH PLAIN",
];

/// What a user does, or the world.
#[derive(Debug, Clone)]
enum Act {
    Type(&'static str),
    Press(SessionCommand),
    /// So many octets of the server's come.
    Bring(usize),
}

use Act::{Bring, Press, Type};

fn act() -> impl Strategy<Value = Act> {
    let number = || 1..=MESSAGES;
    let some = || vec(number(), 1..3).prop_map(|plain| numbers(&plain));
    prop_oneof![
        10 => (0..LINES.len()).prop_map(|place| Type(LINES[place])),
        4 => some().prop_map(|numbers| Press(SessionCommand::Mark { numbers })),
        4 => some().prop_map(|numbers| Press(SessionCommand::Unmark { numbers })),
        2 => number().prop_map(|plain| Press(SessionCommand::Retrieve { number: numbers(&[plain])[0] })),
        1 => Just(Press(SessionCommand::Cancel)),
        1 => Just(Press(SessionCommand::ShowPage { page: 0 })),
        1 => Just(Press(SessionCommand::Finish)),
        1 => Just(Press(SessionCommand::OpenMaildrop)),
        1 => prop_oneof![Just(Pace::Play), Just(Pace::Step)].prop_map(|pace| Press(SessionCommand::Pace(pace))),
        2 => Just(Press(SessionCommand::NextLine)),
        6 => prop_oneof![1_usize..60, Just(10_000)].prop_map(Bring),
    ]
}

/// How the server takes lines.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Server {
    Strict,
    Lax,
    /// It refuses the lines that this says, over and over again, and is lax with the others.
    Moody(Vec<bool>),
}

fn server() -> impl Strategy<Value = Server> {
    prop_oneof![
        2 => Just(Server::Strict),
        2 => Just(Server::Lax),
        1 => vec(prop::bool::weighted(0.3), 2..9).prop_map(Server::Moody),
    ]
}

/// Where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    Mailbox,
    ByHand,
}

/// How it ends, unless a QUIT is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Everything that is under way comes; then the line breaks.
    Quiet,
    /// The line breaks where it is.
    Cut,
    /// The user leaves without QUIT.
    Left,
}

/// A user at a desk whose server is held up.
struct Play {
    desk: Desk,
    server: Server,
    unique_ids: Vec<UniqueId>,
    /// What the user wants to be marked, whatever becomes of lines that are no commands.
    wanted: BTreeSet<u32>,
    /// A QUIT in any spelling was typed or pressed: what is asked for behind it may not be done.
    quits: bool,
}

impl Play {
    fn new(beginning: Beginning, pipelines: bool, server: Server) -> Self {
        let mut desk = Desk::with_world(World::demo_large(MESSAGES as usize));
        desk.pipelines = pipelines;
        match beginning {
            Beginning::Mailbox => desk.connect(),
            Beginning::ByHand => desk.log_in_by_hand(),
        }
        let unique_ids = desk.world.mailbox(DEMO_USER).into_iter().map(|stored| stored.unique_id).collect();
        match server.clone() {
            Server::Strict => {}
            Server::Lax => desk.reads = Box::new(laxly),
            Server::Moody(moods) => {
                let mut moods = moods.into_iter().cycle();
                desk.reads = Box::new(move |line| if moods.next().unwrap() { "XREFUSED".into() } else { laxly(line) });
            }
        }
        desk.is_held_up = true;
        Self { desk, server, unique_ids, wanted: BTreeSet::new(), quits: false }
    }

    fn act(&mut self, act: &Act) {
        self.want(act);
        match act {
            Type(line) => self.desk.type_line(line),
            Press(command) => self.desk.command(command.clone()),
            Bring(octets) => drop(self.desk.bring(*octets)),
        }
        if self.desk.coming.is_empty() && !self.desk.closing && self.desk.held().is_none() {
            self.check_quiet();
        }
    }

    fn want(&mut self, act: &Act) {
        let plain = |numbers: &[MessageNumber]| numbers.iter().map(|number| number.as_u32()).collect::<Vec<_>>();
        match act {
            Type(line) => match (parse_request(line.as_bytes()).ok(), resembling(line.as_bytes())) {
                (Some(Command::Dele(number)), _) if number.as_u32() <= MESSAGES => {
                    self.wanted.insert(number.as_u32());
                }
                (Some(Command::Rset), _) => self.wanted.clear(),
                (Some(Command::Quit), _) | (_, Some((CommandName::Quit, _))) => self.quits = true,
                (None, Some((CommandName::Rset, _))) if self.server != Server::Strict => self.wanted.clear(),
                _ => {}
            },
            Press(SessionCommand::Mark { numbers }) if self.is_open() && !self.quits => {
                self.wanted.extend(plain(numbers));
            }
            Press(SessionCommand::Unmark { numbers }) if self.is_open() => {
                let unmarked = plain(numbers);
                self.wanted.retain(|number| !unmarked.contains(number));
            }
            Press(SessionCommand::Finish) => self.quits = true,
            Press(_) | Bring(_) => {}
        }
    }

    fn is_open(&self) -> bool {
        self.desk.mailbox_count().is_some()
    }

    /// Nothing is under way.
    fn check_quiet(&self) {
        if self.desk.has_ended() {
            return;
        }
        let (shown, marked): (BTreeSet<_>, _) = (self.desk.marks().into_iter().collect(), &self.desk.marked);
        match self.server {
            Server::Strict if !self.quits => assert_eq!(*marked, self.wanted),
            Server::Lax if !self.quits => assert!(marked.is_superset(&self.wanted), "{marked:?} {:?}", self.wanted),
            _ => {}
        }
        // By hand nobody asks what was marked by a number that nobody can read; and a moody server may not say.
        if self.is_open() && !matches!(self.server, Server::Moody(_)) {
            assert_eq!(shown, *marked);
        } else {
            let unread: BTreeSet<_> = marked.difference(&shown).copied().collect();
            assert!(shown.is_subset(marked) && unread.is_subset(&self.desk.marked_unread), "{shown:?} {marked:?}");
        }
    }

    /// The numbers of the messages that are gone.
    fn deleted(&self) -> BTreeSet<u32> {
        let left: Vec<_> = self.desk.world.mailbox(DEMO_USER).into_iter().map(|stored| stored.unique_id).collect();
        (1..).zip(&self.unique_ids).filter(|(_, id)| !left.contains(id)).map(|(number, _)| number).collect()
    }

    /// What is told of the end, and what the next login finds.
    fn end(mut self, end: End) {
        if end == End::Quiet {
            self.act(&Press(SessionCommand::Pace(Pace::Play)));
            while self.desk.bring(10_000) {}
            self.check_quiet();
        }
        let has_quit = self.desk.wire.contains("QUIT");
        let (was_open, marked) = (self.is_open(), self.desk.marked.clone());
        let is_over = self.desk.has_ended();
        if !is_over && end == End::Left {
            self.desk.command(SessionCommand::Disconnect);
        } else if !is_over {
            self.desk.lose();
            // The end comes behind what is held.
            self.desk.command(SessionCommand::Pace(Pace::Play));
        }
        let deletion = self.desk.ending().deletion;
        let (deleted, unread) = (self.deleted(), self.desk.marked_unread.clone());
        if end == End::Quiet && !is_over {
            let told = told_marks(&deletion);
            assert!(told.is_subset(&marked) && (&marked - &told).is_subset(&unread), "{deletion:?} {marked:?}");
        }
        let known = is_known(&deletion, &deleted, &unread);
        if !was_open || matches!(self.server, Server::Moody(_)) {
            return;
        }
        let unsent = self.desk.not_sent();
        self.desk.events.clear();
        (self.desk.is_held_up, self.desk.reads) = (false, Box::new(str::to_owned));
        self.desk.command(SessionCommand::Pace(Pace::Play));
        self.desk.connect();
        let found = self.desk.reconciled().unwrap_or_default();
        assert_eq!(found.doubtful, []);
        if known && unread.is_empty() {
            assert_eq!(found.deleted, 0, "{found:?}");
        } else if unread.is_empty() {
            assert_eq!(found.deleted, deleted.len(), "{found:?}");
        } else {
            assert!(found.deleted <= deleted.len());
        }
        let remaining: BTreeSet<_> = found.remaining.iter().map(|number| number.as_u32()).collect();
        if end == End::Quiet && !is_over {
            assert_eq!((remaining, found.unrecognised), (marked, 0));
        } else if end == End::Cut && !is_over && !has_quit {
            // What never left goes back to the user.
            let unsent =
                |number: &u32| unsent.iter().any(|(line, _)| line.eq_ignore_ascii_case(&format!("DELE {number}")));
            let wanted: BTreeSet<_> = (&marked & &self.wanted).into_iter().filter(|number| !unsent(number)).collect();
            assert!(remaining.is_superset(&wanted), "{remaining:?} {wanted:?}");
        } else if end == End::Left && !is_over && !has_quit {
            assert_eq!(remaining, BTreeSet::new(), "whoever leaves without deleting takes the marks back");
        }
    }
}

fn told_marks(deletion: &Deletion) -> BTreeSet<u32> {
    match deletion {
        Deletion::NothingMarked => BTreeSet::new(),
        Deletion::Deleted { numbers }
        | Deletion::DeletedUnread { numbers }
        | Deletion::NothingDeleted { numbers }
        | Deletion::Unknown { numbers }
        | Deletion::Partial { numbers, .. } => numbers.iter().map(|number| number.as_u32()).collect(),
    }
}

/// What was told of the deletion is so. False if it was not known.
fn is_known(deletion: &Deletion, deleted: &BTreeSet<u32>, unread: &BTreeSet<u32>) -> bool {
    let told = told_marks(deletion);
    match deletion {
        Deletion::Deleted { .. } => assert_eq!(told, *deleted),
        Deletion::DeletedUnread { .. } => {
            assert!(told.is_subset(deleted) && (deleted - &told).is_subset(unread), "{told:?} {deleted:?}");
        }
        Deletion::NothingMarked | Deletion::NothingDeleted { .. } => assert_eq!(*deleted, BTreeSet::new()),
        Deletion::Unknown { .. } | Deletion::Partial { .. } => {
            assert!((deleted - &told).is_subset(unread), "{told:?} {deleted:?}");
            return false;
        }
    }
    true
}

impl Desk {
    pub(crate) fn log_in_by_hand(&mut self) {
        self.connect_by_hand(popglass_session::command::Route::Sandbox);
        self.type_lines(&["USER ada", "PASS lovelace"]);
    }
}

fn play(beginning: Beginning, pipelines: bool, server: Server, acts: &[Act], end: End) {
    let mut play = Play::new(beginning, pipelines, server);
    acts.iter().for_each(|act| play.act(act));
    play.end(end);
}

proptest! {
    #[test]
    fn lines_and_buttons_in_any_order_leave_session_and_server_of_one_mind(
        beginning in prop_oneof![2 => Just(Beginning::Mailbox), 1 => Just(Beginning::ByHand)],
        pipelines in any::<bool>(),
        server in server(),
        acts in vec(act(), 1..25),
        end in prop_oneof![2 => Just(End::Quiet), 1 => Just(End::Cut), 1 => Just(End::Left)],
    ) {
        play(beginning, pipelines, server, &acts, end);
    }
}

/// Found by hand or by chance.
#[test]
fn no_order_that_once_parted_session_and_server_does_so_again() {
    use SessionCommand::{Finish, Mark, OpenMaildrop, Unmark};
    let mark = |number| Press(Mark { numbers: numbers(&[number]) });
    let unmark = |number| Press(Unmark { numbers: numbers(&[number]) });
    let step = || Press(SessionCommand::Pace(Pace::Step));
    let rows: [&[Act]; 24] = [
        &[Type("RETR 1"), Type("RSET"), mark(5)],
        &[Type("RETR 1"), Type("RSET"), mark(5), Bring(10_000), unmark(5)],
        &[Type("RETR 1"), Type("RSET"), mark(5), Press(Finish), Bring(200)],
        &[Type("DELE 3"), Type("RETR 1"), Type("RSET 1"), unmark(3)],
        &[Type("DELE 3"), Type("DELE 4"), Bring(10_000), Type("RETR 1"), Type("RSET"), unmark(3)],
        &[mark(3), Type("RETR 1"), Type("DELE 4"), unmark(3)],
        &[mark(1), Type("DELE 1"), Type("DELE 1"), unmark(1)],
        &[Type("RETR 1"), Type("QUIT"), mark(5)],
        &[Type("RETR 1"), Type("QUIT 1"), mark(5)],
        &[mark(4), Type("QUIT 1"), unmark(4)],
        &[Type("DELE 1"), Type("RSET 1"), Press(Finish), Bring(42), Type("RSET"), Bring(10_000)],
        &[Type("RSET 1"), Press(Finish), Bring(28), Type("DELE 1"), Bring(24)],
        &[Type("DELE 3x"), Bring(10), mark(5)],
        &[Type("DELE 3x"), Bring(10), Type("RSET"), mark(5)],
        &[Type("RETR 1"), Type("DELE 3x"), Press(OpenMaildrop), Type("RSET")],
        &[Type("RETR 1"), Type("DELE 3"), Press(OpenMaildrop), Type("DELE 4")],
        &[Press(Finish), step(), Bring(1)],
        &[Type("RETR 1"), Type("DELE  4"), Press(OpenMaildrop)],
        &[mark(3), Type("RETR 1"), Type("DELE  4"), unmark(3)],
        &[mark(1), mark(2), Type("RETR 1"), Type("RSET 1"), unmark(1)],
        &[Type("RETR 1"), Type("DELE  5"), mark(5)],
        &[Type("dele 4"), Type("DELE 3x"), unmark(1)],
        &[mark(4), unmark(4), Type("dele 4")],
        &[Type("RETR 1"), Type("DELE  4"), mark(4), unmark(4)],
    ];
    for acts in rows {
        for beginning in [Beginning::Mailbox, Beginning::ByHand] {
            for server in [Server::Strict, Server::Lax, Server::Moody(vec![false, true])] {
                for end in [End::Quiet, End::Cut, End::Left] {
                    play(beginning, true, server.clone(), acts, end);
                    play(beginning, false, server.clone(), acts, end);
                }
            }
        }
    }
}
