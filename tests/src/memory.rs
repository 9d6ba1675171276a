//! The memory of another process, searched for secrets: everything that it can write to, as Linux shows it in `/proc`.
//! Knows nothing of what the process does with it.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt as _,
};

use crate::secrets;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// How much was looked at.
    pub octets: usize,
    /// The secrets that are there, as they are or in base64.
    pub found: Vec<String>,
}

/// Read at once; a secret that lies across two reads is found, since they overlap.
const READ_OCTETS: usize = 4 * 1024 * 1024;
/// More than any disguise of a secret takes.
const OVERLAP_OCTETS: usize = 1024;

/// Searches a process's memory while it runs.
///
/// # Panics
/// If the system does not let us: the process must be a child of ours.
#[must_use]
pub fn search(process: u32, secrets: &[&str]) -> Search {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).expect("the process runs");
    let memory = File::open(format!("/proc/{process}/mem")).expect("it is our child");
    let mut search = Search { octets: 0, found: Vec::new() };
    let mut buffer = vec![0; READ_OCTETS];
    for (at, wanted) in maps.lines().filter_map(writable).flat_map(|(start, end)| reads(start, end)) {
        // A mapping may go away meanwhile, and some of the kernel's own cannot be read.
        let Ok(count) = memory.read_at(&mut buffer[..wanted], at) else { continue };
        search.octets += count;
        for secret in secrets {
            if !search.found.iter().any(|found| found == secret) && secrets::holds(&buffer[..count], secret) {
                search.found.push((*secret).to_owned());
            }
        }
    }
    assert!(search.octets > 0, "no memory of {process} could be read");
    search
}

/// Where to read, and how much, so that all from `start` to `end` is seen and each read begins within the one before.
fn reads(start: u64, end: u64) -> impl Iterator<Item = (u64, usize)> {
    (start..end).step_by(READ_OCTETS - OVERLAP_OCTETS).map(move |at| {
        let rest = usize::try_from(end - at).unwrap_or(READ_OCTETS);
        (at, rest.min(READ_OCTETS))
    })
}

/// Beginning and end of a mapping that can be read and written, from a line of `maps`.
fn writable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    rest.starts_with("rw").then_some(())?;
    let (start, end) = range.split_once('-')?;
    Some((u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use base64::{Engine as _, prelude::BASE64_STANDARD};

    use super::*;
    use crate::processes::Processes;

    #[tokio::test]
    async fn what_a_process_holds_is_found_and_nothing_else() {
        // A program's environment lies in memory that it can write to.
        let disguised = BASE64_STANDARD.encode("\0alex\0canary-two");
        let child = Processes::start(Command::new("sleep").arg("60").env("ONE", "canary-one").env("TWO", disguised));
        let found = crate::wait::must("the program to run", async || {
            let search = search(child.id(), &["canary-one", "canary-two", "canary-three"]);
            (!search.found.is_empty()).then_some(search.found)
        })
        .await;
        assert_eq!(found, ["canary-one", "canary-two"]);
    }

    #[test]
    fn only_memory_that_can_be_written_is_looked_at() {
        assert_eq!(writable("7f00-7fff rw-p 00000000 00:00 0 [heap]"), Some((0x7f00, 0x7fff)));
        assert_eq!(writable("7f00-7fff r--p 00000000 00:00 0"), None);
        assert_eq!(writable("7f00-7fff ---p 00000000 00:00 0"), None);
    }

    #[test]
    fn reads_overlap_and_leave_nothing_out() {
        let step = (READ_OCTETS - OVERLAP_OCTETS) as u64;
        for (end, expected) in [
            (10, vec![(0, 10)]),
            (step, vec![(0, READ_OCTETS - OVERLAP_OCTETS)]),
            (step + 10, vec![(0, READ_OCTETS - OVERLAP_OCTETS + 10), (step, 10)]),
            (2 * step, vec![(0, READ_OCTETS), (step, READ_OCTETS - OVERLAP_OCTETS)]),
        ] {
            assert_eq!(reads(0, end).collect::<Vec<_>>(), expected, "{end}");
        }
    }
}
