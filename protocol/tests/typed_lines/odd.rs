//! A server that says yes and no as it likes, each in the right shape. Knows no maildrop.

use popglass_protocol::{
    codec::request::{parse_request, resembling},
    command::{Command, CommandName},
};
use proptest::sample::Index;

/// A server that answers each line in the shape that it should have, and says `+OK` where it should not.
pub(super) struct Odd {
    moods: Vec<usize>,
    lines: usize,
    greeted: bool,
    begun: Vec<u8>,
    /// An exchange goes on for so many challenges.
    challenges: Option<usize>,
    /// Which line's answer was the last of each command.
    pub(super) ends: Vec<usize>,
    over: bool,
}

impl Odd {
    pub(super) fn new(moods: &[Index]) -> Self {
        let moods = moods.iter().map(|mood| mood.index(4)).collect();
        Self { moods, lines: 0, greeted: false, begun: Vec::new(), challenges: None, ends: Vec::new(), over: false }
    }

    pub(super) fn answer(&mut self, octets: &[u8]) -> Vec<u8> {
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
            // What resembles no command has no shape but this.
            let strange = mood == 0 && resembling(line).is_none();
            return self.end(place, if strange { "+OK strange\r\n".into() } else { refusal });
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
