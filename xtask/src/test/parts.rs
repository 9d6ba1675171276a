//! The parts of the test: their order, what each needs, and the commands they are.

use std::process::Command;

use clap::ValueEnum;

use super::tally::{Tally, run_counted};
use super::{Need, Surroundings, fuzz, layers};
use crate::page;
use crate::setup::wasm_target::{TARGET, WasmToolchain};
use crate::tidy;
use crate::workshop::{Failure, Outcome, Workshop};

/// The crates that run in the browser.
const PAGE_CRATES: &[&str] = &[
    "popglass-frontend",
    "popglass-classroom",
    "popglass-console",
    "popglass-session-worker",
    "popglass-sandbox-worker",
    "popglass-mail-worker",
    "popglass-tls",
    "popglass-wire",
    "popglass-explain",
    "popglass-lessons",
];
const TESTS_CRATE: &str = "popglass-tests";
const LESSONS_CRATE: &str = "popglass-lessons";
/// Journeys at a time: a browser waits more than it computes.
const BROWSERS: usize = 3;
const LONG_PROPERTY_CASES: &str = "20000";

/// One part. They run in this order: what is quick and what the others build on come first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Part {
    /// Every file is formatted
    Format,
    /// Licences, bans and sources of the dependencies
    Deny,
    /// The house rules that no compiler knows
    Tidy,
    /// Lints, on the host and for the page's target
    Clippy,
    /// Documentation builds without a warning
    Docs,
    /// Unit and documentation tests
    Unit,
    /// Who may import whom, by what cargo would link
    Layers,
    /// Strangers' octets against the protocol crate, some seconds for each target
    Fuzz,
    /// The page and the bridge, as the demo builds them
    Page,
    /// The bridge and the client for the command line against real mail servers, real clients against the server half
    Interop,
    /// Every lesson: its solution, its wrong ways and its dead ends, and some of them in a real browser
    Lessons,
    /// Journeys in a real browser
    Browser,
}

/// The parts that were asked for, and what they build on; all of them if nobody asked. In their order.
pub(super) fn select(only: &[Part]) -> Vec<Part> {
    let wanted = |part: &Part| {
        only.is_empty() || only.contains(part) || only.iter().any(|asked| asked.parts_before().contains(part))
    };
    Part::value_variants().iter().copied().filter(wanted).collect()
}

impl Part {
    /// As it is typed behind `--only`.
    pub(super) fn name(self) -> String {
        self.to_possible_value().expect("no part is hidden").get_name().to_owned()
    }

    /// What must be set up.
    pub(super) fn needs(self) -> &'static [Need] {
        match self {
            Self::Tidy | Self::Unit | Self::Layers => &[],
            Self::Fuzz => &[Need::Compiler],
            Self::Format => &[Need::Components],
            Self::Deny => &[Need::Deny],
            Self::Clippy => &[Need::Components, Need::PageTools],
            Self::Docs | Self::Page => &[Need::PageTools],
            Self::Interop => {
                &[Need::MailServer, Need::ForeignServers, Need::MailClients, Need::PacketReader, Need::Browser]
            }
            Self::Lessons | Self::Browser => &[Need::MailServer, Need::Browser, Need::Axe],
        }
    }

    /// The parts whose result it uses.
    pub(super) fn parts_before(self) -> &'static [Self] {
        match self {
            Self::Interop | Self::Lessons | Self::Browser => &[Self::Page],
            _ => &[],
        }
    }
}

/// Runs one part and counts.
pub(super) fn run(workshop: &Workshop, part: Part, surroundings: &Surroundings) -> Outcome<Tally> {
    let once = |outcome: Outcome| outcome.map(|()| Tally::ONE_PASSED);
    match part {
        Part::Format => once(workshop.run(workshop.command("cargo").args(["fmt", "--all", "--check"]))),
        Part::Deny => once(deny(workshop)),
        Part::Tidy => once(tidy::check(workshop.root())),
        Part::Clippy => once(clippy(workshop, surroundings)),
        Part::Docs => once(docs(workshop, surroundings)),
        Part::Unit => unit(workshop, surroundings),
        Part::Layers => once(layers::check(workshop)),
        Part::Fuzz => fuzz::run(workshop, surroundings.long),
        Part::Page => once(page::build(workshop)),
        Part::Interop => {
            build_pop3(workshop)?;
            // A table of servers in each file: one after the other.
            whole(workshop, surroundings, "interop", 1)
        }
        Part::Lessons => {
            let mut command = workshop.command("cargo");
            command.args(["test", "--package", LESSONS_CRATE, "--no-fail-fast"]);
            let mut tally = run_counted(for_long(&mut command, surroundings.long))?;
            tally += whole(workshop, surroundings, "lessons", BROWSERS)?;
            Ok(tally)
        }
        Part::Browser => whole(workshop, surroundings, "journeys", BROWSERS),
    }
}

/// Runs a measurement that is written as a test: the file of this name.
pub(super) fn run_bench(workshop: &Workshop, name: &str) -> Outcome {
    let mut command = whole_command(workshop, "bench");
    command.arg("--").arg(format!("{name}::")).args(["--nocapture", "--test-threads=1"]);
    match run_counted(&mut command)? {
        Tally { passed: 1.., failed: 0 } => Ok(()),
        Tally { passed, failed } => Err(Failure::new(format!("{name}: {passed} measured, {failed} failed"))),
    }
}

fn deny(workshop: &Workshop) -> Outcome {
    workshop.run(workshop.command("cargo").args(["deny", "--all-features", "check", "bans", "licenses", "sources"]))
}

fn clippy(workshop: &Workshop, surroundings: &Surroundings) -> Outcome {
    let mut host = workshop.command("cargo");
    workshop.run(host.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    let mut page = surroundings.toolchain.command(workshop, "cargo");
    match surroundings.toolchain {
        WasmToolchain::Active => for_page(page.arg("clippy")).args(["--", "-D", "warnings"]),
        WasmToolchain::Debian => {
            println!("    Debian's packages bring no clippy for {TARGET}: only the compiler's lints are checked there");
            // By configuration, which adds to the project's own flags; the variable RUSTFLAGS would replace them.
            for_page(page.arg("check")).args(["--config", &format!("target.{TARGET}.rustflags=['-Dwarnings']")])
        }
    };
    workshop.run(&mut page)
}

fn docs(workshop: &Workshop, surroundings: &Surroundings) -> Outcome {
    let deny_warnings = ("RUSTDOCFLAGS", "-D warnings");
    let mut host = workshop.command("cargo");
    host.args(["doc", "--no-deps", "--workspace"]).env(deny_warnings.0, deny_warnings.1);
    workshop.run(&mut host)?;
    let mut page = surroundings.toolchain.command(workshop, "cargo");
    for_page(page.args(["doc", "--no-deps"])).env(deny_warnings.0, deny_warnings.1);
    workshop.run(&mut page)
}

fn for_page(command: &mut Command) -> &mut Command {
    command.args(PAGE_CRATES.iter().flat_map(|name| ["--package", name])).args(["--target", TARGET])
}

fn unit(workshop: &Workshop, surroundings: &Surroundings) -> Outcome<Tally> {
    let mut command = workshop.command("cargo");
    command.args(["test", "--workspace", "--exclude", TESTS_CRATE, "--exclude", LESSONS_CRATE, "--no-fail-fast"]);
    let mut tally = run_counted(for_long(&mut command, surroundings.long))?;
    let mut command = workshop.command("cargo");
    command.args(["test", "--package", TESTS_CRATE, "--lib"]);
    tally += run_counted(&mut command)?;
    Ok(tally)
}

/// One folder of `tests/tests`, so many of its tests at a time. Each has servers, ports, a browser and folders of its own.
fn whole(workshop: &Workshop, surroundings: &Surroundings, folder: &str, threads: usize) -> Outcome<Tally> {
    let mut command = whole_command(workshop, folder);
    if let Some(axe) = &surroundings.axe {
        command.env("POPGLASS_AXE", axe);
    }
    for_long(&mut command, surroundings.long);
    run_counted(command.arg("--").arg(format!("--test-threads={threads}")))
}

/// The client for the command line: an example, which cargo builds for no other package's tests.
fn build_pop3(workshop: &Workshop) -> Outcome {
    let mut build = workshop.command("cargo");
    build.args(["build", "--package", "popglass-protocol", "--features", "sasl", "--example", "pop3"]);
    workshop.run(&mut build)
}

fn whole_command(workshop: &Workshop, folder: &str) -> Command {
    let mut command = workshop.command("cargo");
    command.args(["test", "--package", TESTS_CRATE, "--test", folder]);
    command.env("POPGLASS_BRIDGE_BIN", workshop.bridge_program());
    command.env("POPGLASS_POP3_BIN", workshop.pop3_program());
    // For the tests of `cargo xtask site`: what runs now lays the site out.
    command.envs(std::env::current_exe().map(|program| ("POPGLASS_XTASK_BIN", program)));
    command
}

/// The long trials: more cases for every property; tests with trials of their own look at the second name.
fn for_long(command: &mut Command, long: bool) -> &mut Command {
    if long {
        command.env("PROPTEST_CASES", LONG_PROPERTY_CASES).env("POPGLASS_TEST_LONG", "1");
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_for_a_part_brings_what_it_builds_on() {
        let check = |only: &[Part], parts: &[Part]| assert_eq!(select(only), parts);
        check(&[], Part::value_variants());
        check(&[Part::Unit], &[Part::Unit]);
        check(&[Part::Browser], &[Part::Page, Part::Browser]);
        check(&[Part::Browser, Part::Format], &[Part::Format, Part::Page, Part::Browser]);
    }
}
