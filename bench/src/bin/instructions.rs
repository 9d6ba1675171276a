//! One workload, several times over: what valgrind counts the instructions of. Run with a workload and how often. The
//! difference between two counts of repetitions is the workload alone, without the program's start. Prints the octets
//! that one repetition takes.

use std::env;

use popglass_bench::{Session, message, scan_listing, unique_id_listing};
use popglass_protocol::{command::Command, types::MessageNumber};

const MESSAGE_OCTETS: usize = 1024 * 1024;
const ENTRIES: usize = 10_000;
const READ_OCTETS: usize = 64 * 1024;

fn main() {
    let mut arguments = env::args().skip(1);
    let (workload, times) = (arguments.next().expect("a workload"), arguments.next().expect("how often"));
    let (command, wire) = match workload.as_str() {
        "retr" => (Command::Retr(MessageNumber::from_index(0).expect("1 is a number")), message(MESSAGE_OCTETS)),
        "list" => (Command::List(None), scan_listing(ENTRIES)),
        "uidl" => (Command::Uidl(None), unique_id_listing(ENTRIES)),
        other => panic!("there is no workload {other}"),
    };
    let mut session = Session::open();
    for _ in 0..times.parse().expect("a number") {
        assert_eq!(session.receive(command.clone(), &wire, READ_OCTETS).replies, 1);
    }
    println!("{}", wire.len());
}
