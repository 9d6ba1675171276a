//! Puts octets behind the `+OK` to STLS. Knows `STLS`, and how an answer begins and ends.

use popglass_protocol::transcript::Direction;

use super::{
    Act, Desk,
    lines::{Lines, says},
};

pub(super) struct Injector {
    octets: Vec<u8>,
    from_client: Lines,
    /// As much of the server's line as is needed to tell `+OK`, while the answer to STLS is awaited.
    answer: Option<Vec<u8>>,
}

/// `+OK`.
const POSITIVE: &[u8] = b"+OK";

impl Injector {
    pub(super) fn new(octets: &[u8]) -> Self {
        Self { octets: octets.into(), from_client: Lines::default(), answer: None }
    }

    pub(super) fn handle(&mut self, from: Direction, octets: &[u8], desk: &mut Desk<'_>) {
        match from {
            Direction::ClientToServer => {
                let answer = &mut self.answer;
                self.from_client.handle(octets, |line| {
                    if says(line, "STLS") {
                        *answer = Some(Vec::new());
                    }
                });
                desk.pass(from, octets);
            }
            Direction::ServerToClient => {
                let Some(mut answer) = self.answer.take() else { return desk.pass(from, octets) };
                let line_octets = octets.iter().position(|octet| *octet == b'\n').map(|last| last + 1);
                let (line, rest) = octets.split_at(line_octets.unwrap_or(octets.len()));
                answer.extend(line.iter().take(POSITIVE.len() - answer.len()));
                desk.pass(from, line);
                if line_octets.is_none() {
                    self.answer = Some(answer);
                } else if answer == POSITIVE {
                    desk.act(Act::Injected);
                    desk.pass(from, &self.octets);
                }
                desk.pass(from, rest);
            }
        }
    }
}
