//! What is measured: replies as a server sends them, and the client that takes them. Knows no clock, no allocator and
//! no network; the programs beside it do.

mod figures;
#[cfg(target_arch = "wasm32")]
mod page;
mod wire;

pub use figures::{Figures, Spread};
use popglass_protocol::{
    client::{Client, Event, Output},
    command::Command,
    reply::Reply,
    types::{Password, UserName},
};
pub use wire::{LINE_OCTETS, message, scan_listing, unique_id_listing};

/// A client that has logged in.
#[derive(Debug)]
pub struct Session {
    client: Client,
}

/// What came out of the client.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Octets of messages, unstuffed.
    pub octets: u64,
    /// Entries of listings.
    pub entries: usize,
    /// Replies that are complete.
    pub replies: usize,
}

impl Session {
    /// Opens one, with a server that says yes to everything.
    ///
    /// # Panics
    /// If the client does not take that.
    #[must_use]
    pub fn open() -> Self {
        let mut session = Self { client: Client::new() };
        let mut taken = Taken::default();
        session.take(b"+OK ready\r\n", &mut taken);
        session.client.send(Command::User(UserName::parse("ada").expect("a name that can be sent")));
        session.client.send(Command::Pass(Password::parse("secret").expect("a password that can be sent")));
        session.drain(&mut taken);
        session.take(b"+OK\r\n", &mut taken);
        session.take(b"+OK\r\n", &mut taken);
        assert_eq!(taken.replies, 2, "the client is logged in");
        session
    }

    /// Sends a command and hands its reply over in reads of `read_octets`; each event is dropped as soon as it is out.
    pub fn receive(&mut self, command: Command, reply: &[u8], read_octets: usize) -> Taken {
        self.receive_in_reads(command, reply.chunks(read_octets))
    }

    /// The same with any reads.
    pub fn receive_in_reads<'a>(&mut self, command: Command, reads: impl IntoIterator<Item = &'a [u8]>) -> Taken {
        let mut taken = Taken::default();
        self.client.send(command);
        self.drain(&mut taken);
        for read in reads {
            self.take(read, &mut taken);
        }
        taken
    }

    fn take(&mut self, read: &[u8], taken: &mut Taken) {
        self.client.handle_input(read);
        self.drain(taken);
    }

    fn drain(&mut self, taken: &mut Taken) {
        loop {
            match self.client.poll_output().expect("the server behaves") {
                Output::Event(Event::Chunk { octets, .. }) => taken.octets += octets.len() as u64,
                Output::Event(Event::Reply { reply, .. }) => {
                    taken.replies += 1;
                    taken.entries += match reply {
                        Reply::List(listed) => listed.len(),
                        Reply::Uidl(identified) => identified.len(),
                        _ => 0,
                    };
                }
                Output::Event(_) | Output::Transmit(_) | Output::UpgradeTls => {}
                Output::Idle => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use popglass_protocol::types::MessageNumber;

    use super::*;

    #[test]
    fn the_client_takes_all_of_what_is_measured() {
        let mut session = Session::open();
        let one = MessageNumber::from_index(0).unwrap();
        for (command, reply, expected) in [
            (Command::Retr(one), message(10 * LINE_OCTETS), Taken { octets: 780, entries: 0, replies: 1 }),
            (Command::List(None), scan_listing(1000), Taken { octets: 0, entries: 1000, replies: 1 }),
            (Command::Uidl(None), unique_id_listing(1000), Taken { octets: 0, entries: 1000, replies: 1 }),
        ] {
            assert_eq!(session.receive(command, &reply, 100), expected);
        }
    }
}
