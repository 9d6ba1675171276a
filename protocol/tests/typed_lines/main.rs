//! Whatever is typed, against whatever server, also one that carries out what is no command: the client never loses step.
//! Each line gets its own answer, state and marks are the server's, and the next command is answered rightly; cut at every
//! octet, typed one by one or all ahead.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod lines;
mod odd;

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use popglass_protocol::{
    client::{Client, CommandId, Event, LineFault, Output, Said},
    codec::request::parse_request,
    command::CommandName,
    deviation::Rule,
    reply::Reply,
    sasl::Mechanism,
    secret::Secret,
    server::{self, CommitFailure, Config, LoginRefusal, Maildrop, Server},
    state::State,
    types::{MessageNumber, UniqueId},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{lines::typed_line, odd::Odd};

/// A client at a terminal.
#[derive(Debug)]
struct Terminal {
    client: Client,
    /// Lines that went out as commands, in order, and what came of them.
    asked: Vec<(CommandId, Said)>,
    answered: Vec<(CommandId, Reply)>,
    /// What the answers say is marked, and how many more by a number that nobody can read.
    marks: BTreeSet<MessageNumber>,
    marks_unread: usize,
    /// So many lines were told that a server should have refused.
    malformed_accepted: usize,
    error: Option<String>,
}

impl Terminal {
    fn new() -> Self {
        Self {
            client: Client::new(),
            asked: Vec::new(),
            answered: Vec::new(),
            marks: BTreeSet::new(),
            marks_unread: 0,
            malformed_accepted: 0,
            error: None,
        }
    }

    /// What goes out, write by write; TLS stands as soon as it is wanted.
    fn drain(&mut self) -> (Vec<u8>, bool) {
        let (mut wire, mut secured) = (Vec::new(), false);
        loop {
            match self.client.poll_output() {
                Ok(Output::Idle) => return (wire, secured),
                Ok(Output::Transmit(octets)) => wire.extend(octets),
                Ok(Output::UpgradeTls) => {
                    self.client.handle_tls_ready();
                    secured = true;
                }
                Ok(Output::Event(Event::Typed { id, said })) => self.asked.push((id, said)),
                Ok(Output::Event(Event::Reply { id, reply })) => self.hear(id, reply),
                Ok(Output::Event(Event::Deviation(deviation))) if deviation.rule == Rule::MalformedAccepted => {
                    self.malformed_accepted += 1;
                }
                Ok(Output::Event(_)) => {}
                Err(error) => {
                    self.error = Some(error.to_string());
                    return (wire, secured);
                }
            }
        }
    }

    fn hear(&mut self, id: CommandId, reply: Reply) {
        let said = self.asked.iter().find(|(asked, _)| *asked == id).map(|(_, said)| said);
        match (&reply, said.and_then(Said::name)) {
            (Reply::Marked(number), _) => {
                self.marks.insert(*number);
            }
            (Reply::MarksTakenBack, _) => {
                self.marks.clear();
                self.marks_unread = 0;
            }
            (Reply::ToUnknown { accepted: true, .. }, Some(CommandName::Dele)) => self.marks_unread += 1,
            _ => {}
        }
        self.answered.push((id, reply));
    }

    /// Every line that went out was answered, once, in order, by what answers such a line.
    fn check_pairs(&self) {
        assert_eq!(self.error, None);
        let asked: Vec<_> = self.asked.iter().map(|(id, _)| *id).collect();
        let answered: Vec<_> = self.answered.iter().map(|(id, _)| *id).collect();
        assert_eq!(answered, asked[..answered.len()]);
        assert_eq!(self.client.in_flight(), asked.len() - answered.len());
        let mut malformed_accepted = 0;
        for ((_, said), (_, reply)) in self.asked.iter().zip(&self.answered) {
            assert!(goes_with(said, reply), "{said:?} {reply:?}");
            let is_refused = matches!(reply, Reply::ToUnknown { accepted: false, .. });
            malformed_accepted += usize::from(matches!(said, Said::Resembling { .. }) && !is_refused);
        }
        assert!(self.client.in_flight() > 0 || self.malformed_accepted == malformed_accepted);
    }
}

/// A reply of this kind answers such a line, and names its message.
fn goes_with(said: &Said, reply: &Reply) -> bool {
    use CommandName::{
        Apop, Auth, AuthList, Capa, Dele, Lang, LangOne, List, ListOne, Noop, Pass, Quit, Retr, Rset, Stat, Stls, Top,
        Uidl, UidlOne, User, Utf8,
    };
    let Some(name) = said.name() else { return matches!(reply, Reply::ToUnknown { .. }) };
    match reply {
        Reply::Refused(refusal) => matches!(said, Said::Command(_)) && refusal.command == name,
        Reply::ToUnknown { .. } => matches!(said, Said::Resembling { .. }),
        Reply::Capabilities(_) => name == Capa,
        Reply::UserAccepted => name == User,
        Reply::LoggedIn => matches!(name, Pass | Apop | Auth),
        Reply::Mechanisms(_) => name == AuthList,
        Reply::TlsNext => name == Stls,
        Reply::Utf8Spoken => name == Utf8,
        Reply::Languages(_) => name == Lang,
        Reply::LanguageSpoken { .. } => name == LangOne,
        Reply::Stat { .. } => name == Stat,
        Reply::List(listed) => name == List || (name == ListOne && said.number() == Some(listed[0].number)),
        Reply::Uidl(identified) => name == Uidl || (name == UidlOne && said.number() == Some(identified[0].number)),
        Reply::MessageEnd { number, .. } => matches!(name, Top | Retr) && said.number() == Some(*number),
        Reply::Marked(number) => name == Dele && said.number() == Some(*number),
        Reply::MarksTakenBack => name == Rset,
        Reply::StillThere => name == Noop,
        Reply::Goodbye => name == Quit,
        _ => false,
    }
}

/// Three messages, one of which tries to look like replies.
#[derive(Debug, Default)]
struct Drawer {
    /// Deleted at QUIT.
    deleted: Rc<RefCell<BTreeSet<MessageNumber>>>,
}

impl Maildrop for Drawer {
    fn password_of(&self, user: &str) -> Option<Secret<String>> {
        (user == "ada").then(|| Secret::new("pw".into()))
    }
    fn open_as(&mut self, _: &str, _: Option<u64>) -> Result<(), LoginRefusal> {
        Ok(())
    }
    fn message_count(&self) -> usize {
        3
    }
    fn octets(&self, number: MessageNumber) -> u64 {
        self.message(number).len() as u64
    }
    fn unique_id(&self, number: MessageNumber) -> UniqueId {
        UniqueId::parse(format!("id{number}").as_bytes()).unwrap()
    }
    fn message(&self, number: MessageNumber) -> &[u8] {
        [&b"a: b\r\n\r\n"[..], b"c: d\r\n\r\n.\r\n+OK\r\n-ERR\r\n..\r\n", b""][number.index()]
    }
    fn commit(&mut self, numbers: &[MessageNumber]) -> Result<(), CommitFailure> {
        self.deleted.borrow_mut().extend(numbers);
        Ok(())
    }
}

/// Our own server, which knows its state.
struct Own {
    server: Server<Drawer>,
    strictness: Strictness,
    deleted: Rc<RefCell<BTreeSet<MessageNumber>>>,
    begun: Vec<u8>,
    /// What is heard next is a response.
    exchanging: bool,
    closed: bool,
}

/// What it takes for a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// What RFC 1939 §3 says.
    Strict,
    /// Blanks that are too many, and arguments where none belong, as Dovecot.
    Lax,
    /// Whatever begins with four letters that it knows, with whatever `atoi` makes of what follows.
    Anything,
}

impl Strictness {
    /// The line that it takes the line for.
    fn read(self, line: &str) -> String {
        if self == Self::Strict || parse_request(line.as_bytes()).is_ok() {
            return line.into();
        }
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        let word = |place: usize| words.get(place).copied().unwrap_or_default();
        let (keyword, rest) = match self {
            Self::Lax => line.split_once(' ').unwrap_or((line, "")),
            _ => (word(0), ""),
        };
        let keyword = keyword.to_ascii_uppercase();
        let known = ["TOP"].into_iter().find(|known| keyword.starts_with(known)).or_else(|| keyword.get(..4));
        let known = if self == Self::Lax { keyword.as_str() } else { known.unwrap_or_default() };
        let digits = |word: &str| {
            let digits = word.strip_prefix('+').unwrap_or(word);
            digits.chars().take_while(char::is_ascii_digit).collect::<String>()
        };
        match (known, self) {
            ("CAPA" | "RSET" | "NOOP" | "STAT" | "QUIT" | "STLS" | "UTF8", _) => known.into(),
            (_, Self::Lax) => format!("{known} {}", rest.trim_start_matches(' ')),
            ("LIST" | "UIDL" | "RETR" | "DELE", _) => format!("{known} {}", digits(word(1))),
            ("TOP", _) => format!("TOP {} {}", digits(word(1)), digits(&format!("0{}", word(2)))),
            ("USER" | "PASS" | "AUTH" | "LANG", _) => [&[known], words.get(1..).unwrap_or_default()].concat().join(" "),
            _ => line.into(),
        }
    }
}

impl Own {
    fn new(strictness: Strictness) -> Self {
        let mechanisms = vec![Mechanism::Plain, Mechanism::Login];
        let config = Config { stls: true, lang: true, mechanisms, ..Config::default() };
        let drawer = Drawer::default();
        let deleted = Rc::clone(&drawer.deleted);
        let server = Server::new(drawer, config);
        Self { server, strictness, deleted, begun: Vec::new(), exchanging: false, closed: false }
    }

    fn answer(&mut self, octets: &[u8]) -> Vec<u8> {
        let mut said = self.poll();
        for octet in octets {
            self.begun.push(*octet);
            if *octet == b'\n' {
                let line = String::from_utf8(std::mem::take(&mut self.begun)).unwrap();
                let line = line.strip_suffix("\r\n").unwrap();
                let read = if self.exchanging { line.into() } else { self.strictness.read(line) };
                self.server.handle_input(format!("{read}\r\n").as_bytes());
                let answer = self.poll();
                self.exchanging = answer.starts_with(b"+ ") || answer == b"+\r\n";
                said.extend(answer);
            }
        }
        said
    }

    fn poll(&mut self) -> Vec<u8> {
        let mut said = Vec::new();
        loop {
            match self.server.poll_output() {
                server::Output::Transmit(octets) => said.extend(octets),
                // Its client starts TLS when it has read so far, before it says anything.
                server::Output::UpgradeTls => self.server.handle_tls_ready(),
                server::Output::Close => self.closed = true,
                server::Output::Idle => return said,
            }
        }
    }

    /// What is marked, which QUIT shows.
    fn marks(&mut self) -> BTreeSet<MessageNumber> {
        if self.server.state() == State::Transaction {
            self.server.handle_input(b"QUIT\r\n");
            self.poll();
        }
        self.deleted.borrow().clone()
    }
}

/// Until neither side has anything to say. The server's octets come in pieces, in the order in which it said them.
fn converse(terminal: &mut Terminal, answer: &mut dyn FnMut(&[u8]) -> Vec<u8>, piece: usize) {
    let mut coming = answer(&terminal.drain().0);
    loop {
        let next: Vec<u8> = coming.drain(..piece.min(coming.len())).collect();
        terminal.client.handle_input(&next);
        let (wire, _) = terminal.drain();
        coming.extend(answer(&wire));
        if next.is_empty() && wire.is_empty() && coming.is_empty() {
            return;
        }
    }
}

proptest! {
    #[test]
    fn with_our_own_server_every_line_gets_its_answer_and_state_and_marks_are_the_servers(
        lines in vec((typed_line(), any::<bool>()), 1..25),
        logged_in in any::<bool>(),
        strictness in prop_oneof![Just(Strictness::Strict), Just(Strictness::Lax), Just(Strictness::Anything)],
        piece in prop_oneof![Just(1_usize), 1_usize..40, Just(10_000)],
    ) {
        let (mut terminal, mut own) = (Terminal::new(), Own::new(strictness));
        let login = ["USER ada", "PASS pw"].map(|line| (line.to_owned(), false));
        let lines: Vec<_> = login.into_iter().filter(|_| logged_in).chain(lines).collect();
        let mut answer = |octets: &[u8]| own.answer(octets);
        converse(&mut terminal, &mut answer, piece);
        for (line, ahead) in &lines {
            match terminal.client.send_line(line) {
                Ok(_) => {}
                Err(fault) => prop_assert_eq!(fault, LineFault::Closed),
            }
            if !ahead {
                converse(&mut terminal, &mut answer, piece);
            }
        }
        converse(&mut terminal, &mut answer, piece);
        terminal.check_pairs();
        if own.closed {
            terminal.client.handle_close();
        } else if !terminal.client.awaits_response() {
            let (believed, state) = (terminal.client.state(), own.server.state());
            prop_assert_eq!(believed.rfc_name(), state.rfc_name());
            // Whether a refused `PASS  pw` was a wrong password or no command at all, nobody can tell.
            prop_assert!(strictness != Strictness::Strict || believed == state);
            prop_assert_eq!(terminal.client.take_unsent_lines().len(), 0);
            // The next command is answered rightly.
            terminal.client.send_line("CAPA").unwrap();
            converse(&mut terminal, &mut |octets| own.answer(octets), piece);
            terminal.check_pairs();
            let last = terminal.answered.last().map(|(_, reply)| reply);
            prop_assert!(matches!(last, Some(Reply::Capabilities(_))), "{last:?}");
        }
        let marks = own.marks();
        if own.server.state() == State::Update {
            prop_assert!(terminal.marks.is_subset(&marks), "{:?} {marks:?}", terminal.marks);
            prop_assert_eq!(terminal.marks.len() + terminal.marks_unread, marks.len());
        }
    }

    #[test]
    fn a_server_that_says_yes_and_no_as_it_likes_does_not_put_the_client_out_of_step(
        lines in vec((typed_line(), any::<bool>()), 1..25),
        moods in vec(any::<Index>(), 8),
        piece in prop_oneof![Just(1_usize), 1_usize..40, Just(10_000)],
    ) {
        let (mut terminal, mut odd) = (Terminal::new(), Odd::new(&moods));
        let mut answer = |octets: &[u8]| odd.answer(octets);
        converse(&mut terminal, &mut answer, piece);
        for (line, ahead) in &lines {
            if terminal.client.send_line(line).is_ok() && !ahead {
                converse(&mut terminal, &mut answer, piece);
            }
        }
        converse(&mut terminal, &mut answer, piece);
        terminal.check_pairs();
        // The refusals are those of these very lines.
        for ((_, reply), place) in terminal.answered.iter().zip(&odd.ends) {
            if let Reply::Refused(refusal) = reply {
                prop_assert_eq!(&refusal.text, &format!("no {place}"));
            }
        }
    }
}

#[test]
fn the_states_that_typed_lines_lead_to_are_the_tables() {
    let mut terminal = Terminal::new();
    let mut own = Own::new(Strictness::Strict);
    let mut states = Vec::new();
    for line in
        ["", "retr 1", "USER ada", "NOOP", "PASS no", "PASS pw", "USER ada", "PASS pw", "DELE 1", "PASS pw", "quit"]
    {
        terminal.client.send_line(line).unwrap();
        converse(&mut terminal, &mut |octets| own.answer(octets), 10_000);
        states.push(terminal.client.state());
    }
    use State::{Authorization as A, Transaction as T, Update, UserGiven as U};
    assert_eq!(states, [A, A, U, U, A, A, U, T, T, T, Update]);
    terminal.check_pairs();
}
