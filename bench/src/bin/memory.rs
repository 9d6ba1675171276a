//! How much memory the client takes at its peak while a message of 1 GiB streams through, and for the listings of a large
//! maildrop. Prints figures as JSON. Knows no clock: an allocator that counts is slower than one that does not.

use std::iter;

use peak_alloc::PeakAlloc;
use popglass_bench::{Figures, Session, message, scan_listing, unique_id_listing};
use popglass_protocol::{command::Command, types::MessageNumber};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const MESSAGE_OCTETS: u64 = 1024 * 1024 * 1024;
const READ_OCTETS: usize = 64 * 1024;
const ENTRIES: [(usize, &str); 2] = [(100_000, "100k"), (1_000_000, "1m")];

fn main() {
    let mut figures = Figures::default();
    figures.add_count("retr_1g_peak_heap_octets", peak_of_message());
    for (entries, name) in ENTRIES {
        figures.add_count(
            format!("list_{name}_peak_heap_octets"),
            peak_of_listing(Command::List(None), &scan_listing(entries)),
        );
        figures.add_count(
            format!("uidl_{name}_peak_heap_octets"),
            peak_of_listing(Command::Uidl(None), &unique_id_listing(entries)),
        );
    }
    println!("{figures}");
}

/// The same read again and again, so that what is counted is the client's own.
fn peak_of_message() -> u64 {
    let one = MessageNumber::from_index(0).expect("1 is a number");
    let status = b"+OK\r\n".as_slice();
    let wire = message(READ_OCTETS);
    let lines = wire.strip_prefix(status).and_then(|rest| rest.strip_suffix(b".\r\n")).expect("a reply to RETR");
    let times = usize::try_from(MESSAGE_OCTETS).expect("1 GiB fits").div_ceil(lines.len());
    let reads = iter::once(status).chain(iter::repeat_n(lines, times)).chain([b".\r\n".as_slice()]);
    let mut session = Session::open();
    peak(|| {
        let taken = session.receive_in_reads(Command::Retr(one), reads);
        assert!(taken.octets >= MESSAGE_OCTETS && taken.replies == 1, "the whole message came out");
    })
}

fn peak_of_listing(command: Command, wire: &[u8]) -> u64 {
    let mut session = Session::open();
    peak(|| assert!(session.receive(command, wire, READ_OCTETS).entries > 0, "the listing came out"))
}

/// Octets on the heap at the worst moment, less those that were there before.
fn peak(work: impl FnOnce()) -> u64 {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    work();
    HEAP.peak_usage().saturating_sub(before) as u64
}
