//! Whatever is typed, against whatever server: the client never loses step. Each line gets its own answer, the state is
//! the server's, and the next command is answered rightly; cut at every octet, typed one by one or all ahead.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use popglass_protocol::{
    client::{Client, CommandId, Event, LineFault, Output},
    codec::request::parse_request,
    command::{Command, CommandName},
    reply::Reply,
    sasl::Mechanism,
    secret::Secret,
    server::{self, CommitFailure, Config, LoginRefusal, Maildrop, Server},
    state::State,
    types::{MessageNumber, UniqueId},
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// A client at a terminal.
#[derive(Debug)]
struct Terminal {
    client: Client,
    /// Lines that went out as commands, in order, and what came of them.
    asked: Vec<(CommandId, Option<Command>)>,
    answered: Vec<(CommandId, Reply)>,
    error: Option<String>,
}

impl Terminal {
    fn new() -> Self {
        Self { client: Client::new(), asked: Vec::new(), answered: Vec::new(), error: None }
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
                Ok(Output::Event(Event::Typed { id, command })) => self.asked.push((id, command)),
                Ok(Output::Event(Event::Reply { id, reply })) => self.answered.push((id, reply)),
                Ok(Output::Event(_)) => {}
                Err(error) => {
                    self.error = Some(error.to_string());
                    return (wire, secured);
                }
            }
        }
    }

    /// Every line that went out was answered, once, in order, by what answers such a line.
    fn check_pairs(&self) {
        assert_eq!(self.error, None);
        let asked: Vec<_> = self.asked.iter().map(|(id, _)| *id).collect();
        let answered: Vec<_> = self.answered.iter().map(|(id, _)| *id).collect();
        assert_eq!(answered, asked[..answered.len()]);
        assert_eq!(self.client.in_flight(), asked.len() - answered.len());
        for ((_, command), (_, reply)) in self.asked.iter().zip(&self.answered) {
            assert!(goes_with(command.as_ref(), reply), "{command:?} {reply:?}");
        }
    }
}

/// A reply of this kind answers such a line, and names its message.
fn goes_with(command: Option<&Command>, reply: &Reply) -> bool {
    match (command, reply) {
        (None, reply) => matches!(reply, Reply::ToUnknown { .. }),
        (Some(command), Reply::Refused(refusal)) => refusal.command == command.name(),
        (Some(Command::Capa), reply) => matches!(reply, Reply::Capabilities(_)),
        (Some(Command::User(_)), reply) => *reply == Reply::UserAccepted,
        (Some(Command::Pass(_) | Command::Apop { .. } | Command::Auth { .. }), reply) => *reply == Reply::LoggedIn,
        (Some(Command::AuthList), reply) => matches!(reply, Reply::Mechanisms(_)),
        (Some(Command::Stls), reply) => *reply == Reply::TlsNext,
        (Some(Command::Utf8), reply) => *reply == Reply::Utf8Spoken,
        (Some(Command::Lang(None)), reply) => matches!(reply, Reply::Languages(_)),
        (Some(Command::Lang(Some(_))), reply) => matches!(reply, Reply::LanguageSpoken { .. }),
        (Some(Command::Stat), reply) => matches!(reply, Reply::Stat { .. }),
        (Some(Command::List(None)), reply) => matches!(reply, Reply::List(_)),
        (Some(Command::List(Some(number))), Reply::List(listed)) => listed[0].number == *number,
        (Some(Command::Uidl(None)), reply) => matches!(reply, Reply::Uidl(_)),
        (Some(Command::Uidl(Some(number))), Reply::Uidl(identified)) => identified[0].number == *number,
        (Some(Command::Top { number, .. } | Command::Retr(number)), Reply::MessageEnd { number: of, .. }) => {
            of == number
        }
        (Some(Command::Dele(number)), reply) => *reply == Reply::Marked(*number),
        (Some(Command::Rset), reply) => *reply == Reply::MarksTakenBack,
        (Some(Command::Noop), reply) => *reply == Reply::StillThere,
        (Some(Command::Quit), reply) => *reply == Reply::Goodbye,
        _ => false,
    }
}

/// Three messages, one of which tries to look like replies.
#[derive(Debug)]
struct Drawer;

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
    fn commit(&mut self, _: &[MessageNumber]) -> Result<(), CommitFailure> {
        Ok(())
    }
}

/// Our own server, which knows its state.
struct Own {
    server: Server<Drawer>,
    closed: bool,
}

impl Own {
    fn new() -> Self {
        let mechanisms = vec![Mechanism::Plain, Mechanism::Login];
        let config = Config { stls: true, lang: true, mechanisms, ..Config::default() };
        Self { server: Server::new(Drawer, config), closed: false }
    }

    fn answer(&mut self, octets: &[u8]) -> Vec<u8> {
        self.server.handle_input(octets);
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
}

/// Until neither side has anything to say. The server's octets come in pieces.
fn converse(terminal: &mut Terminal, answer: &mut dyn FnMut(&[u8]) -> Vec<u8>, piece: usize) {
    loop {
        let (wire, _) = terminal.drain();
        let said = answer(&wire);
        if said.is_empty() && wire.is_empty() {
            return;
        }
        for octets in said.chunks(piece) {
            terminal.client.handle_input(octets);
            let (more, _) = terminal.drain();
            let mut queue = answer(&more);
            while !queue.is_empty() {
                // What is sent in the middle of a read is answered behind it.
                terminal.client.handle_input(&queue);
                queue = answer(&terminal.drain().0);
            }
        }
    }
}

/// Lines as learners type them.
fn typed_line() -> impl Strategy<Value = String> {
    let known = [
        "CAPA",
        "USER ada",
        "USER bob",
        "PASS pw",
        "PASS no",
        "AUTH",
        "AUTH PLAIN",
        "AUTH LOGIN",
        "AUTH NONE",
        "AUTH PLAIN AGFkYQBwdw==",
        "AGFkYQBwdw==",
        "YWRh",
        "cHc=",
        "*",
        "STLS",
        "LANG",
        "LANG *",
        "UTF8",
        "STAT",
        "LIST",
        "LIST 2",
        "LIST 9",
        "UIDL",
        "UIDL 1",
        "TOP 2 0",
        "TOP 2 9",
        "RETR 1",
        "RETR 2",
        "RETR 3",
        "RETR 4",
        "DELE 1",
        "DELE 2",
        "RSET",
        "NOOP",
        "QUIT",
        "APOP ada c4c9334bac560ecc979e58001b3e22fb",
    ];
    let wrong = ["", " ", "retr", "RETR x", "LIST -1", " STAT", "HELO there", "+OK", "-ERR", ".", "..", "USER", "DELE"];
    prop_oneof![
        8 => (0..known.len()).prop_map(move |place| known[place].to_owned()),
        1 => (0..known.len()).prop_map(move |place| known[place].to_ascii_lowercase()),
        3 => (0..wrong.len()).prop_map(move |place| wrong[place].to_owned()),
        1 => "[^\r\n\0]{0,20}",
    ]
}

proptest! {
    #[test]
    fn with_our_own_server_every_line_gets_its_answer_and_the_state_is_the_servers(
        lines in vec((typed_line(), any::<bool>()), 1..25),
        piece in prop_oneof![Just(1_usize), 1_usize..40, Just(10_000)],
    ) {
        let (mut terminal, mut own) = (Terminal::new(), Own::new());
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
            prop_assert_eq!(terminal.client.state(), own.server.state());
            prop_assert_eq!(terminal.client.take_unsent_lines().len(), 0);
            // The next command is answered rightly.
            terminal.client.send_line("CAPA").unwrap();
            converse(&mut terminal, &mut |octets| own.answer(octets), piece);
            terminal.check_pairs();
            let last = terminal.answered.last().map(|(_, reply)| reply);
            prop_assert!(matches!(last, Some(Reply::Capabilities(_))), "{last:?}");
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

/// A server that answers each line in the shape that it should have, and says `+OK` where it should not.
struct Odd {
    moods: Vec<usize>,
    lines: usize,
    greeted: bool,
    begun: Vec<u8>,
    /// An exchange goes on for so many challenges.
    challenges: Option<usize>,
    /// Which line's answer was the last of each command.
    ends: Vec<usize>,
    over: bool,
}

impl Odd {
    fn new(moods: &[Index]) -> Self {
        let moods = moods.iter().map(|mood| mood.index(4)).collect();
        Self { moods, lines: 0, greeted: false, begun: Vec::new(), challenges: None, ends: Vec::new(), over: false }
    }

    fn answer(&mut self, octets: &[u8]) -> Vec<u8> {
        let mut said = Vec::new();
        if !std::mem::replace(&mut self.greeted, true) {
            said.extend(b"+OK hm\r\n");
        }
        for octet in octets {
            self.begun.push(*octet);
            if *octet == b'\n' {
                let line = std::mem::take(&mut self.begun);
                said.extend(self.answer_line(&line[..line.len() - 2]).into_bytes());
            }
        }
        said
    }

    fn answer_line(&mut self, line: &[u8]) -> String {
        assert!(!self.over, "nothing is sent behind QUIT");
        self.lines += 1;
        let (place, mood) = (self.lines, self.moods[self.lines % self.moods.len()]);
        let refusal = format!("-ERR no {place}\r\n");
        if let Some(challenges) = self.challenges.take() {
            return match (line, challenges) {
                (b"*", _) => self.end(place, refusal),
                (_, 0) if mood == 0 => self.end(place, refusal),
                (_, 0) => self.end(place, "+OK in\r\n".into()),
                (_, more) => {
                    self.challenges = Some(more - 1);
                    "+ Zm9v\r\n".into()
                }
            };
        }
        let Ok(command) = parse_request(line) else {
            return self.end(place, if mood == 0 { "+OK strange\r\n".into() } else { refusal });
        };
        if let Command::Auth { initial_response, .. } = &command
            && mood != 0
        {
            if initial_response.is_some() {
                return self.end(place, "+OK in\r\n".into());
            }
            self.challenges = Some(mood - 1);
            return "+ \r\n".into();
        }
        self.over = command.name() == CommandName::Quit;
        let answer = if mood == 0 { refusal } else { accepted(&command) };
        self.end(place, answer)
    }

    fn end(&mut self, place: usize, answer: String) -> String {
        self.ends.push(place);
        answer
    }
}

/// `+OK` in the shape of the command.
fn accepted(command: &Command) -> String {
    let body = "+OK\r\n+OK within\r\n..\r\n-ERR\r\n.\r\n";
    match command {
        Command::Stat => "+OK 1 2\r\n".into(),
        Command::List(Some(number)) => format!("+OK {number} 2\r\n"),
        Command::Uidl(Some(number)) => format!("+OK {number} id\r\n"),
        Command::List(None) | Command::Uidl(None) => "+OK\r\n1 22\r\n2 3\r\n.\r\n".into(),
        Command::Capa => "+OK\r\nUSER\r\nTOP\r\n.\r\n".into(),
        Command::AuthList => "+OK\r\nPLAIN\r\n.\r\n".into(),
        Command::Lang(None) => "+OK\r\nen English\r\n.\r\n".into(),
        Command::Top { .. } | Command::Retr(_) => body.into(),
        _ => "+OK yes\r\n".into(),
    }
}

#[test]
fn the_states_that_typed_lines_lead_to_are_the_tables() {
    let mut terminal = Terminal::new();
    let mut own = Own::new();
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
