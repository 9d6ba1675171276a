//! How fast the client takes a message and the listings of a large maildrop, beside what copying the same octets costs.
//! Prints figures as JSON. Knows no network.

use std::{hint::black_box, time::Instant};

use popglass_bench::{Figures, Session, message, scan_listing, unique_id_listing};
use popglass_protocol::{command::Command, types::MessageNumber};

const MESSAGE_OCTETS: usize = 64 * 1024 * 1024;
const READS: [(usize, &str); 2] = [(64 * 1024, "64k"), (16 * 1024, "16k")];
const ENTRIES: [(usize, &str); 2] = [(100_000, "100k"), (1_000_000, "1m")];
const RUNS: usize = 9;

fn main() {
    let mut figures = Figures::default();
    measure_message(&mut figures);
    measure_listings(&mut figures);
    println!("{figures}");
}

fn measure_message(figures: &mut Figures) {
    let one = MessageNumber::from_index(0).expect("1 is a number");
    let wire = message(MESSAGE_OCTETS);
    for (read_octets, name) in READS {
        let mut copy = vec![0; read_octets];
        let (mut reading, mut copying) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let mut session = Session::open();
            let start = Instant::now();
            let taken = session.receive(Command::Retr(one), &wire, read_octets);
            reading.push(rate(wire.len(), start));
            assert!(taken.octets >= MESSAGE_OCTETS as u64, "the whole message came out");
            let start = Instant::now();
            for read in wire.chunks(read_octets) {
                if let Some(target) = copy.get_mut(..read.len()) {
                    target.copy_from_slice(black_box(read));
                }
                black_box(&mut copy);
            }
            copying.push(rate(wire.len(), start));
        }
        figures.add(format!("retr_{name}_octets_per_second"), reading);
        figures.add(format!("memcpy_{name}_octets_per_second"), copying);
    }
}

fn measure_listings(figures: &mut Figures) {
    type Listing = (&'static str, Command, fn(usize) -> Vec<u8>);
    let listings: [Listing; 2] =
        [("list", Command::List(None), scan_listing), ("uidl", Command::Uidl(None), unique_id_listing)];
    for (name, command, wire) in listings {
        let wires = ENTRIES.map(|(entries, _)| wire(entries));
        let mut milliseconds = ENTRIES.map(|_| Vec::new());
        // In turns, so that both sizes meet the same machine.
        for _ in 0..RUNS {
            for (((entries, _), wire), milliseconds) in ENTRIES.iter().zip(&wires).zip(&mut milliseconds) {
                let mut session = Session::open();
                let start = Instant::now();
                let taken = session.receive(command.clone(), wire, 64 * 1024);
                milliseconds.push(start.elapsed().as_secs_f64() * 1000.0);
                assert_eq!(taken.entries, *entries, "the whole listing came out");
            }
        }
        for ((_, entries_name), milliseconds) in ENTRIES.iter().zip(milliseconds) {
            figures.add(format!("{name}_{entries_name}_milliseconds"), milliseconds);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "64 MB are far below 2^52")]
fn rate(octets: usize, start: Instant) -> f64 {
    octets as f64 / start.elapsed().as_secs_f64()
}
