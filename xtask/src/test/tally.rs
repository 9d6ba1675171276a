//! Counts what passed and what failed, also out of what `cargo test` prints. It does not know what was tested.

use std::io::{self, BufRead, BufReader, Write};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

use crate::workshop::{Failure, Outcome};

/// How many passed and how many failed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// One thing, done.
    pub(crate) const ONE_PASSED: Self = Self { passed: 1, failed: 0 };
    /// One thing, not done.
    pub(crate) const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    /// Counts a line of `cargo test`, if it is one that sums up. A test that was ignored was not run: that is a failure.
    fn of_line(line: &str) -> Option<Self> {
        let sums = line.trim().strip_prefix("test result: ")?;
        let count = |word: &str| {
            let mut words = sums.split([' ', ';']).filter(|word| !word.is_empty()).peekable();
            while let Some(number) = words.next() {
                if words.peek() == Some(&word) {
                    return number.parse::<u64>().ok();
                }
            }
            None
        };
        Some(Self { passed: count("passed")?, failed: count("failed")? + count("ignored")? })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs a command that prints as `cargo test` does, shows what it prints as it comes, and counts.
pub(crate) fn run_counted(command: &mut Command) -> Outcome<Tally> {
    count(command, &mut io::stdout())
}

fn count(command: &mut Command, screen: &mut impl Write) -> Outcome<Tally> {
    let name = command.get_program().display().to_string();
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(Failure::during(&name))?;
    let output = child.stdout.take().expect("it was asked for just now");
    let mut tally = Tally::default();
    show_lines(output, screen, |line| {
        if let Some(counted) = Tally::of_line(line) {
            tally += counted;
        }
    })
    .map_err(Failure::during(&name))?;
    let status = child.wait().map_err(Failure::during(&name))?;
    // It did not compile, or broke off: no line says so.
    if !status.success() && tally.failed == 0 {
        tally += Tally::ONE_FAILED;
    }
    if tally == Tally::default() {
        return Err(Failure::new("no test ran"));
    }
    Ok(tally)
}

fn show_lines(input: impl io::Read, screen: &mut impl Write, mut see: impl FnMut(&str)) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        screen.write_all(&line)?;
        screen.flush()?;
        see(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_that_sum_up_count() {
        let check = |line: &str, tally: Option<(u64, u64)>| {
            assert_eq!(Tally::of_line(line), tally.map(|(passed, failed)| Tally { passed, failed }), "{line}");
        };
        let rest = "0 measured; 0 filtered out; finished in 0.00s";
        check(&format!("test result: ok. 12 passed; 0 failed; 0 ignored; {rest}\n"), Some((12, 0)));
        check(&format!("test result: FAILED. 3 passed; 2 failed; 0 ignored; {rest}"), Some((3, 2)));
        check(&format!("test result: ok. 3 passed; 0 failed; 1 ignored; {rest}"), Some((3, 1)));
        check("test result: unknown", None);
        check("test a::b ... ok", None);
        check("running 3 tests", None);
    }

    #[test]
    fn a_command_is_counted_and_a_break_off_is_a_failure() {
        let line = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0s";
        let check = |script: String, tally: Option<(u64, u64)>| {
            let counted = count(Command::new("sh").args(["-c", &script]), &mut Vec::new()).ok();
            assert_eq!(counted.map(|counted| (counted.passed, counted.failed)), tally, "{script}");
        };
        check(format!("echo '{line}'; echo '{line}'"), Some((4, 0)));
        check(format!("echo '{line}'; exit 101"), Some((2, 1)));
        check("exit 101".to_owned(), Some((0, 1)));
        check("true".to_owned(), None);
    }
}
